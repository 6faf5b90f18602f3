"""Templates become pieces of HTML, every text of an article escaped.

A piece serves the notebook and the exported briefing alike: no script, no style of its own, `details` for
what opens on demand.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Final

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from analysis.country_names import subject_name
from analysis.ingest.corrections_file import BY_ANALYST, CORRECTION_MARK
from analysis.phrasing import counted, percent, plain_number

TEMPLATES = FileSystemLoader(Path(__file__).parents[1] / "templates")
ENVIRONMENT = Environment(
    loader=TEMPLATES, undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True
)


def number(value: float) -> str:
    """A number with the decimals it needs, or "unknown": missing is not zero."""
    return "unknown" if pd.isna(value) else plain_number(value)


ENVIRONMENT.globals |= {"corrected": CORRECTION_MARK, "by_analyst": BY_ANALYST, "counted": counted}


ENVIRONMENT.filters |= {
    "number": number,
    "percent": percent,
    "subject_name": subject_name,
    "statement_id": lambda quote_id: f"said-{quote_id.replace(':', '-')}",
}


# Jupyter aligns all table cells to the right and breaks dates; an exported page has its own style.
LEFT = (
    "<style>.jp-RenderedHTMLCommon .mathjax_ignore :is(td, th) { text-align: left; } "
    ".date { white-space: nowrap; }</style>\n"
)


@dataclass(frozen=True)
class View:
    """A piece of HTML for a notebook, and its text for where there is no browser."""

    html: str

    @property
    def text(self) -> str:
        return " ".join(" ".join(text.split()) for text in texts(self.html))

    @property
    def is_sentence(self) -> bool:
        """Yes if it is one paragraph, which says that there is nothing to list."""
        return re.findall(r"<(\w+)", self.html) == ["p"]

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        framed = f'{LEFT}<div class="tex2jax_ignore mathjax_ignore">\n{self.html}\n</div>'  # $2 is no formula
        return {"text/html": framed, "text/plain": self.text}


def view(template: str, **values: object) -> View:
    return View(ENVIRONMENT.get_template(f"{template}.html.j2").render(**values))


def answer_view(sentences: Sequence[str], caveat: str) -> View:
    """The answer to a notebook's question, and its main caveat."""
    return view("views/answer", sentences=sentences, caveat=caveat)


TAG: Final = re.compile(r"<[^<>]*>")
STYLE: Final = re.compile(r"<style\b[^<>]*>[^<]*</style>")  # its text is not shown


def element(names: str) -> re.Pattern[str]:
    """Finds an element that contains none of its own name: its name, attributes as written, and content."""
    return re.compile(rf"<({names})\b([^<>]*)>(.*?)</\1>", re.DOTALL)


def texts(html: str) -> list[str]:
    """The texts between tags, without the spaces around them; those of spaces alone are left out."""
    found = (unescape(text).strip() for text in TAG.split(STYLE.sub("", html)))
    return [text for text in found if text]


def words(html: str) -> str:
    """All that a reader sees of a piece of HTML, in one line."""
    return " ".join(texts(html))


def with_attribute(attributes: str, name: str, value: str) -> str:
    """Attributes as written in a tag, one of them set."""
    others = re.sub(rf'\s{re.escape(name)}(="[^"]*")?(?=\s|$)', "", attributes)
    return str(Markup('{} {}="{}"').format(Markup(others), name, value))
