"""Numbers in words: as many decimals as they need, and not more."""

import pytest

from analysis.phrasing import body_in_sentence, counted_or_no, percent, plain_number


def test_a_small_number_shows_two_digits_and_others_two_decimals():
    values = (0.0213, 0.02, 0.35, 27.153, 7.0, 0, -0.0041, 0.004)
    assert " ".join(map(plain_number, values)) == "0.021 0.02 0.35 27.15 7 0 -0.0041 0.004"
    assert [plain_number(0.00004), plain_number(-0.00004)] == ["less than 0.0001", "more than -0.0001"]


def test_nearly_none_and_nearly_all_are_not_rounded_away():
    shares = (0, 0.004, 0.376, 0.994, 0.997, 1)
    assert [*map(percent, shares)] == ["none", "fewer than 1%", "38%", "99%", "more than 99%", "100%"]


def test_none_of_a_kind_is_a_word_and_no_figure():
    assert [counted_or_no(n, "story") for n in (0, 1, 2)] == ["no story", "1 story", "2 stories"]


@pytest.mark.parametrize(
    ("name", "in_sentence"),
    [
        ("Ukrainian presidency", "the Ukrainian presidency"),
        ("Israeli prime minister's office", "the Israeli prime minister's office"),
        ("the Iranian judiciary", "the Iranian judiciary"),
        ("North Korea's army", "North Korea's army"),
        ("Democratic Republic of Congo’s army", "Democratic Republic of Congo’s army"),
        ("Pentagon", "Pentagon"),
        ("Antony Blinken", "Antony Blinken"),
        ("Pakistani officials", "Pakistani officials"),
    ],
)
def test_a_body_named_by_a_noun_takes_an_article_and_a_proper_name_none(name, in_sentence):
    assert body_in_sentence(name) == in_sentence
