"""faultline add: files, folders, tables with named columns, and addresses on a local server."""

import gzip
import http.server
import json
import threading
from pathlib import Path
from typing import ClassVar

import pytest
from typer.testing import CliRunner

from analysis.cli import app
from analysis.ingest.add_sources import add_source, parse_column_map
from analysis.ingest.corpus import load_corpus
from analysis.ingest.download import fetch, is_loopback, is_public
from tests.samples import FIXTURES, write_samples

ANALYSIS = Path(__file__).parents[2] / "analysis"
NOTHING = dict.fromkeys(("title", "published_date", "outlet", "author", "url", "note"), "")
PAGE = (FIXTURES / "page.html").read_bytes()
LONG = "The ministers of both countries met again on Friday and agreed on nothing at all. " * 20


class Site(http.server.BaseHTTPRequestHandler):
    """Pages by path; some of them misbehave."""

    news: ClassVar[list[str]] = []

    def do_GET(self):
        base = f"http://127.0.0.1:{self.server.server_port}"
        feed = (FIXTURES / "feed.xml").read_text().replace("https://example.org/wire/1", f"{base}/long")
        long = PAGE.decode().replace("</article>", f"<p>{LONG}</p></article>").encode()
        items = "".join(f"<item><description>{text}</description></item>" for text in self.news)
        news = f'<rss version="2.0"><channel><title>News</title>{items}</channel></rss>'
        pages = {
            "/news.xml": (200, {"Content-Type": "application/rss+xml"}, news.encode()),
            "/page": (200, {"Content-Type": "text/html"}, PAGE),
            "/long": (200, {"Content-Type": "text/html"}, long),
            "/wire.xml": (200, {"Content-Type": "application/rss+xml"}, feed.encode()),
            "/table.csv": (200, {"Content-Type": "text/csv"}, (FIXTURES / "table.csv").read_bytes()),
            "/zipped": (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, gzip.compress(PAGE)),
            "/bomb": (
                200,
                {"Content-Type": "text/html", "Content-Encoding": "gzip"},
                gzip.compress(bytes(30_000_000)),
            ),
            "/moved": (301, {"Location": "/page"}, b""),
            "/loop": (302, {"Location": "/loop"}, b""),
            "/file": (302, {"Location": "file:///etc/passwd"}, b""),
            "/photo": (200, {"Content-Type": "image/png"}, b"\x89PNG"),
            "/large": (200, {"Content-Type": "text/html"}, b"a" * 20_000_001),
        }
        status, headers, body = pages.get(self.path, (404, {}, b""))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        """Say nothing."""


class Drip(http.server.BaseHTTPRequestHandler):
    """Sends one byte at a time, for ever, so that no single read times out."""

    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        while True:
            self.wfile.write(b"a")
            threading.Event().wait(0.1)

    def log_message(self, *words):
        """Say nothing."""


def served(handler):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.handle_error = lambda *words: None
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


@pytest.fixture(scope="module")
def site():
    server = served(Site)
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def test_a_page_is_kept_with_its_address(site, tmp_path):
    added = add_source(f"{site}/page", tmp_path / "seeds", NOTHING)
    articles, rejected = load_corpus(tmp_path / "seeds")
    assert rejected.empty
    assert articles["url"].tolist() == [f"{site}/page"]
    assert articles["title"].tolist() == added.articles["title"].tolist() == ["Envoys leave the lake"]
    assert added.path.suffix == ".html"


@pytest.mark.parametrize("path", ["moved", "zipped"])
def test_a_redirect_and_a_packed_page_are_followed(site, path):
    assert fetch(f"{site}/{path}").content == PAGE


def test_a_summary_in_a_feed_is_replaced_by_its_page_and_added_once(site, tmp_path):
    seeds = tmp_path / "seeds"
    added = add_source(f"{site}/wire.xml", seeds, NOTHING)
    row = added.articles.iloc[0]
    assert (row["title"], row["outlet"], row["url"]) == ("Grain ships sail", "Strelsau Wire", f"{site}/long")
    assert "agreed on nothing at all" in row["text"]
    assert added.rejected["reason"].tolist() == ["is an entry without text, expected content or a summary"]
    assert load_corpus(seeds)[0]["text"].tolist() == [row["text"]]
    with pytest.raises(ValueError, match="is a copy of"):
        add_source(f"{site}/wire.xml", seeds, NOTHING)


def test_old_entries_of_a_feed_are_not_reported(site, tmp_path, monkeypatch):
    monkeypatch.setattr(Site, "news", ["The envoys met in Rome on Monday."])
    add_source(f"{site}/news.xml", tmp_path / "seeds", NOTHING)
    monkeypatch.setattr(Site, "news", [*Site.news, "The envoys left Rome on Tuesday."])
    words = ["add", f"{site}/news.xml", "--seeds", str(tmp_path / "seeds")]
    result = CliRunner().invoke(app, words)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "news.jsonl: 1 article\n" in result.stdout
    assert CliRunner().invoke(app, words).exit_code == 2


def test_a_file_at_an_address_is_read_by_its_media_type(site, tmp_path):
    assert len(add_source(f"{site}/table.csv", tmp_path / "seeds", NOTHING).articles) == 2


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("nowhere", "answered 404 Not Found, expected a page"),
        ("loop", "redirects more than 5 times, expected a page"),
        ("file", "file:///etc/passwd: is not the address of a page"),
        ("photo", "is image/png, expected a page, a feed or a file of articles"),
        ("large", "holds more than 20,000,000 bytes"),
        ("bomb", "holds more than 20,000,000 bytes"),
    ],
)
def test_a_failed_download_is_reported_and_writes_nothing(site, tmp_path, path, message):
    with pytest.raises(ValueError) as raised:
        add_source(f"{site}/{path}", tmp_path / "seeds", NOTHING)
    assert message in str(raised.value)
    assert not (tmp_path / "seeds").exists()


def test_a_public_page_cannot_lead_to_a_private_address(site):
    with pytest.raises(ValueError, match="leads to the private address"):
        fetch(f"{site}/page", linked_from="https://example.org/feed")
    assert not any(map(is_public, ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fd00::1", "0.0.0.0"]))
    assert not is_public("::ffff:10.0.0.1")
    hosts = ("::ffff:127.0.0.1", "localhost", "localhost.example")
    assert [is_loopback(host) for host in hosts] == [True, True, False]


def test_a_server_that_sends_for_ever_is_given_up():
    server = served(Drip)
    with pytest.raises(ValueError, match="within 1 seconds"):
        fetch(f"http://127.0.0.1:{server.server_port}/", seconds=1)
    server.shutdown()


def test_only_add_can_reach_the_network():
    network = ("import socket", "http.client", "urllib.request", "import requests", "httpx", "urllib3")
    users = {
        path.stem for path in ANALYSIS.rglob("*.py") if any(word in path.read_text() for word in network)
    }
    assert users == {"download"}
    callers = {
        path.stem for path in ANALYSIS.rglob("*.py") if "analysis.ingest.download import" in path.read_text()
    }
    assert callers == {"add_sources"}
    assert "analysis.ingest.add_sources" in (ANALYSIS / "commands" / "articles.py").read_text()


def test_what_can_be_read_in_a_folder_is_copied_and_the_rest_is_reported(tmp_path):
    write_samples(tmp_path / "pile")
    seeds = tmp_path / "seeds"
    added = add_source(str(tmp_path / "pile"), seeds, NOTHING)
    articles, _ = load_corpus(seeds)
    assert articles["path"].tolist() == added.articles["path"].tolist()
    assert not (seeds / "pile" / "photo.png").exists()
    assert {"pile/photo.png", "pile/german.txt", "pile/table.csv:4"} <= set(added.rejected["path"])


def test_a_folder_without_a_readable_file_is_reported_and_not_copied(tmp_path):
    (tmp_path / "pile").mkdir()
    (tmp_path / "pile" / "a.png").write_bytes(b"x")
    result = CliRunner().invoke(app, ["add", str(tmp_path / "pile"), "--seeds", str(tmp_path / "seeds")])
    assert result.exit_code == 2
    assert "has the ending .png" in result.stderr
    assert not (tmp_path / "seeds").exists()


def test_named_columns_need_not_be_named_again(tmp_path):
    (tmp_path / "wire.csv").write_text("Kopf,Inhalt\nTalks,The envoys met on Monday.\n")
    words = ["add", str(tmp_path / "wire.csv"), "--seeds", str(tmp_path / "seeds"), "--outlet", "The Coast"]
    refused = CliRunner().invoke(app, words)
    assert (
        "has no column that holds texts among Kopf, Inhalt: name it with faultline add --map"
        in refused.stderr
    )
    result = CliRunner().invoke(app, [*words, "--map", "text=Inhalt,title=Kopf"])
    assert result.exit_code == 0
    assert "columns read as text=Inhalt, title=Kopf" in result.stdout
    articles, _ = load_corpus(tmp_path / "seeds")
    row = articles.iloc[0]
    assert (row["path"], row["title"], row["outlet"]) == ("wire.jsonl:1", "Talks", "The Coast")
    assert json.loads((tmp_path / "seeds" / "wire.jsonl").read_text())["title"] == "Talks"


@pytest.mark.parametrize("text", ["text", "body=Inhalt", "text="])
def test_a_wrong_column_map_is_reported(text):
    with pytest.raises(ValueError, match="expected FIELD=COLUMN, where FIELD is one of text, title"):
        parse_column_map(text)


def test_the_corpus_cannot_be_added_to_itself(tmp_path):
    (tmp_path / "seeds").mkdir()
    for folder in (tmp_path / "seeds", tmp_path):
        with pytest.raises(
            ValueError, match="the folder of articles: expected a file, or a folder outside it"
        ):
            add_source(str(folder), tmp_path / "seeds", NOTHING)


def test_the_other_sources_are_added_if_one_is_wrong(tmp_path):
    (tmp_path / "a.txt").write_text("A story\n\nIt is short.")
    words = ["add", str(tmp_path / "nope.txt"), str(tmp_path / "a.txt"), "--seeds", str(tmp_path / "seeds")]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 2
    assert "nope.txt does not exist, expected a file, a folder or an address of articles" in result.stderr
    assert (tmp_path / "seeds" / "a.txt").exists()
