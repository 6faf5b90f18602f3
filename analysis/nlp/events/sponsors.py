"""Which state is said to stand behind an armed group: `Rwandan-backed M23`, `the Houthis, armed by Iran`.

Source: the external supporters of UCDP (Högbladh, Pettersson and Themnér 2011), whose help to a warring side
is coded beside that side's own acts and never as the helper's.
"""

from collections.abc import Iterable, Iterator

from analysis.nlp.actors.page import DASHES, POSSESSIVES, Mention
from analysis.nlp.parse.arguments import passive_agents
from analysis.nlp.parse.tree import NOUN_CLAUSES, Tree, dependents
from analysis.nlp.parse.word_classes import agent_nouns, word_classes

REACH = 8  # words between a backer and the group's name
BANDS = frozenset(("group", "movement", "organization", "organisation", "faction", "network", "party"))
GROUP = "armed group"


def group_backers(tree: Tree, owner: dict[int, Mention]) -> Iterator[tuple[str, str]]:
    """Armed groups that a word before them calls backed, in the order of the text.

    A verb (`Iran arms the Houthis`) is an act, and is left to the rules for acts.

    Args:
        tree: the parsed text.
        owner: token -> actor named there.

    Yields:
        Id of the group, code of the state.
    """
    for i, lemma in enumerate(tree.lemmas):
        mention = owner.get(i)
        if mention and mention.start == i and mention.kind == GROUP:
            backer = backer_before(tree, i, owner)
            if backer:
                yield mention.actor_id, str(backer.country_code)
        elif lemma in word_classes()["rebel"]:
            yield from ((group.actor_id, code) for group, code in unnamed_groups(tree, i, owner))


def unnamed_groups(tree: Tree, noun: int, owner: dict[int, Mention]) -> Iterator[tuple[Mention, str]]:
    """The group that is known by its backer alone, with the backer's code: `rebels supported by Rwanda`."""
    backer = backer_before(tree, noun, owner) or backer_after(tree, noun, owner)
    if backer:
        first, last = min(backer.start, noun), max(backer.end, noun + 1)
        name, code = tree.doc[first:last].text, str(backer.country_code)
        yield Mention(noun, noun + 1, f"group:backed-by-{code}", name, None, GROUP, None, None, False), code


def backer_before(tree: Tree, start: int, owner: dict[int, Mention]) -> Mention | None:
    """The Iran of `Iran-backed militant group Hezbollah` and `Iran's proxy Hezbollah`."""
    kinds = word_classes()
    for i in range(start - 1, max(start - 1 - REACH, 0), -1):
        word, before = tree.words[i].lower(), i - 1
        if word in kinds["backed"] and tree.words[before] in DASHES:
            return state(owner, before - 1)
        if word in kinds["proxy"]:
            return state(owner, before - 1 if tree.words[before] in POSSESSIVES else before)
        if not is_part_of_name(tree, i):
            return None
    return None


def backer_after(tree: Tree, noun: int, owner: dict[int, Mention]) -> Mention | None:
    """The Rwanda of `rebels (who are) supported by Rwanda`."""
    verbs = [i for i in dependents(tree, noun, NOUN_CLAUSES) if tree.lemmas[i] in word_classes()["backing"]]
    doers: Iterable[int] = (doer for verb in verbs for doer in passive_agents(tree, verb))
    return next((found for doer in doers if (found := state(owner, doer))), None)


def state(owner: dict[int, Mention], i: int) -> Mention | None:
    """Who is named at a word, if it is a state, or somebody of one: not Hezbollah, not the UN."""
    mention = owner.get(i)
    return mention if mention and mention.country_code and mention.kind != GROUP else None


def is_part_of_name(tree: Tree, i: int) -> bool:
    """A word that may stand between: the `militant group` of Hezbollah, not the `plan` that it rejects."""
    if tree.pos[i] == "NOUN":
        return tree.lemmas[i] in agent_nouns() | word_classes()["rebel"] | BANDS
    return tree.pos[i] in ("ADJ", "PROPN") or tree.words[i] in DASHES or tree.tags[i] in ("VBN", "``", "''")
