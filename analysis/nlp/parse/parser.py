"""Articles to spaCy Docs. The only module that loads and runs spaCy's pipeline.

The parse is tagger, parser and lemmatizer of `en_core_web_sm`. Its entity recogniser is left out: it costs
more than half the time, calls the same name a city in one sentence and a person in the next, and names are
read from word lists and the parse instead (`analysis.nlp.actors.mentions`).
"""

import importlib
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from spacy.attrs import ORTH
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import compile_infix_regex

from analysis.ingest.dates import filed_spans, filed_tokens
from analysis.nlp.parse.model import installed_model

MAX_CHARS = 10_000_000
JOINED = (  # more than one word too
    r"(?<=[A-Z]\.)[-–](?=[A-Za-z])",  # U.S.-China
    *(r"\)(?=(?:--|[–—])[A-Z])", r"(?<=\))(?:--|[–—])(?=[A-Z])"),  # LONDON, May 1 (Reuters)--Peru
)
LEMMAS = {
    ("hopes", "hoping", "hoped"): "hope",  # else forms of hop
    ("hates", "hating", "hated"): "hate",  # else of hat
    ("taxes",): "tax",  # else of taxis
    ("bases",): "base",  # else of basis
}
PIECE_CHARS = 50_000  # a longer text is parsed in pieces: the parse takes 4 kB of memory per character
UNBROKEN = re.compile(r"\S{250}(?=\S)")  # longer than any word, or any address without tracking codes
CUTS = ("\n", ". ", " ")  # where a text is cut, the best place first
LONG_RUN = 400  # tokens without a line break after which the next full stop ends the sentence
LONGEST_RUN = 800  # tokens after which it ends without one


@cache
def load_language() -> Language:
    """The parsing pipeline, loaded once per process."""
    nlp = importlib.import_module(installed_model()).load(exclude=["ner"])
    nlp.tokenizer.infix_finditer = compile_infix_regex([*nlp.Defaults.infixes, *JOINED]).finditer
    nlp.tokenizer.add_special_case("X.", [{ORTH: "X"}, {ORTH: "."}])  # wrote on X. The next day ...
    nlp.add_pipe("paragraph_starts", before="parser")
    nlp.add_pipe("past_conjuncts")
    ruler = nlp.get_pipe("attribute_ruler")
    for words, lemma in LEMMAS.items():
        ruler.add([[{"LOWER": {"IN": list(words)}, "TAG": {"NOT_IN": ["NNP", "NNPS"]}}]], {"LEMMA": lemma})
    nlp.max_length = MAX_CHARS
    return nlp


@Language.component("paragraph_starts")
def paragraph_starts(doc: Doc) -> Doc:
    """A line break always begins a new sentence; within a line the parser decides, where one can begin.

    Without this, a headline, which has no full stop, runs into the first sentence. A line longer than any
    paragraph is cut too, since some rules take the square of a sentence's length. And a dateline is a
    sentence by itself: the parser would make its town the subject of the story's first sentence.
    """
    spans = filed_tokens(doc.text, [token.idx for token in doc])
    for start, end in spans:
        for token in doc[start + 1 : end]:
            token.is_sent_start = False
    for before, token in pairwise(doc):
        is_bare = before.is_alpha or before.text == ","
        is_first = not before.i or "\n" in doc[before.i - 1].text  # "India" | "and Pakistan agreed"
        if is_bare and (is_first or before.is_lower or token.is_lower or token.text in "[("):
            token.is_sent_start = False
    for start in sentence_starts([token.text for token in doc], {end for _, end in spans})[: len(doc)]:
        doc[start].is_sent_start = True
    return doc


@Language.component("past_conjuncts")
def past_conjuncts(doc: Doc) -> Doc:
    """Hang a past tense below the verb whose subject it shares: `said it would go and urged Peru to wait`.

    Parsers join it to the nearest verb, but what `would` or `to` opens goes on in the infinitive.
    """
    for verb in doc:
        first = verb.head
        is_open = first.tag_ == "VB" and not {"MD", "TO"}.isdisjoint(word.tag_ for word in first.lefts)
        is_bare = verb.dep_ == "conj" and {"nsubj", "nsubjpass", "expl"}.isdisjoint(
            word.dep_ for word in verb.lefts
        )
        if is_open and is_bare and verb.pos_ == "VERB" and verb.tag_ == first.head.tag_ == "VBD":
            for word in (verb, *(w for w in first.rights if w.dep_ == "cc" and w.i < verb.i)):
                word.head = first.head
    return doc


def sentence_starts(
    words: Sequence[str], filed: set[int], *, long_run: int = LONG_RUN, longest_run: int = LONGEST_RUN
) -> list[int]:
    """Tokens that begin a sentence whatever the parser says.

    Args:
        words: texts of the tokens.
        filed: tokens right after a dateline.
        long_run: tokens without a start after which the next full stop ends the sentence.
        longest_run: tokens after which it ends without one.
    """
    starts = [0]
    for i, before in enumerate(words[:-1]):
        run = i - starts[-1]
        if "\n" in before or i + 1 in filed or (run > long_run and before == ".") or run > longest_run:
            starts.append(i + 1)
    return starts


def parse(texts: Iterable[str], *, piece_chars: int = PIECE_CHARS) -> Iterator[Doc]:
    """Parsed Docs, one at a time, in the order of the texts; longer texts are parsed in pieces."""
    read: list[Doc] = []
    for batch in batches((piece for text in texts for piece in pieces(text, piece_chars)), piece_chars):
        for doc, is_last in load_language().pipe(batch, as_tuples=True, batch_size=len(batch)):
            read.append(doc)
            if is_last:
                is_whole = len(read) == 1
                yield (
                    read[0] if is_whole else Doc.from_docs(read, ensure_whitespace=False, exclude=["tensor"])
                )
                read = []


def pieces(text: str, piece_chars: int = PIECE_CHARS) -> Iterator[tuple[str, bool]]:
    """A text in pieces of a size that fits into memory, each with whether it is the last.

    A run of letters or marks longer than any word is cut too: the tokenizer takes off one mark after another,
    which costs the square of its length.
    """
    start = 0
    for end in (*(match.end() for match in UNBROKEN.finditer(text)), len(text)):
        while end - start > piece_chars:
            middle = cut(text, start, piece_chars)
            yield text[start:middle], False
            start = middle
        yield text[start:end], end == len(text)
        start = end


def cut(text: str, start: int, piece_chars: int) -> int:
    """Where a piece that begins at `start` ends: after a line break, else a full stop, else a space."""
    low, high = start + piece_chars // 2, start + piece_chars
    for mark in CUTS:
        place = text.rfind(mark, low, high)
        if place >= 0:
            return place + len(mark)
    return high


def batches(parts: Iterable[tuple[str, bool]], batch_chars: int) -> Iterator[list[tuple[str, bool]]]:
    """Pieces in lists of about `batch_chars` characters, so that many short texts are parsed at once."""
    batch, size = [], 0
    for part in parts:
        batch.append(part)
        size += len(part[0])
        if size >= batch_chars:
            yield batch
            batch, size = [], 0
    yield batch


@lru_cache(maxsize=2)
def text_of(doc: Doc) -> str:
    """The text of a Doc, which spaCy puts together from its tokens each time that it is asked for it.

    Where a rule needs it for every quote or mention, that would take the square of the text's length.
    """
    return doc.text


@lru_cache(maxsize=2)  # every reading of a Doc goes through its sentences
def sentences(doc: Doc) -> tuple[Span, ...]:
    """The sentences of one Doc, stripped of white space, without empty ones and datelines."""
    filed = {end for _, end in filed_spans(doc.text)}
    found = []
    for sentence in doc.sents:
        start, end = sentence.start, sentence.end
        if end < len(doc) and doc[end].idx in filed:
            continue  # where the story was filed, not what it is about
        while start < end and doc[start].is_space:
            start += 1
        while end > start and doc[end - 1].is_space:
            end -= 1
        if start < end:
            found.append(doc[start:end])
    return tuple(found)
