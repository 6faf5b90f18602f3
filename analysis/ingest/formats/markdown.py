"""Markdown, with or without front matter."""

import re
from collections.abc import Iterator

from analysis.ingest.draft import Found, first_line_title, read_limited, record_draft, record_fields
from analysis.ingest.encoding import decode
from analysis.ingest.file_format import FileFormat, Source


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


FORMATS = (FileFormat("Markdown", (".md",), read_markdown, media_types=("text/markdown",)),)
