"""Who a speaker is: names, pronouns and descriptions to one identity, with role, affiliation and anonymity.

Named people, bodies and countries keep the `actor_id` of `analysis.nlp.actors.mentions`, the same in every
article. A person without a name is somebody in this article only, so their id has the article's hash.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from hashlib import blake2b

from spacy.tokens import Doc, Token

from analysis.nlp.actors.page import Mention
from analysis.nlp.actors.state_organs import is_body, read_setting
from analysis.nlp.parse.tree import NOMINAL
from analysis.nlp.quotes.descriptions import (
    INDEFINITE,
    issuer_met_before,
    issuing_noun,
    speaker_of_description,
)
from analysis.nlp.quotes.speakers import (
    REMEMBERED,
    THEY,
    Cast,
    Speaker,
    gender_of,
    is_main_subject,
    note_mention,
    note_speaker,
    plural_antecedent,
    singular_antecedent,
    speaker_of_mention,
    surnames_in_capitals,
)

RELATIVES = frozenset(("who", "whom", "whose", "which", "that"))
OPENING = 80  # tokens within which an article is signed
OPENING_LINES = 4
APPOSED = 14  # tokens from a subject to the verb within which a name between commas is still the subject's


def resolve_speakers(
    doc: Doc,
    mentions: Sequence[Mention],
    heads: Sequence[int],
    quoted: Sequence[bool],
    paragraphs: Sequence[int],
) -> Iterator[Speaker | None]:
    """The identity of each speaker, given the heads of their noun phrases in the order of the text."""
    actors = [m for m in mentions if not m.is_dateline]
    cast = read_cast(doc, mentions, actors, paragraphs)
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
            elif start != head:
                note_body(cast, start)
        speaker = identify(cast, head)
        if speaker is not None:
            note_speaker(cast, head, speaker, has_spoken=True)
        yield speaker


def read_cast(
    doc: Doc, mentions: Sequence[Mention], actors: Sequence[Mention], paragraphs: Sequence[int]
) -> Cast:
    """A cast in which nobody has been met yet."""
    people = [m for m in actors if m.kind == "person"]
    return Cast(
        doc=doc,
        paragraphs=paragraphs,
        at={i: m for m in actors for i in range(m.start, m.end)},
        article=blake2b(doc.text.encode("utf-8", "replace"), digest_size=5).hexdigest(),
        recent=deque(maxlen=REMEMBERED),
        by_noun={},
        setting=read_setting(doc, mentions, paragraphs),
        people=people,
        codes={},
        capitals=surnames_in_capitals(people),
    )


def unnamed_bodies(doc: Doc, at: dict[int, Mention]) -> Iterator[int]:
    """Bodies without a name that do something: `The ministry gave no details. It said ...`."""
    for token in doc:
        is_noun = token.pos_ in NOMINAL and token.i not in at
        does = is_main_subject(token) or (token.dep_ == "pobj" and token.head.dep_ == "agent")
        if is_noun and does and is_body(token.lower_):
            yield token.i


def note_body(cast: Cast, head: int) -> None:
    """Remember a body without a name, for the pronouns that follow."""
    speaker = identify(cast, head)
    if speaker is not None:
        note_speaker(cast, head, speaker, has_spoken=False)


def identify(cast: Cast, head: int) -> Speaker | None:
    """Whom the noun phrase with this head means."""
    token, lower = cast.doc[head], cast.doc[head].lower_
    if head in cast.at:
        return speaker_of_mention(cast, cast.at[head])
    if lower in RELATIVES:
        noun = antecedent_noun(token)
        return identify(cast, noun.i) if noun is not None and noun.lower_ not in RELATIVES else None
    if token.text == "I":
        author = byline(cast)
        return speaker_of_mention(cast, author) if author is not None else None
    if lower in THEY:
        return plural_antecedent(cast, head)
    gender = gender_of(lower)
    if gender is not None:
        return singular_antecedent(cast, head, gender)
    if (token.pos_ == "PRON" or token.tag_ in ("PRP", "PRP$")) and lower not in INDEFINITE:
        return None
    beside = apposed_person(token, cast.at)
    if beside is not None:
        return speaker_of_mention(cast, beside)
    issuing = issuing_noun(token)
    if issuing is not None:
        return identify(cast, issuing.i)
    return issuer_met_before(cast, token) or speaker_of_description(cast, token)


def antecedent_noun(relative: Token) -> Token | None:
    """The noun that `who` or `which` stands for."""
    for ancestor in relative.ancestors:
        if ancestor.dep_ in ("relcl", "acl"):
            return ancestor.head
    doc, before = relative.doc, relative.i - 1
    while before > 0 and (doc[before].is_punct or doc[before].is_space):
        before -= 1
    return doc[before] if before >= 0 and doc[before].pos_ in NOMINAL else None


def byline(cast: Cast) -> Mention | None:
    """Who signs the article on a line `By Jo Doe` in its opening; None where two people do."""
    for mention in cast.people:
        if mention.start > OPENING or cast.paragraphs[mention.start] > OPENING_LINES:
            return None
        is_first = mention.start == 1 or "\n" in cast.doc[mention.start - 2].text
        is_last = mention.end == len(cast.doc) or "\n" in cast.doc[mention.end].text
        if mention.start and cast.doc[mention.start - 1].lower_ == "by" and is_first and is_last:
            return mention
    return None


def apposed_person(token: Token, at: dict[int, Mention]) -> Mention | None:
    """`the campaign manager, Robby Mook, said`: the person named in apposition to a description."""
    for child in token.children:
        if child.dep_ == "appos" and child.i in at and at[child.i].kind == "person":
            return at[child.i]
    return person_between_commas(token, at)


def person_between_commas(token: Token, at: dict[int, Mention]) -> Mention | None:
    """`The opposition Front's leader, Jo Doe, said`, where the parser took the opposition for the subject."""
    doc, last = token.doc, token.head.i - 2
    if token.dep_ != "nsubj" or not token.i < last < token.i + APPOSED or doc[last + 1].text != ",":
        return None
    person = at.get(last)
    is_titled = person is not None and person.kind == "person" and person.end == last + 1 and person.role
    return person if is_titled and doc[person.start - 1].text == "," and person.start - 1 > token.i else None
