"""What an analyst did to an incident, in words that stand beside it wherever it is listed."""

from typing import Any, Final

from analysis.findings.period_inputs import PeriodInputs
from analysis.ingest.corrections_file import ADDITION_MARK, BY_ANALYST, CORRECTION_MARK

NO_MARK: Final = ""


def analyst_mark(incident: Any, inputs: PeriodInputs) -> str:
    """That an analyst added an incident, or corrected or added one of its reports; "" where nobody did.

    Args:
        incident: row of `Incidents`.
        inputs: with the tables of the incident.
    """
    rules = {inputs.event_places[event_id].rule for event_id in incident.event_ids.split()}
    if rules == {ADDITION_MARK}:
        return BY_ANALYST[ADDITION_MARK]
    return BY_ANALYST[CORRECTION_MARK] if rules & set(BY_ANALYST) else NO_MARK
