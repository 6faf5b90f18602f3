"""The grammar of IRIs is loaded when something is checked with it, and not before."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROGRAM = """
import sys
from analysis.kernels.iri_grammar import load_when_used
load_when_used()
import nbformat, jsonschema
print("rfc3987_syntax" in sys.modules)
checker = jsonschema.FormatChecker()
print(checker.conforms("http://example.com/é", "iri"), checker.conforms("http://exa mple", "iri"))
print("rfc3987_syntax" in sys.modules)
"""


def test_the_grammar_is_loaded_only_to_check_an_iri():
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.split() == ["False", "True", "False", "True"]
