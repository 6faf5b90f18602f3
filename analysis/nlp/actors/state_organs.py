"""Whose ministry: the country of an organ or an office that the article names without one.

`The foreign ministry said` is Peru's where Peru's was named before, where the sentence begins `In Lima`, or
where the article was filed in Peru and is about it. Where two countries come into question, neither is named.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from spacy.tokens import Doc

from analysis.lexicons import load_lexicon
from analysis.nlp.actors.mentions import Mention


class Organ(NamedTuple):
    """An organ or office named with its country."""

    token: int
    term: str
    country_code: str


class Setting(NamedTuple):
    """What an article says of countries: all that decides whose an organ without one is."""

    doc: Doc
    paragraphs: Sequence[int]  # of each token
    organs: tuple[Organ, ...]
    home: str | None  # where it was filed, or what it is mostly about
    starts: dict[int, Mention]  # named states and blocs, by first token


BETWEEN = 4  # words between a country and its organ: Peru's new interim defence ministry
AFTER = 8  # words between an organ and its country: Ministry of Foreign Affairs of the Republic of Peru
FILED_SHARE = 0.4  # of the mentions of the country named most: filed in Dubai, about Iran
MAIN_TIMES = 3  # how much more often than any other a country is named for the article to be about it
KINDS = frozenset(("organ", "office", "sent"))
PRESIDENTS = frozenset(
    ("president", "vice", "interim", "acting", "transitional", "former", "then", "elect", "late")
)
FOREIGN = frozenset(("government", "army", "military", "navy", "central"))
"""Organs that are foreign as a whole; the foreign ministry is not."""


@cache
def terms() -> dict[str, str]:
    """Term -> organ, office, sent (posted abroad), voice (who speaks for one), body, or other."""
    rows = load_lexicon("actors/state_organs")
    return dict(zip(rows["term"], rows["kind"], strict=True))


@cache
def organ_pattern() -> re.Pattern:
    """Organs and offices as whole words, the longest first."""
    words = sorted((t for t, kind in terms().items() if kind in KINDS), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b")


def organ_of(text: str) -> str | None:
    """The organ or office that a description speaks for; None for `a military analyst`."""
    words = re.split(r" (?:of|for|at|in) ", text.lower().replace("’", "'"))
    head, behind = words[0], " ".join(words[1:])
    found = [match.group() for match in organ_pattern().finditer(head)]
    if others(head) or others(behind):
        return None
    if found and head.endswith(found[-1]):
        return None if found[-1] == "president" and (behind or not is_state_president(head)) else found[-1]
    if terms().get(head.split()[-1] if head.split() else "") != "voice":
        return None
    named = found + [match.group() for match in organ_pattern().finditer(behind)]
    return named[-1] if named else None


def is_organ(text: str) -> bool:
    """A description that is an organ itself, and nobody who speaks for one: `general staff`."""
    organ = organ_of(text)
    return organ is not None and terms()[organ] == "organ" and text.lower().endswith(organ)


def is_body(noun: str) -> bool:
    """A body that does and says things: an organ of a state, or a court, a company, a party."""
    return terms().get(noun) == "body" or organ_of(noun) is not None


def is_state_president(words: str) -> bool:
    """`interim president`, but not `club president`."""
    return set(words.split()) <= PRESIDENTS


def others(words: str) -> bool:
    """Whether the words tell of somebody else's: `a Western government`, `foreign armies`."""
    told = words.split()
    following = [*told[1:], ""]
    return any(
        terms().get(word) == "other" and (word != "foreign" or after in FOREIGN)
        for word, after in zip(told, following, strict=False)
    )


def read_setting(doc: Doc, mentions: Sequence[Mention], paragraphs: Sequence[int]) -> Setting:
    """What the article says of countries, read once."""
    states = [m for m in mentions if m.country_code and m.kind in ("country", "bloc")]
    starts = {m.start: m for m in states}
    return Setting(doc, paragraphs, tuple(named_organs(doc, states)), home_of(states), starts)


def named_organs(doc: Doc, states: Sequence[Mention]) -> Iterator[Organ]:
    """Organs with their country: `Peru's military`, `the foreign ministry in Lima`."""
    ends = {m.end: m for m in states if not m.is_dateline}
    starts = {m.start: m for m in states if not m.is_dateline}
    inside = {i: m for m in states for i in range(m.start, m.end)}
    for i, token in enumerate(doc):
        term = token.lower_
        if terms().get(term) not in KINDS:
            continue
        owner = inside.get(i) or owner_ahead(doc, i, ends)
        if owner is None and terms()[term] != "sent":  # an ambassador in Peru is not Peru's
            owner = owner_behind(doc, i, starts)
        if owner is not None and owner.country_code:
            yield Organ(i, term, owner.country_code)


def owner_ahead(doc: Doc, i: int, ends: dict[int, Mention]) -> Mention | None:
    """The country right before an organ, words of its name and of its rank between."""
    for k in range(i, max(0, i - BETWEEN), -1):
        if k in ends:
            return ends[k]
        if doc[k - 1].tag_ not in ("POS", "VBN") and doc[k - 1].pos_ not in ("ADJ", "ADV", "NOUN", "PROPN"):
            return None
    return None


def owner_behind(doc: Doc, i: int, starts: dict[int, Mention]) -> Mention | None:
    """The country after `of` or `in`: `Ministry of Foreign Affairs of the Republic of Peru`."""
    if i + 1 >= len(doc) or doc[i + 1].lower_ not in ("of", "in"):
        return None
    for k in range(i + 2, min(len(doc), i + AFTER + 2)):
        if k in starts:
            return starts[k]
        if doc[k].pos_ not in ("PROPN", "DET", "ADP", "CCONJ", "ADJ", "NOUN") or doc[k].is_space:
            return None
    return None


def home_of(states: Sequence[Mention]) -> str | None:
    """The country where the story was filed if it is about it, else the one it is mostly about."""
    counts = Counter(m.country_code for m in states if not m.is_dateline and m.kind == "country")
    filed = next((m.country_code for m in states if m.is_dateline), None)
    if not counts:
        return filed
    (main, most), *rest = counts.most_common(2)
    if filed and counts[filed] >= FILED_SHARE * most:
        return filed
    least = MAIN_TIMES * rest[0][1] if rest else 2
    return main if most >= least else None


def whose(setting: Setting, head: int, description: str, said_before: str | None) -> str | None:
    """Country of the organ or office that a description without a country speaks for.

    Args:
        setting: the article's countries.
        head: the description's last word.
        description: `foreign ministry`, `government spokesman`.
        said_before: country of the subject of the sentence before, in the same paragraph.
    """
    term = organ_of(description)
    if term is None:
        return None
    placed = place_ahead(setting, setting.doc[head].sent.start, head)
    if placed:
        return placed
    own = term.split()[-1]
    same = [organ for organ in setting.organs if organ.term == own]
    here = [o for o in same if o.token < head and is_beside(setting, o.token, head)]
    if here:
        return here[-1].country_code
    if terms()[term] == "sent":
        return None
    placed = place_ahead(setting, paragraph_start(setting, head), head)
    if placed:
        return placed
    near = [o for o in setting.organs if o.token < head and is_beside(setting, o.token, head)]
    if said_before and near and near[-1].country_code == said_before:
        return said_before
    if said_before and setting.home and said_before != setting.home:
        return None
    codes = {organ.country_code for organ in same}
    if len(codes) == 1 and (setting.home in (None, *codes) or said_before in codes):
        return codes.pop()
    return None if codes and setting.home not in codes else setting.home or said_before


def is_beside(setting: Setting, token: int, head: int) -> bool:
    """In one paragraph."""
    return setting.paragraphs[token] == setting.paragraphs[head]


def place_ahead(setting: Setting, start: int, head: int) -> str | None:
    """The country of `In Lima, the foreign ministry said`, which a sentence or a paragraph opens with."""
    while start < head and setting.doc[start].is_space:
        start += 1
    is_article = start + 1 < head and setting.doc[start + 1].lower_ == "the"
    place = setting.starts.get(start + 1 + is_article) if setting.doc[start].lower_ == "in" else None
    return place.country_code if place and place.end <= head else None


def organ_ahead(setting: Setting, head: int) -> str | None:
    """The country of `In the Peruvian parliament, Jo Doe said`, for whoever speaks there."""
    start = setting.doc[head].sent.start
    organ = next((o for o in setting.organs if start < o.token < min(head, start + BETWEEN + 2)), None)
    return organ.country_code if organ and place_ahead(setting, start, head) == organ.country_code else None


def paragraph_start(setting: Setting, head: int) -> int:
    """First token of the paragraph."""
    start = head
    while start > 0 and setting.paragraphs[start - 1] == setting.paragraphs[head]:
        start -= 1
    return start
