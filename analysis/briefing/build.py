"""One briefing: the front page, a page per notebook, the articles cited and the numbers, in a folder.

The articles are analysed once here for the front page and `briefing.json`; then the notebooks run, two at a
time, in kernels of their own. Where a notebook gives its numbers, both must be the same. Nothing that was
there changes before all of it is done.

`briefing.json`: `schema`, `articles`, `events` and `indicators` as in `analysis.briefing.snapshots`; `as_of`
(day of the newest article or ""), `scope` (`since`, `pair`), `judgments`, each with `rule`, `subject`,
`statement`, `likelihood` or `confidence`, and `event_ids`, and `corrections`, the rows of
`seeds/corrections.csv` that are about these articles, with `problem` where one no longer fits.
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

from analysis.briefing.comparison import NUMBERS, Comparison, compare, comparison_view, load_kept
from analysis.briefing.front_page import Edition, as_of, dated_ahead, front_page, made_line, title_of
from analysis.briefing.manifest import input_hashes, manifest, origin_of
from analysis.briefing.notebook_runner import (
    HIDDEN_TAGS,
    MEDIA_TYPE,
    numbered_cells,
    reproducible,
    run_notebooks,
    snapshots,
)
from analysis.briefing.past_briefings import MANIFEST, Place, place_of
from analysis.briefing.pdf import write_pdf
from analysis.briefing.snapshots import fingerprint
from analysis.country_names import dyad_in_sentence
from analysis.evaluation.report import Results, load_results
from analysis.ingest.corrections_file import CORRECTIONS_FILE, load_corrections
from analysis.ingest.encoding import decode
from analysis.phrasing import counted
from analysis.pipeline.analyse import Tables, analyse
from analysis.pipeline.filters import Scope, only_pair
from analysis.pipeline.incremental import Reader
from analysis.pipeline.store import usable_store
from analysis.views.citations import ARTICLES, articles_page, cited_articles
from analysis.views.pages import BriefingError, check_source, clean, figure, framed, markdown, page_html

FRONT_PAGE = "briefing.html"
NOTES = "notes.md"
COMPARISON = "compare.html"
ASIDE = ".before"  # ends the name of a folder while another takes its place
WORDLESS = "a picture has no text alternative, expected a chart of analysis.charts.base"
STORE = ".faultline"  # beside the folder of notebooks
RESULTS = Path("benchmarks") / "results.json"  # beside the folder of notebooks


@dataclass(frozen=True)
class Request:
    """What a person asked for, and where things lie."""

    notebooks: Sequence[Path]
    seeds: Path
    out: Path
    scope: Scope
    show_code: bool = False
    browser: str = ""  # that prints a PDF of each page; "": none is made
    store: str = ""  # folder or address of the store; "": beside the folder of notebooks
    reader: Reader | None = None  # reads what the store lacks; None: this machine


class Briefing(NamedTuple):
    """What a run has written."""

    pages: list[Path]  # the front page first
    passed_over: tuple[str, ...]  # a sentence on each earlier briefing that cannot be read
    unfit: tuple[str, ...]  # a sentence on each correction that no longer fits
    told: tuple[str, ...]  # sentences: a pair without an event, an article of a day to come, unread notes


def write_briefing(
    request: Request,
    articles: DataFrame,
    rejected: DataFrame,
    *,
    today: date | None = None,
    progress: Callable[[int, str], object] = lambda done, name: None,
) -> Briefing:
    """Analyse articles, run notebooks on them, and write one folder named by the day of the run.

    What moved is told against the last briefing of the same scope, as `archive` finds it.

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
    bring_back(request.out)
    place = place_of(request.out, day, request.scope, origin, [path.name for path in request.notebooks])
    notes, unread = notes_html(request.out / NOTES)
    tables, notebooks = both(request, articles, place, progress)
    edition = Edition(
        tables=tables,
        rejected=rejected,
        scope=request.scope,
        earlier=place.earlier,
        passed_over=place.passed_over,
        results=measured(request.notebooks),
        notes=notes,
        links=links(request.notebooks, notebooks),
        made=day,
    )
    check_fresh(request, origin["inputs"], edition.once, notebooks)
    with writing(request.out), tempfile.TemporaryDirectory(prefix=".briefing-", dir=request.out) as scratch:
        made = Path(scratch) / "new"
        made.mkdir()
        pages = write_pages(made, edition, request, notebooks, made_line(day))
        write_records(made, edition, request, origin)
        publish(made, place.target)
    paths = [place.target / name for name in pages]
    told = (nothing_between(request.scope.pair, tables), dated_ahead(tables.articles, day), unread)
    return Briefing(paths, place.passed_over, unfit(request.seeds, tables), tuple(filter(None, told)))


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Name the folder in the error of a full disk, which names no file."""
    try:
        yield
    except OSError as error:
        if error.errno is None or error.filename:
            raise
        raise OSError(error.errno, error.strerror, str(folder)) from error


def nothing_between(pair: str, tables: Tables) -> str:
    """That a briefing on a pair is empty, in one sentence; "" if it is not."""
    if not pair or len(tables.events):
        return ""
    read = counted(len(tables.articles), "article")
    return f"no event between {dyad_in_sentence(pair)} was found in {read}: the briefing is empty"


def unfit(seeds: Path, tables: Tables) -> tuple[str, ...]:
    """What is wrong with each correction that no longer fits, with its line."""
    rows = tables.corrections[tables.corrections["problem"] != ""]
    return tuple(f"{seeds / CORRECTIONS_FILE}:{row.line}: {row.problem}" for row in rows.itertuples())


def both(
    request: Request, articles: DataFrame, place: Place, progress: Callable[[int, str], object]
) -> tuple[Tables, list[NotebookNode]]:
    """The tables for the front page, and the notebooks after their run."""
    previous = (request.out / place.earlier.day / NUMBERS).resolve() if place.earlier else ""
    given = {
        "seeds": request.seeds.resolve(),
        "previous": previous,
        "since": request.scope.since,
        "pair": request.scope.pair,
    }
    notebooks = [path.resolve() for path in request.notebooks]
    corrections = load_corrections(request.seeds)
    with usable_store(request.store or notebooks[0].parent.parent / STORE) as store:
        tables = analyse(articles, corrections=corrections, store=store, reader=request.reader)
        ran = run_notebooks(notebooks, {**given, "store": store}, progress=progress)
    return only_pair(tables, request.scope.pair), ran


def check_fresh(
    request: Request, inputs: dict[str, str], tables: Tables, notebooks: Sequence[NotebookNode]
) -> None:
    """Raise BriefingError if the articles changed during the run, or a notebook has other numbers.

    A briefing whose pages contradict each other is worse than none.
    """
    now = input_hashes(request.seeds)
    changed = sorted(name for name in {*inputs, *now} if inputs.get(name) != now.get(name))
    if changed:
        raise BriefingError(
            f"{request.seeds / changed[0]} changed while the briefing was made, so its numbers are stale: "
            "run again"
        )
    for path, notebook in zip(request.notebooks, notebooks, strict=True):
        for record in snapshots(notebook):
            stale = stale_number(record, fingerprint(tables, *record["hashes"]).record())
            if stale:
                raise BriefingError(f"{path}: {stale}")


def stale_number(record: dict, own: dict) -> str:
    """What a notebook shows otherwise than the front page, by name: a value, else a table; or ""."""
    stale = stale_value(record["indicators"], own["indicators"])
    if stale:
        return stale
    for name, found in record["hashes"].items():
        if found != own["hashes"][name]:
            return (
                f"its {name} are not those of the front page ({record['rows'][name]} rows here, "
                f"{own['rows'][name]} there), expected the same: its numbers are stale"
            )
    return ""


def stale_value(rows: list[dict], own: list[dict]) -> str:
    """The first value of an indicator that two lists have differently, or ""."""
    found, values = ({(row["indicator"], row["dyad"]): row["value"] for row in part} for part in (rows, own))
    for indicator, dyad in sorted({*values, *found}):
        here, there = found.get((indicator, dyad)), values.get((indicator, dyad))
        if here != there:
            return (
                f"{indicator} of {dyad} is {here} here and {there} on the front page, expected the same: a "
                "number is stale"
            )
    return ""


def measured(notebooks: Sequence[Path]) -> Results | None:
    """The measured rates, where the notebooks stand beside them."""
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
        told = f"{path} cannot be read ({reason}), expected Markdown in UTF-8: the notes were left out"
        return Markup(""), told


def links(paths: Sequence[Path], notebooks: Sequence[NotebookNode]) -> list[tuple[str, str]]:
    """File name and title of each page behind the front page."""
    named = [
        (f"{path.stem}.html", notebook_title(notebook, path.stem))
        for path, notebook in zip(paths, notebooks, strict=True)
    ]
    return [*named, (ARTICLES, "The articles cited, with what was found in them")]


def write_pages(
    folder: Path, edition: Edition, request: Request, notebooks: Sequence[NotebookNode], made: str
) -> list[str]:
    """Every page, and of each notebook the file as it was run; names, the front page first."""
    front = page_html(title_of(edition), [front_page(edition)], name=FRONT_PAGE, made=made)
    cited = articles_page(cited_articles(front), edition.tables)
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


def write_records(folder: Path, edition: Edition, request: Request, origin: dict[str, Any]) -> None:
    """The numbers for the next briefing, and what this one was made from."""
    scope = {"since": edition.scope.since, "pair": edition.scope.pair}
    numbers = {
        **edition.kept.snapshot.record(),
        "as_of": as_of(edition.tables.articles),
        "scope": scope,
        "judgments": edition.kept.judgments,
        "corrections": edition.kept.corrections,
    }
    write_json(folder / NUMBERS, numbers)
    previous = edition.earlier.day if edition.earlier else None
    settings = {**scope, "show_code": request.show_code, "previous": previous}
    made_at = datetime.now(UTC).isoformat(timespec="seconds")
    write_json(folder / MANIFEST, manifest(origin, request.notebooks, folder, settings, made_at))


def write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")


def publish(made: Path, target: Path) -> None:
    """Put a finished folder in its place; one that is there gives way, and comes back if this fails."""
    aside = target.with_name(f".{target.name}{ASIDE}")
    if target.exists():
        os.replace(target, aside)
    try:
        os.replace(made, target)
    except OSError:
        if aside.exists():
            os.replace(aside, target)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def bring_back(out: Path) -> None:
    """Put back what a run that was killed had set aside, or remove it where its place is taken."""
    for aside in out.glob(f".*{ASIDE}"):
        target = aside.with_name(aside.name.removeprefix(".").removesuffix(ASIDE))
        if target.exists():
            shutil.rmtree(aside)
        else:
            os.replace(aside, target)


def write_comparison(old: Path, new: Path) -> tuple[Comparison, Path]:
    """What moved between two briefings, and the page that says so, in the folder of the second.

    Args:
        old: folder or `briefing.json` of the earlier.
        new: that of the later.
    """
    comparison = compare(load_kept(new), load_kept(old))
    path = (new if new.is_dir() else new.parent) / COMPARISON
    title = f"What moved from {comparison.before.day} to {comparison.now.day}"
    blocks = [framed(comparison_view(comparison).html)]
    path.write_text(page_html(title, blocks, name=COMPARISON, made=made_line(date.today())), encoding="utf-8")
    return comparison, path


def notebook_title(notebook: NotebookNode, default: str) -> str:
    """The text of the first heading."""
    for cell in notebook.cells:
        first = cell.source.lstrip().partition("\n")[0]
        if cell.cell_type == "markdown" and first.startswith("# "):
            return first.removeprefix("# ").strip()
    return default


def notebook_html(notebook: NotebookNode, name: str, *, made: str, show_code: bool = False) -> str:
    """One self-contained page: no script, no request, every text cleaned, the code left out or folded in.

    Raises:
        BriefingError: an output has no HTML, picture or text form, or a picture has no text alternative.
    """
    blocks: list[Markup] = []
    for number, cell in numbered_cells(notebook):
        where = f"{name}, cell {number}"
        if HIDDEN_TAGS & set(cell.metadata.get("tags", [])):
            continue
        if cell.cell_type == "markdown":
            blocks.append(markdown(cell.source, where=where))
        elif cell.cell_type == "code":
            blocks += [code_html(cell.source, number)] if show_code else []
            blocks += [output_html(output, where) for output in cell.outputs]
    title = notebook_title(notebook, name)
    return page_html(title, blocks, name=f"{name}.html", made=made, back_to=FRONT_PAGE)


def code_html(source: str, number: int) -> Markup:
    """The code of a cell, folded in."""
    shell = '<details class="code"><summary>Code of cell {}</summary><pre><code>{}</code></pre></details>'
    return Markup(shell).format(number, source)


def output_html(output: NotebookNode, where: str) -> Markup:
    """One output of a cell as clean HTML.

    Raises:
        BriefingError: it cannot be shown as it is meant, or tells that something failed.
    """
    if output.output_type == "error":
        raise BriefingError(f"{where}: {output.ename}: {output.evalue}")
    if output.output_type == "stream":
        return stream_html(output, where)
    data = output.get("data", {})
    if "image/png" in data:
        words = output.metadata.get("image/png", {})
        alt = words.get("alt")
        if not alt:
            raise BriefingError(f"{where}: {WORDLESS}")
        return figure("".join(data["image/png"].split()), alt, words.get("name", alt))
    if "text/html" in data:
        check_source(data["text/html"], where)
        return clean(data["text/html"])
    richer = sorted(set(data) - {"text/plain", MEDIA_TYPE})
    if richer or "text/plain" not in data:
        found = richer[0] if richer else "empty"
        raise BriefingError(f"{where}: an output is {found}, expected HTML, PNG or text")
    if data["text/plain"].startswith("<Figure size"):
        raise BriefingError(f"{where}: {WORDLESS}")
    return Markup("<pre>{}</pre>").format(data["text/plain"])


def stream_html(output: NotebookNode, where: str) -> Markup:
    """What a cell printed; warnings are for who runs the notebook, and hold a path of that run."""
    if output.name != "stderr":
        return Markup("<pre>{}</pre>").format(output.text)
    if "Traceback (most recent call last)" in output.text:
        raise BriefingError(f"{where}: an exception went by: {output.text.strip().splitlines()[-1]}")
    return Markup("")
