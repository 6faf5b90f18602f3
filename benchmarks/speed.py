"""How fast Faultline is, how much memory it takes, and how fast its peers are on the same text.

usage: python -m venv peers && peers/bin/pip install -r benchmarks/requirements-peers.txt
       python benchmarks/speed.py CORPORA --peers peers/bin/python [--only NAME ...]

CORPORA has state_2021_2022.jsonl, wikinews_2019_2020.jsonl and current_events_2025.jsonl. Writes the section
`speed` of `benchmarks/results.json`: the load of the machine before and after, and for each measure its unit,
median, number of runs, and ratio to another of the same section. Things that are compared run in turn. Wall
time misleads if another program used the machine, so processor time, with that of children, is beside it.
"""

import argparse
import compileall
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from statistics import median

import psutil

ROOT = Path(__file__).parent.parent
RESULTS = ROOT / "benchmarks" / "results.json"
ROUNDS = 3
STARTS = 9
WORDS = 120_000  # read by each run, so that the two seconds to start a process hardly matter
SHORT = (10_000, 100_000)  # articles that are streamed
SIZES = (1_000, 10_000, 100_000)  # short articles that a briefing is made of
SHIFT = timedelta(days=364)  # between an item and its copy, where a corpus needs more items than there are
CORPUS = 1_000  # articles, one of them new
NEW = 10  # releases added later
POLL_SECONDS = 0.5
ROUNDS_OF_DASK = 2
WORDS_OF_DASK = 480_000  # so that the wait for the last chunk hardly matters
CLI = [sys.executable, "-m", "analysis.cli"]


class Clock:
    """Seconds of each run by name: on the wall, and of all processors."""

    def __init__(self) -> None:
        self.wall: dict[str, list[float]] = {}
        self.cpu: dict[str, list[float]] = {}

    def run(self, name: str, task: Callable[[], object]) -> None:
        before, start = processor_seconds(), time.perf_counter()
        task()
        self.wall.setdefault(name, []).append(time.perf_counter() - start)
        self.cpu.setdefault(name, []).append(processor_seconds() - before)

    def lines(self, unit: str, size: float, ratios: dict[str, str]) -> Iterator[dict]:
        """A rate per name, `size` over its median seconds, with its ratio to the name it is compared with."""
        for name, seconds in self.wall.items():
            line = {
                "what": name,
                "unit": unit,
                "median": round(size / median(seconds), 1),
                "of_runs": len(seconds),
                "per_processor_second": round(size / median(self.cpu[name]), 1),
            }
            if name in ratios:
                base = ratios[name]
                line["compared_with"] = base
                line["ratio"] = round(median(self.wall[base]) / median(seconds), 3)
                line["ratio_of_processor_time"] = round(median(self.cpu[base]) / median(self.cpu[name]), 3)
            yield line


def processor_seconds() -> float:
    """Of this process and of its finished children."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def texts_of(corpora: Path, name: str) -> list[str]:
    lines = (corpora / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines]


def sample(corpora: Path, most: int = WORDS) -> list[str]:
    """Articles of both long corpora in turn, up to some number of words."""
    chosen, words = [], 0
    state, wiki = (texts_of(corpora, f"{name}.jsonl") for name in ("state_2021_2022", "wikinews_2019_2020"))
    for pair in zip(state, wiki, strict=False):
        chosen += pair
        words += sum(len(text.split()) for text in pair)
        if words >= most:
            break
    return chosen


def drain(rows: Iterable) -> None:
    for _ in rows:
        pass


def reading(corpora: Path) -> Iterator[dict]:
    """Words a second of the bare parse and of everything, in one process and two."""
    from analysis.nlp.parse.model import installed_model
    from analysis.nlp.parse.reader import read_once
    from analysis.pipeline.annotate import annotate, annotated_stream

    bare = __import__(installed_model()).load()
    texts = sample(corpora)
    lines = [json.dumps({"id": n, "text": text}).encode() for n, text in enumerate(texts)]
    parallel = partial(annotated_stream, lines, parallel_bytes=0)  # from the first line, as `nlp.pipe` does
    tasks = {
        "bare spaCy, 1 process": lambda: bare.pipe(texts),
        "bare spaCy, 2 processes": lambda: bare.pipe(texts, n_process=2, batch_size=16),
        "everything, 1 process": lambda: annotate(map(json.loads, lines)),
        "everything, 2 processes": parallel,
    }
    drain(bare.pipe(texts[:2]))
    drain(annotate([json.loads(lines[0])]))
    clock = Clock()
    for _ in range(ROUNDS):
        for name, task in tasks.items():
            read_once.cache_clear()  # else later rounds, and the processes of this one, would find answers
            clock.run(name, lambda task=task: drain(task()))
    bases = {name: f"bare spaCy, {name.rpartition(', ')[2]}" for name in tasks if "bare" not in name}
    bases["bare spaCy, 2 processes"] = "bare spaCy, 1 process"
    yield from clock.lines("words/s", sum(len(text.split()) for text in texts), bases)


def dask(corpora: Path) -> Iterator[dict]:
    """Words a second of one and two Dask workers in turn, started and warm before the clock runs.

    They have the settings that docs/scaling.md recommends.
    """
    from dask import config
    from distributed import LocalCluster

    from analysis.pipeline.annotate import annotated_stream
    from analysis.pipeline.dask_workers import pool_on

    texts = sample(corpora, WORDS_OF_DASK)
    lines = [json.dumps({"id": n, "text": text}).encode() for n, text in enumerate(texts)]
    clock = Clock()
    config.set({"distributed.worker.profile.enabled": False, "distributed.admin.tick.interval": "1s"})
    for _ in range(ROUNDS_OF_DASK):
        for count in (1, 2):  # in turn, since the speed of the machine drifts
            with (
                LocalCluster(
                    n_workers=count, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
                ) as made,
                pool_on(made.scheduler_address) as pool,
            ):
                made.wait_for_workers(count)
                drain(annotated_stream(lines, pool=pool))
                name = f"everything, {count} Dask worker{'s' * (count > 1)}"
                for _ in range(2):
                    clock.run(name, lambda p=pool: drain(annotated_stream(lines, pool=p)))
    words = sum(len(text.split()) for text in texts)
    for line in clock.lines("words/s", words, {"everything, 2 Dask workers": "everything, 1 Dask worker"}):
        del line["per_processor_second"]  # the time of the workers cannot be measured from here
        line.pop("ratio_of_processor_time", None)
        yield line


def rerun(corpora: Path) -> Iterator[dict]:
    """Seconds from the start of a process to all tables of a folder of articles, one of them new."""
    code = (
        "import sys, time\nfrom analysis.ingest.corpus import load_corpus\n"
        "from analysis.pipeline.analyse import analyse\n"
        "articles, _ = load_corpus(sys.argv[1])\nanalyse(articles, store=sys.argv[2])\n"
        "print(time.clock_gettime(time.CLOCK_MONOTONIC), flush=True)"
    )
    texts, taken = texts_of(corpora, "current_events_2025.jsonl"), {}
    with tempfile.TemporaryDirectory() as scratch:
        folder, store = Path(scratch, "seeds"), Path(scratch, "store")
        folder.mkdir()
        for n in range(CORPUS):
            (folder / f"{n:05}.txt").write_text(texts[n], encoding="utf-8")
        command = [sys.executable, "-c", code, str(folder), str(store)]
        for n in range(CORPUS, CORPUS + ROUNDS + 1):
            state = "1 of them new" if n > CORPUS else "empty store"
            start = time.clock_gettime(time.CLOCK_MONOTONIC)
            printed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
            taken.setdefault(f"{CORPUS:,} short articles to tables, {state}", []).append(
                float(printed) - start
            )
            (folder / f"{n:05}.txt").write_text(texts[n], encoding="utf-8")
    for name, found in taken.items():
        yield {"what": name, "unit": "s", "median": round(median(found), 3), "of_runs": len(found)}


def briefing(corpora: Path) -> Iterator[dict]:
    """Seconds from a file of 2,025 releases to their briefing by stage, and again with ten new releases."""
    code = (
        "import sys, time\nfrom analysis.ingest.corpus import load_corpus\n"
        "from analysis.pipeline.analyse import analyse\n"
        "start = time.perf_counter()\narticles, _ = load_corpus(sys.argv[1])\nread = time.perf_counter()\n"
        "analyse(articles, store=sys.argv[2])\nprint(read - start, time.perf_counter() - read, len(articles))"
    )
    releases = (corpora / "state_2021_2022.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    with tempfile.TemporaryDirectory() as scratch:
        folder, store, out = (Path(scratch, name) for name in ("seeds", "store", "briefings"))
        folder.mkdir()
        for lines, what in ((releases[:-NEW], "all new"), (releases, f"{NEW} new")):
            (folder / "state.jsonl").write_text("".join(lines), encoding="utf-8")
            command = [sys.executable, "-c", code, str(folder), str(store)]
            printed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
            *stages, count = map(float, printed.split())
            start = time.perf_counter()
            given = ["--seeds", str(folder), "--store", str(store), "--out", str(out)]
            peak = peak_memory([*CLI, "brief", *given])
            stages.append(time.perf_counter() - start)
            names = ("file to articles", "articles to tables, stored", "brief from the store")
            for name, taken in zip(names, stages, strict=True):
                line = {"what": f"{count:,.0f} releases, {what}: {name}", "unit": "s"}
                yield {**line, "median": round(taken, 1), "of_runs": 1}
            what = f"{count:,.0f} releases, {what}: peak memory of brief and its kernels"
            yield {"what": what, "unit": "MB", "median": round(peak / 1e6), "of_runs": 1}


def pages(_: Path) -> Iterator[dict]:
    """Seconds of `faultline brief` on the first article: nothing read yet, and its readings kept."""
    clock = Clock()
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as scratch:
            command = [*CLI, "brief", "--out", f"{scratch}/out", "--store", f"{scratch}/store"]
            for state in ("nothing read", "readings kept"):
                clock.run(f"brief of the first article, {state}", partial(quietly, command))
    yield from seconds(clock)


def notebooks(_: Path) -> Iterator[dict]:
    """Seconds of a Run All of each notebook on the first article, from the start of a kernel of its own."""
    import nbformat
    from nbclient import NotebookClient

    from analysis.briefing.notebooks import KERNEL_ARGUMENTS

    clock = Clock()
    os.environ["PYTHONPATH"] = str(ROOT)
    for path in sorted((ROOT / "notebooks").glob("[0-9]*.ipynb")):
        for _ in range(ROUNDS + 1):  # the first may read the article
            notebook = nbformat.read(path, as_version=4)
            resources = {"metadata": {"path": str(path.parent)}}
            given = {"kernel_name": "python3", "resources": resources, "extra_arguments": KERNEL_ARGUMENTS}
            client = NotebookClient(notebook, **given)
            clock.run(f"Run All of {path.stem}", client.execute)
    yield from seconds(clock)


def large(corpora: Path) -> Iterator[dict]:
    """Briefings of many short articles, already read: seconds, memory of all processes, largest page."""
    for size in SIZES:
        with tempfile.TemporaryDirectory() as scratch:
            folder, out = Path(scratch, "seeds"), Path(scratch, "out")
            folder.mkdir()
            (folder / "items.jsonl").write_text("".join(short_articles(corpora, size)), encoding="utf-8")
            brief = [*CLI, "brief", "--seeds", str(folder), "--store", f"{scratch}/store"]
            quietly([*brief, "--front-only", "--out", f"{scratch}/first"])
            before, start = processor_seconds(), time.perf_counter()
            peak = peak_memory([*brief, "--out", str(out)])
            taken, used = time.perf_counter() - start, processor_seconds() - before
            page = max(out.rglob("*.html"), key=lambda path: path.stat().st_size)
            yield {
                "what": f"brief of {size:,} short articles, already read",
                "unit": "s",
                "median": round(taken, 1),
                "of_runs": 1,
                "processor": round(used, 1),
                "peak_mb": round(peak / 1e6),
                "largest_page": page.name,
                "largest_page_mb": round(page.stat().st_size / 1e6, 2),
            }


def short_articles(corpora: Path, size: int) -> Iterator[str]:
    """Lines of JSON, one for each item; where items run out, they are repeated with dates a year earlier."""
    items = (corpora / "current_events_2025.jsonl").read_text(encoding="utf-8").splitlines()
    for number in range(size):
        times, place = divmod(number, len(items))
        item = json.loads(items[place])
        day = date.fromisoformat(item["date"]) - times * SHIFT
        again = f" ({times})" if times else ""
        changed = {"id": f"{number:06}", "date": f"{day}", "text": item["text"] + again}
        yield json.dumps({**item, **changed, "url": item["url"] + again.strip()}) + "\n"


def quietly(command: list[str]) -> None:
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def starts(_: Path) -> Iterator[dict]:
    """Seconds to import the package and to print the help."""
    clock = Clock()
    for _ in range(STARTS):
        for name, command in (
            ("python, nothing imported", [sys.executable, "-c", ""]),
            ("import analysis", [sys.executable, "-c", "import analysis"]),
            ("faultline --help", [str(Path(sys.executable).with_name("faultline")), "--help"]),
        ):
            clock.run(
                name, lambda c=command: subprocess.run(c, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
            )
    yield from seconds(clock)


def seconds(clock: Clock) -> Iterator[dict]:
    for name, taken in clock.wall.items():
        used = round(median(clock.cpu[name]), 3)
        yield {
            "what": name,
            "unit": "s",
            "median": round(median(taken), 3),
            "of_runs": len(taken),
            "processor": used,
        }


def memory(corpora: Path) -> Iterator[dict]:
    """Peak memory of `faultline annotate` and its processes while it reads a stream of short articles."""
    texts = texts_of(corpora, "current_events_2025.jsonl")
    peaks = []
    for count in SHORT:
        records = ({"id": n, "text": f"{texts[n % len(texts)]} ({n})"} for n in range(count))
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
            file.writelines(json.dumps(record) + "\n" for record in records)
            file.flush()
            start = time.perf_counter()
            peaks.append(peak_memory([*CLI, "annotate", file.name]))
            took = time.perf_counter() - start
        yield {
            "what": f"memory of annotate, {count:,} short articles",
            "unit": "MB",
            "median": round(peaks[-1] / 1e6),
            "of_runs": 1,
            "seconds": round(took),
            **(
                {"ratio": round(peaks[-1] / peaks[0], 3), "compared_with": f"{SHORT[0]:,}"}
                if peaks[1:]
                else {}
            ),
        }


def peak_memory(command: list[str]) -> int:
    """Peak memory of a command and its children in bytes, shared pages counted once."""
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    root, peak = psutil.Process(child.pid), 0
    while child.poll() is None:
        peak = max(peak, tree_memory(root))
        time.sleep(POLL_SECONDS)
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command)
    return peak


def tree_memory(root: psutil.Process) -> int:
    total = 0
    try:
        for process in [root, *root.children(recursive=True)]:
            total += process.memory_full_info().pss
    except psutil.NoSuchProcess:  # it has just ended: the next look sees the others
        pass
    return total


def peers(corpora: Path, python: str) -> Iterator[dict]:
    """Words a second of processor time of other programs on one core, in an environment of their own."""
    script = ROOT / "benchmarks" / "quotes_peers.py"
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(sample(corpora), file)
        file.flush()
        run = subprocess.run(
            [python, str(script), "--texts", file.name], check=True, capture_output=True, text=True
        )
    rates = json.loads(run.stdout)
    for name, found in rates.items():
        yield {
            "what": f"{name}, 1 process",
            "unit": "words per processor second",
            "median": round(found["median"], 1),
            "of_runs": found["of_runs"],
            "compared_with": "bare spaCy",
            "ratio": round(found["median"] / rates["bare spaCy"]["median"], 3),
        }


MEASURES: dict[str, Callable[[Path], Iterator[dict]]] = {
    "starts": starts,
    "pages": pages,
    "notebooks": notebooks,
    "large": large,
    "rerun": rerun,
    "reading": reading,
    "dask": dask,
    "memory": memory,
    "briefing": briefing,
}


@contextmanager
def section() -> Iterator[dict]:
    """The section `speed` of the results; changes to it are written back, the rest stays."""
    results = json.loads(RESULTS.read_text(encoding="utf-8"))
    found = results.setdefault("speed", {})
    yield found
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--peers", default="", help="python of the environment of the peers")
    parser.add_argument("--only", choices=[*MEASURES, "peers"], nargs="+")
    given = parser.parse_args()
    compileall.compile_dir(ROOT / "analysis", quiet=1)  # as `make` does, and any first run
    measures = dict(MEASURES)
    if given.peers:
        measures["peers"] = lambda corpora: peers(corpora, given.peers)
    for name, measure in measures.items():
        if given.only and name not in given.only:
            continue
        before = os.getloadavg()[0]
        lines = list(measure(given.corpora.resolve()))
        load = {"before": round(before, 2), "after": round(os.getloadavg()[0], 2)}
        with section() as found:
            found[name] = {"date": f"{date.today():%Y-%m-%d}", "load": load, "lines": lines}
        for line in lines:
            print(name, json.dumps(line))


if __name__ == "__main__":
    main()
