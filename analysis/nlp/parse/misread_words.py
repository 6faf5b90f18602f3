"""Words that the parser takes for another part of speech, put right before any rule reads them.

Headlines and short news are in the present tense, whose `fires`, `claims` and `shells` are nouns as well.
"""

from analysis.nlp.parse.tree import (
    NOMINAL,
    PASSIVE_SUBJECTS,
    SUBJECTS,
    Tree,
    ancestors,
    dependents,
    is_saying_verb,
    reattach,
)
from analysis.nlp.parse.verb_classes import event_verbs
from analysis.nlp.parse.word_classes import agent_nouns, word_classes

JOINING = frozenset(("and", "or"))
FINITE = frozenset(("VBZ", "VBP", "VBD"))
NOUNS = frozenset(("NN", "NNS"))
MODIFIERS = frozenset(("compound", "amod"))
CLAUSES = frozenset(("xcomp", "ccomp", "relcl", "acl"))
TIMES = frozenset(("as", "after", "when", "before", "while", "since"))
BARE_OBJECTS = frozenset(("npadvmod", "dobj", "appos"))


def read_misread_words(tree: Tree) -> None:
    """Put right what the functions below look for."""
    for i in range(len(tree.words)):
        read_firing(tree, i)
        read_claim(tree, i)
        read_claim_before_clause(tree, i)
        read_clause_after_time(tree, i)
        join_arms(tree, i)


def read_firing(tree: Tree, i: int) -> None:
    """`X fires at Y`: the verb, if a name, an army or a weapon is right before it and agrees with it."""
    if tree.lemmas[i] != "fire" or tree.tags[i] not in NOUNS or tree.words[i + 1 : i + 2] != ["at"]:
        return
    if may_be_subject(tree, i - 1, i) and agrees(tree, i - 1, i):
        make_verb(tree, i)


def read_claim(tree: Tree, i: int) -> None:
    """`the Peruvian military claims that`, `claims to have`: the verb, and no claims by the military."""
    is_verb = tree.tags[i] in NOUNS and is_saying_verb(tree, i)
    if not is_verb or not may_be_subject(tree, i - 1, i) or not agrees(tree, i - 1, i):
        return
    below = tree.heads[i]
    if tree.deps[i] == "nsubj" and any(k == i + 1 and tree.tags[k] == "TO" for k in tree.children[below]):
        take_place(tree, i, below)
        reattach(tree, below, i, "xcomp")
    for clause in dependents(tree, i, CLAUSES) if tree.heads[i] == i else ():
        if first_word(tree, clause) == i + 1 and tree.words[i + 1].lower() in ("that", "to", "it", "they"):
            make_verb(tree, i)
            tree.deps[clause] = "xcomp" if tree.words[i + 1] == "to" else "ccomp"


def read_claim_before_clause(tree: Tree, i: int) -> None:
    """`the Peruvians claim ten people were killed`: no claim was killed, as the parser has it."""
    verb = tree.heads[i]
    is_subject = tree.tags[i] == "NN" and tree.deps[i] in SUBJECTS | PASSIVE_SUBJECTS
    if not is_subject or not is_saying_verb(tree, i) or not verb > i:
        return
    others = [k for k in dependents(tree, verb, SUBJECTS | PASSIVE_SUBJECTS) if k > i]
    if others and may_be_subject(tree, i - 1, i) and agrees(tree, i - 1, i):
        take_place(tree, i, verb)
        reattach(tree, verb, i, "ccomp")
        make_verb(tree, i)


def read_clause_after_time(tree: Tree, i: int) -> None:
    """`after X shells Y`, `as X shells Y`: a clause, of which the parser makes a noun after a preposition."""
    is_modifier = tree.deps[i] == "compound" and tree.tags[i] in FINITE  # after X shells the Y of a Y town
    noun = tree.heads[i] if is_modifier else i
    prep = tree.heads[noun]
    is_noun = tree.tags[i] == "NNS" and tree.lemmas[i] in event_verbs()
    if tree.deps[noun] != "pobj" or tree.lemmas[prep] not in TIMES or not (is_noun or tree.tags[i] in FINITE):
        return
    things = [k for k in dependents(tree, i, BARE_OBJECTS) if k > i and first_word(tree, k) == i + 1]
    things = [noun] if is_modifier else things
    above = tree.heads[prep]
    if not things or above == prep or tree.pos[i - 1] != "PROPN" or tree.heads[i - 1] != i:
        return
    reattach(tree, i, above, "advcl")
    reattach(tree, prep, i, "mark")
    reattach(tree, things[0], i, "dobj")
    make_verb(tree, i)


def may_be_subject(tree: Tree, noun: int, verb: int) -> bool:
    """Whether the word right before a misread verb can do what it says: a name, an army, a weapon."""
    if noun < 0 or tree.heads[noun] != verb or tree.deps[noun] not in MODIFIERS:
        return False
    arms = agent_nouns() | word_classes()["arms"]
    return tree.tags[noun].startswith("NNP") or tree.lemmas[noun] in arms


def agrees(tree: Tree, noun: int, verb: int) -> bool:
    """`troops fire`, `a tank fires`, and any name: some look like plurals."""
    is_plural = tree.tags[noun] in ("NNS", "NNPS") or tree.words[noun].lower().endswith("s")
    is_singular = not is_plural or tree.tags[noun] == "NNP"
    return is_singular if tree.tags[verb] == "NNS" else is_plural


def make_verb(tree: Tree, verb: int) -> None:
    """Make a verb of a noun, with the word right before it as its subject."""
    subject = verb - 1
    tree.tags[verb] = "VBP" if tree.tags[verb] == "NN" else "VBZ"
    tree.pos[verb], tree.deps[subject] = "VERB", "nsubj"
    tree.pos[subject] = tree.pos[subject] if tree.pos[subject] in NOMINAL else "NOUN"
    for i in [k for k in tree.children[verb] if k < subject]:
        if tree.deps[i] in ("det", "amod", "compound", "nummod", "poss", "nmod"):
            reattach(tree, i, subject, tree.deps[i])


def join_arms(tree: Tree, i: int) -> None:
    """`X missile and drone strikes`: strikes of both kinds, although the parser makes a list of it.

    Args:
        tree: the parsed text.
        i: the strikes.
    """
    arms = word_classes()["arms"]
    if tree.pos[i] != "NOUN" or tree.lemmas[i] in arms or i < 3 or tree.words[i - 2].lower() not in JOINING:
        return
    first = i - 1
    while first > 1 and tree.lemmas[first] in arms and tree.words[first - 1].lower() in (*JOINING, ","):
        first = max(0, first - (3 if tree.words[first - 2] == "," else 2))
    if tree.lemmas[i - 1] not in arms or tree.lemmas[first] not in arms or first == i - 1:
        return
    span = range(first, i + 1)
    top = next(k for k in span if not any(above in span for above in ancestors(tree, k)))
    for k in [k for word in span for k in tree.children[word] if k not in span]:
        reattach(tree, k, i, tree.deps[k])
    take_place(tree, i, top)
    for k in span[:-1]:
        reattach(tree, k, i, "compound" if tree.lemmas[k] in arms else tree.deps[k])
        tree.pos[k] = "NOUN" if tree.pos[k] == "VERB" else tree.pos[k]


def first_word(tree: Tree, i: int) -> int:
    """The first word of a phrase or clause."""
    return min((i, *(first_word(tree, k) for k in tree.children[i] if k < i)))


def take_place(tree: Tree, new: int, old: int) -> None:
    """Put a word where another one is in the tree."""
    if new == old:
        return
    head, dep = tree.heads[old], tree.deps[old]
    reattach(tree, new, new if head == old else head, dep)
