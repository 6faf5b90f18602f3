"""Parsed Docs as a table with a row per token, and back, so that a changed word list needs no new parse.

Measured on 50,000 words of the State Department: 6.3 kB per 1,000 words (as much as their text), and read
back in 0.11 s where the parse takes 6.8 s, sixty times as long. spaCy's own DocBin takes 10 kB and as long.
Only the lengths of the words are stored, since the text is stored with the article.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from spacy.attrs import DEP, HEAD, LEMMA, LENGTH, MORPH, NORM, POS, SENT_START, SPACY, TAG
from spacy.tokens import Doc

from analysis.nlp.parse.parser import load_language

NAMES = {"lemma": LEMMA, "norm": NORM, "pos": POS, "tag": TAG, "dep": DEP, "morph": MORPH}
NUMBERS = {"head": (HEAD, pa.int32()), "sent_start": (SENT_START, pa.int8())}
SHAPE = {"length": (LENGTH, pa.int32()), "space": (SPACY, pa.bool_())}
ATTRIBUTES = [*NAMES.values(), *(attribute for attribute, _ in (NUMBERS | SHAPE).values())]
TEXT = pa.dictionary(pa.int32(), pa.string())
PARSES = pa.schema(
    [("article_id", TEXT), *((name, TEXT) for name in NAMES)]
    + [(name, kind) for name, (_, kind) in (NUMBERS | SHAPE).items()]
)
"""One row per token; `head` is relative to the token."""


def doc_array(doc: Doc) -> NDArray[np.uint64]:
    """The stored attributes of a Doc, a row per token."""
    return doc.to_array(ATTRIBUTES)


def parse_table(ids: Sequence[str], arrays: Sequence[NDArray[np.uint64]]) -> pa.Table:
    """The parses of some articles.

    Args:
        ids: of the articles.
        arrays: `doc_array` of each.
    """
    tokens = np.concatenate([*arrays, np.zeros((0, len(ATTRIBUTES)), np.uint64)]).astype(np.uint64)
    owners = np.repeat(np.arange(len(ids), dtype=np.int32), [len(array) for array in arrays])
    columns = [pa.DictionaryArray.from_arrays(owners, pa.array(ids, pa.string()))]
    columns += [string_column(tokens[:, place]) for place in range(len(NAMES))]
    for place, (_, kind) in enumerate((NUMBERS | SHAPE).values(), start=len(NAMES)):
        columns.append(pa.array(tokens[:, place].astype(np.int64)).cast(kind))
    return pa.table(columns, schema=PARSES)


def string_column(hashes: NDArray[np.uint64]) -> pa.DictionaryArray:
    """The strings of a column of hashes."""
    strings = load_language().vocab.strings
    known, codes = np.unique(hashes, return_inverse=True)
    return pa.DictionaryArray.from_arrays(
        codes.astype(np.int32), pa.array([strings[int(value)] for value in known], pa.string())
    )


def parsed_docs(table: pa.Table, articles: Sequence[tuple[str, str]]) -> Iterator[Doc]:
    """The Docs of some articles, in their order.

    Args:
        table: parses of at least these articles, the tokens of each together.
        articles: id and text of each.
    """
    owners = table["article_id"].to_pylist() if len(table) < 1 else decoded(table, "article_id")
    starts = article_starts(owners)
    tokens = token_array(table)
    lengths, spaces = (table[name].to_numpy() for name in SHAPE)
    for article_id, text in articles:
        part = starts.get(article_id, slice(0, 0))
        yield rebuilt(text, tokens[part], lengths[part], spaces[part])


def decoded(table: pa.Table, name: str) -> list[str]:
    """A column of strings as a list."""
    return table[name].cast(pa.string()).to_pylist()


def article_starts(owners: Sequence[str]) -> dict[str, slice]:
    """The rows of each article."""
    found: dict[str, slice] = {}
    start = 0
    for place in range(1, len(owners) + 1):
        if place == len(owners) or owners[place] != owners[start]:
            found[owners[start]] = slice(start, place)
            start = place
    return found


def token_array(table: pa.Table) -> NDArray[np.uint64]:
    """Attributes of all tokens, as `Doc.from_array` takes them."""
    columns = [string_hashes(table[name]) for name in NAMES]
    columns += [table[name].to_numpy().astype(np.int64).astype(np.uint64) for name in NUMBERS]
    return np.stack(columns, axis=1)


def string_hashes(column: pa.ChunkedArray) -> NDArray[np.uint64]:
    """The hash of each string, after adding it to the vocabulary."""
    strings = load_language().vocab.strings
    parts = [
        np.array([strings.add(value) for value in chunk.dictionary.to_pylist()], np.uint64)[
            chunk.indices.to_numpy()
        ]
        for chunk in column.chunks
    ]
    return np.concatenate([*parts, np.zeros(0, np.uint64)])


def rebuilt(
    text: str, tokens: NDArray[np.uint64], lengths: NDArray[np.int32], spaces: NDArray[np.bool_]
) -> Doc:
    """One Doc from the text and the stored columns."""
    ends = np.cumsum(lengths + spaces) - spaces
    spans = zip((ends - lengths).tolist(), ends.tolist(), strict=True)
    words = [text[start:end] for start, end in spans]
    doc = Doc(load_language().vocab, words=words, spaces=spaces.tolist())
    attributes = [*NAMES.values(), *(attribute for attribute, _ in NUMBERS.values())]
    return doc.from_array(attributes, tokens) if words else doc
