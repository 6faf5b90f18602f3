"""What is done in a passage, by which words to which, and when: readings with their clause around them.

*Will bomb* is a threat, *will help* a promise. Which actors the words stand for is not asked here; agents and
patients are token numbers.
"""

from collections.abc import Iterator
from typing import NamedTuple

from analysis.nlp.events.lexicon import Rule, verb_frame
from analysis.nlp.events.predicates import (
    DEPTH,
    MODIFIERS,
    OBLIGATION,
    Reading,
    ahead,
    classes_of,
    is_edge_noun,
    noun_rule,
    read_noun,
    read_verb,
    stopped,
    taken_back,
)
from analysis.nlp.parse.arguments import (
    logical_objects,
    logical_subjects,
    passive_subjects,
    subjects_of_noun,
    subjects_of_verb_above,
)
from analysis.nlp.parse.tree import (
    CLAUSAL_COMPLEMENTS,
    NOMINAL,
    OBJECTS,
    POSSESSORS,
    PREPOSITIONAL_OBJECTS,
    SUBJECTS,
    VERBAL,
    Tree,
    ancestors,
    auxiliaries,
    coordinated,
    dependents,
    is_infinitive,
    is_passive,
    is_time,
    nouns_after,
    particles,
    prepositional_phrases,
)
from analysis.nlp.parse.verb_classes import operators
from analysis.nlp.parse.verb_status import CLAIMS, verb_status
from analysis.nlp.parse.word_classes import agent_nouns, word_classes
from analysis.schemas import ACT_STATUSES, QUADS

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
    "THREATEN": "to with against on at into",
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
PATHS = frozenset(("into", "through"))
GROUND = frozenset(("city", "place", "named city"))  # classes of what is taken
MISSIONS = frozenset(("embassy", "own ambassador"))  # classes of who is in another country
CONTENT = frozenset(("pobj", "pcomp", "dobj", "nsubjpass", "compound", "conj"))
CONTENT_PREPOSITIONS = frozenset(("for", "of", "to", "on", "upon", "in"))
CHAIN = 3
AIMS = frozenset(("advcl", "acl", "xcomp", "relcl"))
AIMING = frozenset(("target", "hit", "affect", "involve", "cover", "concern"))
HELPING = frozenset(("help", "assist", "support", "protect", "reassure", "train", "bolster", "defend"))
TIES = frozenset(("with", "to"))
HOLDING = frozenset(("arrest", "detain", "jail", "imprison", "sentence", "convict"))
WAYS = frozenset(("to", "toward", "towards", "near", "along"))
GIVING_WAY = frozenset(("release", "access", "withdraw"))
BACKING = frozenset(("support", "aid", "defence", "defense"))
BESIDE_ALLIES = frozenset(("alongside", "beside"))
BESIDE = frozenset(("over", "off", "near", "around"))
LASTING = frozenset(("AID", "COOPERATE", "COERCE", "ASSAULT"))
DENIED = frozenset(("it", "this", "role", "involvement", "responsibility", "wrongdoing", "complicity"))
DEFINITE = frozenset(("the", "this", "that", "these", "those", "such", "both", "all"))
RECIPROCAL = frozenset((("each", "other"), ("one", "another")))
ENABLING = frozenset(("let", "help", "allow", "enable", "aid", "assist"))
RELATIVE_CLAUSES = frozenset(("relcl",))


class Act(NamedTuple):
    """One thing done, as token numbers."""

    trigger: int
    verb: int  # where the clause is read from; the trigger itself for nouns
    rule: Rule
    status: str
    agents: tuple[int, ...]
    patients: tuple[int, ...]
    places: tuple[int, ...]
    purposes: tuple[int, ...]  # whom it is meant to reach: `gave money to help X`
    probability: float

    @property
    def root(self) -> str:
        """PLOVER root."""
        return self.rule.root

    @property
    def mode(self) -> str | None:
        """PLOVER mode."""
        return self.rule.mode

    @property
    def shape(self) -> str:
        """See `analysis.nlp.events.lexicon.SHAPES`."""
        return self.rule.shape


def find_acts(tree: Tree, start: int, end: int) -> list[Act]:
    """Acts of the words from `start` to `end`, in order."""
    readings = {}
    for i in range(start, end):
        if tree.deps[i] == "amod" and tree.tags[i] in ("VBN", "VBD"):
            continue  # displaced people: whoever did it is not told
        reading = read_verb(tree, i, 0) if tree.pos[i] in VERBAL else read_noun(tree, i)
        if reading:
            readings[i] = reading
    used = {word for i, reading in readings.items() for word in reading.used if word != i}
    acts = [withdrawn(tree, verb_act(tree, i, reading)) for i, reading in readings.items() if i not in used]
    for i in range(start, end):
        if tree.pos[i] in NOMINAL and i not in used:
            rule = noun_rule(tree, i)
            if rule and not is_thing(rule):
                acts.append(withdrawn(tree, undone(tree, noun_act(tree, i, rule))))
    acts = [returned(act, tree, acts) for act in acts]
    return sorted((with_shared_target(act, tree, acts) for act in acts), key=lambda act: act.trigger)


def returned(act: Act, tree: Tree, acts: list[Act]) -> Act:
    """`X will free ten fishermen and Y will free nine`: each gives way to the other, if to nobody named."""
    if not gives_way(act) or names_somebody(tree, act):
        return act
    others = [
        n
        for other in acts
        if gives_way(other) and other.status == act.status and not names_somebody(tree, other)
        if is_answered(tree, act.verb, other.verb) or is_answered(tree, other.verb, act.verb)
        for n in other.agents
        if n not in act.agents
    ]
    return act._replace(patients=(*act.patients, *others))


def gives_way(act: Act) -> bool:
    """Frees, lets in or draws back, or will."""
    return act.root in ("RETREAT", "AGREE") and act.mode in GIVING_WAY and not act.shape


def names_somebody(tree: Tree, act: Act) -> bool:
    """Whether a name stands below an act: let aid into Gaza, which is no favour to who opens a crossing."""
    waiting = [i for i in tree.children[act.verb] if tree.deps[i] not in SUBJECTS | {"conj"}]
    while waiting:
        i = waiting.pop()
        if tree.pos[i] == "PROPN" and not is_time(tree, i):
            return True
        waiting += tree.children[i]
    return False


def is_answered(tree: Tree, first: int, second: int) -> bool:
    """Whether a clause with a subject of its own is joined to another."""
    is_joined = tree.deps[second] == "conj" and tree.heads[second] == first
    return is_joined and bool(dependents(tree, second, SUBJECTS))


def is_thing(rule: Rule) -> bool:
    """`hospital`, `visa`, `document`: part of an act only where a verb makes one of it."""
    return "part" in rule.tags


def undone(tree: Tree, act: Act) -> Act:
    """What did not come, or was ended: `a delay in X's aid`, `the suspension of X's aid`.

    Delayed or blocked, it is an act denied. Ended by its owner, it is the opposite: aid is cut, a ban lifted.
    """
    above = word_above(tree, act.trigger)
    does = operators().get(tree.lemmas[above], frozenset()) if above != act.trigger else frozenset()
    if "lapse" in does:
        return act._replace(status="negated") if act.status in ("past", "ongoing") else act
    has_stopped = "stop" in does and tree.pos[above] == "VERB" and act.root in LASTING  # aid has stopped
    if not (has_stopped or "ending" in does) or is_only_asked(tree, above):
        return act
    rule, _ = stopped(tree, above, act.rule)
    return act._replace(rule=rule.below(tree.lemmas[above]), status=noun_status(tree, above))


def withdrawn(tree: Tree, act: Act) -> Act:
    """A threat that was taken back is a concession; a plan that was dropped comes to nothing."""
    noun = act.verb
    prep = tree.heads[noun]
    verb = tree.heads[prep] if tree.deps[noun] == "pobj" else prep
    if tree.pos[noun] not in NOMINAL or tree.pos[verb] != "VERB":
        return act
    if noun in taken_back(tree, verb):
        meant = [n for thing in nouns_after(tree, noun, "of") for _, n in prepositional_phrases(tree, thing)]
        return act._replace(
            rule=act.rule.below(tree.lemmas[verb])._replace(root="CONCEDE", mode=None, shape=""),
            status=verb_status(tree, verb),
            agents=(*act.agents, *logical_subjects(tree, verb)),
            patients=(*act.patients, *(n for i in meant for n in coordinated(tree, i))),
        )
    is_plan = "future" in operators().get(tree.lemmas[noun], frozenset()) and noun != act.trigger
    is_dropped = tree.lemmas[verb] in word_classes()["taking back"] and noun in logical_objects(tree, verb)
    return act._replace(status="negated") if is_plan and is_dropped else act


def word_above(tree: Tree, noun: int) -> int:
    """The word that tells what became of an act: `delay` in `a delay in the delivery of aid`."""
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
            return noun
        if operators().get(tree.lemmas[i], frozenset()) & {"lapse", "ending", "stop"}:
            return i
    return noun


def is_only_asked(tree: Tree, noun: int) -> bool:
    """`calls for a halt to`, `the condition of a halt to`, `predicts a halt to`: nothing has ended."""
    unreal = word_classes()["wish"] | word_classes()["forecast"]
    for i in asking_words(tree, noun):
        names = {tree.lemmas[i], *(f"{tree.lemmas[i]} {tree.lemmas[p]}" for p in particles(tree, i))}
        roots = {rule.root for name in names if (rule := verb_frame(name).bare)}
        is_order = any("aspect" in operators().get(name, ()) for name in names)  # an order is as good as done
        if ("REQUEST" in roots and not is_order) or names & unreal:
            return True
    return False


def asking_words(tree: Tree, noun: int) -> Iterator[int]:
    """Words above a noun that may ask for it: not the `requests` of `after a meeting, X requests aid`."""
    i = noun
    for _ in range(2 * CHAIN):
        head = tree.heads[i]
        is_content = tree.deps[i] in CONTENT or (
            tree.deps[i] == "prep" and tree.lemmas[i] in CONTENT_PREPOSITIONS
        )
        if head == i or not is_content:
            return
        i = head
        if tree.deps[i] != "prep":
            yield i


def with_shared_target(act: Act, tree: Tree, acts: list[Act]) -> Act:
    """What is denied and what is done instead share a target: `gave no arms but sent food to X`.

    So do an answer and the charge that comes with it: `rejected the charge and accused X of lying`.
    """
    is_answer = is_bare_charge(tree, act)
    if act.status != "negated" and not is_answer:
        return act
    others = [
        other for other in acts if tree.heads[other.verb] == act.verb and tree.deps[other.verb] == "conj"
    ]
    if is_answer:
        others = [other for other in others if QUADS[other.root] == 3]
    return act._replace(patients=(*act.patients, *(noun for other in others for noun in other.patients)))


def is_bare_charge(tree: Tree, act: Act) -> bool:
    """Whether it rejects a charge that was told before: `rejected the accusation`, `a charge X denies`."""
    if act.root != "REJECT" or act.status not in ACT_STATUSES:
        return False
    above = tree.heads[act.verb]
    if tree.deps[act.verb] == "relcl" and tree.lemmas[above] in CLAIMS:
        return True
    things = logical_objects(tree, act.verb)
    if tree.lemmas[act.verb] == "deny" and any(tree.lemmas[noun] in DENIED for noun in things):
        return True  # India blamed Pakistan. Pakistan denied any role.
    things = [noun for noun in things if tree.lemmas[noun] in CLAIMS]
    return any(
        noun < act.verb or any(tree.words[i].lower() in DEFINITE for i in tree.children[noun])
        for noun in things
    )


def verb_act(tree: Tree, verb: int, reading: Reading) -> Act:
    """The act of a clause: tense and negation decide between deed, promise, threat and refusal."""
    rule, status = with_tense(tree, verb, reading)
    agents = verb_agents(tree, verb, reading)
    patients, places = verb_patients(tree, verb, rule, reading)
    between = pair_between(tree, (verb, *reading.holders))
    if between and (not agents or rule.shape == "mutual"):
        agents, patients, rule = between, [], rule._replace(shape="mutual")
    is_test = patients == [reading.holders[-1]] and all(is_behind(tree, i, *BESIDE) for i in places)
    if "firing" in rule.tags and (is_test or is_at_sea(tree, verb)):
        rule = rule._replace(root="MOBILIZE", mode="weapons")  # a test: nobody is fired at
    if rule.root == "AID" and rule.object_class == "weapon" and is_at_edge(tree, verb):
        rule = rule._replace(root="MOBILIZE", mode="weapons")  # sent tanks to the border: to help nobody
    backed = sided_with(tree, verb) if rule.root == "MOBILIZE" else []
    if rule.root == "MOBILIZE" and (backed or keeps_peace(tree, verb)):
        rule, patients = rule._replace(root="AID", mode=None), backed or patients
    if rule.shape == "mutual" and is_one_sided(tree, rule, agents, patients, places):
        rule = rule._replace(shape="")
    allies = beside_whom(tree, verb) if "fight" in rule.tags else []
    if allies:  # fought beside X in Y: not against Y; beside X against Y
        enemies = [noun for ally in allies for noun in nouns_after(tree, ally, "against")]
        patients, places = [*patients, *(n for noun in enemies for n in coordinated(tree, noun))], []
    if any(is_each_other(tree, noun) for noun in patients):
        rule, patients = rule._replace(shape="mutual"), []
    if rule.shape == "reverse":
        agents, patients = patients, agents
    parties = (tuple(agents), tuple(patients), tuple(places), tuple(purposes(tree, verb)))
    trigger = trigger_of(tree, verb, reading)
    return Act(trigger, verb, rule, status, *parties, reading.probability)


def is_one_sided(tree: Tree, rule: Rule, agents: list[int], patients: list[int], places: list[int]) -> bool:
    """X vowed war on Y, X wages its war in Y; but troops of X and Y exchange fire near Z."""
    is_aimed = QUADS[rule.root] >= 3 and any(is_behind(tree, n, "on", "against") for n in patients)
    return is_aimed or ("war" in rule.tags and len(agents) == 1 and bool(places))


def beside_whom(tree: Tree, verb: int) -> list[int]:
    """Who fights on the same side: `fought alongside X`, `fought side by side with X`."""
    sides = [k for k in tree.children[verb] if tree.words[k : k + 3] == ["side", "by", "side"]]
    return nouns_after(tree, verb, *BESIDE_ALLIES) or sides


def is_at_sea(tree: Tree, verb: int) -> bool:
    """Missiles fired into the sea."""
    return any("sea" in classes_of(tree, noun) for _, noun in prepositional_phrases(tree, verb))


def verb_agents(tree: Tree, verb: int, reading: Reading) -> list[int]:
    """Who does it: the subject, also of `is expected to visit`, or the owner: `US tariffs imposed on X`."""
    agents = subjects_of_noun(tree, verb) if tree.pos[verb] in NOMINAL else logical_subjects(tree, verb)
    if not agents and is_passive(tree, verb) and reading.rule.root in ("SANCTION", "RETREAT"):
        things = [i for i in reading.holders if tree.pos[i] in NOMINAL and noun_rule(tree, i)]
        agents = [i for thing in things for i in owners(tree, thing)[0]]  # X's aid was cut, its ban lifted
    if not agents and is_passive(tree, verb) and tree.lemmas[verb] in HOLDING:
        places = nouns_after(tree, verb, "in")
        agents = [noun for noun in places if tree.pos[noun] == "PROPN"]  # held in X: X holds them
    if not agents and is_passive(tree, verb) and "sending" in reading.rule.tags:
        sent = passive_subjects(tree, verb)
        agents = [noun for noun in sent if tree.lemmas[noun] in agent_nouns()]  # X's troops were sent
    if not agents and is_passive(tree, verb) and reading.rule.operators:
        agents = passive_subjects(tree, verb)
    if not agents and tree.pos[reading.holders[0]] in NOMINAL:
        agents = dependents(tree, reading.holders[0], MODIFIERS)
    if agents:
        agents = [
            *agents,
            *(noun for prep, noun in prepositional_phrases(tree, verb) if is_beside(tree, prep)),
        ]
    return [noun for i in agents for noun in coordinated(tree, i)]


def pair_between(tree: Tree, holders: tuple[int, ...]) -> list[int]:
    """The two of `between A and B` below any of the words."""
    found = [noun for i in holders for noun in nouns_after(tree, i, "between", "among")]
    return [noun for i in found for noun in coordinated(tree, i)]


def keeps_peace(tree: Tree, verb: int) -> bool:
    """Troops sent on a peacekeeping mission, or to defend somebody, help. Source: CAMEO 074."""
    if any(tree.lemmas[i] in HELPING and logical_objects(tree, i) for i in aims(tree, verb)):
        return True
    near = [verb, *tree.children[verb]]
    words = {tree.lemmas[i] for child in near for i in (child, *tree.children[child])}
    words |= {
        tree.lemmas[n]
        for child in near
        for _, noun in prepositional_phrases(tree, child)
        for n in tree.children[noun]
    }
    return bool(words & {"peacekeeping", "peacekeeper"})


def is_at_edge(tree: Tree, verb: int) -> bool:
    """Whether something is moved to a border or a coast."""
    ends = (noun for i in (verb, *logical_objects(tree, verb)) for noun in nouns_after(tree, i, *WAYS))
    return any(is_edge_noun(tree, noun) for noun in ends)


def sided_with(tree: Tree, verb: int) -> list[int]:
    """Whom troops are sent to fight for: `to fight alongside X`, `in support of X`."""
    fights = [i for i in aims(tree, verb) if is_fighting(tree, i)]
    found = [noun for i in fights for noun in nouns_after(tree, i, *BESIDE_ALLIES)]
    found += [noun for i in fights for noun in nouns_after(tree, i, "for") if is_party(tree, noun)]
    inside = (noun for i in (verb, *logical_objects(tree, verb)) for noun in nouns_after(tree, i, "in"))
    found += [n for noun in inside if tree.lemmas[noun] in BACKING for n in nouns_after(tree, noun, "of")]
    return [n for noun in found for n in coordinated(tree, noun)]


def is_fighting(tree: Tree, verb: int) -> bool:
    """`fight`, `battle`."""
    rule = verb_frame(tree.lemmas[verb]).bare
    return rule is not None and "fight" in rule.tags


def is_party(tree: Tree, noun: int) -> bool:
    """A name or those who act for one: fought for Russia, for the Russian army, not for freedom."""
    return tree.pos[noun] == "PROPN" or tree.lemmas[noun] in agent_nouns()


def purposes(tree: Tree, verb: int) -> list[int]:
    """Objects of what it is done for: `gave money to help X`."""
    return [noun for i in aims(tree, verb) for noun in logical_objects(tree, i)]


def aims(tree: Tree, verb: int) -> list[int]:
    """Infinitives that tell what it is done for."""
    below = (verb, *logical_objects(tree, verb))
    return [i for word in below for i in dependents(tree, word, AIMS) if is_infinitive(tree, i)]


def is_each_other(tree: Tree, noun: int) -> bool:
    """`each other`, and the diplomats of `expelled each other's diplomats`."""
    if any(is_each_other(tree, owner) for owner in dependents(tree, noun, POSSESSORS)):
        return True
    return noun > 0 and (tree.words[noun - 1].lower(), tree.words[noun].lower()) in RECIPROCAL


def trigger_of(tree: Tree, verb: int, reading: Reading) -> int:
    """The word that carries the act: an operator that made another act of it, else the innermost verb, or its
    object where that is an act by itself (`launch an attack`, but not the troops of `withdraw troops`)."""
    last = reading.used[-1]
    if tree.pos[last] in VERBAL or noun_rule(tree, last):
        return last
    return next((i for i in reversed(reading.used) if tree.pos[i] in VERBAL), verb)


def with_tense(tree: Tree, verb: int, reading: Reading) -> tuple[Rule, str]:
    if tree.pos[verb] in NOMINAL:
        status = noun_status(tree, verb)
        if (
            status == "past" and reading.rule.root != "REJECT"
        ):  # a plan to help; but a failure to help is a fact
            status = "hypothetical"
        return reading.rule, reading.status or status
    rule, status = reading.rule, verb_status(tree, verb)
    if status == "future":
        return ahead(rule), "future"
    if status == "negated" and (QUADS[rule.root] <= 2 or rule.root == "MOBILIZE"):  # will not send troops
        helpers = {tree.words[i].lower() for i in auxiliaries(tree, verb)}
        if helpers & {"will", "wo", "would", "can", "ca", "could", "may"}:
            return refused(rule), "past"
    if status in ("past", "ongoing") and reading.status:
        return rule, reading.status
    return rule, status


def refused(rule: Rule) -> Rule:
    """`will not send troops` is a refusal."""
    return rule._replace(root="REJECT", mode=None, tags=rule.tags & {"war"}, is_refused=True)


def verb_patients(tree: Tree, verb: int, rule: Rule, reading: Reading) -> tuple[list[int], list[int]]:
    """Nouns that may be the target, the likeliest first, and the places."""
    found, places = [], []
    for holder in dict.fromkeys((*reading.holders, verb)):
        if tree.pos[holder] in VERBAL:
            if rule == OBLIGATION and holder != verb:
                found += logical_subjects(tree, holder)
            # Alleged that X did; and the parser makes a verb of it: declared X persona non grata.
            if (rule.root in ("ACCUSE", "REQUEST") and holder == verb) or "small clause" in rule.tags:
                found += [
                    noun
                    for below in dependents(tree, verb, CLAUSAL_COMPLEMENTS)
                    for noun in dependents(tree, below, SUBJECTS)
                ]
            if rule.root != "MOBILIZE" or "confronts" in rule.tags:  # to strengthen X's navy threatens nobody
                found += [noun for noun in logical_objects(tree, holder) if noun not in reading.used]
            found += [noun for thing in logical_objects(tree, holder) for noun in helped_by(tree, thing)]
        near, far = led_to(tree, holder, rule)
        found += near + aimed_at(tree, holder)
        places += far
        if tree.pos[holder] in NOMINAL:
            found.append(holder)
            if rule.root == "SUPPORT":  # a commitment to defend X
                backed = [
                    i
                    for i in dependents(tree, holder, AIMS)
                    if tree.lemmas[i] in HELPING and is_infinitive(tree, i)
                ]
                found += [noun for i in backed for noun in logical_objects(tree, i)]
    if rule.object_class in GROUND and not places:
        places = grounds(tree, verb)
    if rule.root == "ACCUSE":  # filed a complaint against X at Y
        found.sort(key=lambda noun: not is_behind(tree, noun, "against"))
    if rule.root in ("AID", "COOPERATE"):  # extradited A's citizens to B: B gets them
        found.sort(key=lambda noun: not is_behind(tree, noun, "to"))
    return list(dict.fromkeys(found)), places


def grounds(tree: Tree, verb: int) -> list[int]:
    """Where the clause above is, for what is done in its course: `moved through X, capturing towns`."""
    if tree.tags[verb] != "VBG" or tree.deps[verb] not in ("advcl", "acl") or tree.words[verb - 1] != ",":
        return []
    main = next((i for i in ancestors(tree, verb) if tree.pos[i] == "VERB"), verb)
    holders = (main, *logical_objects(tree, main))
    below = [pair for holder in holders for pair in prepositional_phrases(tree, holder)]
    return [n for prep, noun in below if tree.lemmas[prep] in PLACES | PATHS for n in coordinated(tree, noun)]


def helped_by(tree: Tree, thing: int) -> list[int]:
    """Who gains from a thing by its relative clause: `supplies that let X regroup`."""
    enabling = [verb for verb in dependents(tree, thing, RELATIVE_CLAUSES) if tree.lemmas[verb] in ENABLING]
    below = [inner for verb in enabling for inner in dependents(tree, verb, CLAUSAL_COMPLEMENTS)]
    return [noun for verb in enabling for noun in logical_objects(tree, verb) if noun != thing] + [
        noun for verb in below for noun in dependents(tree, verb, SUBJECTS)
    ]


def led_to(tree: Tree, holder: int, rule: Rule) -> tuple[list[int], list[int]]:
    """Nouns behind the prepositions that lead to a target, and behind those that only tell the place."""
    allowed = TARGET_PREPOSITIONS[rule.root].split()
    if rule.shape == "reverse":
        allowed.append("from")
    if rule.mode == "visit":
        allowed += VISIT_PREPOSITIONS
    if rule.object_class in MISSIONS:
        allowed.append("in")
    near, far = [], []
    for prep, noun in (
        *prepositional_phrases(tree, holder),
        *next_phrase(tree, holder),
        *after_sum(tree, holder),
    ):
        word = tree.lemmas[prep]
        is_other = (
            is_beside(tree, prep) or is_host(tree, prep, noun, rule) or is_ground(tree, prep, holder, rule)
        )
        if is_time(tree, noun) or tree.deps[prep] == "agent" or is_other or is_edge(tree, prep, noun, rule):
            continue
        if word in allowed or (word == "of" and rule.shape == "object"):
            near += coordinated(tree, noun)
            if tree.deps[noun] == "pcomp":  # a ban on issuing visas to X
                near += nouns_after(tree, noun, "to")
            near += [n for inner in nouns_after(tree, noun, "against") for n in coordinated(tree, inner)]
        elif word == "of" and rule.root == "SANCTION":  # the severance of relations with X
            near += [n for inner in nouns_after(tree, noun, *TIES) for n in coordinated(tree, inner)]
        elif word in PLACES:
            far += coordinated(tree, noun)
    return sorted(near, key=lambda noun: not is_behind(tree, noun, "against")), far


def is_beside(tree: Tree, prep: int) -> bool:
    """The `with` of `together with X`, who acts too."""
    return prep > 0 and tree.words[prep - 1].lower() in ("along", "together")


def is_host(tree: Tree, prep: int, noun: int, rule: Rule) -> bool:
    """Who receives troops sent `to X` or to X's province, friend or foe; a border is another matter."""
    is_place = tree.pos[noun] == "PROPN" or tree.lemmas[noun] in word_classes()["ground"]
    is_host = is_place and tree.lemmas[prep] == "to" and not is_edge_noun(tree, noun)
    return rule.root == "MOBILIZE" and is_host


def is_edge(tree: Tree, prep: int, noun: int, rule: Rule) -> bool:
    """Where force was used: at a border or off a coast, whose owner it need not have struck."""
    is_far = tree.lemmas[prep] == "off" or is_edge_noun(tree, noun)
    return rule.root in ("ASSAULT", "COERCE") and is_far


def is_ground(tree: Tree, prep: int, holder: int, rule: Rule) -> bool:
    """What somebody is punished for, `sentenced X for an attack in Y`: not Y is punished."""
    is_verb = tree.pos[holder] in VERBAL and tree.lemmas[prep] == "for"
    return is_verb and rule.root in ("COERCE", "SANCTION", "ACCUSE") and bool(logical_objects(tree, holder))


def after_sum(tree: Tree, verb: int) -> Iterator[tuple[int, int]]:
    """Phrases behind a sum of money: `will invest 9 billion in X`."""
    for thing in dependents(tree, verb, OBJECTS):
        if tree.pos[thing] in ("NUM", "SYM") or tree.tags[thing] == "$":
            yield from prepositional_phrases(tree, thing)


def aimed_at(tree: Tree, noun: int) -> list[int]:
    """Objects of what tells at whom an act is aimed: `sanctions targeting X`."""
    below = [
        i for i in dependents(tree, noun, AIMS) if tree.lemmas[i] in AIMING and tree.pos[noun] in NOMINAL
    ]
    return [thing for i in below if tree.tags[i] == "VBG" for thing in logical_objects(tree, i)]


def is_behind(tree: Tree, noun: int, *prepositions: str) -> bool:
    return tree.lemmas[tree.heads[noun]] in prepositions


def next_phrase(tree: Tree, noun: int) -> Iterator[tuple[int, int]]:
    """A preposition right behind a noun that the parser gave to a word above it: `angered by sales to X`."""
    prep = noun + 1
    if tree.pos[noun] in NOMINAL and prep < len(tree.words) and tree.deps[prep] == "prep":
        head = tree.heads[prep]
        if head != noun and head in list(ancestors(tree, noun))[:DEPTH]:
            yield from ((prep, inner) for inner in dependents(tree, prep, PREPOSITIONAL_OBJECTS))


def noun_act(tree: Tree, noun: int, rule: Rule) -> Act:
    """An act named by a noun: `arms sales to Taiwan`, `talks between A and B`."""
    leading = (
        ("by",)
        if rule.shape == "object"
        else ("by", "of")
        if rule.root == "RETREAT"
        else ("by", "of", "from")
    )
    agents, named_after = owners(tree, noun)
    agents += [
        n
        for p, n in prepositional_phrases(tree, noun)
        if tree.lemmas[p] in leading or tree.deps[p] == "agent"
    ]
    agents = [n for i in agents for n in coordinated(tree, i)]
    near, far = led_to(tree, noun, rule)
    near += named_after + aimed_at(tree, noun)
    shape, between = rule.shape, pair_between(tree, (noun,))
    if between:
        agents, near, far, shape = between, [], [], shape if shape == "state" else "mutual"
    elif (
        shape == "mutual"
        and rule.root == "ASSAULT"
        and (far or any(is_behind(tree, n, "on", "against") for n in near))
    ):
        shape = ""  # X's war on Y, its war in Y
    if rule.root == "MOBILIZE" and keeps_peace(tree, noun):
        rule = rule._replace(root="AID", mode=None)
    parties = (tuple(agents), tuple(near), tuple(far), ())
    status = noun_status(tree, noun)
    if status == "past" and is_asked_for(tree, noun, rule):
        status = "hypothetical"
    if status == "future" and rule.root == "CONSULT":
        rule = ahead(rule)
    return Act(noun, noun, rule._replace(shape=shape), status, *parties, 0.7)


def is_asked_for(tree: Tree, noun: int, rule: Rule) -> bool:
    """`called for talks`, `demanded sanctions`; an attack whose end is demanded has happened."""
    head = tree.heads[noun]
    is_direct = tree.pos[head] == "VERB" or tree.pos[tree.heads[head]] == "VERB"
    return (is_direct or QUADS[rule.root] <= 2) and is_only_asked(tree, noun)


def owners(tree: Tree, noun: int) -> tuple[list[int], list[int]]:
    """Whose an act is, and who else it is named after: X's Y tariffs are put on Y."""
    before = dependents(tree, noun, MODIFIERS)
    if (
        tree.deps[noun] == "conj" and tree.pos[tree.heads[noun]] == "NOUN"
    ):  # Russian missile and drone attacks
        before += dependents(tree, tree.heads[noun], MODIFIERS)
    possessors = [i for i in before if tree.deps[i] == "poss"]
    return possessors or before, [
        i for i in before if possessors and tree.pos[i] == "PROPN" and i not in possessors
    ]


def noun_status(tree: Tree, noun: int) -> str:
    """From the adjective (`planned`), else from the verb above."""
    for child in tree.children[noun]:
        if tree.lemmas[child] in PLANNED or tree.words[child].lower() in PLANNED:
            return PLANNED.get(tree.words[child].lower()) or PLANNED[tree.lemmas[child]]
        if tree.deps[child] == "det" and tree.lemmas[child] == "no":
            return "negated"
    head = tree.heads[noun]
    is_owned = bool(dependents(tree, noun, MODIFIERS)) and tree.deps[noun] in OBJECTS
    if tree.pos[head] in ("VERB", "AUX") and tree.deps[noun] in OBJECTS | SUBJECTS and not is_owned:
        return verb_status(tree, head)
    return "future" if is_ahead(tree, noun) else "past"  # will discuss X's war: the war is there


def is_ahead(tree: Tree, noun: int) -> bool:
    """Talks for which somebody will travel."""
    prep, rule = tree.heads[noun], noun_rule(tree, noun)
    is_talk = rule is not None and rule.root == "CONSULT" and tree.deps[noun] == "pobj"
    is_aim = is_talk and tree.lemmas[prep] in ("for", "at", "in", "during", "to")
    return is_aim and tree.pos[tree.heads[prep]] == "VERB" and verb_status(tree, tree.heads[prep]) == "future"


def clause_subjects(tree: Tree, noun: int) -> list[int]:
    """Subject of the clause in which a noun stands: who held the talks of `after talks with X, Y said`."""
    return subjects_of_verb_above(tree, tree.heads[noun], 0)
