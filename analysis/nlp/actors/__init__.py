"""Who is named: people, posts, bodies, countries and places, from word lists and the parse.

Uses `nlp.parse`.
"""
