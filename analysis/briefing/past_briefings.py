"""The folders of earlier briefings: which one a run is compared with, and which folder it gets.

The first run of a day gets a folder named after the day and its scope, `2026-11-24` or `2026-11-24-CHN-USA`.
A later run on that day of the same notebooks on the same articles, period, word lists and models replaces it,
since it can only say the same. If any of these differs, it gets a folder of its own, `2026-11-24-2`, and is
compared with the one before: an article added at noon is compared with the morning. The period that is
reported on is no part of the scope: this week's briefing is compared with last week's.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from analysis.briefing.records import NUMBERS, BriefingRecord, load_record, run_of
from analysis.briefing.snapshots import Snapshot
from analysis.pipeline.filters import Scope

MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Place:
    """The folder of a run, and the earlier briefing that it is compared with."""

    target: Path
    earlier: BriefingRecord | None  # what it is compared with
    unreadable: tuple[str, ...] = ()  # what is wrong with each newer briefing that cannot be read


def place_of(out: Path, day: date, scope: Scope, origin: dict[str, Any], notebooks: Sequence[str]) -> Place:
    """The folder of a run, and the newest earlier briefing of the same scope that can be read.

    Args:
        out: the folder of the briefings.
        day: the day of the run.
        scope: of the briefing.
        origin: what its numbers follow from, as in its manifest.
        notebooks: file names of the notebooks that are run; none for the front page alone.
    """
    folders = numbered_folders(out, day, scope)
    of_today = [(number, folder) for made, number, folder in folders if made == f"{day:%Y-%m-%d}"]
    base = out / f"{day:%Y-%m-%d}{scope.name}"
    earlier = [folder for _, _, folder in folders]
    if not of_today:
        return Place(base, *newest_readable(earlier))
    number, newest = of_today[0]
    if has_origin(newest, origin, notebooks):
        return Place(newest, *newest_readable(earlier[1:]))
    return Place(base.with_name(f"{base.name}-{number + 1}"), *newest_readable(earlier))


def newest_snapshot(out: Path, day: date, scope: Scope) -> tuple[Snapshot | None, tuple[str, ...]]:
    """The numbers of the newest briefing of a scope, and what is wrong with each newer one.

    Args:
        out: the folder of the briefings; it need not exist.
        day: the last day on which a briefing counts.
        scope: of the briefing.
    """
    folders = [folder for _, _, folder in numbered_folders(out, day, scope)]
    record, unreadable = newest_readable(folders)
    return (record.snapshot if record else None), unreadable


def numbered_folders(out: Path, day: date, scope: Scope) -> list[tuple[str, int, Path]]:
    """Day, number and path of each folder of a scope up to a day, the newest first."""
    runs = [(run_of(path.name, scope), path) for path in out.glob("*") if path.is_dir()]
    found = [(*run, path) for run, path in runs if run]
    return sorted((one for one in found if one[0] <= f"{day:%Y-%m-%d}"), reverse=True)


def has_origin(folder: Path, origin: dict[str, Any], notebooks: Sequence[str]) -> bool:
    """Whether a briefing was made from exactly this; one without a readable manifest counts as not."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    if not isinstance(manifest, dict) or not isinstance(manifest.get("notebooks"), dict):
        return False
    is_same = all(manifest.get(name) == value for name, value in origin.items())
    return is_same and sorted(manifest["notebooks"]) == sorted(notebooks)


def newest_readable(folders: Iterable[Path]) -> tuple[BriefingRecord | None, tuple[str, ...]]:
    """The first briefing whose numbers can be read, and a sentence on each before it that cannot."""
    unreadable: list[str] = []
    for folder in folders:
        if (folder / NUMBERS).exists():
            try:
                return load_record(folder, shown_as=f"{folder.name}/{NUMBERS}"), tuple(unreadable)
            except (OSError, ValueError) as error:
                unreadable.append(str(error))
    return None, tuple(unreadable)
