"""What an explorer shows for a choice: the same at the controls and in an exported page."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any, Final

import numpy as np
import pandas as pd
from pandas import DataFrame

from analysis.charts.bars import WHEN, axis_label, bar_text, bars_title, sides_of
from analysis.indicators.periods import frequency
from analysis.phrasing import counted
from analysis.pipeline.analyse import Tables
from analysis.tables.rows import rows_of
from analysis.views.corrections import corrections_sentence
from analysis.views.render import View, view
from analysis.workbench.panes import note_view
from analysis.workbench.reading_pane import Evidence, evidence_of, evidence_view, reading_view, with_search
from analysis.workbench.selection import (
    BARS,
    Choice,
    Findings,
    bar_period,
    count_bars,
    evidence_rows,
    label_of,
    link_findings,
    passing,
    set_filters,
    total_count,
    units,
    without_each,
)

PAGE = 20  # pieces of evidence at once
MAX_BARS = 300  # of a list to choose from; the days of a span are never so many
MAX_TICKS = 6  # labels of the time axis
FILTER_NAMES: Final = {
    "search": "Search",
    "country": "Country",
    "pair": "Pair",
    "kind": "Kind",
    "since": "From",
    "until": "To",
    "least_stories": "Least stories",
    "outlet": "Outlet",
    "story": "Story",
    "theme": "Theme",
    "theatre": "Theatre",
    "speaker": "Speaker",
}
"""The label of each filter of an explorer."""


@dataclass(frozen=True)
class Exploration:
    """What the filters leave, counted in bars, and the evidence behind the chosen ones."""

    findings: Findings
    choice: Choice  # without the bars that are gone
    bars: DataFrame  # table of `selection.count_bars`
    total: int  # of the unit, in all bars
    period: str  # how long a bar of days is: "day", "week" or "month"
    numbers: np.ndarray  # rows of the evidence
    pieces: np.ndarray  # beside each row the number of its piece of evidence, from 0
    notes: tuple[str, ...]  # on bars that are gone, filters that leave nothing, articles without a date

    @property
    def by(self) -> str:
        """What a bar is, as it is chosen."""
        return self.choice.by or BARS[self.findings.subject][0]

    @property
    def unit(self) -> str:
        """What is counted."""
        return self.choice.unit or units(self.findings.subject)[0]

    @property
    def drawing(self) -> dict[str, Any]:
        """What is said about the bars: what one is, what is counted, and how many there are."""
        by = self.period if self.by == "day" else self.by
        note = corrections_sentence(self.findings.tables, "articles", self.findings.subject)
        return {"by": by, "unit": self.unit, "total": self.total, "note": note}

    @property
    def chart(self) -> View:
        """The bars, for a page without a kernel."""
        return bars_view(self.bars, **self.drawing)

    @property
    def evidence_count(self) -> int:
        """How many pieces of evidence there are."""
        return int(self.pieces[-1]) + 1 if len(self.pieces) else 0

    @property
    def evidence(self) -> View:
        """The first pieces of evidence, folded, for a page without a kernel."""
        first = self.evidence_page(1)
        return evidence_view(self.findings.tables, first, first=1, total=self.evidence_count)

    @property
    def reading(self) -> View:
        """The article of the first piece of evidence."""
        first = self.evidence_page(1)[:1]
        nothing = note_view(["There is no article to read."])
        return reading_view(self.findings.tables, first[0]) if first else nothing

    def evidence_page(self, page: int) -> list[Evidence]:
        """The twenty pieces of evidence of a page, the first page being 1."""
        first = (page - 1) * PAGE
        bounds = np.searchsorted(self.pieces, np.arange(first, min(first + PAGE, self.evidence_count) + 1))
        numbers = self.numbers[bounds[0] : bounds[-1]]
        rows = list(rows_of(self.findings.table.iloc[numbers]))
        pieces = [
            evidence_of(self.findings.tables, rows[start:end], self.findings.subject)
            for start, end in pairwise((bounds - bounds[0]).tolist())
        ]
        return with_search(self.findings, pieces, self.choice.search)


def explore(tables: Tables, subject: str, choice: Choice | None = None) -> Exploration:
    """What the explorer of a table shows for a choice, or before anything is chosen.

    Args:
        tables: a corpus.
        subject: "topics", "quotes" or "events".
        choice: filters, unit and bars; None: all filters open.
    """
    return exploration_of(link_findings(tables, subject), choice or Choice())


def exploration_of(findings: Findings, choice: Choice) -> Exploration:
    """What a choice leaves; chosen bars that are gone are no longer chosen, and the notes say so."""
    passed = passing(findings, choice)
    bars = count_bars(findings, choice, passed)
    known = set(bars["key"])
    left = replace(choice, bars=tuple(key for key in choice.bars if key in known))
    numbers, pieces = evidence_rows(findings, left, passed)
    return Exploration(
        findings=findings,
        choice=left,
        bars=bars,
        total=total_count(findings, left, passed),
        period=bar_period(findings.rows.loc[passed, "date"]),
        numbers=numbers,
        pieces=pieces,
        notes=tuple(notes_of(findings, choice, passed, known)),
    )


def notes_of(findings: Findings, choice: Choice, passed: np.ndarray, known: set[str]) -> list[str]:
    """What a choice leaves out, in sentences; `known` are the bars that are left."""
    by, noun = choice.by or BARS[findings.subject][0], units(findings.subject)[0]
    if not len(findings.rows):
        return [f"No {noun} were found in these articles, so there is nothing to explore."]
    notes = []
    if not passed.any():
        words = {name: filter_words(findings, name, value) for name, value in set_filters(choice)}
        without = without_each(findings, choice)
        notes.append(nothing_left(words, without, "finding", choice.since, choice.until))
    gone = [label_of(findings, by, key) for key in choice.bars if key not in known]
    if gone:
        notes.append(f"No longer chosen, because the filters exclude it: {', '.join(gone)}.")
    undated = findings.rows["date"].isna().to_numpy()
    if undated.any() and (by == "day" or choice.unit == "days" or choice.since or choice.until):
        count = findings.rows.loc[undated, "article"].nunique()
        notes.append(f"Left out: {counted(count, 'article')} without a date.")
    if len(known) > MAX_BARS:
        notes.append(f"{MAX_BARS} of {len(known):,} bars are listed; use the filters to reach the others.")
    return notes


def filter_words(findings: Findings, name: str, value: Any) -> str:
    """The value of a filter as a reader knows it."""
    return str(value) if name in ("since", "until") else label_of(findings, name, str(value))


def nothing_left(
    words: Mapping[str, str], without: Mapping[str, int], noun: str, since: date | None, until: date | None
) -> str:
    """Say which filters leave nothing, and which of them to clear.

    Args:
        words: the value of each filter that is set.
        without: how many there would be without it.
        noun: what is counted.
        since: first day.
        until: last day.
    """
    if since and until and since > until:
        return f"Nothing is left: From ({since}) is after To ({until}); swap the two dates."
    chosen = ", ".join(f"{FILTER_NAMES[name]} {value}" for name, value in words.items())
    best = max(without, key=without.__getitem__)
    if not without[best]:
        return f"Nothing is left with {chosen}; no single filter is the cause, so clear several."
    would = f"Without the filter {FILTER_NAMES[best]} there would be {counted(without[best], noun)}."
    return f"Nothing is left with {chosen}. {would}"


def bars_view(all_bars: DataFrame, *, by: str, unit: str, total: int, note: str = "") -> View:
    """Bars to choose from: hostile acts to the right of cooperative ones, or above them by day.

    Args:
        all_bars: table of `selection.count_bars`.
        by: what a bar is.
        unit: what is counted.
        total: how many there are in all bars together.
        note: what a reader must know about the numbers.
    """
    bars, is_two_sided = all_bars.head(MAX_BARS), "hostile" in all_bars
    colours = sides_of(bars)
    longest = bars[list(colours)].to_numpy().max(initial=1)
    drawn = [
        {
            "key": str(row.key),
            "label": row.label,
            "words": bar_text(row, is_two_sided),
            "sides": [
                {"name": side, "count": getattr(row, side), "share": getattr(row, side) / longest * 100}
                for side in colours
            ],
        }
        for row in rows_of(bars)
    ]
    return view(
        "workbench/bars",
        title=bars_title(all_bars, by=by, unit=unit, total=total),
        bars=drawn,
        ticks=put_on_time_axis(drawn, by) if by in WHEN and drawn else [],
        axis=axis_label(by, unit, is_two_sided),
        note=note,
        colours={"cooperative": "", "hostile": "", "count": "", **colours},
    )


def put_on_time_axis(bars: list[dict[str, Any]], period: str) -> list[dict[str, Any]]:
    """Give each bar its place on the axis, in percent, and return labels that are far enough apart."""
    days = pd.PeriodIndex([bar["key"] for bar in bars], freq=frequency(period))
    starts, ends = days.start_time, (days + 1).start_time
    first, span = starts[0], ends[-1] - starts[0]
    ticks: list[dict[str, Any]] = []
    for bar, start, end in zip(bars, starts, ends, strict=True):
        bar |= {"left": (start - first) / span * 100, "width": (end - start) / span * 100}
        middle = bar["left"] + bar["width"] / 2
        if not ticks or middle - ticks[-1]["left"] >= 100 / MAX_TICKS:
            ticks.append({"left": middle, "label": bar["label"].removeprefix("week from ")})
    return ticks
