"""What `faultline watch` remembers of each feed, in `.watch.json` among the articles.

Without the file nothing is lost and nothing added twice, but every feed is read in full once more.
"""

import json
from pathlib import Path
from typing import Final, NamedTuple

from analysis.ingest.whole_files import write_whole

STATE_FILE: Final = ".watch.json"
MOST_SEEN: Final = 10_000  # entries of one feed that are remembered


class FeedState(NamedTuple):
    """What a server said of the version that it sent last, and the keys of entries that were seen."""

    etag: str = ""
    modified: str = ""
    seen: tuple[str, ...] = ()


def load_state(folder: Path) -> dict[str, FeedState]:
    """The state of each feed by its address.

    Raises:
        ValueError: the file is broken.
    """
    path = folder / STATE_FILE
    if not path.exists():
        return {}
    try:
        stored = json.loads(path.read_bytes())
        states = {
            address: FeedState(one["etag"], one["modified"], tuple(one["seen"]))
            for address, one in stored["feeds"].items()
        }
        if not all(isinstance(part, str) for one in states.values() for part in (*one[:2], *one.seen)):
            raise TypeError("not text")
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ValueError(
            f"{path}: is broken, expected what faultline watch wrote: remove it, nothing is added twice"
        ) from error
    return states


def write_state(folder: Path, states: dict[str, FeedState]) -> None:
    """Replace the file in one step."""
    feeds = {
        address: state._replace(seen=state.seen[:MOST_SEEN])._asdict() for address, state in states.items()
    }
    write_whole(folder / STATE_FILE, json.dumps({"feeds": feeds}, indent=1))
