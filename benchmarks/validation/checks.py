"""Exhibits compared with known history: was each figure found again, and if not, why."""

from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd
from pandas import DataFrame

from analysis.indicators.spikes import MIN_REPORTS
from analysis.phrasing import counted
from analysis.tables.rows import rows_of
from benchmarks.validation.exhibits import Exhibits
from benchmarks.validation.known_history import (
    EXCLUDED_TOLERANCE,
    EXPECTED_CRISES,
    EXPECTED_EXCLUDED,
    EXPECTED_RISK,
    INVASION,
    INVASION_WEEKS,
    POINT_DAYS,
    RISK_SHARES,
    RISK_TOLERANCE,
    STRONGEST,
    TONE,
    TONE_BAND,
    WAR_PAIR,
)
from benchmarks.validation.tables import Checks


class Check(NamedTuple):
    """One row of `Checks`."""

    exhibit: str
    subject: str
    expected: str
    found: str
    is_within: bool
    reason: str = ""
    dyad: str = ""


def checks(exhibits: Exhibits) -> DataFrame:
    """Each figure known in advance, what was found, and whether that is close enough: `Checks` table."""
    rows = [
        *risk_checks(exhibits.months),
        exclusion_check(exhibits.months),
        peak_check(exhibits.weeks),
        point_check(exhibits.change_points),
        tone_check(exhibits.months),
        *(check for row in rows_of(exhibits.crises) for check in crisis_checks(row)),
        *map(duration_check, rows_of(exhibits.durations)),
    ]
    return Checks.validate(DataFrame(rows)[list(Checks.columns)])


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
    """One share of risk; the reason gives the difference in releases too, because there are few."""
    step = round(row["value"], 3) - expected
    releases = abs(round((row["value"] - expected) * row["story_count"]))
    reason = f"{100 * step:+.1f} points: {releases or 'under 1'} of {row['story_count']} releases"
    is_near = abs(step) <= RISK_TOLERANCE + 1e-9
    return Check("risk", subject, wanted, f"{row['value']:.1%}", is_near, reason if step else "")


def exclusion_check(months: DataFrame) -> Check:
    """How many matches the exclusion words, which were made for newspapers, remove."""
    counts = months.groupby("indicator")["event_count"].sum()
    kept, matched = (int(counts.get(indicator, 0)) for indicator in RISK_SHARES)
    wanted = f"{EXPECTED_EXCLUDED:.0%}, within {100 * EXCLUDED_TOLERANCE:.0f} points"
    subject = "matches that the exclusion words remove"
    if not matched:
        return Check("risk", subject, wanted, "nothing", False, "no release matches a query")
    struck = (matched - kept) / matched
    is_near = abs(struck - EXPECTED_EXCLUDED) <= EXCLUDED_TOLERANCE
    return Check("risk", subject, wanted, f"{struck:.0%}", is_near, f"{matched - kept} of {matched} matches")


def peak_check(weeks: DataFrame) -> Check:
    """Does the series of the pair at war peak when the war breaks out?"""
    known = weeks.dropna(subset="value")
    subject, wanted = "worst week", f"one of the first two weeks from {INVASION}"
    if known.empty:
        return Check("war", subject, wanted, "nothing", False, "nothing was read", WAR_PAIR)
    peak = known.loc[known["value"].idxmax()]
    is_there = peak["period"] in INVASION_WEEKS
    found = f"week of {peak['period']} ({peak['value']:.2f})"
    reason = "" if is_there else "another week has more or worse acts per release"
    return Check("war", subject, wanted, found, is_there, reason, WAR_PAIR)


def point_check(points: DataFrame) -> Check:
    """Does the series of the pair at war change its level when the war breaks out?"""
    subject, wanted = "change of level", f"within {POINT_DAYS} days of {INVASION}"
    if points.empty:
        return Check("war", subject, wanted, "none", False, "the series stays at one level", WAR_PAIR)
    starts = points["period"].tolist()
    weeks = "week" if len(starts) == 1 else "weeks"
    gap = min(abs((pd.Timestamp(start) - pd.Timestamp(INVASION)).days) for start in starts)
    found, reason = f"{weeks} of {', '.join(starts)}", f"the nearest begins {gap} days from it"
    return Check("war", subject, wanted, found, gap <= POINT_DAYS, reason, WAR_PAIR)


def tone_check(months: DataFrame) -> Check:
    """TextBlob polarity, which hardly moves when a war breaks out."""
    tones = months.loc[months["indicator"] == TONE, "value"].dropna()
    low, high = TONE_BAND
    wanted, subject = f"between {low:+.2f} and {high:+.2f} throughout", "mean TextBlob polarity by month"
    if tones.empty:
        return Check("tone", subject, wanted, "nothing", False, "no release was read")
    outside = int(((tones < low) | (tones > high)).sum())
    found = f"{tones.min():+.3f} to {tones.max():+.3f}"
    reason = f"{outside} of {len(tones)} months are outside" if outside else ""
    return Check("tone", subject, wanted, found, not outside, reason)


def crisis_checks(crisis: object) -> Iterator[Check]:
    """One crisis: the pair's own peak where that is known, and its place among all spikes."""
    weeks = f"week of {crisis.start_period}"
    if crisis.end_period != crisis.start_period:
        weeks = f"weeks of {crisis.start_period} to {crisis.end_period}"
    peaks = sum(known.is_peak for known in EXPECTED_CRISES if known.dyad == crisis.dyad)
    if peaks:
        wanted = "the pair's worst week" if peaks == 1 else f"among the pair's {peaks} worst weeks"
        found = rank_words(crisis.week_rank, "of the pair's weeks")
        yield crisis_check("peak", crisis, weeks, wanted, found, is_ranked(crisis.week_rank, peaks))
    wanted = f"among the {STRONGEST} strongest spikes"
    found = rank_words(crisis.spike_rank, "of all spikes")
    yield crisis_check("spike", crisis, weeks, wanted, found, is_ranked(crisis.spike_rank, STRONGEST))


def crisis_check(exhibit: str, crisis: object, weeks: str, wanted: str, found: str, is_there: bool) -> Check:
    """A row about one crisis, with the reason where it does not show as it should."""
    reason = "" if is_there else reason_missed(crisis.story_count)
    return Check(exhibit, weeks, wanted, found, is_there, reason, crisis.dyad)


def is_ranked(rank: object, most: int) -> bool:
    """Whether a rank is known and high enough."""
    return bool(pd.notna(rank) and rank <= most)


def rank_words(rank: object, among: str) -> str:
    """ "no. 3 of all spikes", or "not among them"."""
    return f"no. {rank} {among}" if pd.notna(rank) else "not among them"


def reason_missed(story_count: int) -> str:
    """Why a crisis does not show as it should."""
    reported = f"{counted(story_count, 'story')} with a hostile act between the two"
    if story_count < MIN_REPORTS:
        return f"{reported}; {MIN_REPORTS} needed"
    return f"{reported}; other weeks or pairs had more"


def duration_check(row: object) -> Check:
    """Whether a task was done within its time limit."""
    within = row.duration_seconds < row.limit_seconds
    wanted, found = f"under {row.limit_seconds:.0f} seconds", f"{row.duration_seconds:.1f} seconds"
    reason = "" if within else "slower than the limit on this machine"
    return Check("speed", f"{row.item_count:,} items {row.work}", wanted, found, within, reason)
