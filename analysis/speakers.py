"""Who a speaker is: names, pronouns and descriptions to one identity, with role, affiliation and anonymity.

Named people, bodies and countries keep the `actor_id` that `analysis.actors` gave them, the same in every
article. A person without a name is somebody in this article only, so his id carries the article's hash.
"""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from typing import NamedTuple

from spacy.tokens import Doc, Token

from analysis.actors import Mention
from analysis.gazetteer import GENDERED_NOUNS
from analysis.lexicons import load_lexicon


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
    probability: float = 1.0  # that the mention is this identity


class Sighting(NamedTuple):
    """An identity at one place of the text."""

    token: int
    paragraph: int
    speaker: Speaker
    is_subject: bool
    has_spoken: bool


RELATIVES = {"who", "whom", "whose", "which", "that"}
HE, SHE = {"he", "him", "his", "himself"}, {"she", "her", "hers", "herself"}
THEY, IT = {"they", "them", "their", "themselves"}, {"it", "its", "itself"}
REMEMBERED = 60  # sightings looked back on for a pronoun; more would make a long article quadratic
FAR = 6  # paragraphs


@dataclass(frozen=True)
class Cast:
    """Who has been met so far while an article is read."""

    doc: Doc
    paragraphs: Sequence[int]  # of each token
    at: dict[int, Mention]  # named actors, by each of their tokens
    article: str  # hash of the text
    recent: deque[Sighting]
    by_noun: dict[str, Speaker]  # whom `the official` means
    capitals: dict[str, Mention]  # whom a transcript's `MR LOPEZ:` means


def resolve_speakers(
    doc: Doc,
    mentions: Sequence[Mention],
    heads: Sequence[int],
    quoted: Sequence[bool],
    paragraphs: Sequence[int],
) -> Iterator[Speaker | None]:
    """The identity of each speaker, given the heads of their noun phrases in the order of the text."""
    people = [m for m in mentions if not m.is_dateline]
    at = {i: m for m in people for i in range(m.start, m.end)}
    article = blake2b(doc.text.encode("utf-8", "replace"), digest_size=5).hexdigest()
    cast = Cast(doc, paragraphs, at, article, deque(maxlen=REMEMBERED), {}, surnames_in_capitals(people))
    place = 0
    for head in heads:
        while place < len(people) and people[place].start <= head:
            if not quoted[people[place].start]:
                sight(cast, people[place])
            place += 1
        speaker = identify(cast, head)
        if speaker is not None:
            cast.recent.append(Sighting(head, paragraphs[head], speaker, True, True))
            if doc[head].pos_ == "NOUN" and speaker.number == "one":
                cast.by_noun[doc[head].lemma_.lower()] = speaker
        yield speaker


def surnames_in_capitals(mentions: Sequence[Mention]) -> dict[str, Mention]:
    """Surnames that only one person of the article bears, as transcripts print them."""
    met: dict[str, dict[str, Mention]] = {}
    for mention in mentions:
        if mention.kind == "person":
            met.setdefault(mention.name.split()[-1].upper(), {})[mention.actor_id] = mention
    return {surname: next(iter(same.values())) for surname, same in met.items() if len(same) == 1}


LABELS = frozenset(("QUESTION", "OPERATOR", "MODERATOR", "REPORTER", "Q"))
"""Lines of a transcript that no name opens: whoever speaks stays unknown."""


def sight(cast: Cast, mention: Mention) -> None:
    """Remember a named actor for the pronouns and descriptions that follow.

    A description goes to the last of its kind who was a subject; after `Secretary Moore spoke with Foreign
    Secretary Kern`, the secretary is Moore. Source: centering theory, Grosz, Joshi and Weinstein 1995.
    """
    speaker = named(mention)
    last = mention.end - 1
    is_subject = cast.doc[last].dep_ in ("nsubj", "nsubjpass")
    cast.recent.append(Sighting(last, cast.paragraphs[mention.start], speaker, is_subject, False))
    if mention.kind == "person" and mention.role:
        noun = ROLE_REST.split(mention.role.lower())[0].split()[-1]
        if is_subject or noun not in cast.by_noun:
            cast.by_noun[noun] = speaker


ROLE_REST = re.compile(r" (?:of|for|to|at|in) ")  # a secretary of state is a secretary, and no state


def named(mention: Mention) -> Speaker:
    gender = mention.gender if mention.kind == "person" else "it"
    return Speaker(
        mention.actor_id,
        mention.name,
        mention.role,
        mention.affiliation,
        mention.country_code,
        gender=gender,
        is_named=True,
    )


def identify(cast: Cast, head: int) -> Speaker | None:
    """Whom the noun phrase with this head means."""
    token, lower = cast.doc[head], cast.doc[head].lower_
    if head in cast.at:
        return named(cast.at[head])
    if lower in RELATIVES:
        noun = antecedent_noun(token)
        return identify(cast, noun.i) if noun is not None and noun.lower_ not in RELATIVES else None
    if lower in HE or lower in SHE:
        return pronoun(cast, head, "he" if lower in HE else "she")
    if lower in THEY:
        return plural(cast, head)
    if lower in IT:
        return pronoun(cast, head, "it")
    if (token.pos_ == "PRON" or token.tag_ in ("PRP", "PRP$")) and lower not in INDEFINITE:
        return None
    beside = apposed(token, cast.at)
    return named(beside) if beside is not None else described(cast, token)


INDEFINITE = {
    "many",
    "some",
    "others",
    "one",
    "most",
    "another",
    "several",
    "few",
    "someone",
    "somebody",
    "everyone",
    "both",
}


def antecedent_noun(token: Token) -> Token | None:
    for ancestor in token.ancestors:
        if ancestor.dep_ in ("relcl", "acl"):
            return ancestor.head
    before = token.i - 1
    while before > 0 and (token.doc[before].is_punct or token.doc[before].is_space):
        before -= 1
    return token.doc[before] if before >= 0 and token.doc[before].pos_ in ("NOUN", "PROPN") else None


def pronoun(cast: Cast, head: int, gender: str) -> Speaker | None:
    """The best antecedent: near, of that gender, a subject, and above all somebody who has just spoken."""
    scored: dict[str, tuple[float, Speaker]] = {}
    for back, sighting in enumerate(reversed(cast.recent)):
        speaker = sighting.speaker
        away = cast.paragraphs[head] - sighting.paragraph
        if away > FAR:
            break
        if speaker.number == "many" or not fits(speaker, gender):
            continue
        score = (
            4.0 - away - 0.12 * back + 1.5 * sighting.is_subject + 2.0 * (sighting.has_spoken and back < 12)
        )
        score += 0.7 * (speaker.gender == gender)
        if speaker.id not in scored or scored[speaker.id][0] < score:
            scored[speaker.id] = (score, speaker)
    if not scored:
        return None
    ranked = sorted(scored.values(), key=lambda pair: -pair[0])
    lead = ranked[0][0] - ranked[1][0] if len(ranked) > 1 else 3.0
    return ranked[0][1]._replace(probability=min(0.95, 0.6 + 0.15 * lead))


def fits(speaker: Speaker, gender: str) -> bool:
    if gender == "it":
        return speaker.gender == "it"
    return speaker.gender in (None, gender)


def plural(cast: Cast, head: int) -> Speaker | None:
    """`they`: several people, or a body that has just spoken."""
    for sighting in reversed(cast.recent):
        if cast.paragraphs[head] - sighting.paragraph > 2:
            return None
        if sighting.speaker.number == "many" or (sighting.speaker.gender == "it" and sighting.has_spoken):
            return sighting.speaker._replace(probability=0.7)
    return None


def apposed(token: Token, at: dict[int, Mention]) -> Mention | None:
    """`the campaign manager, Robby Mook, said`: the description's name stands in apposition."""
    for child in token.children:
        if child.dep_ == "appos" and child.i in at and at[child.i].kind == "person":
            return at[child.i]
    return None


@cache
def anonymity_nouns() -> dict[str, str]:
    rows = load_lexicon("anonymity")
    return {t: k for t, k in zip(rows["term"], rows["kind"], strict=True) if k != "condition"}


@cache
def conditions() -> re.Pattern:
    rows = load_lexicon("anonymity")
    patterns = [t for t, k in zip(rows["term"], rows["kind"], strict=True) if k == "condition"]
    return re.compile(rf"\b(?:{'|'.join(patterns)})", re.IGNORECASE)


def described(cast: Cast, token: Token) -> Speaker | None:
    """An identity for a description: one met before (`the official`), or somebody without a name."""
    if token.text in LABELS:
        return None
    if token.text in cast.capitals:
        return named(cast.capitals[token.text])
    start, end = phrase(token)
    lemma = token.lemma_ if token.pos_ == "NOUN" else token.lower_
    number = "many" if token.tag_ in ("NNS", "NNPS") or token.lower_ in INDEFINITE else "one"
    definite = any(c.lower_ in ("the", "this", "that") and c.dep_ == "det" for c in token.children)
    if definite and number == "one" and lemma.lower() in cast.by_noun:
        met = cast.by_noun[lemma.lower()]
        return met._replace(probability=min(met.probability, 0.85))
    if token.pos_ not in ("NOUN", "PROPN", "PRON", "ADJ", "NUM", "DET"):
        return None
    owner = next((cast.at[i] for i in range(start, end) if i in cast.at), None)
    kind = anonymity_nouns().get(lemma)
    name = clean(cast.doc[start:end].text)
    key = slug(name)
    country = owner.country_code if owner else None
    if token.pos_ == "PROPN":
        return Speaker(f"name:{key}", name, country_code=country, number=number, is_named=True)
    anchor = owner.actor_id if owner else cast.article
    is_collective = number == "many" or kind is None
    return Speaker(
        f"{anchor if is_collective else cast.article}/{key}",
        name,
        role=role_words(cast.doc, start, token, owner) if kind else None,
        affiliation=owner.name if owner else None,
        country_code=country,
        is_anonymous=kind == "withheld",
        number=number,
        gender=GENDERED_NOUNS.get(lemma) or (None if kind else "it"),
    )


def role_words(doc: Doc, start: int, token: Token, owner: Mention | None) -> str:
    """`senior official` of `a senior US official`: the description without whom he speaks for."""
    skipped = range(owner.start, owner.end) if owner else ()
    words = [doc[i].text for i in range(start, token.i + 1) if i not in skipped and doc[i].tag_ != "POS"]
    return clean(" ".join(words))


def anonymity_notes(text: str) -> list[tuple[int, str]]:
    """Where the text says that a name is kept back, and in which words."""
    return [(match.start(), " ".join(match.group().split())) for match in conditions().finditer(text)]


def phrase(token: Token) -> tuple[int, int]:
    """The noun phrase without what follows a comma: appositions and relative clauses."""
    doc = token.doc
    start, end = token.left_edge.i, token.i + 1
    for child in token.rights:
        if (
            child.dep_ == "prep"
            and child.i == end
            and child.lower_ in ("of", "for", "at", "from", "in", "with", "on")
        ):
            stop = child.right_edge.i + 1
            comma = next(
                (
                    i
                    for i in range(child.i, stop)
                    if doc[i].text in (",", "(", "—", "–", "-") or doc[i].dep_ == "relcl"
                ),
                stop,
            )
            end = comma
        elif child.i >= end:
            break
    while start < token.i and (
        doc[start].is_punct or doc[start].is_space or doc[start].dep_ in ("cc", "preconj", "advmod")
    ):
        start += 1
    return start, end


ARTICLES = re.compile(r"^(?:an?|the|this|that|these|those|his|her|their|its|our|my|one)\s+", re.IGNORECASE)


def clean(text: str) -> str:
    return ARTICLES.sub("", " ".join(text.split()))


def slug(text: str) -> str:
    return re.sub(r"[\W_]+", "-", text.lower()).strip("-")
