"""Whom the articles rest on: who is quoted, how many without a name, what is reprinted, who is silent."""

import re
from dataclasses import dataclass

from pandas import DataFrame, Series

from analysis.country_names import country_in_sentence
from analysis.findings.answers import counted, listed
from analysis.indicators.pair_ranking import ranked_pairs
from analysis.lexicons import load_lexicon
from analysis.phrasing import percent
from analysis.pipeline.analyse import Tables

MOST_NAMED = 5
WIRE_CHARS = 200  # of the beginning and the end of a text, where an agency is named


@dataclass(frozen=True)
class SourceSummary:
    """Counts of what the articles rest on."""

    article_count: int
    story_count: int
    outlets: tuple[tuple[str, int], ...]  # name and articles, the most first
    no_outlet_count: int  # articles
    undated_count: int  # articles
    reprint_share: float  # of articles that repeat a story read already
    wire_share: float  # of articles that name an agency as their outlet, author or source
    statement_count: int
    unknown_count: int  # statements without a known speaker
    anonymous_count: int  # statements of sources without a name
    countries: tuple[tuple[str, int], ...]  # code and statements, the most first; "" is unknown
    speakers: tuple[tuple[str, int], ...]  # name and statements, the most first
    silent: tuple[str, ...]  # countries of the pairs of which nobody speaks, those of the leading pairs first


def source_summary(tables: Tables) -> SourceSummary:
    """Whom the articles of a corpus rest on."""
    articles, quotes = tables.articles, tables.quotes
    named = quotes.dropna(subset="speaker_id")
    names = named.groupby("speaker_id", sort=False)["speaker_name"].first()
    pairs = ranked_pairs(articles, tables.events)["dyad"]
    acting = dict.fromkeys(code for pair in pairs for code in pair.split("-"))
    speaking = set(named["country_code"].dropna())
    return SourceSummary(
        article_count=len(articles),
        story_count=articles["story_id"].nunique(),
        outlets=tallied(articles["outlet"].dropna()),
        no_outlet_count=int(articles["outlet"].isna().sum()),
        undated_count=int(articles["published_date"].isna().sum()),
        reprint_share=1 - articles["story_id"].nunique() / len(articles),
        wire_share=float(is_wire(articles).mean()),
        statement_count=len(quotes),
        unknown_count=int(quotes["speaker_id"].isna().sum()),
        anonymous_count=int(named["is_anonymous"].sum()),
        countries=tallied(named["country_code"].fillna("")),
        speakers=tallied(named["speaker_id"].map(names)),
        silent=tuple(code for code in acting if code not in speaking),
    )


def tallied(names: Series) -> tuple[tuple[str, int], ...]:
    """Each name with its count, the most frequent first, ties in their order."""
    counts = names.value_counts(sort=False).sort_values(ascending=False, kind="stable")
    return tuple((str(name), int(count)) for name, count in counts.items())


def is_wire(articles: DataFrame) -> Series:
    """Whether an agency stands as outlet or author, or at the edge of the text.

    A quote that names an agency in the middle of an article does not make it a wire story.
    """
    agency = re.compile("|".join(load_lexicon("findings/wire_agencies")["pattern"]))
    edges = articles["text"].str[:WIRE_CHARS] + " " + articles["text"].str[-WIRE_CHARS:]
    parts = articles["outlet"].fillna("") + " " + articles["author"].fillna("") + " " + edges
    return parts.map(lambda part: bool(agency.search(part)))


def spoken_sentence(summary: SourceSummary) -> str:
    """How much is quoted, of whom, and how much of it has no name behind it."""
    count, unknown, hidden = summary.statement_count, summary.unknown_count, summary.anonymous_count
    if not count:
        return "Nobody is quoted."
    first = f"{counted(count, 'statement')} {'is' if count == 1 else 'are'} quoted or reported"
    if unknown == count:
        return f"{first}, none of them with a known speaker."
    without = f", {unknown:,} of them without a known speaker" if unknown else ""
    countries = [(code, told) for code, told in summary.countries if code][:MOST_NAMED]
    by_country = [f"{country_in_sentence(code)} ({told:,})" for code, told in countries]
    by_country += [f"no known country ({told:,})" for code, told in summary.countries if not code]
    most = [f"{name} ({told:,})" for name, told in summary.speakers[:MOST_NAMED]]
    share = f"{hidden:,} ({percent(hidden / (count - unknown))}) {'comes' if hidden == 1 else 'come'}"
    nameless = f"{share} from sources without a name, which cannot be asked again."
    return (
        f"{first}{without}. By country of the speaker: {listed(by_country)}. The most quoted: "
        f"{listed(most)}. {nameless if hidden else 'None come from sources without a name.'}"
    )


def repeated_sentence(summary: SourceSummary) -> str:
    """Outlets, reprints and agencies; of one article nothing can repeat another."""
    names = [f"{name} ({count})" for name, count in summary.outlets[:MOST_NAMED]]
    more = len(summary.outlets) - len(names)
    told = [*names, *([f"{more} more"] if more else [])]
    first = f"The outlets, with their articles: {listed(told)}." if told else "No outlet is named."
    if summary.article_count == 1:
        return f"{first} One article rests on one newsroom, whatever it quotes."
    shares = (summary.reprint_share, summary.wire_share)
    repeating, by_wire = map(percent, shares)
    return (
        f"{first} Of the articles, {repeating} repeat a story read already, and {by_wire} name a news agency "
        "that is known here."
    )


def gaps_sentence(summary: SourceSummary, rejected: int) -> str:
    """What is missing, each gap by number or name."""
    acting = [country_in_sentence(code) for code in summary.silent]
    if len(acting) > MOST_NAMED + 1:
        acting = [*acting[:MOST_NAMED], f"{len(acting) - MOST_NAMED} more countries"]
    silent = [f"of {listed(acting)}, told to have a part in acts, nobody is quoted"] if acting else []
    counts = (
        (summary.no_outlet_count, "article", " without a known outlet"),
        (summary.undated_count, "article", " without a date, left out of every comparison by time"),
        (rejected, "item", " rejected, for what the page on the corpus says"),
    )
    gaps = silent + [f"{counted(count, noun)}{rest}" for count, noun, rest in counts if count]
    if not gaps:
        return "No gap shows: dates and outlets are known, and each side speaks."
    return f"Gaps: {'; '.join(gaps)}."
