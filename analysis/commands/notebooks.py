"""Open the notebooks in JupyterLab, or serve them as pages."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from analysis.commands.options import Notebooks, exit_on_mistakes


def lab(notebooks: Notebooks = Path("notebooks")) -> None:
    """Open JupyterLab on the notebooks."""
    import subprocess

    with exit_on_mistakes():
        from analysis.briefing.notebook_runner import choose_notebooks

        first = choose_notebooks(notebooks, [])[0]
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={Path.cwd()}"]
    raise typer.Exit(subprocess.call([*command, str(first)]))


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
