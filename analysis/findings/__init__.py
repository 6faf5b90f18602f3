"""Tables become typed facts, and templates make sentences of them: the front page, answers, sources.

Uses `views` and all below it.
"""
