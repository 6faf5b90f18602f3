"""environment.yml and requirements.lock.txt give conda users the versions in uv.lock."""

import os
import shutil
import subprocess
import tomllib
from itertools import chain
from pathlib import Path

import pytest
import yaml
from rattler import MatchSpec

from docs.generator.supply_chain import locked_packages

ROOT = Path(__file__).parent.parent
LOCK = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]


def environment():
    return yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]


def needed():
    """Name and version of everything that the package needs at run time, by following the lock."""
    known, found = {}, set()
    for package in LOCK:
        known.setdefault(package["name"], []).append(package)
    waiting = [("faultline", ())]
    while waiting:
        name, extras = waiting.pop()
        for package in known[name]:
            lists = [package.get("dependencies", [])]
            lists += [package.get("optional-dependencies", {}).get(extra, []) for extra in extras]
            for dependency in chain.from_iterable(lists):
                step = (dependency["name"], tuple(dependency.get("extra", ())))
                if step not in found:
                    found.add(step)
                    waiting.append(step)
    return {(name, package["version"]) for name, _ in found for package in known[name]}


def test_conda_specs_are_valid():
    specs = [spec for spec in environment() if isinstance(spec, str)]
    assert [MatchSpec(spec, strict=True).name.normalized for spec in specs] == ["python", "pip"]


def test_conda_has_the_python_range_of_the_package():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert f"python {project['requires-python']}" in environment()


def test_pip_installs_only_what_has_a_hash():
    assert environment()[-1] == {"pip": ["-r requirements.build.txt", "-r requirements.lock.txt"]}


def test_the_exported_lock_has_the_versions_of_the_lock():
    exported = (ROOT / "requirements.lock.txt").read_text(encoding="utf-8")
    assert locked_packages(exported) == needed()


@pytest.mark.parametrize(
    ("found", "chosen"),
    [
        ({"python3": 0, "python3.11": 0, "python3.13": 0}, "python3.13"),
        ({"python3": 0, "python3.11": 0, "python3.13": 1}, "python3.11"),  # no ensurepip, as on a bare Debian
        ({"python3": 0}, "python3"),
    ],
)
def test_make_takes_the_newest_python_that_can_make_an_environment(tmp_path, found, chosen):
    for name, status in found.items():
        (tmp_path / name).write_text(f"#!/bin/sh\nexit {status}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    for tool in ("make", "sh", "echo"):
        (tmp_path / tool).symlink_to(shutil.which(tool))
    shown = f"include {ROOT}/Makefile\nshown:\n\t@echo $(PYTHON)\n"
    variables = {name: value for name, value in os.environ.items() if name not in {"PYTHON", "MAKEFLAGS"}}
    made = subprocess.run(
        ["make", "--no-print-directory", "-f", "-", "shown"],
        input=shown,
        env=variables | {"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert (made.stdout, made.stderr) == (f"{chosen}\n", "")
