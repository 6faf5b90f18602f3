"""Pieces of Markdown: tables and their cells."""

from collections.abc import Iterable, Sequence


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table, one line a row."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(map(cell, line))} |" for line in lines)


def cell(value: object) -> str:
    """What a cell shows: one line, its bars escaped."""
    return " ".join(str(value).split()).replace("|", "\\|")


def code(words: object) -> str:
    """Words as code; "empty" for none."""
    return f"`{words}`" if words != "" else "empty"


def codes(words: Iterable[object]) -> str:
    """ "`past`, `ongoing`" """
    return ", ".join(map(code, words))
