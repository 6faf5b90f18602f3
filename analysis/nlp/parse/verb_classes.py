"""Classes of verbs that syntax asks for: what a verb does to the act below it, and whom it judges."""

from functools import cache
from typing import Final

from analysis.lexicons import load_lexicon

JUDGING: Final = ("ACCUSE", "COERCE", "SANCTION", "SUPPORT")  # roots whose target is judged for a deed


@cache
def operators() -> dict[str, frozenset[str]]:
    """Verb -> what it does to the act below it: light, reverse, aspect, future, stop, deny, say and more."""
    found: dict[str, frozenset[str]] = {}
    for row in load_lexicon("parse/operators").itertuples():
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
