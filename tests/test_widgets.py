"""Explorers show for a choice what the plain view shows for it; a failure is seen."""

from analysis import widgets
from analysis.widgets import (
    dyad_explorer,
    explorer,
    reading_counter,
    speaker_explorer,
    topic_explorer,
)
from tests.tables import corpus, events, quotes, topics


def test_choosing_draws_the_view_of_the_choice():
    drawn = []
    widget = explorer("Letter", [("A (1)", "a"), ("B (2)", "b")], drawn.append)
    choice, _ = widget.children
    choice.value = "b"
    assert drawn == ["a", "b"]


def test_without_anything_to_choose_a_sentence_says_so():
    assert "no speaker to choose" in speaker_explorer(corpus()).value


def test_topics_are_offered_with_their_counts_the_most_frequent_first():
    found = topics({"topic": "science"}, {}, {"start_char": 13})
    choice = topic_explorer(corpus(topics=found), "theme").children[0]
    assert choice._options_labels == ("diplomacy (2)", "science (1)")


def test_speakers_and_pairs_are_offered_by_name():
    said = {"speaker_id": "envoy", "speaker_name": "the envoy"}
    assert speaker_explorer(corpus(quotes=quotes(said))).children[0]._options_labels == ("the envoy (1)",)
    assert dyad_explorer(corpus(events=events({}))).children[0]._options_labels == ("China – Japan (1)",)


def test_the_counter_of_what_is_read_counts_on(monkeypatch):
    shown = []
    monkeypatch.setattr(widgets, "display", shown.append)
    count_on = reading_counter()
    count_on(1)
    count_on(64)
    assert [line.value for line in shown] == ["65 articles read"]
