"""Warships by the prefix of their name, which says whose they are: `USS Harry S. Truman` is no person."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from analysis.country_names import country_name
from analysis.lexicons import load_lexicon
from analysis.nlp.actors.page import Mention

LONGEST_NAME: Final = 4  # words after the prefix
MARKS: Final = frozenset(("*", "_", '"', "“", "”", "'", "‘", "’"))  # around the name of a ship


def find_warships(words: Sequence[str]) -> Iterator[Mention]:
    """Ships of a text, each as its country."""
    for i, word in enumerate(words):
        code = ship_prefixes().get(word)
        end = name_end(words, i + 1) if code else i + 1
        if code and end > i + 1:
            yield Mention(i, end, code, country_name(code), code, "country", None, None, False)


def name_end(words: Sequence[str], start: int) -> int:
    """One past the last word of a ship's name."""
    end = start
    for i in range(start, min(len(words), start + LONGEST_NAME + len(MARKS))):
        bare = words[i].strip("".join(MARKS))
        if bare and not bare[0].isupper():
            break
        if bare:
            end = i + 1
        if bare and bare != words[i] and words[i][-1] in MARKS:
            break  # the mark that closes the name
    return min(end, start + LONGEST_NAME + 1)


@cache
def ship_prefixes() -> dict[str, str]:
    """Prefix -> code of the country whose ships bear it."""
    rows = load_lexicon("actors/ship_prefixes")
    return dict(zip(rows["prefix"], rows["country_code"], strict=True))
