"""What the rules on actors look at: words, listed names, datelines, and whose an office is.

Several countries have a `Foreign Secretary`; whose it is depends on what else the text names.
"""

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from spacy.attrs import POS
from spacy.symbols import PROPN
from spacy.tokens import Doc

from analysis.ingest.dates import filed_tokens
from analysis.nlp.actors.gazetteer import (
    Entry,
    Match,
    ends_place,
    given_names,
    office_country,
    shared_offices,
    words_of,
)

DASHES = frozenset(("-", "–", "—", "--"))
POSSESSIVES = frozenset(("'s", "’s", "'", "’"))
DATELINE_WORDS = 14  # the longest opening that still is one
MAIN_TIMES = 2  # how much more often than any other a country is named for its officer to need no country
PARAGRAPH_WORDS = 400  # looked back on; a longer paragraph is a broken one


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
    main: dict[str, str | None]  # office -> its country in the text as a whole; filled on demand


def proper_nouns(doc: Doc) -> list[bool]:
    """For each token whether it is a proper noun by its tag or a known given name."""
    given = given_names()
    return [
        pos == PROPN or word in given
        for pos, word in zip(doc.to_array(POS).tolist(), words_of(doc), strict=True)
    ]


def page_with(doc: Doc, words: list[str], is_proper: list[bool], matches: list[Match]) -> Page:
    """The page of a Doc, given the listed names that count."""
    starts, ends = {m.start: m for m in matches}, {m.end: m for m in matches}
    return Page(doc, words, is_proper, matches, starts, ends, {})


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
    close = closing_mark(opening)
    if close and opening[close] == "-" and not page.doc[start + close].whitespace_:
        return start
    place = opening[:close]
    if not place or any(word[0].islower() for word in place if word not in ("de", "of")):
        return start
    is_capitals = place[0].isupper() and len(place[0]) > 3
    is_marked = ")" in place or is_capitals or close == 1 or is_city_of(place)
    return start + close if is_marked and not all(word in DASHES for word in place) else start


def closing_mark(opening: list[str]) -> int:
    """The first dash of an opening, or the colon after an agency or a city in capitals; 0 if it has none."""
    marks = (k for k, word in enumerate(opening) if word in DASHES or (word == ":" and files(opening[:k])))
    return next(marks, 0)


def files(words: list[str]) -> bool:
    """Whether the words before a colon say where a story was filed, and not who speaks."""
    return ")" in words or is_capital_place(words)


def is_capital_place(place: list[str]) -> bool:
    """`ISLAMABAD: Pakistan's army ...`, as South Asian papers file; but `DOE: Why?` is a speaker."""
    return bool(place) and all(word.isupper() for word in place) and ends_place(titled(place), len(place) - 1)


def titled(words: list[str]) -> list[str]:
    """`NEW DELHI` as `New Delhi`."""
    return [word.title() for word in words]


def is_city_of(place: list[str]) -> bool:
    """`Washington, D.C.` and `Beirut, Lebanon`; but `Moscow, Beijing` are two governments."""
    comma = place.index(",") if "," in place else 0
    return comma > 0 and ends_place(place, comma - 1) and not ends_place(place, len(place) - 1)


def is_foreign_office(page: Page, match: Match) -> bool:
    """The Foreign Office, which is London's in the list and Islamabad's in Pakistani papers."""
    return page.words[match.start : match.end] == ["Foreign", "Office"]


def foreign_office_owner(page: Page, office: Match) -> Entry | None:
    """Whose a Foreign Office is: London, Islamabad and Berlin have one; None where it is left open."""
    owner = owner_before(page, office.start)
    behind = page.at.get(office.end + 1) if page.words[office.end : office.end + 1] == ["in"] else None
    for beside in (owner, behind):
        if beside and beside.entry.kind == "country":
            return beside.entry
    code = shared_office_code(page, "foreign office", office.start)
    entries = (match.entry for match in page.matches if match.entry.country_code == code)
    return next((entry for entry in entries if entry.kind == "country"), None) if code else None


def office_code(parts: list[str]) -> str | None:
    """The only country that has one of these offices; None if there is no such office."""
    return next((office_country()[part] for part in parts if part in office_country()), None)


def shared_office_code(page: Page, role: str, start: int) -> str | None:
    """Whose officer begins at word `start`, where several countries have the office; None: left open."""
    office = next((name for name in shared_offices() if is_office(role, name)), None)
    if office is None:
        return None
    default, codes = shared_offices()[office]
    nearby = None if default else code_nearby(page, start, codes)
    if nearby:
        return nearby
    if office not in page.main:
        page.main[office] = main_code(page, default, codes)
    return page.main[office]


def is_office(role: str, office: str) -> bool:
    """`former foreign secretary` is that office."""
    return role.lower() == office or role.lower().endswith(f" {office}")


def code_nearby(page: Page, start: int, codes: tuple[str, ...]) -> str | None:
    """The last country before an office in its paragraph that has such an office."""
    code = None
    for i in range(start - 1, max(-1, start - PARAGRAPH_WORDS), -1):
        if "\n" in page.words[i]:
            break
        match = page.at.get(i)
        if match and match.entry.kind == "country" and match.entry.country_code in codes:
            code = match.entry.country_code
    return code


def main_code(page: Page, default: str | None, codes: tuple[str, ...]) -> str | None:
    """The country the text is about: named alone or far more often than the rest."""
    states = [m for m in page.matches if m.entry.kind == "country" and m.entry.country_code in codes]
    counts = Counter(m.entry.country_code for m in states)
    if default:
        return default if not counts or counts[default] else counts.most_common(1)[0][0]
    (main, most), *rest = counts.most_common(2) or [(None, 0)]
    return main if not rest or most >= MAIN_TIMES * rest[0][1] else None
