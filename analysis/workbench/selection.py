"""What an explorer counts: findings joined once with their articles and sentences, then filtered and counted.

A finding is a topic of a sentence, a statement or a coded event. All that a choice needs is stored as
numbers, so that it is answered at once: 10,000 articles are a few boolean columns.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd
from pandas import DataFrame, Series

from analysis.country_names import country_names, dyad_name
from analysis.indicators.country_events import act_names, between_countries, dyads
from analysis.indicators.periods import period_starts
from analysis.indicators.proxy_acts import proxy_acts
from analysis.pipeline.analyse import Tables
from analysis.pipeline.filters import SIDE_CODES
from analysis.search.corpus_index import CorpusIndex
from analysis.search.query import Question

NOUNS: Final = {"topics": "sentences", "quotes": "statements", "events": "events"}
"""What a finding of each table is called in the plural; a topic is counted by the sentence."""

BARS: Final = {
    "topics": ("theme", "theatre", "outlet", "day"),
    "quotes": ("speaker", "outlet", "day"),
    "events": ("pair", "type of act", "status", "outlet", "day"),
}
"""What each bar can be."""

OWN: Final = {"topics": (), "quotes": ("speaker", "country"), "events": ("pair", "speaker", "country")}
"""Filters answered by the finding itself; the others are answered by its sentences."""

UNKNOWN: Final = {"speaker": "speaker unknown", "outlet": "outlet unknown"}
MAX_DAYS = 60  # bars; a longer span is drawn by week, then by month
DAYS: Final = {"day": 1, "week": 7, "month": 31}


@dataclass(frozen=True)
class Choice:
    """What a person has chosen; "" and None leave a filter open."""

    search: Question | str | None = ""
    since: date | None = None
    until: date | None = None
    outlet: str = ""
    story: str = ""  # story_id
    theme: str = ""
    theatre: str = ""
    speaker: str = ""  # speaker_id
    pair: str = ""  # "CHN-USA"
    country: str = ""  # "CHN"
    by: str = ""  # one of `BARS`; "": the first
    unit: str = ""  # one of `units`; "": the first
    bars: tuple[str, ...] = ()  # keys; none: all bars


FILTERS: Final = tuple(field.name for field in fields(Choice) if field.name not in ("by", "unit", "bars"))


@dataclass(frozen=True)
class Findings:
    """The findings of one table, newest first, and what their sentences contain."""

    subject: str  # "topics", "quotes" or "events"
    tables: Tables
    table: DataFrame  # rows of the subject's own table, in the order of `rows`
    rows: DataFrame  # article, first, last (numbers of article and sentences), date, and the kinds of bars
    contents: dict[str, DataFrame]  # by filter: value, first, last (numbers of sentences)
    countries: dict[str, np.ndarray]  # positions in `rows` of the statements or events with each country
    sentence_starts: np.ndarray  # article * chars + first character, ascending
    chars: int  # more than any article has
    labels: dict[str, dict[str, str]]  # what a reader calls the keys of a kind
    index: CorpusIndex  # of all articles, for searches


def units(subject: str) -> tuple[str, ...]:
    """What can be counted: the finding itself, then sentences, articles, days."""
    return tuple(dict.fromkeys((NOUNS[subject], "sentences", "articles", "days")))


def link_findings(tables: Tables, subject: str, *, index: CorpusIndex | None = None) -> Findings:
    """Join the findings of a table with the rest of the corpus.

    Args:
        tables: a corpus.
        subject: "topics", "quotes" or "events"; of events only those between two countries count.
        index: for searches; None: one of these tables in memory, built when it is first asked.
    """
    chars = int(tables.articles["text"].str.len().max() if len(tables.articles) else 0) + 1
    order = pd.Index(tables.articles["article_id"])
    starts = np.sort(
        order.get_indexer(tables.sentences["article_id"]) * chars + tables.sentences["start_char"]
    )
    events = tables.events[between_countries(tables.events)]
    sources = {"topics": tables.topics, "quotes": tables.quotes, "events": events}
    placed = {name: placed_rows(table, order, starts, chars) for name, table in sources.items()}
    rows = with_kinds(placed[subject], sources[subject], subject).assign(
        **article_columns(tables.articles, placed[subject]["article"])
    )
    age = -rows["date"].fillna(pd.Timestamp.min).astype("int64")
    newest = rows.assign(age=age).sort_values(["age", "article", "first"], kind="stable").index
    place = np.argsort(newest)  # in `rows`, of each row of the subject's table
    countries = {"quotes": countries_of_quotes(tables), "events": countries_of_events(tables, events)}
    own = countries.get(subject, DataFrame(columns=["row", "value"])).groupby("value")["row"]
    return Findings(
        subject=subject,
        tables=tables,
        table=sources[subject].reset_index(drop=True).loc[newest].reset_index(drop=True),
        rows=rows.loc[newest].reset_index(drop=True),
        contents=sentence_contents(placed, sources, countries),
        countries={code: place[found.to_numpy(dtype=int)] for code, found in own},
        sentence_starts=starts,
        chars=chars,
        labels=reader_labels(tables, events),
        index=index or CorpusIndex(lambda: tables, None),
    )


def placed_rows(table: DataFrame, order: pd.Index, starts: np.ndarray, chars: int) -> DataFrame:
    """Number of the article, and of the first and last sentence, of each row."""
    article = order.get_indexer(table["article_id"])
    ends = np.maximum(table["end_char"] - 1, table["start_char"])
    first, last = (
        np.searchsorted(starts, article * chars + place, side="right") - 1
        for place in (table["start_char"].to_numpy(), ends.to_numpy())
    )
    return DataFrame({"article": article, "first": first, "last": last})


def with_kinds(placed: DataFrame, table: DataFrame, subject: str) -> DataFrame:
    """The columns of a table that give the bars, as categories."""
    if subject == "topics":
        kinds = {name: table["topic"].where(table["dimension"] == name) for name in ("theme", "theatre")}
    elif subject == "quotes":
        kinds = {"speaker": table["speaker_id"].fillna("")}
    else:
        kinds = {
            "pair": dyads(table),
            "type of act": act_names(table),
            "status": table["status"],
            "speaker": table["reported_by"],
        }
    return placed.assign(**{name: pd.Categorical(values.tolist()) for name, values in kinds.items()})


def article_columns(articles: DataFrame, numbers: Series) -> dict[str, Any]:
    """Outlet, story and date of the article of each finding."""
    return {
        "outlet": pd.Categorical(articles["outlet"].fillna("").tolist()).take(numbers),
        "story": pd.Categorical(articles["story_id"].tolist()).take(numbers),
        "date": articles["published_date"].to_numpy()[numbers],
    }


def countries_of_events(tables: Tables, events: DataFrame) -> DataFrame:
    """The countries of each event: its sides, and who is said to sponsor a group that is one.

    Returns:
        `row`, the position in `events`, and `value`, the code, each pair of them once.
    """
    places = Series(range(len(events)), index=events["event_id"])
    by_proxy = proxy_acts(tables.articles, tables.events)  # another article may name the sponsor
    by_proxy = by_proxy[by_proxy["event_id"].isin(places.index)]
    sides = [DataFrame({"row": places.to_numpy(), "value": events[name].to_numpy()}) for name in SIDE_CODES]
    sponsors = DataFrame(
        {
            "row": places.reindex(by_proxy["event_id"]).to_numpy(),
            "value": by_proxy["source_country_code"].to_numpy(),
        }
    )
    return pd.concat([*sides, sponsors]).dropna().drop_duplicates(ignore_index=True).astype({"row": int})


def countries_of_quotes(tables: Tables) -> DataFrame:
    """The countries of each statement, that of its speaker and those that it is about, as for events."""
    places = Series(range(len(tables.quotes)), index=tables.quotes["quote_id"])
    stances = tables.stances[tables.stances["quote_id"].isin(places.index)]
    speakers = DataFrame({"row": places.to_numpy(), "value": tables.quotes["country_code"].to_numpy()})
    targets = DataFrame(
        {
            "row": places.reindex(stances["quote_id"]).to_numpy(),
            "value": stances["target_country_code"].to_numpy(),
        }
    )
    return pd.concat([speakers, targets]).dropna().drop_duplicates(ignore_index=True).astype({"row": int})


def sentence_contents(
    placed: dict[str, DataFrame], sources: dict[str, DataFrame], countries: dict[str, DataFrame]
) -> dict[str, DataFrame]:
    """Which sentences contain a theme, a theatre, words of a speaker, an event of a pair, a country."""
    topics = sources["topics"]
    values = {
        "theme": ("topics", topics["topic"].where(topics["dimension"] == "theme")),
        "theatre": ("topics", topics["topic"].where(topics["dimension"] == "theatre")),
        "speaker": ("quotes", sources["quotes"]["speaker_id"]),
        "pair": ("events", dyads(sources["events"])),
    }
    found = {
        kind: placed[name].assign(value=pd.Categorical(column.tolist()))[["value", "first", "last"]]
        for kind, (name, column) in values.items()
    }
    spans = [
        placed[name].iloc[rows["row"]].assign(value=rows["value"].to_numpy())
        for name, rows in countries.items()
    ]
    return {**found, "country": pd.concat(spans, ignore_index=True)[["value", "first", "last"]]}


def reader_labels(tables: Tables, events: DataFrame) -> dict[str, dict[str, str]]:
    """Names for the keys of each kind; a key that is missing is its own name."""
    quotes = tables.quotes.dropna(subset=["speaker_id", "speaker_name"])
    longest = quotes.iloc[quotes["speaker_name"].str.len().argsort(kind="stable")]
    titled = tables.articles.assign(title=tables.articles["title"].fillna(tables.articles["path"]))
    titled = titled.drop_duplicates("story_id")
    return {
        "speaker": dict(zip(longest["speaker_id"], longest["speaker_name"], strict=True)),
        "pair": {pair: dyad_name(pair) for pair in dyads(events).unique()},
        "story": dict(zip(titled["story_id"], titled["title"], strict=True)),
        "country": country_names(),
    }


def label_of(findings: Findings, kind: str, key: str) -> str:
    """What a reader calls a key."""
    if not key:
        return UNKNOWN.get(kind, "unknown")
    return findings.labels.get(kind, {}).get(key, key)


def filter_options(findings: Findings, kind: str) -> list[tuple[str, int]]:
    """The values of a filter and how often each occurs in the corpus, the most frequent first."""
    if kind == "country" and findings.countries:
        counts = Series({code: len(rows) for code, rows in findings.countries.items()}, dtype=int)
    elif kind in findings.contents:
        counts = findings.contents[kind]["value"].value_counts(sort=False)
    else:
        column = "outlet" if kind == "outlet" else "story_id"
        counts = findings.tables.articles[column].value_counts(sort=False)
    counts = counts[counts > 0].sort_index().sort_values(ascending=False, kind="stable")
    return list(counts.items())


def passing(findings: Findings, choice: Choice) -> np.ndarray:
    """Which rows pass all filters of a choice; chosen bars are not a filter."""
    passed = np.ones(len(findings.rows), dtype=bool)
    for name, value in set_filters(choice):
        passed &= passes(findings, name, value)
    return passed


def set_filters(choice: Choice) -> Iterator[tuple[str, Any]]:
    """The filters that are set, in order."""
    return ((name, getattr(choice, name)) for name in FILTERS if getattr(choice, name))


def passes(findings: Findings, name: str, value: Any) -> np.ndarray:
    """Which rows pass one filter; an undated article passes no date."""
    rows, is_own = findings.rows, name in OWN[findings.subject]
    if name == "since":
        return (rows["date"] >= pd.Timestamp(value)).to_numpy()
    if name == "until":
        return (rows["date"] <= pd.Timestamp(value)).to_numpy()
    if name == "country" and is_own:
        return np.isin(np.arange(len(rows)), findings.countries.get(value, []))
    if name == "search":
        return matches_search(findings, value)
    if is_own or name in ("outlet", "story"):
        return (rows[name] == value).to_numpy()
    contents = findings.contents[name]
    return shares_span(findings, contents[(contents["value"] == value).to_numpy()])


def shares_span(findings: Findings, spans: DataFrame) -> np.ndarray:
    """Which findings have a sentence in common with some spans, given as `first` and `last` sentence."""
    size = len(findings.sentence_starts) + 1
    change = np.bincount(spans["first"], minlength=size) - np.bincount(spans["last"] + 1, minlength=size)
    so_far = np.concatenate(([0], np.cumsum(np.cumsum(change[:-1]) > 0)))  # sentences in the spans
    return so_far[findings.rows["last"] + 1] > so_far[findings.rows["first"]]


def matches_search(findings: Findings, question: Question) -> np.ndarray:
    """Which findings have a sentence that a search finds; articles that are not here are ignored."""
    places = DataFrame(findings.index.places(question), columns=["article_id", "start_char", "end_char"])
    order = pd.Index(findings.tables.articles["article_id"])
    places = places[places["article_id"].isin(order)]
    return shares_span(findings, placed_rows(places, order, findings.sentence_starts, findings.chars))


def without_each(findings: Findings, choice: Choice) -> dict[str, int]:
    """How many findings there would be without each filter that is set."""
    return {
        name: int(passing(findings, replace(choice, **{name: getattr(Choice, name)})).sum())
        for name, _ in set_filters(choice)
    }


def bar_keys(findings: Findings, choice: Choice, passed: np.ndarray) -> pd.Categorical:
    """The bar of each row that passed; missing where it belongs to none."""
    by = choice.by or BARS[findings.subject][0]
    rows = findings.rows.loc[passed]
    if by != "day":
        return pd.Categorical(rows[by])
    places, dates = pd.factorize(rows["date"])  # each date is formatted once, not for every row
    starts = pd.Categorical(period_starts(Series(dates), bar_period(Series(dates))))
    codes = np.append(starts.codes, -1)[places]
    return pd.Categorical.from_codes(codes, categories=starts.categories)


def bar_period(dates: Series) -> str:
    """Days, weeks or months: the finest that gives a readable number of bars."""
    known = dates.dropna()
    span = (known.max() - known.min()).days if len(known) else 0
    return next((unit for unit, days in DAYS.items() if span / days <= MAX_DAYS), "month")


def count_bars(findings: Findings, choice: Choice, passed: np.ndarray) -> DataFrame:
    """The bars of a choice.

    Returns:
        One row per bar: `key`, `label`, `count`, and for events `cooperative` and `hostile`, counted in the
        unit of the choice; days in their order, all else by count.
    """
    keys = bar_keys(findings, choice, passed)
    ids = unit_numbers(findings, choice.unit)[passed]
    by = choice.by or BARS[findings.subject][0]
    bars = DataFrame(
        {
            "key": keys.categories,
            "label": bar_labels(findings, by, keys.categories, passed),
            "count": distinct_counts(keys, ids, ids >= 0),
        }
    )
    if findings.subject == "events":
        is_hostile = (findings.table["quad"].to_numpy() > 2)[passed]
        bars["cooperative"] = distinct_counts(keys, ids, (ids >= 0) & ~is_hostile)
        bars["hostile"] = distinct_counts(keys, ids, (ids >= 0) & is_hostile)
    bars = bars[bars["count"] > 0]
    if by != "day":
        bars = bars.sort_values(["count", "label"], ascending=[False, True], kind="stable")
    return bars.reset_index(drop=True)


def bar_labels(findings: Findings, by: str, keys: pd.Index, passed: np.ndarray) -> list[str]:
    """What a reader calls the bars; a week by its first day, a month by its number."""
    if by != "day":
        return [label_of(findings, by, key) for key in keys]
    period = bar_period(findings.rows.loc[passed, "date"])
    return [{"day": day, "week": f"week from {day}", "month": day[:7]}[period] for day in keys]


def unit_numbers(findings: Findings, unit: str) -> np.ndarray:
    """A number for each row, the same for rows that count as one; -1 where a row has no such unit."""
    rows = findings.rows
    if unit in ("", NOUNS[findings.subject]) and findings.subject != "topics":
        return np.arange(len(rows))
    if unit == "articles":
        return rows["article"].to_numpy()
    if unit == "days":
        return pd.factorize(rows["date"])[0]
    return rows["first"].to_numpy()


def distinct_counts(keys: pd.Categorical, ids: np.ndarray, is_counted: np.ndarray) -> np.ndarray:
    """How many different numbers each category has among some rows."""
    codes = keys.codes.astype(np.int64)
    is_counted = is_counted & (codes >= 0)
    width = int(ids.max(initial=0)) + 1
    pairs = np.unique(codes[is_counted] * width + ids[is_counted])
    return np.bincount(pairs // width, minlength=len(keys.categories))


def total_count(findings: Findings, choice: Choice, passed: np.ndarray) -> int:
    """How many of the unit there are in all bars together, each counted once."""
    ids = unit_numbers(findings, choice.unit)[passed]
    return len(np.unique(ids[(ids >= 0) & (bar_keys(findings, choice, passed).codes >= 0)]))


def evidence_rows(findings: Findings, choice: Choice, passed: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The evidence behind the chosen bars, newest first.

    Returns:
        Numbers of rows, and beside each the number of its piece of evidence, from 0 up: rows of one sentence
        are one piece; a statement, which may span several sentences, is one by itself.
    """
    keys = bar_keys(findings, choice, passed)
    is_chosen = keys.codes >= 0
    if choice.bars:
        is_chosen &= np.isin(keys.codes, keys.categories.get_indexer(list(choice.bars)))
    numbers = np.flatnonzero(passed)[is_chosen]
    if findings.subject == "quotes":
        return numbers, np.arange(len(numbers))
    return numbers, pd.factorize(findings.rows["first"].to_numpy()[numbers])[0]
