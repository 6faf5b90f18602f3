"""The few words after the two names of a headline: whether it is worse, and what happened.

What is worse is said only where the comparison with the weeks before is clear. A noun is that of a word in
the clause (`findings/act_words.csv`).
"""

import re
from collections.abc import Sequence
from typing import Any, Final

from analysis.country_names import (
    country_in_sentence,
    country_name,
    group_in_sentence,
    groups_named,
)
from analysis.findings.clauses import Clause
from analysis.findings.period_inputs import PeriodInputs
from analysis.findings.wording import act_words
from analysis.indicators.named_sides import states_named
from analysis.phrasing import listed

UNDOING: Final = (
    r"\b(?:since|lift|suspen|eas(?:e|ing)|remov|end(?:s|ed|ing)?\b|paus|delay|postpon|cancel|exempt|reject|refus"
    r"|den(?:y|ies|ied)|fail|violat|breach|broke|accus|summon|condemn|denounc|protest|despite|abandon"
    r"|withdraw|drop|halt|foil|thwart|attempt|repel|\bbreak|prevent|without|no\b|not\b|if\b|unless)"
)
FUTURE: Final = (
    r"\b(?:(?:will|would|could|may|might|plans?|to be)\b|calls? (?:for|on)|demand|urg|propos|offer|threat"
    r"|warn)"
)
UNDONE: Final = re.compile(UNDOING, re.IGNORECASE)
UNDONE_OR_TO_COME: Final = re.compile(rf"{UNDOING}|{FUTURE}", re.IGNORECASE)
"""What makes less of the noun after it."""
MISSED: Final = re.compile(
    r"\b(?:miss(?:es|ed|ing (?:its|their|the))?\b|crash|intercept|(?:shot|shoots?) down)", re.IGNORECASE
)
ALLEGED: Final = re.compile(r"\balleged (?:[\w-]+ )?$", re.IGNORECASE)  # right before the noun
HARM: Final = re.compile(r"\b(?:kill|dead\b|die[sd]?\b|injur|wound|damag|destroy|hit)", re.IGNORECASE)
"""Without which a shot that missed is no strike."""
YET_TO_COME: Final = re.compile(rf"{FUTURE}|announc|intend|set to", re.IGNORECASE)


def headline_state(clauses: Sequence[Clause], pair: str, inputs: PeriodInputs) -> str:
    """What happened between a pair, "worse, strikes and a ceasefire"; "" where no word is sure.

    Args:
        clauses: of its paragraph, by day.
        pair: "CHN-USA".
        inputs: of the period.
    """
    told = list(dict.fromkeys(filter(None, map(noun_of, clauses))))[:2]
    level = inputs.level(pair)
    is_worse = level.word == "above" and level.now > level.last
    return ", ".join(["worse"] * is_worse + ([listed(told)] if told else []))


def noun_of(clause: Clause, *, with_claims: bool = False) -> str:
    """ "strikes", "an ultimatum", "tariffs announced".

    It is "" where no word of the clause has such a noun, where something before that word may undo it ("lifts
    its sanctions"), or where it is only claimed, unless claims are asked for.
    """
    incident, text = clause.incident, clause.text
    is_announced = incident.status == "announced"
    is_missed = MISSED.search(text) and not HARM.search(text)
    if (incident.is_claim and not with_claims) or (
        incident.root == "ASSAULT" and (is_announced or is_missed)
    ):
        return ""
    undone = UNDONE if is_announced else UNDONE_OR_TO_COME  # of what is announced no future makes less
    for row in act_words():
        found = row.words.search(f"{text}.") if row.headline and incident.root in row.roots else None
        before = text[: found.start()] if found else ""
        if found and not (ALLEGED.search(before) or undone.search(f"{before} {found[0].partition(' ')[2]}")):
            return f"{row.headline} announced" if is_announced and YET_TO_COME.search(text) else row.headline
    return ""


def name_of_side(code: str, gravest: Any, clauses: list[Clause]) -> str:
    """A side as a headline names it: "the United States", "Somaliland", or the one group in all clauses."""
    side = "source" if gravest.source_code == code else "target"
    if getattr(gravest, f"{side}_kind") in ("armed group", "other"):  # such as parts of countries
        return group_in_sentence(getattr(gravest, f"{side}_name"))
    other = gravest.target_name if side == "source" else gravest.source_name
    shared = frozenset.intersection(*(groups_named(one.text, code) for one in clauses)) - {other}
    if len(shared) == 1 and not any(acts_itself(one.text, code) for one in clauses):
        return group_in_sentence(min(shared))
    return country_in_sentence(code)


def acts_itself(text: str, code: str) -> bool:
    """Whether a text names a country, and not only as the place where something happened."""
    place = r"(?:\bin|,|-controlled|-held) (?:the )?{0}|{0}['’]s(?= )".format(re.escape(country_name(code)))
    return code in states_named(re.sub(place, "", text))
