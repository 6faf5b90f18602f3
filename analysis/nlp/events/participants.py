"""Which named actors an act is done by and done to, and which pairs of actors an act may have."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from analysis.nlp.actors.gazetteer import find_places, first_words, leaders, match_at
from analysis.nlp.actors.page import DASHES, Mention
from analysis.nlp.actors.state_organs import is_body
from analysis.nlp.events.act import Act
from analysis.nlp.events.act_agents import speakers_above
from analysis.nlp.events.act_targets import AIMS, is_after
from analysis.nlp.events.lexicon import noun_rules
from analysis.nlp.events.nouns import classes_of, is_border, is_in_state, noun_rule
from analysis.nlp.events.predicates import DEPTH
from analysis.nlp.events.representation import POSSESSIVE_PRONOUNS, represented
from analysis.nlp.events.sponsors import GROUP, Actors
from analysis.nlp.parse.arguments import logical_subjects, passive_subjects, subjects_of_verb_above
from analysis.nlp.parse.tree import (
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
    is_infinitive,
    nouns_after,
)
from analysis.nlp.parse.verb_status import verb_status
from analysis.nlp.parse.word_lists import agent_nouns, word_classes
from analysis.schemas import ACT_STATUSES, QUADS

VISIT = "visit"
AT_PLACE = frozenset((VISIT, "violence"))  # modes whose place is their target too: threats of force
PARTS_OF_WORLD = frozenset(("ATA", "bloc:europe", "bloc:the-west"))  # no government acts in their name
ANSWERING = frozenset(("respond", "retaliate", "react", "avenge", "reply"))
FOUGHT_FOR = frozenset(("for", "alongside", "beside", "against", "with", "together", "to"))
FORCE = frozenset(("ASSAULT", "MOBILIZE"))  # acts whose place is their target: strikes in Syria
GROUNDED = frozenset(("ASSAULT", "MOBILIZE", "COERCE", "AID", "SANCTION", "RETREAT"))
JUDGING = frozenset(("ACCUSE", "PROTEST", "SUPPORT"))  # of a deed, its doer is meant and not whom it struck
MEETINGS = frozenset(("CONSULT", "AGREE"))
SPOKEN = frozenset(("ACCUSE", "REQUEST", "THREATEN", "SUPPORT"))
TALKS = frozenset(("CONSULT", "REQUEST", "SUPPORT", "AGREE"))
MEETING_PREPOSITIONS = frozenset(("after", "during", "following", "in", "at", "before", "with", "for"))
SENDING = frozenset(("send", "deploy", "dispatch", "move", "mobilize", "mobilise", "station"))
OCCASIONS = frozenset(("in", "at", "during", "after", "following"))
PENALTIES = frozenset(("COERCE", "SANCTION"))
IN_EFFECT = frozenset(("effect", "force", "place"))
BELLIGERENT = frozenset(("declare", "order", "observe", "violate", "break"))
AND = frozenset(("and",))
PEOPLE = frozenset(
    ("him", "her", "them", "it", "me", "us", "those", "people", "anyone", "man", "woman", "person")
)
MIDST_WORDS = 8


def actor_pairs(
    tree: Tree, act: Act, actors: Actors, actors_and_places: Actors
) -> Iterator[tuple[Mention, Mention, float]]:
    """Who does an act to whom, and how sure the roles are.

    Args:
        tree: the parsed text.
        act: one act of it.
        actors: token -> the actor mentioned there.
        actors_and_places: the same, with cities and regions as their country, for force and visits.

    Yields:
        Source, target, and a factor for the probability; a mutual act gives both directions.
    """
    agents = doers(tree, act, actors)
    is_withdrawal = act.root == "RETREAT" and act.mode == "withdraw"
    is_at_place = act.root in FORCE or act.mode in AT_PLACE or is_withdrawal
    patients, share = targets(tree, act, actors_and_places if is_at_place else actors, agents)
    patients = [*patients, *ground_owners(tree, act, actors_and_places, patients)]
    is_joint = (is_agreement(tree, act) or is_fight(tree, act)) and not patients
    is_mutual = act.shape in ("mutual", "state") or is_joint
    if is_mutual and not patients and not is_with_others(tree, act) and len({m.actor_id for m in agents}) > 1:
        patients, share = agents, 1.0
    for source in agents:
        for target in patients:
            if source.actor_id == target.actor_id or not may_act(act, source, target):
                continue
            yield source, target, share
            # who will not cooperate rejects alone; a guest is received
            if (is_mutual or act.mode == VISIT) and act.root != "REJECT":
                yield target, source, share


def is_agreement(tree: Tree, act: Act) -> bool:
    """`X and Y agreed to resume flights`: with each other; but they may agree that it rains."""
    below = dependents(tree, act.verb, CLAUSAL_COMPLEMENTS)
    is_view = any(verb_status(tree, i) in ACT_STATUSES for i in below)
    return act.root == "AGREE" and "agreement" in act.rule.tags and not is_view


def is_fight(tree: Tree, act: Act) -> bool:
    """`X and Y fought near the river`: each other; but on one side, if they fought for or to do something."""
    below = tree.children[act.verb]
    is_aimed = any(tree.deps[i] in AIMS or tree.lemmas[i] in FOUGHT_FOR for i in below)
    return "fight" in act.rule.tags and not act.patients and not is_aimed


def is_with_others(tree: Tree, act: Act) -> bool:
    """`X and Y held talks with rebels`, `X and Y met the bishop`: not X with Y."""
    others = [noun for noun in act.patients if tree.pos[noun] != "ADJ"]  # with the latest in Rome
    return any(is_after(tree, noun, "with") or is_person(tree, noun) for noun in others)


def is_person(tree: Tree, noun: int) -> bool:
    """`them`, `the players`, a name: not the `talks` or the `deal` of an act."""
    if tree.pos[noun] not in ("NOUN", "PROPN", "PRON") or noun_rule(tree, noun) or is_border(tree, noun):
        return False
    is_met = tree.lemmas[tree.heads[noun]] == "meet" and tree.deps[noun] in OBJECTS
    is_named = is_met or tree.lemmas[noun] in agent_nouns() or tree.words[noun].lower() in PEOPLE
    return is_named or "official" in classes_of(tree, noun) or is_after(tree, noun, "to")


# Which pairs an act may have


def may_act(act: Act, source: Mention, target: Mention) -> bool:
    """Not within one side or one name, nor going home or leaving a body, nor telling a paper something."""
    sides = (source, target)
    is_press = act.root in TALKS and any(is_outlet(mention) for mention in sides)
    is_event = any(is_occasion(mention) for mention in sides)
    is_in_name = any(mention.start <= act.trigger < mention.end for mention in sides)
    is_person = source.kind == "person" and source.country_code is None
    is_home = is_person and "homecoming" in act.rule.tags
    is_exit = act.root == "RETREAT" and act.mode == "withdraw" and target.kind in ("organisation", "bloc")
    is_vague = any(mention.actor_id in PARTS_OF_WORLD for mention in sides)
    is_one_side = is_own(source, target) or is_own(target, source)
    is_at_home = any(is_unplaced_organ(mention) for mention in sides)
    return not (
        is_one_side or is_at_home or is_press or is_event or is_in_name or is_home or is_exit or is_vague
    )


def is_unplaced_organ(mention: Mention) -> bool:
    """A court or a council of which the text does not say whose: mostly of the other side's country."""
    is_open = mention.kind == "organisation" and mention.country_code is None
    return is_open and mention.actor_id not in listed_ids() and is_body(mention.name.lower().split()[-1])


@cache
def listed_ids() -> frozenset[str]:
    """Actors of the lists: the International Criminal Court, the African Union."""
    return frozenset(entry.actor_id for names in first_words().values() for _, entry in names)


def is_outlet(mention: Mention) -> bool:
    """The `Post` and `News` in which somebody speaks."""
    words = mention.name.lower().split()
    return mention.kind == "organisation" and words[-1] in word_classes()["outlet"]


def is_occasion(mention: Mention) -> bool:
    """A conference or a forum is held; it does nothing."""
    rule = noun_rules().get(mention.name.lower().split()[-1])
    return mention.kind == "organisation" and rule is not None and rule.root == "CONSULT"


def is_opposed(mention: Mention) -> bool:
    """Whether a person speaks against their government, or for nobody in it: an opposition leader."""
    role, listed = mention.role or "leader", leaders().get(mention.name)
    role = listed.role if role == "leader" and listed and listed.role else role
    words = re.split(r"[\s-]+", role.lower())
    return mention.kind == "person" and not word_classes()["opposed"].isdisjoint(words)


def country_against(mention: Mention, other: Mention) -> str | None:
    """The country whose deed an actor's deed is: none, where its opposition acts or is met.

    Nor does an armed group stand for the country that it fights: the war of Sudan and the RSF.
    """
    is_rebel = mention.kind == GROUP and mention.country_code == other.country_code
    return None if is_rebel or is_opposed(mention) else mention.country_code


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


def place_owners(tree: Tree) -> dict[int, Mention]:
    """Words of cities and regions -> their country."""
    return {
        i: Mention(m.start, m.end, *m.entry[:4], None, None, False)
        for m in find_places(tree.words)
        for i in range(m.start, m.end)
    }


# By whom


def doers(tree: Tree, act: Act, actors: Actors) -> list[Mention]:
    """The named actors that do it."""
    is_gift = act.shape == "reverse" and act.root == "AID"  # received US-made jets
    role = "given" if is_gift else "doer"
    found = [mention for noun in act.agents for mention in represented(tree, noun, actors, role)]
    if not found and act.trigger == act.verb and tree.pos[act.trigger] in NOMINAL:
        above = [n for noun in doers_above(tree, act, actors) for n in coordinated(tree, noun)]
        found = [mention for noun in above for mention in represented(tree, noun, actors, "doer")]
    if not found and act.rule.subject_class == "meeting":  # X said that talks with Y had failed
        found = [
            m for noun in speakers_above(tree, act.verb) for m in represented(tree, noun, actors, "doer")
        ]
    if not found and act.root in PENALTIES and act.mode == "restrict":
        found = [m for noun in who_decrees(tree, act) for m in represented(tree, noun, actors, "doer")]
    links = DASHES | AND if act.shape in ("mutual", "state") else AND
    found += [actors[m.start - 2] for m in found if is_second_of_pair(tree, m, actors, links)]
    return list(dict.fromkeys(found))


def who_decrees(tree: Tree, act: Act) -> list[int]:
    """`X says that the tariff on Y is in effect`: X's tariff, if nobody else's is named."""
    verb = tree.heads[act.trigger]
    states = [*nouns_after(tree, verb, "in", "into"), *dependents(tree, verb, OBJECTS)]
    is_in_effect = any(tree.lemmas[noun] in IN_EFFECT for noun in states)
    is_subject = tree.deps[act.trigger] in SUBJECTS and is_in_effect
    return speakers_above(tree, verb) if is_subject else []


def is_second_of_pair(tree: Tree, mention: Mention, actors: Actors, links: frozenset[str]) -> bool:
    """The second of `the U.S.-China talks`, or of `President Moe and President Doe` read as one name."""
    before = mention.start - 2
    if before not in actors or tree.words[before + 1].lower() not in links:
        return False
    span = range(mention.start, mention.end)
    return before not in span and any(i in span for i in list(ancestors(tree, before))[:DEPTH])


def doers_above(tree: Tree, act: Act, actors: Actors) -> list[int]:
    """Who an act without owner belongs to: `after talks with X, Y said`; `Y, in the throes of war in X`."""
    noun = act.trigger
    is_clausal = tree.words[tree.heads[noun]].lower() in MEETING_PREPOSITIONS
    if act.root in MEETINGS and tree.deps[noun] == "pobj" and is_clausal and act.patients:
        return callers(tree, noun, actors)
    if (act.root in MEETINGS or act.shape == "mutual") and is_in_state(tree, noun):
        return subjects_of_verb_above(tree, tree.heads[noun], 0)
    if act.root in MEETINGS and tree.deps[noun] == "pobj" and tree.lemmas[tree.heads[noun]] in OCCASIONS:
        # X and Y spoke in a phone call
        above = [n for i in subjects_of_verb_above(tree, tree.heads[noun], 0) for n in coordinated(tree, i)]
        sides = {m.actor_id for n in above for m in represented(tree, n, actors, "doer")}
        return above if len(sides) > 1 else []
    if act.root == "CONSULT" and tree.deps[noun] == "attr" and act.patients:
        return speakers_above(tree, tree.heads[noun])  # X said there had been talks with Y
    is_clash = act.shape == "mutual" and act.root == "ASSAULT" and not act.patients
    if is_clash and (fallen := fallen_on_both_sides(tree, noun, actors)):
        return fallen
    if act.mode == VISIT and tree.deps[noun] == "dobj":  # X's trip will include a visit to Y
        trips = logical_subjects(tree, tree.heads[noun])
        return [n for trip in trips if is_visit(tree, trip) for n in dependents(tree, trip, POSSESSORS)]
    if act.root == "SUPPORT" and tree.deps[noun] == "pobj" and tree.lemmas[tree.heads[noun]] == "in":
        above = tree.heads[tree.heads[noun]]  # X fired rockets in support of Y; troops sent there are aid
        is_aid = tree.lemmas[above] in SENDING
        return [] if is_aid else logical_subjects(tree, above) or passive_subjects(tree, above)
    words = word_classes()["midst"]
    midst = next((i for i in ancestors(tree, noun) if tree.lemmas[i] in words), None)
    if midst is not None:
        return [i for i in range(midst, max(midst - MIDST_WORDS, -1), -1) if i in actors][:1]
    if act.shape == "mutual" and QUADS[act.root] == 4:
        return partner_above(tree, noun, actors)
    return []


def callers(tree: Tree, noun: int, actors: Actors) -> list[int]:
    """Who met before something was done, or said to be done: `X said aid would come after a call with Y`."""
    prep = tree.heads[noun]
    above = tree.heads[prep] if tree.pos[prep] == "VERB" else prep  # following, which looks like a verb
    above = asking_verb(tree, above)
    own = subjects_of_verb_above(tree, above, 0)
    if any(represented(tree, n, actors, "doer") for i in own for n in coordinated(tree, i)):
        return own
    clause = next((i for i in (above, *ancestors(tree, above)) if tree.pos[i] in VERBAL), noun)
    return speakers_above(tree, clause) or leaders_of_party(tree, clause) or own


def leaders_of_party(tree: Tree, clause: int) -> list[int]:
    """Who goes: `X leads a delegation that includes Y for talks with Z`."""
    thing = tree.heads[clause]
    verb = tree.heads[thing]
    is_of_object = tree.deps[clause] == "relcl" and tree.deps[thing] in OBJECTS and tree.pos[verb] in VERBAL
    return logical_subjects(tree, verb) if is_of_object else []


def asking_verb(tree: Tree, i: int) -> int:
    """The `urged` of `X urged Y to wait at talks with Z`: X is at the talks; any other word is itself."""
    verb = next((k for k in (i, *ancestors(tree, i)) if tree.pos[k] in VERBAL), i)
    is_asked = tree.deps[verb] in ("xcomp", "ccomp") and is_infinitive(tree, verb)
    return tree.heads[verb] if is_asked else i


def fallen_on_both_sides(tree: Tree, noun: int, actors: Actors) -> list[int]:
    """The soldiers of X and of Y that were killed in a clash: with each other."""
    prep = tree.heads[noun]
    if tree.deps[noun] != "pobj" or tree.lemmas[prep] not in OCCASIONS:
        return []
    verb = tree.heads[prep]
    hurt = passive_subjects(tree, verb) or logical_subjects(tree, verb)
    fallen = [n for i in hurt for n in coordinated(tree, i)]
    sides = {m.country_code or m.actor_id for n in fallen for m in represented(tree, n, actors, "doer")}
    return fallen if len(sides) > 1 else []


def is_visit(tree: Tree, noun: int) -> bool:
    """A trip, a tour, a visit."""
    rule = noun_rule(tree, noun)
    return rule is not None and rule.mode == VISIT


def partner_above(tree: Tree, noun: int, actors: Actors) -> list[int]:
    """The Y of `use ties with Y to calm its clashes with X`."""
    things = [thing for i in ancestors(tree, noun) for thing in dependents(tree, i, OBJECTS)]
    partners = [n for thing in things for n in nouns_after(tree, thing, "with")]
    return [n for n in partners if n in actors][:1]


# To whom


def targets(tree: Tree, act: Act, actors: Actors, agents: Sequence[Mention]) -> tuple[list[Mention], float]:
    """The named actors it is done to, and a factor for the probability.

    The first noun that names somebody other than the agents decides, with what `and` joins to it. Where an
    armed group strikes from is not whom it strikes: attacks by Hezbollah in Lebanon.
    """
    role = target_role(act)
    grounds = {mention.country_code for mention in agents if mention.kind == GROUP}
    places = act.places if act.root in FORCE or is_truce_declared(act) else ()
    aims = act.purposes if act.root in ("AID", "MOBILIZE") else ()
    for nouns, share in ((act.patients, 1.0), (places, 0.8), (aims, 0.8)):
        for noun in nouns:
            found = others_at(tree, act, noun, actors, agents)
            if grounds:
                own = [] if nouns is places else represented(tree, noun, actors, "asked")
                found = [m for m in found if m.country_code not in grounds or m in own]
            if found:
                first = first_conjunct(tree, noun)
                joined = [n for n in nouns if n != noun and first_conjunct(tree, n) == first]
                found += [m for n in joined for m in represented(tree, n, actors, role)]
                return list(dict.fromkeys(found)), share if noun in actors else 0.85 * share
            if act.root in SPOKEN and is_agent_or_unnamed(tree, noun, actors, role):
                return [], 0.0  # accused the group of helping X: X is not accused
    return [], 0.0


def is_truce_declared(act: Act) -> bool:
    """`X declares a ceasefire in Y`: who fights there declares it, while a mediator announces one."""
    return act.mode == "ceasefire" and bool(act.rule.words & BELLIGERENT)


def ground_owners(tree: Tree, act: Act, actors: Actors, patients: Sequence[Mention]) -> list[Mention]:
    """The country in which another country's armed group is struck: X's strike on Hamas in Qatar.

    A group without a country, such as the Islamic State, is mostly fought by its host too.
    """
    is_on_groups = bool(patients) and all(
        mention.kind == GROUP and mention.country_code for mention in patients
    )
    if act.root != "ASSAULT" or act.shape == "mutual" or not is_on_groups:
        return []
    nouns = [*act.places, *(n for noun in act.patients for n in nouns_after(tree, noun, "in", "at"))]
    found = [m for n in nouns if not is_border(tree, n) for m in represented(tree, n, actors, "hit")]
    own = {mention.country_code for mention in patients}
    return list(dict.fromkeys(m for m in found if m.kind == "country" and m.country_code not in own))


def target_role(act: Act) -> str:
    """Role of the noun that an act is done to, see `representation.ROLE_PREPOSITIONS`."""
    if "welcome" in act.rule.tags or (act.root == "CONSULT" and act.mode != "visit"):
        return "met"
    if act.root == "MOBILIZE" or (act.root == "RETREAT" and act.mode == "withdraw"):
        return "massed at"
    if act.rule.object_class == "attack" and not act.rule.words.isdisjoint(ANSWERING):
        return "judged"  # will respond to the killing of X: not against X
    return "hit" if act.root in GROUNDED else "judged" if act.root in JUDGING else "asked"


def others_at(tree: Tree, act: Act, noun: int, actors: Actors, agents: Sequence[Mention]) -> list[Mention]:
    """Whom a noun of an act stands for, if not only those who do it and their own country."""
    known = {mention.actor_id for mention in agents}
    found = represented(tree, noun, actors, target_role(act))
    if all(m.actor_id in known for m in found) and tree.pos[act.verb] in VERBAL and QUADS[act.root] == 4:
        found = [m for m in opponents_by_pronoun(tree, noun, actors) if m.actor_id not in known]
    others = (m for m in found if m.actor_id not in known)
    return found if any(not is_of_one_side(m, agents) for m in others) else []


def is_of_one_side(mention: Mention, agents: Sequence[Mention]) -> bool:
    """The agents' own country or body: Blinken flew from the US to X."""
    return bool(agents) and all(is_own(mention, agent) or is_own(agent, mention) for agent in agents)


def opponents_by_pronoun(tree: Tree, noun: int, actors: Actors) -> list[Mention]:
    """Whose posts they are in `X said Y had attacked its posts`: nobody attacks their own."""
    pronouns = [i for i in dependents(tree, noun, POSSESSORS) if tree.words[i].lower() in POSSESSIVE_PRONOUNS]
    if not pronouns or tree.words[pronouns[0] + 1].lower() == "own":
        return []
    above = [n for i in ancestors(tree, noun) if tree.pos[i] in VERBAL for n in logical_subjects(tree, i)]
    return [mention for n in above for mention in represented(tree, n, actors, "doer")]


def is_agent_or_unnamed(tree: Tree, noun: int, actors: Actors, role: str) -> bool:
    """Somebody, though nobody new: an agent of the act, or a person or group that has no name."""
    return bool(represented(tree, noun, actors, role)) or is_unnamed_person(tree, noun)


def is_unnamed_person(tree: Tree, noun: int) -> bool:
    """`them`, `the man`, `officials`."""
    is_person = tree.words[noun].lower() in PEOPLE or tree.lemmas[noun] in agent_nouns()
    return is_person and tree.deps[noun] in OBJECTS


def first_conjunct(tree: Tree, noun: int) -> int:
    """The first of the nouns that `and` joins."""
    while tree.deps[noun] == "conj":
        noun = tree.heads[noun]
    return noun
