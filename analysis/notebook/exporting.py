"""Write the tables of a notebook to a file."""

from collections.abc import Mapping
from os.path import relpath
from pathlib import Path

from pandas import DataFrame, RangeIndex, Series

from analysis.export.export_tables import Exported
from analysis.export.export_tables import export_tables as write_tables
from analysis.notebook.corpus_tables import CorpusTables
from analysis.notebook.errors import plain_errors
from analysis.readable.columns import TABLES
from analysis.readable.frame import readable_part
from analysis.readable.tables import Readable, about_tables, readable_tables
from analysis.views.render import View, view

OWN_NAME = "table"  # of a table that is none of the readable ones
EXPECTED = "expected a corpus, a table such as corpus.statements, or several as {name: table}"


def export_tables(rows: object, path: Path | str) -> View:
    """Write a corpus, or tables that you made yourself, to a file.

    Columns that only code needs are left out. Nothing in a cell is a formula.

    Args:
        rows: a corpus, a DataFrame such as `corpus.statements` or a part of it, or several as {name: table}.
        path: of the file, which ends in .xlsx, .csv, .parquet or .jsonl, or of a folder for CSV files.

    Returns:
        What was written, with a link to it.

    Raises:
        CorpusError: the ending is unknown, there is no table, or the file cannot be written.
    """
    with plain_errors():
        if isinstance(rows, CorpusTables):
            return write_corpus(rows, path)
        return exported_view(write_tables(named_tables(rows), path))


def write_corpus(corpus: CorpusTables, path: Path | str, *tables: str, **names: str) -> View:
    """Write the readable tables of a corpus to a file.

    Args:
        corpus: an open corpus.
        path: of the file or folder.
        tables: names of the tables wanted; by default all.
        names: a `speaker` or a `side` to narrow them to.

    Raises:
        ValueError: there is no table of that name, or the ending is unknown.
        OSError: the file cannot be written.
    """
    found = Readable(corpus.period_inputs, corpus.rejected, corpus.scope, **names)
    about = about_tables(found, corpus.articles)
    return exported_view(write_tables(readable_tables(found, tables), path, about=about))


def named_tables(rows: object) -> dict[str, DataFrame]:
    """Tables by name, without what only code needs.

    Raises:
        ValueError: these are not tables.
    """
    if isinstance(rows, Mapping):
        return {str(name): table_of(one) for name, one in rows.items()}
    table = table_of(rows)
    return {name_of(table): table}


def table_of(rows: object) -> DataFrame:
    """A table as it is written; groups and counts keep their labels as columns.

    Raises:
        ValueError: it is not a table.
    """
    if isinstance(rows, Series):
        rows = rows.to_frame(rows.name or "value")
    if not isinstance(rows, DataFrame):
        raise ValueError(f"a {type(rows).__name__} cannot be exported, {EXPECTED}")
    is_numbered = isinstance(rows.index, RangeIndex) or rows.index.names == [None]
    return readable_part(rows if is_numbered else rows.reset_index())


def name_of(table: DataFrame) -> str:
    """The readable table whose columns a table has; "table" for any other."""
    found = [name for name, one in TABLES.items() if set(one.column_names) <= set(table.columns)]
    return found[0] if found else OWN_NAME


def exported_view(exported: Exported) -> View:
    """What was written, with a link that JupyterLab opens."""
    files = [(str(path), relpath(path).replace("\\", "/")) for path in exported.paths]
    counts = exported.row_counts.items()
    return view("notebook/exported", files=files, counts=counts, notes=exported.notes)
