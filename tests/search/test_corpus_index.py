"""The index holds what was read, corrections included."""

from analysis.search.corpus_index import CorpusIndex
from analysis.search.query import Filters, question_of
from tests.search.stories import TALKS, Story, corrected, stories


def titles(index, typed, **asked):
    answer = index.answer(question_of(typed, **asked), limit=20)
    return sorted(hit.title for hit in answer.hits)


def test_a_corrected_speaker_is_found_under_the_corrected_name():
    index = CorpusIndex(lambda: corrected(stories(TALKS), "Qin Gang"))
    assert titles(index, "tanker", filters=Filters(speaker="wang")) == []
    assert titles(index, "tanker", filters=Filters(speaker="qin")) == ["Talks in Rome"]
    assert (titles(index, "Qin"), titles(index, "Wang")) == (["Talks in Rome"], [])


def test_text_with_control_characters_can_be_indexed_and_marked():
    odd = Story("\x00Half a tanker \x02Hormuz\x03.", "A \x00 title", said=(("\x03 Xi", "Hormuz"),))
    (hit,) = CorpusIndex(lambda: stories(odd)).answer(question_of("Hormuz"), limit=5).hits
    assert [hit.text[mark.start : mark.end] for mark in hit.text_marks] == ["Hormuz"]
