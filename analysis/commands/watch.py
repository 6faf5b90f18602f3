"""Add new articles from feeds, round after round, until stopped."""

import logging
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Annotated

import typer

from analysis.commands.options import Seeds, check_apart, exit_on_mistakes
from analysis.console import error_sentence, printable
from analysis.ingest.whole_files import write_errors

UNITS = {"m": 60, "h": 3_600, "d": 86_400}
LEAST_SECONDS = 300  # between rounds: no news is worth asking a server more often
MOST_SECONDS = 7 * 86_400
SLEEP_SECONDS = 5  # between checks for a lost interrupt
LOG_BYTES = 1_000_000  # of one log file; three older ones are kept
LOG_FILES = 3


def watch(
    feeds: Annotated[
        Path,
        typer.Argument(help="A file with one feed address per line, optionally followed by its outlet."),
    ],
    every: Annotated[
        str, typer.Option(help="Time from one round to the next, such as 30m, 1h or 1d.")
    ] = "1h",
    once: Annotated[
        bool, typer.Option("--once", help="One round only; exit code 2 if a feed failed.")
    ] = False,
    most: Annotated[int, typer.Option(min=1, help="The most articles to add in one round.")] = 100,
    log: Annotated[
        Path | None, typer.Option(help="The log file; by default next to the list, named FEEDS.txt.log.")
    ] = None,
    seeds: Seeds = Path("seeds"),
) -> None:
    """Add new articles from feeds to seeds/, round after round, until stopped with Ctrl-C."""
    with exit_on_mistakes():
        from analysis.ingest.feed_list import load_feeds
        from analysis.ingest.feed_watch import Watch
        from analysis.ingest.watch_state import load_state

        state = Watch(seeds, interval_seconds(every), most)
        load_feeds(feeds)
        log = log or feeds.with_name(f"{feeds.name}.log")
        check_places(feeds, log, seeds)
        load_state(seeds)
        failed_count = 0
        with logged_to(log), stopped_by_signals() as is_stopped:
            failed_count = run_round(feeds, state)
            while not once and pause(state.every_seconds, is_stopped):
                run_round(feeds, state)
    if once and failed_count:
        raise typer.Exit(2)


def interval_seconds(text: str) -> int:
    """The seconds of "30m", "1h" or "1d".

    Raises:
        ValueError: it is not such a time, or it is too short or too long.
    """
    match = re.fullmatch(r"(\d{1,6}) ?([mhd])", text.strip())
    seconds = int(match[1]) * UNITS[match[2]] if match else 0
    if not LEAST_SECONDS <= seconds <= MOST_SECONDS:
        raise ValueError(f"--every is {text!r}, expected a time such as 30m, 1h or 1d, from 5m to 7d")
    return seconds


def check_places(feeds: Path, log: Path, seeds: Path) -> None:
    """Raise ValueError if a file of ours would be read as an article, or if the folder is not a folder."""
    if seeds.exists() and not seeds.is_dir():
        raise NotADirectoryError(f"{seeds} is a file, expected a folder of articles")
    for path in (feeds, log):
        check_apart(path, seeds)


@contextmanager
def logged_to(path: Path) -> Iterator[None]:
    """Log to a file of bounded size, and to standard output."""
    form = logging.Formatter("%(asctime)s %(message)s", "%Y-%m-%d %H:%M:%S UTC")
    form.converter = time.gmtime
    logger = logging.getLogger("faultline.watch")
    with write_errors(path):
        file = RotatingFileHandler(path, maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8")
    handlers = [file, logging.StreamHandler(sys.stdout)]
    for handler in handlers:
        handler.setFormatter(form)
        handler.addFilter(made_printable)
        logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        for handler in handlers:
            logger.removeHandler(handler)
        file.close()


def made_printable(record: logging.LogRecord) -> bool:
    """A record on one line, without anything that could control the terminal."""
    record.msg, record.args = printable(record.getMessage()), ()
    return True


@contextmanager
def stopped_by_signals() -> Iterator[Callable[[], bool]]:
    """Stop on Ctrl-C and SIGTERM: what is being written is written in one step or not at all.

    Yields a function that says whether we were stopped, since Python loses an interrupt that arrives while
    it frees memory.
    """
    received: list[int] = []

    def interrupt(number: int, _: object) -> None:
        received.append(number)
        raise KeyboardInterrupt

    numbers = [one for one in (signal.SIGINT, signal.SIGTERM) if signal.getsignal(one) is not signal.SIG_IGN]
    before = {number: signal.signal(number, interrupt) for number in numbers}
    hook, sys.unraisablehook = sys.unraisablehook, report_unless_interrupt
    try:
        yield lambda: bool(received)
    except KeyboardInterrupt:
        received.append(signal.SIGINT)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        sys.unraisablehook = hook
    if received:
        logging.getLogger("faultline.watch").info("stopped")


def report_unless_interrupt(lost: "sys.UnraisableHookArgs") -> None:
    """Do not report an interrupt that Python lost."""
    if lost.exc_type is not KeyboardInterrupt:
        sys.__unraisablehook__(lost)


def pause(seconds: float, is_stopped: Callable[[], bool]) -> bool:
    """Wait for the next round; False if there is to be none."""
    end = time.monotonic() + seconds
    while not is_stopped() and (left := end - time.monotonic()) > 0:
        time.sleep(min(left, SLEEP_SECONDS))
    return not is_stopped()


def run_round(feeds: Path, state) -> int:
    """One round with the list as it is now; returns the number of failures."""
    from analysis.ingest.feed_list import load_feeds
    from analysis.ingest.feed_watch import LOG, watch_round

    try:
        return watch_round(load_feeds(feeds), state).failed_count
    except (OSError, ValueError) as error:  # such as a full disk: the next round tries again
        LOG.error("failed: %s", error_sentence(error))
        return 1
