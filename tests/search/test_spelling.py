"""Words are found however they are spelt, and the places of characters stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.lexicons import load_lexicon
from analysis.search.spelling import folded, normalised, spelling_key, word_spellings
from tests.search.test_query import finds


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("tanker", "Tankers"),
        ("sanctioned", "sanctions"),
        ("Erdogan", "Erdoğan"),
        ("Erdoğan", "Erdogan"),
        ("Store", "Støre"),
        ("Lodz", "Łódź"),
        ("Zelensky", "Zelenskyy"),
        ("Zelenskyy", "Zelensky"),
        ('"Kiev mayor"', "the Kyiv mayor"),
        ("US", "the U.S. fleet"),
        ("U.S.", "the US fleet"),
        ("USA", "a US-led force"),
        ("us", "the US fleet"),
        ("us", "they told us"),
        ("J.D. Vance", "JD Vance"),
        ("Iran", "Iran’s oil"),
        ("Iran's", "Iran"),
        ('"Iran oil"', "Iran's oil"),
        ("OBrien", "O'Brien"),
        ("Quran", "Qur’an"),
        ("al-Assad", "al Assad"),
        ("ceasefire", "a cease-fire"),
        ("cease-fire", "a ceasefire"),
        ("defense", "defence"),
        ("organisation", "organization"),
    ],
)
def test_a_word_is_found_in_its_other_spellings(typed, text):
    assert finds(typed, text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("US", "they told us"),
        ("U.S.", "they told us"),
        ("WHO", "who is it"),
        ("IS", "it is"),
        ("police", "the policy"),
        ("Iran", "Iraq"),
    ],
)
def test_another_word_is_not(typed, text):
    assert not finds(typed, text)


@given(st.text())
def test_indexed_text_is_character_by_character_as_long_as_the_original(text):
    assert len(normalised(text)) == len(text)


@given(st.text())
def test_indexed_text_has_none_of_the_characters_that_mark_a_match(text):
    assert not {"\x00", "\x02", "\x03"} & set(normalised(text))


@pytest.mark.parametrize("name", ["search/spellings", "search/capital_words"])
def test_no_word_is_in_two_rows_of_a_list(name):
    rows = load_lexicon(name)
    cells = [{row.term, *getattr(row, "spellings", row.term).split(";")} for row in rows.itertuples()]
    words = [key for words in cells for key in {spelling_key(normalised(word)) for word in words}]
    assert sorted(words) == sorted(set(words))


def test_the_own_spelling_of_a_word_comes_first():
    assert word_spellings("Kyiv") == ("Kyiv", "Kiev")


def test_a_name_is_folded_to_words_that_begin_with_a_space():
    assert folded("Şahin  O'Brien-Łoś") == " sahin obrien los"
