"""Dates as people write them, read only if they have a year and one possible meaning."""

import re
from datetime import date, datetime

FIRST_YEAR, LAST_YEAR = 1800, 2100
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
WRITTEN_DATES = (
    re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<number>\d{2})-(?P<day>\d{2})(?!\d)"),
    re.compile(rf"\b(?P<month>{MONTH}) +(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? +(?P<year>\d{{4}})\b", re.I),
    re.compile(
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ -]+(?P<month>{MONTH})[, -]+(?P<year>\d{{4}})\b", re.I
    ),
)


def written_date(text: str) -> str | None:
    """The first full date in a text, as ISO 8601; 03/04/2024 is not read, since it is ambiguous.

    An ISO 8601 time keeps its own date: time zones are not converted.
    """
    try:
        return datetime.fromisoformat(text.strip()).date().isoformat()
    except ValueError:
        found = (pattern.search(text) for pattern in WRITTEN_DATES)
        days = sorted((match.start(), day) for match in found if match and (day := match_day(match)))
        return days[0][1] if days else None


def parse_date(value: str, where: str, name: str = "published_date") -> date:
    """The day of an ISO 8601 date or time; the ValueError names the place and the field."""
    expected = "expected an ISO 8601 date such as 2024-04-20"
    try:
        day = datetime.fromisoformat(value.strip()).date()
    except ValueError as error:
        raise ValueError(f"{where}: {name} is {value!r}, {expected}") from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        years = f"{FIRST_YEAR} to {LAST_YEAR}"
        raise ValueError(f"{where}: {name} is {value!r}, {expected}, in the years {years}")
    return day


def match_day(match: re.Match) -> str | None:
    parts = match.groupdict()
    month = MONTHS.index(parts["month"][:3].lower()) + 1 if "month" in parts else int(parts["number"])
    try:
        return date(int(parts["year"]), month, int(parts["day"])).isoformat()
    except ValueError:
        return None
