"""A search finds articles, titles, sentences and statements, the best first, or says what would match."""

from dataclasses import replace

import pytest

from analysis.search.answer import MAX_CHARS, Mark, answer_of, pieces, places_of
from analysis.search.corpus_index import CorpusIndex, index_of
from analysis.search.query import Filters, question_of
from tests.search.stories import OLD, TALKS, TANKERS, Story, corrected, stories


def found(typed, *given, within="", limit=20, **filters):
    """The answer to a search in some stories."""
    connection = index_of(stories(*given))
    return answer_of(connection, question_of(typed, within, Filters(**filters)), limit=limit)


def titles(answer):
    return [hit.title for hit in answer.hits]


THREE = (TANKERS, TALKS, OLD)


def test_an_article_is_found_by_words_of_different_sentences_and_shown_by_the_sentence_with_most():
    answer = found("tanker Hormuz", *THREE)
    assert sorted(titles(answer)) == ["Calm seas", "Tankers leave"]
    assert {hit.title: hit.text for hit in answer.hits}["Tankers leave"] == "A tanker left Hormuz."
    assert (answer.match_count, answer.read_count) == (2, 3)


def test_an_article_is_shown_by_another_sentence_than_its_headline_if_one_matches_as_well():
    (hit,) = found("tanker", Story("A tanker left. The tanker came back.", "A tanker left.")).hits
    assert hit.text == "The tanker came back."
    (hit,) = found("left", Story("A tanker left. The tanker came back.", "A tanker left.")).hits
    assert hit.text == "A tanker left."


def test_in_sentences_all_words_must_be_in_one():
    (hit,) = found("tanker Hormuz", *THREE, within="sentences").hits
    assert (hit.text, hit.passage, hit.start_char, hit.end_char) == (
        "A tanker left Hormuz.",
        "sentence",
        0,
        21,
    )
    assert [hit.text[mark.start : mark.end] for mark in hit.text_marks] == ["tanker", "Hormuz"]


def test_of_a_long_text_the_part_around_its_first_mark_is_shown():
    text = f"{'far ' * 300}tanker{' away' * 300}"
    shown = "".join(piece for piece, _ in pieces(text, [Mark(1200, 1206)]))
    assert shown.startswith("… ") and shown.endswith(" …")
    assert "far tanker away" in shown and len(shown) == MAX_CHARS + 4


def test_in_titles_only_titles_count():
    assert titles(found("seas", *THREE, within="titles")) == ["Calm seas"]
    assert found("far", *THREE, within="titles").match_count == 0


def test_in_statements_the_words_and_their_speaker_are_found():
    (hit,) = found("tanker", *THREE, within="statements").hits
    assert (hit.text, hit.speaker, hit.passage) == ("the tanker was safe", "Wang Yi", "statement")


def test_a_speaker_is_found_by_name_though_the_text_does_not_have_it():
    (hit,) = found("Wang", *THREE).hits
    assert (hit.text, hit.speaker) == ("The envoy said the tanker was safe.", "Wang Yi")


def test_titles_weigh_more_than_text():
    answer = found("grain", Story("Grain and grain.", "Ships"), Story("Ships sail away.", "Grain"))
    assert titles(answer) == ["Grain", "Ships"]


def test_equals_are_the_newest_first_and_an_undated_article_is_the_last():
    days = ("2024-01-01", None, "2024-03-01", "2024-02-01")
    same = [Story(f"Grain came on day {n}.", f"Story {n}", day) for n, day in enumerate(days)]
    assert titles(found("grain", *same)) == ["Story 2", "Story 3", "Story 0", "Story 1"]


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        ({"speaker": "wang"}, ["Talks in Rome"]),
        ({"speaker": "Wang Yi"}, ["Talks in Rome"]),
        ({"speaker": "ang"}, []),  # no beginning of a word
        ({"outlet": "daily"}, ["Talks in Rome"]),
        ({"side": "chn"}, ["Talks in Rome"]),
        ({"side": "Wang"}, []),  # who only speaks
        ({"subjects": ("CHN",)}, ["Talks in Rome"]),
        ({"subjects": ("CHN", "JPN")}, ["Talks in Rome"]),
        ({"subjects": ("CHN", "USA")}, []),
        ({"subjects": ("CHN,USA",)}, ["Talks in Rome"]),
        ({"subjects": ("CHN-JPN",)}, ["Talks in Rome"]),
        ({"since": "2024-04-03"}, ["Talks in Rome"]),
        ({"until": "2023-12-31"}, ["Calm seas"]),
        ({"since": "2024-04-02", "until": "2024-04-02"}, ["Tankers leave"]),
    ],
)
def test_each_filter_keeps_what_it_names(filters, left):
    assert titles(found("tanker", *THREE, within="articles", **filters)) == left


def test_a_pair_and_a_country_hold_for_the_sentence_that_is_searched():
    assert found("Rome", *THREE, within="sentences", subjects=("CHN-JPN",)).match_count == 1
    assert found("tanker", *THREE, within="sentences", subjects=("CHN-JPN",)).match_count == 0
    assert found("tanker", *THREE, within="sentences", subjects=("CHN",)).match_count == 0


def test_of_a_speaker_or_a_side_everything_is_found_without_a_word():
    assert [hit.text for hit in found("", *THREE, side="JPN").hits] == ["China met Japan in Rome."]
    assert [hit.text for hit in found("", *THREE, speaker="wang").hits] == ["the tanker was safe"]
    assert found("", *THREE, side="Norway").hint == "No article has a side called 'Norway'."
    both = found("", *THREE, side="JPN", speaker="wang").hint
    assert both == "No statement matches; anywhere in an article, the search finds 1 article."


def test_with_a_speaker_statements_are_searched():
    answer = found("tanker", *THREE, speaker="wang")
    assert [hit.passage for hit in answer.hits] == ["statement"]


@pytest.mark.parametrize(
    ("typed", "asked", "hint"),
    [
        (
            "tanker grain",
            {},
            'No article matches the whole query. By itself, each part matches: "tanker" 3 articles, '
            '"grain" none.',
        ),
        ("grain", {}, "No article matches grain."),
        (
            "Rome safe",
            {"within": "sentences"},
            "No sentence matches; anywhere in an article, the search finds 1 article.",
        ),
        (
            "tanker",
            {"since": "2025-01-01"},
            "No article matches with these filters; without them 3 articles would.",
        ),
    ],
)
def test_without_a_match_one_line_says_what_would_match(typed, asked, hint):
    answer = found(typed, *THREE, **asked)
    assert (answer.hint, answer.hits, answer.match_count) == (hint, [], 0)


def test_every_place_that_matches_is_found_for_a_filter():
    connection = index_of(stories(*THREE))
    places = places_of(connection, question_of("Hormuz", "sentences"))
    assert sorted(places) == [("0000000000000000", 0, 21), ("0000000000000002", 0, 16)]
    (whole,) = places_of(connection, question_of("far", "articles"))
    assert whole == ("0000000000000002", 0, len(OLD.text))


def test_an_article_without_a_sentence_is_shown_by_its_title():
    tables = stories(Story("Grain came.", "Ships"))
    bare = replace(tables, sentences=tables.sentences.head(0))
    (hit,) = answer_of(index_of(bare), question_of("grain")).hits
    assert (hit.passage, hit.text) == ("title", "Ships")


def titles_of(index, typed, **asked):
    answer = index.answer(question_of(typed, **asked), limit=20)
    return sorted(hit.title for hit in answer.hits)


def test_a_corrected_speaker_is_found_under_the_corrected_name():
    index = CorpusIndex(lambda: corrected(stories(TALKS), "Qin Gang"))
    assert titles_of(index, "tanker", filters=Filters(speaker="wang")) == []
    assert titles_of(index, "tanker", filters=Filters(speaker="qin")) == ["Talks in Rome"]
    assert (titles_of(index, "Qin"), titles_of(index, "Wang")) == (["Talks in Rome"], [])


def test_text_with_control_characters_can_be_indexed_and_marked():
    odd = Story("\x00Half a tanker \x02Hormuz\x03.", "A \x00 title", said=(("\x03 Xi", "Hormuz"),))
    (hit,) = CorpusIndex(lambda: stories(odd)).answer(question_of("Hormuz"), limit=5).hits
    assert [hit.text[mark.start : mark.end] for mark in hit.text_marks] == ["Hormuz"]
