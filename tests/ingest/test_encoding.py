"""Bytes to text: encodings, damaged text, languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.ingest.encoding import decode, foreign_language, normalise_text, repaired


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman"]
)
def test_the_encoding_of_a_text_is_recognised(encoding):
    text = "The envoys said “nothing was agreed” in Zürich — the minister’s aide told reporters on Monday."
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["cp1251", "koi8_r"])
def test_a_text_in_another_script_is_decoded_so_that_its_language_is_recognised(encoding):
    text = "Министры иностранных дел встретились в понедельник в Женеве и ничего не решили, "
    assert foreign_language(decode((text * 2).encode(encoding))) == "Russian"


@pytest.mark.parametrize(
    "text",
    [
        "Ministers met.",
        "Xi Jinping, Li Qiang and Wang Yi received Prabowo Subianto, Anwar Ibrahim and Ferdinand Marcos Jr.",
        "Les ministres",  # too short to be recognised
    ],
)
def test_english_and_short_texts_pass(text):
    assert foreign_language(text) is None


def test_text_that_was_never_damaged_is_not_repaired():
    for text in ("“Naïve façade”, she said — in São Paulo…", "Â", "Ãlvaro", "DÉJÀ VU"):
        assert repaired(text) == text


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_can_be_repaired_and_normalising_it_twice_changes_nothing(text):
    repaired(text)
    once = normalise_text(text)
    assert normalise_text(once) == once
