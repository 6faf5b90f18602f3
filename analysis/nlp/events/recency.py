"""Which acts are history on the day of their article, so that no index counts them as news."""

from datetime import date
from typing import Final

from pandas import DataFrame, Timedelta, Timestamp, isna

from analysis.schemas import ACT_STATUSES

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
