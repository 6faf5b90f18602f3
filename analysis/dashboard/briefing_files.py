"""The files of briefings, to read and to download; nothing elsewhere can be reached from here."""

from pathlib import Path
from urllib.parse import quote

from tornado import web

from analysis.dashboard.plain_pages import PlainPage

PAGES = ".html"
TO_TAKE = {  # opened by other programs
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pdf": "application/pdf",
}
CHUNK_BYTES = 1 << 20


class BriefingFile(PlainPage):
    """A page of a briefing as it is, or one of its files to download."""

    policy = (  # as the pages themselves say; their texts are of others
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )

    @web.authenticated
    async def get(self, folder: str, name: str) -> None:
        """Send the file."""
        file = file_of(self.site.briefings, folder, name)
        if file is None:
            raise web.HTTPError(404)
        if file.suffix == PAGES:
            self.set_header("Content-Type", "text/html; charset=utf-8")
        else:
            self.set_header("Content-Type", TO_TAKE[file.suffix])
            shown = quote(f"{folder}-{name}")
            self.set_header("Content-Disposition", f"attachment; filename*=UTF-8''{shown}")
        with file.open("rb") as stream:
            while chunk := stream.read(CHUNK_BYTES):
                self.write(chunk)
                await self.flush()


def file_of(briefings: Path, folder: str, name: str) -> Path | None:
    """A file of a briefing that may be sent; None for any other.

    Neither a name with a slash or a leading dot nor a link leads out of the folder.
    """
    if any(one.startswith(".") or set(one) & set("/\\\0") for one in (folder, name)):
        return None
    root, file = briefings.resolve(), briefings / folder / name
    is_kind = file.suffix in (PAGES, *TO_TAKE)
    is_own = is_kind and file.is_file() and file.resolve() == root / folder / name
    return file if is_own else None
