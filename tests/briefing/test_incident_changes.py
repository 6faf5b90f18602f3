"""Between two briefings an incident is new, updated, gone, or merely past."""

from dataclasses import replace

import pytest

from analysis.briefing.comparison import compare
from analysis.briefing.comparison_views import MOST_ROWS, changes_section, comparison_lines
from analysis.briefing.incident_changes import incident_changes, matched
from analysis.briefing.records import BriefingRecord
from analysis.briefing.snapshots import snapshot_of
from tests.news import met, news, struck
from tests.tables import corpus

EMPTY = snapshot_of(corpus())


def incident(identity="e1", **given):
    """An incident as `briefing.json` has it."""
    known = {
        "incident_id": identity,
        "date": "2024-04-20",
        "pair": "RUS-UKR",
        "what": "Russia bombed Dnipro",
        "is_quoted": False,
        "is_denied": False,
        "killed_count": None,
        "place": "Dnipro",
        "story_count": 1,
        "article_ids": ["a" * 16],
        "event_ids": [identity],
    }
    return {**known, **given}


def record(name, *incidents, snapshot=EMPTY):
    return BriefingRecord(name, snapshot, incidents=list(incidents))


def changes(now, before, later=EMPTY, earlier=EMPTY):
    return incident_changes(record("b", *now, snapshot=later), record("a", *before, snapshot=earlier))


def test_an_incident_that_the_earlier_briefing_lacks_is_new():
    found = changes([incident("e1"), incident("e2", place="Odesa")], [incident("e1")])
    assert [one["incident_id"] for one in found.new] == ["e2"]
    assert (found.updated, found.gone, found.passed_count) == ((), (), 0)


def test_two_records_are_of_one_incident_if_they_share_an_event():
    later = incident("e2", event_ids=["e2", "e1"], date="2024-04-19", place="", story_count=2)
    (update,) = changes([later], [incident("e1")]).updated
    assert (update.now["story_count"], update.before["story_count"]) == (2, 1)


def test_two_records_are_of_one_incident_if_pair_day_and_place_are_the_same():
    assert changes([incident("e2")], [incident("e1", what="Dnipro was hit")]).is_empty


@pytest.mark.parametrize(
    "other", [{"date": "2024-04-21"}, {"place": "Odesa"}, {"pair": "ISR-PSE"}, {"place": "", "what": "Talks"}]
)
def test_another_day_place_pair_or_word_makes_another_incident(other):
    found = changes([incident("e2", **other)], [incident("e1")])
    assert (len(found.new), len(found.gone)) == (1, 1)


def test_without_a_place_the_words_must_be_the_same():
    before = incident("e1", place="", what="Russia and Ukraine met")
    assert changes([incident("e2", place="", what="Russia and Ukraine met")], [before]).is_empty


def test_undated_incidents_are_known_only_by_their_events():
    assert len(changes([incident("e2", date="")], [incident("e1", date="")]).new) == 1


def test_one_earlier_incident_is_matched_once():
    before = incident("e1", event_ids=["e1", "e2"])
    pairs = list(matched([incident("e1"), incident("e2")], [before]))
    assert [earlier is before for _, earlier in pairs] == [True, False]


@pytest.mark.parametrize(
    ("later", "said"),
    [
        ({"killed_count": 12}, "12 killed, before no toll"),
        ({"story_count": 3}, "3 stories, before 1"),
        ({"is_denied": True}, "now denied"),
        ({"killed_count": 2, "story_count": 2}, "2 killed, before no toll; 2 stories, before 1"),
    ],
)
def test_another_toll_more_stories_or_a_denial_is_an_update(later, said):
    now, before = record("b", incident("e1", **later)), record("a", incident("e1"))
    lines = comparison_lines(compare(now, before))
    assert lines[1] == f"updated: Russia and Ukraine, 2024-04-20: Russia bombed Dnipro ({said})"
    assert said in changes_section(compare(now, before)).html


def test_an_incident_whose_events_are_still_read_is_past_and_not_gone():
    tables = news(struck("2024-04-20"))
    old = incident(event_ids=tables.events["event_id"].tolist())
    still_read = changes([], [old], later=snapshot_of(tables))
    assert (still_read.gone, still_read.passed_count) == ((), 1)
    assert changes([], [old]).gone == (old,)


def test_an_incident_whose_events_the_earlier_briefing_had_is_not_new():
    tables = news(struck("2024-04-20"))
    known = incident(event_ids=tables.events["event_id"].tolist())
    assert changes([known], [], earlier=snapshot_of(tables)).is_empty


@pytest.mark.parametrize(("last_day", "is_new"), [("2024-03-31", True), ("2024-04-20", False), ("", False)])
def test_an_incident_after_the_period_of_the_earlier_briefing_is_new(last_day, is_new):
    tables = news(met("2024-03-20"), struck("2024-04-20"))
    shown = incident(event_ids=tables.events["event_id"].tolist()[-1:])
    before = replace(record("a", snapshot=snapshot_of(tables)), last_day=last_day)
    assert bool(incident_changes(record("b", shown), before).new) == is_new


def test_a_briefing_that_kept_no_incidents_can_be_compared():
    assert [one["incident_id"] for one in changes([incident("e1")], []).new] == ["e1"]
    assert changes([], []).is_empty


def test_the_terminal_says_what_happened_since_before_it_lists_articles():
    now = record("b", incident("e2", place="Odesa", killed_count=9), snapshot=snapshot_of(news(met(None))))
    lines = comparison_lines(compare(now, record("a", incident("e1"))))
    assert lines[1:3] == [
        "new: Russia and Ukraine, 2024-04-20: Russia bombed Dnipro (1 story, at least 9 killed)",
        "no longer reported: Russia and Ukraine, 2024-04-20: Russia bombed Dnipro",
    ]
    assert lines[3].startswith("+ Envoys meet (undated) adds")


def test_the_page_lists_so_many_and_counts_the_rest():
    many = [incident(f"e{n}", place=f"Town{n}") for n in range(MOST_ROWS + 2)]
    found = compare(record("b", *many), record("a"))
    assert "new: 2 more incidents" in comparison_lines(found)
    html = changes_section(found).html
    assert html.count("Russia bombed Dnipro") == MOST_ROWS
    assert "And 2 more." in html


def test_the_page_escapes_quotes_and_links_what_is_still_read():
    tables = news(struck("2024-04-20"))
    hostile = incident("e2", what="“<b>” they said", is_quoted=True, article_ids=[f"{0:016x}"])
    found = compare(record("b", hostile, snapshot=snapshot_of(tables)), record("a"))
    html = changes_section(found, articles="articles.html").html
    assert "<b>" not in html
    assert "““&lt;b&gt;” they said”" in html
    assert f'<a href="articles.html#a-{0:016x}">1 story</a>' in html
    assert "href" not in changes_section(found).html


def test_a_page_on_which_nothing_happened_since_says_so():
    same = record("b", incident("e1"))
    html = changes_section(compare(same, replace(same, folder="a"))).html
    assert "No incident is new, updated or gone." in html
