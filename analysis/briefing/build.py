"""One briefing: the front page, a page per notebook, the articles cited and the numbers, in a folder.

The articles are analysed once here for the front page and `briefing.json`; then the notebooks run, two at a
time, in kernels of their own. Where a notebook records its numbers, both must be the same. No earlier file
changes before all of it is done.

`briefing.json`: `schema`, `articles`, `events` and `indicators` as in `analysis.briefing.snapshots`; `as_of`
(day of the newest article or ""), `scope` (`since`, `pair`), `judgments`, each with `rule`, `subject`,
`statement`, `likelihood` or `confidence`, and `event_ids`, and `corrections`, the rows of
`seeds/corrections.csv` that are about these articles, with `problem` where one no longer applies.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
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
from analysis.briefing.front_page import front_page, future_dates_sentence, last_day, made_line, title_of
from analysis.briefing.front_page_data import FrontPageData
from analysis.briefing.manifest import input_hashes, manifest, origin_of
from analysis.briefing.notebook_pages import FRONT_PAGE, notebook_html, notebook_title
from analysis.briefing.notebook_runner import reproducible, run_notebooks
from analysis.briefing.past_briefings import MANIFEST, Place, place_of
from analysis.briefing.pdf import write_pdf
from analysis.briefing.records import NUMBERS, load_record
from analysis.evaluation.report import Results, load_results
from analysis.findings.wording import words
from analysis.ingest.corrections_file import CORRECTIONS_FILE, load_corrections
from analysis.ingest.encoding import decode
from analysis.pipeline.analyse import Tables, analyse
from analysis.pipeline.filters import Scope, only_pair
from analysis.pipeline.incremental import Reader
from analysis.pipeline.store import usable_store
from analysis.views.citations import ARTICLES, articles_page, cited_articles
from analysis.views.pages import framed, markdown, page_html

NOTES = "notes.md"
COMPARISON = "compare.html"
ASIDE = ".before"  # ends the name of a folder while another takes its place
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


class Briefing(NamedTuple):
    """What a run has written, and what to tell the person who started it."""

    pages: list[Path]  # the front page first
    unreadable: tuple[str, ...]  # a sentence on each earlier briefing that cannot be read
    lapsed_corrections: tuple[str, ...]  # a sentence on each correction that no longer applies
    warnings: tuple[str, ...]  # sentences: a pair without an event, an article dated ahead, unread notes


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
        progress: called with 0 and a name before a step, with 1 after.

    Returns:
        Paths of the pages, and what is wrong with earlier briefings, with corrections and with the pair.

    Raises:
        BriefingError: a notebook failed, a page cannot be exported, or a number is stale.
        OSError: the folder cannot be written, or the browser did not print.
    """
    day = today or date.today()
    origin = origin_of(input_hashes(request.seeds))
    restore_set_aside(request.out)
    place = place_of(request.out, day, request.scope, origin, [path.name for path in request.notebooks])
    notes, notes_warning = notes_html(request.out / NOTES)
    tables, notebooks = tables_and_notebooks(request, articles, place, progress)
    data = FrontPageData(
        tables=tables,
        rejected=rejected,
        scope=request.scope,
        earlier=place.earlier,
        unreadable=place.unreadable,
        results=measured_results(request.notebooks),
        notes=notes,
        links=page_links(request.notebooks, notebooks),
        made_on=day,
    )
    check_fresh(request.seeds, origin["inputs"])
    check_same_numbers(request.notebooks, notebooks, data.deduplicated)
    with (
        folder_in_errors(request.out),
        tempfile.TemporaryDirectory(prefix=".briefing-", dir=request.out) as scratch,
    ):
        new = Path(scratch) / "new"
        new.mkdir()
        pages = write_pages(new, data, request, notebooks)
        write_records(new, data, request, origin)
        publish(new, place.target)
    paths = [place.target / name for name in pages]
    warnings = (
        empty_pair_warning(request.scope.pair, tables),
        future_dates_sentence(tables.articles, day),
        notes_warning,
    )
    lapsed = lapsed_corrections(request.seeds, tables)
    return Briefing(paths, place.unreadable, lapsed, tuple(filter(None, warnings)))


@contextmanager
def folder_in_errors(folder: Path) -> Iterator[None]:
    """Name the folder in the error of a full disk, which names no file."""
    try:
        yield
    except OSError as error:
        if error.errno is None or error.filename:
            raise
        raise OSError(error.errno, error.strerror, str(folder)) from error


def empty_pair_warning(pair: str, tables: Tables) -> str:
    """That a briefing on a pair is empty, in one sentence; "" if it is not."""
    if not pair or len(tables.events):
        return ""
    return words("briefing/front_page", "empty_pair", pair, len(tables.articles))


def lapsed_corrections(seeds: Path, tables: Tables) -> tuple[str, ...]:
    """What is wrong with each correction that no longer applies, with its line."""
    rows = tables.corrections[tables.corrections["problem"] != ""]
    return tuple(f"{seeds / CORRECTIONS_FILE}:{row.line}: {row.problem}" for row in rows.itertuples())


def tables_and_notebooks(
    request: Request, articles: DataFrame, place: Place, progress: Callable[[int, str], object]
) -> tuple[Tables, list[NotebookNode]]:
    """The tables for the front page, and the notebooks after their run."""
    previous = (request.out / place.earlier.folder / NUMBERS).resolve() if place.earlier else ""
    parameters = {
        "seeds": request.seeds.resolve(),
        "previous": previous,
        "since": request.scope.since,
        "pair": request.scope.pair,
    }
    notebooks = [path.resolve() for path in request.notebooks]
    corrections = load_corrections(request.seeds)
    with usable_store(request.store or notebooks[0].parent.parent / STORE) as store:
        tables = analyse(articles, corrections=corrections, store=store, reader=request.reader)
        ran = run_notebooks(notebooks, {**parameters, "store": store}, progress=progress)
    return only_pair(tables, request.scope.pair), ran


def measured_results(notebooks: Sequence[Path]) -> Results | None:
    """The measured rates, where they lie beside the folder of notebooks."""
    path = notebooks[0].resolve().parent.parent / RESULTS
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


def page_links(paths: Sequence[Path], notebooks: Sequence[NotebookNode]) -> list[tuple[str, str]]:
    """File name and title of each page behind the front page."""
    pages = [
        (f"{path.stem}.html", notebook_title(notebook, path.stem))
        for path, notebook in zip(paths, notebooks, strict=True)
    ]
    return [*pages, (ARTICLES, "The articles cited, with what was found in them")]


def write_pages(
    folder: Path, data: FrontPageData, request: Request, notebooks: Sequence[NotebookNode]
) -> list[str]:
    """Write every page and each notebook as it ran; returns the names, the front page first."""
    made = made_line(data.made_on)
    front = page_html(title_of(data), [front_page(data)], name=FRONT_PAGE, made=made)
    cited = articles_page(cited_articles(front), data.tables)
    pages = {
        FRONT_PAGE: front,
        ARTICLES: page_html("The articles cited", [cited], name=ARTICLES, made=made, back_to=FRONT_PAGE),
    }
    for path, notebook in zip(request.notebooks, notebooks, strict=True):
        pages[f"{path.stem}.html"] = notebook_html(
            notebook, path.stem, made=made, show_code=request.show_code
        )
        nbformat.write(reproducible(notebook), folder / path.name)
    for name, html in pages.items():
        (folder / name).write_text(html, encoding="utf-8")
        if request.browser:
            write_pdf(folder / name, request.browser)
    return list(pages)


def write_records(folder: Path, data: FrontPageData, request: Request, origin: dict[str, Any]) -> None:
    """The numbers for the next briefing, and what this one was made from."""
    scope = {"since": data.scope.since, "pair": data.scope.pair}
    newest = last_day(data.tables.articles)
    numbers = {
        **data.record.snapshot.record(),
        "as_of": f"{newest:%Y-%m-%d}" if newest else "",
        "scope": scope,
        "judgments": data.record.judgments,
        "corrections": data.record.corrections,
    }
    write_json(folder / NUMBERS, numbers)
    previous = data.earlier.folder if data.earlier else None
    settings = {**scope, "show_code": request.show_code, "previous": previous}
    made_at = datetime.now(UTC).isoformat(timespec="seconds")
    write_json(folder / MANIFEST, manifest(origin, request.notebooks, folder, settings, made_at))


def write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")


def publish(new: Path, target: Path) -> None:
    """Put a finished folder in its place; an earlier one is set aside, and restored if this fails."""
    aside = target.with_name(f".{target.name}{ASIDE}")
    if target.exists():
        os.replace(target, aside)
    try:
        os.replace(new, target)
    except OSError:
        if aside.exists():
            os.replace(aside, target)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def restore_set_aside(out: Path) -> None:
    """Restore what a run that was killed had set aside, or remove it where its place is taken."""
    for aside in out.glob(f".*{ASIDE}"):
        target = aside.with_name(aside.name.removeprefix(".").removesuffix(ASIDE))
        if target.exists():
            shutil.rmtree(aside)
        else:
            os.replace(aside, target)


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
