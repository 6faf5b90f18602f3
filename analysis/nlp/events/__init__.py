"""Who does what to whom: `coder` says why a sentence gave a row, from the passage to its probability.

Uses `nlp.parse` and `nlp.actors`.
"""
