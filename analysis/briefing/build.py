"""One briefing: the front page, a page per notebook, the articles cited and the numbers, in a folder.

The articles are analysed once here for the front page and `briefing.json`; then the notebooks run, which
read the store. Where a notebook records its numbers, both must be the same. With `front_only` no
notebook runs, and there are no pages of notebooks. No earlier file changes before all of it is done.

`briefing.json`: `schema`, `articles`, `events` and `indicators` as in `analysis.briefing.snapshots`; `title`
and `bottom_line` (a list of sentences) as on the front page;
`as_of` (day of the newest article or ""), `period` (`from` and `to`, ISO 8601 days, both included, "" if no
article has a date; `is_everything`, true where no article is background), `scope` (`since`, `until`, `pair`
and `country`, "" if not asked for), `judgments` in the order of the page, each with `rule`, `subject`,
`pairs` (that it is on, as "CHN-USA"), `statement`, `confidence`, `likelihood` (always "") and `event_ids`;
`incidents` of the period, the most important first and at most `leads.MOST_KEPT`, as in
`analysis.findings.incident_records`; and `corrections`, the rows of `seeds/corrections.csv` that are about
these articles, with `problem` where one no longer applies. Each id is that of a row of `events` or
`articles`. Earlier versions wrote no `period`, `until`, `country`, `pairs` or `incidents`.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
from markupsafe import Markup
from nbformat import NotebookNode
from pandas import DataFrame

from analysis.briefing.comparison import Comparison, compare
from analysis.briefing.comparison_views import comparison_view
from analysis.briefing.freshness import check_fresh, check_same_numbers
from analysis.briefing.front_page import (
    days_line,
    front_page,
    future_dates_sentence,
    last_day,
    made_line,
    title_of,
)
from analysis.briefing.front_page_data import FrontPageData, nothing_found
from analysis.briefing.manifest import input_hashes, manifest, origin_of
from analysis.briefing.notebook_pages import FRONT_PAGE, notebook_html, notebook_title
from analysis.briefing.notebook_runner import parameters_for, reproducible, run_notebooks
from analysis.briefing.past_briefings import MANIFEST, place_of
from analysis.briefing.pdf import write_pdfs
from analysis.briefing.publishing import publish, restore_set_aside
from analysis.briefing.records import NUMBERS, load_record
from analysis.briefing.tables_file import TABLES_FILE, TABLES_TITLE, write_tables_file
from analysis.country_names import country_name
from analysis.evaluation.report import Results, load_results
from analysis.findings.leads import countries_in_the_news
from analysis.ingest.corrections_file import CORRECTIONS_FILE, load_corrections
from analysis.ingest.encoding import decode
from analysis.ingest.scratch import scratch_folder
from analysis.notebook_parameters import show_parameters
from analysis.phrasing import counted
from analysis.pipeline.analyse import Tables, analyse
from analysis.pipeline.filters import Scope, narrowed, only_country
from analysis.pipeline.former_names import name_countries_of
from analysis.pipeline.incremental import Reader
from analysis.pipeline.reporting_period import ALL, AUTO, ReportingPeriod, reporting_period
from analysis.pipeline.unread import with_unread
from analysis.pipeline.usable_store import usable_store
from analysis.schemas import LAPSED
from analysis.search.index_place import store_folder
from analysis.tables.rows import rows_of
from analysis.views.citations import ARTICLES, articles_page, cited_articles
from analysis.views.pages import framed, markdown, page_html

NOTES = "notes.md"
COMPARISON = "compare.html"
STORE = ".faultline"  # beside the folder of notebooks
RESULTS = Path("benchmarks") / "results.json"  # beside the folder of notebooks


@dataclass(frozen=True)
class Request:
    """What to run, on which articles, and where to write."""

    notebooks: Sequence[Path]
    seeds: Path
    out: Path
    scope: Scope
    show_code: bool = False
    browser: str = ""  # prints a PDF of each page; "": no PDF
    store: str = ""  # folder or address of the store; "": beside the folder of notebooks
    reader: Reader | None = None  # reads what the store lacks; None: this machine
    period: str = AUTO  # that is reported on, as `reporting_period` takes it
    front_only: bool = False  # the front page without the pages of notebooks, which are not run

    @property
    def notebooks_to_run(self) -> Sequence[Path]:
        return () if self.front_only else self.notebooks


class Briefing(NamedTuple):
    """What a run has written, and what to tell the person who started it."""

    pages: list[Path]  # the front page first
    unreadable: tuple[str, ...]  # a sentence on each earlier briefing that cannot be read
    lapsed_corrections: tuple[str, ...]  # a sentence on each correction that no longer applies
    warnings: tuple[str, ...]  # sentences: an empty pair, country or period, an article dated ahead, notes
    unread: DataFrame  # `Rejected` table of articles that failed while they were read


def write_briefing(
    request: Request,
    articles: DataFrame,
    rejected: DataFrame,
    *,
    today: date | None = None,
    progress: Callable[[int, str], object] = lambda done, name: None,
) -> Briefing:
    """Analyse articles, run notebooks on them, and write one folder named after the day of the run.

    The briefing is compared with the last one of the same scope, as `past_briefings` finds it.

    Args:
        request: what to run and where.
        articles: `Articles` table of the folder of seeds, narrowed to the scope.
        rejected: `Rejected` table.
        today: the day of the run.
        progress: called with 0 and a name before a notebook, with 1 after; for the front page alone, with a
            number of articles whenever so many more are read.

    Returns:
        Paths of the pages, and what is wrong with earlier briefings, with corrections and with what was
        asked for.

    Raises:
        BriefingError: a notebook failed, a page cannot be exported, or a number is stale.
        ValueError: the period is none.
        OSError: the folder cannot be written, or the browser did not print.
    """
    day = today or date.today()
    name_countries_of(articles)
    period = reporting_period(request.period, articles["published_date"], today=day)
    refused = frozenset(rejected["path"])
    origin = origin_of(input_hashes(request.seeds, refused), request.period)
    restore_set_aside(request.out)
    names = [path.name for path in request.notebooks_to_run]
    place = place_of(request.out, day, request.scope, origin, names)
    notes, notes_warning = notes_html(request.out / NOTES)
    with usable_store(store_of(request)) as store:
        as_read = read_articles(request, articles, store, progress)
        tables = narrowed(as_read, request.scope)
        data = FrontPageData(
            tables=tables,
            rejected=with_unread(rejected, tables.unread),
            scope=request.scope,
            earlier=place.earlier,
            unreadable=place.unreadable,
            results=measured_results(request.notebooks),
            notes=notes,
            links=page_links(request.notebooks_to_run),
            made_on=day,
            period=period,
        )
        paths = [path.resolve() for path in request.notebooks_to_run]
        notebooks = run_notebooks(paths, parameters_of(request, data, store), progress=progress)
        with folder_in_errors(request.out):
            check_fresh(request.seeds, origin["inputs"], refused)
            check_same_numbers(paths, notebooks, data.deduplicated)
            pages = write_folder(place.target, data, request, notebooks, origin)
    warnings = (
        nothing_found(request.scope, tables),
        period.note,
        future_dates_sentence(tables.articles, day, period),
        notes_warning,
    )
    lapsed = lapsed_corrections(request.seeds, tables)
    return Briefing(pages, place.unreadable, lapsed, tuple(filter(None, warnings)), tables.unread)


@contextmanager
def folder_in_errors(folder: Path) -> Iterator[None]:
    """Name the folder in the error of a full disk, which names no file."""
    try:
        yield
    except OSError as error:
        if error.errno is None or error.filename:
            raise
        raise OSError(error.errno, error.strerror, str(folder)) from error


def lapsed_corrections(seeds: Path, tables: Tables) -> tuple[str, ...]:
    """What is wrong with each correction that no longer applies, with its line."""
    rows = tables.corrections[tables.corrections["standing"] == LAPSED]
    return tuple(f"{seeds / CORRECTIONS_FILE}:{row.line}: {row.problem}" for row in rows_of(rows))


def read_articles(
    request: Request,
    articles: DataFrame,
    store: Path | str,
    progress: Callable[[int, str], object],
) -> Tables:
    """Every table of the articles, with the analyst's corrections."""
    read = reading_progress(request, len(articles), progress)
    corrections = load_corrections(request.seeds)
    return analyse(articles, corrections=corrections, store=store, reader=request.reader, progress=read)


def parameters_of(request: Request, data: FrontPageData, store: Path | str) -> dict[str, str | Path]:
    """The parameters that notebooks are given."""
    previous = (request.out / data.earlier.folder / NUMBERS).resolve() if data.earlier else ""
    return {
        "seeds": request.seeds.resolve(),
        "previous": previous,
        "reporting_period": asked_period(data.period),
        **asdict(request.scope),
        "store": store,
    }


def store_of(request: Request) -> Path | str:
    """The store that was asked for, or the one beside the folder of notebooks, from which kernels run."""
    if not request.store:
        return beside_notebooks(request.notebooks, STORE)
    folder = store_folder(request.store)
    return folder.resolve() if folder else request.store


def reading_progress(
    request: Request, count: int, progress: Callable[[int, str], object]
) -> Callable[[int], object]:
    """What is called with a number of articles whenever so many more are read.

    The steps of a run are its notebooks if it has any, and articles if not.
    """
    if request.front_only:
        return lambda done: progress(done, "Reading")
    read = 0

    def count_read(done: int) -> None:
        nonlocal read
        read += done
        progress(0, f"Reading, {read:,} of {counted(count, 'article')}")

    return count_read


def beside_notebooks(notebooks: Sequence[Path], name: str | Path) -> Path:
    """The path of a file or folder that lies beside the folder of notebooks."""
    return notebooks[0].resolve().parent.parent / name


def measured_results(notebooks: Sequence[Path]) -> Results | None:
    """The measured rates, where they lie beside the folder of notebooks."""
    path = beside_notebooks(notebooks, RESULTS)
    return load_results(path) if path.is_file() else None


def notes_html(path: Path) -> tuple[Markup, str]:
    """The analyst's own text, cleaned, empty where there is none; and why it cannot be read, or ""."""
    if not path.exists():
        return Markup(""), ""
    try:
        return markdown(decode(path.read_bytes()), top=3), ""
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        return Markup(""), f"{path} cannot be read ({reason}), expected Markdown in UTF-8: left out"


def page_links(paths: Sequence[Path]) -> list[tuple[str, str]]:
    """File name and title of each page behind the front page, and of the tables."""
    titles = [notebook_title(nbformat.read(path, as_version=4), path.stem) for path in paths]
    pages = [(f"{path.stem}.html", title) for path, title in zip(paths, titles, strict=True)]
    cited = (ARTICLES, "The articles cited, with what was found in them")
    return [*pages, cited, (TABLES_FILE, TABLES_TITLE)]


def write_folder(
    target: Path,
    data: FrontPageData,
    request: Request,
    notebooks: Sequence[NotebookNode],
    origin: dict[str, Any],
) -> list[Path]:
    """Write the folder of a briefing beside its place, and put it there once it is complete.

    Returns:
        Paths of the pages, the front page first.

    Raises:
        BriefingError: a page cannot be exported.
    """
    with scratch_folder(request.out, ".briefing-") as scratch:
        new = scratch / "new"
        new.mkdir()
        pages = write_pages(new, data, request)
        write_tables_file(new, data)
        pages += write_notebook_pages(new, data, request, notebooks)
        if request.browser:
            write_pdfs([new / name for name in pages], request.browser)
        write_records(new, data, request, origin)
        publish(new, target)
    return [target / name for name in pages]


def write_pages(folder: Path, data: FrontPageData, request: Request) -> list[str]:
    """Write every page that is not a notebook's; returns the names, the front page first."""
    made = made_line(data.made_on)
    countries = {} if request.front_only else country_pages(data)
    links = [(name, country_name(one.scope.country)) for name, one in countries.items()]
    front = page_html(title_of(data), [front_page(data, links)], name=FRONT_PAGE, made=made)
    own = {
        name: page_html(title_of(one), [front_page(one)], name=name, made=made, back_to=FRONT_PAGE)
        for name, one in countries.items()
    }
    cited = articles_page(cited_articles("".join((front, *own.values()))), data.tables)
    pages = {
        FRONT_PAGE: front,
        **own,
        ARTICLES: page_html("The articles cited", [cited], name=ARTICLES, made=made, back_to=FRONT_PAGE),
    }
    for name, html in pages.items():
        (folder / name).write_text(html, encoding="utf-8")
    return list(pages)


def write_notebook_pages(
    folder: Path, data: FrontPageData, request: Request, notebooks: Sequence[NotebookNode]
) -> list[str]:
    """Write each notebook as it ran, and its page; returns the names of the pages."""
    made, days, names = made_line(data.made_on), days_line(data), []
    shown = parameters_of(request, data, store_of(request))  # not that the store could not be written
    for path, notebook in zip(request.notebooks_to_run, notebooks, strict=True):
        show_parameters(notebook, parameters_for(path.resolve(), shown))
        html = notebook_html(notebook, path.stem, made=made, days=days, show_code=request.show_code)
        nbformat.write(reproducible(notebook), folder / path.name)
        names.append(f"{path.stem}.html")
        (folder / names[-1]).write_text(html, encoding="utf-8")
    return names


def country_pages(data: FrontPageData) -> dict[str, FrontPageData]:
    """What the page of each country that is most in the news is made of, by file name.

    None where the briefing is on one pair or country already.
    """
    if data.scope.subject:
        return {}
    return {
        f"country-{code}.html": replace(
            data,
            tables=only_country(data.deduplicated, code),
            whole=data,
            scope=replace(data.scope, country=code),
            earlier=None,
            notes=Markup(""),
            links=[(FRONT_PAGE, "The briefing"), *data.links],
            unreadable=(),
        )
        for code in countries_in_the_news(data.inputs)
    }


def write_records(folder: Path, data: FrontPageData, request: Request, origin: dict[str, Any]) -> None:
    """The numbers for the next briefing, and what this one was made from."""
    scope = asdict(data.scope)
    newest = last_day(data.tables.articles)
    numbers = {
        **data.record.snapshot.record(),
        "title": title_of(data),
        "bottom_line": list(data.bottom_line),
        "as_of": f"{newest:%Y-%m-%d}" if newest else "",
        "period": period_record(data.period),
        "scope": scope,
        "judgments": data.record.judgments,
        "incidents": data.record.incidents,
        "corrections": data.record.corrections,
    }
    write_json(folder / NUMBERS, numbers)
    previous = data.earlier.folder if data.earlier else None
    asked = {"show_code": request.show_code, "front_only": request.front_only}
    settings = {**scope, **asked, "previous": previous}
    made_at = datetime.now(UTC).isoformat(timespec="seconds")
    write_json(folder / MANIFEST, manifest(origin, request.notebooks_to_run, folder, settings, made_at))


def asked_period(period: ReportingPeriod) -> str:
    """A period as a notebook is asked for it."""
    return ALL if period.is_everything else f"{period.first}..{period.last}"


def period_record(period: ReportingPeriod) -> dict[str, str | bool]:
    """A period as `briefing.json` has it."""
    first, last = (day.isoformat() if day else "" for day in (period.first, period.last))
    return {"from": first, "to": last, "is_everything": period.is_everything}


def write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")


def write_comparison(old: Path, new: Path) -> tuple[Comparison, Path]:
    """Compare two briefings, and write the page that says what moved into the folder of the second.

    Args:
        old: folder or `briefing.json` of the earlier.
        new: that of the later.
    """
    comparison = compare(load_record(new), load_record(old))
    path = (new if new.is_dir() else new.parent) / COMPARISON
    title = f"What changed from {comparison.before.folder} to {comparison.now.folder}"
    blocks = [framed(comparison_view(comparison).html)]
    path.write_text(page_html(title, blocks, name=COMPARISON, made=made_line(date.today())), encoding="utf-8")
    return comparison, path
