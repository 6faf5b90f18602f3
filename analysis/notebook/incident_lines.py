"""Leading incidents in words, with the sentence of each: the rows of `incidents_view`."""

from collections.abc import Iterator

import pandas as pd

from analysis.country_names import dyad_name
from analysis.findings.incident_wording import kind_noun
from analysis.findings.leads import leading_incidents, watched_incidents
from analysis.findings.period_inputs import PeriodInputs
from analysis.findings.reported import Reported, reported_incidents
from analysis.findings.wording import words
from analysis.views.evidence import event_rows
from analysis.views.incidents import IncidentLine


def incident_lines(inputs: PeriodInputs, most: int) -> Iterator[IncidentLine]:
    """The leading incidents of the period, and what is announced.

    Args:
        inputs: of the period.
        most: how many that have happened, and how many announced ones.
    """
    leads = [leading_incidents(inputs).head(most), watched_incidents(inputs).head(most)]
    chosen = pd.concat([rows for rows in leads if len(rows)] or leads, ignore_index=True)
    events = inputs.tables.events
    found = event_rows(events[events["event_id"].isin(chosen["incident_id"])], inputs.tables)
    evidence = {row["event_id"]: row for row in found}
    for one, incident in zip(reported_incidents(chosen, inputs), chosen.itertuples(), strict=True):
        behind = evidence[incident.incident_id]
        yield IncidentLine(
            day=one.day,
            days=words("findings/reported", "days", incident),
            pair=dyad_name(incident.dyad),
            what=what_happened(one, kind_noun(incident, sentence=inputs.sentence(incident))),
            reports=words("findings/reported", "reports", incident),
            pieces=behind["pieces"],
            source=behind["source_line"],
        )


def what_happened(one: Reported, kind: str) -> str:
    """The incident in a clause of its own, else of what kind it is; whether it is a claim or denied."""
    clause = one.clause or (f"{kind}, announced" if one.is_announced else kind)
    marks = {
        "one side only says so": one.is_claim and not (one.clause and one.is_claimed_in_words),
        "denied": one.is_denied,
    }
    return "; ".join([clause[:1].upper() + clause[1:], *(mark for mark, is_so in marks.items() if is_so)])
