"""Pages to tagged PDF by an installed Chromium or Chrome.

One browser prints all pages: to start it takes longer than to print. It is asked over the pipe of its
DevTools protocol, which nobody else on the machine can reach, as a port could be. Windows has no such pipe,
so that each page has a browser of its own there.

Source: https://chromedevtools.github.io/devtools-protocol/ (`Target`, `Page`).
"""

import base64
import json
import os
import re
import select
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any, Final, NamedTuple

from analysis.ingest.scratch import scratch_folder

BROWSERS = (
    "chromium-headless-shell",  # the lightest: a fifth less work for a page
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
)
SECONDS = 60  # until a browser must have answered
CLOSING_SECONDS = 5
PAPER = (  # otherwise Chromium prints Letter; a page itself fits both
    "<style>@page { size: A4; @bottom-right { content: counter(page) ' / ' counter(pages); "
    "font: 8pt sans-serif; color: #404040; } }</style></head>"
)
FIXED_LINK: Final = re.compile(  # to what lies beside a page, not where it works wherever a PDF is
    r'(<a\b[^<>]*?)\shref="(?!#|https?://|mailto:)[^"]*"'
)
OPTIONS = (
    "--headless",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--no-sandbox",  # Chromium refuses to start as root otherwise; the pages are our own and have no script
)
ALONE = ("--no-pdf-header-footer", "--export-tagged-pdf", "--generate-pdf-document-outline")
ASKED: Final = {  # the same, and what a browser that prints one page does of itself
    "printBackground": True,
    "preferCSSPageSize": True,
    "generateTaggedPDF": True,
    "generateDocumentOutline": True,
}
PIPED = 'exec "$0" "$@" 3<&0 4>&1 </dev/null >/dev/null'  # the browser reads from 3 and writes to 4
READ_BYTES = 1 << 20

Message = dict[str, Any]


class Talk(NamedTuple):
    """What is said with a browser over its pipe."""

    process: subprocess.Popen
    messages: Iterator[Message]  # from the browser
    numbers: Iterator[int]  # for what it is asked next
    loaded: set[str]  # identifiers of pages that it has loaded


def browser_path() -> str:
    """Path of an installed browser that can print.

    Raises:
        FileNotFoundError: there is none.
    """
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        raise FileNotFoundError("--pdf needs Chromium or Chrome, and none was found: install one")
    return found


def printable(html: str) -> str:
    """A page for A4, without links to other pages of the briefing, which a PDF may not lie beside."""
    return FIXED_LINK.sub(r"\1", html.replace("</head>", PAPER, 1))


def write_pdfs(pages: Sequence[Path], browser: str) -> None:
    """Print each page on A4 into a PDF beside it, tagged for screen readers and with an outline.

    Raises:
        OSError: the browser did not print a page; the message names it.
    """
    print_all = print_together if os.name == "posix" else print_each
    with scratch_folder() as scratch:
        sheets = {page: scratch / page.name for page in pages}
        for page, sheet in sheets.items():
            sheet.write_text(printable(page.read_text(encoding="utf-8")), encoding="utf-8")
        print_all(sheets, browser, scratch)


def print_together(sheets: Mapping[Path, Path], browser: str, scratch: Path) -> None:
    """Print the sheet of each page beside the page, all in one browser."""
    errors = scratch / "errors.txt"
    with started(browser, scratch / "profile", errors) as process:
        talk = Talk(process, messages(process), count(1), set())
        session = ""
        for page, sheet in sheets.items():
            try:
                session = session or new_tab(talk)
                page.with_suffix(".pdf").write_bytes(printed(talk, session, sheet))
            except TimeoutError as error:
                raise not_printed(browser, page, f"no answer within {SECONDS} seconds") from error
            except (EOFError, BrokenPipeError) as error:
                raise not_printed(browser, page, last_line(errors.read_text(errors="replace"))) from error
            except ValueError as error:
                raise not_printed(browser, page, str(error)) from error


@contextmanager
def started(browser: str, profile: Path, errors: Path) -> Iterator[subprocess.Popen]:
    """A browser that is asked on its standard input and answers on its standard output."""
    own = [f"--user-data-dir={profile}", "--remote-debugging-pipe"]
    with (
        errors.open("wb") as log,
        subprocess.Popen(
            ["sh", "-c", PIPED, browser, *OPTIONS, *own],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
        ) as process,
    ):
        try:
            yield process
        finally:
            with suppress(BrokenPipeError):
                process.stdin.close()  # with its pipe, a browser ends
            with suppress(subprocess.TimeoutExpired):
                process.wait(CLOSING_SECONDS)
            process.kill()  # one that hangs


def messages(process: subprocess.Popen) -> Iterator[Message]:
    """What a browser says, until it ends.

    Raises:
        TimeoutError: it says nothing for too long.
    """
    unfinished = []
    while True:
        if not select.select([process.stdout], [], [], SECONDS)[0]:
            raise TimeoutError
        read = os.read(process.stdout.fileno(), READ_BYTES)
        if not read:
            return
        unfinished.append(read)
        if b"\0" in read:
            *whole, rest = b"".join(unfinished).split(b"\0")
            unfinished = [rest]
            yield from map(json.loads, whole)


def new_tab(talk: Talk) -> str:
    """Open an empty page that says when it has loaded another; returns its session."""
    target = ask(talk, "", "Target.createTarget", url="about:blank")["targetId"]
    session = ask(talk, "", "Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
    ask(talk, session, "Page.enable")
    ask(talk, session, "Page.setLifecycleEventsEnabled", enabled=True)
    return session


def printed(talk: Talk, session: str, sheet: Path) -> bytes:
    """The PDF of a sheet.

    Raises:
        EOFError: the browser has ended.
        TimeoutError: it does not answer.
        ValueError: it cannot do this; the message says why.
    """
    opened = ask(talk, session, "Page.navigate", url=sheet.as_uri())
    if "errorText" in opened:
        raise ValueError(opened["errorText"])
    while opened["loaderId"] not in talk.loaded:
        hear(talk)
    return base64.b64decode(ask(talk, session, "Page.printToPDF", **ASKED)["data"])


def ask(talk: Talk, session: str, method: str, **parameters: object) -> Message:
    """The browser's answer to one request; `session` is "" for one to the browser itself."""
    request = {"id": next(talk.numbers), "method": method, "params": parameters}
    whole = {**request, "sessionId": session} if session else request
    talk.process.stdin.write(json.dumps(whole).encode() + b"\0")
    talk.process.stdin.flush()
    while (answer := hear(talk)).get("id") != request["id"]:
        pass
    if "error" in answer:
        raise ValueError(answer["error"]["message"])
    return answer["result"]


def hear(talk: Talk) -> Message:
    """The next message; pages that have loaded are noted, which may be said before they are asked for."""
    message = next(talk.messages, None)
    if message is None:
        raise EOFError
    if message.get("method") == "Page.lifecycleEvent" and message["params"]["name"] == "load":
        talk.loaded.add(message["params"]["loaderId"])
    return message


def print_each(sheets: Mapping[Path, Path], browser: str, scratch: Path) -> None:
    """Print the sheet of each page beside the page, each in a browser of its own."""
    for page, sheet in sheets.items():
        target = page.with_suffix(".pdf")
        places = [f"--user-data-dir={scratch / 'profile'}", f"--print-to-pdf={target}"]
        command = [browser, *OPTIONS, *ALONE, *places, sheet.as_uri()]
        try:
            run = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
        except subprocess.TimeoutExpired as error:
            raise not_printed(browser, page, f"no answer within {SECONDS} seconds") from error
        if run.returncode or not target.exists():
            raise not_printed(browser, page, last_line(run.stderr))


def not_printed(browser: str, page: Path, reason: str) -> OSError:
    return OSError(f"{browser} did not print {page.name}: {reason}")


def last_line(errors: str) -> str:
    """What a browser said last on standard error."""
    return (errors.strip().splitlines() or ["no reason given"])[-1]
