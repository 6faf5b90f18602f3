"""What one run has read of a folder of articles, for the processes that it starts.

The front page and the notebooks of a briefing must show the same articles, so the folder is read once, and
the kernels take what was read. The run names the place in its environment, which its processes inherit.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from pandas import DataFrame, read_parquet

from analysis.ingest.scratch import scratch_folder
from analysis.schemas import Articles, Rejected

PLACE: Final = "FAULTLINE_READ_ARTICLES"  # of the folder with the tables, in the environment
OF: Final = "of.json"  # the path of the folder that was read


@contextmanager
def shared_reading(folder: Path, articles: DataFrame, rejected: DataFrame) -> Iterator[None]:
    """Let `load_corpus` in processes that start meanwhile give these tables for a folder.

    Args:
        folder: of the articles.
        articles: `Articles` table of the whole folder.
        rejected: `Rejected` table of it.
    """
    before = os.environ.get(PLACE)
    with scratch_folder() as place:
        articles.to_parquet(place / "articles.parquet")
        rejected.to_parquet(place / "rejected.parquet")
        (place / OF).write_text(json.dumps(os.path.realpath(folder)), encoding="utf-8")
        os.environ[PLACE] = str(place)
        try:
            yield
        finally:
            del os.environ[PLACE]
            if before is not None:
                os.environ[PLACE] = before


def shared_tables(folder: Path) -> tuple[DataFrame, DataFrame] | None:
    """The `Articles` and `Rejected` tables that this run has read of a folder; None if it has not."""
    place = os.environ.get(PLACE)
    if not place or not is_of(Path(place, OF), folder):
        return None
    articles = read_parquet(Path(place, "articles.parquet"))
    rejected = read_parquet(Path(place, "rejected.parquet"))
    return Articles.validate(articles), Rejected.validate(rejected)


def is_of(path: Path, folder: Path) -> bool:
    """Whether the tables beside a file are those of a folder; not if the run that wrote them has ended."""
    try:
        return json.loads(path.read_text(encoding="utf-8")) == os.path.realpath(folder)
    except FileNotFoundError:
        return False
