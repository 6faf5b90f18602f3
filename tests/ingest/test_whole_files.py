"""Files are written whole or not at all, by one program at a time; what killed programs leave is removed."""

import os
import subprocess
import sys
import time
from itertools import pairwise
from multiprocessing.pool import ThreadPool
from pathlib import Path
from tempfile import mkdtemp

import pytest

from analysis.ingest.whole_files import LOCK, changing, scratch_folder, write_whole
from tests.test_cli import invoke

ROOT = Path(__file__).parents[2]
KILLED = """
import os, sys
from pathlib import Path
from analysis.ingest.whole_files import scratch_folder
with scratch_folder(Path(sys.argv[1]), ".export-") as folder:
    (folder / "half.xlsx").write_text("half")
    os._exit(9)  # as kill -9 does: nothing is cleaned up
"""


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_next_temporary_folder_of_a_kind_removes_what_a_killed_program_left(tmp_path):
    command = [sys.executable, "-c", KILLED, str(tmp_path)]
    assert subprocess.run(command, env={**os.environ, "PYTHONPATH": str(ROOT)}).returncode == 9
    (left,) = names(tmp_path)
    os.utime(tmp_path / left / LOCK, (0, 0))
    os.utime(mkdtemp(prefix=".export-", dir=tmp_path), (0, 0))  # killed before it had the lock
    with scratch_folder(tmp_path, ".other-"):
        assert left in names(tmp_path)
    with scratch_folder(tmp_path, ".export-") as folder:
        assert names(tmp_path) == [folder.name]


def test_what_is_in_use_or_belongs_to_others_stays(tmp_path):
    (tmp_path / ".export-notes").mkdir()
    (tmp_path / ".export-link").symlink_to(tmp_path)
    with scratch_folder(tmp_path, ".export-") as first, scratch_folder(tmp_path, ".export-") as second:
        assert names(tmp_path) == sorted([".export-link", ".export-notes", first.name, second.name])
    assert names(tmp_path) == [".export-link", ".export-notes"]


def test_who_makes_and_who_removes_at_once_do_not_take_from_each_other(tmp_path):
    def made(number: int) -> bool:
        with scratch_folder(tmp_path, ".export-") as folder:
            (folder / "own").write_text(str(number))
            with scratch_folder(tmp_path, ".export-"):
                return (folder / "own").read_text() == str(number)

    with ThreadPool(8) as pool:
        assert all(pool.map(made, range(100)))
    assert names(tmp_path) == []


def test_a_folder_is_changed_by_one_program_at_a_time(tmp_path):
    def change(number: int) -> tuple[float, float]:
        with changing(tmp_path / "seeds"):
            begun = time.monotonic()
            time.sleep(0.01)
            return begun, time.monotonic()

    with ThreadPool(8) as pool:
        spans = sorted(pool.map(change, range(24)))
    assert all(end <= begun for (_, end), (begun, _) in pairwise(spans))


@pytest.mark.parametrize(("umask", "mode"), [(0o077, 0o600), (0o022, 0o644)])
def test_a_new_file_has_the_rights_that_the_user_gives_new_files(tmp_path, umask, mode):
    (tmp_path / "a.txt").write_text("The envoys met in Oslo on Monday.")
    usual = os.umask(umask)
    done = invoke("add", tmp_path / "a.txt", "--outlet", "The Daily", "--seeds", tmp_path / "seeds")
    os.umask(usual)
    assert done.exit_code == 0
    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "seeds").glob("[a-z]*")}
    assert modes == {"a.txt": mode, "metadata.csv": mode}


def test_a_file_that_is_replaced_keeps_its_rights_and_a_link_its_target(tmp_path):
    (tmp_path / "a.csv").write_text("old")
    (tmp_path / "a.csv").chmod(0o640)
    (tmp_path / "link.csv").symlink_to("a.csv")
    write_whole(tmp_path / "link.csv", "new")
    assert (tmp_path / "a.csv").read_text() == "new"
    assert (tmp_path / "a.csv").stat().st_mode & 0o777 == 0o640
    assert names(tmp_path) == ["a.csv", "link.csv"] and (tmp_path / "link.csv").is_symlink()


def test_an_error_names_the_file_and_no_temporary_one(tmp_path):
    with pytest.raises(OSError) as raised:
        write_whole(tmp_path / "none" / "a.csv", "text")
    said = "cannot be written (No such file or directory): choose another place"
    assert str(raised.value) == f"{tmp_path}/none/a.csv {said}"
    with pytest.raises(OSError, match="cannot be written"):
        write_whole(tmp_path, "text")
