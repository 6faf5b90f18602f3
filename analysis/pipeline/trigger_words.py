"""The word of a passage that carries an act which an analyst added."""

import re
from functools import cache
from typing import NamedTuple

from analysis.lexicons import load_lexicon
from analysis.tables.rows import rows_of

ENDINGS = r"(?:s|es|d|ed|ing|n|en)?"
ENDINGS_OF_Y = r"(?:y|ies|ied|ying)"
SILENT_E = r"(?:e|es|ed|ing|en)"
NOTHING = re.compile(r"(?!)")


class Trigger(NamedTuple):
    """The word that carries an act; offsets of the article, end exclusive."""

    start: int
    end: int
    lemma: str  # "" where no listed word of this type is in the passage


def trigger_in(text: str, start: int, end: int, root: str) -> Trigger:
    """The first listed word of a type of event in a passage; without one the whole passage.

    Args:
        text: of the article.
        start: first character of the passage.
        end: one past its last character.
        root: the type.
    """
    match = words_of(root).search(text, start, end)
    if not match:
        words = text[start:end].split()
        return Trigger(start, end, words[0].lower() if len(words) == 1 else "")
    return Trigger(*match.span(), next(name for name, group in lemmas(root) if match[group]))


@cache
def lemmas(root: str) -> list[tuple[str, str]]:
    """Listed single words of a type of event, each with the name of its group in the pattern."""
    listed = [
        *((row.verb, row.root) for row in rows_of(load_lexicon("events/verbs"))),
        *((row.noun, row.root) for row in rows_of(load_lexicon("events/nouns"))),
    ]
    words = dict.fromkeys(word for word, of_root in listed if of_root == root and word.isalpha())
    return [(word, f"w{number}") for number, word in enumerate(words)]


@cache
def words_of(root: str) -> re.Pattern:
    """A pattern of every listed word of a type of event, in its regular forms."""
    if not lemmas(root):
        return NOTHING
    parts = (f"(?P<{group}>{forms(word)})" for word, group in lemmas(root))
    return re.compile(rf"\b(?:{'|'.join(parts)})\b", re.IGNORECASE)


def forms(lemma: str) -> str:
    """A pattern of the regular forms of a word: "deny", "denies", "denied", "denying"."""
    if lemma.endswith("y"):
        return f"{lemma[:-1]}{ENDINGS_OF_Y}"
    if lemma.endswith("e"):
        return f"{lemma[:-1]}{SILENT_E}"
    return f"{lemma}(?:{lemma[-1]}(?=ed|ing))?{ENDINGS}"
