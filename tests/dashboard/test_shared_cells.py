"""Cells that are the same for all visitors are run once, and cells of controls are left for each."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analysis.dashboard.shared_cells import (
    FAILED,
    SharedShell,
    for_readers,
    new_shell,
    own_cells,
    run_shared_cells,
    warm_up,
)
from tests.notebooks import FOLDER


@pytest.fixture
def shell():
    yield new_shell()
    SharedShell.clear_instance()


def tagged(source: str, *tags: str):
    return new_code_cell(source, metadata={"tags": list(tags)})


def ran(shell, *cells):
    notebook = for_readers(new_notebook(cells=list(cells)))
    list(run_shared_cells(shell, notebook))
    return notebook


def shown(cell) -> list[str]:
    return [one.text if one.output_type == "stream" else one.data["text/plain"] for one in cell.outputs]


def test_what_a_cell_prints_displays_and_returns_is_kept(shell):
    source = "from IPython.display import display\nprint('printed')\ndisplay('displayed')\n6 * 7"
    notebook = ran(shell, new_code_cell(source), new_code_cell("x = 1"))
    assert shown(notebook.cells[0]) == ["printed\n", "'displayed'", "42"]
    assert notebook.cells[1].outputs == []


def test_a_picture_is_kept_in_base64(shell):
    source = "class Dot:\n    def _repr_png_(self):\n        return b'\\x89PNG'\nDot()"
    (output,) = ran(shell, new_code_cell(source)).cells[0].outputs
    assert output.data["image/png"] == "iVBORw=="


def test_cells_of_controls_are_left_and_find_what_the_others_defined(shell):
    notebook = ran(shell, new_code_cell("x = 40"), tagged("y = x + 2", "interactive"))
    assert own_cells(notebook) == [1]
    assert shell.user_ns["x"] == 40
    assert "y" not in shell.user_ns


def test_after_a_cell_that_failed_the_page_ends_with_a_sentence_and_the_reason_is_in_the_terminal(
    shell, capsys
):
    notebook = ran(shell, new_code_cell("1 / 0"), new_code_cell("print('not reached')"))
    assert [shown(cell) for cell in notebook.cells] == [[FAILED]]
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_cells_that_write_and_old_outputs_are_left_out_for_readers():
    notebook = for_readers(nbformat.read(FOLDER / "00-corpus.ipynb", as_version=4))
    sources = "\n".join(cell.source for cell in notebook.cells)
    assert "corpus.forms." not in sources
    assert "corpus.views.sources" in sources
    assert [cell for cell in notebook.cells if cell.get("outputs")] == []


def test_a_notebook_of_text_alone_has_no_controls():
    assert (
        own_cells(new_notebook(cells=[new_markdown_cell("# Title", metadata={"tags": ["interactive"]})]))
        == []
    )


def test_what_a_cell_of_controls_does_in_a_thread_is_done_before_a_kernel_is_forked(shell):
    source = "import threading, time\ndone = []\n"
    source += "threading.Thread(target=lambda: (time.sleep(0.2), done.append(1)), daemon=True).start()"
    warm_up(shell, new_notebook(cells=[tagged(source, "interactive")]))
    assert shell.user_ns["done"] == [1]
