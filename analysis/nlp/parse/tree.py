"""A parsed text as plain lists, and the questions of syntax that need no more than a look around a word.

Who does what is asked in `analysis.nlp.parse.arguments`, and whether it happened in
`analysis.nlp.parse.verb_status`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from spacy.attrs import DEP, HEAD, LEMMA, POS, TAG
from spacy.tokens import Doc, Token

from analysis.nlp.parse.word_lists import word_classes

SUBJECTS = frozenset(("nsubj", "csubj", "expl"))
PASSIVE_SUBJECTS = frozenset(("nsubjpass", "csubjpass"))
OBJECTS = frozenset(("dobj", "obj", "dative", "oprd", "attr"))
ARGUMENTS = SUBJECTS | PASSIVE_SUBJECTS | OBJECTS
CLAUSAL_COMPLEMENTS = frozenset(("ccomp",))
AUXILIARIES = frozenset(("aux", "auxpass"))
PREPOSITIONS = frozenset(("prep", "agent", "dative"))
PREPOSITIONAL_OBJECTS = frozenset(("pobj", "pcomp"))
CONJUNCTS = frozenset(("conj",))
POSSESSORS = frozenset(("poss",))
APPOSITIONS = frozenset(("appos",))
NOUN_CLAUSES = frozenset(("relcl", "acl"))
VERBAL = frozenset(("VERB", "AUX", "ADJ"))
NOMINAL = frozenset(("NOUN", "PROPN"))
PAST_TAGS = frozenset(("VBD", "VBN"))
YEAR = re.compile(r"1[89]\d\d|20\d\d")
REASONS = frozenset(("according", "due", "owing", "thanks", "because", "despite", "prior", "instead", "amid"))
EXCEPTING = frozenset(("apart", "aside"))  # apart from X: not X
LIMITING = frozenset(("only", "just", "merely", "simply"))  # not only bombed: bombed
CLIMB = 12  # heads that are trusted above a word


@dataclass(frozen=True)
class Tree:
    """Columns of a Doc, a value per token; words are token numbers."""

    doc: Doc
    words: list[str]
    lemmas: list[str]
    pos: list[str]
    tags: list[str]
    deps: list[str]
    heads: list[int]
    children: list[list[int]]


def read_tree(doc: Doc) -> Tree:
    """The Doc as lists: reading them is several times faster than asking tokens."""
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
    return Tree(doc, words, [lemma.lower() for lemma in lemmas], pos, tags, deps, heads, children)


def dependents(tree: Tree, i: int, deps: frozenset[str]) -> list[int]:
    """Words below a word in some relations, in the order of the text."""
    return [child for child in tree.children[i] if tree.deps[child] in deps]


def ancestors(tree: Tree, i: int) -> Iterator[int]:
    """Words above a word, the nearest first, as far as the parse is trusted."""
    for _ in range(CLIMB):
        if tree.heads[i] == i:
            return
        i = tree.heads[i]
        yield i


def coordinated(tree: Tree, head: int) -> list[int]:
    """A noun, its conjuncts, and the noun after a quantity: the attacks of `a series of attacks`."""
    found, waiting = [], [head]
    while waiting and len(found) < 40:
        i = waiting.pop(0)
        found.append(i)
        apposed = dependents(tree, i, APPOSITIONS)
        waiting += [j for one in (i, *apposed) for j in dependents(tree, one, CONJUNCTS)]
        if dependents(tree, i, CONJUNCTS):  # X, Y, and Z, where the parser takes Y to explain X
            waiting += [other for other in apposed if tree.pos[other] == "PROPN"]
        link = "for" if tree.lemmas[i] == "responsibility" else "of"
        if link == "for" or tree.lemmas[i] in word_classes()["quantity"] or tree.pos[i] == "NUM":
            waiting += nouns_after(tree, i, link)
    return found


def prepositional_phrases(tree: Tree, i: int) -> Iterator[tuple[int, int]]:
    """(preposition, noun) pairs below a word; `out of` and `from within` count as their last word."""
    adverbs = dependents(tree, i, frozenset(("advmod",)))  # short of, ahead of, together with
    adverbs = [adverb for adverb in adverbs if tree.words[adverb].lower() not in EXCEPTING]
    for prep in (
        *dependents(tree, i, PREPOSITIONS),
        *(p for adverb in adverbs for p in dependents(tree, adverb, PREPOSITIONS)),
    ):
        if tree.pos[prep] not in ("ADP", "SCONJ", "VERB", "ADV") or tree.words[prep].lower() in REASONS:
            continue
        for noun in tree.children[prep]:
            if tree.deps[noun] in PREPOSITIONAL_OBJECTS:
                yield prep, noun
            elif tree.deps[noun] == "prep":
                for inner in dependents(tree, noun, PREPOSITIONAL_OBJECTS):
                    yield noun, inner


def nouns_after(tree: Tree, i: int, *prepositions: str) -> list[int]:
    """The nouns that some prepositions lead to from a word."""
    return [noun for prep, noun in prepositional_phrases(tree, i) if tree.lemmas[prep] in prepositions]


def particles(tree: Tree, verb: int) -> list[int]:
    """Words that may belong to the verb: `carry out`, `call on`, `back down`."""
    return [
        child
        for child in tree.children[verb]
        if tree.deps[child] in ("prt", "prep", "dative")
        or (tree.deps[child] == "advmod" and tree.pos[child] in ("ADP", "ADV"))
    ]


def auxiliaries(tree: Tree, verb: int) -> list[int]:
    """A verb's auxiliaries; a conjunct may share those of the first verb: `will stop and withdraw`."""
    own = dependents(tree, verb, AUXILIARIES)
    head = tree.heads[verb]
    if (
        not own
        and tree.deps[verb] == "conj"
        and not dependents(tree, verb, SUBJECTS)
        and tree.tags[verb] == "VB"
    ):
        return auxiliaries(tree, head) if head != verb else []
    return own


def is_infinitive(tree: Tree, verb: int) -> bool:
    """`to leave`."""
    return any(tree.tags[i] == "TO" for i in tree.children[verb])


def is_headline_infinitive(tree: Tree, verb: int) -> bool:
    """`Minister to visit Rome`: an infinitive below the capitalised word right before its `to`."""
    head = tree.heads[verb]
    has_to = any(tree.tags[i] == "TO" and i == head + 1 for i in tree.children[verb])
    return has_to and tree.deps[head] in ("ROOT", "nsubj") and tree.words[head][0].isupper()


def is_passive(tree: Tree, verb: int) -> bool:
    """`was struck`, and the bare participle of `missiles fired by`."""
    is_whole = any(tree.deps[child] in ("nsubjpass", "auxpass", "agent") for child in tree.children[verb])
    return is_whole or (tree.deps[verb] == "acl" and tree.tags[verb] == "VBN")


def is_time(tree: Tree, i: int) -> bool:
    """A day, a month, a year: `Monday`, `1990`."""
    return tree.lemmas[i] in word_classes()["time"] or (tree.pos[i] == "NUM" and tree.words[i].isdigit())


def is_excluded(noun: Token) -> bool:
    """The Macron of `Scholz, not Macron` and `not Macron but Scholz`; but not `not only Macron`."""
    top = next(word for word in (noun, *noun.ancestors) if word.dep_ not in ("compound", "amod", "poss"))
    first = top.left_edge.i + (top.left_edge.lower_ == "not")
    before = [word.lower_ for word in noun.doc[max(first - 2, 0) : first]]
    is_other = (
        before[-1:] == ["not"]
        and (before[0] in (",", "but", "and", "–", "—", "(") or "but" in (one.lower_ for one in top.children))
        and LIMITING.isdisjoint(word.lower_ for word in noun.doc[first : first + 1])
    )
    return is_other or before[-1:] == ["except"] or before == ["except", "for"]


def contrasted(noun: Token) -> Token:
    """The Scholz of `it was Scholz, not Macron, who` and of `not Macron but Scholz`, for the Macron."""
    others = [noun.head] if noun.dep_ in ("appos", "conj") else [w for w in noun.children if w.dep_ == "conj"]
    return others[0] if others and is_excluded(noun) else noun
