"""The indicators of a pair of countries, each declared once: what is summed, over what, with which interval.

What readers learn about each (name, definition, range, weakness, source) is in `indicators/codebook.csv`: a
new indicator is an entry here and a row there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from pandas import DataFrame, Series

from analysis.indicators.country_events import ACT, EVENT, FUTURE, KEY, RUNG_NAMES, RUNGS, is_by_first
from analysis.schemas import QUAD_NAMES

MINIMUM_STORIES: Final = 10
"""A value from fewer stories is not compared. With 5 hostile stories of 10 the 95% interval of a share still
runs from 0.24 to 0.76 (Wilson); with fewer stories it covers most of the scale."""

WILSON, STUDENT, GAMMA, NO_INTERVAL = "Wilson", "Student", "gamma", "none"
HOSTILE_QUADS: Final = (3, 4)
DEED_QUADS: Final = (2, 4)
Parts = Callable[[DataFrame], Series]  # a number for each event


@dataclass(frozen=True)
class Indicator:
    """What every indicator of a pair declares."""

    name: str  # its row in `indicators/codebook.csv`
    interval: str  # how the 95% interval is found
    minimum_stories: int | None = MINIMUM_STORIES  # from which a value is compared; None: it never is
    worse: str = ""  # "up" or "down": the change that is a risk to alert to; "": no alert
    value_names: dict[int, str] | None = None  # words for its values, where they are steps


@dataclass(frozen=True, kw_only=True)
class EventIndicator(Indicator):
    """The sum of `part` over the events of a pair, divided by the sum of `whole`."""

    over: str = ACT  # the events it is made of: ACT, FUTURE, or EVENT for both
    part: Parts
    whole: Parts | None = None  # None: a count, 0 where nothing was found


def one_each(events: DataFrame) -> Series:
    """1 for each event, so that a sum counts them."""
    return Series(1.0, events.index)


def intensity_size(events: DataFrame) -> Series:
    """How strong each event is, hostile or kind: 0 to 10."""
    return events["intensity"].abs()


def hostile_size(events: DataFrame) -> Series:
    """How strong each hostile event is, 0 for the others."""
    return intensity_size(events).where(is_hostile(events), 0.0)


def is_hostile(events: DataFrame) -> Series:
    """Whether an event is conflict, in words or in deeds."""
    return events["quad"].isin(HOSTILE_QUADS)


def is_deed(events: DataFrame) -> Series:
    """Whether an event is material: more than words."""
    return events["quad"].isin(DEED_QUADS)


def rungs(events: DataFrame) -> Series:
    """The rung of each act; 0 for one that is not hostile."""
    return events["root"].map(RUNGS).astype(float).fillna(0)  # of no acts, words would be left


def is_on_top(events: DataFrame) -> Series:
    """Whether an act is on the highest rung of its pair and period; several share its value."""
    rung = rungs(events)
    return rung == rung.groupby([events[name] for name in KEY]).transform("max")


def top_rung(events: DataFrame) -> Series:
    """The rung of each act on the highest rung, 0 for the others."""
    return rungs(events).where(is_on_top(events), 0.0)


def of_quad(quad: int) -> Parts:
    """1 for each event of a quad class."""
    return lambda events: (events["quad"] == quad).astype(float)


QUAD_COUNTS: Final = {f"{name.replace(' ', '_')}_count": quad for quad, name in QUAD_NAMES.items()}
EVENT_INDICATORS: Final = (
    EventIndicator("conflict_share", WILSON, worse="up", part=hostile_size, whole=intensity_size),
    EventIndicator(
        "mean_intensity",
        STUDENT,
        worse="down",
        part=lambda events: events["intensity"],
        whole=one_each,
    ),
    EventIndicator("deed_share", WILSON, part=is_deed, whole=one_each),
    EventIndicator("initiator_share", WILSON, part=is_by_first, whole=one_each),
    EventIndicator(
        "highest_rung",
        NO_INTERVAL,
        minimum_stories=None,
        value_names=RUNG_NAMES,
        part=top_rung,
        whole=is_on_top,
    ),
    *(
        EventIndicator(name, GAMMA, minimum_stories=None, part=of_quad(quad))
        for name, quad in QUAD_COUNTS.items()
    ),
    EventIndicator(
        "announced_cooperation_count",
        GAMMA,
        minimum_stories=None,
        over=FUTURE,
        part=lambda events: (~is_hostile(events)).astype(float),
    ),
    EventIndicator(
        "announced_conflict_count",
        GAMMA,
        minimum_stories=None,
        over=FUTURE,
        part=lambda events: is_hostile(events).astype(float),
    ),
    EventIndicator(
        "announced_share",
        WILSON,
        over=EVENT,
        part=lambda events: events["status"] == FUTURE,
        whole=one_each,
    ),
)

CONFLICT: Final = "conflict_per_story"
CONFLICT_WITH_PROXIES: Final = "conflict_with_proxies_per_story"
STORY_INDICATORS: Final = (Indicator(CONFLICT, GAMMA, worse="up"), Indicator(CONFLICT_WITH_PROXIES, GAMMA))
"""The worst hostile act of each story (`country_events.worst_acts`), summed, over all stories read."""

DECLARED: Final = {one.name: one for one in (*EVENT_INDICATORS, *STORY_INDICATORS)}
COUNTED: Final = frozenset(one.name for one in EVENT_INDICATORS if one.whole is None)
