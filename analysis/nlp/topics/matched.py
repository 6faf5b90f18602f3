"""The words that made a sentence one of a topic, as the column `matched` has them."""

import re

MATCHED_SEPARATOR = "; "


def matched_words(matched: str) -> list[str]:
    """The words of a `matched` cell, in the order of the text."""
    return matched.split(MATCHED_SEPARATOR)


def matched_pattern(matched: str) -> re.Pattern:
    """Finds the words of a `matched` cell in a text: whole words in any case, the longest first."""
    words = sorted(matched_words(matched), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)
