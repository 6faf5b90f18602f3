"""Our weekly tension as the rows that a scorer of `annotate` can add up.

    python benchmarks/series_rows.py ITEMS.jsonl [--encoder] > ROWS.jsonl
    python ../shared/bench/score_series.py ITEMS.jsonl --pred ROWS.jsonl

The items have `id`, `date` and `text`. `score_series.py` adds up one act for each item, pair and side; the
indicator is one number for each pair and week. So the first item of each week carries, for each pair, one act
whose intensity is the indicator's value with a minus. Every item has a row.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from pandas import DataFrame

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from analysis.indicators.periods import period_starts  # noqa: E402
from analysis.ingest.corpus import load_corpus  # noqa: E402
from analysis.pipeline.analyse import extract_tables  # noqa: E402
from benchmarks.validation.tension import FORCE_TENSION, WEEK, weekly_tension  # noqa: E402


def tension_of(items: Path) -> DataFrame:
    """Force by pair and week of the items of one file: `Indicators` rows."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / items.name).write_bytes(items.read_bytes())
        articles, _ = load_corpus(Path(folder))
    events = extract_tables(articles)["events"]
    tension = weekly_tension(articles, events)
    return tension[(tension["indicator"] == FORCE_TENSION) & (tension["value"] > 0)]


def rows_of(items: DataFrame, tension: DataFrame) -> list[dict]:
    """A row for each item; the first of each week carries what the week is worth."""
    weeks = period_starts(items["date"].astype("datetime64[ns]"), WEEK)
    by_week = dict(list(tension.groupby("period")))
    first = ~weeks.duplicated()
    return [
        {"id": one, "events": acts_of(by_week[week]) if is_first and week in by_week else []}
        for one, week, is_first in zip(items["id"], weeks, first, strict=True)
    ]


def acts_of(rows: DataFrame) -> list[dict]:
    """One act for each pair, as `annotate` writes it."""
    return [
        {
            "source_country_code": row.dyad[:3],
            "target_country_code": row.dyad[-3:],
            "status": "past",
            "quad": 4,
            "intensity": -row.value,
        }
        for row in rows.itertuples()
    ]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("items", type=Path)
    parser.add_argument("--encoder", action="store_true")
    given = parser.parse_args()
    items = DataFrame(json.loads(line) for line in given.items.read_text(encoding="utf-8").splitlines())
    for row in rows_of(items, tension_of(given.items)):
        print(json.dumps(row))


if __name__ == "__main__":
    main()
