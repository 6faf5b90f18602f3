"""The few words after the two names of a headline: whether it is worse or better, and what happened.

What is worse or better is said only where the comparison with the weeks before is clear. The nouns are those
of the word list (`findings/act_words.csv`), each only where a word of its clause bears it out.
"""

import re
from collections.abc import Sequence
from typing import Final

from analysis.findings.act_words import words_for, words_of_root
from analysis.findings.clauses import Clause
from analysis.findings.period_inputs import PeriodInputs
from analysis.findings.side_names import with_article
from analysis.phrasing import listed

MOST_NOUNS: Final = 2
LEAST_LETTERS: Final = 4  # of a word that has to be borne out
ENDINGS: Final = re.compile(r"(?:ings?|ions?|als?|es|ed|s)$")
DIRECTIONS: Final = {"up": "worse", "down": "calmer"}
TRUCES: Final = ("ceasefire", "truce", "armistice")
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


def headline_state(clauses: Sequence[Clause], pair: str, inputs: PeriodInputs) -> str:
    """What happened between a pair, "worse: air strikes and a truce"; "" where no word is sure.

    Args:
        clauses: of its paragraph, by day.
        pair: "CHN-USA".
        inputs: of the period.
    """
    by_weight = sorted(clauses, key=lambda one: -one.incident.score)
    nouns = dict.fromkeys(noun for one in by_weight if (noun := noun_of(one, inputs)))
    told = list(nouns)[:MOST_NOUNS]
    order = [noun_of(one, inputs) for one in clauses]
    state = listed(sorted(told, key=order.index)) if told else ""
    moves = inputs.moves.loc[inputs.moves["dyad"] == pair, "direction"]
    direction = DIRECTIONS.get(moves.iloc[0], "") if len(moves) else ""
    return ": ".join(filter(None, (direction, state)))


def noun_of(clause: Clause, inputs: PeriodInputs) -> str:
    """ "strikes", "an ultimatum", "tariffs announced".

    It is "" where the words of the clause do not bear it out, or only one side claims it.
    """
    incident, text = clause.incident, clause.text.lower()
    if incident.is_claim and incident.quad in (2, 4) and incident.claimant_code != incident.source_code:
        return ""
    announced = " announced" if incident.status == "announced" else ""
    if incident.turn == "truce" and (word := next((one for one in TRUCES if one in text), "")):
        return f"a {word}{announced}"
    found = [words_for(incident, text), *words_of_root(incident.root)]
    act = next((one for one in found if is_borne_out(one.label, text)), None)
    if act is None:
        return ""
    own = inputs.of_pair(incident.dyad)
    is_one = incident.root != "ASSAULT" and (own["root"] == incident.root).sum() == 1
    is_countable = act.singular != act.plural and "{" not in act.singular
    return f"{with_article(act.singular) if is_one and is_countable else act.label}{announced}"


def is_borne_out(label: str, text: str) -> bool:
    """Whether a text has a word like each longer one of a label: a fighter jet bears out no fighting."""
    stems = [ENDINGS.sub("", word) for word in label.lower().split() if len(word) >= LEAST_LETTERS]
    return bool(stems) and all(re.search(rf"\b{re.escape(stem)}(?!ers?\b)", text) for stem in stems)
