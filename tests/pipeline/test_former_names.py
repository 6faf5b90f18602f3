"""Countries have the names of the day: the Soviet Union in news of 1962, Russia today."""

from datetime import date

import pandas as pd
import pytest

from analysis.country_names import (
    country_adjective,
    country_in_sentence,
    country_name,
    dyad_in_sentence,
    name_countries_as_of,
    subject_name,
)
from analysis.pipeline.analyse import name_countries_of, with_former_names
from analysis.pipeline.typed_names import listed_actor

LAST_SOVIET_DAY, FIRST_RUSSIAN_DAY = date(1991, 12, 25), date(1991, 12, 26)


@pytest.fixture(autouse=True)
def names_of_today_again():
    yield
    name_countries_as_of(None)


def test_without_a_day_names_are_those_of_today():
    assert country_name("RUS") == "Russia"
    assert dyad_in_sentence("RUS-USA") == "Russia and the United States"
    assert country_adjective("RUS") == "Russian"


def test_before_its_end_the_soviet_union_has_its_name_article_and_adjective():
    name_countries_as_of(LAST_SOVIET_DAY)
    assert dyad_in_sentence("RUS-USA") == "the Soviet Union and the United States"
    assert subject_name("CUB>RUS") == "Cuba to Soviet Union"
    assert country_adjective("RUS") == "Soviet"
    assert country_in_sentence("USA") == "the United States"


def test_from_the_day_of_its_end_it_is_russia():
    name_countries_as_of(FIRST_RUSSIAN_DAY)
    assert country_in_sentence("RUS") == "Russia"


def test_the_newest_article_decides():
    old, new = pd.Timestamp("1962-10-22"), pd.Timestamp("2025-05-05")
    name_countries_of(pd.DataFrame({"published_date": [old, pd.NaT]}))
    assert country_name("MMR") == listed_actor("Myanmar")["name"] == "Burma"
    name_countries_of(pd.DataFrame({"published_date": [old, new]}))
    assert country_name("MMR") == listed_actor("Myanmar")["name"] == "Myanmar"
    name_countries_of(pd.DataFrame({"published_date": pd.to_datetime([None])}))
    assert country_name("RUS") == "Russia"


def test_a_row_has_the_name_of_the_day_of_its_own_article():
    articles = pd.DataFrame(
        {
            "article_id": ["old", "new", "undated"],
            "published_date": pd.to_datetime(["1962-10-22", "2025-05-05", None]),
        }
    )
    events = pd.DataFrame(
        {
            "article_id": ["old", "new", "undated", "old"],
            "source_id": ["RUS", "RUS", "RUS", "person:jo-doe"],
            "source_name": ["Russia", "Russia", "Russia", "Jo Doe"],
            "target_id": ["USA", "USA", "USA", "RUS"],
            "target_name": ["United States", "United States", "United States", "Russia"],
        }
    )
    named = with_former_names({"events": events}, articles)["events"]
    assert named["source_name"].tolist() == ["Soviet Union", "Russia", "Russia", "Jo Doe"]
    assert named["target_name"].tolist() == ["United States"] * 3 + ["Soviet Union"]
    assert events["source_name"].tolist()[0] == "Russia"  # the argument is unchanged
