"""The period against the one before it and against what is usual, from the corpus itself.

A level is the weight of a pair's hostile incidents, for as many stories as were read in the period. What the
page of the period before would have said is made again from what was reported by then.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
from pandas import Timedelta, Timestamp

from analysis.charts.lines import is_far_higher
from analysis.country_names import dyad_name
from analysis.findings.headlines import level_word
from analysis.findings.page import BACKGROUND_WEEKS, Page, front_page_of
from analysis.findings.period_inputs import PeriodInputs
from analysis.phrasing import in_words
from analysis.tables.rows import rows_of

LOOKED_AT: Final = 12  # leading pairs
MOST_OF_KIND: Final = 4
DECIMALS: Final = 1  # of a level on the page: what is shown as 0.0 is not lower than 0.0
KINDS: Final = ("up", "down", "new", "quiet")


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
    if inputs.period_before is None:
        return []
    found = list(changes_of(inputs))
    return [one for kind in KINDS for one in [row for row in found if row.kind == kind][:MOST_OF_KIND]]


def changes_of(inputs: PeriodInputs) -> Iterator[PairChange]:
    before = inputs.period_before
    leading = inputs.sides.head(LOOKED_AT)
    known_since = Timestamp(inputs.period.first) - Timedelta(weeks=BACKGROUND_WEEKS)
    is_known = bool(inputs.tables.articles["published_date"].min() <= known_since)
    earlier = set(inputs.background["dyad"])
    for pair, stories in zip(leading["dyad"], leading["story_count"], strict=True):
        now, last, usual = levels_of(pair, inputs)
        on = f"on {in_words(int(stories))} {'story' if stories == 1 else 'stories'}"
        if pair not in earlier and is_known:
            yield PairChange("new", dyad_name(pair), now, last, usual, f"not in the news before, {on}")
            continue
        word = level_word(now, usual)
        moves = inputs.moves.loc[inputs.moves["dyad"] == pair, "direction"]
        is_clear = moves.isin(("up", "down")).any()
        judgment = f"{word}, {on}, {'more than chance explains' if is_clear else 'may be chance'}"
        if any(is_far_higher(move) for move in rows_of(inputs.moves[inputs.moves["dyad"] == pair])):
            judgment = f"higher, on few reports ({in_words(int(stories))})"
        if word in ("far higher", "higher", "new") and now:
            yield PairChange(
                "up", dyad_name(pair), now, last, usual, judgment.replace("new,", "usually not hostile,")
            )
        elif word in ("lower", "far lower"):
            yield PairChange("down", dyad_name(pair), now, last, usual, judgment)
    reported = set(inputs.current["dyad"])
    for pair in before.sides["dyad"].head(LOOKED_AT // 2):
        if pair not in reported:
            yield PairChange("quiet", dyad_name(pair), *levels_of(pair, inputs), "nothing reported")


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


def no_longer_holds(page: Page, inputs: PeriodInputs) -> list[str]:
    """What the page of the period before would have said and is not so any more, each with why."""
    before = inputs.period_before
    if before is None:
        return []
    now = {one.pair: one for one in page.paragraphs}
    sentences = []
    for one in front_page_of(before).paragraphs:
        after = now.get(one.pair)
        if after and after.is_hostile != one.is_hostile:
            sentences.append(f"“{one.headline}” was last; now it is “{after.headline}”.")
        is_due = one.due is not None and one.due.day is not None and one.due.day <= inputs.period.last
        if is_due and one.due.incident.incident_id not in {
            row for p in page.paragraphs for row in p.event_ids
        }:
            sentences.append(f"Not reported as done: {one.due.text} ({one.due.when}).")
    return sentences
