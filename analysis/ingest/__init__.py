"""Files, pages and exports become articles: readers, encodings, datelines, reprints, metadata and
corrections.

Uses schemas, word lists and phrasing; knows nothing of language analysis.
"""
