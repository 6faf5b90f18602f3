"""A Doc as a tree of plain lists, repaired where tagger or parser visibly misread a word.

Headlines and short news are in the present tense, whose `fires`, `claims` and `orders` are nouns as well:
such a word is a verb where something follows that only a verb has there. Each repair looks for one shape
and changes the lists of the new tree in place, before any rule reads them.
"""

from functools import cache
from typing import Final

import numpy as np
from spacy.attrs import DEP, HEAD, LEMMA, POS, TAG
from spacy.tokens import Doc

from analysis.nlp.parse.arguments import GROUNDS
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
    is_infinitive,
    is_saying_verb,
    nouns_after,
    reattach,
)
from analysis.nlp.parse.verb_status import SUSPECTING
from analysis.nlp.parse.word_lists import agent_nouns, event_verbs, operators, speech_verbs, word_classes

JOINING = frozenset(("and", "or"))
FINITE = frozenset(("VBZ", "VBP", "VBD"))
NOUNS = frozenset(("NN", "NNS"))
MODIFIERS = frozenset(("compound", "amod"))
CLAUSES = frozenset(("xcomp", "ccomp", "relcl", "acl"))
TIMES = frozenset(("as", "after", "when", "before", "while", "since"))
BARE_OBJECTS = frozenset(("npadvmod", "dobj", "appos"))
MISREAD: Final = ("NNS", "VBZ")  # VBZ: the tagger sees the verb, and the parser a noun
NAME_TAGS: Final = ("NNP", "NNPS")
OBJECT_BEGINNINGS: Final = ("DT", "CD", "PRP$", "TO", "$", "JJ", "NNP", "NNS", "NN")
NOUN_MODIFIERS: Final = frozenset(("det", "amod", "compound", "poss", "nmod", "nummod"))
LOOSE_SUBJECTS: Final = frozenset(("compound", "nsubj", "nmod", "amod", "dep"))
LOOSE_VERBS: Final = frozenset(("dobj", "appos", "npadvmod", "dep", "conj"))
LOOSE_OBJECTS: Final = frozenset(("appos", "dep", "npadvmod"))
BELOW: Final = frozenset(("xcomp", "ccomp"))
LOOSE = frozenset(("npadvmod", "dep"))
FINITE_OR_MODAL = FINITE | {"MD"}
ADDING = frozenset(("and", "but", "while"))
CC = frozenset(("cc",))
GERUNDS = frozenset(("pcomp",))
MOST_TO_ROLE = 5  # words from a mediator to what it is: Oman as the only mediator
PLACING = frozenset(("in", "on", "near", "inside", "across", "over"))


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
        if i < name and tree.deps[i] in NOUN_MODIFIERS:
            reattach(tree, i, name, tree.deps[i])
        elif i == name and tree.deps[i] in LOOSE_SUBJECTS:
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


def give_subject_to_infinitive(tree: Tree, verb: int) -> None:
    """`orders two ships to be moved`: the ships are what the clause below is about."""
    below = next((i for i in tree.children[verb] if tree.deps[i] in BELOW), None)
    things = [i for i in tree.children[verb] if tree.deps[i] == "dobj" and below is not None and i < below]
    if below is None or not things:
        return
    is_passive = any(tree.deps[i] == "auxpass" for i in tree.children[below])
    tree.deps[below] = "ccomp"
    reattach(tree, things[-1], below, "nsubjpass" if is_passive else "nsubj")


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
