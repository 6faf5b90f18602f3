"""Links, devices, closed and huge files in a folder of articles: named with their reason, never opened."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.ingest.additions import add_source
from analysis.ingest.corpus import load_corpus
from analysis.ingest.corrections_file import load_corrections
from analysis.ingest.folder_files import folder_files, open_plain
from analysis.ingest.own_tables import load_metadata
from analysis.pipeline.annotate import open_lines

ROOT = Path(__file__).parents[2]
STORY = "Envoys meet in Geneva\n\nThe envoys met on Monday. They agreed on little.\n"
HUGE = 50_000_000_000
FOLLOWED = "is a link that cannot be followed ({}), expected a file"
OUT = "is a link that leads out of the folder, which is not followed: copy the file here"
FOLDER = "is a link to a folder, expected a file"
REASONS = {
    "a.txt": FOLLOWED.format("Too many levels of symbolic links"),
    "b.txt": FOLLOWED.format("Too many levels of symbolic links"),
    "closed": "cannot be opened (Permission denied), expected a readable folder",
    "closed.txt": "cannot be opened (Permission denied), expected a readable file",
    "folder": FOLDER,
    "huge.jsonl": "holds 50,000,000,000 bytes, expected at most 200,000,000: split it into smaller files",
    "huge.txt": "holds 50,000,000,000 bytes, expected at most 20,000,000: split it into smaller files",
    "huge.zip": "holds 50,000,000,000 bytes, expected at most 200,000,000: split it into smaller files",
    "kmsg.txt": OUT,
    "loop": FOLDER,
    "mem.txt": OUT,
    "nowhere.txt": FOLLOWED.format("No such file or directory"),
    "outside.txt": OUT,
    "pipe.txt": "is a pipe, expected a file",
    "self.txt": FOLLOWED.format("Too many levels of symbolic links"),
    "shut.txt": FOLLOWED.format("Permission denied"),
    "zero.jsonl": "is a link to a device, expected a file",
}
LISTED = """
import json, sys
from pathlib import Path
from analysis.briefing.folder import input_hashes
from analysis.ingest.corpus import load_corpus

folder = Path(sys.argv[1])
articles, rejected = load_corpus(folder)
hashes = input_hashes(folder, set(rejected["path"]))
print(json.dumps([articles["path"].tolist(), dict(zip(rejected["path"], rejected["reason"])), list(hashes)]))
"""


def make_links(folder, outside):
    """Everything that a folder may hold beside articles."""
    (outside / "shut").mkdir(parents=True)
    (outside / "shut" / "secret.txt").write_text(STORY)
    (outside / "secret.txt").write_text(f"{STORY} A secret.")
    (folder / "closed").mkdir(parents=True)
    (folder / "closed.txt").write_text(STORY)
    (folder / "good.txt").write_text(STORY)
    targets = {
        "a.txt": "b.txt",
        "b.txt": "a.txt",
        "folder": outside,
        "kmsg.txt": "/proc/kmsg",
        "loop": ".",
        "mem.txt": "/proc/self/mem",
        "nowhere.txt": "gone.txt",
        "outside.txt": outside / "secret.txt",
        "self.txt": "self.txt",
        "shut.txt": outside / "shut" / "secret.txt",
        "zero.jsonl": "/dev/zero",
    }
    for name, target in targets.items():
        (folder / name).symlink_to(target)
    os.mkfifo(folder / "pipe.txt")
    for name in ("huge.jsonl", "huge.txt", "huge.zip"):
        (folder / name).touch()
        os.truncate(folder / name, HUGE)  # takes no room on the disk


@pytest.fixture
def folder(tmp_path):
    folder, outside = tmp_path / "seeds", tmp_path / "outside"
    make_links(folder, outside)
    closed = [folder / "closed", folder / "closed.txt", outside / "shut"]
    for path in closed:
        path.chmod(0)
    yield folder
    for path in closed:
        path.chmod(0o700)


def unprivileged():
    """What begins a command whose process may not open closed files, even if we are root."""
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []


@pytest.mark.skipif(sys.platform != "linux", reason="these links lead into the folders of Linux")
def test_each_is_rejected_with_its_reason_and_the_article_is_read(folder):
    done = subprocess.run(
        [*unprivileged(), sys.executable, "-c", LISTED, str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert not done.stderr
    articles, rejected, hashed = json.loads(done.stdout)
    assert articles == ["good.txt"]
    assert rejected == REASONS
    assert hashed == ["good.txt"]


@pytest.mark.skipif(sys.platform != "linux", reason="these links lead into the folders of Linux")
@pytest.mark.parametrize(
    "name",
    [*("corrections.csv.txt", "correction.csv", "Metadata (1).csv"), *("metadata.txt", "metadata-copy.csv")],
)
def test_a_table_of_the_analyst_under_another_name_is_no_article(tmp_path, name):
    (tmp_path / name).write_text("file,title\n" + "A long story about two countries. " * 20)
    (refused,) = folder_files(tmp_path)
    assert refused.reason.startswith("is named like the analyst's own metadata.csv or corrections.csv")


def test_a_link_to_a_file_in_the_same_folder_is_read(tmp_path):
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "a.txt").write_text(STORY)
    (tmp_path / "b.txt").symlink_to("one/a.txt")
    articles, rejected = load_corpus(tmp_path)
    assert articles["path"].tolist() == ["b.txt"]
    assert rejected["reason"].tolist() == ["is a copy of b.txt, expected each article once"]


@pytest.mark.parametrize("target", ["/proc/kmsg", "/proc/self/mem", "/dev/zero", "nowhere", "metadata.csv"])
@pytest.mark.parametrize(
    ("name", "load"), [("metadata.csv", load_metadata), ("corrections.csv", load_corrections)]
)
def test_a_table_of_the_analyst_is_no_link_out_of_the_folder(tmp_path, target, name, load):
    (tmp_path / name).symlink_to(name if target == "metadata.csv" else target)
    with pytest.raises(ValueError, match=rf"{name}: is a link"):
        load(tmp_path)


@pytest.mark.skipif(sys.platform != "linux", reason="these links lead into the folders of Linux")
@pytest.mark.parametrize("target", ["/proc/kmsg", "/proc/self/mem"])
def test_what_the_system_makes_up_for_a_reader_is_empty_for_every_command(tmp_path, target):
    (tmp_path / "a.txt").symlink_to(target)
    with pytest.raises(ValueError, match="is empty, expected the text of an article"):
        add_source(str(tmp_path / "a.txt"), tmp_path / "seeds", {})
    assert list(open_lines(str(tmp_path / "a.txt"))) == []


def test_a_file_that_has_become_a_pipe_or_a_link_is_not_opened_and_keeps_nobody_waiting(tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(OSError, match="a pipe, a socket or a device"):
        open_plain(tmp_path / "a.txt")
    (tmp_path / "b.txt").symlink_to("c.txt")
    with pytest.raises(OSError, match="symbolic"):
        open_plain(tmp_path / "b.txt")


def test_a_hidden_file_is_not_added_since_it_would_never_be_read(tmp_path):
    (tmp_path / ".hidden.txt").write_text(STORY)
    with pytest.raises(ValueError, match="is hidden"):
        add_source(str(tmp_path / ".hidden.txt"), tmp_path / "seeds", {})
