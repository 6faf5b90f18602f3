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
from datetime import date, datetime
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
FIGURES: Final = (
    r"(?<![\d/.-])(?P<{}>\d{{1,2}})(?P<mark>{})(?P<{}>\d{{1,2}})(?P=mark)(?P<year>\d{{4}})(?![\d/-])"
)
DAY_FIRST, MONTH_FIRST, NOT_SURE = "day", "month", "not sure"
FIGURES_IN: Final = {  # this order; with dots the day comes first, unless it is above 12
    DAY_FIRST: re.compile(FIGURES.format("day", "[/.-]", "number")),
    MONTH_FIRST: re.compile(FIGURES.format("number", r"[/-]|\.(?=1[3-9]|[23]\d)", "day")),
}
FORMS: Final = (
    re.compile(r"(?<!\d)(?P<year>\d{4})([-/.])(?P<number>\d{1,2})\2(?P<day>\d{1,2})(?!\d)"),
    re.compile(rf"\b{MONTH} +{DAY},? +{YEAR}\b", re.I),
    re.compile(rf"\b{DAY}(?:[ -]| of | de )+{MONTH}(?:[, -]| de )+{YEAR}\b", re.I),
    *FIGURES_IN.values(),
)
BESIDE: Final = re.compile(  # what may stand beside a date: a time, its zone, a weekday
    r"\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?|[+-]\d{2}:?\d{2}\b|\b\d{1,2} ?[ap]\.?m\b"
    r"|\b(?:at|Uhr|(?-i:[A-Z]{3,4}))\b"
    r"|\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend"
    r"|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo"
    r"|mon|tues?|wed|thu(?:rs)?|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|jeu|ven|sam|dim)\b",
    re.IGNORECASE,
)
MAX_CHARS: Final = 60  # of a date with its weekday, time and time zone
EXPECTED: Final = "expected a date such as 2024-04-20"


def written_date(text: str) -> str | None:
    """The first full date in a text, as ISO 8601; 03/04/2024 is not read, since it is ambiguous.

    An ISO 8601 time keeps its own date: time zones are not converted.
    """
    if found := iso_day(text):
        return found.isoformat()
    return next((days.pop().isoformat() for _, days in dates_in(text) if len(days) == 1), None)


def dates_in(text: str) -> list[tuple[tuple[int, int], set[date]]]:
    """The place of each full date in a text, in order, and the days it may mean: none for 31 February."""
    found: dict[tuple[int, int], set[date]] = {}
    for form in FORMS:
        for match in form.finditer(text):
            found.setdefault(match.span(), set()).update(filter(None, [day_of(match)]))
    return sorted(found.items())


def no_such_day(text: str) -> str:
    """ ", but there is no 31 February 2026" of a text with that date; "" of one whose days all exist."""
    missing = (text[start:end] for (start, end), days in dates_in(text[:MAX_CHARS]) if not days)
    return next((f", but there is no {one}" for one in missing), "")


def possible_days(value: str) -> list[date]:
    """Every day that a full date may mean, in order: two for 03/11/2026, none for words that are no date."""
    if found := iso_day(value):
        return [found]
    dates = dates_in(value) if len(value) <= MAX_CHARS else []
    beside = [f"{value[:start]} {value[end:]}" for (start, end), _ in dates]
    is_date = len(dates) == 1 and not re.search(r"\w", BESIDE.sub("", beside[0]))  # not "3 or 4 Nov 2026"
    return sorted(dates[0][1]) if is_date else []


def iso_day(value: str) -> date | None:
    """The day of a date or time in ISO 8601."""
    try:
        return datetime.fromisoformat(value.strip()).date()
    except ValueError:
        return None


def day_of(match: re.Match) -> date | None:
    """The day that a match of `FORMS` names; None if no calendar has it."""
    parts = match.groupdict()
    year, name = int(parts["year"].lstrip("'’")), parts.get("month", "")
    if len(parts["year"]) < 4:
        year += 1900 if year >= CENTURY_TURN else 2000
    months = (number for number, form in enumerate(MONTHS, start=1) if re.fullmatch(form, name, re.I))
    try:
        return date(year, int(parts.get("number") or next(months)), int(parts["day"]))
    except ValueError:
        return None


def figure_order(values: Iterable[str]) -> str:
    """Which comes first in the dates in figures of a column.

    Returns:
        `DAY_FIRST` or `MONTH_FIRST`, shown by a number above 12 or by dots; `NOT_SURE` if nothing shows it
        or two dates contradict each other; "" if no date depends on it.
    """
    short = [value for value in values if len(value) <= MAX_CHARS]
    read = [[(m := form.search(value)) and day_of(m) for form in FIGURES_IN.values()] for value in short]
    shown = {DAY_FIRST if one else MONTH_FIRST for one, other in read if bool(one) != bool(other)}
    if len(shown) == 1:
        return shown.pop()
    return NOT_SURE if shown or any(one != other for one, other in read) else ""


def ordered_date(value: str, order: str) -> str:
    """A date in figures as ISO 8601, if the order is known; any other value as it is.

    Raises:
        ValueError: there is no such day in this order.
    """
    match = order in FIGURES_IN and len(value) <= MAX_CHARS and FIGURES_IN[order].search(value)
    if not match:
        return value
    if not (day := day_of(match)):
        raise ValueError(f"{value!r}, which is no date with the {order} first")
    return f"{value[: match.start()]}{day.isoformat()}{value[match.end() :]}".strip()


def unambiguous_date(value: str, field: str) -> date:
    """The day of a date as people write it, such as `Nov 3rd '26`, `13/11/2026` or `3. November 2026`.

    Args:
        value: the date, with a weekday, a time and a time zone or without.
        field: what the message begins with, such as "metadata.csv:3: published_date".

    Raises:
        ValueError: the date has no year, several meanings or none.
    """
    found = f"{field} is {value if len(value) <= MAX_CHARS else value[:MAX_CHARS] + '…'!r}"
    days = possible_days(value)
    if not days:
        raise ValueError(f"{found}{no_such_day(value)}, {EXPECTED}")
    if len(days) > 1:
        raise ValueError(
            f"{found}, which may be {either(list(map(day_in_words, days)))}: write "
            f"{either([day.isoformat() for day in days])}"
        )
    if not FIRST_YEAR <= days[0].year <= LAST_YEAR:
        raise ValueError(f"{found}, {EXPECTED}, in the years {FIRST_YEAR} to {LAST_YEAR}")
    return days[0]


ENGLISH_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|"
    r"Sep(?:tember|t\.?|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
ANY_YEAR = r"(?:(?:18|19|20)\d\d|['’]\d\d)"
DAY_NUMBER = r"\d{1,2}(?:st|nd|rd|th)?"
FULL_DAY = (  # in figures it is read if they have one meaning
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
    rf"(?P<day>(?i:{ENGLISH_MONTH} {DAY_NUMBER},? {ANY_YEAR}|{DAY_NUMBER} {ENGLISH_MONTH},? {ANY_YEAR})"
    r"|\d{1,2}(?P<mark>[/.])\d{1,2}(?P=mark)\d{4}|\d{4}-\d{1,2}-\d{1,2})"
)
AGENCY = r"(?: \([A-Za-z][\w .&/-]{1,30}\))?"  # in small letters where a text in capitals was lowered
NAME = r"[A-Z][\w.'’/-]*"
# "On October 5, 2026 - a Monday - he left" is a sentence.
NO_PLACE = r"(?!(?:On|In|At|By|As|To|The|For|From|Since|After|Before|Until|Last)\b)"
PLACE = rf"{NO_PLACE}{NAME}(?:,? (?:{NAME}|de|of)){{0,5}}"
# A sentence begins after the dash: "October 5, 2026 - October 9, 2026" is a period, "- the day" an aside.
DATELINE = re.compile(
    rf"(?P<words>(?:{PLACE}(?:,|(?<=\.)|{AGENCY},?) )?{FULL_DAY}{AGENCY}) ?(?:[–—]|(?<= )--?) ?"
    rf"(?!{ENGLISH_MONTH}\b)"
    r"(?=[A-Z“\"‘'])"
)
BYLINE_OR_DAY = (  # a whole line
    re.compile(rf"(?P<words>(?:(?:Published|Posted)(?: on)?:? )?{FULL_DAY})\.?"),
    re.compile(rf"(?P<words>(?:By|BY) [A-Z][^!?]*[,|·–—-] ?{FULL_DAY})\.?"),
)
PLACED_DAY = re.compile(rf"(?P<words>{PLACE}{AGENCY}, {FULL_DAY}{AGENCY})\.?")
OPENING_DATE_MARK = "date read from the opening"  # begins the note of an article dated this way
OPENING_LINES = 4  # a headline and three short lines
SHORT_CHARS = 120  # a longer line is a paragraph, where the opening ends
FILED = (
    re.compile(rf"^[ \t]*{DATELINE.pattern}", re.MULTILINE),
    re.compile(  # without a dash, as old papers have it: LONDON, May 1. LONDON, May 1: LONDON, May 1 (UPI)
        rf"^[ \t]*[A-Z][A-Z][A-Z .'’/-]*,(?: [A-Z][\w.]+,)? "
        rf"(?i:{ENGLISH_MONTH} {DAY_NUMBER}|{DAY_NUMBER} {ENGLISH_MONTH})(?:,? {ANY_YEAR})?"
        rf"\.?{AGENCY}(?:[.:]| ?[–—-]{{1,2}})? *(?=[A-Z“\"‘'])",
        re.MULTILINE,
    ),
    re.compile(
        r"^[ \t]*[A-Z][A-Z][A-Z .'’/-]*(?:,[^\n—–]{1,40}?)?(?:\([^)\n]{2,40}\) ?)? ?(?:—|–|--?) (?![a-z])",
        re.MULTILINE,
    ),
)


def filed_spans(text: str) -> list[tuple[int, int]]:
    """First character of each `LONDON, May 1 (Reuters) - ` or `1 May 2026 - `, and of the text after it."""
    return sorted({match.start(): match.end() for form in FILED for match in form.finditer(text)}.items())


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
    found, opening = [], 0
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    for number, line in enumerate(lines):
        # A headline may end in the date that it is about, so a place with a date is not read there.
        forms = (*BYLINE_OR_DAY, PLACED_DAY) if number else BYLINE_OR_DAY
        whole = (form.fullmatch(line) for form in forms if len(line) <= SHORT_CHARS)
        match = next(filter(None, (DATELINE.match(line[: 2 * SHORT_CHARS]), *whole)), None)
        if match and (day := written_date(match["day"])):
            found.append((match["words"], day, number))
        if number == opening < OPENING_LINES - 1 and len(line) <= SHORT_CHARS:
            opening += 1  # the last line of the opening, so far
    if not found or found[0][2] > opening or len({day for _, day, _ in found}) > 1:
        return None
    return found[0][:2]
