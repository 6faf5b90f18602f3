"""Exhibits: what the indicators make of two corpora whose history is known, held against that history.

What was to be expected stands here as constants, each with its source; `checks` says of each whether it was
found. Stored exhibits carry figures, dates and places in files, and no text of a corpus.
"""

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

import pandas as pd
from pandas import DataFrame
from pandera.errors import SchemaError, SchemaErrors

from analysis.indicators.alerts import alerts
from analysis.indicators.changes import period_changes
from analysis.indicators.country_events import between_countries, dyads
from analysis.indicators.definitions import CONFLICT, CONFLICT_WITH_PROXIES
from analysis.indicators.dyads import (
    directed_indicators,
    dyad_indicators,
    event_contributions,
)
from analysis.indicators.spikes import LEAST_REPORTS, change_points, pair_spikes
from analysis.indicators.text_indicators import gpr_shares, mean_tones
from analysis.ingest.corpus import load_corpus
from analysis.phrasing import json_kind
from analysis.pipeline.analyse import extract_tables
from analysis.schemas import (
    ChangePoints,
    Checks,
    Crises,
    Durations,
    Indicators,
    SpikeItems,
    Spikes,
    Table,
    wrong_value,
)

STATE, YEAR = "state_2021_2022.jsonl", "current_events_2025.jsonl"
REFRESH = "python benchmarks/measure.py SHARED_FOLDER --only exhibits"
WAR_PAIR, TONE = "RUS-UKR", "mean_tone"
RISK_SHARES: Final = ("gpr_share", "gpr_unfiltered_share")

EXPECTED_RISK: Final = {  # month: share with the exclusion words, and without
    "2021-07-01": (0.049, 0.112),
    "2022-02-01": (0.145, 0.195),
    "2022-03-01": (0.133, 0.193),
    "2022-07-01": (0.035, 0.104),
}
"""Source: a count over the same releases with the queries of Caldara and Iacoviello 2022, made before."""
RISK_TOLERANCE = 0.015
EXPECTED_EXCLUDED, EXCLUDED_TOLERANCE = 0.41, 0.05  # of all matches; source: the same count
INVASION = "2022-02-24"
INVASION_WEEKS: Final = ("2022-02-21", "2022-02-28")  # Mondays of the two weeks that begin with it
POINT_DAYS = 10
TONE_BAND: Final = (0.08, 0.15)
STRONGEST = 10  # spikes


class Crisis(NamedTuple):
    """A crisis between two countries, and the weeks (from Monday) in which it was at its worst."""

    dyad: str
    start_period: str
    end_period: str
    is_peak: bool  # whether the pair's series must peak there, beside being among the strongest spikes


EXPECTED_CRISES: Final = (
    Crisis("IND-PAK", "2025-05-05", "2025-05-05", True),
    Crisis("IRN-ISR", "2025-06-09", "2025-06-23", True),
    Crisis("KHM-THA", "2025-07-21", "2025-07-21", True),
    Crisis("KHM-THA", "2025-12-08", "2025-12-08", True),
    Crisis("AFG-PAK", "2025-10-13", "2025-10-13", False),
    Crisis("COD-RWA", "2025-01-27", "2025-01-27", False),
)
"""Source: the year as it is known. They serve as answers only: nothing that is computed knows the pairs."""
ALL_WORK, INDICATOR_WORK = "from text to every indicator", "from coded events to every indicator"
LIMITS: Final = {ALL_WORK: 180.0, INDICATOR_WORK: 5.0}  # seconds


@dataclass(frozen=True)
class Exhibits:
    """What two corpora show; the columns stand in `analysis.schemas`."""

    computed_date: str
    months: DataFrame  # `Indicators` by month: shares of risk, the pair at war, tone
    weeks: DataFrame  # `Indicators` by week: the pair at war
    change_points: DataFrame  # of `weeks`
    crises: DataFrame
    spikes: DataFrame  # the strongest of the year
    items: DataFrame  # the acts behind them
    durations: DataFrame


TABLES: Final[dict[str, type[Table]]] = {
    "months": Indicators,
    "weeks": Indicators,
    "change_points": ChangePoints,
    "crises": Crises,
    "spikes": Spikes,
    "items": SpikeItems,
    "durations": Durations,
}


def compute_exhibits(
    corpora: Path | str, *, progress: Callable[[int], object] = lambda done: None
) -> Exhibits:
    """Read both corpora and compute every exhibit: some minutes on one core, without the encoder.

    Args:
        corpora: the folder of the two files.
        progress: called with 1 after each article.

    Returns:
        The exhibits, with the sentences behind the spikes.

    Raises:
        FileNotFoundError: the folder or one of the files is not there.
    """
    begun = cpu_seconds()  # what else the machine does is no matter
    state, year = load_corpora(Path(corpora))
    loaded = cpu_seconds()
    state_events = extract_tables(state, use_encoder=False, progress=progress)["events"]
    started = cpu_seconds()
    year_events = extract_tables(year, use_encoder=False, progress=progress)["events"]
    coded = cpu_seconds()
    every_indicator(year, year_events)
    done = cpu_seconds()
    work = {ALL_WORK: loaded - begun + done - started, INDICATOR_WORK: done - coded}
    weeks = war_series(state, state_events, "week")
    spikes = pair_spikes(year, year_events)
    strongest = Spikes.validate(spikes.head(STRONGEST))
    return Exhibits(
        computed_date=f"{date.today():%Y-%m-%d}",
        months=month_table(state, state_events),
        weeks=weeks,
        change_points=change_points(weeks),
        crises=crisis_table(dyad_indicators(year, year_events, period="week"), spikes),
        spikes=strongest,
        items=item_table(strongest, year, year_events),
        durations=duration_table(len(year), work),
    )


def load_corpora(folder: Path) -> tuple[DataFrame, DataFrame]:
    """The articles of the two files: State Department releases, and the news items of 2025."""
    for name in (STATE, YEAR):
        if not (folder / name).is_file():
            raise FileNotFoundError(f"{folder} has no file {name}, expected the folder of {STATE} and {YEAR}")
    articles, _ = load_corpus(folder)
    files = articles["path"].str.rpartition(":")[0]
    return tuple(articles[files == name].reset_index(drop=True) for name in (STATE, YEAR))


def cpu_seconds() -> float:
    """Seconds of one core that this process and the readers it started and ended have worked so far."""
    return sum(os.times()[:4])


def every_indicator(articles: DataFrame, events: DataFrame) -> None:
    """All that is computed of coded events by week, to be timed."""
    weekly = dyad_indicators(articles, events, period="week")
    directed_indicators(articles, events, period="week")
    event_contributions(articles, events, period="week")
    period_changes(weekly, period="week")
    change_points(weekly)
    pair_spikes(articles, events)
    alerts(articles, events)


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

    Acts of backed groups count, as in the spikes.
    """
    with_groups = weekly[weekly["indicator"] == CONFLICT_WITH_PROXIES]
    alone = weekly[(weekly["indicator"] == CONFLICT) & ~weekly["dyad"].isin(with_groups["dyad"])]
    series = pd.concat([alone, with_groups])
    rows = [
        (*crisis[:3], *week_standing(series[series["dyad"] == crisis.dyad], crisis), rank_of(spikes, crisis))
        for crisis in EXPECTED_CRISES
    ]
    columns = ["dyad", "start_period", "end_period", "week_rank", "story_count", "spike_rank"]
    return Crises.validate(DataFrame(rows, columns=columns)[list(Crises.to_schema().columns)])


def week_standing(series: DataFrame, crisis: Crisis) -> tuple[int | None, int]:
    """The rank of the crisis's worst week among the pair's, and how many stories tell of it."""
    inside = series[series["period"].between(crisis.start_period, crisis.end_period)]
    if not len(inside) or not inside["value"].max() > 0:
        return None, 0
    worst = inside.loc[inside["value"].idxmax()]
    return int((series["value"] > worst["value"]).sum()) + 1, int(worst["event_count"])


def rank_of(spikes: DataFrame, crisis: Crisis) -> int | None:
    """The place of the pair's spike in these weeks among all spikes."""
    overlaps = (spikes["start_period"] <= crisis.end_period) & (spikes["end_period"] >= crisis.start_period)
    places = spikes.index[overlaps & (spikes["dyad"] == crisis.dyad)]
    return int(places[0]) + 1 if len(places) else None


def item_table(spikes: DataFrame, articles: DataFrame, events: DataFrame) -> DataFrame:
    """The acts behind spikes, each with its sentence."""
    keys = spikes[["dyad", "peak_period"]].assign(event_id=spikes["event_ids"].str.split(" "))
    rows = keys.explode("event_id").merge(events, on="event_id", validate="many_to_one")
    origin = articles[["article_id", "published_date", "path", "text"]]
    rows = rows.merge(origin, on="article_id", validate="many_to_one")
    spans = zip(rows["text"], rows["start_char"], rows["end_char"], strict=True)
    rows = rows.assign(
        text=[text[start:end] for text, start, end in spans],
        published_date=rows["published_date"].dt.strftime("%Y-%m-%d"),
        sponsor_code=sponsors_of(rows),
        is_sponsor_in_article=rows["source_sponsor_code"].notna(),
    )
    return SpikeItems.validate(rows[list(SpikeItems.to_schema().columns)])


def sponsors_of(rows: DataFrame) -> pd.Series:
    """The state of the pair that is said to back the group which acts; missing where the pair itself does."""
    is_own = between_countries(rows) & (dyads(rows) == rows["dyad"])
    first, second = rows["dyad"].str[:3], rows["dyad"].str[-3:]
    return first.where(first != rows["target_country_code"], second).mask(is_own)


def duration_table(item_count: int, seconds: dict[str, float]) -> DataFrame:
    rows = [(work, item_count, taken, LIMITS[work]) for work, taken in seconds.items()]
    return Durations.validate(DataFrame(rows, columns=list(Durations.to_schema().columns)))


def write_exhibits(exhibits: Exhibits, path: Path) -> None:
    """Store exhibits as JSON, without the text of the corpora; a reader never finds half a file."""
    bare = replace(exhibits, items=exhibits.items.assign(text=None))
    stored = {name: stored_value(value) for name, value in vars(bare).items()}
    half = path.with_name(f".{path.name}.half")
    half.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    half.replace(path)


def stored_value(value: object) -> object:
    """A table as rows that JSON knows, six digits a figure, what is missing as null."""
    if not isinstance(value, DataFrame):
        return value
    return json.loads(value.to_json(orient="records", double_precision=6))


def load_exhibits(path: Path | str) -> Exhibits:
    """Stored exhibits: the figures and places, and no text.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: it is not what `write_exhibits` writes.
    """
    stored = load_json(Path(path), f"stored exhibits: `{REFRESH}` writes them")
    try:
        tables = {
            name: schema.validate(DataFrame(stored[name], columns=list(schema.to_schema().columns)))
            for name, schema in TABLES.items()
        }
        return Exhibits(computed_date=str(stored["computed_date"]), **tables)
    except (KeyError, TypeError, SchemaError, SchemaErrors) as error:
        raise ValueError(
            f"{path}: {wrong_value(error)}; expected stored exhibits: `{REFRESH}` writes them"
        ) from error


def load_json(path: Path, expected: str) -> dict:
    """The object that a JSON file holds, or one sentence on why there is none."""
    if not path.is_file():
        raise FileNotFoundError(f"{path} does not exist, expected {expected}")
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError(f"{path} is not JSON ({error}), expected {expected}") from error
    if not isinstance(value, dict):
        raise ValueError(f"{path} holds {json_kind(value)}, expected {expected}")
    return value


class Check(NamedTuple):
    """One row of `Checks`."""

    exhibit: str
    subject: str
    expected: str
    found: str
    is_within: bool
    reason: str = ""


def checks(exhibits: Exhibits) -> DataFrame:
    """Each figure that was known before, what was found, and whether that is near enough: `Checks` table."""
    rows = [
        *risk_checks(exhibits.months),
        exclusion_check(exhibits.months),
        peak_check(exhibits.weeks),
        point_check(exhibits.change_points),
        tone_check(exhibits.months),
        *(check for row in exhibits.crises.itertuples() for check in crisis_checks(row)),
        *map(duration_check, exhibits.durations.itertuples()),
    ]
    return Checks.validate(DataFrame(rows))


def risk_checks(months: DataFrame) -> Iterator[Check]:
    """The share of releases that speak of risk, with and without the exclusion words."""
    known = months.set_index(["indicator", "period"])
    for month, shares in EXPECTED_RISK.items():
        for indicator, expected, words in zip(RISK_SHARES, shares, ("with", "without"), strict=True):
            subject = f"share of risk in {month[:7]}, {words} the exclusion words"
            wanted = f"{expected:.1%}, within {100 * RISK_TOLERANCE:.1f} points"
            if (indicator, month) in known.index:
                yield share_check(known.loc[(indicator, month)], expected, subject, wanted)
            else:
                yield Check("risk", subject, wanted, "nothing", False, "no release of this month was read")


def share_check(row: pd.Series, expected: float, subject: str, wanted: str) -> Check:
    """One share of risk; a difference is told in releases too, of which there are few."""
    step = round(row["value"], 3) - expected
    releases = abs(round((row["value"] - expected) * row["story_count"]))
    reason = f"{100 * step:+.1f} points: {releases or 'under 1'} of {row['story_count']} releases"
    is_near = abs(step) <= RISK_TOLERANCE + 1e-9
    return Check("risk", subject, wanted, f"{row['value']:.1%}", is_near, reason if step else "")


def exclusion_check(months: DataFrame) -> Check:
    """How many of the matches the exclusion words strike out: they were made for newspapers."""
    counts = months.groupby("indicator")["event_count"].sum()
    kept, matched = (int(counts.get(indicator, 0)) for indicator in RISK_SHARES)
    wanted = f"{EXPECTED_EXCLUDED:.0%}, within {100 * EXCLUDED_TOLERANCE:.0f} points"
    subject = "matches that the exclusion words strike out"
    if not matched:
        return Check("risk", subject, wanted, "nothing", False, "no release matches a query")
    struck = (matched - kept) / matched
    is_near = abs(struck - EXPECTED_EXCLUDED) <= EXCLUDED_TOLERANCE
    return Check("risk", subject, wanted, f"{struck:.0%}", is_near, f"{matched - kept} of {matched} matches")


def peak_check(weeks: DataFrame) -> Check:
    """The outbreak of the war as the peak of the pair's series."""
    known = weeks.dropna(subset="value")
    subject, wanted = "worst week between Russia and Ukraine", f"one of the two from that of {INVASION}"
    if known.empty:
        return Check("war", subject, wanted, "nothing", False, "nothing was read")
    peak = known.loc[known["value"].idxmax()]
    is_there = peak["period"] in INVASION_WEEKS
    found = f"week of {peak['period']} ({peak['value']:.2f})"
    reason = "" if is_there else "another week holds more and worse acts per release"
    return Check("war", subject, wanted, found, is_there, reason)


def point_check(points: DataFrame) -> Check:
    """The outbreak of the war as a change of level of the pair's series."""
    subject, wanted = (
        "change of level between Russia and Ukraine",
        f"within {POINT_DAYS} days of {INVASION}",
    )
    if points.empty:
        return Check("war", subject, wanted, "none", False, "the series keeps one level")
    starts = points["period"].tolist()
    weeks = "week" if len(starts) == 1 else "weeks"
    gap = min(abs((pd.Timestamp(start) - pd.Timestamp(INVASION)).days) for start in starts)
    found, reason = f"{weeks} of {', '.join(starts)}", f"the nearest begins {gap} days from it"
    return Check("war", subject, wanted, found, gap <= POINT_DAYS, reason)


def tone_check(months: DataFrame) -> Check:
    """TextBlob's polarity, which hardly moves while a war breaks out."""
    tones = months.loc[months["indicator"] == TONE, "value"].dropna()
    low, high = TONE_BAND
    wanted, subject = f"between {low:+.2f} and {high:+.2f} throughout", "mean TextBlob polarity by month"
    if tones.empty:
        return Check("tone", subject, wanted, "nothing", False, "no release was read")
    outside = int(((tones < low) | (tones > high)).sum())
    found = f"{tones.min():+.3f} to {tones.max():+.3f}"
    reason = f"{outside} of {len(tones)} months lie outside" if outside else ""
    return Check("tone", subject, wanted, found, not outside, reason)


def crisis_checks(crisis: object) -> Iterator[Check]:
    """One crisis: the pair's own peak where that is known, and its place among all spikes."""
    named = f"{crisis.dyad}, week of {crisis.start_period}"
    if crisis.end_period != crisis.start_period:
        named = f"{crisis.dyad}, weeks of {crisis.start_period} to {crisis.end_period}"
    expected = [known for known in EXPECTED_CRISES if known.dyad == crisis.dyad]
    most = sum(known.is_peak for known in expected)
    if most:
        wanted = "the pair's worst week" if most == 1 else f"among the pair's {most} worst weeks"
        is_there = pd.notna(crisis.week_rank) and crisis.week_rank <= most
        found = place(crisis.week_rank, "of the pair's weeks")
        yield Check("peak", named, wanted, found, is_there, "" if is_there else told_by(crisis))
    is_there = pd.notna(crisis.spike_rank) and crisis.spike_rank <= STRONGEST
    wanted, found = f"among the {STRONGEST} strongest spikes", place(crisis.spike_rank, "of all spikes")
    yield Check("spike", named, wanted, found, is_there, "" if is_there else told_by(crisis))


def place(rank: object, among: str) -> str:
    return f"no. {rank} {among}" if pd.notna(rank) else "not there"


def told_by(crisis: object) -> str:
    """Why a crisis does not show as it should."""
    if crisis.story_count < LEAST_REPORTS:
        return f"{crisis.story_count} stories tell of a hostile act between the two; {LEAST_REPORTS} needed"
    return (
        f"{crisis.story_count} stories tell of a hostile act between the two; other weeks or pairs had more"
    )


def duration_check(row: object) -> Check:
    """Whether a stretch of work was done in its time."""
    within = row.duration_seconds < row.limit_seconds
    wanted, found = f"under {row.limit_seconds:.0f} seconds", f"{row.duration_seconds:.1f} seconds"
    reason = "" if within else "slower than promised on this machine"
    return Check("speed", f"{row.item_count:,} items {row.work}", wanted, found, within, reason)
