"""Who does an act, as token numbers: subjects, owners, and the two sides of `talks between X and Y`."""

from analysis.nlp.events.frames import Predicate
from analysis.nlp.events.nouns import MODIFIERS, classes_of, noun_rule
from analysis.nlp.parse.arguments import (
    logical_objects,
    logical_subjects,
    passive_subjects,
    subjects_of_noun,
)
from analysis.nlp.parse.tree import (
    NOMINAL,
    PASSIVE_SUBJECTS,
    SUBJECTS,
    Tree,
    ancestors,
    coordinated,
    dependents,
    is_passive,
    is_saying_verb,
    is_time,
    nouns_after,
    prepositional_phrases,
)
from analysis.nlp.parse.verb_status import ANNOUNCING
from analysis.nlp.parse.word_lists import agent_nouns, word_classes

ASIDES = frozenset(("acl", "advcl"))
DECREED = frozenset(("COERCE", "SANCTION", "RETREAT", "AID", "SUPPORT", "AGREE", "REJECT"))
"""What a government decrees for itself; force that somebody announces is often another's."""
DOWNING = frozenset(("intercept", "shoot", "down"))
DETAINING = frozenset(("arrest", "detain", "jail", "imprison", "sentence", "convict"))


def verb_agents(tree: Tree, verb: int, predicate: Predicate) -> list[int]:
    """Who does it: the subject, also of `is expected to visit`, or the owner: `US tariffs imposed on X`."""
    agents = subjects_of_noun(tree, verb) if tree.pos[verb] in NOMINAL else logical_subjects(tree, verb)
    if not agents and is_passive(tree, verb):
        agents = unnamed_passive_agents(tree, verb, predicate)
    head = predicate.target_heads[0]
    if not agents and tree.pos[head] in NOMINAL:
        agents = dependents(tree, head, MODIFIERS)
    if agents:
        heads = (verb, *agents)
        together = (n for i in heads for prep, n in prepositional_phrases(tree, i) if is_together(tree, prep))
        agents = [*agents, *together, *joint_signers(tree, verb)]
    return [noun for i in agents for noun in coordinated(tree, i)]


def joint_signers(tree: Tree, verb: int) -> list[int]:
    """X and Y of `X issued a joint statement with Y`, also for what it does: `urging Z to leave`."""
    signers = statement_signers(tree, verb)
    if signers or tree.tags[verb] != "VBG" or tree.deps[verb] not in ASIDES:
        return signers
    main = next((i for i in ancestors(tree, verb) if tree.pos[i] == "VERB"), verb)
    before = [i for i in dependents(tree, main, ASIDES) if i < verb]  # came as X issued a statement
    issuing = next((i for i in (main, *before) if statement_signers(tree, i)), None)
    return [] if issuing is None else [*logical_subjects(tree, issuing), *statement_signers(tree, issuing)]


def statement_signers(tree: Tree, verb: int) -> list[int]:
    """The Y of `issued a joint statement with Y`."""
    things = [i for i in logical_objects(tree, verb) if tree.lemmas[i] in word_classes()["announcement"]]
    joint = [i for i in things if any(tree.lemmas[k] == "joint" for k in tree.children[i])]
    return [noun for thing in joint for noun in nouns_after(tree, thing, "with")]


def unnamed_passive_agents(tree: Tree, verb: int, predicate: Predicate) -> list[int]:
    """Who does what a passive without `by` says, where the rest of the clause shows it."""
    found: list[int] = []
    if predicate.rule.root in ("SANCTION", "RETREAT", "COERCE"):  # X's aid was cut, its ban lifted
        things = [i for i in predicate.target_heads if tree.pos[i] in NOMINAL and noun_rule(tree, i)]
        found = [i for thing in things for i in owners(tree, thing)[0]]
    if not found and tree.lemmas[verb] in DETAINING:  # held in X: X holds them
        found = [noun for noun in nouns_after(tree, verb, "in") if tree.pos[noun] == "PROPN"]
    is_aimed = "firing" in predicate.rule.tags and bool(
        nouns_after(tree, verb, "at", "on", "against", "toward")
    )
    if not found and (
        "sending" in predicate.rule.tags or is_aimed
    ):  # X's troops sent, its missiles fired at Y
        found = [noun for noun in passive_subjects(tree, verb) if tree.lemmas[noun] in agent_nouns()]
    if not found and tree.lemmas[verb] in DOWNING:  # X's missile was shot down over Y
        arms = [noun for noun in passive_subjects(tree, verb) if tree.lemmas[noun] in word_classes()["arms"]]
        found = nouns_after(tree, verb, "over") if arms else []
    is_held = predicate.rule.root == "CONSULT" and tree.pos[predicate.words[-1]] in NOMINAL
    if not found and is_held and tree.deps[verb] == "ccomp":
        found = speakers_above(tree, verb)  # X said contacts had been made with Y
    if not found and predicate.rule.root == "ACCUSE":  # the ambassador to X was summoned
        envoys = [i for i in passive_subjects(tree, verb) if "ambassador" in classes_of(tree, i)]
        found = [noun for i in envoys for noun in nouns_after(tree, i, "to", "in")]
    if not found and predicate.rule.mode == "release":  # were returned to X from Y
        found = [noun for noun in nouns_after(tree, verb, "from") if tree.pos[noun] == "PROPN"]
    if not found and predicate.rule.root in DECREED:
        found = who_announces(tree, verb)
    if not found and predicate.rule.operators:  # X is expected to visit
        found = passive_subjects(tree, verb)
    return found


def who_announces(tree: Tree, clause: int) -> list[int]:
    """`X announced that tariffs would be imposed on Y`: by X, where nobody else is named for it."""
    head = tree.heads[clause]
    is_announced = tree.deps[clause] == "ccomp" and tree.lemmas[head] in ANNOUNCING
    return logical_subjects(tree, head) if is_announced else []


def speakers_above(tree: Tree, clause: int) -> list[int]:
    """Who says a clause: the other side of talks of which it names one."""
    head = tree.heads[clause]
    return logical_subjects(tree, head) if is_saying_verb(tree, head) else []


def is_together(tree: Tree, prep: int) -> bool:
    """The `with` of `together with X`, who acts too."""
    return prep > 0 and tree.words[prep - 1].lower() in ("along", "together")


def pair_between(tree: Tree, heads: tuple[int, ...]) -> list[int]:
    """The two of `between A and B` below any of the words."""
    found = [noun for i in heads for noun in nouns_after(tree, i, "between", "among")]
    if not found and len(heads) == 1 and tree.deps[heads[0]] in SUBJECTS | PASSIVE_SUBJECTS:
        found = nouns_after(tree, tree.heads[heads[0]], "between")  # war broke out between X and Y
    return [noun for i in found for noun in coordinated(tree, i)]


def owners(tree: Tree, noun: int) -> tuple[list[int], list[int]]:
    """Whose an act is, and who else stands before it: X's Y tariffs are put on Y.

    A day owns nothing: yesterday's X strikes are X's.
    """
    before = dependents(tree, noun, MODIFIERS)
    is_owned = any(tree.words[i][0].isupper() for i in before)
    if tree.deps[noun] == "conj" and tree.pos[tree.heads[noun]] == "NOUN" and not is_owned:
        before += dependents(tree, tree.heads[noun], MODIFIERS)  # Russian missile and drone attacks
    possessors = [i for i in before if tree.deps[i] == "poss" and not is_time(tree, i)]
    if not possessors:
        return before, []
    return possessors, [i for i in before if tree.pos[i] == "PROPN" and i not in possessors]
