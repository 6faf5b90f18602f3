"""What a verb or a noun says is done, by the lists and by what stands above and below it.

*Agreed to release* is a promise, *refused to lift the ban* a rejection, *stopped short of aid* an act denied.
Tense is not asked here, nor who does it (`analysis.nlp.events.acts`).
"""

from typing import NamedTuple

from analysis.nlp.actors.gazetteer import ends_place
from analysis.nlp.events.lexicon import NO_FRAME, Rule, noun_classes, noun_rules, verb_frame, verb_frames
from analysis.nlp.parse.arguments import RELATIVES, logical_objects, logical_subjects
from analysis.nlp.parse.tree import (
    APPOSITIONS,
    CLAUSAL_COMPLEMENTS,
    NOMINAL,
    PASSIVE_SUBJECTS,
    PREPOSITIONAL_OBJECTS,
    SUBJECTS,
    VERBAL,
    Tree,
    auxiliaries,
    complements,
    coordinated,
    dependents,
    is_infinitive,
    is_time,
    nouns_after,
    particles,
    prepositional_phrases,
)
from analysis.nlp.parse.verb_classes import operators
from analysis.nlp.parse.verb_status import is_negated, may_happen
from analysis.nlp.parse.word_classes import word_classes
from analysis.schemas import QUADS

MODIFIERS = frozenset(("compound", "amod", "poss", "nmod"))
OUTWEIGHING = frozenset(("REQUEST", "ACCUSE", "REJECT", "COERCE", "THREATEN", "CONCEDE"))
"""Roots of operators that what stands below does not change: accused of bombing is an accusation."""
OBLIGATIONS = frozenset(("must", "should", "ought"))
FRAME_PREPOSITIONS = frozenset(
    ("of", "to", "on", "with", "in", "into", "as", "for", "from", "under", "at", "out", "off")
)
PREDICATES = frozenset(("acomp", "oprd", "ccomp", "xcomp", "attr"))
PURPOSES = frozenset(("advcl", "xcomp"))
INFINITIVES = frozenset(("acl", "relcl", "xcomp", "ccomp"))
MODIFYING = frozenset(("acl", "amod", "relcl"))
MESSAGES = frozenset(("SUPPORT", "ACCUSE", "THREATEN", "REQUEST", "REJECT", "CONCEDE", "COERCE", "SANCTION"))
STRONG = frozenset(
    (
        "peacekeeper",
        "peacekeeping",
        "joint-exercise",
        "ceasefire",
        "truce",
        "travel-warning",
        "crowd-control",
        "warcraft",
    )
)
CONCLUDING = frozenset(("end", "conclude", "finish"))
COMPOSING = frozenset(("aspect", "future", "stop", "deny"))
RESOLVES = frozenset(("decide", "opt", "choose", "decision"))
OBLIGATION = Rule("REQUEST", None, "", "says must")
REFUSAL = Rule("REJECT", None, "", "")
GOODS = frozenset(("weapon", "aid", "medicine"))
LEAVE = frozenset(("approve", "authorize", "authorise"))
QUESTIONING = frozenset(("ask", "question", "wonder", "inquire", "enquire"))
OPEN = frozenset(("whether", "if", "why", "how", "when", "where", "what", "who"))
REASONS_GIVEN = frozenset(("for", "over", "as", "on"))
DEPTH = 3


class Reading(NamedTuple):
    """What a verb or noun says before its tense is asked."""

    rule: Rule
    holders: tuple[int, ...]  # words whose objects and prepositions lead to the target
    used: tuple[int, ...]  # words of the act, which make no act of their own
    status: str | None  # where a word above decides it: `plans to`
    probability: float


def read_verb(tree: Tree, verb: int, depth: int) -> Reading | None:
    """What a verb says, with its object, its particle and the verb below it."""
    names = verb_names(tree, verb)
    if not names or taken_back(tree, verb) or is_question(tree, verb) or is_no_act(names[0][0]):
        return None  # dropped its threat to strike: the threat tells
    does = frozenset().union(*(operators().get(name, frozenset()) for name, _ in names))
    things = (
        noun for noun in logical_objects(tree, verb) if noun != tree.heads[verb]
    )  # a claim to have launched
    if does & {"light", "voice"} and any(read_noun(tree, noun) for noun in things):
        return None  # reiterated a commitment to help: the noun tells
    reading = (
        (
            message(tree, verb, depth)
            if "carrier" in operators().get(names[0][0], ()) and depth < DEPTH
            else None
        )
        or framed_rule(tree, verb, names)
        or carried_noun(tree, verb, names, does)
    )
    if reading:
        return reading if reading.rule.root else None
    bare = bare_rule(tree, verb, names)
    asked = obligation(tree, verb, does) if "wish" in does else None
    if asked:
        return asked
    below = read_below(tree, verb, does, depth) if does & COMPOSING and depth < DEPTH else None
    if below:
        return compose(tree, verb, does, bare, below)
    return bare or (obligation(tree, verb, does) if "say" in does else None)


def is_no_act(name: str) -> bool:
    """`buy off` is no trade: the list has it without a root, whatever its object."""
    rule = verb_frame(name).bare
    return rule is not None and not rule.root


def is_question(tree: Tree, verb: int) -> bool:
    """`asked whether Y would stop`: nothing is asked for."""
    below = dependents(tree, verb, CLAUSAL_COMPLEMENTS) if tree.lemmas[verb] in QUESTIONING else []
    words = {tree.words[i].lower() for clause in below for i in tree.children[clause]}
    return not words.isdisjoint(OPEN)


def taken_back(tree: Tree, verb: int) -> list[int]:
    """The threats that a verb takes back: `dropped its threat to strike`, `backed away from threats`."""
    kinds = word_classes()["taking back"]
    words = {i: f"{tree.lemmas[verb]} {tree.lemmas[i]}" for i in particles(tree, verb)}
    is_phrase = any(name in kinds for name in words.values())
    if not is_phrase and tree.lemmas[verb] not in kinds:
        return []
    things = logical_objects(tree, verb)
    if is_phrase:
        things += nouns_after(tree, verb, "from", "on", "off")
    return [noun for noun in things if (rule := noun_rule(tree, noun)) and rule.root == "THREATEN"]


def message(tree: Tree, verb: int, depth: int) -> Reading | None:
    """The act of what is sent, or of why one calls: `a letter threatening X`, `called to congratulate X`."""
    things = [noun for noun in logical_objects(tree, verb) if noun != tree.heads[verb]]
    if any(noun_rule(tree, noun) for noun in things):
        return None  # an ultimatum to withdraw is an ultimatum
    below = [i for i in dependents(tree, verb, PURPOSES) if is_infinitive(tree, i)]
    below += [i for noun in things for i in dependents(tree, noun, MODIFYING) if is_content(tree, i)]
    for inner in below:
        reading = read_verb(tree, inner, depth + 1)
        if reading and reading.rule.root in MESSAGES:
            rule = (
                ahead(reading.rule) if may_happen(tree, inner) else reading.rule
            )  # a bill that would punish
            rule = rule.below(tree.lemmas[verb])
            is_told = any(
                tree.pos[noun] != "PRON" for noun in logical_objects(tree, inner)
            )  # sent troops to help X
            holders = reading.holders if is_told else (verb, *reading.holders)
            return Reading(rule, holders, (verb, *reading.used), reading.status, 0.65)
    return None


def is_content(tree: Tree, verb: int) -> bool:
    """A verb below a noun that tells its content (`letter threatening`), not its fate (`ship it seized`)."""
    own = dependents(tree, verb, SUBJECTS | PASSIVE_SUBJECTS)
    is_relative = all(tree.words[i].lower() in RELATIVES for i in own)
    return tree.pos[verb] in VERBAL and tree.tags[verb] != "VBN" and is_relative


def verb_names(tree: Tree, verb: int) -> list[tuple[str, int | None]]:
    """Names under which the lists may know a verb, longest first (`call on`, `call`), and the particle."""
    lemma = tree.lemmas[verb]
    frames, does = verb_frames(), operators()
    names: list[tuple[str, int | None]] = [
        (name, i)
        for i in particles(tree, verb)
        if (name := f"{lemma} {tree.lemmas[i]}") in frames or name in does
    ]
    if lemma == "be" and tree.tags[verb] not in ("VBZ", "VBP"):
        return []  # `is to visit` is a plan, `the aim being to` none
    is_act = lemma in frames and tree.pos[verb] != "ADJ"  # free trade frees nobody; critical of, willing to
    if is_act or lemma in does:
        names.append((lemma, None))
    return [name for name in names if not is_time_phrase(tree, name[1])]


def is_time_phrase(tree: Tree, particle: int | None) -> bool:
    """The `on` of `called on Friday` belongs to the day."""
    return particle is not None and any(
        is_time(tree, noun) for noun in dependents(tree, particle, PREPOSITIONAL_OBJECTS)
    )


def framed_rule(tree: Tree, verb: int, names: list[tuple[str, int | None]]) -> Reading | None:
    """A rule that asks for a class of object (`lift` a restriction) or of subject (`^force`: troops land)."""
    direct = logical_objects(tree, verb)
    taken = frozenset(i for _, i in names if i is not None)
    for name, particle in names:
        frame = verb_frame(name)
        if frame is NO_FRAME and "stop" in operators().get(name, frozenset()):
            return None  # stopped short of aid, which is not stopped
        if frame.is_bare:
            continue
        fits = [
            (word_class not in STRONG, place, noun, frame.by_object[word_class])
            for place, noun in enumerate(candidates(tree, verb, particle, direct, taken))
            for word_class in classes_of(tree, noun)
            if word_class in frame.by_object
        ]
        if fits:
            _, _, noun, rule = min(fits, key=lambda fit: fit[:2])
            named = noun_rule(tree, noun)
            if named and named.root == rule.root:
                rule = rule._replace(mode=rule.mode or named.mode)  # held a telephone call
            if named and named.root == "CONSULT" and name in CONCLUDING and tree.deps[noun] == "pobj":
                rule = named  # ended four days of talks: they were held
            if named and named.mode == "visit":
                rule = rule._replace(shape=named.shape)  # began a trip to X
            if named and named.shape == "mutual" and rule.mode == "ceasefire":
                rule = rule._replace(shape="mutual")  # X and Y ended the war
            return Reading(rule, (verb, noun), (verb, noun), None, 0.85)
        if frame.with_infinitive and has_infinitive(tree, verb):
            return Reading(frame.with_infinitive, (verb,), (verb,), None, 0.75)
        if frame.with_reason and has_reason(tree, verb):
            return Reading(frame.with_reason, (verb,), (verb,), None, 0.75)
        if frame.by_subject:
            doers = dependents(tree, verb, SUBJECTS | PASSIVE_SUBJECTS) or logical_subjects(tree, verb)
            classes = [c for noun in doers for n in coordinated(tree, noun) for c in classes_of(tree, n)]
            for word_class in sorted(classes, key=lambda c: c not in STRONG):
                rule = frame.by_subject.get(word_class)
                if rule:
                    used = (*doers, verb) if rule.root == "REJECT" else (verb,)  # talks failed: no talks too
                    return Reading(rule, (verb, *doers), used, None, 0.8)
    return None


def has_infinitive(tree: Tree, verb: int) -> bool:
    """`told X to leave`, but not `told X about it`."""
    return any(tree.deps[i] in INFINITIVES and is_infinitive(tree, i) for i in tree.children[verb])


def has_reason(tree: Tree, verb: int) -> bool:
    """`attacked X for the remark`, `attacked X on paying little`, but not `attacked X for hours`."""
    return any(
        (tree.lemmas[prep] in ("for", "over", "as") or tree.deps[noun] == "pcomp")
        and not is_time(tree, noun)
        and not is_numbered(tree, noun)
        for prep, noun in prepositional_phrases(tree, verb)
        if tree.lemmas[prep] in REASONS_GIVEN
    )


def is_numbered(tree: Tree, noun: int) -> bool:
    """`for the first time`, `for a third day`."""
    return any(tree.lemmas[i] in ("first", "second", "third", "last") for i in tree.children[noun])


def candidates(
    tree: Tree, verb: int, particle: int | None, direct: list[int], taken: frozenset[int]
) -> list[int]:
    """Nouns that may fill a verb's frame: objects first, then nouns behind prepositions, then what it makes
    of its object (`find guilty`, `set free`). A preposition that is `taken` belongs to a longer verb."""
    own = (
        [
            noun
            for noun in dependents(tree, particle, PREPOSITIONAL_OBJECTS)
            for noun in coordinated(tree, noun)
        ]
        if particle is not None
        else []
    )
    indirect = [
        noun
        for prep, noun in prepositional_phrases(tree, verb)
        if prep not in taken and tree.lemmas[prep] in FRAME_PREPOSITIONS and not is_time(tree, noun)
    ]
    made_of = [
        i
        for i in dependents(tree, verb, PREDICATES)
        if tree.pos[i] in ("NOUN", "ADJ", "PROPN")
        or tree.lemmas[i] == "persona"
        or (tree.tags[i] == "VBG" and not logical_objects(tree, i))
    ]
    return own + direct + (indirect if particle is None else []) + made_of


def noun_names(tree: Tree, noun: int) -> list[str]:
    """Names under which the lists may know a noun: `arms sale`, `call for`, `cease-fire`, `sale`."""
    lemma, names = tree.lemmas[noun], []
    for child in tree.children[noun]:
        if child < noun and tree.deps[child] in ("compound", "amod", "nmod"):
            names += [f"{tree.words[child].lower()} {lemma}", f"{tree.lemmas[child]} {lemma}"]
    for prep, inner in prepositional_phrases(tree, noun):
        link = f"{lemma} {tree.lemmas[prep]}"
        names += [f"{link} {tree.lemmas[inner]}", link]
    if noun >= 2 and tree.words[noun - 1] == "-":
        names.append(f"{tree.lemmas[noun - 2]}-{lemma}")
    names.append(lemma)
    if tree.tags[noun] == "VBG" and tree.deps[noun] == "xcomp":
        names.append(tree.words[noun].lower())  # traded shelling
    return names


def is_edge_noun(tree: Tree, noun: int) -> bool:
    """A border or coast; also a `boundary line`, a `line of control`."""
    return not word_classes()["edge"].isdisjoint(noun_names(tree, noun))


def classes_of(tree: Tree, noun: int) -> tuple[str, ...]:
    found: tuple[str, ...] = ()
    for name in noun_names(tree, noun):
        found += noun_classes().get(name, ())
    if tree.pos[noun] == "PROPN" and len(tree.words[noun]) > 2 and tree.words[noun].isupper():
        found += ("organisation",)  # withdraws from the ICC
    if ends_place(tree.words, noun):
        found += ("city", "named city")  # captured Goma
    elif tree.pos[noun] == "PROPN":  # captured Minova, a town in North Kivu
        found += tuple(
            c for i in dependents(tree, noun, APPOSITIONS) for c in noun_classes().get(tree.lemmas[i], ())
        )
    if "ambassador" in found and not is_foreign(tree, noun):
        found = ("own ambassador", *found)  # sent its ambassador back to X, but: sent X's ambassador back
    return (*found, "predicate") if tree.deps[noun] == "oprd" else found


def is_foreign(tree: Tree, noun: int) -> bool:
    """Of a country named right before: `the Peruvian ambassador`, `Peru's ambassador`."""
    return any(tree.words[i][0].isupper() for i in dependents(tree, noun, MODIFIERS) if i < noun)


def noun_rule(tree: Tree, noun: int) -> Rule | None:
    for name in noun_names(tree, noun):
        if name in noun_rules():
            return noun_rules()[name]
    return delivered(tree, noun)


def delivered(tree: Tree, noun: int) -> Rule | None:
    """`the delivery of tanks`, of whatever weapon or aid."""
    if tree.lemmas[noun] not in word_classes()["delivery"]:
        return None
    goods = nouns_after(tree, noun, "of")
    goods += dependents(tree, noun, frozenset(("compound",)))
    names = {name for n in goods for name in noun_classes().get(tree.lemmas[n], ())}
    return Rule("AID", None, "", f"{tree.lemmas[noun]} of goods") if names & GOODS else None


def carried_noun(
    tree: Tree, verb: int, names: list[tuple[str, int | None]], does: frozenset[str]
) -> Reading | None:
    """The act of an object: `launch an attack`, `face criticism`."""
    if not does & {"light", "reverse", "voice"}:
        return None
    particle = names[0][1]
    nouns = logical_objects(tree, verb) + (
        dependents(tree, particle, PREPOSITIONAL_OBJECTS) if particle is not None else []
    )
    for noun in nouns:
        rule = noun_rule(tree, noun) if tree.pos[noun] in NOMINAL else None
        if rule and not ("voice" in does and QUADS[rule.root] in (2, 4)):  # showed the rape of X
            is_leave = tree.lemmas[verb] in LEAVE  # approved a deal with X: X has not approved it yet
            shape = "reverse" if "reverse" in does else "" if is_leave else rule.shape
            rule = rule._replace(shape=shape, word=f"{names[0][0]} {rule.word}")
            return Reading(rule, (noun, verb), (verb, noun), None, 0.8)
    return None


def bare_rule(tree: Tree, verb: int, names: list[tuple[str, int | None]]) -> Reading | None:
    for name, particle in names:
        rule = verb_frame(name).bare
        if rule and rule.mode == "visit" and particle is not None and logical_objects(tree, verb):
            continue  # returned the books to
        if rule and rule.mode == "release" and not logical_objects(tree, verb):
            continue  # returned from X
        if rule:
            nouns = tuple(
                noun
                for noun in (
                    dependents(tree, particle, PREPOSITIONAL_OBJECTS) if particle is not None else ()
                )
            )
            is_between = rule.mode == "third-party"  # mediated a round between X and Y
            nouns += tuple(noun for noun in logical_objects(tree, verb) if is_between or leads_on(tree, noun))
            return Reading(rule, (verb, *nouns), (verb,), None, 0.75 if particle is not None else 0.7)
    return None


def leads_on(tree: Tree, noun: int) -> bool:
    """`welcomed aid to X` is aimed at X; `condemned attacks on X` is not."""
    rule = noun_rule(tree, noun)
    return rule is not None and QUADS[rule.root] != 4


def read_noun(tree: Tree, noun: int) -> Reading | None:
    """A noun that works like its verb: `a refusal to meet`, `the threat to invade`."""
    does = operators().get(tree.lemmas[noun], frozenset())
    if not does & {"deny", "future", "aspect"} or tree.pos[noun] not in NOMINAL:
        return None
    for below in dependents(tree, noun, INFINITIVES):
        reading = read_verb(tree, below, 1) if is_infinitive(tree, below) else None
        if reading:
            rule = noun_rule(tree, noun)
            bare = Reading(rule, (noun,), (noun,), None, 0.7) if rule else None
            return compose(tree, noun, does, bare, reading)
    return None


def read_below(tree: Tree, verb: int, does: frozenset[str], depth: int) -> Reading | None:
    """The act below an operator: a verb, or for `stop` and `refuse` also a noun."""
    for below in complements(tree, verb):
        is_own = (
            tree.deps[below] != "ccomp"
            or is_infinitive(tree, below)
            or not dependents(tree, below, SUBJECTS | PASSIVE_SUBJECTS)
        )
        if tree.pos[below] in VERBAL and is_own:
            reading = read_verb(tree, below, depth + 1)
            if reading:
                return reading
    is_foreseen = tree.lemmas[verb] in word_classes()["forecast"]  # who expects an attack does not attack
    if does & {"stop", "deny", "future"} and tree.lemmas[verb] != "be" and not is_foreseen:
        nouns = logical_objects(tree, verb) + nouns_after(tree, verb, "of", "to", "from", "out")
        nouns += [n for noun in nouns for n in attended(tree, noun)]
        for noun in nouns:
            rule = noun_rule(tree, noun) if tree.pos[noun] in NOMINAL else None
            if rule:
                occasion = [i for i in nouns if noun in attended(tree, i)]
                return Reading(rule, (noun, verb), (*occasion, noun), None, 0.75)
    return None


def attended(tree: Tree, noun: int) -> list[int]:
    """The talks of `its participation in talks`."""
    if tree.lemmas[noun] not in word_classes()["attendance"]:
        return []
    return nouns_after(tree, noun, "in", "at")


def compose(tree: Tree, verb: int, does: frozenset[str], bare: Reading | None, below: Reading) -> Reading:
    """What an operator makes of the act below it."""
    outer = bare.rule if bare else None
    if outer and outer.root in ("RETREAT", "AID") and not does & {"future", "deny", "stop"}:
        return bare._replace(used=(verb, *below.used))  # let X leave, helped X to build
    rule, status = composed_rule(tree, verb, does, outer, below)
    is_outer = outer is not None and rule.root == outer.root and "deny" not in does
    holders = (
        (verb,) if is_outer and has_target(tree, verb, below.used) else below.holders
    )  # urged X to act on Y: X is asked
    rule = below.rule.below(tree.lemmas[verb], outer.tags if outer else frozenset()).changed_to(rule)
    used = (
        (verb, *below.used) if rule.root == below.rule.root else (*below.used, verb)
    )  # the trigger comes last
    return Reading(rule, holders, used, status, below.probability - 0.05)


def composed_rule(
    tree: Tree, verb: int, does: frozenset[str], outer: Rule | None, below: Reading
) -> tuple[Rule, str | None]:
    """Rule and status of an act below an operator that may have a root of its own."""
    inner, root = below.rule, outer.root if outer else None
    if "deny" in does:
        return inner.changed_to(REFUSAL), below.status
    if "stop" in does:
        return stopped(tree, verb, inner)
    is_undone = is_left_undone(tree, verb, below)
    if is_undone and "future" not in does:
        return inner, "negated"
    if "aspect" in does and outer and QUADS[inner.root] == 4:  # ordered the army to attack
        return inner, below.status
    if outer and "appeal" in outer.tags and inner.root == "CONSULT":  # called on X to discuss Y
        return inner, below.status
    is_offer = root == "AGREE" and inner.root == "MOBILIZE"  # offered to send troops
    if outer and (is_offer or root in OUTWEIGHING):
        return outer, below.status
    if "future" in does:
        rule = forgone(inner) if is_undone else ahead(inner)
        is_noun = tree.pos[verb] in NOMINAL  # X reneged on its commitment: the noun's clause tells
        is_made = is_noun or tree.lemmas[verb] == "agree" or rule.root != "AGREE"
        return rule, None if outer and is_made else "future"  # a bargain or threat is made; help is to come
    return inner, "future" if tree.lemmas[verb] in RESOLVES else below.status


def is_left_undone(tree: Tree, verb: int, below: Reading) -> bool:
    """`promised not to attack`, `decided not to help`."""
    return any(is_negated(tree, i) for i in complements(tree, verb) if i in below.used)


def forgone(inner: Rule) -> Rule:
    """What somebody promises not to do: no help is a refusal, no force a promise."""
    return inner._replace(root="REJECT" if QUADS[inner.root] <= 2 else "AGREE", mode=None)


def has_target(tree: Tree, verb: int, used: tuple[int, ...]) -> bool:
    """Whom somebody has agreed with or asked; the day of `agreed on Monday to` is nobody."""
    return any(noun not in used for noun in logical_objects(tree, verb)) or any(
        tree.lemmas[prep] in ("on", "upon", "to") and not is_time(tree, noun)
        for prep, noun in prepositional_phrases(tree, verb)
    )


def ahead(rule: Rule) -> Rule:
    """What is announced: cooperation to come is AGREE, conflict to come a threat. Source: PLOVER codebook."""
    if rule.root in ("CONSULT", "SUPPORT", "COOPERATE", "AID", "RETREAT", "CONCEDE"):
        return rule._replace(root="AGREE")
    if QUADS[rule.root] == 4:
        return rule._replace(root="THREATEN", mode="violence" if rule.root == "ASSAULT" else None)
    return rule


def stopped(tree: Tree, verb: int, inner: Rule) -> tuple[Rule, str | None]:
    """What has ended, or was left undone: `stopped short of` keeps the act and denies it."""
    phrase = {tree.lemmas[verb]} | {tree.lemmas[i] for i in tree.children[verb]}
    if phrase & {"avoid", "refrain", "short"}:
        return inner, "negated"
    if inner.root in ("AID", "COOPERATE"):
        return inner._replace(root="SANCTION", mode="discontinue", shape=""), None
    if QUADS[inner.root] <= 2:
        return inner.changed_to(REFUSAL), None
    mode = {"ASSAULT": "ceasefire", "COERCE": "access", "MOBILIZE": "withdraw"}.get(inner.root)
    return inner._replace(root="RETREAT", mode=mode), None


def obligation(tree: Tree, verb: int, does: frozenset[str]) -> Reading | None:
    """`X said Y must leave` and `X wants Y to leave` are X asking Y."""
    for below in dependents(tree, verb, CLAUSAL_COMPLEMENTS):
        helpers = {tree.words[i].lower() for i in auxiliaries(tree, below)}
        needs = tree.lemmas[below] in ("need", "have") and any(
            tree.deps[i] == "xcomp" for i in tree.children[below]
        )
        is_wish = "wish" in does and is_infinitive(tree, below) and bool(dependents(tree, below, SUBJECTS))
        if is_wish or ("say" in does and (needs or helpers & OBLIGATIONS)):
            return Reading(OBLIGATION, (below,), (verb, below), None, 0.6)
    return None
