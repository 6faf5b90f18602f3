"""Classes of words that syntax asks for: quantities, times, nouns that can act. Verbs: `verb_classes`.

One list for each class, for quotes, events and stance alike.
"""

from functools import cache

from analysis.lexicons import load_lexicon


@cache
def word_classes() -> dict[str, frozenset[str]]:
    """Class -> its words: quantity, time, rebel, address, taking back and more."""
    rows = load_lexicon("parse/word_classes")
    return {kind: frozenset(group["word"]) for kind, group in rows.groupby("kind")}


@cache
def agent_nouns() -> frozenset[str]:
    """Nouns that act for the country beside them: the `forces` of `Israeli forces`."""
    return frozenset(load_lexicon("parse/agent_nouns")["noun"])
