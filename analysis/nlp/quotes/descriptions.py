"""Whom a description means: somebody met before (`the official`), or somebody without a name."""

import re
from collections.abc import Sequence

from spacy.tokens import Doc, Token

from analysis.nlp.actors.name_words import gendered_words, name_endings
from analysis.nlp.actors.page import Mention
from analysis.nlp.actors.state_organs import is_body, is_organ, organ_country, organ_of
from analysis.nlp.parse.tokens import is_noun_subject
from analysis.nlp.quotes.noun_phrases import noun_of, noun_phrase, number_of, slug, without_article
from analysis.nlp.quotes.pronoun_speakers import gender_of, may_be, singular_antecedent
from analysis.nlp.quotes.speakers import ANSWERS, LABELS, Cast, Speaker, speaker_of_mention, subject_country
from analysis.nlp.quotes.unnamed_sources import unnamed_sources

BARE = frozenset(("both", "many", "some", "others", "most", "several", "few"))
"""Words that name nobody by themselves."""
DESCRIBING = frozenset(("NOUN", "PROPN", "PRON", "ADJ", "NUM", "DET"))
POSTED = frozenset(("diplomat", "ambassador", "envoy", "representative", "correspondent"))
"""People who work abroad: a diplomat in Lima is not Peru's."""
ONE_PER_SIDE = frozenset(("ministry", "government", "military", "army"))
BODIES = frozenset(("organisation", "state organ"))
SMALL_WORDS = frozenset(("the", "an", "of", "for", "in", "at", "to", "same", "current", "latest", "said"))
FOREIGNERS = re.compile(r"\b[A-Z]\w+(?:ian|ese|ish)\b")
"""Of a people that no list knows: the Bavarian ministry."""
RECALLED = 0.85  # probability that a description means somebody met before


def speaker_of_description(cast: Cast, token: Token) -> Speaker | None:
    """Whom the noun phrase with this head means."""
    if token.text in LABELS:
        return None
    if token.text in ANSWERS:
        answering = interviewee(cast, token)
        return speaker_of_mention(cast, answering) if answering is not None else None
    if token.text in cast.capitals:
        return speaker_of_mention(cast, cast.capitals[token.text])
    start, end = noun_phrase(token)
    name = without_article(cast.doc[start:end].text)
    owners = [cast.at[i] for i in range(start, end) if i in cast.at]
    owner = sole_owner(cast.doc, token, owners)
    known = known_speaker(cast, token, name, owner) if number_of(token) == "one" else None
    if known is not None:
        return known
    if name.lower() in BARE or token.pos_ not in DESCRIBING:
        return None
    if token.pos_ == "PROPN":
        return unlisted_name(cast, token, name, owner)
    return unnamed_speaker(cast, token, name, owner, role_words(cast.doc, start, token, owners))


def interviewee(cast: Cast, label: Token) -> Mention | None:
    """Who answers in a printed interview: the first person above its lines who does something."""
    above = [m for m in cast.people if m.start < label.i]
    acting = (m for m in above if is_noun_subject(cast.doc[m.end - 1]))
    return next(acting, above[0] if above else None)


# ---------------------------------------------------------------- whose they are


def sole_owner(doc: Doc, token: Token, owners: Sequence[Mention]) -> Mention | None:
    """The country or body that a description belongs to: Peru of `Peru's envoy`."""
    if not owners or are_joint(owners, token.i):
        return None
    is_posted = noun_of(token) in POSTED and doc[owners[0].start - 1].lower_ in ("in", "to")
    return None if is_posted else owners[0]


def are_joint(owners: Sequence[Mention], noun: int) -> bool:
    """`Senior Indian and Pakistani officials`: of several countries, so of none of them alone."""
    return len({owner.country_code for owner in owners if owner.start < noun and owner.country_code}) > 1


def has_possessive(token: Token) -> bool:
    """`his spokesman`, `its general staff`."""
    return any(child.tag_ == "PRP$" for child in token.children)


def possessor(cast: Cast, token: Token) -> Speaker | None:
    """Whose `his office` or `its general staff` is, where the owner was named in the paragraph."""
    own = next((child for child in token.children if child.tag_ == "PRP$"), None)
    gender = gender_of(own.lower_) if own is not None else None
    if gender is None:
        return None
    here = [s for s in cast.recent if s.paragraph == cast.paragraphs[token.i] and s.token < token.i]
    possible = [s for s in here if s.speaker.is_named and s.is_subject and may_be(s.speaker, gender)]
    start = token.sent.start
    same = [s.speaker for s in possible if s.token >= start]
    before = [s.speaker for s in possible if s.token < start]
    if same or before:
        return same[0] if same else before[-1]
    known = singular_antecedent(cast, own.i, gender)
    return known if known and known.is_named and any(s.speaker.id == known.id for s in here) else None


def owned_code(cast: Cast, token: Token, name: str) -> str | None:
    """The country of an organ without a named owner: of `its` owner, or from what the article is about."""
    if has_possessive(token) and (organ_of(name) or speaks_for_another(token)):
        known = possessor(cast, token)
        return known.country_code if known is not None else None
    owned = [c for c in token.children if c.dep_ == "poss" and not organ_of(c.lower_)]
    if owned or FOREIGNERS.search(cast.doc[token.left_edge.i : token.i + 1].text):
        return None  # of an owner that no list knows: the North's state media
    return organ_country(cast.setting, token.i, name, subject_country(cast, token.i))


def speaks_for_another(token: Token) -> bool:
    """`his spokesman`, `her office`."""
    return token.lemma_ in unnamed_sources() or is_body(token.lower_)


# ---------------------------------------------------------------- somebody met before


def known_speaker(cast: Cast, token: Token, name: str, owner: Mention | None) -> Speaker | None:
    """Somebody the text knows: `the official`, or `Peru's president` who is named elsewhere."""
    words = description_words(cast.doc, name, owner)
    if owner is not None and owner.country_code:
        same = {m.actor_id: m for m in cast.people if is_officer(m, words, owner.country_code)}
        if len(same) == 1:
            return speaker_of_mention(cast, next(iter(same.values())))._replace(probability=RECALLED)
    if not any(c.lower_ in ("the", "this", "that") and c.dep_ == "det" for c in token.children):
        return None
    for known in reversed(cast.by_noun.get(token.lemma_.lower(), ())):
        own = f"{known.role or ''} {known.name}".lower().split()
        if is_same_side(cast, known, name, owner, words) and words <= {
            token.lower_,
            token.lemma_.lower(),
            *own,
        }:
            return known._replace(probability=min(known.probability, RECALLED))
    return None


def is_same_side(cast: Cast, known: Speaker, name: str, owner: Mention | None, words: set[str]) -> bool:
    """Whether a description can mean somebody of the country that somebody met before is of."""
    if owner is None:
        return organ_of(name) not in ONE_PER_SIDE or has_the_floor(cast, known)
    is_same = not known.country_code or known.country_code == owner.country_code
    return is_same and (known.is_named or bool(words))


def has_the_floor(cast: Cast, known: Speaker) -> bool:
    """False where the other side has spoken since a ministry was named: each side has one."""
    if known.country_code in (None, cast.setting.home):
        return True
    subjects = (s.speaker.country_code for s in reversed(cast.recent) if s.is_subject and s.is_main)
    return next((code for code in subjects if code), None) == known.country_code


def description_words(doc: Doc, name: str, owner: Mention | None) -> set[str]:
    """The words of a description without the country or body it belongs to."""
    own = name.lower()
    if owner is not None:
        own = re.split(r" (?:of|in|at|for) ", own)[0]
    owned = set() if owner is None else {doc[i].lower_ for i in range(owner.start, owner.end)}
    return {word for word in re.findall(r"[\w-]{2,}", own) if word not in owned | SMALL_WORDS}


def is_officer(mention: Mention, words: set[str], code: str) -> bool:
    """Whether a named person has the office that a description names: `president`, of that country."""
    return (
        mention.country_code == code
        and mention.role is not None
        and bool(words)
        and set(mention.role.lower().split()) == words
    )


# ---------------------------------------------------------------- somebody new


def unlisted_name(cast: Cast, token: Token, name: str, owner: Mention | None) -> Speaker:
    """Somebody with a name that no rule took for an actor: `the Bavarian Ministry`."""
    return Speaker(
        f"name:{slug(name)}",
        name,
        country_code=owner.country_code if owner else owned_code(cast, token, name),
        number=number_of(token),
        gender="it" if is_name_of_body(token, name) else None,
        is_named=True,
    )


def is_name_of_body(token: Token, name: str) -> bool:
    """`the Bavarian Ministry`, `the Hostages Forum`, `Lima's Andes Tours`: people have no article."""
    is_body_word = organ_of(name) is not None or name_endings().get(token.text) in BODIES
    return is_body_word or any(c.lower_ == "the" or c.dep_ == "poss" for c in token.lefts)


def unnamed_speaker(cast: Cast, token: Token, name: str, owner: Mention | None, role: str) -> Speaker:
    """Somebody of this article only; or a body or crowd, which its owner makes the same in every article."""
    kind = None if is_organ(name) else unnamed_sources().get(noun_of(token))
    is_collective = number_of(token) == "many" or kind is None
    patron = None if owner else possessor(cast, token)
    anchor = owner.actor_id if owner else patron.id if patron is not None else cast.article
    is_of_organisation = owner.kind == "organisation" if owner else bool(patron and patron.is_organisation)
    return Speaker(
        f"{anchor if is_collective else cast.article}/{slug(name)}",
        f"{patron.name}'s {name}" if patron is not None and is_collective else name,
        role=role if kind else None,
        affiliation=owner.name if owner else patron.name if patron is not None else None,
        country_code=owner.country_code if owner else owned_code(cast, token, name),
        is_anonymous=kind == "withheld",
        number=number_of(token),
        gender=gendered_words("noun").get(noun_of(token)) or (None if kind else "it"),
        is_organisation=is_collective and is_of_organisation,
    )


def role_words(doc: Doc, start: int, token: Token, owners: Sequence[Mention]) -> str:
    """`senior official` of `a senior US official`: the description without the country or body."""
    skipped = {i for owner in owners for i in range(owner.start, owner.end)}
    if are_joint(owners, token.i):
        skipped |= {i for i in range(start, token.i) if doc[i].dep_ == "cc" or doc[i].text == ","}
    words = [doc[i].text for i in range(start, token.i + 1) if i not in skipped and doc[i].tag_ != "POS"]
    return without_article(" ".join(words))
