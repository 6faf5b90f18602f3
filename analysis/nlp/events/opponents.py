"""Whom a side of a war fights where a sentence names one of the two: `Ukraine's incursion`, `Hamas's attack`.

A text tells who fights whom before and after. An attack of which it names one side is then on the other, if
the text has that side fight nobody else as often.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from analysis.nlp.actors.page import Mention
from analysis.nlp.events.act import Act
from analysis.nlp.events.nouns import MODIFIERS, noun_rule
from analysis.nlp.events.participants import doers, targets
from analysis.nlp.events.sponsors import GROUP, Actors
from analysis.nlp.events.struck_ground import ARMS_MODES
from analysis.nlp.parse.tree import NOMINAL, POSSESSORS, SUBJECTS, Tree, dependents, is_time
from analysis.nlp.parse.word_lists import agent_nouns, word_classes

WARLIKE = frozenset(("ASSAULT", "THREATEN", "REJECT", "RETREAT"))  # acts whose other side a war shows
MEDIATION = "third-party"
CAPTIVES = frozenset(("hostage", "captive", "abductee"))
HOLDING = frozenset(("COERCE", "RETREAT", "CONCEDE", "ASSAULT"))
PEOPLE = frozenset(("country", "nation", "people", "ally", "civilian", "resident"))
LEAST_SHARE = 0.5  # of a side's attacks, those between it and its opponent


def opponents(attacks: Iterable[tuple[Mention, Mention]]) -> dict[str, Mention]:
    """Side -> its only opponent, by the attacks of which a text names both sides."""
    against: Mapping[str, Counter[str]] = defaultdict(Counter)
    sides: dict[str, Mention] = {}
    for pair in attacks:
        for one, other in (pair, pair[::-1]):
            against[side_of(one)][side_of(other)] += 1
            sides.setdefault(side_of(one), one)
    found = {}
    for side, others in against.items():
        (other, count), *rest = others.most_common(2)
        if count >= LEAST_SHARE * sum(others.values()) and (not rest or count > rest[0][1]):
            found[side] = sides[other]
    return found


def completed(
    tree: Tree, act: Act, actors: Actors, with_places: Actors, rivals: Mapping[str, Mention]
) -> list[tuple[Mention, Mention]]:
    """The sides of a hostile act, or of the end of a war, of which one is named."""
    is_about_captives = act.root in HOLDING and any(tree.lemmas[i] in CAPTIVES for i in act.patients)
    if act.root not in WARLIKE and not is_about_captives:
        return []
    sentence = tree.doc[act.trigger].sent
    here = [m for i in range(sentence.start, sentence.end) if (m := actors.get(i))]
    agents = doers(tree, act, actors)
    patients, _ = targets(tree, act, with_places, agents)
    if len({side_of(m) for m in agents}) == 1 and not patients:
        foe = opponent(agents[0], rivals, here)
        pair = [(agents[0], foe)] if foe and (is_about_captives or may_be_unaimed(tree, act)) else []
        is_victim = tree.lemmas[act.trigger] in word_classes()["killing"] and act.trigger == act.verb
        return [two[::-1] for two in pair] if is_victim else pair  # X's killing: X was killed
    if agents or not all(may_be_anybody(tree, i) for i in act.agents):
        return []
    if is_about_captives and not patients:
        return [two for two in both_ways(war_sides(rivals)) if two[0].kind == GROUP]
    if act.root != "ASSAULT":
        return []
    struck = {m.country_code for m in patients}
    if any(m.kind == GROUP and m.country_code in struck for m in here):
        return []  # the attacks may be those of the country's own rebels
    foes = {opponent(m, rivals, here) for m in patients}
    return [(foe, m) for foe in foes for m in patients if foe] if len(foes) == 1 else []


def opponent(mention: Mention, rivals: Mapping[str, Mention], here: Iterable[Mention]) -> Mention | None:
    """Whom a side fights: of those whose opponent it is, one whom the sentence names, else its only one."""
    own = rival_of(mention, rivals)
    if own is None:
        return None
    foes = [m for m in here if (back := rival_of(m, rivals)) and side_of(back) == side_of(mention)]
    groups = [m for m in foes if m.kind == GROUP]
    return next(iter(groups), own)


def rival_of(mention: Mention, rivals: Mapping[str, Mention]) -> Mention | None:
    """The opponent of a side; a group's that of its country, where the text does not give its own."""
    return rivals.get(side_of(mention)) or rivals.get(mention.country_code or "")


def may_be_anybody(tree: Tree, noun: int) -> bool:
    """What names no doer: the `deadly` and `October` of attacks, the raids of `air raids hit homes`, gunmen.

    These are of whatever group fights there.
    """
    is_word = tree.pos[noun] not in NOMINAL or is_time(tree, noun)
    return is_word or tree.lemmas[noun] in word_classes()["rebel"] or is_unowned_strike(tree, noun)


def is_unowned_strike(tree: Tree, noun: int) -> bool:
    """The subject of `drone attacks hit homes`, `a strike kills two`: by arms, of nobody in particular."""
    rule = noun_rule(tree, noun) if tree.deps[noun] in SUBJECTS else None
    before = dependents(tree, noun, MODIFIERS | POSSESSORS)
    is_owned = any(tree.words[i][0].isupper() for i in before)
    has_arms = tree.lemmas[noun] == "strike" or any(tree.lemmas[i] in word_classes()["arms"] for i in before)
    is_attack = rule is not None and rule.root == "ASSAULT"
    return is_attack and not is_owned and (has_arms or rule.mode in ARMS_MODES)


def both_ways(sides: Sequence[Mention]) -> list[tuple[Mention, Mention]]:
    """Two sides in both orders."""
    return [(one, other) for one in sides for other in sides if one is not other]


def mediated(
    tree: Tree, act: Act, actors: Actors, rivals: Mapping[str, Mention]
) -> list[tuple[Mention, Mention]]:
    """Who mediates between the sides of the only war of a text, if the sentence does not name the sides."""
    if act.mode != MEDIATION or act.status == "negated":
        return []
    sides = war_sides(rivals)
    agents = doers(tree, act, actors)
    patients, _ = targets(tree, act, actors, agents)
    sentence = tree.doc[act.trigger].sent
    here = {side_of(m): m.country_code for i in range(sentence.start, sentence.end) if (m := actors.get(i))}
    ids, codes = ({part(m) for m in (*sides, *agents)} for part in (side_of, lambda m: m.country_code))
    is_between_others = any(side not in ids and code not in codes for side, code in here.items())
    if patients or is_between_others:
        return []
    return [(agent, side) for agent in agents for side in sides]


def war_sides(rivals: Mapping[str, Mention]) -> list[Mention]:
    """The two sides of a text's only war, an armed group before the country that it is of."""
    by_country: dict[str, Mention] = {}
    for side in sorted(rivals.values(), key=lambda mention: mention.kind != GROUP):
        by_country.setdefault(side.country_code or side.actor_id, side)
    return list(by_country.values()) if len(by_country) == 2 else []


def may_be_unaimed(tree: Tree, act: Act) -> bool:
    """Whether the target of an act may go without saying: warned that, not warned travellers."""
    if act.root == "RETREAT":
        return act.shape == "mutual"
    others = (i for i in act.patients if tree.pos[i] == "PROPN" or tree.lemmas[i] in PEOPLE | agent_nouns())
    return act.root == "ASSAULT" or (act.status != "negated" and next(others, None) is None)


def side_of(mention: Mention) -> str:
    """The country whose side an actor is on; an armed group is a side of its own."""
    return (mention.country_code if mention.kind != GROUP else None) or mention.actor_id
