"""What the articles rest on: who is quoted, how many unnamed, what is reprinted, who is never quoted."""

import re
from dataclasses import dataclass

from pandas import DataFrame, Series

from analysis.findings.acts import NamedCount, most_frequent
from analysis.findings.wording import words
from analysis.indicators.pair_ranking import ranked_pairs
from analysis.lexicons import load_lexicon
from analysis.pipeline.analyse import Tables

MOST_NAMED = 5
WIRE_CHARS = 200  # at the beginning and the end of a text, where an agency is credited


@dataclass(frozen=True)
class SourceSummary:
    """Counts of what the articles rest on."""

    article_count: int
    story_count: int
    outlets: tuple[NamedCount, ...]  # articles, the most first
    no_outlet_count: int  # articles
    undated_count: int  # articles
    reprint_share: float  # of articles that reprint a story already read
    wire_share: float  # of articles that name an agency as their outlet, author or source
    statement_count: int
    unknown_count: int  # statements without a known speaker
    anonymous_count: int  # statements by unnamed sources
    countries: tuple[NamedCount, ...]  # statements by country code, the most first; "" is unknown
    speakers: tuple[NamedCount, ...]  # statements, the most first
    unquoted: tuple[str, ...]  # countries that act and are never quoted, those of the leading pairs first


def source_summary(tables: Tables) -> SourceSummary:
    """What the articles of a corpus rest on."""
    articles, quotes = tables.articles, tables.quotes
    known = quotes.dropna(subset="speaker_id")
    names = known.groupby("speaker_id", sort=False)["speaker_name"].first()
    pairs = ranked_pairs(articles, tables.events)["dyad"]
    acting = dict.fromkeys(code for pair in pairs for code in pair.split("-"))
    speaking = set(known["country_code"].dropna())
    return SourceSummary(
        article_count=len(articles),
        story_count=articles["story_id"].nunique(),
        outlets=most_frequent(articles["outlet"].dropna()),
        no_outlet_count=int(articles["outlet"].isna().sum()),
        undated_count=int(articles["published_date"].isna().sum()),
        reprint_share=1 - articles["story_id"].nunique() / len(articles),
        wire_share=float(is_wire(articles).mean()),
        statement_count=len(quotes),
        unknown_count=int(quotes["speaker_id"].isna().sum()),
        anonymous_count=int(known["is_anonymous"].sum()),
        countries=most_frequent(known["country_code"].fillna("")),
        speakers=most_frequent(known["speaker_id"].map(names)),
        unquoted=tuple(code for code in acting if code not in speaking),
    )


def is_wire(articles: DataFrame) -> Series:
    """Whether a news agency is the outlet or author, or is credited at either end of the text.

    A quote that names an agency in the middle of an article does not make it a wire story.
    """
    agency = re.compile("|".join(load_lexicon("findings/wire_agencies")["pattern"]))
    edges = articles["text"].str[:WIRE_CHARS] + " " + articles["text"].str[-WIRE_CHARS:]
    parts = articles["outlet"].fillna("") + " " + articles["author"].fillna("") + " " + edges
    return parts.map(lambda part: bool(agency.search(part)))


def spoken_sentence(summary: SourceSummary) -> str:
    """How much is quoted, from whom, and how much of it comes from unnamed sources."""
    return words("findings/sources", "spoken", summary, MOST_NAMED)


def repeated_sentence(summary: SourceSummary) -> str:
    """Outlets, reprints and agencies; of one article nothing can repeat another."""
    return words("findings/sources", "repeated", summary, MOST_NAMED)


def gaps_sentence(summary: SourceSummary, rejected_count: int) -> str:
    """What is missing, each gap by number or name."""
    return words("findings/sources", "gaps", summary, rejected_count, MOST_NAMED)
