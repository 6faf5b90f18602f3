"""Several charts and views in one cell, with a single line for those that have nothing to show."""

from dataclasses import dataclass

from IPython.display import display

from analysis.charts.base import Chart
from analysis.views.render import View, view

Part = Chart | View


@dataclass(frozen=True, eq=False, repr=False)
class Together:
    """The charts and views of a cell, one below the other; `together` makes it."""

    parts: tuple[Part, ...]

    def _ipython_display_(self) -> None:
        display(*self.parts)


def together(*parts: Part) -> Together:
    """Charts and views to show one below the other in one cell.

    Those that are no more than a sentence, such as a chart over time of a single day, share one line at the
    end; a repeated sentence is shown once.

    Args:
        parts: charts and views of a corpus.
    """
    sentences = dict.fromkeys(text_of(part) for part in parts if is_sentence(part))
    shown = tuple(part for part in parts if not is_sentence(part))
    return Together((*shown, view("views/note", sentence=" ".join(sentences))) if sentences else shown)


def is_sentence(part: Part) -> bool:
    """Whether it only says that there is nothing to show."""
    return part.is_empty if isinstance(part, Chart) else part.is_sentence


def text_of(part: Part) -> str:
    return part.alt if isinstance(part, Chart) else part.text
