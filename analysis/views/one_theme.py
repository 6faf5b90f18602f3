"""One theme by period and by outlet: shares beside the number of articles, and the newest sentences."""

from pandas import DataFrame

from analysis.indicators.definitions import MINIMUM_STORIES
from analysis.indicators.theme_shares import EVERY_OUTLET
from analysis.pipeline.analyse import Tables
from analysis.views.evidence import matched_rows, newest
from analysis.views.render import View, view

MOST_ROWS = 30
MOST_SENTENCES = 30


def one_theme_view(tables: Tables, theme: str, by_period: DataFrame, by_outlet: DataFrame) -> View:
    """How much is written on a theme over time and by each outlet, with its newest sentences.

    Args:
        tables: a corpus.
        theme: its name.
        by_period: `ThemeShares` table by day, week or month.
        by_outlet: the same over all articles.
    """
    found = tables.topics[(tables.topics["dimension"] == "theme") & (tables.topics["topic"] == theme)]
    total = by_outlet[by_outlet["outlet"] == EVERY_OUTLET].iloc[0]
    outlets = by_outlet[by_outlet["outlet"] != EVERY_OUTLET]
    periods = by_period[(by_period["outlet"] == EVERY_OUTLET) & (by_period["period"] != "all")]
    return view(
        "views/one_theme",
        theme=theme,
        total=total,
        periods=periods.tail(MOST_ROWS).to_dict("records"),
        earlier=max(len(periods) - MOST_ROWS, 0),
        outlets=outlets.head(MOST_ROWS).to_dict("records"),
        more=max(len(outlets) - MOST_ROWS, 0),
        evidence=matched_rows(newest(found, tables, MOST_SENTENCES), tables),
        sentence_count=len(found),
        minimum=MINIMUM_STORIES,
    )
