"""The two sentences that answer a notebook's question, and their caveat, true of whatever was read."""

from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd
from pandas import DataFrame

from analysis.findings.acts import NamedCount, most_frequent
from analysis.findings.pair_stories import leading_pairs
from analysis.findings.wording import words
from analysis.indicators.country_events import between_countries, dyads
from analysis.indicators.definitions import MINIMUM_STORIES
from analysis.pipeline.analyse import Tables
from analysis.schemas import ACT_STATUSES, LAPSED

MOST_TOPICS = 4
MOST_QUOTED = 4
LEAST_STATEMENTS = 2  # of a speaker whose mean tone is compared: one statement is no mean


class Answer(NamedTuple):
    """What a notebook says first."""

    sentences: tuple[str, ...]
    caveat: str


@dataclass(frozen=True)
class CorrectionCounts:
    """How many results an analyst corrected, and how many corrections no longer apply."""

    applied_count: int
    lapsed_count: int


@dataclass(frozen=True)
class TopicSummary:
    """What the articles are about, and where."""

    article_count: int
    sentence_count: int
    unmatched_count: int  # sentences without a word of the list of themes
    themes: tuple[NamedCount, ...]
    theatres: tuple[NamedCount, ...]
    corrections: CorrectionCounts


@dataclass(frozen=True)
class ToneExtremes:
    """Who has the highest and the lowest mean tone of those with two statements or more."""

    highest_name: str
    highest_score: float
    lowest_name: str
    lowest_score: float


@dataclass(frozen=True)
class SpeakerSummary:
    """Who speaks, how openly, and in what tone."""

    speaker_count: int
    statement_count: int
    anonymous_count: int  # statements of unnamed sources
    most_quoted: tuple[NamedCount, ...]
    tones: ToneExtremes | None  # None: too few speak twice or more
    corrections: CorrectionCounts


@dataclass(frozen=True)
class PairEvents:
    """The events of the pair to look at first."""

    pair: str
    total: int
    cooperative_count: int
    hostile_count: int
    demand_count: int
    announced_count: int
    other_count: int  # hypothetical, denied or long past


@dataclass(frozen=True)
class PairComparison:
    """The most hostile of the pairs that can be compared; `pair` is "" where none can."""

    minimum_stories: int
    comparable_count: int  # pairs
    pair: str = ""
    value: float = 0.0
    low: float = 0.0
    high: float = 0.0
    story_count: int = 0


@dataclass(frozen=True)
class TensionSummary:
    """Between which countries something happened, of what kind, and how it compares."""

    event_count: int
    pair_count: int
    leading: PairEvents | None  # None: no event between two countries
    comparison: PairComparison
    corrections: CorrectionCounts


def topic_answer(tables: Tables) -> Answer:
    """What the articles are about, and where."""
    return answer("topics", topic_summary(tables))


def speaker_answer(tables: Tables) -> Answer:
    """Who speaks, how openly, and in what tone."""
    return answer("speakers", speaker_summary(tables))


def tension_answer(tables: Tables, *, minimum_stories: int = MINIMUM_STORIES) -> Answer:
    """Between which countries something happened, of what kind, and what is only announced.

    Args:
        tables: a corpus.
        minimum_stories: a pair with acts in fewer is not compared.
    """
    return answer("tension", tension_summary(tables, minimum_stories))


def answer(template: str, summary: object) -> Answer:
    """A summary in words, by the template of its answer: two sentences, or one where nothing was found."""
    sentences = (words(f"findings/answers/{template}", form, summary) for form in ("first", "second"))
    return Answer(tuple(filter(None, sentences)), words(f"findings/answers/{template}", "caveat", summary))


def undated_sentence(articles: DataFrame) -> str:
    """How many articles are in no series over time; "" where all have a date."""
    undated = int(articles["published_date"].isna().sum())
    return words("findings/answers/undated", "sentence", undated, len(articles))


def correction_counts(tables: Tables) -> CorrectionCounts:
    rows = tables.corrections
    return CorrectionCounts(int((rows["problem"] == "").sum()), int((rows["standing"] == LAPSED).sum()))


def topic_summary(tables: Tables) -> TopicSummary:
    themes, theatres = (tables.topics[tables.topics["dimension"] == name] for name in ("theme", "theatre"))
    matched = themes[["article_id", "start_char"]].drop_duplicates()
    return TopicSummary(
        article_count=tables.sentences["article_id"].nunique(),
        sentence_count=len(tables.sentences),
        unmatched_count=len(tables.sentences) - len(matched),
        themes=most_frequent(themes["topic"], MOST_TOPICS),
        theatres=most_frequent(theatres["topic"], MOST_TOPICS),
        corrections=correction_counts(tables),
    )


def speaker_summary(tables: Tables) -> SpeakerSummary:
    known = tables.quotes.dropna(subset="speaker_id")
    names = known.groupby("speaker_id", sort=False)["speaker_name"].first()
    return SpeakerSummary(
        speaker_count=len(names),
        statement_count=len(known),
        anonymous_count=int(known["is_anonymous"].sum()),
        most_quoted=most_frequent(known["speaker_id"].map(names), MOST_QUOTED),
        tones=tone_extremes(known, names),
        corrections=correction_counts(tables),
    )


def tone_extremes(statements: DataFrame, names: pd.Series) -> ToneExtremes | None:
    """The highest and the lowest mean tone; None where fewer than two speakers can be compared.

    Args:
        statements: rows of `Quotes` that have a speaker.
        names: of each speaker, by `speaker_id`.
    """
    tone = statements.groupby("speaker_id")["tone_score"].agg(["mean", "size"])
    means = tone.loc[tone["size"] >= LEAST_STATEMENTS, "mean"]
    if len(means) < 2:
        return None
    high, low = means.idxmax(), means.idxmin()
    return ToneExtremes(names[high], float(means[high]), names[low], float(means[low]))


def tension_summary(tables: Tables, minimum_stories: int) -> TensionSummary:
    events = tables.events[between_countries(tables.events)]
    return TensionSummary(
        event_count=len(events),
        pair_count=dyads(events).nunique() if len(events) else 0,
        leading=pair_events(tables, events) if len(events) else None,
        comparison=pair_comparison(tables, minimum_stories),
        corrections=correction_counts(tables),
    )


def pair_events(tables: Tables, events: DataFrame) -> PairEvents:
    """What the events of the pair to look at first are."""
    pair = leading_pairs(tables, most=1)[0]
    own = events[dyads(events) == pair]
    acts = own[own["status"].isin(ACT_STATUSES)]
    announced = int((own["status"] == "future").sum())
    return PairEvents(
        pair=pair,
        total=len(own),
        cooperative_count=int((acts["intensity"] > 0).sum()),
        hostile_count=int((acts["intensity"] < 0).sum()),
        demand_count=int((acts["intensity"] == 0).sum()),
        announced_count=announced,
        other_count=len(own) - len(acts) - announced,
    )


def comparable_shares(tables: Tables, minimum_stories: int) -> DataFrame:
    """The conflict shares that may be compared: `Indicators` rows over all articles."""
    whole = tables.indicators[tables.indicators["period"] == "all"]
    shares = whole[whole["indicator"] == "conflict_share"].dropna(subset="value")
    return shares[shares["story_count"] >= minimum_stories]


def pair_comparison(tables: Tables, minimum_stories: int) -> PairComparison:
    """Which pair is the most hostile, if enough stories were read to say so."""
    shares = comparable_shares(tables, minimum_stories)
    if shares.empty:
        return PairComparison(minimum_stories, 0)
    top = shares.sort_values(["value", "dyad"], ascending=[False, True]).iloc[0]
    return PairComparison(
        minimum_stories, len(shares), top["dyad"], top["value"], top["low"], top["high"], top["story_count"]
    )
