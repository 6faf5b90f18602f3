"""Notebooks run as a person would run them, in one kernel, and an error names its cell."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import psutil
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analysis.briefing.notebooks import reproducible, run_notebooks
from analysis.notebook_files import choose_notebooks, make_scratch, other_notebooks
from analysis.views.pages import BriefingError

ROOT = Path(__file__).parents[2]


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
    same_for_all = save(tmp_path, "04-how-far-to-trust-it")
    assert choose_notebooks(tmp_path, []) == paths
    assert choose_notebooks(tmp_path, ["trust"]) == [same_for_all]


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


def test_the_folder_for_ones_own_files_is_made_beside_the_notebooks(tmp_path):
    (tmp_path / "notebooks").mkdir()
    for _ in range(2):
        make_scratch(tmp_path / "notebooks")
    assert (tmp_path / "scratch").is_dir()


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """Three notebooks after a run in one kernel, the first of them twice."""
    books = tmp_path_factory.mktemp("place") / "books"
    control = new_code_cell("print(1)", metadata={"tags": ["interactive"]})
    show = new_code_cell("print(seeds, pair)")
    first = save(books, "01-a", new_markdown_cell("# A"), parameters("seeds", "pair"), show, control)
    keep = save(books, "02-b", new_code_cell("import os\nkept = 1\nprint(os.getpid())"))
    look = new_code_cell("print('kept' in globals(), 'os' in globals())\nimport os\nprint(os.getpid())")
    before = first.read_bytes()
    given = {"seeds": books.parent / "seeds", "pair": "CHN-USA", "since": "x"}
    found = run(first, first, keep, save(books, "03-c", look), given=given)
    assert first.read_bytes() == before
    return found


def test_a_notebook_gets_the_parameters_that_it_declares_with_relative_paths(ran):
    assert ran[0].cells[-2].outputs[0].text == "../seeds CHN-USA\n"


def test_the_failing_cell_has_the_number_that_a_person_sees(tmp_path):
    path = save(tmp_path, "01-bad", parameters("seeds"), new_code_cell("1 / 0"))
    with pytest.raises(BriefingError, match=r"01-bad.ipynb, cell 1: ZeroDivisionError: division by zero"):
        run(path, given={"seeds": tmp_path})


def test_a_notebook_knows_no_name_of_the_one_before_in_the_same_kernel(ran):
    *_, one, other = ran
    assert other.cells[0].outputs[0].text == f"False False\n{one.cells[0].outputs[0].text}"


def test_a_kernel_that_dies_is_named_as_the_cause(tmp_path):
    path = save(tmp_path, "01-dead", new_code_cell("2"), new_code_cell("import os\nos._exit(1)"))
    with pytest.raises(BriefingError, match=r"01-dead.ipynb, cell 1: its kernel died"):
        run(path)


def test_a_run_notebook_is_kept_without_times_and_controls(ran):
    first, second = map(reproducible, ran[:2])
    assert first == second
    assert "execution" not in first.cells[-2].metadata
    assert first.cells[-1].outputs == []


def test_a_notebook_that_runs_out_of_memory_says_what_to_do(tmp_path):
    path = save(tmp_path, "01-large", new_code_cell("len(bytearray(1 << 62))"))
    with pytest.raises(BriefingError, match=r"01-large.ipynb, cell 0: memory ran out: brief fewer articles"):
        run(path)


def test_an_interrupt_ends_the_kernel_and_then_the_run(tmp_path):
    source = "import os, time\nopen('started', 'w').write(str(os.getpid()))\ntime.sleep(600)"
    path = save(tmp_path, "01-long", new_code_cell(source))
    code = "import sys, pathlib, signal; from tests.briefing.test_notebooks import run\n"
    code += (
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # ignored where these tests run as a job
    )
    code += "run(pathlib.Path(sys.argv[1]))"
    command = [sys.executable, "-c", code, str(path)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, cwd=ROOT, text=True) as run:
        while not (tmp_path / "started").exists() or not (tmp_path / "started").read_text():
            time.sleep(0.1)
        run.send_signal(signal.SIGINT)
        _, said = run.communicate(timeout=60)
    assert said.strip().endswith("KeyboardInterrupt")
    assert not psutil.pid_exists(int((tmp_path / "started").read_text()))
