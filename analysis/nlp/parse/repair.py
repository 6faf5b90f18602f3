"""A Doc as a tree of plain lists, with verbs that tagger or parser took for nouns.

Headlines and news of the day are in the present tense, so that a verb often follows a name and looks like the
plural noun of a headline (`Kyiv strikes`). It is a verb where something follows that only a verb has there.
"""

from functools import cache
from typing import Final

import numpy as np
from spacy.attrs import DEP, HEAD, LEMMA, POS, TAG
from spacy.tokens import Doc

from analysis.nlp.parse.tree import NOMINAL, YEAR, Tree, dependents, reattach
from analysis.nlp.parse.word_lists import agent_nouns, event_verbs, operators

FINITE: Final = frozenset(("VBZ", "VBP", "VBD"))
MISREAD: Final = ("NNS", "VBZ")  # VBZ: the tagger sees the verb, and the parser a noun
OBJECT_BEGINNINGS: Final = ("DT", "CD", "PRP$", "TO", "$", "JJ", "NNP", "NNS", "NN")
NOUN_MODIFIERS: Final = frozenset(("det", "amod", "compound", "poss", "nmod", "nummod"))
LOOSE_SUBJECTS: Final = frozenset(("compound", "nsubj", "nmod", "amod", "dep"))


def read_tree(doc: Doc) -> Tree:
    """The Doc as lists, repaired: reading them is several times faster than asking tokens."""
    columns = doc.to_array([DEP, HEAD, LEMMA, POS, TAG])
    strings = doc.vocab.strings
    texts = {int(key): strings[int(key)] for key in np.unique(columns[:, [0, 2, 3, 4]])}
    deps, lemmas, pos, tags = ([texts[key] for key in columns[:, k].tolist()] for k in (0, 2, 3, 4))
    heads = (np.arange(len(doc)) + columns[:, 1].astype(np.int64)).tolist()
    children: list[list[int]] = [[] for _ in heads]
    for i, head in enumerate(heads):
        if head != i:
            children[head].append(i)
    words = [token.text for token in doc]
    latest_year = max((int(word) for word in words if YEAR.fullmatch(word)), default=0)
    lemmas = [lemma.lower() for lemma in lemmas]
    tree = Tree(doc, words, lemmas, pos, tags, deps, heads, children, latest_year)
    for i in range(len(words)):
        mark_headline_verb(tree, i)
    mark_present_verbs(tree)
    return tree


def mark_headline_verb(tree: Tree, i: int) -> None:
    """Tag a headline's `launch` as a verb, which the tagger takes for a noun although it has an object."""
    head, dep = tree.heads[i], tree.deps[i]
    if dep in ("dobj", "nsubj") and tree.pos[head] == "NOUN":
        tree.pos[head] = "VERB"
    if dep == "nmod" and tree.tags[head] in FINITE and tree.pos[i] in NOMINAL and i < head:
        tree.deps[i] = "nsubj"  # missiles and drones strike Rome
    if dep != "compound":
        return
    may_be_verb = tree.tags[head] == "NNS" and tree.deps[head] == "ROOT"
    if may_be_verb and tree.lemmas[i] in agent_nouns() and tree.lemmas[head] in event_verbs():
        tree.pos[head] = "VERB"  # President Moe visits Rome
    if tree.tags[head] in FINITE:
        tree.deps[i] = "nsubj"  # President Moe visits Rome, where the verb is seen


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
    is_name = tree.tags[name] in ("NNP", "NNPS") or (
        tree.tags[name] == "NN" and tree.words[name][0].isupper()
    )
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
        if i < name and tree.deps[i] in NOUN_MODIFIERS:
            reattach(tree, i, name, tree.deps[i])
        elif i == name and tree.deps[i] in LOOSE_SUBJECTS:
            tree.deps[i] = "nsubj"
        elif i > verb and tree.deps[i] in ("appos", "dep", "npadvmod") and tree.pos[i] in NOMINAL:
            tree.deps[i] = "dobj"


def lift_verb(tree: Tree, verb: int) -> None:
    """A verb that the parser put below the name before it: the name becomes its subject."""
    name = verb - 1
    if tree.deps[verb] not in ("dobj", "appos", "npadvmod", "dep", "conj"):
        return
    tree.tags[verb], tree.pos[verb] = "VBZ", "VERB"
    tree.children[name].remove(verb)
    tree.heads[verb], tree.deps[verb] = verb, "ROOT"
    for i in [i for i in tree.children[name] if i > verb]:
        reattach(tree, i, verb, tree.deps[i])
    reattach(tree, name, verb, "nsubj")


def lift_over_object(tree: Tree, verb: int) -> None:
    """`Trump announces plans to leave`: the plans are what he announces, though the parser heads them."""
    thing = verb + 1
    if tree.tags[thing] != "NNS" or tree.deps[verb] not in LOOSE_SUBJECTS:
        return
    tree.children[thing].remove(verb)
    tree.heads[verb], tree.deps[verb], tree.pos[verb] = verb, "ROOT", "VERB"
    for i in [
        i for i in tree.children[thing] if i < verb and tree.deps[i] in LOOSE_SUBJECTS | NOUN_MODIFIERS
    ]:
        reattach(tree, i, verb, "nsubj" if i == verb - 1 else tree.deps[i])
    for i in tree.children[thing]:
        if tree.deps[i] == "xcomp":
            tree.deps[i] = "acl"  # plans to leave
    reattach(tree, thing, verb, "dobj")
    tree.pos[thing] = "NOUN"
