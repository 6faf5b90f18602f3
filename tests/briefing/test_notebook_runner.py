"""Notebooks run as a person would run them, two at a time, and an error names its cell."""

import time

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analysis.briefing import notebook_runner
from analysis.briefing.notebook_runner import reproducible, run_notebooks
from analysis.notebook_files import choose_notebooks, make_scratch, other_notebooks
from analysis.views.pages import BriefingError


def save(folder, name, *cells):
    notebook = new_notebook(cells=list(cells))
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    folder.mkdir(exist_ok=True)
    nbformat.write(notebook, folder / f"{name}.ipynb")
    return folder / f"{name}.ipynb"


def parameters(*names):
    source = "\n".join(f'{name}: str = ""' for name in names)
    return new_code_cell(source, metadata={"tags": ["parameters"]})


def run(*paths, given=None):
    return run_notebooks(paths, given or {})


def test_the_error_of_an_unknown_notebook_lists_the_known_ones(tmp_path):
    save(tmp_path, "01-topics")
    with pytest.raises(FileNotFoundError, match="has no notebook 'weather', expected one of: 01-topics"):
        choose_notebooks(tmp_path, ["weather"])
    with pytest.raises(
        FileNotFoundError,
        match=r"nope is not a folder, expected .* own folder or name that of its notebooks with --notebooks",
    ):
        choose_notebooks(tmp_path / "nope", [])
    (tmp_path / "empty").mkdir()
    with pytest.raises(FileNotFoundError, match="contains no notebooks with a number"):
        choose_notebooks(tmp_path / "empty", [])


def test_notebooks_are_chosen_by_part_of_their_name(tmp_path):
    paths = [save(tmp_path, name) for name in ("01-topics", "02-speakers", "03-tension")]
    assert choose_notebooks(tmp_path, []) == paths
    assert choose_notebooks(tmp_path, ["tension", "01"]) == [paths[0], paths[2]]


def test_only_numbered_notebooks_are_published_and_the_others_are_known(tmp_path):
    (tmp_path / "scratch").mkdir()
    numbered = save(tmp_path, "01-topics")
    own = [save(tmp_path, name) for name in ("2-many", "mine")]
    save(tmp_path / "scratch", "02-tried")
    save(tmp_path, ".01-hidden")
    assert choose_notebooks(tmp_path, []) == [numbered]
    assert other_notebooks(tmp_path) == own
    with pytest.raises(FileNotFoundError, match="has no notebook 'mine', expected one of: 01-topics"):
        choose_notebooks(tmp_path, ["mine"])
    numbered.unlink()
    with pytest.raises(
        FileNotFoundError, match=r"no notebooks with a number, expected files such as 00-corpus"
    ):
        choose_notebooks(tmp_path, [])


def test_the_folder_for_ones_own_files_is_made_beside_the_notebooks(tmp_path):
    (tmp_path / "notebooks").mkdir()
    for _ in range(2):
        make_scratch(tmp_path / "notebooks")
    assert (tmp_path / "scratch").is_dir()


def test_a_notebook_gets_the_parameters_that_it_declares_with_relative_paths(tmp_path):
    show = new_code_cell("print(seeds, pair)")
    path = save(tmp_path / "books", "01-a", parameters("seeds", "pair"), show)
    before = path.read_bytes()
    (notebook,) = run(path, given={"seeds": tmp_path / "seeds", "pair": "CHN-USA", "since": "x"})
    assert notebook.cells[-1].outputs[0].text == "../seeds CHN-USA\n"
    assert path.read_bytes() == before


def test_the_failing_cell_has_the_number_that_a_person_sees(tmp_path):
    path = save(tmp_path, "01-bad", parameters("seeds"), new_code_cell("1 / 0"))
    with pytest.raises(BriefingError, match=r"01-bad.ipynb, cell 1: ZeroDivisionError: division by zero"):
        run(path, given={"seeds": tmp_path})


def test_an_exception_that_a_widget_swallowed_stops_the_briefing(tmp_path):
    code = "import ipywidgets\nout = ipywidgets.Output()\nwith out:\n    1 / 0\nipywidgets.VBox([out])"
    path = save(tmp_path, "01-widget", new_markdown_cell("# A"), new_code_cell(code))
    with pytest.raises(BriefingError) as caught:
        run(path)
    assert "01-widget.ipynb, cell 1: a widget failed: ZeroDivisionError" in str(caught.value)


def test_no_cell_waits_in_vain_though_its_answer_comes_while_a_widget_is_filled(tmp_path):
    """With 150 such cells, nbclient by itself loses so many answers that it waits half a minute or more."""
    cells = [new_code_cell(f"with out:\n    1 / {n % 2}\n    print({n})") for n in range(150)]
    path = save(tmp_path, "01-a", new_code_cell("import ipywidgets\nout = ipywidgets.Output()\nout"), *cells)
    start = time.monotonic()
    with pytest.raises(BriefingError, match="a widget failed: ZeroDivisionError"):
        run(path)
    assert time.monotonic() - start < 20


def test_a_kernel_that_dies_is_named_as_the_cause(tmp_path):
    path = save(tmp_path, "01-dead", new_code_cell("2"), new_code_cell("import os\nos._exit(1)"))
    with pytest.raises(BriefingError, match=r"01-dead.ipynb, cell 1: its kernel died"):
        run(path)


def test_a_run_notebook_is_kept_without_times_and_controls(tmp_path):
    control = new_code_cell("print(1)", metadata={"tags": ["interactive"]})
    path = save(tmp_path, "01-a", new_markdown_cell("# A"), new_code_cell("print(2)"), control)
    first, second = (reproducible(one) for one in run(path, path))
    assert first == second
    assert "execution" not in first.cells[1].metadata
    assert first.cells[2].outputs == []


def test_a_notebook_that_runs_out_of_memory_says_what_to_do(tmp_path):
    path = save(tmp_path, "01-large", new_code_cell("len(bytearray(1 << 62))"))
    with pytest.raises(BriefingError, match=r"01-large.ipynb, cell 0: memory ran out: brief fewer articles"):
        run(path)


def test_no_kernel_is_started_where_zeromq_would_end_the_program(tmp_path, monkeypatch):
    path = save(tmp_path, "01-a", new_code_cell("1"))
    monkeypatch.setattr(notebook_runner, "ROOM", 1 << 60)
    with pytest.raises(MemoryError):
        run(path)
