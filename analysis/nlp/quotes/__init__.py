"""Who said what.

`attribution` makes the rows from `claims` (what may be an attribution, and how probable it is) and `acts`
(what is no statement). Claims come from `reporting_frames` (the parse around a reporting word) and
`direct_speech` (the words around quotation marks, read by `quotation_marks` and `page`). Speakers:
`speaker_resolution`, with `speakers` (who has been met, pronouns, titles) and `descriptions`. Lists:
`data/quotes/`.

Uses `nlp.parse` and `nlp.actors`.
"""
