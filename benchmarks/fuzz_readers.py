"""Coverage-guided fuzzing of the readers: which bytes make one raise, hang or use too much memory?

usage: pip install -r benchmarks/requirements-fuzz.txt
       python benchmarks/fuzz_readers.py [SECONDS] [ENDING ...]

Each ending gets SECONDS (60 by default) in a process of its own, which starts from the samples of the tests
and mutates them towards code that was not reached yet (atheris, libFuzzer). A reader that runs in our own
process must not raise; one in the sandbox may, and its file is rejected. Whatever is found must become a row
or a reason. Prints one line per ending; the exit code is 1 if one failed, and the bytes that did it are in
the folder that is named.
"""

import json
import re
import subprocess
import sys
import tempfile
from contextlib import nullcontext
from pathlib import Path

import atheris

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
LIBRARIES = ["analysis", "striprtf", "feedparser", "markdown_it", "docx", "pypdf", "email"]
SECONDS = 60

with atheris.instrument_imports(include=LIBRARIES) if "--one" in sys.argv else nullcontext():
    from analysis.ingest.corpus import article_rows
    from analysis.ingest.draft import Columns, Draft, Refusal, Source
    from analysis.ingest.file_formats import BY_ENDING, read_source
    from analysis.ingest.sandbox import MEMORY, SECONDS as HANG_SECONDS


def read(content: bytes, ending: str) -> list:
    """What the corpus gets from some bytes."""
    try:
        return list(read_source(Source(content, f"a{ending}"), f"a{ending}"))
    except Exception as error:
        return [Refusal("a", type(error).__name__)]  # as analysis.ingest.sandbox rejects it


def fuzz(ending: str, arguments: list[str]) -> None:
    """Feed one reader until the time is up or something breaks; does not return."""

    def one(content: bytes) -> None:
        found = read(content, ending)
        rows, refusals = article_rows(found)
        drafts = [each for each in found if not isinstance(each, Columns)]
        if len(rows) + len(refusals) != len(drafts) or not all(
            isinstance(each, Draft | Refusal) for each in drafts
        ):
            raise AssertionError(f"{len(drafts)} found, {len(rows)} rows, {len(refusals)} refusals")
        json.dumps(found)

    atheris.Setup([sys.argv[0], *arguments], one)
    atheris.Fuzz()


def run_one(ending: str, seconds: int, samples: Path, scratch: Path) -> bool:
    """Fuzz one ending in a process of its own; True if nothing broke."""
    corpus = scratch / ending[1:]
    corpus.mkdir()
    for path in samples.iterdir():
        if path.suffix == ending:
            (corpus / path.name).write_bytes(path.read_bytes())
    limits = [f"-max_total_time={seconds}", f"-timeout={HANG_SECONDS}", f"-rss_limit_mb={MEMORY // 10**6}"]
    given = [*limits, f"-artifact_prefix={corpus}-", "-print_final_stats=1", str(corpus)]
    command = [sys.executable, __file__, "--one", ending, *given]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", cwd=ROOT)
    runs = re.search(r"number_of_executed_units:\s*(\d+)", done.stderr)
    print(
        f"{ending}: {int(runs[1]) if runs else 0:,} inputs, {'passed' if done.returncode == 0 else 'FAILED'}",
        flush=True,
    )
    if done.returncode:
        print(done.stderr[-3_000:])
    return done.returncode == 0


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        fuzz(sys.argv[2], sys.argv[3:])
    from tests.samples import write_samples

    seconds = int(sys.argv[1]) if sys.argv[1:] else SECONDS
    scratch = Path(tempfile.mkdtemp(prefix="fuzz-"))
    write_samples(scratch / "samples")
    chosen = sys.argv[2:] or list(BY_ENDING)
    passed = [run_one(ending, seconds, scratch / "samples", scratch) for ending in chosen]
    print(f"inputs and failures are in {scratch}")
    sys.exit(not all(passed))


if __name__ == "__main__":
    main()
