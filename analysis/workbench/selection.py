"""What an explorer counts: findings joined once with their articles and sentences, then filtered and counted.

A finding is an article, a topic of a sentence, a statement, a coded event or a report of an incident. All
that a choice needs is stored as numbers, so that it is answered at once, also of 10,000 articles.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from functools import partial
from typing import Any, Final

import numpy as np
from pandas import Categorical, DataFrame, Index, Series, Timestamp, concat

from analysis.country_names import subject_name
from analysis.findings.period_inputs import PeriodInputs
from analysis.indicators.country_events import act_names, between_countries, dyads, proxy_acts, side_of
from analysis.indicators.incident_timeline import incident_timeline
from analysis.indicators.periods import period_starts
from analysis.pipeline.analyse import Tables
from analysis.pipeline.filters import SIDE_CODES
from analysis.search.corpus_index import CorpusIndex
from analysis.search.query import Question

NOUNS: Final = {
    "articles": "articles",
    "topics": "sentences",
    "quotes": "statements",
    "events": "events",
    "incidents": "incidents",
}
"""What is counted of each table, in the plural; a topic is counted by the sentence."""

PIECE_NOUNS: Final = NOUNS | {"topics": "sentences with topics", "events": "sentences with events"}
"""What a piece of evidence is, in the plural."""

BARS: Final = {
    "articles": ("outlet", "day"),
    "topics": ("theme", "theatre", "outlet", "day"),
    "quotes": ("speaker", "outlet", "day"),
    "events": ("pair", "type of act", "status", "outlet", "day"),
    "incidents": ("day", "pair", "kind", "status"),
}
"""What each bar can be."""

OWN: Final = {
    "articles": ("outlet", "story"),
    "topics": ("outlet", "story"),
    "quotes": ("outlet", "story", "speaker", "country"),
    "events": ("outlet", "story", "pair", "speaker", "country"),
    "incidents": ("outlet", "story", "pair", "kind", "speaker", "country"),
}
"""Filters answered by the finding itself; the others are answered by its sentences."""

PIECES: Final = {"topics": "first", "events": "first", "incidents": "incident"}
"""The column by which rows are one piece of evidence: those of one sentence or of one incident."""

LOOKS: Final = ("by", "bars")  # choices that are no filters
UNKNOWN: Final = {"speaker": "speaker unknown", "outlet": "outlet unknown"}
BAR_LABELS: Final = {"day": "{}", "week": "week from {}", "month": "{:.7}"}  # of a bar, by its first day


@dataclass(frozen=True)
class Choice:
    """What a person has chosen; the defaults leave a filter open."""

    search: Question | str = ""
    country: str = ""  # "CHN", of incidents also that of a bloc: "EUU"
    pair: str = ""  # "CHN-USA"
    since: date | None = None
    until: date | None = None
    kind: str = ""  # of an incident: one of `KINDS_IN_WORDS`
    least_stories: int = 1  # that report an incident
    outlet: str = ""
    story: str = ""  # story_id
    theme: str = ""
    theatre: str = ""
    speaker: str = ""  # speaker_id
    by: str = ""  # one of `BARS`; "": the first
    bars: tuple[str, ...] = ()  # keys; none: all bars

    @property
    def filters(self) -> dict[str, Any]:
        """The filters that are set, in order."""
        values = {one.name: getattr(self, one.name) for one in fields(self) if one.name not in LOOKS}
        return {name: value for name, value in values.items() if value != getattr(Choice, name)}


@dataclass(frozen=True)
class Findings:
    """The findings of one table, newest first, and what their sentences contain."""

    subject: str  # "articles", "topics", "quotes", "events" or "incidents"
    tables: Tables
    table: DataFrame  # rows of the subject's own table, of incidents their events, in the order of `rows`
    rows: DataFrame  # article, first, last (numbers of article and sentences), date, and the kinds of bars
    contents: DataFrame  # kind (a filter), value, first, last (numbers of sentences)
    countries: DataFrame  # finding (place in `rows`) and value, for each country of a statement or event
    place: Callable[[DataFrame], DataFrame]  # `placed_rows` of these articles
    sentence_count: int
    labels: dict[str, dict[str, str]]  # what a reader calls the keys of a kind
    index: CorpusIndex  # of all articles, for searches
    inputs: PeriodInputs | None  # of incidents
    incidents: DataFrame  # table of `incident_timeline`, to which the column incident of `rows` refers


def link_findings(
    tables: Tables, subject: str, *, index: CorpusIndex | None = None, inputs: PeriodInputs | None = None
) -> Findings:
    """Join the findings of a table with the rest of the corpus.

    Args:
        tables: a corpus.
        subject: "articles", "topics", "quotes", "incidents", or "events" between two countries.
        index: for searches; None: one of these tables in memory, built when it is first asked.
        inputs: of the same corpus, for incidents only.
    """
    articles = tables.articles
    chars = int(articles["text"].str.len().max() if len(articles) else 0) + 1
    order = Index(articles["article_id"])
    starts = order.get_indexer(tables.sentences["article_id"]) * chars + tables.sentences["start_char"]
    sources = {
        "articles": articles.assign(start_char=0, end_char=articles["text"].str.len()),
        "topics": tables.topics,
        "quotes": tables.quotes,
        "events": tables.events[between_countries(tables.events)],
    }
    incidents = incident_timeline(inputs.incidents) if inputs else DataFrame()
    reported = DataFrame()  # the incident of each report
    if subject == "incidents":
        ids = incidents["event_ids"].str.split().explode()
        ids = ids[ids.isin(tables.events["event_id"])]
        sources[subject] = tables.events.set_index("event_id", drop=False).loc[ids]
        reported = incidents.loc[ids.index].reset_index(names="incident")
    place = partial(placed_rows, order=order, starts=np.sort(starts.to_numpy()), chars=chars)
    placed = {name: place(table) for name, table in sources.items()}
    codes = country_codes(tables, sources)
    contents = sentence_contents(placed, sources, codes)
    table, of_articles = sources[subject].reset_index(drop=True), placed[subject]["article"]
    published = articles["published_date"].take(of_articles).reset_index(drop=True)
    columns = {
        "outlet": articles["outlet"].fillna("").take(of_articles),
        "story": articles["story_id"].take(of_articles),
        **own_columns(subject, table, reported),
    }
    rows = placed[subject].assign(
        **{name: Categorical(values.tolist()) for name, values in columns.items()},
        age=-published.fillna(Timestamp.min).astype("int64"),
        date=published,
        drawn=published,  # the date, where it is on the axis of time
        incident=0,
    )
    if subject == "events":
        rows["side"] = side_of(table)
    if subject == "incidents":
        of_incidents = reported[["incident", "story_count"]].assign(date=reported["day"])
        rows = rows.assign(**of_incidents, side=side_of(reported))
        # One act that is recalled years later would make all others a thin line at the end of the axis.
        rows["drawn"] = rows["date"].where(~(rows["date"] < articles["published_date"].min()))
        codes[subject] = country_rows(rows["date"].index, reported["source_code"], reported["target_code"])
    newest = rows.sort_values(["incident", "age", "article", "first"], kind="stable").index
    own = codes.get(subject, DataFrame(columns=["finding", "value"]))
    return Findings(
        subject=subject,
        tables=tables,
        table=table.loc[newest].reset_index(drop=True),
        rows=rows.loc[newest].reset_index(drop=True).assign(finding=range(len(rows))),
        contents=contents,
        countries=own.assign(finding=np.argsort(newest)[own["finding"].to_numpy(dtype=int)]),
        place=place,
        sentence_count=len(starts),
        labels=reader_labels(tables),
        index=index or CorpusIndex(lambda: tables),
        inputs=inputs,
        incidents=incidents,
    )


def own_columns(subject: str, table: DataFrame, reported: DataFrame) -> dict[str, Series]:
    """What rows of a table are counted and filtered by, besides outlet and story.

    Args:
        subject: of the findings.
        table: its rows.
        reported: of incidents, the incident of each row.
    """
    if subject == "topics":
        return {name: table["topic"].where(table["dimension"] == name) for name in ("theme", "theatre")}
    if subject == "quotes":
        return {"speaker": table["speaker_id"].fillna("")}
    if subject == "events":
        acts = {"pair": dyads(table), "type of act": act_names(table), "status": table["status"]}
        return {**acts, "speaker": table["reported_by"]}
    if subject == "incidents":
        of_each = {"pair": reported["dyad"], "kind": reported["kind"], "status": reported["status"]}
        return {**of_each, "speaker": table["reported_by"]}
    return {}


def placed_rows(table: DataFrame, order: Index, starts: np.ndarray, chars: int) -> DataFrame:
    """Number of the article, and of the first and last sentence, of each row."""
    article = order.get_indexer(table["article_id"])
    ends = np.maximum(table["end_char"] - 1, table["start_char"])
    first, last = (
        np.searchsorted(starts, article * chars + place.to_numpy(), side="right") - 1
        for place in (table["start_char"], ends)
    )
    return DataFrame({"article": article, "first": first, "last": last})


def country_codes(tables: Tables, sources: dict[str, DataFrame]) -> dict[str, DataFrame]:
    """The countries of each statement and event, as `country_rows`.

    Those of a statement are its speaker's and those that it is about; those of an event are its sides and
    who is said to sponsor a group that is one, which another article may say.
    """
    acts, quotes = tables.events.set_index("event_id"), tables.quotes.set_index("quote_id")
    sponsors = proxy_acts(tables.articles, tables.events).set_index("event_id")["source_country_code"]
    targets = tables.stances.set_index("quote_id")["target_country_code"]
    return {
        "events": country_rows(sources["events"]["event_id"], *(acts[one] for one in SIDE_CODES), sponsors),
        "quotes": country_rows(sources["quotes"]["quote_id"], quotes["country_code"], targets),
    }


def country_rows(ids: Series | Index, *codes: Series) -> DataFrame:
    """`finding`, the place of a finding among the ids, and `value`, the code of a country, each pair once.

    Args:
        ids: of the findings.
        codes: of countries, by the id of the finding.
    """
    found = concat(codes).dropna()
    rows = DataFrame({"finding": Index(ids).get_indexer(found.index), "value": found.to_numpy()})
    return rows[rows["finding"] >= 0].drop_duplicates(ignore_index=True)


def sentence_contents(
    placed: dict[str, DataFrame], sources: dict[str, DataFrame], codes: dict[str, DataFrame]
) -> DataFrame:
    """Which sentences contain a theme, a theatre, words of a speaker, an event of a pair, a country."""
    topics = sources["topics"]
    found = [
        placed["topics"].assign(kind=topics["dimension"].to_numpy(), value=topics["topic"].to_numpy()),
        placed["quotes"].assign(kind="speaker", value=sources["quotes"]["speaker_id"].to_numpy()),
        placed["events"].assign(kind="pair", value=dyads(sources["events"]).to_numpy()),
        *(
            placed[name].iloc[rows["finding"]].assign(kind="country", value=rows["value"].to_numpy())
            for name, rows in codes.items()
        ),
    ]
    return concat(found, ignore_index=True).astype({"kind": "category", "value": "category"})


def reader_labels(tables: Tables) -> dict[str, dict[str, str]]:
    """Names for the keys of each kind; a key that is missing is its own name."""
    quotes = tables.quotes.dropna(subset=["speaker_id", "speaker_name"])
    longest = quotes.iloc[quotes["speaker_name"].str.len().argsort(kind="stable")]
    titles = tables.articles["title"].fillna(tables.articles["path"])
    return {
        "speaker": dict(zip(longest["speaker_id"], longest["speaker_name"], strict=True)),
        "story": dict(zip(tables.articles["story_id"][::-1], titles[::-1], strict=True)),
    }


def label_of(findings: Findings, kind: str, key: str) -> str:
    """What a reader calls a key."""
    if kind in ("country", "pair"):
        return subject_name(key)
    return findings.labels.get(kind, {}).get(key, key) if key else UNKNOWN.get(kind, "unknown")


def filter_options(findings: Findings, kind: str) -> list[tuple[str, int]]:
    """The values of a filter and how often each occurs in the corpus, the most frequent first."""
    if kind in ("outlet", "story"):
        values = findings.tables.articles["outlet" if kind == "outlet" else "story_id"]
    elif kind == "country" and len(findings.countries):
        values = findings.countries["value"]
    elif findings.subject == "incidents" and kind in ("pair", "kind"):
        values = findings.rows.drop_duplicates("incident")[kind]
    else:
        values = findings.contents.loc[findings.contents["kind"] == kind, "value"]
    counts = values.value_counts()
    return list(counts[counts > 0].sort_index().sort_values(ascending=False, kind="stable").items())


def passing(findings: Findings, choice: Choice) -> np.ndarray:
    """Which rows pass all filters of a choice; chosen bars are not a filter."""
    every = np.ones(len(findings.rows), dtype=bool)
    return np.logical_and.reduce([every, *(passes(findings, *one) for one in choice.filters.items())])


def passes(findings: Findings, name: str, value: Any) -> np.ndarray:
    """Which rows pass one filter; an undated finding passes no date."""
    rows, is_own = findings.rows, name in OWN[findings.subject]
    if name == "since":
        return (rows["date"] >= Timestamp(value)).to_numpy()
    if name == "until":
        return (rows["date"] <= Timestamp(value)).to_numpy()
    if name == "least_stories":
        return (rows["story_count"] >= value).to_numpy()
    if name == "country" and is_own:
        countries = findings.countries
        return np.isin(rows["finding"], countries.loc[countries["value"] == value, "finding"])
    if is_own:
        return (rows[name] == value).to_numpy()
    if name == "search":
        places = DataFrame(findings.index.places(value), columns=["article_id", "start_char", "end_char"])
        is_here = places["article_id"].isin(findings.tables.articles["article_id"])
        return shares_span(findings, findings.place(places[is_here]))
    contents = findings.contents
    return shares_span(findings, contents[(contents["kind"] == name) & (contents["value"] == value)])


def shares_span(findings: Findings, spans: DataFrame) -> np.ndarray:
    """Which findings have a sentence in common with some spans, given as `first` and `last` sentence."""
    size = findings.sentence_count + 1
    change = np.bincount(spans["first"], minlength=size) - np.bincount(spans["last"] + 1, minlength=size)
    so_far = np.concatenate(([0], np.cumsum(np.cumsum(change[:-1]) > 0)))  # sentences in the spans
    return so_far[findings.rows["last"] + 1] > so_far[findings.rows["first"]]


def bar_keys(rows: DataFrame, by: str, period: str) -> Series:
    """The bar of each row, of those by day the first day of its period; missing where it belongs to none."""
    if by != "day":
        return rows[by]
    days = Series(rows["drawn"].dropna().unique())  # each is formatted once, not for every row
    return rows["drawn"].map(dict(zip(days, period_starts(days, period), strict=True))).astype("category")


def count_bars(findings: Findings, rows: DataFrame, choice: Choice, period: str) -> tuple[DataFrame, int]:
    """The bars of some rows.

    Args:
        findings: with the names of the bars.
        rows: of `findings`, with their `bar`.
        choice: what a bar is.
        period: "day", "week" or "month", of bars by day.

    Returns:
        One row per bar: `key`, `label`, `count`, and for events and incidents `cooperative` and `hostile`,
        counted once each, a topic once in a sentence; days in their order, all else by count. And how many
        there are in all bars together, each counted once.
    """
    column = {"topics": "first", "incidents": "incident"}.get(findings.subject, "finding")
    rows = rows.assign(counted=rows[column]).dropna(subset=["bar"])
    parts = {"count": rows}
    if "side" in rows:
        parts |= {side: rows[rows["side"] == side] for side in ("cooperative", "hostile")}
    counts = {name: part.groupby("bar", observed=True)["counted"].nunique() for name, part in parts.items()}
    bars = DataFrame(counts).fillna(0).astype(int).rename_axis("key").reset_index().astype({"key": object})
    labels = [label_of(findings, choice.by, key) for key in bars["key"]]
    if choice.by == "day":
        labels = [BAR_LABELS[period].format(key) for key in bars["key"]]
    bars.insert(1, "label", labels)
    if choice.by != "day":
        bars = bars.sort_values(["count", "label"], ascending=[False, True], kind="stable", ignore_index=True)
    return bars, rows["counted"].nunique()
