"""Which crises of a year the two series of tension show, force and pressure apart, and why the others do not.

A crisis shows if seven days of it weigh at least as much as one grave act, and three times what is usual for
the pair. How many other weeks of all pairs pass the same test is counted too: a test that everything passes
proves nothing.
"""

from pathlib import Path
from typing import Final, NamedTuple

import pandas as pd
from pandas import DataFrame, Series, Timedelta, Timestamp

from analysis.indicators.country_events import country_events, proxy_acts
from analysis.phrasing import counted
from analysis.tables.rows import rows_of
from benchmarks.validation.act_gravity import force_gravity, political_gravity
from benchmarks.validation.tables import CrisisRates, KnownCrises

WEEK_DAYS: Final = 7
LATE_DAYS: Final = 2  # that an act may be reported after it
MIN_WEIGHT: Final = {"force": 0.2, "political": 0.5}  # one strike; an expulsion of envoys
MIN_RATIO: Final = 3.0  # to what is usual
GRAVITY: Final = {"force": force_gravity, "political": political_gravity}
STORY_DAY: Final = ["dyad", "published_date", "story_id"]


class Weeks(NamedTuple):
    """The weight of each seven days of each pair: a row for each day, on which they begin."""

    weight: DataFrame  # a column for each pair
    stories: DataFrame  # with such an act, on each day


def known_crises() -> DataFrame:
    """The crises of 2025, made from the news items before any series was computed."""
    rows = pd.read_csv(Path(__file__).with_name("known_crises.csv"))
    days = {name: pd.to_datetime(rows[name]) for name in ("start_date", "end_date")}
    return rows.assign(**days)


def crises_found(articles: DataFrame, events: DataFrame) -> DataFrame:
    """Each known crisis, whether its series shows it, and if not, why: `KnownCrises` table.

    Args:
        articles: `Articles` table of the year.
        events: `Events` table coded from these articles.
    """
    weeks = {kind: weekly_weights(articles, events, kind) for kind in GRAVITY}
    crises = known_crises()
    rows = [crisis_row(one, weeks[one.kind], crises) for one in rows_of(crises)]
    return KnownCrises.validate(DataFrame(rows, columns=list(KnownCrises.columns)))


def other_weeks(articles: DataFrame, events: DataFrame, kind: str) -> int:
    """How many weeks of all pairs pass the test outside the crises of this kind that are known.

    A week begins on a day with such an act, and after one that passes the next begins seven days later.
    """
    weeks, crises = weekly_weights(articles, events, kind), known_crises()
    days = weeks.weight.index
    return sum(
        separate_count(
            passing(weeks.weight[dyad], kind)
            & (weeks.stories[dyad] > 0)
            & ~in_crises(days, crises, dyad, kind)
        )
        for dyad in weeks.weight
    )


def crisis_rates(articles: DataFrame, events: DataFrame, found: DataFrame) -> DataFrame:
    """How many crises of each kind are found, and how many other weeks pass: `CrisisRates` table."""
    rows = [
        {
            "kind": kind,
            "found_count": int(part["is_found"].sum()),
            "crisis_count": len(part),
            "other_week_count": other_weeks(articles, events, kind),
            "pair_count": acts_of(articles, events, kind)["dyad"].nunique(),
        }
        for kind, part in found.groupby("kind")
    ]
    return CrisisRates.validate(DataFrame(rows))


def weekly_weights(articles: DataFrame, events: DataFrame, kind: str) -> Weeks:
    """The gravest act of each story on each day, summed over the seven days from each day on."""
    acts = acts_of(articles, events, kind)
    days = pd.date_range(articles["published_date"].min(), articles["published_date"].max(), freq="D")
    daily = acts.pivot_table(index="published_date", columns="dyad", values="gravity", aggfunc="sum")
    daily = daily.reindex(days).fillna(0.0)
    stories = acts.pivot_table(index="published_date", columns="dyad", values="story_id", aggfunc="nunique")
    ahead = daily[::-1].rolling(WEEK_DAYS, min_periods=1).sum()[::-1]
    return Weeks(ahead, stories.reindex(days).fillna(0))


def acts_of(articles: DataFrame, events: DataFrame, kind: str) -> DataFrame:
    """The gravest act of a kind in each story, by pair and day; a proxy's force counts for its sponsor."""
    own = country_events(articles, events, period="day")
    proxies = country_events(articles, proxy_acts(articles, events), period="day")
    acts = pd.concat([own, proxies]) if kind == "force" and len(proxies) else own
    acts = acts[~acts["is_copy"] & (acts["quad"] >= 3)]
    acts = acts[acts["status"] != "future"] if kind == "force" else acts
    acts = acts.assign(gravity=GRAVITY[kind](acts))
    grave = acts[acts["gravity"] > 0].sort_values("gravity", ascending=False, kind="stable")
    return grave.drop_duplicates(STORY_DAY)


def crisis_row(crisis: object, weeks: Weeks, crises: DataFrame) -> dict:
    """One row of `KnownCrises`."""
    last = max(crisis.end_date, crisis.start_date + Timedelta(days=LATE_DAYS))
    row = {name: getattr(crisis, name) for name in ("kind", "dyad", "start_date", "end_date", "note")}
    row |= {"item_count": len(crisis.item_ids.split()), "weight": 0.0, "usual_weight": 0.0, "story_count": 0}
    if crisis.dyad not in weeks.weight:
        return row | {"is_found": False, "reason": "no such act of the pair was read in the whole year"}
    series = weeks.weight[crisis.dyad]
    usual = usual_weight(series, crises, crisis.dyad, crisis.kind)
    starts = series[crisis.start_date : max(crisis.start_date, last - Timedelta(days=WEEK_DAYS - 1))]
    weight = float(starts.max())
    stories = int(weeks.stories[crisis.dyad][crisis.start_date : last].sum())
    row |= {"weight": weight, "usual_weight": usual, "story_count": stories}
    is_found = weight >= MIN_WEIGHT[crisis.kind] and weight >= MIN_RATIO * usual
    return row | {"is_found": is_found, "reason": "" if is_found else reason_missed(row)}


def usual_weight(series: Series, crises: DataFrame, dyad: str, kind: str) -> float:
    """The mean of the pair's seven days outside its known crises."""
    outside = series[~in_crises(series.index, crises, dyad, kind)]
    return float(outside.mean()) if len(outside) else 0.0


def passing(series: Series, kind: str) -> Series:
    """Whether the seven days from each day on pass the test against the mean of the year."""
    return (series >= MIN_WEIGHT[kind]) & (series >= MIN_RATIO * series.mean())


def in_crises(days: pd.DatetimeIndex, crises: DataFrame, dyad: str, kind: str) -> Series:
    """Whether the seven days from each day on overlap a known crisis of the pair."""
    own = crises[(crises["dyad"] == dyad) & (crises["kind"] == kind)]
    inside = Series(False, days)
    for crisis in rows_of(own):
        first = crisis.start_date - Timedelta(days=WEEK_DAYS - 1)
        inside[first : crisis.end_date + Timedelta(days=LATE_DAYS)] = True
    return inside


def separate_count(passes: Series) -> int:
    """How many weeks that do not overlap pass."""
    count, free = 0, Timestamp.min
    for day in passes.index[passes]:
        if day >= free:
            count, free = count + 1, day + Timedelta(days=WEEK_DAYS)
    return count


def reason_missed(row: dict) -> str:
    """Why a crisis does not show."""
    if not row["story_count"]:
        reported = counted(row["item_count"], "item")
        return f"no such act was read in the {reported} that report it"
    if row["weight"] < MIN_WEIGHT[row["kind"]]:
        return f"only weaker acts were read: {row['weight']:.1f}, {MIN_WEIGHT[row['kind']]} needed"
    return f"{row['weight']:.1f} is not {MIN_RATIO:.0f} times the pair's usual {row['usual_weight']:.1f}"
