"""How the time of every pass grows with the text, for more than a hundred texts that repeat one piece.

usage: python -m benchmarks.growth [--size 8000] [--texts] [--all] [NAME ...]

Reads each text of `benchmarks/growth_patterns.csv` at one and at four times a size, each pass on its own, and
prints a Markdown table of the passes that are slowest or grow fastest: seconds of processor time at four
times the size, and the growth (4 is linear, 16 is quadratic). The exit code is 1 if one grows faster than
linear and takes more than a moment. Takes ten minutes. With `--texts` only the passes over the bare text,
without the parse; they are so quick that a larger size is needed: `--texts --size 50000` takes a minute.
"""

import argparse
import gc
import sys
import time
from collections.abc import Callable

import pandas as pd
from spacy.tokens import Doc

from analysis.ingest.dates import dateline
from analysis.ingest.draft import first_line_title
from analysis.ingest.exports import find_export
from analysis.ingest.reprints import story_ids
from analysis.ingest.texts import foreign_language, is_wrapped, normalise_text, unwrapped
from analysis.nlp.actors.mentions import find_actors
from analysis.nlp.attitudes import find_attitudes
from analysis.nlp.events.coder import find_events, read_text
from analysis.nlp.parse.parser import parse
from analysis.nlp.quotes.attribution import find_quotes
from analysis.pipeline.extractors import article_rows
from benchmarks.growth_patterns import PATTERNS, repeated
from benchmarks.validation.risk_words import gpr_matches, paragraphs_of, tension_in

TIMES = 4
LINEAR = 6.5  # growth from which a pass counts as faster than linear; short times vary
MOMENT = 0.1  # seconds below which growth is not judged
LISTED = 40  # rows
DAY = pd.Timestamp("2024-04-20")

TEXT_PASSES: dict[str, Callable[[str], object]] = {
    "normalise_text": normalise_text,
    "foreign_language": foreign_language,
    "dateline": dateline,
    "first_line_title": first_line_title,
    "find_export": lambda text: find_export(text, "a"),
    "unwrapped": lambda text: (is_wrapped(text), unwrapped(text)),
    "story_ids": lambda text: story_ids([("a", DAY, text), ("b", DAY, text + " More.")]),
    "gpr_matches": lambda text: gpr_matches(story(text)),
    "tension_in": lambda text: tension_in(paragraphs_of(story(text))),
}
DOC_PASSES: dict[str, Callable[[Doc], object]] = {
    "article_rows": lambda doc: article_rows("a", doc),
    "find_attitudes": lambda doc: attitudes(doc),
}


def story(text: str) -> pd.DataFrame:
    return pd.DataFrame({"article_id": ["a"], "title": ["A title"], "text": [text]})


def attitudes(doc: Doc) -> list:
    mentions = find_actors(doc)
    quotes = list(find_quotes(doc, mentions))
    read = read_text(doc, mentions, quotes)
    return find_attitudes(read, mentions, quotes, find_events(read))


def seconds(act: Callable[[], object]) -> float:
    start = time.process_time()
    act()
    return time.process_time() - start


def text_times(text: str) -> dict[str, float]:
    """Seconds of one core for each pass over the bare text."""
    return {name: seconds(lambda run=run: run(text)) for name, run in TEXT_PASSES.items()}


def times(text: str) -> dict[str, float]:
    """Seconds of one core for each pass."""
    found = text_times(text)
    docs: list[Doc] = []
    found["parse"] = seconds(lambda: docs.extend(parse([text])))
    for name, run in DOC_PASSES.items():
        (doc,) = [docs[0].copy()]  # what one pass has kept of a Doc does not help the next
        found[name] = seconds(lambda run=run, doc=doc: run(doc))
    return found


def growth_rows(
    names: list[str], size: int, measure: Callable[[str], dict[str, float]]
) -> list[tuple[float, float, str, str]]:
    """Growth, seconds at the larger size, pattern and pass, for each of both."""
    rows = []
    for number, name in enumerate(names, 1):
        small, large = (measure(repeated(PATTERNS[name], count)) for count in (size, TIMES * size))
        rows += [(large[step] / max(small[step], 1e-4), large[step], name, step) for step in large]
        print(f"{number} of {len(names)}: {name}", file=sys.stderr, flush=True)
    return rows


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*")
    parser.add_argument("--size", type=int, default=8_000, help="characters of the smaller text")
    parser.add_argument("--texts", action="store_true", help="only the passes over the bare text")
    parser.add_argument("--all", action="store_true", help="list every row")
    options = parser.parse_args()
    times("China attacked Iran, officials said.")  # loads models and lists
    gc.disable()  # it would stop now and then in the middle of a pass
    measure = text_times if options.texts else times
    rows = growth_rows(options.names or list(PATTERNS), options.size, measure)
    judged = sorted((row for row in rows if row[1] >= MOMENT), reverse=True)
    print(f"| text | pass | seconds at {TIMES * options.size:,} characters | growth |\n|---|---|---|---|")
    for growth, taken, name, step in judged if options.all else judged[:LISTED]:
        print(f"| {name} | {step} | {taken:.2f} | {growth:.1f} |")
    sys.exit(any(growth > LINEAR for growth, *_ in judged))


if __name__ == "__main__":
    main()
