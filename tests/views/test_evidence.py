"""Views lead from a number to its sentences, and show article text as text."""

from datetime import date
from functools import partial

import pandas as pd
import pytest

from analysis.country_names import name_countries_as_of
from analysis.schemas import DiscoveredTopics, Spikes
from analysis.views.articles import discovered_view, topic_view
from analysis.views.evidence import pieces
from analysis.views.incidents import spikes_view
from analysis.views.render import answer_view, view
from analysis.views.speakers import speaker_view
from tests.tables import TEXT, articles, corpus, events, quotes, topics

SPOKEN = {
    "speaker_id": "envoy",
    "speaker_name": "the envoy",
    "speaker_start_char": 13,
    "speaker_end_char": 22,
}


SPIKE = ("CHN-JPN", "spike", "2024-01-08", "2024-01-12", "2024-01-09", 2.0, 0.02, 3.5, 3, 0, "e")


def test_pieces_put_together_are_the_text():
    cut = pieces("abcdef", 10, [(11, 14, "content"), (12, 13, "cue"), (0, 2, "cue"), (15, 99, "speaker")])
    assert "".join(piece.text for piece in cut) == "abcdef"
    assert [piece.label for piece in cut] == ["", "content", "cue", "content", "", "speaker"]


def test_a_word_without_end_is_cut_and_long_addresses_are_not():
    address = f"https://example.org/{'a' * 900}"
    text = f"see {address} and {'x' * 3_000_000} there"
    cut = pieces(text, 0, [(len(text) - 1_000_000, len(text) - 5, "content")])
    assert [piece.text for piece in cut] == [
        f"see {address} and {'x' * 100}… [2,000,006 characters]",
        f"{'x' * 100}… [999,994 characters] ",
        "there",
    ]


def test_a_topic_opens_to_its_sentences_with_the_words_marked():
    html = topic_view(corpus(topics=topics({})), "theme").html
    assert "<summary><strong>diplomacy</strong>: 1 of 2 sentences (50%)</summary>" in html
    assert '<mark class="match">Envoys</mark> meet' in " ".join(html.split())
    assert "a.txt, characters 0–11" in html


OLD, NEW = {"published_date": "2024-03-01"}, {"published_date": "2024-04-01", "title": "Later"}
OTHER = {"article_id": "fedcba9876543210", "story_id": "fedcba9876543210"}


def test_of_many_sentences_the_newest_are_shown_and_the_others_counted(monkeypatch):
    monkeypatch.setattr("analysis.views.articles.MAX_SENTENCES", 1)
    later = {"article_id": OTHER["article_id"]}
    tables = corpus(articles=articles(OLD, {**OTHER, **NEW}), topics=topics({}, later))
    html = topic_view(tables, "theme").html
    assert html.count("<li>") == 1
    assert "<cite>Later</cite>" in html
    assert "Shown: the newest 1. The explorer in the notebook has all 2." in html
    assert "the newest" not in topic_view(corpus(topics=topics({})), "theme").html


def test_officials_without_a_name_are_together_and_a_station_is_no_speaker():
    official = {**SPOKEN, "speaker_name": "officials", "role": "officials", "is_anonymous": True}
    told = [
        {**official, "speaker_id": "0123456789/officials"},
        {**official, "speaker_id": "abcdef0123/officials", "quote_id": "r"},
        {**official, "speaker_id": "abcdef0123/officials", "country_code": "CHN", "quote_id": "s"},
        {**SPOKEN, "speaker_id": "abcdef0123/station", "speaker_name": "station", "quote_id": "t"},
    ]
    html = " ".join(speaker_view(corpus(quotes=quotes(*told))).html.split())
    assert "<strong>officials</strong> (anonymous): 2 statements" in html
    assert "<strong>officials</strong> (anonymous), China: 1 statement" in html
    assert "<strong>No person or body is named</strong>: 1 statement" in html


def test_a_speaker_appears_once_with_every_statement_in_its_paragraph():
    said = {**SPOKEN, "is_anonymous": True, "anonymity_note": "on condition of anonymity", "tone_score": 0.25}
    tables = corpus(quotes=quotes(said, {**said, "quote_id": "r", "tone_score": -0.75}))
    html = " ".join(speaker_view(tables).html.split())
    assert html.count("<summary>") == 1
    assert "(anonymous: <q>on condition of anonymity</q>)" in html
    assert "2 statements</summary>" in html
    assert '<strong class="speaker">The envoy</strong>' in html


@pytest.mark.parametrize(
    ("speaker_id", "name", "shown"),
    [
        ("USA", "United States", "the United States"),
        ("name:iranian-foreign-ministry", "Iranian foreign ministry", "the Iranian foreign ministry"),
        ("person:ann", "Ann Lee", "Ann Lee"),
    ],
)
def test_who_reports_an_act_is_named_as_a_sentence_needs_it(speaker_id, name, shown):
    spoken = quotes({**SPOKEN, "speaker_id": speaker_id, "speaker_name": name})
    tables = corpus(events=events({"reported_by": speaker_id}), quotes=spoken)
    html = spikes_view(rows_of(Spikes, SPIKE), tables).html
    assert f"reported by {shown};" in html


@pytest.mark.parametrize(
    "view",
    [
        lambda: topic_view(
            corpus(topics=topics({"start_char": 13, "end_char": len(TEXT), "matched": "china"})), "theme"
        ),
        lambda: speaker_view(corpus(quotes=quotes({**SPOKEN, "speaker_name": "<b>Bob</b>"}))),
        lambda: spikes_view(rows_of(Spikes, SPIKE), corpus(events=events({"source_name": "<b>China</b>"}))),
        lambda: answer_view(["<b>Yes</b>"], "<b>but</b>"),
    ],
    ids=[f"view{number}" for number in range(4)],
)
def test_markup_in_an_article_is_shown_as_text(view):
    html = view().html
    assert "<b>" not in html
    assert "&lt;b&gt;" in html


@pytest.mark.parametrize(
    ("view", "said"),
    [
        (partial(topic_view, dimension="theatre"), "No theatre was recognised in any of the 2 sentences."),
        (partial(speaker_view), "Nobody is quoted."),
    ],
)
def test_an_empty_table_gives_a_sentence(view, said):
    assert view(corpus()).text == said


def test_discovered_topics_lead_to_their_articles():
    columns = list(DiscoveredTopics.columns)
    row = (articles()["article_id"].iloc[0], "D2", "reef, lagoon", 0.5)
    text = discovered_view(pd.DataFrame([row], columns=columns), articles()).text
    assert text == "D2 reef, lagoon: 1 of 1 articles Envoys meet (undated; 50% of the article)"
    later = (OTHER["article_id"], "D2", "reef, lagoon", 0.4)
    two = articles(OLD, {**OTHER, **NEW})
    text = discovered_view(pd.DataFrame([row, later], columns=columns), two, most=1).text
    assert "2 of 2 articles" in text and "Later" not in text
    assert "Shown: the 1 that have most of it, of 2." in text
    assert "corpus.views.discovered_topics(most=2) lists them all." in text
    none = discovered_view(pd.DataFrame([], columns=columns), articles()).text
    assert none == "Topics are suggested only for 20 articles or more; there is 1."


def rows_of(schema, *rows):
    columns = list(schema.columns)
    return schema.validate(pd.DataFrame(list(rows), columns=columns))


def test_a_spike_opens_to_its_events():
    html = " ".join(spikes_view(rows_of(Spikes, SPIKE), corpus(events=events({}))).html.split())
    assert "<strong>China – Japan</strong>, 2024-01-08 to 2024-01-12: spike in 3 stories" in html
    assert "hostile weight 2 in the seven days from 2024-01-09, usually 0.02" in html
    assert '<mark class="trigger">warned</mark>' in html
    assert "fewer than five weeks" in spikes_view(rows_of(Spikes), corpus()).html
    days = enumerate(pd.date_range("2024-01-01", periods=6, freq="7D"))
    many = articles(
        *({"article_id": f"a{at}", "story_id": f"a{at}", "published_date": day} for at, day in days)
    )
    html = spikes_view(rows_of(Spikes), corpus(articles=many)).html
    assert "No pair was far more hostile" in html and "five weeks" not in html


def test_stories_and_values_are_escaped_and_empty_ones_have_a_sentence():
    html = " ".join(view("views/stories", stories=[("China – Japan", ["<b>"])]).html.split())
    assert "<strong>China – Japan</strong> <ul> <li>&lt;b&gt;</li>" in html
    assert "No act between two countries was recognised." in view("views/stories", stories=[]).html


def test_a_speaker_of_a_country_that_had_another_name_is_not_of_both():
    said = {**SPOKEN, "role": "ambassador", "affiliation": "Russia", "country_code": "RUS"}
    name_countries_as_of(date(1962, 10, 22))
    try:
        assert (
            "the envoy</strong>, ambassador, Soviet Union:" in speaker_view(corpus(quotes=quotes(said))).html
        )
    finally:
        name_countries_as_of(None)
