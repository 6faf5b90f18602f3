"""The table of incidents: by day, and each sentence once."""

from datetime import date

from analysis.views.evidence import Piece, Source
from analysis.views.incidents import IncidentLine, incidents_view

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
