"""Who a speaker is: names, pronouns and descriptions to one identity, with role, affiliation and anonymity.

Named people, bodies and countries keep the `actor_id` of `analysis.nlp.actors.mentions`, the same in every
article. A person without a name is somebody in this article only, so their id has the article's hash.
"""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from hashlib import blake2b

from spacy.tokens import Doc, Token

from analysis.nlp.actors.gazetteer import gendered_words, name_endings
from analysis.nlp.actors.page import Mention
from analysis.nlp.actors.state_organs import is_body, is_organ, organ_country, organ_of, read_setting
from analysis.nlp.parse.clause_subject import (
    NOUNS_AND_PRONOUNS,
    child_with,
    is_document,
    passive_agent,
)
from analysis.nlp.parse.tree import NOMINAL, contrasted
from analysis.nlp.parse.word_lists import unnamed_sources
from analysis.nlp.quotes.speakers import (
    LABELS,
    REMEMBERED,
    Cast,
    Speaker,
    antecedent,
    is_main_subject,
    note_mention,
    note_speaker,
    pronoun_class,
    speaker_of_mention,
    subject_country,
    surnames_in_capitals,
)

INDEFINITE = frozenset(
    (
        "many", "some", "others", "one", "most", "another", "several", "few", "someone", "somebody",
        "everyone", "both",
    )
)  # fmt: skip
PREPOSITIONS = frozenset(("of", "for", "at", "from", "in", "with", "on"))
"""Prepositions that continue a description: a spokesman for the army."""
STARTS = frozenset((":", "—", "–", "--"))
"""A description never begins before one of these."""
ARTICLES = re.compile(
    r"^(?:an?|the|this|that|these|those|his|her|their|its|our|my|one(?! of))\s+", re.IGNORECASE
)
NEAR_PARAGRAPHS = 2  # within which `the statement` is of the last speaker
PROBABILITY = 0.8  # that it is
BARE = INDEFINITE - {"another"}
"""Words that name nobody by themselves."""
POSTED = ("diplomat", "ambassador", "envoy", "representative", "correspondent")
"""People who work abroad: a diplomat in Lima is not Peru's."""
SMALL_WORDS = frozenset(("the", "an", "of", "for", "in", "at", "to", "same", "current", "latest", "said"))
RECALLED = 0.85  # probability that a description means somebody met before


def noun_phrase(head: Token) -> tuple[int, int]:
    """Tokens of a noun phrase, without appositions and relative clauses after a comma."""
    return phrase_start(head), phrase_end(head)


def phrase_end(head: Token) -> int:
    """One past the last token, with prepositional phrases that directly follow the noun."""
    end = head.i + 1
    for child in head.rights:
        if child.dep_ == "prep" and child.i == end and child.lower_ in PREPOSITIONS:
            stop = child.right_edge.i + 1
            end = next((i for i in range(child.i, stop) if ends_description(head.doc, i)), stop)
        elif child.i >= end:
            break
    return end


def ends_description(doc: Doc, i: int) -> bool:
    """A comma outside a list, a bracket, a dash or a relative clause."""
    token = doc[i]
    is_mark = token.text in ("(", "—", "–") or (token.text == "," and not child_with(token.head, "conj"))
    return is_mark or is_dash(doc, i) or token.dep_ == "relcl"


def is_dash(doc: Doc, i: int) -> bool:
    """A hyphen between spaces."""
    return doc[i].text == "-" and bool(doc[i - 1].whitespace_)


def phrase_start(head: Token) -> int:
    """The first token, after a dateline (`KYIV - Russia's defence ministry`), conjunctions and adverbs."""
    doc, start = head.doc, head.left_edge.i
    for i in range(head.i - 1, start, -1):
        if is_dash(doc, i) or doc[i].is_quote or doc[i].text in STARTS:
            start = i + 1
            break
    while start < head.i and (
        doc[start].is_punct or doc[start].is_space or doc[start].dep_ in ("cc", "preconj", "advmod")
    ):
        start += 1
    return start


def noun_of(head: Token) -> str:
    """The noun of a description as the lists have it."""
    return head.lemma_ if head.pos_ == "NOUN" else head.lower_


def number_of(head: Token) -> str:
    """Whether a description is of one or of many."""
    return "many" if head.tag_ in ("NNS", "NNPS") or head.lower_ in INDEFINITE else "one"


def without_article(text: str) -> str:
    """A description in one line, without `the` or `his`."""
    return ARTICLES.sub("", " ".join(text.split()))


def slug(text: str) -> str:
    """A text as part of an id: `foreign-ministry`."""
    return re.sub(r"[\W_]+", "-", text.lower()).strip("-")


def issuer_met_before(cast: Cast, document: Token) -> Speaker | None:
    """Whose `the statement` is: a named body, country or person that has spoken shortly before."""
    is_the = any(child.lower_ in ("the", "this") for child in document.lefts)
    has_owner = any(child.dep_ in ("poss", "compound", "amod", "nmod") for child in document.lefts)
    if not is_the or has_owner or not is_document(document) or child_with(document, "prep") is not None:
        return None
    for sighting in reversed(cast.recent):
        if cast.paragraphs[document.i] - sighting.paragraph > NEAR_PARAGRAPHS:
            return None
        if sighting.has_spoken and sighting.speaker.is_named:
            return sighting.speaker._replace(probability=min(sighting.speaker.probability, PROBABILITY))
    return None


def speaker_of_description(cast: Cast, token: Token) -> Speaker | None:
    """Whom the noun phrase with this head means."""
    if token.text in LABELS:
        return None
    if token.text in cast.capitals:
        return speaker_of_mention(cast, cast.capitals[token.text])
    start, end = noun_phrase(token)
    name = without_article(cast.doc[start:end].text)
    owners = [cast.at[i] for i in range(start, end) if i in cast.at]
    owner = sole_owner(cast.doc, token, owners)
    known = known_speaker(cast, token, name, owner) if number_of(token) == "one" else None
    if known is not None:
        return known
    if name.lower() in BARE or token.pos_ not in ("NOUN", "PROPN", "PRON", "ADJ", "NUM", "DET"):
        return None
    if token.pos_ == "PROPN":
        return Speaker(  # a name that no rule took for an actor's: the Bavarian Ministry
            f"name:{slug(name)}",
            name,
            country_code=owner.country_code if owner else organ_code(cast, token, name),
            number=number_of(token),
            gender="it" if is_name_of_body(token, name) else None,
            is_named=True,
        )
    return unnamed_speaker(cast, token, name, owner, role_words(cast.doc, start, token, owners))


# ---------------------------------------------------------------- whose they are


def sole_owner(doc: Doc, token: Token, owners: Sequence[Mention]) -> Mention | None:
    """The country or body that a description belongs to: Peru of `Peru's envoy`."""
    is_posted = noun_of(token) in POSTED and owners and doc[owners[0].start - 1].lower_ in ("in", "to")
    codes = {
        owner.country_code
        for owner in owners
        if owner.country_code and (owner.start < token.i or doc[owner.end - 1].conjuncts)
    }
    is_joint = len(codes) > 1  # senior Indian and Pakistani officials: of neither country alone
    return None if not owners or is_posted or is_joint else owners[0]


def possessor(cast: Cast, token: Token) -> Speaker | None:
    """Whose `his office` or `its general staff` is, where the text names the owner."""
    own = next((child for child in token.children if child.tag_ == "PRP$"), None)
    pronoun = pronoun_class(own.lower_) if own is not None else None
    known = antecedent(cast, own.i, pronoun) if pronoun else None
    return known if known and known.is_named else None


def organ_code(cast: Cast, token: Token, name: str) -> str | None:
    """The country of an organ without a named owner, from what the article is about."""
    is_owned = any(c.dep_ == "poss" and not organ_of(c.lower_) for c in token.children)
    return None if is_owned else organ_country(cast.setting, name, subject_country(cast, token.i))


# ---------------------------------------------------------------- somebody met before


def known_speaker(cast: Cast, token: Token, name: str, owner: Mention | None) -> Speaker | None:
    """Somebody the text knows: `the official`."""
    words = description_words(cast.doc, name, owner)
    if not any(c.lower_ in ("the", "this", "that") and c.dep_ == "det" for c in token.children):
        return None
    for known in reversed(cast.by_noun.get(token.lemma_.lower(), ())):
        own = f"{known.role or ''} {known.name}".lower().split()
        is_same = not owner or not known.country_code or known.country_code == owner.country_code
        is_meant = not owner or known.is_named or bool(words)
        if (
            is_same
            and is_meant
            and words
            <= {
                token.lower_,
                token.lemma_.lower(),
                *own,
            }
        ):
            return known._replace(probability=min(known.probability, RECALLED))
    return None


def description_words(doc: Doc, name: str, owner: Mention | None) -> set[str]:
    """The words of a description without the country or body it belongs to."""
    own = name.lower()
    if owner is not None:
        own = re.split(r" (?:of|in|at|for) ", own)[0]
    owned = set() if owner is None else {doc[i].lower_ for i in range(owner.start, owner.end)}
    return {word for word in re.findall(r"[\w-]{2,}", own) if word not in owned | SMALL_WORDS}


# ---------------------------------------------------------------- somebody new


def is_name_of_body(token: Token, name: str) -> bool:
    """`the Bavarian Ministry`, `the Hostages Forum`, `Lima's Andes Tours`: people have no article."""
    is_body_word = organ_of(name) is not None or name_endings().get(token.text) in (
        "organisation",
        "state organ",
    )
    return is_body_word or any(c.lower_ == "the" or c.dep_ == "poss" for c in token.lefts)


def unnamed_speaker(cast: Cast, token: Token, name: str, owner: Mention | None, role: str) -> Speaker:
    """Somebody of this article only; or a body or crowd, which its owner makes the same in every article."""
    kind = None if is_organ(name) else unnamed_sources().get(noun_of(token))
    is_collective = number_of(token) == "many" or kind is None
    patron = owner or possessor(cast, token)
    patron_id = owner.actor_id if owner else patron.id if patron else cast.article
    return Speaker(
        f"{patron_id if is_collective else cast.article}/{slug(name)}",
        f"{patron.name}'s {name}" if patron and not owner and is_collective else name,
        role=role if kind else None,
        affiliation=patron.name if patron else None,
        country_code=patron.country_code if patron else organ_code(cast, token, name),
        is_anonymous=kind == "withheld",
        number=number_of(token),
        gender=gendered_words("noun").get(noun_of(token)) or (None if kind else "it"),
        is_organisation=bool(is_collective and owner and owner.kind == "organisation"),
    )


def role_words(doc: Doc, start: int, token: Token, owners: Sequence[Mention]) -> str:
    """`senior official` of `a senior US official`: the description without the country or body."""
    skipped = {i for owner in owners for i in range(owner.start, owner.end)}
    words = [doc[i].text for i in range(start, token.i + 1) if i not in skipped and doc[i].tag_ != "POS"]
    return without_article(" ".join(words))


# ---------------------------------------------------------------- whom a description means


RELATIVES = frozenset(("who", "whom", "whose", "which", "that"))


def resolve_speakers(
    doc: Doc,
    mentions: Sequence[Mention],
    heads: Sequence[int],
    quoted: Sequence[bool],
    paragraphs: Sequence[int],
) -> Iterator[Speaker | None]:
    """The identity of each speaker, given the heads of their noun phrases in the order of the text."""
    actors = [m for m in mentions if not m.is_dateline]
    people = [m for m in actors if m.kind == "person"]
    cast = Cast(
        doc=doc,
        paragraphs=paragraphs,
        at={i: m for m in actors for i in range(m.start, m.end)},
        article=blake2b(doc.text.encode("utf-8", "replace"), digest_size=5).hexdigest(),
        recent=deque(maxlen=REMEMBERED),
        by_noun={},
        setting=read_setting(doc, mentions),
        people=people,
        codes={},
        capitals=surnames_in_capitals(people),
    )
    met: list[tuple[int, Mention | None]] = [(m.start, m) for m in actors]
    met += [(i, None) for i in unnamed_bodies(doc, cast.at)]
    met.sort(key=lambda pair: pair[0])
    place = 0
    for head in heads:
        while place < len(met) and met[place][0] <= head:
            start, mention = met[place]
            place += 1
            if quoted[start]:
                continue
            if mention is not None:
                note_mention(cast, mention)
            elif start != head and (body := identify(cast, start)):
                note_speaker(cast, start, body, has_spoken=False)
        speaker = identify(cast, head)
        if speaker is not None:
            note_speaker(cast, head, speaker, has_spoken=True)
        yield speaker


def unnamed_bodies(doc: Doc, at: dict[int, Mention]) -> Iterator[int]:
    """Bodies without a name that do something: `The ministry gave no details. It said ...`."""
    for token in doc:
        is_noun = token.pos_ in NOMINAL and token.i not in at
        does = is_main_subject(token) or (token.dep_ == "pobj" and token.head.dep_ == "agent")
        if is_noun and does and is_body(token.lower_):
            yield token.i


def identify(cast: Cast, head: int) -> Speaker | None:
    """Whom the noun phrase with this head means."""
    token, lower = cast.doc[head], cast.doc[head].lower_
    if head in cast.at:
        return speaker_of_mention(cast, cast.at[head])
    if lower in RELATIVES:
        noun = antecedent_noun(token)
        return identify(cast, noun.i) if noun is not None and noun.lower_ not in RELATIVES else None
    pronoun = pronoun_class(lower)
    if pronoun is not None:
        return antecedent(cast, head, pronoun)
    if (token.pos_ == "PRON") and lower not in INDEFINITE:
        return None
    beside = apposed_name(token, cast.at)
    if beside is not None:
        return speaker_of_mention(cast, beside)
    for child in token.rights if is_document(token) else ():  # a report by the agency
        is_by = child.dep_ == "prep" and child.lower_ in ("by", "from")
        noun = child_with(child, "pobj") if is_by else passive_agent(child) if child.dep_ == "acl" else None
        if noun is not None and noun.pos_ in NOUNS_AND_PRONOUNS:
            return identify(cast, noun.i)
    return issuer_met_before(cast, token) or speaker_of_description(cast, token)


def antecedent_noun(relative: Token) -> Token | None:
    """The noun that `who` or `which` stands for."""
    for ancestor in relative.ancestors:
        if ancestor.dep_ in ("relcl", "acl"):
            return contrasted(ancestor.head)
    doc, before = relative.doc, relative.i - 1
    while before > 0 and (doc[before].is_punct or doc[before].is_space):
        before -= 1
    return doc[before] if before >= 0 and doc[before].pos_ in NOMINAL else None


def apposed_name(token: Token, at: dict[int, Mention]) -> Mention | None:
    """Who is named in apposition to a description: `the manager, Robby Mook`, `the agency (TASS)`."""
    for child in token.children:
        kind = at[child.i].kind if child.dep_ == "appos" and child.i in at else None
        if kind == "person" or (kind == "organisation" and is_body(token.lower_)):
            return at[child.i]
    return None
