"""The line that ends a paragraph: what else the pair did in the period, by kind of act, actor and day.

"Also strikes by Israel on 22 (37 killed) and 28 September (41 killed); talks on 26 September."

A war has more acts in a week than a paragraph has clauses, and those that are left out may be later or as
grave. An act is listed if it is done, news and surely read, and its sentence, which is linked, has a noun by
the rules of headlines (`headlines.noun_of`). Of one actor, kind of act and day only the gravest is: two
reports of one day may be of one event.
"""

import math
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import pandas as pd
from pandas import DataFrame

from analysis.country_names import country_adjective
from analysis.findings.clauses import Clause, clause_of
from analysis.findings.headlines import name_of_side, noun_of
from analysis.findings.period_inputs import PeriodInputs
from analysis.indicators.incident_reports import KINDS, MUTUAL
from analysis.indicators.named_sides import states_named
from analysis.nlp.events.tolls import value_of
from analysis.phrasing import listed
from analysis.tables.rows import rows_of

FORCE: Final = "ASSAULT"
MOST_ACTS: Final = 10
MOST_TRIED: Final = 40  # incidents of a pair
ATTACKS: Final = "attacks"
BLOWS: Final = frozenset((ATTACKS, "shelling", "strikes"))
"""Nouns of one side's acts that are one word in the line: several are "attacks"."""
FIGHTING: Final = "fighting"  # what both do
EXCHANGED: Final = re.compile(
    r"\b(?:battl|both\b|clash|exchang|fight|fought|respon[ds]|retaliat)", re.IGNORECASE
)
"""What the sentence of an act of both sides has, if both did it."""
SOMEBODY: Final = (
    r"{} (?:\w+ )?"
    r"(?:assailants?|attackers?|citizens?|gunm[ae]n|m[ae]n|nationals?|protesters|settlers?|wom[ae]n)\b"
)
"""Who is of a country, `{}`, and is not its forces."""
ADDED_UP: Final = re.compile(
    r"\btolls?\b[^.]*\b(?:climb|increas|pass|reach|ris|rose)|\b(?:to date|so far)\b", re.I
)
"""What has not happened on the day of its report alone."""
NUMBER: Final = re.compile(r"\d[\d,]*|[A-Za-z]+(?:-[a-z]+)?")
DOUBLED_DEAD: Final = 0.5  # added to a score each time the dead are doubled
PLAIN_DAY: Final = re.compile(r"(\d+)( \w+(?: \d{4})?)|$")
"""A day that is that of the report: "9 October", or none where all reports are of one day."""


@dataclass(frozen=True)
class FurtherAct:
    """An act that is only listed."""

    what: str  # "strikes by Israel", "talks"
    when: str  # "22", before another day of the month, or "28 September"
    clause: Clause  # of its sentence

    @property
    def label(self) -> str:
        """ "22", "22 (37 killed)", "22 (according to Russia)"."""
        row, toll = self.clause.incident, toll_of(self.clause)
        is_known = row.claimant_code in (row.source_code, row.target_code)
        by = name_of_side(row.claimant_code, row, [self.clause]) if is_known else ""
        notes = [f"{toll:,} killed"] if toll and toll == row.killed_count else []
        notes += [f"according to {by}" if by else "as is claimed"] * bool(row.is_claim)
        return f"{self.when} ({', '.join(notes)})".lstrip() if notes else self.when


def further_acts(
    incidents: DataFrame, clauses: Collection[Clause], told: Collection, inputs: PeriodInputs
) -> list[list[FurtherAct]]:
    """The acts of a pair beside those that are told, in groups of one kind and actor, each by day.

    Args:
        incidents: that may be listed.
        clauses: of the paragraph.
        told: places of the sentences that the page tells.
        inputs: of the period.
    """
    keys = set().union(*map(keys_of, clauses))
    found: list[tuple[str, str, Clause]] = []
    candidates = (clause_of(row, inputs, is_printed=False) for row in rows_of(incidents.head(MOST_TRIED)))
    for one in sorted(filter(None, candidates), key=gravity_of, reverse=True):
        noun = noun_of(one, with_claims=True)
        is_new = keys.isdisjoint(keys_of(one)) and one.places.isdisjoint(told)
        if len(found) < MOST_ACTS and is_new and is_listed(one, noun):
            keys |= keys_of(one)
            row = one.incident
            is_mutual = row.root in MUTUAL or row.is_joint or noun == FIGHTING
            found.append(("" if is_mutual else name_of_side(row.source_code, row, [one]), noun, one))
    groups: dict[str, list[Clause]] = {}
    for actor, noun, one in found:
        blows = BLOWS & {other for by, other, _ in found if by == actor}
        what = ATTACKS if noun in blows and len(blows) > 1 else noun
        groups.setdefault(f"{what} by {actor}" if actor else what, []).append(one)
    return [acts_by_day(what, clauses) for what, clauses in groups.items()]


def is_listed(clause: Clause, noun: str) -> bool:
    """Whether a clause may be listed with a noun: it tells what its side did, on the day of its report."""
    row, text = clause.incident, clause.text
    is_of_both = row.root in MUTUAL or not row.is_joint or EXCHANGED.search(text)
    somebody = SOMEBODY.format(country_adjective(row.source_code) or "")
    is_private = row.root == FORCE and re.search(somebody, text)
    is_named = row.is_joint or row.source_kind == "armed group" or row.source_code in states_named(text)
    is_whole = noun and PLAIN_DAY.fullmatch(clause.when) and not ADDED_UP.search(text)
    return bool(is_whole and is_of_both and is_named and not is_private)


def keys_of(clause: Clause) -> set[tuple]:
    """What acts that may be one event share: who acts, the kind of act and the day; of both, twice."""
    row = clause.incident
    is_of_both = row.is_joint or row.root in MUTUAL
    actors = (row.source_code, row.target_code) if is_of_both else (row.source_code,)
    return {(code, KINDS.get(row.root, row.root), clause.day) for code in actors}


def toll_of(clause: Clause) -> int:
    """The dead of an act of force as its sentence counts them, or the most of them; 0 without."""
    count = clause.incident.killed_count
    if clause.incident.root != FORCE or pd.isna(count) or not noun_of(clause, with_claims=True):
        return 0
    parts = [list(map(value_of, one.split("-"))) for one in NUMBER.findall(clause.text)]
    values = [1, *(sum(one) for one in parts if None not in one)]
    return 0 if ADDED_UP.search(clause.text) else max(one for one in values if one <= count)


def gravity_of(clause: Clause) -> float:
    """The score of what a clause tells, and more for each time its dead are doubled."""
    return float(clause.incident.score) + DOUBLED_DEAD * math.log2(1 + toll_of(clause))


def acts_by_day(what: str, clauses: list[Clause]) -> list[FurtherAct]:
    """Acts of one kind and actor by day; the month is said once."""
    ordered = sorted(clauses, key=lambda one: str(one.day))
    days = [PLAIN_DAY.fullmatch(one.when) for one in ordered]
    nexts = [*days[1:], None]
    whens = [
        day[1] if after and day and day[1] and day[2] == after[2] else one.when
        for one, day, after in zip(ordered, days, nexts, strict=True)
    ]
    return [FurtherAct(what, when, one) for one, when in zip(ordered, whens, strict=True)]


def in_a_line(groups: list[list[FurtherAct]]) -> str:
    """The line as plain text, without a full stop; "" without acts."""
    parts = []
    for acts in groups:
        days = listed([one.label for one in acts])
        parts.append(f"{acts[0].what} on {days}" if acts[0].when else acts[0].what)
    return f"Also {'; '.join(parts)}" if parts else ""
