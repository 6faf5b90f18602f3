"""Open the notebooks in JupyterLab, or serve them as pages."""

import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from analysis.commands.options import (
    NAMED_PATH,
    SEEDS,
    DeskName,
    Notebooks,
    Seeds,
    asked_desk,
)

TOKEN_VARIABLE = "JUPYTER_TOKEN"  # JupyterLab reads it too; all users could see an argument


def lab(
    desk: DeskName = "",
    seeds: Seeds = SEEDS,
    notebooks: Notebooks = Path("notebooks"),
    port: Annotated[
        int, typer.Option(min=1, max=65535, help="Port; if it is taken, the next free one.")
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
    check_outlets(asked)
    first = choose_notebooks(notebooks, [])[0]
    if desk or seeds != SEEDS:
        first = own_notebooks(asked, notebooks) / first.name
    make_scratch(first.parent)
    free = free_port(HOST, port)
    command = jupyterlab_command(first, free, open_browser=browser)
    token = announced(jupyterlab_address(first, free))
    raise typer.Exit(run_server(command, quiet_environment({**os.environ, TOKEN_VARIABLE: token})))


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
        int, typer.Option(min=1, max=65535, help="Port; if it is taken, the next free one.")
    ] = 8866,
    name: Annotated[
        list[str] | None,
        typer.Option(help="Another name by which colleagues reach this machine; can be repeated."),
    ] = None,
    title: Annotated[
        str, typer.Option(help="Title of the start page; by default that of the desk, or Faultline.")
    ] = "",
    visitors: Annotated[int, typer.Option(min=1, max=200, help="The most notebooks open at once.")] = 8,
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
    check_outlets(asked)
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
        token = announced(address)
        own = {TOKEN_VARIABLE: token, "IPYTHONDIR": str(scratch / "ipython")}
        code = run_server(command, {**os.environ, **own})
    raise typer.Exit(code)


def check_outlets(desk) -> None:
    """Warn of an outlet that a desk leaves out and that no article is from: pages show no warnings."""
    from analysis.ingest.corpus import load_corpus
    from analysis.outlets import warn_of_unknown

    if names := desk.scope.leave_out:
        articles, _ = load_corpus(desk.seeds)
        warn_of_unknown(names.split("; "), set(articles["outlet"].dropna()))


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
