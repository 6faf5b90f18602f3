"""Classes of verbs that syntax asks for: what a verb does to the act below it, and whom it judges."""

from functools import cache
from typing import Final

from analysis.lexicons import load_lexicon
from analysis.nlp.parse.speech_verbs import speech_verbs
from analysis.tables.rows import rows_of

JUDGING: Final = ("ACCUSE", "COERCE", "SANCTION", "SUPPORT")  # roots whose target is judged for a deed
SAY: Final = "say"
OPERATORS: Final = {
    "aspect": "what is below it is done, begun or ordered: begin to bomb",
    "carrier": "the act is in what is sent, or why: a letter threatening X, call to congratulate X",
    "deny": "what is below it is refused: refuse to lift",
    "ending": "a noun whose act is over: a halt to aid",
    "exclude": "what is below it is out of the question; not excluded, force is threatened: rule out",
    "future": "what is below it is to come: promise to help",
    "lapse": "what is behind it did not come, or came to nothing: a delay in aid",
    "light": "the act is in its object: launch an attack",
    "reverse": "the subject undergoes the act of its object: face criticism",
    SAY: "reports a clause: said it would help; see `speech_verbs`",
    "stop": "what is below it ends: stop bombing",
    "voice": "the act is in its object, unless that is one of force or material help: voice criticism",
    "weigh": "what is below it is only considered: mull sanctions",
    "wish": "what is below it is asked for: want X to leave",
}


@cache
def operators() -> dict[str, frozenset[str]]:
    """Verb or noun -> what it does to the act below it, see `OPERATORS`."""
    found = {verb: frozenset((SAY,)) for verb in speech_verbs()["clause"]}
    for row in rows_of(load_lexicon("parse/operators", allowed={"operator": OPERATORS})):
        found[row.verb] = found.get(row.verb, frozenset()) | {row.operator}
    return found


@cache
def event_verbs() -> frozenset[str]:
    """Verbs of the event list: what looks like a noun in `President Moe visits Rome` may be one."""
    return frozenset(load_lexicon("events/verbs")["verb"])


@cache
def judging_verbs() -> frozenset[str]:
    """Verbs whose object is blamed, punished or praised for a deed: `thanked X for helping`."""
    rows = load_lexicon("events/verbs")
    return frozenset(rows.loc[rows["root"].isin(JUDGING), "verb"])
