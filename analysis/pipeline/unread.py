"""Articles that could not be read: each is left out and named with its reason, and the rest goes on.

Any text may lead to a bug of ours, and an hour of reading must not end with one sentence.
"""

import traceback
from pathlib import Path
from typing import Final

from pandas import DataFrame, concat

PACKAGE: Final = Path(__file__).parents[1]
LONGEST_MESSAGE: Final = 200  # characters of an error's own words, which may quote a whole text
KILLED: Final = "killed the process that read it, perhaps because memory ran out: split it, or run again"


def bug_reason(error: Exception) -> str:
    """Why an article is left out whose text made our code fail, with the last line of ours that was run."""
    if isinstance(error, MemoryError):
        return "needs more memory than there is to be read: split it"
    frames = list(traceback.extract_tb(error.__traceback__))
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(PACKAGE)]
    last = (own or frames)[-1]
    place = Path(last.filename).relative_to(PACKAGE).as_posix() if own else Path(last.filename).name
    message = " ".join(str(error).split())[:LONGEST_MESSAGE].encode("utf-8", "backslashreplace").decode()
    shown = ": ".join(filter(None, (type(error).__name__, message)))
    return f"could not be read because of a bug ({shown}, at {place}:{last.lineno}): please report it"


def with_unread(rejected: DataFrame, unread: DataFrame) -> DataFrame:
    """`Rejected` table of what was found to be unreadable in a folder, before and while it was read."""
    if unread.empty:
        return rejected
    return concat([rejected, unread]).sort_values("path", kind="stable", ignore_index=True)
