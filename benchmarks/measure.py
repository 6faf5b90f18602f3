"""Measure accuracy on the public sets, and speed, into `benchmarks/results.json`.

    python benchmarks/measure.py ../shared [--only results | --only articles]
    python -m benchmarks.publish   # then: what notebook 04 and the briefings show of it

The folder has `bench/scoreboard.py`, `gold/` and `corpora/`. `--only articles` measures whole articles alone,
in a minute or two. Speeds are words per second on one
core, and as a ratio to the bare parse in the same run, since the speed of the machine varies.
"""

import argparse
import json
import platform
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import date
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parent.parent
RESULTS = ROOT / "benchmarks" / "results.json"
PACKAGES = ("faultline", "spacy", "textblob", "onnxruntime", "scikit-learn", "pandas")
SPEED_ARTICLES = 60
ROUNDS = 3


def scores(shared: Path) -> dict:
    """The figures of the scoreboard, and F1 per root and per section."""
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        command = [sys.executable, str(shared / "bench" / "scoreboard.py"), "--json", out.name]
        annotate = f"{sys.executable} -m analysis.cli annotate"
        run = subprocess.run(
            [*command, "--annotate", annotate], cwd=ROOT, capture_output=True, text=True, check=True
        )
        print(run.stdout)
        figures = {key: rounded(value) for key, value in json.loads(Path(out.name).read_text()).items()}
    return {**figures, "per_root": classes(run.stdout, "root"), "per_section": classes(run.stdout, "topics")}


def rounded(value: object) -> object:
    if isinstance(value, dict):
        return {key: rounded(part) for key, part in value.items()}
    if isinstance(value, list):
        return [rounded(part) for part in value]
    return round(value, 4) if isinstance(value, float) else value


def classes(printed: str, measure: str) -> dict[str, int]:
    """F1 in percent of each class, from the line below that of a measure."""
    lines = printed.splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith(measure))
    return {
        name.strip(): int(f1)
        for name, f1 in re.findall(r"([A-Za-z][A-Za-z ]*?) (\d+)(?=  |$)", lines[at + 1])
    }


def speeds(shared: Path) -> dict:
    """Words per second of the bare parse and of each stage added to it: medians over rounds run in turn."""
    from analysis.nlp.actors.mentions import find_actors
    from analysis.nlp.parse.parser import load_language
    from analysis.nlp.parse.reader import read_once
    from analysis.nlp.quotes.attribution import find_quotes
    from analysis.pipeline.annotate import annotate

    lines = (shared / "gold" / "polnear_dev.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines][:SPEED_ARTICLES]
    records = [{"id": n, "text": text} for n, text in enumerate(texts)]
    nlp = load_language()
    stages: dict[str, Callable[[], Iterable]] = {
        "parse": lambda: nlp.pipe(texts, batch_size=64),
        "parse_and_quotes": lambda: (
            list(find_quotes(d, find_actors(d))) for d in nlp.pipe(texts, batch_size=64)
        ),
        "annotate": lambda: annotate(records),
    }
    words = sum(len(text.split()) for text in texts)
    taken: dict[str, list[float]] = {name: [] for name in stages}
    for _ in range(ROUNDS):
        for name, stage in stages.items():
            read_once.cache_clear()  # else later rounds would find the answers of the first
            start = time.perf_counter()
            for _row in stage():
                pass
            taken[name].append(time.perf_counter() - start)
    median = {name: sorted(seconds)[ROUNDS // 2] for name, seconds in taken.items()}
    return {
        name: {
            "words_per_second": round(words / seconds),
            "of_bare_parse": round(median["parse"] / seconds, 3),
        }
        for name, seconds in median.items()
    }


def write_results(shared: Path) -> None:
    before = json.loads(RESULTS.read_text(encoding="utf-8"))
    results = {
        "date": f"{date.today():%Y-%m-%d}",
        "python": platform.python_version(),
        "versions": {name: version(name) for name in PACKAGES},
        "speed_one_core": {"date": f"{date.today():%Y-%m-%d}", **speeds(shared)},
        "scores": scores(shared),
        **{name: before[name] for name in ("speed",) if name in before},  # of benchmarks/speed.py
    }
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    print(RESULTS)


def write_article_rates(shared: Path) -> None:
    """Whole articles, with intervals, added to what is already measured."""
    from article_rates import article_rates

    results = json.loads(RESULTS.read_text(encoding="utf-8"))
    results["scores"] |= {name: rounded(figure) for name, figure in article_rates(shared).items()}
    results["articles_date"] = f"{date.today():%Y-%m-%d}"
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    print(RESULTS)


WRITERS = {"results": write_results, "articles": write_article_rates}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shared", type=Path)
    parser.add_argument("--only", choices=WRITERS)
    given = parser.parse_args()
    for name, write in WRITERS.items():
        if given.only in (None, name):
            write(given.shared.resolve())


if __name__ == "__main__":
    main()
