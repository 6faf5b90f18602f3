"""Views lead from a number to its sentences, and show article text as text."""

import pandas as pd
import pytest

from analysis.corpus import Refusal, rejected_table
from analysis.schemas import DiscoveredTopics
from analysis.views import (
    answer_view,
    corpus_view,
    discovered_view,
    dyad_view,
    pieces,
    speaker_view,
    topic_view,
)
from tests.tables import TEXT, articles, corpus, events, indicators, quotes, topics

SPOKEN = {
    "speaker_id": "envoy",
    "speaker_name": "the envoy",
    "speaker_start_char": 13,
    "speaker_end_char": 22,
}


def test_pieces_put_together_are_the_text():
    cut = pieces("abcdef", 10, [(11, 14, "content"), (12, 13, "cue"), (0, 2, "cue"), (15, 99, "speaker")])
    assert "".join(piece.text for piece in cut) == "abcdef"
    assert [piece.label for piece in cut] == ["", "content", "cue", "content", "", "speaker"]


def test_a_topic_opens_to_its_sentences_with_the_words_marked():
    html = topic_view(corpus(topics=topics({})), "theme").html
    assert "<summary><strong>diplomacy</strong>: 1 of 2 sentences (50%)</summary>" in html
    assert '<mark class="match">Envoys</mark> meet' in " ".join(html.split())
    assert "a.txt, characters 0–11" in html


def test_a_speaker_stands_once_with_every_statement_in_its_paragraph():
    said = {**SPOKEN, "is_anonymous": True, "anonymity_note": "on condition of anonymity", "tone_score": 0.25}
    tables = corpus(quotes=quotes(said, {**said, "quote_id": "r", "tone_score": -0.75}))
    html = " ".join(speaker_view(tables).html.split())
    assert html.count("<summary>") == 1
    assert "(anonymous: <q>on condition of anonymity</q>)" in html
    assert "2 statements, mean tone -0.25" in html
    assert '<strong class="speaker">The envoy</strong>' in html


def test_a_statement_without_speaker_is_shown_as_unknown():
    html = speaker_view(corpus(quotes=quotes({}))).html
    assert "<strong>Speaker unknown</strong>: 1 statement<" in html


def test_a_pair_opens_to_its_indicators_and_events():
    html = " ".join(dyad_view(corpus(events=events({}), indicators=indicators({"value": None}))).html.split())
    assert "<strong>China – Japan</strong>: 1 coded event<" in html
    assert "<strong>China → Japan: THREATEN</strong>, past, intensity -4.0, reported by the article" in html
    assert "<td>unknown</td>" in html
    assert '<mark class="trigger">warned</mark>' in html


def test_a_pair_stands_once_for_both_directions():
    back = {"event_id": "f", "source_country_code": "JPN", "target_country_code": "CHN"}
    unknown = {"event_id": "g", "target_country_code": None}
    html = dyad_view(corpus(events=events({}, back, unknown))).html
    assert html.count("<summary>") == 1
    assert "<strong>China – Japan</strong>: 2 coded events" in html


@pytest.mark.parametrize(
    "view",
    [
        topic_view(
            corpus(topics=topics({"start_char": 13, "end_char": len(TEXT), "matched": "china"})), "theme"
        ),
        speaker_view(corpus(quotes=quotes({**SPOKEN, "speaker_name": "<b>Bob</b>"}))),
        dyad_view(corpus(events=events({"source_name": "<b>China</b>"}))),
        corpus_view(
            articles({"title": "<b>Envoys</b>"}), rejected_table([Refusal("<b>.txt", "is <b>bold</b>")])
        ),
        answer_view(["<b>Yes</b>"], "<b>but</b>"),
    ],
)
def test_mark_up_in_a_text_is_shown_as_text(view):
    assert "<b>" not in view.html
    assert "&lt;b&gt;" in view.html


@pytest.mark.parametrize(
    ("view", "said"),
    [
        (topic_view(corpus(), "theatre"), "No theatre was recognised in any of the 2 sentences."),
        (speaker_view(corpus()), "Nobody is quoted."),
        (dyad_view(corpus()), "No act between two countries was recognised."),
    ],
)
def test_an_empty_table_gives_a_sentence(view, said):
    assert view.text == said


def test_what_was_read_and_what_was_not():
    text = corpus_view(articles({"note": "by hand"}), rejected_table([Refusal("b.png", "has .png")])).text
    assert "Envoys meet undated unknown 9 a.txt by hand" in text
    assert "b.png has .png" in text


def test_a_speaker_is_described_without_saying_a_thing_twice():
    said = {
        **SPOKEN,
        "speaker_name": "senior US official",
        "role": "senior US official",
        "affiliation": "United States",
    }
    text = speaker_view(corpus(quotes=quotes({**said, "country_code": "USA"}))).text
    assert "senior US official , United States: 1 statement, mean tone +0.00" in text


def test_what_stands_alone_is_open():
    assert "<details open>" in topic_view(corpus(topics=topics({})), "theme").html
    assert "<details open>" not in topic_view(corpus(topics=topics({}, {"topic": "science"})), "theme").html


def test_discovered_topics_lead_to_their_articles():
    columns = list(DiscoveredTopics.to_schema().columns)
    row = (articles()["article_id"].iloc[0], "D2", "reef, lagoon", 0.5)
    text = discovered_view(pd.DataFrame([row], columns=columns), articles()).text
    assert text == "D2 reef, lagoon: 1 of 1 articles Envoys meet (undated; 50% of the article)"
    none = discovered_view(pd.DataFrame([], columns=columns), articles()).text
    assert none == "Topics are suggested from 20 articles up; there is 1."
