"""The briefings of a folder, the newest first, with what the start page says about each.

Only the newest are opened: `briefing.json` holds every event, and a year of them would take long to read.
"""

import json
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from analysis.briefing.notebook_pages import FRONT_PAGE
from analysis.briefing.records import NUMBERS
from analysis.phrasing import day_in_words

FOLDER = re.compile(r"(\d{4}-\d\d-\d\d)(.*?)(?:-(\d+))?")  # the day, the scope, the number of the run
TABLES = "tables.xlsx"
MOST_OPENED = 5
MOST_BYTES = 200_000_000  # of a briefing.json


@dataclass(frozen=True)
class BriefingEntry:
    """What the start page says about a briefing."""

    folder: str
    title: str
    made_on: str
    bottom_line: tuple[str, ...] = ()
    problem: str = ""  # why there is no bottom line, in a sentence
    has_tables: bool = False


def listed_briefings(out: Path) -> list[BriefingEntry]:
    """The briefings of a folder, the newest first; folders without a front page are ignored."""
    folders = sorted(filter(is_briefing, out.glob("*")), key=made_at, reverse=True)
    return [opened(folder) for folder in folders[:MOST_OPENED]] + [
        by_name(folder) for folder in folders[MOST_OPENED:]
    ]


def is_briefing(folder: Path) -> bool:
    is_own = folder.is_dir() and not folder.is_symlink()
    return is_own and day_of(folder) is not None and (folder / FRONT_PAGE).is_file()


def day_of(folder: Path) -> date | None:
    """The day of the run, from the name of the folder; None for other names."""
    match = FOLDER.fullmatch(folder.name)
    try:
        return date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None


def made_at(folder: Path) -> tuple[date, int, str]:
    """What sorts briefings: the day, its moment on that day, the name."""
    return day_of(folder) or date.min, (folder / FRONT_PAGE).stat().st_mtime_ns, folder.name


def by_name(folder: Path, problem: str = "") -> BriefingEntry:
    """What the name of the folder says."""
    _, scope, _ = FOLDER.fullmatch(folder.name).groups()
    made_on = day_in_words(day_of(folder))
    title = f"Briefing of {made_on}" + (f" ({scope.strip('-')})" if scope else "")
    return BriefingEntry(folder.name, title, made_on, problem=problem, has_tables=has_tables(folder))


def has_tables(folder: Path) -> bool:
    return (folder / TABLES).is_file()


def opened(folder: Path) -> BriefingEntry:
    """What `briefing.json` says about a briefing, or that it cannot be read."""
    file = folder / NUMBERS
    try:
        found = file.stat()
        title, bottom_line = headline(file, found.st_mtime_ns, found.st_size)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        return by_name(folder, f"Its numbers cannot be read ({NUMBERS}: {reason}); its pages can.")
    entry = by_name(folder)
    return BriefingEntry(folder.name, title or entry.title, entry.made_on, bottom_line, "", entry.has_tables)


@lru_cache(maxsize=4 * MOST_OPENED)
def headline(file: Path, changed_ns: int, size: int) -> tuple[str, tuple[str, ...]]:
    """Title and bottom line of a `briefing.json`; "" and none in one of an earlier version.

    Args:
        file: the file.
        changed_ns: when it was changed; another moment is another file.
        size: its bytes.

    Raises:
        OSError: it cannot be read.
        ValueError: it is none.
    """
    if size > MOST_BYTES:
        raise ValueError(f"{size:,} bytes, expected at most {MOST_BYTES:,}")
    kept = json.loads(file.read_text(encoding="utf-8"))
    if not isinstance(kept, dict):
        raise ValueError("no object")
    title, lines = kept.get("title", ""), kept.get("bottom_line", [])
    if (
        not isinstance(title, str)
        or not isinstance(lines, list)
        or not all(isinstance(x, str) for x in lines)
    ):
        raise ValueError("title or bottom_line is no text")
    return title, tuple(lines)
