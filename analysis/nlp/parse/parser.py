"""Articles to spaCy Docs. The only module that loads and runs spaCy's pipeline.

The parse is tagger, parser and lemmatizer of `en_core_web_sm`. Its entity recogniser is left out: it costs
more than half the time, calls the same name a city in one sentence and a person in the next, and names are
read from word lists and the parse instead (`analysis.nlp.actors.mentions`).
"""

import importlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache

import numpy as np
from spacy.attrs import ORTH, SENT_START
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc, Span
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, registry

from analysis.ingest.datelines import filed_spans, filed_tokens
from analysis.nlp.parse.matrix_product import use_fast_products
from analysis.nlp.parse.model import installed_model
from analysis.nlp.parse.word_forms import QUICK_PIPES
from analysis.nlp.parse.word_vectors import remember_words

SPLITTER = "faultline.words"  # what spaCy calls our tokenizer
MAX_CHARS = 10_000_000
RARE_VERBS = ("hop", "hat")  # else `hoping` would be a form of hop, `hated` one of hat
COMMON_PLURALS = {"taxes": "tax", "bases": "base"}  # else of `taxis` and `basis`
PIECE_CHARS = 50_000  # a longer text is parsed in pieces: the parse takes 4 kB of memory per character
UNBROKEN = re.compile(r"\S{250}(?=\S)")  # longer than any word, or any address without tracking codes
CUTS = ("\n", ". ", " ")  # where a text is cut, the best place first
NO_START = np.uint64(2**64 - 1)  # -1: the parser begins no sentence here
LONG_RUN = 400  # tokens without a line break after which the next full stop ends the sentence
LONGEST_RUN = 800  # tokens after which it ends without one


@Language.component("paragraph_starts")
def paragraph_starts(doc: Doc) -> Doc:
    """A line break always begins a new sentence; within a line the parser decides.

    Without this, a headline, which has no full stop, runs into the first sentence. A line longer than any
    paragraph is cut too, since some rules take the square of a sentence's length. And a dateline is a
    sentence by itself: the parser would make its town the subject of the story's first sentence.
    """
    spans = filed_tokens(doc.text, [token.idx for token in doc])
    starts = sentence_starts([token.text for token in doc], frozenset(end for _, end in spans))
    column = np.zeros(len(doc), dtype=np.uint64)
    for start, end in spans:
        column[start + 1 : end] = NO_START
    column[starts[: len(doc)]] = 1
    return doc.from_array([SENT_START], column)


def sentence_starts(
    words: Sequence[str], filed: frozenset[int], *, long_run: int = LONG_RUN, longest_run: int = LONGEST_RUN
) -> list[int]:
    """Tokens that begin a sentence whatever the parser says.

    Args:
        words: texts of the tokens.
        filed: tokens right after a dateline.
        long_run: tokens without a start after which the next full stop ends the sentence.
        longest_run: tokens after which it ends without one.
    """
    starts, last = [0], 0
    for i, before in enumerate(words[:-1]):
        run = i - last
        if "\n" in before or i + 1 in filed or (run > long_run and before == ".") or run > longest_run:
            last = i + 1
            starts.append(last)
    return starts


@registry.tokenizers(SPLITTER)
def word_splitter() -> Callable[[Language], Tokenizer]:
    """What makes the tokenizer: that of English, which splits "U.S.-China" into three words too.

    A tokenizer splits its thousand special cases anew whenever a rule of it is changed or read from disk, so
    it is made once, with all its rules.
    """

    def splitter(nlp: Language) -> Tokenizer:
        rules = nlp.Defaults
        return Tokenizer(
            nlp.vocab,
            rules=rules.tokenizer_exceptions,
            prefix_search=compile_prefix_regex(rules.prefixes).search,
            suffix_search=compile_suffix_regex(rules.suffixes).search,
            infix_finditer=compile_infix_regex([*rules.infixes, r"(?<=[A-Z]\.)[-–](?=[A-Za-z])"]).finditer,
            token_match=rules.token_match,
            url_match=rules.url_match,
        )

    return splitter


@cache
def load_language() -> Language:
    """The parsing pipeline, loaded once per process."""
    splitting = {"nlp": {"tokenizer": {"@tokenizers": SPLITTER}}}
    nlp = importlib.import_module(installed_model()).load(exclude=["ner", "tokenizer"], config=splitting)
    nlp.add_pipe("paragraph_starts", before="parser")
    nlp.tokenizer.add_special_case("X.", [{ORTH: "X"}, {ORTH: "."}])  # wrote on X. The next day ...
    lookups = nlp.get_pipe("lemmatizer").lookups
    known = lookups.get_table("lemma_index")
    for kind, words in list(known.items()):
        known[kind] = frozenset(words)  # spaCy looks for a word in it, and it has lists of up to 57,000
    known["verb"] -= set(RARE_VERBS)
    nouns = lookups.get_table("lemma_exc")["noun"]
    nouns.update({plural: [noun] for plural, noun in COMMON_PLURALS.items()})
    nlp.max_length = MAX_CHARS
    for slow, quick in QUICK_PIPES.items():
        nlp.add_pipe(quick, after=slow)
        nlp.disable_pipe(slow)
    use_fast_products(map(nlp.get_pipe, nlp.pipe_names))
    remember_words(nlp.get_pipe("tok2vec").model)
    return nlp


def model_name() -> str:
    """Name and version of the model that runs, such as `en_core_web_sm 3.8.0`."""
    meta = load_language().meta
    return f"{installed_model()} {meta['version']}"


def parse(texts: Iterable[str], *, piece_chars: int = PIECE_CHARS) -> Iterator[Doc]:
    """Parsed Docs, one at a time, in the order of the texts; longer texts are parsed in pieces."""
    read: list[Doc] = []
    for batch in batches((piece for text in texts for piece in pieces(text, piece_chars)), piece_chars):
        size = len(batch)
        at_once = {"parser": {"batch_size": 4 * size}}  # of which it takes a quarter at a time
        for doc, is_last in load_language().pipe(
            batch, as_tuples=True, batch_size=size, component_cfg=at_once
        ):
            read.append(doc)
            if is_last:
                yield joined(read)
                read = []


def joined(docs: list[Doc]) -> Doc:
    """The pieces of a text as one Doc."""
    return docs[0] if len(docs) == 1 else Doc.from_docs(docs, ensure_whitespace=False, exclude=["tensor"])


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


def sentences(doc: Doc) -> Iterator[Span]:
    """The sentences of one Doc, stripped of white space, without empty ones and datelines."""
    return iter(sentence_spans(doc))


@lru_cache(maxsize=2)  # every reading of a Doc goes through its sentences
def sentence_spans(doc: Doc) -> tuple[Span, ...]:
    return tuple(stripped_sentences(doc))


def stripped_sentences(doc: Doc) -> Iterator[Span]:
    filed = {end for _, end in filed_spans(doc.text)}
    for sentence in doc.sents:
        start, end = sentence.start, sentence.end
        if end < len(doc) and doc[end].idx in filed:
            continue  # where the story was filed, not what it is about
        while start < end and doc[start].is_space:
            start += 1
        while end > start and doc[end - 1].is_space:
            end -= 1
        if start < end:
            yield doc[start:end]
