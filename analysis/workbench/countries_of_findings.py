"""Which findings involve a country: its acts, what its speakers say, what is said about it, its sentences."""

import numpy as np
import pandas as pd
from pandas import DataFrame, Series

from analysis.indicators.proxy_acts import proxy_acts
from analysis.pipeline.analyse import Tables
from analysis.pipeline.filters import SIDE_CODES

Rows = dict[str, np.ndarray]  # by country code


def countries_of_events(tables: Tables, events: DataFrame) -> DataFrame:
    """The countries of each event: its sides, and who is said to sponsor a group that is one.

    Args:
        tables: a corpus, whose articles may name the sponsor of a group that acts in another article.
        events: `Events` rows of it.

    Returns:
        `row`, the position in `events`, and `country_code`, each pair of them once.
    """
    places = Series(range(len(events)), index=events["event_id"])
    by_proxy = proxy_acts(tables.articles, tables.events)
    by_proxy = by_proxy[by_proxy["event_id"].isin(places.index)]
    parts = [(range(len(events)), events[column]) for column in SIDE_CODES]
    parts.append((places.reindex(by_proxy["event_id"]), by_proxy["source_country_code"]))
    return long_rows(parts)


def countries_of_quotes(tables: Tables, quotes: DataFrame) -> DataFrame:
    """The countries of each statement: that of its speaker, and those that it is about.

    Args:
        tables: a corpus.
        quotes: `Quotes` rows of it.

    Returns:
        As `countries_of_events`.
    """
    places = Series(range(len(quotes)), index=quotes["quote_id"])
    stances = tables.stances[tables.stances["quote_id"].isin(places.index)]
    on = places.reindex(stances["quote_id"]), stances["target_country_code"]
    return long_rows([(range(len(quotes)), quotes["country_code"]), on])


def long_rows(parts: list[tuple[object, Series]]) -> DataFrame:
    """Positions and codes below each other, without those that lack a code, each pair once."""
    tables = [
        DataFrame({"row": np.asarray(rows, dtype=int), "country_code": codes.to_numpy()})
        for rows, codes in parts
    ]
    return pd.concat(tables, ignore_index=True).dropna().drop_duplicates(ignore_index=True)


def countries_of_sentences(placed: dict[str, DataFrame], found: dict[str, DataFrame]) -> DataFrame:
    """The countries of each sentence: those of its acts and statements.

    Args:
        placed: for "events" and "quotes" the numbers of the `first` and `last` sentence of each row.
        found: for the same, their countries, as `countries_of_events` gives them.

    Returns:
        `sentence`, its number, and `country_code`, each pair of them once.
    """
    spans = [
        DataFrame(
            {
                "first": placed[name]["first"].to_numpy()[rows["row"]],
                "last": placed[name]["last"].to_numpy()[rows["row"]],
                "country_code": rows["country_code"],
            }
        )
        for name, rows in found.items()
    ]
    both = pd.concat(spans, ignore_index=True)
    length = (both["last"] - both["first"] + 1).clip(lower=0)
    each = both.loc[both.index.repeat(length)]
    sentence = each["first"] + each.groupby(level=0).cumcount()
    return DataFrame({"sentence": sentence, "country_code": each["country_code"]}).drop_duplicates()


def rows_by_country(
    tables: Tables, subject: str, sources: dict[str, DataFrame], placed: dict[str, DataFrame]
) -> Rows:
    """The positions in the table of a subject of the findings that involve each country.

    Args:
        tables: a corpus.
        subject: "topics", "quotes" or "events".
        sources: the rows of each of the three.
        placed: the numbers of the first and last sentence of each row of the three.
    """
    found = {
        "quotes": countries_of_quotes(tables, sources["quotes"]),
        "events": countries_of_events(tables, sources["events"]),
    }
    if subject in found:
        rows = found[subject]
    else:
        in_sentences = countries_of_sentences(placed, found)
        topics = DataFrame({"sentence": placed[subject]["first"], "row": range(len(placed[subject]))})
        rows = topics.merge(in_sentences, on="sentence", validate="many_to_many")
    return {code: part["row"].to_numpy() for code, part in rows.groupby("country_code")}
