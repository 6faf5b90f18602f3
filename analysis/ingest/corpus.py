"""A folder of articles to the `articles` table; what cannot be read is returned with the reason."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd

from analysis.ingest.corrections_file import corrected_articles, load_corrections
from analysis.ingest.dates import OPENING_DATE_MARK, dateline, unambiguous_date
from analysis.ingest.draft import (
    MAX_CHARS,
    MAX_FIELD_CHARS,
    MAX_WORDS,
    Choices,
    Columns,
    Draft,
    Found,
    Refusal,
    Source,
)
from analysis.ingest.file_formats import BY_ENDING, ending_of, parser_reason, read_source, unopened
from analysis.ingest.folder_files import PlainFile, folder_files, open_plain, printable_name
from analysis.ingest.own_tables import METADATA_COLUMNS, METADATA_FILE, load_metadata
from analysis.ingest.reprints import story_ids
from analysis.ingest.sandbox import Read, reader_process
from analysis.ingest.texts import content_hash, foreign_language, normalise_text, repaired
from analysis.ingest.translations import (
    has_foreign_text,
    original_name,
    original_of,
    translated_pairs,
    translation_name,
    with_original,
)
from analysis.phrasing import counted
from analysis.schemas import Articles, Rejected

MAX_OWN_BYTES = 1_000_000  # of a file of a simple format that this process reads without the sandbox
MAX_REFUSALS = 1_000  # reasons that one file gives


def load_corpus(folder: Path | str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Every article under a folder, and every file or record that was rejected.

    Files are read in the order of their paths. Title, date, outlet, author and url come from the file. A
    cell of `metadata.csv` overrides them for its file, `corrections.csv` for its article. If none
    of these has a date, one in the opening lines of the text is taken. An article whose text was already
    read under another path is rejected as a copy. Reprints of one story share their `story_id`.

    Args:
        folder: holds files of any format in `analysis.ingest.formats`, at any depth, and perhaps
            `metadata.csv` and `corrections.csv`.

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
    rows, outdated = corrected_articles(rows, corrections)
    refusals += outdated + [
        Refusal(
            f"{METADATA_FILE}:{row['line']}",
            f"names {name!r}, which is not in {folder}: add that file, correct the name, or remove the line",
        )
        for name, row in metadata.items()
        if not os.path.lexists(folder / name) or os.path.isdir(folder / name)
    ]
    return article_table(with_stories(rows)), rejected_table(refusals)


def find_articles(folder: Path, metadata: dict[str, dict[str, str]]) -> Iterator[tuple[str, Found]]:
    """Each thing found under a folder, with the name of its file and the metadata of the analyst."""
    with reader_process() as read_sandboxed:
        files = list(folder_files(folder))
        plain = {file.name: file for file in files if isinstance(file, PlainFile)}
        for file in files:
            if isinstance(file, Refusal):
                yield file.path, file
                continue
            row = metadata.get(file.name, {})
            known = {column: row[column] for column in METADATA_COLUMNS[1:] if row.get(column)}
            articles = read_file(file, read_sandboxed)
            if translation_name(file.name) in plain and has_foreign_text(articles):
                continue  # it is read with its translation
            if original := original_name(file.name, plain):
                articles = with_original(articles, read_file(plain[original], read_sandboxed), original)
            for found in articles:
                yield file.name, found._replace(**known) if isinstance(found, Draft) else found


def read_file(file: PlainFile, read_sandboxed: Read) -> Iterable[Found]:
    """The articles of one file, or the reason why there are none; small simple ones are read here."""
    ending, name = ending_of(file.name), printable_name(file.name)
    if BY_ENDING[ending].is_sandboxed or file.size > MAX_OWN_BYTES:
        return read_sandboxed(file.path, name, Choices())
    try:
        with open_plain(file.path) as stream:
            return list(read_source(Source(stream, name), ending))
    except OSError as error:
        return [unopened(name, error)]


def with_stories(rows: list[dict]) -> list[dict]:
    """Rows with the `story_id` that reprints of one story share."""
    articles = [(row["article_id"], row["published_date"], row["text"]) for row in rows]
    stories = story_ids(articles, known=translated_pairs(rows))
    return [{**row, "story_id": stories[row["article_id"]]} for row in rows]


def article_rows(found: Iterable[Found]) -> tuple[list[dict], list[Refusal]]:
    """Rows of `articles`, and a refusal for each draft that is empty, too long, wrongly dated or a copy."""
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
        except Exception as error:  # a bug that its text exposes costs no other article
            refusals.append(Refusal(draft.path, parser_reason(error)))
            continue
        first = rows.setdefault(row["article_id"], row)
        if first is not row:
            refusals.append(Refusal(draft.path, f"is a copy of {first['path']}, expected each article once"))
    return list(rows.values()), bounded(refusals)


def bounded(refusals: list[Refusal]) -> list[Refusal]:
    """Reasons, at most so many from one file; what is left out is counted."""
    kept, counts = [], Counter()
    for one in refusals:
        file = one.path.partition(":")[0]
        counts[file] += 1
        kept += [one] if counts[file] <= MAX_REFUSALS else []
    for file, count in counts.items():
        if count > MAX_REFUSALS:
            more = counted(count - MAX_REFUSALS, "more record")
            kept.append(Refusal(f"{file} ({more})", "rejected as well: the reasons are like those above"))
    return kept


def article_row(draft: Draft) -> dict:
    original, language = original_of(draft)
    text = normalise_text(repaired(draft.text))
    if not text:
        raise ValueError("is empty, expected the text of an article")
    if len(text) > MAX_CHARS:
        raise ValueError(f"holds {len(text):,} characters, expected at most {MAX_CHARS:,}")
    if not any(character.isalpha() for character in text):
        raise ValueError("contains no letters, expected the text of an article")
    if foreign := foreign_language(text):
        english = translation_name(draft.path)
        missing = f", or beside it {english} with its translation" if english else ""
        raise ValueError(f"is in {foreign}, expected an article in English{missing}")
    if len(words := text.split()) > MAX_WORDS:
        raise ValueError(
            f"holds {len(words):,} words, expected at most {MAX_WORDS:,} in one article: add it with "
            "`faultline add --split`, which makes an article of each chapter, or split it into smaller files"
        )
    article_id = content_hash(text)
    if not draft.published_date and (found := dateline(text)):
        note = ". ".join(filter(None, (f"{OPENING_DATE_MARK}: “{found[0]}”", draft.note)))
        draft = draft._replace(published_date=found[1], note=note)
    field = f"{draft.path}: {draft.date_name or 'published_date'}"
    date = pd.Timestamp(unambiguous_date(draft.published_date, field)) if draft.published_date else None
    draft = draft._replace(language=language)
    described = within_limits({key: clean_field(getattr(draft, key)) for key in MAX_FIELD_CHARS})
    counted = {
        "original_text": original,
        "word_count": len(words),
        "text": text,
        "path": draft.path,
        "published_date": date,
    }
    return {"article_id": article_id, "story_id": article_id, **described, **counted}


def clean_field(value: str | None) -> str | None:
    """One line of plain text, or None."""
    return " ".join(normalise_text(repaired(value)).split()) or None if value else None


def within_limits(fields: dict[str, str | None]) -> dict[str, str | None]:
    """Fields that fill no page: a longer one is cut, an address left out, and the note says so."""
    long = {key: most for key, most in MAX_FIELD_CHARS.items() if len(fields[key] or "") > most}
    if not long:
        return fields
    cut = {key: f"{fields[key][: most - 1]}…" for key, most in long.items() if key != "url"}
    cut |= {"url": None} if "url" in long else {}
    notes = [f"{key} of {len(fields[key]):,} characters {'cut' if cut[key] else 'left out'}" for key in long]
    fields = fields | cut
    return fields | {"note": ". ".join(filter(None, (*notes, fields["note"])))}


def article_table(rows: list[dict]) -> pd.DataFrame:
    """`Articles` table from rows, sorted by path."""
    columns = list(Articles.columns)
    table = pd.DataFrame(rows, columns=columns).sort_values("path", ignore_index=True)
    return Articles.validate(table.astype({"published_date": "datetime64[us]"}))


def rejected_table(refusals: list[Refusal]) -> pd.DataFrame:
    """`Rejected` table, sorted by path."""
    return Rejected.validate(pd.DataFrame(sorted(refusals), columns=list(Refusal._fields)))
