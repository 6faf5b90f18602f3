"""The two sentences that answer a notebook's question, and their caveat, true of whatever was read."""

from dataclasses import dataclass
from typing import NamedTuple

from analysis.findings.sources import NamedCount, most_frequent
from analysis.findings.wording import words
from analysis.pipeline.analyse import Tables
from analysis.schemas import LAPSED

MOST_TOPICS = 4
MOST_QUOTED = 4


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
class SpeakerSummary:
    """Who speaks, and how openly."""

    speaker_count: int
    statement_count: int
    anonymous_count: int  # statements of unnamed sources
    most_quoted: tuple[NamedCount, ...]
    corrections: CorrectionCounts


def topic_answer(tables: Tables) -> Answer:
    """What the articles are about, and where."""
    return answer("topics", topic_summary(tables))


def speaker_answer(tables: Tables) -> Answer:
    """Who speaks, and how openly."""
    return answer("speakers", speaker_summary(tables))


def answer(template: str, summary: object) -> Answer:
    """A summary in words, by the template of its answer: two sentences, or one where nothing was found."""
    sentences = (words(f"findings/answers/{template}", form, summary) for form in ("first", "second"))
    return Answer(tuple(filter(None, sentences)), words(f"findings/answers/{template}", "caveat", summary))


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
        corrections=correction_counts(tables),
    )
