"""The period against the one before it and against what is usual, from the corpus itself.

A level is the weight of a pair's hostile incidents, for as many stories as were read in the period. What was
due is what the page of the period before would have said to watch, from what was reported by then.
"""

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
from pandas import Timedelta, Timestamp

from analysis.country_names import dyad_name
from analysis.findings.checks import is_sure
from analysis.findings.clauses import Clause, clause_of
from analysis.findings.page import is_done_since, watched
from analysis.findings.period_inputs import PeriodInputs
from analysis.indicators.ranking import BACKGROUND_WEEKS
from analysis.phrasing import in_words
from analysis.tables.rows import rows_of

LOOKED_AT: Final = 12  # leading pairs
MOST_OF_KIND: Final = 4
DECIMALS: Final = 1  # of a level on the page: what is shown as 0.0 is not lower than 0.0
KINDS: Final = ("up", "down", "new", "quiet")
USUAL: Final = "about as usual"
LEVELS: Final = ((3.0, "far higher"), (1.5, "higher"), (1 / 1.5, USUAL), (1 / 3.0, "lower"))
"""From how many times the usual level it is called what."""


@dataclass(frozen=True)
class PairChange:
    """How much a pair is in the news of the period, hostile news only."""

    kind: str  # one of `KINDS`
    name: str
    now: float
    last: float
    usual: float
    judgment: str  # "far higher, on three stories"


def pair_changes(inputs: PeriodInputs) -> list[PairChange]:
    """The pairs that are up, down, new or quiet, at most four of each, in this order."""
    before = inputs.period_before
    if before is None:
        return []
    known_since = Timestamp(inputs.period.first) - Timedelta(weeks=BACKGROUND_WEEKS)
    is_known = bool(inputs.tables.articles["published_date"].min() <= known_since)
    earlier, reported = set(inputs.background["dyad"]), set(inputs.current["dyad"])
    found: dict[str, list[PairChange]] = {kind: [] for kind in KINDS}

    def add(kind: str, pair: str, judgment: str) -> None:
        found[kind].append(PairChange(kind, dyad_name(pair), *levels_of(pair, inputs), judgment))

    leading = inputs.sides.head(LOOKED_AT)
    for pair, count in zip(leading["dyad"], leading["story_count"], strict=True):
        now, _, usual = levels_of(pair, inputs)
        stories = f"on {in_words(int(count))} {'story' if count == 1 else 'stories'}"
        if pair not in earlier and is_known:
            add("new", pair, f"not in the news before, {stories}")
            continue
        moves = inputs.moves.loc[inputs.moves["dyad"] == pair, "direction"]
        chance = "more than chance explains" if moves.isin(("up", "down")).any() else "may be chance"
        word = level_word(now, usual)
        if word in ("lower", "far lower"):
            add("down", pair, f"{word}, {stories}, {chance}")
        elif now and word != USUAL:
            add("up", pair, f"{word}, {stories}, {chance}")
    for pair in before.sides["dyad"].head(LOOKED_AT // 2):
        if pair not in reported:
            add("quiet", pair, "nothing reported")
    return [one for kind in KINDS for one in found[kind][:MOST_OF_KIND]]


def level_word(value: float, usual: float) -> str:
    """ "far higher", "higher", "about as usual", "lower", "far lower"; if new "usually not hostile"."""
    if not usual:
        return "usually not hostile"
    return next((word for times, word in LEVELS if value >= times * usual), "far lower")


def levels_of(pair: str, inputs: PeriodInputs) -> tuple[float, float, float]:
    """The level of a pair in the period, in the one before, and usually, as shown; 0 if nothing is known."""
    moves = inputs.moves[inputs.moves["dyad"] == pair]
    windows = inputs.levels[inputs.levels["dyad"] == pair].sort_values("window_start")
    if moves.empty or len(windows) < 2:
        return 0.0, 0.0, 0.0
    now: Any = windows.iloc[-1]
    last: Any = windows.iloc[-2]
    share = now["story_count"] / last["story_count"] if last["story_count"] else 0.0
    values = (now["hostile_weight"], last["hostile_weight"] * share, moves["usual_weight"].iloc[0])
    return tuple(0.0 if pd.isna(value) else round(float(value), DECIMALS) for value in values)


def not_done(inputs: PeriodInputs) -> list[Clause]:
    """What the page of the period before said was due by now, and what is not reported as done."""
    before = inputs.period_before
    if before is None:
        return []
    due = watched(before)
    due = due[due["is_day_known"] & (due["last_day"] <= Timestamp(inputs.period.last)) & is_sure(due)]
    late = due[~is_done_since(due, inputs.incidents)]
    return list(filter(None, (clause_of(row, before) for row in rows_of(late.head(MOST_OF_KIND)))))
