"""Many articles become tables: extractors, store, cache keys, worker processes, Dask, corrections, filters.

Uses `nlp`, `indicators` and `ingest`.
"""
