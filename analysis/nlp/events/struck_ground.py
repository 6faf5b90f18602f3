"""Whose ground is struck where a sentence names who strikes and where, and nobody who is struck.

`Five people were killed in Israeli airstrikes between the valley and Hermel, Lebanon`: the people have no
name and the place hangs on another word than the strike. Used only where the grammar of the act gives no
target, and only if one foreign country alone can be meant.
"""

from collections.abc import Sequence

from analysis.nlp.actors.page import DASHES, Mention
from analysis.nlp.events.act import Act
from analysis.nlp.events.event import CodedAct
from analysis.nlp.events.nouns import classes_of, is_border, noun_rule
from analysis.nlp.events.participants import doers, is_opposed
from analysis.nlp.events.representation import represented
from analysis.nlp.events.sponsors import GROUP, Actors
from analysis.nlp.parse.tree import VERBAL, Tree, ancestors
from analysis.nlp.parse.word_lists import word_classes
from analysis.schemas import ACT_STATUSES

FORCE = "ASSAULT"
GROUND_PREPOSITIONS = frozenset(
    ("in", "on", "at", "near", "over", "across", "between", "around", "inside", "outside", "throughout")
)
BESIDE_NAME = frozenset(("compound", "appos", "flat", "nmod", "conj", "npadvmod", "dobj", "pobj", "amod"))
ARMS_MODES = frozenset(("aerial", "drone", "heavy-weapons"))  # of force that armies use
STRIKES = frozenset(("strike", "attack", "hit", "bomb", "shell"))  # that may be by arms, as the agent tells
ARMED = frozenset(("force",))  # class of nouns
HELD = frozenset(("occupied", "controlled", "held", "annexed"))
STRUCK = 0.7  # how sure the owner of the ground is the one who is struck

Pair = tuple[Mention, Mention]


def strikes_on_ground(
    tree: Tree, acts: Sequence[Act], here: range, actors: Actors, with_places: Actors
) -> list[tuple[Act, Pair]]:
    """The acts of force of a sentence whose target only the place or the fallen tell, with both sides.

    Args:
        tree: the parsed text.
        acts: those of one sentence.
        here: its tokens.
        actors: token -> the actor named there.
        with_places: the same, with cities and regions as their country.
    """
    force = [act for act in acts if act.root == FORCE and act.status in ACT_STATUSES]
    armed = [act for act in force if is_by_arms(tree, act)]
    strikers = {act: own for act in armed if (own := states(doers(tree, act, actors)))}
    if len({mention.country_code for own in strikers.values() for mention in own}) == 1:
        (act, (striker, *_)), *_ = strikers.items()
        is_on_stateless = any(m.kind == GROUP and not m.country_code for m in struck(tree, act, actors))
        owner = None if is_on_stateless else ground_owner(tree, here, striker, actors, with_places)
        if owner:
            return [(act, (striker, owner))]
    return clashes(tree, force, here, actors)


def is_by_arms(tree: Tree, act: Act) -> bool:
    """Whether weapons of war are used, or soldiers: an air raid, people killed in a strike or by troops.

    A raid by police, a war that goes on, a fight beside an ally: no place in the sentence tells their target.
    """
    if act.shape == "mutual" or "fight" in act.rule.tags:
        return False
    is_deed = act.trigger == act.verb and tree.pos[act.verb] in VERBAL
    is_strike = act.mode in ARMS_MODES or any(tree.lemmas[i] in STRIKES for i in (act.trigger, *act.agents))
    return is_strike or (is_deed and any(is_armed(tree, noun) for noun in act.agents))


def is_armed(tree: Tree, noun: int) -> bool:
    """`airstrike`, `shelling`, `troops`."""
    rule = noun_rule(tree, noun)
    return (rule is not None and rule.mode in ARMS_MODES) or not ARMED.isdisjoint(classes_of(tree, noun))


def states(mentions: Sequence[Mention]) -> list[Mention]:
    """Those that act for a known country: not a person of its opposition."""
    return [one for one in mentions if one.country_code and not is_opposed(one)]


def ground_owner(
    tree: Tree, here: range, striker: Mention, actors: Actors, with_places: Actors
) -> Mention | None:
    """The one foreign country in which a sentence places what happens; None for none and for several.

    A country named as such decides over cities, whose names several countries share: `Tripoli, Lebanon`.
    """
    grounds = [i for i in here if i in with_places and is_ground(tree, i)]
    grounds = [i for i in grounds if not (i + 2 in actors and is_between_commas(tree, i + 2))]
    for known in (actors, with_places):
        found = {
            known[i].country_code: known[i] for i in grounds if i in known and known[i].kind == "country"
        }
        if known is actors and striker.country_code in found:
            return holder(tree, here, striker, actors)  # else an air force strikes at its own border
        foreign = [one for code, one in found.items() if code and code != striker.country_code]
        if foreign:
            return foreign[0] if len(foreign) == 1 else None
    return None


def holder(tree: Tree, here: range, striker: Mention, actors: Actors) -> Mention | None:
    """Who holds the striker's own ground: the X of `in X-occupied Arica`."""
    held = [i for i in here if tree.words[i].lower() in HELD and tree.words[i - 1] in DASHES]
    found = [actors[i - 2] for i in held if i - 2 in actors]
    return next((m for m in found if m.country_code and m.country_code != striker.country_code), None)


def is_ground(tree: Tree, i: int) -> bool:
    """Whether a name says where something happens: after `in`, beside such a name, or between commas."""
    head = tree.heads[i]
    is_attribute = tree.deps[i] == "compound" and tree.pos[head] == "NOUN"
    if tree.tags[i] == "JJ" or tree.deps[i] == "poss":
        is_place = tree.deps[i] == "amod" and tree.lemmas[head] in word_classes()["ground"]
        return is_place and tree.deps[head] in ("dobj", "pobj")  # storm a house in a Peruvian town
    if is_attribute and tree.lemmas[head] not in word_classes()["ground"]:
        return False  # in a U.S. airstrike
    if is_between_commas(tree, i):
        return True
    for above in (i, *ancestors(tree, i)):
        if tree.pos[above] == "ADP" and not is_of_place(tree, above):
            return tree.lemmas[above] in GROUND_PREPOSITIONS
        if tree.pos[above] != "ADP" and tree.deps[above] not in BESIDE_NAME:
            return False
    return False


def is_of_place(tree: Tree, prep: int) -> bool:
    """The `of` of `the port of X`."""
    kinds = word_classes()
    return tree.lemmas[prep] == "of" and tree.lemmas[tree.heads[prep]] in kinds["ground"] | kinds["place"]


def is_between_commas(tree: Tree, i: int) -> bool:
    """The country that closes an address: `in Ubon Ratchathani province, Thailand`."""
    is_after_name = i > 1 and tree.words[i - 1] == "," and tree.words[i - 2][0].isalpha()
    return is_after_name and tree.words[i + 1 : i + 2] in ([","], ["."], [";"], [])


def clashes(tree: Tree, force: Sequence[Act], here: range, actors: Actors) -> list[tuple[Act, Pair]]:
    """Both sides of a clash that its grammar does not name, each against the other.

    They are those whose soldiers fell in `clashes with Y`, or whose border it is: `at the X–Y border`.
    """
    fallen = states([m for act in force if act.shape != "mutual" for m in struck(tree, act, actors)])
    for act in (act for act in force if act.shape == "mutual"):
        foes = states(struck(tree, act, actors))
        pairs = [(one, foe) for one in fallen for foe in foes if one.country_code != foe.country_code]
        pairs = pairs or ([] if act.agents or act.patients else border_owners(tree, here, actors))
        if pairs and not any(one.kind == GROUP for one in pairs[0]):
            return [(act, pairs[0]), (act, pairs[0][::-1])]
    return []


def border_owners(tree: Tree, here: range, actors: Actors) -> list[Pair]:
    """The X and Y of `the X–Y border`."""
    borders = [i for i in here if is_border(tree, i) and tree.words[i - 2] in DASHES]
    named = [(actors.get(i - 3), actors.get(i - 1)) for i in borders]
    return [(one, other) for one, other in named if one and other and one.country_code != other.country_code]


def struck(tree: Tree, act: Act, actors: Actors) -> list[Mention]:
    """The named actors whose people an act hits."""
    return [m for noun in act.patients for m in represented(tree, noun, actors, "hit")]


def has_sides(found: Sequence[CodedAct]) -> bool:
    """Whether a sentence's rows already give force between two countries."""
    return any(
        row.event.root == FORCE
        and row.event.source_country_code
        and row.event.target_country_code
        and row.event.source_country_code != row.event.target_country_code
        for row in found
    )
