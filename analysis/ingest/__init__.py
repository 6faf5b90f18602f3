"""Files, pages and exports become articles: readers, encodings, datelines, reprints, metadata, corrections.

Each file format is a module of `formats`. Uses schemas, word lists and phrasing, but no language analysis.
"""
