"""Tables become typed facts, and templates make sentences of them: answers, judgments, robustness, sources.

Uses `views` and all below it.
"""
