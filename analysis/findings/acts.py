"""The acts of a pair of countries, counted by kind and actor, as judgments and answers name them."""

from dataclasses import dataclass

from pandas import DataFrame, Series

from analysis.indicators.country_events import act_names, between_countries
from analysis.indicators.incident_reports import SAME_ACT
from analysis.pipeline.analyse import Tables
from analysis.schemas import ACT_STATUSES


@dataclass(frozen=True)
class NamedCount:
    """Something a reader knows by name, and how often it was found."""

    name: str
    count: int


@dataclass(frozen=True)
class ActCount:
    """How often one country, or both sides together, did one kind of act."""

    act: str  # as `act_names` calls it: "talks"
    actor: str  # country code; "" for both sides
    count: int


@dataclass(frozen=True)
class DirectedAct:
    """What one country is said to do to another."""

    root: str
    source: str  # country code
    target: str  # country code


def most_frequent(names: Series, most: int | None = None) -> tuple[NamedCount, ...]:
    """Names with their counts, the most frequent first, ties in the order of their first rows."""
    counts = names.value_counts(sort=False).sort_values(ascending=False, kind="stable")
    return tuple(NamedCount(str(name), int(count)) for name, count in counts.head(most).items())


def act_counts(events: DataFrame) -> tuple[ActCount, ...]:
    """Events of one pair by type and actor, the most frequent first, then the strongest.

    What both sides do in one sentence counts once, as an act of both.
    """
    acts = acts_and_actors(events)
    counts = acts.groupby(["act", "actor"], sort=False).size()
    counts = counts.sort_values(ascending=False, kind="stable")
    return tuple(ActCount(act, actor, int(count)) for (act, actor), count in counts.items())


def acts_and_actors(events: DataFrame) -> DataFrame:
    """`act` and `actor` of each event, the strongest first; of an act of both sides only the first row."""
    ordered = events.iloc[events["intensity"].abs().mul(-1).argsort(kind="stable")]
    is_joint = is_of_both_sides(ordered)
    actors = ordered["source_country_code"].mask(is_joint, "")
    found = DataFrame({"act": act_names(ordered), "actor": actors})
    return found[~(is_joint & ordered.duplicated(SAME_ACT))]


def is_of_both_sides(events: DataFrame) -> Series:
    """Whether one sentence reports the same act by each side of a pair."""
    return events.groupby(SAME_ACT, dropna=False)["source_country_code"].transform("nunique") > 1


def acts_reported_by_the_other_side(tables: Tables, pair: str) -> DataFrame:
    """Acts of one side towards a third country, as speakers of the other side report them.

    Returns:
        Rows of `Events` with `reporter`, the country code of who reports them.
    """
    speakers = tables.quotes.dropna(subset=["speaker_id", "country_code"]).drop_duplicates("speaker_id")
    countries = dict(zip(speakers["speaker_id"], speakers["country_code"], strict=True))
    acts = tables.events[between_countries(tables.events) & tables.events["status"].isin(ACT_STATUSES)]
    acts = acts.assign(reporter=acts["reported_by"].map(countries)).dropna(subset="reporter")
    sides = pair.split("-")
    return acts[
        acts["reporter"].isin(sides)
        & acts["source_country_code"].isin(sides)
        & (acts["reporter"] != acts["source_country_code"])
        & ~acts["target_country_code"].isin(sides)
    ]
