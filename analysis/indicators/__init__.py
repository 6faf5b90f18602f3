"""Tables become numbers over time: pairs of countries, incidents, levels, spikes, intervals, ranking.

Uses schemas, word lists and `ingest`; reads tables, never text but that of whole articles.
"""
