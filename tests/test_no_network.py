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
]
ONE_AFTER_ANOTHER = """
import json, sys
from analysis.cli import app
for words in json.loads(sys.argv[1]):
    print(words, app(words, standalone_mode=False))
print("Dask:", "distributed" in sys.modules)
"""
STRACE = ["strace", "-f", "-qq", "--seccomp-bpf", "-e", "trace=connect,sendto,sendmsg", "-o"]
HAS_STRACE = shutil.which("strace") is not None
LINE = '{"id": "a", "text": "China condemned the United States on Monday."}\n'


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Faultline's folders, with one more article as text and one as a page of the web."""
    made = copied(tmp_path_factory.mktemp("offline"))
    for name in ("plain.txt", "page.html"):
        shutil.copy(FIXTURES / name, made / "seeds")
    return made


def run(
    commands: list[list[str]], place: Path, *before: str, **environment: str
) -> subprocess.CompletedProcess:
    words = [*before, sys.executable, "-c", ONE_AFTER_ANOTHER, json.dumps(commands)]
    return subprocess.run(
        words, cwd=place, env=environment, input=LINE, capture_output=True, text=True, timeout=600
    )


@pytest.fixture(scope="module")
def noted(place, tmp_path_factory):
    """The folder of what was noted, and left behind, while a person runs one command after another."""
    noted = tmp_path_factory.mktemp("noted")
    strace = [*STRACE, str(noted / "calls.txt")] if HAS_STRACE else []
    done = run(COMMANDS, place, *strace, **telemetry_allowed(watched(noted / "watch"), noted))
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert "metadata.csv'] 2" in done.stdout
    assert (place / "out.xlsx").exists()
    assert done.stdout.endswith("Dask: False\n")  # only --scheduler loads it
    return noted


@pytest.mark.model
def test_no_command_asks_the_network_for_anything(noted):
    assert asked(noted / "watch") == []


@pytest.mark.model
@pytest.mark.skipif(not HAS_STRACE, reason="needs strace")
def test_compiled_libraries_ask_the_network_for_nothing(noted):
    assert strange_calls(noted / "calls.txt") == []


@pytest.mark.model
def test_the_encoder_leaves_no_identifier_of_this_machine(noted):
    assert [path.name for path in noted.rglob("*") if path.name in (".ses", "Microsoft")] == []


def test_the_watch_sees_what_a_command_asks_for(place, tmp_path):
    done = run([["add", "http://planted.invalid/story.html"]], place, **watched(tmp_path / "watch"))
    assert "story.html'] 2" in done.stdout
    assert any("planted.invalid" in one for one in asked(tmp_path / "watch"))


def strange_calls(log: Path) -> list[str]:
    """The calls that strace has noted to addresses beyond this machine."""
    calls = [line for line in log.read_text().splitlines() if re.search(r"sin6?_port=", line)]
    return [line for line in calls if not re.search(r'inet_addr\("127\.|"::1"|sin6?_port=htons\(0\)', line)]


def telemetry_allowed(given: dict[str, str], home: Path) -> dict[str, str]:
    """An environment in which onnxruntime would report: that of a person, not of continuous integration."""
    kept = {name: value for name, value in given.items() if name != "CI" and not name.startswith("ORT_")}
    return {**kept, "HOME": str(home), "TMPDIR": str(home), "XDG_CACHE_HOME": str(home / "cache")}
