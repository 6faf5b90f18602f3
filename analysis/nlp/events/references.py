"""Whom the text means without naming them again, `he`, `the group`, `the ministry`, and who acts for whom.

Only what is named before is meant. Words in quotation marks are another speaker's, whose `we` and `they` are
not the article's, and stay unresolved. An officer acts for their bloc or group, NATO for its secretary
general, and an armed group may have a sponsor: `Rwandan-backed M23`.

Source: the external supporters of UCDP (Högbladh, Pettersson and Themnér 2011), whose help to a warring side
is coded beside that side's own acts and never as acts of the helper.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import NamedTuple

from spacy.tokens import Span

from analysis.country_names import bloc_codes, country_names
from analysis.lexicons import check_cells, load_lexicon
from analysis.nlp.actors.gazetteer import Entry, first_words, match_at, roles, split_cell
from analysis.nlp.actors.page import DASHES, POSSESSIVES, Mention
from analysis.nlp.actors.state_organs import Setting, organ_country, organ_of, read_setting
from analysis.nlp.events.lexicon import MODIFIERS, noun_rule
from analysis.nlp.parse.arguments import antecedents
from analysis.nlp.parse.parser import sentences
from analysis.nlp.parse.tree import (
    APPOSITIONS,
    CONJUNCTS,
    PASSIVE_SUBJECTS,
    SUBJECTS,
    VERBAL,
    Tree,
    ancestors,
    coordinated,
    dependents,
    nouns_after,
)
from analysis.nlp.parse.word_lists import agent_nouns, word_classes
from analysis.tables.rows import rows_of

PERSONAL = frozenset(("he", "she"))
PRONOUNS = PERSONAL | {"it", "they"}
ANY_SUBJECTS = SUBJECTS | PASSIVE_SUBJECTS
PLURAL = frozenset(("NNS", "NNPS"))
OPEN_MARKS, CLOSE_MARKS, EVEN_MARKS = "“«", "”»", '"'
MEMORY = 200  # tokens back to what a description may mean

REACH = 8  # words between a sponsor and the group's name
GROUP = "armed group"

Meant = tuple[Mention, ...]
Actors = Mapping[int, Meant]
"""Token -> who is named or meant there: several, where `they` are."""


class Known(dict[int, Meant]):
    """Token -> who is named or understood there so far, and what else the rules ask of the text."""

    def __init__(self, tree: Tree, named: dict[int, Mention], mentions: Sequence[Mention]) -> None:
        super().__init__({i: (mention,) for i, mention in named.items()})
        self.tree, self.mentions = tree, mentions

    @cached_property
    def quoted(self) -> list[bool]:
        """For each token whether it is in quotation marks; a new paragraph closes them."""
        found, is_inside = [], False
        for word in self.tree.words:
            if word in OPEN_MARKS or word in EVEN_MARKS:
                is_inside = word in OPEN_MARKS or not is_inside
            elif "\n" in word or word in CLOSE_MARKS:
                is_inside = False
            found.append(is_inside)
        return found

    @cached_property
    def setting(self) -> Setting:
        """What the article says of countries, read only where an organ needs it."""
        return read_setting(self.tree.doc, self.mentions)


class Description(NamedTuple):
    """What a noun may mean beside `the`."""

    kind: str
    means: frozenset[str]  # ids; empty: any of the kind


@cache
def descriptions() -> dict[str, Description]:
    """Noun -> what it means."""
    rows = load_lexicon("actors/descriptions", allowed={"kind": ("armed group", "bloc", "country")})
    ids = {entry.actor_id for names in first_words().values() for _, entry in names}
    check_cells("actors/descriptions", rows["means"].str.split(";").explode(), ("", *ids))
    return {row.noun: Description(row.kind, frozenset(split_cell(row.means))) for row in rows_of(rows)}


def find_references(tree: Tree, named: dict[int, Mention], mentions: Sequence[Mention]) -> dict[int, Meant]:
    """Token -> whom a pronoun or a description means there, each at that token.

    Args:
        tree: the parsed text.
        named: token -> the actor mentioned there.
        mentions: all that are named, datelines too.
    """
    known, before = Known(tree, named, mentions), None
    for sentence in sentences(tree.doc) if named else ():
        for i in range(sentence.start, sentence.end):
            if i not in known and not known.quoted[i] and (found := meant_at(tree, i, known, before)):
                known[i] = tuple(mention._replace(start=i, end=i + 1) for mention in found)
        before = sentence
    return {i: meant for i, meant in known.items() if i not in named}


def meant_at(tree: Tree, i: int, known: Known, before: Span | None) -> Sequence[Mention]:
    """Whom a word means that names nobody."""
    word = tree.words[i].lower()
    if word in PRONOUNS:
        return pronoun_meaning(tree, i, word, known, before) if tree.deps[i] in ANY_SUBJECTS else []
    below = tree.children[i]
    is_definite = any(tree.words[k].lower() in ("the", "this", "that") for k in below if k < i)
    if not is_definite or any(tree.words[k].lower() == "of" for k in below if k > i):
        return []  # a group, the group of
    if tree.lemmas[i] in descriptions() and tree.tags[i] not in PLURAL:
        return last_described(tree, i, descriptions()[tree.lemmas[i]], known, before)
    return organ_owner(tree, i, known, before) if tree.pos[i] == "NOUN" else []


def main_subject(tree: Tree, sentence: Span | None, known: Known) -> list[Mention]:
    """Whom the subject of the verb on top of a sentence stands for."""
    found = dependents(tree, sentence.root.i, ("nsubj",)) if sentence is not None else []
    return stands_for(tree, found[0], known) if found and not dependents(tree, found[0], CONJUNCTS) else []


def stands_for(tree: Tree, noun: int, known: Known) -> list[Mention]:
    """The named actors that a noun stands for: itself, its apposition, or whose organ it is.

    `Israeli forces` and `the army of Israel` are Israel; the opposition of a country is not, nor its rebels.
    """
    if noun in known:
        return list(known[noun])
    named = [i for i in dependents(tree, noun, APPOSITIONS) if i in known]
    if named:
        return [mention for i in coordinated(tree, named[0]) for mention in known.get(i, ())]
    if tree.lemmas[noun] not in agent_nouns() and noun_rule(tree, noun) is None:
        return []
    below, classes = dependents(tree, noun, MODIFIERS), word_classes()
    words = {tree.lemmas[i] for i in (noun, *below)} | {tree.words[i].lower() for i in below}
    owners = (*below, *nouns_after(tree, noun, "of", "by", "from"))
    found = [mention for i in owners for mention in known.get(i, ())]
    if words & (classes["opposed"] | classes["out of office"] | classes["rebel"]):
        found = [mention for mention in found if mention.kind == GROUP]
    return list(dict.fromkeys(found))


# ---------------------------------------------------------------- pronouns


def pronoun_meaning(tree: Tree, i: int, word: str, known: Known, before: Span | None) -> Sequence[Mention]:
    """The subject of the nearest clause above a pronoun, if it is somebody whom the pronoun can mean.

    On top of a sentence, the subject of the sentence before; else the one person whom it names.
    """
    for verb in (v for v in ancestors(tree, tree.heads[i]) if tree.pos[v] in VERBAL):
        last = dependents(tree, verb, ANY_SUBJECTS)[-1:]
        if last not in ([], [i]):
            nouns = [n for k in antecedents(tree, verb, last[0]) for n in coordinated(tree, k)]
            found = fitting(tree, nouns, word, known)
            may_be_meant = any(tree.pos[n] in ("PROPN", "PRON") or tree.lemmas[n] in roles() for n in nouns)
            if found or may_be_meant or word not in PERSONAL:
                return found
    if before is None:
        return []
    first = dependents(tree, before.root.i, ("nsubj",))[:1]
    found = fitting(tree, [n for k in first for n in coordinated(tree, k)], word, known)
    if found or word not in PERSONAL:
        return found
    here = (m for k in range(before.start, i) if not known.quoted[k] for m in known.get(k, ()))
    people = {m.actor_id: m for m in here if m.kind == "person" and m.gender in (None, word)}
    return list(people.values()) if len(people) == 1 else []


def fitting(tree: Tree, nouns: Sequence[int], word: str, known: Known) -> list[Mention]:
    """The actors that some nouns stand for, if the pronoun can mean them."""
    found = {m.actor_id: m for n in nouns for m in stands_for(tree, n, known)}
    is_plural = len(nouns) > 1 or any(tree.tags[n] in PLURAL for n in nouns)
    if word == "they":
        is_several = len(found) > 1 or is_plural or any(m.kind == GROUP for m in found.values())
        return list(found.values()) if is_several else []
    if len(found) != 1 or is_plural:
        return []
    (meant,), noun = found.values(), nouns[0]
    is_person = meant.kind == "person" or tree.lemmas[noun] in roles() or tree.words[noun].lower() in PERSONAL
    is_same = meant.gender in (None, word) if word in PERSONAL else True
    return [meant] if is_person == (word in PERSONAL) and is_same else []


# ---------------------------------------------------------------- descriptions


def last_described(
    tree: Tree, noun: int, description: Description, known: Known, before: Span | None
) -> Sequence[Mention]:
    """The last actor before a noun that it can mean: `the Lebanese group`, not `the contact group`.

    A subject goes on about the subject of the sentence before, if it can.
    """
    words = [k for k in dependents(tree, noun, MODIFIERS) if k < noun]
    owners = [mention for k in words for mention in known.get(k, ())]
    is_other = any(k not in known and tree.words[k].lower() not in word_classes()["militant"] for k in words)
    first = main_subject(tree, before, known) if tree.deps[noun] in ANY_SUBJECTS else []
    earlier = [m for k in range(noun - 1, max(noun - MEMORY, -1), -1) for m in known.get(k, ())]
    for mention in (*first, *earlier) if not is_other and len(owners) < 2 else ():
        is_owned = not owners or owners[0].country_code == mention.country_code
        is_meant = not description.means or mention.actor_id in description.means
        if mention.kind == description.kind and is_owned and is_meant:
            return [mention]
    return []


def organ_owner(tree: Tree, noun: int, known: Known, before: Span | None) -> Sequence[Mention]:
    """The officer whom `the foreign minister` means, or the state of `the military`."""
    words = [k for k in tree.children[noun] if k < noun and tree.deps[k] in MODIFIERS]
    if any(k in known or tree.deps[k] == "poss" for k in words):
        return []
    description = " ".join(tree.words[k].lower() for k in [*words, noun])
    if tree.lemmas[noun] in roles():
        earlier = (m for k in range(noun - 1, max(noun - MEMORY, -1), -1) for m in known.get(k, ()))
        for mention in earlier:
            if mention.kind == "person" and (mention.role or "").lower().endswith(description):
                return [mention]
    if organ_of(description) is None:
        return []
    subject = main_subject(tree, before, known)
    code = subject[0].country_code if len(subject) == 1 else None
    code = organ_country(known.setting, description, code)
    return (
        [Mention(noun, noun + 1, code, country_names()[code], code, "country", None, None, False)]
        if code
        else []
    )


# ---------------------------------------------------------------- who backs an armed group


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
    is_noun = tree.lemmas[i] in agent_nouns() | word_classes()["rebel"] | word_classes()["group noun"]
    is_word = (
        tree.pos[i] in ("ADJ", "PROPN") or tree.words[i] in DASHES or tree.tags[i] in ("VBN", "``", "''")
    )
    return is_noun if tree.pos[i] == "NOUN" else is_word


# ---------------------------------------------------------------- for whom an officer acts


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
    return entry if entry.kind in ("bloc", GROUP) or entry.actor_id in bloc_codes() else None
