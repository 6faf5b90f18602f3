"""How much an archive may hold. Word and Excel files are archives too."""

from io import BytesIO
from zipfile import BadZipFile, ZipFile

MAX_MEMBERS = 100_000
MAX_UNPACKED = 500_000_000  # bytes


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
