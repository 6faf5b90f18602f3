"""Whose ministry it is: the country of an organ or office that the article names without one.

`The foreign ministry said` is Peru's if the article names Peru's and no other, or was filed in Peru and is
about it. If two countries are possible, neither is chosen.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from spacy.tokens import Doc

from analysis.lexicons import load_lexicon
from analysis.nlp.actors.page import Mention


class Setting(NamedTuple):
    """What an article says of countries, read once to find those of its organs."""

    organs: frozenset[tuple[str, str]]  # organ or office named with its country, and that country
    home: str | None  # where it was filed, or what it is mostly about


BETWEEN = 4  # words between a country and its organ: Peru's new interim defence ministry
AFTER = 8  # words between an organ and its country: Ministry of Foreign Affairs of the Republic of Peru
FILED_SHARE = 0.4  # of the mentions of the country named most; below it, filed in Dubai is about Iran
MAIN_TIMES = 3  # how much more often than any other a country is named for the article to be about it
OWNED_KINDS = frozenset(("organ", "office", "sent"))  # each belongs to one state
TERM_KINDS = OWNED_KINDS | {"body", "qualifier", "voice"}


@cache
def organ_terms() -> dict[str, str]:
    """Term -> kind.

    An organ, an office, sent (posted abroad), voice (who speaks for one), body (a court, a company), or
    qualifier (`interim` before a president).
    """
    rows = load_lexicon("actors/state_organs", allowed={"kind": TERM_KINDS})
    return dict(zip(rows["term"], rows["kind"], strict=True))


@cache
def organ_pattern() -> re.Pattern:
    """Organs and offices as whole words, the longest first."""
    words = sorted((t for t, kind in organ_terms().items() if kind in OWNED_KINDS), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b")


def organ_of(text: str) -> str | None:
    """The organ or office that a description speaks for; None for `a military analyst`."""
    words = re.split(r" (?:of|for|at|in) ", text.lower().replace("’", "'"))
    head, behind = words[0], " ".join(words[1:])
    found = [match.group() for match in organ_pattern().finditer(head)]
    if found and head.endswith(found[-1]):
        is_of_club = found[-1] == "president" and (behind or len(head.split()) > 1)  # interim president
        return None if is_of_club and organ_terms().get(head.split()[0]) != "qualifier" else found[-1]
    if organ_terms().get(head.split()[-1] if head.split() else "") != "voice":
        return None
    found += [match.group() for match in organ_pattern().finditer(behind)]
    return found[-1] if found else None


def is_organ(text: str) -> bool:
    """Whether a description is an organ itself, and not somebody who speaks for one: `general staff`."""
    organ = organ_of(text)
    return organ is not None and organ_terms()[organ] == "organ" and text.lower().endswith(organ)


def is_body(noun: str) -> bool:
    """Whether a noun is a body that acts and speaks: an organ of a state, a court, a company, a party."""
    return organ_terms().get(noun) == "body" or organ_of(noun) is not None


def read_setting(doc: Doc, mentions: Sequence[Mention]) -> Setting:
    """What the article says of countries, given its actors."""
    states = [m for m in mentions if m.country_code and m.kind in ("country", "bloc")]
    return Setting(frozenset(named_organs(doc, states)), home_of(states))


def named_organs(doc: Doc, states: Sequence[Mention]) -> Iterator[tuple[str, str]]:
    """Organs with their country: `Peru's military`, `the foreign ministry in Lima`."""
    ends = {m.end: m for m in states if not m.is_dateline}
    starts = {m.start: m for m in states if not m.is_dateline}
    inside = {i: m for m in states for i in range(m.start, m.end)}
    for i, token in enumerate(doc):
        term = token.lower_
        if organ_terms().get(term) not in OWNED_KINDS:
            continue
        owner = inside.get(i) or owner_ahead(doc, i, ends)
        if owner is None and organ_terms()[term] != "sent":  # an ambassador in Peru is not Peru's
            owner = owner_behind(doc, i, starts)
        if owner is not None and owner.country_code:
            yield term, owner.country_code


def owner_ahead(doc: Doc, i: int, ends: dict[int, Mention]) -> Mention | None:
    """The country before an organ, with only words of its name or rank between: `Peru's new navy`."""
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
    return main if most >= (MAIN_TIMES * rest[0][1] if rest else 2) else None


def organ_country(setting: Setting, description: str, said_before: str | None) -> str | None:
    """Country of the organ or office that a description without a country speaks for.

    Args:
        setting: the article's countries.
        description: `foreign ministry`, `government spokesman`.
        said_before: country of the subject of the sentence before, in the same paragraph.
    """
    term = organ_of(description)
    if term is None or organ_terms()[term] == "sent":
        return None
    codes = {code for name, code in setting.organs if name == term.split()[-1]}
    if said_before and setting.home and said_before != setting.home:
        return None
    if len(codes) == 1 and setting.home in (None, *codes):
        return next(iter(codes))
    return None if codes and setting.home not in codes else setting.home or said_before
