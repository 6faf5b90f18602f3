"""Self-contained HTML pages: no script, no request, every text escaped or cleaned.

A page is refused, with its name, if something in it would load another file or a picture has no text
alternative.
"""

import re
from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlparse

import nh3
from bs4 import BeautifulSoup, Tag
from markdown_it import MarkdownIt
from markupsafe import Markup

from analysis.views.render import ENVIRONMENT

ALLOWED_TAGS = nh3.ALLOWED_TAGS | {"section", "figure", "figcaption", "mark"}
ALLOWED_ATTRIBUTES = {**nh3.ALLOWED_ATTRIBUTES, "*": {"class", "scope"}, "details": {"open"}}
LOADING = ("src", "href", "srcset", "data", "poster", "action", "background", "xlink:href")
LINKED = ("", "http", "https", "mailto")  # where a reader can choose to go
SUSPECT = re.compile(
    rf"<\s*(script|iframe|object|embed|link|img|svg|canvas|video|audio)\b|\b({'|'.join(LOADING)})\s*=|@import|url\(",
    re.IGNORECASE,
)
LEAST_HEADINGS = 3  # a shorter page needs no table of contents


class BriefingError(RuntimeError):
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
    check_page(html, name)
    return html


def with_contents(html: str) -> Markup:
    """Safe HTML with an anchor at each h2, a table of contents, and unique frame names."""
    soup = BeautifulSoup(html, "html.parser")
    headings = soup.find_all("h2")
    for number, heading in enumerate(headings, start=1):
        words = re.sub(r"[^a-z0-9]+", "-", heading.get_text(" ").lower()).strip("-")
        heading["id"] = f"{words[:50]}-{number}"
    if len(headings) >= LEAST_HEADINGS:
        item = Markup('<li><a href="#{}">{}</a></li>')
        items = [item.format(heading["id"], heading.get_text(" ", strip=True)) for heading in headings]
        listing = Markup('<nav aria-label="Contents"><ol>{}</ol></nav>').format(Markup("").join(items))
        place = soup.find(class_="contents")  # where a page says so, else before its first heading
        if place:
            place.append(BeautifulSoup(listing, "html.parser"))
        else:
            headings[0].insert_before(BeautifulSoup(listing, "html.parser"))
    number_frames(soup)
    return Markup(str(soup))


def number_frames(soup: BeautifulSoup) -> None:
    """Number frames with the same name: two speakers can both be called "officials"."""
    met: Counter[str] = Counter()
    for frame in soup.select("[role=region][aria-label]"):
        name = str(frame["aria-label"])
        met[name] += 1
        if met[name] > 1:
            frame["aria-label"] = f"{name} ({met[name]})"


def check_page(html: str, name: str) -> None:
    """Raise BriefingError if a page loads a file, runs something, or has a picture without words."""
    soup = BeautifulSoup(html, "html.parser")
    for element in soup.find_all(True):
        if element.name in ("script", "iframe", "object", "embed"):
            raise BriefingError(f"{name}: holds a <{element.name}>, expected only text, tables and pictures")
        if element.name == "img" and not str(element.get("alt", "")).strip():
            raise BriefingError(f"{name}: a picture has no alternative text, expected one for each picture")
        for attribute in LOADING:
            if loads(element, attribute):
                found = f"{attribute}={str(element[attribute])[:80]!r}"
                raise BriefingError(
                    f"{name}: <{element.name} {found}> loads another file, expected it inside the page"
                )
    for style in soup.find_all("style"):
        if re.search(r"@import|url\((?!\s*['\"]?data:)", style.get_text()):
            raise BriefingError(f"{name}: a style loads another file, expected it inside the page")


def loads(element: Tag, attribute: str) -> bool:
    """Whether an attribute makes a browser fetch something; a link to follow does not."""
    if attribute not in element.attrs:
        return False
    scheme = urlparse(str(element[attribute]).strip()).scheme.lower()
    return scheme not in LINKED if element.name == "a" else scheme != "data"


def check_source(html: str, where: str) -> None:
    """Raise BriefingError if HTML made by a notebook runs, loads or draws something.

    Cleaning would silently remove it, and the page would lack what the notebook shows.
    """
    if not SUSPECT.search(html):
        return
    if BeautifulSoup(html, "html.parser").find(("img", "svg", "canvas", "video", "audio")):
        raise BriefingError(
            f"{where}: a picture is inside HTML, expected a chart of analysis.charts, which has words"
        )
    check_page(html, where)


def clean(html: str) -> Markup:
    """HTML without anything that runs or loads; each table gets a frame that can scroll sideways."""
    safe = nh3.clean(
        html,
        tags=ALLOWED_TAGS - {"img"},
        attributes=ALLOWED_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        clean_content_tags={"script", "style"},
        link_rel="noopener noreferrer",
    )
    return framed(safe)


def framed(html: str) -> Markup:
    """Safe HTML with tables that scroll by themselves and headers that have a scope."""
    soup = BeautifulSoup(html, "html.parser")
    for link in soup.find_all("a"):
        if not link.get_text(strip=True):
            link.unwrap()  # there is nothing to click, and nothing for a screen reader to say
    for number, table in enumerate(soup.find_all("table"), start=1):
        name = table.caption.get_text(" ", strip=True) if table.caption else f"Table {number}"
        for part, scope in (("thead", "col"), ("tbody", "row")):
            for cell in table.select(f"{part} th"):
                if cell.get_text(strip=True):
                    cell.attrs.setdefault("scope", scope)
                else:
                    cell.name = "td"
        frame = {"class": "scroll", "role": "region", "tabindex": "0", "aria-label": name}
        table.wrap(soup.new_tag("div", attrs=frame))
    return Markup(str(soup))


def figure(encoded: str, alt: str, name: str) -> Markup:
    """A picture that scrolls by itself, because it keeps its width on a narrow screen.

    Args:
        encoded: the PNG in base64.
        alt: its text alternative.
        name: of its frame, shorter.
    """
    frame = '<div class="scroll" role="region" tabindex="0" aria-label="{}">{}</div>'
    image = Markup('<img src="data:image/png;base64,{}" alt="{}">').format(encoded, alt)
    return Markup(f"<figure>{frame}</figure>").format(name, image)


def whole_figure(encoded: str, alt: str) -> Markup:
    """A picture that becomes as narrow as the screen, because it is there to be seen as a whole.

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
