"""What a briefing has read and computed before its notebooks run, so that none of them does it again."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from pandas import DataFrame

from analysis.briefing.front_page_data import FrontPageData
from analysis.kernels.forked_kernels import OWN_KERNELS, Kernels
from analysis.pipeline.analyse import Tables


@dataclass(frozen=True)
class AlreadyRead:
    """The tables of a folder of articles, and what the front page is made of."""

    seeds: Path  # absolute, as kernels run in other folders
    store: Path | str
    as_read: Tables  # every table before narrowing, of the days of the scope
    rejected: DataFrame  # `Rejected`, of the whole folder
    data: FrontPageData


KernelsFor = Callable[[AlreadyRead], AbstractContextManager[Kernels]]


@contextmanager
def own_kernels(read: AlreadyRead) -> Iterator[Kernels]:
    """Kernels that are programs of their own and read the store; for systems that cannot fork."""
    yield OWN_KERNELS
