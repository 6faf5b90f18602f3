"""Whom the articles rest on: who is quoted, how many without a name, what is reprinted, who is silent."""

import re
from dataclasses import dataclass

from pandas import DataFrame, Series

from analysis.findings import leading_pairs
from analysis.lexicons import load_lexicon
from analysis.pipeline import Tables

WIRE_CHARS = 200  # of the beginning and the end of a text, where an agency is named


@dataclass(frozen=True)
class SourceSummary:
    """Counts of what the articles rest on."""

    article_count: int
    story_count: int
    outlets: tuple[str, ...]
    no_outlet_count: int  # articles
    undated_count: int  # articles
    reprint_share: float  # of articles that repeat a story read already
    wire_share: float  # of articles that name an agency as their outlet, author or source
    statement_count: int
    unknown_count: int  # statements without a known speaker
    anonymous_count: int  # statements of sources without a name
    countries: tuple[tuple[str, int], ...]  # code and statements, the most first; "" is unknown
    speakers: tuple[tuple[str, int], ...]  # name and statements, the most first
    silent: tuple[str, ...]  # countries of the leading pairs of which nobody speaks


def source_summary(tables: Tables) -> SourceSummary:
    """Whom the articles of a corpus rest on."""
    articles, quotes = tables.articles, tables.quotes
    named = quotes.dropna(subset="speaker_id")
    names = named.groupby("speaker_id", sort=False)["speaker_name"].first()
    acting = {code for pair in leading_pairs(tables.events) for code in pair.split("-")}
    return SourceSummary(
        article_count=len(articles),
        story_count=articles["story_id"].nunique(),
        outlets=tuple(sorted(articles["outlet"].dropna().unique())),
        no_outlet_count=int(articles["outlet"].isna().sum()),
        undated_count=int(articles["published_date"].isna().sum()),
        reprint_share=1 - articles["story_id"].nunique() / len(articles),
        wire_share=float(is_wire(articles).mean()),
        statement_count=len(quotes),
        unknown_count=int(quotes["speaker_id"].isna().sum()),
        anonymous_count=int(named["is_anonymous"].sum()),
        countries=tallied(named["country_code"].fillna("")),
        speakers=tallied(named["speaker_id"].map(names)),
        silent=tuple(sorted(acting - set(named["country_code"].dropna()))),
    )


def tallied(names: Series) -> tuple[tuple[str, int], ...]:
    """Each name with its count, the most frequent first, ties in their order."""
    counts = names.value_counts(sort=False).sort_values(ascending=False, kind="stable")
    return tuple((str(name), int(count)) for name, count in counts.items())


def is_wire(articles: DataFrame) -> Series:
    """Whether an agency stands as outlet or author, or at the edge of the text.

    A quote that names an agency in the middle of an article does not make it a wire story.
    """
    agency = re.compile("|".join(load_lexicon("wire_agencies")["pattern"]))
    edges = articles["text"].str[:WIRE_CHARS] + " " + articles["text"].str[-WIRE_CHARS:]
    parts = articles["outlet"].fillna("") + " " + articles["author"].fillna("") + " " + edges
    return parts.map(lambda part: bool(agency.search(part)))
