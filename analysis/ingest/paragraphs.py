"""Lines that were broken at a margin, joined into paragraphs again; and books, split into chapters."""

import math
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

MIN_MARGIN, MAX_MARGIN = 45, 130  # characters of a line that was broken at a margin
WRAPPED_SHARE = 0.6  # of the lines directly above another
HEADINGS = (  # of chapters; the first form that a text has is taken
    re.compile(
        r"(?:chapter|part|annex|appendix|kapitel|teil|chapitre|partie|cap[ií]tulo|parte)\s+"
        r"(?:\d{1,3}|[IVXLC]{1,7}|[A-Z]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b"
        r"[^\n]{0,100}",
        re.IGNORECASE,
    ),
    re.compile(r"(?:\d{1,2}|[IVX]{1,5})[.)]?\s+[A-Z][^\n.!?]{2,80}"),
)
MIN_CHAPTER_WORDS = 100  # less is the line of a table of contents
SENTENCE_ENDS = '.!?:;"”’)'


def is_wrapped(text: str) -> bool:
    """Whether the lines of a plain text were broken at a margin, as in emails and agency wires.

    If so, most lines directly above another are long and end in mid-sentence. If not, each line is a
    paragraph, however long.
    """
    lines = [line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    inner = [line for line, following in pairwise(lines) if line and following]
    broken = [line for line in inner if len(line) >= MIN_MARGIN and line[-1] not in SENTENCE_ENDS]
    longest = max(map(len, lines), default=0)
    return longest <= MAX_MARGIN and len(broken) >= WRAPPED_SHARE * len(inner) and len(broken) > 1


def unwrapped(text: str) -> str:
    """Text whose lines were broken at a margin, with one line per paragraph.

    A paragraph begins after a blank line, at an indented line, and after a short line if that ends a
    sentence or the next begins with a capital letter, as below a heading.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    lengths = sorted(len(line.rstrip()) for line in lines if line.strip())
    margin = 0.8 * lengths[math.ceil(0.9 * (len(lengths) - 1))] if lengths else 0
    return "\n\n".join(" ".join(block) for block in blocks(lines, margin))


def blocks(lines: Iterable[str], margin: float) -> Iterator[list[str]]:
    block: list[str] = []
    before = ""
    for line in lines:
        words = line.strip()
        if block and (not words or begins_paragraph(line, before, margin)):
            yield block
            block = []
        if words:
            block.append(words)
            before = line.rstrip()
    if block:
        yield block


def begins_paragraph(line: str, before: str, margin: float) -> bool:
    if line[0].isspace() and not before[0].isspace():
        return True
    first = line.lstrip()[0]
    return len(before) < margin and (before[-1] in '.!?"”:' or not first.islower())


def chapters(text: str) -> list[tuple[str, str]]:
    """The heading and the text of each chapter; nothing if no line of the text looks like their headings.

    A heading that returns at the top of every page begins nothing; what comes before the first is called
    "Opening pages".
    """
    lines = text.split("\n")
    for form in HEADINGS:
        found: list[tuple[str, list[str]]] = [("Opening pages", [])]
        for line in lines:
            if form.fullmatch(line.strip()) and line.strip() != found[-1][0]:
                found.append((line.strip(), []))
            found[-1][1].append(line)
        whole = [(heading, "\n".join(part).strip()) for heading, part in found]
        long = [(heading, part) for heading, part in whole if len(part.split()) >= MIN_CHAPTER_WORDS]
        if len(long) > 1:
            return long
    return []
