"""What is new in some files, and writing it into a folder of articles.

Only one program at a time does this. The row of a file in `metadata.csv` is written before the file itself,
so a program that is killed in between leaves no article without its date; adding it again ends the work.
"""

import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

import pandas as pd

from analysis.ingest.corpus import article_rows, article_table, load_corpus, rejected_table
from analysis.ingest.draft import FIELDS, Choices, Columns, Draft, Found, Refusal
from analysis.ingest.file_formats import is_table
from analysis.ingest.folder_files import OWN_FILES, plain_file, printable_name
from analysis.ingest.own_tables import (
    METADATA_COLUMNS,
    load_metadata,
    write_metadata,
)
from analysis.ingest.sandbox import Read, reader_process
from analysis.ingest.translations import (
    has_foreign_text,
    original_name,
    translation_name,
    with_original,
)
from analysis.ingest.whole_files import changing, copied_into, scratch_folder, write_errors

NO_CELLS: Final = MappingProxyType({})


class Workplace(NamedTuple):
    """Where sources are read: a folder for temporary files, and the function that reads a file."""

    scratch: Path
    read: Read


class StagedFile(NamedTuple):
    """A file to be copied into the corpus under a name, what was found in it, and its metadata."""

    name: str
    file: Path
    found: list[Found]
    metadata: Mapping[str, str] = NO_CELLS
    own_name: str = ""  # if it is kept as JSONL under another name
    original: Path | None = None  # the file with the original of a translation, beside it

    def names(self) -> tuple[str, str]:
        """What the same source is called in the corpus as it is, and as JSONL."""
        own = self.own_name or self.name
        return own, f"{own}.jsonl"


class AddedSource(NamedTuple):
    """What one source added: where it is now, its articles, what was rejected, and the columns read."""

    path: Path
    articles: pd.DataFrame
    rejected: pd.DataFrame
    columns: list[Columns]


class UnsureTable(ValueError):
    """A table of which the analyst has to say how it is to be read."""

    def __init__(self, columns: Columns) -> None:
        super().__init__(f"{columns.path} {columns.question}: {columns.way_out('add it again')}")
        self.columns = columns


@contextmanager
def workplace() -> Iterator[Workplace]:
    """A workplace that leaves nothing behind."""
    with scratch_folder() as scratch, reader_process() as read:
        yield Workplace(scratch, read)


def read_staged(path: Path, name: str, choices: Choices, place: Workplace) -> StagedFile:
    """One file with its articles; what the analyst has to say how to read is kept as JSONL.

    A file that somebody names may be a link to anywhere, but no pipe or device.
    """
    real = os.path.realpath(path)
    file = plain_file(Path(real), name, os.path.dirname(real))
    if isinstance(file, Refusal):
        return StagedFile(name, path, [file])
    choices = choices if is_table(name) else choices._replace(columns=NO_CELLS, order="")
    found = place.read(file.path, printable_name(name), choices)
    if choices == Choices():
        return with_original_file(StagedFile(name, path, found), os.listdir(path.parent), place)
    target = place.scratch / f"{len(list(place.scratch.iterdir()))}.jsonl"
    target.write_text(json_lines(one for one in found if isinstance(one, Draft)), encoding="utf-8")
    return StagedFile(f"{name}.jsonl", target, found, own_name=name)  # the name says what it was made from


def with_original_file(staged: StagedFile, names: Collection[str], place: Workplace) -> StagedFile:
    """A staged file with its original, if that is among the names in its folder."""
    name = original_name(staged.file.name, names)
    if not name:
        return staged
    original = place.read(staged.file.with_name(name), name, Choices())
    found = with_original(staged.found, original, name)
    return staged._replace(
        found=found, original=staged.file.with_name(name) if found != staged.found else None
    )


def with_translation(staged: StagedFile, folder: Path, place: Workplace, *, replace: bool) -> StagedFile:
    """For an original whose translation is in the corpus that translation with it; else the file as it is.

    Raises:
        FileExistsError: the original is there already, and is not to be replaced.
    """
    name = translation_name(staged.name)
    if not name or not has_foreign_text(staged.found) or not (folder / name).is_file():
        return staged
    if (folder / staged.name).exists() and not replace:
        raise FileExistsError(f"{folder / staged.name} already exists: add it with --replace")
    english = read_staged(folder / name, name, Choices(), place)
    found = with_original(english.found, staged.found, staged.name)
    return staged if found is english.found else english._replace(found=found, original=staged.file)


def json_lines(drafts: Iterable[Draft]) -> str:
    """Drafts as JSONL."""
    records = ({field: value for field in FIELDS if (value := getattr(draft, field))} for draft in drafts)
    return "".join(json.dumps(record) + "\n" for record in records)


def add_staged(
    source: str, staged: list[StagedFile], folder: Path, metadata: dict[str, str], *, replace: bool = False
) -> AddedSource:
    """Copy the files that have a new article, write their metadata, and report the outcome.

    Args:
        source: what messages call it.
        staged: its files.
        folder: of the articles.
        metadata: cells for `metadata.csv`, by column; empty ones are ignored.
        replace: what was read from these files before is read anew, and their old versions are removed.

    Raises:
        FileExistsError: another article has the name of a new one.
        UnsureTable: the source is a table, and the analyst has to say how to read it.
        ValueError: nothing is new; the message is one sentence.
    """
    for part in staged:
        if part.name in OWN_FILES:
            raise ValueError(
                f"{source}: {part.name} is the name of the analyst's own file: rename the article file"
            )
    found = [one for part in staged for one in part.found]
    questions = {one.path: one for one in found if isinstance(one, Columns) and one.question}
    if questions and len(staged) == 1:
        raise UnsureTable(next(iter(questions.values())))
    for number, part in enumerate(
        staged
    ):  # of a table among others that is not sure only the question counts
        asked = [one for one in part.found if one.path in questions and isinstance(one, Columns)]
        refused = [Refusal(one.path, f"{one.question}: {one.way_out('add it by itself')}") for one in asked]
        staged[number] = part._replace(found=refused or part.found)
    given = {column: cell for column, cell in metadata.items() if cell}
    if not folder.exists():  # it is not made for nothing
        rows, refusals = article_rows(one for part in staged for one in part.found)
        if not rows:
            raise ValueError(f"{source}: {first_reason(refusals)}")
    with changing(folder):
        saved, files = load_metadata(folder), []
        before = {name for part in staged for name in part.names() if replace}
        known = paths_by_id(corpus_in(folder), folder, but=before)
        rows, refusals, copies, outdated = [], [], [], set()
        for part in staged:
            own, as_jsonl = part.names()
            other = own if part.name == as_jsonl else as_jsonl
            row = {**saved.get(other, {}), **saved.get(part.name, {}), **part.metadata, **given}
            new, refused, copied = new_rows(with_metadata(part.found, row), known)
            taken = [name for name in part.names() if (folder / name).exists()]
            if new and taken and not replace:
                raise FileExistsError(
                    f"{folder / taken[0]} already exists with a different text: rename {source}, "
                    "or add it with --replace"
                )
            outdated |= set(taken) if replace and (new or copied) else set()
            refusals += refused + [copy_refusal(one, known) for one in copied]
            copies += [known[one["article_id"]] for one in copied]
            known |= {one["article_id"]: str(folder / part.name) for one in new}
            rows += new
            files += [part._replace(metadata=row)] if new else []
        if not rows:
            again = {str(folder / name) for part in staged for name in part.names()}
            is_again = any(path.partition(":")[0] in again for path in copies)
            hint = ", or --replace to read its file again" if is_again else ""
            raise ValueError(f"{source}: {first_reason(refusals)}{hint}")
        cells = {part.name: {**part.metadata, "file": part.name} for part in files if part.metadata}
        outdated -= {part.name for part in files}
        kept = {name: row for name, row in saved.items() if name not in outdated} | cells
        copied = {part.name: part.file for part in files}
        copied |= {
            str(Path(part.name).with_name(part.original.name)): part.original
            for part in files
            if part.original
        }
        with copied_into(folder, copied):
            if kept != saved:
                write_metadata(folder, kept)
        for name in outdated:
            with write_errors(folder / name, "removed"):
                os.remove(folder / name)
    path = folder / (files[0].name if len(staged) == 1 else files[0].name.partition("/")[0])
    columns = [one for one in found if isinstance(one, Columns)]
    return AddedSource(path, article_table(rows), rejected_table(refusals), columns)


def first_reason(refusals: list[Refusal]) -> str:
    """Why a source adds nothing."""
    return refusals[0].reason if refusals else "is empty, expected the text of an article"


def with_metadata(found: list[Found], row: Mapping[str, str]) -> list[Found]:
    """What was found in a file, with its row in `metadata.csv`, as the next run will read it."""
    known = {column: row[column] for column in METADATA_COLUMNS[1:] if row.get(column)}
    return [one._replace(**known) if isinstance(one, Draft) else one for one in found]


def corpus_in(folder: Path) -> pd.DataFrame:
    """The articles of a folder; none if it does not exist."""
    return load_corpus(folder)[0] if folder.is_dir() else article_table([])


def paths_by_id(articles: pd.DataFrame, folder: Path, but: Iterable[str] = ()) -> dict[str, str]:
    """The path of each article by its id, except of those in some files."""
    paths = zip(articles["article_id"], articles["path"], strict=True)
    return {article_id: str(folder / path) for article_id, path in paths if path.partition(":")[0] not in but}


def new_rows(found: list[Found], known: dict[str, str]) -> tuple[list[dict], list[Refusal], list[dict]]:
    """Rows of new articles, refusals, and rows of articles that the corpus has already."""
    rows, refusals = article_rows(found)
    new = [row for row in rows if row["article_id"] not in known]
    return new, refusals, [row for row in rows if row["article_id"] in known]


def copy_refusal(row: dict, known: dict[str, str]) -> Refusal:
    """The refusal of an article that the corpus has already."""
    return Refusal(row["path"], f"is a copy of {known[row['article_id']]}, expected a new article")
