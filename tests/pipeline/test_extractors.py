"""Event rows that stand alone: who reports each, and its day, outlet and pair."""

from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.pipeline.analyse import with_origins
from analysis.pipeline.annotate import annotate
from analysis.pipeline.extractors import article_rows, reporters
from tests.coverage import coded, coverage

CLASH = [SimpleNamespace(trigger_start_char=20, trigger_end_char=27)]


def statement(speaker, start, end, stance="neutral", rule="clause"):
    return SimpleNamespace(speaker_id=speaker, content_spans=[(start, end)], cue_stance=stance, rule=rule)


def test_the_shortest_statement_around_an_event_reports_it():
    around = [statement("official", 0, 50), statement("minister", 10, 40), statement("other", 0, 15)]
    assert reporters(CLASH, around) == ["minister"]
    assert reporters(CLASH, around[2:]) == [None]


def test_a_hope_does_not_report_what_it_mentions():
    around = [statement("official", 0, 50), statement("washington", 10, 40, stance="intending")]
    assert reporters(CLASH, around) == ["official"]
    assert reporters(CLASH, around[1:]) == [None]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "is_blamed"),
    [
        ("Kenyan President William Ruto said that Kenya was a corrupt failure.", False),
        ("Ugandan President Yoweri Museveni said that Kenya was a corrupt failure.", True),
        ("Ugandan President Yoweri Museveni said an attack on Kenya would be a brutal crime.", False),
    ],
)
def test_nobody_blames_their_own_country_or_whom_others_attack(parsed, text, is_blamed):
    rows = article_rows("a" * 16, parsed(text))["stances"]
    assert [row["label"] == -1 for row in rows if row["target_id"] == "KEN"] == [is_blamed]


@pytest.mark.model
def test_the_tables_have_the_topics_that_annotate_writes(parsed):
    text = "Kenya met Uganda in Nairobi. She beat the favourite in straight sets to reach the last eight."
    topics = [
        {name: value for name, value in row.items() if name != "article_id"}
        for row in article_rows("a" * 16, parsed(text))["topics"]
    ]
    assert topics == next(annotate([{"id": "a", "text": text}]))["topics"]
    assert any(row["matched"] == "reader" for row in topics)


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
