"""Every table declared once: columns, types, ranges, key.

Missing means unknown; 0 means looked and found none. `start_char` and `end_char` are offsets into
`articles.text`, end exclusive. Ids derive from content, so two runs agree on them.
"""

from typing import Final

import pandera.pandas as pa
from pandera.typing.pandas import Series

ROOTS: Final = (
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
)
"""The 16 PLOVER event types. Source: PLOVER codebook (OEDA), February 2024."""

QUADS: Final = {
    "AGREE": 1,
    "CONSULT": 1,
    "SUPPORT": 1,
    "CONCEDE": 1,
    "COOPERATE": 2,
    "AID": 2,
    "RETREAT": 2,
    "REQUEST": 3,
    "ACCUSE": 3,
    "REJECT": 3,
    "THREATEN": 3,
    "PROTEST": 4,
    "SANCTION": 4,
    "MOBILIZE": 4,
    "COERCE": 4,
    "ASSAULT": 4,
}
"""Quad class of each root: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material
conflict. Source: PLOVER codebook (OEDA), February 2024."""

QUAD_NAMES: Final = {
    1: "verbal cooperation",
    2: "material cooperation",
    3: "verbal conflict",
    4: "material conflict",
}

STATUSES: Final = ("past", "ongoing", "future", "hypothetical", "negated", "historical")
ACT_STATUSES: Final = ("past", "ongoing")
"""Statuses that count as something done; the others are announced, imagined, denied or long over."""

QUOTE_KINDS: Final = ("direct", "partial", "indirect")
CUE_STANCES: Final = ("neutral", "assertive", "doubtful", "admitting", "warning", "intending", "believing")
ACTOR_KINDS: Final = ("country", "person", "organisation", "bloc", "armed group", "other")
DIMENSIONS: Final = ("theme", "theatre")


class Table(pa.DataFrameModel):
    """Common settings: no unknown column passes, and types are coerced."""

    class Config:
        strict = True
        coerce = True


class Articles(Table):
    """One row per article."""

    article_id: Series[str] = pa.Field(unique=True, str_matches=r"^[0-9a-f]{16}$")
    story_id: Series[str]  # copies of one wire story share it; the article's own id until reprints are found
    title: Series[str] = pa.Field(nullable=True)
    published_date: Series[pa.DateTime] = pa.Field(nullable=True)  # a day, without zone
    outlet: Series[str] = pa.Field(nullable=True)
    author: Series[str] = pa.Field(nullable=True)
    url: Series[str] = pa.Field(nullable=True)
    note: Series[str] = pa.Field(nullable=True)  # the analyst's, from seeds/metadata.csv
    path: Series[str]  # file, or file:line, under seeds/
    word_count: Series[int] = pa.Field(ge=0)
    text: Series[str]


class Rejected(Table):
    """One row per file or record that could not be read."""

    path: Series[str]  # file, or file:line, under seeds/
    reason: Series[str]


class Sentences(Table):
    """One row per sentence."""

    sentence_id: Series[str] = pa.Field(unique=True)  # article_id:start_char
    article_id: Series[str]
    start_char: Series[int] = pa.Field(ge=0)
    end_char: Series[int] = pa.Field(ge=0)
    paragraph: Series[int] = pa.Field(ge=0)  # counts from 0, blank lines left out
    text: Series[str]


class Quotes(Table):
    """One row per attribution: somebody is said to have said, thought or wanted something."""

    quote_id: Series[str] = pa.Field(unique=True)  # article_id:start_char:end_char
    article_id: Series[str]
    start_char: Series[int] = pa.Field(ge=0)  # first character of the content
    end_char: Series[int] = pa.Field(ge=0)  # one past the last character of the content
    content_spans: Series[str] = pa.Field(str_matches=r"^\d+-\d+( \d+-\d+)*$")  # "12-40 61-90"
    text: Series[str]  # the content, its pieces joined by " ... "
    kind: Series[str] = pa.Field(isin=QUOTE_KINDS)
    cue: Series[str] = pa.Field(nullable=True)  # lemma of the reporting word
    cue_start_char: Series[pa.Int64] = pa.Field(nullable=True)
    cue_end_char: Series[pa.Int64] = pa.Field(nullable=True)
    cue_stance: Series[str] = pa.Field(isin=CUE_STANCES, nullable=True)
    speaker_start_char: Series[pa.Int64] = pa.Field(nullable=True)
    speaker_end_char: Series[pa.Int64] = pa.Field(nullable=True)
    speaker_id: Series[str] = pa.Field(nullable=True)  # missing: nobody is named, and none is invented
    speaker_name: Series[str] = pa.Field(nullable=True)
    role: Series[str] = pa.Field(nullable=True)
    affiliation: Series[str] = pa.Field(nullable=True)
    country_code: Series[str] = pa.Field(nullable=True, str_matches=r"^[A-Z]{3}$")  # ISO 3166-1 alpha-3
    is_anonymous: Series[bool]
    anonymity_note: Series[str] = pa.Field(nullable=True)  # the condition as the text states it
    probability: Series[float] = pa.Field(ge=0, le=1)  # that the speaker is right
    rule: Series[str]  # which rule decided
    tone_score: Series[float] = pa.Field(ge=-1, le=1)  # TextBlob polarity of the content
    subjectivity_score: Series[float] = pa.Field(ge=0, le=1)  # TextBlob subjectivity of the content


class Stances(Table):
    """One row per target that a speaker mentions in a quote."""

    stance_id: Series[str] = pa.Field(unique=True)  # quote_id:start_char
    quote_id: Series[str]
    article_id: Series[str]
    start_char: Series[int] = pa.Field(ge=0)  # the target's mention
    end_char: Series[int] = pa.Field(ge=0)
    target_id: Series[str]
    target_name: Series[str]
    target_country_code: Series[str] = pa.Field(nullable=True)
    label: Series[pa.Int64] = pa.Field(isin=(-1, 0, 1), nullable=True)  # missing where the method abstains
    score: Series[float] = pa.Field(ge=-1, le=1)
    is_abstained: Series[bool]


class Events(Table):
    """One row per coded relation: who does what to whom, in one clause."""

    event_id: Series[str] = pa.Field(unique=True)  # article_id:trigger_start_char:source_id>target_id
    article_id: Series[str]
    start_char: Series[int] = pa.Field(ge=0)  # the evidence: the sentence
    end_char: Series[int] = pa.Field(ge=0)
    trigger_start_char: Series[int] = pa.Field(ge=0)  # the word that carries the act
    trigger_end_char: Series[int] = pa.Field(ge=0)
    source_id: Series[str]
    source_name: Series[str]
    source_country_code: Series[str] = pa.Field(nullable=True)
    source_kind: Series[str] = pa.Field(isin=ACTOR_KINDS)
    target_id: Series[str]
    target_name: Series[str]
    target_country_code: Series[str] = pa.Field(nullable=True)
    target_kind: Series[str] = pa.Field(isin=ACTOR_KINDS)
    root: Series[str] = pa.Field(isin=ROOTS)
    mode: Series[str] = pa.Field(nullable=True)  # PLOVER mode, where the words decide it
    context: Series[str] = pa.Field(nullable=True)  # PLOVER context, where the words decide it
    quad: Series[int] = pa.Field(isin=(1, 2, 3, 4))
    intensity: Series[float] = pa.Field(ge=-10, le=10)  # -10 most conflictual, +10 most cooperative
    status: Series[str] = pa.Field(isin=STATUSES)
    reported_by: Series[str] = pa.Field(nullable=True)  # speaker_id; missing: the article itself says so
    probability: Series[float] = pa.Field(ge=0, le=1)
    rule: Series[str]


class Topics(Table):
    """One row per sentence and topic."""

    article_id: Series[str]
    start_char: Series[int] = pa.Field(ge=0)  # the sentence
    end_char: Series[int] = pa.Field(ge=0)
    dimension: Series[str] = pa.Field(isin=DIMENSIONS)
    topic: Series[str]
    weight: Series[float] = pa.Field(gt=0, le=1)  # share of the sentence's matched weight in its dimension
    matched: Series[str]  # the words that decided, joined by "; "

    class Config:
        strict = True
        coerce = True
        unique = ["article_id", "start_char", "dimension", "topic"]  # noqa: RUF012


class Indicators(Table):
    """One row per indicator, pair and period."""

    indicator: Series[str]
    dyad: Series[str]  # "CHN-USA", in alphabetical order
    period: Series[str]  # "all", or the first day of the period, ISO 8601
    value: Series[float] = pa.Field(nullable=True)  # missing where nothing was found
    low: Series[float] = pa.Field(nullable=True)  # 95% interval
    high: Series[float] = pa.Field(nullable=True)
    event_count: Series[int] = pa.Field(ge=0)
    article_count: Series[int] = pa.Field(ge=0)
    story_count: Series[int] = pa.Field(ge=0)

    class Config:
        strict = True
        coerce = True
        unique = ["indicator", "dyad", "period"]  # noqa: RUF012


class DiscoveredTopics(Table):
    """One row per article and topic that the corpus itself suggests, beside the fixed taxonomy."""

    article_id: Series[str]
    topic_id: Series[str] = pa.Field(str_matches=r"^D\d+$")  # kept from run to run
    terms: Series[str]  # the topic's strongest words, joined by ", "
    weight: Series[float] = pa.Field(gt=0, le=1)  # share of the article

    class Config:
        strict = True
        coerce = True
        unique = ["article_id", "topic_id"]  # noqa: RUF012
