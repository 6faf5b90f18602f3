"""Files made to break a reader: each is rejected with the reason, and the rest is read."""

import io
import json
import os
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from analysis.ingest import sandbox
from analysis.ingest.corpus import article_rows, load_corpus
from analysis.ingest.draft import Columns, Draft, Refusal, Source
from analysis.ingest.file_formats import BY_ENDING, read_source
from tests.samples import archive, docx, pdf, workbook, write_samples

STORY = "Envoys meet in Geneva\n\nThe envoys met on Monday. They agreed on little.\n"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'


def zip_of(name, content, **attributes):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as bundle:
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


LAUGHING_WORD = f'{BOMB}<w:document xmlns:w="{W}"><w:body><w:p>&l9;</w:p></w:body></w:document>'
LAUGHING_FEED = f"{BOMB}<rss version='2.0'><channel><item><title>&l9;</title></item></channel></rss>"
PRYING_FEED = f"{OUTSIDE}<rss version='2.0'><channel><item><title>&f;</title></item></channel></rss>"
PATHS = archive({"../../etc/a.txt": STORY, "/b.txt": STORY, "C:\\c.txt": STORY})
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HOSTILE = {  # what makes each file, and a part of the reason
    "accents.txt": (lambda: ("e" + "\u0301\u0323" * 200_000 + " is read").encode(), "more than 30 accents"),
    "blank.txt": (lambda: b"\n" * 1_000_000, "is empty"),  # long, for a pattern that begins with white space
    "bomb.docx": (lambda: docx_with("word/document.xml", LAUGHING_WORD), "cannot be read as Word"),
    "bomb.xml": (lambda: LAUGHING_FEED.encode(), "is an entry without text"),
    "bomb.zip": (lambda: zip_of("a.txt", bytes(210_000_000)), "holds 210,000,000 bytes, expected at most"),
    "real.txt": (lambda: b"%PDF-1.7\n\xe2", "is a .pdf file with the ending .txt: give"),
    "broken.docx": (lambda: b"PK\x03\x04 and no more", "cannot be read as Word (File is not"),
    "broken.eml": (lambda: b"\xff\xfe\x00 no header", "is not an email"),
    "broken.json": (lambda: b'{"text": ', "cannot be read as JSON (Expecting"),
    "broken.pdf": (lambda: pdf(["A story"])[:200], "cannot be read as PDF"),
    "broken.rtf": (lambda: b"no rich text", "is not rich text"),
    "broken.xlsx": (lambda: workbook()[:900], "cannot be read as Excel"),
    "broken.zip": (lambda: zip_of("a.txt", b"A story of ten words. " * 50)[:90], "cannot be read as ZIP"),
    "deep.html": (lambda: b"<div>" * 100_000 + b"A story" + b"</div>" * 100_000, "has no article text"),
    "deep.json": (lambda: b"[" * 100_000 + b"]" * 100_000, "cannot be read as JSON ("),
    "deep.jsonl": (lambda: b"[" * 100_000 + b"]" * 100_000, "is not JSON"),
    "deep.rtf": (lambda: b"{\\rtf1" + b"{" * 100_000 + b"}" * 100_000, "is empty"),
    "deep.zip": (
        lambda: archive({"b.zip": archive({"c.zip": archive({"d.txt": b"A story"})})}),
        "another file",
    ),
    "empty.pdf": (lambda: b"", "is empty"),
    "half.json": (lambda: b'[{"text": "half \\ud800 a character"}]', "half a character (a lone surrogate"),
    "line.jsonl": (lambda: b'{"text": "' + b"a" * 6_000_000 + b'"}', "holds 6,000,000 characters"),
    "line.txt": (lambda: b"word " * 5_000_000, "holds 25,000,000 bytes, expected at most 20,000,000"),
    "link.zip": (lambda: zip_of("a.txt", "/etc/passwd", external_attr=0o120777 << 16), "is a link inside"),
    "locked.zip": (lambda: flag_locked(zip_of("a.txt", STORY)), "password required"),
    "nul.csv": (lambda: b"title,text\nA,\0\n", "contains NUL bytes"),
    "nul.html": (lambda: b"<p>A\0story</p>", "contains NUL bytes"),
    "old.docx": (lambda: OLD_OFFICE, "is locked with a password or in an old format"),
    "outside.xml": (lambda: PRYING_FEED.encode(), "is an entry without text"),
    "path.zip": (lambda: PATHS, "has a path that leads out of its archive"),
    "quote.csv": (lambda: b'title,text\n"' + b"a" * 6_000_000 + b"\n", "is broken at line 2"),
    "sheet.xlsx": (lambda: docx(["no workbook"]), "cannot be read as Excel"),
}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "good.txt").write_text(STORY)
    (folder / "zlast.md").write_text("# Last\n\nThe last story is read after all the others.")
    for name, (content, _) in HOSTILE.items():
        (folder / name).write_bytes(content())
    articles, rejected = load_corpus(folder)
    files = rejected["path"].str.partition(":")[0]
    return articles, dict(zip(files, rejected["reason"], strict=True))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_rejected_with_the_reason(hostile, name):
    assert HOSTILE[name][1] in hostile[1].get(name, "was read")


def test_the_rest_of_the_corpus_is_read(hostile):
    assert hostile[0]["path"].tolist() == ["good.txt", "zlast.md"]


def test_a_name_that_is_not_utf_8_is_made_printable(tmp_path):
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text(STORY)
    assert load_corpus(tmp_path)[0]["path"].tolist() == ["caf\\xe9.txt"]


def test_a_story_far_down_in_folders_is_read(tmp_path):
    deep = tmp_path.joinpath(*["a"] * 300)
    os.makedirs(deep)
    (deep / "a.txt").write_text(STORY)
    assert len(load_corpus(tmp_path)[0]) == 1


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fuzz") / "samples"
    write_samples(folder)
    found = {}
    for path in sorted(folder.iterdir()):
        found.setdefault(path.suffix, []).append(path.read_bytes())
    return found


@pytest.mark.parametrize("suffix", list(BY_ENDING))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_bytes_give_articles_or_reasons(samples, tmp_path, suffix, data):
    """Samples with some bytes replaced, and random bytes, read as in the sandbox."""
    whole = data.draw(st.sampled_from([b"", *samples.get(suffix, [])]))
    place, cut = data.draw(st.integers(0, len(whole))), data.draw(st.integers(0, 40))
    content = whole[:place] + data.draw(st.binary(max_size=40)) + whole[place + cut :]
    path = tmp_path / f"a{suffix}"
    path.write_bytes(content)
    found = sandbox.found_in(path, path.name)
    assert all(isinstance(one, Draft | Refusal | Columns) for one in found)
    rows, refusals = article_rows(found)
    assert len(rows) + len(refusals) == sum(not isinstance(one, Columns) for one in found)
    json.dumps(found)


@settings(deadline=None)
@given(content=st.binary(max_size=200), suffix=st.sampled_from(list(BY_ENDING)))
def test_a_file_with_the_wrong_ending_never_raises(content, suffix):
    for found in read_source(Source(content, "a"), f"a{suffix}"):
        assert isinstance(found, Draft | Refusal | Columns)
