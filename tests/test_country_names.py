"""Countries and pairs have readable names."""

import pytest

from analysis.country_names import (
    bloc_codes,
    bloc_names,
    country_in_sentence,
    country_name,
    country_names,
    dyad_in_sentence,
    subject_name,
)


def test_countries_have_names():
    assert country_names()["CHN"] == "China"
    assert all(len(code) == 3 and code.isupper() for code in country_names())


@pytest.mark.parametrize(
    ("code", "name"), [("USA", "the United States"), ("MDV", "the Maldives"), ("CHN", "China"), ("ZZ", "ZZ")]
)
def test_a_country_takes_its_article_in_a_sentence(code, name):
    assert country_in_sentence(code) == name


def test_a_bloc_is_named_like_a_country_and_is_none():
    assert bloc_codes()["bloc:european-union"] == "EUU"
    assert country_name("EUU") == "European Union"
    assert dyad_in_sentence("EUU-RUS") == "the European Union and Russia"
    assert country_in_sentence("NATO") == "NATO"
    assert not set(bloc_names()) & set(country_names())


def test_a_pair_is_named_in_a_sentence():
    assert dyad_in_sentence("CHN-USA") == "China and the United States"


@pytest.mark.parametrize(
    ("subject", "name"),
    [
        ("CHN-USA", "China – United States"),
        ("CHN>USA", "China to United States"),
        ("CHN", "China"),
        ("world", "all stories"),
        ("XKX-ZZZ", "Kosovo – ZZZ"),
    ],
)
def test_what_an_indicator_describes_has_a_name(subject, name):
    assert subject_name(subject) == name
