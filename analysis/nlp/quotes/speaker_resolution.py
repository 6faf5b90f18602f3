"""Who a speaker is: names, pronouns and descriptions to one identity, with role, affiliation and anonymity.

Named people, bodies and countries keep the `actor_id` that `analysis.nlp.actors.mentions` gave them, the same
in every article. A person without a name is somebody in this article only, so his id carries the article's
hash.
"""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from typing import NamedTuple

from spacy.tokens import Doc, Token

from analysis.lexicons import load_lexicon
from analysis.nlp.actors.mentions import Mention
from analysis.nlp.actors.name_words import gendered_words, name_endings
from analysis.nlp.actors.state_organs import (
    Setting,
    is_body,
    is_organ,
    opening_organ_country,
    organ_country,
    organ_of,
    read_setting,
)


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
    is_main: bool = True  # of the sentence's main clause


RELATIVES = {"who", "whom", "whose", "which", "that"}
HE, SHE = {"he", "him", "his", "himself"}, {"she", "her", "hers", "herself"}
THEY, IT = {"they", "them", "their", "themselves"}, {"it", "its", "itself"}
REMEMBERED = 60  # sightings looked back on for a pronoun; more would make a long article quadratic
FAR = 6  # paragraphs
LAST_SUBJECT = 2.0  # as much as having spoken: after `Doe disagreed.`, he is Doe


@dataclass(frozen=True)
class Cast:
    """Who has been met so far while an article is read."""

    doc: Doc
    paragraphs: Sequence[int]  # of each token
    at: dict[int, Mention]  # named actors, by each of their tokens
    article: str  # hash of the text
    recent: deque[Sighting]
    by_noun: dict[str, list[Speaker]]  # whom `the official` may mean, the last last
    setting: Setting
    people: Sequence[Mention]
    codes: dict[str, str | None]  # country of officers whose title names none, by id
    capitals: dict[str, Mention]  # whom a transcript's `MR LOPEZ:` means


def resolve_speakers(
    doc: Doc,
    mentions: Sequence[Mention],
    heads: Sequence[int],
    quoted: Sequence[bool],
    paragraphs: Sequence[int],
) -> Iterator[Speaker | None]:
    """The identity of each speaker, given the heads of their noun phrases in the order of the text."""
    actors = [m for m in mentions if not m.is_dateline]
    at = {i: m for m in actors for i in range(m.start, m.end)}
    article = blake2b(doc.text.encode("utf-8", "replace"), digest_size=5).hexdigest()
    people = [m for m in actors if m.kind == "person"]
    setting = read_setting(doc, mentions, paragraphs)
    capitals = surnames_in_capitals(people)
    cast = Cast(doc, paragraphs, at, article, deque(maxlen=REMEMBERED), {}, setting, people, {}, capitals)
    met: list[Mention | int] = [*actors, *(i for i in unnamed_subjects(doc, at))]
    met.sort(key=lambda one: one if isinstance(one, int) else one.start)
    place = 0
    for head in heads:
        while place < len(met) and (met[place] if isinstance(met[place], int) else met[place].start) <= head:
            one = met[place]
            place += 1
            if isinstance(one, int):
                if one != head and not quoted[one]:
                    sight_unnamed(cast, one)
            elif not quoted[one.start]:
                sight(cast, one)
        speaker = identify(cast, head)
        if speaker is not None:
            cast.recent.append(Sighting(head, paragraphs[head], speaker, True, True))
            remember(cast, head, speaker)
        yield speaker


def unnamed_subjects(doc: Doc, at: dict[int, Mention]) -> Iterator[int]:
    """Subjects of main clauses that are described: `The ministry gave no details. It said ...`."""
    for token in doc:
        is_noun = token.pos_ in ("NOUN", "PROPN") and token.dep_ in ("nsubj", "nsubjpass")
        if is_noun and token.i not in at and is_main(token) and is_body(token.lower_):
            yield token.i


def is_main(token: Token) -> bool:
    """Subject of a main clause, which a pronoun in the next sentence takes up."""
    return token.head.dep_ in ("ROOT", "conj") and token.dep_ in ("nsubj", "nsubjpass")


def sight_unnamed(cast: Cast, head: int) -> None:
    """Remember a body that is described, for the pronouns that follow."""
    speaker = identify(cast, head)
    if speaker is not None:
        cast.recent.append(Sighting(head, cast.paragraphs[head], speaker, True, False))
        remember(cast, head, speaker)


def remember(cast: Cast, head: int, speaker: Speaker) -> None:
    """What `the official`, or `the ministry`, means from here on."""
    token = cast.doc[head]
    is_described = token.pos_ == "NOUN" or (head not in cast.at and organ_of(token.lower_))
    if is_described and speaker.number == "one":
        cast.by_noun.setdefault(token.lemma_.lower(), []).append(speaker)


def surnames_in_capitals(mentions: Sequence[Mention]) -> dict[str, Mention]:
    """Surnames that only one person of the article bears, as transcripts print them."""
    met: dict[str, dict[str, Mention]] = {}
    for mention in mentions:
        if mention.kind == "person":
            met.setdefault(mention.name.split()[-1].upper(), {})[mention.actor_id] = mention
    return {surname: next(iter(same.values())) for surname, same in met.items() if len(same) == 1}


QUESTIONS = frozenset(("Q", "QUESTION"))
"""Lines of a printed interview that ask, and state nothing."""
ANSWERS = frozenset(("A", "ANSWER"))
LABELS = QUESTIONS | {"OPERATOR", "MODERATOR", "REPORTER"}
"""Lines of a transcript that no name opens: whoever speaks stays unknown."""


def sight(cast: Cast, mention: Mention) -> None:
    """Remember a named actor for the pronouns and descriptions that follow.

    A description goes to the last of its kind who was a subject; after `Secretary Moore spoke with Foreign
    Secretary Kern`, the secretary is Moore. Source: centering theory, Grosz, Joshi and Weinstein 1995.
    """
    last = mention.end - 1
    token = cast.doc[last]
    if mention.kind != "person" and token.dep_ in ("amod", "compound", "nmod", "poss"):
        return  # after `Greek aircraft entered the area`, it is not Greece
    speaker = named(cast, mention)
    is_subject = token.dep_ in ("nsubj", "nsubjpass")
    paragraph = cast.paragraphs[mention.start]
    cast.recent.append(Sighting(last, paragraph, speaker, is_subject, False, is_main(token)))
    if mention.kind == "person" and mention.role:
        noun = ROLE_REST.split(mention.role.lower())[0].split()[-1]
        met = cast.by_noun.setdefault(noun, [])
        met.insert(len(met) if is_subject else 0, speaker)


ROLE_REST = re.compile(r" (?:of|for|to|at|in) ")  # a secretary of state is a secretary, and no state


def named(cast: Cast, mention: Mention) -> Speaker:
    """A named actor as a speaker."""
    return Speaker(
        mention.actor_id,
        mention.name,
        mention.role,
        mention.affiliation,
        mention.country_code or (officer_code(cast, mention) if mention.kind in OFFICERS else None),
        gender=mention.gender if mention.kind == "person" else "it",
        is_named=True,
    )


OFFICERS = frozenset(("person", "organisation"))


def officer_code(cast: Cast, mention: Mention) -> str | None:
    """The country of a defence minister, or of a ministry's spokesman, whose title leaves it open."""
    if mention.actor_id not in cast.codes:
        if (mention.role or "").endswith("president") and not is_head_of_state(cast.doc, mention):
            return None
        place = " of the " + mention.affiliation if mention.affiliation else ""
        described = f"{mention.role or ''}{place}" if mention.kind == "person" else mention.name
        code = organ_country(cast.setting, mention.end - 1, described, said_before(cast, mention.start))
        code = code or (opening_organ_country(cast.setting, mention.start) if mention.role else None)
        cast.codes[mention.actor_id] = code
    return cast.codes[mention.actor_id]


def is_head_of_state(doc: Doc, mention: Mention) -> bool:
    """`President Doe`, but not `Society President Doe`, nor `Doe, president of a league`."""
    words = [token.lower_ for token in doc[mention.start : mention.end]]
    return "president" in words[:3] and not (mention.start and doc[mention.start - 1].pos_ == "PROPN")


def said_before(cast: Cast, start: int) -> str | None:
    """Country of the last main subject of the paragraph."""
    for sighting in reversed(cast.recent):
        if sighting.paragraph != cast.paragraphs[start]:
            return None
        if sighting.speaker.id.startswith("org:"):
            continue  # the BBC says nothing of whose minister comes next
        if sighting.is_subject and sighting.is_main and sighting.token < start:
            several = list(cast.doc[sighting.token].conjuncts)
            return None if several else sighting.speaker.country_code
    return None


def identify(cast: Cast, head: int) -> Speaker | None:
    """Whom the noun phrase with this head means."""
    token, lower = cast.doc[head], cast.doc[head].lower_
    if head in cast.at:
        return named(cast, cast.at[head])
    if lower in RELATIVES:
        noun = antecedent_noun(token)
        return identify(cast, noun.i) if noun is not None and noun.lower_ not in RELATIVES else None
    if token.text == "I":
        author = byline(cast)
        return named(cast, author) if author is not None else None
    if lower in HE or lower in SHE:
        return pronoun(cast, head, "he" if lower in HE else "she")
    if lower in THEY:
        return plural(cast, head)
    if lower in IT:
        return pronoun(cast, head, "it")
    if (token.pos_ == "PRON" or token.tag_ in ("PRP", "PRP$")) and lower not in INDEFINITE:
        return None
    beside = apposed(token, cast.at)
    return named(cast, beside) if beside is not None else described(cast, token)


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


def byline(cast: Cast) -> Mention | None:
    """Who signs the article on a line `By Jo Doe` in its opening; None where two do."""
    for mention in cast.people:
        if mention.start > OPENING or cast.paragraphs[mention.start] > OPENING_LINES:
            return None
        opens = mention.start == 1 or "\n" in cast.doc[mention.start - 2].text
        is_last = mention.end == len(cast.doc) or "\n" in cast.doc[mention.end].text
        if mention.start and cast.doc[mention.start - 1].lower_ == "by" and opens and is_last:
            return mention
    return None


OPENING = 80  # tokens within which an article is signed
OPENING_LINES = 4


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
    is_last = True
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
        if is_last and away == 0 and (sighting.has_spoken or (sighting.is_subject and sighting.is_main)):
            score += LAST_SUBJECT
            is_last = False
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
    return between_commas(token, at)


def between_commas(token: Token, at: dict[int, Mention]) -> Mention | None:
    """`The opposition Front's leader, Jo Doe, said`, where the parser took the opposition for the subject."""
    doc, verb = token.doc, token.head
    last = verb.i - 2
    if token.dep_ != "nsubj" or not token.i < last < token.i + APPOSED or doc[last + 1].text != ",":
        return None
    named = at.get(last)
    is_own = named is not None and named.kind == "person" and named.end == last + 1 and named.role
    return named if is_own and doc[named.start - 1].text == "," and named.start - 1 > token.i else None


APPOSED = 14  # tokens from a subject to the verb within which a name between commas is still his


@cache
def anonymity_nouns() -> dict[str, str]:
    rows = load_lexicon("quotes/anonymity")
    return {t: k for t, k in zip(rows["term"], rows["kind"], strict=True) if k != "condition"}


@cache
def conditions() -> re.Pattern:
    rows = load_lexicon("quotes/anonymity")
    patterns = [t for t, k in zip(rows["term"], rows["kind"], strict=True) if k == "condition"]
    return re.compile(rf"\b(?:{'|'.join(patterns)})", re.IGNORECASE)


def described(cast: Cast, token: Token) -> Speaker | None:
    """An identity for a description: one met before (`the official`), or somebody without a name."""
    if token.text in LABELS:
        return None
    if token.text in ANSWERS:
        asked = interviewee(cast, token)
        return named(cast, asked) if asked is not None else None
    if token.text in cast.capitals:
        return named(cast, cast.capitals[token.text])
    start, end = phrase(token)
    name = clean(cast.doc[start:end].text)
    owners = [cast.at[i] for i in range(start, end) if i in cast.at]
    owner = owners[0] if owners and not are_joined(owners, token.i) else None
    if owner is not None and noun_of(token) in POSTED and cast.doc[owner.start - 1].lower_ in ("in", "to"):
        owner = None  # a diplomat in Lima is not Peru's
    met = met_before(cast, token, name, owner) if number_of(token) == "one" else None
    if met is not None:
        return met
    if name.lower() in BARE or token.pos_ not in ("NOUN", "PROPN", "PRON", "ADJ", "NUM", "DET"):
        return None
    if token.pos_ == "PROPN":
        return capitalised(cast, token, name, owner)
    role = role_words(cast.doc, start, token, owners)
    return unnamed(cast, token, name, owner, role)


def noun_of(token: Token) -> str:
    """The noun of a description as the lists have it."""
    return token.lemma_ if token.pos_ == "NOUN" else token.lower_


def number_of(token: Token) -> str:
    """Whether a description is of one or of many."""
    return "many" if token.tag_ in ("NNS", "NNPS") or token.lower_ in INDEFINITE else "one"


def capitalised(cast: Cast, token: Token, name: str, owner: Mention | None) -> Speaker:
    """Whoever has a name that no rule took for an actor: `the Bavarian Ministry`."""
    country = owner.country_code if owner else owned_code(cast, token, name)
    is_one = organ_of(name) is not None or name_endings().get(token.text) in BODIES
    gender = "it" if is_one else None
    row = (f"name:{slug(name)}", name)
    return Speaker(*row, country_code=country, number=number_of(token), gender=gender, is_named=True)


def unnamed(cast: Cast, token: Token, name: str, owner: Mention | None, role: str) -> Speaker:
    """Somebody of this article only, or a body or crowd of whom it belongs to."""
    kind = None if is_organ(name) else anonymity_nouns().get(noun_of(token))
    is_collective = number_of(token) == "many" or kind is None
    of = None if owner else possessor(cast, token)
    anchor = owner.actor_id if owner else of.id if of is not None else cast.article
    return Speaker(
        f"{anchor if is_collective else cast.article}/{slug(name)}",
        f"{of.name}'s {name}" if of is not None and is_collective else name,
        role=role if kind else None,
        affiliation=owner.name if owner else of.name if of is not None else None,
        country_code=owner.country_code if owner else owned_code(cast, token, name),
        is_anonymous=kind == "withheld",
        number=number_of(token),
        gender=gendered_words("noun").get(noun_of(token)) or (None if kind else "it"),
    )


BARE = frozenset(("both", "many", "some", "others", "most", "several", "few"))
"""Words that name nobody by themselves."""


def possessor(cast: Cast, token: Token) -> Speaker | None:
    """Whose `his office` or `its general staff` is, where he or it was named in the paragraph."""
    own = next((child for child in token.children if child.tag_ == "PRP$"), None)
    if own is None or own.lower_ not in HE | SHE | IT:
        return None
    gender = "he" if own.lower_ in HE else "she" if own.lower_ in SHE else "it"
    here = [s for s in cast.recent if s.paragraph == cast.paragraphs[token.i] and s.token < token.i]
    fitting = [s for s in here if s.speaker.is_named and s.is_subject and fits(s.speaker, gender)]
    same = [s.speaker for s in fitting if s.token >= token.sent.start]
    before = [s.speaker for s in fitting if s.token < token.sent.start]
    if same or before:
        return same[0] if same else before[-1]
    known = pronoun(cast, own.i, gender)
    return known if known and known.is_named and any(s.speaker.id == known.id for s in here) else None


def interviewee(cast: Cast, label: Token) -> Mention | None:
    """Who answers in a printed interview: the first person above its lines who does something."""
    above = [m for m in cast.people if m.start < label.i]
    doing = (m for m in above if cast.doc[m.end - 1].dep_ in ("nsubj", "nsubjpass"))
    return next(doing, above[0] if above else None)


POSTED = frozenset(("diplomat", "ambassador", "envoy", "representative", "correspondent"))


def met_before(cast: Cast, token: Token, name: str, owner: Mention | None) -> Speaker | None:
    """Whom a description means that the text knows: `the official`, or `Peru's president` who is named."""
    words = description_words(cast.doc, name, owner)
    if owner is not None and owner.country_code:
        same = {m.actor_id: m for m in cast.people if is_officer(m, words, owner.country_code)}
        if len(same) == 1:
            return named(cast, next(iter(same.values())))._replace(probability=0.85)
    if not any(c.lower_ in ("the", "this", "that") and c.dep_ == "det" for c in token.children):
        return None
    for met in reversed(cast.by_noun.get(token.lemma_.lower(), ())):
        known = f"{met.role or ''} {met.name}".lower().split()
        is_same = owner is None or not met.country_code or met.country_code == owner.country_code
        if owner is None and organ_of(name) in ("ministry", "government", "military", "army"):
            is_same = is_still(cast, met)
        is_same = is_same and (owner is None or met.is_named or bool(words))
        if is_same and words <= {token.lower_, token.lemma_.lower(), *known}:
            return met._replace(probability=min(met.probability, 0.85))
    return None


def is_still(cast: Cast, met: Speaker) -> bool:
    """False where the other side has taken the floor since a ministry was named: each side has one."""
    if met.country_code in (None, cast.setting.home):
        return True
    subjects = (s.speaker.country_code for s in reversed(cast.recent) if s.is_subject and s.is_main)
    return next((code for code in subjects if code), None) == met.country_code


def description_words(doc: Doc, name: str, owner: Mention | None) -> set[str]:
    """The words of a description without the country or body it belongs to."""
    own = name.lower()
    if owner is not None:
        own = re.split(r" (?:of|in|at|for) ", own)[0]
    known = set() if owner is None else {doc[i].lower_ for i in range(owner.start, owner.end)}
    return {word for word in re.findall(r"[\w-]{2,}", own) if word not in known | SMALL_WORDS}


SMALL_WORDS = frozenset(("the", "an", "of", "for", "in", "at", "to", "same", "current", "latest", "said"))


def is_officer(mention: Mention, words: set[str], code: str) -> bool:
    """Whether a named person holds the office that a description names: `president`, of that country."""
    return (
        mention.country_code == code
        and mention.role is not None
        and bool(words)
        and set(mention.role.lower().split()) == words
    )


def owned_code(cast: Cast, token: Token, name: str) -> str | None:
    """The country of an organ without a named owner: of `its` owner, or from what the article is about."""
    if any(c.tag_ == "PRP$" for c in token.children) and (organ_of(name) or is_owned(token)):
        known = possessor(cast, token)
        return known.country_code if known is not None else None
    owned = [c for c in token.children if c.dep_ == "poss" and not organ_of(c.lower_)]
    if owned or FOREIGNERS.search(
        cast.doc[token.left_edge.i : token.i + 1].text
    ):  # of an owner that no list knows: the North's state media
        return None
    return organ_country(cast.setting, token.i, name, said_before(cast, token.i))


def is_owned(token: Token) -> bool:
    """`his spokesman`, `her office`: whoever speaks for somebody."""
    return token.lemma_ in anonymity_nouns() or is_body(token.lower_)


BODIES = frozenset(("organisation", "state organ"))


FOREIGNERS = re.compile(r"\b[A-Z]\w+(?:ian|ese|ish)\b")
"""Of a people that no list knows: the Bavarian ministry."""


def are_joined(owners: list[Mention], noun: int) -> bool:
    """`Senior Indian and Pakistani officials`: of several countries, so of none of them alone."""
    return len({owner.country_code for owner in owners if owner.start < noun and owner.country_code}) > 1


def role_words(doc: Doc, start: int, token: Token, owners: list[Mention]) -> str:
    """`senior official` of `a senior US official`: the description without whom he speaks for."""
    skipped = {i for owner in owners for i in range(owner.start, owner.end)}
    if are_joined(owners, token.i):
        skipped |= {i for i in range(start, token.i) if doc[i].dep_ == "cc" or doc[i].text == ","}
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
                    if doc[i].text in (",", "(", "—", "–")
                    or (doc[i].text == "-" and doc[i - 1].whitespace_)
                    or doc[i].dep_ == "relcl"
                ),
                stop,
            )
            end = comma
        elif child.i >= end:
            break
    for i in range(token.i - 1, start, -1):  # KYIV - Russia's defence ministry
        is_dash = doc[i].text == "-" and doc[i - 1].whitespace_
        if is_dash or doc[i].is_quote or doc[i].text in (":", "—", "–", "--"):
            start = i + 1
            break
    while start < token.i and (
        doc[start].is_punct or doc[start].is_space or doc[start].dep_ in ("cc", "preconj", "advmod")
    ):
        start += 1
    return start, end


ARTICLES = re.compile(
    r"^(?:an?|the|this|that|these|those|his|her|their|its|our|my|one(?! of))\s+", re.IGNORECASE
)


def clean(text: str) -> str:
    return ARTICLES.sub("", " ".join(text.split()))


def slug(text: str) -> str:
    return re.sub(r"[\W_]+", "-", text.lower()).strip("-")
