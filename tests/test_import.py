"""Importing the package changes nothing outside it, and imports no library before one is needed."""

import ast
import subprocess
import sys

import pytest

STATE = """
import gc, os, signal, sys, threading, warnings
def state():
    return {
        "garbage": (gc.isenabled(), gc.get_threshold(), gc.get_freeze_count(), len(gc.callbacks)),
        "warnings": (repr(warnings.filters), warnings.showwarning.__module__),
        "environment": dict(os.environ),
        "threads": threading.active_count(),
        "signals": [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)],
        "hooks": (sys.excepthook, sys.unraisablehook, list(sys.meta_path), list(sys.path)),
    }
before, modules = state(), set(sys.modules)
"""
CHANGED = "after = state()\nprint([name for name in after if after[name] != before[name]])\n"
LOADED = (
    "own = {*sys.stdlib_module_names, 'analysis'}\n"
    "print([name for name in sorted(set(sys.modules) - modules) if name.partition('.')[0] not in own])\n"
)


def printed(code: str) -> list:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return [ast.literal_eval(line) for line in done.stdout.splitlines()]


def test_importing_the_package_changes_nothing_and_loads_no_library():
    assert printed(f"{STATE}import analysis\n{CHANGED}{LOADED}") == [[], []]


@pytest.mark.parametrize(
    ("modules", "waits_for"),
    [
        ("analysis.cli", ("spacy", "pandas")),
        ("analysis.notebook.corpus, analysis.briefing.build", ("spacy", "dask", "distributed")),
    ],
)
def test_help_waits_for_no_library_and_what_shows_tables_for_no_parser(modules, waits_for):
    shown = f"print([name for name in {waits_for} if name in sys.modules])"
    assert printed(f"import sys, {modules}\n{shown}") == [[]]


def test_loading_the_tables_changes_no_setting_of_the_interpreter():
    libraries = "import pandas, pandera.pandas\n"  # change some by themselves
    assert printed(f"{libraries}{STATE}import analysis.schemas\n{CHANGED}") == [[]]


def test_a_name_that_the_package_does_not_have_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'weather'"):
        __import__("analysis").weather  # noqa: B018
