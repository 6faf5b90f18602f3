"""Sides that an act takes from the acts and the clause beside it.

*Gave no arms but sent food to X*: the denied act has the same target. *Y tested a missile, a move X
condemned*: what X thinks of the move is said of Y.
"""

from analysis.nlp.events.act import Act
from analysis.nlp.events.act_targets import PENALTIES
from analysis.nlp.parse.arguments import RELATIVES, logical_objects, logical_subjects
from analysis.nlp.parse.tree import SUBJECTS, VERBAL, Tree, ancestors, dependents, is_time
from analysis.nlp.parse.verb_status import CLAIMS
from analysis.nlp.parse.word_lists import word_classes
from analysis.schemas import ACT_STATUSES, QUADS

GIVING_WAY = frozenset(("release", "access", "withdraw"))
DENIED = frozenset(("it", "this", "role", "involvement", "responsibility", "wrongdoing", "complicity"))
ASKED = frozenset(("xcomp", "ccomp", "advcl"))  # what is asked for, below `urge`
MEANS = frozenset(("weapon", "warcraft", "money", "loan"))  # classes of what one asks for oneself
HELP = frozenset(("AID", "SUPPORT", "COOPERATE"))
JUDGING = (1, 3)  # quads of what is said of a deed
JUDGED_CLAUSES = frozenset(("relcl", "acl"))
ASIDES = frozenset((",", "-", "–", "—"))  # before `a move X condemned`
DEFINITE = frozenset(("the", "this", "that", "these", "those", "such", "both", "all"))


def with_sides_beside(tree: Tree, acts: list[Act]) -> list[Act]:
    """Acts of a sentence, with the sides that only the words beside them give."""
    acts = [with_asker(with_answer(act, tree, acts), tree, acts) for act in acts]
    acts = [with_doer_summed_up(with_helped_side(act, tree, acts), tree) for act in acts]
    return [with_shared_target(act, tree, acts) for act in acts]


def with_answer(act: Act, tree: Tree, acts: list[Act]) -> Act:
    """`X will free ten fishermen and Y will free nine`: each gives way to the other, unless one is named."""
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
