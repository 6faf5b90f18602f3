"""What a verb says about the act below it: *managed to help* tells that there was help, *failed to* that not.

Source: Karttunen, Implicative verbs (Language 47, 1971); Nairn, Condoravdi and Karttunen, Computing relative
polarity for textual inference (2006).
"""

from functools import cache
from typing import Final, NamedTuple

from analysis.lexicons import load_lexicon
from analysis.nlp.parse.tree import Tree, is_passive, particles
from analysis.tables.rows import rows_of

IMPLIED: Final = {
    "done": "the act below it was done: managed to help",
    "not done": "it was not done: failed to help",
    "open": "it may have been done or not: tried to help",
}


class Implication(NamedTuple):
    """What follows for the act below a verb, each one of `IMPLIED`."""

    asserted: str
    negated: str


OPEN: Final = Implication("open", "open")


@cache
def implicatives() -> dict[str, Implication]:
    """Verb, with its particle or preposition, or `be` and a participle -> what it implies."""
    kinds = {"asserted": IMPLIED, "negated": IMPLIED}
    rows = load_lexicon("parse/implicatives", allowed=kinds)
    return {row.verb: Implication(row.asserted, row.negated) for row in rows_of(rows)}


def implication(tree: Tree, below: int) -> Implication:
    """What the word above an infinitive or a gerund implies for it."""
    above = tree.heads[below]
    if tree.deps[below] == "pcomp":
        name = f"{tree.lemmas[tree.heads[above]]} {tree.words[above].lower()}"
        return implicatives().get(name, OPEN)
    if tree.deps[below] not in ("xcomp", "ccomp", "advcl"):
        return OPEN
    is_aim = tree.deps[below] == "advcl"  # managed X to help Y; but: went on to help
    names = [name for name in names_above(tree, above) if not is_aim or " " in name]
    return next((implicatives()[name] for name in names if name in implicatives()), OPEN)


def names_above(tree: Tree, above: int) -> list[str]:
    """Names that the list may have for a verb: `have yet`, `be said`, `say`."""
    lemma = tree.lemmas[above]
    names = [f"{lemma} {tree.words[i].lower()}" for i in particles(tree, above)]
    if lemma == "have":
        names += ["have yet" for i in tree.children[above] if tree.words[i].lower() == "yet"]
    passive = [f"be {tree.words[above].lower()}"] if is_passive(tree, above) else []
    return [*names, *passive, lemma]


def is_two_way(word: str) -> bool:
    """`failed to help` denies what `did not fail to help` tells; who refuses has said no."""
    return implicatives().get(word) == Implication("not done", "done")
