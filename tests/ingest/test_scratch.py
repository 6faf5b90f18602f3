"""Temporary files and folders: locked while in use, removed by the next run if nobody uses them."""

import os
import subprocess
import sys
from multiprocessing.pool import ThreadPool
from pathlib import Path

import pytest

from analysis.ingest.folder_changes import ADDING, changing
from analysis.ingest.scratch import Kind, remove_abandoned, scratch_file, scratch_folder

ROOT = Path(__file__).parents[2]
KILLED = """
import os, sys
from pathlib import Path
from analysis.ingest.scratch import Kind, scratch_file, scratch_folder
place = Path(sys.argv[1])
with scratch_folder(place, ".export-") as folder, scratch_file(Kind(place, ".writing-")):
    (folder / "half.xlsx").write_text("half")
    os._exit(9)  # as kill -9 does: nothing is cleaned up
"""


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def left_behind(tmp_path):
    """A folder in which a killed program has left a temporary folder and a temporary file."""
    command = [sys.executable, "-c", KILLED, str(tmp_path)]
    assert subprocess.run(command, env={**os.environ, "PYTHONPATH": str(ROOT)}).returncode == 9
    assert [name.partition("-")[0] for name in names(tmp_path)] == [".export", ".writing"]
    return tmp_path


def test_the_next_temporary_folder_of_a_kind_removes_what_a_killed_program_left(left_behind):
    with scratch_folder(left_behind, ".export-") as folder:
        assert [name for name in names(left_behind) if name.startswith(".export-")] == [folder.name]
    assert [name.partition("-")[0] for name in names(left_behind)] == [".writing"]


def test_the_next_temporary_file_of_a_kind_removes_what_a_killed_program_left(left_behind):
    with scratch_file(Kind(left_behind, ".writing-")) as file:
        assert [name for name in names(left_behind) if name.startswith(".writing-")] == [file.name]


def test_what_a_program_still_uses_stays(tmp_path):
    with scratch_folder(tmp_path, ".export-") as first, scratch_folder(tmp_path, ".export-") as second:
        assert names(tmp_path) == sorted([first.name, second.name])
    with scratch_file(Kind(tmp_path, ".writing-")) as file:
        remove_abandoned(Kind(tmp_path, ".writing-"))
        assert file.exists()
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    "name", [".export-notes", ".export-ab12cd34.txt", "export-ab12cd34", ".export-AB12CD34"]
)
def test_files_of_others_with_a_similar_name_stay(tmp_path, name):
    (tmp_path / name).mkdir()
    remove_abandoned(Kind(tmp_path, ".export-"))
    assert names(tmp_path) == [name]


def test_a_link_with_such_a_name_is_not_followed(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / ".export-ab12cd34").symlink_to(tmp_path / "mine")
    remove_abandoned(Kind(tmp_path, ".export-"))
    assert names(tmp_path) == [".export-ab12cd34", "mine"]


def test_a_file_that_has_got_its_name_stays(tmp_path):
    with scratch_file(Kind(tmp_path, ".writing-")) as file:
        os.replace(file, tmp_path / "whole")
    assert names(tmp_path) == ["whole"]


def test_who_makes_and_who_removes_at_once_do_not_take_from_each_other(tmp_path):
    def made(number: int) -> bool:
        with scratch_folder(tmp_path, ".export-") as folder:
            (folder / "own").write_text(str(number))
            remove_abandoned(Kind(tmp_path, ".export-"))
            return (folder / "own").read_text() == str(number)

    with ThreadPool(8) as pool:
        assert all(pool.map(made, range(400)))
    assert names(tmp_path) == []


def test_copies_that_a_killed_program_was_adding_are_removed_by_any_later_change(tmp_path):
    (tmp_path / f"{ADDING}ab12cd34").mkdir()
    (tmp_path / f"{ADDING}ab12cd34" / "0").write_text("half")
    with changing(tmp_path):
        assert names(tmp_path) == []


@pytest.mark.parametrize("made", [lambda kind: scratch_file(kind), lambda kind: scratch_folder(*kind[:2])])
def test_an_error_names_the_folder_and_no_temporary_file(tmp_path, made):
    with pytest.raises(FileNotFoundError) as raised, made(Kind(tmp_path / "none", ".writing-")):
        pass
    assert raised.value.filename == str(tmp_path / "none")
