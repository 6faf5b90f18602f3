"""Does a folder of hostile files cost a good article, a crash, a hang or the memory of the machine?

usage: python -m benchmarks.hostile_files [--files 1000] [--seed 1] [--minutes 30] [--folder FOLDER]

Writes 50 good articles and so many hostile files (`benchmarks/hostile_kinds.py`), makes the front page of a
briefing from them, and prints a line for each thing that was asked: no crash, done in time, an article or a
reason for each file, every good article in the briefing, and the peak of memory of the main process. The
exit code is 1 if one of them is not so.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.hostile_kinds import COUNTRIES, KINDS

ROOT = Path(__file__).parents[1]
GOOD = 50
MAX_MEMORY = 1_500_000_000  # bytes
ACTS = ("met", "warned", "attacked", "praised", "accused", "thanked", "invited", "blamed")
TOWNS = ("Rome", "Geneva", "Lima", "Cairo", "Delhi", "Tokyo", "Quito", "Oslo", "Dakar", "Hanoi")
AS_ANYBODY = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
"""What begins a command whose process may not open closed files, even if we are root."""
RUN = """
import json, sys
from pathlib import Path
from analysis.cli import main
from analysis.ingest.corpus import load_corpus

folder, found, *words = sys.argv[1:]
articles, rejected = load_corpus(folder)
Path(found).write_text(json.dumps([articles["path"].tolist(), rejected["path"].tolist()]))
sys.argv[1:] = words
main()
"""


class Outcome(NamedTuple):
    """What a run on a folder came to."""

    code: int | None  # exit code; None if it was not done in time
    said: str  # on standard error
    silent: list[str]  # files with neither an article nor a reason
    lost: list[str]  # good files without an article in the briefing
    memory: int  # bytes, at most, of the main process
    seconds: float

    @property
    def is_crash(self) -> bool:
        return self.code != 0 or "Traceback" in self.said


def write_folder(folder: Path, files: int, seed: int) -> None:
    """Good and hostile files, mixed by name.

    Args:
        folder: to make.
        files: number of hostile ones.
        seed: of the random numbers.
    """
    folder.mkdir(parents=True)
    random = Random(seed)
    for number in range(GOOD):
        write_good(folder, number)
    for kind in random.choices(list(KINDS), weights=list(KINDS.values()), k=files):
        kind(random, folder)


def write_good(folder: Path, number: int) -> None:
    """A short article that is like no other."""
    one, other = COUNTRIES[number % 10], COUNTRIES[(number // 10 + number + 1) % 10]
    act, town = ACTS[number % 8], TOWNS[number // 5]
    title = f"{one} and {other} at odds in {town} over case {number}"
    text = (
        f"{one} {act} {other} in {town} on Monday, officials said. The envoys stayed for {number + 2} hours."
    )
    name = folder / f"{'amz'[number % 3]}-good-{number:02}"
    match number % 4:
        case 0:
            Path(f"{name}.txt").write_text(f"{title}\n\n{text}\n")
        case 1:
            Path(f"{name}.md").write_text(f"# {title}\n\n{text}\n")
        case 2:
            Path(f"{name}.jsonl").write_text(json.dumps({"title": title, "text": text, "date": "2024-04-20"}))
        case 3:
            Path(f"{name}.eml").write_text(f"Subject: {title}\n\n{text}\n")


def run(folder: Path, scratch: Path, limit: float) -> Outcome:
    """Make a front page from a folder, and look at what came of each file."""
    found, out = scratch / "found.json", scratch / "out"
    words = ["brief", "--front-only", "--seeds", folder, "--out", out, "--store", scratch / "store"]
    command = [
        *AS_ANYBODY,
        sys.executable,
        "-c",
        RUN,
        folder,
        found,
        *words,
        "--notebooks",
        ROOT / "notebooks",
    ]
    start = time.monotonic()
    with (scratch / "said.txt").open("wb") as said:
        process = subprocess.Popen(list(map(str, command)), cwd=ROOT, stdout=said, stderr=said)
        code, memory = watched(process, limit)
    read, rejected = json.loads(found.read_text()) if found.exists() else ([], [])
    shown = briefing_paths(out)
    return Outcome(
        code=code,
        said=(scratch / "said.txt").read_text(errors="replace"),
        silent=[name for name in file_names(folder) if not has_row(name, [*read, *rejected])],
        lost=[name for name in file_names(folder) if "-good-" in name and not has_row(name, shown)],
        memory=memory,
        seconds=time.monotonic() - start,
    )


def watched(process: subprocess.Popen, limit: float) -> tuple[int | None, int]:
    """The exit code of a process, which is killed when its time is up, and the most memory that it took."""
    deadline = time.monotonic() + limit
    while time.monotonic() < deadline:
        finished, status, used = os.wait4(process.pid, os.WNOHANG)
        if finished:
            process.returncode = os.waitstatus_to_exitcode(status)
            return process.returncode, used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        time.sleep(0.2)
    process.kill()
    _, _, used = os.wait4(process.pid, 0)
    process.returncode = -9
    return None, used.ru_maxrss * 1024


def briefing_paths(out: Path) -> list[str]:
    """The paths of the articles in the briefing that was written."""
    return [
        row["path"]
        for path in out.glob("*/briefing.json")
        for row in json.loads(path.read_text())["articles"]
    ]


def file_names(folder: Path) -> list[str]:
    """The files of a folder, as tables name them."""
    names = (os.fsencode(entry.name).decode("utf-8", "backslashreplace") for entry in os.scandir(folder))
    return sorted(name for name in names if not name.startswith("."))


def has_row(name: str, paths: list[str]) -> bool:
    """Whether a path is that of a file, of a record in it or of a sheet."""
    return any(path == name or path.startswith((f"{name}:", f"{name} (")) for path in paths)


def main() -> None:
    """Print what came of it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=30, help="after which a run counts as hanging")
    parser.add_argument("--folder", type=Path, help="where everything is kept")
    options = parser.parse_args()
    with TemporaryDirectory() as temporary:
        scratch = options.folder or Path(temporary)
        folder = scratch / "seeds"
        write_folder(folder, options.files, options.seed)
        outcome = run(folder, scratch, options.minutes * 60)
    print(f"{options.files:,} hostile files, seed {options.seed}, {outcome.seconds:.0f} s")
    print(f"crashes: {int(outcome.is_crash)}; hangs: {int(outcome.code is None)}")
    print(f"files without article or reason: {len(outcome.silent)} {outcome.silent[:5]}")
    print(f"good articles in the briefing: {GOOD - len(outcome.lost)} of {GOOD}")
    print(f"peak memory of the main process: {outcome.memory / 1e9:.2f} GB")
    if outcome.is_crash:
        print(outcome.said[-3_000:])
    is_failed = outcome.is_crash or outcome.silent or outcome.lost or outcome.memory > MAX_MEMORY
    sys.exit(bool(is_failed))


if __name__ == "__main__":
    main()
