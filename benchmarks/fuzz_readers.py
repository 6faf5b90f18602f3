"""Coverage-guided fuzzing of the readers: what bytes make one raise, hang or eat memory?

usage: pip install -r benchmarks/requirements-fuzz.txt
       python benchmarks/fuzz_readers.py [SECONDS] [SUFFIX ...]

Each format gets SECONDS (60 if left out) in a process of its own, which begins with the samples of the tests
and changes them towards code that was not reached yet (atheris, libFuzzer). A reader that runs in our own
process may raise nothing; one that runs apart may, and is then rejected. What either finds must be rows or
reasons that count up. Prints a line a format; the exit code is 1 if a format failed, and the bytes that did
it lie in the folder that is named.
"""

import io
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
HANG_SECONDS = 60  # as in analysis.ingest.sandbox
MEMORY_MB = 2_000

with atheris.instrument_imports(include=LIBRARIES) if "--one" in sys.argv else nullcontext():
    from analysis.ingest.corpus import article_rows
    from analysis.ingest.draft import Columns, Draft, Refusal
    from analysis.ingest.file_format import Source
    from analysis.ingest.readers import formats_by_ending, read_source


def read(content: bytes, suffix: str) -> list:
    """What a corpus gets to see of some bytes."""
    try:
        return list(read_source(Source(io.BytesIO(content), f"a{suffix}", {}), suffix))
    except Exception as error:
        if not formats_by_ending()[suffix].is_sandboxed:
            raise
        return [Refusal("a", type(error).__name__)]  # as analysis.ingest.sandbox rejects it


def fuzz(suffix: str, arguments: list[str]) -> None:
    """Feed one reader until the time is over or something breaks; does not return."""

    def one(content: bytes) -> None:
        found = read(content, suffix)
        rows, refusals = article_rows(found)
        drafts = [each for each in found if not isinstance(each, Columns)]
        if len(rows) + len(refusals) != len(drafts) or not all(
            isinstance(each, Draft | Refusal) for each in drafts
        ):
            raise AssertionError(f"{len(drafts)} found, {len(rows)} rows, {len(refusals)} refusals")
        json.dumps(found)

    atheris.Setup([sys.argv[0], *arguments], one)
    atheris.Fuzz()


def run_one(suffix: str, seconds: int, samples: Path, scratch: Path) -> bool:
    """Fuzz a format in a process of its own; whether nothing broke."""
    corpus = scratch / suffix[1:]
    corpus.mkdir()
    for path in samples.iterdir():
        if path.suffix == suffix:
            (corpus / path.name).write_bytes(path.read_bytes())
    limits = [f"-max_total_time={seconds}", f"-timeout={HANG_SECONDS}", f"-rss_limit_mb={MEMORY_MB}"]
    given = [*limits, f"-artifact_prefix={corpus}-", "-print_final_stats=1", str(corpus)]
    command = [sys.executable, __file__, "--one", suffix, *given]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", cwd=ROOT)
    runs = re.search(r"number_of_executed_units:\s*(\d+)", done.stderr)
    print(
        f"{suffix}: {int(runs[1]) if runs else 0:,} inputs, {'sound' if done.returncode == 0 else 'BROKEN'}",
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
    chosen = sys.argv[2:] or list(formats_by_ending())
    sound = [run_one(suffix, seconds, scratch / "samples", scratch) for suffix in chosen]
    print(f"kept in {scratch}")
    sys.exit(not all(sound))


if __name__ == "__main__":
    main()
