"""Every word list obeys the rules, and a broken one is said with its line."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.indicators.dyads import BASES
from analysis.indicators.text_indicators import GPR_SHARES, TENSION_SHARES
from analysis.lexicons import check_lexicon, country_names, lexicon_names, load_lexicon, subject_name

NAMES = lexicon_names()


@pytest.mark.parametrize("name", NAMES)
def test_every_list_can_be_read(name):
    assert len(load_lexicon(name)) > 0


@pytest.mark.parametrize("name", NAMES)
def test_every_row_says_where_it_comes_from(name):
    assert (load_lexicon(name)["source"].str.strip() != "").all()


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ({"term": ["war"]}, "words.csv: has no column 'source'"),
        ({"term": ["war", " "], "source": ["own"] * 2, "note": [""] * 2}, "words.csv:3: term is empty"),
        (
            {"term": ["war", "war"], "source": ["own", "CAMEO"], "note": ["", "x"]},
            "words.csv:3: the row stands twice",
        ),
    ],
)
def test_a_broken_list_is_said_with_its_line(rows, said):
    with pytest.raises(ValueError, match=said.replace(".", r"\.")):
        check_lexicon(pd.DataFrame(rows), Path("words.csv"))


def test_an_unknown_list_is_said_with_the_known_ones():
    with pytest.raises(FileNotFoundError, match=r"weather\.csv does not exist, expected one of: actor"):
        load_lexicon("weather")


def test_countries_have_names():
    assert country_names()["CHN"] == "China"
    assert all(len(code) == 3 and code.isupper() for code in country_names())


def test_the_readme_tells_of_every_indicator_what_the_list_says():
    readme = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    columns = ["name", "definition", "range", "direction", "interval", "minimum", "weakness", "source"]
    for row in load_lexicon("indicators/codebook")[columns].itertuples(index=False):
        assert f"| {' | '.join(row)} |" in readme


def test_every_indicator_that_is_computed_is_in_the_list():
    computed = {*BASES, *GPR_SHARES, *TENSION_SHARES, "gpr_index", "mean_tone"}
    assert computed == set(load_lexicon("indicators/codebook")["indicator"])


def test_subjects_have_names():
    assert subject_name("CHN-USA") == "China – United States"
    assert subject_name("CHN>USA") == "China to United States"
    assert subject_name("world") == "all stories"
    assert subject_name("XKX-ZZZ").endswith("ZZZ")  # an unknown code stays as it is
