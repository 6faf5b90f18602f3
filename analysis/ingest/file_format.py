"""What a file format declares, and what its reader gives."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple

from analysis.ingest.draft import MAX_LIST_BYTES, Found


class Source(NamedTuple):
    """What a reader reads: bytes, the name they go by, and the columns the analyst named."""

    stream: BinaryIO
    name: str
    columns: dict[str, str]


class EnclosedFile(NamedTuple):
    """A file inside another, such as an attachment: read by the reader of its own format."""

    name: str
    content: bytes


Reader = Callable[[Source], Iterator[Found | EnclosedFile]]


@dataclass(frozen=True)
class FileFormat:
    """A kind of file that articles come in. A module of `analysis.ingest.formats` lists its own in `FORMATS`.

    A reader yields what it finds. A ValueError says in one sentence, without the name of the file, why it
    finds nothing.
    """

    name: str  # as documentation calls it
    endings: tuple[str, ...]  # of file names, in lower case; downloads are saved under the first
    read: Reader
    media_types: tuple[str, ...] = ()  # in the Content-Type of a download
    is_sandboxed: bool = True  # False only for a reader that runs no third-party parser
    max_bytes: int = MAX_LIST_BYTES  # of a file that is opened at all
    is_table: bool = False  # the analyst may name its columns
    is_feed: bool = False  # its entries may be summaries of pages
    may_be_enclosed: bool = True  # False: never opened inside another file
