"""Spikes and new levels of hostility: days in which a pair was far more hostile than it otherwise is.

One list for both: a clash of a few days is a spike, a war that goes on is a new level, and the day on which
it begins is found by the same scan (`scan`). The days of all stories are dealt out anew a hundred times to
see what chance would give, and only what chance gives less than once a year, over all pairs together, is a
finding (Dwass 1957, Annals of Mathematical Statistics 28). An ordinary week of a long war is none, because
it is not twice what is usual for the pair.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
from pandas import DataFrame, Series, Timedelta

from analysis.computed_once import once
from analysis.indicators.country_events import pair_acts
from analysis.indicators.intervals import SEED
from analysis.indicators.scan import LEAST_OUTSIDE, WEEK, Grid, best_windows, log_ratio
from analysis.indicators.story_days import StoryDays, dominant_outlet, story_days
from analysis.outlets import source_count
from analysis.schemas import Spikes

LEAST_REPORTS: Final = 3  # stories behind a spike or a new rung
LEAST_RATIO: Final = 2.0  # of the weight to what is usual
YEARLY_FALSE_ALARMS: Final = 0.75  # below one a year, because the shuffles only estimate the rate
SHUFFLED_YEARS: Final = 100
LEAST_SHUFFLES: Final = 20
LONGEST_SPIKE: Final = 28  # days; what lasts longer is a new level
SPIKE, NEW_LEVEL = "spike", "new level"
COLUMNS: Final = list(Spikes.columns)


class Found(NamedTuple):
    """Days of one pair that stand out: number of the pair, first day, day after the last, score."""

    row: int
    first: int
    end: int
    score: float


@once
def pair_spikes(articles: DataFrame, events: DataFrame, *, minimum_stories: int = LEAST_REPORTS) -> DataFrame:
    """Days in which a pair was far more hostile than at all other times, the strongest first.

    Acts of proxies count too, and `proxy_story_count` says how many: a proxy war is tension of the pair,
    though not an act of the sponsor.

    Args:
        articles: `Articles` table, with dates.
        events: `Events` table coded from these articles.
        minimum_stories: fewer make no spike.

    Returns:
        `Spikes` table, as `unusual_days` gives it.
    """
    acts = pair_acts(articles, events, period="day")
    return unusual_days(articles, acts, minimum_stories=minimum_stories)


def unusual_days(articles: DataFrame, acts: DataFrame, *, minimum_stories: int = LEAST_REPORTS) -> DataFrame:
    """Spikes and new levels of the hostile acts given.

    The weight of a story is its worst hostile act's absolute intensity, over 10: a bombing weighs almost 1,
    an accusation 0.3. What a pair would have, had its acts come evenly with the stories read, is compared
    with what it has in any seven days, and in longer windows.

    Args:
        articles: `Articles` table: all that was read.
        acts: acts by day, as `country_events.pair_acts` gives them.
        minimum_stories: fewer make no spike.

    Returns:
        `Spikes` table, the strongest first; empty where the articles do not cover five weeks, or one of
        several outlets wrote nine tenths of them. A new level that begins where the articles begin, or after
        a gap in them, is left out: nobody can tell when it began. So is what one outlet alone reports while
        others are writing.
    """
    days = story_days(articles, acts, minimum_stories=minimum_stories)
    if days is None or days.is_open.sum() < WEEK + LEAST_OUTSIDE or dominant_outlet(articles):
        return Spikes.validate(DataFrame(columns=COLUMNS))
    weight, counts = days.grids(days.stories["day"].to_numpy())
    grid = Grid(weight, counts, days.expected, open_to_all(days), days.dispersions)
    threshold = chance_score(days, grid, minimum_stories)
    rows = [
        spike_row(days, grid, found)
        for found in found_windows(grid, days.is_open, threshold, minimum_stories)
        if is_finding(days, grid, found)
    ]
    table = DataFrame(rows, columns=COLUMNS)
    order = ["surprise_score", "dyad", "start_date"]
    return Spikes.validate(table.sort_values(order, ascending=[False, True, True], ignore_index=True))


def open_to_all(days: StoryDays) -> np.ndarray:
    """The days outside gaps, for each pair."""
    return np.tile(days.is_open, (len(days.pairs), 1))


def chance_score(days: StoryDays, grid: Grid, minimum_stories: int) -> float:
    """The score that chance reaches less than once a year, over all pairs together."""
    draw = np.random.default_rng(SEED)
    shuffles = max(LEAST_SHUFFLES, min(SHUFFLED_YEARS, round(SHUFFLED_YEARS / days.year_count)))
    scores = []
    for _ in range(shuffles):
        weight, counts = days.grids(days.shuffled_days(draw))
        shuffled = Grid(weight, counts, grid.expected, grid.is_open, grid.dispersion)
        scores.append(best_windows(shuffled, minimum_stories).score)
    ranked = np.sort(np.concatenate(scores))[::-1]
    allowed = int(shuffles * days.year_count * YEARLY_FALSE_ALARMS)
    return float(ranked[min(allowed, len(ranked) - 1)])


def found_windows(grid: Grid, is_open: np.ndarray, threshold: float, minimum_stories: int) -> Iterator[Found]:
    """The windows above the threshold; after each, the rest of the pair's days is scanned again.

    A level that only a gap in the articles sets apart is scanned inside: what it holds can be dated.
    """
    rows, rest = np.arange(len(grid.weight)), grid
    while len(rows):
        windows, hits = best_windows(rest, minimum_stories), []
        for at in np.flatnonzero(windows.score > threshold):
            first, end = sharpened(rest, at, windows.first[at], windows.end[at])
            hits.append((at, Found(int(rows[at]), first, end, float(windows.score[at]))))
        yield from (found for _, found in hits if is_dated(is_open, found))
        parts = [(at, found, False) for at, found in hits]
        parts += [(at, found, True) for at, found in hits if not is_dated(is_open, found)]
        rest = restricted(rest, parts)
        rows = np.array([found.row for _, found, _ in parts], dtype=int)


def sharpened(grid: Grid, row: int, first: int, end: int) -> tuple[int, int]:
    """The days near a window, from one hostile story to another, that stand out most: at least a week.

    The windows come in a few lengths; what happened has its own. The last quiet days are cut off.
    """
    reach = end - first
    near = np.flatnonzero(grid.story_count[row, max(0, first - reach) : end + reach]) + max(0, first - reach)
    closed, sums = running_sum(~grid.is_open[row]), running_sum(grid.weight[row])
    expected, usual = running_sum(grid.expected[row]), grid.expected[row].sum()
    starts, lasts = (one.ravel() for one in np.meshgrid(near, near, indexing="ij"))
    ends = np.clip(np.maximum(lasts + 1, starts + WEEK), None, len(grid.weight[row]))
    allowed = (starts <= lasts) & (closed[ends] == closed[starts]) & (ends - starts <= 2 * reach)
    starts, ends = starts[allowed], ends[allowed]
    share = (expected[ends] - expected[starts]) / usual
    ratios = log_ratio(sums[ends] - sums[starts], sums[-1], share)
    best = ratios.argmax()
    return int(starts[best]), int(near[near < ends[best]].max()) + 1


def running_sum(values: np.ndarray) -> np.ndarray:
    """Sums from the beginning, with a 0 before."""
    return np.concatenate([[0.0], values.cumsum(dtype=float)])


def restricted(grid: Grid, parts: list[tuple[int, Found, bool]]) -> Grid:
    """Rows of a grid without the days of a window, or (True) with these days alone."""
    rows = np.array([at for at, _, _ in parts], dtype=int)
    day = np.arange(grid.weight.shape[1])
    kept = [((day >= one.first) & (day < one.end)) == inside for _, one, inside in parts]
    kept = np.array(kept, dtype=bool).reshape(len(parts), len(day))
    weight, expected = grid.weight[rows] * kept, grid.expected[rows] * kept
    scale = weight.sum(axis=1) / np.where(expected.sum(axis=1) > 0, expected.sum(axis=1), 1.0)
    return Grid(
        weight,
        grid.story_count[rows] * kept,
        expected * scale[:, None],
        grid.is_open[rows] & kept,
        grid.dispersion[rows],
    )


def is_finding(days: StoryDays, grid: Grid, found: Found) -> bool:
    """Whether a window is at least twice the usual, dated, and reported by more than one of those writing."""
    inside = slice(found.first, found.end)
    usual = grid.expected[found.row, inside].sum() * outside_rate(grid, found)
    is_high = grid.weight[found.row, inside].sum() >= LEAST_RATIO * usual
    return is_high and is_shared(days, found)


def outside_rate(grid: Grid, found: Found) -> float:
    """The pair's weight outside a window, over what is expected there."""
    day = np.arange(grid.weight.shape[1])
    outside = (day < found.first) | (day >= found.end)
    return float(grid.weight[found.row, outside].sum() / grid.expected[found.row, outside].sum())


def is_dated(is_open: np.ndarray, found: Found) -> bool:
    """Whether the week before a new level is outside gaps, so that its beginning is known."""
    before = is_open[max(0, found.first - WEEK) : found.first]
    return kind_of(found) == SPIKE or (len(before) == WEEK and bool(before.all()))


def kind_of(found: Found) -> str:
    """Whether a window is a spike or a new level."""
    return SPIKE if found.end - found.first <= LONGEST_SPIKE else NEW_LEVEL


def is_shared(days: StoryDays, found: Found) -> bool:
    """Whether two outlets report it, where two or more are known to have written in those days."""
    writing = days.stories[days.stories["day"].between(found.first, found.end - 1)]
    reporting = source_count(acts_within(days, found.row, found.first, found.end)["outlet"])
    return reporting >= 2 or source_count(writing["outlet"]) < 2


def acts_within(days: StoryDays, row: int, first: int, end: int) -> DataFrame:
    """The acts of a pair from one day to another, with the day and outlet of their stories."""
    acts = days.acts[days.acts["row"] == row]
    told = days.stories.iloc[acts["story"].to_numpy()]
    acts = acts.assign(day=told["day"].to_numpy(), outlet=told["outlet"].to_numpy())
    return acts[acts["day"].between(first, end - 1)]


def spike_row(days: StoryDays, grid: Grid, found: Found) -> dict[str, object]:
    """The `Spikes` row of a window."""
    acts = acts_within(days, found.row, found.first, found.end)
    peak = heaviest_week(acts)
    worst = acts[acts["day"].between(peak, peak + WEEK - 1)]
    usual = grid.expected[found.row, peak : peak + WEEK].sum() * outside_rate(grid, found)
    return {
        "dyad": days.pairs[found.row],
        "kind": kind_of(found),
        "start_date": iso_date(days, found.first),
        "end_date": iso_date(days, found.end - 1),
        "peak_date": iso_date(days, peak),
        "hostile_weight": worst["hostile_weight"].sum(),
        "usual_weight": usual,
        "surprise_score": np.sqrt(2 * found.score),
        "story_count": len(acts),
        "proxy_story_count": int(acts["is_proxy"].sum()),
        "event_ids": " ".join(worst.sort_values(["day", "event_id"])["event_id"]),
    }


def heaviest_week(acts: DataFrame) -> int:
    """The first day of the seven that weigh most; the earliest of several."""
    starts = np.unique(acts["day"])
    return int(max(starts, key=lambda start: (weight_of_week(acts, start), -start)))


def weight_of_week(acts: DataFrame, start: int) -> float:
    """Hostile weight of seven days, rounded so that sums in another order are equal."""
    chosen: Series = acts.loc[acts["day"].between(start, start + WEEK - 1), "hostile_weight"]
    return round(float(chosen.sum()), 9)


def iso_date(days: StoryDays, day: int) -> str:
    """The date of a day, ISO 8601."""
    return f"{days.first_date + Timedelta(days=day):%Y-%m-%d}"
