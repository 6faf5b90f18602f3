"""What a clause says is done, by rules over the parse: the verb, its object, what stands above and below it.

`find_acts` reads every verb and noun of a passage that the lists know, and composes them: *agreed to
release* is a promise, *refused to lift the ban* a rejection, *will bomb* a threat. Who the words stand for is
not asked here; agents and patients are token numbers.
"""

from collections.abc import Iterator
from typing import NamedTuple

from analysis.clauses import (
    CLAUSAL,
    OBJECTS,
    PASSIVE_SUBJECTS,
    POBJ,
    SUBJECTS,
    Tree,
    auxiliaries,
    climb_to_verb,
    complements,
    is_infinitive,
    is_passive,
    is_time,
    kids,
    may_come,
    noun_subjects,
    objects,
    particles,
    patients_of_passive,
    phrases,
    spread,
    subjects,
    verb_status,
)
from analysis.event_lexicon import Rule, noun_classes, noun_rules, operators, verb_frames
from analysis.schemas import QUADS

MODIFIERS = frozenset(("compound", "amod", "poss", "nmod"))
VERBAL = frozenset(("VERB", "AUX", "ADJ"))
NOMINAL = frozenset(("NOUN", "PROPN"))
TARGET_PREPOSITIONS = {
    "AGREE": "with to for on from between",
    "CONSULT": "with to between among",
    "SUPPORT": "for to with of between among on",
    "CONCEDE": "to with by from",
    "COOPERATE": "with to between among from",
    "AID": "to for in with toward towards",
    "RETREAT": "from to on against for with of into between",
    "REQUEST": "to from on upon of against with for",
    "ACCUSE": "against at on into about of for with over",
    "REJECT": "with to from by of on",
    "THREATEN": "to with against on at",
    "PROTEST": "against at outside with on over",
    "SANCTION": "to with from on against for in",
    "MOBILIZE": "against to near along around toward towards off into at on",
    "COERCE": "on against for from to of with",
    "ASSAULT": "on against at into toward towards with between among to",
}
"""Prepositions that lead from an act to its target. Source: own."""
VISIT_PREPOSITIONS = ["in", "at", "from"]
PLACES = frozenset(
    ("in", "inside", "across", "near", "over", "around", "throughout", "outside", "within", "off")
)
PLANNED = {
    "planned": "future",
    "upcoming": "future",
    "forthcoming": "future",
    "scheduled": "future",
    "proposed": "hypothetical",
    "possible": "hypothetical",
    "potential": "hypothetical",
    "future": "future",
    "eventual": "hypothetical",
    "alleged": "past",
}
OBLIGATIONS = frozenset(("must", "should", "ought"))
FRAME_PREPOSITIONS = frozenset(
    ("of", "to", "on", "with", "in", "into", "as", "for", "from", "under", "at", "out", "off")
)
PREDICATES = frozenset(("acomp", "oprd", "ccomp", "xcomp", "attr"))
PURPOSES = frozenset(("advcl", "xcomp"))
INFINITIVES = frozenset(("acl", "relcl", "xcomp", "ccomp"))
MODIFYING = frozenset(("acl", "amod", "relcl"))
MESSAGES = frozenset(("SUPPORT", "ACCUSE", "THREATEN", "REQUEST", "REJECT", "CONCEDE", "COERCE", "SANCTION"))
STRONG = frozenset(("peacekeeper", "peacekeeping", "joint-exercise", "ceasefire", "truce", "travel-warning"))
RECIPROCAL = frozenset((("each", "other"), ("one", "another")))
ENABLING = frozenset(("let", "help", "allow", "enable", "aid", "assist"))
RELATIVE_CLAUSES = frozenset(("relcl",))
ASKED = "says must"
DEPTH = 3


class Reading(NamedTuple):
    """What a verb or noun says before its tense is asked."""

    rule: Rule
    holders: tuple[int, ...]  # words whose objects and prepositions lead to the target
    used: tuple[int, ...]  # words of the act, which make no act of their own
    status: str | None  # where a word above decides it: `plans to`
    probability: float


class Act(NamedTuple):
    """One thing done, as token numbers."""

    trigger: int
    verb: int  # where the clause is read from; the trigger itself for nouns
    root: str
    mode: str | None
    shape: str
    status: str
    agents: tuple[int, ...]
    patients: tuple[int, ...]
    places: tuple[int, ...]
    rule: str
    probability: float


def find_acts(tree: Tree, start: int, end: int) -> list[Act]:
    """Acts of the words from `start` to `end`, in order."""
    readings = {}
    for i in range(start, end):
        if tree.deps[i] == "amod" and tree.tags[i] == "VBN":
            continue  # displaced people: whoever did it is not told
        reading = read_verb(tree, i, 0) if tree.pos[i] in VERBAL else read_noun(tree, i)
        if reading:
            readings[i] = reading
    used = {word for i, reading in readings.items() for word in reading.used if word != i}
    acts = [verb_act(tree, i, reading) for i, reading in readings.items() if i not in used]
    for i in range(start, end):
        if tree.pos[i] in NOMINAL and i not in used:
            rule = noun_rule(tree, i)
            if rule:
                acts.append(noun_act(tree, i, rule))
    return sorted((with_shared_target(act, tree, acts) for act in acts), key=lambda act: act.trigger)


def with_shared_target(act: Act, tree: Tree, acts: list[Act]) -> Act:
    """What is denied and what is done instead share a target: `gave no arms but sent food to X`."""
    if act.status != "negated":
        return act
    others = [
        other for other in acts if tree.heads[other.verb] == act.verb and tree.deps[other.verb] == "conj"
    ]
    return act._replace(patients=(*act.patients, *(noun for other in others for noun in other.patients)))


# Reading


def read_verb(tree: Tree, verb: int, depth: int) -> Reading | None:
    """What a verb says, with its object, its particle and the verb below it."""
    names = verb_names(tree, verb)
    if not names:
        return None
    does = frozenset().union(*(operators().get(name, frozenset()) for name, _ in names))
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
    below = read_below(tree, verb, does, depth) if does and depth < DEPTH else None
    if below:
        return compose(tree, verb, does, bare, below)
    is_reporting = "wish" in does or ("say" in does and not bare)
    return (obligation(tree, verb, does) if is_reporting else None) or bare


def message(tree: Tree, verb: int, depth: int) -> Reading | None:
    """The act of what is sent, or of why one calls: `a letter threatening X`, `called to congratulate X`."""
    things = [noun for noun in objects(tree, verb) if noun != tree.heads[verb]]
    if any(noun_rule(tree, noun) for noun in things):
        return None  # an ultimatum to withdraw is an ultimatum
    below = [i for i in kids(tree, verb, PURPOSES) if is_infinitive(tree, i)]
    below += [i for noun in things for i in kids(tree, noun, MODIFYING) if tree.pos[i] in VERBAL]
    for inner in below:
        reading = read_verb(tree, inner, depth + 1)
        if reading and reading.rule.root in MESSAGES:
            rule = ahead(reading.rule) if may_come(tree, inner) else reading.rule  # a bill that would punish
            rule = rule._replace(name=f"{tree.lemmas[verb]} > {rule.name}")
            return Reading(rule, (verb, *reading.holders), (verb, *reading.used), reading.status, 0.65)
    return None


def verb_names(tree: Tree, verb: int) -> list[tuple[str, int | None]]:
    """Names under which the lists may know a verb, longest first (`call on`, `call`), and the particle."""
    lemma = tree.lemmas[verb]
    frames, does = verb_frames(), operators()
    names: list[tuple[str, int | None]] = [
        (name, i)
        for i in particles(tree, verb)
        if (name := f"{lemma} {tree.lemmas[i]}") in frames or name in does
    ]
    is_act = lemma in frames and tree.pos[verb] != "ADJ"  # free trade frees nobody; critical of, willing to
    if is_act or lemma in does:
        names.append((lemma, None))
    return [name for name in names if not is_time_phrase(tree, name[1])]


def is_time_phrase(tree: Tree, particle: int | None) -> bool:
    """The `on` of `called on Friday` belongs to the day."""
    return particle is not None and any(is_time(tree, noun) for noun in kids(tree, particle, POBJ))


def framed_rule(tree: Tree, verb: int, names: list[tuple[str, int | None]]) -> Reading | None:
    """A rule that asks for a class of object (`lift` a restriction) or of subject (`^force`: troops land)."""
    direct = objects(tree, verb)
    for name, particle in names:
        frame = verb_frames().get(name, {})
        if not frame and particle is not None:
            return None  # stopped short of aid, which is not stopped
        if frame.keys() <= {""}:
            continue
        fits = [
            (word_class not in STRONG, place, noun, frame[word_class])
            for place, noun in enumerate(candidates(tree, verb, particle, direct))
            for word_class in classes_of(tree, noun)
            if word_class in frame
        ]
        if fits:
            _, _, noun, rule = min(fits, key=lambda fit: fit[:2])
            return Reading(rule, (verb, noun), (verb, noun), None, 0.85)
        if any(key.startswith("^") for key in frame):
            doers = kids(tree, verb, SUBJECTS | PASSIVE_SUBJECTS) or subjects(tree, verb)
            classes = [c for noun in doers for n in spread(tree, noun) for c in classes_of(tree, n)]
            for word_class in sorted(classes, key=lambda c: c not in STRONG):
                if f"^{word_class}" in frame:
                    return Reading(frame[f"^{word_class}"], (verb, *doers), (verb,), None, 0.8)
    return None


def candidates(tree: Tree, verb: int, particle: int | None, direct: list[int]) -> list[int]:
    """Nouns that may fill a verb's frame: objects first, then nouns behind prepositions, then what it makes
    of its object (`find guilty`, `set free`)."""
    own = (
        [noun for noun in kids(tree, particle, POBJ) for noun in spread(tree, noun)]
        if particle is not None
        else []
    )
    indirect = [
        noun
        for prep, noun in phrases(tree, verb)
        if prep != particle and tree.lemmas[prep] in FRAME_PREPOSITIONS and not is_time(tree, noun)
    ]
    return own + direct + (indirect if particle is None else []) + kids(tree, verb, PREDICATES)


def noun_names(tree: Tree, noun: int) -> list[str]:
    """Names under which the lists may know a noun: `arms sale`, `call for`, `cease-fire`, `sale`."""
    lemma, names = tree.lemmas[noun], []
    for child in tree.children[noun]:
        if child < noun and tree.deps[child] in ("compound", "amod", "nmod"):
            names += [f"{tree.words[child].lower()} {lemma}", f"{tree.lemmas[child]} {lemma}"]
    for prep, inner in phrases(tree, noun):
        link = f"{lemma} {tree.lemmas[prep]}"
        names += [f"{link} {tree.lemmas[inner]}", link]
    if noun >= 2 and tree.words[noun - 1] == "-":
        names.append(f"{tree.lemmas[noun - 2]}-{lemma}")
    names.append(lemma)
    return names


def classes_of(tree: Tree, noun: int) -> tuple[str, ...]:
    found: tuple[str, ...] = ()
    for name in noun_names(tree, noun):
        found += noun_classes().get(name, ())
    return (*found, "predicate") if tree.deps[noun] == "oprd" else found


def noun_rule(tree: Tree, noun: int) -> Rule | None:
    for name in noun_names(tree, noun):
        if name in noun_rules():
            return noun_rules()[name]
    return None


def carried_noun(
    tree: Tree, verb: int, names: list[tuple[str, int | None]], does: frozenset[str]
) -> Reading | None:
    """The act of an object: `launch an attack`, `face criticism`."""
    if not does & {"light", "reverse"}:
        return None
    particle = names[0][1]
    nouns = objects(tree, verb) + (kids(tree, particle, POBJ) if particle is not None else [])
    for noun in nouns:
        rule = noun_rule(tree, noun) if tree.pos[noun] in NOMINAL else None
        if rule:
            shape = "reverse" if "reverse" in does else rule.shape
            rule = rule._replace(shape=shape, name=f"{names[0][0]} {rule.name}")
            return Reading(rule, (noun, verb), (verb, noun), None, 0.8)
    return None


def bare_rule(tree: Tree, verb: int, names: list[tuple[str, int | None]]) -> Reading | None:
    for name, particle in names:
        rule = verb_frames().get(name, {}).get("")
        if rule and rule.mode == "visit" and particle is not None and objects(tree, verb):
            continue  # returned the books to
        if rule:
            nouns = tuple(noun for noun in (kids(tree, particle, POBJ) if particle is not None else ()))
            nouns += tuple(noun for noun in objects(tree, verb) if noun_rule(tree, noun))
            return Reading(rule, (verb, *nouns), (verb,), None, 0.75 if particle is not None else 0.7)
    return None


def read_noun(tree: Tree, noun: int) -> Reading | None:
    """A noun that works like its verb: `a refusal to meet`, `the threat to invade`."""
    does = operators().get(tree.lemmas[noun], frozenset())
    if not does & {"deny", "future", "aspect"} or tree.pos[noun] not in NOMINAL:
        return None
    for below in kids(tree, noun, INFINITIVES):
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
            or not kids(tree, below, SUBJECTS | PASSIVE_SUBJECTS)
        )
        if tree.pos[below] in VERBAL and is_own:
            reading = read_verb(tree, below, depth + 1)
            if reading:
                return reading
    if does & {"stop", "deny", "future"} and tree.lemmas[verb] != "be":
        nouns = objects(tree, verb) + [
            n for p, n in phrases(tree, verb) if tree.lemmas[p] in ("of", "to", "from", "out")
        ]
        for noun in nouns:
            rule = noun_rule(tree, noun) if tree.pos[noun] in NOMINAL else None
            if rule:
                return Reading(rule, (noun, verb), (noun,), None, 0.75)
    return None


def compose(tree: Tree, verb: int, does: frozenset[str], bare: Reading | None, below: Reading) -> Reading:
    """What an operator makes of the act below it."""
    inner, outer = below.rule, bare.rule if bare else None
    used = (verb, *below.used)
    status, rule = below.status, inner
    name = f"{tree.lemmas[verb]} > {inner.name}"
    if "deny" in does:
        rule = Rule("REJECT", None, "", name)
    elif "stop" in does:
        rule, status = stopped(tree, verb, inner, name)
    elif "aspect" in does and outer and QUADS[inner.root] == 4:  # ordered the army to attack
        pass
    elif outer and outer.root in ("REQUEST", "ACCUSE", "REJECT", "COERCE", "THREATEN", "CONCEDE"):
        rule = outer._replace(name=name)
    elif outer and outer.root in ("RETREAT", "AID") and "future" not in does:
        return bare._replace(used=used)
    elif "future" in does:
        rule = ahead(inner)._replace(name=name)
        status = None if outer else "future"  # a promise is made; a plan is only had
    holders = below.holders
    if outer and rule.root == outer.root and has_target(tree, verb):  # urged X to act on Y: X is asked, not Y
        holders = (verb,)
    return Reading(rule, holders, used, status, below.probability - 0.05)


def has_target(tree: Tree, verb: int) -> bool:
    return bool(objects(tree, verb)) or any(
        tree.lemmas[prep] in ("on", "upon", "to") for prep, _ in phrases(tree, verb)
    )


def ahead(rule: Rule) -> Rule:
    """What is announced: cooperation to come is AGREE, conflict to come a threat. Source: PLOVER codebook."""
    if rule.root in ("CONSULT", "SUPPORT", "COOPERATE", "AID", "RETREAT", "CONCEDE"):
        return rule._replace(root="AGREE")
    if QUADS[rule.root] == 4:
        return rule._replace(root="THREATEN", mode="violence" if rule.root == "ASSAULT" else None)
    return rule


def stopped(tree: Tree, verb: int, inner: Rule, name: str) -> tuple[Rule, str | None]:
    """What has ended, or was left undone: `stopped short of` keeps the act and denies it."""
    phrase = {tree.lemmas[verb]} | {tree.lemmas[i] for i in tree.children[verb]}
    if phrase & {"avoid", "refrain", "short"}:
        return inner._replace(name=name), "negated"
    if inner.root in ("AID", "COOPERATE"):
        return Rule("SANCTION", "discontinue", "", name), None
    if QUADS[inner.root] <= 2:
        return Rule("REJECT", None, "", name), None
    mode = {"ASSAULT": "ceasefire", "COERCE": "access", "MOBILIZE": "withdraw"}.get(inner.root)
    return Rule("RETREAT", mode, inner.shape, name), None


def obligation(tree: Tree, verb: int, does: frozenset[str]) -> Reading | None:
    """`X said Y must leave` and `X wants Y to leave` are X asking Y."""
    for below in kids(tree, verb, CLAUSAL):
        helpers = {tree.words[i].lower() for i in auxiliaries(tree, below)}
        needs = tree.lemmas[below] in ("need", "have") and any(
            tree.deps[i] == "xcomp" for i in tree.children[below]
        )
        is_wish = "wish" in does and is_infinitive(tree, below) and bool(kids(tree, below, SUBJECTS))
        if is_wish or ("say" in does and (needs or helpers & OBLIGATIONS)):
            return Reading(Rule("REQUEST", None, "", ASKED), (below,), (verb, below), None, 0.6)
    return None


# Acts


def verb_act(tree: Tree, verb: int, reading: Reading) -> Act:
    """The act of a clause: tense and negation decide between deed, promise, threat and refusal."""
    rule, status = with_tense(tree, verb, reading)
    is_noun = tree.pos[verb] in NOMINAL
    trigger = trigger_of(tree, verb, reading)
    agents = noun_subjects(tree, verb) if is_noun else subjects(tree, verb)
    if not agents and is_passive(tree, verb) and " > " in rule.name:
        agents = patients_of_passive(tree, verb)  # is expected to visit
    if not agents and tree.pos[reading.holders[0]] in NOMINAL:  # new US tariffs imposed on X
        agents = kids(tree, reading.holders[0], MODIFIERS)
    agents = [noun for i in agents for noun in spread(tree, i)]
    patients, places = verb_patients(tree, verb, rule, reading)
    if not agents or rule.shape == "mutual":
        between = [
            n for i in (verb, *reading.holders) for p, n in phrases(tree, i) if tree.lemmas[p] == "between"
        ]
        if between:
            agents, patients = [n for i in between for n in spread(tree, i)], []
    if rule.name in ("launch:weapon", "fire:weapon") and not places and patients == [reading.holders[-1]]:
        rule = rule._replace(root="MOBILIZE", mode="weapons")  # a test: nobody is fired at
    if any(is_each_other(tree, noun) for noun in patients):
        rule, patients = rule._replace(shape="mutual"), []
    if rule.shape == "reverse":
        agents, patients = patients, agents
    return Act(
        trigger,
        verb,
        rule.root,
        rule.mode,
        rule.shape,
        status,
        tuple(agents),
        tuple(patients),
        tuple(places),
        rule.name,
        reading.probability,
    )


def is_each_other(tree: Tree, noun: int) -> bool:
    return noun > 0 and (tree.words[noun - 1].lower(), tree.words[noun].lower()) in RECIPROCAL


def trigger_of(tree: Tree, verb: int, reading: Reading) -> int:
    """The word that carries the act: an operator where it made another act of it, else the innermost verb, or
    its object where that is an act by itself (`launch an attack`)."""
    last = reading.used[-1]
    if " > " in reading.rule.name and "to" not in reading.rule.name:
        return verb
    if tree.pos[last] in VERBAL or noun_rule(tree, last):  # not the troops of `withdraw troops`
        return last
    return next((i for i in reversed(reading.used) if tree.pos[i] in VERBAL), verb)


def with_tense(tree: Tree, verb: int, reading: Reading) -> tuple[Rule, str]:
    if tree.pos[verb] in NOMINAL:
        status = noun_status(tree, verb)
        return reading.rule, reading.status or ("hypothetical" if status == "past" else status)
    rule, status = reading.rule, verb_status(tree, verb)
    if status == "future":
        return ahead(rule), "future"
    if status == "negated" and (QUADS[rule.root] <= 2 or rule.root == "MOBILIZE"):  # will not send troops
        helpers = {tree.words[i].lower() for i in auxiliaries(tree, verb)}
        if helpers & {"will", "wo", "would", "can", "ca", "could", "may"}:
            return Rule("REJECT", None, rule.shape, f"not {rule.name}"), "past"
    if status in ("past", "ongoing") and reading.status:
        return rule, reading.status
    return rule, status


def verb_patients(tree: Tree, verb: int, rule: Rule, reading: Reading) -> tuple[list[int], list[int]]:
    """Nouns that may be the target, the likeliest first, and the places."""
    found, places = [], []
    for holder in dict.fromkeys((*reading.holders, verb)):
        if tree.pos[holder] in VERBAL:
            if rule.name == ASKED and holder != verb:
                found += subjects(tree, holder)
            if rule.root in ("ACCUSE", "REQUEST") and holder == verb:  # alleged that X did
                found += [noun for below in kids(tree, verb, CLAUSAL) for noun in kids(tree, below, SUBJECTS)]
            if rule.root != "MOBILIZE":  # to strengthen X's navy does not threaten X
                found += [noun for noun in objects(tree, holder) if noun not in reading.used]
            found += [noun for thing in objects(tree, holder) for noun in helped_by(tree, thing)]
        near, far = led_to(tree, holder, rule)
        found += near
        places += far
        if tree.pos[holder] in NOMINAL:
            found.append(holder)
    return list(dict.fromkeys(found)), places


def helped_by(tree: Tree, thing: int) -> list[int]:
    """Who gains from a thing by its relative clause: `supplies that let X regroup`."""
    enabling = [verb for verb in kids(tree, thing, RELATIVE_CLAUSES) if tree.lemmas[verb] in ENABLING]
    below = [inner for verb in enabling for inner in kids(tree, verb, CLAUSAL)]
    return [noun for verb in enabling for noun in objects(tree, verb) if noun != thing] + [
        noun for verb in below for noun in kids(tree, verb, SUBJECTS)
    ]


def led_to(tree: Tree, holder: int, rule: Rule) -> tuple[list[int], list[int]]:
    """Nouns behind the prepositions that lead to a target, and behind those that only tell the place."""
    allowed = TARGET_PREPOSITIONS[rule.root].split()
    if rule.mode == "visit":
        allowed += VISIT_PREPOSITIONS
    near, far = [], []
    for prep, noun in (*phrases(tree, holder), *next_phrase(tree, holder)):
        word = tree.lemmas[prep]
        if is_time(tree, noun) or tree.deps[prep] == "agent":
            continue
        if word in allowed or (word == "of" and rule.shape == "object"):
            near += spread(tree, noun)
            near += [
                n
                for p, inner in phrases(tree, noun)
                if tree.lemmas[p] == "against"
                for n in spread(tree, inner)
            ]
        elif word in PLACES:
            far += spread(tree, noun)
    return sorted(near, key=lambda noun: not is_behind(tree, noun, "against")), far


def is_behind(tree: Tree, noun: int, preposition: str) -> bool:
    return tree.lemmas[tree.heads[noun]] == preposition


def next_phrase(tree: Tree, noun: int) -> Iterator[tuple[int, int]]:
    """A preposition right behind a noun that the parser gave to a word above it: `angered by sales to X`."""
    prep = noun + 1
    if tree.pos[noun] in NOMINAL and prep < len(tree.words) and tree.deps[prep] == "prep":
        head = tree.heads[prep]
        if head != noun and head in list(ancestors(tree, noun))[:DEPTH]:
            yield from ((prep, inner) for inner in kids(tree, prep, POBJ))


def noun_act(tree: Tree, noun: int, rule: Rule) -> Act:
    """An act named by a noun: `arms sales to Taiwan`, `talks between A and B`."""
    between = [n for p, n in phrases(tree, noun) if tree.lemmas[p] in ("between", "among")]
    owners = [i for i in tree.children[noun] if tree.deps[i] in MODIFIERS]
    doers = [n for p, n in phrases(tree, noun) if tree.lemmas[p] == "by" or tree.deps[p] == "agent"]
    if rule.shape != "object":
        doers += [n for p, n in phrases(tree, noun) if tree.lemmas[p] in ("of", "from")]
    near, far = led_to(tree, noun, rule)
    agents = owners + doers
    shape = rule.shape
    if between:
        agents, near = [n for i in between for n in spread(tree, i)], []
        shape = "state" if rule.shape == "state" else "mutual"
    if rule.shape == "object" and not doers and owners and not near:
        agents = owners
    return Act(
        noun,
        noun,
        rule.root,
        rule.mode,
        shape,
        noun_status(tree, noun),
        tuple(n for i in agents for n in spread(tree, i)),
        tuple(near),
        tuple(far),
        rule.name,
        0.7,
    )


def noun_status(tree: Tree, noun: int) -> str:
    """From the adjective (`planned`), else from the verb above."""
    for child in tree.children[noun]:
        if tree.lemmas[child] in PLANNED or tree.words[child].lower() in PLANNED:
            return PLANNED.get(tree.words[child].lower()) or PLANNED[tree.lemmas[child]]
        if tree.deps[child] == "det" and tree.lemmas[child] == "no":
            return "negated"
    head, is_owned = tree.heads[noun], bool(kids(tree, noun, MODIFIERS))
    if tree.pos[head] in ("VERB", "AUX") and tree.deps[noun] in OBJECTS | SUBJECTS:
        status = verb_status(tree, head)
        return "past" if is_owned and status == "hypothetical" else status
    return "past"


def clause_subjects(tree: Tree, noun: int) -> list[int]:
    """Subject of the clause in which a noun stands: who held the talks of `after talks with X, Y said`."""
    return climb_to_verb(tree, tree.heads[noun], 0)


def ancestors(tree: Tree, i: int) -> Iterator[int]:
    while tree.heads[i] != i:
        i = tree.heads[i]
        yield i
