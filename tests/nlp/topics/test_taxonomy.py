"""Themes and theatres: which terms match, and which topics a sentence has."""

import csv
from pathlib import Path

import pytest

from analysis.lexicons import load_lexicon
from analysis.nlp.topics.taxonomy import (
    find_topics,
    matched_pattern,
    split_term,
    term_index,
    topic_definitions,
)

SECTIONS = Path(__file__).parents[3] / "benchmarks" / "topic_sections.csv"

TRADE_WAR = """
    The   |the    |DET  |DT |det      |2
    trade |trade  |NOUN |NN |compound |2
    war   |war    |NOUN |NN |nsubj    |3
    hurts |hurt   |VERB |VBZ|ROOT     |3
    Taiwan|Taiwan |PROPN|NNP|dobj     |3
    .     |.      |PUNCT|.  |punct    |3
"""


def topics_of(doc, dimension="theme"):
    return {topic.topic: topic for topic in find_topics(doc) if topic.dimension == dimension}


def test_the_longest_term_wins_and_uses_up_its_words(hand_doc):
    themes = topics_of(hand_doc(TRADE_WAR))
    assert set(themes) == {"trade and tariffs"}
    assert themes["trade and tariffs"].matched == "trade war"
    assert themes["trade and tariffs"].weight == 1.0


def test_a_row_spans_its_sentence(hand_doc):
    doc = hand_doc(TRADE_WAR)
    assert [(t.start_char, t.end_char) for t in find_topics(doc)] == [(0, len(doc.text))] * 2


def test_a_theatre_is_its_own_dimension(hand_doc):
    assert set(topics_of(hand_doc(TRADE_WAR), "theatre")) == {"Taiwan Strait"}


def test_a_sentence_without_terms_gives_no_row(hand_doc):
    doc = hand_doc("""
        He   |he   |PRON|PRP|nsubj |1
        slept|sleep|VERB|VBD|ROOT  |1
        .    |.    |PUNCT|. |punct |1
    """)
    assert list(find_topics(doc)) == []


def test_a_blocked_phrase_or_a_supporting_word_alone_makes_no_topic(hand_doc):
    blocked = """
        A    |a    |DET |DT |det     |2
        price|price|NOUN|NN |compound|2
        war  |war  |NOUN|NN |nsubj   |3
        began|begin|VERB|VBD|ROOT    |3
    """
    supporting = """
        The      |the      |DET |DT |det  |1
        president|president|NOUN|NN |nsubj|2
        slept    |sleep    |VERB|VBD|ROOT |2
    """
    assert [topics_of(hand_doc(rows)) for rows in (blocked, supporting)] == [{}, {}]


def test_a_term_with_a_capital_matches_only_as_written(hand_doc):
    doc = hand_doc("""
        Ice   |ice |NOUN|NN |nsubj|1
        melted|melt|VERB|VBD|ROOT |1
    """)
    assert "migration" not in topics_of(doc)


def test_a_term_counts_once_per_sentence(hand_doc):
    doc = hand_doc("""
        Tariffs|tariff  |NOUN |NNS|nsubj|1
        follow |follow  |VERB |VBP|ROOT |1
        tariffs|tariff  |NOUN |NNS|dobj |1
        .      |.       |PUNCT|.  |punct|1
    """)
    assert topics_of(doc)["trade and tariffs"].matched == "Tariffs"


def test_terms_are_split_as_the_tokenizer_splits_text():
    assert split_term("dual-use") == ("dual", "-", "use")
    assert split_term("F-16") == ("F-16",)
    assert split_term("people's bank") == ("people", "'s", "bank")


def test_matched_words_are_found_whole_in_any_case():
    found = matched_pattern("war; trade war").findall("The Trade War is no warning of war.")
    assert found == ["Trade War", "war"]


def test_every_mapped_topic_is_a_theme():
    with SECTIONS.open(encoding="utf-8") as file:
        mapped = {row["topic"] for row in csv.DictReader(file)}
    assert mapped <= set(topic_definitions("theme")["topic"])


def test_a_term_of_an_undefined_topic_is_an_error():
    terms = load_lexicon("topics/theme_terms").head(2).assign(topic=["diplomacy", "gardening"])
    with pytest.raises(ValueError, match=r"topics/theme_terms\.csv:3: topic is 'gardening', expected one of"):
        term_index(terms, "theme")


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("The ambassador handed over a note before the summit.", "diplomacy"),
        ("Shelling killed nine soldiers on the front line.", "armed conflict"),
        ("Brussels added forty tankers to its sanctions list.", "sanctions and export controls"),
        ("The central bank raised interest rates again.", "economy and finance"),
        ("Border agents seized fentanyl from a cartel.", "drugs and organised crime"),
        ("Voters go to the polls on Sunday to elect a parliament.", "elections and domestic politics"),
        ("The judge sentenced the former minister to six years in prison.", "law and courts"),
        ("A magnitude 6.1 earthquake shook the islands.", "disasters"),
        ("A bus overturned on the motorway.", "accidents"),
        ("A bridge collapsed at noon.", "accidents"),
        ("The collapse of talks took nobody by surprise.", "diplomacy"),
        (
            "Chipmakers must ask for a licence to ship advanced semiconductors.",
            "technology and semiconductors",
        ),
    ],
)
def test_the_heaviest_theme_of_a_plain_sentence(parsed, text, theme):
    assert next(iter(topics_of(parsed(text)))) == theme


@pytest.mark.model
def test_the_seed_article_has_the_topics_that_its_reader_would_name(parsed):
    seed = Path(__file__).parents[3] / "seeds" / "000_5a213ee456dd8f63.txt"
    topics = {topic.topic for topic in find_topics(parsed(seed.read_text(encoding="utf-8")))}
    assert {"diplomacy", "armed conflict", "trade and tariffs", "drugs and organised crime"} <= topics
    assert {"Taiwan Strait", "Ukraine", "Middle East"} <= topics
    assert not topics & {"sports", "science", "accidents", "religion"}


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "themes"),
    [
        ("It was a mistake, as when Peru defeated Chile in the mountains.", set()),
        ("Lima should stop pretending that they can win.", set()),
        ("Moe told state television that it was so.", set()),
        ("They should say one honest sentence to each other.", set()),
        ("There can be no business as usual.", set()),
        ("The European Union slept.", set()),
        ("They left, NATO said.", set()),
        ("NATO allies left.", {"alliances"}),
        ("A judge sentenced him to death.", {"law and courts"}),
        ("Peru and Chile trade fire", {"armed conflict"}),
        ("Peru defeated Chile in the final of the World Cup.", {"sports"}),
    ],
)
def test_a_word_in_passing_makes_no_theme(text, themes, parsed):
    assert set(topics_of(parsed(text))) == themes


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "topic", "is_found"),
    [
        ("Kenya stopped two freighters at the quarantine line.", "health and environment", False),
        ("The quarantine was lifted on Monday.", "health and environment", False),
        ("Travellers from Kenya spent ten days in quarantine.", "health and environment", True),
        ("The minister was fanning hysteria.", "sports", False),
        ("The minister was fanning hysteria.", "arts and culture", False),
    ],
)
def test_a_word_of_two_trades_needs_its_company(parsed, text, topic, is_found):
    assert (topic in topics_of(parsed(text))) == is_found
