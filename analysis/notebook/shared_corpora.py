"""Corpora that begin with what was read before: those of the notebooks of a briefing, in forked kernels.

In an ordinary kernel nothing was read before, and every corpus reads for itself.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from pandas import DataFrame

from analysis.ingest.corpus import load_corpus
from analysis.notebook.corpus_tables import CorpusTables
from analysis.pipeline.filters import Scope
from analysis.search.index_place import store_folder

if TYPE_CHECKING:  # an ordinary kernel needs nothing of it
    from analysis.briefing.already_read import AlreadyRead

_shared: list["AlreadyRead"] = []  # at most one, and only in a process that is forked into kernels


def share(read: "AlreadyRead") -> None:
    """Let the corpora that this process opens from now on begin with what was read."""
    _shared.append(read)


def loaded(seeds: Path | str, scope: Scope) -> tuple[DataFrame, DataFrame]:
    """Articles and rejected files of a folder, as `load_corpus` has them, or those of these days."""
    for read in _shared:
        if is_same(read, seeds, scope):
            return read.as_read.articles, read.rejected
    return load_corpus(seeds)


def fill(corpus: CorpusTables) -> None:
    """Give a corpus the tables that were read from the same articles."""
    for read in _shared:
        if is_same(read, corpus.seeds, corpus.scope) and is_same_store(read.store, corpus.store):
            vars(corpus).update(same_tables(read, corpus))


def is_same(read: "AlreadyRead", seeds: Path | str, scope: Scope) -> bool:
    """Whether articles are of the same folder and days."""
    days = (read.data.scope.since, read.data.scope.until) == (scope.since, scope.until)
    return days and read.seeds.resolve() == Path(seeds).resolve()


def is_same_store(one: Path | str, other: str) -> bool:
    """Whether two stores are the same; a notebook names one by its path from its own folder."""
    return bool(other) and place_of(str(one)) == place_of(other)


def place_of(store: str) -> Path | str:
    """The folder of a store without detours, or its address."""
    folder = store_folder(store)
    return folder.resolve() if folder else store


def same_tables(read: "AlreadyRead", corpus: CorpusTables) -> dict[str, object]:
    """What a corpus would compute, by the names of its cached properties."""
    found: dict[str, object] = {"as_read": read.as_read}
    if corpus.scope == read.data.scope:
        found["tables"] = read.data.deduplicated
        if corpus.reporting_period == read.data.period:
            found |= {"period_inputs": read.data.inputs, "judgments": read.data.judgments}
    return found
