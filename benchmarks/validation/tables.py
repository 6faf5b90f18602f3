"""What the validation computes."""

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from analysis.tables.codes import ROOTS
from analysis.tables.table import Table


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
