"""Every table, declared once: columns, types, ranges, key. One file, so that there is one place to look.

Missing means unknown; 0 means that there was a search and it found none. `start_char` and `end_char` are
offsets into `articles.text`, end exclusive. Ids derive from content, so two runs agree on them.
"""

import importlib
import sys
from typing import Final

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from analysis.table_checks import right_table


def import_without(missing: str, module: str) -> None:
    """Import a module of pandera as if a library that it supports were not installed; it is then loaded.

    pandera loads `dask.dataframe`, half a second, and `hypothesis`, a tenth, for what is not used here.
    """
    if missing in sys.modules:
        return
    sys.modules[missing] = None  # importing it now fails, as if it were not there
    try:
        importlib.import_module(module)
    finally:
        del sys.modules[missing]


import_without("dask.dataframe", "pandera.typing.dask")
import_without("hypothesis", "pandera.strategies.pandas_strategies")

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
"""What readers call each of the 16 PLOVER event types. Source: PLOVER codebook (OEDA), February 2024."""
ROOTS: Final = tuple(ROOT_NAMES)

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
"""Statuses that count as done; the others are announced, hypothetical, denied or long past."""

TURNS: Final = (
    *("truce", "taken back", "broken truce", "leader killed", "town taken"),
    *("ground war", "ultimatum", "pact", "extreme"),
)
INCIDENT_STATUSES: Final = ("done", "announced")

APPLIES, MOVED, CONFIRMED, REPLACED, LAPSED = "applies", "moved", "confirmed", "replaced", "lapsed"
STANDINGS: Final = (APPLIES, MOVED, CONFIRMED, REPLACED, LAPSED)
"""Whether a correction still applies: it does; it applies to the row that the rules now read at its place;
the program now says the same by itself; a later line replaces it; it no longer applies."""

QUOTE_KINDS: Final = ("direct", "partial", "indirect")
CUE_STANCES: Final = ("neutral", "assertive", "doubtful", "admitting", "warning", "intending", "believing")
ACTOR_KINDS: Final = ("country", "person", "organisation", "bloc", "armed group", "other")
DIMENSIONS: Final = ("theme", "theatre")
DIRECTIONS: Final = ("up", "down", "no clear change", "not compared")
TOO_FEW, NOTHING_FOUND, NO_INTERVAL = "too few stories", "nothing found", "no interval is known"
ONE_OUTLET = "one outlet wrote nine tenths of the stories"
OBSTACLES: Final = ("", TOO_FEW, NOTHING_FOUND, NO_INTERVAL, ONE_OUTLET)
"""Why two values are not compared; "" where they are."""
ALERT_KINDS: Final = ("rise", "easing", "spike", "new rung", "early report", "announced")


class Table(pa.DataFrameModel):
    """What all tables share: no unknown column, types are coerced, and no two rows have the same key."""

    class Config:
        strict = True
        coerce = True

    def __init_subclass__(cls, *, key: tuple[str, ...] = (), **settings: object) -> None:
        if key:
            cls.Config = type("Config", (Table.Config,), {"name": cls.__name__, "unique": list(key)})
        super().__init_subclass__(**settings)

    @classmethod
    def validate(cls, table: pd.DataFrame) -> pd.DataFrame:
        """A copy of a table with the declared types; pandera's errors name what is wrong with it."""
        found = right_table(table, cls)
        return super().validate(table) if found is None else found


class Articles(Table):
    """One row per article."""

    article_id: Series[str] = pa.Field(unique=True, str_matches=r"^[0-9a-f]{16}$")
    story_id: Series[str]  # shared by the reprints of a story: the lowest article_id among them
    title: Series[str] = pa.Field(nullable=True)
    published_date: Series[pa.DateTime] = pa.Field(nullable=True)  # a day, without zone
    outlet: Series[str] = pa.Field(nullable=True)
    author: Series[str] = pa.Field(nullable=True)
    url: Series[str] = pa.Field(nullable=True)
    note: Series[str] = pa.Field(nullable=True)  # by the analyst, or where the date comes from
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
    """One row per attribution: the text reports that somebody said, thought or wanted something."""

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
    speaker_id: Series[str] = pa.Field(nullable=True)  # missing where the text does not say who
    speaker_name: Series[str] = pa.Field(nullable=True)
    role: Series[str] = pa.Field(nullable=True)
    affiliation: Series[str] = pa.Field(nullable=True)
    country_code: Series[str] = pa.Field(nullable=True, str_matches=r"^[A-Z]{3}$")  # ISO 3166-1 alpha-3
    is_anonymous: Series[bool]
    anonymity_note: Series[str] = pa.Field(
        nullable=True
    )  # the condition for anonymity, as the text states it
    probability: Series[float] = pa.Field(ge=0, le=1)  # that the speaker is the right one
    rule: Series[str]  # the rule that decided
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


class TextEvents(Table):
    """One row per coded event, by its text alone: who does what to whom, in one clause."""

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
    status: Series[str] = pa.Field(
        isin=STATUSES
    )  # historical also by the article's date: `nlp.events.recency`
    reported_by: Series[str] = pa.Field(nullable=True)  # speaker_id; missing: the article itself says so
    probability: Series[float] = pa.Field(ge=0, le=1)
    rule: Series[str]
    source_sponsor_code: Series[str] = pa.Field(
        nullable=True
    )  # the state that sponsors the group, by this text
    target_sponsor_code: Series[str] = pa.Field(nullable=True)
    year: Series[pa.Int64] = pa.Field(nullable=True)  # of the act, where the text gives one
    trigger_lemma: Series[str]  # of the word that carries the act, in lower case: "strike"
    when: Series[str] = pa.Field(nullable=True)  # the words that date the act: "on Tuesday", "last week"
    place_name: Series[str] = pa.Field(
        nullable=True
    )  # where it happens, as named: "Rafah"; not a side's name
    killed_count: Series[pa.Int64] = pa.Field(ge=0, nullable=True)  # by this act, as its sentence counts them
    injured_count: Series[pa.Int64] = pa.Field(ge=0, nullable=True)  # likewise


class Events(TextEvents):
    """One row per coded event: who does what to whom, in one clause; when and where it was published."""

    published_date: Series[pa.DateTime] = pa.Field(nullable=True)  # of the article: a day, without zone
    outlet: Series[str] = pa.Field(nullable=True)  # of the article
    dyad: Series[str] = pa.Field(nullable=True)  # "CHN-USA", in alphabetical order; missing within a country


class Incidents(Table):
    """One row per thing that happened between two sides, or is announced, however many stories report it."""

    incident_id: Series[str] = pa.Field(unique=True)  # the event_id of its clearest report
    dyad: Series[str]  # "CHN-USA", in alphabetical order; of a bloc its code: "EUU-RUS"
    source_code: Series[str]  # who acts: country or bloc; of a joint act the first of the pair
    target_code: Series[str]  # who is acted on
    source_name: Series[str]  # as the clearest report has it: "Hamas"
    target_name: Series[str]  # whom it is done to, as the clearest report has it
    source_kind: Series[str] = pa.Field(isin=ACTOR_KINDS)
    target_kind: Series[str] = pa.Field(isin=ACTOR_KINDS)
    is_joint: Series[bool]  # both sides act: talks, an agreement, an exchange of fire
    is_by_proxy: Series[bool]  # a group acts that the source is said to sponsor
    root: Series[str] = pa.Field(isin=ROOTS)
    mode: Series[str] = pa.Field(nullable=True)  # how it was done, where that is known: "aerial"
    quad: Series[int] = pa.Field(isin=(1, 2, 3, 4))
    intensity: Series[float] = pa.Field(ge=-10, le=10)  # of its strongest report
    trigger_lemma: Series[str]  # of the word that carries the act in the clearest report: "strike"
    status: Series[str] = pa.Field(isin=INCIDENT_STATUSES)  # whether it has happened
    is_claim: Series[bool]  # only people of one side, or somebody unnamed, report it; no article itself does
    claimant_code: Series[str] = pa.Field(nullable=True)  # the side that claims it, where one does
    is_own_report: Series[bool]  # an article itself reports it, not only somebody whom it quotes
    is_denied: Series[bool]  # a text denies it
    is_news: Series[bool]  # whether a report is at the top of its article or dates it to the days before
    is_in_headline: Series[bool]  # whether a report of news is below a headline about the same two sides
    first_day: Series[pd.Timestamp] = pa.Field(nullable=True)  # when it happened, or is to happen
    last_day: Series[pd.Timestamp] = pa.Field(nullable=True)  # the last of these days, both included
    is_day_known: Series[bool]  # the text names the day; else it is the day of the first report
    first_reported: Series[pd.Timestamp] = pa.Field(nullable=True)  # day of the first article that reports it
    last_reported: Series[pd.Timestamp] = pa.Field(nullable=True)  # day of the newest one
    place_name: Series[str] = pa.Field(nullable=True)  # where, in the words of the text
    killed_count: Series[pa.Int64] = pa.Field(ge=0, nullable=True)  # at least; the newest report with a toll
    injured_count: Series[pa.Int64] = pa.Field(ge=0, nullable=True)  # at least, as killed_count
    theme: Series[str] = pa.Field(nullable=True)  # of its sentences, most often
    turn: Series[str] = pa.Field(isin=TURNS, nullable=True)  # what makes it more than one act among others
    story_count: Series[int] = pa.Field(gt=0)  # stories that report it
    outlet_count: Series[int] = pa.Field(ge=0)  # named outlets that report it
    probability: Series[float] = pa.Field(ge=0, le=1)  # that at least one report is read rightly
    is_by_word: Series[bool]  # a word of some report carries the act; else the model alone reads it
    article_id: Series[str]  # of the clearest report
    start_char: Series[int] = pa.Field(ge=0)  # the sentence of the clearest report
    end_char: Series[int] = pa.Field(ge=0)
    article_ids: Series[str]  # joined by a space, the clearest report first
    event_ids: Series[str]  # joined by a space, the clearest report first


class CountryLevels(Table):
    """One row per country or bloc with an incident: how much conflict is reported of it."""

    country_code: Series[str] = pa.Field(unique=True)  # ISO 3166-1 alpha-3; of a bloc "EUU" or "NATO"
    conflict_weight: Series[float] = pa.Field(ge=0)  # of hostile incidents, 1 each for a bombing; either side
    incident_count: Series[int] = pa.Field(gt=0)  # hostile or not, done and not announced


class PairLevels(Table):
    """One row per pair of countries or blocs with an incident: how much conflict and cooperation it has."""

    dyad: Series[str] = pa.Field(unique=True)
    conflict_weight: Series[float] = pa.Field(ge=0)  # of hostile incidents, 1 each for a bombing
    cooperation_weight: Series[float] = pa.Field(ge=0)  # of cooperative incidents, 1 each for the strongest
    incident_count: Series[int] = pa.Field(gt=0)  # hostile or not, done and not announced


class Topics(Table, key=("article_id", "start_char", "dimension", "topic")):
    """One row per sentence and topic."""

    article_id: Series[str]
    start_char: Series[int] = pa.Field(ge=0)  # the sentence
    end_char: Series[int] = pa.Field(ge=0)
    dimension: Series[str] = pa.Field(isin=DIMENSIONS)
    topic: Series[str]
    weight: Series[float] = pa.Field(
        gt=0, le=1
    )  # share of its dimension; with the encoder they may add up to less than 1
    matched: Series[str]  # the words that decided, joined by "; "


class Indicators(Table, key=("indicator", "dyad", "period")):
    """One row per indicator, subject and period."""

    indicator: Series[str]
    # "CHN-USA", whoever acts; "USA>CHN", the first on the second; "world"; a country's code
    dyad: Series[str]
    period: Series[str]  # "all", or the first day of the period, ISO 8601
    value: Series[float] = pa.Field(nullable=True)  # missing where nothing was found
    low: Series[float] = pa.Field(nullable=True)  # 95% interval
    high: Series[float] = pa.Field(nullable=True)
    event_count: Series[int] = pa.Field(ge=0)  # of a share of stories: the stories that match
    article_count: Series[int] = pa.Field(ge=0)
    story_count: Series[int] = pa.Field(ge=0)  # of a value per story: all stories read


class Contributions(Table, key=("event_id", "indicator", "dyad")):
    """One row per event and indicator value that it is part of: the parts add up to the value."""

    event_id: Series[str]
    indicator: Series[str]
    dyad: Series[str]
    period: Series[str]
    contribution: Series[float]


class PairThemes(Table, key=("dyad", "topic")):
    """One row per pair of countries and theme: the themes of the sentences that report its acts."""

    dyad: Series[str]
    topic: Series[str]
    event_count: Series[int] = pa.Field(gt=0)  # acts whose sentence has the theme, perhaps among others
    event_weight: Series[float] = pa.Field(gt=0)  # acts, divided among the themes of their sentences
    conflict_weight: Series[float] = pa.Field(ge=0)  # of the hostile acts; a demand is not hostile
    hostile_intensity: Series[float] = pa.Field(ge=0)  # the sum of their intensities, without the sign
    mean_intensity: Series[float] = pa.Field(ge=-10, le=10)


class StancesBesideActs(Table):
    """One row per directed pair: what speakers of one country think of the other, and what it does to it."""

    dyad: Series[str] = pa.Field(unique=True)  # "USA>CHN"
    mean_stance: Series[float] = pa.Field(ge=-1, le=1, nullable=True)  # missing where nobody takes a stance
    stance_low: Series[float] = pa.Field(nullable=True)  # 95% interval
    stance_high: Series[float] = pa.Field(nullable=True)
    stance_count: Series[int] = pa.Field(ge=0)
    speaker_count: Series[int] = pa.Field(ge=0)
    mean_intensity: Series[float] = pa.Field(ge=-10, le=10, nullable=True)  # missing where nothing was done
    intensity_low: Series[float] = pa.Field(nullable=True)
    intensity_high: Series[float] = pa.Field(nullable=True)
    event_count: Series[int] = pa.Field(ge=0)
    agreement: Series[str] = pa.Field(isin=("agree", "disagree", "not compared"))


class ThemeShares(Table, key=("outlet", "period")):
    """One row per outlet and period in which it published: the share of its articles that have a theme."""

    outlet: Series[str]  # who published them; "" for all outlets together
    period: Series[str]  # "all", or the first day of the period, ISO 8601
    article_count: Series[int] = pa.Field(gt=0)  # articles of the outlet in the period
    theme_count: Series[int] = pa.Field(ge=0)  # articles among them with a sentence on the theme
    share: Series[float] = pa.Field(ge=0, le=1)  # `theme_count` divided by `article_count`
    low: Series[float] = pa.Field(ge=0, le=1)  # 95% interval
    high: Series[float] = pa.Field(ge=0, le=1)


class Partners(Table):
    """One row per country or bloc that a country has incidents with."""

    partner_code: Series[str] = pa.Field(unique=True)  # ISO 3166-1 alpha-3; for a bloc "EUU" or "NATO"
    hostile_count: Series[int] = pa.Field(ge=0)  # hostile incidents, done and not only announced
    cooperative_count: Series[int] = pa.Field(ge=0)  # likewise, cooperative ones
    announced_count: Series[int] = pa.Field(ge=0)  # announced incidents, hostile or not
    last_day: Series[pd.Timestamp] = pa.Field(nullable=True)  # day of the newest incident that is done


class StancePeriods(Table, key=("target", "period")):
    """One row per target and period: how often what a speaker says is for or against it."""

    target: Series[str]  # code of a country or bloc, or id of an armed group
    period: Series[str]  # "all", or the first day of the period, ISO 8601
    favourable_count: Series[int] = pa.Field(ge=0)  # stances for it
    unfavourable_count: Series[int] = pa.Field(ge=0)  # stances against it
    neutral_count: Series[int] = pa.Field(ge=0)  # stances that are neither
    undecided_count: Series[int] = pa.Field(ge=0)  # stances that the words do not settle
    story_count: Series[int] = pa.Field(gt=0)  # stories with these stances


class StanceChanges(Table):
    """One row per target: a speaker's mean stance in the earlier and the later half of the stories on it."""

    target: Series[str] = pa.Field(unique=True)  # as in `StancePeriods`
    split_date: Series[pd.Timestamp]  # the first day of the later half
    before_mean: Series[float] = pa.Field(ge=-1, le=1, nullable=True)  # missing if only one day
    after_mean: Series[float] = pa.Field(ge=-1, le=1)  # of the later half
    before_story_count: Series[int] = pa.Field(ge=0)  # stories of the earlier half
    after_story_count: Series[int] = pa.Field(gt=0)  # stories of the later half
    low: Series[float] = pa.Field(nullable=True)  # 95% interval of the later mean minus the earlier one
    high: Series[float] = pa.Field(nullable=True)
    direction: Series[str] = pa.Field(isin=DIRECTIONS)  # up: friendlier


class Changes(Table, key=("indicator", "dyad", "period")):
    """One row per indicator and subject, compared with an earlier period or briefing."""

    indicator: Series[str]
    dyad: Series[str]
    period: Series[str]
    before_period: Series[str]
    value: Series[float] = pa.Field(nullable=True)
    before_value: Series[float] = pa.Field(nullable=True)
    change: Series[float] = pa.Field(nullable=True)  # value minus before_value
    low: Series[float] = pa.Field(nullable=True)  # 95% interval of the change
    high: Series[float] = pa.Field(nullable=True)
    story_count: Series[int] = pa.Field(ge=0)
    before_story_count: Series[int] = pa.Field(ge=0)
    direction: Series[str] = pa.Field(isin=DIRECTIONS)
    obstacle: Series[str] = pa.Field(isin=OBSTACLES)
    reason: Series[str]  # what moved it, or why there is no direction
    article_ids: Series[str]  # the articles that moved it, the strongest first, joined by a space


class PeriodLevels(Table, key=("dyad", "window_start")):
    """One row per pair and window of days: the reporting period and the equally long ones before it."""

    dyad: Series[str]
    window_start: Series[pd.Timestamp]  # its first day
    window_end: Series[pd.Timestamp]  # its last day, included
    is_period: Series[bool]  # the reporting period; the others are its background
    hostile_weight: Series[float] = pa.Field(ge=0, nullable=True)  # a bombing near 1; missing: nothing read
    cooperative_weight: Series[float] = pa.Field(ge=0, nullable=True)  # the same for cooperative incidents
    incident_count: Series[pa.Int64] = pa.Field(ge=0, nullable=True)  # incidents that are done
    hostile_count: Series[pa.Int64] = pa.Field(ge=0, nullable=True)  # of these, hostile
    hostile_squares: Series[float] = pa.Field(ge=0, nullable=True)  # sum of each story's weight squared
    story_count: Series[int] = pa.Field(ge=0)  # all stories read in the window, about whichever pair


class PeriodMoves(Table):
    """One row per pair: how hostile the reporting period is, against what is usual for the pair."""

    dyad: Series[str] = pa.Field(unique=True)
    hostile_weight: Series[float] = pa.Field(ge=0, nullable=True)  # of the period
    usual_weight: Series[float] = pa.Field(ge=0, nullable=True)  # of as many stories in its background
    ratio: Series[float] = pa.Field(ge=0, nullable=True)  # missing where nothing hostile was usual
    low: Series[float] = pa.Field(ge=0, nullable=True)  # 95% interval of the ratio, for this pair alone
    high: Series[float] = pa.Field(ge=0, nullable=True)  # its upper end
    hostile_count: Series[int] = pa.Field(ge=0)  # hostile incidents in the period and its background
    window_count: Series[int] = pa.Field(ge=0)  # windows of the background in which something was read
    p_value: Series[float] = pa.Field(ge=0, le=1, nullable=True)  # two-sided, for this pair alone
    adjusted_p_value: Series[float] = pa.Field(ge=0, le=1, nullable=True)  # for all pairs compared
    direction: Series[str] = pa.Field(isin=DIRECTIONS)  # of hostility, or that it cannot be compared
    reason: Series[str]  # why it is not compared; "" where it is


class Spikes(Table, key=("dyad", "start_date")):
    """One row per stretch of days in which a pair was far more hostile than at all other times."""

    dyad: Series[str]
    kind: Series[str] = pa.Field(isin=("spike", "new level"))  # up to four weeks, or longer
    start_date: Series[str]  # of the first story with a hostile act, ISO 8601
    end_date: Series[str]  # of the last story with a hostile act
    peak_date: Series[str]  # the first of its seven heaviest days
    hostile_weight: Series[float] = pa.Field(ge=0)  # of these seven days; a bombing weighs near 1
    usual_weight: Series[float] = pa.Field(ge=0)  # of seven such days at all other times
    surprise_score: Series[float] = pa.Field(gt=0)  # of the whole, roughly in standard deviations
    story_count: Series[int] = pa.Field(gt=0)  # with a hostile act, of the whole
    proxy_story_count: Series[int] = pa.Field(ge=0)  # stories whose worst act is by a proxy of one side
    event_ids: Series[str]  # of the seven days, joined by a space


class ChangePoints(Table, key=("indicator", "dyad", "period")):
    """One row per period in which a long series moves to another level and stays there."""

    indicator: Series[str]
    dyad: Series[str]
    period: Series[str]  # the first of the new level
    before_mean: Series[float]
    after_mean: Series[float]


class Alerts(Table, key=("dyad", "period", "kind", "outlook")):
    """One row per development in the latest period that an analyst should look at."""

    dyad: Series[str]
    period: Series[str]
    kind: Series[str] = pa.Field(isin=ALERT_KINDS)
    outlook: Series[str] = pa.Field(isin=("risk", "opportunity"))
    line: Series[str]  # what happened, in one clause
    story_count: Series[int] = pa.Field(gt=0)
    article_ids: Series[str]  # joined by a space


class Agreements(Table, key=("first", "second")):
    """One row per two measures compared over the periods that both have."""

    first: Series[str]
    second: Series[str]
    period_count: Series[int] = pa.Field(ge=0)
    rank_correlation: Series[float] = pa.Field(ge=-1, le=1, nullable=True)
    low: Series[float] = pa.Field(ge=-1, le=1, nullable=True)  # 95% interval
    high: Series[float] = pa.Field(ge=-1, le=1, nullable=True)
    move_count: Series[int] = pa.Field(ge=0)  # steps from one period to the next in which both moved
    same_count: Series[int] = pa.Field(ge=0)  # of these, the same way
    opposite_periods: Series[str]  # in which they moved opposite ways, joined by a space


class Crises(Table, key=("dyad", "start_period")):
    """One row per known crisis of a pair of countries, and how strongly a corpus shows it."""

    dyad: Series[str]
    start_period: Series[str]  # first week of its known worst phase
    end_period: Series[str]  # last week of that phase
    week_rank: Series[pa.Int64] = pa.Field(
        ge=1, nullable=True
    )  # of its worst week among all weeks of the pair
    spike_rank: Series[pa.Int64] = pa.Field(
        ge=1, nullable=True
    )  # among all spikes; missing where it is not a spike
    story_count: Series[int] = pa.Field(ge=0)  # stories with a hostile act in the worst of these weeks


class KnownCrises(Table, key=("kind", "dyad", "start_date")):
    """One row per crisis of a year known from its news, and whether the series of its kind shows it."""

    kind: Series[str] = pa.Field(isin=("force", "political"))  # which series should show it
    dyad: Series[str]
    start_date: Series[pd.Timestamp]  # its first day
    end_date: Series[pd.Timestamp]  # its last day
    note: Series[str]  # what happened
    item_count: Series[int] = pa.Field(gt=0)  # news items that report it, by the list
    weight: Series[float] = pa.Field(ge=0)  # of its gravest seven days
    usual_weight: Series[float] = pa.Field(ge=0)  # the mean of seven days of the pair outside its crises
    story_count: Series[int] = pa.Field(ge=0)  # with an act of its kind, in its days
    is_found: Series[bool]  # whether the series shows it
    reason: Series[str]  # why it is not found; "" where it is


class CrisisRates(Table):
    """One row per kind of crisis: how many are found, and how many other weeks pass the same test."""

    kind: Series[str] = pa.Field(isin=("force", "political"), unique=True)  # which series
    found_count: Series[int] = pa.Field(ge=0)  # known crises that it shows
    crisis_count: Series[int] = pa.Field(gt=0)  # known crises
    other_week_count: Series[int] = pa.Field(ge=0)  # of all pairs, outside the crises that are known
    pair_count: Series[int] = pa.Field(ge=0)  # pairs with an act of the kind


class WorldAgreements(Table, key=("measure", "series")):
    """One row per series and published figure: how far the two agree."""

    measure: Series[str]  # what is compared with what, in words
    series: Series[str]  # ours, mentions, tone, or the published queries
    value: Series[float] = pa.Field(ge=-1, le=1)  # of the measure
    low: Series[float] = pa.Field(ge=-1, le=1)  # 95% interval, by bootstrap
    high: Series[float] = pa.Field(ge=-1, le=1)  # its upper end
    value_count: Series[int] = pa.Field(gt=0)  # pairs and weeks, or months


class FalseAlarms(Table, key=("corpus", "finding")):
    """One row per corpus and kind of finding: how often it is made when the dates are shuffled."""

    corpus: Series[str]  # what it is made of: "press releases"
    finding: Series[str] = pa.Field(isin=("spike", "change point"))  # what is found
    found_count: Series[int] = pa.Field(ge=0)  # spikes, or series with a change point
    searched: Series[float] = pa.Field(ge=0)  # years for spikes, series long enough for change points


class IntervalsHeld(Table):
    """One row per indicator: how often its 95% interval holds what it should."""

    indicator: Series[str] = pa.Field(unique=True)
    halves_inside_count: Series[int] = pa.Field(ge=0)  # differences of two random halves inside theirs
    halves_count: Series[int] = pa.Field(ge=0)  # such differences
    draws_inside_count: Series[int] = pa.Field(ge=0)  # intervals of drawn stories with the corpus's value
    draws_count: Series[int] = pa.Field(ge=0)  # such intervals


class SpikeItems(Table, key=("dyad", "peak_date", "event_id")):
    """One row per hostile act behind a spike."""

    dyad: Series[str]
    peak_date: Series[str]  # the first of the seven heaviest days of the spike
    event_id: Series[str]
    published_date: Series[str]  # ISO 8601
    path: Series[str]  # file:line in the folder of corpora
    source_name: Series[str]
    source_country_code: Series[str] = pa.Field(nullable=True)  # missing for a group without a country
    target_country_code: Series[str]
    sponsor_code: Series[str] = pa.Field(nullable=True)  # the country of the pair whose proxy acts
    is_sponsor_in_article: Series[bool]  # whether this article names the sponsor; else others do
    root: Series[str] = pa.Field(isin=ROOTS)
    text: Series[str] = pa.Field(nullable=True)  # the sentence; missing where the corpus is not available


class Durations(Table):
    """One row per timed task."""

    work: Series[str] = pa.Field(unique=True)
    item_count: Series[int] = pa.Field(ge=0)
    duration_seconds: Series[float] = pa.Field(ge=0)  # of one core
    limit_seconds: Series[float] = pa.Field(gt=0)


class Checks(Table, key=("exhibit", "dyad", "subject")):
    """One row per figure that was known in advance, and what was found."""

    exhibit: Series[str]
    dyad: Series[str]  # the pair that the figure is about; "" for none
    subject: Series[str]
    expected: Series[str]
    found: Series[str]
    is_within: Series[bool]
    reason: Series[str]  # for a difference; "" where there is none


class MeasuredRates(Table):
    """One row per question that an extractor answers: how often it is right, from 0 to 1."""

    measure: Series[str] = pa.Field(unique=True)
    rules_score: Series[float] = pa.Field(ge=0, le=1)
    encoder_score: Series[float] = pa.Field(ge=0, le=1)
    low: Series[float] = pa.Field(ge=0, le=1, nullable=True)  # 95% interval of encoder_score, where known
    high: Series[float] = pa.Field(ge=0, le=1, nullable=True)


class ClassScores(Table, key=("family", "name")):
    """One row per class that an extractor tells apart: F1 from 0 to 1."""

    family: Series[str] = pa.Field(isin=("root", "section"))
    name: Series[str]
    rules_score: Series[float] = pa.Field(ge=0, le=1, nullable=True)
    encoder_score: Series[float] = pa.Field(ge=0, le=1, nullable=True)


class RiskMatches(Table):
    """One row per article: whether it speaks of geopolitical risk, and through which words."""

    article_id: Series[str] = pa.Field(unique=True)
    is_threat: Series[bool]  # queries of categories 1 to 5
    is_act: Series[bool]  # 6 to 8
    is_excluded: Series[bool]  # it holds a word such as *anniversary* or *film*
    matched: Series[str]  # the pairs of words that matched, by query


class DiscoveredTopics(Table, key=("article_id", "topic_id")):
    """One row per article and topic that the corpus itself suggests, apart from the fixed taxonomy."""

    article_id: Series[str]
    topic_id: Series[str] = pa.Field(str_matches=r"^D\d+$")  # stable from run to run
    terms: Series[str]  # the topic's strongest words, joined by ", "
    weight: Series[float] = pa.Field(gt=0, le=1)  # share of the article


class Corrections(Table):
    """One row per correction by an analyst, replaced ones included: a line of seeds/corrections.csv."""

    line: Series[int] = pa.Field(ge=0)  # in the file
    table: Series[str] = pa.Field(isin=("articles", "quotes", "events", "topics"))
    id: Series[str]  # of the corrected row; for a topic, of its sentence; for an added row, its place
    field: Series[str]  # the column that is corrected; "add" or "drop" for a whole row
    old: Series[str]  # what the program said; "" for unknown or none
    new: Series[str]
    note: Series[str]  # why
    made_by: Series[str]
    made_on: Series[str]  # ISO 8601
    words: Series[str]  # words of the text: those of an added row, or the first ones of what was corrected
    standing: Series[str] = pa.Field(isin=STANDINGS)  # whether it still applies; "confirmed": not needed
    problem: Series[str]  # why it is not applied; "" if it is


class SearchHits(Table):
    """One row per article, title, sentence or statement that a search found, the best match first."""

    published_date: Series[pa.DateTime] = pa.Field(nullable=True)  # of the article
    outlet: Series[str] = pa.Field(nullable=True)
    title: Series[str] = pa.Field(nullable=True)
    text: Series[str]  # the passage that shows the match best; for a statement, only what is said
    speaker_name: Series[str] = pa.Field(nullable=True)  # who makes the statement, or speaks in the sentence
    passage: Series[str] = pa.Field(isin=("title", "sentence", "statement"))  # what kind of passage `text` is
    path: Series[str]  # file, or file:line, under seeds/
    article_id: Series[str]
    start_char: Series[int] = pa.Field(ge=0)  # where the passage begins in the article
    end_char: Series[int] = pa.Field(ge=0)
    score: Series[float] = pa.Field(nullable=True)  # BM25; missing if there are too many matches to rank
    text_marks: Series[str]  # where the searched words are in `text`: "12-40 61-90"
    title_marks: Series[str]  # likewise in `title`


class StoryMeasures(Table):
    """One row per story: the means of three measures, each missing where the story has none."""

    story_id: Series[str] = pa.Field(unique=True)
    mean_tone: Series[float] = pa.Field(ge=-1, le=1, nullable=True)  # TextBlob polarity of its statements
    mean_stance: Series[float] = pa.Field(ge=-1, le=1, nullable=True)  # of its speakers, abstentions left out
    mean_intensity: Series[float] = pa.Field(ge=-10, le=10, nullable=True)  # of its acts between countries


def wrong_value(error: Exception) -> str:
    """The first cell in which a stored table breaks its schema: "value[3] is 'abc'".

    Args:
        error: raised by pandera; of any other error the message is returned, on one line.
    """
    cases = getattr(error, "failure_cases", None)
    if not isinstance(cases, pd.DataFrame) or cases.empty:
        return " ".join(str(error).split())[:200]
    case = cases.iloc[0]
    column = case.get("column") or getattr(getattr(error, "schema", None), "name", None) or "a column"
    return f"{column}[{case['index']}] is {case['failure_case']!r}"
