"""seeds/ to articles. The only reader of raw input; what it can't read it gives back with the reason."""

import csv
import io
import os
import stat
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd

from analysis.ingest.corrections_file import CORRECTIONS_FILE, corrected_rows, load_corrections
from analysis.ingest.datelines import OPENING_DATE_MARK, dateline
from analysis.ingest.draft import MAX_CHARS, Columns, Draft, Found, Refusal, Source, parse_date
from analysis.ingest.encoding import content_hash, foreign_language, normalise_text, repaired
from analysis.ingest.readers import PLAIN, READERS, read_source, suffix_of
from analysis.ingest.reprints import story_ids
from analysis.ingest.sandbox import Read, reader_process
from analysis.schemas import Articles, Rejected

METADATA_FILE = "metadata.csv"
METADATA_COLUMNS = ("file", "title", "published_date", "outlet", "author", "url", "note")
OVERRIDES = METADATA_COLUMNS[1:]


def load_corpus(folder: Path | str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Every article under a folder, and every file or record that is none.

    Files are read in the order of their paths. Title, date, outlet, author and url come from the file; a
    cell of `metadata.csv` that is filled in overrides them for its file, and a date in `corrections.csv` for
    its article. Where neither the file nor a cell has a date, one that the text opens with is taken. An
    article whose text was already read under another path is rejected as its copy. Reprints of one story
    share their `story_id`.

    Args:
        folder: holds files with the endings of `analysis.ingest.readers.READERS`, at any depth, and perhaps
            `metadata.csv`.

    Returns:
        `Articles` and `Rejected` tables, sorted by path.

    Raises:
        FileNotFoundError: the folder does not exist.
        NotADirectoryError: it is not a folder.
        ValueError: `metadata.csv` or `corrections.csv` breaks its rules; the message names the line.
    """
    folder = Path(folder)
    if not folder.exists():
        raise FileNotFoundError(f"{folder} does not exist, expected a folder of articles")
    if not folder.is_dir():
        raise NotADirectoryError(f"{folder} is a file, expected a folder of articles")
    metadata, corrections = load_metadata(folder), load_corrections(folder)
    rows, refusals = article_rows(found for _, found in find_articles(folder, metadata))
    rows, outdated = corrected_rows(rows, corrections)
    refusals += outdated + [
        Refusal(f"{METADATA_FILE}:{row['line']}", f"names {name!r}, which is not under {folder}")
        for name, row in metadata.items()
        if not (folder / name).is_file()
    ]
    return article_table(with_stories(rows)), rejected_table(refusals)


def find_articles(folder: Path, metadata: dict[str, dict[str, str]]) -> Iterator[tuple[str, Found]]:
    """Each file under a folder, by name, with what it holds and the analyst knows of it, in a stream."""
    with reader_process() as read_apart:
        for entry in corpus_files(folder):
            if isinstance(entry, Refusal):
                yield entry.path, entry
                continue
            name = name_under(entry, folder)
            known = {key: value for key in OVERRIDES if (value := metadata.get(name, {}).get(key))}
            for found in read_file(entry, name, folder, read_apart):
                yield name, found._replace(**known) if isinstance(found, Draft) else found


def corpus_files(folder: Path) -> Iterator[os.DirEntry | Refusal]:
    """Files under a folder that are meant as articles, by path; hidden ones and the analyst's notes are not.

    Links to folders are not followed, and a folder that cannot be opened is refused.
    """
    waiting = entries(folder)
    notes = [os.path.join(folder, name) for name in (METADATA_FILE, CORRECTIONS_FILE)]
    while waiting:
        entry = waiting.pop()
        if entry.name.startswith(".") or entry.path in notes:
            continue
        if not entry.is_dir():
            yield entry
        elif entry.is_symlink():
            yield Refusal(name_under(entry, folder), "is a link to a folder, expected the folder itself")
        else:
            try:
                waiting += entries(entry)
            except OSError as error:
                reason = f"cannot be opened ({error.strerror or error}), expected a readable folder"
                yield Refusal(name_under(entry, folder), reason)


def entries(folder: Path | os.DirEntry) -> list[os.DirEntry]:
    """The entries of one folder, the first by name at the end, where it is taken from."""
    with os.scandir(folder) as found:
        return sorted(found, key=lambda entry: entry.name, reverse=True)


def name_under(entry: os.DirEntry, folder: Path) -> str:
    return Path(entry.path).relative_to(folder).as_posix()


def read_file(entry: os.DirEntry, name: str, folder: Path, read_apart: Read) -> Iterator[Found]:
    """What one file holds: its articles, or why it holds none."""
    shown = printable_name(name)
    suffix = suffix_of(name)
    reason = reason_unread(entry, suffix, folder)
    if reason:
        yield Refusal(shown, reason)
    elif suffix in PLAIN:
        try:
            with open(entry.path, "rb") as stream:
                yield from read_source(Source(stream, shown, {}), suffix)
        except OSError as error:
            yield Refusal(shown, f"cannot be opened ({error.strerror or error}), expected a readable file")
    else:
        yield from read_apart(Path(entry.path), shown, {})


def reason_unread(entry: os.DirEntry, suffix: str, folder: Path) -> str | None:
    """Why a file is not even opened, or None."""
    if suffix not in READERS:
        return f"has {suffix or 'no ending'}, expected one of {', '.join(READERS)}"
    if entry.is_symlink() and not Path(entry.path).resolve().is_relative_to(folder.resolve()):
        return "is a link that leads out of the folder, expected the file itself"
    try:
        found = entry.stat()
    except OSError as error:
        return f"cannot be opened ({error.strerror or error}), expected a readable file"
    if not stat.S_ISREG(found.st_mode):
        return "is a pipe, a socket or a device, expected a file"
    return "is empty, expected the text of an article" if found.st_size == 0 else None


def printable_name(name: str) -> str:
    """A file name that can be stored: bytes of it that are no UTF-8 are written as `\\xff`."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def with_stories(rows: list[dict]) -> list[dict]:
    """Rows whose reprints share the `story_id` of their story."""
    stories = story_ids([(row["article_id"], row["published_date"], row["text"]) for row in rows])
    return [{**row, "story_id": stories[row["article_id"]]} for row in rows]


def article_rows(found: Iterable[Found]) -> tuple[list[dict], list[Refusal]]:
    """Rows of `articles`, and a refusal for each draft that is empty, too long, badly dated, or a copy."""
    rows: dict[str, dict] = {}
    refusals = []
    for draft in found:
        if isinstance(draft, Columns):
            continue
        if isinstance(draft, Refusal):
            refusals.append(draft)
            continue
        try:
            row = article_row(draft)
        except ValueError as error:
            refusals.append(Refusal(draft.path, str(error).removeprefix(f"{draft.path}: ")))
            continue
        first = rows.setdefault(row["article_id"], row)
        if first is not row:
            refusals.append(Refusal(draft.path, f"is a copy of {first['path']}, expected each article once"))
    return list(rows.values()), refusals


def article_row(draft: Draft) -> dict:
    text = normalise_text(repaired(draft.text))
    if not text:
        raise ValueError("is empty, expected the text of an article")
    if len(text) > MAX_CHARS:
        raise ValueError(f"holds {len(text):,} characters, expected at most {MAX_CHARS:,}")
    if not any(character.isalpha() for character in text):
        raise ValueError("holds no letter, expected the text of an article")
    language = foreign_language(text)
    if language:
        raise ValueError(f"is in {language}, expected an article in English")
    article_id = content_hash(text)
    draft = draft if draft.published_date else dated_by_opening(draft, text)
    date = pd.Timestamp(parse_date(draft.published_date, draft.path)) if draft.published_date else None
    described = {
        key: clean_field(getattr(draft, key)) for key in ("title", "outlet", "author", "url", "note")
    }
    counted = {"word_count": len(text.split()), "text": text, "path": draft.path, "published_date": date}
    return {"article_id": article_id, "story_id": article_id, **described, **counted}


def dated_by_opening(draft: Draft, text: str) -> Draft:
    """A draft without a date, with the one that its text opens with, if any, and a note that says so."""
    words, day = dateline(text) or ("", None)
    if day is None:
        return draft
    note = ". ".join(filter(None, (f"{OPENING_DATE_MARK}: “{words}”", draft.note)))
    return draft._replace(published_date=day, note=note)


def clean_field(value: str | None) -> str | None:
    """One line of plain text, or None."""
    return " ".join(normalise_text(repaired(value)).split()) or None if value else None


def article_table(rows: list[dict]) -> pd.DataFrame:
    """`Articles` table from rows, sorted by path."""
    columns = list(Articles.to_schema().columns)
    table = pd.DataFrame(rows, columns=columns).sort_values("path", ignore_index=True)
    return Articles.validate(table.astype({"published_date": "datetime64[us]"}))


def rejected_table(refusals: list[Refusal]) -> pd.DataFrame:
    """`Rejected` table, sorted by path."""
    return Rejected.validate(pd.DataFrame(sorted(refusals), columns=list(Refusal._fields)))


def load_metadata(folder: Path) -> dict[str, dict[str, str]]:
    """What the analyst knows of each file: its row of `metadata.csv`, and the `line` it stands on.

    Raises:
        ValueError: a column is missing or unknown, a file has two rows, or a date is not ISO 8601.
    """
    path = folder / METADATA_FILE
    if not path.exists():
        return {}
    rows: dict[str, dict[str, str]] = {}
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: is not UTF-8 text: save it as CSV UTF-8") from error
    reader = csv.DictReader(text.splitlines(keepends=True))
    if tuple(reader.fieldnames or ()) != METADATA_COLUMNS:
        found = ",".join(reader.fieldnames or ()) or "nothing"
        raise ValueError(f"{path}:1: the columns are {found}, expected {','.join(METADATA_COLUMNS)}")
    for row in reader:
        where = f"{path}:{reader.line_num}"
        if None in row or None in row.values():
            raise ValueError(
                f"{where}: has not {len(METADATA_COLUMNS)} cells: put text with commas in quotes"
            )
        if row["file"] in rows:
            raise ValueError(f"{where}: {row['file']!r} stands twice, expected one row a file")
        if row["published_date"]:
            parse_date(row["published_date"], where)
        rows[row["file"]] = {**row, "line": str(reader.line_num)}
    return rows


def metadata_lines(rows: Iterable[dict[str, str]]) -> str:
    """Rows as lines of `metadata.csv`; a column that a row lacks is empty."""
    lines = io.StringIO(newline="")
    writer = csv.DictWriter(lines, METADATA_COLUMNS, extrasaction="ignore", restval="", lineterminator="\n")
    writer.writerows(rows)
    return lines.getvalue()


def write_metadata(folder: Path, rows: dict[str, dict[str, str]]) -> None:
    """Replace `metadata.csv` in one step, so that a stop half way loses nothing."""
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", newline="", dir=folder, prefix=".metadata", delete=False
    ) as temporary:
        temporary.write(metadata_lines([dict(zip(METADATA_COLUMNS, METADATA_COLUMNS, strict=True))]))
        temporary.write(metadata_lines(rows[name] for name in sorted(rows)))
    os.chmod(temporary.name, 0o644)
    os.replace(temporary.name, folder / METADATA_FILE)
