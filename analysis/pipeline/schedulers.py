"""Where articles are read: on this machine, or on the workers of a Dask scheduler if one is named.

Dask is loaded only for a scheduler.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from analysis.pipeline.incremental import Reader

if TYPE_CHECKING:
    from analysis.pipeline.annotate import Line


@contextmanager
def annotator_on(scheduler: str) -> Iterator[Callable[..., "Iterator[Line]"]]:
    """The function that annotates lines.

    Args:
        scheduler: address of a Dask scheduler; "" is this machine.

    Raises:
        ConnectionError, ValueError: as in `analysis.pipeline.dask_workers.workers_of`.
    """
    if scheduler:
        from analysis.pipeline.dask_workers import annotated_stream as stream_on_workers
        from analysis.pipeline.dask_workers import workers_of

        with workers_of(scheduler) as client:
            yield partial(stream_on_workers, client)
    else:
        from analysis.pipeline.annotate_jsonl import annotated_stream

        yield annotated_stream


@contextmanager
def reader_on(scheduler: str) -> Iterator[Reader | None]:
    """What reads new articles; None, the reader of this machine, without a scheduler.

    Args:
        scheduler: as in `annotator_on`.

    Raises:
        ConnectionError, ValueError: as in `annotator_on`.
    """
    if scheduler:
        from analysis.pipeline.dask_workers import read_on_workers, workers_of

        with workers_of(scheduler) as client:
            yield partial(read_on_workers, client)
    else:
        yield None
