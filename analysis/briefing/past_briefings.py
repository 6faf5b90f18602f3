"""The folders of earlier briefings: which one a run is set against, and which one it gets.

The first run of a day gets a folder named by the day and its scope, `2026-11-24` or `2026-11-24-CHN-USA`. A
run later that day of the same notebooks on the same articles, word lists and models takes its place, for it
can say nothing else. If anything of these differs, it gets a folder of its own, `2026-11-24-2`, and is set
against the one before it: an article that came in at noon is told against the morning.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from analysis.briefing.comparison import NUMBERS, Kept, load_kept, run_of
from analysis.pipeline.filters import Scope

MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Place:
    """Where a run stands among the briefings made before."""

    target: Path  # the folder that it gets
    earlier: Kept | None  # what it is set against
    passed_over: tuple[str, ...] = ()  # what is wrong with each newer briefing that cannot be read


def place_of(out: Path, day: date, scope: Scope, origin: dict[str, Any], notebooks: Sequence[str]) -> Place:
    """The folder of a run, and the newest earlier briefing of the same scope that can be read.

    Args:
        out: the folder of the briefings.
        day: the day of the run.
        scope: what the briefing is narrowed to.
        origin: what its numbers follow from, as in its manifest.
        notebooks: file names of those that are run.
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


def numbered_folders(out: Path, day: date, scope: Scope) -> list[tuple[str, int, Path]]:
    """Day, number and path of each folder of a scope up to a day, the newest first."""
    runs = [(run_of(path.name, scope), path) for path in out.glob("*") if path.is_dir()]
    found = [(*run, path) for run, path in runs if run]
    return sorted((one for one in found if one[0] <= f"{day:%Y-%m-%d}"), reverse=True)


def has_origin(folder: Path, origin: dict[str, Any], notebooks: Sequence[str]) -> bool:
    """Whether a briefing was made from just this; one without a manifest that can be read was not."""
    try:
        kept = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    if not isinstance(kept, dict) or not isinstance(kept.get("notebooks"), dict):
        return False
    is_same = all(kept.get(name) == value for name, value in origin.items())
    return is_same and sorted(kept["notebooks"]) == sorted(notebooks)


def newest_readable(folders: Iterable[Path]) -> tuple[Kept | None, tuple[str, ...]]:
    """The first briefing whose numbers can be read, and a sentence on each before it that cannot."""
    wrong: list[str] = []
    for folder in folders:
        if (folder / NUMBERS).exists():
            try:
                return load_kept(folder), tuple(wrong)
            except (OSError, ValueError) as error:
                wrong.append(str(error).replace(f"{folder}/", f"{folder.name}/"))
    return None, tuple(wrong)
