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

from analysis.commands.options import Notebooks, exit_on_mistakes

TOKEN_VARIABLE = "JUPYTER_TOKEN"  # JupyterLab reads it too; all users could see an argument


def lab(
    notebooks: Notebooks = Path("notebooks"),
    port: Annotated[
        int, typer.Option(min=1, max=65535, help="Port; if it is taken, the next free one.")
    ] = 8888,
    browser: Annotated[bool, typer.Option(help="Open it in a browser.")] = True,
) -> None:
    """Open the notebooks in JupyterLab, reachable only from this machine and with a token.

    The folder `scratch` beside them is for files of your own.
    """
    with exit_on_mistakes():
        from analysis.notebook_files import choose_notebooks, make_scratch
        from analysis.workbench.jupyterlab import (
            HOST,
            free_port,
            jupyterlab_address,
            jupyterlab_command,
            quiet_environment,
        )

        first = choose_notebooks(notebooks, [])[0]
        make_scratch(notebooks)
        free = free_port(HOST, port)
        command = jupyterlab_command(first, free, open_browser=browser)
    token = announced(jupyterlab_address(first, free))
    raise typer.Exit(run_server(command, quiet_environment({**os.environ, TOKEN_VARIABLE: token})))


def dashboard(
    notebooks: Notebooks = Path("notebooks"),
    briefings: Annotated[Path, typer.Option(help="The folder of briefings.")] = Path("briefings"),
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
    title: Annotated[str, typer.Option(help="Title of the start page.")] = "Faultline",
    visitors: Annotated[int, typer.Option(min=1, max=200, help="The most notebooks open at once.")] = 8,
    browser: Annotated[bool, typer.Option(help="Open it in a browser, which asks for the token.")] = True,
) -> None:
    """Serve briefings and notebooks as pages to anyone with the token; nothing is written."""
    import socket

    from analysis.ingest.scratch import scratch_folder

    with exit_on_mistakes(), scratch_folder() as scratch:
        from analysis.notebook_files import choose_notebooks
        from analysis.pipeline.store import linked_store
        from analysis.workbench.jupyterlab import free_port

        choose_notebooks(notebooks, [])
        free = free_port(host, port)
        options = {
            "root_dir": notebooks.resolve(),
            "briefings": briefings.resolve(),
            "store": linked_store(notebooks.resolve().parent / ".faultline", scratch / "store"),
            "ip": host,
            "port": free,
            "title": title,
            "visitors": visitors,
            "open_browser": browser,
        }
        command = [sys.executable, "-m", "analysis.dashboard"]
        command += [f"--Dashboard.{option}={value}" for option, value in options.items()]
        command += [f"--Dashboard.names={one}" for one in name or []]
        address = f"http://{socket.gethostname() if host in ('0.0.0.0', '::') else host}:{free}/"
        token = announced(address)
        own = {TOKEN_VARIABLE: token, "IPYTHONDIR": str(scratch / "ipython")}
        code = run_server(command, {**os.environ, **own})
    raise typer.Exit(code)


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
