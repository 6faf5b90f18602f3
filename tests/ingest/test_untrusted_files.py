"""Files made to break a reader: each is rejected with the reason, and the rest is read."""

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.ingest import sandbox
from analysis.ingest.corpus import article_rows, load_corpus
from analysis.ingest.draft import Columns, Draft, Refusal
from analysis.ingest.file_format import Source
from analysis.ingest.readers import formats_by_ending, read_source
from tests.samples import FIXTURES, archive, docx, pdf, workbook, write_samples

ROOT = Path(__file__).parents[2]
STORY = "Envoys meet in Geneva\n\nThe envoys met on Monday. They agreed on little.\n"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'


def zip_of(name, content, **attributes):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_DEFLATED
        for key, value in attributes.items():
            setattr(info, key, value)
        bundle.writestr(info, content)
    return out.getvalue()


def flag_locked(raw):
    """The same archive, its member marked as encrypted."""
    for head, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = raw.index(head) + place
        raw = raw[:start] + b"\x01" + raw[start + 1 :]
    return raw


def docx_with(part, content):
    """A Word file with one of its parts replaced."""
    source, out = zipfile.ZipFile(io.BytesIO(docx(["One", "Two words here."]))), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name in source.namelist():
            bundle.writestr(name, content if name == part else source.read(name))
    return out.getvalue()


ZEROS = bytes(600_000_000)
LAUGHING_WORD = f'{BOMB}<w:document xmlns:w="{W}"><w:body><w:p>&l9;</w:p></w:body></w:document>'
LAUGHING_FEED = f"{BOMB}<rss version='2.0'><channel><item><title>&l9;</title></item></channel></rss>"
PRYING_FEED = f"{OUTSIDE}<rss version='2.0'><channel><item><title>&f;</title></item></channel></rss>"
PATHS = archive({"../../etc/a.txt": STORY, "/b.txt": STORY, "C:\\c.txt": STORY})
HOSTILE = {
    "accents.txt": (("e" + "\u0301\u0323" * 200_000 + " is read").encode(), "more than 30 accents"),
    "blank.txt": (b"\n" * 4_900_000, "is empty"),  # a pattern that begins with any white space takes hours
    "bomb.docx": (docx_with("word/document.xml", LAUGHING_WORD), "is not a readable Word document"),
    "bomb.xml": (LAUGHING_FEED.encode(), "is an entry without text"),
    "bomb.zip": (zip_of("a.txt", ZEROS), "unpacks to 600,000,000 bytes, expected at most"),
    "broken.docx": (b"PK\x03\x04 and no more", "is a broken archive"),
    "broken.eml": (b"\xff\xfe\x00 no header", "is not an email"),
    "broken.json": (b'{"text": ', "is not JSON"),
    "broken.pdf": (pdf(["A story"])[:200], "is a broken PDF"),
    "broken.rtf": (b"no rich text", "is not rich text"),
    "broken.xlsx": (workbook()[:900], "is a broken archive"),
    "broken.zip": (zip_of("a.txt", b"A story of ten words. " * 50)[:90], "is a broken archive"),
    "deep.html": (b"<div>" * 100_000 + b"A story" + b"</div>" * 100_000, "has no article text"),
    "deep.json": (b"[" * 100_000 + b"]" * 100_000, "is nested too deep"),
    "deep.jsonl": (b"[" * 100_000 + b"]" * 100_000, "is not JSON"),
    "deep.rtf": (b"{\\rtf1" + b"{" * 100_000 + b"}" * 100_000, "is empty"),
    "deep.zip": (archive({"b.zip": archive({"c.zip": archive({"d.txt": b"A story"})})}), "another file"),
    "empty.pdf": (b"", "is empty"),
    "greedy.json": (b"[" + b"[]," * 50_000_000 + b"[]]", "needs more than 2 GB of memory"),
    "half.json": (b'[{"text": "half \\ud800 a character"}]', "half a character (a lone surrogate"),
    "line.jsonl": (b'{"text": "' + b"a" * 100_000_000 + b'"}', "more than 20,000,000 bytes"),
    "line.txt": (b"word " * 20_000_000, "holds 100,000,000 bytes, expected at most 20,000,000"),
    "link.zip": (zip_of("a.txt", "/etc/passwd", external_attr=0o120777 << 16), "is a link inside"),
    "locked.zip": (flag_locked(zip_of("a.txt", STORY)), "is locked with a password"),
    "nul.csv": (b"title,text\nA,\0\n", "contains NUL bytes"),
    "nul.html": (b"<p>A\0story</p>", "contains NUL bytes"),
    "old.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is locked with a password or in an old format"),
    "outside.xml": (PRYING_FEED.encode(), "is an entry without text"),
    "path.zip": (PATHS, "has a path that leads out of its archive"),
    "quote.csv": (b'title,text\n"' + b"a" * 6_000_000 + b"\n", "is a broken table at line 2"),
    "sheet.xlsx": (docx(["no workbook"]), "is not a readable Excel file"),
}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "good.txt").write_text(STORY)
    (folder / "zlast.md").write_text("# Last\n\nThe last story is read after all the others.")
    for name, (content, _) in HOSTILE.items():
        (folder / name).write_bytes(content)
    articles, rejected = load_corpus(folder)
    files = rejected["path"].str.partition(":")[0]
    return articles, dict(zip(files, rejected["reason"], strict=True))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_rejected_with_the_reason(hostile, name):
    assert HOSTILE[name][1] in hostile[1].get(name, "was read")


def test_the_rest_of_the_corpus_is_read(hostile):
    assert hostile[0]["path"].tolist() == ["good.txt", "zlast.md"]


def test_a_file_that_takes_too_long_is_rejected_and_the_next_is_read(tmp_path):
    (tmp_path / "a.json").write_bytes(b"[" + b'{"a": 1},' * 8_000_000 + b"0]")
    (tmp_path / "b.md").write_text("# Next\n\nThe next story.")
    with sandbox.reader_process(seconds=1) as read_sandboxed:
        (refusal,) = read_sandboxed(tmp_path / "a.json", "a.json", {})
        (draft,) = read_sandboxed(tmp_path / "b.md", "b.md", {})
    assert refusal.reason.startswith("takes more than 1 seconds to read")
    assert draft.title == "Next"


def test_a_reader_that_crashes_is_reported_with_its_exit_code():
    assert sandbox.reason_of_end(-11, 60).startswith("crashed its reader (exit code -11), expected an intact")


@pytest.mark.parametrize("act", ["socket.socket().connect(('127.0.0.1', 9))", "os.system('true')"])
def test_a_reader_may_use_neither_the_network_nor_other_programs(act):
    code = f"""import os, socket, sys
from analysis.ingest.sandbox import forbid_action
sys.addaudithook(forbid_action)
{act}"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert "PermissionError: a reader of articles may not use" in done.stderr


def test_links_pipes_and_undecodable_names_are_reported(tmp_path):
    outside, folder = tmp_path / "outside", tmp_path / "seeds"
    outside.mkdir()
    folder.mkdir()
    (outside / "a.txt").write_text(STORY)
    os.symlink(outside, folder / "folder")
    os.symlink(folder, folder / "loop")
    os.symlink(outside / "a.txt", folder / "link.txt")
    os.mkfifo(folder / "pipe.txt")
    (folder / os.fsdecode(b"caf\xe9.txt")).write_text(STORY)
    articles, rejected = load_corpus(folder)
    assert articles["path"].tolist() == ["caf\\xe9.txt"]
    assert dict(zip(rejected["path"], rejected["reason"], strict=True)) == {
        "folder": "is a link to a folder, which is not followed: move or copy the folder here",
        "link.txt": "is a link that leads out of the folder, which is not followed: copy the file here",
        "loop": "is a link to a folder, which is not followed: move or copy the folder here",
        "pipe.txt": "is a pipe, a socket or a device, expected a file",
    }


def test_files_and_folders_that_may_not_be_opened_are_reported(tmp_path, monkeypatch):
    (tmp_path / "closed").mkdir()
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "closed.txt").write_text(STORY)
    real_open, real_scandir = open, os.scandir

    def closed(real):
        def refuse(path, *rest, **named):
            if "closed" in Path(path).name:
                raise PermissionError(13, "Permission denied")
            return real(path, *rest, **named)

        return refuse

    monkeypatch.setattr("builtins.open", closed(real_open))
    monkeypatch.setattr("os.scandir", closed(real_scandir))
    articles, rejected = load_corpus(tmp_path)
    assert articles["path"].tolist() == ["a.txt"]
    assert rejected["path"].tolist() == ["closed", "closed.txt"]
    assert (
        rejected["reason"].str.startswith("cannot be opened (Permission denied), expected a readable").all()
    )


def test_each_of_very_many_empty_files_is_reported(tmp_path):
    for number in range(20_000):
        (tmp_path / f"{number}.pdf").touch()
    (tmp_path / "a.txt").write_text(STORY)
    articles, rejected = load_corpus(tmp_path)
    assert (len(articles), len(rejected)) == (1, 20_000)
    assert rejected["reason"].unique().tolist() == ["is empty, expected the text of an article"]


def test_a_story_far_down_in_folders_is_read(tmp_path):
    deep = tmp_path.joinpath(*["a"] * 300)
    os.makedirs(deep)
    (deep / "a.txt").write_text(STORY)
    assert len(load_corpus(tmp_path)[0]) == 1


NO_NETWORK = """
import sys

def refuse(event, arguments):
    if event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.connect"):
        target = arguments[0] if event.startswith("socket.get") else arguments[1]
        host = target[0] if isinstance(target, tuple) else target
        if not isinstance(host, (str, bytes)) or not str(host).startswith(("127.", "localhost", "/")):
            print("NETWORK", event, arguments, file=sys.stderr, flush=True)
            raise OSError("the network is blocked")

sys.addaudithook(refuse)
"""


@pytest.mark.model
@pytest.mark.parametrize(
    "words",
    [["check"], ["annotate", "{lines}"], ["brief", "--notebook", "01-topic-breakdown", "--out", "{out}"]],
)
def test_no_command_but_add_touches_the_network(tmp_path, words):
    (tmp_path / "sitecustomize.py").write_text(NO_NETWORK)
    (tmp_path / "seeds").mkdir()
    for name in ("plain.txt", "page.html"):
        (tmp_path / "seeds" / name).write_bytes((FIXTURES / name).read_bytes())
    (tmp_path / "lines.jsonl").write_text(json.dumps({"id": 1, "text": "Japan condemned China."}))
    named = {"lines": tmp_path / "lines.jsonl", "out": tmp_path / "out"}
    command = [word.format(**named) for word in words]
    command += [] if words[0] == "annotate" else ["--seeds", str(tmp_path / "seeds")]
    done = subprocess.run(
        [sys.executable, "-m", "analysis.cli", *command],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"},
        capture_output=True,
        text=True,
    )
    assert "NETWORK" not in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout


def test_a_use_of_the_network_would_be_noticed(tmp_path):
    (tmp_path / "sitecustomize.py").write_text(NO_NETWORK)
    code = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=1)"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert "NETWORK socket.getaddrinfo" in done.stderr


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fuzz") / "samples"
    write_samples(folder)
    found = {}
    for path in sorted(folder.iterdir()):
        found.setdefault(path.suffix, []).append(path.read_bytes())
    return found


@pytest.mark.parametrize("suffix", list(formats_by_ending()))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_bytes_give_articles_or_reasons(samples, tmp_path, suffix, data):
    """Samples with some bytes replaced, and random bytes, read as in the sandbox."""
    whole = data.draw(st.sampled_from([b"", *samples.get(suffix, [])]))
    place, cut = data.draw(st.integers(0, len(whole))), data.draw(st.integers(0, 40))
    content = whole[:place] + data.draw(st.binary(max_size=40)) + whole[place + cut :]
    path = tmp_path / f"a{suffix}"
    path.write_bytes(content)
    found = list(sandbox.found_in(str(path), path.name, {}))
    assert all(isinstance(one, Draft | Refusal | Columns) for one in found)
    rows, refusals = article_rows(found)
    assert len(rows) + len(refusals) == sum(not isinstance(one, Columns) for one in found)
    json.dumps(found)


@given(content=st.binary(max_size=200), suffix=st.sampled_from(list(formats_by_ending())))
def test_a_file_with_the_wrong_ending_never_raises(content, suffix):
    for found in read_source(Source(io.BytesIO(content), "a", {}), suffix):
        assert isinstance(found, Draft | Refusal | Columns)
