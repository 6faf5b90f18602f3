"""What an explorer shows for a choice: the same at the controls and in an Excel file."""

from base64 import b64encode
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import pairwise
from typing import Any, Final

import numpy as np
from pandas import DataFrame, PeriodIndex, factorize, notna

from analysis.charts.bars import WHEN, axis_label, bar_text, bars_title, sides_of
from analysis.country_names import dyad_name
from analysis.export.workbook import write_workbook
from analysis.findings.incident_lines import days_of, what_happened
from analysis.indicators.incident_timeline import timeline_period
from analysis.indicators.periods import frequency
from analysis.phrasing import counted
from analysis.readable.tables import (
    newest_first,
    readable_articles,
    readable_events,
    readable_incidents,
    readable_statements,
    readable_topics,
)
from analysis.tables.rows import rows_of
from analysis.views.corrections import corrections_sentence
from analysis.views.render import View, view
from analysis.workbench.reading_pane import Evidence, evidence_of
from analysis.workbench.selection import (
    BARS,
    NOUNS,
    PIECES,
    UNKNOWN,
    Choice,
    Findings,
    bar_keys,
    count_bars,
    label_of,
    passing,
)

PAGE = 20  # pieces of evidence at once
MAX_REPORTS = 50  # of an incident
MAX_BARS = 300  # of a list to choose from; the days of a span are never so many
MAX_TICKS = 6  # labels of the time axis
FILTER_NAMES: Final = {
    "search": "Search",
    "country": "Country",
    "pair": "Pair",
    "since": "From",
    "until": "To",
    "kind": "Kind",
    "least_stories": "Least stories",
    "outlet": "Outlet",
    "story": "Story",
    "theme": "Theme",
    "theatre": "Theatre",
    "speaker": "Speaker",
}
"""The label of each filter of an explorer, in their order."""


@dataclass(frozen=True)
class Exploration:
    """What the filters leave, counted in bars, and the evidence behind the chosen ones."""

    findings: Findings
    choice: Choice  # without the bars that are gone
    bars: DataFrame  # table of `selection.count_bars`
    total: int  # in all bars
    period: str  # how long a bar of days is: "day", "week" or "month"
    numbers: np.ndarray  # rows of the evidence
    pieces: np.ndarray  # beside each row the number of its piece of evidence, from 0
    notes: tuple[str, ...]  # on bars that are gone, filters that leave nothing, what has no date

    @property
    def bar(self) -> str:
        """What a bar is; of those by day "day", "week" or "month", as the span of days has it."""
        return self.period if self.choice.by == "day" else self.choice.by

    def chart(self) -> View:
        """The bars."""
        subject = "events" if self.findings.subject == "incidents" else self.findings.subject
        note = corrections_sentence(self.findings.tables, "articles", subject)
        return bars_view(
            self.bars, by=self.bar, unit=NOUNS[self.findings.subject], total=self.total, note=note
        )

    @property
    def evidence_count(self) -> int:
        """How many pieces of evidence there are."""
        return int(self.pieces.max(initial=-1)) + 1

    def evidence_page(self, page: int) -> list[Evidence]:
        """The twenty pieces of evidence of a page, the first page being 1."""
        first = (page - 1) * PAGE
        bounds = np.searchsorted(self.pieces, np.arange(first, min(first + PAGE, self.evidence_count) + 1))
        found = [self.numbers[start:end] for start, end in pairwise(bounds)]
        return list(map(self.incident if self.findings.inputs else self.piece, found))

    def piece(self, numbers: np.ndarray) -> Evidence:
        """The piece of evidence of some rows."""
        subject = "events" if self.findings.inputs else self.findings.subject
        rows = list(rows_of(self.findings.table.iloc[numbers]))
        return evidence_of(self.findings.tables, rows, subject, searched=self.searched)

    @property
    def searched(self) -> tuple[str, ...]:
        """The words of the search."""
        return self.choice.search.query.terms if self.choice.search else ()

    def incident(self, numbers: np.ndarray) -> Evidence:
        """The clearest sentence of an incident, with what happened when, between whom, and who says so."""
        row = next(rows_of(self.findings.incidents.iloc[[self.findings.rows["incident"].iloc[numbers[0]]]]))
        ids = self.findings.table["event_id"].iloc[numbers]
        facts = [
            row.kind,
            counted(row.outlet_count, "outlet") if row.outlet_count else UNKNOWN["outlet"],
            *(
                f"at least {n:,} {word}"
                for word, n in (("killed", row.killed_count), ("injured", row.injured_count))
                if notna(n) and n
            ),
        ]
        head = [
            days_of(row) or "undated",
            dyad_name(row.dyad),
            what_happened(row, self.findings.inputs),
            counted(row.story_count, "story"),
        ]
        clearest = numbers[(ids == row.incident_id).to_numpy()]
        return self.piece(clearest if len(clearest) else numbers[:1])._replace(
            head=" · ".join(head), decided=("; ".join(facts),), reports=tuple(numbers)
        )

    def reports(self, incident: Evidence) -> list[Evidence]:
        """Every sentence that reports an incident, the newest article first, the undated last."""
        events = self.findings.table.iloc[list(incident.reports)]
        sentences = [part for _, part in events.groupby(["article_id", "start_char"], sort=False)]
        tables = self.findings.tables
        found = [list(rows_of(one)) for one in sentences[:MAX_REPORTS]]
        return [evidence_of(tables, rows, "events", searched=self.searched) for rows in found]

    def excel_link(self) -> View:
        """A link that contains an Excel file: the rows behind the chosen bars, and the bars themselves.

        It works in JupyterLab and on the dashboard alike, and nothing is written on the server's side.
        """
        findings, choice, tables = self.findings, self.choice, self.findings.tables
        rows = findings.table.iloc[self.numbers].reset_index(drop=True)
        if findings.inputs:
            own = findings.rows["incident"].iloc[self.numbers].unique()
            rows = findings.incidents.iloc[own].reset_index(drop=True)
        name, readable = {
            "articles": ("articles", lambda: readable_articles(replace(tables, articles=rows))),
            "topics": ("topics", lambda: readable_topics(tables, rows)),
            "quotes": ("statements", lambda: readable_statements(tables, rows)),
            "events": ("events", lambda: readable_events(tables, rows)),
            "incidents": ("incidents", lambda: readable_incidents(findings.inputs, rows)),
        }[findings.subject]
        about = [f"{FILTER_NAMES[one]} {words}." for one, words in filter_words(findings, choice).items()]
        if choice.bars:
            about.append(f"Bars: {'; '.join(label_of(findings, choice.by, key) for key in choice.bars)}.")
        counts = self.bars.drop(columns="key").rename(
            columns={"label": self.bar, "count": NOUNS[findings.subject]}
        )
        sheets = {name: newest_first(readable()), "bars": counts}
        book = BytesIO()
        write_workbook(sheets, book, about=about or ["Nothing is filtered."])
        data = b64encode(book.getvalue()).decode("ascii")
        said = {"name": f"faultline-{name}.xlsx", "rows": counted(len(rows), "row")}
        return view("workbench/download", data=data, **said)


def exploration_of(findings: Findings, choice: Choice) -> Exploration:
    """What a choice leaves; chosen bars that are gone are no longer chosen, and the notes say so."""
    choice = replace(choice, by=choice.by or BARS[findings.subject][0])
    rows = findings.rows[passing(findings, choice)]
    period = timeline_period(rows["drawn"].to_frame("day"))
    rows = rows.assign(bar=bar_keys(rows, choice.by, period))
    bars, total = count_bars(findings, rows, choice, period)
    known = set(bars["key"])
    left = replace(choice, bars=tuple(key for key in choice.bars if key in known))
    # What has no date is in no bar by day, and listed all the same.
    is_listed = rows["bar"].isin(left.bars) if left.bars else rows["bar"].notna() | (choice.by == "day")
    numbers = rows.index[is_listed].to_numpy()
    pieces, _ = factorize(findings.rows[PIECES.get(findings.subject, "finding")].to_numpy()[numbers])
    notes = notes_of(findings, choice, rows, known)
    return Exploration(findings, left, bars, total, period, numbers, pieces, tuple(notes))


def notes_of(findings: Findings, choice: Choice, rows: DataFrame, known: set[str]) -> list[str]:
    """What a choice leaves out, in sentences; `rows` passed, `known` are the bars that are left."""
    subject, nouns = findings.subject, NOUNS[findings.subject]
    if not len(findings.rows):
        return [f"No {nouns} were found in these articles, so there is nothing to explore."]
    words = [f"{FILTER_NAMES[name]} {value}" for name, value in filter_words(findings, choice).items()]
    is_backwards = choice.since and choice.until and choice.since > choice.until
    cure = "swap the two days" if is_backwards else "clear one of these filters"
    notes = [] if len(rows) else [f"Nothing is left with {', '.join(words)}: {cure}."]
    gone = [label_of(findings, choice.by, key) for key in choice.bars if key not in known]
    if gone:
        notes.append(f"No longer chosen, because the filters exclude it: {', '.join(gone)}.")
    if choice.by == "day" or choice.since or choice.until:
        every, noun = findings.rows, subject.removesuffix("s") if subject == "incidents" else "article"
        reasons = {
            "without a date": every.loc[every["date"].isna(), noun].nunique(),
            "of days before the first article": every.loc[
                every["date"].notna() & every["drawn"].isna(), noun
            ].nunique(),
        }
        parts = [f"{counted(count, noun)} {why}" for why, count in reasons.items() if count]
        notes += [f"Left out: {' and '.join(parts)}."] if parts else []
    if len(known) > MAX_BARS:
        notes.append(f"{MAX_BARS} of {len(known):,} bars are listed; use the filters to reach the others.")
    return notes


def filter_words(findings: Findings, choice: Choice) -> dict[str, str]:
    """The filters that are set, with their values as a reader knows them."""
    return {name: label_of(findings, name, str(value)) for name, value in choice.filters.items()}


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
        axis=axis_label(by, unit, all_bars),
        note=note,
        colours={"cooperative": "", "hostile": "", "count": "", **colours},
    )


def put_on_time_axis(bars: list[dict[str, Any]], period: str) -> list[dict[str, Any]]:
    """Give each bar its place on the axis, in percent, and return labels that are far enough apart."""
    days = PeriodIndex([bar["key"] for bar in bars], freq=frequency(period))
    starts, ends = days.start_time, (days + 1).start_time
    first, span = starts[0], ends[-1] - starts[0]
    ticks: list[dict[str, Any]] = []
    for bar, start, end in zip(bars, starts, ends, strict=True):
        bar |= {"left": (start - first) / span * 100, "width": (end - start) / span * 100}
        middle = bar["left"] + bar["width"] / 2
        if not ticks or middle - ticks[-1]["left"] >= 100 / MAX_TICKS:
            ticks.append({"left": middle, "label": bar["label"].removeprefix("week from ")})
    return ticks
