"""A run of the tests says what it runs, and what shares something costly goes to one process."""

import re

import pytest

from tests.parts import (
    LONGEST,
    PARTS,
    ROOT,
    TOGETHER,
    opens_browser,
    part_of,
    shared_by,
    summary,
    turn,
)

FILES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("test_*.py"))
JOURNEY = "tests/workbench/test_missed_event_journey.py::test_a"
BUILD = "tests/briefing/test_build.py::test_a"


@pytest.mark.parametrize("beginning", [*LONGEST, *(one for some in PARTS.values() for one in some)])
def test_each_beginning_of_a_path_is_that_of_some_file(beginning):
    assert any(file.startswith(beginning) for file in FILES)


def test_each_part_has_a_file():
    assert {part_of(file) for file in FILES} == set(PARTS)


def test_tests_in_jupyterlab_go_to_one_process_and_begin_first():
    assert shared_by(JOURNEY) == shared_by("tests/workbench/test_jupyterlab.py::test_b") == "JupyterLab"
    assert turn(JOURNEY) < min(turn(file) for file in FILES if part_of(file) not in TOGETHER)


def test_a_file_goes_to_one_process():
    assert shared_by("tests/charts/test_base.py::test_a[1::2]") == "tests/charts/test_base.py"


def test_what_takes_longest_begins_before_the_rest():
    assert turn(BUILD) < turn("tests/charts/test_base.py::test_a")


def test_whoever_uses_the_shared_jupyterlab_belongs_to_its_part():
    asks = re.compile(r"def \w+\([^)]*\b(lab|hostile_place|corrected_place|lab_folder|jupyterlab_root)\b")
    texts = {file: (ROOT / file).read_text(encoding="utf-8") for file in FILES if "/workbench/" in file}
    using = {file for file, text in texts.items() if asks.search(text)}
    assert using and {part_of(file) for file in using} == {"JupyterLab"}


def test_the_summary_counts_the_tests_of_each_part_and_names_the_browser(monkeypatch):
    monkeypatch.setattr("tests.parts.shutil.which", lambda name: "/bin/chrome" if name == "chrome" else None)
    lines = summary([BUILD, f"{BUILD}[1]", JOURNEY], 2)
    assert lines == [
        "3 tests in 2 processes: JupyterLab 1, briefing 2",
        "In Chromium: 1 of them (/bin/chrome)",
    ]


def test_without_a_browser_the_summary_says_so(monkeypatch):
    monkeypatch.setattr("tests.parts.shutil.which", lambda name: None)
    assert summary([JOURNEY], 1)[1].endswith("(none is installed, and the tests try to bring one)")
    assert summary([BUILD], 1) == ["1 test in 1 process: briefing 1"]


def test_files_that_open_a_browser_are_known_by_their_mark():
    assert opens_browser("tests/dashboard/test_pages_in_browser.py")
    assert not opens_browser("tests/dashboard/test_server.py")
