"""What the rules on actors look at: words, listed names, datelines, and whose an office is."""

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from spacy.attrs import POS
from spacy.symbols import PROPN
from spacy.tokens import Doc

from analysis.ingest.dates import filed_tokens
from analysis.nlp.actors.gazetteer import (
    Match,
    ends_place,
    given_names,
    offices,
)

DASHES = frozenset(("-", "–", "—", "--"))
POSSESSIVES = frozenset(("'s", "’s", "'", "’"))
NAMING = ("name", "adjective", "capital")  # forms of a country's name; others are metonyms
DATELINE_WORDS = 14  # the longest opening that still is one


class Mention(NamedTuple):
    """One naming of an actor in a Doc."""

    start: int  # first token
    end: int  # one past the last token
    actor_id: str  # "USA" for a country, "person:antony-blinken", "org:united-nations"; same across articles
    name: str  # fullest name the text gives, without titles: "Antony Blinken"
    country_code: str | None  # ISO 3166-1 alpha-3; None: no single country, or unknown
    kind: str  # one of schemas.ACTOR_KINDS
    role: str | None  # "secretary of state", from title or apposition; people only
    affiliation: str | None  # "Stimson Center", "United States"; people only
    is_dateline: bool  # where the story was filed, not who acts
    gender: str | None = None  # "he" or "she", where a title or the given name shows it; people only


@dataclass(frozen=True)
class Page:
    """A Doc with the columns that the rules look at."""

    doc: Doc
    words: list[str]
    is_proper: list[bool]
    matches: list[Match]
    at: dict[int, Match]  # first token -> match
    before: dict[int, Match]  # one past the last token -> match
    named: Counter[str | None]  # how often each country is named other than by a metonym


def page_of(doc: Doc, words: list[str], matches: list[Match]) -> Page:
    """The page of a Doc, given the listed names that count."""
    given = given_names()
    is_proper = [
        pos == PROPN or word in given for pos, word in zip(doc.to_array(POS).tolist(), words, strict=True)
    ]
    starts, ends = {m.start: m for m in matches}, {m.end: m for m in matches}
    named = Counter(m.entry.country_code for m in matches if m.entry.form in NAMING)
    return Page(doc, words, is_proper, matches, starts, ends, named)


def name_text(words: list[str], start: int, end: int) -> str:
    """The words of a name as text: `Lai Ching-te`, `Antony J. Blinken`."""
    return " ".join(words[start:end]).replace(" - ", "-").replace(" .", ".")


def opens_line(page: Page, i: int) -> bool:
    """Whether a word may have its capital only because a sentence begins with it."""
    is_first = i == 0 or page.doc[i].is_sent_start or "\n" in page.words[i - 1]
    return is_first and not page.words[i].isupper()


def owner_before(page: Page, i: int) -> Match | None:
    """The country or body whose officer or office begins at word `i`: `Chinese`, `Israel's`."""
    owner = page.before.get(i - 1 if page.words[i - 1] in POSSESSIVES else i)
    return owner if owner and owner.entry.actor_id and owner.entry.kind != "person" else None


def dateline_words(page: Page) -> set[int]:
    """Words in the dateline of any paragraph."""
    spans = filed_tokens(page.doc.text, [token.idx for token in page.doc])
    found = {i for start, end in spans for i in range(start, end)}
    for i, word in enumerate(page.words):
        is_opening = i == 0 or "\n" in page.words[i - 1]
        if is_opening and word[0].isupper():
            found.update(range(i, dateline_end(page, i)))
    return found


def dateline_end(page: Page, start: int) -> int:
    """One past the last word before the dash that closes a dateline; `start` where there is none.

    `US-China talks` has a hyphen and no dateline.
    """
    opening = page.words[start : start + DATELINE_WORDS]
    marks = (k for k, word in enumerate(opening) if word in DASHES or (word == ":" and ")" in opening[:k]))
    close = next(marks, 0)
    if close and opening[close] == "-" and not page.doc[start + close].whitespace_:
        return start
    place = opening[:close]
    if not place or any(word[0].islower() for word in place if word not in ("de", "of")):
        return start
    is_capitals = place[0].isupper() and len(place[0]) > 3
    is_marked = ")" in place or is_capitals or close == 1 or is_city_of(place)
    return start + close if is_marked and not all(word in DASHES for word in place) else start


def is_city_of(place: list[str]) -> bool:
    """`Washington, D.C.` and `Beirut, Lebanon`; but `Moscow, Beijing` are two governments."""
    comma = place.index(",") if "," in place else 0
    return comma > 0 and ends_place(place, comma - 1) and not ends_place(place, len(place) - 1)


def office_code(page: Page, role: str) -> str | None:
    """The country of an officer: the only one that has the office, or the one of them that is named most."""
    office = next((o for o in offices() if role.lower() == o or role.lower().endswith(f" {o}")), None)
    if office is None:
        return None
    default, codes = offices()[office]
    most = max(codes, key=lambda code: page.named[code])
    is_default = default and (page.named[default] or not page.named[most])
    return default if is_default else most if page.named[most] else None
