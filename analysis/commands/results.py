"""Write a briefing or tables, open the notebooks in JupyterLab, or serve all of it as pages."""

import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from analysis.commands.shared import (
    NAMED_PATH,
    SEEDS,
    Country,
    DeskName,
    Notebooks,
    Pair,
    Scheduler,
    Seeds,
    Since,
    Store,
    Until,
    asked_desk,
    check_apart,
    pool_of,
    print_error,
    printable,
    progress,
    read_tables,
    say_rejected,
    whole_number,
)
from analysis.phrasing import counted

TOKEN_VARIABLE = "JUPYTER_TOKEN"  # JupyterLab reads it too; all users could see an argument


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
    pair: Pair = None,
    country: Country = None,
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
    from analysis.pipeline.filters import articles_in_scope, load_articles
    from analysis.pipeline.reporting_period import AUTO, LONGEST_WITHOUT_BACKGROUND, asked_days

    # A mistake is reported before anything is read.
    asked = asked_desk(desk, seeds, since=since, until=until, pair=pair, country=country)
    seeds, scope, out, period = asked.seeds, asked.scope, out or asked.out, period or asked.period
    if front_only and notebook:
        raise ValueError("--front-only runs no notebook: leave out either it or --notebook")
    chosen = [] if front_only else choose_notebooks(notebooks, notebook or [])
    if not front_only and (left_out := ", ".join(path.name for path in other_notebooks(notebooks))):
        print_error(f"not published, because the name does not begin with a number such as 06-: {left_out}")
    check_apart(out, seeds)
    if out.exists() and not out.is_dir():
        raise NotADirectoryError(f"{out} is a file, expected a folder for briefings: use another --out")
    asked_days(period)
    browser = browser_path() if pdf else ""
    installed_model()
    load_reader()
    articles, rejected = load_articles(seeds)
    chosen_articles = articles_in_scope(articles, scope)
    own_store = notebooks.resolve().parent / ".faultline"
    with pool_of(scheduler) as pool, progress("Briefing", total=len(chosen or chosen_articles)) as advance:
        request = Request(
            notebooks=chosen,
            seeds=seeds,
            out=out,
            scope=scope,
            show_code=show_code,
            browser=browser,
            store=store or str(own_store),
            pool=pool,
            period=period,
            front_only=front_only,
        )
        briefing = write_briefing(request, chosen_articles, rejected, progress=advance)
    if not front_only:
        remember_topics(articles, kept_for(seeds, own_store) / "discovered_topics.json")
    say_rejected(briefing.rejected, seeds)
    days = briefing.inputs.period
    is_chosen = period not in ("", AUTO) or not days.is_everything or not days.last
    if not is_chosen and (days.last - days.first).days > LONGEST_WITHOUT_BACKGROUND:
        print_error(f"the page is on all articles, {days.title}: add --period week for the last week alone")
    lapsed = (f"correction not applied: {sentence}" for sentence in briefing.lapsed_corrections)
    for sentence in (*lapsed, *briefing.warnings):
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


def export(
    out: Annotated[
        Path,
        typer.Argument(
            help="The file to write, ending in .xlsx, .csv, .parquet or .jsonl, or a folder for CSV files.",
            **NAMED_PATH,
        ),
    ],
    table: Annotated[
        list[str] | None,
        typer.Option(
            help="Only this table: articles, statements, events, incidents, topics, indicators, weeks, "
            "corrections or rejected; can be repeated."
        ),
    ] = None,
    since: Since = "",
    until: Until = "",
    pair: Pair = None,
    country: Country = None,
    desk: DeskName = "",
    seeds: Seeds = SEEDS,
    store: Store = ".faultline",
) -> None:
    """Write tables in plain words, each row with its sentence and source, for Excel and other programs."""
    from analysis.export.export_tables import checked_path, export_tables
    from analysis.findings.period_inputs import PeriodInputs
    from analysis.pipeline.filters import deduplicate, narrowed
    from analysis.pipeline.reporting_period import ALL, reporting_period
    from analysis.readable.tables import NARROWED, Readable, about_tables, checked_names, readable_tables

    asked = asked_desk(desk, seeds, since=since, until=until, pair=pair, country=country)
    checked_path(out)  # a mistake is reported before anything is read
    check_apart(out, asked.seeds)
    names, scope = checked_names(table or []), asked.scope
    read, rejected = read_tables(asked.seeds, store, scope=scope)
    say_rejected(rejected, asked.seeds)
    tables = deduplicate(narrowed(read, scope))
    period = reporting_period(ALL, tables.articles["published_date"])
    found = Readable(PeriodInputs(tables, period), rejected, scope)
    is_new = not out.parent.exists()
    exported = export_tables(readable_tables(found, names), out, about=about_tables(found, tables.articles))
    if is_new:
        print_error(f"{out.parent} did not exist and was made")
    if scope.subject and tables.events.empty and tables.quotes.empty:
        print_error(f"nothing was found on {scope.subject}")
    for sentence in (*exported.notes, *([NARROWED] if scope.subject else [])):
        print_error(sentence)
    for name, count in exported.row_counts.items():
        typer.echo(f"{name}: {counted(count, 'row')}")
    for path in exported.paths:
        typer.echo(printable(path))


def lab(
    desk: DeskName = "",
    seeds: Seeds = SEEDS,
    notebooks: Notebooks = Path("notebooks"),
    port: Annotated[
        int, typer.Option(help="Port; if it is taken, the next free one.", **whole_number(65_535))
    ] = 8888,
    browser: Annotated[bool, typer.Option(help="Open it in a browser.")] = True,
) -> None:
    """Open the notebooks in JupyterLab, reachable only from this machine and with a token.

    The folder `scratch` beside them is for files of your own. Of a desk, or of articles that are not in
    seeds, copies of the notebooks are opened, such as notebooks/gulf, which ask for what the desk asks.
    """
    from analysis.notebook_files import choose_notebooks, make_scratch
    from analysis.workbench.jupyterlab import (
        HOST,
        free_port,
        jupyterlab_address,
        jupyterlab_command,
        own_notebooks,
        quiet_environment,
    )

    asked = asked_desk(desk, seeds)
    first = choose_notebooks(notebooks, [])[0]
    if desk or seeds != SEEDS:
        first = own_notebooks(asked, notebooks) / first.name
    make_scratch(first.parent)
    free = free_port(HOST, port)
    own = {TOKEN_VARIABLE: announced(jupyterlab_address(first, free))}
    command = jupyterlab_command(first, free, open_browser=browser)
    raise typer.Exit(run_server(command, quiet_environment({**os.environ, **own})))


def dashboard(
    desk: DeskName = "",
    seeds: Seeds = SEEDS,
    notebooks: Notebooks = Path("notebooks"),
    briefings: Annotated[
        Path | None,
        typer.Option(
            help="The folder of briefings; by default that of the desk, or briefings.", **NAMED_PATH
        ),
    ] = None,
    host: Annotated[
        str, typer.Option(help="Address to listen on; with 0.0.0.0, colleagues with the token can reach it.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(help="Port; if it is taken, the next free one.", **whole_number(65_535))
    ] = 8866,
    name: Annotated[
        list[str] | None,
        typer.Option(help="Another name by which colleagues reach this machine; can be repeated."),
    ] = None,
    title: Annotated[
        str, typer.Option(help="Title of the start page; by default that of the desk, or Faultline.")
    ] = "",
    visitors: Annotated[int, typer.Option(help="The most notebooks open at once.", **whole_number(200))] = 8,
    browser: Annotated[bool, typer.Option(help="Open it in a browser, which asks for the token.")] = True,
) -> None:
    """Serve briefings and notebooks as pages to anyone with the token; nothing is written."""
    import socket

    from analysis.ingest.whole_files import scratch_folder
    from analysis.notebook_files import choose_notebooks
    from analysis.pipeline.store import linked_store
    from analysis.workbench.jupyterlab import desk_parameters, free_port

    asked = asked_desk(desk, seeds)
    choose_notebooks(notebooks, [])
    if not asked.seeds.is_dir():
        raise NotADirectoryError(f"{asked.seeds} does not exist, expected a folder of articles")
    free, given = free_port(host, port), desk_parameters(asked, notebooks)
    with scratch_folder() as scratch:
        given["store"] = str(linked_store(Path(given["store"]), scratch / "store"))
        options = {
            "root_dir": notebooks.resolve(),
            "briefings": (briefings or (asked.out if desk else Path("briefings"))).resolve(),
            "ip": host,
            "port": free,
            "title": title or asked.title,
            "visitors": visitors,
            "open_browser": browser,
        }
        command = [sys.executable, "-m", "analysis.dashboard"]
        command += [f"--Dashboard.{option}={value}" for option, value in options.items()]
        command += [f"--Dashboard.names={one}" for one in name or []]
        command += [f"--Dashboard.given={key}={value}" for key, value in given.items()]
        address = f"http://{socket.gethostname() if host in ('0.0.0.0', '::') else host}:{free}/"
        own = {TOKEN_VARIABLE: announced(address), "IPYTHONDIR": str(scratch / "ipython")}
        raise typer.Exit(run_server(command, {**os.environ, **own}))


def announced(address: str) -> str:
    """Say where a server will be, with its token, and return the token."""
    token = os.environ.get(TOKEN_VARIABLE) or secrets.token_hex(24)
    typer.echo(f"{address}?token={token}")
    typer.echo("Anyone with this address can use it. Stop with Ctrl-C.", err=True)
    return token


def run_server(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run a server to its end, and pass on to it what would end this program; returns its exit code."""
    server = subprocess.Popen(command, env=environment)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _: server.send_signal(number))
    while True:
        try:
            return server.wait()
        except KeyboardInterrupt:  # the terminal has told the server, too, which ends by itself or asks
            continue
