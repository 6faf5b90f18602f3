"""The parse: spaCy, its repair, the parse as a table, classes of words, and the sentence encoder.

The lowest room of `nlp`.
"""
