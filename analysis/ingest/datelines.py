"""Where a story was filed, as in `LONDON (Reuters) - `, and the date that its opening lines give.

The date is in a dateline, in a byline, or on a line of its own. Only a full date with a year and one possible
meaning is read, and only in forms that never occur in a sentence. A text with several such dates, as in a
digest or a chronology, has no date of its own. Words that only look like a date are shown.
"""

import re
from bisect import bisect_left
from typing import Final

from analysis.ingest.dates import HAS_YEAR, possible_days, written_date
from analysis.phrasing import day_in_words, either

MONTHS = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|"
    r"Sep(?:tember|t\.?|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
YEAR = r"(?:(?:18|19|20)\d\d|['’]\d\d)"  # as in `analysis.ingest.dates`
NUMBER = r"\d{1,2}(?:st|nd|rd|th)?"
FIGURES = r"\d{1,2}(?P<mark>[/.])\d{1,2}(?P=mark)\d{4}|\d{4}-\d{1,2}-\d{1,2}"  # read if they have one meaning
DAY = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
    rf"(?P<day>(?i:{MONTHS} {NUMBER},? {YEAR}|{NUMBER} {MONTHS},? {YEAR})|{FIGURES})"
)
AGENCY = r"(?: \([A-Z][\w .&/-]{1,30}\))?"
NAME = r"[A-Z][\w.'’/-]*"
# "On October 5, 2026 - a Monday - he left" is a sentence.
NO_PLACE = r"(?!(?:On|In|At|By|As|To|The|For|From|Since|After|Before|Until|Last)\b)"
PLACE = rf"{NO_PLACE}{NAME}(?:,? (?:{NAME}|de|of)){{0,5}}"
# A sentence begins after the dash: "October 5, 2026 - October 9, 2026" is a period, "- the day" an aside.
DATELINE = re.compile(
    rf"(?P<words>(?:{PLACE}(?:,|(?<=\.)|{AGENCY},?) )?{DAY}{AGENCY}) ?(?:[–—]|(?<= )--?) ?(?!{MONTHS}\b)"
    r"(?=[A-Z“\"‘'])"
)
ALONE = re.compile(rf"(?P<words>(?:(?:Published|Posted)(?: on)?:? )?{DAY})\.?")
BYLINE = re.compile(rf"(?P<words>(?:By|BY) [A-Z][^!?]*[,|·–—-] ?{DAY})\.?")
PLACED = re.compile(rf"(?P<words>{PLACE}{AGENCY}, {DAY}{AGENCY})\.?")
OPENING_DATE_MARK = "date read from the opening"  # begins the note of an article dated this way
OPENING_LINES = 4  # a headline and three short lines
SHORT_CHARS = 120  # a longer line is a paragraph, where the opening ends
FILED = re.compile(
    r"^[ \t]*[A-Z][A-Z][A-Z .'’/-]*(?:,[^\n—–]{1,40}?)?(?:\([^)\n]{2,40}\) ?)? ?(?:—|–|--?) (?![a-z])",
    re.MULTILINE,
)
DATED = re.compile(rf"^[ \t]*{DATELINE.pattern}", re.MULTILINE)
OPENING_CHARS: Final = 5_000  # of a text, where its own date would be
MAX_WORDS: Final = 3
DAY_NAME: Final = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day|\.)?,? )?"
LOOKS_LIKE_A_DATE: Final = re.compile(
    rf"(?<![\w/.-])(?=[A-Z\d])(?:(?i:{DAY_NAME}(?:{MONTHS} {NUMBER}\b(?:,? {YEAR})?|{NUMBER} (?:of )?{MONTHS}"
    rf"(?:,? {YEAR})?|{MONTHS},? (?:18|19|20)\d\d))|\d{{1,2}}([/.])\d{{1,2}}\1(?:\d{{4}}|\d\d)|"
    r"\d{4}-\d{1,2}-\d{1,2})(?![\w/-])"
)


def filed_spans(text: str) -> list[tuple[int, int]]:
    """First character of each `LONDON, May 1 (Reuters) - ` or `1 May 2026 - `, and of the text after it."""
    ends = {match.start(): match.end() for form in (DATED, FILED) for match in form.finditer(text)}
    return sorted(ends.items())


def filed_tokens(text: str, starts: list[int]) -> list[tuple[int, int]]:
    """First token of each of these, and of the text after it.

    Args:
        text: of the article, not normalised further.
        starts: first character of each token.
    """
    return [(bisect_left(starts, start), bisect_left(starts, end)) for start, end in filed_spans(text)]


def dateline(text: str) -> tuple[str, str] | None:
    """The opening words of a text that give its date, and the date in ISO 8601; None if there is none.

    Args:
        text: normalised.
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    opening = lines[:OPENING_LINES]
    long = next((i for i, line in enumerate(opening) if len(line) > SHORT_CHARS), len(opening))
    found = next(filter(None, (dated_words(line, i) for i, line in enumerate(opening[: long + 1]))), None)
    if not found:
        return None
    days = {other[1] for i, line in enumerate(lines) if (other := dated_words(line, i))}
    return found if len(days) == 1 else None


def dated_words(line: str, number: int) -> tuple[str, str] | None:
    """The words of one line that give a date, and the date; `number` is 0 for the first line.

    A headline may end in the date that it is about, so a place with a date is not read there.
    """
    forms = (ALONE, BYLINE, PLACED) if number else (ALONE, BYLINE)
    whole = (form.fullmatch(line) for form in forms if len(line) <= SHORT_CHARS)
    match = next(filter(None, (DATELINE.match(line[: 2 * SHORT_CHARS]), *whole)), None)
    day = written_date(match["day"]) if match else None
    return (match["words"], day) if match and day else None


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
    return [f"“{words}”{unclear(words)}" for words in list(found)[:MAX_WORDS]]


def unclear(words: str) -> str:
    """Why some words are not a full date: " (no year)"; "" if they are."""
    days = possible_days(words)
    if len(days) > 1:
        return f" ({either(list(map(day_in_words, days)))})"
    return "" if days or HAS_YEAR.search(words) else " (no year)"
