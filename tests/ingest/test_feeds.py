"""faultline add: pages, feeds and lists of feeds on a server of this machine; what is new is added once."""

import threading
import time
from pathlib import Path

import pytest

from analysis.commands.articles import listed_feeds
from analysis.ingest import additions, download
from analysis.ingest.additions import STATE_FILE, add_source, load_seen
from analysis.ingest.corpus import load_corpus
from tests.ingest.site import drip, page, redirect
from tests.samples import FIXTURES
from tests.test_cli import invoke

ANALYSIS = Path(__file__).parents[2] / "analysis"
PAGE = (FIXTURES / "page.html").read_bytes()
LONG = "The ministers of both countries met again on Friday and agreed on nothing at all. " * 20
LONG_PAGE = page(f"<html><body><article><h1>Story</h1><p>{LONG}</p></article></body></html>")
STORY = "The envoys of town {0} met in Rome and agreed on little. They will meet again. "


@pytest.fixture
def seeds(tmp_path):
    return tmp_path / "seeds"


def entry(number, link="", guid="", text=None, date="Tue, 03 Nov 2026 23:30:00 -0500"):
    text = STORY.format(number) * 15 if text is None else text
    return (
        f"<item><title>Story {number}</title><description>{text}</description><link>{link}</link>"
        f"<guid>{guid}</guid><pubDate>{date}</pubDate></item>"
    )


def feed(*entries, kind="application/rss+xml", **headers):
    channel = f"<channel><title>Example News</title>{''.join(entries)}</channel>"
    return page(f'<rss version="2.0">{channel}</rss>', kind, **headers)


def add(source, seeds, *words):
    """What the command says and how it ends."""
    return invoke("add", source, *words, "--seeds", seeds)


def added(site, seeds, path="/a.xml"):
    """The number of articles that a feed adds now."""
    return len(add_source(f"{site.address}{path}", seeds, {}).articles)


def titles(seeds):
    return load_corpus(seeds)[0]["title"].tolist() if seeds.exists() else []


def test_a_page_is_kept_with_its_address(site, seeds):
    site.pages = {"/page": page(PAGE), "/caf%C3%A9": LONG_PAGE}
    added = add_source(f"{site.address}/page", seeds, {})
    add_source(f"HTTP://LOCALHOST:{site.server_port}/café", seeds, {})
    articles, rejected = load_corpus(seeds)
    assert rejected.empty
    assert set(articles["url"]) == {f"{site.address}/page", f"http://LOCALHOST:{site.server_port}/café"}
    assert (added.articles["title"].tolist(), added.path.suffix) == (["Envoys leave the lake"], ".html")


@pytest.mark.parametrize(
    ("path", "words", "reason"),
    [
        ("/gone", [], "answered 404 Not Found, expected a page"),
        ("/page", ["--map", "text=Body"], "was not added: no columns to name, expected a table: omit --map"),
    ],
)
def test_a_failed_download_is_one_sentence_and_writes_nothing(site, seeds, path, words, reason):
    site.pages = {"/page": page(PAGE)}
    result = add(f"{site.address}{path}", seeds, *words)
    assert result.exit_code == 2 and result.stderr.startswith(f"faultline: {site.address}{path}")
    assert result.stderr.endswith(f"{reason}\n") and not seeds.exists()


@pytest.mark.parametrize("address", ["file:///etc/passwd", "FTP://example.org/a", "x://"])
def test_an_address_of_another_kind_is_refused_in_one_sentence(seeds, address):
    result = add(address, seeds)
    reason = "is not the address of a page, expected http:// or https:// and a host"
    assert (result.exit_code, result.stderr) == (2, f"faultline: {address.replace('FTP', 'ftp')}: {reason}\n")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "foo", "www.example.org/a", "ftp://example.org/"])
def test_the_address_of_an_article_must_be_one_that_a_reader_can_open(tmp_path, seeds, url):
    (tmp_path / "a.txt").write_text("The envoys met in Oslo on Monday.")
    result = add(tmp_path / "a.txt", seeds, "--url", url)
    reason = "expected an address that begins with http:// or https://"
    assert (result.exit_code, result.stderr) == (2, f"faultline: --url is {url!r}, {reason}\n")


def test_a_password_is_in_no_name_table_or_message(site, seeds, tmp_path):
    user = f"http://ana:s3cret@127.0.0.1:{site.server_port}"
    site.pages = {
        "/page": page(PAGE),
        "/news.xml": feed(
            entry(1, link=f"{user}/1", text="The envoys met in Rome on Monday."),
            entry(2, link=f"{user}/2", text=LONG),
        ),
    }
    (tmp_path / "FEEDS.txt").write_text(f"{user}/news.xml\n{user}/gone.xml\n")
    sources = [*(f"{user}{path}" for path in ("/page", "/page", "/gone")), *[tmp_path / "FEEDS.txt"] * 2]
    said = [add(source, seeds).output for source in sources]
    assert site.asked[0][1]["Authorization"] == "Basic YW5hOnMzY3JldA=="
    addresses = {f"{site.address}{path}" for path in ("/1", "/2", "/page")}
    assert set(load_corpus(seeds)[0]["url"]) == addresses
    kept = [path.name + path.read_text() for path in seeds.iterdir()]
    assert not [one for one in said + kept if "s3cret" in one or "ana:" in one]


def test_an_entry_has_its_own_date_and_the_outlet_of_the_list_or_else_of_the_feed(site, seeds, tmp_path):
    site.pages = {f"/{name}.xml": feed(entry(name)) for name in "ab"}
    (tmp_path / "FEEDS.txt").write_text(f"{site.address}/a.xml The  Daily # ours\n{site.address}/b.xml\n")
    result = add(tmp_path / "FEEDS.txt", seeds)
    assert result.exit_code == 0
    assert result.stdout.count(": 1 article\n") == 2
    articles, _ = load_corpus(seeds)
    assert articles["outlet"].tolist() == ["The Daily", "Example News"]
    days = {f"{day:%Y-%m-%d}" for day in articles["published_date"]}
    assert days == {"2026-11-03"}  # where they were published, not in Greenwich


@pytest.mark.parametrize("kind", ["text/html", "text/plain", "application/octet-stream"])
def test_a_listed_feed_is_read_whatever_its_server_calls_it(site, seeds, tmp_path, kind):
    site.pages = {"/a": page((FIXTURES / "entries.atom").read_bytes(), kind)}
    (tmp_path / "FEEDS.txt").write_text(f"{site.address}/a")
    add(tmp_path / "FEEDS.txt", seeds)
    row = load_corpus(seeds)[0].iloc[0]
    assert (row["title"], row["outlet"]) == ("Ferry line restored", "Hentzau Bulletin")


def test_an_entry_is_added_once_and_only_what_is_new_the_next_time(site, seeds):
    site.pages = {"/a.xml": feed(entry(1), entry(9, text=""))}
    first = add(f"{site.address}/a.xml", seeds)
    assert (first.exit_code, "is an entry without text" in first.stderr) == (2, True)
    again = add(f"{site.address}/a.xml", seeds)
    assert (again.exit_code, again.stderr) == (0, "")
    assert again.stdout.endswith("a.jsonl: no new article\n") or "no new article" in again.stdout
    site.pages = {"/a.xml": feed(entry(2), entry(1))}
    assert added(site, seeds) == 1
    assert titles(seeds) == ["Story 1", "Story 2"]
    (kept,) = seeds.glob("*.jsonl")
    kept.write_text(kept.read_text().rstrip("\n"))  # as some editors save it
    site.pages = {"/a.xml": feed(entry(3))}
    assert (added(site, seeds), len(titles(seeds))) == (1, 3)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (entry(1, guid="https://example.org/1"), entry(1, guid="https://example.org/1", text=LONG)),
        (entry(1, link="https://example.org/1"), entry(2, link="https://example.org/1", text=LONG)),
        (entry(1, guid="https://example.org/1"), entry(1, guid="https://example.org/2")),  # the same text
    ],
    ids=["id", "link", "text"],
)
def test_an_entry_with_the_id_the_link_or_the_text_of_an_old_one_is_not_added(site, seeds, first, second):
    site.pages = {"/a.xml": feed(first)}
    added(site, seeds)
    site.pages = {"/a.xml": feed(second)}
    assert (added(site, seeds), len(titles(seeds))) == (0, 1)


@pytest.mark.parametrize(
    ("guid", "link"),
    [("item-1", ""), ("item-1", "https://example.org/"), ("", "https://example.org/same")],
    ids=["a number for an id", "the home page for a link", "one link for all"],
)
def test_different_entries_with_the_same_id_or_link_are_all_added(site, seeds, guid, link):
    same = {"guid": guid, "link": link}
    site.pages = {"/a.xml": feed(entry(1, **same), entry(2, **same))}
    assert added(site, seeds) == 2
    site.pages = {"/a.xml": feed(entry(3, **same), entry(4, **same))}
    assert [added(site, seeds), added(site, seeds)] == [2, 0]


BAD = {
    "down": (None, "answered 404 Not Found"),
    "broken": (page("<rss><channel", "application/rss+xml"), "is no feed with entries"),
    "empty": (page(b"", "application/rss+xml"), "is empty"),
    "without text": (feed(entry(1, text="")), "is an entry without text"),
    "page": (page("<html><body><p>Hello there.</p></body></html>"), "is no feed with entries"),
    "private": (redirect("http://10.0.0.1/feed"), "leads to the private address 10.0.0.1"),
    "endless": (drip(), "took too long"),
    "hanging": (lambda handler: threading.Event().wait(20), "took too long"),
    "busy": (page(b"", status=503, Retry_After="99999"), "answered 503 Service Unavailable"),
    "asking for time": (page(b"", status=429, Retry_After="99999"), "answered 429 Too Many Requests"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_feed_that_fails_is_one_line_and_the_others_are_added(site, seeds, tmp_path, monkeypatch, kind):
    real = download.get
    monkeypatch.setattr(download, "get", lambda *words, **named: real(*words, seconds=2, **named))
    answer, reason = BAD[kind]
    site.pages = {"/good.xml": feed(entry(1))} | ({"/bad.xml": answer} if answer else {})
    (tmp_path / "FEEDS.txt").write_text(f"{site.address}/bad.xml\n{site.address}/good.xml\n")
    begun = time.monotonic()
    result = add(tmp_path / "FEEDS.txt", seeds)
    assert time.monotonic() - begun < 15
    (line,) = [line for line in result.stderr.splitlines() if "did not exist and was made" not in line]
    assert (result.exit_code, titles(seeds)) == (2, ["Story 1"])
    assert reason in line and ("10.0.0.1" in line or f"{site.address}/bad.xml" in line)


def test_a_summary_is_replaced_by_its_page_if_the_server_lets_programs_read_it(site, seeds):
    site.pages = {
        "/a.xml": feed(
            entry(1, link=f"{site.address}/open/1", text="Short one."),
            entry(2, link=f"{site.address}/closed/2", text="Short two."),
        ),
        "/open/1": LONG_PAGE,
        "/closed/2": LONG_PAGE,
        "/robots.txt": page("User-agent: *\nDisallow: /closed/\n", "text/plain"),
    }
    rejected = add_source(f"{site.address}/a.xml", seeds, {}).rejected
    assert [path for path, _ in site.asked] == ["/a.xml", "/robots.txt", "/open/1"]
    articles, _ = load_corpus(seeds)
    assert articles["word_count"].tolist() == [302, 4]
    assert (articles["title"][0], articles["url"][0]) == ("Story 1", f"{site.address}/open/1")
    assert "is closed to programs by the robots.txt of its server" in rejected["reason"][0]


@pytest.mark.parametrize(("status", "is_read"), [(404, True), (403, True), (500, False), (503, False)])
def test_a_robots_txt_that_fails_closes_a_server_unless_there_is_none(site, seeds, status, is_read):
    site.pages = {
        "/a.xml": feed(entry(1, link=f"{site.address}/1", text="Short one.")),
        "/robots.txt": page(b"", status=status),
        "/1": LONG_PAGE,
    }
    added(site, seeds)
    assert ("/1" in [path for path, _ in site.asked]) == is_read


def test_pages_are_asked_for_one_a_second(site, seeds, monkeypatch):
    waits = []
    monkeypatch.setattr(download, "WAIT_SECONDS", 1)
    monkeypatch.setattr(download.time, "sleep", waits.append)
    site.pages = {
        "/a.xml": feed(*(entry(n, link=f"{site.address}/{n}", text=f"Short {n}.") for n in range(3))),
        **{f"/{n}": LONG_PAGE for n in range(3)},
    }
    add_source(f"{site.address}/a.xml", seeds, {})
    assert [path for path, _ in site.asked][2:] == ["/0", "/1", "/2"]
    assert waits == [1, 1, 1]


def test_what_is_beyond_the_time_for_a_feed_waits_for_the_next_time(site, seeds, monkeypatch):
    monkeypatch.setattr(additions, "FEED_SECONDS", -1)
    site.pages = {"/a.xml": feed(entry(1), entry(2))}
    rejected = add_source(f"{site.address}/a.xml", seeds, {}).rejected
    assert rejected["reason"].tolist()[0].startswith("waits for the next time, with all below it")
    monkeypatch.undo()
    assert [added(site, seeds), added(site, seeds)] == [2, 0]


@pytest.mark.parametrize(
    "link",
    [
        *("http://[bad/", "http://exa mple.org/", "javascript:alert(1)", "/relative", "file:///etc/passwd"),
        *("http://10.0.0.1/", "{site}/gone", "{site}/cut"),
    ],
)
def test_one_bad_link_in_a_feed_loses_neither_its_entry_nor_the_others(site, seeds, link):
    link = link.replace("{site}", site.address)
    site.pages = {
        "/a.xml": feed(
            entry(1, link=link, text="The envoys met in Rome."),
            entry(2, link=f"{site.address}/long", text="Ships sail again."),
        ),
        "/long": LONG_PAGE,
        "/cut": page(PAGE, Content_Length="99999"),
    }
    added = add_source(f"{site.address}/a.xml", seeds, {})
    assert added.articles["title"].tolist() == ["Story 1", "Story 2"]
    assert added.articles["word_count"].tolist()[1] > 100
    (reason,) = added.rejected["reason"]
    assert reason.startswith("is only a summary, since its page could not be added: ")


def test_a_feed_of_this_machine_that_has_moved_away_cannot_link_back(site, seeds, monkeypatch):
    site.pages = {
        "/a.xml": feed(entry(1, link=f"{site.address}/secret", text="Short.")),
        "/secret": LONG_PAGE,
    }
    real = download.get
    monkeypatch.setattr(
        download,
        "get",
        lambda *words, **named: real(*words, **named)._replace(address="http://news.example/a"),
    )
    added = add_source(f"{site.address}/a.xml", seeds, {})
    assert "/secret" not in [path for path, _ in site.asked]
    assert added.articles["text"].tolist() == ["Story 1\n\nShort."]


def test_hostile_text_of_a_feed_stays_text(site, seeds):
    hostile = "&lt;script&gt;alert(1)&lt;/script&gt;&lt;b&gt;=cmd()&lt;/b&gt; " + LONG
    site.pages = {"/a.xml": feed(entry(1, text=hostile))}
    assert added(site, seeds) == 1
    assert "alert" not in load_corpus(seeds)[0]["text"][0]


def test_a_kill_between_the_articles_and_the_state_adds_nothing_twice(site, seeds, monkeypatch):
    def killed(path, text, real=additions.write_whole):
        if path.name == STATE_FILE:
            raise KeyboardInterrupt
        real(path, text)

    site.pages = {"/a.xml": feed(entry(1))}
    monkeypatch.setattr(additions, "write_whole", killed)
    with pytest.raises(KeyboardInterrupt):
        added(site, seeds)
    monkeypatch.undo()
    assert not (seeds / STATE_FILE).exists()
    assert (added(site, seeds), titles(seeds)) == (0, ["Story 1"])


@pytest.mark.parametrize("content", ["{", "[]", '{"a": 1}'])
def test_a_broken_state_loses_nothing_and_adds_nothing_twice(site, seeds, content):
    site.pages = {"/a.xml": feed(entry(1))}
    added(site, seeds)
    (seeds / STATE_FILE).write_text(content)
    assert (added(site, seeds), titles(seeds)) == (0, ["Story 1"])
    assert list(load_seen(seeds)) == [f"{site.address}/a.xml"]


LIST = """\ufeff# feeds of the desk
https://example.org/rss.xml   The Daily  Post # every hour

http://example.org/a#b
"""


def test_a_list_has_an_address_a_line_perhaps_an_outlet_and_comments(tmp_path):
    (tmp_path / "FEEDS.txt").write_text(LIST, encoding="utf-8")
    assert listed_feeds(tmp_path / "FEEDS.txt") == [
        ("https://example.org/rss.xml", "The Daily Post"),
        ("http://example.org/a#b", ""),
    ]


@pytest.mark.parametrize("text", ["", "A story.", "https://a.org/story\n\nEnvoys meet\n\nThe envoys met."])
def test_an_article_is_no_list_even_below_its_address(tmp_path, text):
    (tmp_path / "a.txt").write_text(text)
    assert listed_feeds(tmp_path / "a.txt") == []


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("http://a.org\nexample.org/rss\n", "FEEDS.txt:2: url is 'example.org/rss', expected an address"),
        ("http://a.org\nfile:///etc/passwd\n", "FEEDS.txt:2: url is 'file:///etc/passwd', expected"),
        (f"https://a.org/x {'x' * 201}", "FEEDS.txt:1: outlet has 201 characters, expected at most 200"),
        ("https://a.org/x", "FEEDS.txt is in the folder of articles"),
    ],
)
def test_a_mistake_in_the_list_is_one_sentence_and_nothing_is_asked(tmp_path, content, problem):
    (tmp_path / "FEEDS.txt").write_text(content)
    seeds = tmp_path if "in the folder" in problem else tmp_path / "seeds"
    result = add(tmp_path / "FEEDS.txt", seeds)
    assert (result.exit_code, problem in result.stderr, len(result.stderr.splitlines())) == (2, True, 1)


def test_only_add_can_reach_the_network():
    network = ("http.client", "urllib.request", "import requests", "import httpx", "urllib3")
    modules = {path: path.read_text() for path in ANALYSIS.rglob("*.py")}
    users = {path.stem for path, text in modules.items() if any(word in text for word in network)}
    assert users == {"download"}
    users = {path.stem for path, text in modules.items() if "analysis.ingest.download import" in text}
    assert users == {"additions"}
    users = {path.stem for path, text in modules.items() if "add_source(" in text}
    assert users == {"additions", "articles", "add_article_form"}


def test_the_form_can_not_as_a_path_is_never_an_address(site, tmp_path):
    site.pages = {"/page": page(PAGE)}
    with pytest.raises(FileNotFoundError, match="does not exist"):
        add_source(Path(f"{site.address}/page"), tmp_path, {})
