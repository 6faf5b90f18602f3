"""Write the tables of a notebook to a file."""

from collections.abc import Mapping
from os.path import relpath
from pathlib import Path

from pandas import DataFrame, RangeIndex, Series

from analysis.export.export_tables import export_tables as write_tables
from analysis.notebook.corpus_tables import CorpusTables
from analysis.notebook.errors import plain_errors
from analysis.readable.columns import TABLES
from analysis.readable.frame import readable_part
from analysis.readable.tables import Readable, about_tables, readable_tables
from analysis.views.render import View, view

OWN_NAME = "table"  # of a table that is none of the readable ones
EXPECTED = "expected a corpus, a table such as corpus.statements, or several as {name: table}"


def export_tables(rows: object, path: Path | str, *tables: str, **names: str) -> View:
    """Write a corpus, or tables that you made yourself, to a file.

    Columns that only code needs are left out. Nothing in a cell is a formula.

    Args:
        rows: a corpus, a DataFrame such as `corpus.statements` or a part of it, or several as {name: table}.
        path: of the file, which ends in .xlsx, .csv, .parquet or .jsonl, or of a folder for CSV files.
        tables: of a corpus the names of those wanted, such as "statements"; by default all.
        names: a `speaker` or a `side` to narrow the tables of a corpus to.

    Returns:
        What was written, with a link to it.

    Raises:
        CorpusError: the ending or a table is unknown, there is none, or the file cannot be written.
    """
    with plain_errors():
        if isinstance(rows, CorpusTables):
            found = Readable(rows.period_inputs, rows.rejected, rows.scope, **names)
            about = about_tables(found, rows.articles)
            exported = write_tables(readable_tables(found, tables), path, about=about)
        elif isinstance(rows, Mapping):
            exported = write_tables({str(name): table_of(one) for name, one in rows.items()}, path)
        else:
            table, columns = table_of(rows), {name: set(one.column_names) for name, one in TABLES.items()}
            own = next((name for name, known in columns.items() if known <= set(table.columns)), OWN_NAME)
            exported = write_tables({own: table}, path)
    files = [(str(one), relpath(one).replace("\\", "/")) for one in exported.paths]
    counts = exported.row_counts.items()
    return view("notebook/exported", files=files, counts=counts, notes=exported.notes)


def table_of(rows: object) -> DataFrame:
    """A table as it is written, without what only code needs; groups and counts keep their labels as columns.

    Raises:
        ValueError: it is not a table.
    """
    if isinstance(rows, Series):
        rows = rows.to_frame(rows.name or "value")
    if not isinstance(rows, DataFrame):
        raise ValueError(f"a {type(rows).__name__} cannot be exported, {EXPECTED}")
    is_numbered = isinstance(rows.index, RangeIndex) or rows.index.names == [None]
    return readable_part(rows if is_numbered else rows.reset_index())
