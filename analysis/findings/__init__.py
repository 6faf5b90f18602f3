"""Tables become facts and sentences: answers, key judgments, robustness, sources.

Uses `views` and all below it.
"""
