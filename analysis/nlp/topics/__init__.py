"""What a sentence is about: fixed themes and theatres, and topics drawn from the corpus.

Uses `nlp.parse`.
"""
