"""The command line with a closed or full stream, and with files that are pipes or elsewhere."""

import errno
import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.ingest import whole_files
from tests.test_cli import invoke

ROOT = Path(__file__).parent.parent
SEED = ROOT / "seeds" / "000_5a213ee456dd8f63.txt"
RECORD = '{"id": "a", "text": "France and Germany signed a pact on Monday."}\n'


def in_shell(words, streams):
    """Run the real command with streams as a shell takes them; gives exit code and errors."""
    command = f"{shlex.join([sys.executable, '-m', 'analysis.cli', *map(str, words)])} {streams}"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, stderr=subprocess.PIPE, text=True)
    return done.returncode, done.stderr


@pytest.fixture
def records(tmp_path):
    path = tmp_path / "records.jsonl"
    path.write_text(RECORD)
    return path


def test_closed_standard_input_is_one_sentence():
    said = "faultline: standard input is closed, expected JSON Lines: name their file after annotate\n"
    assert in_shell(["annotate"], "<&-") == (2, said)


def test_closed_standard_output_is_one_sentence(records):
    code, said = in_shell(["annotate", records], ">&-")
    assert (code, said.count("\n")) == (2, 1)
    assert said.startswith("faultline: standard output is closed, expected a place for the results")


def test_a_mistake_keeps_its_exit_code_where_errors_cannot_be_written(tmp_path):
    assert in_shell(["add", tmp_path / "nope"], "2>&-")[0] == 2


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["search", "a", "--store", "s3://x/y"], "s3://x/y cannot be opened (Install s3fs"),
        (
            ["export", "a.csv", "--store", "http://127.0.0.1:1/"],
            'requires "requests" and "aiohttp" to be installed',
        ),
        (
            ["corrections", "--store", "foo://x"],
            "foo://x cannot be opened (Protocol not known: foo), expected",
        ),
        (["store", "s3://x"], "s3://x cannot be opened (Install s3fs"),
        (["annotate", "foo://x"], "foo://x cannot be opened (Protocol not known: foo), expected"),
    ],
)
def test_an_address_that_cannot_be_used_is_named_with_what_to_do(tmp_path, words, message):
    (tmp_path / "a.txt").write_text("Summit\n\nFrance and Germany signed a pact on Monday.\n")
    seeds = [] if words[0] in ("store", "annotate") else ["--seeds", tmp_path]
    result = invoke(*words, *seeds)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


def test_the_address_of_a_store_is_shown_as_it_was_given():
    assert invoke("store", "memory://none").stdout == "memory://none: 0 bytes in the store\n"


def test_a_pipe_and_a_dash_are_read():
    ours, theirs = os.pipe()  # as a shell gives it for <(...)
    with open(theirs, "w") as stream:
        stream.write(RECORD)
    for shown in (invoke("annotate", f"/dev/fd/{ours}"), invoke("annotate", "-", given=RECORD)):
        assert json.loads(shown.stdout)["id"] == "a"
    os.close(ours)


@pytest.mark.parametrize("command", ["annotate", "add"])
def test_what_exists_is_said_to_be_what_it_is(tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    os.symlink("loop", "loop")
    os.symlink("none", "dangling")
    links = ((one, "is a link that cannot be followed (") for one in ("loop", "dangling"))
    for path, what in (("/dev/null", "is a device, expected"), *links, ("none", "does not exist, expected")):
        result = invoke(command, path)
        assert result.exit_code == 2
        assert f"faultline: {path} {what}" in result.stderr


def test_a_pipe_is_no_file_to_add(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    result = invoke("add", tmp_path / "pipe", "--seeds", tmp_path / "seeds")
    assert f"{tmp_path / 'pipe'} is a pipe, expected a file or an address" in result.stderr


def test_a_full_disk_behind_standard_output_is_said_to_be_that(records):
    said = "faultline: standard output: No space left on device: make room on the disk\n"
    assert in_shell(["annotate"], f"< {records} > /dev/full") == (2, said)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (["add", SEED, "--seeds", "/proc/x"], "/proc/x"),
        (["brief", "--front-only", "--out", "/proc/x"], "/proc/x"),
    ],
)
def test_a_place_where_nothing_can_be_written_is_named_with_what_to_do(words, name):
    result = invoke(*words)
    assert result.exit_code == 2
    assert f"{name} cannot be written (No such file or directory): choose another" in result.stderr


def test_a_name_that_is_too_long_is_reported_with_what_to_do():
    result = invoke("export", f"{'a' * 300}.csv")
    assert result.stderr.endswith("aaa.csv: File name too long: choose a shorter name\n")


def test_a_source_that_is_not_added_is_named_though_another_file_is_at_fault(tmp_path, monkeypatch):
    def full(*given):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(whole_files.os, "replace", full)
    result = invoke("add", SEED, "--seeds", "articles", "--date", "2024-04-20")
    assert result.stderr == (
        f"faultline: {SEED} was not added: articles/metadata.csv cannot be written (No space left on "
        "device): make room on the disk\nfaultline: articles did not exist and was made\n"
    )
