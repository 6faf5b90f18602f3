"""Who is named: people with their posts, bodies and countries, from word lists and the parse.

`mentions` puts together what `people`, `surnames`, `bodies` and `countries` find; `posts` and `offices` say
what a person is, `state_organs` whose ministry it is. The lists are in `gazetteer`, `titles`, `name_words`.

Uses `nlp.parse`.
"""
