"""Dates as people write them, read only if they have a year and one possible meaning."""

import re
from datetime import date, datetime, timedelta
from typing import Final

from analysis.phrasing import day_in_words, either

FIRST_YEAR, LAST_YEAR = 1800, 2100
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
YEAR: Final = r"(?P<year>\d{4}|['’]\d{2})"
CENTURY_TURN: Final = 69  # '68 is 2068 and '69 is 1969. Source: POSIX.1-2017, strptime, %y
WRITTEN_DATES = (
    re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<number>\d{1,2})-(?P<day>\d{1,2})(?!\d)"),
    re.compile(rf"\b(?P<month>{MONTH}) +(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? +{YEAR}\b", re.I),
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ -]+(?P<month>{MONTH})[, -]+{YEAR}\b", re.I),
    re.compile(r"(?<![\d/.-])(?P<one>\d{1,2})([/.-])(?P<other>\d{1,2})\2(?P<year>\d{4})(?![\d/-])"),
)
AGO: Final = re.compile(
    r"\b(?P<count>\d{1,3}) ?(?P<unit>min(?:ute)?s?|h(?:ou)?rs?|days?) ago\W{1,5}"
    r"(?P<time>[12]\d{3}-\d\d-\d\d[T ]\d\d:\d\d)",
    re.IGNORECASE,
)
NUMERIC_DATE: Final = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?: +\d{1,2}:\d{2}(?::\d{2})?)?")
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SHORT_DATE: Final = re.compile(r"\d{1,2}([/.-])\d{1,2}\1\d{1,2}\b.*")
YEARLESS_DATE: Final = re.compile(r"\d{1,2}[/.-]\d{1,2}\.?")
HAS_YEAR: Final = re.compile(r"\d{4}|['’]\d{2}")
TIME: Final = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?|[+-]\d{2}:?\d{2}\b|\b\d{1,2} ?[ap]\.?m\b", re.I)
WRITTEN_DAY: Final = re.compile(r"(?<!\d)\d{4}-\d\d-\d\d(?!\d)")
MAX_CHARS: Final = 60  # of a date with its weekday, time and time zone
EXPECTED: Final = "expected a date such as 2024-04-20"


def written_date(text: str) -> str | None:
    """The first full date in a text, as ISO 8601; 03/04/2024 is not read, since it is ambiguous.

    An ISO 8601 time keeps its own date: time zones are not converted. What was put on line some hours before
    such a time, as in "19 hrs ago | 2024-10-15 10:31", has the day of then.
    """
    if ago := AGO.search(text):
        return day_then(ago)
    try:
        return datetime.fromisoformat(text.strip()).date().isoformat()
    except ValueError:
        found = (pattern.search(text) for pattern in WRITTEN_DATES)
        days = sorted((match.start(), day) for match in found if match and (day := match_day(match)))
        return days[0][1] if days else None


def day_then(ago: re.Match) -> str | None:
    """The day so many minutes, hours or days before a time, as a match of `AGO`, if there is such a time."""
    unit = {"m": "minutes", "h": "hours", "d": "days"}[ago["unit"][0].lower()]
    try:
        now = datetime.fromisoformat(ago["time"])
    except ValueError:
        return None
    return (now - timedelta(**{unit: int(ago["count"])})).date().isoformat()


def match_day(match: re.Match) -> str | None:
    """The day of a match of `WRITTEN_DATES`, if there is such a day and the match can mean no other."""
    parts = match.groupdict()
    year = full_year(parts["year"])
    if "one" in parts:
        days = {day for order in ("day", "month") if (day := numeric_day(match, order, year))}
        return days.pop() if len(days) == 1 else None
    month = MONTHS.index(parts["month"][:3].lower()) + 1 if "month" in parts else int(parts["number"])
    return iso_day(year, month, int(parts["day"]))


def full_year(written: str) -> int:
    """2026 for "2026" and for "'26"."""
    if len(written) == 4:
        return int(written)
    return int(written[1:]) + (1900 if int(written[1:]) >= CENTURY_TURN else 2000)


def numeric_day(match: re.Match, order: str, year: int) -> str | None:
    """The day of 03/04/2024, where "day" or "month" comes first."""
    one, other = int(match["one"]), int(match["other"])
    return iso_day(year, other, one) if order == "day" else iso_day(year, one, other)


def iso_day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def unambiguous_date(value: str, field: str) -> date:
    """The day of a date as people write it, such as `Nov 3rd '26` or `13/11/2026`.

    Args:
        value: the date, with a weekday, a time and a time zone or without.
        field: what the message begins with, such as "metadata.csv:3: published_date".

    Raises:
        ValueError: the date has no year, several meanings or none, or not the weekday that it names.
    """
    found = f"{field} is {value if len(value) <= MAX_CHARS else value[:MAX_CHARS] + '…'!r}"
    days = possible_days(value)
    if not days:
        raise ValueError(f"{found}{year_reason(value)}{EXPECTED}")
    if len(days) > 1:
        raise ValueError(
            f"{found}, which may be {either(list(map(day_in_words, days)))}: write "
            f"{either([day.isoformat() for day in days])}"
        )
    if not FIRST_YEAR <= days[0].year <= LAST_YEAR:
        raise ValueError(f"{found}, {EXPECTED}, in the years {FIRST_YEAR} to {LAST_YEAR}")
    check_weekday(value, days[0], found)
    return days[0]


def year_reason(value: str) -> str:
    """What is wrong with the year of a text that has no date, with the marks before and after it."""
    if HAS_YEAR.search(value):
        return ", "
    if SHORT_DATE.fullmatch(value.strip()):
        return ", whose year has two digits: "
    is_day = re.search(MONTH, value, re.I) and re.search(r"\d", value)
    return ", which has no year: " if is_day or YEARLESS_DATE.fullmatch(value.strip()) else ", "


def check_weekday(value: str, day: date, found: str) -> None:
    """Raise ValueError if a date names another weekday than its own."""
    own = WEEKDAYS[day.weekday()]
    named = next((name for name in WEEKDAYS if re.search(rf"\b{name[:3]}", value, re.I)), own)
    if named != own:
        raise ValueError(f"{found}, but {day_in_words(day)} is a {own}: correct one of the two")


def possible_days(value: str) -> list[date]:
    """Every day that a full date may mean, in order: two for 03/11/2026, none for words that are no date."""
    try:
        return [datetime.fromisoformat(value.strip()).date()]
    except ValueError:
        pass
    numbers = re.findall(r"\d+", TIME.sub(" ", value))
    is_full = len(numbers) == (2 if re.search(MONTH, value, re.I) else 3)  # "3-4 Nov 2026" is a period
    if len(value) > MAX_CHARS or not HAS_YEAR.search(value) or not is_full:
        return []
    from dateparser import parse  # takes a third of a second, and most dates are ISO 8601

    strict = {
        "STRICT_PARSING": True,
        "REQUIRE_PARTS": ["day", "month", "year"],
        "PARSERS": ["absolute-time"],
    }
    orders = ({**strict, "DATE_ORDER": order} for order in ("DMY", "MDY", "YMD"))
    return sorted({found.date() for one in orders if (found := parse(value, languages=["en"], settings=one))})


def numeric_date_order(values: list[str]) -> str | None:
    """Whether "day" or "month" comes first in dates; None unless one of them shows it (`13/03/2024`)."""
    matches = [match for value in values if (match := NUMERIC_DATE.fullmatch(value.strip()))]
    above_12 = {place for match in matches for place in (1, 3) if int(match[place]) > 12}
    return {(1,): "day", (3,): "month"}.get(tuple(above_12))


def iso_numeric_date(value: str, order: str | None) -> str:
    """A date in figures as ISO 8601, if the order is known; any other value as it is."""
    match = NUMERIC_DATE.fullmatch(value.strip())
    if not match or not order:
        return value
    day, month = (match[1], match[3]) if order == "day" else (match[3], match[1])
    return f"{match[4]}-{int(month):02}-{int(day):02}"


def missing_day(typed: str) -> str:
    """The first ISO 8601 day in a text that no calendar has: "2026-02-31"; "" where all exist."""
    return next((day for day in WRITTEN_DAY.findall(typed) if not exists(day)), "")


def exists(day: str) -> bool:
    """Whether the calendar has a day, as "2026-02-31"."""
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True
