"""ZIP archives."""

import re
from collections.abc import Iterator
from zipfile import BadZipFile, ZipInfo

from analysis.ingest.archive_limits import open_archive
from analysis.ingest.draft import MAX_LIST_BYTES, Refusal, read_limited
from analysis.ingest.file_format import EnclosedFile, FileFormat, Source


def read_zip(source: Source) -> Iterator[Refusal | EnclosedFile]:
    """Every file in an archive, read in memory: nothing is unpacked to disk, so no path leads anywhere."""
    raw = read_limited(source.stream, MAX_LIST_BYTES)
    archive = open_archive(raw)
    for member in sorted(archive.infolist(), key=lambda member: member.filename):
        parts = member.filename.replace("\\", "/").split("/")
        if member.is_dir() or any(part.startswith((".", "__MACOSX")) and part != ".." for part in parts):
            continue
        reason = member_reason(member, parts)
        if reason:
            yield Refusal(f"{source.name}:{member.filename}", reason)
            continue
        try:
            content = archive.read(member)
        except (BadZipFile, NotImplementedError, EOFError, OSError) as error:
            yield Refusal(f"{source.name}:{member.filename}", f"cannot be unpacked ({error})")
            continue
        except Exception as error:  # zlib, lzma and bz2 raise errors of their own
            yield Refusal(f"{source.name}:{member.filename}", f"is broken inside the archive ({error})")
            continue
        yield EnclosedFile(member.filename, content)


def member_reason(member: ZipInfo, parts: list[str]) -> str | None:
    """Why a file in an archive is not read, or None."""
    if ".." in parts or member.filename.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", member.filename):
        return "has a path that leads out of its archive, expected a path inside it"
    if (member.external_attr >> 16) & 0o170000 == 0o120000:
        return "is a link inside an archive, expected the file itself"
    if member.flag_bits & 0x1:
        return "is locked with a password: save it without one"
    return None


FORMATS = (
    FileFormat(
        "ZIP archive of such files",
        (".zip",),
        read_zip,
        media_types=("application/zip",),
        may_be_enclosed=False,
    ),
)
