"""Which named actors the nouns of an act stand for: `Israeli forces`, `leaders of Japan`, `towns in Chad`."""

import re
from collections.abc import Iterator, Sequence

from analysis.nlp.actors.gazetteer import find_places, leaders, match_at
from analysis.nlp.actors.page import DASHES, Mention
from analysis.nlp.events.acts import Act, clause_subjects, is_behind
from analysis.nlp.events.lexicon import Rule, noun_rules
from analysis.nlp.events.predicates import DEPTH, MODIFIERS, is_edge_noun, noun_rule
from analysis.nlp.events.sponsors import GROUP, unnamed_groups
from analysis.nlp.parse.arguments import logical_objects, logical_subjects
from analysis.nlp.parse.tree import (
    APPOSITIONS,
    CLAUSAL_COMPLEMENTS,
    NOMINAL,
    OBJECTS,
    POSSESSORS,
    SUBJECTS,
    VERBAL,
    Tree,
    ancestors,
    coordinated,
    dependents,
    nouns_after,
)
from analysis.nlp.parse.verb_status import verb_status
from analysis.nlp.parse.word_classes import agent_nouns, word_classes
from analysis.schemas import ACT_STATUSES, QUADS

FORCE = frozenset(("ASSAULT", "MOBILIZE"))  # acts whose place is their target: strikes in Syria
GROUNDED = frozenset(("ASSAULT", "MOBILIZE", "COERCE", "AID", "SANCTION", "RETREAT"))
OWNING_LINKS = frozenset(("of", "by", "from"))
PLACE_LINKS = frozenset(("in", "at", "across", "near", "inside", "throughout", "along"))
LINKS = {
    "doer": OWNING_LINKS,
    "asked": OWNING_LINKS,  # a deal in X is not with X
    "judged": OWNING_LINKS,
    "met": OWNING_LINKS,
    "hit": OWNING_LINKS | PLACE_LINKS,
    "massed at": OWNING_LINKS | PLACE_LINKS,
}
"""Role -> prepositions behind a noun that lead to whose it is."""
STRICT = frozenset(("doer", "met"))
JUDGING = frozenset(("ACCUSE", "PROTEST", "SUPPORT"))  # of a deed, its doer is meant and not whom it struck
MEETING_PREPOSITIONS = frozenset(("after", "during", "following", "in", "at", "before", "with", "for"))
OWNED = frozenset(("owned", "flagged", "operated"))
DOER_PREFIXES = frozenset(("led", "launched", "fired"))
TALKS = frozenset(("CONSULT", "REQUEST", "SUPPORT", "AGREE"))
AND = frozenset(("and",))
POSSESSIVES = frozenset(("its", "their", "his", "her"))
OBJECTIVES = frozenset(("it", "them", "him", "her"))
AIMED = frozenset(("with", "on", "against", "from", "to"))
MEETINGS = frozenset(("CONSULT", "AGREE"))
SPOKEN = frozenset(("ACCUSE", "REQUEST", "THREATEN", "SUPPORT"))
PEOPLE = frozenset(
    ("him", "her", "them", "it", "me", "us", "those", "people", "anyone", "man", "woman", "person")
)
AGAINST = frozenset(("pro", "anti", "non", "ex"))
AIRBORNE = frozenset(("intercept", "scramble", "shadow", "escort", "buzz", "strafe", "fly"))
MIDST_WORDS = 8


def actor_pairs(
    tree: Tree, act: Act, owner: dict[int, Mention], scenes: dict[int, Mention]
) -> Iterator[tuple[Mention, Mention, float]]:
    """Who does an act to whom, and how sure the roles are.

    Args:
        tree: the parsed text.
        act: one act of it.
        owner: token -> actor named there.
        scenes: the same, with cities and regions as their country; only force is done to them.

    Yields:
        Source, target, and a factor for the probability; a mutual act gives both directions.
    """
    agents = doers(tree, act, owner)
    patients, share = undergoing(tree, act, scenes if act.root in FORCE else owner, agents)
    is_mutual = act.shape in ("mutual", "state") or (is_agreement(tree, act) and not patients)
    if is_mutual and not patients and not is_with_others(tree, act) and len({m.actor_id for m in agents}) > 1:
        patients, share = agents, 1.0
    for source in agents:
        for target in patients:
            if source.actor_id == target.actor_id or not may_act(act, source, target):
                continue
            yield source, target, share
            if is_mutual and act.root != "REJECT":  # who will not cooperate rejects alone
                yield target, source, share


def is_agreement(tree: Tree, act: Act) -> bool:
    """`X and Y agreed to resume flights`: with each other; but they may agree that it rains."""
    is_view = any(
        verb_status(tree, i) in ACT_STATUSES for i in dependents(tree, act.verb, CLAUSAL_COMPLEMENTS)
    )
    return act.root == "AGREE" and "agreement" in act.rule.tags and not is_view


def is_with_others(tree: Tree, act: Act) -> bool:
    """`X and Y held talks with rebels`: not X with Y."""
    return any(is_behind(tree, noun, "with") for noun in act.patients)


def may_act(act: Act, source: Mention, target: Mention) -> bool:
    """Not within one side or a name, going home or leaving a body, nor telling a paper something."""
    sides = (source, target)
    is_press = act.root in TALKS and any(is_outlet(mention) for mention in sides)
    is_event = any(is_occasion(mention) for mention in sides)
    is_in_name = any(mention.start <= act.trigger < mention.end for mention in sides)
    is_home = "homecoming" in act.rule.tags and source.kind == "person" and source.country_code is None
    is_exit = act.root == "RETREAT" and act.mode == "withdraw" and target.kind in ("organisation", "bloc")
    is_one_side = is_own(source, target) or is_own(target, source)
    return not (is_one_side or is_press or is_event or is_in_name or is_home or is_exit)


def is_outlet(mention: Mention) -> bool:
    """The `Post` and `News` in which somebody speaks."""
    words = mention.name.lower().split()
    return mention.kind == "organisation" and words[-1] in word_classes()["outlet"]


def is_occasion(mention: Mention) -> bool:
    """A conference or a forum is held; it does nothing."""
    rule = noun_rules().get(mention.name.lower().split()[-1])
    return mention.kind == "organisation" and rule is not None and rule.root == "CONSULT"


def is_opposed(mention: Mention) -> bool:
    """Whether a person speaks against his country's government, or for nobody in it: an opposition leader."""
    role, listed = mention.role or "leader", leaders().get(mention.name)
    role = listed.role if role == "leader" and listed and listed.role else role
    words = re.split(r"[\s-]+", role.lower())
    return mention.kind == "person" and not word_classes()["opposed"].isdisjoint(words)


def stands_for(mention: Mention) -> str | None:
    """The country whose deed an actor's deed is: none, where its opposition acts or is met."""
    return None if is_opposed(mention) else mention.country_code


def is_own(source: Mention, target: Mention) -> bool:
    """A country and its own officer or body are one side; so are NATO and its secretary general."""
    if serves(source, target):
        return True
    kinds = {source.kind, target.kind}
    is_same = source.country_code is not None and source.country_code == target.country_code
    return is_same and "country" in kinds and bool(kinds & {"person", "organisation"})


def serves(person: Mention, body: Mention) -> bool:
    """By affiliation, or by a role that begins with the body's name: `EU foreign policy chief`."""
    employer = match_at(person.role.split(), 0) if person.role and person.kind == "person" else None
    is_named = employer is not None and employer[1].actor_id == body.actor_id
    return is_named or (person.affiliation is not None and person.affiliation == body.name)


def scene_owners(tree: Tree) -> dict[int, Mention]:
    """Words of cities and regions -> their country."""
    return {
        i: Mention(m.start, m.end, *m.entry[:4], None, None, False)
        for m in find_places(tree.words)
        for i in range(m.start, m.end)
    }


def doers(tree: Tree, act: Act, owner: dict[int, Mention]) -> list[Mention]:
    """The named actors that do it."""
    found = [mention for noun in act.agents for mention in named(tree, noun, owner, "doer")]
    if not found and act.trigger == act.verb and tree.pos[act.trigger] in NOMINAL:
        found = [m for noun in doers_above(tree, act, owner) for m in named(tree, noun, owner, "doer")]
    links = DASHES | AND if act.shape in ("mutual", "state") else AND
    found += [owner[m.start - 2] for m in found if is_pair(tree, m, owner, links)]
    return list(dict.fromkeys(found))


def is_pair(tree: Tree, mention: Mention, owner: dict[int, Mention], links: frozenset[str]) -> bool:
    """The second of `the U.S.-China talks`, or of `President Moe and President Doe` read as one name."""
    before = mention.start - 2
    if before not in owner or tree.words[before + 1].lower() not in links:
        return False
    span = range(mention.start, mention.end)
    return before not in span and any(i in span for i in list(ancestors(tree, before))[:DEPTH])


def doers_above(tree: Tree, act: Act, owner: dict[int, Mention]) -> list[int]:
    """Who an act without owner belongs to: `after talks with X, Y said`; `Y, in the throes of war in X`."""
    is_clausal = tree.lemmas[tree.heads[act.trigger]] in MEETING_PREPOSITIONS
    if act.root in MEETINGS and tree.deps[act.trigger] == "pobj" and is_clausal and act.patients:
        return clause_subjects(tree, act.trigger)
    words = word_classes()["midst"]
    midst = next((i for i in ancestors(tree, act.trigger) if tree.lemmas[i] in words), None)
    if midst is not None:
        return [i for i in range(midst, max(midst - MIDST_WORDS, -1), -1) if i in owner][:1]
    if act.shape == "mutual" and QUADS[act.root] == 4:  # use ties with Y to calm its clashes with X
        things = [noun for i in ancestors(tree, act.trigger) for noun in dependents(tree, i, OBJECTS)]
        partners = [n for noun in things for n in nouns_after(tree, noun, "with")]
        return [noun for noun in partners if noun in owner][:1]
    return []


def undergoing(
    tree: Tree, act: Act, owner: dict[int, Mention], agents: Sequence[Mention]
) -> tuple[list[Mention], float]:
    """The named actors it is done to: the first noun that names one, and what is joined to it by `and`."""
    actors = {mention.actor_id for mention in agents}
    role = "hit" if act.root in GROUNDED else "judged" if act.root in JUDGING else "asked"
    is_welcome = "welcome" in act.rule.tags
    is_moved = act.root == "MOBILIZE" or (act.root == "RETREAT" and act.mode == "withdraw")
    role = "massed at" if is_moved else role
    if is_welcome or (act.root == "CONSULT" and act.mode != "visit"):
        role = "met"
    places = act.places if act.root in FORCE else ()
    aims = act.purposes if act.root == "AID" else ()
    for nouns, share in ((act.patients, 1.0), (places, 0.8), (aims, 0.8)):
        for noun in nouns:
            found = named(tree, noun, owner, role)
            is_other = any(mention.actor_id not in actors for mention in found)
            if not is_other and tree.pos[act.verb] in VERBAL and QUADS[act.root] == 4:
                found = [m for m in of_others(tree, noun, owner) if m.actor_id not in actors] or found
                is_other = any(mention.actor_id not in actors for mention in found)
            if not is_other and act.root in SPOKEN and (found or is_somebody(tree, noun)):
                return [], 0.0  # accused the group of helping X: not X is accused
            if is_other:
                joined = [n for n in nouns if n != noun and first_joined(tree, n) == first_joined(tree, noun)]
                found += [m for n in joined for m in named(tree, n, owner, role)]
                return list(dict.fromkeys(found)), share if noun in owner else 0.85 * share
    return [], 0.0


def of_others(tree: Tree, noun: int, owner: dict[int, Mention]) -> list[Mention]:
    """Whose posts they are in `X said Y had attacked its posts`: nobody attacks his own."""
    marks = [i for i in dependents(tree, noun, POSSESSORS) if tree.words[i].lower() in POSSESSIVES]
    if not marks or tree.words[marks[0] + 1].lower() == "own":
        return []
    above = [n for i in ancestors(tree, noun) if tree.pos[i] in VERBAL for n in logical_subjects(tree, i)]
    return [mention for n in above for mention in named(tree, n, owner, "doer")]


def is_somebody(tree: Tree, noun: int) -> bool:
    """A person or group that the rules cannot name."""
    is_person = tree.words[noun].lower() in PEOPLE or tree.lemmas[noun] in agent_nouns()
    return is_person and tree.deps[noun] in OBJECTS


def first_joined(tree: Tree, noun: int) -> int:
    while tree.deps[noun] == "conj":
        noun = tree.heads[noun]
    return noun


def named(tree: Tree, noun: int, owner: dict[int, Mention], role: str, depth: int = 0) -> list[Mention]:
    """Actors that a noun stands for: itself, its apposition, or the country beside it (`Israeli forces`).

    To act or to be met, the noun must be one that acts for its country; else whatever is somebody's will do.
    """
    if noun in owner or depth > DEPTH:
        return [owner[noun]] if noun in owner and not is_cause(tree, noun) else []
    if tree.words[noun].lower() in OBJECTIVES and role != "doer":
        return whom(tree, noun, owner, depth)
    if tree.words[noun].lower() in POSSESSIVES:
        return whose(tree, noun, owner, depth)
    for other in dependents(tree, noun, APPOSITIONS):
        if other in owner:
            return [owner[m] for m in coordinated(tree, other) if m in owner]
    beyond = behind_edge(tree, noun, owner) if role == "massed at" else []
    if beyond:
        return beyond
    rule = noun_rule(tree, noun)
    if rule and rule.root and QUADS[rule.root] == 1 and role in STRICT:
        return []  # a visit does nothing; an air strike kills
    is_organ = tree.lemmas[noun] in agent_nouns() or rule is not None
    is_craft = is_aircraft(tree, noun)
    # to end X's war is not to end a war on X
    found = [] if is_shared(rule, role) else nearest_owners(tree, noun, owner, role)
    if not found and role == "doer" and is_organ:  # said its forces
        found = [
            m for i in dependents(tree, noun, POSSESSORS) for m in named(tree, i, owner, role, depth + 1)
        ]
    if tree.lemmas[noun] in word_classes()["rebel"] and not is_craft:
        return bands(tree, noun, owner, found)
    if is_no_organ(tree, noun, role):  # M23 rebel forces are M23
        return [mention for mention in found if mention.kind == GROUP]
    if found and (is_organ or is_craft or role not in STRICT):
        return found
    inner = nouns_inside(tree, noun, rule, role)
    return [mention for n in inner for mention in named(tree, n, owner, role, depth + 1)]


def is_shared(rule: Rule | None, role: str) -> bool:
    """An act of both sides, whose owner is not whom it is done to: X's war, its talks."""
    return rule is not None and rule.shape == "mutual" and role in ("hit", "massed at")


def bands(tree: Tree, noun: int, owner: dict[int, Mention], found: list[Mention]) -> list[Mention]:
    """The groups that rebels are of: Syrian rebels are not Syria, fighters of M23 are M23."""
    members = [n for inside in nouns_after(tree, noun, "of", "from") for n in coordinated(tree, inside)]
    found = [*found, *(owner[n] for n in members if n in owner)]
    listed = [mention for mention in found if mention.kind == GROUP]
    return listed or [group for group, _ in unnamed_groups(tree, noun, owner)]


def nouns_inside(tree: Tree, noun: int, rule: Rule | None, role: str) -> list[int]:
    """The nouns behind a noun that lead to whose it is: the Japan of `leaders of Japan`."""
    is_organ = tree.lemmas[noun] in agent_nouns() or rule is not None
    links = LINKS[role] if is_organ or role not in STRICT else frozenset(("by",))
    is_sent = tree.lemmas[noun] in word_classes()["delivery"] or (rule is not None and rule.root == "AID")
    if is_sent and role != "doer":
        links |= {"to"}  # cut the aid to X
    if is_shared(rule, role):
        links -= PLACE_LINKS
    if role == "judged" and is_done_to_of(tree, noun, rule):
        links -= {"of"}
    inside = nouns_after(tree, noun, *links)
    if role == "hit":  # killed at X's border: not X's people
        inside = [i for i in inside if not is_edge_noun(tree, i)]
    return [n for i in inside for n in coordinated(tree, i)]


def is_done_to_of(tree: Tree, noun: int, rule: Rule | None) -> bool:
    """`the bombing of X`, `the arrest of X by Y`: a hostile deed whose `of` leads to whom it struck."""
    is_hostile = rule is not None and rule.root in QUADS and QUADS[rule.root] == 4
    return is_hostile and (rule.shape == "object" or bool(nouns_after(tree, noun, "by")))


def behind_edge(tree: Tree, noun: int, owner: dict[int, Mention]) -> list[Mention]:
    """Whom troops face at `X's border with Y`."""
    if not is_edge_noun(tree, noun):
        return []
    sides = [n for inside in nouns_after(tree, noun, "with") for n in coordinated(tree, inside)]
    return [owner[side] for side in sides if side in owner]


def is_aircraft(tree: Tree, noun: int) -> bool:
    """The fighters that intercept jets, and those that are intercepted."""
    is_party = tree.deps[noun] in SUBJECTS | OBJECTS and tree.lemmas[tree.heads[noun]] in AIRBORNE
    return tree.lemmas[noun] == "fighter" and is_party


def is_no_organ(tree: Tree, noun: int, role: str) -> bool:
    """An opposition leader is not his country, nor does a former president act for it."""
    kinds = word_classes()
    words = {tree.lemmas[noun], *(tree.lemmas[i] for i in dependents(tree, noun, MODIFIERS))}
    words |= {tree.words[i].lower() for i in dependents(tree, noun, MODIFIERS)}
    return bool(words & kinds["opposed"]) or (role in STRICT and bool(words & kinds["out of office"]))


def whom(tree: Tree, pronoun: int, owner: dict[int, Mention], depth: int) -> list[Mention]:
    """Whom `it` means in `cut ties with X, accusing it of theft`: whom the clause above is aimed at."""
    verb = tree.heads[pronoun]
    if tree.deps[pronoun] not in OBJECTS or tree.deps[verb] != "advcl" or tree.tags[verb] != "VBG":
        return []
    main = tree.heads[verb]
    things = logical_objects(tree, main)
    aimed = [noun for i in (main, *things) for noun in nouns_after(tree, i, *AIMED)]
    found = (named(tree, n, owner, "asked", depth + 1) for n in (*things, *aimed) if n != pronoun)
    return next((mentions for mentions in found if mentions), [])


def whose(tree: Tree, pronoun: int, owner: dict[int, Mention], depth: int) -> list[Mention]:
    """Whom `its` means: the subject of the nearest clause above it, if nobody is named since."""
    above = list(ancestors(tree, pronoun))
    last = next((owner[i] for i in range(pronoun, tree.doc[pronoun].sent.start - 1, -1) if i in owner), None)
    for verb in above:
        for noun in logical_subjects(tree, verb) if tree.pos[verb] in VERBAL else ():
            found = named(tree, noun, owner, "doer", depth + 1) if noun not in above else []
            if found:
                return found if last in found or is_own_subject(tree, pronoun) else []
    return []


def is_own_subject(tree: Tree, pronoun: int) -> bool:
    """`X expelled Y's envoy, and its minister accused Y`: it is X's minister."""
    noun = tree.heads[pronoun]
    return tree.deps[noun] in SUBJECTS and tree.deps[tree.heads[noun]] == "conj"


def nearest_owners(tree: Tree, noun: int, owner: dict[int, Mention], role: str) -> list[Mention]:
    """Whose a noun is: both of `Russian and Chinese ships`, NATO alone in `European NATO countries`."""
    groups = [[owner[i] for i in words if i in owner] for words in beside(tree, noun)]
    groups = [[m for m in group if not is_backer(tree, m) or is_owner(tree, m, role)] for group in groups]
    return next((group for group in reversed(groups) if group), [])


def is_backer(tree: Tree, mention: Mention) -> bool:
    """The `Iran` of `Iran-backed militias`, which does not act; the `Saudi` of `Saudi-led forces` does."""
    after = [word.lower() for word in tree.words[mention.end : mention.end + 2]]
    is_joint = len(after) == 2 and after[0] in DASHES and after[1].endswith(("ed", "held", "born", "run"))
    return is_joint and after[1] not in DOER_PREFIXES


def is_owner(tree: Tree, mention: Mention, role: str) -> bool:
    """A `Greek-owned ship` that is sunk is a blow to Greece; it does nothing in its name."""
    return role == "hit" and tree.words[mention.end + 1].lower() in OWNED


def beside(tree: Tree, noun: int) -> list[list[int]]:
    """Words before a noun that may name its owner, a modifier each: `European`, not `US`, of `allies`."""
    is_friend = tree.lemmas[noun] in word_classes()["friend"]
    return [
        [i for i in modifier(tree, child) if not is_cause(tree, i)]
        for child in dependents(tree, noun, MODIFIERS)
        if not is_friend or tree.tags[child] == "JJ"
    ]


def is_cause(tree: Tree, i: int) -> bool:
    """The country of `pro-X protests`."""
    return i >= 2 and tree.words[i - 1] == "-" and tree.words[i - 2].lower() in AGAINST


def modifier(tree: Tree, child: int, depth: int = 0) -> list[int]:
    """Words of a modifier: both of `Russian and Chinese`, `Saudi` of `Saudi-led`, and what they bear."""
    joined = coordinated(tree, child)
    if tree.words[child].lower() in DOER_PREFIXES | OWNED:
        joined += tree.children[child]
    inner = dependents(tree, child, MODIFIERS) if depth < DEPTH else []
    return joined + [i for word in inner for i in modifier(tree, word, depth + 1)]
