"""What the timeline shows of an incident: a line in the list, what it is, and every report of it."""

from collections.abc import Iterator, Sequence
from textwrap import shorten
from typing import Any

import pandas as pd
from pandas import DataFrame

from analysis.country_names import dyad_name
from analysis.findings.incident_lines import incident_lines
from analysis.findings.incident_wording import kind_noun
from analysis.findings.period_inputs import PeriodInputs
from analysis.phrasing import counted
from analysis.views.render import View, view
from analysis.workbench.reading_pane import Evidence, event_findings
from analysis.workbench.selection import Findings

LINE_CHARS = 160  # of a line in the list


def list_line(incident: Any, inputs: PeriodInputs) -> str:
    """An incident in one line: day, pair, kind, reports, and how its clearest sentence begins.

    Args:
        incident: row of `incident_timeline`.
        inputs: with the tables of the incidents.
    """
    sentence = inputs.sentence(incident)
    marks = {
        "announced": incident.status == "announced",
        "one side only says so": incident.is_claim,
        "denied": incident.is_denied,
    }
    what = ", ".join(
        [kind_noun(incident, sentence=sentence), *(mark for mark, is_so in marks.items() if is_so)]
    )
    day = "undated" if pd.isna(incident.day) else f"{incident.day:%Y-%m-%d}"
    stories = counted(incident.story_count, "story")
    return shorten(
        f"{day} · {dyad_name(incident.dyad)} · {what} · {stories} · {sentence}", LINE_CHARS, placeholder="…"
    )


def incident_view(incident: DataFrame, inputs: PeriodInputs) -> View:
    """What an incident is, when, between whom, and how many report it.

    Args:
        incident: one row of `incident_timeline`.
        inputs: with the tables of the incidents.
    """
    line, row = next(incident_lines(incident, inputs)), next(incident.itertuples())
    tolls = {"killed": row.killed_count, "injured": row.injured_count}
    counts = [f"at least {count:,} {word}" for word, count in tolls.items() if pd.notna(count) and count]
    return view("workbench/incident", line=line, kind=row.kind, counts=counts)


def report_evidence(incident: Any, findings: Findings) -> list[Evidence]:
    """Every sentence that reports an incident, the newest article first.

    Args:
        incident: row of `Incidents`.
        findings: of the same corpus.
    """
    events = findings.tables.events
    own = events[events["event_id"].isin(incident.event_ids.split())]
    numbers = {row.article_id: number for number, row in enumerate(findings.articles)}
    return sorted(
        evidence_of_sentences(own, numbers, findings),
        key=lambda piece: newest_first(findings.articles[piece.article], piece),
    )


def evidence_of_sentences(
    events: DataFrame, numbers: dict[str, int], findings: Findings
) -> Iterator[Evidence]:
    """A piece of evidence for each sentence with some events; `numbers`: of the articles by id."""
    for (article_id, start, end), part in events.groupby(["article_id", "start_char", "end_char"]):
        rows: Sequence[Any] = list(part.itertuples())
        spans, decided = event_findings(rows, findings.articles[numbers[article_id]].text, findings)
        yield Evidence(numbers[article_id], int(start), int(end), tuple(spans), tuple(decided))


def newest_first(article: Any, piece: Evidence) -> tuple:
    """A key that puts the newest article first and the undated last, and sentences in their order."""
    day = article.published_date
    return (pd.isna(day), 0 if pd.isna(day) else -day.toordinal(), piece.article, piece.start)
