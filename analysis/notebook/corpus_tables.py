"""Articles and every table read from them, computed when they are first asked for."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property, wraps
from pathlib import Path
from typing import Any, NamedTuple

from IPython.display import display
from pandas import DataFrame

from analysis.charts.base import Chart
from analysis.findings.page import Page, front_page_of
from analysis.findings.period_inputs import PeriodInputs
from analysis.indicators.spikes import pair_spikes
from analysis.phrasing import error_in_words
from analysis.pipeline.analyse import Tables, analyse, with_unread
from analysis.pipeline.filters import Scope, deduplicate, narrowed
from analysis.pipeline.reporting_period import AUTO, ReportingPeriod
from analysis.readable.frame import ReadableFrame, readable_frame
from analysis.readable.tables import readable_events, readable_incidents, readable_statements
from analysis.search.corpus_index import CorpusIndex
from analysis.views.render import View, view


class CorpusError(ValueError):
    """What was asked for cannot be done; the message says why, and how to ask for it."""

    def _render_traceback_(self) -> list[str]:
        """All that Jupyter shows of it; a notebook run from the command line fails as with any error."""
        return [f"{type(self).__name__}: {self}"]


@contextmanager
def plain_errors() -> Iterator[None]:
    """Errors that a person's input can cause become a `CorpusError`; any other exception is a bug.

    Raises:
        CorpusError: an `OSError` or a `ValueError` was raised.
    """
    try:
        yield
    except (OSError, ValueError) as error:
        raise CorpusError(error_in_words(error)) from None


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


@dataclass(frozen=True, eq=False, repr=False)
class CorpusTables:
    """Articles of a scope, rejected files and every table; `analysis.schemas` declares the columns."""

    seeds: Path
    scope: Scope
    reporting_period: ReportingPeriod
    store: str  # folder or address; "" keeps nothing
    found_articles: DataFrame  # `Articles` of the days of the scope, before they are read
    found_rejected: DataFrame  # `Rejected`, of the whole folder
    asked_period: str = AUTO  # as `open_corpus` was given it
    stamp: tuple[int, int] = (0, 0)  # `corrections_stamp` before the articles were loaded
    followers: list[Callable[[], None]] = field(default_factory=list)
    shown: dict[tuple[str, ...], Any] = field(default_factory=dict)  # what follows, by how it is made

    def follow(self, renew: Callable[[], None]) -> None:
        """Call something whenever corrections have changed the tables."""
        self.followers.append(renew)

    def live(self, key: tuple[str, ...], make: Callable[[], Part]) -> Live:
        """A chart or view that follows the corpus; the same one wherever it is made in the same way."""
        if key in self.shown:
            self.shown[key].part = make()
        else:
            self.shown[key] = Live(make)
            self.follow(self.shown[key].renew)
        return self.shown[key]

    @cached_property
    def as_read(self) -> Tables:
        """Every table before narrowing: all pairs, and the rows that headlines and reprints repeat."""
        return analyse(self.found_articles, seeds=self.seeds, store=self.store or None)

    @property
    def articles(self) -> DataFrame:
        """One row per article that was read: `Articles` table."""
        return self.as_read.articles

    @property
    def rejected(self) -> DataFrame:
        """One row per file, record or article that could not be read: `Rejected` table."""
        return with_unread(self.found_rejected, self.as_read.unread)

    @cached_property
    def tables(self) -> Tables:
        """Every table as notebooks show it: the pair or country that was asked for, without repeated rows."""
        return deduplicate(narrowed(self.as_read, self.scope))

    @cached_property
    def search_index(self) -> CorpusIndex:
        """The index of all articles of these days, made when it is first needed."""
        return CorpusIndex(lambda: self.as_read)

    @cached_property
    def statements(self) -> ReadableFrame:
        """One row per statement, shown in plain words with its sentence; code also has `Quotes` columns."""
        return readable_frame(readable_statements(self.tables), self.tables.quotes)

    @cached_property
    def events(self) -> ReadableFrame:
        """One row per coded event, shown in plain words with its sentence; code also has `Events` columns."""
        return readable_frame(readable_events(self.tables), self.tables.events)

    @cached_property
    def period_inputs(self) -> PeriodInputs:
        """The incidents of the reporting period and those before it, with what is usual for each pair."""
        return PeriodInputs(self.tables, self.reporting_period)

    @cached_property
    def front_page(self) -> Page:
        """What the front page tells of the reporting period."""
        return front_page_of(self.period_inputs)

    @cached_property
    def incidents(self) -> ReadableFrame:
        """One row per incident, shown in plain words with its sentence; code also has `Incidents` columns."""
        inputs = self.period_inputs
        return readable_frame(readable_incidents(inputs), inputs.incidents)

    @cached_property
    def spikes(self) -> DataFrame:
        """The spikes of pairs that reach into the reporting period, the strongest first: `Spikes` table."""
        found, days = pair_spikes(self.articles, self.tables.events), self.reporting_period
        if days.is_everything or days.first is None or days.last is None:
            return found
        is_then = (found["start_date"] <= str(days.last)) & (found["end_date"] >= str(days.first))
        return found[is_then].reset_index(drop=True)


def live(method: Callable[..., Part]) -> Callable[..., Any]:
    """Let what a method returns follow the corpus; what is made of rows that are given cannot.

    Where a name is "", nothing was asked for, and nothing is shown.
    """

    @wraps(method)
    def making(self: Any, *args: Any, **kwargs: Any) -> Any:
        given = (*args, *kwargs.values())
        if any(isinstance(one, str) and not one.strip() for one in given):
            return None
        if any(isinstance(one, DataFrame) for one in given):
            return method(self, *args, **kwargs)
        key = (method.__qualname__, repr(args), repr(kwargs))
        found = self._corpus.live(key, lambda: method(self, *args, **kwargs))
        return None if found.part is None else found

    return making


class Following:
    """Charts or views of a corpus: what its methods return follows the corpus."""

    def __init__(self, corpus: CorpusTables) -> None:
        self._corpus = corpus

    def __init_subclass__(cls) -> None:
        for name, method in list(vars(cls).items()):
            if not name.startswith("_"):
                setattr(cls, name, live(method))


class Together(NamedTuple):
    """The charts and views of a cell, one below the other; `together` makes it."""

    parts: tuple[Part | Live, ...]

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
