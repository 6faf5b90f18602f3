"""One article's text becomes rows, a pure function of that text.

`parse` serves `actors`; these serve `quotes`, `events`, `stance` and `topics`. Uses `ingest`, word lists and
schemas.
"""
