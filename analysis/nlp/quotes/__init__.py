"""Who said what.

`attribution` makes the rows from `claims` (what may be an attribution, how probable it is, and what is an act
and no statement). Claims come from `reporting_frames` (the parse around a reporting word) and
`direct_speech` (the words around quotation marks, read by `page`). Speakers:
`speaker_resolution` (names, pronouns, descriptions), with `speakers` (who has been met, titles). Lists:
`data/quotes/`.

Uses `nlp.parse` and `nlp.actors`.
"""
