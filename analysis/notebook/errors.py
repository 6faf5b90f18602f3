"""A mistake in what was asked for, shown as one sentence rather than forty lines of traceback."""

from collections.abc import Iterator
from contextlib import contextmanager


class CorpusError(ValueError):
    """What was asked for cannot be done; the message says why, and how to ask for it."""

    def _render_traceback_(self) -> list[str]:
        """All that Jupyter shows of it; a notebook run from the command line fails as with any error."""
        return [f"{type(self).__name__}: {self}"]


@contextmanager
def plain_errors() -> Iterator[None]:
    """Errors that a person's input can cause become a `CorpusError`; any other exception is a bug.

    Raises:
        CorpusError: an `OSError` or a `ValueError` was raised.
    """
    try:
        yield
    except (OSError, ValueError) as error:
        is_by_system = isinstance(error, OSError) and error.errno is not None
        raise CorpusError(f"{error.filename}: {error.strerror}" if is_by_system else error) from None
