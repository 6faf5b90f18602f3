"""Spikes and new levels of hostility: days in which a pair was far more hostile than it otherwise is.

One list for both: a clash of a few days is a spike, a war that goes on is a new level, and the day on which
it begins is found by the same scan. The days of all stories are dealt out anew, up to a hundred times, to
see what chance would give, and only what chance gives less than once a year, over all pairs together, is a
finding (Dwass 1957, Annals of Mathematical Statistics 28). An ordinary week of a long war is none, because
it is not twice what is usual for the pair.

The scan statistic finds the stretch of days in which a pair's hostile acts are most out of proportion.
Windows of one week, two, four and so on, up to half of all days, slide over the days. The score of a window
is the likelihood ratio of a rate that is higher inside it than outside, against one rate throughout.

Source: Kulldorff 1997, Communications in Statistics 26(6), equation for the Poisson model; windows of fixed
lengths after Naus 1965; weights instead of counts are divided by their dispersion (McCullagh and Nelder 1989,
9.2). What has been found is taken out before the next is looked for: Zhang, Assunção and Kulldorff 2010.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np
from pandas import DataFrame, Series, Timedelta, Timestamp, factorize

from analysis.computed_once import once
from analysis.indicators.country_events import pair_acts, worst_acts
from analysis.indicators.intervals import SEED
from analysis.outlets import source_count
from analysis.schemas import Spikes

GAP_DAYS: Final = 28
"""Days without an article that make a gap. What lies on its two sides is not compared day by day: whatever
changed may have changed on any day in between."""


def open_days(story_counts: np.ndarray) -> np.ndarray:
    """Whether each day belongs to a stretch of reading and not to a gap.

    Args:
        story_counts: stories of each day, from the first day with one to the last.
    """
    read = np.flatnonzero(story_counts)
    is_open = np.ones(len(story_counts), dtype=bool)
    for before, after in itertools.pairwise(read):
        if after - before > GAP_DAYS:
            is_open[before + 1 : after] = False
    return is_open


WEEK: Final = 7
MIN_REPORTS: Final = 3  # stories behind a spike or a new level
MIN_OUTSIDE_DAYS: Final = 28  # needed to say what is usual


@dataclass(frozen=True)
class Grid:
    """Pairs (rows) and days (columns); `is_open`: the days that may lie in a window of the pair."""

    weight: np.ndarray
    story_count: np.ndarray
    expected: np.ndarray
    is_open: np.ndarray
    dispersion: np.ndarray  # of each pair


def window_lengths(open_count: int) -> list[int]:
    """Lengths in days, each twice the one before, that leave four weeks and half of all days outside."""
    longest = min(open_count // 2, open_count - MIN_OUTSIDE_DAYS)
    return [WEEK * 2**power for power in range(20) if WEEK * 2**power <= longest]


def best_windows(grid: Grid) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The window with the highest score of each pair, among those with enough stories.

    Returns:
        Score (0 where there is none), first day and day after the last of each pair.
    """
    rows = len(grid.weight)
    score, first, end = np.zeros(rows), np.zeros(rows, dtype=int), np.zeros(rows, dtype=int)
    sums = [running_sums(one) for one in (grid.weight, grid.story_count, grid.expected, ~grid.is_open)]
    total, usual = grid.weight.sum(axis=1), grid.expected.sum(axis=1)
    for length in window_lengths(int(grid.is_open.any(axis=0).sum())):
        weight, stories, expected, closed = (one[:, length:] - one[:, :-length] for one in sums)
        row, at = np.nonzero((stories >= MIN_REPORTS) & (closed == 0))
        share = expected[row, at] / np.where(usual > 0, usual, 1.0)[row]
        ratios = log_ratio(weight[row, at], total[row], share) / grid.dispersion[row]
        found = np.zeros_like(weight)
        found[row, at] = ratios
        best = found.argmax(axis=1)
        highest = found[np.arange(rows), best]
        is_better = highest > score
        score = np.where(is_better, highest, score)
        first, end = np.where(is_better, best, first), np.where(is_better, best + length, end)
    return score, first, end


def running_sums(values: np.ndarray) -> np.ndarray:
    """Sums of each row from its beginning, with a 0 before."""
    return np.concatenate([np.zeros((*values.shape[:-1], 1)), values.cumsum(axis=-1, dtype=float)], axis=-1)


def log_ratio(inside: np.ndarray, total: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Logarithm of the likelihood ratio of windows; 0 where there is no more inside than its share.

    Args:
        inside: weight in each window.
        total: weight in all.
        share: part of the total that is expected in the window.
    """
    outside = np.clip(total - inside, 0, None)
    share = np.clip(share, 1e-12, 1 - 1e-12)
    gain = part(inside, total * share) + part(outside, total * (1 - share))
    return np.where(inside > total * share, gain, 0.0)


def part(weight: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """Weight times the logarithm of how often it is what was expected; 0 for no weight."""
    some = weight > 1e-9
    return weight * np.log(np.where(some, weight, 1.0) / np.where(some, expected, 1.0))


LARGE_OUTLET: Final = 0.1  # share of all stories from which an outlet is counted by itself
OTHERS: Final = "other outlets"
DOMINANT: Final = 0.9  # share of the stories of one outlet beside which the others can check nothing


def covers_too_little(articles: DataFrame) -> bool:
    """Whether articles cover fewer than five weeks, without the gaps: nobody can say what is usual."""
    days = dated_stories(articles)["published_date"]
    counts = np.bincount((days - days.min()).dt.days.astype(int))
    return bool(open_days(counts).sum() < WEEK + MIN_OUTSIDE_DAYS)


@dataclass(frozen=True)
class StoryDays:
    """Every dated story that was read, and those with a hostile act between two countries.

    `stories`: one row per story: `story_id`, `day` (0 is the first), `outlet`, `stratum` (a number).
    `acts`: one row per pair and story, the worst act, with `row` (the number of the pair) and `story` (that
    of the story).
    """

    first_date: Timestamp
    stories: DataFrame
    acts: DataFrame
    pairs: list[str]

    @property
    def day_count(self) -> int:
        """Days from the first article to the last."""
        return int(self.stories["day"].max()) + 1

    @cached_property
    def is_open(self) -> np.ndarray:
        """Whether each day is outside the gaps."""
        return open_days(np.bincount(self.stories["day"], minlength=self.day_count))

    @cached_property
    def dispersions(self) -> np.ndarray:
        """Weight of each pair's sum that counts as one independent story.

        Source: Fay and Feuer 1997: variance over mean of a sum of weights whose number is Poisson.
        """
        weight = self.acts["hostile_weight"].to_numpy()
        squares, sums = (np.bincount(self.acts["row"], one, len(self.pairs)) for one in (weight**2, weight))
        return squares / sums

    @cached_property
    def expected(self) -> np.ndarray:
        """Weight of each pair (rows) and day (columns), had its acts come evenly with what was read.

        Evenly within each large outlet, so that an outlet that writes more or begins to write is no rise of
        tension. Source: indirect standardisation, Breslow and Day 1987, 2.3.
        """
        strata = self.stories["stratum"].to_numpy()
        total = np.zeros((len(self.pairs), self.day_count))
        for stratum in np.unique(strata):
            read = np.bincount(self.stories.loc[strata == stratum, "day"], minlength=self.day_count)
            inside = strata[self.acts["story"]] == stratum
            weight = np.bincount(
                self.acts["row"][inside], self.acts["hostile_weight"][inside], len(self.pairs)
            )
            total += np.outer(weight, read / read.sum())
        return total

    def grid(self, days: np.ndarray) -> Grid:
        """Weight and number of stories of each pair and day, the stories on these days."""
        shape = (len(self.pairs), self.day_count)
        cells = self.acts["row"].to_numpy() * self.day_count + days[self.acts["story"].to_numpy()]
        size = shape[0] * shape[1]
        weights = np.bincount(cells, self.acts["hostile_weight"], size).reshape(shape)
        counts = np.bincount(cells, minlength=size).reshape(shape)
        return Grid(weights, counts, self.expected, np.tile(self.is_open, (shape[0], 1)), self.dispersions)

    def shuffled_days(self, draw: np.random.Generator) -> np.ndarray:
        """The days of the stories, dealt out anew among those of the same large outlet."""
        days, strata = self.stories["day"].to_numpy(), self.stories["stratum"].to_numpy()
        dealt = days.copy()
        for stratum in np.unique(strata):
            inside = np.flatnonzero(strata == stratum)
            dealt[inside] = days[draw.permutation(inside)]
        return dealt


def story_days(articles: DataFrame, coded: DataFrame) -> StoryDays | None:
    """Stories by day, with the pairs that have enough stories; None where there are none.

    Args:
        articles: `Articles` table; undated articles are left out.
        coded: acts, as `country_events.pair_acts` gives them by day.
    """
    stories = dated_stories(articles)
    acts = (
        worst_acts(coded)
        .sort_values("hostile_weight", ascending=False, kind="stable")
        .drop_duplicates(["dyad", "story_id"])
    )
    acts = acts[acts.groupby("dyad")["story_id"].transform("size") >= MIN_REPORTS]
    if acts.empty:
        return None
    numbers = Series(stories.index, stories["story_id"])
    row, pairs = factorize(acts["dyad"], sort=True)
    acts = acts.assign(row=row, story=acts["story_id"].map(numbers).to_numpy())
    first = stories["published_date"].min()
    days = (stories["published_date"] - first).dt.days
    return StoryDays(first, stories.assign(day=days), acts.reset_index(drop=True), list(pairs))


def dated_stories(articles: DataFrame) -> DataFrame:
    """One row per story, by its first dated article: `story_id`, `published_date`, `outlet`, `stratum`."""
    dated = articles.dropna(subset="published_date").sort_values(["published_date", "article_id"])
    stories = dated.drop_duplicates("story_id")[["story_id", "published_date", "outlet"]]
    outlets = stories["outlet"].fillna(OTHERS)
    shares = outlets.map(outlets.value_counts(normalize=True))
    strata, _ = factorize(outlets.where(shares >= LARGE_OUTLET, OTHERS))
    return stories.assign(stratum=strata).reset_index(drop=True)


def dominant_outlet(articles: DataFrame) -> str:
    """The outlet that wrote nine tenths or more of the dated stories, the rest being by others; "" for none.

    Whether its reports or the world changed cannot be told then. Where all is by one outlet, a reader knows.
    """
    outlets = dated_stories(articles)["outlet"].value_counts(normalize=True, dropna=False)
    is_dominant = len(outlets) > 1 and outlets.iloc[0] >= DOMINANT and isinstance(outlets.index[0], str)
    return outlets.index[0] if is_dominant else ""


MIN_RATIO: Final = 2.0  # of the weight to what is usual
YEARLY_FALSE_ALARMS: Final = 0.75  # below one a year, because the shuffles only estimate the rate
SHUFFLED_YEARS: Final = 100
MIN_SHUFFLES: Final = 20
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
def pair_spikes(articles: DataFrame, events: DataFrame) -> DataFrame:
    """Days in which a pair was far more hostile than at all other times, the strongest first.

    Acts of proxies count too, and `proxy_story_count` says how many: a proxy war is tension of the pair,
    though not an act of the sponsor.

    The weight of a story is its worst hostile act's absolute intensity, over 10: a bombing weighs almost 1,
    an accusation 0.3. What a pair would have, had its acts come evenly with the stories read, is compared
    with what it has in any seven days, and in longer windows.

    Args:
        articles: `Articles` table: all that was read.
        events: `Events` table coded from these articles.

    Returns:
        `Spikes` table, the strongest first; empty where the articles do not cover five weeks, or one of
        several outlets wrote nine tenths of them. A new level that begins where the articles begin, or after
        a gap in them, is left out: nobody can tell when it began. So is what one outlet alone reports while
        others are writing.
    """
    days = story_days(articles, pair_acts(articles, events, period="day"))
    if days is None or covers_too_little(articles) or dominant_outlet(articles):
        return Spikes.validate(DataFrame(columns=COLUMNS))
    grid, threshold = days.grid(days.stories["day"].to_numpy()), chance_score(days)
    rows = [
        spike_row(days, grid, found)
        for found in found_windows(grid, days.is_open, threshold)
        if is_finding(days, grid, found)
    ]
    table = DataFrame(rows, columns=COLUMNS)
    order = ["surprise_score", "dyad", "start_date"]
    return Spikes.validate(table.sort_values(order, ascending=[False, True, True], ignore_index=True))


def chance_score(days: StoryDays) -> float:
    """The score that chance reaches less than once a year, over all pairs together."""
    draw, years = np.random.default_rng(SEED), days.is_open.sum() / 365.25  # read, gaps left out
    shuffles = max(MIN_SHUFFLES, min(SHUFFLED_YEARS, round(SHUFFLED_YEARS / years)))
    dealt = (days.grid(days.shuffled_days(draw)) for _ in range(shuffles))
    scores = [best_windows(grid)[0] for grid in dealt]
    ranked = np.sort(np.concatenate(scores))[::-1]
    allowed = int(shuffles * years * YEARLY_FALSE_ALARMS)
    return float(ranked[min(allowed, len(ranked) - 1)])


def found_windows(grid: Grid, is_open: np.ndarray, threshold: float) -> Iterator[Found]:
    """The windows above the threshold; after each, the rest of the pair's days is scanned again.

    A level that only a gap in the articles sets apart is scanned inside: what it holds can be dated.
    """
    rows, rest = np.arange(len(grid.weight)), grid
    while len(rows):
        score, first, end = best_windows(rest)
        hits = [
            (at, Found(int(rows[at]), *sharpened(rest, at, first[at], end[at]), float(score[at])))
            for at in np.flatnonzero(score > threshold)
        ]
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
    closed, sums = running_sums(~grid.is_open[row]), running_sums(grid.weight[row])
    expected, usual = running_sums(grid.expected[row]), grid.expected[row].sum()
    starts, lasts = (one.ravel() for one in np.meshgrid(near, near, indexing="ij"))
    ends = np.clip(np.maximum(lasts + 1, starts + WEEK), None, len(grid.weight[row]))
    allowed = (starts <= lasts) & (closed[ends] == closed[starts]) & (ends - starts <= 2 * reach)
    starts, ends = starts[allowed], ends[allowed]
    share = (expected[ends] - expected[starts]) / usual
    best = log_ratio(sums[ends] - sums[starts], sums[-1], share).argmax()
    return int(starts[best]), int(near[near < ends[best]].max()) + 1


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
    """Whether a window is at least twice the usual, and two outlets report it.

    One outlet is enough where no other is known to have written in those days.
    """
    inside = slice(found.first, found.end)
    usual = grid.expected[found.row, inside].sum() * outside_rate(grid, found)
    is_high = grid.weight[found.row, inside].sum() >= MIN_RATIO * usual
    writing = days.stories[days.stories["day"].between(found.first, found.end - 1)]
    reporting = source_count(acts_within(days, found)["outlet"])
    return is_high and (reporting >= 2 or source_count(writing["outlet"]) < 2)


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


def acts_within(days: StoryDays, found: Found) -> DataFrame:
    """The acts of a pair in a window, with the day and outlet of their stories."""
    acts = days.acts[days.acts["row"] == found.row]
    told = days.stories.iloc[acts["story"].to_numpy()]
    acts = acts.assign(day=told["day"].to_numpy(), outlet=told["outlet"].to_numpy())
    return acts[acts["day"].between(found.first, found.end - 1)]


def spike_row(days: StoryDays, grid: Grid, found: Found) -> dict[str, object]:
    """The `Spikes` row of a window; its peak are the seven days that weigh most, of several the earliest."""
    acts = acts_within(days, found)
    weeks = {start: acts[acts["day"].between(start, start + WEEK - 1)] for start in np.unique(acts["day"])}
    # Rounded, so that sums in another order are equal.
    peak = max(weeks, key=lambda start: (round(float(weeks[start]["hostile_weight"].sum()), 9), -start))
    usual = grid.expected[found.row, peak : peak + WEEK].sum() * outside_rate(grid, found)
    dates = {"start_date": found.first, "end_date": found.end - 1, "peak_date": int(peak)}
    return {
        "dyad": days.pairs[found.row],
        "kind": kind_of(found),
        **{name: f"{days.first_date + Timedelta(days=day):%Y-%m-%d}" for name, day in dates.items()},
        "hostile_weight": weeks[peak]["hostile_weight"].sum(),
        "usual_weight": usual,
        "surprise_score": np.sqrt(2 * found.score),
        "story_count": len(acts),
        "proxy_story_count": int(acts["is_proxy"].sum()),
        "event_ids": " ".join(weeks[peak].sort_values(["day", "event_id"])["event_id"]),
    }
