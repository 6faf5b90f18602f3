"""ZIP archives, and how much one may hold. Word and Excel files are archives too."""

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from analysis.ingest.draft import MAX_LIST_BYTES, EnclosedFile, Refusal, Source, read_limited

MAX_MEMBERS = 100_000
MAX_UNPACKED = 500_000_000  # bytes


def read_zip(source: Source) -> Iterator[Refusal | EnclosedFile]:
    """Every file in an archive, read in memory: nothing is unpacked to disk, so no path leads anywhere."""
    archive = open_archive(read_limited(source.stream, MAX_LIST_BYTES))
    for member in sorted(archive.infolist(), key=lambda member: member.filename):
        parts = member.filename.replace("\\", "/").split("/")
        if member.is_dir() or any(part.startswith((".", "__MACOSX")) and part != ".." for part in parts):
            continue
        reason, content = member_reason(member, parts), b""
        if reason is None:
            try:
                content = archive.read(member)
            except MemoryError:
                raise
            except Exception as error:  # zlib, lzma and bz2 raise errors of their own
                reason = f"is broken inside the archive ({error})"
        where = f"{source.name}:{member.filename}"
        yield Refusal(where, reason) if reason else EnclosedFile(member.filename, content)


def member_reason(member: ZipInfo, parts: list[str]) -> str | None:
    """Why a file in an archive is not read, or None."""
    if ".." in parts or member.filename.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", member.filename):
        return "has a path that leads out of its archive, expected a path inside it"
    if (member.external_attr >> 16) & 0o170000 == 0o120000:
        return "is a link inside an archive, expected the file itself"
    if member.flag_bits & 0x1:
        return "is locked with a password: save it without one"
    return None


def open_archive(raw: bytes) -> ZipFile:
    """An archive of a bearable declared size; Python refuses a member that holds more than it declares.

    Raises:
        ValueError: the archive is broken or too large.
    """
    try:
        archive = ZipFile(BytesIO(raw))
    except (BadZipFile, NotImplementedError, OSError, ValueError) as error:
        raise ValueError(f"is a broken archive ({error}), expected one that opens") from error
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise ValueError(f"holds {len(members):,} files, expected at most {MAX_MEMBERS:,}")
    unpacked = sum(member.file_size for member in members)
    if unpacked > MAX_UNPACKED:
        raise ValueError(f"unpacks to {unpacked:,} bytes, expected at most {MAX_UNPACKED:,}")
    return archive


def check_office_file(raw: bytes) -> None:
    """Raise ValueError if a Word or Excel file is locked, in an old format, broken or too large."""
    if raw.startswith(b"\xd0\xcf\x11\xe0"):  # the container of old and of encrypted Office files
        raise ValueError(
            "is locked with a password or in an old format: save it without a password as .docx or .xlsx"
        )
    open_archive(raw)
