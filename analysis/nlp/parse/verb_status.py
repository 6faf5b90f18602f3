"""Whether and when it happens: a verb's status by its auxiliaries, its negation and the clause above.

Source: Karttunen, Implicative verbs (Language 47, 1971); Nairn, Condoravdi and Karttunen, Computing relative
polarity for textual inference (2006).
"""

from functools import cache
from typing import Final, NamedTuple

from analysis.lexicons import load_lexicon
from analysis.nlp.parse.tree import (
    ARGUMENTS,
    AUXILIARIES,
    NOUN_CLAUSES,
    PASSIVE_SUBJECTS,
    PAST_TAGS,
    SUBJECTS,
    VERBAL,
    Tree,
    auxiliaries,
    dependents,
    is_done_by_rank,
    is_headline_infinitive,
    is_infinitive,
    is_passive,
    is_saying_verb,
    particles,
    prepositional_phrases,
)
from analysis.nlp.parse.word_lists import operators, word_classes
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
CLAUSAL_SUBJECTS = frozenset(("csubj", "csubjpass"))  # arming X would force Y to talk
FACTUAL = frozenset(("past", "ongoing"))
BE = frozenset(("is", "are", "'s", "’s", "am", "been", "be", "’re", "'re"))
NEGATIVES = frozenset(("not", "n't", "n’t", "never", "no", "neither", "nor", "hardly"))


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


def verb_status(tree: Tree, verb: int) -> str:
    """past, ongoing, future, hypothetical or negated, from auxiliaries, conjunctions and the verb above."""
    if shares_auxiliaries(tree, verb):
        return verb_status(tree, tree.heads[verb])  # urged to stop and withdraw
    if is_negated(tree, verb) or is_denied(tree, verb):
        return "hypothetical" if is_asked_not_to(tree, verb) else "negated"
    return status_unless_negated(tree, verb)


def status_unless_negated(tree: Tree, verb: int) -> str:
    """The status that a verb has or would have without its own negation."""
    helpers = [tree.words[i].lower() for i in auxiliaries(tree, verb)]
    return (
        gerund_status(tree, verb)
        or open_status(tree, verb, helpers)
        or ("ongoing" if tree.tags[verb] == "VBG" and not BE.isdisjoint(helpers) else None)
        or dependent_status(tree, verb, helpers)
        or "past"
    )


def shares_auxiliaries(tree: Tree, verb: int) -> bool:
    """The `withdraw` of `urged to stop and withdraw`, `urged to stop and to withdraw`."""
    head = tree.heads[verb]
    is_bare = tree.deps[verb] == "conj" and tree.tags[verb] == "VB"
    helpers = dependents(tree, verb, AUXILIARIES)
    is_joined = not helpers or (is_infinitive(tree, verb) and len(helpers) == 1 and is_infinitive(tree, head))
    return is_bare and head < verb and is_joined and not dependents(tree, verb, SUBJECTS)


def is_asked_not_to(tree: Tree, verb: int) -> bool:
    """`asked X not to help`: nothing is said about what X did."""
    is_below = tree.deps[verb] in ("xcomp", "ccomp") and is_infinitive(tree, verb)
    return is_below and implication(tree, verb).asserted != "done"


def gerund_status(tree: Tree, verb: int) -> str | None:
    """`accused of attacking` is open, `no plans of attacking` is as open or denied as the plans are.

    What is done `by attacking` is as open as the verb above; what is prevented is not done.
    """
    first = tree.heads[verb]
    if tree.deps[verb] == "conj" and tree.tags[verb] == tree.tags[first] == "VBG":
        intent = operators().get(tree.lemmas[tree.heads[tree.heads[first]]], frozenset())
        return "future" if "future" in intent else gerund_status(tree, first)  # plans on leaving and helping
    prep = tree.heads[verb]
    above = tree.heads[prep]
    if tree.deps[verb] != "pcomp" or tree.tags[verb] != "VBG":
        return None  # an idea of how X was killed
    if tree.lemmas[prep] == "for" and tree.lemmas[above] in word_classes()["urging"]:
        return "hypothetical"  # called for lifting the ban
    if tree.lemmas[prep] in ("on", "about", "over") and tree.lemmas[above] in word_classes()["talks"]:
        return "hypothetical"  # talks on rebuilding X
    if tree.lemmas[prep] in ("by", "through", "via", "in") and tree.pos[above] in VERBAL:
        is_aim = is_infinitive(tree, above) and tree.deps[above] in ("advcl", "acl", "relcl")
        status = "past" if is_aim else verb_status(tree, above)  # acted to calm X by helping
        return None if status in FACTUAL else status
    if (implied := implied_status(tree, verb, above)) != "hypothetical":
        return implied
    if tree.lemmas[above] in ("accuse", "suspect", "blame"):
        return "hypothetical"
    return status_below_noun(tree, above) if tree.pos[above] == "NOUN" else None


def open_status(tree: Tree, verb: int, helpers: list[str]) -> str | None:
    """future or hypothetical, where a condition, a modal, a demand or a question leaves the act open."""
    if is_conditional(tree, verb) or is_uncertain(tree, verb):
        return "hypothetical"
    if not WILL.isdisjoint(helpers) or is_headline_future(tree, verb, helpers):
        return "hypothetical" if has_condition(tree, verb) or is_hoped(tree, verb) else "future"
    if not MODALS.isdisjoint(helpers):
        return "future" if is_reported_future(tree, verb, helpers) else "hypothetical"
    if is_unproven(tree, verb) or is_subjunctive(tree, verb, helpers) or is_yes_no_question(tree, verb):
        return "hypothetical"
    return None


def dependent_status(tree: Tree, verb: int, helpers: list[str]) -> str | None:
    """Status of an infinitive, by the verb above it."""
    dep, head = tree.deps[verb], tree.heads[verb]
    if (
        dep == "ccomp"
        and not helpers
        and tree.lemmas[head] in ("see", "watch", "have", "let", "make", "help")
        and tree.tags[verb] in ("VB", "VBP")
    ):
        status = status_unless_negated(tree, head)
        return None if status in FACTUAL else status  # a plan would see X suspend it
    if "to" not in helpers:
        return None
    if dep == "ccomp" and verb_status(tree, head) in ("future", "hypothetical"):
        return "hypothetical"  # a deal that would let X send troops
    if dep == "conj":
        return "hypothetical"  # pushed for a truce to be reached, where the parser joins the verbs
    return infinitive_status(tree, verb) if dep in ("xcomp", "ccomp", "advcl", "acl", "relcl") else None


def is_unproven(tree: Tree, verb: int) -> bool:
    """`no evidence that X attacked`."""
    marks = [tree.words[i].lower() for i in tree.children[verb] if tree.deps[i] == "mark"]
    is_content = tree.deps[verb] in NOUN_CLAUSES and "that" in marks
    return is_content and has_negative_determiner(tree, tree.heads[verb])


def is_negated(tree: Tree, verb: int) -> bool:
    for child in tree.children[verb]:
        if tree.deps[child] in ("neg", "det", "cc", "preconj", "advmod") and tree.lemmas[child] in NEGATIVES:
            return True
        if tree.deps[child] in ARGUMENTS and (
            is_nothing(tree, child) or has_negative_determiner(tree, child)
        ):
            return True
        if tree.lemmas[child] in ("almost", "nearly") and tree.tags[verb] in PAST_TAGS:
            return True
        if tree.lemmas[child] in ("long", "longer") and any(
            tree.lemmas[k] == "no" for k in tree.children[child]
        ):
            return True  # will no longer help
    return tree.deps[verb] in NOUN_CLAUSES and is_nothing(tree, tree.heads[verb])


def is_nothing(tree: Tree, noun: int) -> bool:
    """`nothing`, `none of them`; but not `nothing but`, which is something."""
    follows = tree.words[noun + 1].lower() if noun + 1 < len(tree.words) else ""
    return tree.words[noun].lower() in ("nothing", "nobody", "none", "noone") and follows not in (
        "but",
        "except",
        "less",
        "short",
    )


def has_negative_determiner(tree: Tree, noun: int) -> bool:
    """`no one`, `no aid`, `neither side`."""
    return any(
        tree.deps[i] in ("det", "neg", "cc", "preconj") and tree.lemmas[i] in ("no", "neither")
        for i in tree.children[noun]
    )


def is_denied(tree: Tree, verb: int) -> bool:
    """`left without attacking`, `denied that X attacked`, `rejected claims that X attacked`."""
    head, dep = tree.heads[verb], tree.deps[verb]
    if is_left_undone(tree, verb):
        return True
    if dep == "ccomp":  # but not: X accused Y of theft, a charge Y denies
        return head < verb and tree.lemmas[head] in word_classes()["denying"] and not is_negated(tree, head)
    claim = claim_above(tree, head) if dep in ("acl", "relcl") else None
    return claim is not None and tree.lemmas[tree.heads[claim]] in word_classes()["denying"]


def is_left_undone(tree: Tree, verb: int) -> bool:
    """`without attacking X or threatening Y`."""
    head, dep = tree.heads[verb], tree.deps[verb]
    if dep == "conj" and tree.tags[verb] == tree.tags[head] == "VBG":
        return is_left_undone(tree, head)
    marks = [head] if dep == "pcomp" else dependents(tree, verb, ("mark",))
    return any(tree.lemmas[mark] in ("without", "against") for mark in marks)


def claim_above(tree: Tree, noun: int) -> int | None:
    """The claim whose content a clause below a noun gives; of `a report by the radio that`, the report."""
    if tree.lemmas[noun] in word_classes()["claim"]:
        return noun
    prep = tree.heads[noun]
    is_claimant = tree.deps[noun] == "pobj" and tree.lemmas[prep] in ("by", "from", "in")
    above = tree.heads[prep]
    return above if is_claimant and tree.lemmas[above] in word_classes()["claim"] else None


def is_yes_no_question(tree: Tree, verb: int) -> bool:
    """`Did X attack Y?`; but `When did X attack Y?` takes the attack for granted."""
    starts = dependents(tree, verb, AUXILIARIES)
    own = dependents(tree, verb, SUBJECTS | PASSIVE_SUBJECTS)
    if not starts or not own or starts[0] > own[0]:
        return False
    sentence = tree.doc[verb].sent
    is_open = any(tree.tags[i] in ("WRB", "WP", "WDT") for i in range(sentence.start, starts[0]))
    return not is_open and any(word == "?" for word in tree.words[sentence.end - 3 : sentence.end])


def infinitive_status(tree: Tree, verb: int) -> str:
    """`will travel to discuss` is to come, as the travel is; elsewhere an aim is only an aim."""
    head = tree.heads[verb]
    if is_done_by_rank(tree, verb):
        return "past" if tree.deps[head] == "appos" else verb_status(tree, tree.heads[head])
    if (implied := implied_status(tree, verb, head)) != "hypothetical":
        return implied
    if tree.words[head].lower() == "going" and not is_negated(tree, head):
        return "future"  # was going to attack
    if tree.deps[verb] in NOUN_CLAUSES and has_negative_determiner(tree, head):
        return "negated"  # has no mandate to act
    is_ahead = tree.pos[head] in VERBAL and any(
        tree.words[i].lower() in WILL for i in auxiliaries(tree, head)
    )
    return "future" if is_ahead and not is_negated(tree, head) else "hypothetical"


def implied_status(tree: Tree, below: int, above: int) -> str:
    """Status of an act below `managed to` or `failed to`; `hypothetical` where nothing follows."""
    rule = implication(tree, below)
    implied = rule.negated if is_negated(tree, above) else rule.asserted
    if implied == "open":
        return "hypothetical"
    prep = tree.heads[above]
    if tree.deps[above] == "pcomp" and tree.pos[tree.heads[prep]] == "NOUN":
        return "hypothetical"  # a way of forcing X to leave
    status = status_unless_negated(tree, above)
    if implied == "done":
        return status
    return "negated" if status in FACTUAL else "hypothetical"


def is_uncertain(tree: Tree, verb: int) -> bool:
    """`perhaps attacked`, `perhaps by attacking`."""
    prep = [tree.heads[verb]] if tree.deps[verb] == "pcomp" else []
    return any(
        tree.lemmas[child] in word_classes()["maybe"] for i in (verb, *prep) for child in tree.children[i]
    )


def is_conditional(tree: Tree, verb: int) -> bool:
    """`if X attacks`, `before X lifts the ban`; but `before X lifted it` only gives a time."""
    marks = {tree.words[i].lower() for i in tree.children[verb] if tree.deps[i] == "mark"}
    if not marks and tree.deps[verb] == "conj" and not dependents(tree, verb, SUBJECTS):
        return tree.heads[verb] < verb and is_conditional(tree, tree.heads[verb])  # if X stalls or attacks
    is_open = tree.tags[verb] not in PAST_TAGS and tree.lemmas[verb] != "be"
    if is_inverted(tree, verb):
        return True
    return bool(marks & {"if", "unless", "whether", "lest", "should"}) or (
        bool(marks & {"until", "before"}) and is_open
    )


def is_inverted(tree: Tree, verb: int) -> bool:
    """`Had X attacked, Y would have helped`."""
    first = dependents(tree, verb, AUXILIARIES)[:1]
    own = dependents(tree, verb, SUBJECTS | PASSIVE_SUBJECTS)
    is_first = (
        bool(first)
        and bool(own)
        and first[0] < own[0]
        and tree.words[first[0]].lower() in ("had", "were", "should")
    )
    return is_first and tree.deps[verb] in ("advcl", "ccomp")


def is_subjunctive(tree: Tree, verb: int, helpers: list[str]) -> bool:
    """`insists that X allow access`: a demand, not a deed."""
    above = tree.lemmas[tree.heads[verb]]
    is_below = tree.deps[verb] in ("acl", "relcl", "ccomp") and above in word_classes()["demand"] | {
        "proposal",
        "call",
        "insistence",
    }
    return (
        is_below
        and not helpers
        and tree.tags[verb] in ("VB", "VBP")
        and bool(dependents(tree, verb, SUBJECTS))
    )


def status_below_noun(tree: Tree, noun: int) -> str:
    """Status of what depends on a plan, a threat or a refusal."""
    if any(tree.lemmas[child] in NEGATIVES for child in tree.children[noun]):
        return "negated"
    kinds = word_classes()
    if tree.lemmas[noun] in kinds["ban"]:  # a ban on issuing visas
        return "negated"
    is_open = operators().get(tree.lemmas[noun], frozenset()) & {"future", "deny", "aspect"}
    is_open = is_open or tree.lemmas[noun] in kinds["wish"] | kinds["suspicion"]
    return "hypothetical" if is_open else "past"


def is_headline_future(tree: Tree, verb: int, helpers: list[str]) -> bool:
    """The same, and `Minister to visit Rome` where the parser sees a subject and a verb."""
    if "to" not in helpers:
        return False
    return is_headline_infinitive(tree, verb) or (
        tree.heads[verb] == verb and bool(dependents(tree, verb, SUBJECTS))
    )


def is_reported_future(tree: Tree, verb: int, helpers: list[str]) -> bool:
    """`said it would withdraw` is `will withdraw` one tense back, as is `would withdraw next week`.

    With a condition, or where somebody fears or hopes it, it stays open.
    """
    is_would = bool({"would", "'d", "’d"} & set(helpers)) and not dependents(tree, verb, CLAUSAL_SUBJECTS)
    return (
        is_would
        and not has_condition(tree, verb)
        and (is_reported(tree, verb) or has_future_date(tree, verb))
    )


def is_reported(tree: Tree, verb: int) -> bool:
    """Below or beside a verb in the past, below `saying` or `announcement`, or with `according to`."""
    first = verb
    if tree.deps[verb] == "conj" and tree.tags[tree.heads[verb]] in PAST_TAGS:
        return True
    while tree.deps[first] == "conj" and tree.heads[first] != first:  # would send aid and would open a road
        first = tree.heads[first]
    head = tree.heads[first]
    if tree.deps[first] == "ccomp":
        is_past = tree.tags[head] in PAST_TAGS or (tree.tags[head] == "VBG" and is_saying_verb(tree, head))
        return is_past and tree.lemmas[head] not in word_classes()["wish"] | word_classes()["forecast"]
    if tree.deps[first] == "acl":
        return tree.lemmas[head] in word_classes()["announcement"]
    if tree.deps[first] == "relcl" and any(tree.words[i].lower() == "where" for i in tree.children[first]):
        return True  # plans to fly to Rome, where he would meet X
    return any(tree.words[i].lower() == "according" for i in tree.children[verb])


def has_future_date(tree: Tree, verb: int) -> bool:
    """`tomorrow`, `next week`, `later this month`, `in the coming days`."""
    times = [i for i in tree.children[verb] if tree.deps[i] in ("npadvmod", "advmod")]
    times += [noun for _, noun in prepositional_phrases(tree, verb)]
    near = [i for time in times for i in (time, *tree.children[time])]
    return any(tree.words[i].lower() in word_classes()["ahead"] for i in near)


def has_condition(tree: Tree, verb: int) -> bool:
    """`will attack if X attacks`, `to hit X if provoked`."""
    return any(tree.deps[i] == "advcl" and has_if(tree, i) for i in tree.children[verb])


def is_hoped(tree: Tree, verb: int) -> bool:
    """`hopes that X will help`."""
    return tree.deps[verb] == "ccomp" and tree.lemmas[tree.heads[verb]] in word_classes()["hoping"]


def has_if(tree: Tree, verb: int) -> bool:
    return any(tree.words[i].lower() in ("if", "unless") for i in tree.children[verb])
