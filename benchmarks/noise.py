"""How often the indicators see something in noise, on corpora whose events are read here.

usage: python -m benchmarks.noise FOLDER [--shuffles N]

Each `.jsonl` file of the folder is a corpus of its own. Prints, for each: spikes a year and the share of
series with a change point when the dates of the stories are shuffled (1 and 5% at most), and how often the
difference of two random halves is inside its 95% interval (.93 to .97), from 10 stories and from 4. Takes
minutes, most of them to read the articles without the encoder.
"""

import argparse
import shutil
import tempfile
from pathlib import Path

from pandas import DataFrame

from analysis.indicators.dyads import CONFLICT, dyad_indicators
from analysis.indicators.spikes import pair_spikes
from analysis.ingest.corpus import load_corpus
from analysis.pipeline.analyse import extract_tables
from benchmarks.validation.change_points import change_points
from benchmarks.validation.noise import halves_inside, shuffled_change_points, shuffled_spikes


def read(path: Path) -> tuple[DataFrame, DataFrame]:
    """The articles of one file and their events, by the rules alone."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(path, folder)
        articles, _ = load_corpus(Path(folder))
    return articles, extract_tables(articles)["events"]


def report(articles: DataFrame, events: DataFrame, shuffles: int) -> None:
    """Print what chance gives, what the halves give, and what is found in the true dates."""
    spikes, points = (
        of(articles, events, shuffles=shuffles) for of in (shuffled_spikes, shuffled_change_points)
    )
    print(f"shuffled dates: {spikes.found_count / spikes.searched:.2f} spikes a year ({shuffles} shuffles)")
    if points.searched:
        share = points.found_count / points.searched
        print(f"shuffled dates: {share:.1%} of {points.searched} series have a change point")
    for least in (10, 4):
        for row in halves_inside(articles, events, minimum_stories=least):
            share = row.inside_count / row.comparison_count
            print(f"halves, {least} stories: {row.indicator} {share:.3f} inside, of {row.comparison_count}")
    weekly = dyad_indicators(articles, events, period="week")
    print(change_points(weekly[weekly["indicator"] == CONFLICT]).to_string(index=False))
    print(pair_spikes(articles, events).drop(columns="event_ids").to_string(index=False))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--shuffles", type=int, default=30)
    arguments = parser.parse_args()
    for path in sorted(arguments.folder.glob("*.jsonl")):
        print(f"\n{path.name}")
        report(*read(path), arguments.shuffles)


if __name__ == "__main__":
    main()
