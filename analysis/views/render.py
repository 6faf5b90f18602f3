"""Templates become pieces of HTML, every text of an article escaped.

A piece serves the notebook and the exported briefing alike: no script, no style of its own, `details` for
what opens on demand.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from analysis.country_names import subject_name
from analysis.indicators.codebook import indicator_name
from analysis.indicators.definitions import DECLARED
from analysis.ingest.corrections_file import BY_ANALYST, CORRECTION_MARK
from analysis.phrasing import counted, plain_number
from analysis.views.tags import tag_names, texts

TEMPLATES = FileSystemLoader(Path(__file__).parents[1] / "templates")
ENVIRONMENT = Environment(
    loader=TEMPLATES, undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True
)


BOUNDS = ("value", "low", "high")


def number(value: float) -> str:
    """A number with the decimals it needs, or "unknown": missing is not zero."""
    return "unknown" if pd.isna(value) else plain_number(value)


def interval(row: dict) -> str:
    """ "0.019 to 0.024", with as many decimals as its width needs; "none" where it is not known."""
    low, high = row["low"], row["high"]
    if pd.isna(low) or pd.isna(high):
        return "none"
    return f"{plain_number(low, low, high)} to {plain_number(high, low, high)}"


def indicator_value(row: dict) -> str:
    """The value of a row of `Indicators`, with its name where the values are steps: "3 (sanction)"."""
    indicator = DECLARED.get(row["indicator"])
    if indicator is None or indicator.value_names is None or pd.isna(row["value"]):
        return number(row["value"]) if pd.isna(row["value"]) else plain_number(*(row[b] for b in BOUNDS))
    return f"{row['value']:.0f} ({indicator.value_names[int(row['value'])]})"


ENVIRONMENT.globals |= {"corrected": CORRECTION_MARK, "by_analyst": BY_ANALYST, "counted": counted}


ENVIRONMENT.filters |= {
    "number": number,
    "interval": interval,
    "indicator_value": indicator_value,
    "indicator_name": indicator_name,
    "subject_name": subject_name,
}


# Jupyter aligns all table cells to the right; an exported page has its own style.
LEFT = "<style>.jp-RenderedHTMLCommon .mathjax_ignore :is(td, th) { text-align: left; }</style>\n"


@dataclass(frozen=True)
class View:
    """A piece of HTML for a notebook, and its text for where there is no browser."""

    html: str

    @property
    def text(self) -> str:
        return " ".join(" ".join(text.split()) for text in texts(self.html))

    @property
    def is_sentence(self) -> bool:
        """Whether it is one paragraph, which says that there is nothing to list."""
        return tag_names(self.html) == ["p"]

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        framed = f'{LEFT}<div class="tex2jax_ignore mathjax_ignore">\n{self.html}\n</div>'  # $2 is no formula
        return {"text/html": framed, "text/plain": self.text}


def view(template: str, **values: object) -> View:
    return View(ENVIRONMENT.get_template(f"{template}.html.j2").render(**values))


def answer_view(sentences: Sequence[str], caveat: str) -> View:
    """The answer to a notebook's question, and its main caveat."""
    return view("views/answer", sentences=sentences, caveat=caveat)
