"""The search box narrows an explorer to what matches, marks the words, and says what would match."""

import pytest

from analysis.search.query import question_of
from analysis.workbench.exploration import exploration_of
from analysis.workbench.selection import Choice, link_findings
from tests.search.stories import OLD, TALKS, TANKERS, Story, stories
from tests.workbench.forms import SpeakerExplorer, TensionExplorer, explore, options_of, pane, parsed
from tests.workbench.test_explorers import two_articles


def type_in(explorer, words, within="sentences"):
    explorer.controls["within"].value = within
    explorer.controls["search"].value = words


@pytest.mark.parametrize(
    ("words", "within", "left"),
    [
        ("tanker", "sentences", ["Wang Yi"]),  # Rezaei speaks in the other sentence
        ("tanker", "articles", ["Ali Rezaei", "Wang Yi"]),
        ("Rome", "titles", ["Wang Yi"]),
        ("ships", "statements", ["Ali Rezaei"]),
        ("rezaei", "sentences", ["Ali Rezaei"]),  # by name
    ],
)
def test_the_text_in_which_all_words_must_be_can_be_chosen(words, within, left):
    exploration = explore(stories(TANKERS, TALKS, OLD), "quotes", Choice(search=question_of(words, within)))
    assert exploration.bars["label"].tolist() == left


def test_where_nothing_matches_the_box_and_the_notes_say_what_would():
    explorer = SpeakerExplorer(stories(TANKERS, TALKS))
    type_in(explorer, "tanker zebra")
    said = '"tanker" 2 sentences, "zebra" none.'
    assert f"No sentence matches the whole query. By itself, each part matches: {said}" in pane(
        explorer, "notes"
    )


def test_what_cannot_be_understood_is_not_searched_and_the_box_says_why():
    explorer = SpeakerExplorer(stories(TANKERS, TALKS))
    type_in(explorer, "ships AND")
    assert pane(explorer, "notes").startswith("Not searched: the search 'ships AND' cannot be understood")
    assert options_of(explorer.bars) == ["Ali Rezaei 1", "Wang Yi 1"]
    assert explorer.controls["search"].value == "ships AND"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("tanker safe", "The search matches 1 sentence; below is what was found"),
        ("ships AND", "Not searched: "),
    ],
)
def test_clearing_the_filters_empties_the_box(typed, said):
    explorer = SpeakerExplorer(stories(TANKERS, TALKS))
    type_in(explorer, typed)
    assert pane(explorer, "notes").startswith(said)
    explorer.clear.click()
    assert (explorer.controls["search"].value, pane(explorer, "notes")) == ("", "")
    assert options_of(explorer.bars) == ["Ali Rezaei 1", "Wang Yi 1"]


def test_the_words_are_marked_in_the_evidence_and_in_the_article():
    explorer = TensionExplorer(two_articles())
    type_in(explorer, "envoys OR envoy")
    for live in (explorer.evidence, explorer.reading.article):
        found = {one.text.casefold() for one in parsed(live).select(".f-scroll .f-searched, li .f-searched")}
        assert found and found <= {"envoys", "envoy"}, found


def test_hostile_text_is_escaped_where_it_is_marked():
    hostile = "<img src=x onerror=alert(1)> tanker <script>alert(2)</script>"
    explorer = SpeakerExplorer(stories(Story(hostile, hostile, said=((hostile, "tanker"),))))
    type_in(explorer, "script OR img")
    for live in (explorer.evidence, explorer.reading.article):
        assert parsed(live).select("img, script") == []
        assert parsed(live).select(".f-searched")
    type_in(explorer, "<script>alert(1)</script> zebra")
    html = explorer.pane.outputs[0]["data"]["text/html"]
    assert "<script" not in html


def test_articles_that_an_explorer_was_not_given_do_not_count():
    tables = stories(TANKERS, TALKS, OLD)
    findings = explore(tables, "quotes").findings
    narrow = stories(TANKERS)
    here = link_findings(narrow, "quotes", index=findings.index)
    found = exploration_of(here, Choice(search=question_of("tanker", "articles")))
    assert found.bars["label"].tolist() == ["Ali Rezaei"]
