"""Kernels for the notebooks of a briefing: forked from the process that has read the articles."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from typing import Final

from analysis.briefing.already_read import AlreadyRead, own_kernels
from analysis.charts.base import ready_to_draw
from analysis.kernels.forked_kernels import Kernels, fork_server, kernels_of
from analysis.pipeline.forked_workers import can_fork

MODULES: Final = ("analysis.notebook.corpus", "analysis.notebook.evaluation", "ipykernel.kernelapp")
MANY: Final = 50_000  # articles from which each kernel takes over half a gigabyte, so fewer run at once


@contextmanager
def warm_kernels(read: AlreadyRead) -> Iterator[Kernels]:
    """Kernels that begin with what a briefing has read, where this system can fork."""
    if not can_fork():
        with own_kernels(read) as kernels:
            yield kernels
        return
    ready_to_draw()
    read.data.compute_shared()
    with fork_server(partial(prepare, read)) as server:
        is_large = len(read.as_read.articles) > MANY
        yield kernels_of(server, 2) if is_large else kernels_of(server)


def prepare(read: AlreadyRead) -> None:
    """Load what notebooks need in the process that is forked into kernels, while pages are being made."""
    from analysis.notebook.shared_corpora import share  # loaded here, so that the pages need not wait for it

    for module in MODULES:
        import_module(module)
    share(read)
