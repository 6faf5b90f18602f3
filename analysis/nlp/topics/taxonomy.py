"""What a sentence is about: themes and theatres from word lists that an analyst edits."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pandas import DataFrame

from analysis.lexicons import check_cells, load_lexicon
from analysis.schemas import DIMENSIONS
from analysis.tables.rows import rows_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

MATCHED_SEPARATOR = "; "
LISTS = {"theme": "topics/theme_terms", "theatre": "topics/theatre_terms"}
NO_TOPIC = "none"  # a phrase that looks like a topic and is none: "price war", "strike a deal"
MIN_WEIGHT = 1.5  # terms below it (titles, vehicles, "agree") support a topic but do not make one


def matched_pattern(matched: str) -> re.Pattern:
    """Finds the words of a `matched` cell in a text: whole words in any case, the longest first."""
    words = sorted(matched.split(MATCHED_SEPARATOR), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)


class Topic(NamedTuple):
    """One theme or theatre of one sentence."""

    start_char: int  # the sentence
    end_char: int
    dimension: str  # "theme": what about; "theatre": where
    topic: str
    weight: float  # share of the sentence's matched weight in its dimension, above 0, up to 1
    matched: str  # the words that decided, as in the text, joined by "; "


class Term(NamedTuple):
    """One entry of a word list, ready to match."""

    words: tuple[str, ...]
    pos: str  # required part of speech of the first word, "" for any
    topics: tuple[tuple[str, float], ...]


Index = dict[str, list[Term]]  # by first word


def find_topics(doc: "Doc") -> Iterator[Topic]:
    """Themes and theatres of each sentence, the heaviest first; a sentence without a match has none.

    The longest term wins at each place and uses up its words, so *trade war* is no war. A term counts once a
    sentence, however often it occurs there.

    Args:
        doc: parsed text.

    Yields:
        One row per sentence, dimension and topic.
    """
    from analysis.nlp.parse.parser import sentences  # loads spaCy, which showing topics does not need

    forms = word_forms(doc)
    for sentence in sentences(doc):
        for dimension in LISTS:
            yield from sentence_topics(sentence, forms, dimension, load_terms(dimension))


def word_forms(doc: "Doc") -> list[tuple[str, ...]]:
    """For each token what a term may match: the word as written, in lower case, and its lemma.

    A term in lower case matches any spelling, one with a capital (*US*, *ICE*) only the word as written.
    """
    return [(token.text, token.text.lower(), token.lemma_, token.lemma_.lower()) for token in doc]


def sentence_topics(
    sentence: "Span", forms: list[tuple[str, ...]], dimension: str, terms: Index
) -> list[Topic]:
    """Topics of one sentence in one dimension, the heaviest first."""
    weights: dict[str, float] = defaultdict(float)
    words: dict[str, list[str]] = defaultdict(list)
    seen = set()
    for term, start in match_terms(sentence, forms, terms):
        if term in seen:
            continue
        seen.add(term)
        matched = sentence.doc[start : start + len(term.words)].text
        for topic, weight in term.topics:
            weights[topic] += weight
            words[topic].append(matched)
    weights.pop(NO_TOPIC, None)
    kept = [topic for topic in weights if weights[topic] >= MIN_WEIGHT]
    total = sum(weights[topic] for topic in kept)
    ranked = sorted(kept, key=lambda topic: (-weights[topic], topic))
    return [
        Topic(
            sentence.start_char,
            sentence.end_char,
            dimension,
            topic,
            weights[topic] / total,
            MATCHED_SEPARATOR.join(words[topic]),
        )
        for topic in ranked
    ]


def match_terms(sentence: "Span", forms: list[tuple[str, ...]], index: Index) -> Iterator[tuple[Term, int]]:
    """Terms in a sentence, each with the token where it starts, left to right, none overlapping."""
    i, begins_no_term = sentence.start, index.keys().isdisjoint
    while i < sentence.end:
        term = None if begins_no_term(forms[i]) else longest_term(sentence, forms, index, i)
        if term:
            yield term, i
        i += len(term.words) if term else 1


def longest_term(sentence: "Span", forms: list[tuple[str, ...]], index: Index, i: int) -> Term | None:
    """The longest term that starts at token `i` and ends within the sentence."""
    best = None
    for key in dict.fromkeys(forms[i]):
        for term in index.get(key, ()):
            longer = best is None or len(term.words) > len(best.words)
            if longer and is_term_at(term, sentence, forms, i):
                best = term
    return best


def is_term_at(term: Term, sentence: "Span", forms: list[tuple[str, ...]], i: int) -> bool:
    """Whether the words of the term are those from token `i` on."""
    if i + len(term.words) > sentence.end:
        return False
    is_of_class = not term.pos or sentence.doc[i].pos_ == term.pos
    return is_of_class and all(word in forms[i + k] for k, word in enumerate(term.words[1:], start=1))


def topic_definitions(dimension: str) -> DataFrame:
    """The fixed topics of a dimension with what each covers, in the order of `topics/taxonomy.csv`."""
    rows = load_lexicon("topics/taxonomy", allowed={"dimension": DIMENSIONS})
    return rows[rows["dimension"] == dimension].reset_index(drop=True)


@cache
def load_terms(dimension: str) -> Index:
    """The terms of a dimension by their first word.

    Raises:
        ValueError: a term has a topic that `topics/taxonomy.csv` does not define, or no weight.
    """
    rows = load_lexicon(LISTS[dimension], allowed={"pos": ("", "NOUN", "PROPN", "VERB")}, numbers=("weight",))
    return term_index(rows, dimension)


def term_index(rows: DataFrame, dimension: str) -> Index:
    """The terms of a word list by their first word.

    Raises:
        ValueError: a term has a topic that `topics/taxonomy.csv` does not define.
    """
    check_cells(LISTS[dimension], rows["topic"], {NO_TOPIC, *topic_definitions(dimension)["topic"]})
    topics = defaultdict(list)
    for row in rows_of(rows):
        topics[split_term(row.term), row.pos].append((row.topic, float(row.weight)))
    index = defaultdict(list)
    for (words, pos), weighted in topics.items():
        index[words[0]].append(Term(words, pos, tuple(weighted)))
    return dict(index)


def split_term(term: str) -> tuple[str, ...]:
    """The words of a term as the tokenizer splits them: hyphens between letters and possessives are words."""
    if "-" in term:
        term = re.sub(r"(?<=[^\W\d])-(?=[^\W\d])", " - ", term)
    if "'" in term:
        term = re.sub(r"(?<=\w)('s?)(?=\s|$)", r" \1", term)
    return tuple(term.split())
