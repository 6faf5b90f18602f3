"""What a run has read of a folder is given to the processes that it starts."""

import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from analysis.ingest.corpus import load_corpus
from analysis.ingest.shared_reading import PLACE, shared_reading

ROOT = Path(__file__).parents[2]
STORY = "Envoys meet in Geneva\n\nThe envoys met on Monday. They agreed on little.\n"
TITLES = (
    "import sys; from analysis.ingest.corpus import load_corpus; print(*load_corpus(sys.argv[1])[0].title)"
)


@pytest.fixture
def seeds(tmp_path):
    """A folder of two articles, one of them with every field, and a file that is rejected."""
    row = '{"text": "Talks in Rome.", "title": "Talks", "date": "2024-04-20", "author": "Ana", "url": "a.b"}'
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "b.jsonl").write_text(row)
    (tmp_path / "c.txt").write_text(" ")
    return tmp_path


def titles_in_a_process(seeds):
    """The titles that a process reads which is started now."""
    command = [sys.executable, "-c", TITLES, str(seeds)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


def test_a_process_that_is_started_meanwhile_reads_no_file_again(seeds):
    with shared_reading(seeds, *load_corpus(seeds)):
        (seeds / "a.txt").write_text("Something else\n\nThis was written later.")
        assert titles_in_a_process(seeds) == "Envoys meet in Geneva Talks"
    assert titles_in_a_process(seeds) == "Something else Talks"


def test_the_tables_are_the_same(seeds):
    read = load_corpus(seeds)
    with shared_reading(seeds, *read):
        for one, other in zip(read, load_corpus(f"{seeds}/"), strict=True):
            pd.testing.assert_frame_equal(one, other)


def test_another_folder_is_read(seeds, tmp_path_factory):
    other = tmp_path_factory.mktemp("other")
    (other / "d.txt").write_text("Other talks\n\nThe other envoys met on Monday.")
    with shared_reading(seeds, *load_corpus(seeds)):
        assert load_corpus(other)[0]["path"].tolist() == ["d.txt"]


def test_nothing_is_left_behind(seeds, monkeypatch):
    monkeypatch.delenv(PLACE, raising=False)
    with shared_reading(seeds, *load_corpus(seeds)):
        place = Path(os.environ[PLACE])
        assert place.is_dir()
    assert not place.exists()
    assert PLACE not in os.environ


def test_a_process_that_outlives_the_run_reads_the_folder_itself(seeds, monkeypatch):
    monkeypatch.setenv(PLACE, str(seeds / "gone"))
    assert load_corpus(seeds)[0]["path"].tolist() == ["a.txt", "b.jsonl:1"]


def test_what_a_killed_run_has_shared_is_removed_by_the_next(seeds, tmp_path_factory, monkeypatch):
    place = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr("tempfile.tempdir", str(place))
    share = (
        "import os, sys; from pathlib import Path; from analysis.ingest.corpus import load_corpus;"
        "from analysis.ingest.shared_reading import shared_reading\n"
        "with shared_reading(Path(sys.argv[1]), *load_corpus(sys.argv[1])): os.kill(os.getpid(), 9)"
    )
    environment = {**os.environ, "TMPDIR": str(place)}
    subprocess.run([sys.executable, "-c", share, str(seeds)], cwd=ROOT, env=environment)
    assert len(list(place.iterdir())) == 1
    with shared_reading(seeds, *load_corpus(seeds)):
        assert len(list(place.iterdir())) == 1
    assert list(place.iterdir()) == []
