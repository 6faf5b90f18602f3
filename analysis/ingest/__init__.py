"""Files, pages, feeds and exports become articles: readers, encodings, dates, reprints, corrections.

Which formats of file are accepted, and how one is added, says `file_formats`; its readers are in `documents`
and `records`. Uses schemas, word lists and phrasing, but no language analysis.
"""
