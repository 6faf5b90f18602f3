"""The parse: spaCy, the parse as a table, its repair, questions of syntax, word classes, the encoder.

The lowest room of `nlp`. Syntax is asked here and nowhere else: of one token in `tokens`, of a repaired
tree in `tree` (a look around a word), `arguments` (who does what to whom) and `verb_status` (whether, when).
"""
