"""The words of a quote as a page prints them: whole sentences, marks of one kind, nothing reworded."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

CLOSERS = "\"“”'‘’)»] \n"
SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*$")
OPENING_WORD = re.compile(
    r"^(?:The|An?|At|In|On|By|For|From|With|More|Most|Some|Many|Several|There|This|That|These|Those|It|He|She|They|We|"
    r"If|When|While|After|Before|But|And|Its|His|Her|Their|Our|No|All|Both|Any|Such|Dozens|Hundreds|Thousands)\b"
)
"""Words that have a capital only because a sentence begins with them."""
DOUBLE_MARKS = re.compile(r"[\"“”„«»]|''|``")


@dataclass(frozen=True)
class QuotedSentence:
    """A sentence of a quote, and the places of it in the article."""

    words: str
    start_char: int
    end_char: int


def content_spans(spans: str) -> list[tuple[int, int]]:
    """Start and end of each piece of a quote: "12-40 61-90" is [(12, 40), (61, 90)]."""
    return [(int(start), int(end)) for start, end in (span.split("-") for span in spans.split(" "))]


def quoted_sentences(text: str, spans: str, sentence_starts: Sequence[int]) -> list[QuotedSentence]:
    """The sentences of a direct quote; what the article puts between its pieces is left out.

    "It is late," he said. "We go." is two sentences; "It is late," he said, "and we go." is one.

    Args:
        text: of the article.
        spans: `content_spans` of the quote.
        sentence_starts: first characters of the sentences of the article, in order.
    """
    pieces = [piece for span in content_spans(spans) for piece in split_at(span, sentence_starts)]
    groups: list[list[tuple[int, int]]] = []
    for piece in pieces:
        if groups and not ends_between(text, groups[-1][-1], piece):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return [sentence_from(text, group) for group in groups]


def split_at(span: tuple[int, int], starts: Sequence[int]) -> list[tuple[int, int]]:
    """A piece of a text, cut where sentences begin in it."""
    start, end = span
    inside = [place for place in starts[bisect_right(starts, start) :] if place < end]
    edges = [start, *inside, end]
    return list(pairwise(edges))


def ends_between(text: str, before: tuple[int, int], after: tuple[int, int]) -> bool:
    """Whether a sentence ends with the first piece, or with the words between two pieces."""
    between = text[before[1] : after[0]].rstrip(CLOSERS)
    if between:
        return bool(SENTENCE_END.search(between))
    return bool(SENTENCE_END.search(text[before[0] : before[1]].rstrip()))


def sentence_from(text: str, group: Sequence[tuple[int, int]]) -> QuotedSentence:
    """One sentence of a quote from its pieces; a comma before "he said" ends it as a full stop."""
    words = " ".join(" ".join(text[start:end].split()).strip(' "“”') for start, end in group)
    return QuotedSentence(ended(single_marks(words)), group[0][0], group[-1][1])


def ended(words: str) -> str:
    """Words with a full stop in place of the comma that leads over to the speaker."""
    bare = words.rstrip(" ,;:–—-")
    return bare if SENTENCE_END.search(bare) else f"{bare}."


def single_marks(words: str) -> str:
    """Inner quotation marks as single ones, since the quote itself gets the double ones."""
    return paired(words, "‘’")


def paired(words: str, marks: str) -> str:
    """Double quotation marks replaced, in turn, by an opening and a closing one; none stays open."""
    parts = DOUBLE_MARKS.split(words)
    marked = "".join(part + marks[number % 2] for number, part in enumerate(parts[:-1])) + parts[-1]
    return marked if len(parts) % 2 else f"{marked}{marks[1]}"


def reported_words(words: str) -> str:
    """What is said in the words of the article, as a clause: without its "that" and what leads on from it."""
    clause = re.sub(r"^that\s+", "", paired(" ".join(words.split()), "“”"))
    clause = re.sub(r"[,.;:]+(?=”?$)", "", clause).rstrip(" ,;:–—-.")
    return OPENING_WORD.sub(lambda opening: opening[0].lower(), clause)


def to_longest_phrase(words: str) -> tuple[str, int, int]:
    """Words up to the end of their longest phrase in quotation marks, as `reported_words` gives them.

    Returns:
        The words, how many of them come before the phrase, and how many are in it.
    """
    phrases = list(re.finditer("“([^”]*)”", words))
    if not phrases:
        return words, len(words.split()), 0
    longest = max(phrases, key=lambda phrase: len(phrase[1].split()))
    return words[: longest.end()], len(words[: longest.start()].split()), len(longest[1].split())
