"""What people type is searched as they mean it, or a sentence says how to write it."""

import sqlite3

import pytest
from hypothesis import example, given, strategies as st

from analysis.search.query import TOKENIZER, QueryError, parse_query


def finds(typed, text):
    """Whether a query matches a text."""
    with sqlite3.connect(":memory:") as connection:
        connection.execute(f"CREATE VIRTUAL TABLE words USING fts5(text, tokenize='{TOKENIZER}')")
        connection.execute("INSERT INTO words VALUES (?)", (text,))
        found = connection.execute(
            "SELECT count(*) FROM words WHERE words MATCH ?", (parse_query(typed).fts,)
        )
        return bool(found.fetchone()[0])


@pytest.mark.parametrize(
    ("typed", "text", "is_found"),
    [
        ("tanker Hormuz", "Hormuz saw a tanker", True),
        ("tanker Hormuz", "A tanker left", False),
        ("tanker and Hormuz", "Hormuz saw a tanker", True),
        ("tanker or Hormuz", "Hormuz is calm", True),
        ("tanker NOT Iran", "A tanker left Iran", False),
        ("tanker NOT Iran", "A tanker left", True),
        ("tanker AND NOT Iran", "A tanker left Iran", False),
        ("tanker AND -Iran", "A tanker left Iran", False),
        ('tanker -"oil price"', "A tanker and the oil price", False),
        ("tanker - -(Iran OR Iraq)", "A tanker left Iraq", False),
        ("not guilty", "He is guilty", False),
        ("Iran OR Iraq tanker", "Iran is calm", True),
        ("(Iran OR Iraq) tanker", "Iran is calm", False),
        ("tanker (Iran OR Iraq)", "An Iraq tanker", True),
        ('"oil price"', "The price of oil", False),
        ("“oil price”", "The oil price", True),
        ('"Strait of Horm"*', "the Strait of Hormuz", True),
        ("sanction*", "sanctioning", True),
        ("sanctioned", "sanctions", True),
        ("tanker, Hormuz!", "Hormuz saw a tanker", True),
        ("title:oil", "the title:oil firm", True),
        ("+tanker", "A tanker", True),
        ('"AND"', "this and that", True),
        ("Iran", "Iran’s oil", True),
        ("Erdogan", "Erdoğan", True),
        ("U.S.", "the U.S. fleet", True),
        ("police", "the policy", False),
    ],
)
def test_a_query_means_what_a_person_would_expect(typed, text, is_found):
    assert finds(typed, text) == is_found


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "has no word to look for, expected words, such as tanker AND Hormuz"),
        ("AND", "has no word to look for"),
        ("?!", "has no word to look for"),
        ("tanker AND", "AND, OR, NOT and - need words"),
        ("tanker OR NOT Iran", "AND, OR, NOT and - need words"),
        ("tanker OR -Iran", "AND, OR, NOT and - need words"),
        ("(-Iran tanker)", "AND, OR, NOT and - need words"),
        ("NOT Iran", "AND, OR, NOT and - need words"),
        ('"tanker', "opens a quotation mark but does not close it"),
        ("(tanker", "each parenthesis needs its other half"),
        ("() tanker", "each parenthesis needs its other half"),
        ("tan*ker", "* can only end a word"),
        ("*", "* can only end a word"),
        ("word " * 65, "has 65 words, expected at most 64"),
        ("(" * 300 + "tanker" + ")" * 300, "cannot be understood"),
        (5, "the search is 5, expected words"),
    ],
)
def test_what_cannot_be_understood_is_one_sentence_that_says_how_to_write_it(typed, reason):
    with pytest.raises(QueryError) as raised:
        parse_query(typed)
    assert reason in str(raised.value)
    assert "\n" not in str(raised.value)


PIECES = st.one_of(
    st.sampled_from(["AND", "OR", "NOT", "NEAR(", "(", ")", '"', "*", "-", ",", "“", "'", "{x}:", "\x00"]),
    st.sampled_from(["tanker", "U.S.", "Iran's", "al-Assad", "Erdoğan", "a+b"]),
    st.text(max_size=4),
)


@given(st.lists(PIECES, max_size=12).map(" ".join) | st.lists(PIECES, max_size=12).map("".join))
@example("\ud800")
@example("🛢 tanker")
def test_whatever_is_typed_is_searched_or_answered_with_a_sentence(typed):
    try:
        finds(typed, "A tanker left Iran")
    except QueryError as error:
        assert str(error).count("\n") == 0


def test_a_query_at_its_limits_is_still_valid():
    assert finds(" OR ".join([*(f"w{n}" for n in range(63)), "(((Iran)))"]), "Iran")
