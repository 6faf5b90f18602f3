"""A store that cannot be written is replaced for the run by one that has all that is in it."""

import errno
import os
import warnings

import pytest

from analysis.pipeline import usable_store as module
from analysis.pipeline.store import StoreWarning
from analysis.pipeline.usable_store import usable_store


def refuse(monkeypatch, number: int) -> None:
    """Let files in the store be refused, as root may write anywhere."""

    def refused(**options):
        raise OSError(number, os.strerror(number), f"{options['dir']}/tmpx1y2")

    monkeypatch.setattr(module.tempfile, "TemporaryFile", refused)


def test_a_store_that_can_be_written_is_used_as_it_is(tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with usable_store(tmp_path / "store") as folder:
            assert folder == tmp_path / "store"
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.ENOSPC])
def test_of_a_store_that_cannot_be_written_the_run_has_all_and_leaves_it_alone(tmp_path, monkeypatch, number):
    store = tmp_path / "store"
    (store / "readings").mkdir(parents=True)
    (store / "readings" / "a.parquet").write_bytes(b"rows")
    refuse(monkeypatch, number)
    said = rf"^{store} cannot be written \({os.strerror(number)}\): what is read now is not stored, and .*"
    with pytest.warns(StoreWarning, match=said) as warned, usable_store(store) as folder:
        assert (folder / "readings" / "a.parquet").read_bytes() == b"rows"
        (folder / "readings" / "b.parquet").write_bytes(b"new")
    assert len(warned) == 1
    assert [path.name for path in (store / "readings").iterdir()] == ["a.parquet"]
    assert not folder.exists()


def test_a_file_in_the_place_of_the_store_is_left_alone(tmp_path):
    (tmp_path / "store").write_text("a file")
    said = r"store cannot be written \(File exists\)"
    with pytest.warns(StoreWarning, match=said), usable_store(tmp_path / "store") as folder:
        assert folder.is_dir()
    assert (tmp_path / "store").read_text() == "a file"
