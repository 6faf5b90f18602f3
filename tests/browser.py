"""A Chromium for the tests: an installed one, else Playwright's own download, else Debian's package."""

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from filelock import FileLock

NAMES = (
    "chromium-headless-shell",  # the lightest: a fifth less work for a page
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
)
QUIET = (
    "--no-sandbox",  # Chromium refuses to start as root otherwise; the pages are our own files
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
HOW_TO_GET_ONE = "no Chromium was found and none could be brought: install Chrome or Chromium"
PICTURES = Path(__file__).parent.parent / "test-artefacts"
BRINGING = Path(tempfile.gettempdir()) / "faultline-tests-chromium.lock"


@cache
def browser_path() -> str | None:
    """Path of an installed browser; None for Playwright's own.

    Raises:
        RuntimeError: there is none and none can be brought; the message says what to install.
    """
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found:
        return found
    with FileLock(BRINGING):  # one process brings it, the next finds it
        return brought()


def has_browser() -> bool:
    """Whether there is a browser, or one could be brought."""
    try:
        browser_path()
    except RuntimeError:
        return False
    return True


def brought() -> str | None:
    """Playwright's own browser, else Debian's; None for Playwright's own."""
    fetched = subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], capture_output=True)
    if fetched.returncode == 0:
        return None
    if os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], capture_output=True)
        for package in NAMES[:2]:  # older Debians have only the second
            install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package]
            subprocess.run(install, capture_output=True)
            if path := shutil.which(package):
                return path
    raise RuntimeError(HOW_TO_GET_ONE)


@contextmanager
def chromium():
    """A headless browser, closed at the end."""
    from playwright.sync_api import sync_playwright  # a tenth of a second, which few processes need

    path = browser_path()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        try:
            yield browser
        finally:
            browser.close()
