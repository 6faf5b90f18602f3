"""The notebooks keep the house rules, and what they show is what the code gives today."""

import ast
import re
from functools import cache
from shutil import copytree

import nbformat
import pytest

from tests.lab import copied
from tests.notebooks import PATHS, run, texts

EXPORTS = (".export", "export_tables")
MAX_LINES = 5
MAX_IMPORT_LINES = 4


@cache
def notebooks():
    return [pytest.param(nbformat.read(path, as_version=4), id=path.stem) for path in PATHS]


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def tags(cell):
    return cell.metadata.get("tags", [])


def imports_of(cell):
    """The statements of a cell, those of a `try` that says what to do before `make` among them."""
    nodes = ast.parse(cell.source).body
    return [one for node in nodes for one in (node.body if isinstance(node, ast.Try) else [node])]


def is_import(cell):
    return all(isinstance(node, ast.Import | ast.ImportFrom) for node in imports_of(cell))


@pytest.mark.parametrize("notebook", notebooks())
def test_a_notebook_opens_with_its_question(notebook):
    first = notebook.cells[0]
    assert first.cell_type == "markdown"
    assert re.match(r"# .+\?\n", first.source + "\n")


@pytest.mark.parametrize("notebook", notebooks())
def test_a_notebook_begins_with_a_short_import_its_parameters_and_one_line_of_setup(notebook):
    imports, parameters, setup = code_cells(notebook)[:3]
    assert is_import(imports) and len(imports.source.splitlines()) <= MAX_IMPORT_LINES
    assert tags(parameters) == ["parameters"]
    assert re.match(r"\w+ = open_\w+\(.*\)$", setup.source) and len(setup.source.splitlines()) == 1
    assert [is_import(cell) for cell in code_cells(notebook)].count(True) == 1
    assert [tags(cell) for cell in code_cells(notebook)].count(["parameters"]) == 1


@pytest.mark.parametrize("notebook", notebooks())
def test_a_notebook_calls_the_face_alone(notebook):
    imports, *_ = code_cells(notebook)
    assert [node.module for node in imports_of(imports)] == ["analysis"]
    assert not any("with_corrections" in cell.source for cell in code_cells(notebook))


@pytest.mark.parametrize("notebook", notebooks())
def test_a_notebook_that_can_begin_on_a_day_can_end_on_one(notebook):
    parameters = code_cells(notebook)[1].source
    assert ("since: str" in parameters) == ("until: str" in parameters)


@pytest.mark.parametrize("notebook", notebooks())
def test_a_notebook_that_reads_articles_gives_its_numbers_to_the_briefing(notebook):
    records = [cell.source for cell in code_cells(notebook) if "record" in tags(cell)]
    reads = any("open_corpus(seeds" in cell.source for cell in code_cells(notebook))
    assert [source.startswith("corpus.fingerprint(") for source in records] == [True] * reads


@pytest.mark.parametrize("notebook", notebooks())
def test_a_notebook_defines_nothing_and_writes_nothing(notebook):
    nodes = [node for cell in code_cells(notebook) for node in ast.walk(ast.parse(cell.source))]
    assert not [node for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda)]
    assert not re.search(
        r"\.(to_csv|write_\w+|savefig|open)\(|\bopen\(", "".join(c.source for c in code_cells(notebook))
    )


@pytest.mark.parametrize("notebook", notebooks())
def test_a_cell_that_exports_writes_into_scratch_and_only_when_a_person_runs_it(notebook):
    for cell in code_cells(notebook):
        calls = [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Call)]
        paths = [ast.unparse(call.args[-1]) for call in calls if ast.unparse(call.func).endswith(EXPORTS)]
        assert all(path.startswith("'../scratch/") for path in paths), cell.source
        assert not paths or {"interactive", "writes"} <= set(tags(cell)), cell.source


@pytest.mark.parametrize("notebook", notebooks())
def test_cells_are_short_and_there_are_more_words_than_code(notebook):
    code = [cell for cell in code_cells(notebook) if not is_import(cell)]
    assert all(len(cell.source.splitlines()) <= MAX_LINES for cell in code if tags(cell) != ["parameters"])
    prose = sum(len(cell.source.split()) for cell in notebook.cells if cell.cell_type == "markdown")
    assert prose > sum(len(cell.source.split()) for cell in code)


@pytest.fixture(scope="module")
def run_today(tmp_path_factory, seed_store):
    """Each notebook as it runs today, by its file name."""
    place = copied(tmp_path_factory.mktemp("notebooks"))
    copytree(seed_store, place / ".faultline")  # the kernel needs no model then
    names = [path.name for path in PATHS]
    return dict(zip(names, run([place / "notebooks" / name for name in names]), strict=True))


@pytest.mark.model
@pytest.mark.parametrize("path", PATHS, ids=[path.stem for path in PATHS])
def test_the_committed_results_are_those_of_today(run_today, path):
    committed = nbformat.read(path, as_version=4)
    assert texts(committed) == texts(run_today[path.name]), (
        f"{path.name} is stale: run `make notebooks` and look at it"
    )
