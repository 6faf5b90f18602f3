"""Full-text search: the query language, the index of a folder of articles, and what a search finds.

The index is a SQLite file with FTS5 tables, brought up to date with the tables of the corpus. Uses `pipeline`
and all below it; what answers a search from an index that is up to date loads neither pandas nor spaCy.
"""
