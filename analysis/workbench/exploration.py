"""What an explorer shows for a choice: the same at the controls and in an exported page."""

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from pandas import DataFrame

from analysis.phrasing import counted
from analysis.pipeline.analyse import Tables
from analysis.tables.rows import rows_of
from analysis.views.corrections import corrections_sentence
from analysis.views.render import View, view
from analysis.workbench.actor_mentions import FindMentions, actor_mentions
from analysis.workbench.reading_pane import Evidence, evidence_of, evidence_view, reading_view
from analysis.workbench.searched_words import with_search
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
        return self.choice.by or BARS[self.findings.subject][0]

    @property
    def unit(self) -> str:
        return self.choice.unit or units(self.findings.subject)[0]

    @property
    def drawn_by(self) -> str:
        """What a bar is, as its title says it: "day", "week" or "month" for the bars of days."""
        return self.period if self.by == "day" else self.by

    @property
    def note(self) -> str:
        """What a reader must know about the numbers, in a few words."""
        return corrections_sentence(self.findings.tables, "articles", self.findings.subject)

    @property
    def evidence_count(self) -> int:
        return int(self.pieces[-1]) + 1 if len(self.pieces) else 0

    @property
    def evidence(self) -> View:
        """The first pieces of evidence, folded, for a page without a kernel."""
        return evidence_view(self.findings, self.evidence_page(1), first=1, total=self.evidence_count)

    @property
    def reading(self) -> View:
        """The article of the first piece of evidence."""
        first = self.evidence_page(1)[:1]
        return reading_view(self.findings, first[0]) if first else note_view(["There is no article to read."])

    def evidence_page(self, page: int) -> list[Evidence]:
        """The twenty pieces of evidence of a page, the first page being 1."""
        first = (page - 1) * PAGE
        bounds = np.searchsorted(self.pieces, np.arange(first, min(first + PAGE, self.evidence_count) + 1))
        rows = list(rows_of(self.findings.table.iloc[self.numbers[bounds[0] : bounds[-1]]]))
        places = (bounds - bounds[0]).tolist()
        pieces = [evidence_of(self.findings, rows[start:end]) for start, end in pairwise(places)]
        return with_search(self.findings, pieces, self.choice.search)


def explore(
    tables: Tables,
    subject: str,
    choice: Choice | None = None,
    *,
    find_mentions: FindMentions = actor_mentions,
) -> Exploration:
    """What the explorer of a table shows for a choice, or before anything is chosen.

    Args:
        tables: a corpus.
        subject: "topics", "quotes" or "events".
        choice: filters, unit and bars; None: all filters open.
        find_mentions: as in `link_findings`.
    """
    return exploration_of(link_findings(tables, subject, find_mentions=find_mentions), choice or Choice())


def exploration_of(findings: Findings, choice: Choice) -> Exploration:
    """What a choice leaves; chosen bars that are gone are no longer chosen, and the notes say so."""
    passed = passing(findings, choice)
    bars = count_bars(findings, choice, passed)
    known = set(bars["key"])
    gone = [key for key in choice.bars if key not in known]
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
        notes=tuple(notes_of(findings, choice, passed, gone)),
    )


def notes_of(findings: Findings, choice: Choice, passed: np.ndarray, gone: list[str]) -> list[str]:
    """What a choice leaves out, in sentences."""
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
        notes.append(f"No longer chosen, because the filters exclude it: {names}.")
    undated = findings.rows["date"].isna().to_numpy()
    if undated.any() and (by == "day" or choice.unit == "days" or choice.since or choice.until):
        count = findings.rows.loc[undated, "article"].nunique()
        notes.append(f"Left out: {counted(count, 'article')} without a date.")
    return notes


def nothing_left(findings: Findings, choice: Choice) -> str:
    """Which filters leave nothing, and which of them to clear."""
    if choice.since and choice.until and choice.since > choice.until:
        return f"Nothing is left: From ({choice.since}) is after To ({choice.until}); swap the two dates."
    chosen = ", ".join(filter_text(findings, name, value) for name, value in set_filters(choice))
    counts = without_each(findings, choice)
    if not counts:
        return f"Nothing is left with {chosen}; no single filter is the cause, so clear several."
    name, count = counts[0]
    without = f"Without the filter {FILTER_NAMES[name]} there would be {counted(count, 'finding')}."
    return f"Nothing is left with {chosen}. {without}"


def filter_text(findings: Findings, name: str, value: object) -> str:
    words = value if name in ("since", "until") else label_of(findings, name, str(value))
    return f"{FILTER_NAMES[name]} {words}"


FILTER_NAMES = dict(
    zip(
        FILTERS,
        ("Search", "From", "To", "Outlet", "Story", "Theme", "Theatre", "Speaker", "Pair", "Country"),
        strict=True,
    )
)
"""The label of each filter."""


def note_view(notes: list[str] | tuple[str, ...]) -> View:
    """Notes, one a line, escaped."""
    return view("workbench/notes", notes=notes)
