"""Tables become HTML fragments and pages, every text of an article escaped.

Uses `charts` and all below it.
"""
