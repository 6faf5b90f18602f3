"""Folders and files on this machine or elsewhere, by the addresses that fsspec knows."""

import re
from typing import Final

import fsspec

from analysis.phrasing import listed

PACKAGES: Final = {  # Source: fsspec, known_implementations
    ("s3", "s3a"): "s3fs",
    ("gs", "gcs"): "gcsfs",
    ("az", "abfs", "adl"): "adlfs",
    ("http", "https"): "aiohttp requests",
    ("sftp", "ssh"): "paramiko",
    ("smb",): "smbprotocol",
}
PROTOCOL: Final = re.compile(r"(?:^|::)([A-Za-z0-9+._-]+)://")


def file_system_of(address: str) -> tuple[fsspec.AbstractFileSystem, str]:
    """The file system of an address, and the path on it.

    Args:
        address: a path on this machine, or an address such as `s3://bucket/folder`.

    Raises:
        ValueError: no file system has such addresses, or its package is not installed.
    """
    try:
        return fsspec.core.url_to_fs(address)
    except ImportError as error:
        raise ValueError(f"{address} {package_advice(address, error)}") from error
    except ValueError as error:
        unknown = [name for name in PROTOCOL.findall(address) if name not in fsspec.available_protocols()]
        if not unknown:
            raise
        known = listed(["memory://", *(f"{names[0]}://" for names in PACKAGES)])
        raise ValueError(
            f"{address} begins with {unknown[0]}://, which is unknown here, expected a path on this machine "
            f"or an address that begins with, for instance, {known}"
        ) from error


def package_advice(address: str, error: ImportError) -> str:
    """Which package an address needs, as far as we know; else what fsspec says of it."""
    needed = {name: package for names, package in PACKAGES.items() for name in names}
    lacking = [needed[name] for name in PROTOCOL.findall(address) if name in needed]
    if not lacking:
        return f"cannot be opened, since a package is not installed: {error}"
    return f"needs a package that is not installed: run `pip install {' '.join(lacking)}`"
