"""JupyterLab and the dashboard for the tests: started with settings of their own, and used as a person would.

Their pages speak with the kernels over web sockets. `watch` reads along there, so that no exception goes
unseen: neither that of a cell, nor one that an output widget or a callback keeps to itself.
"""

import json
import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count, pairwise
from pathlib import Path
from typing import NamedTuple
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import psutil
from playwright.sync_api import Browser, Locator, Page, expect

from tests.network_watch import watched

ROOT = Path(__file__).parent.parent
WORKSPACES = count(1)
VIEWPORT = {"width": 1360, "height": 1000}
START_SECONDS = 60
RUN_SECONDS = 180
POLLING = 100  # milliseconds: to ask at each frame, as Playwright does by itself, keeps a page busy
FOLDERS = (
    "JUPYTER_CONFIG_DIR",
    "JUPYTER_DATA_DIR",
    "JUPYTER_RUNTIME_DIR",
    "IPYTHONDIR",
    "JUPYTERLAB_SETTINGS_DIR",
    "JUPYTERLAB_WORKSPACES_DIR",
)
LOG = "server.log"
TOKEN = "analyst"  # of the dashboard, which listens on this machine only, and ends with the tests
LAB_SETTINGS = """
c.LabApp.expose_app_in_browser = True  # the tests ask the app whether the kernel is ready
"""
SEARCHED = "fentanyl"  # in the first article
EXPLORER = ".faultline-explorer"  # or that of one subject, such as .faultline-topics
READY = """async () => {
    const panel = window.jupyterapp.shell.currentWidget;
    await panel.context.ready;
    await panel.sessionContext.ready;
    await panel.sessionContext.session.kernel.info;
}"""

OPEN = """async ([path]) => {
    delete window.planted;
    await window.jupyterapp.commands.execute('docmanager:open', {path});
}"""
CLOSE = """async () => {
    const panel = window.jupyterapp.shell.currentWidget;
    await panel.sessionContext.shutdown();
    panel.dispose();
}"""
ANSWERED = (
    "async () => { await window.jupyterapp.shell.currentWidget.sessionContext.session.kernel"
    ".requestKernelInfo(); }"
)
IDLE = "() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.status === 'idle'"


class Server(NamedTuple):
    """A running server."""

    address: str
    pid: int
    query: str = ""
    folder: str = ""  # with / at its end: which of its folders has the notebooks
    announced: str = ""  # the address with the token, as the command prints it


RESTING: list[Page] = []  # JupyterLab without a notebook: to load it takes as long as to run some notebooks


@dataclass
class Watch:
    """What a page has logged and requested."""

    failures: list[str] = field(default_factory=list)  # exceptions in kernels, wherever they were shown
    warnings: list[str] = field(default_factory=list)  # what kernels wrote to standard error
    strangers: list[str] = field(default_factory=list)  # addresses beyond this machine
    dialogs: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)  # exceptions in the page itself
    replies: int = 0  # cells that the kernel has finished


class Sight(NamedTuple):
    """A notebook in JupyterLab that was run."""

    page: Page
    seen: Watch


def copied(place: Path) -> Path:
    """A copy of Faultline's folders, to work in."""
    for name in ("notebooks", "seeds"):
        shutil.copytree(ROOT / name, place / name)
    return place


@contextmanager
def jupyterlab(place: Path, *options: str) -> Iterator[Server]:
    """What `make lab` starts, in a copy of Faultline's folders."""
    port, settings = free_port(), place / "settings"
    write(settings / "JUPYTER_CONFIG_DIR" / "jupyter_lab_config.py", LAB_SETTINGS)
    address = f"http://127.0.0.1:{port}"
    words = ["lab", "--no-browser", "--port", str(port), *options]
    with served(words, place, settings, f"{address}/login") as pid:
        lines = (settings / LOG).read_text(encoding="utf-8").splitlines()
        announced = next(line for line in lines if "?token=" in line)
        yield Server(address, pid, f"?{urlsplit(announced).query}", announced=announced)


@contextmanager
def dashboard(place: Path, *options: str) -> Iterator[Server]:
    """What `make dashboard` starts, in a copy of Faultline's folders, with a token that the tests know."""
    port = free_port()
    words = ["dashboard", "--no-browser", "--host", "127.0.0.1", "--port", str(port), *options]
    address = f"http://127.0.0.1:{port}"
    with served(words, place, place / "settings", f"{address}/login", JUPYTER_TOKEN=TOKEN) as pid:
        yield Server(address, pid, f"?token={TOKEN}")


@contextmanager
def served(words: Sequence[str], place: Path, settings: Path, ask: str, **environment: str) -> Iterator[int]:
    """A `faultline` command in its own process group, given once it answers at an address.

    What it and its processes ask of the network is noted: `asked(place / "settings")`.

    Raises:
        RuntimeError: it ended, or did not answer in time; with the end of its log.
    """
    folders = {name: str(settings / name) for name in FOLDERS}
    for folder in folders.values():
        Path(folder).mkdir(parents=True, exist_ok=True)
    log = settings / LOG
    command = [sys.executable, "-m", "analysis.cli", *words]
    inherited = {name: value for name, value in watched(settings).items() if name != "JUPYTER_TOKEN"}
    with log.open("wb") as out:
        server = subprocess.Popen(
            command,
            cwd=place,
            env={**inherited, **folders, **environment},
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    try:
        wait_for(server, ask, log)
        yield server.pid
    finally:
        stop(server)


def wait_for(server: subprocess.Popen, address: str, log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and server.poll() is None:
        try:
            urlopen(address, timeout=5).close()
            return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise RuntimeError(f"{address} did not answer; the log ends: {log.read_text()[-2000:]}")


def stop(server: subprocess.Popen) -> None:
    if server.poll() is not None:
        return
    os.killpg(server.pid, signal.SIGTERM)  # the server ends its kernels, which have groups of their own
    try:
        server.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def see_end(server: Server) -> None:
    """End the command alone, as `kill` does, and see that nothing listens at its address any more."""
    os.kill(server.pid, signal.SIGTERM)
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", urlsplit(server.address).port)):
                return
        time.sleep(0.5)
    raise AssertionError(f"{server.address} still answers after its command was ended")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def patient_page(browser: Browser) -> Page:
    """A page that waits for a busy machine."""
    return patient(browser.new_page(viewport=VIEWPORT))


def lab_page(browser: Browser) -> Page:
    """A page for JupyterLab: one whose notebook was closed, or a new one in the context that all share."""
    while RESTING:
        page = RESTING.pop()
        if page.context.browser is browser and not page.is_closed():
            return page
    shared = browser.contexts[0] if browser.contexts else browser.new_context(viewport=VIEWPORT)
    return patient(shared.new_page())


def patient(page: Page) -> Page:
    page.set_default_timeout(RUN_SECONDS * 1000)
    expect.set_options(timeout=RUN_SECONDS * 1000)
    return page


def watch(page: Page) -> Watch:
    """Record what a page logs and requests, from now on."""
    seen = Watch()

    def request(address: str) -> None:
        url = urlsplit(address)
        if url.scheme not in ("data", "blob") and url.hostname not in ("127.0.0.1", "localhost"):
            seen.strangers.append(address)

    def dialog(one: object) -> None:
        seen.dialogs.append(one.message)
        one.dismiss()

    def listen(one: object) -> None:
        request(one.url)
        one.on("framereceived", lambda frame: hear(seen, frame))

    page.on("request", lambda one: request(one.url))
    page.on("dialog", dialog)
    page.on("pageerror", lambda error: seen.scripts.append(str(error)))
    page.on("websocket", listen)
    return seen


def hear(seen: Watch, frame: str | bytes) -> None:
    """Record one message of a kernel: JSON, or packed by version 1 of Jupyter's WebSocket protocol."""
    if isinstance(frame, str):
        message = json.loads(frame)
        if "msg_type" not in message.get("header", {}):  # other sockets of the page: terminals, events
            return
        kind, told = message["header"]["msg_type"], message["content"]
    else:
        parts = struct.unpack_from("<Q", frame)[0]
        places = struct.unpack_from(f"<{parts}Q", frame, 8)
        _, header, _, _, content = (frame[a:b] for a, b in pairwise(places[:6]))
        kind, told = json.loads(header)["msg_type"], json.loads(content)
    if kind == "error":
        seen.failures.append(f"{told['ename']}: {told['evalue']}")
    elif kind == "stream" and told["name"] == "stderr":
        seen.warnings.append(told["text"])
    elif kind == "execute_reply":
        seen.replies += 1
    elif kind in ("comm_open", "comm_msg"):  # what a callback shows in an output widget
        shown = told["data"].get("state", {}).get("outputs", [])
        seen.failures += [
            f"{one['ename']}: {one['evalue']}" for one in shown if one["output_type"] == "error"
        ]


def open_notebook(page: Page, lab: Server, name: str) -> None:
    """Open a notebook in JupyterLab and wait for its kernel: before it is ready, Run All is lost."""
    path = f"{lab.folder}notebooks/{name}.ipynb"
    if page.url.startswith(lab.address):
        page.evaluate(OPEN, [path])
    else:
        own = f"/lab/workspaces/{next(WORKSPACES)}"  # the default one would reopen earlier files
        page.goto(f"{lab.address}{own}/tree/{path}{lab.query}")
    page.locator(".jp-Notebook .jp-Cell").first.wait_for()
    page.evaluate(READY)


def run_all(page: Page, seen: Watch) -> None:
    """Run all cells from the menu, as a person does."""
    cells = page.evaluate(
        "() => window.jupyterapp.shell.currentWidget.content.widgets"
        ".filter(one => one.model.type === 'code' && one.model.sharedModel.source.trim()).length"
    )
    wanted, last = seen.replies + cells, time.monotonic() + RUN_SECONDS
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    while seen.replies < wanted and time.monotonic() < last:
        page.wait_for_timeout(100)  # handles messages, which sleep would not
    assert seen.replies >= wanted, f"{wanted - seen.replies} cells were not done after {RUN_SECONDS} seconds"
    idle(page)


def red(page: Page) -> list[str]:
    """What a notebook shows on a red background: exceptions and standard error."""
    return page.locator('[data-mime-type="application/vnd.jupyter.stderr"]').all_inner_texts()


def idle(page: Page) -> None:
    """Wait until the kernel has done what it was asked before, which it may not have begun yet."""
    page.evaluate(ANSWERED)
    page.wait_for_function(IDLE, polling=POLLING)


def ran(browser: Browser, lab: Server, name: str) -> Sight:
    """A notebook opened in a page of its own and run from top to bottom."""
    page = lab_page(browser)
    seen = watch(page)
    open_notebook(page, lab, name)
    run_all(page, seen)
    return Sight(page, seen)


def end(sight: Sight) -> None:
    """Stop the kernel and close the notebook; the page is for the next one."""
    sight.page.evaluate(CLOSE)
    RESTING.append(sight.page)


def from_top(page: Page) -> None:
    """Scroll a notebook to its beginning."""
    page.locator(".jp-Notebook .jp-Cell").first.scroll_into_view_if_needed()
    page.wait_for_timeout(500)  # what scrolls into view is drawn only now


def explorer(page: Page, which: str = EXPLORER) -> Locator:
    """An explorer of a notebook, in view."""
    found = page.locator(which).last  # above it, notebook 03 has that of incidents
    found.scroll_into_view_if_needed()
    return found


def clear_filters(page: Page, which: str = EXPLORER) -> None:
    """Show everything in an explorer of a notebook in JupyterLab again."""
    explorer(page, which).get_by_role("button", name="Clear filters").click()
    idle(page)


def chosen(page: Page, label: str, place: int, which: str = EXPLORER) -> str:
    """Choose from one of the lists of an explorer, wait for the new bars, and return the choice."""
    before = bars(page, which)
    options = explorer(page, which).get_by_label(label, exact=True)
    options.select_option(index=place)
    page.wait_for_function(
        f"before => [...document.querySelectorAll('{which} .faultline-chart')].at(-1).innerHTML !== before",
        arg=before,
        polling=POLLING,
    )
    return options.locator("option").nth(place).inner_text()


def bars(page: Page, which: str = EXPLORER) -> str:
    """The bars of an explorer, once they are there, as HTML."""
    shown = explorer(page, which).locator(".faultline-chart")
    shown.locator("p").first.wait_for()
    return shown.inner_html()


def search(page: Page, words: str) -> None:
    """Type into the search box of the explorer, and press Enter."""
    field = explorer(page).get_by_label("Search")
    field.fill(words)
    field.press("Enter")


def read_in_place(page: Page) -> None:
    """Search a word, see that only its evidence is left and marked, and open it in its article."""
    evidence = explorer(page).locator(".faultline-evidence")
    expect(evidence).to_contain_text("Evidence 1 to")
    everything = evidence.locator(".f-small").first.inner_text()
    search(page, SEARCHED)
    expect(explorer(page).locator(".faultline-notes")).to_contain_text("sentence")
    expect(evidence.locator(".f-small").first).not_to_have_text(everything)
    pieces = evidence.locator("[role=option]")
    expect(pieces.first.locator(".f-searched").first).to_have_text(SEARCHED)
    for piece in pieces.all():
        assert SEARCHED in piece.inner_text().casefold()
    idle(page)  # what is drawn above would push the article out of sight
    pieces.last.click()
    marked = explorer(page).locator(".faultline-reading .f-scroll .f-here.f-searched").first
    expect(marked).to_have_text(SEARCHED)
    expect(marked).to_be_in_viewport()


def faults(seen: Watch) -> list[str]:
    """What a person should never see; that a page asks for widgets of a stopped kernel is normal."""
    unusual = [one for one in seen.warnings if not one.startswith("No such comm")]
    return seen.failures + unusual + seen.strangers + seen.dialogs + seen.scripts


def running(server: Server) -> Iterator[tuple[psutil.Process, list[str]]]:
    """The server and all that it started, with command lines; not what has ended since it was listed."""
    first = psutil.Process(server.pid)
    for one in (first, *first.children(recursive=True)):
        with suppress(psutil.NoSuchProcess):
            yield one, one.cmdline()
