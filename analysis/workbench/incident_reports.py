"""What the timeline shows about an incident: a line in the list, what it is, and every report of it."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import pandas as pd
from pandas import DataFrame

from analysis.charts.base import shortened
from analysis.country_names import dyad_name
from analysis.findings.analyst_marks import analyst_mark
from analysis.findings.incident_lines import incident_lines
from analysis.findings.incident_wording import kind_noun
from analysis.findings.period_inputs import PeriodInputs
from analysis.phrasing import counted, day_in_words
from analysis.tables.rows import rows_of
from analysis.views.render import View, view
from analysis.workbench.reading_pane import Evidence, event_findings
from analysis.workbench.selection import Findings

SENTENCE_CHARS = 150  # of a sentence in the list


class ListedIncident(NamedTuple):
    """An incident in the list."""

    key: str
    day: str  # "5 May 2025"; "undated"
    pair: str
    what: str  # "strike", "visit, announced"
    stories: str  # "2 stories"
    sentence: str  # of its clearest report, perhaps cut


def listed_incident(incident: Any, inputs: PeriodInputs) -> ListedIncident:
    """An incident as the list has it.

    Args:
        incident: row of `incident_timeline`.
        inputs: with the tables of the incidents.
    """
    sentence = inputs.sentence(incident)
    marks = {
        "announced": incident.status == "announced",
        "only one side says so": incident.is_claim,
        "denied": incident.is_denied,
    }
    what = [kind_noun(incident, sentence=sentence), *(mark for mark, is_so in marks.items() if is_so)]
    what += filter(None, [analyst_mark(incident, inputs)])
    return ListedIncident(
        key=incident.incident_id,
        day="undated" if pd.isna(incident.day) else day_in_words(incident.day),
        pair=dyad_name(incident.dyad),
        what=", ".join(what),
        stories=counted(incident.story_count, "story"),
        sentence=shortened(sentence, SENTENCE_CHARS),
    )


def incident_choices(lines: Sequence[ListedIncident], *, first: int, total: int) -> View:
    """A page of incidents as options to choose from.

    Args:
        lines: the incidents.
        first: the number of the first of them, from 1 up.
        total: how many there are.
    """
    return view("workbench/incident_choices", lines=lines, first=first, total=total)


def incident_view(incident: DataFrame, inputs: PeriodInputs) -> View:
    """What an incident is, when, between whom, and how many report it.

    Args:
        incident: one row of `incident_timeline`.
        inputs: with the tables of the incidents.
    """
    line, row = next(incident_lines(incident, inputs)), next(rows_of(incident))
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
        rows: Sequence[Any] = list(rows_of(part))
        spans, decided = event_findings(rows, findings.articles[numbers[article_id]].text, findings)
        yield Evidence(numbers[article_id], int(start), int(end), tuple(spans), tuple(decided))


def newest_first(article: Any, piece: Evidence) -> tuple:
    """A key that puts the newest article first and the undated last, and sentences in their order."""
    day = article.published_date
    return (pd.isna(day), 0 if pd.isna(day) else -day.toordinal(), piece.article, piece.start)
