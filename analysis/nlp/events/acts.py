"""What is done in a passage, by which words to which, and whether it is done: predicates with their clause.

*Will bomb* is a threat, *will help* a promise. Which actors the words stand for is not asked here; agents and
patients are token numbers.
"""

from analysis.nlp.events.act import Act
from analysis.nlp.events.act_agents import owners, pair_between, verb_agents
from analysis.nlp.events.act_targets import (
    aimed_at,
    is_after,
    nouns_led_to,
    purposes,
    verb_targets,
)
from analysis.nlp.events.beside import with_sides_beside
from analysis.nlp.events.composition import announced
from analysis.nlp.events.frames import Predicate
from analysis.nlp.events.lexicon import Rule
from analysis.nlp.events.nouns import is_in_state, noun_rule
from analysis.nlp.events.outcomes import is_asked_for, noun_status, outcome
from analysis.nlp.events.predicates import noun_predicate, threats_taken_back, verb_predicate
from analysis.nlp.events.tense import with_tense
from analysis.nlp.events.use_of_force import ALLY_PREPOSITIONS, host_countries, keeps_peace, with_use_of_force
from analysis.nlp.parse.arguments import logical_objects, logical_subjects
from analysis.nlp.parse.tree import (
    NOMINAL,
    NOUN_CLAUSES,
    POSSESSORS,
    VERBAL,
    Tree,
    coordinated,
    dependents,
    nouns_after,
    prepositional_phrases,
)
from analysis.nlp.parse.verb_status import verb_status
from analysis.nlp.parse.word_lists import agent_nouns, operators, word_classes
from analysis.schemas import QUADS

TESTED_ABOVE = ("over", "off", "near", "around")
RECIPROCAL = frozenset((("each", "other"), ("one", "another")))


def find_acts(tree: Tree, start: int, end: int) -> list[Act]:
    """Acts of the words from `start` to `end`, in order."""
    predicates = find_predicates(tree, start, end)
    used = {word for i, found in predicates.items() for word in found.words if word != i}
    acts = [taken_back(tree, verb_act(tree, i, found)) for i, found in predicates.items() if i not in used]
    for i in range(start, end):
        rule = noun_rule(tree, i) if tree.pos[i] in NOMINAL and i not in used else None
        if rule and ("part" not in rule.tags or is_in_state(tree, i)):
            acts.append(taken_back(tree, noun_act(tree, i, rule)))
    return sorted(with_sides_beside(tree, acts), key=lambda act: act.trigger)


def find_predicates(tree: Tree, start: int, end: int) -> dict[int, Predicate]:
    """Word -> what it says is done."""
    found = {}
    for i in range(start, end):
        if (tree.deps[i] == "amod" and tree.tags[i] in ("VBN", "VBD")) or is_of_occupation(tree, i):
            continue  # displaced people: nothing says who did it
        predicate = verb_predicate(tree, i) if tree.pos[i] in VERBAL else noun_predicate(tree, i)
        if predicate:
            found[i] = predicate
    return found


def is_of_occupation(tree: Tree, i: int) -> bool:
    """`in Gaza and occupied East Jerusalem`, where the parser sees a verb, or `occupying forces`."""
    if tree.words[i].lower() == "occupying":
        return tree.deps[i] in ("amod", "compound")
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
    near = who_obliged(tree, noun, rule) or near or who_was_helped(tree, noun, rule)
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


def who_was_helped(tree: Tree, noun: int, rule: Rule) -> list[int]:
    """Who did something with help: Y of `Y launched a satellite with the help of X`."""
    prep = tree.heads[noun]
    is_means = rule.root in ("AID", "SUPPORT") and tree.deps[noun] == "pobj" and tree.lemmas[prep] == "with"
    return (
        logical_subjects(tree, tree.heads[prep]) if is_means and tree.pos[tree.heads[prep]] == "VERB" else []
    )


def has_that(tree: Tree, clause: int) -> bool:
    return any(tree.words[i].lower() == "that" and tree.deps[i] == "mark" for i in tree.children[clause])


def noun_sides(tree: Tree, noun: int, rule: Rule) -> tuple[list[int], list[int]]:
    """Whose an act is, before the noun or after `by` and `of`, and who else stands before it."""
    prepositions = {"by"}
    if rule.shape != "object":
        prepositions |= {"of"} if rule.root == "RETREAT" else {"of", "from"}
    agents, others = owners(tree, noun)
    agents += who_is_behind(tree, noun) if QUADS[rule.root] == 4 else []
    phrases = prepositional_phrases(tree, noun)
    agents += [n for p, n in phrases if tree.lemmas[p] in prepositions or tree.deps[p] == "agent"]
    return [n for i in agents for n in coordinated(tree, i)], others


def who_is_behind(tree: Tree, noun: int) -> list[int]:
    """The X of `X was behind the attack`, `X was responsible for the attack`."""
    prep = tree.heads[noun]
    blamed = tree.heads[prep]
    if tree.lemmas[prep] == "for" and tree.lemmas[blamed] == "responsible":
        return logical_subjects(tree, tree.heads[blamed])
    is_behind = tree.lemmas[prep] == "behind" and tree.lemmas[blamed] == "be"
    return logical_subjects(tree, blamed) if is_behind else []


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
