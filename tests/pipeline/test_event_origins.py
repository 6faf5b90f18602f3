"""Event rows that stand alone: day, outlet and pair without a merge."""

import pandas as pd

from analysis.pipeline.analyse import with_origins
from tests.coverage import coded, coverage


def test_each_event_has_the_day_and_outlet_of_its_article_and_its_pair_in_alphabetical_order():
    articles = coverage("2024-05-03", "2024-05-04").assign(outlet=["Daily", None])
    rows = with_origins(
        coded((1, "USA", "CHN", "THREATEN", "past"), (0, "CHN", "USA", "AID", "past")), articles
    )
    assert rows["published_date"].dt.strftime("%Y-%m-%d").tolist() == ["2024-05-04", "2024-05-03"]
    assert rows["dyad"].tolist() == ["CHN-USA", "CHN-USA"]
    assert pd.isna(rows["outlet"][0])
    assert rows["outlet"][1] == "Daily"


def test_an_event_within_a_country_or_with_an_unknown_side_has_no_pair():
    rows = with_origins(
        coded((0, "CHN", "CHN", "ASSAULT", "past"), (0, "CHN", None, "AID", "past")), coverage("2024-05-03")
    )
    assert rows["dyad"].isna().all()


def test_a_corrected_date_or_country_replaces_what_was_there():
    events = with_origins(coded((0, "CHN", "USA", "AID", "past")), coverage("2024-05-03"))
    moved = events.assign(target_country_code="JPN")
    (row,) = with_origins(moved, coverage("2024-06-01").assign(outlet="Post")).itertuples()
    assert (f"{row.published_date:%Y-%m-%d}", row.outlet, row.dyad) == ("2024-06-01", "Post", "CHN-JPN")
