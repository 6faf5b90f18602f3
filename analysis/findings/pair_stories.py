"""The reporting period of each leading pair of countries in short, a line for each kind of thing."""

from typing import Final, NamedTuple

from pandas import DataFrame

from analysis.country_names import dyad_name
from analysis.findings.period_inputs import PeriodInputs
from analysis.findings.sources import most_frequent
from analysis.findings.wording import words
from analysis.indicators.country_events import act_names

MOST_PAIRS: Final = 5
LINES: Final = ("hostile", "cooperative", "announced")


class ActCount(NamedTuple):
    """How often one country, or both sides together, did one kind of act."""

    act: str  # as a reader calls it: "talks"
    actor: str  # country code; "" for both sides
    count: int


class PairStory(NamedTuple):
    """What there is to say of a pair, one line for each part."""

    name: str
    parts: list[str]


def pair_stories(inputs: PeriodInputs) -> list[PairStory]:
    """What strains, eases and is announced between each leading pair, in the order of the front page.

    Each line counts incidents, and is left out where there are none.
    """
    stories = []
    for pair in inputs.sides["dyad"].head(MOST_PAIRS):
        own = inputs.of_pair(pair)
        is_done, is_hostile = own["status"] == "done", own["quad"] >= 3
        groups = {
            "hostile": own[is_done & is_hostile],
            "cooperative": own[is_done & ~is_hostile],
            "announced": own[~is_done],
        }
        parts = [words("findings/pair_story", "line", name, acts_of(groups[name])) for name in LINES]
        stories.append(PairStory(dyad_name(pair), [part for part in parts if part]))
    return stories


def acts_of(incidents: DataFrame) -> tuple[ActCount, ...]:
    """Incidents by kind and actor, the most frequent first, ties in their order."""
    status = incidents["status"].map({"done": "past", "announced": "future"})
    actors = incidents["source_code"].mask(incidents["is_joint"], "")
    both = act_names(incidents.assign(status=status)) + "\t" + actors
    counts = most_frequent(both)
    return tuple(ActCount(*one.name.split("\t"), one.count) for one in counts)
