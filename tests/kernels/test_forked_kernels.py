"""A forked kernel is what JupyterLab would have started, and knows nothing of the others."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analysis.briefing.notebook_runner import reproducible, run_notebooks
from analysis.kernels.fork_server import act
from analysis.kernels.forked_kernels import (
    LONGEST_PATH,
    OWN_KERNELS,
    ServerEnded,
    fork_server,
    kernels_of,
    own_kernel,
    transport_for,
)
from analysis.pipeline.forked_workers import can_fork
from analysis.views.pages import BriefingError

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(not can_fork(), reason="this system cannot fork")
RICH = (
    "import sys, os\nprint('out')\nprint('err', file=sys.stderr)\nos.path.basename(os.getcwd())",
    "import matplotlib.pyplot as plt\nplt.plot([1, 2]);",
    "import ipywidgets\nipywidgets.IntSlider(3)",
    "from IPython.display import display, HTML, clear_output\ndisplay(HTML('<b>1</b>'))\nclear_output()\n"
    "shown = display('one', display_id='d')\nget_ipython().run_line_magic('who_ls', '')",
)


LIKE_A_COMMAND = (  # begins a program of its own, which loads a briefing's libraries as quickly as one does
    "from analysis.kernels.schema_formats import load_when_used\nload_when_used()\n"
)


def save(folder, name, *sources):
    cells = [
        new_markdown_cell("# A"),
        *(new_code_cell(source, id=f"c{n}") for n, source in enumerate(sources)),
    ]
    notebook = new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, folder / f"{name}.ipynb")
    return folder / f"{name}.ipynb"


def forked_runs(*paths, prepare=lambda: None):
    with fork_server(prepare) as server:
        return run_notebooks(paths, {}, kernels=kernels_of(server))


def texts(notebook):
    return [output.text for cell in notebook.cells for output in cell.get("outputs", []) if "text" in output]


def without_ids(notebook):
    """What a person sees of a notebook that was run: without the ids of its widgets and processes."""
    plain = reproducible(notebook)
    for cell in plain.cells:
        for output in cell.get("outputs", []):
            output.get("data", {}).pop("application/vnd.jupyter.widget-view+json", None)
            if "text" in output:
                output.text = output.text.replace(str(os.getpid()), "PID")
    return plain


def test_a_forked_kernel_saves_what_an_ordinary_one_saves(tmp_path):
    path = save(tmp_path, "01-rich", *RICH)
    (ordinary,), (forked,) = run_notebooks([path], {}), forked_runs(path)
    for kind in ("stream", "display_data", "execute_result"):
        assert kind in str(forked)
    assert "image/png" in forked.cells[2].outputs[-1].data
    assert forked.metadata.widgets.keys() == ordinary.metadata.widgets.keys()
    assert without_ids(forked) == without_ids(ordinary)


def test_a_kernel_warns_as_python_does_though_the_command_line_has_a_way_of_its_own(tmp_path):
    path = save(tmp_path, "01-a", "import warnings\nwarnings.warn('careful')")
    code = LIKE_A_COMMAND + (  # a program of its own, because pytest keeps warnings to itself
        "import sys, warnings\nfrom pathlib import Path\n"
        "from tests.kernels.test_forked_kernels import forked_runs, texts\n"
        "warnings.showwarning = lambda *_: None\nprint(*texts(*forked_runs(Path(sys.argv[1]))))"
    )
    done = subprocess.run([sys.executable, "-c", code, path], cwd=ROOT, capture_output=True, text=True)
    assert "UserWarning: careful" in done.stdout


def test_a_name_that_one_notebook_leaves_is_unknown_to_the_next(tmp_path):
    leaving = save(
        tmp_path, "01-a", "import builtins, os\nbuiltins.leaked = leaked = 1\nos.environ['LEAK'] = '1'"
    )
    asking = save(
        tmp_path, "02-b", "import builtins, os\nprint(hasattr(builtins, 'leaked'), 'LEAK' in os.environ)"
    )
    _, after = forked_runs(leaving, asking)
    assert texts(after) == ["False False\n"]
    assert "LEAK" not in os.environ


def test_what_the_server_has_made_is_there_in_each_kernel(tmp_path):
    paths = [save(tmp_path, name, "import sys\nprint(sys.prepared)") for name in ("01-a", "02-b")]
    first, second = forked_runs(*paths, prepare=lambda: setattr(sys, "prepared", "yes"))
    assert texts(first) == texts(second) == ["yes\n"]
    assert not hasattr(sys, "prepared")


def test_two_kernels_do_not_draw_the_same_random_numbers(tmp_path):
    source = "import random\nimport numpy as np\nprint(np.random.random(), random.random())"
    first, second = forked_runs(*(save(tmp_path, name, source) for name in ("01-a", "02-b")))
    drawn = [value for notebook in (first, second) for value in texts(notebook)[0].split()]
    assert len(set(drawn)) == 4


def test_a_failing_notebook_does_not_harm_the_others(tmp_path):
    paths = [save(tmp_path, "01-bad", "1 / 0"), save(tmp_path, "02-good", "print(2)")]
    with fork_server(lambda: None) as server:
        with pytest.raises(BriefingError, match=r"01-bad.ipynb, cell 1: ZeroDivisionError: division by zero"):
            run_notebooks(paths[:1], {}, kernels=kernels_of(server))
        (good,) = run_notebooks(paths[1:], {}, kernels=kernels_of(server))
    assert texts(good) == ["2\n"]


@pytest.mark.parametrize("death", ["os._exit(1)", "os.kill(os.getpid(), 9)", "os.kill(os.getppid(), 9)"])
def test_a_kernel_or_a_server_that_is_killed_is_named_as_the_cause(tmp_path, death):
    path = save(tmp_path, "01-dead", "2", f"import os, time\n{death}\ntime.sleep(60)")
    with pytest.raises(BriefingError, match=r"01-dead.ipynb, cell 2: its kernel died, perhaps because"):
        forked_runs(path)


@pytest.mark.parametrize("dying", ["kernel", "server"])
def test_a_kernel_that_dies_before_its_first_cell_ends_in_one_sentence(tmp_path, dying):
    path = save(tmp_path, "01-dead", "2")
    code = LIKE_A_COMMAND + (  # because nbclient has left something to be done at its end
        "import os, sys\nfrom pathlib import Path\nfrom analysis.kernels import fork_server\n"
        "from analysis.views.pages import BriefingError\n"
        "from tests.kernels.test_forked_kernels import forked_runs\n"
        "def prepare():\n"
        "    fork_server.run_kernel = lambda arguments: os._exit(1)\n"
        "    sys.argv[2] == 'server' and os._exit(1)\n"
        "try:\n    forked_runs(Path(sys.argv[1]), prepare=prepare)\n"
        "except BriefingError as error:\n    print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, path, dying], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert f"{path}: its kernel died, perhaps because memory ran out: run the command again" in done.stdout
    assert done.stderr == ""


def test_a_server_that_has_ended_says_so():
    with fork_server(lambda: os._exit(0)) as server, pytest.raises(ServerEnded):
        server.ask(do="poll", pid=1)


def test_a_kernel_runs_what_the_analyst_left_for_its_end(tmp_path):
    left = tmp_path / "left.txt"
    source = f"import atexit\natexit.register(lambda: open({str(left)!r}, 'w').write('done'))"
    forked_runs(save(tmp_path, "01-a", source))
    assert left.read_text() == "done"


def test_no_kernel_outlives_the_process_that_ran_the_notebooks(tmp_path):
    path = save(tmp_path, "01-a", "import os, time\nopen('pid', 'w').write(str(os.getpid()))\ntime.sleep(60)")
    code = LIKE_A_COMMAND + (
        "import sys\nfrom pathlib import Path\nfrom tests.kernels.test_forked_kernels import forked_runs\n"
        "forked_runs(Path(sys.argv[1]))"
    )
    running = subprocess.Popen([sys.executable, "-c", code, path], cwd=ROOT, stderr=subprocess.DEVNULL)
    wait_until(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text())
    running.send_signal(signal.SIGKILL)
    running.wait()
    wait_until(lambda: not is_running(int((tmp_path / "pid").read_text())))


def wait_until(is_true, seconds=60):
    end = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def is_running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_an_unknown_request_is_an_error_of_the_program():
    with pytest.raises(ValueError, match="do is 'dance', expected fork, poll or signal"):
        act({"do": "dance"}, {}, None)


def test_a_kernel_is_reached_by_files_where_their_path_is_short_enough(tmp_path):
    near, far = tmp_path / "k.json", tmp_path / ("a" * 60) / ("b" * 60) / "k.json"
    expected = "ipc" if os.name == "posix" and len(os.fsencode(near)) <= LONGEST_PATH else "tcp"
    assert [transport_for(str(path)) for path in (near, far)] == [expected, "tcp"]


def test_a_notebook_runs_in_an_own_kernel_by_files_and_by_ports(tmp_path):
    for folder in (tmp_path, tmp_path / ("a" * 60) / ("b" * 60)):
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "01-x.ipynb"
        nbformat.write(new_notebook(cells=[new_code_cell("print(6 * 7)")]), path)
        kernels = OWN_KERNELS._replace(start=lambda name, at=folder: own_kernel(str(at / Path(name).name)))
        (notebook,) = run_notebooks([path], {}, kernels=kernels)
        assert notebook.cells[-1].outputs[0]["text"] == "42\n"
