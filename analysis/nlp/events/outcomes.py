"""What became of an act that a noun names: planned, asked for, delayed, ended, taken back."""

from collections.abc import Container, Iterator

from analysis.nlp.events.composition import ended
from analysis.nlp.events.lexicon import Rule, verb_frame
from analysis.nlp.events.nouns import MODIFIERS, noun_rule
from analysis.nlp.parse.tree import OBJECTS, SUBJECTS, Tree, dependents, particles
from analysis.nlp.parse.verb_status import verb_status
from analysis.nlp.parse.word_lists import operators, word_classes
from analysis.schemas import QUADS

PLANNED = {
    "planned": "future",
    "upcoming": "future",
    "forthcoming": "future",
    "scheduled": "future",
    "proposed": "hypothetical",
    "possible": "hypothetical",
    "potential": "hypothetical",
    "imminent": "future",
    "impending": "future",
    "looming": "future",
    "likely": "hypothetical",
    "inevitable": "future",
    "future": "future",
    "eventual": "hypothetical",
    "alleged": "past",
}
"""Adjective -> status of the act."""
COMING = frozenset(word for word, status in PLANNED.items() if status == "future")
"""What is said of an act that has not begun."""
CONTENT = frozenset(("pobj", "pcomp", "dobj", "nsubjpass", "compound", "conj"))
CONTENT_PREPOSITIONS = frozenset(("for", "of", "to", "on", "upon", "in"))
OCCASIONS = frozenset(("for", "at", "in", "during", "to"))
OCCURRING = frozenset(
    ("be", "happen", "occur", "take", "begin", "start", "materialise", "materialize", "resume", "come")
)
"""Verbs whose negation denies their subject: the talks did not begin."""
GUARD_PREPOSITIONS = frozenset(("against", "from"))
PROSPECT_PREPOSITIONS = frozenset(("of", "for", "toward", "towards", "about", "on"))
LASTING = frozenset(("AID", "COOPERATE", "COERCE", "ASSAULT"))
CHAIN = 3  # heads between an act and the word that says what became of it
NO_OPERATOR: frozenset[str] = frozenset()


def noun_status(tree: Tree, noun: int) -> str:
    """From the adjective (`planned`), else from the verb above."""
    for child in tree.children[noun]:
        if tree.lemmas[child] in PLANNED or tree.words[child].lower() in PLANNED:
            return PLANNED.get(tree.words[child].lower()) or PLANNED[tree.lemmas[child]]
        if tree.deps[child] == "det" and tree.lemmas[child] in ("no", "any"):
            return "negated" if tree.lemmas[child] == "no" else "hypothetical"
    head = tree.heads[noun]
    is_owned = bool(dependents(tree, noun, MODIFIERS)) and tree.deps[noun] in OBJECTS
    if is_prospect(tree, noun):
        return "hypothetical"
    if tree.pos[head] in ("VERB", "AUX") and tree.deps[noun] in OBJECTS | SUBJECTS and not is_owned:
        foretold = next((PLANNED[tree.lemmas[i]] for i in predicates(tree, head, PLANNED)), None)
        status = foretold or verb_status(tree, head)
        is_taken_for_granted = tree.deps[noun] == "nsubj" and tree.lemmas[head] not in OCCURRING
        return "past" if status == "negated" and is_taken_for_granted else status  # the call yielded nothing
    return "future" if is_purpose_of_future(tree, noun) else "past"  # will discuss X's war: the war is there


def has_no(tree: Tree, noun: int) -> bool:
    """`no attack`."""
    return any(tree.deps[i] == "det" and tree.lemmas[i] == "no" for i in tree.children[noun])


def is_said_to_come(tree: Tree, noun: int) -> bool:
    """`the planned strike`, `the strike is imminent`."""
    is_attribute = any(tree.lemmas[i] in COMING for i in tree.children[noun])
    is_subject = tree.deps[noun] in SUBJECTS
    return is_attribute or (is_subject and any(predicates(tree, tree.heads[noun], COMING)))


def predicates(tree: Tree, verb: int, adjectives: Container[str]) -> Iterator[int]:
    """The listed adjectives of `the attack is imminent`, given its verb."""
    is_state = tree.lemmas[verb] == "be"
    return (i for i in dependents(tree, verb, ("acomp",)) if is_state and tree.lemmas[i] in adjectives)


def is_prospect(tree: Tree, noun: int) -> bool:
    """`fears of an attack`, `negotiations for a truce`; but talks on a war are about a war."""
    prep = tree.heads[noun]
    guarding = word_classes()["guard"]
    if tree.deps[noun] == "pobj" and tree.lemmas[prep] in GUARD_PREPOSITIONS:  # defence against attacks
        return tree.lemmas[tree.heads[prep]] in guarding
    if tree.deps[noun] == "dobj" and tree.lemmas[prep] in guarding:
        return True
    if tree.deps[noun] != "pobj" or tree.lemmas[prep] not in PROSPECT_PREPOSITIONS:
        return False
    rule, kinds, above = noun_rule(tree, noun), word_classes(), tree.lemmas[tree.heads[prep]]
    is_aim = rule is not None and QUADS[rule.root] <= 2 and above in kinds["aim"]
    return tree.pos[tree.heads[prep]] == "NOUN" and (is_aim or above in kinds["prospect"])


def is_purpose_of_future(tree: Tree, noun: int) -> bool:
    """Talks for which somebody will travel."""
    prep, rule = tree.heads[noun], noun_rule(tree, noun)
    is_talk = rule is not None and rule.root == "CONSULT" and tree.deps[noun] == "pobj"
    verb = tree.heads[prep]
    is_occasion = is_talk and tree.lemmas[prep] in OCCASIONS and tree.pos[verb] == "VERB"
    return is_occasion and verb_status(tree, verb) == "future"


def outcome(tree: Tree, noun: int, rule: Rule, status: str) -> tuple[Rule, str]:
    """Rule and status of an act that did not come, or ended: `a delay in X's aid`, `its suspension`.

    Delayed or blocked, it is an act denied. Ended by its owner, it is the opposite: aid is cut, a ban lifted.
    """
    above = outcome_word(tree, noun)
    if above is None:
        return rule, status
    does = operators().get(tree.lemmas[above], NO_OPERATOR)
    if "lapse" in does:
        return rule, "negated" if status in ("past", "ongoing") else status
    has_stopped = "stop" in does and tree.pos[above] == "VERB" and rule.root in LASTING  # aid has stopped
    if not (has_stopped or "ending" in does) or is_only_asked_for(tree, above):
        return rule, status
    rule, _ = ended(tree, above, rule)
    is_verb = tree.pos[above] == "VERB"
    return rule.below(tree.lemmas[above]), verb_status(tree, above) if is_verb else noun_status(tree, above)


def outcome_word(tree: Tree, noun: int) -> int | None:
    """The word that says what became of an act: `delay` in `a delay in the delivery of aid`."""
    i = noun
    for _ in range(CHAIN):
        head = tree.heads[i]
        if tree.deps[i] == "pobj" and tree.lemmas[head] in ("of", "in", "to"):
            i = tree.heads[head]
        elif tree.deps[i] in ("compound", "dobj", "nsubjpass") or (
            tree.deps[i] == "nsubj" and tree.pos[head] == "VERB" and not dependents(tree, head, OBJECTS)
        ):
            i = head
        else:
            return None
        if operators().get(tree.lemmas[i], NO_OPERATOR) & {"lapse", "ending", "stop"}:
            return i
    return None


def is_asked_for(tree: Tree, noun: int, rule: Rule) -> bool:
    """`called for talks`, `demanded sanctions`; an attack whose end is demanded has happened."""
    head = tree.heads[noun]
    is_direct = tree.pos[head] == "VERB" or tree.pos[tree.heads[head]] == "VERB"
    return (is_direct or QUADS[rule.root] <= 2) and is_only_asked_for(tree, noun)


def is_only_asked_for(tree: Tree, noun: int) -> bool:
    """`calls for a halt to`, `the condition of a halt to`, `predicts a halt to`: nothing has ended."""
    unreal = word_classes()["wish"] | word_classes()["forecast"]
    for i in content_heads(tree, noun):
        names = {tree.lemmas[i], *(f"{tree.lemmas[i]} {tree.lemmas[p]}" for p in particles(tree, i))}
        roots = {rule.root for name in names if (rule := verb_frame(name).bare)}
        is_order = any("aspect" in operators().get(name, NO_OPERATOR) for name in names)  # as good as done
        if ("REQUEST" in roots and not is_order) or names & unreal:
            return True
    return False


def content_heads(tree: Tree, noun: int) -> Iterator[int]:
    """Words above that a noun is content of: not the `requests` of `after a meeting, X requests aid`."""
    i = noun
    for _ in range(2 * CHAIN):
        head = tree.heads[i]
        is_phrase = tree.deps[i] == "prep" and tree.lemmas[i] in CONTENT_PREPOSITIONS
        if head == i or not (is_phrase or tree.deps[i] in CONTENT):
            return
        i = head
        if tree.deps[i] != "prep":
            yield i
