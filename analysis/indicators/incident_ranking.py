"""Which incidents and which pairs a page reports first: gravity, how many report it, and how unusual it is.

The gravity of an incident is that of its type and word (`indicators/gravity.csv`), raised by the dead and
lowered where it is announced, claimed, or read by the model alone. Its weight grows with the stories that
report it. An accord in a war and a meeting of heads of state weigh more than other talks; what two armed
groups do to each other weighs little. A pair weighs what its incidents weigh, each further one counting less,
because a war that goes on fills many lines and is one piece of news; less what happened before the period and
is only now reported; more, the further it is above what was usual between the two; and less in an ordinary
week. Where no force is used, a pair weighs less with a country that is seldom in the news.
A state that uses force on another or claims its land, and did neither in the weeks before, is the gravest
news of all: such a pair counts twice.
"""

from functools import cache
from math import log2, log10
from typing import Any, Final

import numpy as np
import pandas as pd
from pandas import DataFrame, Series, Timedelta, Timestamp

from analysis.indicators.news_reports import is_at_top
from analysis.lexicons import load_lexicon
from analysis.schemas import ROOTS
from analysis.tables.rows import rows_of

ANNOUNCED_SHARE: Final = 0.6  # of the gravity of the deed
CLAIM_SHARE: Final = 0.8
MODEL_SHARE: Final = 0.85
PRIVATE_SHARE: Final = 0.5  # of what is done to or by a firm, a ship or a person of a country
PRIVATE_KINDS: Final = ("organisation", "other")
GROUP_SHARE: Final = 0.7  # of what an armed group does or suffers in one story: its country may have no part
REBEL_SHARE: Final = (
    0.35  # of what a group does or suffers that its country fights too: al-Shabaab and Uganda
)
BETWEEN_GROUPS: Final = 0.4  # of what two armed groups do to each other: no state has a part in it
TURN_SHARES: Final = {
    "truce": 2.0,
    "broken truce": 2.0,
    "leader killed": 1.4,
    "town taken": 1.3,
    "ground war": 1.4,
    "ultimatum": 1.6,
    "pact": 1.6,
    "extreme": 1.4,
    "foiled": 0.6,
    "taken back": 0.1,
    "bystander": 0.3,
    "invited": 0.7,
}
"""Times the gravity of what an incident is, for what makes it more than one act among others."""
WAR: Final = "armed conflict"  # the theme
PEACE: Final = 0.6  # gravity, at least, of an accord in a war
SUMMIT: Final = 0.6  # gravity, at least, of a meeting announced between those who lead two states
HEADS: Final = ("president", "prime minister", "premier", "chancellor", "supreme leader", "leader")
OPENING_CHARS: Final = 300  # of a text, in which the headline and the first paragraph usually end
LEAD_SHARE: Final = 0.6  # of the gravity of what the next paragraphs report
DATED_SHARE: Final = 0.15  # of the gravity of what articles report below their top, with a late day
HEADLINE_SHARE: Final = 1.5  # of the gravity of what is below a headline about the same two sides
UNDATED_SHARE: Final = 0.5  # of the gravity of what only undated articles report, where others are dated
BACKGROUND_SHARE: Final = 0.1  # of the gravity of what articles only recall
HALVING_DAYS: Final = 365  # in which the weight of what is reported halves, where a page covers years
LONGEST_LIST: Final = 2  # pairs of one sentence that each count in full; a longer list shares their weight
MOST_FOR_DEAD: Final = 0.7  # added for a hundred dead and more
STORY_SHARE: Final = 0.5  # added when the number of stories doubles
DECAY: Final = 0.6  # of the weight of each further incident of a pair
ATTENTION: Final = 1.0  # added to the weight of a pair when the number of stories on it doubles
BACKGROUND_WEEKS: Final = 8  # in which what is usual is looked for
LEAST_WEEKS: Final = 4  # of articles, before it can be said that a pair used no force lately
EARLIER_SHARE: Final = 0.8  # of the weight of what happened before the period and is only now reported
MOST_UNUSUAL: Final = 1.2  # added to the weight of a pair without background
ORDINARY: Final = 0.6  # times the weight of a pair in a week that is no more than its usual one
TALKS: Final = ("CONSULT", "AGREE", "REJECT")
FOES_TALK: Final = 2.0  # times talks, or their refusal, where one threatened or attacked the other lately
SAME_SENTENCE: Final = 0.3  # times the weight of what the sentence of a heavier incident reports too
FIRST_FORCE: Final = 2.0  # times the weight of a pair of states that comes to blows
LEAST_FORCE: Final = 0.7  # gravity of an act that is a blow beyond doubt
GROUPS: Final = ("armed group", *PRIVATE_KINDS)
LEAST_PROMINENT: Final = 0.5  # times the weight of a pair without force, if one side was never in the news

PROMINENT: Final = 0.015  # share of all incidents from which a country is often in the news


def gravity(incidents: DataFrame) -> Series:
    """How grave each incident is, from 0 to about 1.7: an attack is 1, and one with many dead 1.7."""
    values = gravity_values()
    found = Series([gravity_of(row, values) for row in rows_of(incidents)], incidents.index, dtype=float)
    listed = incidents.groupby(["article_id", "start_char"])["dyad"].transform("nunique")
    is_undated = incidents["first_reported"].isna()
    shares = is_undated.map({True: UNDATED_SHARE if not is_undated.all() else 1.0, False: 1.0})
    return found * (LONGEST_LIST / listed).clip(upper=1.0) * shares


@cache
def gravity_values() -> dict[tuple[str, str], float]:
    """The gravity of an act by type and word; the word "" is for all others."""
    rows = load_lexicon("indicators/gravity", allowed={"root": ROOTS}, numbers=("gravity",))
    return {(row.root, row.lemma): float(row.gravity) for row in rows_of(rows)}


def gravity_of(incident: Any, values: dict[tuple[str, str], float]) -> float:
    """The gravity of one incident; `values` as `gravity_values` gives them."""
    value = values.get((incident.root, incident.trigger_lemma), values[incident.root, ""])
    if incident.root == "AGREE" and incident.theme == WAR:
        value = max(value, PEACE)
    if not pd.isna(incident.killed_count):
        value += min(MOST_FOR_DEAD, log10(1 + int(incident.killed_count)) / 3)
    value = max(value, SUMMIT) if is_summit(incident) else value
    value *= ANNOUNCED_SHARE if incident.status == "announced" and not is_summit(incident) else 1.0
    value *= CLAIM_SHARE if incident.is_claim else 1.0
    value *= 1.0 if incident.is_by_word else MODEL_SHARE
    kinds = {incident.source_kind, incident.target_kind}
    value *= PRIVATE_SHARE if kinds & set(PRIVATE_KINDS) else 1.0
    value *= place_share(incident)
    value *= group_share(incident)
    value *= TURN_SHARES.get(incident.turn, 1.0)
    return value * (BETWEEN_GROUPS if kinds == {"armed group"} else 1.0) * incident.probability


def group_share(incident: Any) -> float:
    """How much an act of or on an armed group counts: little, if the group fights its own country."""
    groups = [
        getattr(incident, f"{side}_name")
        for side in ("source", "target")
        if getattr(incident, f"{side}_kind") == "armed group"
    ]
    if any(name not in ruling_groups() for name in groups) and not incident.is_by_proxy:
        return REBEL_SHARE
    return GROUP_SHARE if groups and incident.story_count == 1 else 1.0


@cache
def ruling_groups() -> frozenset[str]:
    """Armed groups that rule or act for the country which they count as."""
    return frozenset(load_lexicon("indicators/ruling_groups")["name"])


def is_summit(incident: Any) -> bool:
    """Whether those who lead two states meet or are to meet."""
    leaders = heads_of_states()
    is_meeting = incident.root in ("AGREE", "CONSULT") and incident.mode != "phone"
    return is_meeting and incident.source_name in leaders and incident.target_name in leaders


@cache
def heads_of_states() -> frozenset[str]:
    """Names of the listed people who lead a state or its government."""
    rows = load_lexicon("actors/leaders")
    return frozenset(rows.loc[rows["role"].isin(HEADS), "name"])


def place_share(incident: Any) -> float:
    """How much an incident counts, by where in the article its clearest report is.

    A truce or an invasion of these days is news wherever an article reports it.
    """
    if not incident.is_news:
        return BACKGROUND_SHARE
    is_grave = TURN_SHARES.get(incident.turn, 1.0) > 1
    below = LEAD_SHARE if is_at_top(incident) or is_grave else DATED_SHARE
    share = 1.0 if incident.start_char < OPENING_CHARS else below
    return share * (HEADLINE_SHARE if incident.is_in_headline else 1.0)


def weights(incidents: DataFrame) -> Series:
    """The weight of each incident: its gravity, and half as much again whenever its stories double."""
    return gravity(incidents) * (1 + STORY_SHARE * incidents["story_count"].map(log2))


def ranked_incidents(incidents: DataFrame) -> DataFrame:
    """Incidents with their `weight`, the heaviest first; what is a year older than the newest counts half."""
    days = (incidents["first_reported"].max() - incidents["first_reported"]).dt.days.fillna(0)
    weighed = incidents.assign(weight=weights(incidents) * 0.5 ** (days / HALVING_DAYS))
    order = ["weight", "first_reported", "incident_id"]
    return weighed.sort_values(order, ascending=[False, True, True], ignore_index=True)


def ranked_sides(
    current: DataFrame, background: DataFrame, articles: DataFrame, first_day: Timestamp | None
) -> DataFrame:
    """The pairs of a period, the one to report first on top.

    Args:
        current: `Incidents` of the period.
        background: `Incidents` reported before it.
        articles: `Articles` table, for their stories.
        first_day: of the period; None where it has none.

    Returns:
        `dyad`, `weight` (of the pair), `incident_count`, `story_count` and `usual_weight` (of its background,
        for as many days as a week has), sorted.
    """
    weighed = ranked_incidents(current)
    usual = usual_weights(background, first_day, since=articles["published_date"].min())
    broken_out = pairs_come_to_blows(weighed, background, first_day)
    is_foes_talk = weighed["root"].isin(TALKS) & weighed["dyad"].isin(foes(background, first_day))
    prominences = prominence(background)
    has_force = set(weighed.loc[weighed["root"] == "ASSAULT", "dyad"])
    rows = []
    is_earlier = weighed["first_day"] < (first_day if first_day is not None else Timestamp.min)
    fresh = weighed["weight"] * is_earlier.map({True: EARLIER_SHARE, False: 1.0})
    fresh *= is_foes_talk.map({True: FOES_TALK, False: 1.0})
    fresh *= weighed.duplicated(["dyad", "article_id", "start_char"]).map({True: SAME_SENTENCE, False: 1.0})
    for dyad, part in weighed.groupby("dyad", sort=False):
        weight = weight_of_pair(fresh[part.index])
        before = usual.get(dyad, 0.0)
        stories = stories_of(part, articles)
        weight *= unusualness(weight, before, has_turn=(part["turn"].map(TURN_SHARES) > 1).any())
        weight *= 1 + ATTENTION * log2(len(stories))
        weight *= FIRST_FORCE if dyad in broken_out else 1.0
        weight *= 1.0 if dyad in has_force else prominence_of(dyad, prominences)
        rows.append((dyad, weight, len(part), len(stories), before))
    found = DataFrame(rows, columns=["dyad", "weight", "incident_count", "story_count", "usual_weight"])
    return found.sort_values(["weight", "dyad"], ascending=[False, True], ignore_index=True)


def prominence(background: DataFrame) -> Series | None:
    """By country, how much a pair with it counts: from `LEAST_PROMINENT` to 1, by its share of the incidents.

    None where no incident came before.
    """
    if background.empty:
        return None
    shares = pd.concat([background["source_code"], background["target_code"]]).value_counts() / len(
        background
    )
    known = np.log2(1 + 100 * shares.clip(upper=PROMINENT)) / log2(1 + 100 * PROMINENT)
    return LEAST_PROMINENT + (1 - LEAST_PROMINENT) * known


def prominence_of(dyad: str, prominences: Series | None) -> float:
    """How much a pair counts by the side that is less often in the news; 1 where nothing came before.

    What a reader follows is what the news was about: a tariff between two large economies, and not a visa
    between two countries of which nobody has read.
    """
    if prominences is None:
        return 1.0
    return min(prominences.get(code, LEAST_PROMINENT) for code in dyad.split("-"))


def foes(background: DataFrame, first_day: Timestamp | None) -> set[str]:
    """The pairs of which one threatened the other, or used force on it, in the weeks before a day."""
    if first_day is None or background.empty:
        return set()
    start = first_day - Timedelta(weeks=BACKGROUND_WEEKS)
    is_recent = background["first_reported"].between(start, first_day, inclusive="left")
    return set(background.loc[is_recent & background["root"].isin(("THREATEN", "ASSAULT")), "dyad"])


def weight_of_pair(weights_of_incidents: Series) -> float:
    """What the incidents of a pair weigh together, each further one less than the one before."""
    ordered = sorted(weights_of_incidents, reverse=True)
    return sum(one * DECAY**place for place, one in enumerate(ordered))


def unusualness(weight: float, usual: float, *, has_turn: bool) -> float:
    """By how much more a pair counts that weighs more than usual, up to 2.2; an ordinary week counts less.

    A week with a turn (`turns`) is no ordinary one.
    """
    if weight <= usual:
        return ORDINARY if usual > 0 and not has_turn else 1.0
    return 1 + MOST_UNUSUAL * (weight - usual) / (weight + usual) * min(1.0, weight)


def pairs_come_to_blows(current: DataFrame, background: DataFrame, first_day: Timestamp | None) -> set[str]:
    """The pairs in which a state uses force on one that it used none on in the weeks looked at.

    None where the articles do not go back far enough to know.
    """
    if first_day is None or background.empty:
        return set()
    start = first_day - Timedelta(weeks=BACKGROUND_WEEKS)
    if background["first_reported"].min() > first_day - Timedelta(weeks=LEAST_WEEKS):
        return set()
    recent = background[background["first_reported"].between(start, first_day, inclusive="left")]
    is_blow = is_force(current) & current["is_by_word"] & (gravity(current) >= LEAST_FORCE)
    earlier = {way for row in rows_of(recent[is_force(recent)]) for way in ways(row)}
    return {row.dyad for row in rows_of(current[is_blow]) if ways(row) - earlier}


def ways(incident: Any) -> set[tuple[str, str]]:
    """Who acts on whom, as codes; both ways of a joint act."""
    way = incident.source_code, incident.target_code
    return {way, way[::-1]} if incident.is_joint else {way}


def is_force(incidents: DataFrame) -> Series:
    """Whether a state used force on a state, or laid claim to its land; not a group, a firm or a person."""
    is_of_states = ~incidents["source_kind"].isin(GROUPS) & ~incidents["target_kind"].isin(GROUPS)
    is_blow = (incidents["root"] == "ASSAULT") & (incidents["status"] == "done")
    return is_of_states & (is_blow | (incidents["mode"] == "territory"))


def stories_of(incidents: DataFrame, articles: DataFrame) -> set[str]:
    """The stories that report some incidents; a reprint is of its story."""
    ids = {one for row in incidents["article_ids"] for one in row.split()}
    return set(articles.loc[articles["article_id"].isin(ids), "story_id"])


def usual_weights(
    background: DataFrame, first_day: Timestamp | None, *, since: Timestamp | None = None
) -> dict[str, float]:
    """What each pair weighed in a usual week before the period: the mean over the weeks looked at.

    These are up to eight; where the first article, of the day `since`, is later, as many as there are.
    """
    if first_day is None or background.empty:
        return {}
    known_days = BACKGROUND_WEEKS * 7 if pd.isna(since) else (first_day - since).days
    weeks_known = min(float(BACKGROUND_WEEKS), max(1.0, known_days / 7))
    start = first_day - Timedelta(weeks=BACKGROUND_WEEKS)
    recent = background[background["first_reported"].between(start, first_day, inclusive="left")]
    weeks = ((first_day - recent["first_reported"]).dt.days - 1) // 7
    weighed = recent.assign(week=weeks, weight=weights(recent))
    found: dict[str, float] = {}
    for (dyad, _), part in weighed.groupby(["dyad", "week"]):
        found[dyad] = found.get(dyad, 0.0) + weight_of_pair(part["weight"]) / weeks_known
    return found
