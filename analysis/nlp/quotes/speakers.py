"""The speakers of an article: identities, where they were met, and what is known of them so far."""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from spacy.tokens import Doc, Token

from analysis.nlp.actors.page import Mention
from analysis.nlp.actors.state_organs import Setting, opening_organ_country, organ_country, organ_of
from analysis.nlp.parse.reporting_words import is_strong
from analysis.nlp.parse.tokens import is_noun_subject
from analysis.nlp.quotes.titles import title_country


class Speaker(NamedTuple):
    """An identity; `name` is what to show for it."""

    id: str
    name: str
    role: str | None = None
    affiliation: str | None = None
    country_code: str | None = None
    is_anonymous: bool = False
    note: str | None = None  # the stated condition of anonymity
    number: str = "one"  # or "many"
    gender: str | None = None  # "he", "she", "it"; None: not known
    is_named: bool = False
    is_organisation: bool = False  # an organisation, or people of one
    probability: float = 1.0  # that the mention is this identity


class Sighting(NamedTuple):
    """An identity at one place of the text."""

    token: int
    paragraph: int
    speaker: Speaker
    is_subject: bool
    has_spoken: bool
    is_main: bool = True  # subject of the sentence's main clause


REMEMBERED = 60  # sightings looked back on for a pronoun; more would make a long article quadratic
OFFICERS = frozenset(("person", "organisation"))
QUESTIONS = frozenset(("Q", "QUESTION"))
"""Lines of a printed interview that ask, and state nothing."""
ANSWERS = frozenset(("A", "ANSWER"))
LABELS = QUESTIONS | {"OPERATOR", "MODERATOR", "REPORTER"}
"""Lines of a transcript that no name opens: the speaker stays unknown."""
ROLE_REST = re.compile(r" (?:of|for|to|at|in) ")  # a secretary of state is a secretary, and no state


@dataclass(frozen=True)
class Cast:
    """Who has been met so far while an article is read."""

    doc: Doc
    paragraphs: Sequence[int]  # of each token
    at: dict[int, Mention]  # named actors, by each of their tokens
    article: str  # hash of the text
    recent: deque[Sighting]
    by_noun: dict[str, list[Speaker]]  # whom `the official` may mean, the last one last
    setting: Setting
    people: Sequence[Mention]
    codes: dict[str, str | None]  # country of officers, by id, where their title names none
    capitals: dict[str, Mention]  # whom a transcript's `MR LOPEZ:` means


def is_main_subject(token: Token) -> bool:
    """Subject of a main clause, which a pronoun in the next sentence takes up."""
    return token.head.dep_ in ("ROOT", "conj") and is_noun_subject(token)


def note_mention(cast: Cast, mention: Mention) -> None:
    """Remember a named actor for the pronouns and descriptions that follow.

    A description means the last of its kind who was a subject; after `Secretary Moore spoke with Foreign
    Secretary Kern`, the secretary is Moore. Source: centering theory, Grosz, Joshi and Weinstein 1995.
    """
    last = mention.end - 1
    token = cast.doc[last]
    if mention.kind != "person" and token.dep_ in ("amod", "compound", "nmod", "poss"):
        return  # after `Greek aircraft entered the area`, it is not Greece
    speaker = speaker_of_mention(cast, mention)
    is_subject = is_noun_subject(token)
    paragraph = cast.paragraphs[mention.start]
    speaks = is_subject and is_strong(token.head.lemma_)  # Doe agrees. He said ...
    cast.recent.append(Sighting(last, paragraph, speaker, is_subject, speaks, is_main_subject(token)))
    if mention.kind == "person" and mention.role:
        noun = ROLE_REST.split(mention.role.lower())[0].split()[-1]
        known = cast.by_noun.setdefault(noun, [])
        known.insert(len(known) if is_subject else 0, speaker)


def note_speaker(cast: Cast, head: int, speaker: Speaker, *, has_spoken: bool) -> None:
    """Remember a speaker for the pronouns that follow, and for a description such as `the official`."""
    cast.recent.append(Sighting(head, cast.paragraphs[head], speaker, True, has_spoken))
    token = cast.doc[head]
    is_description = token.pos_ == "NOUN" or (head not in cast.at and organ_of(token.lower_))
    if is_description and speaker.number == "one":
        cast.by_noun.setdefault(token.lemma_.lower(), []).append(speaker)


def speaker_of_mention(cast: Cast, mention: Mention) -> Speaker:
    """A named actor as a speaker."""
    return Speaker(
        mention.actor_id,
        mention.name,
        mention.role,
        mention.affiliation,
        mention.country_code or (officer_code(cast, mention) if mention.kind in OFFICERS else None),
        gender=mention.gender if mention.kind == "person" else "it",
        is_named=True,
        is_organisation=mention.kind == "organisation",
    )


def officer_code(cast: Cast, mention: Mention) -> str | None:
    """The country of a defence minister or a ministry's spokesman, where the title does not name it."""
    if mention.actor_id not in cast.codes:
        told = next(codes_in_titles(cast, mention), None)
        if told is not None:
            cast.codes[mention.actor_id] = told
            return told
        if (mention.role or "").endswith("president") and not is_head_of_state(cast.doc, mention):
            return None
        place = " of the " + mention.affiliation if mention.affiliation else ""
        description = f"{mention.role or ''}{place}" if mention.kind == "person" else mention.name
        code = organ_country(cast.setting, mention.end - 1, description, subject_country(cast, mention.start))
        code = code or (opening_organ_country(cast.setting, mention.start) if mention.role else None)
        cast.codes[mention.actor_id] = code
    return cast.codes[mention.actor_id]


def codes_in_titles(cast: Cast, mention: Mention) -> Iterator[str]:
    """The countries that titles of the same person name anywhere in the article, in its order."""
    for other in cast.people:
        if other.actor_id == mention.actor_id:
            code = title_country(cast.doc, cast.at, other)
            if code is not None:
                yield code


def is_head_of_state(doc: Doc, mention: Mention) -> bool:
    """`President Doe`, but not `Society President Doe`, nor `Doe, president of a league`."""
    words = [token.lower_ for token in doc[mention.start : mention.end]]
    return "president" in words[:3] and not (mention.start and doc[mention.start - 1].pos_ == "PROPN")


def subject_country(cast: Cast, start: int) -> str | None:
    """Country of the last main subject before a token in its paragraph."""
    for sighting in reversed(cast.recent):
        if sighting.paragraph != cast.paragraphs[start]:
            return None
        if sighting.speaker.is_organisation:
            continue  # the BBC says nothing about the country of the next minister
        if sighting.is_subject and sighting.is_main and sighting.token < start:
            is_joint = bool(cast.doc[sighting.token].conjuncts)
            return None if is_joint else sighting.speaker.country_code
    return None


def surnames_in_capitals(people: Sequence[Mention]) -> dict[str, Mention]:
    """Surnames that only one person of the article has, as transcripts print them."""
    known: dict[str, dict[str, Mention]] = {}
    for mention in people:
        known.setdefault(mention.name.split()[-1].upper(), {})[mention.actor_id] = mention
    return {surname: next(iter(same.values())) for surname, same in known.items() if len(same) == 1}
