"""Full-text search: the query language, the index of a corpus, and what a search finds.

The index is in memory: FTS5 tables of SQLite, made of the tables of the corpus. Uses `pipeline` and all below
it.
"""
