"""Memory that is short: which errors say so, and a limit that is too low for a briefing."""

import errno
import sys
from typing import Final

RAN_OUT: Final = (
    "memory ran out, and nothing was finished: read fewer articles at once, such as a folder of articles for "
    "each month"
)
WORDS: Final = (  # of errors that have no type of their own
    "failed to map segment from shared object",  # the system's loader, of a library
    "cannot allocate memory",
    "can't start new thread",  # Python: a thread needs a stack
    "failed to launch worker thread",  # Arrow
    "unable to allocate",  # NumPy
)
LEAST_BYTES: Final = 4_000_000_000  # of addresses: with less, libraries have ended the program themselves


def memory_ran_out(error: Exception) -> bool:
    """Whether an error means that there was no memory left."""
    if isinstance(error, OSError):
        return error.errno == errno.ENOMEM
    return isinstance(error, MemoryError) or any(words in str(error).lower() for words in WORDS)


def check_memory_limit() -> None:
    """Raise ValueError if a limit leaves less memory than a briefing with notebooks needs.

    Under such a limit, the libraries that talk to the kernels end the program with words of their own.
    """
    if sys.platform == "win32":
        return
    import resource

    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    if limit != resource.RLIM_INFINITY and limit < LEAST_BYTES:
        raise ValueError(
            f"this shell allows a program {limit / 1e9:.1f} GB of memory (ulimit -v), expected at least "
            f"{LEAST_BYTES / 1e9:.0f} GB: run `ulimit -v unlimited` first, or give --front-only"
        )
