"""The command line: parse arguments, call one function, print.

What a person did wrong ends in one sentence on standard error and exit code 2. The imports stand inside the
commands, so that `faultline --help` does not wait for a parser it does not need.
"""

import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Annotated, BinaryIO, NoReturn

import typer

from analysis.phrasing import counted

app = typer.Typer(
    name="faultline",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
Seeds = Annotated[Path, typer.Option(help="The folder of articles.")]
Notebooks = Annotated[Path, typer.Option(help="The folder of notebooks.")]
Scheduler = Annotated[
    str,
    typer.Option(help="Read on the workers of this Dask scheduler: tcp://HOST:8786; see docs/scaling.md."),
]


def show_version(is_asked: bool) -> None:
    if is_asked:
        from importlib.metadata import version

        typer.echo(f"Faultline {version('faultline')}")
        raise typer.Exit


@app.callback()
def common(
    _: Annotated[
        bool,
        typer.Option("--version", callback=show_version, is_eager=True, help="Say which version this is."),
    ] = False,
) -> None:
    """Reads geopolitical news: topics, who said what, who did what to whom, and is tension rising."""


def main() -> None:
    """Entry point of the `faultline` command."""
    warnings.showwarning = show_warning
    try:
        app()
    except BrokenPipeError:  # the reader of our output has stopped, as `head` does
        sys.stdout = None
        sys.exit(141)


def show_warning(message: Warning, category: type[Warning], *where, show=warnings.showwarning) -> None:
    """A warning of ours in one sentence, others as Python shows them."""
    if category.__module__.startswith("analysis."):
        typer.echo(f"faultline: {plain(str(message))}", err=True)
    else:
        show(message, category, *where)


def stop(message: object) -> NoReturn:
    typer.echo(f"faultline: {plain(str(message))}", err=True)
    raise typer.Exit(2)


def failed_file(error: OSError) -> str:
    """The file that an error is about; of a copy the new one, for a full disk is no fault of the old."""
    return str(error.filename2 or error.filename or "a file that was being written")


@contextmanager
def said_plainly() -> Iterator[None]:
    """What a person's input can cause is said in one sentence; anything else is our fault and shows where."""
    try:
        yield
    except BrokenPipeError:  # `main` knows it
        raise
    except (OSError, ValueError) as error:
        by_system = isinstance(error, OSError) and error.errno is not None
        stop(f"{failed_file(error)}: {error.strerror}" if by_system else error)


@app.command()
def brief(
    since: Annotated[str, typer.Option(help="Only articles of this day and later: 2024-04-01.")] = "",
    pair: Annotated[str, typer.Option(help="Only what passes between two countries: USA-CHN.")] = "",
    notebook: Annotated[list[str] | None, typer.Option(help="Only this notebook; may be repeated.")] = None,
    show_code: Annotated[bool, typer.Option("--show-code", help="Fold the code into the pages.")] = False,
    pdf: Annotated[bool, typer.Option("--pdf", help="Print each page to PDF too, by Chromium.")] = False,
    seeds: Seeds = Path("seeds"),
    notebooks: Notebooks = Path("notebooks"),
    out: Annotated[Path, typer.Option(help="The folder for the briefings.")] = Path("briefings"),
    store: Annotated[
        str, typer.Option(help="Folder or address of the store; .faultline beside the notebooks if left out.")
    ] = "",
    scheduler: Scheduler = "",
) -> None:
    """Run the notebooks on the articles and write a briefing: briefings/DATE/briefing.html."""
    with said_plainly():
        from analysis.briefing.notebook_runner import choose_notebooks

        chosen = choose_notebooks(notebooks, notebook or [])
        if out.exists() and not out.is_dir():
            raise NotADirectoryError(f"{out} is a file, expected a folder for the briefings")
        from analysis.briefing.pdf import browser_path
        from analysis.nlp.parse.encoder import load_encoder
        from analysis.nlp.parse.model import installed_model
        from analysis.pipeline.filters import articles_in_scope, scope_of

        scope, browser = scope_of(since, pair), browser_path() if pdf else ""
        installed_model()
        load_encoder()
        articles, rejected = articles_of(seeds)
        print_rejected(rejected)
        out.mkdir(parents=True, exist_ok=True)
        from analysis.briefing.build import BriefingError, Request, write_briefing

        chosen_articles = articles_in_scope(articles, scope)
        try:
            with reader_on(scheduler) as reader, progress("Briefing", total=len(chosen)) as advance:
                request = Request(chosen, seeds, out, scope, show_code, browser, store, reader)
                briefing = write_briefing(request, chosen_articles, rejected, progress=advance)
        except BriefingError as error:
            stop(error)
    remember_topics(articles, notebooks.parent / ".faultline" / "discovered_topics.json")
    for sentence in briefing.passed_over:
        typer.echo(f"passed over an earlier briefing: {plain(sentence)}", err=True)
    for sentence in briefing.unfit:
        typer.echo(f"left out a correction: {plain(sentence)}", err=True)
    for path in briefing.pages:
        typer.echo(path)
    for sentence in briefing.told:
        typer.echo(f"faultline: {plain(sentence)}", err=True)


@app.command()
def compare(
    old: Annotated[Path, typer.Argument(help="Folder of the earlier briefing.")],
    new: Annotated[Path, typer.Argument(help="Folder of the later one.")],
) -> None:
    """Say what moved between two briefings, and write it to compare.html beside the later."""
    with said_plainly():
        from analysis.briefing.build import write_comparison
        from analysis.briefing.comparison import comparison_lines

        comparison, path = write_comparison(old, new)
    for line in comparison_lines(comparison):
        typer.echo(plain(line))
    typer.echo(path)


def remember_topics(articles, path: Path) -> None:
    """Keep the numbers of the discovered topics for the next run; the notebook has read them already."""
    from analysis.nlp.topics.discovery import discover_topics, load_memory, write_memory

    with said_plainly():
        _, memory = discover_topics(articles, load_memory(path))
        if memory:
            write_memory(path, memory)


@app.command()
def add(
    sources: Annotated[
        list[str], typer.Argument(help="Files, folders, or addresses of pages, feeds and files.")
    ],
    title: Annotated[str, typer.Option()] = "",
    date: Annotated[str, typer.Option(help="Day of publication, ISO 8601, such as 2024-04-20.")] = "",
    outlet: Annotated[str, typer.Option()] = "",
    author: Annotated[str, typer.Option()] = "",
    url: Annotated[str, typer.Option()] = "",
    note: Annotated[str, typer.Option(help="How you know, what to mind.")] = "",
    columns: Annotated[
        str, typer.Option("--map", help="Columns of a table, such as text=Body,title=Headline.")
    ] = "",
    seeds: Seeds = Path("seeds"),
) -> None:
    """Copy articles into seeds/ and note in its metadata.csv what you know of them.

    Exit code 2 if anything was rejected; what is good is added all the same.
    """
    given = {
        "title": title,
        "published_date": date,
        "outlet": outlet,
        "author": author,
        "url": url,
        "note": note,
    }
    with said_plainly():
        from analysis.ingest.add_sources import add_source, parse_column_map

        told = parse_column_map(columns)
    failures = 0
    for source in sources:
        try:
            with said_plainly():
                added = add_source(source, seeds, given, told)
        except typer.Exit:
            failures += 1  # said already; the other sources are still added
        else:
            print_added(added)
            failures += len(added.rejected) > 0
    if failures:
        raise typer.Exit(2)


@app.command()
def annotate(
    file: Annotated[
        str, typer.Argument(help="JSONL with id and text, a file or an address; standard input if left out.")
    ] = "",
    encoder: Annotated[
        bool, typer.Option(help="Let the sentence encoder take part; else rules alone.")
    ] = True,
    scheduler: Scheduler = "",
) -> None:
    """JSONL in, JSONL out: quotes, events, topics, relations and stances of each record, in order."""
    from analysis.nlp.parse.encoder import load_encoder
    from analysis.nlp.parse.model import installed_model

    with said_plainly():
        installed_model()
        if encoder:
            load_encoder()
        source = opened(file) if file else sys.stdin.buffer
    errors = 0
    with source, stream_on(scheduler) as annotated_stream, progress("Records") as advance:
        for line in annotated_stream(source, use_encoder=encoder):
            sys.stdout.write(line.text + "\n")
            errors += line.is_error
            advance(1)
        sys.stdout.flush()
    if errors:
        typer.echo(f"faultline: {counted(errors, 'record')} could not be read, see `error` there", err=True)


@app.command()
def store(
    folder: Annotated[Path, typer.Argument(help="The folder of the store.")] = Path(".faultline"),
    clear: Annotated[bool, typer.Option("--clear", help="Remove all readings.")] = False,
    clear_stale: Annotated[
        bool, typer.Option("--clear-stale", help="Remove the readings of other versions.")
    ] = False,
) -> None:
    """Say what is kept of articles already read, of which versions, and clear it."""
    with said_plainly():
        from analysis.pipeline.incremental import current_keys
        from analysis.pipeline.store import clear as clear_store
        from analysis.pipeline.store import usage

        current = current_keys()
        if clear or clear_stale:
            freed = clear_store(folder, () if clear else current.items())
            typer.echo(f"{plain(str(folder))}: {size(freed)} freed")
        shelves = usage(folder)
    if shelves:
        print_store(shelves, current)
    typer.echo(f"{plain(str(folder))}: {size(sum(shelf.bytes for shelf in shelves))} of readings")


@app.command()
def check(seeds: Seeds = Path("seeds")) -> None:
    """Say what is in the corpus and what was rejected and why; exit code 2 if anything was rejected."""
    with said_plainly():
        articles, rejected = articles_of(seeds)
    typer.echo(f"{seeds}: {counted(len(articles), 'article')}, {len(rejected)} rejected")
    print_articles(articles)
    print_datelines(articles)
    print_reprints(articles)
    print_corrections(seeds)
    print_rejected(rejected)
    if len(rejected):
        raise typer.Exit(2)


@app.command()
def lab(notebooks: Notebooks = Path("notebooks")) -> None:
    """Open JupyterLab on the notebooks."""
    import subprocess

    if not notebooks.is_dir():
        stop(f"{notebooks} is no folder, expected that of the notebooks: run this in Faultline's")
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={Path.cwd()}"]
    first = next(iter(sorted(notebooks.glob("*.ipynb"))), notebooks)
    raise typer.Exit(subprocess.call([*command, str(first)]))


@app.command()
def dashboard(
    notebooks: Notebooks = Path("notebooks"),
    host: Annotated[
        str, typer.Option(help="Address to listen at; 0.0.0.0 lets in colleagues who have the token.")
    ] = "localhost",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen at.")] = 8866,
    browser: Annotated[bool, typer.Option(help="Open the list of pages.")] = True,
) -> None:
    """Serve the notebooks as pages for colleagues who never see code, and write nothing."""
    with said_plainly():
        from analysis.briefing.notebook_runner import choose_notebooks

        choose_notebooks(notebooks, [])
        from analysis.workbench.dashboard import serve_dashboard

        serve_dashboard(notebooks, host=host, port=port, open_browser=browser)


def opened(file: str) -> BinaryIO:
    """A JSONL file, or one on any file system that fsspec knows."""
    if "://" in file:
        import fsspec

        try:
            return fsspec.open(file, "rb").open()
        except ImportError as error:
            raise ValueError(f"{file}: {error}") from error
    path = Path(file)
    if not path.is_file():
        found = "is a folder" if path.is_dir() else "does not exist"
        raise FileNotFoundError(f"{file} {found}, expected a JSONL file")
    return path.open("rb")


@contextmanager
def stream_on(scheduler: str) -> Iterator[Callable]:
    """The function that annotates lines, on the workers of a scheduler if one is named."""
    if scheduler:
        from analysis.pipeline.dask_workers import annotated_stream as stream_there
        from analysis.pipeline.dask_workers import workers_of

        with said_plainly(), workers_of(scheduler) as client:
            yield partial(stream_there, client)
    else:
        from analysis.pipeline.annotate_jsonl import annotated_stream

        yield annotated_stream


@contextmanager
def reader_on(scheduler: str) -> Iterator[Callable | None]:
    """What reads new articles on the workers of a scheduler; None, this machine, if none is named."""
    if scheduler:
        from analysis.pipeline.dask_workers import read_on_workers, workers_of

        with workers_of(scheduler) as client:
            yield partial(read_on_workers, client)
    else:
        yield None


def articles_of(seeds: Path):
    """Articles and rejected files of a folder; ValueError, after the reasons, if there is no article."""
    from analysis.ingest.corpus import load_corpus
    from analysis.ingest.readers import accepted_endings

    articles, rejected = load_corpus(seeds)
    if articles.empty:
        print_rejected(rejected)
        raise ValueError(f"{seeds} has no articles, expected files ending in {accepted_endings()}")
    return articles, rejected


def plain(text: str) -> str:
    """Text whose control characters cannot move a terminal."""
    return "".join(character if character.isprintable() else "?" for character in text)


def size(count: int) -> str:
    """Bytes as a person reads them."""
    return f"{count / 1e6:,.1f} MB" if count >= 100_000 else f"{count / 1e3:,.1f} kB"


def print_store(shelves, current: dict[str, str]) -> None:
    """What is kept of each reading, by version."""
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table

    table = Table("reading", "version", "state", "articles", "files", "size", box=SIMPLE)
    for shelf in shelves:
        state = "current" if current.get(shelf.reading) == shelf.key else "stale"
        counts = (f"{shelf.article_count:,}", f"{shelf.segment_count:,}", size(shelf.bytes))
        table.add_row(plain(shelf.reading), plain(shelf.key), state, *counts)
    Console().print(table)


def print_articles(articles) -> None:
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Column, Table
    from rich.text import Text

    file = Column("file", overflow="fold")  # its end tells records of one file apart
    table = Table(file, "title", "date", "outlet", "words", box=SIMPLE)
    for row in articles.head(50).itertuples():
        date = (
            ""
            if row.published_date is None or row.published_date != row.published_date
            else f"{row.published_date:%Y-%m-%d}"
        )
        cells = (row.path, row.title, date, row.outlet, f"{row.word_count:,}")
        table.add_row(*(Text(plain(cell) if isinstance(cell, str) else "-") for cell in cells))
    Console().print(table)
    if len(articles) > 50:
        typer.echo(f"... and {len(articles) - 50} more")


def print_datelines(articles) -> None:
    """Which dates no file gave: an analyst may know better than the opening of a text."""
    from analysis.ingest.datelines import OPENING_DATE_MARK

    dated = articles[articles["note"].str.startswith(OPENING_DATE_MARK, na=False)]
    for row in dated.head(50).itertuples():
        typer.echo(plain(f"{row.path}: {row.note}"))
    if len(dated) > 50:
        typer.echo(f"... and {len(dated) - 50} more dates read from the opening")


def print_reprints(articles) -> None:
    """The stories that several articles tell."""
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from analysis.indicators.deduplication import reprinted_stories

    told = reprinted_stories(articles)
    if not told:
        return
    stories = articles["story_id"].nunique()
    typer.echo(f"{len(articles)} articles tell {counted(stories, 'story')}; reprints:")
    table = Table("articles", "outlets", "first title", "files", box=SIMPLE)
    for story in told[:50]:
        titles, files = story["title"].dropna(), ", ".join(story["path"].head(5))
        cells = (str(len(story)), str(story["outlet"].nunique()), next(iter(titles), "-"), files)
        table.add_row(*(Text(plain(cell)) for cell in cells))
    Console().print(table)


def print_corrections(seeds: Path) -> None:
    """What an analyst overruled; whether each still fits, a run tells."""
    from analysis.ingest.corrections_file import load_corrections

    decisions = load_corrections(seeds)
    for row in decisions.head(50).itertuples():
        told = f"to correct: line {row.line}, {row.table} {row.id}: {row.field} {row.old!r} to {row.new!r}"
        typer.echo(plain(told))
    if len(decisions) > 50:
        typer.echo(f"to correct: and {len(decisions) - 50} more")
    if len(decisions):
        typer.echo("whether each still fits what is read, the briefing and 00-corpus tell")


def print_added(added) -> None:
    for path, columns in added.columns:
        read = ", ".join(f"{field}={column}" for field, column in columns.items())
        typer.echo(f"{plain(path)}: columns read as {plain(read)}")
    came = f", {len(added.rejected)} rejected" if len(added.rejected) else ""
    typer.echo(f"{plain(str(added.path))}: {counted(len(added.articles), 'article')}{came}")
    if len(added.articles):
        print_articles(added.articles)
        print_datelines(added.articles)
    if len(added.rejected):
        print_rejected_table(added.rejected)


def print_rejected_table(rejected) -> None:
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table("rejected", "reason", box=SIMPLE)
    for row in rejected.head(50).itertuples():
        table.add_row(Text(plain(row.path)), Text(plain(row.reason)))
    Console(stderr=True).print(table)
    if len(rejected) > 50:
        typer.echo(f"... and {len(rejected) - 50} more", err=True)


def print_rejected(rejected) -> None:
    for row in rejected.head(50).itertuples():
        typer.echo(f"rejected: {plain(row.path)} {plain(row.reason)}", err=True)
    if len(rejected) > 50:
        typer.echo(f"rejected: and {len(rejected) - 50} more", err=True)


@contextmanager
def progress(label: str, total: int | None = None) -> Iterator:
    """A bar on standard error, if a person is watching it; gives the function that moves it on."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task(label, total=total)
        yield lambda done=1, label=label: bar.update(task, advance=done, description=label)


if __name__ == "__main__":
    main()
