"""Charts and views in the outputs of cells, which are drawn anew when corrections change their corpus."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from IPython.display import display
from pandas import DataFrame

from analysis.charts.base import Chart
from analysis.views.render import View, view

Part = Chart | View


class Live:
    """A chart or view as the corpus is now; every cell that shows it follows the corpus.

    Args:
        make: makes it of the corpus as it is.
    """

    def __init__(self, make: Callable[[], Part]) -> None:
        self.make, self.part, self.handles = make, make(), []

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self.part, name)

    def _repr_mimebundle_(self, **kwargs: object) -> object:
        return self.part._repr_mimebundle_(**kwargs)

    def _ipython_display_(self) -> None:
        self.handles.append(display(self.part, display_id=True))

    def renew(self) -> None:
        """Draw it anew where it is shown; where it cannot be made any more, a sentence says why."""
        if not self.handles:
            return
        try:
            self.part = self.make()
        except (OSError, ValueError) as error:
            self.part = view("views/note", sentence=str(error))
        for handle in self.handles:
            handle.update(self.part)


def live(method: Callable[..., Part]) -> Callable[..., Any]:
    """Let what a method returns follow the corpus; what is made of rows that are given cannot."""

    @wraps(method)
    def making(self: Any, *args: Any, **kwargs: Any) -> Any:
        if any(isinstance(one, DataFrame) for one in (*args, *kwargs.values())):
            return method(self, *args, **kwargs)
        key = (method.__qualname__, repr(args), repr(kwargs))
        found = self._corpus.live(key, lambda: method(self, *args, **kwargs))
        return None if found.part is None else found

    return making


def following(methods: type) -> type:
    """Make all methods of a class `live`."""
    for name, method in list(vars(methods).items()):
        if not name.startswith("_"):
            setattr(methods, name, live(method))
    return methods


class Together:
    """The charts and views of a cell, one below the other; `together` makes it."""

    def __init__(self, parts: tuple[Part | Live, ...]) -> None:
        self.parts = parts

    def _ipython_display_(self) -> None:
        display(*self.parts)


def together(*parts: Part | Live | None, title: str = "") -> Together:
    """Charts and views to show one below the other in one cell.

    Those that are no more than a sentence, such as a chart over time of a single day, share one line at the
    end; a repeated sentence is shown once.

    Args:
        parts: charts and views of a corpus; None, where nothing was asked for, is left out.
        title: a heading above them, if there are any; "" for none.
    """
    shown, said = [], []
    for part in parts:
        if part is None:
            continue
        now = part.part if isinstance(part, Live) else part
        if now.is_empty if isinstance(now, Chart) else now.is_sentence:
            said.append(now.alt if isinstance(now, Chart) else now.text)
        else:
            shown.append(part)
    if said:
        shown.append(view("views/note", sentence=" ".join(dict.fromkeys(said))))
    heading = [view("notebook/heading", title=title)] if shown and title else []
    return Together((*heading, *shown))
