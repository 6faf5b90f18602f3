"""The few words after the two names of a headline: whether it is worse, and what happened.

What is worse is said only where the comparison with the weeks before is clear. A noun is that of a word in
the clause (`findings/act_words.csv`).
"""

import re
from collections.abc import Sequence
from typing import Final

from analysis.findings.clauses import Clause
from analysis.findings.period_inputs import PeriodInputs
from analysis.findings.wording import act_words
from analysis.phrasing import listed

MOST_NOUNS: Final = 2
UNDOING: Final = (
    r"\b(?:lift|suspen|eas(?:e|ing)|remov|end(?:s|ed|ing)?\b|paus|delay|postpon|cancel|exempt|reject|refus"
    r"|den(?:y|ies|ied)|fail|violat|breach|broke|accus|summon|condemn|denounc|protest|despite|abandon"
    r"|withdraw|drop|halt|foil|thwart|prevent|without|no\b|not\b|if\b|unless)"
)
FUTURE: Final = (
    r"\b(?:(?:will|would|could|may|might|plans?|to be)\b|calls? (?:for|on)|demand|urg|propos|offer|threat"
    r"|warn)"
)
UNDONE: Final = re.compile(UNDOING, re.IGNORECASE)
UNDONE_OR_TO_COME: Final = re.compile(rf"{UNDOING}|{FUTURE}", re.IGNORECASE)
"""What makes less of the noun after it."""
MISSED: Final = re.compile(
    r"\b(?:miss(?:es|ed|ing (?:its|their|the))?\b|intercept|(?:shot|shoots?) down)", re.IGNORECASE
)
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
    by_weight = sorted(clauses, key=lambda one: -one.incident.score)
    leading = list(dict.fromkeys(filter(None, map(noun_of, by_weight))))[:MOST_NOUNS]
    by_day, level = list(map(noun_of, clauses)), inputs.level(pair)
    is_worse = level.word == "above" and level.now > level.last
    state = [listed(sorted(leading, key=by_day.index))] if leading else []
    return ", ".join(["worse"] * is_worse + state)


def noun_of(clause: Clause) -> str:
    """ "strikes", "an ultimatum", "tariffs announced".

    It is "" where no word of the clause has such a noun, where something before that word may undo it ("lifts
    its sanctions"), or where it is only claimed.
    """
    incident, text = clause.incident, clause.text
    is_announced = incident.status == "announced"
    is_missed = MISSED.search(text) and not HARM.search(text)
    if incident.is_claim or (incident.root == "ASSAULT" and (is_announced or is_missed)):
        return ""
    undone = UNDONE if is_announced else UNDONE_OR_TO_COME  # of what is announced no future makes less
    for row in act_words():
        found = row.words.search(text) if row.headline and incident.root in row.roots else None
        if found and not undone.search(f"{text[: found.start()]} {found[0].partition(' ')[2]}"):
            return f"{row.headline} announced" if is_announced and YET_TO_COME.search(text) else row.headline
    return ""
