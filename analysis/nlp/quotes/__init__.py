"""Who said what: quotation marks, reporting frames, direct speech, speakers.

Uses `nlp.parse` and `nlp.actors`.
"""
