"""A Doc as a tree of plain lists, repaired where the parser visibly attached a word to the wrong one.

Each repair looks for one shape and changes the lists of the new tree in place, before any rule reads them.
"""

import numpy as np
from spacy.attrs import DEP, HEAD, LEMMA, POS, TAG
from spacy.tokens import Doc

from analysis.nlp.parse.arguments import GROUNDS
from analysis.nlp.parse.misread_words import read_misread_words
from analysis.nlp.parse.present_verbs import mark_present_verbs
from analysis.nlp.parse.speech_verbs import speech_verbs
from analysis.nlp.parse.tree import (
    AUXILIARIES,
    AUXILIARIES_AND_MARKS,
    CLAUSAL_COMPLEMENTS,
    NOMINAL,
    OBJECTS,
    PASSIVE_SUBJECTS,
    PREPOSITIONAL_OBJECTS,
    PREPOSITIONS,
    SUBJECTS,
    YEAR,
    Tree,
    ancestors,
    dependents,
    is_saying_verb,
    nouns_after,
    reattach,
)
from analysis.nlp.parse.verb_classes import event_verbs
from analysis.nlp.parse.verb_status import SUSPECTING
from analysis.nlp.parse.word_classes import agent_nouns, word_classes

LOOSE = frozenset(("npadvmod", "dep"))
FINITE = frozenset(("VBZ", "VBP", "VBD"))
FINITE_OR_MODAL = FINITE | {"MD"}
ADDING = frozenset(("and", "but", "while"))
CC = frozenset(("cc",))
GERUNDS = frozenset(("pcomp",))
MOST_TO_ROLE = 5  # words from a mediator to what it is: Oman as the only mediator
PLACING = frozenset(("in", "on", "near", "inside", "across", "over"))


def read_tree(doc: Doc) -> Tree:
    """The Doc as lists, repaired: reading them is several times faster than asking tokens."""
    tree = unrepaired_tree(doc)
    read_misread_words(tree)
    mark_present_verbs(tree)
    join_headline_subjects(tree)
    split_report_from_participle(tree)
    reattach_to_report(tree)
    unwrap_naming_clauses(tree)
    split_coordinated_clauses(tree)
    reattach_grounds(tree)
    reattach_after_without(tree)
    reattach_places(tree)
    reattach_neighbours(tree)
    set_mediators_aside(tree)
    return tree


def unrepaired_tree(doc: Doc) -> Tree:
    """The Doc as lists, with the verbs of headlines tagged as verbs."""
    columns = doc.to_array([DEP, HEAD, LEMMA, POS, TAG])
    strings = doc.vocab.strings
    texts = {int(key): strings[int(key)] for key in np.unique(columns[:, [0, 2, 3, 4]])}
    deps, lemmas, pos, tags = ([texts[key] for key in columns[:, k].tolist()] for k in (0, 2, 3, 4))
    lemmas = [lemma.lower() for lemma in lemmas]
    heads = (np.arange(len(doc)) + columns[:, 1].astype(np.int64)).tolist()
    children: list[list[int]] = [[] for _ in heads]
    for i, head in enumerate(heads):
        if head != i:
            children[head].append(i)
    words = [token.text for token in doc]
    latest_year = max((int(word) for word in words if YEAR.fullmatch(word)), default=0)
    tree = Tree(doc, words, lemmas, pos, tags, deps, heads, children, latest_year)
    for i in range(len(words)):
        mark_headline_verb(tree, i)
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


def reattach_after_without(tree: Tree) -> None:
    """`opened fire without warning on Y`: Y is fired on, not warned."""
    for without, word in enumerate(tree.words):
        if word.lower() != "without" or tree.pos[tree.heads[without]] != "VERB":
            continue
        for noun in dependents(tree, without, PREPOSITIONAL_OBJECTS):
            for prep in dependents(tree, noun, PREPOSITIONS):
                if tree.lemmas[prep] in ("on", "at"):
                    reattach(tree, prep, tree.heads[without], "prep")


def reattach_grounds(tree: Tree) -> None:
    """`accused the West of arming X`: the parser may take it for a West of arming."""
    for verb, lemma in enumerate(tree.lemmas):
        if lemma not in SUSPECTING:
            continue
        for noun in dependents(tree, verb, OBJECTS):
            for prep in dependents(tree, noun, PREPOSITIONS):
                if tree.lemmas[prep] in GROUNDS and dependents(tree, prep, GERUNDS):
                    reattach(tree, prep, verb, tree.deps[prep])


def reattach_places(tree: Tree) -> None:
    """`strikes by X in Y`: the strikes are in Y, though the parser puts X there."""
    for by, word in enumerate(tree.words):
        noun = tree.heads[by]
        if word != "by" or tree.pos[noun] != "NOUN":
            continue
        for agent in dependents(tree, by, PREPOSITIONAL_OBJECTS):
            for prep in dependents(tree, agent, PREPOSITIONS):
                if tree.pos[agent] == "PROPN" and tree.lemmas[prep] in PLACING:
                    reattach(tree, prep, noun, "prep")


def reattach_neighbours(tree: Tree) -> None:
    """`reinforces its border with X`: the border is with X, though the parser puts X below the verb."""
    for prep, word in enumerate(tree.words[1:], 1):
        is_after_border = word == "with" and tree.lemmas[prep - 1] in word_classes()["edge"]
        if is_after_border and tree.deps[prep] == "prep" and tree.heads[prep] != prep - 1:
            reattach(tree, prep, prep - 1, "prep")


def set_mediators_aside(tree: Tree) -> None:
    """`reached a truce with X, with Y as mediator`: Y is no party to it."""
    for prep, word in enumerate(tree.words):
        if word.lower() != "with" or tree.deps[prep] != "prep":
            continue
        for noun in dependents(tree, prep, PREPOSITIONAL_OBJECTS):
            role = tree.lemmas[noun + 1 : noun + MOST_TO_ROLE]
            if role[:1] == ["as"] and not word_classes()["mediator"].isdisjoint(role):
                tree.deps[prep] = "dep"


def split_coordinated_clauses(tree: Tree) -> None:
    """`X will return A and Y will release B`: the parser may join Y to A, or make A and Y one subject.

    A verb without a subject takes the noun right before it, if only `and` joins that noun to an object.
    """
    for verb, dep in enumerate(tree.deps):
        first = min((verb, *dependents(tree, verb, AUXILIARIES)))
        if dep not in ("conj", "ccomp") or tree.tags[first] not in FINITE_OR_MODAL:
            continue
        side = conjunct_before(tree, first)
        above = tree.heads[verb]
        if side is None or not above < side:
            continue
        thing = tree.heads[side]
        while tree.deps[thing] == "pobj" and tree.heads[tree.heads[thing]] > above:  # allow aid into A and Y
            thing = tree.heads[tree.heads[thing]]
        is_beside = dep == "conj" or tree.lemmas[above] in word_classes()["no clause"]
        own = dependents(tree, verb, SUBJECTS | PASSIVE_SUBJECTS)
        is_shared = dep == "ccomp" and bool(own) and own[0] in (thing, *ancestors(tree, thing))
        if is_beside and (is_shared or not own) and above < thing < verb:
            reattach(tree, side, verb, "nsubj")
            if own:
                reattach(tree, own[0], above, "dobj")
            tree.deps[verb] = "conj"


def conjunct_before(tree: Tree, first: int) -> int | None:
    """The noun right before a verb that `and` joins to another noun."""
    noun = first - 1
    while noun > 0 and tree.deps[noun] != "conj" and first > tree.heads[noun] > noun:
        noun = tree.heads[noun]
    is_joined = noun > 0 and tree.deps[noun] == "conj" and tree.pos[noun] in NOMINAL
    above = tree.heads[noun]
    has_and = any(tree.lemmas[i] in ADDING and i < noun for i in dependents(tree, above, CC))
    return noun if is_joined and has_and and above < noun == first - 1 else None


def unwrap_naming_clauses(tree: Tree) -> None:
    """`struck what X called a camp in Y` strikes a camp in Y, whatever X says of it."""
    for what, word in enumerate(tree.words):
        if word.lower() != "what":
            continue
        above = tree.heads[what]
        saying = tree.heads[above] if tree.lemmas[above] == "be" else above
        naming = naming_verb(tree, saying)
        verb = tree.heads[saying]
        is_object = tree.deps[saying] == "ccomp" and verb == what - 1 and tree.pos[verb] == "VERB"
        things = names_given(tree, naming) if naming is not None and is_object else []
        if things and not is_saying_verb(tree, verb):
            for i in dependents(tree, naming, PREPOSITIONS):
                if i > things[0]:
                    reattach(tree, i, things[0], tree.deps[i])
            reattach(tree, things[0], verb, "dobj")
            reattach(tree, saying, things[0], "relcl")


def naming_verb(tree: Tree, saying: int) -> int | None:
    """The verb beside the name: `called`, or the `was` of `said was`."""
    if is_saying_verb(tree, saying):
        below = dependents(tree, saying, CLAUSAL_COMPLEMENTS)
        copula = next((i for i in below if tree.lemmas[i] == "be"), None)
        if copula is not None:
            return copula
    return saying if tree.lemmas[saying] in word_classes()["naming"] else None


def names_given(tree: Tree, naming: int) -> list[int]:
    """What something is called: `a camp`, `as a camp`."""
    things = [noun for noun in dependents(tree, naming, OBJECTS) if noun > naming]
    return things + nouns_after(tree, naming, "as")


def reattach_to_report(tree: Tree) -> None:
    """`X said Y was lying and thanked Z`: X thanks, though the parser joins it to what Y was doing.

    After a clause with a copula or an auxiliary, a bare verb of address in the tense of the report belongs to
    the report; after `Y attacked` it may be Y's.
    """
    for verb, dep in enumerate(tree.deps):
        if dep != "conj" or tree.lemmas[verb] not in speech_verbs()["address"]:
            continue
        inner, report = clause_and_report(tree, verb)
        is_bare = not dependents(tree, verb, AUXILIARIES_AND_MARKS | SUBJECTS | PASSIVE_SUBJECTS)
        if report is None or not is_bare or tree.tags[verb] != tree.tags[report]:
            continue
        if tree.lemmas[inner] == "be" or dependents(tree, inner, AUXILIARIES):
            reattach(tree, verb, report, "conj")


def clause_and_report(tree: Tree, conjunct: int) -> tuple[int, int | None]:
    """The clause that a verb is joined to, and the verb of saying above it."""
    inner = tree.heads[conjunct]
    while tree.deps[inner] == "conj" and tree.heads[inner] < inner:
        inner = tree.heads[inner]
    report = tree.heads[inner]
    is_report = tree.deps[inner] == "ccomp" and report < inner and is_saying_verb(tree, report)
    is_finite = is_report and tree.tags[report] in FINITE
    return inner, report if is_finite else None


def split_report_from_participle(tree: Tree) -> None:
    """`X strikes killed forty in Y, medics said`: the parser makes the strikes say it, killed by forty.

    A verb with two subjects has one too many. A participle of its first one that has an object is that one's
    verb.
    """
    for verb, dep in enumerate(tree.deps):
        noun = tree.heads[verb]
        above = tree.heads[noun]
        if dep != "acl" or tree.tags[verb] != "VBN" or tree.deps[noun] != "nsubj" or not noun < verb < above:
            continue
        has_object = bool(dependents(tree, verb, OBJECTS))
        if has_object and is_saying_verb(tree, above) and len(dependents(tree, above, SUBJECTS)) > 1:
            tree.tags[verb], tree.deps[verb] = "VBD", "ccomp"
            tree.heads[verb], tree.heads[noun] = above, verb
            tree.children[noun].remove(verb)
            tree.children[above][tree.children[above].index(noun)] = verb
            tree.children[verb].insert(0, noun)


def join_headline_subjects(tree: Tree) -> None:
    """`X, Y sign pact` as `X and Y sign pact`: the parser takes X for a measure or does not attach it.

    The verb is plural, so that Y alone is not its subject.
    """
    for first, dep in enumerate(tree.deps[:-2]):
        verb, second = tree.heads[first], first + 2
        if dep not in LOOSE or tree.words[first + 1 : second] != [","] or tree.tags[verb] != "VBP":
            continue
        while tree.heads[second] > second and tree.heads[second] != verb:  # the first word of Y
            second = tree.heads[second]
        if (
            tree.deps[second] == "nsubj"
            and tree.heads[second] == verb
            and tree.tags[second].startswith("NNP")
        ):
            tree.deps[first], tree.deps[second], tree.heads[second] = "nsubj", "conj", first
            tree.children[verb].remove(second)
            tree.children[first].append(second)
