"""Write a briefing."""

from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from analysis.commands.memory import check_memory_limit
from analysis.commands.options import (
    NAMED_PATH,
    Notebooks,
    Scheduler,
    Seeds,
    Since,
    Until,
    check_apart,
    exit_on_mistakes,
    load_articles,
)
from analysis.console import print_error, print_rejected, printable, progress


def brief(
    period: Annotated[
        str,
        typer.Option(
            help="The days to report on; what is older is background. day, week or month (up to the newest "
            "article), all, or days such as 2025-05-05..2025-05-11; auto is the last week if the articles "
            "span more than three weeks, else all."
        ),
    ] = "auto",
    since: Since = "",
    until: Until = "",
    pair: Annotated[
        str, typer.Option(help="Only events between two countries, such as US-China or USA-CHN.")
    ] = "",
    country: Annotated[
        str,
        typer.Option(
            help="Only events, statements and topics that involve one country, such as China or CHN."
        ),
    ] = "",
    front_only: Annotated[
        bool, typer.Option("--front-only", help="Write only the front page; run no notebooks.")
    ] = False,
    notebook: Annotated[list[str] | None, typer.Option(help="Only this notebook; can be repeated.")] = None,
    show_code: Annotated[
        bool, typer.Option("--show-code", help="Include the code in the pages, folded away.")
    ] = False,
    pdf: Annotated[bool, typer.Option("--pdf", help="Also print each page as a PDF, with Chromium.")] = False,
    seeds: Seeds = Path("seeds"),
    notebooks: Notebooks = Path("notebooks"),
    out: Annotated[
        Path | None,
        typer.Option(
            help="The folder of briefings; by default briefings, or a folder in it for articles that are not "
            "in seeds, such as briefings/thirteen-days.",
            **NAMED_PATH,
        ),
    ] = None,
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
        from analysis.briefing.build import Request, write_briefing
        from analysis.briefing.pdf import browser_path
        from analysis.nlp.parse.model import installed_model
        from analysis.nlp.parse.reader import load_reader
        from analysis.notebook_files import choose_notebooks, other_notebooks
        from analysis.pipeline.filters import articles_in_scope, scope_of
        from analysis.pipeline.kept_apart import kept_for
        from analysis.pipeline.reporting_period import asked_days
        from analysis.pipeline.schedulers import pool_of

        # A mistake is reported before anything is read.
        out = out or kept_for(seeds, "briefings")
        chosen = choose_notebooks(notebooks, notebook or [])
        if front_only and notebook:
            raise ValueError("--front-only runs no notebook: leave out either it or --notebook")
        if not front_only:
            check_memory_limit()
            if left_out := ", ".join(path.name for path in other_notebooks(notebooks)):
                print_error(
                    f"not published, because the name does not begin with a number such as 06-: {left_out}"
                )
        check_apart(out, seeds)
        if out.exists() and not out.is_dir():
            raise NotADirectoryError(f"{out} is a file, expected a folder for briefings: use another --out")
        asked_days(period)
        scope, browser = scope_of(since, pair, until, country), browser_path() if pdf else ""
        installed_model()
        load_reader()
        articles, rejected = load_articles(seeds)
        print_rejected(rejected)
        chosen_articles = articles_in_scope(articles, scope)
        steps = len(chosen_articles if front_only else chosen)
        with pool_of(scheduler) as pool, progress("Briefing", total=steps) as advance:
            request = Request(chosen, seeds, out, scope, show_code, browser, store, pool, period, front_only)
            briefing = write_briefing(request, chosen_articles, rejected, progress=advance)
        if not front_only:
            kept = kept_for(seeds, notebooks.parent / ".faultline")
            remember_topics(articles, kept / "discovered_topics.json")
    print_rejected(briefing.unread)
    for sentence in briefing.lapsed_corrections:
        typer.echo(f"correction not applied: {printable(sentence)}", err=True)
    for path in briefing.pages:
        typer.echo(path)
    for sentence in briefing.warnings:
        print_error(sentence)


def remember_topics(articles, path: Path) -> None:
    """Save the numbers of discovered topics for the next run; the notebook has read them already."""
    from analysis.nlp.topics.discovery import discover_topics, load_memory, write_memory

    _, memory = discover_topics(articles, load_memory(path))
    if memory:
        with suppress(OSError):  # the briefing is complete; where this is the store, the person was told
            write_memory(path, memory)
