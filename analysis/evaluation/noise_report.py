"""What the indicators see in noise, and how often their intervals hold, as tables and lines of text."""

from collections.abc import Iterator
from typing import Final

from pandas import DataFrame

from analysis.evaluation.noise import CHANGE_POINT, SPIKE
from analysis.indicators.codebook import indicator_name
from analysis.phrasing import counted
from analysis.tables.rows import rows_of
from analysis.views.render import View, view

MOST: Final = {SPIKE: "1 a year", CHANGE_POINT: "5%"}
"""What each kind of finding promises."""
TESTS: Final = {"halves": "two halves differ by no more", "draws": "the corpus's value is inside"}


def noise_view(false_alarms: DataFrame, intervals_held: DataFrame) -> View:
    """What is found in shuffled dates, and how often each interval holds what it should.

    Args:
        false_alarms: `FalseAlarms` table.
        intervals_held: `IntervalsHeld` table.
    """
    alarms = [
        {**row._asdict(), "rate": rate(row), "most": MOST[row.finding]} for row in rows_of(false_alarms)
    ]
    intervals = [
        {"name": indicator_name(row["indicator"]), **{test: share_held(row, test) for test in TESTS}}
        for row in intervals_held.to_dict("records")
    ]
    return view("evaluation/noise", alarms=alarms, intervals=intervals)


def noise_lines(false_alarms: DataFrame, intervals_held: DataFrame) -> Iterator[str]:
    """The same as lines: "press releases, dates shuffled: spike 0.6 a year in 36 years, at most 1 a year"."""
    for row in rows_of(false_alarms):
        yield f"{row.corpus}, dates shuffled: {row.finding} {rate(row)}, at most {MOST[row.finding]}"
    for row in intervals_held.to_dict("records"):
        held = ", ".join(f"{words} {share_held(row, test)}" for test, words in TESTS.items())
        yield f"interval of {indicator_name(row['indicator'])}: {held}"


def rate(alarm: object) -> str:
    """How often a finding is made: "0.6 a year in 36 years", "5% of 210 series"."""
    if not alarm.searched:
        return "none is long enough"
    share = alarm.found_count / alarm.searched
    if alarm.finding == CHANGE_POINT:
        return f"{share:.1%} of {round(alarm.searched):,} series"
    return f"{share:.1f} a year in {counted(round(alarm.searched), 'year')}"


def share_held(interval: dict, test: str) -> str:
    """How many intervals held in a test: "95% of 197"; "–" where none was tested."""
    count = interval[f"{test}_count"]
    return f"{interval[f'{test}_inside_count'] / count:.0%} of {count:,}" if count else "–"
