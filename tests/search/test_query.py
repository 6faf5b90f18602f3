"""What people type is searched as they mean it, or a sentence says how to write it."""

import sqlite3

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from analysis.search.index_file import TOKENIZER
from analysis.search.query import QueryError, parse_query
from analysis.search.spelling import normalised


def finds(typed, text):
    """Whether a query matches a text."""
    with sqlite3.connect(":memory:") as connection:
        connection.execute(f"CREATE VIRTUAL TABLE words USING fts5(text, tokenize='{TOKENIZER}')")
        connection.execute("INSERT INTO words VALUES (?)", (normalised(text),))
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
        ("tanker OR Hormuz", "A tanker left", True),
        ("tanker or Hormuz", "Hormuz is calm", True),
        ("tanker NOT Iran", "A tanker left Iran", False),
        ("tanker NOT Iran", "A tanker left", True),
        ("tanker AND NOT Iran", "A tanker left Iran", False),
        ("tanker -Iran", "A tanker left Iran", False),
        ("not guilty", "He is not guilty", True),
        ("not guilty", "He is guilty", False),
        ("Iran OR Iraq tanker", "Iran is calm", True),
        ("(Iran OR Iraq) tanker", "Iran is calm", False),
        ("(Iran OR Iraq) tanker", "An Iraq tanker", True),
        ('"oil price"', "The price of oil", False),
        ('"oil price"', "The oil price", True),
        ("“oil price”", "The oil price", True),
        ('"Strait of Horm"*', "the Strait of Hormuz", True),
        ("sanction*", "sanctioning", True),
        ("NEAR(tanker Hormuz, 2)", "a tanker that left Hormuz", True),
        ("NEAR(tanker Hormuz, 1)", "a tanker that left Hormuz", False),
        ("tanker NEAR Hormuz", "a tanker that left Hormuz", True),
        ("tanker NEAR/1 Hormuz", "a tanker that left Hormuz", False),
        ("tanker, Hormuz!", "Hormuz saw a tanker", True),
        ("Iran/Iraq", "Iraq and Iran", True),
        ("title:oil", "the title of an oil firm", True),
        ("+tanker", "A tanker", True),
        ('"AND"', "this and that", True),
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
        (
            "tanker AND",
            'AND joins two words, and there is none after it: write tanker AND Hormuz, or "AND" in',
        ),
        ("OR tanker", "OR joins two words, and there is none before it"),
        ("tanker AND OR Hormuz", "AND joins two words, and there is none after it"),
        ("tanker OR NOT Iran", "OR joins two words, and there is none after it"),
        ("NOT Iran", "NOT excludes what follows it, so it needs something before it"),
        ('"tanker', "opens a quotation mark but does not close it"),
        ("(tanker", "opens a parenthesis but does not close it"),
        ("tanker (", "opens a parenthesis but does not close it"),
        ("tanker)", "closes a parenthesis that it never opened"),
        (") tanker", "closes a parenthesis that it never opened"),
        ("() tanker", "has nothing between its parentheses"),
        ("*tanker", "write tanker*"),
        ("tan*ker", "* can only end a word and means that more letters may follow: write tan*"),
        ("*", "* can only end a word"),
        ("NEAR(tanker)", "NEAR needs two words or phrases"),
        ("(tanker oil) NEAR Hormuz", "NEAR joins words or phrases, not parentheses"),
        ("word " * 65, "has 65 words, expected at most 64"),
        ("(" * 22 + "tanker" + ")" * 22, "more than 20 nested parentheses"),
        (5, "the search is 5, expected words"),
    ],
)
def test_what_cannot_be_understood_is_one_sentence_that_says_how_to_write_it(typed, reason):
    with pytest.raises(QueryError) as raised:
        parse_query(typed)
    assert reason in str(raised.value)
    assert "\n" not in str(raised.value)


PIECES = st.one_of(
    st.sampled_from(
        ["AND", "OR", "NOT", "NEAR", "NEAR(", "NEAR/3", "(", ")", '"', "*", "-", ",", "5", "“", "”", "'"]
    ),
    st.sampled_from(
        ["tanker", "U.S.", "Iran's", "al-Assad", "Erdoğan", "us", "Zelensky", "{x}:", "^", "a+b", "\x00"]
    ),
    st.text(max_size=4),
)


@given(st.lists(PIECES, max_size=12).map(" ".join) | st.lists(PIECES, max_size=12).map("".join))
@example('NEAR("us" "us" "us" "us" "us", 3)')
@example("Zelensky NEAR Zelensky NEAR Zelensky")
@example("\ud800")
def test_whatever_is_typed_is_searched_or_answered_with_a_sentence(typed):
    try:
        finds(typed, "A tanker left Iran")
    except QueryError as error:
        assert str(error).count("\n") == 0


def test_a_query_at_its_limits_is_still_valid():
    deep = "(" * 19 + "a" + ")" * 19
    assert finds(f"{' OR '.join(['Mohammed', 'Zelensky'] * 31)} OR {deep}", "Muhammad")


def test_the_wanted_words_are_told_from_the_unwanted():
    query = parse_query('(tanker OR "oil price") NOT Iran tanker horm*')
    assert [str(leaf) for leaf in query.leaves] == ["tanker", '"oil price"', "horm*"]
