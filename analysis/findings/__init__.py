"""Tables become typed facts, and templates make sentences of them: answers, the front page, answers, sources.

Uses `views` and all below it.
"""
