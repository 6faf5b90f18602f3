"""What a noun is to the event lists: its names, its classes, and the act that it may be by itself."""

from analysis.nlp.actors.gazetteer import ends_place
from analysis.nlp.events.lexicon import Rule, figurative_nouns, noun_classes, noun_rules
from analysis.nlp.parse.tree import (
    APPOSITIONS,
    POSSESSORS,
    VERBAL,
    Tree,
    dependents,
    nouns_after,
    prepositional_phrases,
)
from analysis.nlp.parse.word_lists import word_classes

MODIFIERS = frozenset(("compound", "amod", "poss", "nmod"))
COMPOUNDS = frozenset(("compound",))
DEPTH = 3  # how many nouns may come between: for a new round of talks
STATE_PREPOSITIONS = frozenset(("in", "at", "for", "of"))
STATE_VERBS = frozenset(("be", "remain", "stay", "keep", "prepare", "get", "stand"))
GOODS = frozenset(("weapon", "aid", "medicine"))  # classes of noun whose delivery is an act


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
    if tree.tags[noun] == "VBG" and tree.deps[noun] == "xcomp":
        names.append(tree.words[noun].lower())  # traded shelling
    return names


def is_border(tree: Tree, noun: int) -> bool:
    """A border or coast; also a `boundary line`, a `line of control`."""
    return not word_classes()["edge"].isdisjoint(noun_names(tree, noun))


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
    if "ambassador" in found and not has_named_modifier(tree, noun):
        found = ("own ambassador", *found)  # sent its ambassador back to X, but: sent X's ambassador back
    if "weapon" in found and any(tree.tags[i] == "PRP$" for i in dependents(tree, noun, POSSESSORS)):
        found = ("own weapon", *found)
    return (*found, "predicate") if tree.deps[noun] == "oprd" else found


def has_named_modifier(tree: Tree, noun: int) -> bool:
    """`the Peruvian ambassador`, `Peru's ambassador`."""
    return any(tree.words[i][0].isupper() for i in dependents(tree, noun, MODIFIERS) if i < noun)


def noun_rule(tree: Tree, noun: int) -> Rule | None:
    """The act that a noun is by itself."""
    for name in noun_names(tree, noun):
        if name in noun_rules():
            return noun_rules()[name]
        if name in figurative_nouns():
            return None
    return delivery_rule(tree, noun)


def delivery_rule(tree: Tree, noun: int) -> Rule | None:
    """`the delivery of tanks`, of any weapon or aid."""
    if tree.lemmas[noun] not in word_classes()["delivery"]:
        return None
    goods = nouns_after(tree, noun, "of")
    goods += dependents(tree, noun, COMPOUNDS)
    classes = {name for n in goods for name in noun_classes().get(tree.lemmas[n], ())}
    return Rule("AID", None, "", f"{tree.lemmas[noun]} of goods") if classes & GOODS else None


def is_in_state(tree: Tree, noun: int) -> bool:
    """What the subject is in or makes ready for: `are in talks`, `remain at war`, `prepare for talks`."""
    for _ in range(DEPTH):  # for a new round of talks
        prep = tree.heads[noun]
        if tree.deps[noun] != "pobj" or tree.lemmas[prep] not in STATE_PREPOSITIONS:
            return False
        noun = tree.heads[prep]
        if tree.pos[noun] in VERBAL:
            return tree.lemmas[noun] in STATE_VERBS
    return False
