"""File formats: one module per format or family of formats, each listing in `FORMATS` what it reads.

A new module here is a new format, found by `analysis.ingest.readers`. Uses the rest of `ingest`, except the
modules that read whole files, folders or addresses.
"""
