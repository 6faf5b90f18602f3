"""Which events count as acts or announcements between two countries, and what readers call them.

Only acts count (`schemas.ACT_STATUSES`): what is denied, imagined or long past says nothing about today, and
announcements are counted separately. Help for an armed group of another country is left out.
"""

from typing import Final

import pandas as pd
from pandas import DataFrame, Series

from analysis.computed_once import once
from analysis.indicators.deduplication import repeated_events
from analysis.indicators.periods import period_starts
from analysis.indicators.proxy_acts import proxy_acts
from analysis.schemas import ACT_STATUSES, ROOT_NAMES

RUNGS: Final = {
    "REQUEST": 1,
    "ACCUSE": 1,
    "REJECT": 1,
    "PROTEST": 1,
    "THREATEN": 2,
    "SANCTION": 3,
    "COERCE": 3,
    "MOBILIZE": 4,
    "ASSAULT": 5,
}
"""Ladder of hostile acts. Source: own, after the order of PLOVER's quads and scores; COERCE is on the rung of
sanctions, because both press without force."""
FORCE: Final = 5
RUNG_NAMES: Final = {0: "none", 1: "statement", 2: "threat", 3: "sanction", 4: "mobilisation", 5: "force"}
KEY = ["dyad", "period"]
ACT = "act"  # the statuses that an event has here
FUTURE = "future"
EVENT = "event"  # either of the two
FULL_INTENSITY = 10.0  # of a bombing; the scale ends there
MODE_NAMES: Final = {
    ("AGREE", "visit"): "visit",  # agreed on, and made
    ("CONSULT", "visit"): "visit",
    ("AGREE", "phone"): "phone call",
    ("CONSULT", "phone"): "phone call",
    ("SUPPORT", "accord"): "accord",
    ("ACCUSE", "disapprove"): "disapproval",
}
"""What readers call an act whose type says too much or too little."""
PROXY_ROOTS: Final = ("SUPPORT", "AID", "COOPERATE")  # talks with an armed group still ease a conflict


@once
def pair_acts(articles: DataFrame, events: DataFrame, *, period: str) -> DataFrame:
    """Acts between two countries, and acts of one country's proxies against the other (`is_proxy`)."""
    own = country_events(articles, events, period=period)
    proxies = proxy_acts(articles, events)
    by_proxy = country_events(articles, proxies, period=period) if len(proxies) else proxies
    both = own if by_proxy.empty else pd.concat([own, by_proxy], ignore_index=True)
    return both[~both["is_copy"]]


def proxy_pair_acts(articles: DataFrame, events: DataFrame, *, period: str) -> DataFrame:
    """`pair_acts` of the pairs that have an act by a proxy."""
    acts = pair_acts(articles, events, period=period)
    return acts[acts["dyad"].isin(acts.loc[acts["is_proxy"], "dyad"])]


@once
def country_events(articles: DataFrame, events: DataFrame, *, period: str) -> DataFrame:
    """Acts and announcements between two known, different countries, with their pair, period and story.

    An undated article is in no day, week or month; `findings.robustness` says how many there are.
    """
    rows = undivided_events(articles, events)
    rows = rows.assign(period=period_starts(rows["published_date"], period))
    return rows.dropna(subset="period").reset_index(drop=True)


@once
def undivided_events(articles: DataFrame, events: DataFrame) -> DataFrame:
    """`country_events` by pair, before they are divided into periods."""
    counts = events["status"].isin((*ACT_STATUSES, FUTURE)) & ~is_proxy_support(events)
    kept = events[between_countries(events) & counts]
    stories = articles.set_index("article_id")["story_id"]
    kept = kept.assign(dyad=dyads(kept), story_id=kept["article_id"].map(stories))
    kept = kept.sort_values(["article_id", "event_id"], ignore_index=True)
    return kept.assign(
        status=kept["status"].where(kept["status"] == FUTURE, ACT),
        is_proxy=kept.get("is_proxy", False),
        is_copy=repeated_events(kept, articles),
    )


def between_countries(events: DataFrame) -> Series:
    """Whether both sides are known countries, and not the same one."""
    source, target = events["source_country_code"], events["target_country_code"]
    return source.notna() & target.notna() & (source != target)


def is_proxy_support(events: DataFrame) -> Series:
    """Whether an armed group gets help across a border, which is not cooperation with the state it fights."""
    with_group = (events["source_kind"] == "armed group") | (events["target_kind"] == "armed group")
    return with_group & events["root"].isin(PROXY_ROOTS)


def dyads(events: DataFrame) -> Series:
    """The pair of each event, in alphabetical order: "CHN-USA"."""
    source, target = (events[f"{side}_country_code"].astype(str) for side in ("source", "target"))
    return source.where(source < target, target) + "-" + target.where(source < target, source)


def act_names(events: DataFrame) -> Series:
    """What readers call each act, see `act_name`; an agreement to come may be only a pledge."""
    names = [act_name(root, mode) for root, mode in zip(events["root"], events["mode"], strict=True)]
    is_open = (events["status"] == FUTURE) & (events["root"] == "AGREE")
    words = Series(names, index=events.index, dtype=object)
    return words.mask(is_open & (words == ROOT_NAMES["AGREE"]), "agreement or pledge")


def act_name(root: str, mode: str | None) -> str:
    """The type of an act, or more exactly "visit", "phone call", "accord" or "disapproval".

    Anger and condemnation accuse nobody of anything; signing a treaty is more than praise.
    """
    return MODE_NAMES.get((root, mode), ROOT_NAMES[root])


@once
def stories_read(articles: DataFrame, period: str) -> DataFrame:
    """How many articles and stories were read in each period, indexed by it."""
    dated = articles.assign(period=period_starts(articles["published_date"], period)).dropna(subset="period")
    return dated.groupby("period").agg(
        article_count=("article_id", "size"), story_count=("story_id", "nunique")
    )


def worst_acts(coded: DataFrame) -> DataFrame:
    """The worst hostile act of each pair, period and story, with its weight: a bombing weighs almost 1.

    Only the worst, because a long transcript mentions one war in twenty sentences.
    """
    hostile = coded[(coded["status"] == ACT) & (coded["quad"] >= 3)]
    weighed = hostile.assign(hostile_weight=hostile["intensity"].abs() / FULL_INTENSITY)
    ranked = weighed.sort_values(["hostile_weight", "is_proxy", "event_id"], ascending=[False, True, True])
    return ranked.drop_duplicates([*KEY, "story_id"]).sort_values(["article_id", "event_id"])


def is_by_first(events: DataFrame) -> Series:
    """Whether the country that acts is the one named first in the pair."""
    return events["source_country_code"] == events["dyad"].str[:3]
