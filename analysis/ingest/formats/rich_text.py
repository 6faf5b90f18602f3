"""Rich text files."""

from collections.abc import Iterator

from analysis.ingest.archive_exports import find_export
from analysis.ingest.draft import MAX_LIST_BYTES, Draft, Found, first_line_title, read_limited
from analysis.ingest.file_format import FileFormat, Source


def read_rtf(source: Source) -> Iterator[Found]:
    """The articles of a Factiva export, or one article."""
    from striprtf.striprtf import rtf_to_text

    raw = read_limited(source.stream, MAX_LIST_BYTES)
    if not raw.lstrip().startswith(b"{\\rtf"):
        raise ValueError("is not rich text, expected a file that begins with {\\rtf")
    text = rtf_to_text(raw.decode("cp1252", errors="replace"), errors="replace")
    export = find_export(text, source.name)
    if export:
        yield from export
        return
    text = "\n\n".join(line.strip() for line in text.split("\n") if line.strip())
    yield Draft(source.name, text, first_line_title(text))


FORMATS = (FileFormat("Rich text", (".rtf",), read_rtf, media_types=("application/rtf", "text/rtf")),)
