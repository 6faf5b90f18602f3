"""Where a story was filed, `LONDON (Reuters) - `, and the day that the opening of a text itself gives.

The day stands in a dateline, in a byline, or on a line of its own.

Only a whole date with its year and an English month is read, and only in forms that no sentence has. Where
several days stand in such forms, as in a digest or a chronology, none of them is that of the text.
"""

import re
from bisect import bisect_left

from analysis.ingest.draft import written_date

MONTHS = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|"
    r"Sep(?:tember|t\.?|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
YEAR = r"(?:18|19|20)\d\d"  # as in a date that a file gives
NUMBER = r"\d{1,2}(?:st|nd|rd|th)?"
DAY = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
    rf"(?P<day>(?i:{MONTHS} {NUMBER},? {YEAR}|{NUMBER} {MONTHS},? {YEAR}))"
)
AGENCY = r"(?: \([A-Z][\w .&/-]{1,30}\))?"
NAME = r"[A-Z][\w.'’/-]*"
# "On October 5, 2026 - a Monday - he left" is a sentence.
NO_PLACE = r"(?!(?:On|In|At|By|As|To|The|For|From|Since|After|Before|Until|Last)\b)"
PLACE = rf"{NO_PLACE}{NAME}(?:,? (?:{NAME}|de|of)){{0,5}}"
# Behind the dash a sentence begins: "October 5, 2026 - October 9, 2026" is a span, "- the day" an aside.
DATELINE = re.compile(
    rf"(?P<words>(?:{PLACE}(?:,|(?<=\.)|{AGENCY},?) )?{DAY}{AGENCY}) ?(?:[–—]|(?<= )--?) ?(?!{MONTHS}\b)"
    r"(?=[A-Z“\"‘'])"
)
ALONE = re.compile(rf"(?P<words>(?:(?:Published|Posted)(?: on)?:? )?{DAY})\.?")
BYLINE = re.compile(rf"(?P<words>(?:By|BY) [A-Z][^!?]*[,|·–—-] ?{DAY})\.?")
PLACED = re.compile(rf"(?P<words>{PLACE}{AGENCY}, {DAY}{AGENCY})\.?")
OPENING_DATE_MARK = "date read from the opening"  # begins the note of an article that is dated so
OPENING_LINES = 4  # a headline, and three short lines below
SHORT_CHARS = 120  # longer is a paragraph, and what follows it no opening
FILED = re.compile(
    r"^[ \t]*[A-Z][A-Z][A-Z .'’/-]*(?:,[^\n—–]{1,40}?)?(?:\([^)\n]{2,20}\) ?)? ?(?:—|–|--?) (?![a-z])",
    re.MULTILINE,
)
DATED = re.compile(rf"^[ \t]*{DATELINE.pattern}", re.MULTILINE)


def filed_spans(text: str) -> list[tuple[int, int]]:
    """First character of each `LONDON, May 1 (Reuters) - ` or `1 May 2026 - `, and of what follows it."""
    ends = {match.start(): match.end() for form in (DATED, FILED) for match in form.finditer(text)}
    return sorted(ends.items())


def filed_tokens(text: str, starts: list[int]) -> list[tuple[int, int]]:
    """First token of each of these, and of what follows it.

    Args:
        text: as it stands.
        starts: first character of each token.
    """
    return [(bisect_left(starts, start), bisect_left(starts, end)) for start, end in filed_spans(text)]


def dateline(text: str) -> tuple[str, str] | None:
    """The words at the opening of a text that give its day, and the day in ISO 8601; None if none do.

    Args:
        text: normalised.
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    opening = lines[:OPENING_LINES]
    long = next((i for i, line in enumerate(opening) if len(line) > SHORT_CHARS), len(opening))
    found = next(filter(None, (stamp(line, i) for i, line in enumerate(opening[: long + 1]))), None)
    if not found:
        return None
    days = {other[1] for i, line in enumerate(lines) if (other := stamp(line, i))}
    return found if len(days) == 1 else None


def stamp(line: str, number: int) -> tuple[str, str] | None:
    """The words of one line that give a day, and the day; `number` is 0 for the first line.

    A headline may end in the day that it is about, so no place with a date is read there.
    """
    forms = (ALONE, BYLINE, PLACED) if number else (ALONE, BYLINE)
    whole = (form.fullmatch(line) for form in forms if len(line) <= SHORT_CHARS)
    match = next(filter(None, (DATELINE.match(line[: 2 * SHORT_CHARS]), *whole)), None)
    day = written_date(match["day"]) if match else None
    return (match["words"], day) if match and day else None
