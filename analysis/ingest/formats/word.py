"""Word files."""

from collections.abc import Iterator
from io import BytesIO

from analysis.ingest.archive_exports import find_export
from analysis.ingest.archive_limits import check_office_file
from analysis.ingest.draft import (
    MAX_LIST_BYTES,
    Draft,
    Found,
    first_line_title,
    read_limited,
    with_title,
)
from analysis.ingest.file_format import FileFormat, Source


def read_docx(source: Source) -> Iterator[Found]:
    """The articles of a Nexis Uni export, or one titled by its properties, first heading or first line."""
    from docx import Document
    from docx.table import Table

    raw = read_limited(source.stream, MAX_LIST_BYTES)
    check_office_file(raw)
    try:
        document = Document(BytesIO(raw))
    except (KeyError, ValueError, SyntaxError) as error:
        raise ValueError(
            f"is not a readable Word document ({error}), expected a .docx file that opens"
        ) from error
    lines, title = [], document.core_properties.title or None
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            lines += ["\t".join(cell.text for cell in row.cells) for row in block.rows]
        else:
            lines.append(block.text)
            if not title and block.style and block.style.name in ("Title", "Heading 1"):
                title = block.text
    export = find_export("\n".join(lines), source.name)
    if export:
        yield from export
        return
    text = "\n\n".join(line.strip() for line in lines if line.strip())
    title = title or first_line_title(text)
    yield Draft(source.name, with_title(title, text), title)


FORMATS = (
    FileFormat(
        "Word",
        (".docx",),
        read_docx,
        media_types=("application/vnd.openxmlformats-officedocument.wordprocessingml.document",),
    ),
)
