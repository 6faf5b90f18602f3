"""Cues near a quotation and their speakers: the reporter's words before and after it.

The parser is at its worst where quotation marks break a sentence, so order and punctuation come first and
the parse is asked only for the subject of a cue.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from spacy.tokens import Token

from analysis.nlp.parse.clause_subject import HOPS, NOUNS_AND_PRONOUNS, VERBS, subject
from analysis.nlp.parse.reporting_words import quote_shares, shares
from analysis.nlp.parse.tokens import child_with, is_noun_subject
from analysis.nlp.quotes.page import Page, Passage
from analysis.nlp.quotes.stray_speakers import speaker_of_verb

AFTER_TOKENS, BEFORE_TOKENS = 45, 60  # how far the reporter's words are read from a quote
OBJECT_PRONOUNS = frozenset(("it", "him", "them", "me", "us", "that", "this"))
"""Words beside a verb that are not its speaker: as she put it."""
MODIFIERS = frozenset(("DET", "ADJ", "ADV"))
BRACKET_TOKENS = 5
LEAST_OF_AIM = 0.3  # share of an infinitive below a noun from which it may be a cue
OUTER_SHARE = 0.4  # from which a verb above the cue is taken for the one that reports


class Cue(NamedTuple):
    """A reporting word near a quote, with its subject."""

    score: float
    cue: int
    speaker: int


def cue_share(page: Page, token: Token) -> float:
    """How often a verb in the sentence of a quote is its cue; 0 for a word inside quotation marks."""
    if token.pos_ not in VERBS or token.dep_ == "amod" or page.quoted_in[token.i] is not None:
        return 0.0
    share = quote_shares().get(token.lemma_.lower(), 0.0)
    is_aim = token.tag_ == "VB" and token.dep_ == "acl"  # his plan to end the war "in a day"
    return 0.0 if is_aim and share < LEAST_OF_AIM else share


def words_after(page: Page, place: int, passage: Passage) -> list[Token]:
    """The reporter's words from the quote to the next one or to the end of the sentence."""
    stop = page.passages[place + 1].start if place + 1 < len(page.passages) else len(page.doc)
    words = []
    for i in range(passage.end, min(stop, passage.end + AFTER_TOKENS)):
        token = page.doc[i]
        if token.is_space or token.text in (".", ";", ":"):
            break
        words.append(token)
    return words


def words_before(page: Page, place: int, passage: Passage) -> list[Token]:
    """The reporter's words before the quote, back to the one before or to the start of the sentence."""
    doc = page.doc
    floor = page.passages[place - 1].end if place else 0
    i = passage.start - 1
    while i >= floor and doc[i].is_space:
        i -= 1
    if i < floor:
        return []
    is_same = page.unit[i] == page.unit[passage.start]
    if not is_same and doc[i].text != "," and not doc[i].text.endswith(":"):
        return []  # only a colon or a comma reaches over a line break or a full stop
    words = []
    unit = page.unit[i]
    while i >= max(floor, passage.start - BEFORE_TOKENS) and page.unit[i] == unit and not doc[i].is_space:
        words.append(doc[i])
        i -= 1
    words.reverse()
    return words


def cues_in(page: Page, words: list[Token]) -> Iterator[tuple[float, Token, Token]]:
    """Reporting words among the reporter's, each with its share and its speaker."""
    for token in words:
        share = cue_share(page, token)
        speaker = speaker_near(page, token, words) if share else None
        if speaker is not None:
            yield share, token, speaker


def according_to(words: list[Token]) -> Token | None:
    """The source in `according to the police`."""
    pairs = [to for word, to in pairwise(words) if word.lower_ == "according" and to.lower_ == "to"]
    return next((source for to in pairs if (source := child_with(to, "pobj"))), None)


def outermost(page: Page, cue: int, speaker: int) -> tuple[int, int]:
    """Cue and speaker of the sentence: in `She said he told her, "Go"`, she said it."""
    found = cue, speaker
    token = page.doc[cue]
    for _ in range(HOPS):
        head = token.head
        if head == token or page.quoted_in[head.i] is not None:
            break
        if token.dep_ in ("ccomp", "pcomp", "acl", "xcomp") and head.i < cue and head.pos_ == "VERB":
            share = shares().get((head.lemma_.lower(), "clause"), 0.0)
            own = subject(head) if share >= OUTER_SHARE else None
            if own is not None and page.quoted_in[own.i] is None:
                found = head.i, own.i
        token = head
    return found


def speaker_near(page: Page, verb: Token, words: list[Token]) -> Token | None:
    """The verb's subject outside the quotation, by the parse; else the noun phrase beside it."""
    low, high = words[0].i, words[-1].i
    own = skip_dateline(page, speaker_of_verb(verb), verb.i)
    if own is not None and (page.quoted_in[own.i] is not None or own.lower_ in OBJECT_PRONOUNS):
        own = None  # as she put it: the parser may take `it` for the subject
    if own is not None and low <= own.i <= high:
        return own
    place = words.index(verb)
    inverted = speaker_after_verb(words, place)
    if inverted is not None or own is not None:
        return inverted if inverted is not None else own
    return speaker_before_verb(verb, words[:place])


def speaker_after_verb(words: list[Token], place: int) -> Token | None:
    """`said Ms. Moore`, where the verb opens the words or follows a comma."""
    verb = words[place]
    if verb.tag_ == "VBG" or verb.lemma_ == "tell" or not (place == 0 or words[place - 1].is_punct):
        return None
    for token in words[place + 1 :]:
        if is_possible_speaker(token):
            return last_of_name(token)
        if token.pos_ not in MODIFIERS:
            return None
    return None


def speaker_before_verb(verb: Token, words: list[Token]) -> Token | None:
    """The nearest main subject before the verb (`Vega went after him, calling ...`), else any noun."""
    words = words[::-1]
    for token in words:
        if is_noun_subject(token) and (
            token.head.dep_ in ("ROOT", "conj") or (verb.tag_ != "VBG" and not is_question(token.head))
        ):
            return token
    return next((token for token in words if is_possible_speaker(token)), None)


def is_possible_speaker(token: Token) -> bool:
    """A noun, a name or a pronoun that is not an object."""
    return token.pos_ in NOUNS_AND_PRONOUNS and token.lower_ not in OBJECT_PRONOUNS


def is_question(verb: Token) -> bool:
    """The verb of an indirect question, as in `Doe, asked whether Peru would leave, said`."""
    return any(child.dep_ == "mark" and child.lower_ in ("whether", "if") for child in verb.children)


def skip_dateline(page: Page, token: Token | None, verb: int) -> Token | None:
    """The real speaker where the parser took the dateline, or a bracket, for the subject."""
    if token is None:
        return None
    if token.i in page.filed:
        for candidate in page.doc[page.filed[token.i] : verb]:
            if candidate.pos_ in NOUNS_AND_PRONOUNS:
                return last_of_name(candidate)
    for before in range(token.i - 1, max(token.i - BRACKET_TOKENS, 0), -1):  # Paul Ruiz (R-Ohio) said
        if page.doc[before].text in (")", "("):
            name = page.doc[before - 1]
            is_aside = page.doc[before].text == "(" and token.pos_ == "PROPN" and not name.is_space
            return name if is_aside else token
    return token


def last_of_name(token: Token) -> Token:
    """The head of a name, given one of its words."""
    while token.dep_ in ("compound", "nmod") and token.head.i > token.i:
        token = token.head
    return token
