"""Only `add`, given an address, asks the network for anything: every command is watched at its sockets.

Python's audit events do not see what compiled libraries do, so that is watched by strace, and by the files
that the telemetry of onnxruntime leaves. Whole briefings, the dashboard and JupyterLab are watched by their
own tests: briefing/test_whole_briefing.py, test_dashboard.py and workbench/test_jupyterlab.py.
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.lab import ROOT, copied
from tests.network_watch import asked, watched
from tests.samples import FIXTURES

COMMANDS = [
    ["check"],
    ["store"],
    ["search", "China"],
    ["export", "out.xlsx"],
    ["annotate"],
    ["add", str(ROOT / "seeds" / "metadata.csv")],  # refused, and nothing asked
    ["add", "http://planted.invalid/story.html"],
]
ONE_AFTER_ANOTHER = """
import json, sys
from analysis.cli import app
for words in json.loads(sys.argv[1]):
    try:
        app(words)
    except SystemExit as end:
        print(words, end.code)
print("Dask:", "distributed" in sys.modules)
"""
STRACE = ["strace", "-f", "-qq", "--seccomp-bpf", "-e", "trace=connect,sendto,sendmsg", "-o"]
HAS_STRACE = shutil.which("strace") is not None
LINE = '{"id": "a", "text": "China condemned the United States on Monday."}\n'


@pytest.fixture(scope="module")
def noted(tmp_path_factory):
    """The folder of what was noted, and left behind, while a person runs one command after another.

    In Faultline's folders, with one more article as text and one as a page of the web.
    """
    place, noted = copied(tmp_path_factory.mktemp("offline")), tmp_path_factory.mktemp("noted")
    for name in ("plain.txt", "page.html"):
        shutil.copy(FIXTURES / name, place / "seeds")
    strace = [*STRACE, str(noted / "calls.txt")] if HAS_STRACE else []
    done = subprocess.run(
        [*strace, sys.executable, "-c", ONE_AFTER_ANOTHER, json.dumps(COMMANDS)],
        cwd=place,
        env=telemetry_allowed(watched(noted / "watch"), noted),
        input=LINE,
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert "metadata.csv'] 2" in done.stdout and "story.html'] 2" in done.stdout
    assert (place / "out.xlsx").exists()
    assert done.stdout.endswith("Dask: False\n")  # only --scheduler loads it
    return noted


@pytest.mark.model
def test_only_the_command_that_is_given_an_address_asks_for_it_and_is_seen_to(noted):
    found = asked(noted / "watch")
    assert found and [one for one in found if "'planted.invalid' by [" not in one] == []


@pytest.mark.model
@pytest.mark.skipif(not HAS_STRACE, reason="needs strace")
def test_compiled_libraries_ask_the_network_for_nothing(noted):
    assert strange_calls(noted / "calls.txt") == []


@pytest.mark.model
def test_the_encoder_leaves_no_identifier_of_this_machine(noted):
    assert [path.name for path in noted.rglob("*") if path.name in (".ses", "Microsoft")] == []


def strange_calls(log: Path) -> list[str]:
    """The calls that strace has noted to addresses beyond this machine."""
    calls = [line for line in log.read_text().splitlines() if re.search(r"sin6?_port=", line)]
    return [line for line in calls if not re.search(r'inet_addr\("127\.|"::1"|sin6?_port=htons\(0\)', line)]


def telemetry_allowed(given: dict[str, str], home: Path) -> dict[str, str]:
    """An environment in which onnxruntime would report: that of a person, not of continuous integration."""
    kept = {name: value for name, value in given.items() if name != "CI" and not name.startswith("ORT_")}
    return {**kept, "HOME": str(home), "TMPDIR": str(home), "XDG_CACHE_HOME": str(home / "cache")}
