"""Put the finished folder of a briefing in its place, and restore what a killed run has set aside."""

import os
import shutil
from pathlib import Path
from typing import Final

from analysis.ingest.folder_changes import changing

ASIDE: Final = ".before"  # ends the name of a folder while another takes its place


def publish(new: Path, target: Path) -> None:
    """Put a finished folder in its place; an earlier one is set aside, and restored if this fails."""
    aside = target.with_name(f".{target.name}{ASIDE}")
    with changing(target.parent):
        if target.exists():
            os.replace(target, aside)
        try:
            os.replace(new, target)
        except OSError:
            if aside.exists():
                os.replace(aside, target)
            raise
        shutil.rmtree(aside, ignore_errors=True)


def restore_set_aside(out: Path) -> None:
    """Restore what a run that was killed had set aside, or remove it where its place is taken."""
    with changing(out):  # so that it is not that of a run that is just publishing
        for aside in out.glob(f".*{ASIDE}"):
            target = aside.with_name(aside.name.removeprefix(".").removesuffix(ASIDE))
            if target.exists():
                shutil.rmtree(aside)
            else:
                os.replace(aside, target)
