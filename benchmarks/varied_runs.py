"""Do the same articles give the same bytes however they are read?

    python -m benchmarks.varied_runs [--runs 10] [--whole 2] [--every 3] [--seed 20]

Runs `annotate`, `brief` and `export` on some of our own articles (`benchmarks/own_articles.jsonl`), so many
that two processes share them. Each run is in a fresh folder, with another order of files on disk, other
file times, hash seed, locale, time zone, umask, number of cores and threads, and a store that is empty or has
some of the articles already, so that the rest falls to other processes. The first `--whole` runs include all
notebooks, the others the front page alone. Prints a line per run, with a digest of all it wrote; the exit
code is 1 if a byte differs that is not the time in `manifest.json`.
"""

import argparse
import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from benchmarks.kills import ROOT, digest

ARTICLES = ROOT / "benchmarks" / "own_articles.jsonl"
FAULTLINE = [sys.executable, "-m", "analysis.cli"]
LOCALES = ("C", "C.UTF-8", "POSIX", "tr_TR.UTF-8", "de_DE.UTF-8")
ZONES = ("UTC", "Pacific/Kiritimati", "America/Adak", "Asia/Kathmandu", "Africa/Lagos", "America/Sao_Paulo")
EVERY = 3  # of the articles, about 190,000 characters: more than one process reads alone
FILES = 12  # they are spread over so many


class Way(NamedTuple):
    """How a run is made."""

    number: int
    environment: dict[str, str]
    umask: int
    cores: int
    stored_files: int  # read before the run

    def __str__(self) -> str:
        names = " ".join(f"{name}={value}" for name, value in self.environment.items())
        rest = f"umask {self.umask:o}, {self.cores} cores, {self.stored_files} files stored"
        return f"run {self.number}: {names}, {rest}"


def main() -> None:
    """Run as often as the command line says."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--whole", type=int, default=2, help="how many run the notebooks too")
    parser.add_argument("--every", type=int, default=EVERY, help="how many of our articles there are to one")
    parser.add_argument("--seed", type=int, default=20)
    options = parser.parse_args()
    draw, wanted, differing = random.Random(options.seed), {}, 0
    with tempfile.TemporaryDirectory(prefix="varied-") as room:
        for number in range(options.runs):
            way = drawn_way(number, draw)
            place = Path(room) / str(number)
            write_articles(place, options.every, draw)
            found = outputs(way, place, draw, is_whole=number < options.whole)
            wrong = [name for name, one in found.items() if wanted.setdefault(name, one) != one]
            differing += bool(wrong)
            said = ", ".join(wrong) or f"{len(found)} files, the same bytes"
            print(f"{way}: {said}, {summary(found)}", flush=True)
    sys.exit(1 if differing else 0)


def summary(found: dict[str, str]) -> str:
    """A digest of digests."""
    return hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()[:16]


def drawn_way(number: int, draw: random.Random) -> Way:
    """A way to run that no other run has."""
    environment = {
        "PYTHONHASHSEED": str(draw.randrange(2**32)),
        "LC_ALL": draw.choice(LOCALES),
        "TZ": draw.choice(zones_of_this_day()),
        "OMP_NUM_THREADS": str(1 + number % 2),
    }
    cores = 1 + draw.randrange(len(os.sched_getaffinity(0)))
    return Way(number, environment, draw.choice((0o022, 0o077)), cores, draw.choice((0, 0, 3, 7)))


def zones_of_this_day() -> list[str]:
    """Those where it is the day that it is in UTC: a front page says on which day it was made."""
    now = datetime.now(UTC)
    return [zone for zone in ZONES if now.astimezone(ZoneInfo(zone)).date() == now.date()]


def outputs(way: Way, place: Path, draw: random.Random, *, is_whole: bool) -> dict[str, str]:
    """A digest of every file that a run writes, by its name and by whether the notebooks were run."""
    if way.stored_files:
        part = place / "part"
        part.mkdir()
        for path in draw.sample(sorted((place / "seeds").iterdir()), way.stored_files):
            shutil.copy(path, part)
        faultline(way, place, "search", "China", "--seeds", "part")
    faultline(way, place, "brief", *([] if is_whole else ["--front-only"]))
    faultline(way, place, "export", "tables.jsonl")
    with (place / "annotated.jsonl").open("wb") as out:
        faultline(way, place, "annotate", "records.jsonl", out=out)
    kind = "whole" if is_whole else "front"
    written = sorted(path for path in (place / "briefings").rglob("*") if path.is_file())
    pages = {f"{kind}/{path.name}": digest(path) for path in written}
    return pages | {name: digest(place / name) for name in ("annotated.jsonl", "tables.jsonl")}


def write_articles(place: Path, every: int, draw: random.Random) -> None:
    """The articles in a few files, written in a random order, with random times."""
    (place / "seeds").mkdir(parents=True)
    shutil.copytree(ROOT / "notebooks", place / "notebooks")
    lines = ARTICLES.read_text(encoding="utf-8").splitlines(keepends=True)[::every]
    for number in draw.sample(range(FILES), FILES):
        path = place / "seeds" / f"part-{number:02}.jsonl"
        path.write_text("".join(lines[number::FILES]), encoding="utf-8")
        os.utime(path, (draw.randrange(2**30),) * 2)
    records = [{"id": number, **json.loads(line)} for number, line in enumerate(lines)]
    text = "".join(f"{json.dumps(record)}\n" for record in records)
    (place / "records.jsonl").write_text(text, encoding="utf-8")


def faultline(way: Way, place: Path, *words: str, out: object = subprocess.DEVNULL) -> None:
    """Run a command in a way."""

    def set_way() -> None:
        os.umask(way.umask)
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: way.cores])

    environment = {**os.environ, **way.environment, "PYTHONPATH": str(ROOT)}
    command = [*FAULTLINE, *words]
    subprocess.run(
        command,
        cwd=place,
        env=environment,
        stdout=out,
        stderr=subprocess.DEVNULL,
        check=True,
        preexec_fn=set_way,
    )


if __name__ == "__main__":
    main()
