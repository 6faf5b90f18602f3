"""The formats together: which there are, and that a new module is all that a new one needs."""

import importlib
import pkgutil
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook
from typer.testing import CliRunner

from analysis.cli import app
from analysis.ingest import formats
from analysis.ingest.corpus import load_corpus
from analysis.ingest.download import ending_for
from analysis.ingest.readers import (
    accepted_endings,
    ending_of,
    file_formats,
    formats_by_ending,
)
from tests.reading import found_in
from tests.samples import FIXTURES

MODULES = [module.name for module in pkgutil.iter_modules(formats.__path__)]
ENDINGS = [
    *(".atom", ".csv", ".docx", ".eml", ".htm", ".html", ".json", ".jsonl", ".md", ".pdf", ".rss", ".rtf"),
    *(".tsv", ".txt", ".xlsx", ".xml", ".zip"),
]


def test_messages_list_every_ending_that_is_read():
    assert set(ENDINGS) <= set(formats_by_ending())
    assert accepted_endings().startswith(".atom, .csv, .docx")


@pytest.mark.parametrize("module", MODULES)
def test_each_format_has_a_test_of_its_own(module):
    assert (Path(__file__).parent / "formats" / f"test_{module}.py").is_file()
    assert importlib.import_module(f"{formats.__name__}.{module}").FORMATS


def test_only_readers_without_a_third_party_parser_run_outside_the_sandbox():
    assert [one.name for one in file_formats() if not one.is_sandboxed] == ["JSON Lines", "Plain text"]


@pytest.fixture
def all_formats():
    """Look up the formats again before and after a test that adds one."""
    for cached in (file_formats, formats_by_ending):
        cached.cache_clear()
    yield
    for cached in (file_formats, formats_by_ending):
        cached.cache_clear()


NEW_FORMAT = """
from analysis.ingest.draft import Draft
from analysis.ingest.file_format import FileFormat

def read_shouted(source):
    yield Draft(source.name, source.stream.read().decode().lower())

FORMATS = (FileFormat("Shouted text", (".shout",), read_shouted, media_types=("text/x-shout",)),)
"""


def test_a_new_module_is_a_new_format(tmp_path, monkeypatch, all_formats):
    (tmp_path / "shouted_for_a_test.py").write_text(NEW_FORMAT)
    monkeypatch.setattr(formats, "__path__", [*formats.__path__, str(tmp_path)])
    assert found_in("ENVOYS MEET", ".shout")[0].text == "envoys meet"
    assert ".rtf, .shout, .tsv" in accepted_endings()
    assert ending_for("text/x-shout", "/page") == ".shout"


def test_two_formats_cannot_have_the_same_ending(tmp_path, monkeypatch, all_formats):
    (tmp_path / "taken_for_a_test.py").write_text(NEW_FORMAT.replace(".shout", ".txt"))
    monkeypatch.setattr(formats, "__path__", [*formats.__path__, str(tmp_path)])
    with pytest.raises(
        ValueError, match=r"\.txt belongs to Plain text and Shouted text, expected one format"
    ):
        formats_by_ending()


def test_every_sample_is_read_or_rejected(samples):
    articles, reasons = samples
    names = {path.partition(":")[0] for path in [*articles.index, *reasons]}
    assert {path.name for path in FIXTURES.iterdir()} <= names
    assert reasons["photo.png"] == f"has the ending .png, expected one of {accepted_endings()}"
    assert reasons["german.txt"] == "is in German, expected an article in English"


@pytest.mark.parametrize(
    ("filename", "ending"), [("a/b.TXT", ".txt"), ("a.b/c", ""), (".hidden", ""), ("a.tar.gz", ".gz")]
)
def test_the_ending_of_a_file_name_is_in_lower_case(filename, ending):
    assert ending_of(filename) == ending


@pytest.mark.parametrize(
    ("media_type", "path", "ending"),
    [
        ("text/html", "/a.txt", ".html"),
        ("application/atom+xml", "/feed", ".xml"),
        ("application/octet-stream", "/a.docx", ".docx"),
        ("image/png", "/a.png", None),
    ],
)
def test_a_download_is_read_by_its_media_type_or_else_its_ending(media_type, path, ending):
    assert ending_for(media_type, path) == ending


def archive(*names: str) -> bytes:
    """A .zip with a sentence under each name."""
    content = BytesIO()
    with ZipFile(content, "w") as file:
        for name in names:
            file.writestr(name, "" if name.endswith("/") else "Iran condemned the United States on Monday.")
    return content.getvalue()


def sheet(*rows: list[str]) -> bytes:
    """An .xlsx with these rows."""
    content, book = BytesIO(), Workbook()
    for row in rows:
        book.active.append(row)
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("onlyheader.csv", b"title,text\n"),
        ("onlyheader.tsv", b"title\ttext\n"),
        ("onlyheader.xlsx", sheet(["title", "text"])),
        ("empty.json", b"[]"),
        ("blank.jsonl", b"\n\n  \n"),
        ("hidden.zip", archive(".a.txt", "__MACOSX/b.txt", ".git/c.txt")),
        ("folders.zip", archive("a/", "b/")),
        ("nothing.zip", archive()),
    ],
)
def test_a_file_that_yields_nothing_is_rejected_with_a_reason(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    articles, rejected = load_corpus(tmp_path)
    assert len(articles) == 0
    reason = "contains no article, expected at least one that is neither blank nor hidden"
    assert rejected[["path", "reason"]].values.tolist() == [[name, reason]]
    result = CliRunner().invoke(app, ["add", str(tmp_path / name), "--seeds", str(tmp_path / "seeds")])
    assert result.exit_code == 2
    assert reason in result.stderr


def test_what_a_zip_has_besides_hidden_files_is_read_without_a_word(tmp_path):
    (tmp_path / "partly.zip").write_bytes(archive(".a.txt", "story.txt"))
    articles, rejected = load_corpus(tmp_path)
    assert (articles["path"].tolist(), len(rejected)) == (["partly.zip:story.txt"], 0)
