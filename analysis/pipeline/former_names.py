"""Names of countries in rows of old articles: the Soviet Union, not Russia, in news of 1962."""

from collections.abc import Mapping

import pandas as pd
from pandas import DataFrame

from analysis.country_names import country_names, former_names, name_countries_as_of

NAMED = {
    "events": (("source_id", "source_name"), ("target_id", "target_name")),
    "quotes": (("speaker_id", "speaker_name"),),
    "stances": (("target_id", "target_name"),),
}
"""Table -> its columns with the id of an actor, and those with the name."""


def name_countries_of(articles: DataFrame) -> None:
    """Print the names that countries had on the day of the newest article; today's if none has a date."""
    newest = articles["published_date"].max()
    name_countries_as_of(None if pd.isna(newest) else newest.date())


def with_former_names(tables: Mapping[str, DataFrame], articles: DataFrame) -> dict[str, DataFrame]:
    """The same tables; a country that had another name on the day of the article has that one."""
    old = {
        code: set(articles.loc[articles["published_date"] < pd.Timestamp(former.until), "article_id"])
        for code, former in former_names().items()
    }
    old = {code: ids for code, ids in old.items() if ids}
    return {name: renamed(table, NAMED.get(name, ()), old) for name, table in tables.items()}


def renamed(table: DataFrame, columns: tuple[tuple[str, str], ...], old: Mapping[str, set[str]]) -> DataFrame:
    """One table with the former names of countries, each in the articles from before its end."""
    for code, ids in old.items():
        for identity, name in columns:
            is_old = (table[identity] == code) & table["article_id"].isin(ids)
            is_old &= table[name] == country_names()[code]
            table = table.assign(**{name: table[name].mask(is_old, former_names()[code].name)})
    return table
