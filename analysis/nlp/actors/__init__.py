"""Who is named: people with their posts, bodies and countries, from word lists and the parse.

`mentions` finds countries, bodies and warships, and puts them together with `people`; `person_names` and
`posts` say where a name begins and what a person is, `state_organs` whose ministry it is. The lists are in
`gazetteer`.

Uses `nlp.parse`.
"""
