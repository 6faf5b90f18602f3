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
from typing import NamedTuple

import pandas as pd

from analysis.ingest.corpus import (
    ReadFile,
    article_rows,
    article_table,
    load_corpus,
    read_files,
    rejected_table,
    translation_name,
    with_metadata,
    with_stories,
)
from analysis.ingest.draft import AS_IT_IS, FIELDS, Choices, Columns, Draft, Found, Refusal
from analysis.ingest.file_formats import is_table
from analysis.ingest.folder_files import PlainFile, folder_files, plain_file
from analysis.ingest.own_tables import METADATA_COLUMNS, checked_metadata, load_metadata, write_metadata
from analysis.ingest.sandbox import Read, reader_process
from analysis.ingest.whole_files import changing, copied_into, scratch_folder, write_errors


class Workplace(NamedTuple):
    """Where sources are read: a folder for temporary files, and the function that reads a file."""

    scratch: Path
    read: Read


class AddedSource(NamedTuple):
    """What one source added, or would add."""

    path: Path  # where it is now
    articles: pd.DataFrame
    rejected: pd.DataFrame
    columns: list[Columns]  # as they were read
    reprints: Mapping[str, list[str]] = MappingProxyType({})
    """Of a preview, by `article_id`: paths of articles in the corpus on the same story."""


class UnsureTable(ValueError):
    """A table of which the analyst has to say how it is to be read."""

    def __init__(self, columns: Columns) -> None:
        super().__init__(f"{columns.path} {columns.question}: add it again with {columns.answers}")
        self.columns = columns


@contextmanager
def workplace() -> Iterator[Workplace]:
    """A workplace that leaves nothing behind."""
    with scratch_folder() as scratch, reader_process() as read:
        yield Workplace(scratch, read)


def add_file(
    path: Path,
    folder: Path,
    metadata: dict[str, str],
    choices: Choices = AS_IT_IS,
    *,
    name: str = "",
    replace: bool = False,
) -> AddedSource:
    """Add one file; an original in another language is added to its translation, if that is there.

    Args:
        path: of the file.
        folder: the folder of articles, created if it does not exist.
        metadata: cells for `metadata.csv`, by column; empty ones are ignored.
        choices: how to read it; what needs choices is stored as JSONL, so that later runs need none.
        name: that it gets in the folder, and that messages call it; by default its own.
        replace: a file of this name that was added before is read anew.

    Raises:
        UnsureTable: the analyst has to say how to read a table.
        OSError, ValueError: the file adds nothing; the message is one sentence.
    """
    with workplace() as place:
        staged = stage_file(path, name or path.name, folder, choices, place, replace=replace)
        is_anew = replace or staged.name != (name or path.name)
        return add_staged(name or str(path), [staged], folder, checked_metadata(metadata), replace=is_anew)


def add_folder(
    source: Path, folder: Path, metadata: dict[str, str], choices: Choices, *, replace: bool
) -> AddedSource:
    """Add every file under a folder that has an article, under the name of that folder; as `add_file`."""
    own, theirs = source.resolve(), folder.resolve()
    if own == theirs or own in theirs.parents or theirs in own.parents:
        raise ValueError(
            f"{source} overlaps {folder}, the folder of articles: expected a file, or a folder outside it"
        )
    rows = {f"{own.name}/{name}": row for name, row in load_metadata(source).items()}
    files = [one._replace(**{one._fields[0]: f"{own.name}/{one[0]}"}) for one in folder_files(source)]
    with workplace() as place:
        staged = [
            part._replace(metadata={key: row[key] for key in METADATA_COLUMNS[1:] if row.get(key)})
            for part in stage_files(files, choices, place)
            for row in [rows.get(part.name, {})]
        ]
        return add_staged(str(source), staged, folder, metadata, replace=replace)


def preview(path: Path, folder: Path, choices: Choices = AS_IT_IS, *, replace: bool = False) -> AddedSource:
    """What a file would add to a folder of articles, each with the `story_id` that it would get.

    Nothing is written.

    Args:
        path: the file.
        folder: the folder of articles.
        choices, replace: as in `add_file`.

    Raises:
        OSError, ValueError: the file, `metadata.csv` or `corrections.csv` cannot be read.
    """
    with workplace() as place:
        staged = stage_file(path, path.name, folder, choices, place, replace=replace)
    corpus = corpus_in(folder, but=staged.names if replace or staged.name != path.name else ())
    new, refusals, copies = new_rows(staged.found, corpus_paths(corpus, folder))
    others = corpus.astype(object).where(corpus.notna(), None).to_dict("records")
    together = with_stories([*others, *new])
    before, new = together[: len(corpus)], together[len(corpus) :]
    reprints = {
        row["article_id"]: [one["path"] for one in before if one["story_id"] == row["story_id"]]
        for row in new
    }
    columns = [one for one in staged.found if isinstance(one, Columns)]
    kept, rejected = folder / staged.kept_name, rejected_table(refusals + copies)
    return AddedSource(kept, article_table(new), rejected, columns, reprints)


def stage_file(
    path: Path, name: str, folder: Path, choices: Choices, place: Workplace, *, replace: bool
) -> ReadFile:
    """A file with its articles and its original; for a late original its translation that is in the folder.

    Raises:
        FileExistsError: the original is there already, and is not to be replaced.
    """
    english = translation_name(name)
    files = {one.name: one for one in path.parent.iterdir() if translation_name(one.name) == name}
    if english and (folder / english).is_file():
        files[english] = folder / english
    plain = [named_file(one, called) for called, one in {**files, name: path}.items()]
    staged = {one.name: one for one in stage_files(plain, choices, place)}
    if name not in staged and (folder / name).exists() and not replace:
        raise FileExistsError(f"{folder / name} already exists: add it with --replace")
    return staged.get(name) or staged[english]


def named_file(path: Path, name: str) -> PlainFile | Refusal:
    """A file that somebody named, under the name that it gets; it may be a link to anywhere."""
    real = os.path.realpath(path)
    return plain_file(Path(real), name, os.path.dirname(real))


def stage_files(files: Iterable[PlainFile | Refusal], choices: Choices, place: Workplace) -> list[ReadFile]:
    """Files with their articles; those that the analyst has to say how to read are kept as JSONL.

    Raises:
        ValueError: columns are named, and no file has any.
    """
    staged = []
    for one in read_files(files, place.read, choices):
        if choices.is_split or (choices != AS_IT_IS and is_table(one.name)):
            path = place.scratch / f"{len(staged)}.jsonl"
            path.write_text(json_lines(one.found), encoding="utf-8")
            one = one._replace(path=path, is_converted=True)
        staged.append(one)
    if choices.columns and not any(is_table(one.name) for one in staged):
        raise ValueError("no columns to name, expected a table: omit --map")
    return staged


def json_lines(found: Iterable[Found]) -> str:
    """The articles in what was found, as JSONL."""
    drafts = (one for one in found if isinstance(one, Draft))
    records = ({field: value for field in FIELDS if (value := getattr(draft, field))} for draft in drafts)
    return "".join(json.dumps(record) + "\n" for record in records)


def add_staged(
    source: str, staged: list[ReadFile], folder: Path, metadata: dict[str, str], *, replace: bool = False
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
    columns = [one for part in staged for one in part.found if isinstance(one, Columns)]
    questions = {one.path: one for one in columns if one.question}
    if questions and len(staged) == 1:
        raise UnsureTable(next(iter(questions.values())))
    rows, refusals = article_rows(one for part in staged for one in part.found)
    if not rows:  # the folder is not made for nothing
        raise ValueError(f"{source}: {refusals[0].reason}")
    given = {column: cell for column, cell in metadata.items() if cell}
    rows, refusals, files, outdated = [], [], [], set()
    with changing(folder):
        saved = load_metadata(folder)
        names = [name for part in staged for name in part.names]
        known = corpus_paths(corpus_in(folder, but=names if replace else ()), folder)
        for part in staged:
            if asked := [questions[one.path] for one in part.found if one.path in questions]:
                reason = f"{asked[0].question}: add it by itself with {asked[0].answers}"
                refusals.append(Refusal(asked[0].path, reason))
                continue
            before = {key: cell for name in part.names for key, cell in saved.get(name, {}).items()}
            cells = {**before, **part.metadata, **given}
            new, refused, copies = new_rows(with_metadata(part.found, cells), known)
            refusals += refused + copies
            if new:
                taken = [name for name in part.names if (folder / name).exists()]
                if taken and not replace:
                    raise FileExistsError(
                        f"{folder / taken[0]} already exists with a different text: rename {source}, "
                        "or add it with --replace"
                    )
                known |= {one["article_id"]: str(folder / part.kept_name) for one in new}
                rows += new
                files.append(part._replace(metadata=cells))
                outdated |= set(taken) - {part.kept_name}
        if not rows:
            is_again = any((folder / name).exists() for name in names)
            hint = ", or --replace to read its file again" if is_again else ""
            raise ValueError(f"{source}: {refusals[0].reason}{hint}")
        kept = {name: row for name, row in saved.items() if name not in outdated}
        kept |= {part.kept_name: {**part.metadata, "file": part.kept_name} for part in files if part.metadata}
        copied = {part.kept_name: part.path for part in files}
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
    first = files[0].kept_name
    path = folder / (first if len(staged) == 1 else first.partition("/")[0])
    return AddedSource(path, article_table(rows), rejected_table(refusals), columns)


def corpus_in(folder: Path, but: Collection[str] = ()) -> pd.DataFrame:
    """The articles of a folder, without those in some files; none if it does not exist."""
    articles = load_corpus(folder)[0] if folder.is_dir() else article_table([])
    return articles[~articles["path"].str.split(":").str[0].isin(but)]


def corpus_paths(articles: pd.DataFrame, folder: Path) -> dict[str, str]:
    """The path of each article by its id."""
    return dict(zip(articles["article_id"], (str(folder / path) for path in articles["path"]), strict=True))


def new_rows(found: list[Found], known: dict[str, str]) -> tuple[list[dict], list[Refusal], list[Refusal]]:
    """Rows of new articles, refusals, and refusals of those that the corpus has already.

    Args:
        found: what was read.
        known: where the corpus has each article, by its id.
    """
    rows, refusals = article_rows(found)
    copied = {row["path"]: known[row["article_id"]] for row in rows if row["article_id"] in known}
    copies = [Refusal(path, f"is a copy of {at}, expected a new article") for path, at in copied.items()]
    return [row for row in rows if row["path"] not in copied], refusals, copies
