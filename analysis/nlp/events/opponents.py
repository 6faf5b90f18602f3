"""Whom a side of a war fights where a sentence names one of the two: `Ukraine's incursion`, `Hamas's attack`.

A text tells who fights whom before and after. An attack of which it names one side is then on the other, if
the text has that side fight nobody else as often.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from analysis.nlp.actors.page import Mention
from analysis.nlp.events.acts import Act
from analysis.nlp.events.participants import doers, targets
from analysis.nlp.events.sponsors import GROUP, Actors
from analysis.nlp.parse.tree import Tree
from analysis.nlp.parse.word_classes import agent_nouns, word_classes

WARLIKE = frozenset(("ASSAULT", "THREATEN", "REJECT", "RETREAT"))  # acts whose other side a war shows
MEDIATION = "third-party"
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
) -> tuple[Mention, Mention] | None:
    """The sides of a hostile act, or of the end of a war, of which one is named."""
    if act.root not in WARLIKE:
        return None
    agents = doers(tree, act, actors)
    patients, _ = targets(tree, act, with_places, agents)
    sides, struck = {side_of(m) for m in agents}, {side_of(m) for m in patients}
    if len(sides) == 1 and not struck and sides <= rivals.keys() and may_be_unaimed(tree, act):
        pair = agents[0], rivals[sides.pop()]
        is_victim = tree.lemmas[act.trigger] in word_classes()["killing"] and act.trigger == act.verb
        return pair[::-1] if is_victim else pair  # X's killing: X was killed
    is_agentless = act.root == "ASSAULT" and not act.agents
    if is_agentless and len(struck) == 1 and struck <= rivals.keys():
        return rivals[struck.pop()], patients[0]
    return None


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
