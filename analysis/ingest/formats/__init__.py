"""Readers of file formats, by family: each takes a `Source` and yields the articles that it finds.

`analysis.ingest.file_formats` lists them; a reader that is not in that list is not used. Uses the modules of
`ingest` that know texts, not those that read folders or addresses.
"""
