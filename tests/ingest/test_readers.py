"""The formats together: which there are, and that a new module is all that a new one needs."""

import importlib
import pkgutil
from pathlib import Path

import pytest

from analysis.ingest import formats
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
