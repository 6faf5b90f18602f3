"""Articles become tables: the whole seed article, keys, the same rows however a corpus is split."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.ingest.corpus import Draft, article_rows, article_table, load_corpus
from analysis.nlp.actors.mentions import find_actors
from analysis.nlp.parse.parser import MAX_CHARS, parse
from analysis.nlp.quotes.attribution import Quote
from analysis.pipeline.analyse import EXTRACTED, IN_CAPITALS, analyse, extract_tables
from analysis.pipeline.annotate import annotate
from analysis.pipeline.extractors import mentions_in
from tests.tables import articles

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def seed():
    found, rejected = load_corpus(ROOT / "seeds")
    assert rejected.empty
    return analyse(found[found["path"] == "000_5a213ee456dd8f63.txt"])


def corpus_of(*texts):
    rows, _ = article_rows([Draft(f"{n}.txt", text) for n, text in enumerate(texts)])
    return article_table(rows)


def said_by(tables, name):
    return " | ".join(tables.quotes.loc[tables.quotes["speaker_name"] == name, "text"])


def test_the_seed_names_its_speakers_and_what_each_said(seed):
    assert "If China purports on the one hand" in said_by(seed, "Antony Blinken")
    assert "at an historic low point" in said_by(seed, "senior US official")
    assert "stopped short of direct military assistance" in said_by(seed, "US officials")
    assert "don't have the bandwidth" in said_by(seed, "Yun Sun")


def test_the_seed_marks_the_official_as_anonymous_and_places_yun_sun(seed):
    speakers = seed.quotes.drop_duplicates("speaker_name").set_index("speaker_name")
    assert speakers.loc["senior US official", "is_anonymous"]
    assert not speakers.loc["Antony Blinken", "is_anonymous"]
    assert speakers.loc["Yun Sun", "affiliation"] == "Stimson Center"


def test_the_seed_names_its_pairs(seed):
    assert {"CHN-USA", "CHN-TWN", "CHN-RUS"} <= set(seed.indicators["dyad"])


@pytest.mark.xfail(strict=True, reason="`in the throes of the war in Ukraine` is read as long past")
def test_the_seed_names_the_pair_at_war(seed):
    assert "RUS-UKR" in set(seed.indicators["dyad"])


@pytest.mark.xfail(strict=True, reason="restraint `in clashes with Israel` is read as clashes that may come")
def test_the_seed_names_a_pair_whose_clashes_are_mentioned_in_passing(seed):
    assert "IRN-ISR" in set(seed.indicators["dyad"])


def test_the_seed_names_its_topics(seed):
    topics = set(seed.topics["topic"])
    themes = {"diplomacy", "armed conflict", "trade and tariffs", "drugs and organised crime"}
    assert themes | {"Ukraine", "Taiwan Strait", "Middle East"} <= topics
    fentanyl = seed.topics[seed.topics["topic"] == "drugs and organised crime"]
    assert fentanyl["matched"].str.contains("fentanyl").any()


def test_every_number_leads_to_a_sentence(seed):
    text = seed.articles["text"].iloc[0]
    for row in seed.sentences.itertuples():
        assert text[row.start_char : row.end_char] == row.text
    spans = set(zip(seed.sentences["start_char"], seed.sentences["end_char"], strict=True))
    for table in (seed.events, seed.topics):
        assert set(zip(table["start_char"], table["end_char"], strict=True)) <= spans
    for row in seed.quotes.itertuples():
        pieces = [
            text[int(a) : int(b)] for a, b in (span.split("-") for span in row.content_spans.split(" "))
        ]
        assert " ... ".join(pieces) == row.text


def test_keys_are_unique_and_rows_are_in_order(seed):
    assert seed.quotes["quote_id"].is_unique and seed.events["event_id"].is_unique
    for table in (seed.sentences, seed.quotes, seed.events, seed.topics):
        assert table["start_char"].is_monotonic_increasing


def test_an_article_gives_the_same_rows_alone_and_with_others():
    texts = ["France condemned Iran.", "Iran met China in Rome, officials said.", "Nothing here."]
    together = extract_tables(corpus_of(*texts))
    apart = [extract_tables(corpus_of(text)) for text in texts]
    for name in EXTRACTED:
        table = together[name]
        alone = pd.concat([one[name] for one in apart]).sort_values(
            "article_id", kind="stable", ignore_index=True
        )
        pd.testing.assert_frame_equal(table, alone)


def test_an_article_in_capitals_throughout_is_shown_and_read_as_one_in_ordinary_letters():
    told = "On Monday the US condemned Russia. Poland will help Ukraine, Mark Rutte said."
    text = f"Polish aid\n\n{told} Admiral John King said it would."
    ordinary, loud = (analyse(corpus_of(one)) for one in (text, text.upper()))
    assert loud.articles["text"].tolist() == [text]
    assert loud.articles["note"].tolist() == [IN_CAPITALS]
    for table, columns in (
        ("events", ["source_id", "target_id", "root", "status", "start_char"]),
        ("quotes", ["speaker_id", "text"]),
        ("topics", ["topic", "start_char"]),
    ):
        expected = vars(ordinary)[table][columns]
        assert len(expected)
        pd.testing.assert_frame_equal(vars(loud)[table][columns], expected)
    (row,) = annotate([{"id": 1, "text": text.upper()}])
    assert [one["source_id"] for one in row["events"]] == ordinary.events["source_id"].tolist()


def test_an_empty_corpus_gives_empty_tables():
    tables = analyse(articles().iloc[:0])
    assert all(len(table) == 0 for table in vars(tables).values() if table is not None)
    assert tables.indicators.empty


def test_of_two_names_that_start_together_the_longer_one_is_the_target():
    (doc,) = parse(["Peace Envoy Lee met France."])
    france = find_actors(doc)[-1]
    short = france._replace(start=0, end=1, actor_id="person:peace")
    long = short._replace(end=3, actor_id="person:lee")
    quote = Quote(content_spans=((0, len(doc.text)),), **dict.fromkeys(Quote._fields[1:]))
    named = mentions_in(doc, quote, [short, long, france])
    assert [mention.actor_id for mention, _ in named] == ["person:lee", "FRA"]


def test_an_event_inside_a_statement_is_reported_by_its_speaker():
    (row,) = annotate([{"id": 1, "text": "France condemned Iran, the British foreign minister said."}])
    assert [event["source_id"] for event in row["events"]] == ["FRA"]
    assert row["events"][0]["reported_by"] == row["quotes"][0]["speaker_id"] is not None


def test_texts_without_anything_to_find_are_read_without_an_error():
    rows = list(
        annotate([{"id": n, "text": text} for n, text in enumerate(["", "😀 😀", "\n\n", "a" * 9999])])
    )
    assert [row["error"] for row in rows] == [None] * 4


def test_a_text_beyond_the_limit_is_an_error():
    (row,) = annotate([{"id": 1, "text": "a" * (MAX_CHARS + 1)}])
    assert row["error"] == f"text holds {MAX_CHARS + 1:,} characters, expected at most {MAX_CHARS:,}"
