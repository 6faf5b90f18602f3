"""spaCy's command line is loaded when it is used, and not before."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROGRAM = """
import sys
import analysis
import spacy
print("spacy.cli" in sys.modules, "typer" in sys.modules)
print(spacy.info(silent=True)["spacy_version"] == spacy.__version__, "typer" in sys.modules)
print(spacy.info(silent=True)["spacy_version"] == spacy.__version__)
from spacy.cli import app, info
print(app is not None, info(silent=True)["spacy_version"] == spacy.__version__)
"""
COMMANDS_FIRST = """
import analysis
from spacy.cli import download, info
import spacy.cli.info
print(callable(download), info(silent=True)["spacy_version"] == spacy.__version__)
"""
SPACY_FIRST = """
import spacy, analysis
print(spacy.info.__module__)
"""


def printed(program: str) -> list[str]:
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_the_command_line_of_spacy_is_loaded_only_when_it_is_used():
    assert printed(PROGRAM) == ["False", "False", "True", "True", "True", "True", "True"]


def test_it_works_as_ever_where_it_is_used_first():
    assert printed(COMMANDS_FIRST) == ["True", "True"]


def test_it_is_left_alone_where_spacy_is_loaded_already():
    assert printed(SPACY_FIRST) == ["spacy.cli.info"]
