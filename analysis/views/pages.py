"""Self-contained HTML pages: no script, no request, every text escaped or cleaned.

A page is refused, with its name, if something in it would load another file or a picture has no text
alternative.
"""

import re
from collections import Counter
from collections.abc import Sequence
from html.parser import HTMLParser
from itertools import count
from typing import Final
from urllib.parse import urlsplit

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

from analysis.views.render import ENVIRONMENT, element, with_attribute, words

ALLOWED_TAGS = nh3.ALLOWED_TAGS | {"section", "figure", "figcaption", "mark"}
PLACED = {"style", "title"}  # a mark of a picture made of words, at its place
ALLOWED_ATTRIBUTES = {
    **nh3.ALLOWED_ATTRIBUTES,
    "*": {"class", "scope"},
    "a": nh3.ALLOWED_ATTRIBUTES["a"] | PLACED,
    "span": PLACED,
    "li": {"id"},
    "details": {"open"},
}
PLACES = {"bottom", "left", "width"}  # the only styles that are kept
WORKSHOP: Final = re.compile(r'<span class="workshop">.*?</span>', re.DOTALL)  # for the notebook alone
LOADING = ("src", "href", "srcset", "data", "poster", "action", "background", "xlink:href")
LINKED = ("", "http", "https", "mailto")  # where a reader can choose to go
RUNNING = ("script", "iframe", "object", "embed")
PICTURES = ("img", "svg", "canvas", "video", "audio")
STYLE_LOADS: Final = re.compile(r"@import|url\((?!\s*['\"]?data:)", re.IGNORECASE)
SUSPECT = re.compile(
    rf"<\s*(script|iframe|object|embed|link|img|svg|canvas|video|audio)\b|\b({'|'.join(LOADING)})\s*=|@import|url\(",
    re.IGNORECASE,
)
HEADING, HEADER, HEAD_OR_BODY = element("h2"), element("th"), element("thead|tbody")
TABLE: Final = re.compile(r"<table\b[^<>]*>(?:\s*<caption\b[^<>]*>(.*?)</caption>)?", re.DOTALL)
LINK_WITHOUT_WORDS: Final = re.compile(r"<a\b[^<>]*>((?:\s|&nbsp;|<(?!/?a\b)[^<>]*>)*)</a>")
FRAME: Final = re.compile(r'<(?=[^<>]*\srole="region")(?=[^<>]*\saria-label=)[^<>]*>')
CONTENTS: Final = re.compile(r'class="contents">')  # where a page says so
FIRST_HEADING: Final = re.compile(r"(?=<h2\b)")
MIN_HEADINGS = 3  # a shorter page needs no table of contents


class BriefingError(ValueError):
    """A notebook failed, or its output cannot be exported; the message says which, where and why."""


def page_html(title: str, blocks: Sequence[Markup], *, name: str, made: str, back_to: str = "") -> str:
    """One self-contained page around blocks of safe HTML, with a table of contents.

    Args:
        title: of the window, and of the page where a block holds no h1.
        blocks: safe HTML, the first heading an h1.
        name: what an error calls the page.
        made: the line at its foot.
        back_to: file name of the page to go back to; "" for that page itself.

    Raises:
        BriefingError: the page would load another file, or a picture has no text alternative.
    """
    body = with_contents(str(Markup("\n").join(blocks)))
    template = ENVIRONMENT.get_template("page.html.j2")
    html = template.render(title=title, body=body, made=made, back_to=back_to)
    tags = StartTags(html)
    if tags.comments:  # browsers end one elsewhere than this parser (`<!-->`), and none is needed
        raise BriefingError(f"{name}: holds a comment {tags.comments[0][:80]!r}, expected none")
    check_tags(tags, name)
    return html


def with_contents(html: str) -> Markup:
    """Safe HTML with an anchor at each h2, a table of contents, and unique frame names."""
    items: list[Markup] = []

    def anchored(heading: re.Match[str]) -> str:
        name = re.sub(r"[^a-z0-9]+", "-", words(heading[3]).lower()).strip("-")
        anchor = f"{name[:50]}-{len(items) + 1}"
        items.append(Markup('<li><a href="#{}">{}</a></li>').format(anchor, words(heading[3])))
        return f"<h2{with_attribute(heading[2], 'id', anchor)}>{heading[3]}</h2>"

    body = HEADING.sub(anchored, html)
    if len(items) >= MIN_HEADINGS:
        place = CONTENTS.search(body) or FIRST_HEADING.search(body)
        listing = f'<nav aria-label="Contents"><ol>{"".join(items)}</ol></nav>'
        body = body[: place.end()] + listing + body[place.end() :]
    return Markup(with_numbered_frames(body))


def with_numbered_frames(html: str) -> str:
    """Number frames with the same name: two speakers can both be called "officials"."""
    met: Counter[str] = Counter()

    def numbered(frame: re.Match[str]) -> str:
        name = re.search(r'aria-label="([^"]*)"', frame[0])
        met[name[1]] += 1
        number = f" ({met[name[1]]})" if met[name[1]] > 1 else ""
        return f"{frame[0][: name.end(1)]}{number}{frame[0][name.end(1) :]}"

    return FRAME.sub(numbered, html)


class StartTags(HTMLParser):
    """The start tags and the styles in HTML of any origin, found without building a tree."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, list[tuple[str, str]]]] = []
        self.styles: list[str] = []
        self.comments: list[str] = []
        self.feed(str(html))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag and all its attributes, each as often as it is there."""
        self.found.append((tag, [(name, value or "") for name, value in attrs]))

    def handle_data(self, data: str) -> None:
        """Keep what is inside a style."""
        if self.cdata_elem == "style":
            self.styles.append(data)

    def handle_comment(self, data: str) -> None:
        """Keep a comment."""
        self.comments.append(data)


def check_tags(tags: StartTags, name: str) -> None:
    """Raise BriefingError if a tag or a style loads a file, runs something, or is a picture without words."""
    for tag, attributes in tags.found:
        if tag in RUNNING:
            raise BriefingError(f"{name}: holds a <{tag}>, expected only text, tables and pictures")
        alts = [value.strip() for attribute, value in attributes if attribute == "alt"]
        if tag == "img" and not (alts and alts[0]):  # a browser takes the first of several
            raise BriefingError(f"{name}: a picture has no alternative text, expected one for each picture")
        for attribute, value in attributes:
            found = f"<{tag} {attribute}={value[:80]!r}>"
            if attribute.startswith("on"):
                raise BriefingError(
                    f"{name}: {found} runs something, expected only text, tables and pictures"
                )
            is_loading = (
                attribute in LOADING
                and (
                    urlsplit(value.strip()).scheme.lower() not in LINKED
                    if tag == "a"  # a link to follow does not fetch anything
                    else not value.lstrip()[:5].lower().startswith("data:")
                )
            )
            is_style = attribute == "style" and STYLE_LOADS.search(value)
            if is_style or is_loading:
                raise BriefingError(f"{name}: {found} loads another file, expected it inside the page")
    if STYLE_LOADS.search("".join(tags.styles)):
        raise BriefingError(f"{name}: a style loads another file, expected it inside the page")


def check_source(html: str, where: str) -> None:
    """Raise BriefingError if HTML made by a notebook runs, loads or draws something.

    Cleaning would silently remove it, and the page would lack what the notebook shows.
    """
    if not SUSPECT.search(html):
        return
    tags = StartTags(html)
    if any(tag in PICTURES for tag, _ in tags.found):
        raise BriefingError(
            f"{where}: a picture is inside HTML, expected a chart of analysis.charts, which has words"
        )
    check_tags(tags, where)


def clean(html: str) -> Markup:
    """HTML without anything that runs or loads; each table gets a frame that can scroll sideways."""
    safe = nh3.clean(
        WORKSHOP.sub("", html),
        tags=ALLOWED_TAGS - {"img"},
        attributes=ALLOWED_ATTRIBUTES,
        filter_style_properties=PLACES,
        url_schemes={"http", "https", "mailto"},
        clean_content_tags={"script", "style"},
        link_rel="noopener noreferrer",
    )
    return framed(safe)


def framed(html: str) -> Markup:
    """Safe HTML with tables that scroll by themselves and headers that have a scope."""
    linked = LINK_WITHOUT_WORDS.sub(r"\1", html)  # nothing to click, and nothing for a screen reader to say
    numbers = count(1)

    def frame(table: re.Match[str]) -> str:
        number = next(numbers)
        name = f"Table {number}" if table[1] is None else words(table[1])
        opening = '<div aria-label="{}" class="scroll" role="region" tabindex="0">'
        return Markup(opening).format(name) + Markup(table[0])

    tables = TABLE.sub(frame, HEAD_OR_BODY.sub(with_scopes, linked))
    return Markup(tables.replace("</table>", "</table></div>"))


def with_scopes(part: re.Match[str]) -> str:
    """The head or the body of a table; a header without words is a cell."""
    scope = "col" if part[1] == "thead" else "row"

    def header(cell: re.Match[str]) -> str:
        if not words(cell[3]):
            return f"<td{cell[2]}>{cell[3]}</td>"
        scoped = cell[2] if " scope=" in cell[2] else with_attribute(cell[2], "scope", scope)
        return f"<th{scoped}>{cell[3]}</th>"

    return HEADER.sub(header, part[0])


def figure(encoded: str, alt: str) -> Markup:
    """A picture that becomes as narrow as the screen.

    Args:
        encoded: the PNG in base64.
        alt: its text alternative.
    """
    image = '<figure class="whole"><img src="data:image/png;base64,{}" alt="{}"></figure>'
    return Markup(image).format(encoded, alt)


def markdown(text: str, *, top: int = 1, where: str = "") -> Markup:
    """Markdown as clean HTML; HTML in it is shown as text, and headings begin at level `top`.

    Args:
        text: written by a person.
        top: level of the first heading.
        where: what an error calls the text if it would load something; "" removes that instead.

    Raises:
        BriefingError: `where` is given and the text would load another file.
    """
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    if where:
        check_source(html, where)
    shifted = re.sub(r"(</?h)([1-6])", lambda tag: f"{tag[1]}{min(int(tag[2]) + top - 1, 6)}", html)
    return clean(shifted)
