"""Who does what to whom: predicates, acts, participants, status, year, the coded event.

Uses `nlp.parse` and `nlp.actors`.
"""
