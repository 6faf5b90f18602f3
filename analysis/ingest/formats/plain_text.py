"""Plain text: one article, or an export of a press archive."""

from collections.abc import Iterator

from analysis.ingest.archive_exports import find_export
from analysis.ingest.draft import Draft, Found, first_line_title, read_limited
from analysis.ingest.encoding import decode
from analysis.ingest.file_format import FileFormat, Source
from analysis.ingest.paragraphs import is_wrapped, unwrapped


def read_plain_text(source: Source) -> Iterator[Found]:
    """The articles of an archive export, or one article titled by its first line."""
    text = decode(read_limited(source.stream))
    export = find_export(text, source.name)
    if export:
        yield from export
    else:
        text = unwrapped(text) if is_wrapped(text) else text
        yield Draft(source.name, text, title=first_line_title(text))


FORMATS = (
    FileFormat("Plain text", (".txt",), read_plain_text, media_types=("text/plain",), is_sandboxed=False),
)
