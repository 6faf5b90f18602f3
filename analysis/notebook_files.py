"""Which notebooks there are; asked before a server starts, so nothing that runs or reads them is loaded."""

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

NUMBERED: Final = re.compile(r"\d\d-")  # begins the name of a notebook that a briefing publishes
LINKED: Final = ("04-how-far-to-trust-it", "05-your-own-question")  # the same for every briefing
SCRATCH: Final = "scratch"  # an analyst's own files and notebooks; git and briefings pass it over


def choose_notebooks(folder: Path, names: Sequence[str]) -> list[Path]:
    """The numbered notebooks whose file names contain one of the given names.

    If none is given, all but those that are the same for every briefing, which it only points to. An
    analyst's own notebooks, which have no number, are not published.

    Raises:
        FileNotFoundError: the folder or a notebook does not exist, or no notebook has a number.
    """
    if not folder.is_dir():
        raise FileNotFoundError(
            f"{folder} is not a folder, expected the folder of notebooks: run this in Faultline's own folder "
            "or name that of its notebooks with --notebooks"
        )
    found = [path for path in all_notebooks(folder) if NUMBERED.match(path.name)]
    if not found:
        raise FileNotFoundError(
            f"{folder} contains no notebooks with a number, expected files such as 00-corpus.ipynb"
        )
    for name in names:
        if not any(name in path.stem for path in found):
            known = ", ".join(path.stem for path in found)
            raise FileNotFoundError(f"{folder} has no notebook {name!r}, expected one of: {known}")
    if not names:
        return [path for path in found if path.stem not in LINKED]
    return [path for path in found if any(name in path.stem for name in names)]


def other_notebooks(folder: Path) -> list[Path]:
    """The notebooks of a folder without a number, which no briefing publishes."""
    return [path for path in all_notebooks(folder) if not NUMBERED.match(path.name)]


def all_notebooks(folder: Path) -> list[Path]:
    """The notebooks of a folder by name; hidden files and subfolders such as `scratch/` are left out."""
    return sorted(path for path in folder.glob("*.ipynb") if not path.name.startswith("."))


def make_scratch(folder: Path) -> None:
    """Make the folder `scratch` beside the folder of notebooks, where that can be written."""
    home = folder.resolve().parent
    if os.access(home, os.W_OK):
        (home / SCRATCH).mkdir(exist_ok=True)
