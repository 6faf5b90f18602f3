"""The explorer of incidents: filtered, listed, chosen, and read in its articles."""

from datetime import date
from functools import cache

import pytest

from analysis.charts.timeline import incidents_chart
from analysis.indicators.incident_timeline import incident_timeline
from analysis.workbench import explorers
from tests.reports import inputs_of, report
from tests.workbench.forms import Opened, pane, parsed

STRIKE = "Russian aircraft struck the power station of Kharkiv at night, its mayor said."
AGAIN = "The strike on the power station of Kharkiv at night left half of the city in the dark."


def Timeline(inputs):
    return explorers.Explorer(Opened(inputs=inputs), "incidents")


def strike(article, text=STRIKE, *, title="Kharkiv", **more):
    """A strike on Kharkiv, reported in an article of its own; the letter k is marked as the word for it."""
    start = len(title) + 1 + text.index("k")
    word = {"trigger_lemma": "strike", "trigger_start_char": start, "trigger_end_char": start + 1}
    place = {"place_name": "Kharkiv", "article": article, "text": text, "title": title}
    return report("RUS", "UKR", "ASSAULT", **{**word, **place, **more})


NEWS = (
    strike("a", day="2025-05-05", title="Kharkiv dark", outlet="Daily"),
    strike("b", AGAIN, day="2025-05-06", title="A city <b>without</b> power", outlet="Herald"),
    report("CHN", "USA", "CONSULT", day="2025-05-07", trigger_lemma="talk"),
    report("EUU", "RUS", "SANCTION", day="2025-05-20"),
    report("IND", "PAK", "ACCUSE", day=None),
)


@cache
def news():
    """What the tests look at that add nothing; its incidents are gathered once."""
    return inputs_of(*NEWS)


def options(live):
    """The options to choose from."""
    return parsed(live).select("[role=option]")


def heads(timeline):
    """Day, pair, what and stories of each incident in the list."""
    return [one.strong.get_text().split(" · ") for one in options(timeline.evidence)]


def pairs(timeline):
    return [pair for _, pair, *_ in heads(timeline)]


def choose(timeline, words):
    """Choose the first incident of the list that has some words, as the page does it."""
    found = next(one for one in options(timeline.evidence) if words in one.get_text())
    timeline.evidence.chosen = [found["data-key"]]


def test_incidents_are_listed_the_newest_first_each_with_its_kind_reports_and_clearest_sentence():
    timeline = Timeline(news())
    days = ["reported 20 May 2025", "reported 7 May 2025", "reported 5 May 2025", "undated"]
    assert [day for day, *_ in heads(timeline)] == days
    assert heads(timeline)[2][1:] == ["Russia – Ukraine", "Strike", "2 stories"]
    assert STRIKE in options(timeline.evidence)[2].get_text()
    assert "force; 2 outlets" in options(timeline.evidence)[2].get_text()


def test_an_incident_that_an_analyst_added_says_so_in_the_list():
    added = strike("c", day="2025-05-09", place_name="Odesa", rule="added by an analyst")
    timeline = Timeline(inputs_of(*NEWS, added))
    head = ["reported 9 May 2025", "Russia – Ukraine", "Strike; added by an analyst", "1 story"]
    assert head in heads(timeline)


@pytest.mark.parametrize(
    ("rule", "words"), [("reader", "by the reader"), ("strike", "by the reader, at “strike”")]
)
def test_a_report_says_whether_a_rule_or_the_encoder_decided(rule, words):
    timeline = Timeline(inputs_of(strike("a", day="2025-05-05", rule=rule, probability=0.95)))
    assert f"95% sure {words}" in timeline.exploration.reports(timeline.pieces[0])[0].decided[0]


@pytest.mark.parametrize(
    ("name", "value", "left"),
    [
        ("country", "China", ["China – United States"]),
        ("country", "eu", ["European Union – Russia"]),
        ("pair", "RUS-UKR", ["Russia – Ukraine"]),
        ("kind", "talks and visits", ["China – United States"]),
        ("since", date(2025, 5, 7), ["European Union – Russia", "China – United States"]),
        ("until", date(2025, 5, 7), ["China – United States", "Russia – Ukraine"]),
        ("least_stories", 2, ["Russia – Ukraine"]),
        ("outlet", "Herald", ["Russia – Ukraine"]),
    ],
)
def test_each_filter_lists_what_it_names_and_draws_another_picture(name, value, left):
    timeline = Timeline(news())
    before = timeline.bars.html
    timeline.controls[name].value = value
    assert pairs(timeline) == left
    assert timeline.bars.html != before
    timeline.clear.click()
    assert len(pairs(timeline)) == 4


def test_choosing_an_incident_opens_its_clearest_report_and_lists_all_the_newest_first():
    timeline = Timeline(news())
    choose(timeline, "Russia – Ukraine")
    assert "Evidence 1 to 4 of 4 (incidents), newest first" in pane(timeline, "evidence")
    assert "Evidence 1 to 2 of 2 (sentences), newest first" in pane(timeline, "reports")
    assert "f-here" in timeline.reading.article.html.partition("f-scroll")[2]
    assert pane(timeline, "reading").startswith("Kharkiv dark Daily, 2025-05-05")
    timeline.reports.chosen = ["0"]
    assert pane(timeline, "reading").startswith("A city <b>without</b> power Herald, 2025-05-06")
    assert "left half of the city in the dark" in pane(timeline, "reading")
    choose(timeline, "China")
    assert pane(timeline, "reports") == ""


def test_choosing_a_week_lists_its_incidents_alone_and_bars_can_be_pairs():
    timeline = Timeline(inputs_of(*NEWS, report("USA", "CHN", "SANCTION", day="2025-07-20")))
    weeks = [one["data-key"] for one in options(timeline.bars)]
    assert weeks == ["2025-05-05", "2025-05-19", "2025-07-14"]
    timeline.bars.chosen = ["2025-05-05"]
    assert pairs(timeline) == ["China – United States", "Russia – Ukraine"]
    timeline.controls["kind"].value = "force"
    assert pairs(timeline) == ["Russia – Ukraine"]
    timeline.controls["kind"].value = "sanctions and pressure"  # in other weeks, of which all are listed
    assert timeline.bars.chosen == []
    assert len(pairs(timeline)) == 2
    timeline.clear.click()
    timeline.by.value = "pair"
    assert "China – United States 2 (1 cooperative, 1 hostile)" in timeline.bars.html


def test_requests_are_listed_but_not_drawn_as_title_and_caption_say():
    asked = report("USA", "IRN", "REQUEST", day="2025-05-07")
    timeline = Timeline(inputs_of(*NEWS, asked))
    said = pane(timeline, "chart")
    assert said.startswith("Most on 2025-05-05: 1 of 3 incidents ")
    assert said.endswith("Not drawn: 1 request, neither hostile nor cooperative")
    assert "2025-05-07 2 (1 cooperative, 0 hostile, 1 neither)" in timeline.bars.html
    assert "Iran – United States" in pairs(timeline)
    assert ": 1 of 1 incident" in pane(Timeline(inputs_of(asked)), "chart")


def test_a_note_counts_the_incidents_without_a_date_and_names_the_filters_that_leave_nothing():
    timeline = Timeline(news())
    timeline.controls["since"].value = date(2025, 5, 7)
    assert pane(timeline, "notes") == "Left out: 1 incident without a date."
    timeline.controls["until"].value = date(2025, 5, 6)
    assert "Nothing is left with From 2025-05-07, To 2025-05-06" in pane(timeline, "notes")


def test_the_picture_is_of_the_days_with_reports_and_says_what_it_leaves_out():
    visit = {"status": "future", "mode": "visit", "when": "on 10 June 2025"}
    recalled = report("ISR", "PSE", "ASSAULT", day="2025-05-06", when="on October 7, 2023", text=AGAIN)
    due = report("USA", "CHN", "CONSULT", day="2025-05-08", **visit)
    rows = incident_timeline(inputs_of(*NEWS, recalled, due).incidents)
    assert rows["day"].min().year == 2023 and rows["day"].max().month == 6
    chart = incidents_chart(rows)
    assert "2023" not in chart.alt and "3 incidents in 16 days" in chart.alt
    assert chart.alt.endswith(
        "Left out: 1 incident without a date, 1 incident of days before the first article and 1 incident "
        "announced for after the last report."
    )
