"""Plain text, Markdown and rich text: one article, or an export of a press archive."""

import re
from collections.abc import Iterator

from analysis.ingest.archive_exports import find_export
from analysis.ingest.draft import (
    MAX_LIST_BYTES,
    Draft,
    Found,
    Source,
    first_line_title,
    read_limited,
    record_draft,
    record_fields,
)
from analysis.ingest.encoding import decode
from analysis.ingest.paragraphs import is_wrapped, unwrapped


def read_plain_text(source: Source) -> Iterator[Found]:
    """The articles of an archive export, or one article titled by its first line."""
    text = decode(read_limited(source.stream))
    export = find_export(text, source.name)
    if export:
        yield from export
    else:
        text = unwrapped(text) if is_wrapped(text) else text
        yield Draft(source.name, text, title=first_line_title(text))


def read_markdown(source: Source) -> Iterator[Found]:
    """One article without its mark-up; `key: value` lines between two `---` give its metadata."""
    text = decode(read_limited(source.stream)).replace("\r\n", "\n")
    given: dict[str, str] = {}
    front = re.match(r"---[ \t]*\n(.*?)\n---[ \t]*(?:\n|$)", text, flags=re.DOTALL)
    if front:
        text = text[front.end() :]
        pairs = (line.partition(":") for line in front[1].split("\n"))
        given = record_fields({key.strip(): value.strip().strip("\"'") for key, _, value in pairs})
    plain = markdown_text(text)
    given.setdefault("title", first_line_title(plain) or "")
    yield record_draft(source.name, {**given, "text": plain})


def markdown_text(markdown: str) -> str:
    """The words of a Markdown text, a blank line between blocks, links and emphasis reduced to their text."""
    from markdown_it import MarkdownIt

    blocks = []
    for token in MarkdownIt("commonmark").parse(markdown):
        if token.type == "inline":
            words = (
                "\n" if child.type == "hardbreak" else " " if child.type == "softbreak" else child.content
                for child in token.children
                if child.type not in ("html_inline", "image")
            )
            blocks.append("".join(words))
        elif token.type in ("fence", "code_block"):
            blocks.append(token.content.rstrip())
    return "\n\n".join(blocks)


def read_rtf(source: Source) -> Iterator[Found]:
    """The articles of a Factiva export, or one article."""
    from striprtf.striprtf import rtf_to_text

    raw = read_limited(source.stream, MAX_LIST_BYTES)
    if not raw.lstrip().startswith(b"{\\rtf"):
        raise ValueError("is not rich text, expected a file that begins with {\\rtf")
    text = rtf_to_text(raw.decode("cp1252", errors="replace"), errors="replace")
    export = find_export(text, source.name)
    if export:
        yield from export
        return
    text = "\n\n".join(line.strip() for line in text.split("\n") if line.strip())
    yield Draft(source.name, text, first_line_title(text))
