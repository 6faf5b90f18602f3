"""The command line: parse arguments, call one function, print.

A person's mistake ends in one sentence on standard error and exit code 2. The commands import what they need
when they run, so that `faultline --help` does not wait for a parser.
"""

import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Annotated

import typer
from typer.core import TyperCommand

from analysis.console import (
    error_sentence,
    print_added,
    print_articles,
    print_corrections,
    print_datelines,
    print_error,
    print_rejected,
    print_reprints,
    print_store,
    printable,
    progress,
    readable_size,
)
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
    typer.Option(
        help="Address of a Dask scheduler whose workers read the articles, such as tcp://HOST:8786; see "
        "docs/scaling.md."
    ),
]


def show_version(is_requested: bool) -> None:
    if is_requested:
        from importlib.metadata import version

        typer.echo(f"Faultline {version('faultline')}")
        raise typer.Exit


@app.callback()
def common(
    _: Annotated[
        bool,
        typer.Option("--version", callback=show_version, is_eager=True, help="Show the version and exit."),
    ] = False,
) -> None:
    """Reads news about geopolitics: topics, who said what, who did what to whom, and is tension rising."""


def main() -> None:
    """Entry point of the `faultline` command."""
    warnings.showwarning = show_warning
    try:
        app()
    except BrokenPipeError:  # the program that reads our output has stopped, as `head` does
        sys.stdout = None
        sys.exit(141)


def show_warning(message: Warning, category: type[Warning], *where, show=warnings.showwarning) -> None:
    """A warning of ours as one sentence, others as Python shows them."""
    if category.__module__.startswith("analysis."):
        print_error(message)
    else:
        show(message, category, *where)


@contextmanager
def exit_on_mistakes() -> Iterator[None]:
    """End the command with one sentence on a person's mistake; a bug of ours shows its traceback."""
    try:
        yield
    except BrokenPipeError:  # for `main`
        raise
    except (OSError, ValueError) as error:
        print_error(error_sentence(error))
        raise typer.Exit(2) from error


@app.command()
def brief(
    period: Annotated[
        str,
        typer.Option(
            help="The days to report on; what is older is background. day, week or month (up to the newest "
            "article), all, or days such as 2025-05-05..2025-05-11; auto is the last week if the articles "
            "span more than three weeks, else all."
        ),
    ] = "auto",
    since: Annotated[str, typer.Option(help="Only articles from this day on, such as 2024-04-01.")] = "",
    until: Annotated[str, typer.Option(help="Only articles up to this day, such as 2024-04-30.")] = "",
    pair: Annotated[str, typer.Option(help="Only events between two countries: USA-CHN, US-China.")] = "",
    country: Annotated[
        str,
        typer.Option(help="Only events, statements and topics that involve one country: China, CHN."),
    ] = "",
    front_only: Annotated[
        bool, typer.Option("--front-only", help="Write the front page alone and run no notebook.")
    ] = False,
    notebook: Annotated[list[str] | None, typer.Option(help="Only this notebook; can be repeated.")] = None,
    show_code: Annotated[
        bool, typer.Option("--show-code", help="Include the code in the pages, folded away.")
    ] = False,
    pdf: Annotated[bool, typer.Option("--pdf", help="Also print each page to PDF, with Chromium.")] = False,
    seeds: Seeds = Path("seeds"),
    notebooks: Notebooks = Path("notebooks"),
    out: Annotated[Path, typer.Option(help="The folder of briefings.")] = Path("briefings"),
    store: Annotated[
        str,
        typer.Option(
            help="Folder or address of the store of articles already read; by default .faultline beside the "
            "notebooks."
        ),
    ] = "",
    scheduler: Scheduler = "",
) -> None:
    """Run the notebooks on the articles and write a briefing to briefings/DATE/briefing.html."""
    with exit_on_mistakes():
        from analysis.briefing.notebook_runner import choose_notebooks

        chosen = choose_notebooks(notebooks, notebook or [])
        if front_only and notebook:
            raise ValueError("--front-only runs no notebook: leave out either it or --notebook")
        if out.exists() and not out.is_dir():
            raise NotADirectoryError(f"{out} is a file, expected a folder for briefings: use another --out")
        from analysis.briefing.pdf import browser_path
        from analysis.nlp.parse.encoder import load_encoder
        from analysis.nlp.parse.model import installed_model
        from analysis.pipeline.filters import articles_in_scope, scope_of
        from analysis.pipeline.reporting_period import asked_days

        asked_days(period)  # a mistake is reported before anything is read
        scope, browser = scope_of(since, pair, until, country), browser_path() if pdf else ""
        installed_model()
        load_encoder()
        articles, rejected = load_articles(seeds)
        print_rejected(rejected)
        out.mkdir(parents=True, exist_ok=True)
        from analysis.briefing.build import Request, write_briefing
        from analysis.pipeline.schedulers import reader_on
        from analysis.views.pages import BriefingError

        chosen_articles = articles_in_scope(articles, scope)
        steps = len(chosen_articles if front_only else chosen)
        try:
            with reader_on(scheduler) as reader, progress("Briefing", total=steps) as advance:
                asked = {"period": period, "front_only": front_only}
                request = Request(chosen, seeds, out, scope, show_code, browser, store, reader, **asked)
                briefing = write_briefing(request, chosen_articles, rejected, progress=advance)
        except BriefingError as error:
            print_error(error)
            raise typer.Exit(2) from error
        if not front_only:
            remember_topics(articles, notebooks.parent / ".faultline" / "discovered_topics.json")
    print_briefing(briefing)


def print_briefing(briefing) -> None:
    """The pages that were written on standard output, and what is wrong on standard error."""
    for sentence in briefing.unreadable:
        typer.echo(f"earlier briefing not used: {printable(sentence)}", err=True)
    for sentence in briefing.lapsed_corrections:
        typer.echo(f"correction not applied: {printable(sentence)}", err=True)
    for path in briefing.pages:
        typer.echo(path)
    for sentence in briefing.warnings:
        print_error(sentence)


@app.command()
def compare(
    old: Annotated[Path, typer.Argument(help="Folder of the earlier briefing.")],
    new: Annotated[Path, typer.Argument(help="Folder of the later briefing.")],
) -> None:
    """Show what changed between two briefings, and write it to compare.html beside the later one."""
    with exit_on_mistakes():
        from analysis.briefing.build import write_comparison
        from analysis.briefing.comparison_views import comparison_lines

        comparison, path = write_comparison(old, new)
    for line in comparison_lines(comparison):
        typer.echo(printable(line))
    typer.echo(path)


def remember_topics(articles, path: Path) -> None:
    """Save the numbers of discovered topics for the next run; the notebook has read them already."""
    from analysis.nlp.topics.discovery import discover_topics, load_memory, write_memory

    _, memory = discover_topics(articles, load_memory(path))
    if memory:
        write_memory(path, memory)


class CommandWithEndings(TyperCommand):
    """A command whose help lists the files that can be read; the formats are looked up only for this."""

    def format_help(self, ctx, formatter) -> None:
        from analysis.ingest.readers import accepted_endings

        self.epilog = f"Files may end in {accepted_endings()}."
        super().format_help(ctx, formatter)


@app.command(cls=CommandWithEndings)
def add(
    sources: Annotated[list[str], typer.Argument(help="Files, folders, or addresses of pages and feeds.")],
    title: Annotated[str, typer.Option(help="Title of the article.")] = "",
    date: Annotated[str, typer.Option(help="Date of publication, such as 2024-04-20.")] = "",
    outlet: Annotated[str, typer.Option(help="Newspaper, agency or site that published it.")] = "",
    author: Annotated[str, typer.Option(help="Author of the article.")] = "",
    url: Annotated[
        str, typer.Option(help="Web address where it was published, if you add it from a file.")
    ] = "",
    note: Annotated[str, typer.Option(help="How you know this, and what to be careful about.")] = "",
    columns: Annotated[
        str, typer.Option("--map", help="Columns of a table, such as text=Body,title=Headline.")
    ] = "",
    seeds: Seeds = Path("seeds"),
) -> None:
    """Copy articles to seeds/, and write what you know about them to metadata.csv there.

    Exit code 2 if anything was rejected; everything else is added all the same.
    """
    metadata = {
        "title": title,
        "published_date": date,
        "outlet": outlet,
        "author": author,
        "url": url,
        "note": note,
    }
    with exit_on_mistakes():
        from analysis.ingest.add_sources import add_source, parse_column_map

        column_map = parse_column_map(columns)
    failures = 0
    for source in sources:
        try:
            added = add_source(source, seeds, metadata, column_map)
        except (OSError, ValueError) as error:  # the other sources are still added
            print_error(error_sentence(error))
            failures += 1
        else:
            print_added(added)
            failures += len(added.rejected) > 0
    if failures:
        raise typer.Exit(2)


@app.command()
def annotate(
    file: Annotated[
        str,
        typer.Argument(
            help="JSON Lines with id and text: a file, an address that fsspec knows, or standard input."
        ),
    ] = "",
    encoder: Annotated[bool, typer.Option(help="Use the sentence encoder, or the rules alone.")] = True,
    scheduler: Scheduler = "",
) -> None:
    """Read JSON Lines, write JSON Lines: quotes, events, topics, stances and more of each record."""
    from analysis.nlp.parse.encoder import load_encoder
    from analysis.nlp.parse.model import installed_model
    from analysis.pipeline.annotate_jsonl import open_lines
    from analysis.pipeline.schedulers import annotator_on

    with exit_on_mistakes():
        installed_model()
        if encoder:
            load_encoder()
        source = open_lines(file) if file else sys.stdin.buffer
    errors = 0
    on_error = exit_on_mistakes() if scheduler else nullcontext()  # on this machine only a bug can raise
    with source, on_error, annotator_on(scheduler) as annotator, progress("Records") as advance:
        for line in annotator(source, use_encoder=encoder):
            sys.stdout.write(line.text + "\n")
            errors += line.is_error
            advance(1)
        sys.stdout.flush()
    if errors:
        print_error(f"{counted(errors, 'record')} could not be read: see the field `error` of each")


@app.command()
def store(
    folder: Annotated[Path, typer.Argument(help="The folder of the store.")] = Path(".faultline"),
    clear: Annotated[bool, typer.Option("--clear", help="Delete everything in the store.")] = False,
    clear_stale: Annotated[
        bool, typer.Option("--clear-stale", help="Delete what other versions of Faultline have read.")
    ] = False,
) -> None:
    """Show what is stored of articles already read, by version, or delete it."""
    with exit_on_mistakes():
        from analysis.pipeline.incremental import current_keys
        from analysis.pipeline.store import clear as clear_store
        from analysis.pipeline.store import usage

        current = current_keys()
        if clear or clear_stale:
            freed = clear_store(folder, () if clear else current.items())
            typer.echo(f"{printable(folder)}: {readable_size(freed)} deleted")
        usages = usage(folder)
    if usages:
        print_store(usages, current)
    typer.echo(f"{printable(folder)}: {readable_size(sum(one.bytes for one in usages))} in the store")


@app.command()
def check(seeds: Seeds = Path("seeds")) -> None:
    """List the articles, and what was rejected and why; exit code 2 if anything was rejected."""
    with exit_on_mistakes():
        from analysis.ingest.corrections_file import load_corrections

        articles, rejected = load_articles(seeds)
        corrections = load_corrections(seeds)
    typer.echo(f"{seeds}: {counted(len(articles), 'article')}, {len(rejected)} rejected")
    print_articles(articles)
    print_datelines(articles)
    print_reprints(articles)
    print_corrections(corrections)
    print_rejected(rejected)
    if len(rejected):
        raise typer.Exit(2)


@app.command()
def lab(notebooks: Notebooks = Path("notebooks")) -> None:
    """Open JupyterLab on the notebooks."""
    import subprocess

    with exit_on_mistakes():
        from analysis.briefing.notebook_runner import choose_notebooks

        first = choose_notebooks(notebooks, [])[0]
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={Path.cwd()}"]
    raise typer.Exit(subprocess.call([*command, str(first)]))


@app.command()
def dashboard(
    notebooks: Notebooks = Path("notebooks"),
    host: Annotated[
        str,
        typer.Option(help="Address to listen on; 0.0.0.0 lets in colleagues who have the token."),
    ] = "localhost",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8866,
    browser: Annotated[bool, typer.Option(help="Open the list of pages in a browser.")] = True,
) -> None:
    """Serve the notebooks as pages without code; nothing is written."""
    with exit_on_mistakes():
        from analysis.briefing.notebook_runner import choose_notebooks

        choose_notebooks(notebooks, [])
        from analysis.workbench.dashboard import serve_dashboard

        serve_dashboard(notebooks, host=host, port=port, open_browser=browser)


def load_articles(seeds: Path):
    """Articles and rejected files of a folder; without any article the reasons are printed.

    Raises:
        ValueError: there is no article.
    """
    from analysis.ingest.corpus import load_corpus
    from analysis.ingest.readers import accepted_endings

    articles, rejected = load_corpus(seeds)
    if articles.empty:
        print_rejected(rejected)
        raise ValueError(f"{seeds} has no articles, expected files ending in {accepted_endings()}")
    return articles, rejected


if __name__ == "__main__":
    main()
