"""About a hundred texts that repeat one piece, to see how the work of a pass grows with the text."""

import csv
import re
from pathlib import Path

PIECES = Path(__file__).with_suffix(".csv")  # with \n, \t and \\ for a line break, a tab and a backslash
ESCAPED = {"\\n": "\n", "\\t": "\t", "\\\\": "\\"}


def patterns() -> dict[str, str]:
    """The pieces by name."""
    with PIECES.open(encoding="utf-8", newline="") as stream:
        return {
            row["name"]: re.sub(r"\\[nt\\]", lambda found: ESCAPED[found[0]], row["piece"])
            for row in csv.DictReader(stream)
        }


PATTERNS = patterns()


def repeated(piece: str, size: int) -> str:
    """A text of at most so many characters that repeats a piece."""
    return piece * (size // len(piece))
