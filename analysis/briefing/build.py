"""One briefing: the front page, a page per notebook, the articles cited and the numbers, in a folder.

The articles are analysed once here for the front page and `briefing.json`; then the notebooks are run
(`notebooks`), which take what was read from the store. Where a notebook records its numbers, both must be
the same. With `front_only` no notebook runs. No earlier file changes before all of it is done.

`tables.xlsx` has the articles, statements, events, topics and indicators of the reporting period, the
incidents of the front page and what is announced; the pairs by week go back to the first article, so that a
trend can be drawn.

`briefing.json`: `schema`, `articles`, `events`, `indicators` and `speakers` as in
`analysis.briefing.numbers`; `title` and `bottom_line` (a list of paragraphs) as on the front page;
`as_of` (day of the newest article or ""), `period` (`from` and `to`, ISO 8601 days, both included, "" if no
article has a date; `is_everything`, true where no article is background), `scope` (`since`, `until`, `pair`
and `country`, "" if not asked for), `judgments` (the paragraphs on pairs) and `countries` (those on one) as
in `analysis.findings.page.judgment_records`, in the order of the page;
`incidents` of the period, the most important first and at most `page.MAX_KEPT`, as in
`analysis.findings.page.incident_records`; and `corrections`, the rows of `seeds/corrections.csv` that are
about these articles, with `problem` where one no longer applies. Each id is that of a row of `events` or
`articles`.
"""

import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
from markupsafe import Markup
from pandas import DataFrame

from analysis.briefing.folder import (
    folder_for,
    input_hashes,
    origin_of,
    publish,
    restore_set_aside,
    write_json,
    write_manifest,
)
from analysis.briefing.front_page import (
    FrontPageData,
    days_line,
    front_page,
    future_dates_sentence,
    made_line,
    nothing_found,
)
from analysis.briefing.notebooks import (
    FRONT_PAGE,
    Progress,
    check_same_numbers,
    notebook_title,
    run_notebooks,
    write_notebook_pages,
)
from analysis.briefing.numbers import numbers_of
from analysis.briefing.pdf import write_pdf
from analysis.country_names import country_name
from analysis.export.workbook import write_workbook
from analysis.findings.page import incident_records, judgment_records
from analysis.findings.period_inputs import PeriodInputs
from analysis.indicators.ranking import leading_countries
from analysis.ingest.corrections_file import CORRECTIONS_FILE
from analysis.ingest.texts import decode
from analysis.ingest.whole_files import scratch_folder, write_errors
from analysis.phrasing import counted
from analysis.pipeline.analyse import analyse, name_countries_of, with_unread
from analysis.pipeline.filters import Scope, narrowed, only_articles
from analysis.pipeline.reporting_period import ALL, AUTO, reporting_period
from analysis.pipeline.store import usable_store
from analysis.pipeline.workers import Pool
from analysis.readable.columns import TABLES
from analysis.readable.tables import (
    Readable,
    about_tables,
    newest_first,
    readable_incidents,
    readable_tables,
    readable_weeks,
)
from analysis.schemas import LAPSED
from analysis.tables.rows import rows_of
from analysis.views.articles import ARTICLES, articles_page, cited_articles
from analysis.views.pages import BriefingError, markdown, page_html

NUMBERS = "briefing.json"
TABLES_FILE = "tables.xlsx"
NOTES = "notes.md"


@dataclass(frozen=True)
class Request:
    """What to run, on which articles, and where to write."""

    notebooks: Sequence[Path]
    seeds: Path
    out: Path
    scope: Scope
    store: str  # folder or address of the store
    show_code: bool = False
    browser: str = ""  # prints a PDF of each page; "": no PDF
    pool: Pool | None = None  # reads what the store lacks; None: this machine
    period: str = AUTO  # that is reported on, as `reporting_period` takes it
    front_only: bool = False  # the front page without the pages of notebooks, which are not run

    @property
    def store_used(self) -> Path | str:
        """The address of the store, or the whole path of its folder."""
        return self.store if "://" in self.store else Path(self.store).resolve()


class Briefing(NamedTuple):
    """What a run has written, and what to tell the person who started it."""

    pages: list[Path]  # the front page first
    lapsed_corrections: tuple[str, ...]  # a sentence on each correction that no longer applies
    warnings: tuple[str, ...]  # sentences: an empty pair or country, an article dated ahead, notes
    rejected: DataFrame  # `Rejected` table, with the articles that failed while they were read
    inputs: PeriodInputs  # what the front page looks at


def write_briefing(
    request: Request,
    articles: DataFrame,
    rejected: DataFrame,
    *,
    today: date | None = None,
    progress: Progress = lambda done, name: None,
) -> Briefing:
    """Analyse articles, run notebooks on them, and write one folder named after the day of the run.

    Args:
        request: what to run and where.
        articles: `Articles` table of the folder of seeds, narrowed to the scope.
        rejected: `Rejected` table.
        today: the day of the run.
        progress: called with 0 and a name before a notebook, with 1 after; for the front page alone, with a
            number of articles whenever so many more are read.

    Returns:
        Paths of the pages, and what is wrong with corrections and with what was asked for.

    Raises:
        BriefingError: a notebook failed, a page cannot be exported, or a number is stale.
        ValueError: the period is none, or no article is in it.
        OSError: the folder cannot be written, or the browser did not print.
    """
    day = today or date.today()
    paths = [] if request.front_only else [path.resolve() for path in request.notebooks]
    name_countries_of(articles)
    period = reporting_period(request.period, articles["published_date"], today=day)
    refused = frozenset(rejected["path"])
    origin = origin_of(input_hashes(request.seeds, refused), request.period, asdict(request.scope))
    with write_errors(request.out):
        request.out.mkdir(parents=True, exist_ok=True)
    restore_set_aside(request.out)
    notes, notes_warning = notes_html(request.out / NOTES)
    with usable_store(request.store_used) as store, scratch_folder(request.out, ".briefing-") as scratch:
        as_read = analyse(
            articles,
            seeds=request.seeds,
            store=store,
            pool=request.pool,
            progress=reading_progress(request, len(articles), progress),
        )
        tables = narrowed(as_read, request.scope)
        titles = {
            f"{one.stem}.html": notebook_title(nbformat.read(one, as_version=4), one.stem) for one in paths
        }
        data = FrontPageData(
            tables=tables,
            rejected=with_unread(rejected, tables.unread),
            scope=request.scope,
            notes=notes,
            links=[
                *titles.items(),
                (ARTICLES, "The articles cited, with what was found in them"),
                (TABLES_FILE, "Every table behind this briefing, for Excel"),
            ],
            made_on=day,
            period=period,
        )
        parameters: dict[str, str | Path] = {
            "seeds": request.seeds.resolve(),
            "reporting_period": ALL if period.is_everything else f"{period.first}..{period.last}",
            **asdict(request.scope),
            "store": store,
        }
        new = scratch / "new"
        try:
            with ThreadPoolExecutor(1) as pool:
                pages = pool.submit(write_pages, new, data, request)  # while the notebooks run
                notebooks = run_notebooks(paths, parameters, progress)
            names = pages.result()
            check_same_numbers(paths, notebooks, data.deduplicated)
            if changed := sorted(
                dict(origin["inputs"].items() ^ input_hashes(request.seeds, refused).items())
            ):
                raise BriefingError(
                    f"{request.seeds / changed[0]} changed during the run, so its numbers are stale: "
                    "run again"
                )
            names += write_notebook_pages(
                *(new, paths, notebooks),
                parameters | {"store": request.store_used},  # not that the store could not be written
                made=made_line(day),
                days=days_line(data),
                show_code=request.show_code,
            )
            if request.browser:
                for name in names:
                    write_pdf(new / name, request.browser)
            write_json(new / NUMBERS, numbers(data))
            settings = {"show_code": request.show_code, "front_only": request.front_only}
            write_manifest(new, origin, paths, asdict(data.scope) | settings)
            names_run = [path.name for path in paths]
            target = publish(
                new, request.out, lambda: folder_for(request.out, day, request.scope, origin, names_run)
            )
        except OSError as error:
            if error.errno is None or error.filename:
                raise
            raise OSError(error.errno, error.strerror, str(request.out)) from error  # no file: a full disk
    lapsed = tables.corrections[tables.corrections["standing"] == LAPSED]
    warnings = (
        nothing_found(request.scope, tables),
        period.note,
        future_dates_sentence(tables.articles, day, period),
        notes_warning,
    )
    return Briefing(
        [target / name for name in names],
        tuple(f"{request.seeds / CORRECTIONS_FILE}:{row.line}: {row.problem}" for row in rows_of(lapsed)),
        tuple(filter(None, warnings)),
        data.rejected,
        data.inputs,
    )


def reading_progress(request: Request, count: int, progress: Progress) -> Callable[[int], object]:
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


def notes_html(path: Path) -> tuple[Markup, str]:
    """The analyst's own text, cleaned, empty where there is none; and why it cannot be read, or ""."""
    if not path.exists():
        return Markup(""), ""
    try:
        return markdown(decode(path.read_bytes()), top=3), ""
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        return Markup(""), f"{path} cannot be read ({reason}), expected Markdown in UTF-8: left out"


def write_pages(folder: Path, data: FrontPageData, request: Request) -> list[str]:
    """Write every page that is not a notebook's, and the tables, to a new folder.

    Returns:
        Names of the pages, the front page first.
    """
    folder.mkdir()
    made = made_line(data.made_on)
    countries = {} if request.front_only else country_pages(data)
    links = [(name, country_name(one.scope.country)) for name, one in countries.items()]
    pages = {FRONT_PAGE: page_html(data.title, [front_page(data, links)], name=FRONT_PAGE, made=made)}
    for name, one in countries.items():
        pages[name] = page_html(one.title, [front_page(one)], name=name, made=made, back_to=FRONT_PAGE)
    cited = articles_page(cited_articles("".join(pages.values())), data.tables)
    pages[ARTICLES] = page_html("The articles cited", [cited], name=ARTICLES, made=made, back_to=FRONT_PAGE)
    for name, html in pages.items():
        (folder / name).write_text(html, encoding="utf-8")
    write_tables(folder / TABLES_FILE, data)
    return list(pages)


def country_pages(data: FrontPageData) -> dict[str, FrontPageData]:
    """What the page of each country that is most in the news is made of, by file name.

    None where the briefing is on one pair or country already.
    """
    if data.scope.subject:
        return {}
    return {
        f"country-{code}.html": replace(
            data,
            tables=narrowed(data.deduplicated, Scope(country=code)),
            whole=data,
            scope=replace(data.scope, country=code),
            notes=Markup(""),
            links=[(FRONT_PAGE, "The briefing"), *data.links],
        )
        for code in leading_countries(data.inputs.current)
    }


def write_tables(path: Path, data: FrontPageData) -> None:
    """Write `tables.xlsx`; the same articles give the same bytes.

    Raises:
        OSError: it cannot be written.
    """
    articles, tables = data.inputs.articles, data.deduplicated
    if len(articles) < len(tables.articles):
        ids = set(articles["article_id"])
        rows = {
            name: only_articles(getattr(tables, name), ids)
            for name in ("articles", "sentences", "quotes", "stances", "events", "topics")
        }
        tables = replace(tables, events_with_copies=None, **rows)
    found = Readable(PeriodInputs(tables, data.period), data.rejected, data.scope)
    own = {
        "incidents": newest_first(readable_incidents(data.inputs, data.inputs.current)),
        "weeks": newest_first(readable_weeks(data.deduplicated)),
    }
    rest = readable_tables(found, [name for name in TABLES if name not in own])
    sheets = {name: own[name] if name in own else rest[name] for name in TABLES}
    write_workbook(sheets, path, about=about_tables(found, tables.articles))


def numbers(data: FrontPageData) -> dict[str, Any]:
    """The content of `briefing.json`."""
    period, days = data.period, data.tables.articles["published_date"].dropna()
    incidents = incident_records(data.inputs)
    return {
        **numbers_of(data.tables, incidents),
        "title": data.title,
        "bottom_line": list(data.bottom_line),
        "as_of": f"{days.max():%Y-%m-%d}" if len(days) else "",
        "period": {
            "from": str(period.first or ""),
            "to": str(period.last or ""),
            "is_everything": period.is_everything,
        },
        "scope": asdict(data.scope),
        **judgment_records(data.page),
        "incidents": incidents,
        "corrections": data.tables.corrections.to_dict("records"),
    }


def briefings_in(folder: Path) -> list[dict[str, Any]]:
    """Folder, title and bottom line of each briefing, those in subfolders too, the newest first."""
    found = [page for depth in ("*", "*/*") for page in folder.glob(f"{depth}/{FRONT_PAGE}")]
    rows = []
    for page in sorted(found, key=lambda page: page.stat().st_mtime_ns, reverse=True):
        name = page.parent.relative_to(folder).as_posix()
        row = {"folder": name, "title": f"Briefing {name}", "bottom_line": []}
        try:
            kept = json.loads((page.parent / NUMBERS).read_text(encoding="utf-8"))
            row |= {"title": str(kept["title"]), "bottom_line": list(map(str, kept["bottom_line"]))}
        except (OSError, ValueError, KeyError, TypeError):
            pass  # its page can be read all the same
        rows.append({**row, "has_tables": (page.parent / TABLES_FILE).is_file()})
    return rows
