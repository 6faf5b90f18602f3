"""Write a briefing."""

from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from analysis.commands.options import (
    NAMED_PATH,
    SEEDS,
    Country,
    DeskName,
    Notebooks,
    Pair,
    Scheduler,
    Seeds,
    Since,
    Until,
    asked_desk,
    check_apart,
    check_memory_limit,
    load_articles,
    pool_of,
)
from analysis.console import print_error, printable, progress, say_rejected


def brief(
    period: Annotated[
        str,
        typer.Option(
            help="The days to report on; what is older is background. day, week or month (up to the newest "
            "article), last week or last month (that ended before today), all, or days such as "
            "2025-05-05..2025-05-11; by default that of the desk, or auto: the last week if articles came in "
            "week after week, else all."
        ),
    ] = "",
    since: Since = "",
    until: Until = "",
    pair: Pair = "",
    country: Country = "",
    front_only: Annotated[
        bool, typer.Option("--front-only", help="Write only the front page; run no notebooks.")
    ] = False,
    notebook: Annotated[list[str] | None, typer.Option(help="Only this notebook; can be repeated.")] = None,
    show_code: Annotated[
        bool, typer.Option("--show-code", help="Include the code in the pages, folded away.")
    ] = False,
    pdf: Annotated[bool, typer.Option("--pdf", help="Also print each page as a PDF, with Chromium.")] = False,
    desk: DeskName = "",
    seeds: Seeds = SEEDS,
    notebooks: Notebooks = Path("notebooks"),
    out: Annotated[
        Path | None,
        typer.Option(
            help="The folder of briefings; by default that of the desk, or briefings, or a folder in it for "
            "articles that are not in seeds, such as briefings/thirteen-days.",
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
    from analysis.briefing.alerts import tell_alerts
    from analysis.briefing.build import Request, write_briefing
    from analysis.briefing.pdf import browser_path
    from analysis.nlp.parse.model import installed_model
    from analysis.nlp.parse.reader import load_reader
    from analysis.notebook_files import choose_notebooks, other_notebooks
    from analysis.pipeline.desk import kept_for
    from analysis.pipeline.filters import articles_in_scope
    from analysis.pipeline.reporting_period import asked_days

    # A mistake is reported before anything is read.
    asked = asked_desk(desk, seeds, since=since, until=until, pair=pair, country=country)
    seeds, scope, out, period = asked.seeds, asked.scope, out or asked.out, period or asked.period
    if front_only and notebook:
        raise ValueError("--front-only runs no notebook: leave out either it or --notebook")
    chosen = [] if front_only else choose_notebooks(notebooks, notebook or [])
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
    browser = browser_path() if pdf else ""
    installed_model()
    load_reader()
    articles, rejected = load_articles(seeds)
    chosen_articles = articles_in_scope(articles, scope)
    store = store or str(notebooks.resolve().parent / ".faultline")
    steps = len(chosen_articles if front_only else chosen)
    with pool_of(scheduler) as pool, progress("Briefing", total=steps) as advance:
        request = Request(chosen, seeds, out, scope, show_code, browser, store, pool, period, front_only)
        briefing = write_briefing(request, chosen_articles, rejected, progress=advance)
    if not front_only:
        kept = kept_for(seeds, notebooks.parent / ".faultline")
        remember_topics(articles, kept / "discovered_topics.json")
    say_rejected(briefing.rejected, seeds)
    for sentence in briefing.lapsed_corrections:
        typer.echo(f"correction not applied: {printable(sentence)}", err=True)
    for sentence in briefing.warnings:
        print_error(sentence)
    try:
        for sentence in tell_alerts(asked, briefing):
            print_error(f"alert: {sentence}")
    finally:
        typer.echo(f"open this: {printable(briefing.pages[0])}")


def remember_topics(articles, path: Path) -> None:
    """Save the numbers of discovered topics for the next run; the notebook has read them already."""
    from analysis.nlp.topics.discovery import discover_topics, load_memory, write_memory

    _, memory = discover_topics(articles, load_memory(path))
    if memory:
        with suppress(OSError):  # the briefing is complete; where this is the store, the person was told
            write_memory(path, memory)
