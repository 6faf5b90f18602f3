"""The words of a piece of HTML."""

import re

BLOCKS = {
    "p",
    "div",
    "br",
    "li",
    "tr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "section",
    "article",
}
UNSEEN = {"script", "style", "noscript", "template", "head", "iframe", "svg"}


def html_text(markup: str) -> str:
    """The words of a piece of HTML, one block a line, table cells separated by tabs; scripts are left out."""
    from lxml import etree, html

    if not markup.strip():
        return ""
    try:
        root = html.document_fromstring(re.sub(r"<\?xml[^>]*\?>", "", markup), ensure_head_body=True)
    except etree.ParserError:  # nothing but comments or declarations
        return ""
    etree.strip_elements(root, *UNSEEN, etree.Comment, with_tail=False)
    parts: list[str] = []
    for action, element in etree.iterwalk(root, events=("start", "end")):
        if element.tag in BLOCKS:
            parts.append("\n")
        elif action == "end" and element.tag in ("td", "th"):
            parts.append("\t")
        words = element.text if action == "start" else element.tail
        parts.append(re.sub(r"\s+", " ", words or ""))
    lines = (line.strip(" ") for line in "".join(parts).split("\n"))
    return "\n".join(line.rstrip() for line in lines if line.strip())


def html_paragraphs(markup: str) -> str:
    """The same with a blank line between blocks; text without tags is returned as it is."""
    return html_text(markup).replace("\n", "\n\n") if "<" in markup or "&" in markup else markup
