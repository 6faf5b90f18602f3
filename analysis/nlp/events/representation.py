"""Which named actors a noun of an act stands for: `Israeli forces`, `leaders of Japan`, `towns in Chad`."""

from collections.abc import Iterator
from typing import NamedTuple

from analysis.nlp.actors.page import DASHES, Mention
from analysis.nlp.events.lexicon import Rule
from analysis.nlp.events.nouns import MODIFIERS, is_border, noun_rule
from analysis.nlp.events.predicates import DEPTH
from analysis.nlp.events.sponsors import GROUP, Actors, unnamed_groups
from analysis.nlp.events.together import listed_with, pair_at
from analysis.nlp.parse.arguments import logical_objects, logical_subjects
from analysis.nlp.parse.tree import (
    APPOSITIONS,
    OBJECTS,
    POSSESSORS,
    SUBJECTS,
    VERBAL,
    Tree,
    ancestors,
    coordinated,
    dependents,
    is_passive,
    nouns_after,
    prepositional_phrases,
)
from analysis.nlp.parse.word_lists import agent_nouns, word_classes
from analysis.schemas import QUADS

OWNING_PREPOSITIONS = frozenset(("of", "by", "from"))
PLACE_PREPOSITIONS = frozenset(("in", "at", "across", "near", "inside", "throughout", "along"))
ROLE_PREPOSITIONS = {
    "doer": OWNING_PREPOSITIONS,
    "asked": OWNING_PREPOSITIONS,  # a deal in X is not with X
    "judged": OWNING_PREPOSITIONS,
    "met": OWNING_PREPOSITIONS,
    "given": OWNING_PREPOSITIONS,  # whose what is given is
    "hit": OWNING_PREPOSITIONS | PLACE_PREPOSITIONS,
    "massed at": OWNING_PREPOSITIONS | PLACE_PREPOSITIONS,
}
"""Role in an act -> prepositions after a noun that lead to whose it is."""
OFFICIAL_ROLES = frozenset(("doer", "met"))  # only for those who act for their country
OWNED = frozenset(("owned", "operated"))  # a flag of convenience is nobody
GIVEN = frozenset(("made", "built", "supplied", "donated", "provided", "produced"))
DOER_PREFIXES = frozenset(("led", "launched", "fired"))
SPONSOR_ENDINGS = ("ed", "held", "born", "run")
POSSESSIVE_PRONOUNS = frozenset(("its", "their", "his", "her"))
PERSONAL_OWNERS = frozenset(("his", "her"))
OBJECT_PRONOUNS = frozenset(("it", "them", "him", "her"))
RELATIVE_OBJECTS = frozenset(("which", "whom"))
AIMED_PREPOSITIONS = ("with", "on", "against", "from", "to")
MEMBER_WORDS = frozenset(("include", "including", "as", "like"))
CAUSE_PREFIXES = frozenset(("pro", "anti", "non", "ex"))
PARTICIPLES = frozenset(("acl",))
WITHOUT_ARMY = frozenset(("PSE",))  # whose gunmen are all who fight for it
MEASURES = frozenset(("npadvmod",))  # the `bulletproof` of `a Russian bulletproof hosting firm`
BASES = frozenset(("base", "station", "camp", "airfield"))
FIRING = frozenset(("fire", "launch", "shoot", "fly", "operate"))
AIRBORNE = frozenset(("intercept", "scramble", "shadow", "escort", "buzz", "strafe", "fly"))


class Noun(NamedTuple):
    """A noun in one role of an act."""

    i: int
    role: str  # see ROLE_PREPOSITIONS
    rule: Rule | None  # of the act that the noun is by itself
    is_organ: bool  # acts for the country beside it, or is an act of it
    is_aircraft: bool


def represented(tree: Tree, noun: int, actors: Actors, role: str, depth: int = 0) -> list[Mention]:
    """Actors that a noun stands for: itself, its apposition, or the country beside it (`Israeli forces`).

    In the roles of doer and of who is met, the noun must be one that acts for its country; in the others
    whatever belongs to somebody will do.

    Args:
        tree: the parsed text.
        noun: its token.
        actors: token -> the actor mentioned there.
        role: of the noun in the act, see `ROLE_PREPOSITIONS`.
        depth: of the search so far.
    """
    if noun in actors or depth > DEPTH:
        return listed_with(actors, noun) if noun in actors and not is_cause(tree, noun) else []
    if two := pair_at(actors, noun):
        return two
    word = tree.words[noun].lower()
    if word in DOER_PREFIXES:  # the X of `X-launched attacks`
        return [actors[i] for i in tree.children[noun] if i in actors]
    if word in OBJECT_PRONOUNS and role != "doer":
        return object_pronoun_actors(tree, noun, actors, depth)
    if word in RELATIVE_OBJECTS:
        clause = next((i for i in ancestors(tree, noun) if tree.deps[i] == "relcl"), None)
        return represented(tree, tree.heads[clause], actors, role, depth + 1) if clause is not None else []
    if word in POSSESSIVE_PRONOUNS:
        return possessive_pronoun_actors(tree, noun, actors, depth)
    if shooters := who_fired(tree, noun):
        return [m for i in shooters for m in represented(tree, i, actors, "doer", depth + 1)]
    named = apposition_actors(tree, noun, actors)
    if not named and role == "massed at":
        named = actors_across_border(tree, noun, actors)
    found = named or common_noun_actors(tree, noun_in_role(tree, noun, role), actors, depth)
    return found or described_actors(tree, noun, actors, role, depth)


def who_fired(tree: Tree, noun: int) -> list[int]:
    """The X of `American missiles fired by X`, `a missile fired from X`, and not who made them."""
    fired = [
        i for i in dependents(tree, noun, PARTICIPLES) if tree.lemmas[i] in FIRING and is_passive(tree, i)
    ]
    found = [n for verb in fired for i in logical_subjects(tree, verb) for n in coordinated(tree, i)]
    return found or [n for verb in fired for n in nouns_after(tree, verb, "from") if tree.pos[n] == "PROPN"]


def described_actors(tree: Tree, noun: int, actors: Actors, role: str, depth: int) -> list[Mention]:
    """Whose a name is by what is said of it: `struck Moe Oil, a firm in Serbia`."""
    if tree.pos[noun] != "PROPN" or role != "hit":
        return []
    descriptions = [i for i in dependents(tree, noun, APPOSITIONS) if tree.pos[i] == "NOUN"]
    found = (represented(tree, i, actors, role, depth + 1) for i in descriptions)
    return next((mentions for mentions in found if mentions), [])


def apposition_actors(tree: Tree, noun: int, actors: Actors) -> list[Mention]:
    """The X and Y of `two allies, X and Y`; whose members, in `detainees, including two citizens of X`."""
    first = next((i for i in dependents(tree, noun, APPOSITIONS) if i in actors), None)
    if first is not None and not (actors[first].country_code is None and tree.words[first - 1] != ","):
        return [actors[i] for i in coordinated(tree, first) if i in actors]
    return [m for i in members(tree, noun) for m in modifier_or_own(tree, i, actors)]


def modifier_or_own(tree: Tree, noun: int, actors: Actors) -> list[Mention]:
    """A member's own name, or the country beside it: `an American citizen`."""
    return [actors[noun]] if noun in actors else modifier_actors(tree, noun, actors, "hit")


def members(tree: Tree, noun: int) -> list[int]:
    """The X and Y of `allies, including X and Y`; not of `raids, including X`, where X is whom they hit."""
    if noun_rule(tree, noun):
        return []
    inside = [n for prep, n in prepositional_phrases(tree, noun) if tree.lemmas[prep] in MEMBER_WORDS]
    return [n for i in inside for n in coordinated(tree, i)]


def noun_in_role(tree: Tree, noun: int, role: str) -> Noun:
    rule = noun_rule(tree, noun)
    is_organ = tree.lemmas[noun] in agent_nouns() or rule is not None
    return Noun(noun, role, rule, is_organ, is_aircraft(tree, noun))


def common_noun_actors(tree: Tree, noun: Noun, actors: Actors, depth: int) -> list[Mention]:
    """Actors that own a noun, or that the nouns behind it stand for."""
    is_official = noun.role in OFFICIAL_ROLES
    if noun.rule and noun.rule.root and QUADS[noun.rule.root] == 1 and is_official:
        return []  # a visit does nothing; an air strike kills
    found = owning_actors(tree, noun, actors, depth)
    if tree.lemmas[noun.i] in word_classes()["rebel"] and not noun.is_aircraft:
        return armed_groups(tree, noun.i, actors, found)
    if speaks_for_no_government(tree, noun.i, is_official):  # M23 rebel forces are M23
        return [mention for mention in found if mention.kind == GROUP]
    is_of_group = bool(found) and all(mention.kind == GROUP for mention in found)  # the Houthi movement
    if found and (noun.is_organ or noun.is_aircraft or is_of_group or not is_official):
        return found
    inner = linked_nouns(tree, noun)
    return [mention for n in inner for mention in represented(tree, n, actors, noun.role, depth + 1)]


def owning_actors(tree: Tree, noun: Noun, actors: Actors, depth: int) -> list[Mention]:
    """Actors named before a noun; for a doer also the one that `its` means."""
    # to end X's war is not to end a war on X
    found = [] if is_shared_act(noun) else modifier_actors(tree, noun.i, actors, noun.role)
    if not found and noun.role == "doer" and noun.is_organ:  # said its forces
        possessors = dependents(tree, noun.i, POSSESSORS)
        found = [m for i in possessors for m in represented(tree, i, actors, noun.role, depth + 1)]
    return found


def is_shared_act(noun: Noun) -> bool:
    """An act of both sides, whose owner is not whom it is done to: X's war, its talks."""
    return noun.rule is not None and noun.rule.shape == "mutual" and noun.role in ("hit", "massed at")


def armed_groups(tree: Tree, noun: int, actors: Actors, found: list[Mention]) -> list[Mention]:
    """The groups that rebels are of: Syrian rebels are not Syria, fighters of M23 are M23."""
    members = [n for inside in nouns_after(tree, noun, "of", "from") for n in coordinated(tree, inside)]
    found = [*found, *(actors[n] for n in members if n in actors)]
    listed = [mention for mention in found if mention.kind == GROUP]
    groups = listed or [group for group, _ in unnamed_groups(tree, noun, actors)]
    return groups or [mention for mention in found if mention.country_code in WITHOUT_ARMY]


def linked_nouns(tree: Tree, noun: Noun) -> list[int]:
    """The nouns behind a noun that lead to whose it is: the Japan of `leaders of Japan`."""
    inside = nouns_after(tree, noun.i, *linking_prepositions(tree, noun))
    if noun.role == "hit":  # killed at X's border: not X's people
        inside = [i for i in inside if not is_border(tree, i)]
    return [n for i in inside for n in coordinated(tree, i)]


def linking_prepositions(tree: Tree, noun: Noun) -> frozenset[str]:
    """Prepositions that lead from a noun to whose it is."""
    is_bare = noun.role in OFFICIAL_ROLES and not noun.is_organ
    links = frozenset(("by",)) if is_bare else ROLE_PREPOSITIONS[noun.role]
    is_aid = noun.rule is not None and noun.rule.root == "AID"
    if noun.role != "doer" and (is_aid or tree.lemmas[noun.i] in word_classes()["delivery"]):
        links |= {"to"}  # cut the aid to X
    if is_shared_act(noun):
        links -= PLACE_PREPOSITIONS
    if noun.role == "judged" and is_target_after_of(tree, noun):
        links -= {"of"}
    return links


def is_target_after_of(tree: Tree, noun: Noun) -> bool:
    """`the bombing of X`, `the arrest of X by Y`: a hostile deed whose `of` leads to whom it struck."""
    rule = noun.rule
    is_hostile = rule is not None and rule.root in QUADS and QUADS[rule.root] == 4
    return is_hostile and (rule.shape == "object" or bool(nouns_after(tree, noun.i, "by")))


def actors_across_border(tree: Tree, noun: int, actors: Actors) -> list[Mention]:
    """Whom troops face at `X's border with Y`."""
    if not is_border(tree, noun):
        return []
    sides = [n for inside in nouns_after(tree, noun, "with") for n in coordinated(tree, inside)]
    return [actors[side] for side in sides if side in actors]


def is_aircraft(tree: Tree, noun: int) -> bool:
    """The fighters that intercept jets, and those that are intercepted."""
    is_argument = tree.deps[noun] in SUBJECTS | OBJECTS and tree.lemmas[tree.heads[noun]] in AIRBORNE
    return tree.lemmas[noun] == "fighter" and is_argument


def speaks_for_no_government(tree: Tree, noun: int, is_official: bool) -> bool:
    """An opposition leader is not the country, nor does a former president act for it."""
    modifiers = dependents(tree, noun, MODIFIERS)
    words = {tree.lemmas[noun], *(tree.lemmas[i] for i in modifiers)}
    words |= {tree.words[i].lower() for i in modifiers}
    classes = word_classes()
    return bool(words & classes["opposed"]) or (is_official and bool(words & classes["out of office"]))


# Pronouns


def object_pronoun_actors(tree: Tree, pronoun: int, actors: Actors, depth: int) -> list[Mention]:
    """Whom `it` means in `cut ties with X, accusing it of theft`: the target of the clause above."""
    verb = tree.heads[pronoun]
    if tree.deps[pronoun] not in OBJECTS or tree.deps[verb] != "advcl" or tree.tags[verb] != "VBG":
        return []
    main = tree.heads[verb]
    things = logical_objects(tree, main)
    aimed = [noun for i in (main, *things) for noun in nouns_after(tree, i, *AIMED_PREPOSITIONS)]
    nouns = (n for n in (*things, *aimed) if n != pronoun)
    found = (represented(tree, n, actors, "asked", depth + 1) for n in nouns)
    return next((mentions for mentions in found if mentions), [])


def possessive_pronoun_actors(tree: Tree, pronoun: int, actors: Actors, depth: int) -> list[Mention]:
    """Whom `its` means: the subject of the nearest clause above, if nobody is named since."""
    above = list(ancestors(tree, pronoun))
    before = range(pronoun, tree.doc[pronoun].sent.start - 1, -1)
    last = next((actors[i] for i in before if i in actors), None)
    for noun in subjects_above(tree, above):
        found = represented(tree, noun, actors, "doer", depth + 1)
        if found:
            if last in found or is_subject_of_conjunct(tree, pronoun):
                return found
            break
    return only_owner(tree, pronoun, actors)


def only_owner(tree: Tree, pronoun: int, actors: Actors) -> list[Mention]:
    """The one person for `his`, the one country or body for `its`, that the sentence named before."""
    is_person = tree.words[pronoun].lower() in PERSONAL_OWNERS
    before = [actors[i] for i in range(tree.doc[pronoun].sent.start, pronoun) if i in actors]
    fitting = {m.actor_id: m for m in before if (m.kind == "person") == is_person}
    return list(fitting.values()) if len(fitting) == 1 else []


def subjects_above(tree: Tree, above: list[int]) -> Iterator[int]:
    """Subjects of the verbs above a word that the word is no part of, the nearest first."""
    for verb in above:
        for noun in logical_subjects(tree, verb) if tree.pos[verb] in VERBAL else ():
            if noun not in above:
                yield noun


def is_subject_of_conjunct(tree: Tree, pronoun: int) -> bool:
    """`X expelled Y's envoy, and its minister accused Y`: it is X's minister."""
    noun = tree.heads[pronoun]
    return tree.deps[noun] in SUBJECTS and tree.deps[tree.heads[noun]] == "conj"


# What stands before a noun


def modifier_actors(tree: Tree, noun: int, actors: Actors, role: str) -> list[Mention]:
    """Whose a noun is: both of `Russian and Chinese ships`, NATO alone in `European NATO countries`."""
    groups = [[actors[i] for i in words if i in actors] for words in modifiers(tree, noun)]
    groups = [
        [m for m in group if not is_sponsor_prefix(tree, m) or is_owner_prefix(tree, m, role)]
        for group in groups
    ]
    ordered = groups if is_named_base(tree, noun) else reversed(groups)
    found = next((group for group in ordered if group), [])
    together = [m for mention in found for m in listed_with(actors, mention.start)]
    return list(dict.fromkeys((*found, *together)))


def is_named_base(tree: Tree, noun: int) -> bool:
    """`the U.S. Al Udeid Air Base`: of its owner, whatever country its name is from."""
    return tree.pos[noun] == "PROPN" and tree.lemmas[noun] in BASES


def modifiers(tree: Tree, noun: int) -> list[list[int]]:
    """Words before a noun that may name its owner, by modifier: `European`, not `US`, of `allies`."""
    is_friend = tree.lemmas[noun] in word_classes()["friend"]
    return [
        [i for i in modifier_words(tree, child) if not is_cause(tree, i)]
        for child in dependents(tree, noun, MODIFIERS)
        if not is_friend or tree.tags[child] == "JJ"
    ]


def modifier_words(tree: Tree, child: int, depth: int = 0) -> list[int]:
    """Words of a modifier: both of `Russian and Chinese`, `Saudi` of `Saudi-led`, and what is below them."""
    words = coordinated(tree, child)
    if tree.words[child].lower() in DOER_PREFIXES | OWNED | GIVEN:
        words += tree.children[child]
    inner = dependents(tree, child, MODIFIERS) if depth < DEPTH else []
    inner += [
        i for measure in dependents(tree, child, MEASURES) for i in dependents(tree, measure, MODIFIERS)
    ]
    return words + [i for word in inner for i in modifier_words(tree, word, depth + 1)]


def is_sponsor_prefix(tree: Tree, mention: Mention) -> bool:
    """The `Iran` of `Iran-backed militias`, which does not act; the `Saudi` of `Saudi-led forces` does."""
    after = [word.lower() for word in tree.words[mention.end : mention.end + 2]]
    is_compound = len(after) == 2 and after[0] in DASHES and after[1].endswith(SPONSOR_ENDINGS)
    return is_compound and after[1] not in DOER_PREFIXES


def is_owner_prefix(tree: Tree, mention: Mention, role: str) -> bool:
    """A `Greek-owned ship` that is sunk is a blow to Greece; it does nothing in its name."""
    last = tree.words[mention.end + 1].lower()
    return (role == "hit" and last in OWNED) or (role == "given" and last in GIVEN)


def is_cause(tree: Tree, i: int) -> bool:
    """The country of `pro-X protests`."""
    return i >= 2 and tree.words[i - 1] == "-" and tree.words[i - 2].lower() in CAUSE_PREFIXES
