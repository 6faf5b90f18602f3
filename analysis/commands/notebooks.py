"""Open the notebooks in JupyterLab, or serve them as pages."""

import os
from collections.abc import Callable
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
    import secrets
    import subprocess

    with exit_on_mistakes():
        from analysis.notebook_files import choose_notebooks, make_scratch
        from analysis.workbench.jupyterlab import (
            free_port,
            jupyterlab_address,
            jupyterlab_command,
            quiet_environment,
        )

        first = choose_notebooks(notebooks, [])[0]
        make_scratch(notebooks)
        free = free_port(port)
        command = jupyterlab_command(first, free, open_browser=browser)
    token = os.environ.get(TOKEN_VARIABLE) or secrets.token_hex(24)
    announced_in(False)(jupyterlab_address(first, free), token)
    raise typer.Exit(subprocess.call(command, env=quiet_environment({**os.environ, TOKEN_VARIABLE: token})))


def dashboard(
    notebooks: Notebooks = Path("notebooks"),
    briefings: Annotated[Path, typer.Option(help="The folder of briefings.")] = Path("briefings"),
    host: Annotated[
        str, typer.Option(help="Address to listen on; with 0.0.0.0, colleagues with the token can reach it.")
    ] = "localhost",
    port: Annotated[
        int, typer.Option(min=1, max=65535, help="Port; if it is taken, the next free one.")
    ] = 8866,
    name: Annotated[
        list[str] | None,
        typer.Option(help="Another name by which colleagues reach this machine; can be repeated."),
    ] = None,
    title: Annotated[str, typer.Option(help="Title of the dashboard on its pages.")] = "Faultline",
    visitors: Annotated[int, typer.Option(min=1, max=200, help="The most explorers open at once.")] = 8,
    browser: Annotated[bool, typer.Option(help="Open it in a browser.")] = True,
) -> None:
    """Serve briefings and notebooks as pages to anyone with the token; nothing is written."""
    with exit_on_mistakes():
        from analysis.notebook_files import choose_notebooks

        choose_notebooks(notebooks, [])
        from analysis.dashboard.readings import Folders
        from analysis.dashboard.server import Served, serve_dashboard

        beside = notebooks.resolve().parent
        folders = Folders(notebooks.resolve(), beside / "seeds", beside / ".faultline", briefings.resolve())
        served = Served(folders, host, port, tuple(name or ()), title, visitors)
        serve_dashboard(served, announced_in(browser))


def announced_in(browser: bool) -> Callable[[str, str], None]:
    """Say where a server is, with the token, and open it in a browser if asked to."""

    def announce(address: str, token: str) -> None:
        typer.echo(f"{address}?token={token}")
        typer.echo("Anyone with this address can use it. Stop with Ctrl-C.", err=True)
        if browser:
            open_privately(f"{address}?token={token}")

    return announce


def open_privately(address: str) -> None:
    """Open an address in a browser through a file that only the user can read: all can see a command line."""
    import atexit
    import threading
    import webbrowser
    from contextlib import ExitStack
    from html import escape

    from analysis.ingest.scratch import scratch_folder

    stack = ExitStack()
    atexit.register(stack.close)
    page = stack.enter_context(scratch_folder()) / "open.html"
    page.write_text(f'<!doctype html><meta http-equiv="refresh" content="0; url={escape(address)}">')
    threading.Thread(target=webbrowser.open, args=[page.as_uri()], daemon=True).start()
