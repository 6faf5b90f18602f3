"""What the rules on actors look at, words and the listed names among them, and the row that they make."""

from dataclasses import dataclass
from typing import NamedTuple

from spacy.attrs import POS
from spacy.symbols import PROPN
from spacy.tokens import Doc

from analysis.nlp.actors.gazetteer import Match, words_of
from analysis.nlp.actors.name_words import given_names

DASHES = frozenset(("-", "–", "—", "--"))
POSSESSIVES = frozenset(("'s", "’s", "'", "’"))


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
