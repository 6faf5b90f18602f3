"""The timeline of an exported page: groups of days, weeks or months that open to their incidents."""

from analysis.findings.incident_lines import no_timeline, timeline_groups
from analysis.indicators.incident_timeline import incident_timeline
from analysis.views.incidents import timeline_view
from tests.reports import inputs_of, report


def shown(*reports, most=200):
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
    text = shown(*WEEKS).text
    titles = ["Week from 16 June 2025", "Week from 5 May 2025", "Without a date"]
    assert [text.index(title) for title in titles] == sorted(text.index(title) for title in titles)
    assert "Week from 5 May 2025 : 2 incidents, 1 of them hostile" in text


def test_a_short_span_is_grouped_by_day_and_a_long_one_by_month():
    assert "5 May 2025 : 1 incident, not hostile" in shown(*WEEKS[:2]).text
    later = report("RUS", "UKR", "ASSAULT", day="2027-06-20")
    assert "May 2025 : 2 incidents" in shown(*WEEKS[:2], later).text


def test_what_is_not_listed_is_counted():
    text = shown(*WEEKS, most=1).text
    assert "Shown: the newest 1 of 4." in text
    assert "Week from 5 May 2025" not in text


def test_a_timeline_of_one_day_of_reports_is_a_sentence():
    def sentence(*reports):
        return no_timeline(incident_timeline(inputs_of(*reports).incidents))

    assert sentence(*WEEKS) == ""
    assert sentence(WEEKS[0]) == "No timeline: the only incident found is reported on one day, 5 May 2025."
    assert sentence(WEEKS[3]) == "No timeline: the only incident found is without a date."
    assert sentence() == "No timeline: no incident between two countries was recognised."
