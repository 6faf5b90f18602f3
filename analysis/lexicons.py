"""Word lists are data: CSV files under `data/`, one decision a row, each with a source and a note."""

from functools import cache
from pathlib import Path

import pandas as pd

DATA = Path(__file__).parent / "data"
REQUIRED = ("source", "note")
THE = ("United ", "Philippines", "Netherlands", "Czech Republic", "Dominican Republic", "Democratic Republic")


def lexicon_names() -> list[str]:
    """Name of every word list, such as "events/verbs"."""
    return sorted(path.relative_to(DATA).with_suffix("").as_posix() for path in DATA.rglob("*.csv"))


@cache
def load_lexicon(name: str) -> pd.DataFrame:
    """Rows of `data/<name>.csv`, every cell a string, empty cells "".

    Args:
        name: path below `data/` without its ending, such as `"events/verbs"`.

    Returns:
        One row per decision, in the order of the file; the columns `source` and `note` are always there.
        The result is cached and shared: do not change it.

    Raises:
        FileNotFoundError: there is no such list.
        ValueError: a required column is missing, a row is empty in its first column, or stands twice.
    """
    path = DATA / f"{name}.csv"
    if not path.is_file():
        known = ", ".join(lexicon_names())
        raise FileNotFoundError(f"{path} does not exist, expected one of: {known}")
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    check_lexicon(rows, path)
    return rows


def check_lexicon(rows: pd.DataFrame, path: Path) -> None:
    """Raise ValueError, naming file, line and cause, if a word list breaks the rules above."""
    for column in REQUIRED:
        if column not in rows.columns:
            raise ValueError(f"{path}: has no column {column!r}, expected the columns {', '.join(REQUIRED)}")
    first = rows.columns[0]
    empty = rows.index[rows[first].str.strip() == ""]
    if len(empty):
        raise ValueError(f"{path}:{empty[0] + 2}: {first} is empty, expected a value in every row")
    decision = rows.drop(columns=list(REQUIRED))
    twice = rows.index[decision.duplicated()]
    if len(twice):
        raise ValueError(f"{path}:{twice[0] + 2}: the row stands twice, expected each decision once")


@cache
def country_names() -> dict[str, str]:
    """English name of each ISO 3166-1 alpha-3 code."""
    rows = load_lexicon("actors/countries")
    return dict(zip(rows["country_code"], rows["country"], strict=True))


def country_name(code: str) -> str:
    """English name of a country code; an unknown code as it is."""
    return country_names().get(code, code)


def in_words(code: str) -> str:
    """A country's name as it stands in a sentence: "the United States"."""
    name = country_name(code)
    return f"the {name}" if name.startswith(THE) or name.endswith("Islands") else name


def pair_in_words(dyad: str) -> str:
    """ "China and the United States" for "CHN-USA"."""
    return " and ".join(map(in_words, dyad.split("-")))


def dyad_name(dyad: str) -> str:
    """ "China – United States" for "CHN-USA"."""
    return " – ".join(map(country_name, dyad.split("-")))


@cache
def indicator_names() -> dict[str, str]:
    """What a reader calls each indicator."""
    rows = load_lexicon("indicators/codebook")
    return dict(zip(rows["indicator"], rows["name"], strict=True))


def indicator_name(indicator: str) -> str:
    """What a reader calls an indicator; an unknown one by its code."""
    return indicator_names().get(indicator, indicator.replace("_", " "))


def subject_name(dyad: str) -> str:
    """ "China – United States", "China to Russia" for "CHN>RUS", "all stories" for "world", or a country."""
    if dyad == "world":
        return "all stories"
    return " to ".join(map(country_name, dyad.split(">"))) if ">" in dyad else dyad_name(dyad)
