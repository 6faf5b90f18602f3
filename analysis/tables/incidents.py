"""What was done, by whom to whom: incidents, and their weight by country and pair."""

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from analysis.tables.codes import ACTOR_KINDS, INCIDENT_STATUSES, ROOTS, TURNS
from analysis.tables.table import Table


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
    outlet_count: Series[int] = pa.Field(ge=0)  # owners of the named outlets that report it
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


class Partners(Table):
    """One row per country or bloc that a country has incidents with."""

    partner_code: Series[str] = pa.Field(unique=True)  # ISO 3166-1 alpha-3; for a bloc "EUU" or "NATO"
    hostile_count: Series[int] = pa.Field(ge=0)  # hostile incidents, done and not only announced
    cooperative_count: Series[int] = pa.Field(ge=0)  # likewise, cooperative ones
    announced_count: Series[int] = pa.Field(ge=0)  # announced incidents, hostile or not
    last_day: Series[pd.Timestamp] = pa.Field(nullable=True)  # day of the newest incident that is done
