"""What a verb or noun says is done, with what is above and below it.

Whether and when it is done is not asked here, nor who does it (`analysis.nlp.events.acts`).
"""

from analysis.nlp.events.composition import announced, composed
from analysis.nlp.events.frames import (
    INFINITIVES,
    Predicate,
    bare_predicate,
    framed_predicate,
    is_listed_without_act,
    light_verb_predicate,
    verb_names,
)
from analysis.nlp.events.lexicon import Rule
from analysis.nlp.events.nouns import has_named_modifier, noun_rule
from analysis.nlp.parse.arguments import RELATIVES, logical_objects
from analysis.nlp.parse.tree import (
    CLAUSAL_COMPLEMENTS,
    CONJUNCTS,
    NOMINAL,
    PASSIVE_SUBJECTS,
    SUBJECTS,
    VERBAL,
    Tree,
    auxiliaries,
    complements,
    dependents,
    is_infinitive,
    nouns_after,
    particles,
)
from analysis.nlp.parse.verb_status import may_happen
from analysis.nlp.parse.word_lists import operators, word_classes

OBLIGATIONS = frozenset(("must", "should", "ought"))
PURPOSES = frozenset(("advcl", "xcomp"))
MODIFYING_CLAUSES = frozenset(("acl", "amod", "relcl"))
MESSAGES = frozenset(("SUPPORT", "ACCUSE", "THREATEN", "REQUEST", "REJECT", "CONCEDE", "COERCE", "SANCTION"))
ADVERBIAL_CLAUSES = frozenset(("advcl",))
PREDICATIVES = frozenset(("acomp", "attr"))
JUDGED_AS = frozenset(("ccomp", "oprd"))
COMPOSING = frozenset(("aspect", "future", "stop", "deny", "weigh"))
OBLIGATION = Rule("REQUEST", None, "", "says must")
QUESTIONING = frozenset(("ask", "question", "wonder", "inquire", "enquire"))
QUESTION_WORDS = frozenset(("whether", "if", "why", "how", "when", "where", "what", "who"))
DEPTH = 3


def verb_predicate(tree: Tree, verb: int, depth: int = 0) -> Predicate | None:
    """What a verb says, with its object, its particle and the verb below it."""
    names = verb_names(tree, verb)
    if not names or makes_no_act(tree, verb, names[0][0]):
        return None
    does = frozenset().union(*(operators().get(name, frozenset()) for name, _ in names))
    if does & {"light", "voice"} and has_predicate_noun(tree, verb):
        return None  # reiterated a commitment to help: the noun says what is done
    is_carrier = "carrier" in operators().get(names[0][0], frozenset()) and depth < DEPTH
    found = (
        (message_predicate(tree, verb, depth) if is_carrier else None)
        or framed_predicate(tree, verb, names)
        or light_verb_predicate(tree, verb, names, does)
    )
    if found:
        return found if found.rule.root else None
    if "wish" in does and (wish := obligation_predicate(tree, verb, does)):
        return wish
    bare = bare_predicate(tree, verb, names)
    inner = inner_predicate(tree, verb, does, depth) if does & COMPOSING and depth < DEPTH else None
    if inner:
        return composed(tree, verb, does, bare, inner)
    return bare or (obligation_predicate(tree, verb, does) if "say" in does else None)


def makes_no_act(tree: Tree, verb: int, name: str) -> bool:
    """A threat that is dropped, where the threat says what is done; an open question; a verb of no act."""
    return bool(threats_taken_back(tree, verb)) or is_question(tree, verb) or is_listed_without_act(name)


def has_predicate_noun(tree: Tree, verb: int) -> bool:
    """Whether an object works like a verb; not the head of `a claim to have launched`."""
    things = (noun for noun in logical_objects(tree, verb) if noun != tree.heads[verb])
    return any(noun_predicate(tree, noun) for noun in things)


def is_question(tree: Tree, verb: int) -> bool:
    """`asked whether Y would stop`: nothing is asked for."""
    below = dependents(tree, verb, CLAUSAL_COMPLEMENTS) if tree.lemmas[verb] in QUESTIONING else []
    words = {tree.words[i].lower() for clause in below for i in tree.children[clause]}
    return not words.isdisjoint(QUESTION_WORDS)


def threats_taken_back(tree: Tree, verb: int) -> list[int]:
    """The threats of `dropped its threat to strike` and `backed away from threats`."""
    names = word_classes()["taking back"]
    is_phrase = any(f"{tree.lemmas[verb]} {tree.lemmas[i]}" in names for i in particles(tree, verb))
    if not is_phrase and tree.lemmas[verb] not in names:
        return []
    things = logical_objects(tree, verb)
    if is_phrase:
        things += nouns_after(tree, verb, "from", "on", "off")
    return [noun for noun in things if (rule := noun_rule(tree, noun)) and rule.root == "THREATEN"]


def message_predicate(tree: Tree, verb: int, depth: int) -> Predicate | None:
    """The act of what is sent, or of why one calls: `a letter threatening X`, `called to congratulate X`."""
    things = [noun for noun in logical_objects(tree, verb) if noun != tree.heads[verb]]
    if any(noun_rule(tree, noun) for noun in things):
        return None  # an ultimatum to withdraw is an ultimatum
    for below in message_verbs(tree, verb, things):
        inner = verb_predicate(tree, below, depth + 1)
        if inner and inner.rule.root in MESSAGES:
            rule = (
                announced(inner.rule) if may_happen(tree, below) else inner.rule
            )  # a bill that would punish
            has_noun = any(tree.pos[noun] != "PRON" for noun in logical_objects(tree, below))
            heads = inner.target_heads if has_noun else (verb, *inner.target_heads)  # sent troops to help X
            words = (verb, *inner.words)
            return Predicate(rule.below(tree.lemmas[verb]), heads, words, inner.status, 0.65)
    return None


def message_verbs(tree: Tree, verb: int, things: list[int]) -> list[int]:
    """Verbs that give the purpose or the content of what is sent."""
    purposes = [i for i in dependents(tree, verb, PURPOSES) if is_infinitive(tree, i)]
    contents = [
        i for noun in things for i in dependents(tree, noun, MODIFYING_CLAUSES) if is_content(tree, i)
    ]
    return purposes + contents


def is_content(tree: Tree, verb: int) -> bool:
    """A verb below a noun that gives its content (`letter threatening`), not its fate (`ship it seized`)."""
    own = dependents(tree, verb, SUBJECTS | PASSIVE_SUBJECTS)
    is_relative = all(tree.words[i].lower() in RELATIVES for i in own)
    return tree.pos[verb] in VERBAL and tree.tags[verb] != "VBN" and is_relative


def noun_predicate(tree: Tree, noun: int) -> Predicate | None:
    """A noun that works like its verb: `a refusal to meet`, `the threat to invade`."""
    does = operators().get(tree.lemmas[noun], frozenset())
    if not does & {"deny", "future", "aspect"} or tree.pos[noun] not in NOMINAL:
        return None
    for below in dependents(tree, noun, INFINITIVES):
        inner = verb_predicate(tree, below, 1) if is_infinitive(tree, below) else None
        if inner:
            rule = noun_rule(tree, noun)
            bare = Predicate(rule, (noun,), (noun,), None, 0.7) if rule else None
            return composed(tree, noun, does, bare, inner)
    return None


def inner_predicate(tree: Tree, verb: int, does: frozenset[str], depth: int) -> Predicate | None:
    """The act below an operator: a verb, or for `stop` and `refuse` also a noun."""
    if tree.lemmas[verb] == "be" and dependents(tree, verb, PREDICATIVES):
        return None  # it is necessary to leave
    below_it = [*complements(tree, verb), *gerunds_after_particle(tree, verb)]
    joined = [i for below in below_it for i in dependents(tree, below, CONJUNCTS) if tree.tags[i] == "VB"]
    for below in (*below_it, *joined):  # vowed to hunt down and punish X
        if tree.pos[below] in VERBAL and shares_subject(tree, below):
            inner = verb_predicate(tree, below, depth + 1)
            if inner:
                return inner
    if "weigh" in does and any(tree.deps[i] in JUDGED_AS for i in tree.children[verb]):
        return None  # considers strikes to be an act of war
    is_forecast = tree.lemmas[verb] in word_classes()["forecast"]  # who expects an attack does not attack
    if does & {"stop", "deny", "future", "weigh"} and tree.lemmas[verb] != "be" and not is_forecast:
        return object_act(tree, verb)
    return None


def gerunds_after_particle(tree: Tree, verb: int) -> list[int]:
    """The `using` of `ruled out using force`, which the parser may take for an adverbial clause."""
    ends = particles(tree, verb)
    return [i for i in dependents(tree, verb, ADVERBIAL_CLAUSES) if tree.tags[i] == "VBG" and i - 1 in ends]


def shares_subject(tree: Tree, below: int) -> bool:
    """Whether the clause below has no finite verb with a subject of its own."""
    has_own = bool(dependents(tree, below, SUBJECTS | PASSIVE_SUBJECTS))
    return tree.deps[below] != "ccomp" or is_infinitive(tree, below) or not has_own


def object_act(tree: Tree, verb: int) -> Predicate | None:
    """The act that an operator's object is: `stop attacks`, `cancelled its participation in talks`."""
    nouns = logical_objects(tree, verb) + nouns_after(tree, verb, "of", "to", "from", "out")
    sums = [noun for noun in nouns if tree.pos[noun] in ("NUM", "SYM")]  # $250m in aid
    nouns += [n for noun in sums for n in nouns_after(tree, noun, "in", "of")]
    nouns += [n for noun in nouns for n in attended_nouns(tree, noun)]
    for noun in nouns:
        rule = noun_rule(tree, noun) if tree.pos[noun] in NOMINAL else None
        if rule and not (tree.lemmas[verb] == "avoid" and has_named_modifier(tree, noun)):
            attendance = [i for i in nouns if noun in attended_nouns(tree, i)]
            return Predicate(rule, (noun, verb), (*attendance, noun), None, 0.75)
    return None


def attended_nouns(tree: Tree, noun: int) -> list[int]:
    """The talks of `its participation in talks`."""
    if tree.lemmas[noun] not in word_classes()["attendance"]:
        return []
    return nouns_after(tree, noun, "in", "at")


def obligation_predicate(tree: Tree, verb: int, does: frozenset[str]) -> Predicate | None:
    """`X said Y must leave` and `X wants Y to leave` are X asking Y."""
    for below in dependents(tree, verb, CLAUSAL_COMPLEMENTS):
        is_wish = "wish" in does and is_infinitive(tree, below) and bool(dependents(tree, below, SUBJECTS))
        if is_wish or ("say" in does and is_obliged(tree, below)):
            return Predicate(OBLIGATION, (below,), (verb, below), None, 0.6)
    return None


def is_obliged(tree: Tree, verb: int) -> bool:
    """`must leave`, `needs to leave`."""
    helpers = {tree.words[i].lower() for i in auxiliaries(tree, verb)}
    is_need = tree.lemmas[verb] in ("need", "have") and any(
        tree.deps[i] == "xcomp" for i in tree.children[verb]
    )
    return is_need or bool(helpers & OBLIGATIONS)
