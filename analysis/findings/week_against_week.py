"""The period against the one before it and against what is usual, from the corpus itself.

A level is the weight of a pair's hostile incidents, for as many stories as were read in the period. What the
page of the period before would have said is made again from what was reported by then.
"""

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
from pandas import Timedelta, Timestamp

from analysis.charts.lines import is_far_higher
from analysis.country_names import dyad_name
from analysis.findings.page import Page, front_page_of
from analysis.findings.period_inputs import PeriodInputs
from analysis.indicators.ranking import BACKGROUND_WEEKS
from analysis.phrasing import in_words
from analysis.tables.rows import rows_of

LOOKED_AT: Final = 12  # leading pairs
MOST_OF_KIND: Final = 4
DECIMALS: Final = 1  # of a level on the page: what is shown as 0.0 is not lower than 0.0
KINDS: Final = ("up", "down", "new", "quiet")
HIGHER, FAR_HIGHER = 1.5, 3.0  # times the usual level, from which it is called higher, and far higher


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
        stories, word = in_words(int(count)), level_word(now, usual)
        moves = inputs.moves[inputs.moves["dyad"] == pair]
        judgment = f"on {stories} {'story' if count == 1 else 'stories'}"
        if pair not in earlier and is_known:
            add("new", pair, f"not in the news before, {judgment}")
            continue
        judgment = f"{'usually not hostile' if word == 'new' else word}, {judgment}"
        is_clear = moves["direction"].isin(("up", "down")).any()
        judgment += ", more than chance explains" if is_clear else ", may be chance"
        if any(map(is_far_higher, rows_of(moves))):
            judgment = f"higher, on few reports ({stories})"
        if word in ("far higher", "higher", "new") and now:
            add("up", pair, judgment)
        elif word in ("lower", "far lower"):
            add("down", pair, judgment)
    for pair in before.sides["dyad"].head(LOOKED_AT // 2):
        if pair not in reported:
            add("quiet", pair, "nothing reported")
    return [one for kind in KINDS for one in found[kind][:MOST_OF_KIND]]


def level_word(value: float, usual: float) -> str:
    """ "far higher", "higher", "about as usual", "lower", "far lower"; "new" where nothing was usual."""
    if not usual:
        return "new" if value else "none"
    ratio = value / usual
    if ratio >= HIGHER:
        return "far higher" if ratio >= FAR_HIGHER else "higher"
    if ratio > 1 / HIGHER:
        return "about as usual"
    return "lower" if ratio > 1 / FAR_HIGHER else "far lower"


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
    now, sentences = {one.pair: one for one in page.paragraphs}, []
    reported = {event_id for one in page.paragraphs for event_id in one.event_ids}
    for one in front_page_of(before).paragraphs:
        after = now.get(one.pair)
        if after and after.is_hostile != one.is_hostile:
            sentences.append(f"“{one.headline}” was last; now it is “{after.headline}”.")
        due = one.due
        is_past = due is not None and due.day is not None and due.day <= inputs.period.last
        if is_past and due.incident.incident_id not in reported:
            sentences.append(f"Not reported as done: {due.text} ({due.when}).")
    return sentences
