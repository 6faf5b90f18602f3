"""Copy files, folders and pages into a folder of articles, with the metadata that the analyst gives."""

import re
from pathlib import Path
from typing import Final, NamedTuple

import pandas as pd

from analysis.ingest.additions import (
    AddedSource,
    StagedFile,
    Workplace,
    add_staged,
    copy_refusal,
    corpus_in,
    new_rows,
    paths_by_id,
    read_staged,
    with_translation,
    workplace,
)
from analysis.ingest.corpus import article_table, find_articles, rejected_table, with_stories
from analysis.ingest.draft import FIELDS, Choices, Columns, Draft, Found, Refusal
from analysis.ingest.feeds import add_address
from analysis.ingest.file_formats import is_table
from analysis.ingest.folder_files import what_is
from analysis.ingest.own_tables import METADATA_COLUMNS, given_metadata, load_metadata
from analysis.ingest.translations import original_name

AS_IT_IS: Final = Choices()
SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)  # begins what can only be an address


class ArticlePreview(NamedTuple):
    """What a file would add, before anything is written."""

    articles: pd.DataFrame  # with the story_id that each would get
    rejected: pd.DataFrame
    reprints: dict[str, list[str]]  # by article_id: paths of articles in the corpus on the same story
    columns: list[Columns]


def add_source(
    source: str,
    folder: Path,
    metadata: dict[str, str],
    choices: Choices = AS_IT_IS,
    *,
    is_feed: bool = False,
    replace: bool = False,
) -> AddedSource:
    """Add a file, a folder, a page or a feed to a folder of articles.

    Nothing is written unless the source has at least one new article or new metadata, and nothing is
    overwritten unless that is asked for. What needs choices is stored as JSONL, so that later runs need none.

    Args:
        source: a path, or an address that begins with `http://` or `https://`.
        folder: the folder of articles, created if it does not exist.
        metadata: cells for `metadata.csv`, by column; empty ones are ignored.
        choices: how to read it.
        is_feed: the source is the address of a feed, whatever its server calls it.
        replace: a file of this name that was added before is read anew.

    Raises:
        UnsureTable: the analyst has to say how to read a table.
        OSError, ValueError: the source does not exist or adds nothing; the message is one sentence.
    """
    metadata, path = given_metadata(metadata), Path(source)
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(f"{folder} is a file, expected a folder of articles")
    with workplace() as place:
        if SCHEME.match(source):
            return add_address(source, folder, metadata, choices, place, is_feed=is_feed, replace=replace)
        if path.is_dir():
            return add_folder(path, folder, metadata, choices, place, replace)
        if not path.is_file():
            raise FileNotFoundError(
                f"{source} {what_is(path)}, expected a file, a folder or an address of articles"
            )
        own = read_staged(path, path.name, choices, place)
        staged = with_translation(own, folder, place, replace=replace)
        return add_staged(source, [staged], folder, metadata, replace=replace or staged is not own)


def add_file(
    path: Path,
    name: str,
    folder: Path,
    metadata: dict[str, str],
    choices: Choices = AS_IT_IS,
    *,
    replace: bool = False,
) -> AddedSource:
    """Add one file under a name, which is also what messages call it.

    Args:
        path: of the file.
        name: that it gets in the folder.
        folder: the folder of articles, created if it does not exist.
        metadata: cells for `metadata.csv`, by column; empty ones are ignored.
        choices, replace: as in `add_source`.

    Raises:
        OSError, ValueError: the file adds nothing; the message is one sentence.
    """
    with workplace() as place:
        own = read_staged(path, name, choices, place)
        staged = with_translation(own, folder, place, replace=replace)
        cells, again = given_metadata(metadata), replace or staged is not own
        return add_staged(name, [staged], folder, cells, replace=again)


def preview(
    path: Path, folder: Path, choices: Choices = AS_IT_IS, *, replace: bool = False
) -> ArticlePreview:
    """What a file would add to a folder of articles; nothing is written.

    Args:
        path: the file.
        folder: the folder of articles.
        choices, replace: as in `add_source`.

    Raises:
        OSError, ValueError: the file, `metadata.csv` or `corrections.csv` cannot be read.
    """
    with workplace() as place:
        own = read_staged(path, path.name, choices, place)
        staged = with_translation(own, folder, place, replace=replace)
    found, corpus = staged.found, corpus_in(folder)
    if replace or staged is not own:
        is_replaced = corpus["path"].str.partition(":")[0].isin(staged.names())
        corpus = corpus[~is_replaced]
    known = paths_by_id(corpus, folder)
    rows, refusals, copies = new_rows(found, known)
    refusals += [copy_refusal(row, known) for row in copies]
    others = corpus.astype(object).where(corpus.notna(), None).to_dict("records")
    together = with_stories([*others, *rows])
    before, new = together[: len(corpus)], together[len(corpus) :]
    reprints = {
        row["article_id"]: [one["path"] for one in before if one["story_id"] == row["story_id"]]
        for row in new
    }
    columns = [one for one in found if isinstance(one, Columns)]
    return ArticlePreview(article_table(new), rejected_table(refusals), reprints, columns)


def parse_column_map(text: str) -> dict[str, str]:
    """Field to column, from `text=Body,title=Headline`."""
    columns = {}
    for pair in filter(None, text.split(",")):
        field, _, column = (part.strip() for part in pair.partition("="))
        if field not in FIELDS or not column:
            expected = f"expected FIELD=COLUMN, where FIELD is one of {', '.join(FIELDS)}"
            raise ValueError(f"--map: found {pair.strip()!r}, {expected}")
        columns[field] = column
    return columns


def has_columns(source: str) -> bool:
    """Yes if the columns of a source may be named: of a table, or of one in a folder or at an address."""
    path = Path(source)
    if path.is_dir():
        return any(is_table(file.name) for file in path.rglob("*"))
    return is_table(path.name) or not path.exists()


def add_folder(
    source: Path, folder: Path, metadata: dict[str, str], choices: Choices, place: Workplace, replace: bool
) -> AddedSource:
    """Every file under a folder that has an article, under the name of that folder."""
    own, theirs = source.resolve(), folder.resolve()
    if own == theirs or own in theirs.parents or theirs in own.parents:
        raise ValueError(
            f"{source} overlaps {folder}, the folder of articles: expected a file, or a folder outside it"
        )
    own_metadata = load_metadata(source)
    by_file: dict[str, list[Found]] = {}
    for file, found in find_articles(source, own_metadata):
        by_file.setdefault(file, []).append(found)
    staged, beside = [], {path.relative_to(source).as_posix() for path in source.rglob("*")}
    for file, found in by_file.items():
        name, row = f"{own.name}/{file}", own_metadata.get(file, {})
        original = original_name(file, beside)
        found = [one._replace(path=f"{own.name}/{one.path}") for one in found]
        is_translated = original and any(isinstance(one, Draft) and one.original_text for one in found)
        part = StagedFile(name, source / file, found, original=source / original if is_translated else None)
        if choices != AS_IT_IS and (choices.is_split or is_table(file)):
            part = read_staged(source / file, name, choices, place)
        cells = {column: row[column] for column in METADATA_COLUMNS[1:] if row.get(column)}
        staged.append(part._replace(metadata=cells))
    if not any(isinstance(one, Draft) for part in staged for one in part.found):
        refusals = [one for part in staged for one in part.found if isinstance(one, Refusal)]
        return AddedSource(folder / own.name, article_table([]), rejected_table(refusals), [])
    return add_staged(str(source), staged, folder, metadata, replace=replace)
