"""faultline add: files, and tables with named columns."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pandas as pd
import pytest

from analysis.ingest.additions import add_source
from analysis.ingest.corpus import load_corpus
from analysis.ingest.whole_files import LOCK
from tests.test_cli import invoke

ROOT = Path(__file__).parents[2]
NOTHING = dict.fromkeys(("title", "published_date", "outlet", "author", "url", "note"), "")
STORY = "Story {0}\n\nThe envoys of town {0} met in Rome on Monday and agreed on little."


@pytest.mark.parametrize(
    ("name", "column_map", "reason"),
    [
        ("a.txt", "text=Body", "no columns to name, expected a table: omit --map"),
        ("a.txt", "text=", "--map: found 'text=', expected FIELD=COLUMN, where FIELD is one of text, title"),
        ("a.txt", "body=Inhalt", "--map: found 'body=Inhalt', expected FIELD=COLUMN"),
    ],
)
def test_columns_cannot_be_named_where_there_are_none_nor_for_other_fields(
    tmp_path, name, column_map, reason
):
    (tmp_path / "a.txt").write_text("The envoys met in Oslo on Monday.")
    result = invoke("add", tmp_path / name, "--map", column_map, "--seeds", tmp_path / "seeds")
    assert result.exit_code == 2 and reason in result.stderr
    assert not (tmp_path / "seeds").exists()


def test_the_other_sources_are_added_if_one_is_wrong(tmp_path):
    (tmp_path / "a.txt").write_text("A story\n\nIt is short.")
    sources = ["", tmp_path / "nope.txt", tmp_path / "a.txt"]  # "": a variable that is not set
    result = invoke("add", *sources, "--seeds", tmp_path / "seeds")
    assert result.exit_code == 2
    assert "faultline: . is a folder, expected a file or an address of articles" in result.stderr
    assert "nope.txt does not exist, expected a file or an address of articles" in result.stderr
    assert (tmp_path / "seeds" / "a.txt").exists()
    assert result.stdout.endswith("1 article added; 2 sources of 3 refused, in full or in part\n")


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def added_at_once(seeds, files):
    """Add each file in a thread of its own, with an outlet; gives the errors."""
    errors = []

    def add(file):
        try:
            add_source(str(file), seeds, {**NOTHING, "outlet": file.stem})
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=add, args=[file]) for file in files]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


def test_twelve_files_that_are_added_at_once_are_all_there_with_their_metadata(tmp_path):
    files = [tmp_path / f"story{number}.txt" for number in range(12)]
    for number, file in enumerate(files):
        file.write_text(STORY.format(number))
    assert added_at_once(tmp_path / "seeds", files) == []
    articles, rejected = load_corpus(tmp_path / "seeds")
    assert rejected.empty
    assert dict(zip(articles["path"], articles["outlet"], strict=True)) == {
        file.name: file.stem for file in files
    }
    assert names(tmp_path / "seeds") == sorted(["metadata.csv", *(file.name for file in files)])


KILLED = """
import os, sys
from pathlib import Path
from analysis.ingest.additions import add_source
real, left = os.replace, [int(sys.argv[3])]
def replace(*paths):
    if not left[0]:
        os._exit(9)  # as kill -9 does: nothing is cleaned up
    left[0] -= 1
    real(*paths)
os.replace = replace
add_source(sys.argv[1], Path(sys.argv[2]), {"published_date": "2026-11-03", "outlet": "The Daily"})
"""


@pytest.mark.parametrize("replaced", [0, 1])
def test_after_a_kill_adding_again_gives_the_article_its_date_and_leaves_nothing_behind(tmp_path, replaced):
    file, seeds = tmp_path / "story.txt", tmp_path / "seeds"
    file.write_text(STORY.format(1))
    command = [sys.executable, "-c", KILLED, str(file), str(seeds), str(replaced)]
    assert subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}).returncode == 9
    assert load_corpus(seeds)[0].empty  # never an article without its date
    for lock in seeds.glob(f"*/{LOCK}"):
        os.utime(lock, (0, 0))
    result = invoke("add", file, "--date", "2026-11-03", "--outlet", "The Daily", "--seeds", seeds)
    assert result.exit_code == 0
    row = load_corpus(seeds)[0].iloc[0]
    assert (row["published_date"], row["outlet"]) == (pd.Timestamp("2026-11-03"), "The Daily")
    assert names(seeds) == ["metadata.csv", "story.txt"]


def test_a_full_disk_changes_nothing_and_is_one_sentence(tmp_path, monkeypatch):
    seeds = tmp_path / "seeds"
    for number in (1, 2):
        (tmp_path / f"story{number}.txt").write_text(STORY.format(number))
    add_source(str(tmp_path / "story1.txt"), seeds, {**NOTHING, "outlet": "The Daily"})
    before = {path.name: path.read_bytes() for path in seeds.iterdir()}

    def full(*words):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.copyfileobj", full)
    result = invoke("add", tmp_path / "story2.txt", "--outlet", "The Weekly", "--seeds", seeds)
    reason = "cannot be written (No space left on device): make room on the disk"
    assert (result.exit_code, result.stderr) == (2, f"faultline: {seeds}/story2.txt {reason}\n")
    assert {path.name: path.read_bytes() for path in seeds.iterdir()} == before


def test_a_folder_that_nothing_was_added_to_is_not_made(tmp_path):
    (tmp_path / "empty.txt").write_text("")
    with pytest.raises(ValueError, match=r"empty\.txt: is empty"):
        add_source(str(tmp_path / "empty.txt"), tmp_path / "seeds", NOTHING)
    assert not (tmp_path / "seeds").exists()


def test_a_file_is_dated_by_adding_it_again_in_its_own_place_and_not_without_a_word(tmp_path):
    file, seeds = tmp_path / "story.txt", tmp_path / "seeds"
    file.write_text(STORY.format(1))
    add_source(str(file), seeds, {**NOTHING, "outlet": "The Daily"})
    words = ["add", file, "--date", "3.11.2026", "--seeds", seeds]
    assert "or --replace to read its file again" in invoke(*words).stderr
    assert invoke(*words, "--replace").exit_code == 0
    row = load_corpus(seeds)[0].iloc[0]
    assert (row["published_date"], row["outlet"]) == (pd.Timestamp("2026-11-03"), "The Daily")


def test_a_row_that_waits_for_its_file_is_used_and_shown(tmp_path):
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "metadata.csv").write_text("file,outlet\nstory.txt,The Daily\n")
    (tmp_path / "story.txt").write_text(STORY.format(1))
    added = add_source(str(tmp_path / "story.txt"), seeds, {**NOTHING, "published_date": "2026-11-03"})
    articles, _ = load_corpus(seeds)
    assert added.articles["outlet"].tolist() == articles["outlet"].tolist() == ["The Daily"]
    assert articles["published_date"].tolist() == [pd.Timestamp("2026-11-03")]
