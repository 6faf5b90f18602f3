"""Pages to tagged PDF, each printed by an installed Chromium or Chrome."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

from analysis.ingest.whole_files import scratch_folder

BROWSERS: Final = (
    "chromium-headless-shell",  # the lightest
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
)
SECONDS: Final = 60  # for one page
PAPER: Final = (  # otherwise Chromium prints Letter; a page itself fits both
    "<style>@page { size: A4; @bottom-right { content: counter(page) ' / ' counter(pages); "
    "font: 8pt sans-serif; color: #404040; } }</style></head>"
)
FIXED_LINK: Final = re.compile(  # to what lies beside a page, not where it works wherever a PDF is
    r'(<a\b[^<>]*?)\shref="(?!#|https?://|mailto:)[^"]*"'
)
OPTIONS: Final = (
    *("--headless", "--disable-gpu", "--disable-background-networking", "--no-first-run"),
    "--no-sandbox",  # Chromium refuses to start as root otherwise; the pages are our own and have no script
    *("--no-pdf-header-footer", "--export-tagged-pdf", "--generate-pdf-document-outline"),
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


def write_pdf(page: Path, browser: str) -> None:
    """Print a page on A4 into a PDF beside it, without links to pages that a PDF may not lie beside.

    Raises:
        OSError: the browser did not print it; the message names it.
    """
    target = page.with_suffix(".pdf")
    with scratch_folder() as scratch:
        sheet = scratch / page.name
        html = page.read_text(encoding="utf-8").replace("</head>", PAPER, 1)
        sheet.write_text(FIXED_LINK.sub(r"\1", html), encoding="utf-8")
        places = [f"--user-data-dir={scratch / 'profile'}", f"--print-to-pdf={target}", sheet.as_uri()]
        command = [browser, *OPTIONS, *places]
        try:
            run = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
            reason = (run.stderr.strip().splitlines() or ["no reason given"])[-1]
        except subprocess.TimeoutExpired:
            reason = f"no answer within {SECONDS} seconds"
    if not target.exists():
        raise OSError(f"{browser} did not print {page.name}: {reason}")
