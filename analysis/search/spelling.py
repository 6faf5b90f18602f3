"""How words are compared: text as it is indexed, and the spellings of a word in a query.

SQLite's tokenizer ignores capitals and accents and compares words by their stem (Porter), so that "tanker"
finds "Tankers" and "Erdogan" finds "Erdoğan". This module does the rest: "U.S." and "US" are one word and not
the pronoun "us"; "Iran's" is "Iran"; "Zelensky" finds "Zelenskyy". The lists are read without pandas, because
a search on the command line should not wait for it.
"""

import csv
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import product
from pathlib import Path
from typing import Final
from unicodedata import category, combining, normalize

DATA: Final = Path(__file__).parents[1] / "data" / "search"
CAPITAL_WORDS, SPELLINGS = DATA / "capital_words.csv", DATA / "spellings.csv"
SILENT: Final = "\u0301"  # a combining accent: the tokenizer drops it, and the word goes on
OWN_LETTERS: Final = 0xE000  # private use: letters of no word in any text
UNSEARCHABLE: Final = dict.fromkeys([*range(9), *range(11, 32), 127], " ")  # control characters
STROKES: Final = str.maketrans("øØłŁđĐðÐıħĦŧŦ", "oOlLdDdDihHtT")  # letters with a stroke, no accent to drop
PLAIN: Final = {**UNSEARCHABLE, **STROKES}
DOTTED: Final = re.compile(r"\b(?:[A-Z]\.){2,}(?:[A-Z]\b)?")
APOSTROPHES: Final = "'’‘ʼ"
APOSTROPHE: Final = re.compile(rf"(?<=\w)[{APOSTROPHES}](?:s\b|(?=\w))")


def normalised(text: str) -> str:
    """Text as it is indexed and looked for, with as many characters as the original."""
    if not (text.isascii() and text.isprintable()):
        text = text.translate(PLAIN)
    if "." in text:
        text = DOTTED.sub(lambda found: found[0].replace(".", SILENT), text)
    if any(mark in text for mark in APOSTROPHES):
        text = APOSTROPHE.sub(lambda found: SILENT * len(found[0]), text)
    return capital_pattern().sub(lambda found: own_letters(found[0]), text)


def own_letters(word: str) -> str:
    """A word that equals no other word, whatever their capitals."""
    return "".join(chr(OWN_LETTERS + ord(letter)) if letter != SILENT else letter for letter in word)


def has_word(text: str) -> bool:
    """Whether there is a letter or a digit to look for."""
    return any(category(character)[0] in "LN" for character in text)


def spellings(phrase: str) -> Iterator[str]:
    """A word or phrase as it may be indexed, in each of its spellings, its own first."""
    for words in product(*(word_spellings(word) for word in phrase.split())):
        yield " ".join(words)


def word_spellings(word: str) -> tuple[str, ...]:
    """A word as it may be indexed, in each of its spellings, its own first."""
    own = normalised(word)
    key = spelling_key(own)
    others = [normalised(other) for other in other_spellings().get(key, ())]
    capital = [normalised(word.upper())] if word.islower() and word.upper() in capital_words() else []
    return tuple(dict.fromkeys([own, *capital, *others]))


def spelling_key(word: str) -> str:
    """What equal spellings have in common: small letters without accents and punctuation."""
    letters = (character for character in normalize("NFKD", word) if not combining(character))
    return "".join(letter for letter in letters if letter.isalnum() or category(letter) == "Co").casefold()


@cache
def capital_words() -> frozenset[str]:
    """Abbreviations that are another word in small letters, such as "US"."""
    return frozenset(row["term"] for row in list_rows(CAPITAL_WORDS))


@cache
def capital_pattern() -> re.Pattern[str]:
    """Finds them in text whose dots are already silent."""
    words = "|".join(f"{SILENT}?".join(word) for word in sorted(capital_words()))
    return re.compile(rf"(?<![\w{SILENT}])(?:{words})(?!{SILENT}?\w)")


@cache
def other_spellings() -> dict[str, tuple[str, ...]]:
    """The other spellings of each listed spelling."""
    groups = [(row["term"], *row["spellings"].split(";")) for row in list_rows(SPELLINGS)]
    keyed = [(word, group) for group in groups for word in group]
    return {spelling_key(normalised(word)): group for word, group in keyed}


def list_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@lru_cache(maxsize=10_000)
def folded(name: str) -> str:
    """A name as filters compare it: its words in small letters without accents, a space before each."""
    plain = normalize("NFKD", normalised(name))
    kept = "".join(character for character in plain if not combining(character)).casefold()
    return "".join(f" {word}" for word in re.findall(r"\w+", kept))
