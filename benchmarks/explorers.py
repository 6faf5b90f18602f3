"""How quickly an explorer responds, on 1,000 and 10,000 articles.

usage: python benchmarks/explorers.py FOLDER

Reads the first 500 articles of a folder, copies their rows under new ids, and prints a Markdown table:
seconds of one core for each kind of change, from the control to all panes with the picture, without the work
of the browser. Takes three minutes on news items of 200 characters, ten on whole articles.
"""

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pandas as pd

from analysis.findings.period_inputs import PeriodInputs
from analysis.ingest.corpus import load_corpus
from analysis.pipeline.analyse import EXTRACTED, Tables, analyse
from analysis.pipeline.reporting_period import reporting_period
from analysis.search.corpus_index import CorpusIndex
from analysis.workbench.explorers import Explorer
from analysis.workbench.selection import BARS

READ = 500
SIZES = (1_000, 10_000)
SPAN_DAYS = 91  # from a copy to the next
VALUES = 5  # of each filter
SEARCHED = ("tanker", "president", "sanction*", "talks OR attack", "the")


def copied(tables: Tables, count: int) -> Tables:
    """The same rows under new ids, until there are `count` articles."""
    times = -(-count // len(tables.articles))
    ids = {
        name: pd.concat([renamed(getattr(tables, name), n) for n in range(times)], ignore_index=True)
        for name in ("articles", *EXTRACTED)
    }
    kept = ids["articles"].head(count)
    return replace(
        tables,
        **{name: table[table["article_id"].isin(kept["article_id"])] for name, table in ids.items()},
    )


def renamed(table: pd.DataFrame, number: int) -> pd.DataFrame:
    """The same table for other articles: every id that has that of an article begins with a number."""
    ids = {
        name: f"{number:04x}" + table[name].str[4:]
        for name in ("article_id", "story_id", "sentence_id", "quote_id", "stance_id", "event_id")
        if name in table
    }
    return table.assign(**ids)


def changes(explorer: Explorer) -> Iterator[tuple[str, Callable[[], None]]]:
    """Each kind of change, and the actions that make it."""
    days = explorer.findings.rows["date"].dropna()
    for name, control in explorer.controls.items():
        if name in ("since", "until"):
            values = [days.min().date() + timedelta(days=n) for n in range(VALUES)]
        elif name == "country":
            values = control.options[:VALUES]
        elif name == "search":
            values = SEARCHED
        elif name in ("within", "least_stories"):
            continue
        else:
            values = [key for _, key in control.options[1 : VALUES + 1]]
        for value in [*values, None if name in ("since", "until") else ""]:
            yield name, lambda control=control, value=value: setattr(control, "value", value)
    for value in (*explorer.by.options, explorer.by.options[0]):
        yield "bar for each", lambda value=value: setattr(explorer.by, "value", value)
    for key in explorer.exploration.bars["key"].head(VALUES):
        yield "choose a bar", lambda key=key: setattr(explorer.bars, "chosen", [key])
    for page in (2, 3, 1):
        yield "page", lambda page=page: setattr(explorer.page, "value", min(page, explorer.page.max))
    for place in ("1", "2", "3"):
        yield "read", lambda place=place: setattr(explorer.evidence, "chosen", [place])


class Opened:
    """What an explorer needs of an open corpus."""

    def __init__(self, inputs: PeriodInputs) -> None:
        self.seeds, self.period_inputs = Path(), inputs
        self.tables = self.as_read = inputs.tables
        self.search_index = CorpusIndex(lambda: self.tables)

    def follow(self, renew: Callable[[], None]) -> None:
        """Nothing changes here."""

    def catch_up(self) -> bool:
        """Nobody corrects anything."""
        return False


def measured(explorer: Explorer) -> dict[str, list[float]]:
    """Seconds of one core for each kind of change.

    Raises:
        ValueError: a pane shows an exception.
    """
    found: dict[str, list[float]] = {}
    for name, act in changes(explorer):
        start = time.process_time()
        act()
        found.setdefault(name, []).append(time.process_time() - start)
        if explorer.pane.outputs:
            raise ValueError(f"{name}: the pane shows {explorer.pane.outputs[0]}, expected nothing")
    return found


def spread(tables: Tables, count: int) -> PeriodInputs:
    """As `copied`, each copy on later days, or its incidents would be those of the one before."""
    size, found = len(tables.articles), copied(tables, count)
    later = pd.to_timedelta([number // size * SPAN_DAYS for number in range(len(found.articles))], unit="D")
    moved = found.articles.assign(published_date=found.articles["published_date"] + later)
    dated = replace(found, articles=moved)
    return PeriodInputs(dated, reporting_period("all", moved["published_date"]))


def main() -> None:
    """Print the table."""
    articles, _ = load_corpus(Path(sys.argv[1]))
    tables = analyse(articles.head(READ).reset_index(drop=True))
    print(f"{date.today()}: {len(tables.articles)} articles read, {len(tables.sentences)} sentences\n")
    print("| explorer | change | " + " | ".join(f"{n:,} articles: median, worst" for n in SIZES) + " |")
    print("|---|---|" + "---|" * len(SIZES))
    for subject in BARS:
        rows: dict[str, list[str]] = {}
        for size in SIZES:
            opened = Opened(spread(tables, size))
            start = time.process_time()
            explorer = Explorer(opened, subject)
            rows.setdefault("open", []).append(f"{time.process_time() - start:.2f} s")
            for name, seconds in measured(explorer).items():
                rows.setdefault(name, []).append(f"{statistics.median(seconds):.2f}, {max(seconds):.2f} s")
        for name, cells in rows.items():
            print(f"| {subject} | {name} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
