"""The reading: one clause seen through one reporting word."""

from typing import NamedTuple

from spacy.tokens import Token

ASIDES = frozenset(("appos", "relcl", "acl", "advcl"))


class Reading(NamedTuple):
    """A reporting word with its speaker and its content, in tokens of the Doc."""

    cue: int
    cue_end: int  # one past the last token of the cue: `called for` has two
    lemma: str
    frame: str  # one of reporting_words.FRAMES; or one with a rare preposition, which has no share
    speaker: int | None  # head of the speaker's noun phrase
    content: tuple[tuple[int, int], ...]  # token ranges, end exclusive


def subtree(token: Token) -> tuple[int, int]:
    """Everything below a word."""
    return token.left_edge.i, token.right_edge.i + 1


def without_aside(noun: Token) -> tuple[int, int]:
    """Everything below a noun, up to a comma after which the reporter explains it: `Cruz, who has ...`."""
    start, stop = subtree(noun)
    for child in noun.rights:
        before = child.left_edge.i
        if child.dep_ in ASIDES and before > start and noun.doc[before - 1].text == ",":
            return start, before - 1
    return start, stop
