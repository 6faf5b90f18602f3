"""Stance towards a target, by rules and the reader; the tone of the words (TextBlob).

Uses `nlp.parse`.
"""
