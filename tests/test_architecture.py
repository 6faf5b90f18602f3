"""The layers in pyproject.toml are kept, and a few tools are used in one place only."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = {
    path.relative_to(ROOT / "analysis").as_posix(): path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "analysis").rglob("*.py"))
}
OWNERS = {
    "spacy.load": set(),
    "nlp.pipe": {"nlp/parse/parser.py"},
    "from distributed": {"pipeline/dask_workers.py"},
    "matplotlib.pyplot": set(),
    "import pyplot": set(),
    "import benchmarks": set(),
}


def test_imports_run_downward_only_and_never_in_a_circle():
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()"]
    done = subprocess.run([*command, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_upward_import_is_noticed(tmp_path):
    (tmp_path / "house" / "low").mkdir(parents=True)
    for name, text in {"__init__": "", "low/__init__": "", "low/a": "import house.high", "high": ""}.items():
        (tmp_path / "house" / f"{name}.py").write_text(text)
    (tmp_path / "pyproject.toml").write_text(
        '[tool.importlinter]\nroot_package = "house"\n[[tool.importlinter.contracts]]\nname = "rooms"\n'
        'type = "layers"\ncontainers = ["house"]\nlayers = ["high", "low"]\n'
    )
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()"]
    done = subprocess.run([*command, "--no-cache"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1
    assert "house.low.a -> house.high" in done.stdout


@pytest.mark.parametrize("text", OWNERS)
def test_a_tool_is_used_in_one_place_only(text):
    assert {name for name, source in MODULES.items() if text in source} <= OWNERS[text]


@pytest.mark.parametrize(
    "room", [name for name in MODULES if name.count("/") and name.endswith("__init__.py")]
)
def test_the_init_of_a_room_is_only_a_docstring_on_what_it_has_and_uses(room):
    assert MODULES[room].startswith('"""') and MODULES[room].rstrip().endswith('"""')
    assert MODULES[room].count('"""') == 2
    assert "Uses" in MODULES[room] or "lowest room" in MODULES[room]
