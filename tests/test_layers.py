"""Imports go one way: a module may use lower layers, never its own or a higher one."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ANALYSIS = Path(__file__).parent.parent / "analysis"
LAYERS = {
    "__init__": 0,
    "schemas": 0,
    "lexicons": 0,
    "clauses": 1.5,  # reads word lists (1), serves acts (2)
    "trees": 2,  # mends what clauses (1.5) ask of, serves events (3)
    "drafts": 0.1,
    "datelines": 0.2,  # reads drafts, serves the corpus (1)
    "wording": 0.1,
    "texts": 0.1,
    "exports": 0.2,  # reads drafts, serves readers
    "tables": 0.2,
    "history": 0.2,  # reads schemas, serves records (4.5) and the pipeline (5)
    "readers": 0.3,
    "sandbox": 0.4,
    "reprints": 0.4,
    "retold": 1,  # reads tables, serves indicators (4) and scope (5.5)
    "web": 0.4,
    "corrections": 0.5,  # reads drafts and word lists, serves the corpus (1) and overruling (2)
    "overruling": 2,
    "corpus": 1,
    "adding": 1.5,  # reads corpus (1), serves the command line
    "event_lexicon": 1,
    "gazetteer": 1,
    "language": 2,
    "marks": 2,
    "reporting": 2,
    "utterances": 2.5,
    "actors": 2,
    "acts": 2.25,  # reads readings (2), serves parties (2.5)
    "backed": 3,
    "backers": 2.4,  # reads mentions (2), serves parties (2.5)
    "ministries": 2.25,  # reads mentions (2), serves speakers (2.5)
    "speakers": 2.5,  # reads mentions (2), serves quotes (3)
    "years": 2.5,  # reads acts (2.25), serves events (3)
    "carried": 2.75,  # names subjects as parties (2.5) do, serves events (3)
    "parties": 2.5,  # reads mentions and acts (2), serves events (3)
    "encoder": 2,
    "quotes": 3,
    "readings": 2,
    "events": 3,
    "topics": 3,
    "discovery": 3,
    "sentiment": 3,
    "heads": 4,
    "needs": 0.1,
    "tone": 1,
    "stances": 3.5,  # joins sentiment (3) with the encoder (2), serves heads (4)
    "parses": 2.5,  # keeps what language (2) parsed, serves the passes (4.25)
    "passes": 4.25,
    "store": 1,
    "records": 4.5,
    "workers": 4.75,  # runs passes (4.25) and records (4.5), serves the extraction
    "lines": 4.9,
    "extraction": 4.9,  # plans and keeps, serves the pipeline (5)
    "periods": 1,
    "intervals": 1,
    "risk": 3,
    "text_indicators": 4,
    "indicators": 4,
    "drivers": 4.25,  # reads indicators (4), serves changes (4.5)
    "agreements": 4.75,  # correlates as changes (4.5) does, serves charts
    "changes": 4.5,  # reads drivers (4.25), serves the pipeline (5)
    "pipeline": 5,
    "exhibits": 5.5,  # reads the pipeline (5), serves validation (6.5)
    "scaling": 5.5,  # the extraction (4.9) on more than one machine, serves the command line
    "snapshots": 5.75,  # reads the pipeline's tables, told once (5.5), serves notebooks and briefings
    "charts": 6,
    "tension_charts": 6.25,  # draws as charts (6) does, serves views and explorers
    "speaker_charts": 6.25,  # draw as charts (6) does, serve notebooks and explorers
    "pair_charts": 6.25,
    "agreement_charts": 6.25,
    "views": 6,
    "findings": 6,
    "overturn": 6.5,  # words of findings and views (6), serves notebooks
    "scope": 5.5,  # narrows the pipeline's tables (5), serves notebooks and briefings
    "sourcing": 6.75,  # says what it counts in the words of judgments (6.5)
    "judgments": 6.5,  # words of findings (6), serves the front page
    "validation": 6.5,  # draws and answers as charts and findings (6) do
    "selection": 5.5,  # narrows the pipeline's tables (5), serves explorers
    "bar_charts": 6.25,  # draws as charts (6) does, serves explorers
    "reading_pane": 6.25,  # shows as views (6) do, serves explorers
    "exploring": 6.5,  # puts bars and reading together, serves widgets
    "widgets": 7,
    "pages": 6,
    "citations": 6.5,  # leads from views (6) to pages (6)
    "comparison": 6.75,  # words of judgments (6.5), serves the front page (7)
    "frontpage": 7,
    "corrected": 6.1,  # shows as views (6) do, serves the reading pane (6.25)
    "holdings": 6.5,
    "desk": 7.5,  # shows as widgets (7) do
    "correcting": 7.75,  # says what went wrong as the desk (7.5) does
    "knob": 6.5,  # shows as views (6) do
    "running": 7,
    "manifest": 7,
    "printing": 7,
    "leading": 5.5,  # ranks pairs by indicators (4), serves judgments (6.5)
    "archive": 7.25,  # finds what comparison (6.75) reads, serves the briefing (7.5)
    "briefing": 7.5,  # puts the front page and the run notebooks (7) together
    "dashboard": 7,
    "cli": 8,
}
ONLY_CALLERS = {
    "spacy.load": "language",
    "nlp.pipe": "language",
    "from distributed": "scaling",
    "matplotlib.pyplot": None,
    "import pyplot": None,
}


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return {name.split(".")[1] for name in names if name.startswith("analysis.")}


def test_every_module_has_a_layer():
    assert {path.stem for path in ANALYSIS.glob("*.py")} <= set(LAYERS)


@pytest.mark.parametrize("path", sorted(ANALYSIS.glob("*.py")), ids=lambda path: path.stem)
def test_a_module_imports_only_from_lower_layers(path):
    too_high = {name for name in imported(path) & set(LAYERS) if LAYERS[name] >= LAYERS[path.stem]}
    assert not too_high, f"{path.name} (layer {LAYERS[path.stem]}) imports {sorted(too_high)}"


@pytest.mark.parametrize(("text", "owner"), ONLY_CALLERS.items())
def test_one_module_owns_it(text, owner):
    users = {p.stem for p in ANALYSIS.glob("*.py") if text in p.read_text(encoding="utf-8")}
    assert users <= {owner}


def test_nothing_in_analysis_imports_the_benchmarks():
    assert not [p.name for p in ANALYSIS.glob("*.py") if "import benchmarks" in p.read_text(encoding="utf-8")]


def test_to_check_a_table_imports_no_library_of_distributed_tables_which_can_be_imported_after():
    code = (
        "import sys\nfrom analysis.schemas import Rejected\nimport pandas\n"
        "Rejected.validate(pandas.DataFrame({'path': ['a.txt'], 'reason': ['is empty']}))\n"
        "print([name for name in ('dask.dataframe', 'dask.array') if name in sys.modules])\n"
        "import dask.dataframe"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
