"""What is done in a passage, by which words to which, and whether it is done: predicates with their clause.

*Will bomb* is a threat, *will help* a promise. Which actors the words stand for is not asked here; agents and
patients are token numbers.
"""

from typing import NamedTuple

from analysis.nlp.events.act_agents import owners, pair_between, verb_agents
from analysis.nlp.events.act_targets import (
    PENALTIES,
    aimed_at,
    is_after,
    nouns_led_to,
    purposes,
    verb_targets,
)
from analysis.nlp.events.composition import announced
from analysis.nlp.events.frames import Predicate
from analysis.nlp.events.lexicon import Rule
from analysis.nlp.events.nouns import is_in_state, noun_rule
from analysis.nlp.events.outcomes import is_asked_for, noun_status, outcome
from analysis.nlp.events.predicates import noun_predicate, threats_taken_back, verb_predicate
from analysis.nlp.events.tense import with_tense
from analysis.nlp.events.use_of_force import ALLY_PREPOSITIONS, host_countries, keeps_peace, with_use_of_force
from analysis.nlp.parse.arguments import RELATIVES, logical_objects, logical_subjects
from analysis.nlp.parse.tree import (
    NOMINAL,
    NOUN_CLAUSES,
    POSSESSORS,
    SUBJECTS,
    VERBAL,
    Tree,
    ancestors,
    coordinated,
    dependents,
    is_time,
    nouns_after,
    prepositional_phrases,
)
from analysis.nlp.parse.verb_classes import operators
from analysis.nlp.parse.verb_status import CLAIMS, verb_status
from analysis.nlp.parse.word_classes import agent_nouns, word_classes
from analysis.schemas import ACT_STATUSES, QUADS

TESTED_ABOVE = ("over", "off", "near", "around")
GIVING_WAY = frozenset(("release", "access", "withdraw"))
DENIED = frozenset(("it", "this", "role", "involvement", "responsibility", "wrongdoing", "complicity"))
ASKED = frozenset(("xcomp", "ccomp", "advcl"))  # what is asked for, below `urge`
MEANS = frozenset(("weapon", "warcraft", "money", "loan"))  # classes of what one asks for oneself
HELP = frozenset(("AID", "SUPPORT", "COOPERATE"))
JUDGING = (1, 3)  # quads of what is said of a deed
JUDGED_CLAUSES = frozenset(("relcl", "acl"))
ASIDES = frozenset((",", "-", "–", "—"))  # before `a move X condemned`
DEFINITE = frozenset(("the", "this", "that", "these", "those", "such", "both", "all"))
RECIPROCAL = frozenset((("each", "other"), ("one", "another")))


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
        """One of `analysis.nlp.events.lexicon.SHAPES`."""
        return self.rule.shape


def find_acts(tree: Tree, start: int, end: int) -> list[Act]:
    """Acts of the words from `start` to `end`, in order."""
    predicates = find_predicates(tree, start, end)
    used = {word for i, found in predicates.items() for word in found.words if word != i}
    acts = [taken_back(tree, verb_act(tree, i, found)) for i, found in predicates.items() if i not in used]
    for i in range(start, end):
        rule = noun_rule(tree, i) if tree.pos[i] in NOMINAL and i not in used else None
        if rule and ("part" not in rule.tags or is_in_state(tree, i)):
            acts.append(taken_back(tree, noun_act(tree, i, rule)))
    acts = [with_asker(with_answer(act, tree, acts), tree, acts) for act in acts]
    acts = [with_doer_summed_up(with_helped_side(act, tree, acts), tree) for act in acts]
    return sorted((with_shared_target(act, tree, acts) for act in acts), key=lambda act: act.trigger)


def find_predicates(tree: Tree, start: int, end: int) -> dict[int, Predicate]:
    """Word -> what it says is done."""
    found = {}
    for i in range(start, end):
        if (tree.deps[i] == "amod" and tree.tags[i] in ("VBN", "VBD")) or is_occupied_place(tree, i):
            continue  # displaced people: nothing says who did it
        predicate = verb_predicate(tree, i) if tree.pos[i] in VERBAL else noun_predicate(tree, i)
        if predicate:
            found[i] = predicate
    return found


def is_occupied_place(tree: Tree, i: int) -> bool:
    """`in Gaza and occupied East Jerusalem`, where the parser sees a verb."""
    before = tree.words[i - 1].lower() if i else ""
    is_modifier = before in ("and", "the", "in", "of", "from", ",") and tree.tags[i + 1 : i + 2] == ["NNP"]
    return tree.words[i].lower() == "occupied" and is_modifier


# Acts of verbs


def verb_act(tree: Tree, verb: int, predicate: Predicate) -> Act:
    """The act of a clause: tense and negation decide between deed, promise, threat and refusal."""
    rule, status = with_tense(tree, verb, predicate)
    agents = verb_agents(tree, verb, predicate)
    patients, places = verb_targets(tree, verb, rule, predicate)
    between = pair_between(tree, (verb, *predicate.target_heads))
    if between and (not agents or rule.shape == "mutual"):
        agents, patients, rule = between, [], rule._replace(shape="mutual")
    is_unaimed = patients == [predicate.target_heads[-1]] and all(
        is_after(tree, i, *TESTED_ABOVE) for i in places
    )
    rule, patients = with_use_of_force(tree, verb, rule, patients, is_unaimed)
    if rule.shape == "mutual" and is_one_sided(tree, rule, agents, patients, places):
        rule = rule._replace(shape="")
    allies = fought_beside(tree, verb) if "fight" in rule.tags else []
    if allies:  # fought beside X in Y: not against Y; beside X against Y
        enemies = [noun for ally in allies for noun in nouns_after(tree, ally, "against")]
        others = [noun for noun in patients if noun not in allies]
        patients, places = [*others, *(n for noun in enemies for n in coordinated(tree, noun))], []
        agents = armies_joined(tree, verb) or agents
    if any(is_each_other(tree, noun) for noun in patients):
        rule, patients = rule._replace(shape="mutual"), []
    if rule.shape == "reverse":
        seen = predicate.words if "confronts" in rule.tags else ()  # reported X's jets near its coast
        agents, patients = [n for n in patients if not seen or n in seen], agents
    aims = dict.fromkeys(n for i in (verb, *predicate.target_heads) for n in purposes(tree, i))
    sides = (tuple(agents), tuple(patients), tuple(places), tuple(aims))
    return Act(trigger_of(tree, verb, predicate), verb, rule, status, *sides, predicate.probability)


def is_one_sided(tree: Tree, rule: Rule, agents: list[int], patients: list[int], places: list[int]) -> bool:
    """X vowed war on Y, X wages its war in Y; but troops of X and Y exchange fire near Z."""
    is_aimed = QUADS[rule.root] >= 3 and is_any_against(tree, patients)
    return is_aimed or ("war" in rule.tags and len(agents) == 1 and bool(places))


def is_any_against(tree: Tree, nouns: list[int]) -> bool:
    """Whether `on` or `against` leads to one of some nouns."""
    return any(is_after(tree, noun, "on", "against") for noun in nouns)


def fought_beside(tree: Tree, verb: int) -> list[int]:
    """Who fights on the same side: `fought alongside X`, `fought side by side with X`."""
    sides = [k for k in tree.children[verb] if tree.words[k : k + 3] == ["side", "by", "side"]]
    return nouns_after(tree, verb, *ALLY_PREPOSITIONS) or sides or armies_joined(tree, verb)


def armies_joined(tree: Tree, verb: int) -> list[int]:
    """The army of `tried two Chileans for fighting with Peru's army`: people fight in it, not against it."""
    people = [n for i in logical_subjects(tree, verb) for n in coordinated(tree, i)]
    armies = [noun for noun in nouns_after(tree, verb, "with") if tree.lemmas[noun] in agent_nouns()]
    return armies if people and all(is_private(tree, noun) for noun in people) else []


def is_private(tree: Tree, noun: int) -> bool:
    """`two Chileans`, `volunteers`, `a Chilean man`: nobody who acts for a country."""
    is_several = any(tree.deps[i] == "nummod" or tree.lemmas[i] == "a" for i in tree.children[noun])
    is_demonym = tree.tags[noun] == "NNPS" or (is_several and tree.pos[noun] == "PROPN")
    person = tree.heads[noun] if tree.deps[noun] == "amod" else noun
    return is_demonym or tree.lemmas[person] in word_classes()["private"]


def is_each_other(tree: Tree, noun: int) -> bool:
    """`each other`, and the diplomats of `expelled each other's diplomats`."""
    if any(is_each_other(tree, owner) for owner in dependents(tree, noun, POSSESSORS)):
        return True
    return noun > 0 and (tree.words[noun - 1].lower(), tree.words[noun].lower()) in RECIPROCAL


def trigger_of(tree: Tree, verb: int, predicate: Predicate) -> int:
    """The word that carries the act: an operator that made another act of it, else the innermost verb, or its
    object where that is an act by itself (`launch an attack`, but not the troops of `withdraw troops`)."""
    last = predicate.words[-1]
    if tree.pos[last] in VERBAL or noun_rule(tree, last):
        return last
    return next((i for i in reversed(predicate.words) if tree.pos[i] in VERBAL), verb)


# Acts of nouns


def noun_act(tree: Tree, noun: int, rule: Rule) -> Act:
    """An act that a noun names: `arms sales to Taiwan`, `talks between A and B`."""
    agents, near = noun_sides(tree, noun, rule)
    led_to, far = nouns_led_to(tree, noun, rule)
    near = [*led_to, *near, *aimed_at(tree, noun), *asked_in_clause(tree, noun, rule)]
    near = who_obliged(tree, noun, rule) or near
    between = pair_between(tree, (noun,))
    if between:
        agents, near, far = between, [], []
        rule = rule._replace(shape=rule.shape if rule.shape == "state" else "mutual")
    elif rule.shape == "mutual" and rule.root == "ASSAULT" and (far or is_any_against(tree, near)):
        rule = rule._replace(shape="")  # X's war on Y, its war in Y
    status = noun_status(tree, noun)
    hosts = host_countries(tree, noun) if rule.root == "MOBILIZE" else []
    if hosts or (rule.root == "MOBILIZE" and keeps_peace(tree, noun)):
        rule, near = rule._replace(root="AID", mode=None), [*near, *hosts]
    if status == "past" and is_asked_for(tree, noun, rule):
        status = "hypothetical"
    if status == "future" and rule.root == "CONSULT":
        rule = announced(rule)
    rule, status = outcome(tree, noun, rule, status)
    return Act(noun, noun, rule, status, tuple(agents), tuple(near), tuple(far), (), 0.7)


def asked_in_clause(tree: Tree, noun: int, rule: Rule) -> list[int]:
    """Who is to act in the clause of a demand or charge: `the demand that X pay`, `its claim that X lied`."""
    below = dependents(tree, noun, NOUN_CLAUSES) if rule.root in ("REQUEST", "ACCUSE") else []
    return [n for clause in below if has_that(tree, clause) for n in logical_subjects(tree, clause)]


def who_obliged(tree: Tree, noun: int, rule: Rule) -> list[int]:
    """Who did what was asked: Y of `Y freed them at the request of X`."""
    prep = tree.heads[noun]
    is_granted = rule.root == "REQUEST" and tree.deps[noun] == "pobj" and tree.lemmas[prep] == "at"
    return (
        logical_subjects(tree, tree.heads[prep])
        if is_granted and tree.pos[tree.heads[prep]] in VERBAL
        else []
    )


def has_that(tree: Tree, clause: int) -> bool:
    return any(tree.words[i].lower() == "that" and tree.deps[i] == "mark" for i in tree.children[clause])


def noun_sides(tree: Tree, noun: int, rule: Rule) -> tuple[list[int], list[int]]:
    """Whose an act is, before the noun or after `by` and `of`, and who else stands before it."""
    prepositions = {"by"}
    if rule.shape != "object":
        prepositions |= {"of"} if rule.root == "RETREAT" else {"of", "from"}
    agents, others = owners(tree, noun)
    phrases = prepositional_phrases(tree, noun)
    agents += [n for p, n in phrases if tree.lemmas[p] in prepositions or tree.deps[p] == "agent"]
    return [n for i in agents for n in coordinated(tree, i)], others


def taken_back(tree: Tree, act: Act) -> Act:
    """A threat that was taken back is a concession; a plan that was dropped comes to nothing."""
    noun = act.verb
    prep = tree.heads[noun]
    verb = tree.heads[prep] if tree.deps[noun] == "pobj" else prep
    if tree.pos[noun] not in NOMINAL or tree.pos[verb] != "VERB":
        return act
    if noun in threats_taken_back(tree, verb):
        contents = nouns_after(tree, noun, "of")
        threatened = [n for thing in contents for _, n in prepositional_phrases(tree, thing)]
        return act._replace(
            rule=act.rule.below(tree.lemmas[verb])._replace(root="CONCEDE", mode=None, shape=""),
            status=verb_status(tree, verb),
            agents=(*act.agents, *logical_subjects(tree, verb)),
            patients=(*act.patients, *(n for i in threatened for n in coordinated(tree, i))),
        )
    is_plan = "future" in operators().get(tree.lemmas[noun], frozenset()) and noun != act.trigger
    is_dropped = tree.lemmas[verb] in word_classes()["taking back"] and noun in logical_objects(tree, verb)
    return act._replace(status="negated") if is_plan and is_dropped else act


# Acts beside each other


def with_answer(act: Act, tree: Tree, acts: list[Act]) -> Act:
    """`X will free ten fishermen and Y will free nine`: each gives way to the other, if nobody is named."""
    if not gives_way(act) or has_name_below(tree, act):
        return act
    others = [
        n
        for other in acts
        if gives_way(other) and other.status == act.status and not has_name_below(tree, other)
        if is_joined_clause(tree, act.verb, other.verb) or is_joined_clause(tree, other.verb, act.verb)
        for n in other.agents
        if n not in act.agents
    ]
    return act._replace(patients=(*act.patients, *others))


def with_asker(act: Act, tree: Tree, acts: list[Act]) -> Act:
    """`X urged Y to send missiles`: they would go to X, who asks for them; but food may be for others."""
    is_for_asker = act.root == "AID" and act.rule.object_class in MEANS and act.status == "hypothetical"
    if not is_for_asker or has_recipient(tree, act):
        return act
    asking = tree.heads[act.verb] if tree.deps[act.verb] in ASKED else None
    askers = [n for other in acts if other.root == "REQUEST" and other.verb == asking for n in other.agents]
    return act._replace(patients=(*act.patients, *askers))


def has_recipient(tree: Tree, act: Act) -> bool:
    """Whether a name among its targets says who is helped."""
    return any(tree.pos[noun] == "PROPN" for noun in act.patients)


def with_helped_side(act: Act, tree: Tree, acts: list[Act]) -> Act:
    """`X put sanctions on firms that help Y`: they are against Y, where the firms are of no named country."""
    if act.root not in PENALTIES or has_recipient(tree, act):
        return act
    helpers = [other for other in acts if other.root in HELP and not other.shape]
    helped = [
        noun
        for other in helpers
        if not {antecedent(tree, agent) for agent in other.agents}.isdisjoint(act.patients)
        for noun in other.patients
    ]
    return act._replace(patients=(*act.patients, *helped))


def antecedent(tree: Tree, word: int) -> int:
    """The firms of `firms that help`, also of `firms that it said helped`; any other word is itself."""
    if tree.words[word].lower() not in RELATIVES:
        return word
    clause = next((i for i in ancestors(tree, word) if tree.deps[i] == "relcl"), None)
    return word if clause is None else tree.heads[clause]


def with_doer_summed_up(act: Act, tree: Tree) -> Act:
    """`Y tested a missile, a move X condemned`: what X thinks of the move is said of Y."""
    if QUADS[act.root] not in JUDGING:
        return act
    clauses = [verb for noun in act.patients if (verb := clause_summed_up(tree, noun, act.verb)) is not None]
    return act._replace(patients=(*act.patients, *(n for i in clauses for n in logical_subjects(tree, i))))


def clause_summed_up(tree: Tree, noun: int, judging: int) -> int | None:
    """The verb of the clause before the `move` of `, a move X condemned`, where this is the noun judged."""
    is_below = tree.heads[judging] == noun and tree.deps[judging] in JUDGED_CLAUSES
    if not is_below or tree.lemmas[noun] not in word_classes()["summing up"]:
        return None
    start = min((noun, *tree.children[noun]))
    if start == 0 or tree.words[start - 1] not in ASIDES:
        return None
    return next((i for i in ancestors(tree, noun) if tree.pos[i] in VERBAL and i < noun), None)


def gives_way(act: Act) -> bool:
    """Frees, lets in or draws back, or will."""
    return act.root in ("RETREAT", "AGREE") and act.mode in GIVING_WAY and not act.shape


def has_name_below(tree: Tree, act: Act) -> bool:
    """`let aid into Gaza`: no favour to the one who opens a crossing in answer."""
    waiting = [i for i in tree.children[act.verb] if tree.deps[i] not in SUBJECTS | {"conj"}]
    while waiting:
        i = waiting.pop()
        if tree.pos[i] == "PROPN" and not is_time(tree, i):
            return True
        waiting += tree.children[i]
    return False


def is_joined_clause(tree: Tree, first: int, second: int) -> bool:
    """Whether `and` joins to a verb another one that has a subject of its own."""
    is_joined = tree.deps[second] == "conj" and tree.heads[second] == first
    return is_joined and bool(dependents(tree, second, SUBJECTS))


def with_shared_target(act: Act, tree: Tree, acts: list[Act]) -> Act:
    """What is denied and what is done instead share a target: `gave no arms but sent food to X`.

    So do an answer and the charge that comes with it: `rejected the charge and accused X of lying`.
    """
    if act.mode == "third-party" and not any(tree.pos[noun] == "PROPN" for noun in act.patients):
        return act._replace(patients=(*act.patients, *mediated(act, acts)))
    is_answer = rejects_known_charge(tree, act)
    if act.status != "negated" and not is_answer:
        return act
    others = [
        other for other in acts if tree.heads[other.verb] == act.verb and tree.deps[other.verb] == "conj"
    ]
    if is_answer:
        others = [other for other in others if QUADS[other.root] == 3]
    return act._replace(patients=(*act.patients, *(noun for other in others for noun in other.patients)))


def mediated(act: Act, acts: list[Act]) -> list[int]:
    """The X and Y of `X and Y held talks, which Z mediated`."""
    meetings = (other for other in acts if other.root == "CONSULT" and other.trigger != act.trigger)
    return [noun for other in meetings if other.mode != act.mode for noun in other.agents]


def rejects_known_charge(tree: Tree, act: Act) -> bool:
    """Whether it rejects a charge that was reported before: `rejected the claim`, `a charge X denies`."""
    if act.root != "REJECT" or act.status not in ACT_STATUSES:
        return False
    above = tree.heads[act.verb]
    if tree.deps[act.verb] == "relcl" and tree.lemmas[above] in CLAIMS:
        return True
    things = logical_objects(tree, act.verb)
    if tree.lemmas[act.verb] == "deny" and any(tree.lemmas[noun] in DENIED for noun in things):
        return True  # India blamed Pakistan. Pakistan denied any role.
    return any(tree.lemmas[noun] in CLAIMS and is_known(tree, noun, act.verb) for noun in things)


def is_known(tree: Tree, noun: int, verb: int) -> bool:
    """`the charge`, `this claim`, or a noun before its verb."""
    return noun < verb or any(tree.words[i].lower() in DEFINITE for i in tree.children[noun])
