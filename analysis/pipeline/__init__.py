"""Many articles become tables: extractors, store, processes, Dask, corrections, filters.

Uses `nlp`, `indicators` and `ingest`.
"""
