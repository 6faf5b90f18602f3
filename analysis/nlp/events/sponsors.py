"""Who acts for whom: armed groups for the state that sponsors them, officers for their bloc or group.

`Rwandan-backed M23`; NATO for its secretary general, Hamas for its leader.

Source: the external supporters of UCDP (Högbladh, Pettersson and Themnér 2011), whose help to a warring side
is coded beside that side's own acts and never as acts of the helper.
"""

from collections.abc import Iterator, Mapping

from analysis.nlp.actors.gazetteer import Entry, match_at
from analysis.nlp.actors.page import DASHES, POSSESSIVES, Mention
from analysis.nlp.parse.tree import Tree
from analysis.nlp.parse.word_lists import agent_nouns, word_classes

REACH = 8  # words between a sponsor and the group's name
GROUP = "armed group"

Actors = Mapping[int, tuple[Mention, ...]]
"""Token -> who is named or meant there: several, where `they` are."""


def group_sponsors(tree: Tree, actors: Actors) -> Iterator[tuple[Mention, Mention]]:
    """Armed groups with a sponsor in their description, in the order of the text.

    Args:
        tree: the parsed text.
        actors: token -> whoever is meant there.

    Yields:
        The group and the state, or somebody of it.
    """
    for i, (mention, *_) in actors.items():
        sponsor = sponsor_before(tree, i, actors) if mention.kind == GROUP and mention.start == i else None
        if sponsor:
            yield mention, sponsor


def sponsor_before(tree: Tree, start: int, actors: Actors) -> Mention | None:
    """The Iran of `Iran-backed militant group Hezbollah` and `Iran's proxy Hezbollah`."""
    kinds = word_classes()
    for i in range(start - 1, max(start - 1 - REACH, 0), -1):
        word, before = tree.words[i].lower(), i - 1
        if word in kinds["backed"] and tree.words[before] in DASHES:
            return named_state(actors, before - 1)
        if word in kinds["proxy"]:
            return named_state(actors, before - 1 if tree.words[before] in POSSESSIVES else before)
        if not is_part_of_description(tree, i):
            return None
    return None


def named_state(actors: Actors, i: int) -> Mention | None:
    """Who is named at a word, if it is a state, or somebody of one: not Hezbollah, not the UN."""
    (mention,) = actors.get(i, ())[:1] or (None,)
    return mention if mention and mention.country_code and mention.kind != GROUP else None


def is_part_of_description(tree: Tree, i: int) -> bool:
    """A word that may come between: the `militant group` of Hezbollah, not the `plan` that it rejects."""
    if tree.pos[i] == "NOUN":
        return tree.lemmas[i] in agent_nouns() | word_classes()["rebel"] | word_classes()["group noun"]
    return tree.pos[i] in ("ADJ", "PROPN") or tree.words[i] in DASHES or tree.tags[i] in ("VBN", "``", "''")


# ---------------------------------------------------------------- for whom an officer acts


UNITED_NATIONS = frozenset(("org:united-nations", "org:un-security-council"))


def principal(mention: Mention) -> Mention:
    """The bloc, the UN or the armed group in whose name a person acts; any other actor itself."""
    if mention.kind != "person":
        return mention
    entry = employer(mention)
    if entry is None or (mention.country_code and mention.country_code != entry.country_code):
        return mention  # the American ambassador to NATO is American
    return Mention(mention.start, mention.end, *entry[:4], None, None, False, mention.gender)


def employer(person: Mention) -> Entry | None:
    """The body with no country of its own that a person's role or affiliation names."""
    role = (person.role or "").split()
    if role and role[0].lower() in ("former", "ex", "late"):
        return None
    whole = body_of(person.affiliation.split(), is_whole=True) if person.affiliation else None
    return whole or (body_of(role, is_whole=False) if role else None)


def body_of(words: list[str], *, is_whole: bool) -> Entry | None:
    """The body that some words begin with, or are: the European Council, not that on Foreign Relations."""
    found = match_at(words, 0)
    if found is None or (is_whole and found[0] != len(words)):
        return None
    entry = found[1]
    is_body = entry.kind in ("bloc", GROUP) or entry.actor_id in UNITED_NATIONS
    return entry if is_body else None
