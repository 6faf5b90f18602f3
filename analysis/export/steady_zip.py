"""A zip archive that has the same bytes whenever it is written, because it holds no time of writing."""

import shutil
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

FIRST_MOMENT: Final = (1980, 1, 1, 0, 0, 0)  # that a zip archive can name
READABLE_BY_ALL: Final = 0o644 << 16


class SteadyZip(ZipFile):
    """An archive to write, each file of which has the same date."""

    def writestr(self, name: str | ZipInfo, data: str | bytes, *_: object, **__: object) -> None:
        """Add a file from its content."""
        super().writestr(steady_info(name), data)

    def write(self, filename: str | Path, arcname: str | None = None, *_: object, **__: object) -> None:
        """Add a file from disk."""
        with open(filename, "rb") as source, self.open(steady_info(arcname or str(filename)), "w") as target:
            shutil.copyfileobj(source, target)


def steady_info(name: str | ZipInfo) -> ZipInfo:
    """What an archive says about a file, always the same."""
    info = ZipInfo(name.filename if isinstance(name, ZipInfo) else name, FIRST_MOMENT)
    info.compress_type, info.external_attr = ZIP_DEFLATED, READABLE_BY_ALL
    return info
