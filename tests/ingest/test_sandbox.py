"""What a parser may cost, and what becomes of a file whose parser takes more or breaks its process."""

import subprocess
import sys
from pathlib import Path

import pytest

from analysis.ingest import sandbox
from analysis.ingest.corpus import load_corpus
from analysis.ingest.draft import Choices

ROOT = Path(__file__).parents[2]
READER = """
import os, sys, time
from analysis.ingest import sandbox
from analysis.ingest.draft import Draft, Refusal

answers, hoard = os.dup(1), []

def read_source(source, name):
    act = source.raw.decode().strip()
    yield Draft(source.name, "The first story.")
    if act == "sleep":
        time.sleep(1.5)
    elif act == "work":
        while True:
            pass
    elif act == "die":
        os.write(answers, b'[["Draft", ["a.txt", "half a st')
        os._exit(7)
    elif act == "lie":
        os.write(answers, b'[["Draft", [3]]]' + bytes([10]))
    elif act == "flood":
        while True:
            os.write(answers, b"a" * 1_000_000)
    elif act == "print":
        print("done")
    elif act == "hoard":
        hoard.append(bytearray(1_200_000_000))
    elif act == "need":
        bytearray(1_200_000_000)
    elif act == "greed":
        bytearray(2_500_000_000)
    elif act == "bytes":
        yield from (Draft(source.name, "word " * 900_000) for _ in range(3))
    yield Draft(source.name, "The last story.")

sandbox.read_source = read_source
sandbox.serve()
"""
FIRST, LAST = "The first story.", "The last story."
COMMAND = sandbox.COMMAND
FLOOD = "gives more than 10,000,000 bytes of text: split it into smaller files"


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """Reads a file whose parser does something, in one sandbox for all tests."""
    folder = tmp_path_factory.mktemp("acts")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sandbox, "COMMAND", [sys.executable, "-c", READER])
        patch.setattr(sandbox, "SECONDS", 2)
        with sandbox.reader_process() as read_sandboxed:

            def found(act):
                path = folder / f"{act}.txt"
                path.write_text(act)
                return read_sandboxed(path, path.name, Choices())

            yield found


def texts(found):
    return [one.text for one in found]


@pytest.mark.parametrize("act", ["sleep", "print"])
def test_a_reader_may_wait_and_print(read, act):
    assert texts(read(act)) == [FIRST, LAST]


@pytest.mark.parametrize(
    ("act", "said"),
    [
        ("work", "takes more than 60 seconds to read: split it into smaller files"),
        ("die", "crashed its reader (exit code 7), expected an intact file"),
        ("lie", "crashed its reader (exit code -9), expected an intact file"),
        ("flood", FLOOD),
        ("bytes", FLOOD),
        ("greed", "needs more than 2 GB of memory to be read: split it into smaller files"),
    ],
)
def test_a_file_that_breaks_its_reader_or_takes_too_much_is_rejected_whole(read, act, said):
    (refusal,) = read(act)
    assert refusal.path == f"{act}.txt"
    assert refusal.reason.startswith(said)
    assert texts(read("next")) == [FIRST, LAST]


def test_a_file_is_not_rejected_for_the_memory_that_others_have_left_in_use(read):
    assert texts(read("hoard")) == [FIRST, LAST]
    assert texts(read("need")) == [FIRST, LAST]


@pytest.mark.parametrize("act", ["socket.socket().connect(('127.0.0.1', 9))", "os.system('true')"])
def test_a_reader_may_use_neither_the_network_nor_other_programs(act):
    code = f"""import os, socket, sys
from analysis.ingest.sandbox import forbid_action
sys.addaudithook(forbid_action)
{act}"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert "PermissionError: a reader of articles may not use" in done.stderr


@pytest.mark.parametrize(
    ("name", "content", "more"),
    [
        ("a.jsonl", '{"text": "A story of envoys."}\n' + "{}\n" * 1_500, "a.jsonl (500 more records)"),
        ("a.csv", "text\n" + "A story of envoys.\n" * 3_000, "a.csv (1,999 more records)"),
    ],
)
def test_a_long_list_of_reasons_from_one_file_is_cut_and_counted(tmp_path, monkeypatch, name, content, more):
    monkeypatch.setattr(sandbox, "COMMAND", COMMAND)  # and not that of `read`
    (tmp_path / name).write_text(content)
    articles, rejected = load_corpus(tmp_path)
    assert (len(articles), len(rejected)) == (1, 1_001)
    assert rejected["path"].iloc[0] == more


def test_no_file_is_read_by_this_process(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("The envoys met on Monday.")
    monkeypatch.setattr(sandbox, "COMMAND", COMMAND)
    monkeypatch.setattr("analysis.ingest.sandbox.open_plain", lambda path: pytest.fail("read here"))
    assert load_corpus(tmp_path)[0]["path"].tolist() == ["a.txt"]
