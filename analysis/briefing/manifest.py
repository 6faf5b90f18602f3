"""What a briefing was made from, so that it can be made again: hashes, versions, seeds and settings.

`manifest.json`: `schema`, `made_at` (the one thing that differs between two runs on the same inputs),
`faultline`, `python`, `packages` (name: version), `inputs`, `notebooks` (none with `front_only`),
`word_lists`, `models` and `outputs` (file: sha256), `period` (as asked for), `seeds` (of random draws)
and `settings`.
"""

import hashlib
import platform
from collections.abc import Collection, Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from analysis.indicators.intervals import SEED as INTERVAL_SEED
from analysis.ingest.draft import Refusal
from analysis.ingest.folder_files import OWN_FILES, folder_files, open_plain, printable_name
from analysis.lexicons import DATA
from analysis.nlp.topics.discovery import SEED as TOPIC_SEED

SCHEMA: Final = 1
MODELS = Path(__file__).parents[1] / "models"
PACKAGES: Final = (
    "matplotlib",
    "nbclient",
    "numpy",
    "onnxruntime",
    "pandas",
    "scikit-learn",
    "scipy",
    "spacy",
    "textblob",
    "tokenizers",
)


def file_hashes(paths: Iterable[Path], root: Path) -> dict[str, str]:
    """sha256 of each file, by its path under a folder, in order."""
    found = {}
    for path in sorted(paths):
        with path.open("rb") as stream:
            found[path.relative_to(root).as_posix()] = hashlib.file_digest(stream, "sha256").hexdigest()
    return found


def input_hashes(seeds: Path, rejected: Collection[str]) -> dict[str, str]:
    """sha256 of every file that may contain an article or metadata of one; what was refused stays closed.

    Args:
        seeds: the folder of articles.
        rejected: files and records that reading refused.

    Raises:
        OSError: a file cannot be read.
    """
    found = {
        printable_name(file.name): sha256_of(file.path)
        for file in folder_files(seeds)
        if not isinstance(file, Refusal) and printable_name(file.name) not in rejected
    }
    own = {name: sha256_of((seeds / name).resolve()) for name in OWN_FILES if (seeds / name).exists()}
    return dict(sorted((found | own).items()))


def sha256_of(path: Path) -> str:
    with open_plain(path) as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def origin_of(inputs: dict[str, str], period: str) -> dict[str, Any]:
    """What the numbers of a briefing follow from: two runs that agree in it give the same numbers.

    Args:
        inputs: `input_hashes` of the folder of articles.
        period: that is reported on, as it was asked for.
    """
    return {
        "faultline": version("faultline"),
        "packages": {name: version(name) for name in PACKAGES},
        "inputs": inputs,
        "word_lists": file_hashes(DATA.rglob("*.csv"), DATA),
        "models": file_hashes(MODELS.glob("*.*"), MODELS),
        "period": period,
    }


def manifest(
    origin: dict[str, Any],
    notebooks: Iterable[Path],
    folder: Path,
    settings: dict[str, Any],
    made_at: str,
) -> dict[str, Any]:
    """The record of one run.

    Args:
        origin: `origin_of` the articles, as they were before the run.
        notebooks: the files that were run.
        folder: the finished briefing, without its manifest.
        settings: what the person asked for.
        made_at: ISO 8601 time.
    """
    return {
        "schema": SCHEMA,
        "made_at": made_at,
        "python": platform.python_version(),
        **origin,
        "notebooks": {
            name: digest for path in notebooks for name, digest in file_hashes([path], path.parent).items()
        },
        "seeds": {"intervals": INTERVAL_SEED, "discovered_topics": TOPIC_SEED},
        "settings": settings,
        "outputs": file_hashes((path for path in folder.rglob("*") if path.is_file()), folder),
    }
