"""Explorers at the controls: what is chosen is counted, kept, listed and read, and a failure is seen."""

from datetime import date
from threading import Event, Thread

import pandas as pd
import pytest

from analysis.workbench import exploration, explorers, selection
from analysis.workbench.correction_form import row_options
from analysis.workbench.exploration import explore
from analysis.workbench.explorers import SpeakerExplorer, TensionExplorer, TopicExplorer, reading_counter
from analysis.workbench.selection import Choice
from tests.tables import TEXT, articles, corpus, events, quotes, sentences, topics

OTHER = "fedcba9876543210"
SAID = {"speaker_id": "envoy", "speaker_name": "the envoy"}


def two_articles():
    """An old article of A and a new one of B, of the same words; science stands only in the old one."""
    rows = [
        {"outlet": "A", "published_date": "2024-03-01"},
        {"article_id": OTHER, "story_id": OTHER, "outlet": "B", "published_date": "2024-04-01"},
    ]
    here = sentences((0, 11), (13, len(TEXT)))
    there = here.assign(article_id=OTHER, sentence_id=[f"{OTHER}:0", f"{OTHER}:13"])
    return corpus(
        articles=articles(*rows),
        sentences=pd.concat([here, there], ignore_index=True),
        topics=topics({"topic": "science", "matched": "envoys meet"}, {}, {"article_id": OTHER}),
        quotes=quotes(SAID, {**SAID, "quote_id": "q2", "article_id": OTHER}),
        events=events({}, {"event_id": "e2", "article_id": OTHER, "quad": 1, "root": "CONSULT"}),
    )


def pane(explorer, name):
    """What a pane shows, in words."""
    return " ".join(output["data"]["text/plain"] for output in explorer.panes[name].outputs)


def offered(control):
    return list(control._options_labels)


@pytest.fixture(autouse=True)
def without_a_parse(monkeypatch):
    monkeypatch.setattr(
        "analysis.workbench.reading_pane.actor_spans", lambda text, offset: {"spans": [], "decided": []}
    )


def test_bars_are_offered_with_their_counts_the_most_frequent_first():
    assert offered(TopicExplorer(two_articles()).bars) == ["diplomacy (2)", "science (1)"]
    assert offered(SpeakerExplorer(two_articles()).bars) == ["the envoy (2)"]
    assert offered(TensionExplorer(two_articles()).bars) == ["China – Japan (2)"]


def test_a_filter_counts_anew_and_draws_another_picture():
    explorer = TopicExplorer(two_articles())
    before = explorer.panes["chart"].outputs[0]["data"]["image/png"]
    explorer.controls["outlet"].value = "B"
    assert offered(explorer.bars) == ["diplomacy (1)"]
    assert explorer.panes["chart"].outputs[0]["data"]["image/png"] != before


def test_each_filter_leaves_what_it_names():
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


def test_each_unit_counts_once_what_it_is():
    found = topics({}, {"start_char": 13, "end_char": len(TEXT), "matched": "warned"})
    tables = corpus(articles=articles({"published_date": "2024-03-01"}), topics=found)
    counts = {
        unit: explore(tables, "topics", Choice(unit=unit)).bars["count"].tolist()
        for unit in ("sentences", "articles", "days")
    }
    assert counts == {"sentences": [2], "articles": [1], "days": [1]}


def test_events_are_counted_on_two_sides():
    (bar,) = explore(two_articles(), "events").bars.to_dict("records")
    assert (bar["count"], bar["cooperative"], bar["hostile"]) == (2, 1, 1)


def test_days_stand_in_their_order():
    bars = explore(two_articles(), "topics", Choice(by="day")).bars
    assert list(zip(bars["key"], bars["count"], strict=True)) == [("2024-03-01", 1), ("2024-04-01", 1)]


def test_a_bar_that_is_a_month_is_called_one(monkeypatch):
    monkeypatch.setattr(selection, "MOST_DAYS", 1)
    exploration = explore(two_articles(), "events", Choice(by="day"))
    assert exploration.bars["label"].tolist() == ["2024-03", "2024-04"]
    assert "Most in 2024-03: 1 of 2 events. Events by month: " in exploration.chart.alt


def test_a_bar_that_is_a_day_or_a_week_is_called_one(monkeypatch):
    chart = explore(two_articles(), "events", Choice(by="day")).chart
    assert "Most on 2024-03-01: 1 of 2 events. Events by day: " in chart.alt
    monkeypatch.setattr(selection, "MOST_DAYS", 5)  # 31 days are 4.4 weeks
    chart = explore(two_articles(), "events", Choice(by="day")).chart
    assert "Most in the week from 2024-02-26: 1 of 2 events. Events by week: " in chart.alt


def test_an_act_is_named_as_on_every_other_page():
    visit = {"event_id": "e2", "root": "AGREE", "quad": 1, "mode": "visit"}
    tables = corpus(events=events({}, visit, {"event_id": "e3", "root": "AGREE", "quad": 1, "mode": None}))
    bars = explore(tables, "events", Choice(by="type of act")).bars
    assert sorted(bars["label"]) == ["agreement", "threat", "visit"]
    assert "visit (AGREE)" in explore(tables, "events").reading.text
    options = [words for words, _ in row_options(tables, "events", tables.articles["article_id"][0])]
    assert options == [
        "1. China → Japan: threat, past",
        "2. China → Japan: visit (agreement), past",
        "3. China → Japan: agreement, past",
    ]


def test_the_evidence_is_that_of_the_chosen_bars():
    explorer = TopicExplorer(two_articles())
    explorer.bars.value = ["science"]
    assert "Evidence 1 to 1 of 1" in pane(explorer, "evidence")
    assert "theme science: by the listed words “envoys meet”" in pane(explorer, "evidence")
    explorer.bars.value = ["science", "diplomacy"]
    assert "Evidence 1 to 2 of 2" in pane(explorer, "evidence")


def test_a_chosen_bar_stays_chosen_while_it_is_there():
    explorer = TopicExplorer(two_articles())
    explorer.bars.value = ["diplomacy"]
    explorer.controls["outlet"].value = "B"
    assert explorer.bars.value == ("diplomacy",)
    assert not explorer.panes["notes"].outputs


def test_a_chosen_bar_that_a_filter_removed_is_told():
    explorer = TopicExplorer(two_articles())
    explorer.bars.value = ["science"]
    explorer.controls["outlet"].value = "B"
    assert explorer.bars.value == ()
    assert "No longer chosen, since nothing of it is left under these filters: science." in pane(
        explorer, "notes"
    )


def test_bars_of_another_kind_begin_unchosen_and_without_a_word():
    explorer = TopicExplorer(two_articles())
    explorer.bars.value = ["science"]
    explorer.by.value = "outlet"
    assert offered(explorer.bars) == ["A (1)", "B (1)"]
    assert explorer.bars.value == ()
    assert not explorer.panes["notes"].outputs


def test_a_change_that_comes_while_another_is_answered_is_answered_after_it(monkeypatch):
    explorer, begun, go_on = TopicExplorer(two_articles()), Event(), Event()

    def slow(findings, choice):
        begun.set()
        assert go_on.wait(10)
        return exploration.explored(findings, choice)

    monkeypatch.setattr(explorers, "explored", slow)
    first = Thread(target=setattr, args=(explorer.controls["outlet"], "value", "A"))
    second = Thread(target=setattr, args=(explorer.controls["theme"], "value", "science"))
    first.start()
    assert begun.wait(10)
    second.start()
    go_on.set()
    first.join()
    second.join()
    assert explorer.exploration.choice == Choice(outlet="A", theme="science", by="theme", unit="sentences")
    assert "Evidence 1 to 1 of 1" in pane(explorer, "evidence")


def test_a_chosen_speaker_stays_chosen_while_other_filters_change():
    explorer = TensionExplorer(two_articles())
    explorer.controls["speaker"].value = "envoy"
    explorer.controls["outlet"].value = "B"
    assert explorer.controls["speaker"].value == "envoy"


def test_filters_that_leave_nothing_say_so_and_which_to_open():
    explorer = TopicExplorer(two_articles())
    explorer.controls["theme"].value = "science"
    explorer.controls["outlet"].value = "B"
    assert pane(explorer, "notes") == (
        "Nothing is left with Outlet B, Theme science. Without the filter Outlet there would be 2 findings."
    )
    assert "There is no theme to draw" in pane(explorer, "chart")
    explorer.clear.click()
    assert offered(explorer.bars) == ["diplomacy (2)", "science (1)"]


def test_dates_the_wrong_way_round_are_told():
    found = explore(two_articles(), "topics", Choice(since=date(2024, 5, 1), until=date(2024, 4, 1)))
    assert found.notes == ("Nothing is left: From (2024-05-01) is after To (2024-04-01); exchange the two.",)


def test_articles_without_a_date_are_counted_when_a_date_is_chosen():
    found = explore(corpus(topics=topics({})), "topics", Choice(since=date(2024, 1, 1)))
    assert "Left out: 1 article without a date." in found.notes


def test_without_findings_a_sentence_says_so():
    assert "No statements were found in these articles" in pane(SpeakerExplorer(corpus()), "notes")


def test_more_evidence_stands_on_further_pages():
    said = [{**SAID, "quote_id": f"q{n}"} for n in range(21)]
    explorer = SpeakerExplorer(corpus(quotes=quotes(*said)))
    assert "Evidence 1 to 20 of 21" in pane(explorer, "evidence")
    explorer.page.value = 2
    assert "Evidence 21 to 21 of 21" in pane(explorer, "evidence")
    assert len(offered(explorer.read)) == 1


def test_choosing_evidence_reads_its_article():
    rows = [{"title": "Old"}, {"article_id": OTHER, "story_id": OTHER, "title": "New", "path": "b.txt"}]
    tables = two_articles()
    dated = articles(*rows).assign(published_date=tables.articles["published_date"])
    explorer = SpeakerExplorer(corpus(articles=dated, sentences=tables.sentences, quotes=tables.quotes))
    assert offered(explorer.read) == ["1. New, 2024-04-01", "2. Old, 2024-03-01"]
    assert pane(explorer, "reading").startswith("New")
    explorer.read.value = 1
    assert pane(explorer, "reading").startswith("Old")


def test_what_is_read_stays_while_its_evidence_is_there():
    explorer = SpeakerExplorer(two_articles())
    explorer.read.value = 1  # the old article, of outlet A
    explorer.controls["outlet"].value = "A"
    assert offered(explorer.read) == ["1. Envoys meet, A, 2024-03-01"]
    assert explorer.read.value == 0


def test_an_exception_in_a_callback_is_shown_in_the_pane_and_no_longer_than_it_lasts(monkeypatch):
    explorer = TopicExplorer(two_articles())

    def broken(*_, **__):
        raise KeyError("\x1b[31m<script>")

    monkeypatch.setattr(exploration, "bars_chart", broken)
    explorer.controls["outlet"].value = "B"
    (output,) = explorer.panes["chart"].outputs
    assert (output["output_type"], output["ename"], output["evalue"]) == (
        "error",
        "KeyError",
        "'\\x1b[31m<script>'",
    )
    monkeypatch.undo()
    monkeypatch.setattr(
        "analysis.workbench.reading_pane.actor_spans", lambda text, offset: {"spans": [], "decided": []}
    )
    explorer.controls["outlet"].value = "A"
    assert explorer.panes["chart"].outputs[0]["output_type"] == "display_data"


def test_the_plain_twin_shows_what_the_controls_begin_with():
    explorer, plain = TopicExplorer(two_articles()), explore(two_articles(), "topics")
    assert pane(explorer, "chart") == plain.chart.alt
    assert pane(explorer, "reading") == plain.reading.text
    assert plain.evidence.text == pane(explorer, "evidence")


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
        explorer.controls["theatre"].value = ""
        for name in ("evidence", "reading"):
            html = explorer.panes[name].outputs[0]["data"]["text/html"]
            assert "<script" not in html
            assert "<img" not in html
            assert "tex2jax_ignore" in html
            assert "&lt;script&gt;" in html


def test_the_counter_of_what_is_read_counts_on(monkeypatch):
    shown = []
    monkeypatch.setattr(explorers, "display", shown.append)
    count_on = reading_counter()
    count_on(1)
    count_on(64)
    assert [line.value for line in shown] == ["65 articles read"]
