"""Word lists are data: CSV files under `data/`, one decision a row, each with a source and a note.

A room that reads a list says what its columns may hold, so that loading finds a typing error:

    load_lexicon("actors/titles", allowed={"kind": ("rank", "role")})
    load_lexicon("topics/theme_terms", allowed={"pos": TAGS}, numbers=("weight",))
"""

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path

import pandas as pd

DATA = Path(__file__).parent / "data"
REQUIRED = ("source", "note")
MAX_SHOWN = 40  # values that an error lists; of a longer set it shows the nearest


def lexicon_names() -> list[str]:
    """Name of every word list, such as "events/verbs"; what was measured is none."""
    found = (path.relative_to(DATA).with_suffix("").as_posix() for path in DATA.rglob("*.csv"))
    return sorted(name for name in found if not name.startswith("measured/"))


def load_lexicon(
    name: str, *, allowed: Mapping[str, Collection[str]] | None = None, numbers: Collection[str] = ()
) -> pd.DataFrame:
    """Rows of `data/<name>.csv`, every cell a string, empty cells "".

    Args:
        name: path below `data/` without its ending, such as `"events/verbs"`.
        allowed: column -> the values that it may hold; include "" where a cell may be empty.
        numbers: columns that hold a number in every row.

    Returns:
        One row per decision, in the order of the file; the columns `source` and `note` are always there.
        The file is read once per process and the table is shared: do not change it.

    Raises:
        FileNotFoundError: there is no such list.
        ValueError: a column is missing, a cell holds what it may not, a row is empty in its first column, or
            a row is repeated. The message names file, line and value, and what is expected.
    """
    rows = cached_lexicon(name)
    for column in (*(allowed or ()), *numbers):
        if column not in rows.columns:
            found = ", ".join(rows.columns)
            raise ValueError(f"{lexicon_path(name)}: has no column {column!r}, found {found}")
    for column, values in (allowed or {}).items():
        check_cells(name, rows[column], values)
    for column in numbers:
        wrong = rows[column][pd.to_numeric(rows[column], errors="coerce").isna()]
        if len(wrong):
            where = f"{lexicon_path(name)}:{wrong.index[0] + 2}"
            raise ValueError(f"{where}: {column} is {wrong.iloc[0]!r}, expected a number")
    return rows


@cache
def cached_lexicon(name: str) -> pd.DataFrame:
    """`read_lexicon`, once per process."""
    return read_lexicon(name)


def read_lexicon(name: str) -> pd.DataFrame:
    """Rows of `data/<name>.csv` as they are on disk now.

    Raises:
        FileNotFoundError, ValueError: as `load_lexicon`.
    """
    path = lexicon_path(name)
    if not path.is_file():
        known = ", ".join(lexicon_names())
        raise FileNotFoundError(f"{path} does not exist, expected one of: {known}")
    rows = pd.read_csv(path, dtype=object, keep_default_na=False)  # rules go through them cell by cell
    check_lexicon(rows, path)
    return rows


def lexicon_path(name: str) -> Path:
    """File of a word list."""
    return DATA / f"{name}.csv"


def check_lexicon(rows: pd.DataFrame, path: Path) -> None:
    """Check the rules that hold for every word list.

    Raises:
        ValueError: `source` or `note` is missing, a first cell is empty, or a row is repeated.
    """
    for column in REQUIRED:
        if column not in rows.columns:
            raise ValueError(f"{path}: has no column {column!r}, expected the columns {', '.join(REQUIRED)}")
    first = rows.columns[0]
    empty = rows.index[rows[first].str.strip() == ""]
    if len(empty):
        raise ValueError(f"{path}:{empty[0] + 2}: {first} is empty, expected a value in every row")
    decision = rows.drop(columns=list(REQUIRED))
    repeated = rows.index[decision.duplicated()]
    if len(repeated):
        raise ValueError(f"{path}:{repeated[0] + 2}: repeats an earlier row, expected each decision once")


def check_cells(name: str, cells: pd.Series, allowed: Collection[str]) -> None:
    """Check that every cell is one of the allowed values.

    Args:
        name: of the word list.
        cells: a column of it; for cells that hold several values, `column.str.split(";").explode()`.
        allowed: the values that the code knows.

    Raises:
        ValueError: one is not; it names the file, the line and the value.
    """
    unknown = cells[~cells.isin(list(allowed))]
    if len(unknown):
        value, is_short = unknown.iloc[0], len(allowed) <= MAX_SHOWN
        shown = sorted(allowed) if is_short else get_close_matches(value, list(allowed))
        listed = ", ".join(known or "an empty cell" for known in shown)
        expected = "one of" if is_short else f"one of {len(allowed)} known values" + ", such as" * bool(shown)
        raise ValueError(
            f"{lexicon_path(name)}:{unknown.index[0] + 2}: {cells.name} is {value!r}, expected {expected}"
            + (f": {listed}" if listed else "")
        )
