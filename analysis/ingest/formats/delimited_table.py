"""Tables as text: cells separated by commas, semicolons or tabs."""

import csv
import io
from collections.abc import Iterator

from analysis.ingest.draft import MAX_CHARS, MAX_LIST_BYTES, Found, read_limited
from analysis.ingest.encoding import decode
from analysis.ingest.file_format import FileFormat, Source
from analysis.ingest.table_rows import table_drafts


def read_table(source: Source) -> Iterator[Found]:
    """One article per row below a header."""
    text = decode(read_limited(source.stream, MAX_LIST_BYTES))
    header = text.partition("\n")[0]
    delimiter = max("\t,;", key=header.count)
    csv.field_size_limit(MAX_CHARS)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        yield from table_drafts(((reader.line_num, row) for row in reader), source)
    except csv.Error as error:
        raise ValueError(f"is a broken table at line {reader.line_num} ({error}), expected CSV") from error


FORMATS = (
    FileFormat(
        "Table as text",
        (".csv", ".tsv"),
        read_table,
        media_types=("text/csv", "text/tab-separated-values"),
        is_table=True,
    ),
)
