"""The parse: spaCy, its repair, questions of syntax, word lists, the learned reader.

The lowest room of `nlp`. Syntax is asked here and nowhere else: of spaCy's tokens in `clause_subject` (who
says it, negation), of a repaired tree in `tree` (a look around a word), `arguments` (who does what to whom)
and `verb_status` (whether, when). `word_lists` has the classes of words that they ask for.
"""
