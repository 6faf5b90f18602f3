"""Pages are written by hand; their generated blocks say what the code and its tables say.

A block is what lies between `<!-- generated: NAME ARGUMENTS -->` and `<!-- end -->`; the function that
`BLOCKS` has under this name makes it. `tests/test_docs.py` fails when a block is out of date.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from docs.generator import docstrings, listings, tables

ROOT: Final = Path(__file__).parents[2]
BLOCK: Final = re.compile(r"(<!-- generated: ([^>]+?) -->\n).*?(<!-- end -->)", re.DOTALL)
BLOCKS: Final[dict[str, Callable[..., str]]] = {
    "class-scores": listings.class_scores,
    "column-names": listings.column_names,
    "commands": listings.commands,
    "corrections": listings.corrections,
    "file-formats": listings.file_formats,
    "function": docstrings.function,
    "helpers": docstrings.helpers,
    "indicator-definitions": listings.indicator_definitions,
    "indicator-limits": listings.indicator_limits,
    "rates": listings.rates,
    "readable-tables": tables.readable_reference,
    "rooms": listings.rooms,
    "tables": tables.table_reference,
    "values": listings.declared_values,
    "word-list": listings.word_list,
}


def pages() -> list[Path]:
    """README, CONTRIBUTING and every page of docs/."""
    return [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def filled(page: str) -> str:
    """The text of a page, its generated blocks up to date.

    Raises:
        ValueError: no block has that name.
    """

    def block(found: re.Match) -> str:
        name, *arguments = found[2].split()
        if name not in BLOCKS:
            raise ValueError(f"found the block {name!r}, expected one of {', '.join(BLOCKS)}")
        return f"{found[1]}\n{BLOCKS[name](*arguments).strip()}\n\n{found[3]}"

    return BLOCK.sub(block, page)


def rewrite_pages() -> list[Path]:
    """Write the pages whose blocks are out of date; their paths."""
    stale = [
        path
        for path in pages()
        if filled(path.read_text(encoding="utf-8")) != path.read_text(encoding="utf-8")
    ]
    for path in stale:
        path.write_text(filled(path.read_text(encoding="utf-8")), encoding="utf-8")
    return stale
