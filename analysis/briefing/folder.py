"""The folder of a briefing: what it was made from, which folder a run gets, and how it is put in its place.

The first run of a day gets a folder named after the day and its scope, `2026-11-24` or
`2026-11-24-china-united-states`. A later run on that day of the same notebooks on the same articles, period,
word lists and models replaces it, since it can only say the same. If any of these differs, it gets a
folder of its own, `2026-11-24-2`.

`manifest.json`: `schema`, `made_at` (the one thing that differs between two runs on the same inputs),
`faultline`, `python`, `packages` (name: version), `inputs`, `notebooks` (none with `front_only`),
`word_lists`, `models` and `outputs` (file: sha256), `period` (as asked for), `seeds` (of random draws)
and `settings`.
"""

import hashlib
import json
import os
import platform
import re
import shutil
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from analysis.indicators.intervals import SEED as INTERVAL_SEED
from analysis.ingest.draft import Refusal
from analysis.ingest.folder_files import OWN_FILES, folder_files, open_plain, printable_name
from analysis.ingest.whole_files import changing
from analysis.lexicons import DATA
from analysis.nlp.topics.discovery import SEED as TOPIC_SEED
from analysis.pipeline.filters import Scope

MANIFEST: Final = "manifest.json"
SCHEMA: Final = 1
ASIDE: Final = ".before"  # ends the name of a folder while another takes its place
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
    return {path.relative_to(root).as_posix(): sha256_of(path.resolve()) for path in sorted(paths)}


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


def origin_of(inputs: dict[str, str], period: str, scope: dict[str, str]) -> dict[str, Any]:
    """What the numbers of a briefing follow from: two runs that agree in it give the same numbers.

    Args:
        inputs: `input_hashes` of the folder of articles.
        period: that is reported on, as it was asked for.
        scope: what the articles and tables were narrowed to.
    """
    return {
        "faultline": version("faultline"),
        "packages": {name: version(name) for name in PACKAGES},
        "inputs": inputs,
        "word_lists": file_hashes(DATA.rglob("*.csv"), DATA),
        "models": file_hashes(MODELS.glob("*.*"), MODELS),
        "period": period,
        "scope": scope,
    }


def write_manifest(
    folder: Path, origin: dict[str, Any], notebooks: Iterable[Path], settings: dict[str, Any]
) -> None:
    """Write the record of one run into its finished folder.

    Args:
        folder: the finished briefing, without its manifest.
        origin: `origin_of` the articles, as they were before the run.
        notebooks: the files that were run.
        settings: what the person asked for.
    """
    record = {
        "schema": SCHEMA,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        **origin,
        "notebooks": {path.name: sha256_of(path.resolve()) for path in notebooks},
        "seeds": {"intervals": INTERVAL_SEED, "discovered_topics": TOPIC_SEED},
        "settings": settings,
        "outputs": file_hashes((path for path in folder.rglob("*") if path.is_file()), folder),
    }
    write_json(folder / MANIFEST, record)


def write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")


def folder_for(out: Path, day: date, scope: Scope, origin: dict[str, Any], notebooks: Sequence[str]) -> Path:
    """The folder of a run, which need not exist.

    Args:
        out: the folder of the briefings.
        day: the day of the run.
        scope: of the briefing.
        origin: what its numbers follow from, as in its manifest.
        notebooks: file names of the notebooks that are run; none for the front page alone.
    """
    first = out / f"{day:%Y-%m-%d}{scope.name}"
    runs = {1: first} if first.is_dir() else {}
    for path in out.glob(f"{first.name}-*"):
        number = path.name.removeprefix(f"{first.name}-")
        if re.fullmatch(r"[1-9]\d*", number) and path.is_dir():
            runs[int(number)] = path
    if not runs:
        return first
    last = max(runs)
    try:
        made = json.loads((runs[last] / MANIFEST).read_text(encoding="utf-8"))
        is_same = sorted(made["notebooks"]) == sorted(notebooks) and origin.items() <= made.items()
    except (OSError, ValueError, KeyError, TypeError):
        is_same = False  # without a readable manifest nobody knows
    return runs[last] if is_same else out / f"{first.name}-{last + 1}"


def publish(new: Path, out: Path, choose: Callable[[], Path]) -> Path:
    """Put a finished folder in its place; an earlier one is set aside, and restored if this fails.

    Args:
        new: the finished folder.
        out: the folder of the briefings.
        choose: gives the place, while no other run can take it.

    Returns:
        The place.
    """
    with changing(out):
        target = choose()
        aside = target.with_name(f".{target.name}{ASIDE}")
        if target.exists():
            os.replace(target, aside)
        try:
            os.replace(new, target)
        except OSError:
            if aside.exists():
                os.replace(aside, target)
            raise
        shutil.rmtree(aside, ignore_errors=True)
    return target


def restore_set_aside(out: Path) -> None:
    """Restore what a run that was killed had set aside, or remove it where its place is taken."""
    with changing(out):  # so that it is not that of a run that is just publishing
        for aside in out.glob(f".*{ASIDE}"):
            target = aside.with_name(aside.name.removeprefix(".").removesuffix(ASIDE))
            if target.exists():
                shutil.rmtree(aside)
            else:
                os.replace(aside, target)
