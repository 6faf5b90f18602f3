"""Every word list obeys the rules, and an error in one names its line."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.indicators.dyads import INTERVALS
from analysis.lexicons import check_cells, check_lexicon, lexicon_names, load_lexicon
from benchmarks.validation.state_hostility import STATE_HOSTILITY
from benchmarks.validation.tension import WEEKLY_INDICATORS
from benchmarks.validation.text_indicators import TEXT_INDICATORS

NAMES = lexicon_names()


@pytest.mark.parametrize("name", NAMES)
def test_every_list_can_be_read(name):
    assert len(load_lexicon(name)) > 0


@pytest.mark.parametrize("name", NAMES)
def test_every_row_gives_its_source(name):
    assert (load_lexicon(name)["source"].str.strip() != "").all()


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ({"term": ["war"]}, "words.csv: has no column 'source'"),
        ({"term": ["war", " "], "source": ["own"] * 2, "note": [""] * 2}, "words.csv:3: term is empty"),
        (
            {"term": ["war", "war"], "source": ["own", "CAMEO"], "note": ["", "x"]},
            "words.csv:3: repeats an earlier row",
        ),
    ],
)
def test_an_error_in_a_list_names_its_line(rows, message):
    with pytest.raises(ValueError, match=message.replace(".", r"\.")):
        check_lexicon(pd.DataFrame(rows), Path("words.csv"))


def test_an_unknown_list_is_an_error_that_names_the_known_ones():
    with pytest.raises(FileNotFoundError, match=r"weather\.csv does not exist, expected one of: actor"):
        load_lexicon("weather")


def test_a_value_that_no_code_knows_is_an_error_with_its_line():
    with pytest.raises(ValueError, match=r"gendered_words\.csv:\d+: kind is 'noun', expected one of: title"):
        load_lexicon("actors/gendered_words", allowed={"kind": ("title",)})


def test_an_unknown_value_of_a_long_list_is_answered_with_the_nearest():
    codes = load_lexicon("actors/countries")["country_code"]
    cells = pd.Series(["USA", "AFGG"], name="country_code")
    with pytest.raises(ValueError, match=r":3: country_code is 'AFGG', expected one of 250 .*AFG"):
        check_cells("actors/leaders", cells, set(codes))


def test_an_empty_cell_must_be_allowed():
    with pytest.raises(ValueError, match=r"article is '', expected one of: the"):
        load_lexicon("actors/countries", allowed={"article": ("the",)})
    load_lexicon("actors/countries", allowed={"article": ("", "the")})


def test_a_number_that_is_none_is_an_error_with_its_line():
    with pytest.raises(ValueError, match=r"countries\.csv:2: country is 'Afghanistan', expected a number"):
        load_lexicon("actors/countries", numbers=("country",))


def test_a_column_that_the_list_lacks_is_an_error():
    with pytest.raises(ValueError, match=r"countries\.csv: has no column 'kind', found country, country_cod"):
        load_lexicon("actors/countries", allowed={"kind": ("state",)})


def test_every_indicator_that_is_computed_is_in_the_list():
    computed = {*INTERVALS, *TEXT_INDICATORS, *WEEKLY_INDICATORS, STATE_HOSTILITY}
    assert computed == set(load_lexicon("indicators/codebook")["indicator"])


def test_the_list_gives_the_interval_that_is_declared():
    rows = load_lexicon("indicators/codebook").set_index("indicator")
    for name, interval in INTERVALS.items():
        assert rows.at[name, "interval"].startswith(interval), name
