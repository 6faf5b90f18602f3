"""A table is found right exactly where pandera finds it right, and is then the table that pandera gives."""

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from pandera.errors import SchemaError, SchemaErrors
from pandera.pandas import DataFrameModel

from analysis.schemas import Agreements, Articles, Events, Incidents, Quotes, Rejected, Topics
from analysis.tables.checks import right_table
from tests.tables import articles, events, quotes, topics

QUOTES, EVENTS, TOPICS, ARTICLES = quotes({}), events({}), topics({}, {"topic": "war"}), articles({})
TWICE = pd.concat([EVENTS, EVENTS], ignore_index=True)


def by_pandera(table, model):
    return DataFrameModel.validate.__func__(model, table)


@pytest.mark.parametrize(
    ("table", "model"),
    [
        (EVENTS, Events),
        (QUOTES.astype(object), Quotes),
        (TOPICS, Topics),
        (ARTICLES.astype({"published_date": "datetime64[us]"}), Articles),
        (EVENTS[sorted(EVENTS.columns)], Events),
        (EVENTS.assign(quad="3", intensity=-4, year=1962.0, rule=5), Events),
        (EVENTS.assign(killed_count=float("nan"), mode=float("nan"), when=None), Events),
        (EVENTS.set_axis(["a row"]), Events),
        (pd.DataFrame(columns=list(Incidents.to_schema().columns)), Incidents),
    ],
    ids=["typed", "objects", "a key", "days", "order", "coerced", "unknown", "index", "empty"],
)
def test_what_pandera_finds_right_is_found_right_and_is_the_same_table(table, model):
    before = table.copy(deep=True)
    found = right_table(table, model)
    assert_frame_equal(found, by_pandera(table, model))
    assert_frame_equal(table, before)


@pytest.mark.parametrize(
    ("table", "model"),
    [
        (EVENTS.drop(columns="rule"), Events),
        (EVENTS.assign(weather="fair"), Events),
        (EVENTS.drop(columns="rule").assign(weather="fair"), Events),
        (EVENTS.assign(rule=None), Events),
        (EVENTS.assign(intensity=float("nan")), Events),
        (EVENTS.assign(quad="many"), Events),
        (EVENTS.assign(quad=5), Events),
        (EVENTS.assign(root="WAVE"), Events),
        (EVENTS.assign(probability=1.01), Events),
        (EVENTS.assign(killed_count=-1), Events),
        (EVENTS.assign(published_date="soon"), Events),
        (TWICE, Events),
        (pd.concat([TOPICS, TOPICS], ignore_index=True), Topics),
        (QUOTES.assign(content_spans="12 to 40"), Quotes),
        (QUOTES.assign(country_code="China"), Quotes),
        (ARTICLES.assign(article_id="0123"), Articles),
        (pd.DataFrame([{"first": "a", "second": "b"}]), Agreements),
    ],
)
def test_what_pandera_refuses_is_not_found_right_and_is_refused_in_its_words(table, model):
    assert right_table(table, model) is None
    with pytest.raises((SchemaError, SchemaErrors)) as by_us:
        model.validate(table)
    with pytest.raises(type(by_us.value)) as by_them:
        by_pandera(table, model)
    assert str(by_us.value) == str(by_them.value)


def test_what_is_no_table_is_left_to_pandera():
    with pytest.raises(TypeError):
        Rejected.validate([{"path": "a.txt", "reason": "is empty"}])


def test_a_change_of_the_checked_table_does_not_reach_the_one_that_was_given():
    given = articles({})
    checked = Articles.validate(given)
    checked.loc[0, "title"] = "Another title"
    assert given.loc[0, "title"] == "Envoys meet"
