"""The list of feeds that are watched: one address a line, perhaps an outlet after it, and comments."""

import re
from pathlib import Path
from typing import NamedTuple

from analysis.ingest.add_addresses import file_stem
from analysis.ingest.download import split_address
from analysis.ingest.draft import MAX_FIELD_CHARS
from analysis.ingest.plain_addresses import plain_address


class ListedFeed(NamedTuple):
    """A feed to watch, and the outlet that its articles get; "" for the name that the feed gives itself."""

    asked_at: str  # with the password that the list may have
    outlet: str = ""

    @property
    def address(self) -> str:
        """What the feed is known by, and what messages call it."""
        return plain_address(self.asked_at)


def load_feeds(path: Path) -> list[ListedFeed]:
    """The feeds of a list, in its order. What follows a `#` after a space, or at the start, is a comment.

    Raises:
        OSError: the file cannot be read.
        ValueError: a line is no feed, or there is none; the message names the line.
    """
    if path.is_dir() or not path.exists():
        found = "is a folder" if path.is_dir() else "does not exist"
        raise ValueError(f"{path} {found}, expected a file with the address of a feed on each line")
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: is not UTF-8 text: save it as UTF-8") from error
    feeds: dict[str, tuple[int, ListedFeed]] = {}
    for number, line in enumerate(lines, start=1):
        words = re.sub(r"(^|\s)#.*", "", line).split(None, 1)
        if not words:
            continue
        feed = listed_feed(words, f"{path}:{number}")
        first, _ = feeds.setdefault(file_stem(feed.address), (number, feed))
        if first != number:
            raise ValueError(f"{path}:{number}: is the same feed as line {first}, expected each feed once")
    if not feeds:
        raise ValueError(f"{path}: names no feed, expected one address a line")
    return [feed for _, feed in feeds.values()]


def listed_feed(words: list[str], where: str) -> ListedFeed:
    """The feed of one line."""
    try:
        split_address(words[0])
    except ValueError as error:
        raise ValueError(f"{where}: {error}") from error
    outlet = " ".join(words[1].split()) if len(words) > 1 else ""
    if len(outlet) > MAX_FIELD_CHARS["outlet"]:
        most = MAX_FIELD_CHARS["outlet"]
        raise ValueError(f"{where}: outlet has {len(outlet):,} characters, expected at most {most}")
    return ListedFeed(words[0], outlet)
