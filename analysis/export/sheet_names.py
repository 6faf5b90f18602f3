"""Names of sheets and files made from the names of tables: Excel and file systems do not take every name."""

import re
from collections.abc import Iterable
from typing import Final

MOST_CHARS: Final = 31  # in the name of a sheet of Excel
FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\<>|\"\x00-\x1f\x7f-\x9f]+")
RESERVED: Final = ("history", "about", "columns")  # by Excel, and by the sheets besides the tables
ROOM_FOR_NUMBER: Final = 4  # characters, such as " 12"


def sheet_names(names: Iterable[object]) -> list[str]:
    """A name for the sheet of each table; no two are the same, ignoring case."""
    found: list[str] = []
    for name in names:
        found.append(free_name(usable_name(str(name)), [*RESERVED, *found]))
    return found


def usable_name(name: str) -> str:
    """A name without what Excel and file systems refuse."""
    return FORBIDDEN.sub(" ", name).strip(" '.")[:MOST_CHARS].strip(" '.") or "table"


def free_name(name: str, taken: Iterable[str]) -> str:
    """A name that is not taken: "events", else "events 2"."""
    used, number, free = {one.lower() for one in taken}, 2, name
    while free.lower() in used:
        free = numbered(name, number)
        number += 1
    return free


def numbered(name: str, number: int) -> str:
    """ "topics 2" for the second part of a table."""
    return f"{name[: MOST_CHARS - ROOM_FOR_NUMBER]} {number}"
