"""The words that say when an act happens: `on Tuesday`, `last week`, `from 5 to 8 May`."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from spacy.tokens import Doc, Span

from analysis.nlp.actors.page import POSSESSIVES
from analysis.nlp.events.deeds import Deed, holder
from analysis.nlp.events.event_years import RANKED
from analysis.nlp.events.time_expressions import PATTERN
from analysis.nlp.parse.tree import Tree
from analysis.nlp.parse.word_lists import word_classes

OF_ANOTHER_TIME = frozenset(("before", "prior to", "ahead of", "after", "following"))
OTHER_CLAUSES = frozenset(("after", "before", "following", "when", "while", "as", "since", "because", "if"))
"""What comes after these words is of another act, or of another time."""
TIME_LENGTH = 8  # words of the longest time before and after its noun
RANKING_WORDS = 12
PHRASE_WORDS = 20
LEFT_OUT = frozenset(("of", "for"))  # the attack of 7 October, scheduled for Friday
NEEDED = {
    "month": frozenset(("in", "by", "since", "until", "till", "from", "through", "during", "throughout")),
    "year": frozenset(("in", "by", "since", "until", "from", "during", "through", "throughout")),
    "ordinal": frozenset(("on", "by", "until", "from")),
}
"""Names of months are words and years are numbers: these prepositions make times of them."""
MORE_TIME_WORDS = frozenset(
    ("overnight", "tonight", "fortnight", "quarter", "spring", "summer", "autumn", "fall", "winter")
) | frozenset(str(year) for year in range(1800, 2100))


class Time(NamedTuple):
    """A time in a text, as token numbers."""

    start: int
    end: int
    text: str
    kind: str  # the name of its group in the pattern


def act_time(tree: Tree, sentence: Span, deed: Deed, own: list[int]) -> str | None:
    """The words that date an act, without those that date another act of the sentence.

    Args:
        tree: the parsed text.
        sentence: the one that reports the act.
        deed: the act.
        own: from `own_words`.
    """
    known, lemmas = time_words(), tree.lemmas
    near = [i for i in range(sentence.start, sentence.end) if lemmas[i] in known or is_ordinal(lemmas[i])]
    if not near:
        return None
    start, end = max(sentence.start, near[0] - TIME_LENGTH), min(sentence.end, near[-1] + TIME_LENGTH)
    dated: dict[int, list[Time]] = {}
    for time in times_in(tree.doc, start, end):
        word = deed.trigger if time.start == deed.trigger + 1 else holder(tree, outer(tree, time), own)
        if word is not None and not is_of_another(tree, word, time):
            dated.setdefault(word, []).append(time)
    choices: Sequence[Time] = next((dated[word] for word in own if word in dated), ())
    return min(choices, key=lambda time: abs(time.start - deed.trigger)).text if choices else None


def is_of_another(tree: Tree, word: int, time: Time) -> bool:
    """`left after talks on Friday`, where the parser lets Friday date who left; `the worst since 2020`."""
    beside = range(word + 1, time.start) if word < time.start else phrase_before(tree, time)
    if any(tree.words[i].lower() in OTHER_CLAUSES for i in beside):
        return True
    first = tree.words[time.start].lower()
    before = range(max(time.start - RANKING_WORDS, 0), time.start) if first in ("since", "in") else ()
    return any(tree.tags[i] == "JJS" or tree.lemmas[i] in RANKED for i in before)


def phrase_before(tree: Tree, time: Time) -> list[int]:
    """Words before a time up to a comma: `since the start of the raids` before `in April, X has fled`."""
    found = []
    for i in range(time.start - 1, max(time.start - PHRASE_WORDS, 0) - 1, -1):
        if tree.tags[i] in (",", ".", ":"):
            break
        found.append(i)
    return found


def outer(tree: Tree, time: Time) -> int:
    """The word outside a time that it hangs on; its own first word where it hangs on none."""
    for i in range(time.start, time.end):
        if not time.start <= tree.heads[i] < time.end:
            return tree.heads[i]
    return time.start


@cache
def time_words() -> frozenset[str]:
    """Lemmas of which any time but an ordinal has one; asking for them is much faster than the pattern."""
    return word_classes()["time"] | MORE_TIME_WORDS


def is_ordinal(lemma: str) -> bool:
    """`24th`."""
    return lemma[:1].isdigit() and not lemma[-1:].isdigit()


@lru_cache(maxsize=4)  # the acts of a sentence are asked one after the other
def times_in(doc: Doc, start: int, end: int) -> tuple[Time, ...]:
    """The times between two tokens, in the order of the text."""
    tokens = doc[start:end]
    text, first = tokens.text, tokens.start_char
    found = []
    for match in PATTERN.finditer(text):
        left, right = time_ends(match)
        inside = [t.i for t in tokens if first + left <= t.idx < first + right] if left < right else []
        if inside:
            words = " ".join(text[left:right].split())
            found.append(Time(inside[0], inside[-1] + 1, words, match.lastgroup or ""))
    return tuple(found)


def time_ends(match: re.Match) -> tuple[int, int]:
    """First character of a time and one past its last; equal where the words date nothing by themselves."""
    preposition = " ".join((match["preposition"] or "").lower().split())
    needed = NEEDED.get(match.lastgroup or "")
    if preposition in OF_ANOTHER_TIME or (needed and preposition not in needed):
        return 0, 0
    is_owner = match[0].endswith("overnight") or match.string[match.end() :].startswith(tuple(POSSESSIVES))
    is_left_out = preposition in LEFT_OUT or (preposition and is_owner)  # during this week's visit
    start = match.end("preposition") + 1 if is_left_out else match.start()
    return start, match.end()
