"""What a verb says with its particle, its object or its subject, by the list of verbs.

*Lift* a restriction, troops that *land*, *launch* an attack. What a verb makes of another verb below it is
asked in `analysis.nlp.events.composition`.
"""

from typing import NamedTuple

from analysis.nlp.events.lexicon import NO_FRAME, Frame, Rule, verb_frame, verb_frames
from analysis.nlp.events.nouns import classes_of, noun_rule
from analysis.nlp.parse.arguments import logical_objects, logical_subjects
from analysis.nlp.parse.tree import (
    NOMINAL,
    PASSIVE_SUBJECTS,
    PREPOSITIONAL_OBJECTS,
    PREPOSITIONS,
    SUBJECTS,
    Tree,
    coordinated,
    dependents,
    is_infinitive,
    is_time,
    nouns_after,
    particles,
    prepositional_phrases,
)
from analysis.nlp.parse.word_lists import operators
from analysis.schemas import QUADS

FRAME_PREPOSITIONS = frozenset(
    ("of", "to", "on", "with", "in", "into", "as", "for", "from", "under", "at", "out", "off")
)
REASON_PREPOSITIONS = frozenset(("for", "over", "as", "on"))
PREDICATIVES = frozenset(("acomp", "oprd", "ccomp", "xcomp", "attr"))
INFINITIVES = frozenset(("acl", "relcl", "xcomp", "ccomp"))
DECISIVE = frozenset(
    [
        "peacekeeper",
        "peacekeeping",
        "joint-exercise",
        "ceasefire",
        "truce",
        "travel-warning",
        "crowd-control",
        "warcraft",
    ]
)
"""Classes that decide wherever the noun is: a peacekeeper among soldiers makes them peacekeepers."""
CONCLUDING = frozenset(("end", "conclude", "finish"))
PERMITTING = frozenset(("approve", "authorize", "authorise"))

Names = list[tuple[str, int | None]]


class Predicate(NamedTuple):
    """What a verb or noun says, before its tense is asked."""

    rule: Rule
    target_heads: tuple[int, ...]  # words whose objects and prepositions lead to the target
    words: tuple[int, ...]  # words of the act, which make no act of their own; the last one carries it
    status: str | None  # where a word above decides it: `plans to`
    probability: float


def verb_names(tree: Tree, verb: int) -> Names:
    """Names that the lists may have for a verb, longest first (`call on`, `call`), with the particle."""
    lemma = tree.lemmas[verb]
    frames, does = verb_frames(), operators()
    names: Names = [
        (name, i)
        for i in particles(tree, verb)
        if (name := f"{lemma} {tree.lemmas[i]}") in frames or name in does
    ]
    if lemma == "be" and tree.tags[verb] not in ("VBZ", "VBP"):
        return []  # `is to visit` is a plan, `the aim being to` none
    if any(tree.deps[i] == "prt" and verb_frame(name).bare for name, i in names if i is not None):
        return names  # took over parts of X: takes no part
    is_act = lemma in frames and tree.pos[verb] != "ADJ"  # free trade frees nobody; critical of, willing to
    if is_act or lemma in does:
        names.append((lemma, None))
    return [name for name in names if not is_time_particle(tree, name[1])]


def is_time_particle(tree: Tree, particle: int | None) -> bool:
    """The `on` of `called on Friday` belongs to the day."""
    return particle is not None and any(is_time(tree, noun) for noun in particle_objects(tree, particle))


def particle_objects(tree: Tree, particle: int | None) -> list[int]:
    return dependents(tree, particle, PREPOSITIONAL_OBJECTS) if particle is not None else []


def is_listed_without_act(name: str) -> bool:
    """`buy off` is no trade: the list has it without a root, whatever its object."""
    rule = verb_frame(name).bare
    return rule is not None and not rule.root


def framed_predicate(tree: Tree, verb: int, names: Names) -> Predicate | None:
    """A rule that asks for a class of object or subject, or for an infinitive or a reason."""
    direct = logical_objects(tree, verb)
    taken = frozenset(i for _, i in names if i is not None)
    for name, particle in names:
        frame = verb_frame(name)
        if frame is NO_FRAME and "stop" in operators().get(name, frozenset()):
            return None  # stopped short of aid, which is not stopped
        if frame.is_bare:
            continue
        nouns = candidates(tree, verb, particle, direct, taken)
        found = (
            object_predicate(tree, verb, name, frame, nouns)
            or complement_predicate(tree, verb, frame)
            or subject_predicate(tree, verb, frame)
        )
        if found:
            return found
    return None


def object_predicate(
    tree: Tree, verb: int, name: str, frame: Frame, candidate_nouns: list[int]
) -> Predicate | None:
    """The rule for the first noun of a class that the verb asks for."""
    matches = [
        (word_class not in DECISIVE, place, noun, frame.by_object[word_class])
        for place, noun in enumerate(candidate_nouns)
        for word_class in classes_of(tree, noun)
        if word_class in frame.by_object
    ]
    if not matches:
        return None
    _, _, noun, rule = min(matches, key=lambda match: match[:2])
    own = noun_rule(tree, noun)
    if own:
        is_inside = tree.deps[noun] == "pobj"
        rule = own if ends_talks(name, own) and is_inside else with_noun_rule(rule, own)
    return Predicate(rule, (verb, noun), (verb, noun), None, 0.85)


def ends_talks(name: str, own: Rule) -> bool:
    """`ended four days of talks`: they were held."""
    return own.root == "CONSULT" and name in CONCLUDING


def with_noun_rule(rule: Rule, own: Rule) -> Rule:
    """The rule of a verb, with what its object's own rule adds."""
    if own.root == rule.root:
        rule = rule._replace(mode=rule.mode or own.mode)  # held a telephone call
    if own.mode == "visit":
        rule = rule._replace(shape=own.shape)  # began a trip to X
    if own.shape == "mutual" and rule.mode == "ceasefire":
        rule = rule._replace(shape="mutual")  # X and Y ended the war
    return rule


def complement_predicate(tree: Tree, verb: int, frame: Frame) -> Predicate | None:
    """The rule for an infinitive or a reason behind the verb."""
    if frame.with_infinitive and has_infinitive(tree, verb):
        return Predicate(frame.with_infinitive, (verb,), (verb,), None, 0.75)
    if frame.with_reason and has_reason(tree, verb):
        return Predicate(frame.with_reason, (verb,), (verb,), None, 0.75)
    return None


def subject_predicate(tree: Tree, verb: int, frame: Frame) -> Predicate | None:
    """The rule for a class of subject: troops land, talks fail."""
    if not frame.by_subject:
        return None
    doers = dependents(tree, verb, SUBJECTS | PASSIVE_SUBJECTS) or logical_subjects(tree, verb)
    classes = [c for noun in doers for n in coordinated(tree, noun) for c in classes_of(tree, n)]
    for word_class in sorted(classes, key=lambda c: c not in DECISIVE):
        rule = frame.by_subject.get(word_class)
        if rule:
            words = (*doers, verb) if rule.root == "REJECT" else (verb,)  # talks failed: no talks too
            return Predicate(rule, (verb, *doers), words, None, 0.8)
    return None


def has_infinitive(tree: Tree, verb: int) -> bool:
    """`told X to leave`, but not `told X about it`."""
    return any(tree.deps[i] in INFINITIVES and is_infinitive(tree, i) for i in tree.children[verb])


def has_reason(tree: Tree, verb: int) -> bool:
    """`attacked X for the remark`, `attacked X on paying little`, but not `attacked X for hours`."""
    return any(
        (tree.lemmas[prep] in ("for", "over", "as") or tree.deps[noun] == "pcomp")
        and not is_time(tree, noun)
        and not has_ordinal(tree, noun)
        for prep, noun in prepositional_phrases(tree, verb)
        if tree.lemmas[prep] in REASON_PREPOSITIONS
    )


def has_ordinal(tree: Tree, noun: int) -> bool:
    """`for the first time`, `for a third day`."""
    return any(tree.lemmas[i] in ("first", "second", "third", "last") for i in tree.children[noun])


def candidates(
    tree: Tree, verb: int, particle: int | None, direct: list[int], taken: frozenset[int]
) -> list[int]:
    """Nouns that may fill a verb's frame.

    Objects come first, then nouns after prepositions, then what the verb makes of its object (`find guilty`,
    `set free`).

    Args:
        tree: the parsed text.
        verb: its token.
        particle: of the name that is tried, whose noun then comes before all others.
        direct: the verb's objects.
        taken: prepositions that belong to a longer name of the verb.
    """
    own = [noun for i in particle_objects(tree, particle) for noun in coordinated(tree, i)]
    sums = [thing for thing in direct if tree.pos[thing] in ("NUM", "SYM")]  # 60 billion in aid
    direct = direct + [noun for thing in sums for noun in nouns_after(tree, thing, "in", "of")]
    indirect = [
        listed
        for prep, noun in prepositional_phrases(tree, verb)
        for listed in (coordinated(tree, noun) if tree.lemmas[prep] == "with" else (noun,))
        if not (tree.lemmas[prep] == "from" and tree.deps[noun] == "pcomp")  # stopped X from advancing
        and prep not in taken
        and tree.lemmas[prep] in FRAME_PREPOSITIONS
        and not is_time(tree, listed)
    ]
    predicatives = [i for thing in direct for i in called_as(tree, thing)]
    predicatives += [i for i in dependents(tree, verb, PREDICATIVES) if is_predicative(tree, i)]
    return own + direct + (indirect if particle is None else []) + predicatives


def called_as(tree: Tree, thing: int) -> list[int]:
    """The `barbaric` of `described the attack as barbaric`, which the parser puts below the attack."""
    preps = [i for i in dependents(tree, thing, PREPOSITIONS) if tree.words[i].lower() == "as"]
    return [i for prep in preps for i in tree.children[prep] if tree.pos[i] in ("ADJ", "NOUN")]


def is_predicative(tree: Tree, i: int) -> bool:
    """A noun, an adjective or a bare participle: `found guilty`, `left it burning`."""
    is_bare_participle = tree.tags[i] == "VBG" and not logical_objects(tree, i)
    return tree.pos[i] in ("NOUN", "ADJ", "PROPN") or tree.lemmas[i] == "persona" or is_bare_participle


def light_verb_predicate(tree: Tree, verb: int, names: Names, does: frozenset[str]) -> Predicate | None:
    """The act of an object: `launch an attack`, `face criticism`."""
    if not does & {"light", "reverse", "voice"}:
        return None
    name, particle = names[0]
    for noun in logical_objects(tree, verb) + particle_objects(tree, particle):
        rule = noun_rule(tree, noun) if tree.pos[noun] in NOMINAL else None
        if rule and not ("voice" in does and QUADS[rule.root] in (2, 4)):  # showed the rape of X
            is_leave = tree.lemmas[verb] in PERMITTING  # approved a deal with X: X has not approved it yet
            shape = "reverse" if "reverse" in does else "" if is_leave else rule.shape
            rule = rule._replace(shape=shape, word=f"{name} {rule.word}")
            return Predicate(rule, (noun, verb), (verb, noun), None, 0.8)
    return None


def bare_predicate(tree: Tree, verb: int, names: Names) -> Predicate | None:
    """The rule of a verb whatever its object."""
    for name, particle in names:
        rule = verb_frame(name).bare
        if rule is None or is_other_sense(tree, verb, rule, particle):
            continue
        nouns = particle_objects(tree, particle)
        is_between = rule.mode == "third-party"  # mediated a round between X and Y
        nouns += [noun for noun in logical_objects(tree, verb) if is_between or is_aimed_act(tree, noun)]
        return Predicate(rule, (verb, *nouns), (verb,), None, 0.75 if particle is not None else 0.7)
    return None


def is_other_sense(tree: Tree, verb: int, rule: Rule, particle: int | None) -> bool:
    """`returned the books to` is no visit, `returned from X` frees nobody."""
    has_object = bool(logical_objects(tree, verb))
    return (
        (rule.mode == "visit" and particle is not None and has_object)
        or (rule.mode == "release" and not has_object)
        or (rule.word == "give in" and has_object)
    )  # give a penny in the war


def is_aimed_act(tree: Tree, noun: int) -> bool:
    """`welcomed aid to X` is aimed at X; `condemned attacks on X` is not."""
    rule = noun_rule(tree, noun)
    return rule is not None and QUADS[rule.root] != 4
