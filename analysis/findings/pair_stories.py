"""What there is to say of each leading pair of countries, a line for each kind of thing."""

from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd
from pandas import DataFrame

from analysis.country_names import dyad_name
from analysis.findings.acts import (
    ActCount,
    DirectedAct,
    NamedCount,
    act_counts,
    acts_reported_by_the_other_side,
    most_frequent,
)
from analysis.findings.wording import words
from analysis.indicators.country_events import country_events
from analysis.indicators.drivers import pair_theme_matrix
from analysis.indicators.pair_ranking import ranked_pairs
from analysis.pipeline.analyse import Tables

MOST_ACTS = 4  # named per line
MOST_THEMES = 3
MOST_REPORTED = 3  # acts that one side's speakers report of the other
MOST_ACTORS = 2
LINES = ("cooperative", "hostile", "demands", "contested", "actors", "announced")


class PairStory(NamedTuple):
    """What there is to say of a pair, one line for each part."""

    name: str
    parts: list[str]


@dataclass(frozen=True)
class ActGroup:
    """Acts of one pair in one direction, friendly or hostile, and what they are about."""

    total: int
    acts: tuple[ActCount, ...]
    themes: tuple[str, ...]


@dataclass(frozen=True)
class ReportedActs:
    """What speakers of one side report of the other side's dealings with third countries."""

    reporters: tuple[str, ...]  # country codes
    acts: tuple[tuple[DirectedAct, int], ...]  # each with how often it is reported


@dataclass(frozen=True)
class PairSummary:
    """The events of one pair, counted for its story."""

    pair: str
    cooperative: ActGroup
    hostile: ActGroup
    demands: tuple[ActCount, ...]
    contested: ReportedActs
    actors: tuple[NamedCount, ...]  # country codes, the most active first
    announced: tuple[ActCount, ...]


def leading_pairs(tables: Tables, *, most: int = 3) -> list[str]:
    """The pairs to look at first, as "CHN-USA", in the order of `ranked_pairs`."""
    return ranked_pairs(tables.articles, tables.events)["dyad"].head(most).tolist()


def pair_stories(tables: Tables) -> list[PairStory]:
    """What eases, what strains, what is contested, who acts and what is announced, for each leading pair.

    Each part counts events, and is left out where there are none.
    """
    coded = country_events(tables.articles, tables.events, period="all")
    coded = coded[~coded["is_copy"]]
    matrix = pair_theme_matrix(tables.events, tables.topics)
    stories = []
    for pair in leading_pairs(tables):
        summary = pair_summary(pair, coded[coded["dyad"] == pair], matrix[matrix["dyad"] == pair], tables)
        lines = [words("findings/pair_story", line, summary) for line in LINES]
        if any(lines):
            stories.append(PairStory(dyad_name(pair), [line for line in lines if line]))
    return stories


def pair_summary(pair: str, coded: DataFrame, themes: DataFrame, tables: Tables) -> PairSummary:
    """The events of one pair, counted: coded events and theme rows are of this pair alone."""
    acts, future = coded[coded["status"] == "act"], coded[coded["status"] == "future"]
    friendly_weight = themes["event_weight"] - themes["conflict_weight"]
    return PairSummary(
        pair=pair,
        cooperative=act_group(acts[acts["intensity"] > 0], themes, friendly_weight),
        hostile=act_group(acts[acts["intensity"] < 0], themes, themes["conflict_weight"]),
        demands=act_counts(acts[acts["intensity"] == 0])[:MOST_ACTS],
        contested=reported_acts(acts_reported_by_the_other_side(tables, pair)),
        actors=most_frequent(acts["source_country_code"], MOST_ACTORS),
        announced=act_counts(future)[:MOST_ACTS],
    )


def act_group(acts: DataFrame, themes: DataFrame, weight: pd.Series) -> ActGroup:
    """Acts of one kind, with the themes that weigh most in them."""
    weighed = themes.assign(weight=weight)
    weighed = weighed[weighed["weight"] > 0].sort_values(["weight", "topic"], ascending=[False, True])
    return ActGroup(len(acts), act_counts(acts)[:MOST_ACTS], tuple(weighed["topic"].head(MOST_THEMES)))


def reported_acts(events: DataFrame) -> ReportedActs:
    """What speakers report of the other side, the most frequent first."""
    counts = events.groupby(["root", "source_country_code", "target_country_code"], sort=False).size()
    counts = counts.sort_values(ascending=False, kind="stable").head(MOST_REPORTED)
    return ReportedActs(
        reporters=tuple(sorted(events["reporter"].unique())),
        acts=tuple((DirectedAct(*act), int(count)) for act, count in counts.items()),
    )
