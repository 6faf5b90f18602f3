"""faultline watch as it is run: its log, its mistakes, and how it stops."""

import logging
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analysis.cli import app
from analysis.commands import watch
from analysis.ingest import polite_download
from analysis.ingest.corpus import load_corpus
from tests.ingest.site import page, running_site

ROOT = Path(__file__).parents[1]
STORY = "The envoys of both countries met in Rome on Monday and agreed on very little indeed. " * 15
FEED = (
    '<rss version="2.0"><channel><title>Example News</title><item><title>Envoys meet</title>'
    f"<description>{STORY}</description><pubDate>Tue, 03 Nov 2026 10:00:00 GMT</pubDate></item>"
    "</channel></rss>"
)


@pytest.fixture
def site(monkeypatch):
    monkeypatch.setattr(polite_download, "WAIT_SECONDS", 0)
    with running_site() as running:
        running.pages = {"/a.xml": page(FEED, "application/rss+xml")}
        yield running


@pytest.fixture
def feeds(site, tmp_path):
    path = tmp_path / "FEEDS.txt"
    path.write_text(f"{site.address}/a.xml The Daily\n")
    return path


def run(*words):
    return CliRunner().invoke(app, ["watch", *map(str, words)])


def log_of(feeds):
    """The lines of the log without their times."""
    lines = feeds.with_name("FEEDS.txt.log").read_text().splitlines()
    assert all(line[19:24] == " UTC " for line in lines)
    return [line[24:] for line in lines]


def test_one_round_is_logged_to_a_file_and_to_the_console(feeds, tmp_path):
    result = run(feeds, "--once", "--seeds", tmp_path / "seeds")
    assert result.exit_code == 0
    assert log_of(feeds) == ["1 new article from 1 feed"]
    assert result.stdout[24:] == "1 new article from 1 feed\n"
    row = load_corpus(tmp_path / "seeds")[0].iloc[0]
    assert (row["title"], row["outlet"], f"{row['published_date']:%Y-%m-%d}") == (
        "Envoys meet",
        "The Daily",
        "2026-11-03",
    )


def test_one_round_with_a_feed_that_is_down_ends_with_2_and_adds_the_others(feeds, site, tmp_path):
    feeds.write_text(f"{site.address}/gone.xml\n{feeds.read_text()}")
    assert run(feeds, "--once", "--seeds", tmp_path / "seeds").exit_code == 2
    assert log_of(feeds) == [
        f"failed: {site.address}/gone.xml: answered 404 Not Found, expected a page",
        "1 new article from 2 feeds, 1 feed failed",
    ]


def test_it_goes_on_round_after_round_with_the_list_as_it_is_then(feeds, site, tmp_path, monkeypatch):
    pauses = []

    def pause(seconds, is_stopped):
        pauses.append(seconds)
        feeds.write_text("no feed\n" if len(pauses) == 1 else f"{site.address}/a.xml The Daily\n")
        if len(pauses) == 3:
            raise KeyboardInterrupt  # as Ctrl-C does
        return True

    monkeypatch.setattr(watch, "pause", pause)
    assert run(feeds, "--every", "30m", "--seeds", tmp_path / "seeds").exit_code == 0
    assert pauses == [1_800] * 3
    mistake = f"failed: {feeds}:1: no: is not the address of a page, expected http:// or https:// and a host"
    assert log_of(feeds) == ["1 new article from 1 feed", mistake, "no new article from 1 feed", "stopped"]


def test_a_mistake_in_the_metadata_is_logged_and_the_next_round_adds(feeds, tmp_path, monkeypatch):
    seeds = tmp_path / "seeds"
    seeds.mkdir()

    def pause(seconds, is_stopped):
        if list(seeds.glob("*.jsonl")):
            raise KeyboardInterrupt
        (seeds / "metadata.csv").unlink()
        return True

    (seeds / "metadata.csv").write_text("broken\n")
    monkeypatch.setattr(watch, "pause", pause)
    assert run(feeds, "--seeds", seeds).exit_code == 0
    first, *others = log_of(feeds)
    assert first.startswith(f"failed: {seeds}/metadata.csv:1: the columns are broken, expected file,title")
    assert others == ["1 new article from 1 feed", "stopped"]


def started(feeds):
    """The real command, with the folder `seeds` beside the list."""
    command = [
        sys.executable,
        "-m",
        "analysis.cli",
        "watch",
        str(feeds),
        "--seeds",
        str(feeds.parent / "seeds"),
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, text=True, preexec_fn=listen_to_interrupts
    )


def listen_to_interrupts():
    """As in a terminal: what a shell starts in the background ignores Ctrl-C, and so do its children."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_it_and_nothing_is_left_half_written(feeds, number):
    running = started(feeds)
    assert "1 new article from 1 feed" in running.stdout.readline()
    running.send_signal(number)
    rest, _ = running.communicate(timeout=60)
    assert (running.returncode, rest[24:]) == (0, "stopped\n")
    names = sorted(path.name for path in (feeds.parent / "seeds").iterdir())
    assert (
        names[:2] == [".watch.json", names[1]] and names[1].endswith(".jsonl") and names[2] == "metadata.csv"
    )


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_it_in_the_middle_of_a_download(feeds, site, number):
    asked, done = threading.Event(), threading.Event()

    def slow(handler):
        asked.set()
        done.wait(60)

    site.pages = {"/a.xml": slow}
    running = started(feeds)
    assert asked.wait(60)
    running.send_signal(number)
    rest, _ = running.communicate(timeout=25)  # the download itself would take 30 seconds
    done.set()
    assert (running.returncode, rest[24:]) == (0, "stopped\n")
    assert not (feeds.parent / "seeds").exists()


@pytest.fixture
def interrupts():
    """Ctrl-C as in a terminal, also where the tests were started in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interrupts")
def test_an_interrupt_that_python_loses_stops_it_all_the_same(feeds, tmp_path, monkeypatch):
    monkeypatch.setattr(watch, "run_round", lambda *words: lose_an_interrupt())
    monkeypatch.setattr(watch.time, "sleep", lambda seconds: pytest.fail("it did not stop"))
    assert run(feeds, "--seeds", tmp_path / "seeds").exit_code == 0
    assert log_of(feeds) == ["stopped"]


def lose_an_interrupt():
    """Ctrl-C while an object is freed, where Python drops the exception."""

    class Freed:
        def __del__(self):
            signal.raise_signal(signal.SIGINT)

    Freed()
    return 0


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--every", "1x"], "--every is '1x', expected a time such as 30m, 1h or 1d, from 5m to 7d"),
        (["--every", "1m"], "--every is '1m', expected a time such as 30m, 1h or 1d, from 5m to 7d"),
        (["--every", "8d"], "--every is '8d', expected a time"),
        (["--seeds", "."], "FEEDS.txt is in the folder of articles, .: expected another place"),
        (
            ["--log", "seeds/watch.log"],
            "seeds/watch.log is in the folder of articles, seeds: expected another place",
        ),
        (["--seeds", "FEEDS.txt"], "FEEDS.txt is a file, expected a folder of articles"),
    ],
)
def test_a_mistake_is_one_sentence_and_nothing_is_asked(feeds, site, monkeypatch, words, message):
    monkeypatch.chdir(feeds.parent)
    result = run("FEEDS.txt", *words)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"faultline: {message}")
    assert len(result.stderr.splitlines()) == 1
    assert site.asked == []


def test_a_missing_list_is_one_sentence(tmp_path):
    result = run(tmp_path / "nope.txt")
    assert (result.exit_code, result.stderr) == (
        2,
        f"faultline: {tmp_path}/nope.txt does not exist, expected a file with the address of a feed on each "
        "line\n",
    )


def test_no_line_of_the_log_can_take_over_a_terminal_or_grow_without_limit(tmp_path):
    path = tmp_path / "a.log"
    with watch.logged_to(path):
        logger = logging.getLogger("faultline.watch")
        for _ in range(8):
            logger.warning("\x1b[31mred\n%s", "x" * 400_000)
    assert "\x1b" not in path.read_text()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.log", "a.log.1", "a.log.2", "a.log.3"]
    assert all(one.stat().st_size < 1_500_000 for one in tmp_path.iterdir())
