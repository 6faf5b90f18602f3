"""Files, pages, feeds and exports become articles: readers, encodings, dates, reprints, corrections.

Each file format is a module of `formats`. Uses schemas, word lists and phrasing, but no language analysis.
"""
