"""Files, pages, feeds and exports become articles: readers, encodings, dates, reprints, corrections.

Which formats of file are accepted, and how one is added, says `file_formats`. Uses schemas, word lists and
phrasing, but no language analysis.
"""
