"""Dates as people write them, and where a story was filed, as in `LONDON (Reuters) - `.

A date is read only if it has a year and one possible meaning. Months and weekdays may be English, German,
French or Spanish. In figures with dots the day comes first, as everywhere where dots are used; with slashes
or hyphens it may be the month, unless the figures or the other dates of a column show the order.

The date of a story is in a dateline, in a byline, or on a line of its own, only in forms that never occur in
a sentence. A text with several such dates, as in a digest or a chronology, has none of its own.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from analysis.phrasing import day_in_words, either

FIRST_YEAR, LAST_YEAR = 1800, 2100
MONTHS: Final = (
    r"jan(?:uary|uar|v|vier)?|jänner|enero|ene",
    r"feb(?:ruary|ruar|rero)?|f[eé]v(?:r|rier)?",
    r"mar(?:ch|s|zo)?|märz|maerz|mrz",
    r"apr(?:il)?|avr(?:il)?|abr(?:il)?",
    r"mayo?|mai",
    r"june?|juni|juin|junio",
    r"july?|juli|juil(?:let)?|julio",
    r"aug(?:ust)?|ao[uû]t|ago(?:sto)?",
    r"sept?(?:ember|embre|iembre)?",
    r"oct(?:ober|obre|ubre)?|okt(?:ober)?",
    r"nov(?:ember|embre|iembre)?",
    r"d[eé]c(?:ember|embre)?|dez(?:ember)?|dic(?:iembre)?",
)
MONTH: Final = rf"(?P<month>{'|'.join(MONTHS)})\b\.?"
DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.)?"
YEAR: Final = r"(?P<year>\d{4}|['’]\d{2})"
CENTURY_TURN: Final = 69  # '68 is 2068 and '69 is 1969. Source: POSIX.1-2017, strptime, %y
FORMS: Final = (
    re.compile(r"(?<!\d)(?P<year>\d{4})([-/.])(?P<number>\d{1,2})\2(?P<day>\d{1,2})(?!\d)"),
    re.compile(rf"\b{MONTH} +{DAY},? +{YEAR}\b", re.I),
    re.compile(rf"\b{DAY}(?:[ -]| of | de )+{MONTH}(?:[, -]| de )+{YEAR}\b", re.I),
    re.compile(
        r"(?<![\d/.-])(?P<one>\d{1,2})(?P<mark>[/.-])(?P<other>\d{1,2})(?P=mark)(?P<year>\d{4})(?![\d/-])"
    ),
)
AGO: Final = re.compile(
    r"\b(?P<count>\d{1,3}) ?(?P<unit>min(?:ute)?s?|h(?:ou)?rs?|days?) ago\W{1,5}"
    r"(?P<time>[12]\d{3}-\d\d-\d\d[T ]\d\d:\d\d)",
    re.IGNORECASE,
)
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
BESIDE: Final = re.compile(  # what may stand beside a date: a time, its zone, a weekday
    r"\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?|[+-]\d{2}:?\d{2}\b|\b\d{1,2} ?[ap]\.?m\b"
    r"|\b(?:at|Uhr|(?-i:[A-Z]{3,4}))\b"
    r"|\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend"
    r"|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo"
    r"|mon|tues?|wed|thu(?:rs)?|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|jeu|ven|sam|dim)\b",
    re.IGNORECASE,
)
SHORT_DATE: Final = re.compile(r"\d{1,2}([/.-])\d{1,2}\1\d{1,2}\b.*")
YEARLESS_DATE: Final = re.compile(
    rf"\d{{1,2}}[/.-]\d{{1,2}}\.?|.*(?:\b{MONTH}.*\d|\d.*\b(?:{'|'.join(MONTHS)})\b).*", re.I
)
HAS_YEAR: Final = re.compile(r"\d{4}|['’]\d{2}")
WRITTEN_DAY: Final = re.compile(r"(?<!\d)\d{4}-\d\d-\d\d(?!\d)")
MAX_CHARS: Final = 60  # of a date with its weekday, time and time zone
EXPECTED: Final = "expected a date such as 2024-04-20"
DAY_FIRST, MONTH_FIRST, NOT_SURE = "day", "month", "not sure"


def written_date(text: str) -> str | None:
    """The first full date in a text, as ISO 8601; 03/04/2024 is not read, since it is ambiguous.

    An ISO 8601 time keeps its own date: time zones are not converted. What was put on line some hours before
    such a time, as in "19 hrs ago | 2024-10-15 10:31", has the day of then.
    """
    if ago := AGO.search(text):
        unit = {"m": "minutes", "h": "hours", "d": "days"}[ago["unit"][0].lower()]
        try:
            then = datetime.fromisoformat(ago["time"]) - timedelta(**{unit: int(ago["count"])})
        except ValueError:
            return None
        return then.date().isoformat()
    if found := iso_day(text):
        return found.isoformat()
    matches = (form.search(text) for form in FORMS)
    days = sorted((match.start(), *found) for match in matches if match and len(found := days_of(match)) == 1)
    return days[0][1].isoformat() if days else None


def possible_days(value: str) -> list[date]:
    """Every day that a full date may mean, in order: two for 03/11/2026, none for words that are no date."""
    if len(value) > MAX_CHARS:
        return []
    if found := iso_day(value):
        return [found]
    matches = [match for form in FORMS for match in form.finditer(value)]
    if len(matches) != 1:  # "3 Nov 2026 or 4 Nov 2026"
        return []
    beside = f"{value[: matches[0].start()]} {value[matches[0].end() :]}"
    return [] if re.search(r"\w", BESIDE.sub("", beside)) else days_of(matches[0])


def iso_day(value: str) -> date | None:
    """The day of a date or time in ISO 8601."""
    try:
        return datetime.fromisoformat(value.strip()).date()
    except ValueError:
        return None


def days_of(match: re.Match, order: str = "") -> list[date]:
    """Every day that a match of `FORMS` may mean, in order; only one if the order of its figures is known."""
    parts = match.groupdict()
    year = int(parts["year"].lstrip("'’"))
    if len(parts["year"]) < 4:
        year += 1900 if year >= CENTURY_TURN else 2000
    if "one" not in parts:
        written = parts.get("month")
        forms = enumerate(MONTHS, start=1)
        month = (
            next(n for n, form in forms if re.fullmatch(form, written, re.I))
            if written
            else int(parts["number"])
        )
        return existing((year, month, int(parts["day"])))
    one, other = int(parts["one"]), int(parts["other"])
    day_first, month_first = existing((year, other, one)), existing((year, one, other))
    if order or (parts["mark"] == "." and day_first):
        return month_first if order == MONTH_FIRST else day_first
    return sorted({*day_first, *month_first})


def existing(*days: tuple[int, int, int]) -> list[date]:
    """Those days that the calendar has."""
    found = []
    for day in days:
        try:
            found.append(date(*day))
        except ValueError:
            continue
    return found


def figure_order(values: Iterable[str]) -> str:
    """Which comes first in the dates in figures of a column.

    Returns:
        `DAY_FIRST` or `MONTH_FIRST`, shown by a number above 12 or by dots; `NOT_SURE` if nothing shows it
        or two dates contradict each other; "" if no date depends on it.
    """
    dates = [match for value in values if len(value) <= MAX_CHARS and (match := FORMS[-1].search(value))]
    shown = {
        name
        for match in dates
        for name, place in ((DAY_FIRST, "one"), (MONTH_FIRST, "other"))
        if int(match[place]) > 12
    }
    if len(shown) == 1:
        return shown.pop()
    dotted = [match["mark"] == "." for match in dates if match["one"] != match["other"]]
    return NOT_SURE if shown or not all(dotted) else DAY_FIRST if dotted else ""


def ordered_date(value: str, order: str) -> str:
    """A date in figures as ISO 8601, if the order is known; any other value as it is.

    Raises:
        ValueError: there is no such day in this order.
    """
    match = FORMS[-1].search(value) if len(value) <= MAX_CHARS else None
    if not match or order not in (DAY_FIRST, MONTH_FIRST):
        return value
    if not (days := days_of(match, order)):
        raise ValueError(f"{value!r}, which is no date with the {order} first")
    return f"{value[: match.start()]}{days[0].isoformat()}{value[match.end() :]}".strip()


def unambiguous_date(value: str, field: str) -> date:
    """The day of a date as people write it, such as `Nov 3rd '26`, `13/11/2026` or `3. November 2026`.

    Args:
        value: the date, with a weekday, a time and a time zone or without.
        field: what the message begins with, such as "metadata.csv:3: published_date".

    Raises:
        ValueError: the date has no year, several meanings or none, or not the weekday that it names.
    """
    found = f"{field} is {value if len(value) <= MAX_CHARS else value[:MAX_CHARS] + '…'!r}"
    days = possible_days(value)
    if not days:
        is_short = SHORT_DATE.fullmatch(value.strip())
        is_yearless = YEARLESS_DATE.fullmatch(value.strip()) if len(value) <= MAX_CHARS else None
        reason = (
            ", whose year has two digits: " if is_short else ", which has no year: " if is_yearless else ", "
        )
        raise ValueError(f"{found}{', ' if HAS_YEAR.search(value) else reason}{EXPECTED}")
    if len(days) > 1:
        raise ValueError(
            f"{found}, which may be {either(list(map(day_in_words, days)))}: write "
            f"{either([day.isoformat() for day in days])}"
        )
    day = days[0]
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"{found}, {EXPECTED}, in the years {FIRST_YEAR} to {LAST_YEAR}")
    own = WEEKDAYS[day.weekday()]
    if any(re.search(rf"\b{name[:3]}", value, re.I) for name in WEEKDAYS) and not re.search(
        rf"\b{own[:3]}", value, re.I
    ):
        raise ValueError(f"{found}, but {day_in_words(day)} is a {own}: correct one of the two")
    return day


def missing_day(typed: str) -> str:
    """The first ISO 8601 day in a text that no calendar has: "2026-02-31"; "" where all exist."""
    return next((day for day in WRITTEN_DAY.findall(typed) if not iso_day(day)), "")


MONTH_WORDS = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|"
    r"Sep(?:tember|t\.?|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
ANY_YEAR = r"(?:(?:18|19|20)\d\d|['’]\d\d)"  # as in `analysis.ingest.dates`
DAY_NUMBER = r"\d{1,2}(?:st|nd|rd|th)?"
FIGURES = r"\d{1,2}(?P<mark>[/.])\d{1,2}(?P=mark)\d{4}|\d{4}-\d{1,2}-\d{1,2}"  # read if they have one meaning
FULL_DAY = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
    rf"(?P<day>(?i:{MONTH_WORDS} {DAY_NUMBER},? {ANY_YEAR}|"
    rf"{DAY_NUMBER} {MONTH_WORDS},? {ANY_YEAR})|{FIGURES})"
)
AGENCY = r"(?: \([A-Z][\w .&/-]{1,30}\))?"
NAME = r"[A-Z][\w.'’/-]*"
# "On October 5, 2026 - a Monday - he left" is a sentence.
NO_PLACE = r"(?!(?:On|In|At|By|As|To|The|For|From|Since|After|Before|Until|Last)\b)"
PLACE = rf"{NO_PLACE}{NAME}(?:,? (?:{NAME}|de|of)){{0,5}}"
# A sentence begins after the dash: "October 5, 2026 - October 9, 2026" is a period, "- the day" an aside.
DATELINE = re.compile(
    rf"(?P<words>(?:{PLACE}(?:,|(?<=\.)|{AGENCY},?) )?{FULL_DAY}{AGENCY}) ?(?:[–—]|(?<= )--?) ?"
    rf"(?!{MONTH_WORDS}\b)"
    r"(?=[A-Z“\"‘'])"
)
ALONE = re.compile(rf"(?P<words>(?:(?:Published|Posted)(?: on)?:? )?{FULL_DAY})\.?")
BYLINE = re.compile(rf"(?P<words>(?:By|BY) [A-Z][^!?]*[,|·–—-] ?{FULL_DAY})\.?")
PLACED = re.compile(rf"(?P<words>{PLACE}{AGENCY}, {FULL_DAY}{AGENCY})\.?")
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
    rf"(?<![\w/.-])(?=[A-Z\d])(?:(?i:{DAY_NAME}(?:{MONTH_WORDS} {DAY_NUMBER}\b(?:,? {ANY_YEAR})?"
    rf"|{DAY_NUMBER} (?:of )?{MONTH_WORDS}"
    rf"(?:,? {ANY_YEAR})?|{MONTH_WORDS},? (?:18|19|20)\d\d))|\d{{1,2}}([/.])\d{{1,2}}\1(?:\d{{4}}|\d\d)|"
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
