"""Words by what grammar needs of them, for quotes, events and stance alike."""

from functools import cache

from analysis.lexicons import load_lexicon


@cache
def kinds_of_words() -> dict[str, frozenset[str]]:
    """Kind -> words that rules of grammar need: quantity, time, rebel, address, taking back and more."""
    rows = load_lexicon("parse/word_classes")
    return {kind: frozenset(group["word"]) for kind, group in rows.groupby("kind")}
