"""seeds/corrections.csv: an analyst's corrections, one per row, checked, read and written.

`table` and `id` name the corrected row, `field` its column, `old` the value that the program had and `new`
the right one; `note` says why, `made_by` and `made_on` who and when, `words` what the text says there.

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
Of two rows on the same value the later one counts; the earlier one is the history.

How a correction reaches every table is told in `pipeline.apply_corrections`; dates, outlets and titles are
corrected here (`corrected_articles`).
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final, NamedTuple

import pandas as pd

from analysis.ingest.dates import unambiguous_date
from analysis.ingest.draft import Refusal
from analysis.ingest.folder_files import CORRECTIONS_FILE
from analysis.ingest.own_tables import read_rows, write_rows
from analysis.ingest.texts import normalise_text
from analysis.ingest.whole_files import changing
from analysis.lexicons import load_lexicon
from analysis.schemas import APPLIES, DIMENSIONS, LAPSED, REPLACED, ROOT_NAMES, ROOTS, STATUSES, Corrections
from analysis.tables.rows import Row, rows_of

COLUMNS: Final = ("table", "id", "field", "old", "new", "note", "made_by", "made_on", "words")
CORRECTION_MARK = "analyst's correction"
ADDITION_MARK = "added by an analyst"
BY_ANALYST: Final = {CORRECTION_MARK: "corrected by an analyst", ADDITION_MARK: ADDITION_MARK}
"""What readers see of a row with such a rule."""

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
    "quotes": rf"{ARTICLE}:{NUMBER}:{NUMBER}(?::\S+)?",  # of several who say it, the speaker comes last
    "events": rf"{ARTICLE}:{NUMBER}:.+>.+",
    "topics": rf"{ARTICLE}:{NUMBER}",
}
MAX_CELL_CHARS: Final = 5_000  # a sentence or a note is shorter
MAX_QUOTED_CHARS: Final = 60  # of the words that an error quotes
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
        arrow = "<>" if self.is_joint else ">"
        return f"{self.source} {arrow} {self.target}: {ROOT_NAMES[self.root]}, {self.status}"


def added_event(cell: str) -> AddedEvent:
    """Parse a cell such as "China > Japan: threat, past"; with "<>" both sides act.

    Raises:
        ValueError: it is not an event.
    """
    match = re.fullmatch(r"(.+?)\s*(<>|>)\s*([^<>]+):\s*([^:,]+),\s*([^:,]+)", cell)
    if not match:
        expected = "expected an event such as 'China > Japan: threat, past' or 'China <> Japan: talks, past'"
        raise ValueError(f"new is {cell!r}, {expected}")
    source, arrow, target, root, status = (part.strip() for part in match.groups())
    if root.casefold() not in CODES:
        raise ValueError(f"the type of event is {root!r}, expected one of {', '.join(ROOT_NAMES.values())}")
    if status.casefold() not in STATUSES:
        raise ValueError(f"the status is {status!r}, expected one of {', '.join(STATUSES)}")
    if source.casefold() == target.casefold():
        raise ValueError(f"{source} cannot act on itself, expected two different actors")
    return AddedEvent(source, target, arrow == "<>", CODES[root.casefold()], status.casefold())


def load_corrections(folder: Path | str) -> pd.DataFrame:
    """Read the corrections of an analyst, in the order of the file; a replaced one says so.

    Args:
        folder: of the articles.

    Returns:
        `Corrections` table; empty without a `corrections.csv`.

    Raises:
        ValueError: the file breaks its rules; the message names the lines.
    """
    # A spreadsheet may leave out empty last cells.
    rows = read_rows(Path(folder) / CORRECTIONS_FILE, COLUMNS, COLUMNS[5:], checked_row, dated=dated_cells)
    by_subject: dict[tuple[str, str], list[dict]] = {}
    for row in rows:
        same = by_subject.setdefault((row["table"], row["id"]), [])
        for earlier in [one for one in same if "problem" not in one and replaces(row, one)]:
            earlier.update(standing=REPLACED, problem=f"replaced by line {row['line']}")
        same.append(row)
    return correction_table(rows)


def dated_cells(row: Mapping[str, str]) -> tuple[str, ...]:
    """The columns in which a row has days."""
    return ("made_on", *(("old", "new") if row["field"].strip() == "published_date" else ()))


def corrections_stamp(folder: Path | str) -> tuple[int, int]:
    """What changes whenever the corrections of a folder do; the same as long as nobody saves any."""
    path = Path(folder) / CORRECTIONS_FILE
    return (path.stat().st_mtime_ns, path.stat().st_size) if path.exists() else (0, 0)


def correction_table(rows: Iterable[dict]) -> pd.DataFrame:
    """Build a `Corrections` table, in order; a row without a standing applies if it has no problem."""
    filled_rows = [
        {"words": "", "problem": "", "standing": LAPSED if row.get("problem") else APPLIES, **row}
        for row in rows
    ]
    return Corrections.validate(pd.DataFrame(filled_rows, columns=["line", *COLUMNS, "standing", "problem"]))


def save_correction(folder: Path | str, row: Mapping[str, str]) -> bool:
    """Add a correction to the file, in one step; an earlier one of the same value stays above it.

    Args:
        folder: of the articles.
        row: a cell for each of `COLUMNS`.

    Returns:
        False if the correction is there already.

    Raises:
        ValueError: the row, or the existing file, breaks the rules.
        OSError: the file cannot be written.
    """
    new = checked_row({name: row.get(name, "") for name in COLUMNS})
    content = ("table", "id", "field", "old", "new", "words")
    with changing(Path(folder)):
        rows = load_corrections(folder).to_dict("records")
        counting = [one for one in rows if one["standing"] == APPLIES]
        if any(all(one[name] == new[name] for name in content) for one in counting):
            return False
        write_rows(Path(folder) / CORRECTIONS_FILE, COLUMNS, [*rows, new])
    return True


def correction_name(row: Mapping[str, object]) -> str:
    """Name a correction by its line and its content, such as "3-1f0c", which no other row will have."""
    content = "\0".join(str(row[name]) for name in COLUMNS)
    return f"{row['line']}-{hashlib.sha256(content.encode()).hexdigest()[:4]}"


def remove_correction(folder: Path | str, name: str) -> dict:
    """Remove the correction of a name from the file, and return it; one that it replaced counts again.

    Args:
        folder: of the articles.
        name: as `correction_name` gives it.

    Raises:
        ValueError: no correction has it, or the line has another one by now, or the file breaks the rules.
        OSError: the file cannot be written.
    """
    with changing(Path(folder)):
        rows = {correction_name(row): row for row in load_corrections(folder).to_dict("records")}
        if name not in rows:
            raise ValueError(
                f"{CORRECTIONS_FILE} has no correction {name}: `faultline corrections` lists them"
            )
        removed = rows.pop(name)
        write_rows(Path(folder) / CORRECTIONS_FILE, COLUMNS, rows.values())
    return removed


def checked_row(row: dict[str, str]) -> dict[str, str]:
    """Return a row in the form in which it is kept: each cell on one line, codes instead of plain words.

    Args:
        row: a cell for each column.

    Raises:
        ValueError: a cell breaks the rules; the message names it.
    """
    kept = {name: normalise_text(" ".join(cell.split())) for name, cell in row.items()}
    table, field, is_new = kept["table"], kept["field"], kept["field"] == ADD
    fields = CORRECTABLE_FIELDS.get(table, ())
    form = "a place, article_id:start:end" if is_new else f"an id of the table {table}"
    kind = "statement" if table == "quotes" else "event"

    def check(*rules: tuple[object, str, str]) -> None:
        for is_kept, name, expected in rules:
            if not is_kept:
                raise ValueError(f"{name} is {kept[name]!r}, expected {expected}")

    for name, cell in kept.items():
        if len(cell) > MAX_CELL_CHARS:
            raise ValueError(f"{name} has {len(cell):,} characters, expected at most {MAX_CELL_CHARS:,}")
    check(
        (fields, "table", f"one of {', '.join(CORRECTABLE_FIELDS)}"),
        (field in fields, "field", " or ".join(fields)),
        (re.fullmatch(PLACE if is_new else IDS.get(table, ""), kept["id"]), "id", form),
        (not (is_new and kept["old"]), "old", "an empty cell, since the row is new"),
        (not is_new or ":" in kept["id"] or kept["words"], "words", "the words, or their place in the id"),
        (not (field == DROP and kept["new"]), "new", f"an empty cell, since the {kind} is dropped"),
    )
    days = {name: unambiguous_date(kept[name], name) for name in dated_cells(kept) if kept[name]}
    kept |= {name: day.isoformat() for name, day in days.items()}
    if table == "events" and field in ("root", DROP):
        kept |= {name: CODES.get(kept[name].casefold(), kept[name]) for name in ("old", "new")}
    if table == "events" and is_new:
        kept["new"] = added_event(kept["new"]).words
    topics = load_lexicon("topics/taxonomy")
    known = {name: ["", *topics.loc[topics["dimension"] == name, "topic"]] for name in DIMENSIONS}
    known = {"root": ROOTS, "status": STATUSES, **known}.get(field, ())
    values = f"one of {', '.join(ROOT_NAMES.get(one, one) for one in known)}"
    topic = f"a {field} of topics/taxonomy.csv, or an empty cell"
    check(
        (field in (ADD, DROP) or kept["old"] != kept["new"], "new", "a value that differs from old"),
        (not known or kept["new"] in known, "new", topic if "" in known else values),
        (kept["new"] or field not in ("source", "target"), "new", "the name of an actor"),
    )
    return kept


def replaces(later: dict, earlier: dict) -> bool:
    """Yes if a correction overrules an earlier one of the same row.

    Each topic of a sentence is a value of its own. What is dropped has no other values until it is corrected
    again. An addition stays whatever is corrected in it; the same addition with other values replaces it.
    """
    if earlier["field"] == ADD:
        return later["field"] == ADD and added_subject(later) == added_subject(earlier)
    if DROP in (later["field"], earlier["field"]):
        return True
    name = "old" if later["old"] or earlier["old"] else "new"
    is_same = later["table"] != "topics" or later[name] == earlier[name]
    return later["field"] == earlier["field"] and is_same


def added_subject(row: dict) -> tuple[str, ...]:
    """What an addition is about, besides its place: an event has its sides, a statement its words."""
    if row["table"] == "quotes":
        return (row["words"] if ":" not in row["id"] else "",)
    event = added_event(row["new"])
    sides = (event.source.casefold(), event.target.casefold())
    return (row["words"], *(sorted(sides) if event.is_joint else sides))


def place_of(correction: Row, text: str) -> tuple[int, int]:
    """The offsets of an addition: the quoted words decide, and given offsets choose among several.

    Args:
        correction: row of `Corrections`.
        text: of its article.

    Raises:
        ValueError: the offsets are outside the text, or the words are not in it or in it several times.
    """
    given = tuple(map(int, correction.id.split(":")[1:]))
    if correction.words:
        short = re.sub(rf"(?s)(.{{{MAX_QUOTED_CHARS}}}).+", r"\1…", correction.words)
        found = occurrences(correction.words, text)
        if not found:
            raise ValueError(f"the article does not contain the words “{short}”: copy them from its text")
        if len(found) > 1 and not given:
            raise ValueError(
                f"the article contains the words “{short}” {len(found)} times: quote more of them"
            )
        return min(found, key=lambda span: abs(span[0] - given[0]) if given else 0)
    start, end = given
    words = text[start:end]
    if end > len(text) or not words.strip():
        raise ValueError(
            f"there are no words at the characters {start} to {end}, expected a place in the "
            f"{len(text):,} characters of the article"
        )
    start += len(words) - len(words.lstrip())
    return start, start + len(words.strip())


def occurrences(words: str, text: str) -> list[tuple[int, int]]:
    """Find where a text has some words, whatever the space between them."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    return [match.span() for match in re.finditer(pattern, text)]


def corrected_articles(rows: list[dict], corrections: pd.DataFrame) -> tuple[list[dict], list[Refusal]]:
    """Correct dates, outlets and titles, and refuse each correction that no longer applies.

    A note says what was corrected; it begins with `CORRECTION_MARK` only if the date is the analyst's.

    Args:
        rows: of every article that was read.
        corrections: `Corrections` table.

    Returns:
        The rows of `articles`, and the refusals.
    """
    articles, refusals = {row["article_id"]: row for row in rows}, []
    is_history = corrections["standing"] == REPLACED
    earlier = set(corrections.loc[is_history, ["id", "field", "new"]].itertuples(index=False, name=None))
    for correction in rows_of(corrections[~is_history]):
        where, article = f"{CORRECTIONS_FILE}:{correction.line}", articles.get(article_id_of(correction.id))
        if article is None:
            refusals.append(Refusal(where, missing_article(correction.id)))
        elif correction.table == "articles":
            found, note = cell_text(article[correction.field]), article["note"]
            if (
                correction.old.lower() == found.lower()  # a title in capitals is shown in ordinary letters
                or (correction.id, correction.field, correction.old) in earlier
            ):
                value, old = correction.new or None, found or "unknown"
                notes = [note, f"{correction.field} corrected by an analyst: it was {old}"]
                if correction.field == "published_date":
                    value = pd.Timestamp(correction.new) if correction.new else None
                    notes = [f"{CORRECTION_MARK}: the date was {old}", correction.note, note]
                note = ". ".join(filter(None, notes))
                articles[correction.id] = {**article, correction.field: value, "note": note}
            elif found != correction.new:
                refusals.append(Refusal(where, outdated_reason(correction.field, found, correction)))
    return list(articles.values()), refusals


def cell_text(value: str | pd.Timestamp | None) -> str:
    """A value as a correction has it, a date in ISO 8601; "" if it is unknown."""
    return value if isinstance(value, str) else "" if pd.isna(value) else f"{value:%Y-%m-%d}"


def missing_article(identity: str) -> str:
    """Why a correction does not apply whose article is not there."""
    return (
        f"names the article {article_id_of(identity)}, which is not in the corpus: if its text has changed, "
        "correct it again, else remove the line"
    )


def outdated_reason(field: str, found: str, correction: Row) -> str:
    """Why a correction no longer applies whose old value is gone."""
    now, old = (ROOT_NAMES.get(value, value) or "unknown" for value in (found, correction.old))
    name = "what it drops" if field == DROP else field
    return f"{name} is {now!r} and not {old!r} as the correction has it: correct it again or remove the line"


def article_id_of(identity: str) -> str:
    """The id of the article that a corrected row is from."""
    return identity.partition(":")[0]
