"""Event rows that stand alone: each with the day and the outlet of its article, and its pair of countries."""

from pandas import DataFrame

from analysis.indicators.country_events import between_countries, dyads
from analysis.schemas import Events


def with_origins(events: DataFrame, articles: DataFrame) -> DataFrame:
    """Events with the day and outlet of their article, and their pair, whatever they had before.

    Args:
        events: `TextEvents` or `Events` table.
        articles: `Articles` table with all of their articles.

    Returns:
        `Events` table, in the same order.
    """
    rows = articles.set_index("article_id")
    origins = {
        name: rows[name].reindex(events["article_id"]).to_numpy() for name in ("published_date", "outlet")
    }
    return Events.validate(events.assign(**origins, dyad=dyads(events).where(between_countries(events))))
