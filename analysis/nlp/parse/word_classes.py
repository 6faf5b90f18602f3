"""Classes of words that syntax asks for: quantities, times, nouns that can act. Verbs: `verb_classes`.

One list for each class, for quotes, events and stance alike.
"""

from functools import cache
from typing import Final

from analysis.lexicons import load_lexicon

KINDS: Final = frozenset(
    (
        "ahead",
        "aim",
        "animal",
        "announcement",
        "arms",
        "attendance",
        "backed",
        "backing",
        "ban",
        "deed",
        "delivery",
        "document",
        "edge",
        "force",
        "forecast",
        "friend",
        "ground",
        "killing",
        "guard",
        "happening",
        "holding",
        "hostile deed",
        "making",
        "mediator",
        "midst",
        "naming",
        "news",
        "no clause",
        "occasion",
        "opposed",
        "out of office",
        "outlet",
        "pair",
        "person",
        "place",
        "press",
        "private",
        "process",
        "prospect",
        "proxy",
        "quantity",
        "rebel",
        "scheduling",
        "stand",
        "state",
        "summing up",
        "suspicion",
        "taking back",
        "terms",
        "time",
        "trip",
        "urging",
        "wish",
    )
)
"""What each means is in the notes of the list."""


@cache
def word_classes() -> dict[str, frozenset[str]]:
    """Class -> its words, see `KINDS`."""
    rows = load_lexicon("parse/word_classes", allowed={"kind": KINDS})
    return {kind: frozenset(group["word"]) for kind, group in rows.groupby("kind")}


@cache
def agent_nouns() -> frozenset[str]:
    """Nouns that act for the country beside them: the `forces` of `Israeli forces`."""
    return frozenset(load_lexicon("parse/agent_nouns")["noun"])
