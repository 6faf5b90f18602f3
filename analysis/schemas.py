"""Every table declared once: columns, types, ranges, key.

Missing means unknown; 0 means looked and found none. `start_char` and `end_char` are offsets into
`articles.text`, end exclusive. Ids derive from content, so two runs agree on them.
"""

import importlib
import sys
from typing import Final

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series


def pass_over_dask() -> None:
    """Keep pandera from importing `dask.dataframe`, half a second of every start."""
    if "dask.dataframe" not in sys.modules:
        sys.modules["dask.dataframe"] = None  # to import it now fails, as if it were not installed
        try:
            importlib.import_module("pandera.typing.dask")
        finally:
            del sys.modules["dask.dataframe"]


pass_over_dask()

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

ROOT_NAMES: Final = {
    "AGREE": "agreement",
    "CONSULT": "talks",
    "SUPPORT": "support in words",
    "CONCEDE": "concession in words",
    "COOPERATE": "cooperation",
    "AID": "aid",
    "RETREAT": "concession in deeds",
    "REQUEST": "demand",
    "ACCUSE": "accusation",
    "REJECT": "rejection",
    "THREATEN": "threat",
    "PROTEST": "protest",
    "SANCTION": "sanction",
    "MOBILIZE": "mobilisation",
    "COERCE": "coercion",
    "ASSAULT": "assault",
}
"""What a reader calls each event type."""

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
DIRECTIONS: Final = ("up", "down", "no clear change", "not compared")
ALERT_KINDS: Final = ("rise", "easing", "spike", "new rung", "early report", "announced")


class Table(pa.DataFrameModel):
    """Common settings: no unknown column passes, and types are coerced."""

    class Config:
        strict = True
        coerce = True


class Articles(Table):
    """One row per article."""

    article_id: Series[str] = pa.Field(unique=True, str_matches=r"^[0-9a-f]{16}$")
    story_id: Series[str]  # reprints of one story share it: the least article_id among them
    title: Series[str] = pa.Field(nullable=True)
    published_date: Series[pa.DateTime] = pa.Field(nullable=True)  # a day, without zone
    outlet: Series[str] = pa.Field(nullable=True)
    author: Series[str] = pa.Field(nullable=True)
    url: Series[str] = pa.Field(nullable=True)
    note: Series[str] = pa.Field(nullable=True)  # the analyst's, or whence the date is
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
    status: Series[str] = pa.Field(isin=STATUSES)  # historical also by the article's date: `history`
    reported_by: Series[str] = pa.Field(nullable=True)  # speaker_id; missing: the article itself says so
    probability: Series[float] = pa.Field(ge=0, le=1)
    rule: Series[str]
    source_sponsor_code: Series[str] = pa.Field(nullable=True)  # the state that the text says backs the group
    target_sponsor_code: Series[str] = pa.Field(nullable=True)
    year: Series[pa.Int64] = pa.Field(nullable=True)  # in which the text says that it was done


class Topics(Table):
    """One row per sentence and topic."""

    article_id: Series[str]
    start_char: Series[int] = pa.Field(ge=0)  # the sentence
    end_char: Series[int] = pa.Field(ge=0)
    dimension: Series[str] = pa.Field(isin=DIMENSIONS)
    topic: Series[str]
    weight: Series[float] = pa.Field(gt=0, le=1)  # share of its dimension; the encoder may leave a rest
    matched: Series[str]  # the words that decided, joined by "; "

    class Config:
        strict = True
        coerce = True
        unique = ["article_id", "start_char", "dimension", "topic"]  # noqa: RUF012


class Indicators(Table):
    """One row per indicator, subject and period."""

    indicator: Series[str]
    dyad: Series[
        str
    ]  # "CHN-USA", whoever acts; "USA>CHN", the first on the second; "world"; a country's code
    period: Series[str]  # "all", or the first day of the period, ISO 8601
    value: Series[float] = pa.Field(nullable=True)  # missing where nothing was found
    low: Series[float] = pa.Field(nullable=True)  # 95% interval
    high: Series[float] = pa.Field(nullable=True)
    event_count: Series[int] = pa.Field(ge=0)  # for a share of stories: the stories that match
    article_count: Series[int] = pa.Field(ge=0)
    story_count: Series[int] = pa.Field(ge=0)  # for a value per story: all stories read

    class Config:
        strict = True
        coerce = True
        unique = ["indicator", "dyad", "period"]  # noqa: RUF012


class Contributions(Table):
    """One row per event and value of an indicator: the parts add up to the value."""

    event_id: Series[str]
    indicator: Series[str]
    dyad: Series[str]
    period: Series[str]
    contribution: Series[float]

    class Config:
        strict = True
        coerce = True
        unique = ["event_id", "indicator", "dyad"]  # noqa: RUF012


class PairThemes(Table):
    """One row per pair of countries and theme of the sentences their acts stand in."""

    dyad: Series[str]
    topic: Series[str]
    event_count: Series[int] = pa.Field(gt=0)  # acts whose sentence has the theme, among others perhaps
    event_weight: Series[float] = pa.Field(gt=0)  # acts, shared among the themes of their sentences
    conflict_weight: Series[float] = pa.Field(ge=0)  # hostile acts among them; a demand is none
    hostile_intensity: Series[float] = pa.Field(ge=0)  # of these, added up without its sign
    mean_intensity: Series[float] = pa.Field(ge=-10, le=10)

    class Config:
        strict = True
        coerce = True
        unique = ["dyad", "topic"]  # noqa: RUF012


class StancesBesideActs(Table):
    """One row per directed pair: what speakers of the first country think of the second, and what it does."""

    dyad: Series[str] = pa.Field(unique=True)  # "USA>CHN"
    mean_stance: Series[float] = pa.Field(ge=-1, le=1, nullable=True)  # missing where nobody took a stance
    stance_low: Series[float] = pa.Field(nullable=True)  # 95% interval
    stance_high: Series[float] = pa.Field(nullable=True)
    stance_count: Series[int] = pa.Field(ge=0)
    speaker_count: Series[int] = pa.Field(ge=0)
    mean_intensity: Series[float] = pa.Field(ge=-10, le=10, nullable=True)  # missing where nothing was done
    intensity_low: Series[float] = pa.Field(nullable=True)
    intensity_high: Series[float] = pa.Field(nullable=True)
    event_count: Series[int] = pa.Field(ge=0)
    agreement: Series[str] = pa.Field(isin=("agree", "disagree", "not compared"))


class Changes(Table):
    """One row per indicator and subject, set against the same in an earlier period or briefing."""

    indicator: Series[str]
    dyad: Series[str]
    period: Series[str]
    before_period: Series[str]
    value: Series[float] = pa.Field(nullable=True)
    before_value: Series[float] = pa.Field(nullable=True)
    change: Series[float] = pa.Field(nullable=True)  # value less before_value
    low: Series[float] = pa.Field(nullable=True)  # 95% interval of the change
    high: Series[float] = pa.Field(nullable=True)
    story_count: Series[int] = pa.Field(ge=0)
    before_story_count: Series[int] = pa.Field(ge=0)
    direction: Series[str] = pa.Field(isin=DIRECTIONS)
    reason: Series[str]  # what moved it, or why nothing can be said
    article_ids: Series[str]  # the articles that moved it, the most first, joined by a space

    class Config:
        strict = True
        coerce = True
        unique = ["indicator", "dyad", "period"]  # noqa: RUF012


class Spikes(Table):
    """One row per stretch of periods in which a pair was far more hostile than it usually is."""

    dyad: Series[str]
    start_period: Series[str]
    end_period: Series[str]
    peak_period: Series[str]
    hostile_weight: Series[float] = pa.Field(ge=0)  # of the peak; a bombing weighs near 1
    usual_weight: Series[float] = pa.Field(gt=0)  # of the pair's other periods
    surprise_score: Series[float] = pa.Field(gt=0)  # about a number of standard deviations
    story_count: Series[int] = pa.Field(gt=0)
    proxy_story_count: Series[int] = pa.Field(ge=0)  # whose worst act is by a group one side is said to back
    event_ids: Series[str]  # of the peak, joined by a space

    class Config:
        strict = True
        coerce = True
        unique = ["dyad", "peak_period"]  # noqa: RUF012


class ChangePoints(Table):
    """One row per period in which a long series goes over to another level."""

    indicator: Series[str]
    dyad: Series[str]
    period: Series[str]  # the first of the new level
    before_mean: Series[float]
    after_mean: Series[float]

    class Config:
        strict = True
        coerce = True
        unique = ["indicator", "dyad", "period"]  # noqa: RUF012


class Alerts(Table):
    """One row per thing that wants an analyst's eye in the latest period."""

    dyad: Series[str]
    period: Series[str]
    kind: Series[str] = pa.Field(isin=ALERT_KINDS)
    outlook: Series[str] = pa.Field(isin=("risk", "opportunity"))
    line: Series[str]  # one sentence
    story_count: Series[int] = pa.Field(gt=0)
    article_ids: Series[str]  # joined by a space

    class Config:
        strict = True
        coerce = True
        unique = ["dyad", "period", "kind", "outlook"]  # noqa: RUF012


class Agreements(Table):
    """One row per two measures set side by side over their common periods."""

    first: Series[str]
    second: Series[str]
    period_count: Series[int] = pa.Field(ge=0)
    rank_correlation: Series[float] = pa.Field(ge=-1, le=1, nullable=True)
    low: Series[float] = pa.Field(ge=-1, le=1, nullable=True)  # 95% interval
    high: Series[float] = pa.Field(ge=-1, le=1, nullable=True)
    move_count: Series[int] = pa.Field(ge=0)  # steps in which both moved
    same_count: Series[int] = pa.Field(ge=0)  # of these, the same way
    opposite_periods: Series[str]  # those in which they moved apart, joined by a space

    class Config:
        strict = True
        coerce = True
        unique = ["first", "second"]  # noqa: RUF012


class Crises(Table):
    """One row per known crisis of a pair of countries, and how strongly a corpus shows it."""

    dyad: Series[str]
    start_period: Series[str]  # first and last week in which it is known to have been worst
    end_period: Series[str]
    week_rank: Series[pa.Int64] = pa.Field(ge=1, nullable=True)  # of its worst week among the pair's weeks
    spike_rank: Series[pa.Int64] = pa.Field(ge=1, nullable=True)  # among all spikes; missing: it is none
    story_count: Series[int] = pa.Field(ge=0)  # stories of a hostile act in the worst of these weeks

    class Config:
        strict = True
        coerce = True
        unique = ["dyad", "start_period"]  # noqa: RUF012


class SpikeItems(Table):
    """One row per hostile act behind a spike."""

    dyad: Series[str]
    peak_period: Series[str]
    event_id: Series[str]
    published_date: Series[str]  # ISO 8601
    path: Series[str]  # file:line in the folder of corpora
    source_name: Series[str]
    source_country_code: Series[str] = pa.Field(nullable=True)  # its own, missing for a group without one
    target_country_code: Series[str]
    sponsor_code: Series[str] = pa.Field(nullable=True)  # of the pair, where a group that it backs acts
    is_sponsor_in_article: Series[bool]  # by the article itself; else by others
    root: Series[str] = pa.Field(isin=ROOTS)
    text: Series[str] = pa.Field(nullable=True)  # the sentence; missing where the corpus is not at hand

    class Config:
        strict = True
        coerce = True
        unique = ["dyad", "peak_period", "event_id"]  # noqa: RUF012


class Durations(Table):
    """One row per stretch of work, timed."""

    work: Series[str] = pa.Field(unique=True)
    item_count: Series[int] = pa.Field(ge=0)
    duration_seconds: Series[float] = pa.Field(ge=0)  # of one core
    limit_seconds: Series[float] = pa.Field(gt=0)


class Checks(Table):
    """One row per figure that was known before, and what was found."""

    exhibit: Series[str]
    subject: Series[str]
    expected: Series[str]
    found: Series[str]
    is_within: Series[bool]
    reason: Series[str]  # of a difference; "" where there is none

    class Config:
        strict = True
        coerce = True
        unique = ["exhibit", "subject"]  # noqa: RUF012


class MeasuredRates(Table):
    """One row per question that a pass answers: how often it is right, from 0 to 1."""

    measure: Series[str] = pa.Field(unique=True)
    rules_score: Series[float] = pa.Field(ge=0, le=1)
    encoder_score: Series[float] = pa.Field(ge=0, le=1)
    low: Series[float] = pa.Field(ge=0, le=1, nullable=True)  # 95% interval of encoder_score, where known
    high: Series[float] = pa.Field(ge=0, le=1, nullable=True)


class ClassScores(Table):
    """One row per class of a pass: F1 from 0 to 1."""

    family: Series[str] = pa.Field(isin=("root", "section"))
    name: Series[str]
    rules_score: Series[float] = pa.Field(ge=0, le=1, nullable=True)
    encoder_score: Series[float] = pa.Field(ge=0, le=1, nullable=True)

    class Config:
        strict = True
        coerce = True
        unique = ["family", "name"]  # noqa: RUF012


class RiskMatches(Table):
    """One row per article: whether it speaks of geopolitical risk, and through which words."""

    article_id: Series[str] = pa.Field(unique=True)
    is_threat: Series[bool]  # queries of categories 1 to 5
    is_act: Series[bool]  # 6 to 8
    is_excluded: Series[bool]  # a word such as *anniversary* or *film* stands in it
    matched: Series[str]  # the pairs of words that decided, by query


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


class Corrections(Table):
    """One row per decision of an analyst that overrules the program: a line of seeds/corrections.csv."""

    line: Series[int] = pa.Field(ge=0)  # in the file
    table: Series[str] = pa.Field(isin=("articles", "quotes", "events", "topics"))
    id: Series[str]  # of the row that is overruled; of a topic, its sentence's
    field: Series[str]
    old: Series[str]  # what the program said; "" is unknown, or none
    new: Series[str]
    note: Series[str]  # why
    made_by: Series[str]
    made_on: Series[str]  # ISO 8601
    problem: Series[str]  # why it no longer fits and is left out; "" where it holds


class StoryMeasures(Table):
    """One row per story: the means of three measures of it, each missing where it has none."""

    story_id: Series[str] = pa.Field(unique=True)
    mean_tone: Series[float] = pa.Field(ge=-1, le=1, nullable=True)  # TextBlob polarity of its statements
    mean_stance: Series[float] = pa.Field(ge=-1, le=1, nullable=True)  # of its speakers, undecided left out
    mean_intensity: Series[float] = pa.Field(ge=-10, le=10, nullable=True)  # of its acts between countries


def wrong_value(error: Exception) -> str:
    """Why a stored table breaks its schema, by its first wrong cell: "value[3] is 'abc'".

    Args:
        error: of pandera; of any other the message, on one line.
    """
    cases = getattr(error, "failure_cases", None)
    if not isinstance(cases, pd.DataFrame) or cases.empty:
        return " ".join(str(error).split())[:200]
    case = cases.iloc[0]
    column = case.get("column") or getattr(getattr(error, "schema", None), "name", None) or "a column"
    return f"{column}[{case['index']}] is {case['failure_case']!r}"
