"""Whoever changes what reads texts decides whether stored rows are still right.

`python -m tests.test_reading_version` writes down the code and models of today.
"""

import ast
import hashlib
import json
from pathlib import Path

import analysis.pipeline.store
from analysis.pipeline.store import READING_VERSION

ROOT = Path(__file__).parents[1]
RECORD = Path(__file__).parent / "reading_version.json"
CODE = ("nlp", "pipeline/extractors.py", "ingest/dates.py", "lexicons.py", "country_names.py")
MODELS = "models"


def digest() -> str:
    """Digest of all that reads, comments and layout left out; the word lists are in the version itself."""
    found = hashlib.sha256()
    places = [ROOT / "analysis" / name for name in CODE]
    code = [path for place in places for path in ([place] if place.is_file() else place.rglob("*.py"))]
    for path in sorted(code):
        found.update(ast.unparse(ast.parse(path.read_text(encoding="utf-8"))).encode())
    for path in sorted((ROOT / "analysis" / MODELS).glob("*.*")):
        found.update(path.read_bytes())
    return found.hexdigest()


def test_a_change_of_what_reads_texts_comes_with_a_decision_on_stored_rows():
    assert json.loads(RECORD.read_text()) == {"reading_version": READING_VERSION, "digest": digest()}, (
        f"What reads texts has changed. If a row may be another now, raise READING_VERSION (now "
        f"{READING_VERSION}) in {Path(analysis.pipeline.store.__file__).relative_to(ROOT)}, so that stored "
        "texts are read again. In any case run `python -m tests.test_reading_version` and commit its file."
    )


if __name__ == "__main__":
    RECORD.write_text(json.dumps({"reading_version": READING_VERSION, "digest": digest()}, indent=1) + "\n")
