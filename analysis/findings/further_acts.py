"""The line that ends a paragraph: the other blows of the pair in the period, by actor and day.

"Among other acts, strikes by Israel on 22 (37 killed) and 28 September; a ceasefire on 29 September."

A war has more acts in a week than a paragraph has clauses, and those that are left out may be later or as
grave. A blow or a ceasefire is listed if it is done, news and surely read, and its sentence, which is linked,
has a noun by the rules of headlines (`headlines.noun_of`) and names who acts. Other acts are not: a noun says
too little of them (strict readers found half of such lines wrong). Of one actor, kind of act and day only the
gravest is: two reports of one day may be of one event. So the line says that there were others: where it
seemed complete, strict readers found half of such lines misleading, most of them for a day left out.
"""

import math
import re
from collections.abc import Collection
from typing import Final, NamedTuple

import pandas as pd
from pandas import DataFrame

from analysis.country_names import country_adjective
from analysis.findings.checks import SURE
from analysis.findings.clauses import Clause, clause_of
from analysis.findings.headlines import name_of_side, noun_of
from analysis.findings.period_inputs import PeriodInputs
from analysis.indicators.incident_reports import KINDS, MUTUAL
from analysis.indicators.named_sides import states_named
from analysis.tables.rows import rows_of

MOST_ACTS: Final = 10
BLOWS: Final = frozenset(("attacks", "shelling", "strikes"))  # several of one side are "attacks"
LISTED: Final = BLOWS | {"a blockade", "a naval quarantine", "an invasion", "an offensive"}
CEASEFIRE: Final = "a ceasefire"
PRIVATE: Final = (
    r"{} (?:\w+ )?"
    r"(?:assailants?|attackers?|citizens?|gunm[ae]n|m[ae]n|nationals?|protesters|settlers?|wom[ae]n)\b"
)
"""Who is of a country, `{}`, and is not its forces."""
DOUBLED_DEAD: Final = 0.5  # added to a score each time the dead are doubled


class FurtherAct(NamedTuple):
    """An act that is only listed."""

    before: str  # what comes before its link: "Among other acts, strikes by Israel on ", " and "
    label: str  # "22 (37 killed)", "28 September (according to Russia)"
    clause: Clause  # of its sentence


def further_acts(
    incidents: DataFrame, clauses: Collection[Clause], told: Collection, inputs: PeriodInputs
) -> list[FurtherAct]:
    """The blows and ceasefires of a pair beside what is told, by kind and actor, each by day.

    Args:
        incidents: that may be listed.
        clauses: of the paragraph.
        told: places of the sentences that the page tells.
        inputs: of the period.
    """
    keys = set().union(*map(keys_of, clauses))
    groups: dict[tuple[str, str], dict[str, Clause]] = {}  # by actor and noun, by day
    sure = incidents[incidents["probability"] > SURE].head(4 * MOST_ACTS)
    candidates = (clause_of(row, inputs, is_printed=False) for row in rows_of(sure))
    for one in sorted(filter(None, candidates), key=gravity_of, reverse=True):
        row, noun = one.incident, noun_of(one, with_claims=True)
        is_new = keys.isdisjoint(keys_of(one)) and one.places.isdisjoint(told)
        is_fit = is_blow_of_side(one, noun) or noun == CEASEFIRE
        if is_fit and is_new and ", reported" not in one.when and sum(map(len, groups.values())) < MOST_ACTS:
            keys |= keys_of(one)
            by = f" by {name_of_side(row.source_code, row, [one])}" if noun in LISTED else ""
            groups.setdefault((by, "attacks" if noun in BLOWS else noun), {}).setdefault(one.when, one)
    line: list[FurtherAct] = []
    for (by, kind), acts in groups.items():
        nouns = {noun_of(one, with_claims=True) for one in acts.values()}
        what = f"{nouns.pop() if len(nouns) == 1 else kind}{by}"
        line += in_words(what, sorted(acts.values(), key=lambda one: str(one.day)), is_first=not line)
    return line


def is_blow_of_side(clause: Clause, noun: str) -> bool:
    """Whether a clause tells a blow whose doer it names, and that nobody disputes; a claim has its dead."""
    row, text = clause.incident, clause.text
    is_named = row.source_kind == "armed group" or row.source_code in states_named(text)
    is_private = re.search(PRIVATE.format(country_adjective(row.source_code) or "(?!)"), text)
    is_said = row.is_denied or (row.is_claim and not toll_of(clause))
    return noun in LISTED and not row.is_joint and is_named and not is_private and not is_said


def in_words(what: str, acts: list[Clause], *, is_first: bool) -> list[FurtherAct]:
    """Acts of one kind and actor by day; the month is said once, and without a day the act is the link."""
    start, found = "Among other acts, " if is_first else "; ", []
    for one, after in zip(acts, [*acts[1:], None], strict=True):
        before = f"{start}{what} on " if not found else ", " if after else " and "
        day, _, month = one.when.partition(" ")
        when = day if after and after.when.partition(" ")[2] == month else one.when
        found.append(FurtherAct(before if when else start, f"{when or what}{notes_on(one)}", one))
    return found


def notes_on(clause: Clause) -> str:
    """ "", " (37 killed)", " (2 killed, according to Russia)"."""
    row, toll = clause.incident, toll_of(clause)
    is_known = row.claimant_code in (row.source_code, row.target_code)
    by = f"according to {name_of_side(row.claimant_code, row, [clause])}" if is_known else "as is claimed"
    notes = [f"{toll:,} killed"] * bool(toll) + [by] * bool(row.is_claim)
    return f" ({', '.join(notes)})" if notes else ""


def keys_of(clause: Clause) -> set[tuple]:
    """What acts that may be one event share: who acts, the kind of act and the day; of both, twice."""
    row = clause.incident
    is_of_both = row.is_joint or row.root in MUTUAL
    actors = (row.source_code, row.target_code) if is_of_both else (row.source_code,)
    return {(code, KINDS.get(row.root, row.root), clause.day) for code in actors}


def toll_of(clause: Clause) -> int:
    """The dead of an act of force that its sentence has a noun for; 0 without."""
    row = clause.incident
    is_blow = row.root == "ASSAULT" and not pd.isna(row.killed_count) and noun_of(clause, with_claims=True)
    return int(row.killed_count) if is_blow else 0


def gravity_of(clause: Clause) -> float:
    """The score of what a clause tells, and more for each time its dead are doubled."""
    return float(clause.incident.score) + DOUBLED_DEAD * math.log2(1 + toll_of(clause))
