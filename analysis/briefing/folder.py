"""The folder of a briefing: which one a run gets, and how it is put in its place.

The first run of a day gets a folder named after the day and its scope, `2026-11-24` or
`2026-11-24-china-united-states`. A later run on that day of the same notebooks on the same articles, period,
word lists and models replaces it, since it can only say the same. If any of these differs, it gets a
folder of its own, `2026-11-24-2`.
"""

import json
import os
import re
import shutil
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from analysis.ingest.whole_files import changing
from analysis.pipeline.filters import Scope

MANIFEST: Final = "manifest.json"
ASIDE: Final = ".before"  # ends the name of a folder while another takes its place


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
    has_same_origin = is_made_from(runs[last], origin, notebooks)
    return runs[last] if has_same_origin else out / f"{first.name}-{last + 1}"


def is_made_from(folder: Path, origin: dict[str, Any], notebooks: Sequence[str]) -> bool:
    """Yes if a briefing was made from exactly this; one without a readable manifest was not."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        names = sorted(manifest["notebooks"])
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return names == sorted(notebooks) and origin.items() <= manifest.items()


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
