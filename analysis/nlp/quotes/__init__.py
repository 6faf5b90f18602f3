"""Who said what.

`attribution` makes the rows, from `claims` (what may be an attribution), `claim_weights` (how probable it is)
and `acts` (what is no statement). Claims come from `reporting_frames` and `verb_frames` (the parse around a
reporting word) and from `direct_speech` and `quote_cues` (the words around quotation marks). Speakers:
`speaker_resolution`, with `pronoun_speakers`, `descriptions` and `unnamed_sources`. Lists: `data/quotes/`.

Uses `nlp.parse` and `nlp.actors`.
"""
