"""Does a run that is killed at any moment leave the next run anything to trip over?

    python -m benchmarks.kills [--add 80] [--annotate 40] [--export 40] [--brief 40] [--seed 20]

Each command first runs undisturbed, twice, each time in a fresh copy of a small corpus: the two must agree.
Then, as often as asked, it is started in a fresh copy, killed with all its processes (kill -9), and run
again. Every file that is there afterwards is compared with the undisturbed run, those in the temporary folder
and at home included, and processes that do not end are named. Odd kills come at a random moment of the usual
run time, even ones at a random change of a file, since the moments that matter are short. Prints what came of
each kill, and a line of figures for each command; the exit code is 1 if anything went wrong.
"""

import argparse
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
FAULTLINE = [sys.executable, "-m", "analysis.cli"]
MARK = "FAULTLINE_KILLS_PLACE"  # in the environment of every process of a run
GRACE_SECONDS = 30  # in which kernels and workers of a killed run notice it and end
UNDISTURBED = 2
CHANGES_EVERY = 0.005  # seconds
ONLY_NAMED = ("home", ".sqlite")  # caches of other programs, and an index that carries a random state
WATCHED = ("seeds", "briefings", ".faultline", "out")

STORIES = {
    "tanker.txt": "Iran seizes tanker\n\nTehran, June 3, 2024 - Iran's navy seized an oil tanker in the "
    'Strait of Hormuz on Monday. "This is an act of piracy," Secretary of State Antony Blinken said.\n',
    "shoal.txt": "China accuses Philippines\n\nManila, June 5, 2024 - China's coast guard fired "
    'water cannon at a Philippine boat near Second Thomas Shoal on Wednesday. "We urge the Philippines to '
    'stop its provocations," foreign ministry spokesperson Mao Ning told reporters.\n',
}
SWAP = (
    "Russia and Ukraine exchanged 150 prisoners of war on Tuesday after talks mediated by the United Arab "
    "Emirates. Ukrainian President Volodymyr Zelensky thanked the UAE. Russia attacked Kharkiv with missiles "
    "hours later, killing six people, Ukraine said."
)
DEFENSE = (
    "Japan and South Korea signed an agreement on Thursday to resume high-level defense talks. North Korea "
    "condemned the agreement and threatened retaliation."
)
RECORDS = [
    {"title": "Prisoners swapped", "date": "2024-06-04", "outlet": "Daily Planet", "text": SWAP},
    {"title": "Japan and South Korea agree", "date": "2024-06-06", "outlet": "Daily Planet", "text": DEFENSE},
]
NEW_STORY = (
    "Turkey and Greece agree on talks\n\nTurkey and Greece agreed on Friday to hold talks on the Aegean Sea. "
    "Greek Prime Minister Kyriakos Mitsotakis praised the decision and met President Recep Tayyip Erdogan.\n"
)
NEW_FILES = [*(f"new/new-{name}" for name in STORIES), "extra.jsonl"]
Wait = Callable[[subprocess.Popen, Path], None]
"""Waits for the moment of a kill."""


class Case(NamedTuple):
    """A command as it is run in a place, and the exit codes with which its second run may end."""

    words: list[str]
    good_codes: tuple[int, ...] = (0,)
    output: str = ""  # file that gets its standard output


class Undisturbed(NamedTuple):
    """What a command leaves, how long it takes, and how often files change meanwhile."""

    files: dict[str, str]
    seconds: float
    changes: int


@dataclass
class Outcome:
    """What came of one kill."""

    was_running: bool
    faults: list[str]


# `add` of a file that the killed run had added completely is refused as a copy, which changes nothing.
CASES: dict[str, Case] = {
    "add": Case(["add", *NEW_FILES, "--outlet", "Daily Planet", "--date", "2024-06-07"], good_codes=(0, 2)),
    "annotate": Case(["annotate", "records.jsonl"], output="out/annotated.jsonl"),
    "export": Case(["export", "out/tables.xlsx"]),
    "brief": Case(["brief"]),
}


def main() -> None:
    """Kill as often as the command line says."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name, count in {"add": 80, "annotate": 40, "export": 40, "brief": 40}.items():
        parser.add_argument(f"--{name}", type=int, default=count, metavar="KILLS")
    parser.add_argument("--seed", type=int, default=20)
    options = parser.parse_args()
    counts = {name: getattr(options, name) for name in CASES if getattr(options, name)}
    with tempfile.TemporaryDirectory(prefix="kills-") as room:
        good = [killed_often(name, count, options.seed, Path(room)) for name, count in counts.items()]
    sys.exit(0 if all(good) else 1)


def killed_often(name: str, count: int, seed: int, room: Path, runs: int = UNDISTURBED) -> bool:
    """Kill one command so many times, and print what came of it; True if nothing went wrong.

    Args:
        name: of one of `CASES`.
        count: how often it is killed.
        seed: of the moments.
        room: an empty folder.
        runs: how often it runs undisturbed.
    """
    case, template = CASES[name], room / f"{name}-template"
    make_template(template)
    start(case, fresh(template, room / f"{name}-warm")).wait()  # fills the caches of other programs
    shutil.move(room / f"{name}-warm" / "home", template / "home")
    usual = undisturbed(case, template, room / name, runs)
    draw, outcomes = random.Random(f"{seed} {name}"), []
    for number in range(count):
        place = fresh(template, room / f"{name}-{number}")
        outcomes.append(one_kill(case, place, usual, kill_moment(number, usual, draw)))
        for line in outcomes[-1].faults or ["as undisturbed"]:
            print(f"{name} {number}: {line}", flush=True)
        shutil.rmtree(place)
    running = sum(one.was_running for one in outcomes)
    wrong = sum(bool(one.faults) for one in outcomes)
    print(
        f"{name}: {count} kills, {running} while it ran ({usual.seconds:.1f} s, {usual.changes} changes of "
        f"files); {wrong} went wrong",
        flush=True,
    )
    return not wrong


def make_template(place: Path) -> None:
    """A small corpus with everything that a run needs beside it."""
    for folder in ("seeds", "new", "tmp", "out"):
        (place / folder).mkdir(parents=True)
    shutil.copytree(ROOT / "notebooks", place / "notebooks")
    for name, text in STORIES.items():
        (place / "seeds" / name).write_text(text, encoding="utf-8")
        (place / "new" / f"new-{name}").write_text(f"{text}\n{NEW_STORY}", encoding="utf-8")
    write_lines(place / "seeds" / "records.jsonl", RECORDS)
    write_lines(place / "extra.jsonl", [{"title": "Aegean talks", "text": NEW_STORY}])
    texts = [*STORIES.values(), NEW_STORY, *(row["text"] for row in RECORDS)]
    write_lines(place / "records.jsonl", [{"id": number, "text": text} for number, text in enumerate(texts)])


def write_lines(path: Path, rows: list[dict]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def fresh(template: Path, place: Path) -> Path:
    """A copy of the template to run in; the times of files are kept."""
    shutil.copytree(template, place)
    (place / "home").mkdir(exist_ok=True)
    return place


def start(case: Case, place: Path) -> subprocess.Popen:
    """Start a command in a process group of its own, with its temporary folder and home in the place."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "JUPYTER_"))
    }
    environment |= {MARK: str(place), "TMPDIR": str(place / "tmp"), "HOME": str(place / "home")}
    environment["PYTHONPATH"] = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    with (place / case.output if case.output else Path(os.devnull)).open("wb") as out:
        return subprocess.Popen(
            [*FAULTLINE, *case.words],
            cwd=place,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )


def undisturbed(case: Case, template: Path, stem: Path, count: int) -> Undisturbed:
    """What a command leaves when nobody kills it.

    Raises:
        RuntimeError: it fails, or its runs differ.
    """
    runs = []
    for number in range(count):
        place = fresh(template, stem.with_name(f"{stem.name}-undisturbed-{number}"))
        began, process = time.monotonic(), start(case, place)
        changes = changes_until_end(process, place)
        _, said = process.communicate()
        if process.returncode:
            raise RuntimeError(f"{case.words} failed undisturbed: {said.decode()}")
        runs.append(Undisturbed(files_of(place), time.monotonic() - began, changes))
    if found := differences(runs[0].files, runs[-1].files):
        raise RuntimeError(f"two undisturbed runs of {case.words} differ: {found}")
    return runs[-1]


def changes_until_end(process: subprocess.Popen, place: Path) -> int:
    """How often files were seen to change while a command ran."""
    return sum(1 for _ in changes(process, place))


def changes(process: subprocess.Popen, place: Path) -> Iterator[None]:
    """Once for each change of a file in a place, until a process ends."""
    before = state_of(place)
    while process.poll() is None:
        now = state_of(place)
        if now != before:
            yield
        before = now
        time.sleep(CHANGES_EVERY)


def state_of(place: Path) -> list[tuple]:
    """Name, size and time of everything that a command may change."""
    found = []
    for name in WATCHED:
        for folder, _, files in os.walk(place / name):
            with suppress(FileNotFoundError):
                found.append((folder, os.stat(folder).st_mtime_ns))
            for file in files:
                with suppress(FileNotFoundError):
                    stat = os.stat(os.path.join(folder, file))
                    found.append((folder, file, stat.st_size, stat.st_mtime_ns))
    return found


def kill_moment(
    number: int, usual: Undisturbed, draw: random.Random
) -> Callable[[subprocess.Popen, Path], None]:
    """What waits for the moment of a kill: some seconds, or some change of a file and a little longer."""
    seconds, later = draw.uniform(0, usual.seconds), draw.uniform(0, 0.02)
    change = draw.randint(1, max(1, usual.changes))

    def wait_for_time(process: subprocess.Popen, _: Path) -> None:
        with suppress(subprocess.TimeoutExpired):
            process.wait(seconds)

    def wait_for_change(process: subprocess.Popen, place: Path) -> None:
        for _, _ in zip(range(change), changes(process, place), strict=False):
            pass
        time.sleep(later)

    return wait_for_change if number % 2 == 0 and usual.changes else wait_for_time


def one_kill(case: Case, place: Path, usual: Undisturbed, wait: Wait) -> Outcome:
    """Start, kill, run again, and compare."""
    process = start(case, place)
    wait(process, place)
    was_running = process.poll() is None
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    again = start(case, place)  # at once, while kernels of the killed run may still be there
    _, said = again.communicate()
    faults = [] if again.returncode in case.good_codes else [f"exit code {again.returncode}: {said.decode()}"]
    if b"Traceback" in said:
        faults.append(f"a traceback: {said.decode()}")
    faults += [f"still running: {words}" for words in lasting_processes(place)]
    return Outcome(was_running, faults + differences(usual.files, files_of(place)))


def lasting_processes(place: Path) -> list[str]:
    """The processes of a place that have not ended in time; they are killed."""
    end = time.monotonic() + GRACE_SECONDS
    while (found := processes_of(place)) and time.monotonic() < end:
        time.sleep(0.2)
    for pid in found:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return list(found.values())


def processes_of(place: Path) -> dict[int, str]:
    """The command lines of the processes of a place, by their id."""
    wanted, found = f"{MARK}={place}\0".encode(), {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if wanted in (folder / "environ").read_bytes():
                found[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
    return found


def files_of(place: Path) -> dict[str, str]:
    """A digest of each file and folder in a place; of caches and indexes only the name."""
    found = {}
    for path in sorted(place.rglob("*")):
        name = path.relative_to(place).as_posix()
        is_named = name.startswith(ONLY_NAMED) or name.endswith(ONLY_NAMED)
        found[name] = "" if path.is_dir() or is_named else digest(path)
    return found


def digest(path: Path) -> str:
    """The sha256 of a file; of a manifest without the one thing that differs between two runs."""
    content = path.read_bytes()
    if path.name == "manifest.json":
        content = json.dumps({**json.loads(content), "made_at": ""}).encode()
    return hashlib.sha256(content).hexdigest()


def differences(wanted: dict[str, str], found: dict[str, str]) -> list[str]:
    """What is left behind, what is missing, and what has other bytes."""
    return [
        *(f"left behind: {name}" for name in found if name not in wanted),
        *(f"missing: {name}" for name in wanted if name not in found),
        *(f"other bytes: {name}" for name in wanted if found.get(name, wanted[name]) != wanted[name]),
    ]


if __name__ == "__main__":
    main()
