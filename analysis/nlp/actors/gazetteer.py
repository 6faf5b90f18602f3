"""The lists behind actors: names, titles, offices, given names, and where a text has a listed name.

The longest match wins, and capitals count.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from pandas import DataFrame

from analysis.country_names import country_names
from analysis.lexicons import check_cells, load_lexicon
from analysis.schemas import ACTOR_KINDS
from analysis.tables.rows import rows_of

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer
    from spacy.tokens import Doc

FAMILY_FIRST = "East and Southeast Asia"  # the surname comes first: Wang Yi is Mr Wang
REGIONS = (
    FAMILY_FIRST,
    "Africa",
    "Arab, Persian, Turkish, Hebrew",
    "English",
    "Europe",
    "South and Central Asia",
)
GENDERS = ("he", "she")
ENDING_KINDS = ("day", "organisation", "place", "state organ", "thing")
CONTEXTS = ("Georgia", "other north and south")
Value = TypeVar("Value")
Index = dict[str, list[tuple[tuple[str, ...], Value]]]  # first word -> (all words, value)
NO_PLURAL = ("ese", "ish", "ch", "s", "x", "z", "men", "man", "woman", "i-Kiribati")
LISTED_KINDS = ("", *(kind for kind in ACTOR_KINDS if kind != "person"))  # "": nobody acts
TITLE_KINDS = ("honorific", "office", "rank", "relation", "role")
ROLE_KINDS = ("role", "relation")  # of titles in lower case, which name nobody by themselves
SENTENCE_START = re.compile(r"""(?:^|\n|(?<=[a-z\d)”"][.!?])\s|(?<=[.!?][”"])\s)["“(]?[a-z]""")
MAX_SMALL_LETTERS = 0.1  # for each capital, in a text in capitals throughout


@cache
def given_name_rows() -> DataFrame:
    """Given names, the part of the world that each is from, and the gender that it shows."""
    return load_lexicon("actors/given_names", allowed={"region": ("", *REGIONS), "gender": ("", *GENDERS)})


@cache
def given_names() -> frozenset[str]:
    """Names that a person's name begins with; those without a region only show a gender."""
    rows = given_name_rows()
    return frozenset(rows.loc[rows["region"] != "", "name"])


@cache
def family_first_names() -> frozenset[str]:
    """First words of names whose surname comes first."""
    rows = given_name_rows()
    return frozenset(rows.loc[rows["region"] == FAMILY_FIRST, "name"])


@cache
def given_genders() -> dict[str, str]:
    """Given name in lower case -> "he" or "she"."""
    rows = given_name_rows()
    rows = rows[rows["gender"] != ""]
    return dict(zip(rows["name"].str.lower(), rows["gender"], strict=True))


@cache
def gendered_words(kind: str) -> dict[str, str]:
    """Title (`Ms`) or noun in lower case (`spokeswoman`) -> "he" or "she"."""
    rows = load_lexicon("actors/gendered_words", allowed={"kind": ("title", "noun"), "gender": GENDERS})
    rows = rows[rows["kind"] == kind]
    return dict(zip(rows["word"], rows["gender"], strict=True))


@cache
def name_endings() -> dict[str, str]:
    """Words that end the name of a body, a place, a thing or a day -> which of them."""
    rows = load_lexicon("actors/name_endings", allowed={"kind": ENDING_KINDS})
    return dict(zip(rows["word"], rows["kind"], strict=True))


@cache
def context_words(shows: str) -> frozenset[str]:
    """Words that show what an ambiguous name means in a text: "Georgia" or "other north and south"."""
    rows = load_lexicon("actors/context_words", allowed={"shows": CONTEXTS})
    return frozenset(rows.loc[rows["shows"] == shows, "word"])


class Entry(NamedTuple):
    """What a listed name means."""

    actor_id: str  # "" for a phrase whose country does not act, such as "South China Sea"
    name: str
    country_code: str | None
    kind: str
    form: str  # "name", "adjective", "capital", "alias" (metonyms, bodies), "full name", "surname", "place"
    role: str | None  # leaders only


class Match(NamedTuple):
    """A listed name found in a text, as token offsets."""

    start: int
    end: int
    entry: Entry


def slug(name: str) -> str:
    """`José Ortíz-Luna` -> `jose-ortiz-luna`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or name.strip().lower()


def split_cell(cell: str) -> list[str]:
    """The values of a cell that holds several, joined by ";"."""
    return [part for part in cell.split(";") if part]


def country_entries() -> list[tuple[str, Entry]]:
    """Names, capitals and adjectives of countries: term and entry."""
    rows = []
    for row in rows_of(load_lexicon("actors/countries")):
        adjectives = split_cell(row.adjectives)
        adjectives += [f"{term}s" for term in adjectives if not term.endswith(NO_PLURAL)]  # Israelis
        forms = {
            "name": [row.country, *split_cell(row.aliases)],
            "capital": split_cell(row.capitals),
            "adjective": adjectives,
        }
        for form, terms in forms.items():
            entry = Entry(row.country_code, row.country, row.country_code, "country", form, None)
            rows += [(term, entry) for term in terms]
    return rows


def listed_entries() -> list[tuple[str, Entry]]:
    """Metonyms, bodies, blocs and groups, and phrases that name nobody: term and entry."""
    rows = load_lexicon(
        "actors/aliases", allowed={"kind": LISTED_KINDS, "country_code": ("", *country_names())}
    )
    return [
        (row.term, Entry(row.actor_id, row.name, row.country_code or None, row.kind, "alias", None))
        for row in rows_of(rows)
    ]


def leader_entries() -> list[tuple[str, Entry]]:
    """Full names of leaders, and surnames known well enough to be used alone: term and entry."""
    rows = []
    for row in rows_of(load_lexicon("actors/leaders", allowed={"country_code": ("", *country_names())})):
        for term in [row.name, *split_cell(row.aliases)]:
            form = "full name" if " " in term else "surname"
            actor_id = f"person:{slug(row.name)}"
            rows.append((term, Entry(actor_id, row.name, row.country_code or None, "person", form, row.role)))
    return rows


def all_entries() -> list[tuple[str, Entry]]:
    """Every listed name, an earlier list first; papers of the fifties and agencies write `U. S.`"""
    entries = listed_entries() + country_entries() + leader_entries()
    return entries + [(term.replace("U.S.", "U. S."), entry) for term, entry in entries if "U.S." in term]


@cache
def tokenizer() -> "Tokenizer":
    """English word splitting without a model, so that the lists split as the texts do."""
    import spacy  # takes a quarter of a second, and showing names does not need it

    return spacy.blank("en").tokenizer


def split_words(term: str) -> tuple[str, ...]:
    """The words of a listed name as the tokenizer splits them.

    Thousands of names are split whenever a process starts. Nearly all are letters and blanks, for which the
    tokenizer is not needed.
    """
    parts, special = term.split(" "), tokenizer().rules
    is_plain = all(part.isalpha() and part not in special for part in parts)
    return tuple(parts if is_plain else (token.text for token in tokenizer()(term)))


@cache
def first_words() -> Index[Entry]:
    """First word -> (all words, entry), longest first; an earlier list wins over a later one."""
    found: dict[tuple[str, ...], Entry] = {}
    for term, entry in all_entries():
        found.setdefault(split_words(term), entry)
    return by_first_word(found.items())


@cache
def places() -> Index[Entry]:
    """Cities and regions: first word -> (all words, country), longest first."""
    names = country_names()
    rows = load_lexicon("actors/places", allowed={"country_code": names})
    return by_first_word(
        (split_words(place), Entry(code, names[code], code, "country", "place", None))
        for place, code in zip(rows["place"], rows["country_code"], strict=True)
    )


def by_first_word(names: Iterable[tuple[tuple[str, ...], Value]]) -> Index[Value]:
    """First word -> (all words, value), longest first."""
    index: Index[Value] = {}
    for words, value in sorted(names, key=lambda name: -len(name[0])):
        index.setdefault(words[0], []).append((words, value))
    return index


@cache
def leaders() -> dict[str, Entry]:
    """Full name -> leader."""
    return {term: entry for term, entry in leader_entries() if entry.form == "full name"}


@cache
def leader_surnames() -> frozenset[str]:
    """Surnames known well enough to be used alone, so that `Lara Trump` is a person too."""
    return frozenset(term for term, entry in leader_entries() if entry.form == "surname")


def match_at(words: list[str], i: int) -> tuple[int, Entry] | None:
    """Length and entry of the longest listed name that begins at word `i` of a text."""
    names, word = first_words(), words[i]
    choices = names.get(word)
    if choices is None and len(word) > 3 and word.isupper():
        return match_capitals(words, i, names)
    listed = ((len(own), entry) for own, entry in choices or () if tuple(words[i : i + len(own)]) == own)
    return next(listed, None)


def match_capitals(words: list[str], i: int, names: Index[Entry]) -> tuple[int, Entry] | None:
    """As `match_at`, for names in capitals, as in datelines: `NEW DELHI`."""
    listed = (([w.upper() for w in tokens], entry) for tokens, entry in names.get(words[i].title(), ()))
    return next(((len(own), entry) for own, entry in listed if own == words[i : i + len(own)]), None)


def ordinary_case(text: str) -> str:
    """A text in capitals throughout in ordinary letters, each at its place; any other text as it is.

    Listed names keep a capital, and words that TextBlob's lexicon of English does not have as common ones; so
    does a given name before such a word, the Mark of `MARK RUTTE`, and after a title, `ADMIRAL JOHN KING`,
    where the next word is a surname, here and wherever it is repeated.
    """
    if sum(map(str.islower, text)) >= MAX_SMALL_LETTERS * sum(map(str.isupper, text)):
        return text
    from textblob.en import parser  # takes three seconds, and few texts need it

    tokens = tokenizer()(text)
    words = words_of(tokens)
    listed = {i for match in find_listed(words) for i in range(match.start, match.end)}
    tags = [parser.lexicon.get(word.lower(), "NNP") for word in words]
    rare = {i for i, tag in enumerate(tags) if tag.startswith("NNP")}
    given = {
        i
        for i, word in enumerate(words)  # Peter and John, whose tags these are; but not Will
        if tags[i] in ("NN", "NNP", "VB") and word.title() in given_names()
    }
    titled = {words[i + 1] for i in given - {len(words) - 1} if i and words[i - 1].title() in titles()}
    named = {i for i, word in enumerate(words) if word in titled and tags[i][:2] in ("NN", "JJ")}
    surnames = {i for i in rare - listed if words[i].isalpha()} | named
    names = listed | rare | named | given & {i - 1 for i in surnames}
    acronyms = {i for i in listed if words[i] in first_words()}
    cased = "".join(
        (word if i in acronyms else word.title() if i in names else word.lower()) + tokens[i].whitespace_
        for i, word in enumerate(words)
    )
    cased = SENTENCE_START.sub(lambda start: start[0].upper(), cased)
    return cased if len(cased) == len(text) else text


def find_listed(words: list[str]) -> list[Match]:
    """Listed names in the order of the text, none overlapping, the longest first."""
    index, found, i = first_words(), [], 0
    while i < len(words):
        word = words[i]
        hit = match_at(words, i) if word in index or (word[0].isupper() and len(word) > 3) else None
        if hit:
            found.append(Match(i, i + hit[0], hit[1]))
            i += hit[0]
        else:
            i += 1
    return found


def find_places(words: list[str]) -> list[Match]:
    """Cities and regions that mean their country where force is used there."""
    found, index = [], places()
    for i, word in enumerate(words):
        for tokens, entry in index.get(word, ()):
            if tuple(words[i : i + len(tokens)]) == tokens:
                found.append(Match(i, i + len(tokens), entry))
                break
    return found


@cache
def place_endings() -> dict[str, list[tuple[str, ...]]]:
    """Last word of a city, a region or a capital -> all its words."""
    found: dict[str, list[tuple[str, ...]]] = {}
    capitals = [words for choices in first_words().values() for words, e in choices if e.form == "capital"]
    for words in [*capitals, *(words for choices in places().values() for words, _ in choices)]:
        found.setdefault(words[-1], []).append(words)
    return found


def ends_place(words: list[str], i: int) -> bool:
    """Whether the name of a city, a region or a capital ends with word `i`."""
    names = place_endings().get(words[i], ())
    return any(tuple(words[max(i + 1 - len(name), 0) : i + 1]) == name for name in names)


@lru_cache(maxsize=2)  # asked for by several readings of the same Doc
def words_of(doc: "Doc") -> list[str]:
    return [token.text for token in doc]


@cache
def titles() -> Index[str]:
    """First word of a title -> (all words, kind), longest first."""
    rows = load_lexicon("actors/titles", allowed={"kind": TITLE_KINDS})
    return by_first_word(zip(map(split_words, rows["title"]), rows["kind"], strict=True))


@cache
def titles_of(kind: str) -> frozenset[tuple[str, ...]]:
    """The titles of one kind, word by word: ranks, honorifics."""
    return frozenset(words for choices in titles().values() for words, own in choices if own == kind)


@cache
def roles() -> frozenset[str]:
    """Last words of what a person can be: `minister`, `fellow`."""
    rows = load_lexicon("actors/titles")
    return frozenset(term.split()[-1] for term in rows.loc[rows["kind"].isin(ROLE_KINDS), "title"])


@cache
def relations() -> frozenset[str]:
    """What one is to a person, not to a body: `Doe's predecessor, Jo Moe`."""
    return frozenset(" ".join(words) for words in titles_of("relation"))


@cache
def portfolio_words() -> frozenset[str]:
    """Words inside titles, in lower case: `foreign`, `minister`, `defence`."""
    longer_titles = (title.split() for title in load_lexicon("actors/titles")["title"] if " " in title)
    return frozenset(word.lower() for words in longer_titles for word in words if len(word) > 3)


@cache
def offices() -> dict[str, tuple[str | None, tuple[str, ...]]]:
    """Office -> the country meant where the text names none that has it, and all of them."""
    rows = load_lexicon("actors/offices", allowed={"country_code": ("", *country_names())})
    check_cells("actors/offices", rows["also"].str.split(";").explode(), ("", *country_names()))
    return {
        row.office.lower(): (row.country_code or None, tuple(split_cell(f"{row.country_code};{row.also}")))
        for row in rows_of(rows)
    }
