"""Incidents in tables: by day, in groups that open, and beside the map."""

from datetime import date

from analysis.findings.incident_lines import no_timeline, timeline_groups
from analysis.indicators.incident_timeline import incident_timeline
from analysis.views.evidence import Piece, Source
from analysis.views.incidents import IncidentLine, incidents_view, map_table, timeline_view
from tests.charts.test_world_map import levels, pairs
from tests.reports import inputs_of, report

TALKS = Source("Envoys meet", "2024-04-20", "", "a.txt, characters 0-20")
STRIKE = Source("A strike", "2024-04-21", "", "b.txt, characters 0-20")


def line(day, what, source):
    pieces = [Piece(source.title, "trigger")]
    return IncidentLine(day, f"{day:%d %B}" if day else "", "China – Japan", what, "1 story", pieces, source)


def test_incidents_are_listed_by_day_and_undated_ones_last():
    lines = [line(None, "Appeal", STRIKE), line(date(2024, 4, 20), "Talks <b>", TALKS)]
    shown = incidents_view(lines, total=2)
    assert shown.text.index("20 April") < shown.text.index("undated")
    assert shown.text.startswith("2 incidents, by day")
    assert "Talks &lt;b&gt;" in shown.html


def test_incidents_that_one_sentence_reports_share_it():
    day = date(2024, 4, 20)
    shown = incidents_view([line(day, "Talks", TALKS), line(day, "A visit", TALKS)], total=5)
    assert "The leading 2 of 5 incidents" in shown.text
    assert 'rowspan="2"' in shown.html
    assert shown.text.count("a.txt") == 1


def test_the_table_has_the_numbers_of_the_map():
    text = map_table(levels(RUS=9, UKR=8.8, POL=1), pairs(("RUS-UKR", 8.8, 0))).text
    assert "Russia 9.0 1 Ukraine 8.8 1" in text and "1 Russia – Ukraine 1 incident, hostile" in text
    assert "map" not in map_table(levels(RUS=9, UKR=8.8), pairs(("RUS-UKR", 8.8, 0))).text


def test_the_table_says_how_many_countries_it_leaves_out(monkeypatch):
    monkeypatch.setattr("analysis.views.incidents.MAX_COUNTRIES", 1)
    assert "And 2 more countries with" in map_table(levels(RUS=9, UKR=8, POL=1), pairs()).text
    assert "And 1 more country with" in map_table(levels(RUS=9, UKR=8), pairs()).text
    assert "more" not in map_table(levels(RUS=9), pairs()).text


def timeline_shown(*reports, most=200):
    inputs = inputs_of(*reports)
    timeline = incident_timeline(inputs.incidents)
    return timeline_view(timeline_groups(timeline, inputs, most=most), total=len(timeline))


WEEKS = (
    report("CHN", "USA", "CONSULT", day="2025-05-05"),
    report("RUS", "UKR", "ASSAULT", day="2025-05-06"),
    report("USA", "CHN", "SANCTION", day="2025-06-20"),
    report("IND", "PAK", "ACCUSE", day=None),
)


def test_incidents_are_grouped_by_week_the_newest_first_and_the_undated_last():
    visit = {"status": "future", "mode": "visit", "when": "on 2 July 2025"}
    text = timeline_shown(*WEEKS, report("USA", "CHN", "CONSULT", day="2025-06-19", **visit)).text
    titles = [
        "Announced for after the last report",
        "Week from 16 June 2025",
        "Week from 5 May 2025",
        "Without a date",
    ]
    assert [text.index(title) for title in titles] == sorted(text.index(title) for title in titles)
    assert "Week from 5 May 2025 : 2 incidents, 1 of them hostile" in text


def test_a_short_span_is_grouped_by_day_and_a_long_one_by_month():
    assert "5 May 2025 : 1 incident, not hostile" in timeline_shown(*WEEKS[:2]).text
    later = report("RUS", "UKR", "ASSAULT", day="2027-06-20")
    assert "May 2025 : 2 incidents" in timeline_shown(*WEEKS[:2], later).text


def test_what_is_not_listed_is_counted():
    text = timeline_shown(*WEEKS, most=1).text
    assert "Shown: the newest 1 of 4." in text
    assert "Week from 5 May 2025" not in text


def test_a_timeline_of_one_day_of_reports_is_a_sentence():
    def sentence(*reports):
        return no_timeline(incident_timeline(inputs_of(*reports).incidents))

    assert sentence(*WEEKS) == ""
    assert sentence(WEEKS[0]) == "No timeline: the only incident found is reported on one day, 5 May 2025."
    assert sentence(WEEKS[3]) == "No timeline: the only incident found is without a date."
    assert sentence() == "No timeline: no incident between two countries was recognised."
