"""Which days a time in an article means, given the day of the article: `on Tuesday`, `in the coming days`.

Tense decides between two days of one name: a weekday of a past act is the last one up to the day of the
article, of a future act the next from that day on. Weeks begin on Monday.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from math import ceil
from typing import Final

from analysis.nlp.events.time_expressions import DAY, ITS_YEAR, MONTH, PATTERN, TO, UNIT, WEEKDAY, YEAR

Span = tuple[date, date]  # first and last day, both included

FARTHEST: Final = timedelta(days=5 * 365 + 1)  # what lies farther from the news is a misreading, or history
NEAR: Final = timedelta(days=31)
"""A day that was so lately, and will not be again for almost a year, is not meant by a date without year."""
SOON: Final = {"minute": 0, "hour": 1, "day": 7, "week": 28, "month": 92, "year": 366}
"""Days that `the coming hours`, `days` and so on last at most."""
UNIT_DAYS: Final = {"minute": 0, "hour": 1 / 24, "day": 1, "week": 7, "month": 30.5, "year": 365.25}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
SEASONS: Final = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}  # first month, in the north
COUNTS: Final = {
    **dict.fromkeys(("a", "an", "one"), 1),
    **dict.fromkeys(("two", "couple"), 2),
    **dict.fromkeys(("three", "few", "several"), 3),
    **{word: n for n, word in enumerate(("four", "five", "six", "seven", "eight", "nine", "ten"), start=4)},
    "eleven": 11,
    "twelve": 12,
}
UNTIL = frozenset(("by", "until", "till"))
SINCE = frozenset(("since", "from", "throughout", "through"))
ELSEWHERE = frozenset(("before", "prior to", "ahead of", "after", "following"))


def days_of(when: str | None, published: date | None, *, is_future: bool) -> Span | None:
    """The first and the last day that a time means.

    Args:
        when: as in `Events`, such as "Wednesday through Friday".
        published: the day of the article; None where it is unknown.
        is_future: whether the act is still to come.

    Returns:
        None where the words mean no certain days, where only the day of the article could tell which, and
        where they make no sense: a past act after its article, or days more than five years away.
    """
    match = PATTERN.search(" ".join((when or "").split()))
    preposition = ((match and match["preposition"]) or "").lower()
    if not match or preposition in ELSEWHERE:
        return None
    kind = match.lastgroup or ""
    span = RESOLVERS[kind](match[kind].lower(), published, is_future)
    if span is None or published is None:
        return span
    if preposition in UNTIL and is_future:
        span = published, span[1]
    elif preposition in SINCE and kind != "range" and not is_future:
        span = span[0], published
    return plausible(span, published, is_future)


def plausible(span: Span, published: date, is_future: bool) -> Span | None:
    """The days of a span that are possible for an act of its tense; None where there are none."""
    first, last = span
    if is_future:
        first = max(first, published)
    else:
        last = min(last, published)
    is_near = abs(first - published) <= FARTHEST and abs(last - published) <= FARTHEST
    return (first, last) if first <= last and is_near else None


# ---------------------------------------------------------------- days by name


def weekday_span(text: str, published: date | None, is_future: bool) -> Span | None:
    """`Friday`, `late on Friday night`."""
    day = nearest_weekday(found(WEEKDAY, text), published, is_future) if published else None
    return (day, day) if day else None


def nearest_weekday(name: str, day: date, is_future: bool) -> date:
    """The next day of a name from a day on, or the last one up to it."""
    number = WEEKDAYS.index(name)
    ahead = (number - day.weekday()) % 7
    return day + timedelta(days=ahead if is_future else ahead - 7 if ahead else 0)


def named_span(text: str, published: date | None, is_future: bool) -> Span | None:
    """`tomorrow`, `overnight`, `the weekend`."""
    if published is None:
        return None
    if text == "overnight":
        return published - timedelta(days=1), published
    if text == "the weekend":
        return weekend(published, is_future)
    shifts = {"the day before yesterday": -2, "the day after tomorrow": 2, "yesterday": -1, "tomorrow": 1}
    shift = next((days for name, days in shifts.items() if text.startswith(name)), 0)
    day = published + timedelta(days=shift)
    return day, day


def weekend(day: date, is_future: bool) -> Span:
    """The next Saturday and Sunday from a day on, or the last ones up to it; on a Sunday those of the day."""
    saturday = nearest_weekday("saturday", day, is_future and day.weekday() != 6)
    return saturday, saturday + timedelta(days=1)


def ordinal_span(text: str, published: date | None, is_future: bool) -> Span | None:
    """`the 24th`, of this month or one beside it."""
    if published is None:
        return None
    number = int(found(r"\d+", text))
    months = [month_at(published, shift) for shift in (-2, -1, 0, 1, 2)]
    days = [first.replace(day=number) for first, last in months if number <= last.day]
    return one_day(days, published, is_future)


# ---------------------------------------------------------------- dates


def date_span(text: str, published: date | None, is_future: bool) -> Span | None:
    """`May 20`, `20 May 2025`, `May 2025`, `2025-05-20`."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return span_of_day(*map(int, text.split("-")))
    number = found(rf"(?<!\d){DAY}", re.sub(YEAR, "", text))
    year, month = year_in(text, published), month_number(text)
    if not number:
        return month_span(text, published, is_future)
    day = int(found(r"\d+", number))
    if year:
        return span_of_day(year, month, day)
    if published is None:
        return None
    years = range(published.year - 4, published.year + 5)  # 29 February
    days = [span[0] for y in years if (span := span_of_day(y, month, day))]
    return one_day(days, published, is_future)


def one_day(days: list[date], published: date, is_future: bool) -> Span | None:
    """The next of several days, or the last up to the article; None where another tense fits far better."""
    past = max((day for day in days if day <= published), default=None)
    future = min((day for day in days if day >= published), default=None)
    own, other = (future, past) if is_future else (past, future)
    if own is None or (other and abs(own - published) > 9 * NEAR and abs(other - published) <= NEAR):
        return None
    return own, own


def span_of_day(year: int, month: int, day: int) -> Span | None:
    """One day; None for 30 February."""
    try:
        return date(year, month, day), date(year, month, day)
    except ValueError:
        return None


def month_span(text: str, published: date | None, is_future: bool) -> Span | None:
    """`November`, `November 2024`: the last November that has begun, or the next that is not over."""
    month, year = month_number(text), year_in(text, published)
    if year:
        return whole_month(year, month)
    if published is None:
        return None
    if is_future:
        return whole_month(published.year + (month < published.month), month)
    return whole_month(published.year - (month > published.month), month)


def year_span(text: str, published: date | None, is_future: bool) -> Span | None:
    """`2025`."""
    return date(int(text), 1, 1), date(int(text), 12, 31)


def year_in(text: str, published: date | None) -> int | None:
    """The year of `May 2025`, `May last year`."""
    year = found(YEAR, text)
    if year:
        return int(year)
    return published.year + shift_of(text) if published and text.endswith(" year") else None


def month_number(text: str) -> int:
    return MONTHS.index(found(MONTH, text)[:3]) + 1


def whole_month(year: int, month: int) -> Span:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def month_at(day: date, shift: int) -> Span:
    """The month of a day, or one so many months later."""
    year, month = divmod(day.year * 12 + day.month - 1 + shift, 12)
    return whole_month(year, month + 1)


# ---------------------------------------------------------------- ranges and parts


def range_span(text: str, published: date | None, is_future: bool) -> Span | None:
    """`Wednesday through Friday`, `5 to 8 May`, `May 30 to June 2, 2025`, `May to July`."""
    left, right = re.split(TO, text, maxsplit=1, flags=re.IGNORECASE)
    if found(WEEKDAY, text) and not found(MONTH, text):
        return weekday_range(found(WEEKDAY, left), found(WEEKDAY, right), published, is_future)
    year, month = found(ITS_YEAR, text).strip(", "), found(MONTH, text)
    left, right = (part if found(MONTH, part) else f"{month} {part}" for part in (left, right))
    left, right = (f"{part} {year}" if year and not found(ITS_YEAR, part) else part for part in (left, right))
    last = date_span(right, published, is_future)
    first = date_span(left, published, is_future)
    if not first or not last:
        return None
    if first[0] > last[1] and not year:  # from 30 December to 2 January
        first = shifted_year(first[0], -1) or first
    return (first[0], last[1]) if first[0] <= last[1] else None


def shifted_year(day: date, shift: int) -> Span | None:
    return span_of_day(day.year + shift, day.month, day.day)


def weekday_range(first: str, last: str, published: date | None, is_future: bool) -> Span | None:
    """Both ends of `Wednesday through Friday`."""
    if published is None:
        return None
    if is_future:
        begin = nearest_weekday(first, published, True)
        return begin, nearest_weekday(last, begin, True)
    end = nearest_weekday(last, published, False)
    return nearest_weekday(first, end, False), end


def edge_span(text: str, published: date | None, is_future: bool) -> Span | None:
    """`the end of the year`, `the beginning of May`."""
    edge, _, whole = text.partition(" of ")
    span = whole_span(whole, published, is_future)
    return third(span, edge.split()[-1]) if span else None


def part_span(text: str, published: date | None, is_future: bool) -> Span | None:
    """`early May`, `mid-2025`."""
    part, whole = re.split(r"[\s-]", text, maxsplit=1)
    span = whole_span(whole, published, is_future)
    return third(span, part) if span else None


def whole_span(text: str, published: date | None, is_future: bool) -> Span | None:
    """The days of the whole that a part belongs to: `the year`, `next month`, `May 2025`."""
    if re.fullmatch(YEAR, text):
        return year_span(text, published, is_future)
    if found(MONTH, text):
        return date_span(text, published, is_future)
    return calendar_unit(found(UNIT, text), text, published)


def third(span: Span, part: str) -> Span:
    """The first, middle or last third of some days."""
    length = (span[1] - span[0]).days + 1
    third_days = timedelta(days=ceil(length / 3) - 1)
    if part in ("early", "start", "beginning"):
        return span[0], span[0] + third_days
    if part in ("late", "end", "close"):
        return span[1] - third_days, span[1]
    return span[0] + third_days, span[1] - third_days


# ---------------------------------------------------------------- spans around the day of the article


def which_span(text: str, published: date | None, is_future: bool) -> Span | None:
    """`last week`, `the coming days`, `the past three days`, `next Friday`, `earlier this month`."""
    if published is None:
        return None
    unit = found(UNIT, text).rstrip("s")
    if found(WEEKDAY, text):
        return which_weekday(text, published, is_future)
    if found(MONTH, text):
        return which_month(text, published)
    if "weekend" in text:
        return which_weekend(text, published, is_future)
    if season := next((name for name in SEASONS if name in text), None):
        return which_season(text, SEASONS[season], published)
    if not unit:
        return named_span("overnight" if "night" in text else "today", published, is_future)
    count = count_in(text)
    is_plural = found(UNIT, text).endswith("s")
    if count or is_plural or text.startswith("the ") or "coming" in text or "past" in text:
        return around_today(text, unit, count or (None if is_plural else 1), published)
    span = calendar_unit(unit, text, published)
    part = text.split()[0]
    return third(span, part) if span and part in ("early", "late") else span


def around_today(text: str, unit: str, count: int | None, published: date) -> Span | None:
    """`the coming days`, `the past three days`: up to the day of the article, or from it on."""
    if unit not in SOON:
        return None
    days = timedelta(days=ceil(UNIT_DAYS[unit] * count) if count else SOON[unit])
    return (published, published + days) if is_ahead(text) else (published - days, published)


def is_ahead(text: str) -> bool:
    return "next" in text or "coming" in text


def shift_of(text: str) -> int:
    """-1 for `last`, 1 for `next`, 0 for `this` and `the`."""
    return 1 if is_ahead(text) else -1 if "last" in text or "previous" in text or "past" in text else 0


def calendar_unit(unit: str, text: str, published: date | None) -> Span | None:
    """`this week`, `last month`, `next year`, as the calendar has them."""
    if published is None:
        return None
    shift = shift_of(text)
    if unit == "day":
        return published + timedelta(days=shift), published + timedelta(days=shift)
    if unit == "week":
        monday = published + timedelta(days=7 * shift - published.weekday())
        return monday, monday + timedelta(days=6)
    if unit == "month":
        return month_at(published, shift)
    if unit == "quarter":
        start = month_at(published, 3 * shift - (published.month - 1) % 3)
        return start[0], month_at(start[0], 2)[1]
    year = published.year + shift
    return (date(year, 1, 1), date(year, 12, 31)) if unit == "year" else None


def which_weekday(text: str, published: date, is_future: bool) -> Span:
    """`last Friday` is before the day of the article, `next Friday` in the week after it."""
    name, shift = found(WEEKDAY, text), shift_of(text)
    if "next" in text:
        monday = published + timedelta(days=7 - published.weekday())
        day = nearest_weekday(name, monday, True)
    elif shift:
        day = nearest_weekday(name, published + timedelta(days=shift), shift > 0)
    else:
        day = nearest_weekday(name, published, is_future)
    return day, day


def which_month(text: str, published: date) -> Span:
    """`last May` is over, `next May` has not begun, `this May` is of the year."""
    month, shift = month_number(text), shift_of(text)
    is_other_year = month >= published.month if shift < 0 else month <= published.month
    return whole_month(published.year + (shift if is_other_year else 0), month)


def which_weekend(text: str, published: date, is_future: bool) -> Span:
    """`this weekend`, `last weekend`, `next weekend`."""
    shift = shift_of(text)
    saturday = published + timedelta(days=5 - published.weekday())
    if shift == 0:
        return weekend(published, is_future)
    if "coming" in text or "past" in text:
        return weekend(published, shift > 0)
    saturday += timedelta(days=7 * shift)
    return saturday, saturday + timedelta(days=1)


def which_season(text: str, month: int, published: date) -> Span:
    """`this summer`, `last winter`: three months."""
    shift = shift_of(text)
    start = date(published.year, month, 1)
    is_other_year = start >= published.replace(day=1) if shift < 0 else start <= published
    start = start.replace(year=published.year + (shift if is_other_year else 0))
    return start, month_at(start, 2)[1]


def ago_span(text: str, published: date | None, is_future: bool) -> Span | None:
    """`three days ago`; `two weeks ago` is somewhere in that week, `a month ago` in that month."""
    if published is None:
        return None
    unit, count = found(UNIT, text).rstrip("s"), count_in(text) or 1
    sign = 1 if text.endswith("from now") else -1
    if unit in ("minute", "hour"):
        other = published + sign * timedelta(days=ceil(UNIT_DAYS[unit] * count))
        return min(published, other), max(published, other)
    if unit == "month":
        return month_at(published, sign * count)
    if unit not in UNIT_DAYS:
        return None
    day = published + sign * timedelta(days=round(UNIT_DAYS[unit] * count))
    return calendar_unit(unit, "this", day)


def within_span(text: str, published: date | None, is_future: bool) -> Span | None:
    """`within 24 to 36 hours`, `within days`; of a past act the days up to the article."""
    if published is None:
        return None
    unit, counts = found(UNIT, text).rstrip("s"), counts_in(text)
    if unit not in SOON:
        return None
    days = timedelta(days=ceil(UNIT_DAYS[unit] * max(counts)) if counts else SOON[unit])
    return (published, published + days) if is_future else (published - days, published)


def count_in(text: str) -> int | None:
    """The first number of a text."""
    return next(iter(counts_in(text)), None)


def counts_in(text: str) -> list[int]:
    """Its numbers, in words or figures, in order: of `24 to 36 hours` 24 and 36."""
    words = re.findall(r"[a-z]+|\d+", text)
    return [
        int(word) if word.isdigit() else COUNTS[word] for word in words if word.isdigit() or word in COUNTS
    ]


def found(pattern: str, text: str) -> str:
    """What a pattern of the grammar finds first, in lower case; "" where it finds nothing."""
    match = re.search(pattern.replace("(?-i:", "(?:"), text, re.IGNORECASE)
    return match[0].lower() if match else ""


Resolver = Callable[[str, date | None, bool], Span | None]
RESOLVERS: Final[dict[str, Resolver]] = {
    "range": range_span,
    "date": date_span,
    "edge": edge_span,
    "part": part_span,
    "which": which_span,
    "weekday": weekday_span,
    "ago": ago_span,
    "within": within_span,
    "named": named_span,
    "ordinal": ordinal_span,
    "month": month_span,
    "year": year_span,
}
"""By the kinds of time in the grammar."""
