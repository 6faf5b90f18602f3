"""Explorers: what is chosen at the controls is counted, listed and read, and a failure is shown."""

from datetime import date

import pandas as pd
import pytest

from analysis.workbench import exploration
from analysis.workbench.selection import Choice
from tests.tables import TEXT, articles, corpus, events, quotes, sentences, topics
from tests.workbench.forms import (
    SpeakerExplorer,
    TensionExplorer,
    TopicExplorer,
    evidence_in,
    explore,
    options_of,
    pane,
    parsed,
)

OTHER = "fedcba9876543210"
SAID = {"speaker_id": "envoy", "speaker_name": "the envoy"}


def two_articles(newer="2024-04-01"):
    """An old article of A and a newer one of B, both of the same text; science is a topic of the old one."""
    rows = [
        {"outlet": "A", "published_date": "2024-03-01"},
        {"article_id": OTHER, "story_id": OTHER, "outlet": "B", "published_date": newer},
    ]
    here = sentences((0, 11), (13, len(TEXT)))
    there = here.assign(article_id=OTHER, sentence_id=[f"{OTHER}:0", f"{OTHER}:13"])
    return corpus(
        articles=articles(*rows),
        sentences=pd.concat([here, there], ignore_index=True),
        topics=topics({"topic": "science", "matched": "envoys meet"}, {}, {"article_id": OTHER}),
        quotes=quotes(SAID, {**SAID, "quote_id": "q2", "article_id": OTHER}),
        events=events(
            {}, {"event_id": "e2", "article_id": OTHER, "quad": 1, "root": "CONSULT", "intensity": 1.0}
        ),
    )


def test_bars_are_offered_with_their_counts_the_most_frequent_first():
    assert options_of(TopicExplorer(two_articles()).bars) == ["diplomacy 2", "science 1"]
    assert options_of(SpeakerExplorer(two_articles()).bars) == ["the envoy 2"]
    assert options_of(TensionExplorer(two_articles()).bars) == ["China – Japan 2 (1 cooperative, 1 hostile)"]


def test_each_filter_keeps_what_it_names():
    tables = two_articles()
    for choice, left in (
        (Choice(since=date(2024, 3, 2)), 1),
        (Choice(until=date(2024, 3, 1)), 2),
        (Choice(story=OTHER), 1),
        (Choice(theme="science"), 2),  # both topics of its sentence
        (Choice(speaker="envoy"), 0),  # the envoy speaks in the other sentence
        (Choice(pair="CHN-JPN"), 0),
    ):
        assert len(explore(tables, "topics", choice).numbers) == left, choice
    assert len(explore(tables, "events", Choice(speaker="envoy")).numbers) == 0  # the article itself reports
    assert len(explore(tables, "quotes", Choice(pair="CHN-JPN")).numbers) == 2


def test_an_act_has_the_same_name_as_on_every_page():
    visit = {"event_id": "e2", "root": "AGREE", "quad": 1, "mode": "visit"}
    tables = corpus(events=events({}, visit, {"event_id": "e3", "root": "AGREE", "quad": 1, "mode": None}))
    bars = explore(tables, "events", Choice(by="type of act")).bars
    assert sorted(bars["label"]) == ["agreement", "threat", "visit"]
    assert "visit (AGREE)" in evidence_in(explore(tables, "events")).text


@pytest.mark.parametrize(
    ("newer", "said"),
    [
        ("2024-03-20", "Most on 2024-03-01: 1 of 2 events"),
        ("2024-06-01", "Most in the week from 2024-02-26: 1 of 2 events"),  # 92 days
        ("2026-04-01", "Most in 2024-03: 1 of 2 events"),
    ],
)
def test_the_bars_of_a_longer_span_are_weeks_or_months_in_order_and_are_called_so(newer, said):
    exploration = explore(two_articles(newer), "events", Choice(by="day"))
    assert said in exploration.chart().text
    assert exploration.bar in TensionExplorer(two_articles(newer)).by.options[-1][0]
    assert exploration.bars["key"].is_monotonic_increasing


def test_each_sentence_with_a_theme_is_counted():
    found = topics({}, {"start_char": 13, "end_char": len(TEXT)})
    assert explore(corpus(topics=found), "topics").bars["count"].tolist() == [2]


def test_a_chosen_bar_stays_chosen_as_long_as_it_exists_and_a_note_names_one_that_is_gone():
    explorer = TopicExplorer(two_articles())
    explorer.bars.chosen = ["diplomacy"]
    explorer.controls["outlet"].value = "B"
    assert explorer.bars.chosen == ["diplomacy"]
    assert not explorer.pane.outputs
    explorer.clear.click()
    explorer.bars.chosen = ["science"]
    explorer.controls["outlet"].value = "B"
    assert explorer.bars.chosen == []
    assert "No longer chosen, because the filters exclude it: science." in pane(explorer, "notes")
    explorer.clear.click()
    explorer.bars.chosen = ["science"]
    explorer.by.value = "outlet"  # bars of another kind are not chosen, and need no note
    assert options_of(explorer.bars) == ["A 1", "B 1"]
    assert explorer.bars.chosen == []
    assert not explorer.pane.outputs


@pytest.mark.parametrize(
    ("choice", "note"),
    [
        (
            Choice(since=date(2024, 5, 1), until=date(2024, 4, 1)),
            "Nothing is left with From 2024-05-01, To 2024-04-01: swap the two days.",
        ),
        (Choice(since=date(2024, 1, 1)), "Left out: 1 article without a date."),
    ],
)
def test_a_note_says_what_is_left_out_and_why(choice, note):
    assert note in explore(corpus(topics=topics({})), "topics", choice).notes
    assert "No statements were found in these articles" in explore(corpus(), "quotes", choice).notes[0]


def test_choosing_evidence_opens_its_article_which_stays_open_as_long_as_it_is_listed():
    explorer = SpeakerExplorer(two_articles())
    pieces = [one.get_text() for one in parsed(explorer.evidence).select("[role=option]")]
    assert ["B, 2024-04-01" in one for one in pieces] == [True, False]
    assert "B, 2024-04-01" in pane(explorer, "reading")
    explorer.evidence.chosen = ["1"]
    before = explorer.reading.article.html
    assert "A, 2024-03-01" in pane(explorer, "reading")
    explorer.controls["outlet"].value = "A"
    assert "Evidence 1 to 1 of 1" in pane(explorer, "evidence")
    assert explorer.evidence.chosen == ["0"]
    assert explorer.reading.article.html == before


def test_the_evidence_is_that_of_the_chosen_bars():
    explorer = TopicExplorer(two_articles())
    explorer.bars.chosen = ["science"]
    assert "Evidence 1 to 1 of 1 (sentences with topics), newest first" in pane(explorer, "evidence")
    assert "theme science: by the listed words “envoys meet”" in pane(explorer, "evidence")
    explorer.bars.chosen = ["science", "diplomacy"]
    assert "Evidence 1 to 2 of 2" in pane(explorer, "evidence")


def test_a_note_names_the_filters_when_nothing_is_left():
    explorer = TopicExplorer(two_articles())
    explorer.controls["theme"].value = "science"
    explorer.controls["outlet"].value = "B"
    assert "Nothing is left with Outlet B, Theme science" in pane(explorer, "notes")
    assert "There is no theme to show" in pane(explorer, "chart")
    explorer.clear.click()
    assert options_of(explorer.bars) == ["diplomacy 2", "science 1"]


def test_more_evidence_is_on_the_next_page():
    said = [{**SAID, "quote_id": f"q{n}"} for n in range(21)]
    explorer = SpeakerExplorer(corpus(quotes=quotes(*said)))
    assert "Evidence 1 to 20 of 21 (statements), newest first" in pane(explorer, "evidence")
    explorer.page.value = 2
    assert "Evidence 21 to 21 of 21" in pane(explorer, "evidence")
    assert len(options_of(explorer.evidence)) == 1
    explorer.controls["since"].value = date(2024, 4, 1)  # nothing is left
    assert (explorer.page.value, explorer.page.max) == (1, 1)


def test_an_exception_in_a_callback_is_shown_until_the_next_change(monkeypatch):
    def broken(*_, **__):
        raise KeyError("\x1b[31m<script>")

    explorer = TopicExplorer(two_articles())
    with monkeypatch.context() as broken_for_now:
        broken_for_now.setattr(exploration, "bars_view", broken)
        explorer.controls["outlet"].value = "B"
    (output,) = explorer.pane.outputs
    found = output["output_type"], output["ename"], output["evalue"]
    assert found == ("error", "KeyError", "'\\x1b[31m<script>'")
    assert "Evidence 1 to 1 of 1" in pane(explorer, "evidence")
    explorer.controls["outlet"].value = "A"
    assert not explorer.pane.outputs
    assert options_of(explorer.bars) == ["diplomacy 1", "science 1"]


def test_hostile_events_are_drawn_to_the_right_or_above():
    explorer = TensionExplorer(two_articles())
    sides = [one["class"] for one in parsed(explorer.bars).select("[role=option] .f-side")]
    assert sides == [["f-side", "f-cooperative"], ["f-side", "f-hostile"]]
    assert "left, blue: cooperative; right, orange: hostile" in pane(explorer, "chart")
    explorer.by.value = "day"
    assert [one["style"] for one in parsed(explorer.bars).select(".f-hostile .f-bar")] == [
        "bottom: 50%; height: 50.0%",  # the old article has the threat
        "bottom: 50%; height: 0.0%",
    ]
    within_ten_days = TensionExplorer(two_articles("2024-03-10"))
    within_ten_days.by.value = "day"
    places = [one["style"] for one in parsed(within_ten_days.bars).select("[role=option]")]
    assert places == ["left: 0.0%; width: 10.0%", "left: 90.0%; width: 10.0%"]


def test_the_original_of_a_row_is_one_click_away_if_its_address_is_that_of_a_page():
    for address, links in (("https://news.example/1?a=b", 2), ("javascript:alert(1)", 0), (None, 0)):
        explorer = TensionExplorer(corpus(articles=articles({"url": address}), events=events({})))
        found = [
            one["href"]
            for one in parsed(explorer.evidence).select("a") + parsed(explorer.reading.article).select("a")
        ]
        assert found == [address] * links


def test_hostile_text_is_escaped_in_every_pane():
    hostile = "<script>alert(1)</script> $a$ <img src=x onerror=alert(1)>"
    tables = corpus(
        articles=articles({"title": hostile, "outlet": hostile}),
        quotes=quotes({"speaker_id": "x", "speaker_name": hostile, "cue": hostile, "rule": hostile}),
        topics=topics({"topic": hostile, "matched": hostile}),
        events=events({"source_name": hostile, "rule": hostile, "reported_by": hostile}),
    )
    for kind in (TopicExplorer, SpeakerExplorer, TensionExplorer):
        explorer = kind(tables)
        explorer.by.value = "outlet"
        for live in (explorer.bars, explorer.evidence, explorer.reading.article):
            html = live.html
            assert "<script" not in html
            assert "<img" not in html
            assert "tex2jax_ignore" in html
            assert "&lt;script&gt;" in html
