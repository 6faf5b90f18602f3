"""The libraries for IRIs and durations are loaded when something is checked with them, and not before."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROGRAM = """
import sys
from analysis.kernels.schema_formats import load_when_used
load_when_used()
import nbformat, jsonschema
print("rfc3987_syntax" in sys.modules, "isoduration" in sys.modules)
checker = jsonschema.FormatChecker()
print(checker.conforms("http://example.com/é", "iri"), checker.conforms("http://exa mple", "iri"))
print(checker.conforms("P3DT4H", "duration"), checker.conforms("three days", "duration"))
print("rfc3987_syntax" in sys.modules, "isoduration" in sys.modules)
"""


def test_the_libraries_are_loaded_only_to_check_an_iri_or_a_duration():
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True)
    lines = done.stdout.splitlines()
    assert lines == ["False False", "True False", "True False", "True True"], done.stderr
