"""Words of a text that look like its date, for an article that has none."""

import re
from typing import Final

from analysis.ingest.datelines import MONTHS, NUMBER, YEAR
from analysis.ingest.dates import HAS_YEAR, possible_days
from analysis.phrasing import day_in_words, either

OPENING_CHARS: Final = 5_000  # of a text, where its own date would be
MOST_WORDS: Final = 3
DAY_NAME: Final = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day|\.)?,? )?"
LOOKS_LIKE_A_DATE: Final = re.compile(
    rf"(?<![\w/.-])(?=[A-Z\d])(?:(?i:{DAY_NAME}(?:{MONTHS} {NUMBER}\b(?:,? {YEAR})?|{NUMBER} (?:of )?{MONTHS}"
    rf"(?:,? {YEAR})?|{MONTHS},? (?:18|19|20)\d\d))|\d{{1,2}}([/.])\d{{1,2}}\1(?:\d{{4}}|\d\d)|"
    r"\d{4}-\d{1,2}-\d{1,2})(?![\w/-])"
)


def undated_reason(text: str) -> str:
    """What a missing date means for an article, and which of its words look like a date.

    Args:
        text: of the article.
    """
    words = date_like_words(text)
    shown = ", ".join(words)
    found = f"these words look like a date: {shown}" if words else "no words in it look like a date"
    return f"no date, so it appears in no chart over time; {found}"


def date_like_words(text: str) -> list[str]:
    """The first words of a text that look like a date, each quoted and followed by what is unclear."""
    found = dict.fromkeys(match[0] for match in LOOKS_LIKE_A_DATE.finditer(text[:OPENING_CHARS]))
    return [f"“{words}”{unclear(words)}" for words in list(found)[:MOST_WORDS]]


def unclear(words: str) -> str:
    """Why some words are not a full date: " (no year)"; "" if they are."""
    days = possible_days(words)
    if len(days) > 1:
        return f" ({either(list(map(day_in_words, days)))})"
    return "" if days or HAS_YEAR.search(words) else " (no year)"
