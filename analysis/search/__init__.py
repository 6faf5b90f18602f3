"""Full-text search: the query language, the index of a folder of articles, and what a search finds.

The index is a SQLite file with FTS5 tables, updated from the tables of the corpus. Uses `pipeline` and all
below it; a search that an up-to-date index can answer loads neither pandas nor spaCy.
"""
