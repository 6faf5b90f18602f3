"""Whom the text means without naming them again: `the group`, `both countries`, `he` in a lower clause.

Only what is named before is meant, the last that fits. Words in quotation marks are another speaker's, whose
`we` and `they` are not the article's, and stay unresolved.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property
from itertools import accumulate
from typing import NamedTuple

from spacy.tokens import Span

from analysis.country_names import country_name
from analysis.lexicons import check_cells, load_lexicon
from analysis.nlp.actors.gazetteer import first_words, roles, split_cell
from analysis.nlp.actors.page import Mention
from analysis.nlp.actors.state_organs import Setting, is_organ, organ_country, organ_of, read_setting
from analysis.nlp.events.lexicon import MODIFIERS, noun_rule
from analysis.nlp.events.sponsors import GROUP, Actors
from analysis.nlp.events.together import listed_with
from analysis.nlp.parse.arguments import antecedents, logical_subjects
from analysis.nlp.parse.tree import (
    APPOSITIONS,
    CLAUSAL_COMPLEMENTS,
    CONJUNCTS,
    PASSIVE_SUBJECTS,
    SUBJECTS,
    VERBAL,
    Tree,
    ancestors,
    coordinated,
    dependents,
    is_saying_verb,
    nouns_after,
)
from analysis.nlp.parse.word_lists import agent_nouns, speech_verbs, word_classes
from analysis.tables.rows import rows_of

PERSONAL = frozenset(("he", "she"))
PRONOUNS = PERSONAL | {"it", "they"}
ANY_SUBJECTS = SUBJECTS | PASSIVE_SUBJECTS
DESCRIBING = MODIFIERS | {"poss"}
PLURAL = frozenset(("NNS", "NNPS"))
OPEN_MARKS, CLOSE_MARKS, EVEN_MARKS = "“«", "”»", '"'
HOME_TIMES = 2
MEMORY = 200  # tokens back to what a description may mean
CONTINUING = frozenset(("also", "too", "additionally", "furthermore", "moreover", "then"))
DEPTH = 2  # clauses below a pronoun that repeat it


class Known(dict[int, Mention]):
    """The actors that are named or understood so far, and what else the rules ask of the text."""

    def __init__(self, tree: Tree, one: Mapping[int, Mention], mentions: Sequence[Mention]) -> None:
        super().__init__(one)
        self.tree, self.mentions = tree, mentions
        self.quoted = quoted_words(tree)

    @cached_property
    def setting(self) -> Setting:
        """What the article says of countries, read only where an organ needs it."""
        return read_setting(self.tree.doc, self.mentions, paragraph_numbers(self.tree))

    @cached_property
    def home(self) -> str | None:
        """The country named first, if the article names it far more often than any other."""
        codes = [m.country_code for m in self.mentions if m.kind == "country" and not m.is_dateline]
        (main, most), *rest = Counter(codes).most_common(2) or [(None, 0)]
        is_main = bool(codes) and codes[0] == main and (not rest or most >= HOME_TIMES * rest[0][1])
        return main if is_main else None


class Description(NamedTuple):
    """What a noun may mean beside `the`, `two` or `both`."""

    kind: str
    means: frozenset[str]  # ids; empty: any of the kind


@cache
def descriptions() -> dict[str, Description]:
    """Noun -> what it means."""
    rows = load_lexicon("actors/descriptions", allowed={"kind": ("armed group", "bloc", "country", "home")})
    ids = {entry.actor_id for names in first_words().values() for _, entry in names}
    check_cells("actors/descriptions", rows["means"].str.split(";").explode(), ("", *ids))
    return {row.noun: Description(row.kind, frozenset(split_cell(row.means))) for row in rows_of(rows)}


def find_references(
    tree: Tree, actors: Mapping[int, Mention], mentions: Sequence[Mention], spans: Sequence[Span]
) -> tuple[dict[int, Mention], dict[int, tuple[Mention, ...]]]:
    """Token -> whom a pronoun or a description means, and the tokens that mean several.

    Args:
        tree: the parsed text.
        actors: token -> the actor mentioned there.
        mentions: all that are named, datelines too.
        spans: the sentences.
    """
    known, several = Known(tree, actors, mentions), {}
    for before, sentence in zip((None, *spans), spans, strict=False):
        if before is not None:
            known |= continued_subject(tree, before, sentence, known, actors)
        for i in range(sentence.start, sentence.end):
            if i in known or known.quoted[i]:
                continue
            found = meant_at(tree, i, known, before) or organ_owner(tree, i, known, before)
            if len(found) == 1:
                known[i] = found[0]._replace(start=i, end=i + 1)
            elif len(found) > 1:
                several[i] = tuple(found)
    return {i: mention for i, mention in known.items() if i not in actors}, several


def paragraph_numbers(tree: Tree) -> list[int]:
    """The paragraph of each token."""
    return list(accumulate(int("\n" in word) for word in tree.words))


def subject_country(tree: Tree, sentence: Span | None, known: Known) -> str | None:
    """Country of the main subject of a sentence."""
    subject = main_subject(tree, sentence) if sentence is not None else None
    found = stands_for(tree, subject, known) if subject is not None else []
    return found[0].country_code if len(found) == 1 else None


def quoted_words(tree: Tree) -> list[bool]:
    """For each token whether it is in quotation marks; a new paragraph closes them."""
    found, is_inside = [], False
    for word in tree.words:
        if "\n" in word or word in CLOSE_MARKS:
            is_inside = False
        elif word in OPEN_MARKS:
            is_inside = True
        elif word in EVEN_MARKS:
            is_inside = not is_inside
        found.append(is_inside)
    return found


def meant_at(tree: Tree, i: int, known: Known, before: Span | None) -> list[Mention]:
    """Whom a word means that names nobody."""
    word = tree.words[i].lower()
    if word in PRONOUNS:
        return pronoun_meaning(tree, i, word, known, before) if tree.deps[i] in ANY_SUBJECTS else []
    description = descriptions().get(tree.lemmas[i])
    if description is None or tree.pos[i] not in ("NOUN", "PROPN"):
        return []
    if tree.tags[i] in PLURAL or not is_definite(tree, i):
        return []
    if description.kind == "home":
        return clause_country(tree, i, known)
    return last_described(tree, i, description, known, before)


# Pronouns


def pronoun_meaning(tree: Tree, i: int, word: str, known: Known, before: Span | None) -> list[Mention]:
    """The subject of the nearest clause above a pronoun, if it is somebody whom the pronoun can mean.

    On top of a sentence, whom the sentence before names, if it names one who can be meant.
    """
    for verb, subject in subjects_above(tree, i):
        nouns = [n for k in antecedents(tree, verb, subject) for n in coordinated(tree, k)]
        found = fitting(tree, nouns, word, known)
        if found or word not in PERSONAL or any(may_be_person(tree, n) for n in nouns):
            return found
    return only_person(tree, i, word, known, before) if before is not None and word in PERSONAL else []


def may_be_person(tree: Tree, noun: int) -> bool:
    """Somebody whom `he` may mean instead: `the man`, a name, another pronoun."""
    return tree.pos[noun] in ("PROPN", "PRON") or tree.lemmas[noun] in roles()


def only_person(tree: Tree, i: int, word: str, known: Known, before: Span) -> list[Mention]:
    """The one person of the sentence before, and of this one up to a pronoun."""
    here = (k for k in range(before.start, i) if k in known and not known.quoted[k])
    people = {known[k].actor_id: known[k] for k in here}
    people = {k: m for k, m in people.items() if m.kind == "person" and m.gender in (None, word)}
    return list(people.values()) if len(people) == 1 else []


def subjects_above(tree: Tree, i: int) -> Iterator[tuple[int, int]]:
    """Verbs above the verb of a pronoun that have a subject, and that subject."""
    for verb in ancestors(tree, tree.heads[i]):
        own = dependents(tree, verb, ANY_SUBJECTS) if tree.pos[verb] in VERBAL else []
        if own and own[-1] != i:
            yield verb, own[-1]


def fitting(tree: Tree, nouns: Sequence[int], word: str, known: Known) -> list[Mention]:
    """The actors that some nouns stand for, if the pronoun can mean them."""
    found = {m.actor_id: m for n in nouns for m in stands_for(tree, n, known)}
    if word == "they":
        is_plural = len(found) > 1 or any(tree.tags[n] in PLURAL for n in nouns)
        return list(found.values()) if is_plural or any(m.kind == GROUP for m in found.values()) else []
    if len(found) != 1 or len(nouns) != 1:
        return []
    (meant,), noun = found.values(), nouns[0]
    is_person = meant.kind == "person" or tree.lemmas[noun] in roles() or tree.words[noun].lower() in PERSONAL
    if word in PERSONAL:
        is_one = is_person and tree.tags[noun] not in PLURAL
        return [meant] if is_one and meant.gender in (None, word) else []
    return [] if is_person or tree.tags[noun] in PLURAL else [meant]


# Descriptions


def is_definite(tree: Tree, noun: int) -> bool:
    """`the group`, not `a group` or `the group of`."""
    is_of = any(tree.words[k].lower() == "of" for k in tree.children[noun] if k > noun)
    return not is_of and any(
        tree.words[k].lower() in ("the", "this", "that") for k in tree.children[noun] if k < noun
    )


def last_described(
    tree: Tree, noun: int, description: Description, known: Known, before: Span | None
) -> list[Mention]:
    """The last actor before a noun that it can mean: `the Lebanese group`, not `the contact group`.

    A subject goes on about the subject of the sentence before, if it can.
    """
    words = [k for k in dependents(tree, noun, MODIFIERS) if k < noun]
    owners = [known[k] for k in words if k in known]
    if (
        any(k not in known and tree.words[k].lower() not in word_classes()["militant"] for k in words)
        or len(owners) > 1
    ):
        return []
    subject = main_subject(tree, before) if before is not None and tree.deps[noun] in ANY_SUBJECTS else None
    first = stands_for(tree, subject, known) if subject is not None else []
    earlier = (known[k] for k in range(noun - 1, max(noun - MEMORY, -1), -1) if k in known)
    for mention in (*first, *earlier):
        is_owned = not owners or owners[0].country_code == mention.country_code
        is_meant = not description.means or mention.actor_id in description.means
        if mention.kind == description.kind and is_owned and is_meant:
            return [mention]
    return []


def attackers_of(tree: Tree, noun: int, known: Known) -> frozenset[str]:
    """Countries that a noun cannot mean: Y in `X said Y had fired at the country`."""
    verb = next((i for i in ancestors(tree, noun) if tree.pos[i] in VERBAL), None)
    if verb is None or tree.lemmas[verb] not in attacking_verbs():
        return frozenset()
    doers = (m for i in logical_subjects(tree, verb) for m in stands_for(tree, i, known))
    return frozenset(m.country_code for m in doers if m.country_code)


@cache
def attacking_verbs() -> frozenset[str]:
    """Verbs of the event list that may say that somebody is attacked."""
    rows = load_lexicon("events/verbs")
    return frozenset(rows.loc[rows["root"] == "ASSAULT", "verb"])


def clause_country(tree: Tree, noun: int, known: Known) -> list[Mention]:
    """Whose `the country's war` is: the country of the subject of the clause around it."""
    if any(k < noun and tree.deps[k] in MODIFIERS for k in tree.children[noun]):
        return []
    attackers = attackers_of(tree, noun, known)
    for verb, subject in subjects_above(tree, noun):
        nouns = [n for k in antecedents(tree, verb, subject) for n in coordinated(tree, k)]
        found = [m for n in nouns for m in stands_for(tree, n, known)]
        code = found[0].country_code if len(found) == 1 else None
        if code is None or code not in attackers:  # X says Y has fired at the country: at X
            return [country_mention(noun, code)] if code else []
    return []


def country_mention(noun: int, code: str) -> Mention:
    return Mention(noun, noun + 1, code, country_name(code), code, "country", None, None, False)


# Organs and officers of a state


def organ_owner(tree: Tree, noun: int, known: Known, before: Span | None) -> list[Mention]:
    """The state that `the military` or `the foreign minister` acts for, where only the article shows it."""
    if tree.pos[noun] != "NOUN" or not is_definite(tree, noun):
        return []
    words = [k for k in tree.children[noun] if k < noun and tree.deps[k] in DESCRIBING]
    if any(k in known or tree.deps[k] == "poss" for k in words):
        return []
    description = " ".join(tree.words[k].lower() for k in [*words, noun])
    officer = last_officer(tree, noun, description, known)
    if officer is not None:
        return [officer]
    if organ_of(description) is None:
        return []
    code = organ_country(known.setting, noun, description, subject_country(tree, before, known))
    code = code or (known.home if is_organ(description) else None)
    return [country_mention(noun, code)] if code else []


def last_officer(tree: Tree, noun: int, description: str, known: Known) -> Mention | None:
    """The last person before a noun whose role it is: `the president`, `the prime minister`."""
    if tree.lemmas[noun] not in roles():
        return None
    for k in range(noun - 1, max(noun - MEMORY, -1), -1):
        mention = known.get(k)
        if mention and mention.kind == "person" and (mention.role or "").lower().endswith(description):
            return mention
    return None


# Whom a noun stands for


def stands_for(tree: Tree, noun: int, actors: Mapping[int, Mention]) -> list[Mention]:
    """The named actors that a noun stands for: itself, its apposition, or whose organ it is.

    `Israeli forces` and `the army of Israel` are Israel; the opposition of a country is not, nor its rebels.
    """
    if noun in actors:
        return listed_with(actors, noun)
    named = [i for i in dependents(tree, noun, APPOSITIONS) if i in actors]
    if named:
        return [actors[i] for i in coordinated(tree, named[0]) if i in actors]
    if tree.lemmas[noun] not in agent_nouns() and noun_rule(tree, noun) is None:
        return []
    below = dependents(tree, noun, DESCRIBING)
    classes = word_classes()
    words = {tree.lemmas[i] for i in (noun, *below)} | {tree.words[i].lower() for i in below}
    owners = [i for i in (*below, *nouns_after(tree, noun, "of", "by", "from")) if i in actors]
    found = [mention for i in owners for mention in listed_with(actors, i)]
    if words & (classes["opposed"] | classes["out of office"] | classes["rebel"]):
        found = [mention for mention in found if mention.kind == GROUP]
    return list(dict.fromkeys(found))


# A pronoun that opens a sentence


def continued_subject(
    tree: Tree, before: Span, sentence: Span, known: Actors, actors: Actors
) -> dict[int, Mention]:
    """Tokens of the pronoun that opens a sentence -> the actor that it means.

    Args:
        tree: the parsed text.
        before: the sentence before.
        sentence: the sentence.
        known: token -> the actor mentioned or meant there, up to the sentence.
        actors: token -> the actor mentioned there.
    """
    pronoun = opening_pronoun(tree, sentence, actors)
    subject = main_subject(tree, before) if pronoun is not None else None
    if pronoun is None or subject is None:
        return {}
    found = {mention.actor_id: mention for mention in stands_for(tree, subject, known)}
    if len(found) != 1:
        return {}
    (meant,) = found.values()
    if not may_mean(tree, pronoun, meant, before, actors):
        return {}
    return {i: meant._replace(start=i, end=i + 1) for i in same_pronouns(tree, pronoun)}


def opening_pronoun(tree: Tree, sentence: Span, actors: Actors) -> int | None:
    """The pronoun that is subject of a sentence, if nobody is named before it."""
    subject = main_subject(tree, sentence)
    if subject is None or tree.words[subject].lower() not in PERSONAL | {"it"}:
        return None
    is_person = tree.words[subject].lower() in PERSONAL
    between = [actors[i] for i in range(sentence.start, subject) if i in actors]
    is_other_known = any(not is_person or mention.kind == "person" for mention in between)
    return None if is_other_known else subject


def main_subject(tree: Tree, sentence: Span) -> int | None:
    """The subject of the verb on top of a sentence."""
    found = dependents(tree, sentence.root.i, ("nsubj",))
    is_single = (
        bool(found)
        and not dependents(tree, found[0], CONJUNCTS)
        and tree.tags[found[0]] in ("NN", "NNP", "NNPS", "PRP")
    )
    return found[0] if is_single else None


def may_mean(tree: Tree, pronoun: int, meant: Mention, before: Span, actors: Actors) -> bool:
    """Whether the pronoun is of the actor's kind, and nobody else of that kind can be meant."""
    is_person = meant.kind == "person"
    if is_person != (tree.words[pronoun].lower() in PERSONAL):
        return False
    verb = tree.heads[pronoun]
    is_continued = any(tree.lemmas[i] in CONTINUING for i in dependents(tree, verb, ("advmod",)))
    later = {actors[i].actor_id for i in range(pronoun, tree.doc[pronoun].sent.end) if i in actors}
    before_actors = (actors[i] for i in range(before.start, before.end) if i in actors)
    others = [other for other in before_actors if other.actor_id not in later]  # it accused X: it is not X
    return is_continued or not any(
        other.actor_id != meant.actor_id and (other.kind == "person") == is_person for other in others
    )


def same_pronouns(tree: Tree, pronoun: int) -> Iterator[int]:
    """The pronoun, and those of the clauses below: `It said it would`."""
    yield pronoun
    verb = tree.heads[pronoun]
    for _ in range(DEPTH):
        below = [i for i in dependents(tree, verb, CLAUSAL_COMPLEMENTS) if i > pronoun]
        again = [noun for i in below for noun in dependents(tree, i, SUBJECTS)]
        if not again or tree.words[again[0]].lower() != tree.words[pronoun].lower():
            return
        yield again[0]
        verb = below[0]


# ---------------------------------------------------------------- who speaks the words in quotation marks


def quote_speakers(tree: Tree, spans: Sequence[Span]) -> dict[int, int]:
    """First token of a sentence that quotes somebody -> the token of who speaks.

    Args:
        tree: the parsed text.
        spans: the sentences.
    """
    quoted, found, speaker = quoted_words(tree), {}, None
    for sentence in spans:
        here = next(speakers_in(tree, sentence, quoted), None)
        if here is not None:
            speaker = here
        elif not quoted[sentence.start]:
            speaker = None
        if speaker is not None:
            found[sentence.start] = speaker
    return found


def speakers_in(tree: Tree, sentence: Span, quoted: Sequence[bool]) -> Iterator[int]:
    """Subjects of verbs of saying outside quotation marks, that of the main verb first."""
    verbs = [i for i in range(sentence.start, sentence.end) if tree.pos[i] in VERBAL and not quoted[i]]
    for verb in sorted(verbs, key=lambda i: i != sentence.root.i):
        if is_saying_verb(tree, verb) or tree.lemmas[verb] in speech_verbs()["speaker"]:
            yield from (noun for noun in logical_subjects(tree, verb)[-1:] if not quoted[noun])


def first_persons(
    tree: Tree, actors: Actors, speakers: dict[int, int], spans: Sequence[Span]
) -> dict[int, Mention]:
    """Token of `we` or `our` in a quote -> who speaks, where the text names them."""
    quoted, found = quoted_words(tree), {}
    for sentence in spans:
        mention = actors.get(speakers.get(sentence.start, -1))
        for i in range(sentence.start, sentence.end) if mention else ():
            if (
                quoted[i]
                and tree.words[i].lower() in ("we", "us", "our", "i", "my", "me")
                and i not in actors
            ):
                found[i] = mention._replace(start=i, end=i + 1)
    return found
