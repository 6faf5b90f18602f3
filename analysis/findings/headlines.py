"""The few words after the two names of a headline: the last state between them, and whether it is worse.

What is worse or better is said only where the weeks before are known. The nouns are those of the word list
(`findings/act_words.csv`).
"""

from typing import Any, Final

import pandas as pd

from analysis.findings.act_words import kind_noun
from analysis.findings.period_inputs import PeriodInputs
from analysis.findings.side_names import with_article

TURNS: Final = {
    "truce": "a truce",
    "broken truce": "truce in doubt",
    "ultimatum": "an ultimatum",
    "pact": "a pact",
}
FITTING: Final = {
    "truce": (1, 2),
    "pact": (1, 2),
}
"""The quad classes of incidents whose turn a headline may name: who recalls a killing kills nobody."""
CHANGING: Final = ("AGREE", "RETREAT", "AID", "COOPERATE", "SANCTION", "COERCE", "MOBILIZE", "ASSAULT")
NOUNS: Final = {
    "REJECT": "a refusal",
    "THREATEN": "a threat",
    "ACCUSE": "accusations",
    "CONCEDE": "a concession",
}
STEM: Final = 4  # letters that words of one stem share
DEEDS: Final = ("ASSAULT", "COERCE", "SANCTION", "MOBILIZE")
"""Hostile deeds: they have no noun in a headline where no word of their sentence bears it out."""
BLOWS: Final = {
    **{"airstrike": "air strikes", "air strike": "air strikes", "strike": "strikes", "attack": "attacks"},
    **{"clash": "clashes", "shell": "shelling", "bomb": "bombing", "fire": "gunfire"},
}
"""What an act of force is called by the first of these words that its sentence has."""
HOSTILE_WORD = 3  # quad class from which an act is hostile
HIGHER, FAR_HIGHER = 1.5, 3.0  # times the usual level, from which it is called higher, and far higher


def level_word(value: float, usual: float) -> str:
    """ "far higher", "higher", "about as usual", "lower", "far lower"; "new" where nothing was usual."""
    if not usual:
        return "new" if value else "none"
    ratio = value / usual
    if ratio >= HIGHER:
        return "far higher" if ratio >= FAR_HIGHER else "higher"
    if ratio > 1 / HIGHER:
        return "about as usual"
    return "lower" if ratio > 1 / FAR_HIGHER else "far lower"


def headline_state(incidents: list[Any], pair: str, inputs: PeriodInputs) -> str:
    """The last state of a pair in a few words: "a truce", "worse, air strikes"; "" where no word is sure.

    That a week is ordinary is not said: how much is reported is no measure of what happened.

    Args:
        incidents: rows of `Incidents` that its paragraph tells, the gravest first.
        pair: "CHN-USA".
        inputs: of the period.
    """
    if inputs.period.is_everything or inputs.background.empty:
        kinds = {row.quad >= HOSTILE_WORD: row for row in reversed(incidents)}  # the gravest of each
        nouns = dict.fromkeys(noun_of(row, inputs) for row in incidents if row in kinds.values())
        turned = turn_of(state_of(incidents)) and noun_of(state_of(incidents), inputs)
        return turned or " and ".join(filter(None, nouns))
    last = state_of(incidents)
    nouns = [noun for noun in dict.fromkeys(noun_of(row, inputs) for row in of_both_kinds(incidents)) if noun]
    noun = " and ".join(nouns) if len(nouns) < 3 and not turn_of(last) else noun_of(last, inputs)
    moves = inputs.moves[inputs.moves["dyad"] == pair]
    levels = [
        float(moves[name].iloc[0]) if len(moves) else 0.0 for name in ("hostile_weight", "usual_weight")
    ]
    word = level_word(*(0.0 if pd.isna(value) else value for value in levels))
    if turn_of(last) and last.quad < HOSTILE_WORD:
        return noun
    if not noun:
        return ""
    if len(of_both_kinds(incidents)) > 1:
        return f"mixed, {noun}"
    if last.quad < HOSTILE_WORD or last.root == "REQUEST":
        return noun
    return f"worse, {noun}" if word in ("far higher", "higher", "new") else noun


def of_both_kinds(incidents: list[Any]) -> list[Any]:
    """The gravest incident, and the gravest deed or accord of the other kind, friendly or hostile."""
    is_hostile = incidents[0].quad >= HOSTILE_WORD
    others = [row for row in incidents if (row.quad >= HOSTILE_WORD) != is_hostile and row.root in CHANGING]
    return [incidents[0], *others[:1]]


def turn_of(incident: Any) -> str:
    """The turn of an incident that a headline may name, or ""."""
    is_fitting = incident.turn in TURNS and incident.quad in FITTING.get(incident.turn, (1, 2, 3, 4))
    return str(incident.turn) if is_fitting else ""


def state_of(incidents: list[Any]) -> Any:
    """The incident that says how a pair stands: the last one with a turn, else the gravest."""
    turned = [row for row in incidents if turn_of(row)]
    return max(
        turned, key=lambda row: (not pd.isna(row.last_reported), row.last_reported), default=incidents[0]
    )


def noun_of(incident: Any, inputs: PeriodInputs) -> str:
    """ "air strikes", "tariffs", "a refusal"."""
    is_alleged = (
        incident.is_claim and incident.quad in (2, 4) and incident.claimant_code != incident.source_code
    )
    announced = " announced" if incident.status == "announced" else " alleged" if is_alleged else ""
    if turn := turn_of(incident):
        return f"{TURNS[turn]}{announced}"
    own = inputs.of_pair(incident.dyad)
    count = int(((own["root"] == incident.root) & (own["status"] == incident.status)).sum())
    noun, several = (kind_noun(incident, number, sentence=inputs.sentence(incident)) for number in (1, 2))
    if incident.root in DEEDS and not shares_a_word(noun, inputs.sentence(incident)):
        sentence = inputs.sentence(incident).lower() if incident.root == "ASSAULT" else ""
        blow = next((name for word, name in BLOWS.items() if word in sentence), "")
        return blow and f"{blow}{announced}"
    one = noun if noun == several else with_article(noun)
    return f"{NOUNS.get(incident.root) or (one if count == 1 else several)}{announced}"


def is_borne_out(incident: Any, inputs: PeriodInputs) -> bool:
    """Whether the sentence of an incident has a word of its noun: "withdrawal"."""
    sentence = inputs.sentence(incident)
    return shares_a_word(kind_noun(incident, sentence=sentence), sentence)


def shares_a_word(noun: str, sentence: str) -> bool:
    """Whether a sentence has a word like one of a noun: a missile fired into the sea is no attack."""
    return any(word[:STEM] in sentence.lower() for word in noun.lower().split() if len(word) >= STEM)
