"""Whether and when it happens: a verb's status by its auxiliaries, its negation and the clause above.

Source: Karttunen, Implicative verbs (Language 47, 1971); Nairn, Condoravdi and Karttunen, Computing relative
polarity for textual inference (2006).
"""

from functools import cache
from itertools import takewhile
from typing import Final, NamedTuple

from analysis.lexicons import load_lexicon
from analysis.nlp.parse.tree import (
    ARGUMENTS,
    AUXILIARIES,
    LIMITING,
    PASSIVE_SUBJECTS,
    PAST_TAGS,
    SUBJECTS,
    VERBAL,
    Tree,
    ancestors,
    auxiliaries,
    dependents,
    is_headline_infinitive,
    is_infinitive,
    is_passive,
    nouns_after,
    particles,
)
from analysis.nlp.parse.word_lists import speech_verbs, word_classes
from analysis.tables.rows import rows_of

IMPLIED: Final = {
    "done": "the act below it was done: managed to help",
    "not done": "it was not done: failed to help",
    "open": "it may have been done or not: tried to help",
}
WILL = frozenset(("will", "shall", "'ll", "’ll"))
MODALS = frozenset(
    ("would", "could", "may", "might", "can", "'d", "’d", "should", "must", "ought", "wo", "ca")
)
FACTUAL = frozenset(("past", "ongoing"))
BE = frozenset(("is", "are", "'s", "’s", "am", "been", "be", "’re", "'re"))
NEGATIVES = frozenset(("not", "n't", "n’t", "never", "no", "neither", "nor", "hardly", "nowhere"))
NOTHING = frozenset(("nothing", "nobody", "none"))
MAX_DEPTH = 40  # clauses above a verb that are asked


class Implication(NamedTuple):
    """What follows for the act below a verb, each one of `IMPLIED`."""

    asserted: str
    negated: str


OPEN: Final = Implication("open", "open")


@cache
def implicatives() -> dict[str, Implication]:
    """Verb, with its particle or preposition, or `be` and a participle -> what it implies."""
    rows = load_lexicon("parse/implicatives", allowed={"asserted": IMPLIED, "negated": IMPLIED})
    return {row.verb: Implication(row.asserted, row.negated) for row in rows_of(rows)}


def verb_status(tree: Tree, verb: int, depth: int = 0) -> str:
    """past, ongoing, future, hypothetical or negated, from auxiliaries, conjunctions and the verb above."""
    if depth < MAX_DEPTH and shares_auxiliaries(tree, verb):
        return verb_status(tree, tree.heads[verb], depth + 1)  # urged to stop and withdraw
    return "negated" if is_negated(tree, verb) else status_unless_negated(tree, verb, depth)


def status_unless_negated(tree: Tree, verb: int, depth: int) -> str:
    """The status that a verb has or would have without its own negation."""
    helpers = {tree.words[i].lower() for i in auxiliaries(tree, verb)}
    is_headline = tree.heads[verb] == verb and bool(dependents(tree, verb, SUBJECTS))
    if has_condition(tree, verb):
        return "hypothetical"
    if helpers & WILL or ("to" in helpers and (is_headline or is_headline_infinitive(tree, verb))):
        is_open = any(tree.deps[i] == "advcl" and has_condition(tree, i) for i in tree.children[verb])
        return "hypothetical" if is_open else "future"  # will attack if X attacks; Minister to visit Rome
    if helpers & MODALS:
        return "hypothetical"
    if tree.tags[verb] == "VBG" and helpers & BE:
        return "ongoing"
    is_below = "to" in helpers or (tree.deps[verb] == "pcomp" and tree.tags[verb] == "VBG")
    return status_below(tree, verb, depth) if is_below else "past"


def shares_auxiliaries(tree: Tree, verb: int) -> bool:
    """The `withdraw` of `urged to stop and withdraw`, `urged to stop and to withdraw`."""
    head, helpers = tree.heads[verb], dependents(tree, verb, AUXILIARIES)
    is_joined = not helpers or (is_infinitive(tree, verb) and len(helpers) == 1 and is_infinitive(tree, head))
    is_bare = tree.deps[verb] == "conj" and tree.tags[verb] == "VB"
    return is_bare and head < verb and is_joined and not dependents(tree, verb, SUBJECTS)


def status_below(tree: Tree, verb: int, depth: int) -> str:
    """Status of an infinitive or a gerund, by the word above it: `managed to`, `a plan to`, `failed in`."""
    head = tree.heads[verb]
    is_gerund = tree.deps[verb] == "pcomp"
    above = tree.heads[head] if is_gerund else head
    if tree.pos[above] in VERBAL:
        names = (
            [f"{tree.lemmas[above]} {tree.words[head].lower()}"] if is_gerund else names_above(tree, above)
        )
        rule = next((implicatives()[name] for name in names if name in implicatives()), OPEN)
        implied = rule.negated if is_negated(tree, above) else rule.asserted
        status = status_unless_negated(tree, above, depth + 1) if depth < MAX_DEPTH else "past"
        if implied == "done":
            return status
        if implied == "not done":
            return "negated" if status in FACTUAL else "hypothetical"
        if is_gerund:  # what is done by attacking is as open as the verb above
            return status if tree.lemmas[head] in ("by", "through", "via", "in") else "past"
        is_ahead = status == "future" and not is_negated(tree, above)
        return "future" if is_ahead or tree.words[above].lower() == "going" else "hypothetical"
    if any(tree.lemmas[child] in NEGATIVES for child in tree.children[above]):
        return "negated"  # no mandate to act
    return "past" if is_gerund and tree.lemmas[above] not in word_classes()["open"] else "hypothetical"


def names_above(tree: Tree, above: int) -> list[str]:
    """Names that the list may have for a verb: `be said`, `go on`, `say`."""
    lemma = tree.lemmas[above]
    names = [f"{lemma} {tree.words[i].lower()}" for i in particles(tree, above)]
    return [*names, f"be {tree.words[above].lower()}", lemma] if is_passive(tree, above) else [*names, lemma]


def is_negated(tree: Tree, verb: int) -> bool:
    """`did not attack`, `at no point did X attack`, `left without attacking`, `denied that X attacked`."""
    head, dep, helpers = tree.heads[verb], tree.deps[verb], dependents(tree, verb, AUXILIARIES)
    subjects = dependents(tree, verb, SUBJECTS | PASSIVE_SUBJECTS)
    for child in (*tree.children[verb], *(i for helper in helpers for i in tree.children[helper])):
        if (
            tree.deps[child] in ("neg", "det", "preconj", "advmod", "cc" if child < verb else "")
            and tree.lemmas[child] in NEGATIVES
            and LIMITING.isdisjoint(tree.words[child + 1 : child + 2])
        ):
            return True
        is_fronted = tree.deps[child] == "prep" and [child] < helpers[:1] < subjects[:1]  # at no point did X
        is_argument = tree.deps[child] in ARGUMENTS or tree.words[child].lower() == "longer"
        nouns = tree.children[child] if is_fronted else [child] if is_argument else ()
        if any(is_none(tree, i) for i in nouns):
            return True  # will no longer help
    is_also_not = dep == "conj" and any(tree.lemmas[i] == "nor" for i in tree.children[head] if i < verb)
    return is_also_not or (dep == "pcomp" and tree.lemmas[head] == "without") or is_denied(tree, verb)


def is_denied(tree: Tree, verb: int) -> bool:
    """Whether it is denied or taken back: `denied bombing`, `withdrew its claim that X bombed`.

    Also what a noun below holds: `denied a report of an attack`.
    """
    head, dep = tree.heads[verb], tree.deps[verb]
    if tree.lemmas[head] == "of":
        head, dep = tree.heads[head], "acl"
    if dep in ("acl", "ccomp", "relcl") and tree.lemmas[head] in word_classes()["claim"]:
        verb, head, dep = head, tree.heads[head], "ccomp"
    is_content = dep in ("ccomp", "xcomp", "acl") and head < verb
    is_below = is_content and not word_classes()["denying"].isdisjoint(names_above(tree, head))
    return is_below and all(tree.deps[i] != "neg" for i in tree.children[head])  # did not deny that X did


def is_left_open(tree: Tree, verb: int) -> bool:
    """Whether a clause is not said: `did not say that X attacked`; but `did not say why X attacked`."""
    above = tree.heads[verb]
    is_said = tree.deps[verb] == "ccomp" and tree.lemmas[above] in speech_verbs()["clause"]
    is_asked = not {"WRB", "WP"}.isdisjoint(tree.tags[above:verb])
    return is_said and not is_asked and verb_status(tree, above) == "negated"


def is_imagined(tree: Tree, word: int) -> bool:
    """`in the novel, X attacks Y`, `simulated an attack by X`; but not `a game was lost after X attacked`."""
    names = word_classes()["simulated"]
    names |= word_classes()["fiction"] if tree.tags[word] in ("VBZ", "VBP") else frozenset()
    path = takewhile(
        lambda i: (
            tree.deps[i] not in ("advcl", "prep")
            or tree.tags[i] == "VBG"
            or tree.lemmas[i] in ("of", "about", "in", "on", "by", "with", "against")
        ),
        (word, *ancestors(tree, word)),
    )
    nouns = (n for i in path for n in (i, *dependents(tree, i, SUBJECTS), *nouns_after(tree, i, "in")))
    return any(
        tree.lemmas[k] in names for n in nouns for k in (n, *dependents(tree, n, ("amod", "compound")))
    )


def is_none(tree: Tree, noun: int) -> bool:
    """`nobody`, `no one`, `no aid`, `neither side`; but not a `No 10 spokesman`, nor a `no-brainer`."""
    return tree.words[noun].lower() in NOTHING or any(
        tree.lemmas[i] in ("no", "neither") and i < noun and tree.words[i + 1].strip("0123456789-")
        for i in tree.children[noun]
    )


def has_condition(tree: Tree, verb: int) -> bool:
    """`if X attacks`, `before X lifts the ban`; but `before X lifted it` only gives a time."""
    marks = {tree.words[i].lower() for i in tree.children[verb] if tree.deps[i] == "mark"}
    is_open = tree.tags[verb] not in PAST_TAGS and tree.lemmas[verb] != "be"
    return bool(marks & {"if", "unless", "whether", "lest"}) or bool(marks & {"until", "before"} and is_open)
