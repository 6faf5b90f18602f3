"""What one row of `corrections.csv` may hold, and which of two rows on the same value counts.

| table | id | field | old and new |
|---|---|---|---|
| articles | `article_id` | published_date | a date, or empty: unknown |
| articles | `article_id` | outlet, title | a text, or empty: unknown |
| quotes | `quote_id` | speaker, role | a text, or empty: unknown |
| quotes | `quote_id` | country | of the speaker: a name or code, or empty: unknown |
| quotes | `quote_id` | drop | the speaker, and empty: nobody states this |
| quotes | place | add | empty, and the speaker; empty: not named |
| events | `event_id` | root, status | a word of `analysis.schemas`; a root also in plain words |
| events | `event_id` | source, target | a name, or the code of a country |
| events | `event_id` | drop | the root, and empty: there is no such event |
| events | place | add | empty, and the event as `added_event` reads it |
| topics | `sentence_id` | theme, theatre | a topic of `topics/taxonomy.csv`, or empty: none |

A place is `article_id:start:end`, or the `article_id` alone if the words of the row occur once in the text.
"""

import re
from typing import Final, NamedTuple

from analysis.ingest.dates import iso_numeric_date, numeric_date_order, possible_days, unambiguous_date
from analysis.ingest.encoding import normalise_text
from analysis.lexicons import load_lexicon
from analysis.schemas import DIMENSIONS, REPLACED, ROOT_NAMES, ROOTS, STATUSES

ADD, DROP = "add", "drop"
CORRECTABLE_FIELDS: Final = {
    "articles": ("published_date", "outlet", "title"),
    "quotes": ("speaker", "role", "country", DROP, ADD),
    "events": ("root", "status", "source", "target", DROP, ADD),
    "topics": DIMENSIONS,
}
ARTICLE: Final = r"[0-9a-f]{16}"
NUMBER: Final = r"[0-9]{1,9}"
PLACE: Final = rf"{ARTICLE}(?::{NUMBER}:{NUMBER})?"
IDS: Final = {
    "articles": ARTICLE,
    "quotes": rf"{ARTICLE}:{NUMBER}:{NUMBER}",
    "events": rf"{ARTICLE}:{NUMBER}:.+>.+",
    "topics": rf"{ARTICLE}:{NUMBER}",
}
MOST_CHARS: Final = 5_000  # of one cell; a sentence or a note is shorter
ONE_WAY, BOTH_WAYS = ">", "<>"
EVENT: Final = re.compile(r"(.+?)\s*(<>|>)\s*([^<>]+):\s*([^:,]+),\s*([^:,]+)")
EXPECTED_EVENT: Final = (
    "expected an event such as 'China > Japan: threat, past' or 'China <> Japan: talks, past'"
)
CODES: Final = {name: code for code, name in ROOT_NAMES.items()} | {code.casefold(): code for code in ROOTS}
"""The type of event by its plain name, and by its code in lower case."""


class AddedEvent(NamedTuple):
    """An event that an analyst adds."""

    source: str  # a name, or the code of a country
    target: str
    is_joint: bool  # both act: talks, an agreement, an exchange of fire
    root: str
    status: str

    @property
    def words(self) -> str:
        """ "China > Japan: threat, past", as the file has it."""
        arrow = BOTH_WAYS if self.is_joint else ONE_WAY
        return f"{self.source} {arrow} {self.target}: {ROOT_NAMES[self.root]}, {self.status}"


def added_event(cell: str) -> AddedEvent:
    """The event in a cell such as "China > Japan: threat, past"; with "<>" both sides act.

    Raises:
        ValueError: it is not an event.
    """
    match = EVENT.fullmatch(cell)
    if not match:
        raise ValueError(f"new is {cell!r}, {EXPECTED_EVENT}")
    source, arrow, target, root, status = (part.strip() for part in match.groups())
    if root.casefold() not in CODES:
        raise ValueError(f"the type of event is {root!r}, expected one of {', '.join(ROOT_NAMES.values())}")
    if status.casefold() not in STATUSES:
        raise ValueError(f"the status is {status!r}, expected one of {', '.join(STATUSES)}")
    if source.casefold() == target.casefold():
        raise ValueError(f"{source} cannot act on itself, expected two different actors")
    return AddedEvent(source, target, arrow == BOTH_WAYS, CODES[root.casefold()], status.casefold())


def checked_row(row: dict[str, str], where: str) -> dict[str, str]:
    """A row in the form in which it is kept; the ValueError names the cell that breaks the rules."""
    row = {name: one_line(cell, where, name) for name, cell in row.items()}
    table = row["table"]
    if table not in CORRECTABLE_FIELDS:
        raise ValueError(f"{where}: table is {table!r}, expected one of {', '.join(CORRECTABLE_FIELDS)}")
    if row["field"] not in CORRECTABLE_FIELDS[table]:
        expected = " or ".join(CORRECTABLE_FIELDS[table])
        raise ValueError(f"{where}: field is {row['field']!r}, expected {expected}")
    check_id(row, where)
    if row["made_on"]:
        row["made_on"] = unambiguous_date(row["made_on"], f"{where}: made_on").isoformat()
    if row["field"] == ADD:
        return with_addition(row, where)
    row = with_iso_days(row, where)
    if row["field"] == DROP:
        check_drop(row, where)
    elif row["old"] == row["new"]:
        raise ValueError(f"{where}: old and new are both {row['new']!r}, expected different values")
    return with_checked_value(row, where)


def with_iso_days(row: dict[str, str], where: str) -> dict[str, str]:
    """A row whose old and new date are in ISO 8601; an old one that is no date will not fit any article.

    Raises:
        ValueError: the new date cannot be read.
    """
    if row["field"] != "published_date":
        return row
    old = possible_days(row["old"])
    new = unambiguous_date(row["new"], f"{where}: new").isoformat() if row["new"] else ""
    return {**row, "old": old[0].isoformat() if len(old) == 1 else row["old"], "new": new}


def with_dates_in_order(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Rows of one file; 03.04.2026 becomes ISO 8601 where another date shows which figure is the day."""
    columns = [("made_on", *(("old", "new") if row["field"] == "published_date" else ())) for row in rows]
    written = [row[name] for row, names in zip(rows, columns, strict=True) for name in names]
    order = numeric_date_order(written)
    return [
        {**row, **{name: iso_numeric_date(row[name], order) for name in names}}
        for row, names in zip(rows, columns, strict=True)
    ]


def one_line(cell: str, where: str, name: str) -> str:
    """The text of a cell on one line, without control characters.

    Raises:
        ValueError: it is too long, or not text.
    """
    if len(cell) > MOST_CHARS:
        raise ValueError(f"{where}: {name} has {len(cell):,} characters, expected at most {MOST_CHARS:,}")
    try:
        return normalise_text(" ".join(cell.split()))
    except ValueError as error:
        raise ValueError(f"{where}: {name} {error}") from error


def check_id(row: dict[str, str], where: str) -> None:
    """Raise ValueError if a row has no id of its table."""
    is_added = row["field"] == ADD
    if re.fullmatch(PLACE if is_added else IDS[row["table"]], row["id"]):
        return
    expected = "a place, article_id:start:end" if is_added else f"an id of the table {row['table']}"
    raise ValueError(f"{where}: id is {row['id']!r}, expected {expected}")


def with_addition(row: dict[str, str], where: str) -> dict[str, str]:
    """A row that adds a statement or an event, checked."""
    if row["old"]:
        raise ValueError(f"{where}: old is {row['old']!r}, expected an empty cell, since the row is new")
    if ":" not in row["id"] and not row["words"]:
        raise ValueError(f"{where}: words is empty, expected the words of the text, or their place in the id")
    if row["table"] == "quotes":
        return row
    try:
        return {**row, "new": added_event(row["new"]).words}
    except ValueError as error:
        raise ValueError(f"{where}: {error}") from error


def check_drop(row: dict[str, str], where: str) -> None:
    """Raise ValueError if a row that drops another has a new value."""
    if row["new"]:
        kind = {"quotes": "statement", "events": "event"}[row["table"]]
        raise ValueError(
            f"{where}: new is {row['new']!r}, expected an empty cell, since the {kind} is dropped"
        )


def with_checked_value(row: dict[str, str], where: str) -> dict[str, str]:
    """A row whose new value is possible; a type of event becomes its code."""
    if row["field"] in ("root", DROP) and row["table"] == "events":
        row = {**row, **{name: CODES.get(row[name].casefold(), row[name]) for name in ("old", "new")}}
    field, new = row["field"], row["new"]
    if field in DIMENSIONS:
        topics = load_lexicon("topics/taxonomy")
        known = topics.loc[topics["dimension"] == field, "topic"].tolist()
        if new and new not in known:
            raise ValueError(
                f"{where}: new is {new!r}, expected a {field} of topics/taxonomy.csv, or an empty cell"
            )
    elif field == "root":
        check_one_of(new, ROOTS, where)
    elif field == "status":
        check_one_of(new, STATUSES, where)
    elif field in ("source", "target") and not new:
        raise ValueError(f"{where}: new is empty, expected the name of an actor")
    return row


def check_one_of(new: str, known: tuple[str, ...], where: str) -> None:
    if new not in known:
        raise ValueError(f"{where}: new is {new!r}, expected one of {', '.join(known)}")


def with_replaced(rows: list[dict]) -> list[dict]:
    """Rows of the file, those that a later one replaces marked with its line."""
    found: list[dict] = []
    places: dict[tuple[str, str], list[int]] = {}  # the rows that count, by what they correct
    for number, row in enumerate(rows):
        counting = places.setdefault((row["table"], row["id"]), [])
        for place in [one for one in counting if replaces(row, found[one])]:
            counting.remove(place)
            problem = f"replaced by line {row['line']}"
            found[place] = {**found[place], "standing": REPLACED, "problem": problem}
        counting.append(number)
        found.append(row)
    return found


def replaces(later: dict, earlier: dict) -> bool:
    """Whether a correction overrules an earlier one of the same row.

    Each topic of a sentence is a value of its own. What is dropped has no other values until it is corrected
    again. An addition stays whatever is corrected in it.
    """
    if earlier["field"] == ADD:
        return later["field"] == ADD and subject_of(later) == subject_of(earlier)
    if later["field"] == DROP or earlier["field"] == DROP:
        return True
    if later["field"] != earlier["field"]:
        return False
    if later["table"] != "topics":
        return True
    if later["old"] or earlier["old"]:
        return later["old"] == earlier["old"]
    return later["new"] == earlier["new"]


def subject_of(row: dict) -> tuple[str, ...]:
    """What an addition is about, besides its place: an event has its sides, or its words."""
    if row["table"] == "quotes":
        return (row["words"] if ":" not in row["id"] else "",)
    event = added_event(row["new"])
    sides = (event.source.casefold(), event.target.casefold())
    return (row["words"], *(sorted(sides) if event.is_joint else sides))
