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

from pandas import DataFrame, Timedelta, Timestamp, isna

from analysis.schemas import ACT_STATUSES

# ---------------------------------------------------------------- the grammar of times in news

WEEKDAY = r"(?-i:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
MONTH = (
    r"(?-i:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.|Feb\.|Mar\.|Apr\.|Jun\.|Jul\.|Aug\.|Sept?\.|Oct\.|Nov\.|Dec\.)"
)
YEAR = r"(?:1[89]|20)\d\d"
DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?!\d|[,.]\d)"
COUNT = (
    r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|(?:a\s)?few"
    r"|(?:a\s)?couple(?:\sof)?)"
)
UNIT = r"(?:(?:minute|hour|day|week|fortnight|month|quarter|year|decade)s?)"
TO = r"(?:\s?[-–—]\s?|\s(?:to|through|until|till|and|or)\s)"
PART = r"(?:morning|afternoon|evening|night|midday|noon|dawn|midnight)"
ITS_YEAR = rf"(?:,?\s{YEAR}|\s(?:last|this|next)\syear)"
DATE = (
    rf"(?:(?:{WEEKDAY},?\s)?(?:{MONTH}\s{DAY}{ITS_YEAR}?|(?:the\s)?{DAY}(?:\sof)?\s{MONTH}{ITS_YEAR}?)"
    rf"|{MONTH}{ITS_YEAR})"
)
RANGE = (
    rf"(?:{MONTH}\s{DAY}{TO}{DAY}{ITS_YEAR}?(?!\s{MONTH})|{DAY}{TO}{DAY}(?:\sof)?\s{MONTH}{ITS_YEAR}?"
    rf"|{DATE}{TO}{DATE}|{WEEKDAY}{TO}{WEEKDAY}|{MONTH}{TO}{MONTH}{ITS_YEAR}?)"
)
WHICH = r"(?:this|last|next|previous|past|coming|the\s(?:coming|next|past|last))"
SEASON = r"(?:spring|summer|autumn|fall|winter)"
EXPRESSION = rf"""
  (?P<range>{RANGE})
| (?P<date>{DATE})
| (?P<edge>(?:the\s)?(?:very\s)?(?:end|start|beginning|middle|close)\sof\s
    (?:{DATE}|{MONTH}|{YEAR}|(?:the|this|next|last)\s(?:day|week|weekend|month|quarter|year|decade)))
| (?P<part>(?:early|mid|late)[\s-](?:{MONTH}{ITS_YEAR}?|{YEAR}))
| (?P<which>(?:(?:early|earlier|late|later)\s)?{WHICH}\s(?:{COUNT}\s(?:(?:or|to)\s{COUNT}\s)?)?
    (?:{UNIT}|weekend|{SEASON}|{PART}|{WEEKDAY}|{MONTH}(?!\s{DAY}))(?:\s{PART})?)
| (?P<weekday>(?:(?:early|late|earlier|later)\s(?:on\s)?)?{WEEKDAY}(?:\s{PART})?)
| (?P<ago>(?:(?:about|around|nearly|almost|some|more\sthan|over)\s)?{COUNT}\s{UNIT}\s(?:ago|from\snow))
| (?P<within>within\s(?:the\snext\s)?(?:{COUNT}(?:{TO}{COUNT})?\s{UNIT}|(?:hours|days|weeks|months)))
| (?P<named>the\sday\s(?:before\syesterday|after\stomorrow)|yesterday(?:\s{PART})?|today
    |tomorrow(?:\s{PART})?|tonight|overnight|the\sweekend)
| (?P<month>{MONTH})
| (?P<year>{YEAR})
"""
PREPOSITION = (
    r"(?:(?:early|late)\son|as\sof|as\searly\sas|prior\sto|ahead\sof|on|in|at|by|during|over|until|till|from"
    r"|since|between|through|throughout|before|after|following|around|towards?|starting|beginning|of|for)"
)
PATTERN = re.compile(
    rf"(?<![\w-])(?:(?P<preposition>{PREPOSITION})\s)?(?:{EXPRESSION})(?![\w-]|,\d|\sMovement)",
    re.VERBOSE | re.IGNORECASE,
)

# ---------------------------------------------------------------- days that they mean

Span = tuple[date, date]  # first and last day, both included

DEADLINES: Final = ("by", "until", "till", "through")
BEYOND: Final = ("before", "prior to", "ahead of", "after", "following")
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
SHIFTS = {"the day before yesterday": -2, "the day after tomorrow": 2, "yesterday": -1, "tomorrow": 1}


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
    match = PATTERN.search(re.sub(r"\b(?:a )?fortnight\b", "two weeks", " ".join((when or "").split())))
    if not match or (published is None and not re.search(YEAR, match[0])):
        return None
    kind, preposition = match.lastgroup, (match["preposition"] or "").lower()
    is_deadline = preposition in DEADLINES or kind == "within"  # of what was done by then nobody says when
    if preposition in BEYOND or (is_deadline and kind != "range" and not is_future):
        return None
    span = RESOLVERS[kind](match[kind].lower(), published or date.min.replace(year=2000), is_future)
    if span is None or published is None:
        return span
    first, last = span
    if is_future:
        first = published if preposition in DEADLINES else max(first, published)
    else:
        is_open = preposition in ("since", "from") and kind != "range"
        last = published if is_open else min(last, published)
    is_near = abs(first - published) <= FARTHEST and abs(last - published) <= FARTHEST
    return (first, last) if first <= last and is_near else None


# ---------------------------------------------------------------- days by name


def weekday_span(text: str, today: date, is_future: bool) -> Span:
    """`Friday`, `late on Friday night`; `last Friday` is before today, `next Friday` in the week after it."""
    name = found(WEEKDAY, text)
    if "next" in text:
        day = nearest_weekday(name, today + timedelta(days=7 - today.weekday()), True)
    else:
        shift = shift_of(text)
        day = nearest_weekday(name, today + timedelta(days=shift), shift > 0 or (is_future and not shift))
    return day, day


def nearest_weekday(name: str, day: date, is_future: bool) -> date:
    """The next day of a name from a day on, or the last one up to it."""
    ahead = (WEEKDAYS.index(name) - day.weekday()) % 7
    return day + timedelta(days=ahead if is_future or not ahead else ahead - 7)


def named_span(text: str, today: date, is_future: bool) -> Span:
    """`tomorrow`, `overnight`, `the weekend`."""
    if text == "overnight":
        return today - timedelta(days=1), today
    if text == "the weekend":
        return weekend_span(text, today, is_future)
    day = today + timedelta(days=next((n for name, n in SHIFTS.items() if text.startswith(name)), 0))
    return day, day


def weekend_span(text: str, today: date, is_future: bool) -> Span:
    """`the weekend`, `last weekend`: the last one up to today or the next from it on; on a Sunday today's."""
    shift = shift_of(text)
    if shift and "coming" not in text and "past" not in text:
        saturday = today + timedelta(days=5 - today.weekday() + 7 * shift)
    else:
        is_ahead = shift > 0 or (is_future and not shift)
        saturday = nearest_weekday("saturday", today, is_ahead and today.weekday() != 6)
    return saturday, saturday + timedelta(days=1)


# ---------------------------------------------------------------- dates


def date_span(text: str, today: date, is_future: bool) -> Span | None:
    """`May 20`, `20 May 2025`, `May 2025`; `November` is the last that has begun, or the next not over."""
    number = found(rf"(?<!\d){DAY}", re.sub(YEAR, "", text))
    year, month = year_in(text, today), MONTHS.index(found(MONTH, text)[:3]) + 1
    if not number:
        is_other_year = month < today.month if is_future else month > today.month
        return whole_month(year or today.year + (is_other_year and (1 if is_future else -1)), month)
    years = [year] if year else range(today.year - 4, today.year + 5)  # 29 February
    days = [span[0] for y in years if (span := span_of_day(y, month, int(re.sub(r"\D", "", number))))]
    if year or not days:
        return (days[0], days[0]) if days else None
    past, future = (  # 29 February is no day of each year
        max((day for day in days if day <= today), default=min(days)),
        min((day for day in days if day >= today), default=max(days)),
    )
    own, other = (future, past) if is_future else (past, future)
    # the other tense fits far better
    return None if abs(own - today) > 9 * NEAR and abs(other - today) <= NEAR else (own, own)


def span_of_day(year: int, month: int, day: int) -> Span | None:
    """One day; None for 30 February."""
    try:
        return date(year, month, day), date(year, month, day)
    except ValueError:
        return None


def year_span(text: str, today: date, is_future: bool) -> Span:
    """`2025`."""
    return date(int(text), 1, 1), date(int(text), 12, 31)


def year_in(text: str, today: date) -> int | None:
    """The year of `May 2025`, `May last year`."""
    year = found(YEAR, text)
    return int(year) if year else today.year + shift_of(text) if text.endswith(" year") else None


def whole_month(year: int, month: int) -> Span:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def month_at(day: date, shift: int) -> Span:
    """The month of a day, or one so many months later."""
    year, month = divmod(day.year * 12 + day.month - 1 + shift, 12)
    return whole_month(year, month + 1)


# ---------------------------------------------------------------- ranges and parts


def range_span(text: str, today: date, is_future: bool) -> Span | None:
    """`Wednesday through Friday`, `5 to 8 May`, `May 30 to June 2, 2025`, `May to July`."""
    left, right = re.split(TO, text, maxsplit=1, flags=re.IGNORECASE)
    if found(WEEKDAY, text) and not found(MONTH, text):
        if is_future:
            begin = nearest_weekday(found(WEEKDAY, left), today, True)
            return begin, nearest_weekday(found(WEEKDAY, right), begin, True)
        end = nearest_weekday(found(WEEKDAY, right), today, False)
        return nearest_weekday(found(WEEKDAY, left), end, False), end
    year, month = found(ITS_YEAR, text).strip(", "), found(MONTH, text)
    left, right = (part if found(MONTH, part) else f"{month} {part}" for part in (left, right))
    left, right = (part if found(ITS_YEAR, part) else f"{part} {year}".strip() for part in (left, right))
    first, last = date_span(left, today, is_future), date_span(right, today, is_future)
    if first and last and first[0] > last[1] and not year:  # from 30 December to 2 January
        first = span_of_day(first[0].year - 1, first[0].month, first[0].day)
    return (first[0], last[1]) if first and last and first[0] <= last[1] else None


def part_span(text: str, today: date, is_future: bool) -> Span | None:
    """`early May`, `mid-2025`, `the end of the year`: a third of the whole."""
    edge, of, whole = text.partition(" of ")
    part, whole = (edge.split()[-1], whole) if of else re.split(r"[\s-]", text, maxsplit=1)
    if re.fullmatch(YEAR, whole):
        span = year_span(whole, today, is_future)
    elif found(MONTH, whole):
        span = date_span(whole, today, is_future)
    else:
        span = calendar_unit(found(UNIT, whole), whole, today)
    return third(span, part) if span else None


def third(span: Span, part: str) -> Span:
    """The first, middle or last third of some days."""
    third_days = timedelta(days=ceil(((span[1] - span[0]).days + 1) / 3) - 1)
    if part in ("early", "start", "beginning"):
        return span[0], span[0] + third_days
    if part in ("late", "end", "close"):
        return span[1] - third_days, span[1]
    return span[0] + third_days, span[1] - third_days


# ---------------------------------------------------------------- spans around the day of the article


def which_span(text: str, today: date, is_future: bool) -> Span | None:
    """`last week`, `the coming days`, `the past three days`, `next Friday`, `earlier this month`."""
    if found(WEEKDAY, text):
        return weekday_span(text, today, is_future)
    if "weekend" in text:
        return weekend_span(text, today, is_future)
    season = next((first for name, first in SEASONS.items() if name in text), None)
    if season or found(MONTH, text):
        return other_year(text, season or MONTHS.index(found(MONTH, text)[:3]) + 1, today, 3 if season else 1)
    unit = found(UNIT, text)
    if not unit:
        return named_span("overnight" if "night" in text else "today", today, is_future)
    is_plural, unit = unit.endswith("s"), unit.rstrip("s")
    counts = counts_in(text) or ([] if is_plural else [1])
    if counts_in(text) or is_plural or any(word in text for word in ("the ", "coming", "past")):
        return around_today(unit, counts, today, is_ahead="next" in text or "coming" in text)
    span, part = calendar_unit(unit, text, today), text.split()[0]
    return third(span, part) if span and part in ("early", "late") else span


def around_today(unit: str, counts: list[int], today: date, *, is_ahead: bool) -> Span | None:
    """`the coming days`, `the past three days`: up to the day of the article, or from it on."""
    if unit not in SOON:
        return None
    days = timedelta(days=ceil(UNIT_DAYS[unit] * max(counts)) if counts else SOON[unit])
    return (today, today + days) if is_ahead else (today - days, today)


def shift_of(text: str) -> int:
    """-1 for `last`, 1 for `next`, 0 for `this` and `the`."""
    is_back = "last" in text or "previous" in text or "past" in text
    return 1 if "next" in text or "coming" in text else -1 if is_back else 0


def calendar_unit(unit: str, text: str, today: date) -> Span | None:
    """`this week`, `last month`, `next year`, as the calendar has them."""
    shift = shift_of(text)
    if unit == "day":
        return today + timedelta(days=shift), today + timedelta(days=shift)
    if unit == "week":
        monday = today + timedelta(days=7 * shift - today.weekday())
        return monday, monday + timedelta(days=6)
    if unit == "month":
        return month_at(today, shift)
    if unit == "quarter":
        start = month_at(today, 3 * shift - (today.month - 1) % 3)
        return start[0], month_at(start[0], 2)[1]
    return year_span(str(today.year + shift), today, False) if unit == "year" else None


def other_year(text: str, month: int, today: date, length: int) -> Span:
    """`last May` is over, `next May` has not begun, `this summer` is of the year; so many months."""
    shift = shift_of(text)
    is_other_year = month >= today.month if shift < 0 else month <= today.month
    start = date(today.year + (shift if is_other_year else 0), month, 1)
    return start, month_at(start, length - 1)[1]


def ago_span(text: str, today: date, is_future: bool) -> Span | None:
    """`three days ago`; `two weeks ago` is somewhere in that week, `a month ago` in that month."""
    unit, count = found(UNIT, text).rstrip("s"), max(counts_in(text), default=1)
    sign = 1 if text.endswith("from now") else -1
    if unit in ("minute", "hour"):
        return around_today(unit, [count], today, is_ahead=sign > 0)
    if unit == "month":
        return month_at(today, sign * count)
    days = timedelta(days=sign * round(UNIT_DAYS.get(unit, 0) * count))
    return calendar_unit(unit, "this", today + days) if unit in UNIT_DAYS else None


def within_span(text: str, today: date, is_future: bool) -> Span | None:
    """`within 24 to 36 hours`, `within days`."""
    return around_today(found(UNIT, text).rstrip("s"), counts_in(text), today, is_ahead=True)


def counts_in(text: str) -> list[int]:
    """Its numbers, in words or figures, in order: of `24 to 36 hours` 24 and 36."""
    words = re.findall(r"[a-z]+|\d+", text)
    return [int(COUNTS.get(word, word)) for word in words if word.isdigit() or word in COUNTS]


def found(pattern: str, text: str) -> str:
    """What a pattern of the grammar finds first, in lower case; "" where it finds nothing."""
    match = re.search(pattern.replace("(?-i:", "(?:"), text, re.IGNORECASE)
    return match[0].lower() if match else ""


RESOLVERS: Final[dict[str, Callable[[str, date, bool], Span | None]]] = {
    "range": range_span,
    "date": date_span,
    "edge": part_span,
    "part": part_span,
    "which": which_span,
    "weekday": weekday_span,
    "ago": ago_span,
    "within": within_span,
    "named": named_span,
    "month": date_span,
    "year": year_span,
}
"""By the kinds of time in the grammar."""


# ---------------------------------------------------------------- what is history on the day of an article

NEWS_DAYS: Final = 90  # its acts are news for so long after a year ends


def status_on(day: date | Timestamp | None, status: str, year: int | None) -> str:
    """The status of an act on the day of its article.

    Without a date only the text can say what is old: anything before the latest year that it names. A date is
    better: in an article of 2026, an act of 2026 is news even if the text names a plan until 2035.

    Args:
        day: when the article was published; missing if unknown.
        status: by the text alone.
        year: of the act; missing if its clause names none.
    """
    if isna(day) or isna(year) or status not in (*ACT_STATUSES, "historical"):
        return status
    is_old = Timestamp(day) - Timestamp(int(year), 12, 31) > Timedelta(days=NEWS_DAYS)
    return "historical" if is_old else "past" if status == "historical" else status


def dated_events(events: DataFrame, articles: DataFrame) -> DataFrame:
    """The events with their status on the day of their article.

    Args:
        events: `TextEvents` table, with statuses by the texts alone.
        articles: `Articles` table with all of their articles.

    Returns:
        The same rows, in the same order.
    """
    days = articles.set_index("article_id")["published_date"].to_dict()
    rows = zip(events["article_id"], events["status"], events["year"], strict=True)
    statuses = [status_on(days[article], status, year) for article, status, year in rows]
    return events.assign(status=statuses)
