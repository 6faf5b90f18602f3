"""Tables become figures.

Uses `pipeline` and all below it.
"""
