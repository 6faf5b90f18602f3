"""Pages to tagged PDF by an installed Chromium or Chrome."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

from analysis.ingest.scratch import scratch_folder

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
SECONDS = 60
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
    "--no-pdf-header-footer",
    "--export-tagged-pdf",
    "--generate-pdf-document-outline",
)


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


def write_pdf(page: Path, browser: str) -> Path:
    """Print a page on A4 into a PDF beside it, tagged for screen readers and with an outline.

    Raises:
        OSError: the browser did not print it.
    """
    target = page.with_suffix(".pdf")
    with scratch_folder() as scratch:
        sheet = scratch / page.name
        sheet.write_text(printable(page.read_text(encoding="utf-8")), encoding="utf-8")
        places = [f"--user-data-dir={scratch / 'profile'}", f"--print-to-pdf={target}"]
        command = [browser, *OPTIONS, *places, sheet.as_uri()]
        try:
            run = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
        except subprocess.TimeoutExpired as error:
            raise OSError(f"{browser} did not print {page.name} within {SECONDS} seconds") from error
    if run.returncode or not target.exists():
        reason = (run.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise OSError(f"{browser} did not print {page.name}: {reason}")
    return target
