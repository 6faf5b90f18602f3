"""The words that make an event, from `data/events/*.csv`: verbs, nouns, scores and contexts.

A verb's row may ask for an object of some class (`lift` a restriction), a subject of some class (troops that
`land`) or an infinitive or reason after it. A noun may be an act by itself, what a verb asks for, or both.
"""

from functools import cache
from typing import Final, NamedTuple

from pandas import DataFrame

from analysis.lexicons import check_cells, lexicon_path, load_lexicon
from analysis.nlp.actors.gazetteer import ends_place
from analysis.nlp.parse.tree import (
    APPOSITIONS,
    POSSESSORS,
    Tree,
    dependents,
    prepositional_phrases,
)
from analysis.schemas import ROOTS
from analysis.tables.rows import rows_of

SHAPES: Final = {
    "": "from subject to object",
    "mutual": "both ways",
    "reverse": "from object to subject: face criticism",
    "object": "of leads to the target: the invasion of X",
    "state": "mutual, but a state of things and no act unless a verb makes it one: relations, cooperation",
}
COMPLEMENTS: Final = {
    "": "whatever follows",
    "infinitive": "only with an infinitive below: told X to leave",
    "reason": "only with a reason: attacked X for the remark",
}
GRAMMAR_CLASSES: Final = {
    "named city": "a listed city or region: captured Goma",
    "own ambassador": "an ambassador of the one who acts: recalled its ambassador",
    "own weapon": "weapons of the one who acts: handed over its weapons",
    "predicate": "what something is called: called the claim baseless",
}
"""Classes of object that the grammar gives, not the list of nouns."""
OWNED: Final = ("ambassador", "weapon")
UNASKED_CLASSES: Final = {
    "ambassador": "see `own ambassador`",
    "cooperation": "acts by themselves",
    "cut": "acts by themselves",
    "disarm": "acts by themselves",
    "figure of speech": "no act, though its last word alone is one: charm offensive",
    "mobilization": "acts by themselves",
    "rejection": "acts by themselves",
    "resignation": "acts by themselves",
}
"""Classes of noun that no verb asks for."""
CONTEXTS: Final = frozenset(
    [
        "asylum",
        "cbrn",
        "corruption",
        "crime",
        "cyber",
        "diplomatic",
        "disasters",
        "economic",
        "election",
        "environment",
        "gender",
        "health",
        "human_rights",
        "human_security",
        "illegal_drugs",
        "inequality",
        "intelligence",
        "legal",
        "legislative",
        "lgbt",
        "migration",
        "military",
        "misinformation",
        "natural_resource",
        "peacekeeping",
        "religion_ethnicity",
        "reparations",
        "repression",
        "rights_freedoms",
        "technology",
        "territory",
        "terrorism",
        "trafficking",
    ]
)
"""Source: PLOVER codebook (contexts)."""


MODIFIERS = frozenset(("compound", "amod", "poss", "nmod"))


class Rule(NamedTuple):
    """What one word, or a verb with its object or subject, says about actor and target."""

    root: str
    mode: str | None
    shape: str  # see SHAPES
    word: str  # verb or noun, as in the list
    object_class: str = ""  # of the object that the verb asks for
    subject_class: str = ""
    complement: str = ""  # see COMPLEMENTS

    @property
    def name(self) -> str:
        """For the `rule` column: `lift:restriction`."""
        wanted = self.object_class or (self.subject_class and f"^{self.subject_class}")
        wanted = wanted or {"infinitive": "+to", "reason": "+for"}.get(self.complement, "")
        return f"{self.word}:{wanted}" if wanted else self.word


Frame = dict[tuple[str, str, str], Rule]
"""The rules of one verb, or verb with particle, by what they ask for: class of the object, of the subject,
complement; at most one of the three, and none for a rule that holds whatever follows."""


def verb_frame(name: str) -> Frame:
    """The rules of a verb; a verb that is not listed has none."""
    return verb_frames().get(name, {})


@cache
def verb_frames() -> dict[str, Frame]:
    """Verb, or verb and particle -> its rules.

    Raises:
        ValueError: a cell of the list holds what no code knows; the message names its line.
    """
    classes = frozenset(load_lexicon("events/nouns")["class"]) | GRAMMAR_CLASSES.keys()
    return read_frames(load_lexicon("events/verbs"), classes)


def read_frames(rows: DataFrame, classes: frozenset[str]) -> dict[str, Frame]:
    """The rules of a list of verbs.

    Args:
        rows: with the columns of `data/events/verbs.csv`.
        classes: that an object or a subject may have.

    Raises:
        ValueError: as `verb_frames`.
    """
    allowed = {"object": classes | {""}, "subject": classes | {""}, "complement": COMPLEMENTS}
    for column, values in allowed.items():
        check_cells("events/verbs", rows[column], values)
    check_rules("events/verbs", rows)
    frames: dict[str, Frame] = {}
    for row in rows_of(rows):
        asked = (row.object, row.subject, row.complement)
        rule = Rule(row.root, row.mode or None, row.shape, row.verb, *asked)
        frames.setdefault(row.verb, {})[asked] = rule
    return frames


def check_rules(name: str, rows: DataFrame) -> None:
    """Check root, mode and shape of a list of verbs or nouns.

    Raises:
        ValueError: one is unknown; the message names file, line and value, and what is expected.
    """
    check_cells(name, rows["root"], (*ROOTS, ""))
    check_cells(name, rows["shape"], SHAPES)
    for line, root, mode in zip(rows.index + 2, rows["root"], rows["mode"], strict=True):
        if mode and (root, mode) not in intensities():
            known = sorted(known for of_root, known in intensities() if of_root == root and known)
            raise ValueError(
                f"{lexicon_path(name)}:{line}: mode is {mode!r}, expected an empty cell"
                + (f" or a mode of {root}: {', '.join(known)}" if known else "")
            )


@cache
def noun_rows() -> DataFrame:
    """The list of nouns, checked.

    Raises:
        ValueError: as `check_nouns`.
    """
    rows, verbs = load_lexicon("events/nouns"), load_lexicon("events/verbs")
    check_nouns(rows, frozenset((*verbs["object"], *verbs["subject"])) - {""})
    return rows


def check_nouns(rows: DataFrame, asked: frozenset[str]) -> None:
    """Check a list of nouns.

    Args:
        rows: with the columns of `data/events/nouns.csv`.
        asked: classes that verbs ask for.

    Raises:
        ValueError: a cell holds what no code knows; the message names its line.
    """
    check_cells("events/nouns", rows["class"], asked | UNASKED_CLASSES.keys())
    check_rules("events/nouns", rows)


@cache
def noun_classes() -> dict[str, tuple[str, ...]]:
    """Noun -> the classes by which verbs look for it, in the order of the list."""
    rows = noun_rows()
    classes: dict[str, tuple[str, ...]] = {}
    for noun, word_class in zip(rows["noun"], rows["class"], strict=True):
        classes[noun] = (*classes.get(noun, ()), word_class)
    return classes


@cache
def noun_rules() -> dict[str, Rule]:
    """Noun that is an act by itself -> its rule; the first row wins."""
    rules: dict[str, Rule] = {}
    for row in rows_of(noun_rows()):
        if row.root:
            rules.setdefault(row.noun, Rule(row.root, row.mode or None, row.shape, row.noun))
    return rules


@cache
def figurative_nouns() -> frozenset[str]:
    """Compounds that are no act, whatever their last word is: a charm offensive, an executive order."""
    rows = noun_rows()
    return frozenset(rows.loc[rows["class"] == "figure of speech", "noun"])


@cache
def intensities() -> dict[tuple[str, str | None], float]:
    """(root, mode) -> score from -10 to +10; mode None for the root as a whole.

    Raises:
        ValueError: a root is unknown or has no score of its own, or a score is no number.
    """
    rows = load_lexicon("events/modes", allowed={"root": ROOTS}, numbers=("intensity",))
    scores = {(row.root, row.mode or None): float(row.intensity) for row in rows_of(rows)}
    missing = [root for root in ROOTS if (root, None) not in scores]
    if missing:
        raise ValueError(
            f"{lexicon_path('events/modes')}: has no row without a mode for {', '.join(missing)}, "
            "expected one for each root"
        )
    return scores


def intensity(root: str, mode: str | None) -> float:
    """PLOVER score of a mode, or of its root where the mode has none."""
    scores = intensities()
    return scores.get((root, mode), scores[root, None])


@cache
def contexts() -> dict[str, str]:
    """Word -> PLOVER context."""
    rows = load_lexicon("events/contexts", allowed={"context": CONTEXTS})
    return dict(zip(rows["term"], rows["context"], strict=True))


# ---------------------------------------------------------------- nouns in a sentence


def noun_names(tree: Tree, noun: int) -> list[str]:
    """Names that the lists may have for a noun: `arms sale`, `call for`, `cease-fire`, `sale`."""
    lemma, names = tree.lemmas[noun], []
    for child in tree.children[noun]:
        if child < noun and tree.deps[child] in ("compound", "amod", "nmod"):
            names += [f"{tree.words[child].lower()} {lemma}", f"{tree.lemmas[child]} {lemma}"]
    for prep, inner in prepositional_phrases(tree, noun):
        link = f"{lemma} {tree.lemmas[prep]}"
        names += [f"{link} {tree.lemmas[inner]}", link]
    if noun >= 2 and tree.words[noun - 1] == "-":
        names.append(f"{tree.lemmas[noun - 2]}-{lemma}")
    names.append(lemma)
    return names


def classes_of(tree: Tree, noun: int) -> tuple[str, ...]:
    """Classes by which a verb may ask for a noun, the longest name's first."""
    found: tuple[str, ...] = ()
    for name in noun_names(tree, noun):
        if name in figurative_nouns():
            break  # an apartment block blocks nothing
        found += noun_classes().get(name, ())
    if tree.pos[noun] == "PROPN" and len(tree.words[noun]) > 2 and tree.words[noun].isupper():
        found += ("organisation",)  # withdraws from the ICC
    if ends_place(tree.words, noun):
        found += ("city", "named city")  # captured Goma
    elif tree.pos[noun] == "PROPN":  # captured Minova, a town in North Kivu
        appositions = dependents(tree, noun, APPOSITIONS)
        found += tuple(c for i in appositions for c in noun_classes().get(tree.lemmas[i], ()))
    if any(tree.tags[i] == "PRP$" for i in dependents(tree, noun, POSSESSORS)):
        found = (*(f"own {name}" for name in OWNED if name in found), *found)
    return (*found, "predicate") if tree.deps[noun] == "oprd" else found


def noun_rule(tree: Tree, noun: int) -> Rule | None:
    """The act that a noun is by itself."""
    for name in noun_names(tree, noun):
        if name in noun_rules():
            return noun_rules()[name]
        if name in figurative_nouns():
            return None
    return None
