"""faultline add: pages, feeds and files at addresses on a server of this machine."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from analysis.cli import app
from analysis.ingest import add_addresses
from analysis.ingest.add_addresses import file_stem
from analysis.ingest.add_sources import add_source
from analysis.ingest.corpus import load_corpus
from analysis.ingest.download import fetch
from tests.ingest.site import page, running_site
from tests.samples import FIXTURES

ANALYSIS = Path(__file__).parents[2] / "analysis"
NOTHING = dict.fromkeys(("title", "published_date", "outlet", "author", "url", "note"), "")
PAGE = (FIXTURES / "page.html").read_bytes()
LONG = "The ministers of both countries met again on Friday and agreed on nothing at all. " * 20
LONG_PAGE = page(PAGE.decode().replace("</article>", f"<p>{LONG}</p></article>"))


@pytest.fixture
def site():
    with running_site() as running:
        yield running


def feed(*entries):
    """A feed whose entries have a link or none, and a text."""
    items = "".join(
        f"<item><title>{title}</title><description>{text}</description><link>{link}</link></item>"
        for title, text, link in entries
    )
    return page(
        f'<rss version="2.0"><channel><title>News</title>{items}</channel></rss>', "application/rss+xml"
    )


def test_a_page_is_kept_with_its_address(site, tmp_path):
    site.pages = {"/page": page(PAGE)}
    added = add_source(f"{site.address}/page", tmp_path / "seeds", NOTHING)
    articles, rejected = load_corpus(tmp_path / "seeds")
    assert rejected.empty
    assert articles["url"].tolist() == [f"{site.address}/page"]
    assert articles["title"].tolist() == added.articles["title"].tolist() == ["Envoys leave the lake"]
    assert added.path.suffix == ".html"


def test_a_summary_in_a_feed_is_replaced_by_its_page_and_added_once(site, tmp_path):
    wire = (FIXTURES / "feed.xml").read_text().replace("https://example.org/wire/1", f"{site.address}/long")
    site.pages = {"/wire.xml": page(wire, "application/rss+xml"), "/long": LONG_PAGE}
    seeds = tmp_path / "seeds"
    added = add_source(f"{site.address}/wire.xml", seeds, NOTHING)
    row = added.articles.iloc[0]
    assert (row["title"], row["outlet"]) == ("Grain ships sail", "Strelsau Wire")
    assert row["url"] == f"{site.address}/long"
    assert "agreed on nothing at all" in row["text"]
    assert added.rejected["reason"].tolist() == ["is an entry without text, expected content or a summary"]
    articles, _ = load_corpus(seeds)
    assert articles["text"].tolist() == [row["text"]]
    assert articles["path"].tolist() == [row["path"]]
    with pytest.raises(ValueError, match="is a copy of"):
        add_source(f"{site.address}/wire.xml", seeds, NOTHING)


def test_a_password_is_in_no_name_table_or_message(site, tmp_path):
    seeds = tmp_path / "seeds"
    links = f"{site.address}/1", f"{site.address}/2"
    site.pages = {
        "/page": page(PAGE),
        "/news.xml": feed(
            ("Talks", "The envoys met in Rome on Monday.", links[0].replace("//", "//ana:s3cret@")),
            ("Grain", LONG, links[1].replace("//", "//ana:s3cret@")),
        ),
    }
    user = f"http://ana:s3cret@127.0.0.1:{site.server_port}"
    said = []
    for path in ("/page", "/page", "/news.xml", "/news.xml", "/gone"):
        result = CliRunner().invoke(app, ["add", f"{user}{path}", "--seeds", str(seeds)])
        said.append(result.output)
    (tmp_path / "a.txt").write_text("The envoys met in Oslo on Monday.")
    words = ["add", str(tmp_path / "a.txt"), "--url", f"{user}/a", "--seeds", str(seeds)]
    said.append(CliRunner().invoke(app, words).output)
    articles, _ = load_corpus(seeds)
    addresses = {*links, f"{site.address}/page", f"{site.address}/a"}
    assert set(articles["url"]) == addresses
    kept = [path.read_text() for path in seeds.iterdir()] + [path.name for path in seeds.iterdir()]
    assert not [one for one in said + kept if "s3cret" in one or "ana:" in one]


def test_a_feed_of_this_machine_that_has_moved_away_cannot_link_back(site, tmp_path, monkeypatch):
    site.pages = {
        "/news.xml": feed(("Talks", "The envoys met in Rome.", f"{site.address}/secret")),
        "/secret": LONG_PAGE,
    }
    moved = fetch(f"{site.address}/news.xml")._replace(address="http://news.example/news.xml")
    real = add_addresses.fetch
    monkeypatch.setattr(
        add_addresses, "fetch", lambda address, **named: real(address, **named) if named else moved
    )
    added = add_source(f"{site.address}/news.xml", tmp_path / "seeds", NOTHING)
    assert "leads to the private address 127.0.0.1" in added.rejected["reason"][0]


def test_the_scheme_may_be_in_capitals_and_is_kept_in_small_letters(site, tmp_path):
    site.pages = {"/page": page(PAGE)}
    added = add_source(f"HTTP://LOCALHOST:{site.server_port}/page", tmp_path / "seeds", NOTHING)
    assert added.articles["url"].tolist() == [f"http://LOCALHOST:{site.server_port}/page"]


def test_the_columns_of_a_page_cannot_be_named(site, tmp_path):
    site.pages = {"/page": page(PAGE)}
    words = ["add", f"{site.address}/page", "--map", "text=Body", "--seeds", str(tmp_path / "seeds")]
    result = CliRunner().invoke(app, words)
    reason = "no columns to name, expected a table: omit --map"
    assert (result.exit_code, result.stderr) == (2, f"faultline: {site.address}/page: {reason}\n")


@pytest.mark.parametrize("address", ["file:///etc/passwd", "FTP://example.org/a", "x://"])
def test_an_address_of_another_kind_is_refused_in_one_sentence(tmp_path, address):
    words = ["add", address, "--seeds", str(tmp_path / "seeds")]
    result = CliRunner().invoke(app, words)
    shown = address.replace("FTP", "ftp")
    assert (result.exit_code, result.stderr) == (
        2,
        f"faultline: {shown}: is not the address of a page, expected http:// or https:// and a host\n",
    )


@pytest.mark.parametrize("url", ["javascript:alert(1)", "foo", "www.example.org/a", "ftp://example.org/"])
def test_the_address_of_an_article_must_be_one_that_a_reader_can_open(tmp_path, url):
    (tmp_path / "a.txt").write_text("The envoys met in Oslo on Monday.")
    words = ["add", str(tmp_path / "a.txt"), "--url", url, "--seeds", str(tmp_path / "seeds")]
    result = CliRunner().invoke(app, words)
    assert (result.exit_code, result.stderr) == (
        2,
        f"faultline: --url is {url!r}, expected an address that begins with http:// or https://\n",
    )
    assert not (tmp_path / "seeds").exists()


def test_old_entries_of_a_feed_are_not_reported(site, tmp_path):
    first, second = ("", "The envoys met in Rome on Monday.", ""), ("", "The envoys left on Tuesday.", "")
    site.pages = {"/news.xml": feed(first)}
    add_source(f"{site.address}/news.xml", tmp_path / "seeds", NOTHING)
    site.pages = {"/news.xml": feed(second, first)}
    words = ["add", f"{site.address}/news.xml", "--seeds", str(tmp_path / "seeds")]
    result = CliRunner().invoke(app, words)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "news.jsonl: 1 article\n" in result.stdout
    assert "news.jsonl:2" in result.stdout
    assert CliRunner().invoke(app, words).exit_code == 2


@pytest.mark.parametrize(
    "link",
    [
        "http://[bad/",
        "http://exa mple.org/",
        "javascript:alert(1)",
        "/relative",
        "http://10.0.0.1/",
        "{site}/gone",
        "{site}/cut",
    ],
)
def test_one_bad_link_in_a_feed_loses_neither_its_entry_nor_the_others(site, tmp_path, link):
    site.pages = {
        "/news.xml": feed(
            ("Talks", "The envoys met in Rome.", link.replace("{site}", site.address)),
            ("Grain", "Ships sail again.", f"{site.address}/long"),
        ),
        "/long": LONG_PAGE,
        "/cut": page(PAGE, Content_Length="99999"),
    }
    added = add_source(f"{site.address}/news.xml", tmp_path / "seeds", NOTHING)
    assert added.articles["title"].tolist() == ["Talks", "Grain"]
    assert added.articles["word_count"].tolist()[1] > 100
    (reason,) = added.rejected["reason"]
    assert reason.startswith("is only a summary, since its page could not be added: ")


def test_pages_beyond_the_limit_of_a_feed_stay_summaries_and_are_reported(site, tmp_path, monkeypatch):
    monkeypatch.setattr(add_addresses, "MAX_PAGES", 1)
    site.pages = {
        "/news.xml": feed(
            *((f"Talks {n}", f"The envoys met {n} times.", f"{site.address}/{n}") for n in (1, 2))
        )
    }
    added = add_source(f"{site.address}/news.xml", tmp_path / "seeds", NOTHING)
    assert len(added.articles) == 2
    assert (
        added.rejected["reason"].tolist()[1] == "is only a summary, since its feed asks for more than 1 page"
    )


def test_a_feed_of_slow_pages_is_given_up_after_its_time_and_kept_as_summaries(site, tmp_path, monkeypatch):
    monkeypatch.setattr(add_addresses, "FEED_SECONDS", 0)
    site.pages = {"/news.xml": feed(("Talks", "The envoys met.", f"{site.address}/long")), "/long": LONG_PAGE}
    added = add_source(f"{site.address}/news.xml", tmp_path / "seeds", NOTHING)
    assert added.articles["text"].tolist() == ["Talks\n\nThe envoys met."]
    assert "asks for more than 0 seconds" in added.rejected["reason"].iloc[0]
    assert [path for path, _ in site.asked] == ["/news.xml"]


def test_a_file_at_an_address_is_read_by_its_media_type(site, tmp_path):
    site.pages = {"/table.csv": page((FIXTURES / "table.csv").read_bytes(), "text/csv")}
    assert len(add_source(f"{site.address}/table.csv", tmp_path / "seeds", NOTHING).articles) == 2


def test_a_failed_download_is_one_sentence_and_writes_nothing(site, tmp_path):
    result = CliRunner().invoke(app, ["add", f"{site.address}/gone", "--seeds", str(tmp_path / "seeds")])
    assert result.exit_code == 2
    assert result.stderr == f"faultline: {site.address}/gone: answered 404 Not Found, expected a page\n"
    assert not (tmp_path / "seeds").exists()


def test_a_page_with_other_letters_than_ascii_in_its_address_is_added(site, tmp_path):
    site.pages = {"/caf%C3%A9": page(PAGE)}
    added = add_source(f"{site.address}/café", tmp_path / "seeds", NOTHING)
    assert added.articles["url"].tolist() == [f"{site.address}/café"]


def test_two_long_addresses_do_not_share_a_file_name():
    stems = {file_stem(f"https://example.org/{'a' * 200}?page={number}") for number in (1, 2)}
    assert len(stems) == 2
    assert all(len(stem) < 120 for stem in stems)
    assert file_stem("https://example.org/news/feed.xml") == "example-org-news-feed"


def test_only_add_and_watch_can_reach_the_network():
    network = ("http.client", "urllib.request", "import requests", "httpx", "urllib3")
    users = {
        path.stem for path in ANALYSIS.rglob("*.py") if any(word in path.read_text() for word in network)
    }
    assert users == {"download"}
    sockets = {path.stem for path in ANALYSIS.rglob("*.py") if "import socket" in path.read_text()}
    listening = {"hosts", "jupyterlab", "reading_process", "readings", "server"}  # and calling nobody
    own_processes = {"fork_server", "forked_kernels"}  # socket pairs inside one program
    assert sockets == {"download"} | listening | own_processes
    callers = {
        path.stem for path in ANALYSIS.rglob("*.py") if "analysis.ingest.download import" in path.read_text()
    }
    assert callers == {"add_addresses", "feed_list", "feed_watch", "polite_download"}
    for module, command in {"add_sources": "articles", "feed_watch": "watch"}.items():
        users = {
            path for path in ANALYSIS.rglob("*.py") if f"analysis.ingest.{module} import" in path.read_text()
        }
        assert ANALYSIS / "commands" / f"{command}.py" in users
        assert {path.parent.name for path in users} <= {"commands", "workbench"}
