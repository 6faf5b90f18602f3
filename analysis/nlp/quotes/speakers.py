"""The speakers of an article: identities, where they were met, their titles, and whom a pronoun means."""

import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import exp, log1p
from typing import NamedTuple

from spacy.tokens import Doc, Token

from analysis.lexicons import load_lexicon
from analysis.nlp.actors.page import Mention
from analysis.nlp.actors.state_organs import (
    Setting,
    organ_country,
    organ_of,
    organ_terms,
)
from analysis.nlp.parse.clause_subject import is_noun_subject
from analysis.nlp.parse.word_lists import is_strong

LONGEST = 14  # words of a title
TITLE_LINKS = frozenset(("and", "of", "for", "to", "-", "in"))
"""Words and marks inside titles: Ambassador to Peru, Commander-in-Chief."""
AMERICAN_SEATS = frozenset(
    ("senator", "senators", "congressman", "congresswoman", "representative", "senate")
)
AMERICAN_PARTIES = re.compile(r"\b(?:Republicans?|Democrats?|Democratic)\b")
"""Parties that show that senators without a country are American."""
REMEMBERED = 60  # sightings looked back on for a pronoun; more would make a long article quadratic
QUESTIONS = frozenset(("Q", "QUESTION"))
"""Lines of a printed interview that ask, and state nothing."""
LABELS = QUESTIONS | {"A", "ANSWER", "OPERATOR", "MODERATOR", "REPORTER"}
"""Lines of a transcript that no name opens: the speaker stays unknown."""
ROLE_REST = re.compile(r" (?:of|for|to|at|in) ")  # a secretary of state is a secretary, and no state
PRONOUNS = {
    "he": frozenset(("he", "him", "his", "himself")),
    "she": frozenset(("she", "her", "hers", "herself")),
    "it": frozenset(("it", "its", "itself")),
    "they": frozenset(("they", "them", "their", "themselves")),
}
ANTECEDENT_SIGNS = ("paragraphs back", "sightings back", "subject", "last subject", "of that kind")
"""`sightings back` is the logarithm of one more than those met since; what each means is in the list."""
FAR = 6  # paragraphs in which a pronoun's antecedent is looked for


def title_country(doc: Doc, at: Mapping[int, Mention], mention: Mention) -> str | None:
    """The country named in the title before a name, where the title is of somebody who acts for it."""
    start, end = title_start(doc, mention), mention.end
    offices = [
        i
        for i in range(start, end)
        if organ_terms().get(doc[i].lower_) in ("organ", "office", "voice", "sent")
    ]
    if not offices:
        return american_seat(doc, start, mention)
    for i in range(offices[-1] - 1, start - 1, -1):  # the nearest: US officials and Russian ambassador Doe
        owner = at.get(i)
        if owner is not None and owner.country_code and owner.actor_id != mention.actor_id:
            return owner.country_code
    return american_seat(doc, start, mention)


def title_start(doc: Doc, mention: Mention) -> int:
    """Where the words that may be a title begin, back from the name; the parse of long titles is unsure."""
    start = mention.start
    if start and doc[start - 1].dep_ == "cc":
        return start  # the spokesman and Jo Doe
    while start > max(0, mention.start - LONGEST):
        before = doc[start - 1]
        is_part = (
            before.pos_ in ("NOUN", "PROPN", "ADJ")
            or before.tag_ in ("POS", "HYPH", "NNP", "JJ")
            or before.lower_ in TITLE_LINKS
        )
        if not is_part or before.is_space:
            break
        start -= 1
    return start


def american_seat(doc: Doc, start: int, mention: Mention) -> str | None:
    """`Senator Jo Doe`, `Senate committee chairman Jo Doe` in an article that names an American party."""
    words = {token.lower_ for token in doc[start : mention.end]} | set((mention.role or "").lower().split())
    return "USA" if words & AMERICAN_SEATS and names_american_party(doc) else None


@lru_cache(maxsize=2)
def names_american_party(doc: Doc) -> bool:
    """Whether an article names an American party; asked for every senator in it, and searched for once."""
    return AMERICAN_PARTIES.search(doc.text) is not None


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
        mention.country_code
        or (officer_code(cast, mention) if mention.kind in ("person", "organisation") else None),
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
        place = " of the " + mention.affiliation if mention.affiliation else ""
        description = f"{mention.role or ''}{place}" if mention.kind == "person" else mention.name
        code = organ_country(cast.setting, description, subject_country(cast, mention.start))
        cast.codes[mention.actor_id] = code
    return cast.codes[mention.actor_id]


def codes_in_titles(cast: Cast, mention: Mention) -> Iterator[str]:
    """The countries that titles of the same person name anywhere in the article, in its order."""
    for other in cast.people:
        if other.actor_id == mention.actor_id:
            code = title_country(cast.doc, cast.at, other)
            if code is not None:
                yield code


def subject_country(cast: Cast, start: int) -> str | None:
    """Country of the last main subject before a token in its paragraph."""
    for sighting in reversed(cast.recent):
        if sighting.paragraph != cast.paragraphs[start]:
            return None
        if sighting.speaker.is_organisation:
            continue  # the BBC says nothing about the country of the next minister
        if sighting.is_subject and sighting.is_main and sighting.token < start:
            return None if cast.doc[sighting.token].conjuncts else sighting.speaker.country_code
    return None


def surnames_in_capitals(people: Sequence[Mention]) -> dict[str, Mention]:
    """Surnames that only one person of the article has, as transcripts print them."""
    known: dict[str, dict[str, Mention]] = {}
    for mention in people:
        known.setdefault(mention.name.split()[-1].upper(), {})[mention.actor_id] = mention
    return {surname: next(iter(same.values())) for surname, same in known.items() if len(same) == 1}


def pronoun_class(word: str) -> str | None:
    """`he`, `she`, `it` or `they`; None for another word."""
    return next((name for name, forms in PRONOUNS.items() if word in forms), None)


def may_be(speaker: Speaker, pronoun: str) -> bool:
    """Whether a pronoun of this class can mean the speaker; `they` is also said of one body or official."""
    is_of_gender = speaker.gender in (None, "it" if pronoun == "they" else pronoun)
    return is_of_gender if speaker.number == "one" else pronoun == "they"


@cache
def antecedent_weights() -> dict[str, float]:
    """What each sign adds to the log-odds that a pronoun means somebody.

    Raises:
        ValueError: a sign is unknown, or a weight is no number.
    """
    rows = load_lexicon("quotes/antecedent_weights", allowed={"sign": ANTECEDENT_SIGNS}, numbers=("weight",))
    return dict(zip(rows["sign"], map(float, rows["weight"]), strict=True))


def candidates(cast: Cast, head: int, pronoun: str) -> Iterator[tuple[Speaker, dict[str, float]]]:
    """Whom a pronoun may mean, the last one met first, each sighting with its signs."""
    is_last = True
    for back, sighting in enumerate(reversed(cast.recent)):
        speaker, away = sighting.speaker, cast.paragraphs[head] - sighting.paragraph
        if away > FAR:
            break
        if may_be(speaker, pronoun):
            is_main = sighting.has_spoken or (sighting.is_subject and sighting.is_main)
            is_match = speaker.number == "many" if pronoun == "they" else speaker.gender == pronoun
            signs = (away, log1p(back), sighting.is_subject, is_main and is_last, is_match)
            yield speaker, dict(zip(ANTECEDENT_SIGNS, map(float, signs), strict=True))
            is_last = is_last and not is_main


def antecedent(cast: Cast, head: int, pronoun: str) -> Speaker | None:
    """Whom a pronoun means: the candidate with the largest share of the odds of all sightings."""
    odds: dict[str, float] = {}
    met: dict[str, Speaker] = {}
    for speaker, signs in candidates(cast, head, pronoun):
        score = sum(antecedent_weights()[sign] * value for sign, value in signs.items())
        odds[speaker.id] = odds.get(speaker.id, 0.0) + exp(score)
        met.setdefault(speaker.id, speaker)
    best = max(odds, key=odds.__getitem__, default=None)
    return met[best]._replace(probability=odds[best] / sum(odds.values())) if best is not None else None
