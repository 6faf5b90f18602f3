"""The timeline of incidents: filtered, listed, chosen, and read in its articles."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from analysis.charts.timeline import incidents_chart
from analysis.indicators.incident_timeline import incident_timeline
from analysis.views.render import View
from analysis.workbench import incident_timeline as timeline_room
from tests.reports import inputs_of, report
from tests.workbench.forms import Opened

STRIKE = "Russian aircraft struck the power station of Kharkiv at night, its mayor said."
AGAIN = "The strike on Kharkiv left half of the city in the dark, officials said there."


def Timeline(inputs):
    return timeline_room.IncidentTimeline(Opened(inputs=inputs))


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


def pane(timeline, name):
    """What a pane shows, in words."""
    if name in timeline.live:
        return View(timeline.live[name].html).text
    return " ".join(output["data"]["text/plain"] for output in timeline.panes[name].outputs)


def options(timeline, name="list"):
    """The options to choose from."""
    return BeautifulSoup(timeline.live[name].html, "html.parser").select("[role=option]")


def listed(timeline):
    """The day and pair of each incident in the list."""
    return [tuple(one.div.get_text().split(" · ")[:2]) for one in options(timeline)]


def choose(timeline, words):
    """Choose the first incident of the list that has some words, as the page does it."""
    found = next(one for one in options(timeline) if words in one.get_text())
    timeline.list.chosen = [found["data-key"]]


def test_incidents_are_listed_the_newest_first_each_with_its_kind_reports_and_sentence():
    timeline = Timeline(inputs_of(*NEWS))
    assert [day for day, _ in listed(timeline)] == ["20 May 2025", "7 May 2025", "5 May 2025", "undated"]
    line = " ".join(options(timeline)[2].get_text(" ").split())
    assert line == f"5 May 2025 · Russia – Ukraine · strike · 2 stories {STRIKE}"


def test_an_incident_that_an_analyst_added_says_so_in_the_list_and_when_it_is_chosen():
    added = strike("c", day="2025-05-09", place_name="Odesa", rule="added by an analyst")
    timeline = Timeline(inputs_of(*NEWS, added))
    lines = [one.div.get_text() for one in options(timeline) if "by an analyst" in one.get_text()]
    assert lines == ["9 May 2025 · Russia – Ukraine · strike, added by an analyst · 1 story"]
    choose(timeline, "added by an analyst")
    assert "added by an analyst" in pane(timeline, "incident")


@pytest.mark.parametrize(("rule", "words"), [("reader", "by the reader"), ("strike", "by the rule “strike”")])
def test_a_report_says_whether_a_rule_or_the_encoder_decided(rule, words):
    timeline = Timeline(inputs_of(strike("a", day="2025-05-05", rule=rule, probability=0.95)))
    choose(timeline, "Kharkiv")
    assert f"95% sure {words}" in pane(timeline, "evidence")


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
    ],
)
def test_each_filter_lists_what_it_names_and_draws_another_picture(name, value, left):
    timeline = Timeline(inputs_of(*NEWS))
    before = timeline.bars.html
    timeline.controls[name].value = value
    assert [pair for _, pair in listed(timeline)] == left
    assert timeline.bars.html != before
    timeline.clear.click()
    assert len(listed(timeline)) == 4


def test_the_chosen_incident_stays_chosen_as_long_as_it_is_listed():
    timeline = Timeline(inputs_of(*NEWS))
    hint = "Choose an incident in the list to see its reports, and the article of each."
    assert (timeline.list.chosen, pane(timeline, "incident")) == ([], hint)
    choose(timeline, "Russia – Ukraine")
    chosen = timeline.list.chosen
    timeline.controls["kind"].value = "force"
    assert timeline.list.chosen == chosen
    timeline.controls["kind"].value = "talks and visits"
    assert timeline.list.chosen == []
    assert pane(timeline, "evidence") == pane(timeline, "reading") == ""


def test_choosing_an_incident_shows_its_reports_and_opens_the_newest_article_at_its_sentence():
    timeline = Timeline(inputs_of(*NEWS))
    choose(timeline, "Russia – Ukraine")
    assert "5 May 2025; force; 2 stories, 2 outlets" in pane(timeline, "incident")
    assert "Evidence 1 to 2 of 2" in pane(timeline, "evidence")
    assert "f-here" in timeline.reading.html.partition("f-scroll")[2]
    assert pane(timeline, "reading").startswith("A city <b>without</b> power Herald, 2025-05-06")
    assert "left half of the city in the dark" in pane(timeline, "reading")
    timeline.evidence.chosen = ["1"]
    assert pane(timeline, "reading").startswith("Kharkiv dark")


def test_choosing_a_week_lists_its_incidents_alone():
    timeline = Timeline(inputs_of(*NEWS, report("USA", "CHN", "SANCTION", day="2025-07-20")))
    weeks = [one["data-key"] for one in options(timeline, "chart")]
    assert weeks == ["2025-05-05", "2025-05-19", "2025-07-14"]
    timeline.bars.chosen = ["2025-05-05"]
    assert [pair for _, pair in listed(timeline)] == ["China – United States", "Russia – Ukraine"]
    timeline.controls["kind"].value = "force"
    assert [pair for _, pair in listed(timeline)] == ["Russia – Ukraine"]
    timeline.controls["kind"].value = "sanctions and pressure"  # in other weeks, of which all are listed
    assert timeline.bars.chosen == []
    assert len(listed(timeline)) == 2


def test_a_note_says_which_filter_to_clear_when_nothing_is_left():
    timeline = Timeline(inputs_of(*NEWS))
    timeline.controls["country"].value = "China"
    timeline.controls["least_stories"].value = 2
    assert pane(timeline, "notes") == (
        "Nothing is left with Country China, Least stories 2. "
        "Without the filter Country there would be 1 incident."
    )
    assert pane(timeline, "incident") == ""


def test_a_note_counts_the_incidents_without_a_date_and_names_days_in_the_wrong_order():
    timeline = Timeline(inputs_of(*NEWS))
    timeline.controls["since"].value = date(2025, 5, 7)
    assert pane(timeline, "notes") == "Left out: 1 incident without a date."
    timeline.controls["until"].value = date(2025, 5, 6)
    assert "From (2025-05-07) is after To (2025-05-06); swap the two dates." in pane(timeline, "notes")


def test_more_incidents_are_on_the_next_page(monkeypatch):
    monkeypatch.setattr(timeline_room, "PAGE", 3)
    timeline = Timeline(inputs_of(*NEWS))
    assert (len(listed(timeline)), timeline.page.max) == (3, 2)
    timeline.page.value = 2
    assert listed(timeline) == [("undated", "India – Pakistan")]
    timeline.controls["kind"].value = "force"
    assert (timeline.page.value, timeline.page.max) == (1, 1)


def test_hostile_text_is_escaped_in_every_pane():
    hostile = "<script>alert(1)</script> <img src=x onerror=alert(1)> $a$ hit the city of Kharkiv at night."
    timeline = Timeline(inputs_of(strike("a", hostile, title=hostile, outlet=hostile, rule=hostile)))
    choose(timeline, "Russia")
    for name in ("list", "evidence", "reading"):
        html = timeline.live[name].html
        assert "<script" not in html and "<img" not in html
        assert "&lt;script&gt;" in html
        assert "tex2jax_ignore" in html


def test_the_picture_begins_with_the_first_report_and_says_what_it_leaves_out():
    recalled = report("ISR", "PSE", "ASSAULT", day="2025-05-06", when="on October 7, 2023", text=AGAIN)
    rows = incident_timeline(inputs_of(*NEWS, recalled).incidents)
    assert rows["day"].min().year == 2023
    chart = incidents_chart(rows)
    assert "2023" not in chart.alt
    assert chart.alt.endswith(
        "Left out: 1 incident without a date and 1 incident of days before the first article."
    )
