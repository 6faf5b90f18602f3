"""How much each incident of a pair tells a reader of the pair: which one leads its judgment."""

import re
from functools import cache
from math import log2
from typing import Any, Final

import numpy as np
from pandas import DataFrame, Series, Timestamp

from analysis.findings.incident_wording import COOPERATIVE_QUADS
from analysis.findings.period_inputs import PeriodInputs
from analysis.findings.quoted_reports import sentence_after
from analysis.indicators.incident_ranking import BACKGROUND_WEEKS, CLAIM_SHARE, STORY_SHARE
from analysis.indicators.turns import FORCE, listed_words
from analysis.lexicons import load_lexicon
from analysis.tables.rows import rows_of

TOLL_SHARE: Final = 0.4  # of the weight of an attack, for each doubling of its dead
LESS_OF_STORIES: Final = 0.8  # how far the number of stories counts for less than in the rank of a pair
HURT_SHARE: Final = 0.1  # of somebody killed, for somebody injured
PRAISE_SHARE: Final = 0.5  # of the weight of words about an act, beside the act
GUEST_SHARE: Final = 0.6  # of the weight of a strike on fighters from elsewhere, beside one on the country
TURN_WEIGHT: Final = 0.8  # at least, of an accord on a truce or on sanctions, whatever word carries it
FACTORS: Final = {
    "truce": 8.0,
    "leader killed": 1.4,
    "town taken": 1.2,
    "ground war": 1.4,
    "extreme": 1.4,
    "foiled": 0.6,
}
"""Times what its turn says, beyond what that adds to the weight: a truce leads over a day's strikes."""
RARE_FACTOR: Final = 2.0  # added, at most, for a kind of act that a pair at war seldom does
LEAST_AT_WAR: Final = 0.5  # share of the weeks before with force, from which a pair is at war
RARE_ROOTS: Final = (
    "CONSULT",
    "AGREE",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "SANCTION",
    "MOBILIZE",
)
"""Kinds of acts that are news in a war where they are rare; one more arrest or accusation is none."""
ANSWER: Final = re.compile(
    r"\b(?:retaliat|reciprocal|avenge)|\bin (?:response|reply|answer)\b|\bresponds?\b", re.IGNORECASE
)
OPENING_FACTOR: Final = 3.0  # times the first day of force of a pair that used none before: what opened a war


def by_telling(incidents: DataFrame, inputs: PeriodInputs) -> DataFrame:
    """Incidents, what tells most first, with that as their `weight`.

    The stories count less than in the rank of a pair, and the dead more: three reports of a side episode tell
    less than one of the day with the most dead. What was intercepted comes after what was hit. A truce comes
    before the strikes of its week, what opened a war before what followed, and what a text calls the largest
    or the first before the rest.
    """
    telling = [telling_weight(row, inputs) for row in rows_of(incidents)]
    weighed = incidents.assign(weight=Series(telling, incidents.index, dtype=float))
    before = background_of(incidents, inputs)
    weighed["weight"] *= rarity(incidents, before)
    factors = toll_factors(incidents, before) * incidents["turn"].map(FACTORS).fillna(1.0).astype(float)
    factors *= are_openings(incidents, inputs).map({True: OPENING_FACTOR, False: 1.0})
    order = (weighed["weight"] * factors).sort_values(ascending=False, kind="stable")
    return weighed.loc[order.index]


def are_openings(incidents: DataFrame, inputs: PeriodInputs) -> Series:
    """Whether each incident is the heaviest blow of the day on which a pair came to blows, and no answer.

    That day is in the period: what happened before it, and is only now recalled, opened nothing in it.
    """
    if inputs.period.first is None:
        return Series(False, incidents.index)
    answers = [ANSWER.search(inputs.sentence(row)) is not None for row in rows_of(incidents)]
    is_force = (incidents["root"] == FORCE) & incidents["dyad"].isin(inputs.broken_out)
    is_force &= incidents["first_day"] >= Timestamp(inputs.period.first)
    is_first = incidents["first_day"] == incidents.loc[is_force, "first_day"].min()
    found = is_force & is_first & ~Series(answers, incidents.index, dtype=bool)
    return found & ~incidents.assign(found=found).duplicated(["dyad", "found"])


def background_of(incidents: DataFrame, inputs: PeriodInputs) -> DataFrame:
    """What the pairs of some incidents did in the weeks before, and in which `week`, 0 for the last."""
    if inputs.period.is_everything or inputs.period.first is None:
        return inputs.background.iloc[:0].assign(week=[])
    first = Timestamp(inputs.period.first)
    weeks = (first - inputs.background["first_reported"]).dt.days // 7
    found = inputs.background.assign(week=weeks)
    is_done = (found["status"] == "done") & (found["week"] < BACKGROUND_WEEKS)
    return found[found["dyad"].isin(incidents["dyad"]) & is_done]


def toll_factors(incidents: DataFrame, before: DataFrame) -> Series:
    """The factor of an attack for those it killed or hurt; 1 for other acts, and for one without a toll.

    In a war in which attacks usually kill forty, forty dead are no more news than one dead elsewhere.
    """
    is_attack = incidents["root"] == FORCE
    dead, hurt = (
        incidents[f"{harm}_count"].where(is_attack).fillna(0).astype(float) for harm in ("killed", "injured")
    )
    usual = before.groupby("dyad")["killed_count"].median().reindex(incidents["dyad"]).fillna(1).clip(lower=1)
    return 1 + TOLL_SHARE * np.log2(1 + (dead + HURT_SHARE * hurt) / usual.to_numpy())


def rarity(incidents: DataFrame, before: DataFrame) -> Series:
    """By how much more a kind of act tells in a pair at war that seldom does it: from 1 to 3.

    Where strikes are reported every week, an exchange of prisoners or an embassy is the news.
    """
    weeks = before.groupby(["dyad", "root"])["week"].nunique() / BACKGROUND_WEEKS

    def factor(row: Any) -> float:
        if row.root not in RARE_ROOTS or weeks.get((row.dyad, FORCE), 0.0) < LEAST_AT_WAR:
            return 1.0
        return 1 + RARE_FACTOR * (1 - min(1.0, weeks.get((row.dyad, row.root), 0.0) / LEAST_AT_WAR))

    return Series([factor(row) for row in rows_of(incidents)], incidents.index, dtype=float)


def telling_weight(incident: Any, inputs: PeriodInputs) -> float:
    """The weight of an incident among those of its pair."""
    sentence = inputs.sentence(incident)
    following = sentence_after(incident.article_id, incident.end_char, inputs)  # which may say who was hit
    weight = incident.weight / (1 + STORY_SHARE * log2(incident.story_count)) ** LESS_OF_STORIES
    weight /= CLAIM_SHARE if is_claim_of_victims(incident) else 1.0
    weight *= PRAISE_SHARE if is_praise(incident) else 1.0
    weight *= GUEST_SHARE if is_on_guests(incident, f"{sentence} {following}") else 1.0
    if is_turn(incident, sentence):
        return max(weight, TURN_WEIGHT * incident.probability)
    return weight


def is_turn(incident: Any, sentence: str) -> bool:
    """Whether two sides deal with each other over what ends a war or a punishment; praising it is none."""
    is_deed = incident.quad in COOPERATIVE_QUADS and not is_praise(incident)
    return is_deed and listed_words("turning").search(sentence) is not None


def is_claim_of_victims(incident: Any) -> bool:
    """Whether the side that was struck says so: nobody else counts its dead."""
    return incident.root == FORCE and incident.is_claim and incident.claimant_code == incident.target_code


def is_praise(incident: Any) -> bool:
    """Whether its words praise or back something, and do nothing."""
    return incident.root == "SUPPORT" and listed_words("praise").search(incident.trigger_lemma) is not None


def is_on_guests(incident: Any, sentence: str) -> bool:
    """Whether fighters from elsewhere are struck in a country: the Islamic State in Somalia."""
    is_by_state = incident.root == FORCE and not incident.is_joint
    is_of_states = "armed group" not in (incident.source_kind, incident.target_kind)
    return is_by_state and is_of_states and names_foreign_group(sentence, incident.target_code)


def is_among_groups(incident: Any, sentence: str) -> bool:
    """Whether a sponsored group fights a militia: neither the sponsor nor the country they are in acts."""
    return incident.is_by_proxy and listed_words("militia").search(sentence) is not None


def names_fighters(sentence: str) -> bool:
    """Whether a sentence names an armed group, or calls somebody a fighter of one."""
    return bool(listed_words("fighters").search(sentence) or groups_named(sentence))


def names_foreign_group(sentence: str, code: str) -> bool:
    """Whether a sentence names an armed group, and none that counts as a country: al-Qaeda in Yemen."""
    codes = groups_named(sentence)
    return bool(codes) and code not in codes


def groups_named(sentence: str) -> set[str]:
    """The codes of the countries, "" for none, that the armed groups named in a sentence count as."""
    return {armed_groups()[match[0]] for match in group_names().finditer(sentence)}


@cache
def armed_groups() -> dict[str, str]:
    """Each listed name of an armed group -> the code of the country that it counts as, or ""."""
    rows = load_lexicon("actors/aliases")
    rows = rows[rows["kind"] == "armed group"]
    return dict(zip(rows["term"], rows["country_code"], strict=True))


@cache
def group_names() -> re.Pattern:
    """Every listed name of an armed group."""
    names = sorted(armed_groups(), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")
