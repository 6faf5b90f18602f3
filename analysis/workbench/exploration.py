"""What an explorer shows for a choice: the same for a person at the controls and for an exported page."""

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from pandas import DataFrame

from analysis.charts.base import Chart
from analysis.charts.explorer_bars import bars_chart
from analysis.pipeline.analyse import Tables
from analysis.views.corrections import corrections_sentence
from analysis.views.render import View, view
from analysis.workbench.reading_pane import Evidence, evidence_of, evidence_view, reading_view
from analysis.workbench.selection import (
    BARS,
    FILTERS,
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


@dataclass(frozen=True)
class Exploration:
    """What is left after the filters, counted in bars, and the evidence behind those that are chosen."""

    findings: Findings
    choice: Choice  # its bars are those that are still there
    bars: DataFrame  # table of `selection.count_bars`
    total: int  # of the unit, in all bars
    period: str  # how long a bar of days is: "day", "week" or "month"
    numbers: np.ndarray  # rows of the evidence
    pieces: np.ndarray  # beside each the number of its piece, from 0 up
    notes: tuple[str, ...]  # what a person must know: bars that are gone, nothing left, dates left out

    @property
    def by(self) -> str:
        return self.choice.by or BARS[self.findings.subject][0]

    @property
    def unit(self) -> str:
        return self.choice.unit or units(self.findings.subject)[0]

    @property
    def chart(self) -> Chart:
        """The bars as a picture."""
        told = corrections_sentence(self.findings.tables, "articles", self.findings.subject)
        by = self.period if self.by == "day" else self.by
        return bars_chart(
            self.bars, by=by, unit=self.unit, total=self.total, chosen=self.choice.bars, note=told
        )

    @property
    def evidence_count(self) -> int:
        return int(self.pieces[-1]) + 1 if len(self.pieces) else 0

    @property
    def evidence(self) -> View:
        """The first pieces of evidence, to be opened."""
        return evidence_view(
            self.findings, self.evidence_page(1), first=1, total=self.evidence_count, is_open=False
        )

    @property
    def reading(self) -> View:
        """The article of the first piece of evidence."""
        first = self.evidence_page(1)[:1]
        return reading_view(self.findings, first[0]) if first else note_view(["There is no article to read."])

    def evidence_page(self, page: int) -> list[Evidence]:
        """Twenty pieces of evidence: those of a page, from 1 up."""
        first = (page - 1) * PAGE
        bounds = np.searchsorted(self.pieces, np.arange(first, min(first + PAGE, self.evidence_count) + 1))
        rows = list(self.findings.table.iloc[self.numbers[bounds[0] : bounds[-1]]].itertuples())
        places = (bounds - bounds[0]).tolist()
        return [evidence_of(self.findings, rows[start:end]) for start, end in pairwise(places)]


def explore(tables: Tables, subject: str, choice: Choice | None = None) -> Exploration:
    """What the explorer of a table shows before anything, or for what, is chosen.

    Args:
        tables: a corpus.
        subject: "topics", "quotes" or "events".
        choice: filters, unit and bars; None leaves all open.
    """
    return explored(link_findings(tables, subject), choice or Choice())


def explored(findings: Findings, choice: Choice) -> Exploration:
    """What is left for a choice; chosen bars that are gone are given up, and the notes say so."""
    passed = passing(findings, choice)
    bars = count_bars(findings, choice, passed)
    known = set(bars["key"])
    gone = [key for key in choice.bars if key not in known]
    kept = replace(choice, bars=tuple(key for key in choice.bars if key in known))
    numbers, pieces = evidence_rows(findings, kept, passed)
    return Exploration(
        findings=findings,
        choice=kept,
        bars=bars,
        total=total_count(findings, kept, passed),
        period=bar_period(findings.rows.loc[passed, "date"]),
        numbers=numbers,
        pieces=pieces,
        notes=tuple(notes_of(findings, choice, passed, gone)),
    )


def notes_of(findings: Findings, choice: Choice, passed: np.ndarray, gone: list[str]) -> list[str]:
    """What a choice left out, in sentences."""
    by = choice.by or BARS[findings.subject][0]
    notes = []
    if not len(findings.rows):
        return [
            f"No {units(findings.subject)[0]} were found in these articles, so there is nothing to explore."
        ]
    if not passed.any():
        notes.append(nothing_left(findings, choice))
    if gone:
        names = ", ".join(label_of(findings, by, key) for key in gone)
        notes.append(f"No longer chosen, since nothing of it is left under these filters: {names}.")
    undated = findings.rows["date"].isna().to_numpy()
    if undated.any() and (by == "day" or choice.unit == "days" or choice.since or choice.until):
        count = findings.rows.loc[undated, "article"].nunique()
        notes.append(f"Left out: {count} article{'' if count == 1 else 's'} without a date.")
    return notes


def nothing_left(findings: Findings, choice: Choice) -> str:
    """Which filters leave nothing, and which of them to open."""
    if choice.since and choice.until and choice.since > choice.until:
        return f"Nothing is left: From ({choice.since}) is after To ({choice.until}); exchange the two."
    chosen = ", ".join(filter_text(findings, name, value) for name, value in set_filters(choice))
    freed = without_each(findings, choice)
    if not freed:
        return f"Nothing is left with {chosen}; no single filter is the cause, so open several."
    name, count = freed[0]
    found = "finding" if count == 1 else "findings"
    without = f"Without the filter {FILTER_NAMES[name]} there would be {count} {found}."
    return f"Nothing is left with {chosen}. {without}"


def filter_text(findings: Findings, name: str, value: object) -> str:
    words = value if name in ("since", "until") else label_of(findings, name, str(value))
    return f"{FILTER_NAMES[name]} {words}"


FILTER_NAMES = dict(
    zip(FILTERS, ("From", "To", "Outlet", "Story", "Theme", "Theatre", "Speaker", "Pair"), strict=True)
)
"""What stands beside each filter."""


def note_view(notes: list[str] | tuple[str, ...]) -> View:
    """Sentences to a person, escaped."""
    return view("workbench/notes", notes=notes)
