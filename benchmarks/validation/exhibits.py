"""Exhibits: what the indicators make of two corpora whose history is known."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd
from pandas import DataFrame, Timedelta, Timestamp

from analysis.indicators.country_events import between_countries, dyads
from analysis.indicators.dyads import CONFLICT, CONFLICT_WITH_PROXIES, dyad_indicators
from analysis.indicators.spikes import pair_spikes
from analysis.ingest.corpus import load_corpus
from analysis.pipeline.analyse import extract_tables
from analysis.schemas import Indicators, Spikes
from benchmarks.validation.change_points import change_points
from benchmarks.validation.crises import crises_found, crisis_rates
from benchmarks.validation.known_history import (
    ALL_WORK,
    EXPECTED_CRISES,
    INDICATOR_WORK,
    LIMITS,
    RISK_SHARES,
    STATE,
    STRONGEST,
    WAR_PAIR,
    YEAR,
    Crisis,
)
from benchmarks.validation.noise import false_alarms, intervals_held
from benchmarks.validation.tables import Crises, Durations, SpikeItems
from benchmarks.validation.text_indicators import gpr_shares, mean_tones
from benchmarks.validation.world_series import load_outside_series, monthly_risk, world_agreements


@dataclass(frozen=True)
class Exhibits:
    """What two corpora show; the columns are in `tables`."""

    computed_date: str
    months: DataFrame  # `Indicators` by month: shares of risk, the pair at war, tone
    weeks: DataFrame  # `Indicators` by week: the pair at war
    change_points: DataFrame  # of `weeks`
    crises: DataFrame
    spikes: DataFrame  # the strongest of the year
    items: DataFrame  # the acts behind them
    durations: DataFrame
    agreements: DataFrame  # of our series, mentions and tone with what others count
    risk_months: DataFrame  # `Indicators` by month: our index of hostility, and the official one of risk
    known_crises: DataFrame  # of the year, and whether the two series of tension show them
    crisis_rates: DataFrame
    false_alarms: DataFrame  # what the indicators see in shuffled dates
    intervals_held: DataFrame  # how often their intervals hold what they promise


def compute_exhibits(
    folder: Path | str,
    *,
    series: Path | str = "",
    progress: Callable[[int], object] = lambda done: None,
) -> Exhibits:
    """Read both corpora and compute every exhibit: a few minutes on one core, without the encoder.

    Args:
        folder: where the two files are.
        series: the folder of the two published series; "": `series` beside the corpora.
        progress: called with 1 after each article.

    Returns:
        The exhibits, including the sentences behind the spikes.

    Raises:
        FileNotFoundError: a folder or one of the files does not exist.
        ValueError: a published series lacks a column or a number.
    """
    begun = cpu_seconds()  # of this process alone, whatever else the machine does
    state, year = load_corpora(Path(folder))
    outside = load_outside_series(Path(series) if series else Path(folder).resolve().parent / "series")
    loaded = cpu_seconds()
    state_events = extract_tables(state, progress=progress)["events"]
    started = cpu_seconds()
    year_events = extract_tables(year, progress=progress)["events"]
    coded = cpu_seconds()
    every_indicator(year, year_events)
    done = cpu_seconds()
    work = {ALL_WORK: loaded - begun + done - started, INDICATOR_WORK: done - coded}
    weeks = war_series(state, state_events, "week")
    spikes = pair_spikes(year, year_events)
    strongest = Spikes.validate(spikes.head(STRONGEST))
    found = crises_found(year, year_events)
    corpora = {"press releases": (state, state_events), "news items": (year, year_events)}
    return Exhibits(
        computed_date=f"{date.today():%Y-%m-%d}",
        months=month_table(state, state_events),
        weeks=weeks,
        change_points=change_points(weeks),
        crises=crisis_table(dyad_indicators(year, year_events, period="week"), spikes),
        spikes=strongest,
        items=item_table(strongest, year, year_events),
        durations=duration_table(len(year), work),
        agreements=world_agreements(year, year_events, outside),
        risk_months=monthly_risk(year, year_events, outside),
        known_crises=found,
        crisis_rates=crisis_rates(year, year_events, found),
        false_alarms=false_alarms(corpora),
        intervals_held=intervals_held(corpora),
    )


def load_corpora(folder: Path) -> tuple[DataFrame, DataFrame]:
    """The articles of the two files: State Department releases, and the news items of 2025."""
    for name in (STATE, YEAR):
        if not (folder / name).is_file():
            raise FileNotFoundError(
                f"{folder} has no file {name}, expected the folder with {STATE} and {YEAR}"
            )
    articles, _ = load_corpus(folder)
    files = articles["path"].str.rpartition(":")[0]
    return tuple(articles[files == name].reset_index(drop=True) for name in (STATE, YEAR))


def cpu_seconds() -> float:
    """Core seconds used so far by this process and by the processes that it started and that ended."""
    return sum(os.times()[:4])


def every_indicator(articles: DataFrame, events: DataFrame) -> None:
    """Everything that is computed from coded events by week, to time it."""
    weekly = dyad_indicators(articles, events, period="week")
    change_points(weekly)
    pair_spikes(articles, events)


def war_series(articles: DataFrame, events: DataFrame, period: str) -> DataFrame:
    """The conflict of the pair at war over time."""
    rows = dyad_indicators(articles, events, period=period)
    chosen = rows[(rows["dyad"] == WAR_PAIR) & (rows["indicator"] == CONFLICT)]
    return Indicators.validate(chosen.reset_index(drop=True))


def month_table(articles: DataFrame, events: DataFrame) -> DataFrame:
    """Shares of risk, the pair at war and the tone, by month."""
    risk = gpr_shares(articles, period="month")
    parts = (risk[risk["indicator"].isin(RISK_SHARES)], war_series(articles, events, "month"))
    return Indicators.validate(pd.concat([*parts, mean_tones(articles, period="month")], ignore_index=True))


def crisis_table(weekly: DataFrame, spikes: DataFrame) -> DataFrame:
    """How strongly each expected crisis shows: its rank among the pair's weeks, and among all spikes.

    Acts of proxies count, as in the spikes.
    """
    with_groups = weekly[weekly["indicator"] == CONFLICT_WITH_PROXIES]
    alone = weekly[(weekly["indicator"] == CONFLICT) & ~weekly["dyad"].isin(with_groups["dyad"])]
    series = pd.concat([alone, with_groups])
    rows = [
        (*crisis[:3], *week_standing(series[series["dyad"] == crisis.dyad], crisis), rank_of(spikes, crisis))
        for crisis in EXPECTED_CRISES
    ]
    columns = ["dyad", "start_period", "end_period", "week_rank", "story_count", "spike_rank"]
    return Crises.validate(DataFrame(rows, columns=columns)[list(Crises.columns)])


def week_standing(series: DataFrame, crisis: Crisis) -> tuple[int | None, int]:
    """The rank of the crisis's worst week among the pair's weeks, and how many stories report it."""
    inside = series[series["period"].between(crisis.start_period, crisis.end_period)]
    if not len(inside) or not inside["value"].max() > 0:
        return None, 0
    worst = inside.loc[inside["value"].idxmax()]
    return int((series["value"] > worst["value"]).sum()) + 1, int(worst["event_count"])


def rank_of(spikes: DataFrame, crisis: Crisis) -> int | None:
    """The rank of the pair's spike in these weeks among all spikes."""
    last = f"{Timestamp(crisis.end_period) + Timedelta(days=6):%Y-%m-%d}"
    overlaps = (spikes["start_date"] <= last) & (spikes["end_date"] >= crisis.start_period)
    places = spikes.index[overlaps & (spikes["dyad"] == crisis.dyad)]
    return int(places[0]) + 1 if len(places) else None


def item_table(spikes: DataFrame, articles: DataFrame, events: DataFrame) -> DataFrame:
    """The acts behind spikes, each with its sentence."""
    keys = spikes[["dyad", "peak_date"]].assign(event_id=spikes["event_ids"].str.split(" "))
    acts = events.drop(columns="dyad")  # a proxy's act is shown under its sponsor's pair
    rows = keys.explode("event_id").merge(acts, on="event_id", validate="many_to_one")
    rows = rows.merge(articles[["article_id", "path", "text"]], on="article_id", validate="many_to_one")
    spans = zip(rows["text"], rows["start_char"], rows["end_char"], strict=True)
    rows = rows.assign(
        text=[text[start:end] for text, start, end in spans],
        published_date=rows["published_date"].dt.strftime("%Y-%m-%d"),
        sponsor_code=sponsors_of(rows),
        is_sponsor_in_article=rows["source_sponsor_code"].notna(),
    )
    return SpikeItems.validate(rows[list(SpikeItems.columns)])


def sponsors_of(rows: DataFrame) -> pd.Series:
    """The country of the pair whose proxy acts; missing where one of the two acts itself."""
    is_own = between_countries(rows) & (dyads(rows) == rows["dyad"])
    first, second = rows["dyad"].str[:3], rows["dyad"].str[-3:]
    return first.where(first != rows["target_country_code"], second).mask(is_own)


def duration_table(item_count: int, seconds: dict[str, float]) -> DataFrame:
    rows = [(work, item_count, taken, LIMITS[work]) for work, taken in seconds.items()]
    return Durations.validate(DataFrame(rows, columns=list(Durations.columns)))
