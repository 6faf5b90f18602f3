"""The days that a front page reports on; what is older is its background.

A month is what a reader calls "the past month": it ends on the newest article's day and begins on the day
after the same date of the month before, 13 September for 12 October. So an October that ends on the 31st is
the whole of October, which 30 days are not.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from pandas import DateOffset, Series, Timedelta, Timestamp, to_datetime

from analysis.ingest.dates import no_such_day, unambiguous_date
from analysis.phrasing import WrongArgument, days_in_words

AUTO, ALL = "auto", "all"
LENGTHS: Final = {"day": DateOffset(days=1), "week": DateOffset(weeks=1), "month": DateOffset(months=1)}
LAST_WEEK, LAST_MONTH = "last week", "last month"
EXPECTED = (
    f"expected {AUTO}, {', '.join(LENGTHS)}, {LAST_WEEK}, {LAST_MONTH}, {ALL}, a day, or days such as "
    "2025-05-05..2025-05-11"
)
BACKGROUND_WEEKS: Final = 8
LONGEST_WITHOUT_BACKGROUND = 21  # days between the first article and the last: a week needs weeks behind it
ONE_DAY = timedelta(days=1)
NOTHING_DATED = "No article has a date, so all of them are treated as one period."
ALL_AHEAD = "Every date is later than today, so all articles are treated as one period."


@dataclass(frozen=True)
class ReportingPeriod:
    """The days that are reported on."""

    first: date | None  # None where nothing is dated
    last: date | None  # included
    is_everything: bool  # no background: all articles up to `last` are in the period, undated ones too
    note: str = ""  # a sentence for the reader where what was asked for could not be had

    @property
    def title(self) -> str:
        """The days in words, "6 to 12 October 2025"; "" where nothing is dated."""
        return days_in_words(self.first, self.last) if self.first and self.last else ""


def reporting_period(asked: str, dates: Series, *, today: date | None = None) -> ReportingPeriod:
    """The days to report on.

    `auto` takes the last week where articles came in over more than three weeks, in at least half of the
    eight before it, and everything otherwise.

    Args:
        asked: `auto` (or ""), `day`, `week` or `month` that ends on the day of the newest article, `all`,
            `last week` or `last month` as of `asked_days`, or ISO 8601 days: "2025-05-05", or
            "2025-05-05..2025-05-11" with both included.
        dates: of the articles; missing where one is undated.
        today: articles dated later than tomorrow do not count as the newest; None: all dates count.

    Raises:
        ValueError: `asked` is none of these, its first day is after its last, or no article is dated on any
            of its days.
    """
    wanted = asked_days(asked, today)
    days = to_datetime(dates).dropna()
    # In Tokyo it is tomorrow already.
    counted = days if today is None else days[days < Timestamp(today + 2 * ONE_DAY)]
    if dates.empty or (counted.empty and not wanted):
        return ReportingPeriod(None, None, True, ALL_AHEAD if len(days) else NOTHING_DATED)
    if wanted:
        period = ReportingPeriod(*wanted, is_everything=False)
        if not in_period(days, period).any():
            nearest = nearest_day(period, days if counted.empty else counted)
            raise WrongArgument("period", f" is {asked!r}, {nearest}")
        return period
    word = asked.strip().lower() or AUTO
    oldest, newest = counted.min(), counted.max()
    if word == AUTO:
        word = "week" if is_stream(counted) else ALL
    if word == ALL:
        return ReportingPeriod(oldest.date(), newest.date(), True)
    # Counted from the day after, so that a month that ends with October begins with it.
    first = newest + Timedelta(ONE_DAY) - LENGTHS[word]
    return ReportingPeriod(first.date(), newest.date(), False)


def asked_days(asked: str, today: date | None = None) -> tuple[date, date] | None:
    """First and last day of a period, unless they follow from the articles: then None.

    Of a job that runs every Monday, `last week` is the week from Monday to Sunday before the day of the run,
    and `last month` the calendar month before it: where no new article came, nobody gets an old week as new.

    Raises:
        ValueError: it is neither, or the days are in the wrong order.
    """
    if not isinstance(asked, str):
        raise WrongArgument("period", f" is {asked!r}, {EXPECTED}")
    typed = asked.strip().lower()
    if typed in ("", AUTO, ALL, *LENGTHS):
        return None
    today = today or date.today()
    if typed == LAST_WEEK:
        monday = today - timedelta(days=today.weekday() + 7)
        return monday, monday + timedelta(days=6)
    if typed == LAST_MONTH:
        last = today.replace(day=1) - ONE_DAY
        return last.replace(day=1), last
    first, _, last = (part.strip() for part in typed.partition(".."))
    try:
        days = unambiguous_date(first, ""), unambiguous_date(last if ".." in typed else first, "")
    except ValueError as error:
        raise WrongArgument("period", f" is {asked!r}{no_such_day(asked)}, {EXPECTED}") from error
    if days[0] > days[1]:
        raise WrongArgument("period", f" is {asked!r}, whose first day is after its last: swap the two days")
    return days


def is_stream(days: Series) -> bool:
    """Whether articles came in week after week: in at least half of the eight weeks before the newest day's.

    A pile whose articles are spread over years has no week that it reports on, and all of it is on the page.
    """
    ages = (days.max() - days).dt.days // 7  # in weeks
    recent = ages[ages.between(1, BACKGROUND_WEEKS)].nunique()
    is_long = (days.max() - days.min()).days > LONGEST_WITHOUT_BACKGROUND
    return bool(is_long and 2 * recent >= min(BACKGROUND_WEEKS, ages.max()))


def nearest_day(period: ReportingPeriod, days: Series) -> str:
    """Where to look instead of a period without articles: the nearest day that has one."""
    if days.empty:
        return "and no article has a date: report on all, or date articles in metadata.csv"
    middle = Timestamp(period.first) + (period.last - period.first) / 2
    nearest = days.iloc[(days - middle).abs().argmin()].date()
    return f"and no article is dated {period.title}: the nearest day with articles is {nearest}"


def in_period(dates: Series, period: ReportingPeriod) -> Series:
    """Whether each date is in a period; a missing one only where the period is everything."""
    days = to_datetime(dates)
    if period.last is None:
        return Series(True, index=dates.index)
    if period.is_everything:
        return days.isna() | days.lt(Timestamp(period.last + ONE_DAY))
    return days.ge(Timestamp(period.first)) & days.lt(Timestamp(period.last + ONE_DAY))
