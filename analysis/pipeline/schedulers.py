"""Who reads articles: this machine, or the workers of a Dask scheduler if one is named."""

from collections.abc import Iterator
from contextlib import contextmanager

from analysis.pipeline.workers import Pool


@contextmanager
def pool_of(scheduler: str) -> Iterator[Pool | None]:
    """The workers of a Dask scheduler; None, which stands for this machine, without one.

    Raises:
        ConnectionError, ValueError: as in `analysis.pipeline.dask_workers.pool_on`.
    """
    if not scheduler:
        yield None
        return
    from analysis.pipeline.dask_workers import pool_on  # loads Dask, which others need not wait for

    with pool_on(scheduler) as pool:
        yield pool
