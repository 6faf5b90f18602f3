"""The words of a piece of HTML, and of a record whose text has the mark-up of a wiki or of a web page."""

import re
from html import unescape
from string import ascii_lowercase, ascii_uppercase
from typing import Final

BLOCKS: Final = (
    *("article", "blockquote", "br", "div", "h1", "h2", "h3", "h4", "h5", "h6"),
    *("li", "p", "section", "tr"),
)
NOT_SEEN: Final = ("script", "style", "noscript", "template", "head", "iframe", "svg")
INLINE: Final = (
    "a|abbr|b|big|center|cite|code|del|em|figcaption|figure|font|hr|i|img|ins|mark|nowiki|ol|q|s|small|span"
    "|strike|strong|sub|sup|table|tbody|td|th|thead|time|u|ul"
)
ATTRIBUTE: Final = r"""\s+[\w:-]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>=]+)"""
UNSEEN: Final = re.compile(rf"<!--|<(ref|script|style)(?:{ATTRIBUTE})*\s*(/?)>", re.IGNORECASE)
"""Where something begins that a reader of the page does not see as part of its text."""
BLOCK_TAG: Final = re.compile(rf"</?(?:{'|'.join(BLOCKS)})(?:{ATTRIBUTE})*\s*/?>", re.IGNORECASE)
INLINE_TAG: Final = re.compile(rf"</?(?:{INLINE})(?:{ATTRIBUTE})*\s*/?>", re.IGNORECASE)
WIKI_LINK: Final = re.compile(r"\[\[([^\[\]\n]{1,500})\]\]")
NO_WORDS: Final = re.compile(r"\s*:?(?:file|image|media|category)\s*:", re.IGNORECASE)
OUTER_LINK: Final = re.compile(r"\[https?://[^\s\[\]]+ ([^\[\]\n]+)\]")
WIKI_BOLD: Final = re.compile(r"('''(?:'')?)(?!')([^\n]+?)\1(?!')")
WIKI_HEADING: Final = re.compile(r"^(={2,6}) *([^=\n]+?) *\1$", re.MULTILINE)
LOWER: Final = str.maketrans(ascii_uppercase, ascii_lowercase)  # leaves every character in its place
MOST_NESTED: Final = 3  # links in the caption of a picture


def without_markup(text: str) -> str:
    """A text without tags and wiki mark-up; what may be anything else, such as `a < b`, stays as it is.

    Two apostrophes are no mark-up: people type them for quotation marks.
    """
    if "<" in text:
        text = without_tags(text)
    if "[" in text:
        for _ in range(MOST_NESTED):
            text = WIKI_LINK.sub(link_words, text)
        text = OUTER_LINK.sub(r"\1", text)
    text = WIKI_BOLD.sub(r"\2", text) if "'''" in text else text
    return WIKI_HEADING.sub(r"\2", text) if "==" in text else text


def without_tags(text: str) -> str:
    """A text without tags, a blank line for those that begin or end a paragraph."""
    plain = INLINE_TAG.sub("", BLOCK_TAG.sub("\n\n", without_unseen(text)))
    return text if plain == text else unescape(plain)


def without_unseen(text: str) -> str:
    """A text without comments, notes and scripts; one that does not end stays, as it may be none."""
    lower, parts, place, endless = text.translate(LOWER), [], 0, set()
    for opening in UNSEEN.finditer(text):
        end = f"</{opening[1].lower()}>" if opening[1] else "-->"
        if opening.start() < place or end in endless:
            continue
        close = opening.end() if opening[2] else lower.find(end, opening.end())
        if close < 0:
            endless.add(end)  # looked for once, however many begin
            continue
        parts.append(text[place : opening.start()])
        place = close if opening[2] else close + len(end)
    return "".join([*parts, text[place:]])


def link_words(link: re.Match) -> str:
    """What a reader sees of a link: the words after its last bar; nothing of a picture or a category."""
    return "" if NO_WORDS.match(link[1]) else link[1].rpartition("|")[2]


def html_text(markup: str) -> str:
    """The words of a piece of HTML, one block a line, table cells separated by tabs; scripts are left out."""
    from lxml import etree, html

    if not markup.strip():
        return ""
    try:
        root = html.document_fromstring(re.sub(r"<\?xml[^>]*\?>", "", markup), ensure_head_body=True)
    except etree.ParserError:  # nothing but comments or declarations
        return ""
    etree.strip_elements(root, *NOT_SEEN, etree.Comment, with_tail=False)
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
