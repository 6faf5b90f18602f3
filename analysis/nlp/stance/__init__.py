"""Stance towards a target, by rules and with the encoder; the tone of the words (TextBlob).

Uses `nlp.parse`.
"""
