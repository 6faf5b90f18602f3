"""What is new in a source, and writing it into a folder of articles.

Only one program at a time does this. The row of a file in `metadata.csv` is written before the file itself,
so a program that is killed in between leaves no article without its date; adding it again ends the work.
"""

from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.ingest.corpus import article_rows, article_table, load_corpus, rejected_table
from analysis.ingest.corrections_file import CORRECTIONS_FILE
from analysis.ingest.draft import Columns, Draft, Found, Refusal
from analysis.ingest.folder_changes import changing, copied_into
from analysis.ingest.metadata_file import (
    METADATA_COLUMNS,
    METADATA_FILE,
    load_metadata,
    metadata_lines,
    write_metadata,
)
from analysis.ingest.staging import StagedFile

Metadata = dict[str, dict[str, str]]  # the row of each file in `metadata.csv`


class AddedSource(NamedTuple):
    """What one source added: where it is now, its articles, what was rejected, and the columns read.

    `completed` names the columns of `metadata.csv` that were filled for a file which was there already.
    """

    path: Path
    articles: pd.DataFrame
    rejected: pd.DataFrame
    columns: list[Columns]
    completed: tuple[str, ...] = ()


class Sorted(NamedTuple):
    """What is new among staged files, what is refused, and what the corpus has already, with its path."""

    files: list[StagedFile]
    rows: list[dict]
    refusals: list[Refusal]
    copies: list[tuple[dict, str]]


def add_staged(source: str, staged: list[StagedFile], folder: Path, metadata: dict[str, str]) -> AddedSource:
    """Copy the files that have a new article, write their metadata, and report the outcome.

    Args:
        source: what messages call it.
        staged: its files.
        folder: of the articles.
        metadata: cells for `metadata.csv`, by column; empty ones are ignored.

    Raises:
        ValueError: nothing is new; the message is one sentence.
    """
    for part in staged:
        if part.name in (METADATA_FILE, CORRECTIONS_FILE):
            raise ValueError(
                f"{source}: {part.name} is the name of the analyst's own file: rename the article file"
            )
    given = {column: cell for column, cell in metadata.items() if cell}
    with changing(folder):
        saved = load_metadata(folder)
        result = sort_staged(source, staged, folder, with_cells(saved, staged, given))
        if not result.rows:
            return completed_source(source, result, folder, given)
        metadata = with_cells(saved, result.files, given)
        with copied_into(folder, {part.name: part.file for part in result.files}):
            if metadata != saved:
                write_metadata(folder, metadata)
    columns = [one for part in staged for one in part.found if isinstance(one, Columns)]
    first = result.files[0].name
    path = folder / (first if len(staged) == 1 else first.partition("/")[0])
    refusals = result.refusals + [copy_refusal(row, path) for row, path in result.copies]
    return AddedSource(path, article_table(result.rows), rejected_table(refusals), columns)


def with_cells(saved: Metadata, files: list[StagedFile], given: dict[str, str]) -> Metadata:
    """Rows of `metadata.csv` with the cells that were given for some files."""
    rows = {part.name: {**saved.get(part.name, {}), **part.metadata, **given} for part in files}
    return saved | {name: {"file": name, **row} for name, row in rows.items() if row}


def sort_staged(source: str, staged: list[StagedFile], folder: Path, metadata: Metadata) -> Sorted:
    """What is new among staged files.

    Raises:
        FileExistsError: another article has the name of a new one.
    """
    known = known_paths(folder)
    result = Sorted([], [], [], [])
    for part in staged:
        new, refused, copied = new_rows(with_metadata(part.found, metadata.get(part.name, {})), known)
        if new and (folder / part.name).exists():
            raise FileExistsError(
                f"{folder / part.name} already exists with a different text: rename {source}"
            )
        result.copies.extend((row, known[row["article_id"]]) for row in copied)
        known |= {row["article_id"]: part.name for row in new}
        result.rows.extend(new)
        result.refusals.extend(refused)
        result.files.extend([part] if new else [])
    return result


def with_metadata(found: list[Found], row: dict[str, str]) -> list[Found]:
    """What was found in a file, with its row in `metadata.csv`, as the next run will read it."""
    known = {column: row[column] for column in METADATA_COLUMNS[1:] if row.get(column)}
    return [one._replace(**known) if isinstance(one, Draft) else one for one in found]


def known_paths(folder: Path) -> dict[str, str]:
    """The path of each article of the corpus by its id."""
    return paths_by_id(corpus_in(folder), folder)


def corpus_in(folder: Path) -> pd.DataFrame:
    """The articles of a folder; none if it does not exist."""
    return load_corpus(folder)[0] if folder.is_dir() else article_table([])


def paths_by_id(articles: pd.DataFrame, folder: Path) -> dict[str, str]:
    """The path of each article by its id."""
    paths = zip(articles["article_id"], articles["path"], strict=True)
    return {article_id: str(folder / path) for article_id, path in paths}


def new_rows(found: list[Found], known: dict[str, str]) -> tuple[list[dict], list[Refusal], list[dict]]:
    """Rows of new articles, refusals, and rows of articles that the corpus has already."""
    rows, refusals = article_rows(found)
    new = [row for row in rows if row["article_id"] not in known]
    return new, refusals, [row for row in rows if row["article_id"] in known]


def copy_refusal(row: dict, path: str) -> Refusal:
    """The refusal of an article that the corpus has already, under a path."""
    return Refusal(row["path"], f"is a copy of {path}, expected a new article")


def completed_source(source: str, result: Sorted, folder: Path, given: dict[str, str]) -> AddedSource:
    """The metadata of a file that is added again, where `metadata.csv` has none yet.

    Raises:
        ValueError: nothing is new, not even in the metadata.
    """
    refusals = result.refusals + [copy_refusal(row, path) for row, path in result.copies]
    reason = refusals[0].reason if refusals else "is empty, expected the text of an article"
    if len(refusals) > 1 or not result.copies or not given:
        raise ValueError(f"{source}: {reason}")
    copied, path = result.copies[0]
    name = Path(path).relative_to(folder).as_posix()
    saved = load_metadata(folder)
    row = saved.get(name, {})
    changed = {column: cell for column, cell in given.items() if row.get(column, "") != cell}
    if not changed:
        raise ValueError(f"{source}: {reason}")
    if name != copied["path"] or not Path(path).is_file() or any(row.get(column) for column in changed):
        raise ValueError(f"{source}: {reason}{metadata_advice(path, folder, given, saved)}")
    write_metadata(folder, saved | {name: {**row, "file": name, **changed}})
    articles = corpus_in(folder)
    own = articles[articles["article_id"] == copied["article_id"]].reset_index(drop=True)
    return AddedSource(Path(path), own, rejected_table([]), [], tuple(changed))


def metadata_advice(path: str, folder: Path, given: dict[str, str], saved: Metadata) -> str:
    """How to change the metadata of an article that the corpus has: a row of `metadata.csv`, ready to paste.

    Such a row is for a whole file, so only the date of a single record can be corrected.
    """
    if not Path(path).is_file():
        there = folder / CORRECTIONS_FILE
        return f"; it is one record of a file: change it there, or correct its date in {there}"
    name = Path(path).relative_to(folder).as_posix()
    row = {"file": name} | saved.get(name, {}) | given
    below = "" if saved else f", below the line {','.join(METADATA_COLUMNS)}"
    return (
        f"; to change its metadata, give it this row in {folder / METADATA_FILE}{below}: "
        f"{metadata_lines([row]).strip()}"
    )
