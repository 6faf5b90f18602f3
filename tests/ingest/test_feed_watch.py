"""faultline watch: what is new in feeds is added once, whatever the feeds do."""

import json
import logging

import pytest

from analysis.ingest import feed_watch, polite_download
from analysis.ingest.corpus import load_corpus
from analysis.ingest.feed_list import ListedFeed, load_feeds
from analysis.ingest.feed_watch import Round, Watch, watch_round
from analysis.ingest.watch_state import STATE_FILE, load_state
from tests.ingest.site import drip, page, redirect, running_site
from tests.samples import FIXTURES

LONG = "The ministers of both countries met again on Friday and agreed on nothing at all. " * 20
STORY = "The envoys of town {0} met in Rome and agreed on little. They will meet again. "


@pytest.fixture
def site(monkeypatch):
    monkeypatch.setattr(polite_download, "WAIT_SECONDS", 0)
    with running_site() as running:
        yield running


@pytest.fixture
def watch(tmp_path):
    return Watch(tmp_path / "seeds", 3600)


@pytest.fixture
def said(caplog):
    caplog.set_level(logging.INFO, "faultline.watch")
    return lambda: [record.getMessage() for record in caplog.records]


def entry(number, link="", guid="", text=None, date="Tue, 03 Nov 2026 23:30:00 -0500"):
    text = STORY.format(number) * 15 if text is None else text
    return (
        f"<item><title>Story {number}</title><description>{text}</description><link>{link}</link>"
        f"<guid>{guid}</guid><pubDate>{date}</pubDate></item>"
    )


def feed(*entries, kind="application/rss+xml", **headers):
    channel = f"<channel><title>Example News</title>{''.join(entries)}</channel>"
    return page(f'<rss version="2.0">{channel}</rss>', kind, **headers)


def listed(site, *paths, outlet=""):
    return [ListedFeed(f"{site.address}{path}", outlet) for path in paths]


def titles(watch):
    return load_corpus(watch.folder)[0]["title"].tolist() if watch.folder.exists() else []


def test_what_is_new_is_added_with_its_date_and_outlet(site, watch, said):
    site.pages = {"/a.xml": feed(entry(1, guid="https://example.org/1"))}
    assert watch_round(listed(site, "/a.xml"), watch) == Round(1, 0)
    row = load_corpus(watch.folder)[0].iloc[0]
    assert (row["title"], row["outlet"]) == ("Story 1", "Example News")
    assert f"{row['published_date']:%Y-%m-%d}" == "2026-11-03"  # where it was published, not in Greenwich
    assert said() == ["1 new article from 1 feed"]


@pytest.mark.parametrize(
    "kind", ["text/html", "text/plain", "application/octet-stream", "application/atom+xml"]
)
def test_an_atom_feed_is_read_whatever_its_server_calls_it(site, watch, kind):
    site.pages = {"/a": page((FIXTURES / "entries.atom").read_bytes(), kind)}
    assert watch_round(listed(site, "/a"), watch) == Round(1, 0)
    row = load_corpus(watch.folder)[0].iloc[0]
    assert (row["title"], row["outlet"]) == ("Ferry line restored", "Hentzau Bulletin")
    assert f"{row['published_date']:%Y-%m-%d}" == "2024-03-09"


def test_a_password_in_the_list_is_sent_and_neither_kept_nor_logged(site, watch, said):
    site.pages = {"/a.xml": feed(entry(1, guid="https://example.org/1"))}
    feeds = [ListedFeed(f"{site.address}{path}".replace("//", "//ana:s3cret@")) for path in ("/a.xml", "/b")]
    assert watch_round(feeds, watch) == Round(1, 1)
    assert site.asked[0][1]["Authorization"] == "Basic YW5hOnMzY3JldA=="
    kept = [path.name + path.read_text() for path in watch.folder.iterdir()]
    assert said()[0].startswith(f"failed: {site.address}/b: answered 404")
    assert not [one for one in [*said(), *kept] if "s3cret" in one]


def test_the_outlet_of_the_list_outranks_that_of_the_feed(site, watch):
    site.pages = {"/a.xml": feed(entry(1))}
    watch_round(listed(site, "/a.xml", outlet="The Daily"), watch)
    assert load_corpus(watch.folder)[0]["outlet"].tolist() == ["The Daily"]


def test_an_entry_is_added_once_and_the_next_round_adds_only_what_is_new(site, watch, said):
    site.pages = {"/a.xml": feed(entry(1))}
    feeds = listed(site, "/a.xml")
    rounds = [watch_round(feeds, watch), watch_round(feeds, watch)]
    site.pages = {"/a.xml": feed(entry(2), entry(1))}
    rounds.append(watch_round(feeds, watch))
    assert [one.added_count for one in rounds] == [1, 0, 1]
    assert titles(watch) == ["Story 1", "Story 2"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (entry(1, guid="https://example.org/1"), entry(1, guid="https://example.org/1", text=LONG)),
        (entry(1, link="https://example.org/1"), entry(1, link="https://example.org/1", text=LONG)),
        (entry(1, guid="https://example.org/1"), entry(1, guid="https://example.org/2")),  # the same text
    ],
    ids=["id", "link", "text"],
)
def test_an_entry_with_the_id_the_link_or_the_text_of_an_old_one_is_not_added(site, watch, first, second):
    site.pages = {"/a.xml": feed(first)}
    watch_round(listed(site, "/a.xml"), watch)
    site.pages = {"/a.xml": feed(second)}
    assert watch_round(listed(site, "/a.xml"), watch).added_count == 0
    assert len(titles(watch)) == 1


def test_an_article_that_two_feeds_link_to_is_added_once(site, watch):
    link = f"{site.address}/story"
    site.pages = {
        "/a.xml": feed(entry(1, link=link, text=LONG)),
        "/b.xml": feed(entry(1, link=link, text=f"{LONG} It was updated.")),
    }
    assert watch_round(listed(site, "/a.xml", "/b.xml"), watch).added_count == 1


@pytest.mark.parametrize(
    ("guid", "link"),
    [("item-1", ""), ("item-1", "https://example.org/"), ("https://example.org/same", "")],
    ids=["a number for an id", "the home page for a link", "one id for all"],
)
def test_different_entries_with_the_same_id_or_link_are_all_added(site, watch, guid, link):
    same = {"guid": guid, "link": link}
    site.pages = {"/a.xml": feed(entry(1, **same), entry(2, **same))}
    assert watch_round(listed(site, "/a.xml"), watch).added_count == 2
    site.pages = {"/a.xml": feed(entry(3, **same), entry(4, **same))}
    assert watch_round(listed(site, "/a.xml"), watch).added_count == 2
    assert watch_round(listed(site, "/a.xml"), watch).added_count == 0


def test_an_id_that_numbers_the_entries_of_each_version_is_not_trusted(site, watch):
    for number in (1, 2):
        site.pages = {"/a.xml": feed(entry(number, guid="1"))}
        watch_round(listed(site, "/a.xml"), watch)
    assert titles(watch) == ["Story 1", "Story 2"]


def test_a_feed_that_has_not_changed_is_not_sent_again(site, watch, said):
    def answer(handler):
        known = handler.headers["If-None-Match"], handler.headers["If-Modified-Since"]
        if known == ('"v1"', "Tue, 03 Nov 2026 10:00:00 GMT"):
            page(b"", status=304)(handler)
        else:
            feed(entry(1), ETag='"v1"', Last_Modified="Tue, 03 Nov 2026 10:00:00 GMT")(handler)

    site.pages = {"/a.xml": answer}
    assert watch_round(listed(site, "/a.xml"), watch) == Round(1, 0)
    again = Watch(watch.folder, 3600)  # after a restart, too
    assert watch_round(listed(site, "/a.xml"), again) == Round(0, 0)
    assert len(site.asked) == 2
    assert said() == ["1 new article from 1 feed", "no new article from 1 feed"]


def test_the_most_articles_of_a_round_are_added_and_the_rest_in_the_next_rounds(site, watch):
    def unless_known(handler):
        is_known = handler.headers["If-None-Match"] == '"v1"'
        (page(b"", status=304) if is_known else feed(*map(entry, range(5)), ETag='"v1"'))(handler)

    watch.most = 2
    site.pages = {"/a.xml": unless_known, "/b.xml": feed(entry(9))}
    rounds = [watch_round(listed(site, "/a.xml", "/b.xml"), watch).added_count for _ in range(4)]
    assert rounds == [2, 2, 2, 0]
    assert len(titles(watch)) == 6
    assert load_state(watch.folder)[f"{site.address}/a.xml"].etag == '"v1"'


BAD = {
    "down": (None, "answered 404 Not Found"),
    "broken": (page("<rss><channel", "application/rss+xml"), "is a feed without entries"),
    "empty": (page(b"", "application/rss+xml"), "is empty"),
    "without entries": (feed(), "is a feed without entries"),
    "without text": (feed(entry(1, text="")), "is an entry without text"),
    "page": (page("<html><body><p>Hello there.</p></body></html>"), "is XML but not a feed"),
    "private": (redirect("http://10.0.0.1/feed"), "leads to the private address 10.0.0.1"),
    "loop": (redirect("/bad.xml"), "redirects more than 5 times"),
    "huge": (page(b"a" * 20_000_001), "holds more than 20,000,000 bytes"),
    "cut": (feed(entry(1), Content_Length="999999"), "was cut short"),
    "silent": (lambda handler: None, "sent no page"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_feed_that_fails_is_logged_in_one_line_and_the_others_are_added(site, watch, said, kind):
    answer, reason = BAD[kind]
    site.pages = {"/good.xml": feed(entry(1))} | ({"/bad.xml": answer} if answer else {})
    assert watch_round(listed(site, "/bad.xml", "/good.xml"), watch) == Round(1, 1)
    failed, last = [line for line in said() if "rejected" not in line]
    assert failed.startswith("failed: ") and reason in failed and f"{site.address}/bad.xml" in failed
    assert last == "1 new article from 2 feeds, 1 feed failed"


def test_a_feed_that_never_ends_is_given_up(site, watch, said, monkeypatch):
    real = polite_download.get
    monkeypatch.setattr(polite_download, "get", lambda *words, **named: real(*words, seconds=0.5, **named))
    site.pages = {"/bad.xml": drip(), "/good.xml": feed(entry(1))}
    assert watch_round(listed(site, "/bad.xml", "/good.xml"), watch) == Round(1, 1)
    assert "took too long" in said()[0]


def test_hostile_text_of_a_feed_stays_text_and_its_links_lead_nowhere_else(site, watch):
    hostile = "&lt;script&gt;alert(1)&lt;/script&gt;&lt;b&gt;=cmd()&lt;/b&gt; " + LONG
    site.pages = {
        "/a.xml": feed(
            entry(1, link="javascript:alert(1)", text=hostile),
            entry(2, link="file:///etc/passwd", text="Short."),
        )
    }
    assert watch_round(listed(site, "/a.xml"), watch).added_count == 2
    assert "passwd" not in " ".join(load_corpus(watch.folder)[0]["text"])


def test_a_feed_that_keeps_failing_is_asked_less_and_less_often(site, watch, monkeypatch):
    now = [1_000_000.0]
    monkeypatch.setattr(feed_watch.time, "monotonic", lambda: now[0])
    asked = []
    for _ in range(16):
        before = len(site.asked)
        watch_round(listed(site, "/gone.xml"), watch)
        asked.append(len(site.asked) - before)
        now[0] += 3600.1
    assert asked == [1, 1, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1]


def test_a_server_that_asks_for_time_gets_it(site, watch, said, monkeypatch):
    now = [1_000_000.0]
    monkeypatch.setattr(feed_watch.time, "monotonic", lambda: now[0])
    site.pages = {"/a.xml": page(b"", status=429, Retry_After="7200")}
    watch_round(listed(site, "/a.xml"), watch)
    now[0] += 3601
    watch_round(listed(site, "/a.xml"), watch)
    assert len(site.asked) == 1
    assert said()[-1] == "no new article from 1 feed, 1 feed asked later, after failing"
    now[0] += 3601
    watch_round(listed(site, "/a.xml"), watch)
    assert len(site.asked) == 2


def test_a_summary_is_replaced_by_its_page_if_the_server_lets_programs_read_it(site, watch, said):
    story = page(f"<html><body><article><h1>Story</h1><p>{LONG}</p></article></body></html>")
    site.pages = {
        "/a.xml": feed(
            entry(1, link=f"{site.address}/open/1", text="Short one."),
            entry(2, link=f"{site.address}/closed/2", text="Short two."),
        ),
        "/open/1": story,
        "/closed/2": story,
        "/robots.txt": page("User-agent: *\nDisallow: /closed/\n", "text/plain"),
    }
    assert watch_round(listed(site, "/a.xml"), watch).added_count == 2
    assert [path for path, _ in site.asked] == ["/a.xml", "/robots.txt", "/open/1"]
    assert load_corpus(watch.folder)[0]["word_count"].tolist() == [302, 4]
    assert "is closed to programs by the robots.txt of its server" in said()[0]


@pytest.mark.parametrize(("status", "is_read"), [(404, True), (403, True), (500, False), (503, False)])
def test_a_robots_txt_that_fails_closes_a_server_unless_there_is_none(site, watch, status, is_read):
    site.pages = {
        "/a.xml": feed(entry(1, link=f"{site.address}/1", text="Short one.")),
        "/robots.txt": page(b"", status=status),
        "/1": page(f"<html><body><article><p>{LONG}</p></article></body></html>"),
    }
    watch_round(listed(site, "/a.xml"), watch)
    assert ("/1" in [path for path, _ in site.asked]) == is_read


def test_one_host_is_asked_at_most_once_in_a_while(site, watch, monkeypatch):
    waits = []
    monkeypatch.setattr(polite_download, "WAIT_SECONDS", 5_000)
    monkeypatch.setattr(polite_download.time, "sleep", waits.append)
    site.pages = {"/a.xml": feed(entry(1)), "/b.xml": feed(entry(2))}
    watch_round(listed(site, "/a.xml", "/b.xml"), watch)
    first, second = waits
    assert first == 0 and 4_000 < second <= 5_000


def test_a_round_downloads_only_so_much(site, watch, said, monkeypatch):
    monkeypatch.setattr(polite_download, "MAX_ROUND_BYTES", 100)
    site.pages = {"/a.xml": feed(entry(1)), "/b.xml": feed(entry(2))}
    assert watch_round(listed(site, "/a.xml", "/b.xml"), watch) == Round(1, 1)
    assert "waits for the next round, since this one has downloaded enough" in said()[0]


def test_an_entry_that_is_refused_is_reported_once(site, watch, said):
    german = "Die Minister trafen sich am Freitag in Rom und einigten sich auf gar nichts. " * 20
    site.pages = {"/a.xml": feed(entry(1, text=german), entry(2))}
    feeds = listed(site, "/a.xml")
    assert [watch_round(feeds, watch).added_count for _ in range(2)] == [1, 0]
    assert [line.partition(" ")[2] for line in said() if "German" in line] == [
        "is in German, expected an article in English"
    ]


def test_a_kill_between_the_articles_and_the_state_adds_nothing_twice(site, watch, monkeypatch):
    site.pages = {"/a.xml": feed(entry(1))}
    monkeypatch.setattr(feed_watch, "write_state", lambda *words: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        watch_round(listed(site, "/a.xml"), watch)
    monkeypatch.undo()
    assert not (watch.folder / STATE_FILE).exists()
    monkeypatch.setattr(polite_download, "WAIT_SECONDS", 0)
    assert watch_round(listed(site, "/a.xml"), watch).added_count == 0
    assert titles(watch) == ["Story 1"]


@pytest.mark.parametrize(
    "content",
    [
        "{",
        "[]",
        '{"feeds": []}',
        '{"feeds": {"a": {}}}',
        '{"feeds": {"a": {"etag": 1, "modified": "", "seen": []}}}',
    ],
)
def test_a_broken_state_is_reported_in_one_sentence(tmp_path, content):
    (tmp_path / STATE_FILE).write_text(content)
    with pytest.raises(ValueError, match=r"\.watch\.json: is broken, .* remove it, nothing is added twice"):
        load_state(tmp_path)


def test_the_state_is_bounded_and_keeps_the_newest(site, watch, monkeypatch):
    monkeypatch.setattr("analysis.ingest.watch_state.MOST_SEEN", 2)
    for number in range(3):
        site.pages = {"/a.xml": feed(entry(number))}
        watch_round(listed(site, "/a.xml"), watch)
    (one,) = json.loads((watch.folder / STATE_FILE).read_text())["feeds"].values()
    assert len(one["seen"]) == 2


LIST = """\ufeff# feeds of the desk
https://example.org/rss.xml   The Daily  Post # every hour

http://example.org/a#b
"""


def test_a_list_has_an_address_a_line_perhaps_an_outlet_and_comments(tmp_path):
    (tmp_path / "FEEDS.txt").write_text(LIST, encoding="utf-8")
    assert load_feeds(tmp_path / "FEEDS.txt") == [
        ListedFeed("https://example.org/rss.xml", "The Daily Post"),
        ListedFeed("http://example.org/a#b", ""),
    ]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "FEEDS.txt: names no feed, expected one address a line"),
        ("# none\n", "FEEDS.txt: names no feed, expected one address a line"),
        (
            "example.org/rss\n",
            "FEEDS.txt:1: example.org/rss: is not the address of a page, expected http:// or",
        ),
        ("\nfile:///etc/passwd\n", "FEEDS.txt:2: file:///etc/passwd: is not the address of a page"),
        (
            "https://a.org/x\nhttp://a.org/x Two\n",
            "FEEDS.txt:2: is the same feed as line 1, expected each feed once",
        ),
        (f"https://a.org/x {'x' * 201}", "FEEDS.txt:1: outlet has 201 characters, expected at most 200"),
    ],
)
def test_a_mistake_in_the_list_is_reported_with_its_line(tmp_path, content, problem):
    (tmp_path / "FEEDS.txt").write_text(content)
    with pytest.raises(ValueError) as raised:
        load_feeds(tmp_path / "FEEDS.txt")
    assert problem in str(raised.value)
