"""Present-tense verbs that the tagger takes for plural nouns: `Trump orders strikes`, `M23 captures a town`.

News of the day is written in the present, so that a verb often follows a name and looks like the plural noun
of a headline (`Kyiv strikes`). It is a verb where something follows that only a verb has there.
"""

from functools import cache
from typing import Final

from analysis.nlp.parse.tree import NOMINAL, Tree, dependents, is_infinitive, reattach
from analysis.nlp.parse.verb_classes import event_verbs, operators
from analysis.nlp.parse.word_classes import agent_nouns

MISREAD: Final = ("NNS", "VBZ")  # VBZ: the tagger sees the verb, and the parser a noun
NAME_TAGS: Final = ("NNP", "NNPS")
OBJECT_BEGINNINGS: Final = ("DT", "CD", "PRP$", "TO", "$", "JJ", "NNP", "NNS", "NN")
MODIFIERS: Final = frozenset(("det", "amod", "compound", "poss", "nmod", "nummod"))
SUBJECTS: Final = frozenset(("compound", "nsubj", "nmod", "amod", "dep"))
LOOSE_VERBS: Final = frozenset(("dobj", "appos", "npadvmod", "dep", "conj"))
LOOSE_OBJECTS: Final = frozenset(("appos", "dep", "npadvmod"))
BELOW: Final = frozenset(("xcomp", "ccomp"))


def mark_present_verbs(tree: Tree) -> None:
    """Make verbs of such nouns, with the name before them as subject."""
    for verb, tag in enumerate(tree.tags):
        if tag in MISREAD and 0 < verb < len(tree.words) - 1 and may_be_verb(tree, verb):
            if tag == "NNS" and tree.deps[verb] == "ROOT":
                read_as_verb(tree, verb)
            elif tag == "VBZ" and tree.heads[verb] == verb + 1 and tree.deps[verb + 1] == "ROOT":
                lift_over_object(tree, verb)
            elif tree.heads[verb] == verb - 1 and tree.deps[verb - 1] == "ROOT":
                lift_verb(tree, verb)


def may_be_verb(tree: Tree, verb: int) -> bool:
    """Whether a listed verb follows a name or an official, and an object, a clause or a verb follows it."""
    name, lemma = verb - 1, tree.lemmas[verb]
    is_listed = lemma in listed_verbs()
    is_name = tree.tags[name] in NAME_TAGS or (tree.tags[name] == "NN" and tree.words[name][0].isupper())
    if not is_listed or not (is_name or tree.lemmas[name] in agent_nouns()):
        return False
    is_joined = any(tree.tags[i] == "VBZ" for i in dependents(tree, verb, frozenset(("conj",))))
    has_subject = bool(dependents(tree, verb, frozenset(("nsubj",))))
    following = tree.tags[verb + 1]
    is_clause = tree.words[verb + 1].lower() == "that"
    return is_joined or has_subject or is_clause or following in OBJECT_BEGINNINGS


@cache
def listed_verbs() -> frozenset[str]:
    """Verbs of the lists, without their particle: `vote` of `vote against`."""
    return frozenset(verb.split()[0] for verb in (*event_verbs(), *operators()))


def read_as_verb(tree: Tree, verb: int) -> None:
    """The head of a sentence as its verb: what is before it is its subject, a noun after it its object."""
    tree.tags[verb], tree.pos[verb] = "VBZ", "VERB"
    name = verb - 1
    for i in list(tree.children[verb]):
        if i < name and tree.deps[i] in MODIFIERS:
            reattach(tree, i, name, tree.deps[i])
        elif i == name and tree.deps[i] in SUBJECTS:
            tree.deps[i] = "nsubj"
        elif i > verb and tree.deps[i] in LOOSE_OBJECTS and tree.pos[i] in NOMINAL:
            tree.deps[i] = "dobj"
        elif i > verb and tree.deps[i] == "acl" and is_infinitive(tree, i):
            tree.deps[i] = "xcomp"  # votes to close


def lift_verb(tree: Tree, verb: int) -> None:
    """A verb that the parser put below the name before it: the name becomes its subject."""
    name = verb - 1
    if tree.deps[verb] not in LOOSE_VERBS:
        return
    tree.tags[verb], tree.pos[verb] = "VBZ", "VERB"
    tree.children[name].remove(verb)
    tree.heads[verb], tree.deps[verb] = verb, "ROOT"
    for i in [i for i in tree.children[name] if i > verb]:
        reattach(tree, i, verb, tree.deps[i])
    reattach(tree, name, verb, "nsubj")
    for i in tree.children[verb]:
        is_that = any(tree.deps[k] == "mark" for k in tree.children[i])
        if tree.deps[i] == "acl" and is_that:
            tree.deps[i] = "ccomp"
    give_subject_to_infinitive(tree, verb)


def lift_over_object(tree: Tree, verb: int) -> None:
    """`Trump announces plans to leave`: the plans are what he announces, though the parser heads them."""
    thing = verb + 1
    if tree.tags[thing] != "NNS" or tree.deps[verb] not in SUBJECTS:
        return
    tree.children[thing].remove(verb)
    tree.heads[verb], tree.deps[verb], tree.pos[verb] = verb, "ROOT", "VERB"
    for i in [i for i in tree.children[thing] if i < verb and tree.deps[i] in SUBJECTS | MODIFIERS]:
        reattach(tree, i, verb, "nsubj" if i == verb - 1 else tree.deps[i])
    for i in tree.children[thing]:
        if tree.deps[i] == "xcomp":
            tree.deps[i] = "acl"  # plans to leave
    reattach(tree, thing, verb, "dobj")
    tree.pos[thing] = "NOUN"


def give_subject_to_infinitive(tree: Tree, verb: int) -> None:
    """`orders two ships to be moved`: the ships are what the clause below is about."""
    below = next((i for i in tree.children[verb] if tree.deps[i] in BELOW), None)
    things = [i for i in tree.children[verb] if tree.deps[i] == "dobj" and below is not None and i < below]
    if below is None or not things:
        return
    is_passive = any(tree.deps[i] == "auxpass" for i in tree.children[below])
    tree.deps[below] = "ccomp"
    reattach(tree, things[-1], below, "nsubjpass" if is_passive else "nsubj")
