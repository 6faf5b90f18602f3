"""Which sentence denies an incident, so that a page can show both reports."""

from typing import Any

from pandas import DataFrame

from analysis.findings.period_inputs import PeriodInputs
from analysis.indicators.incidents import denials, is_denied
from analysis.tables.rows import rows_of

NEGATED = "negated"


def denying_sentence(incident: Any, inputs: PeriodInputs) -> Any | None:
    """The first sentence that denies an incident: a row of `Events`, or None where none does.

    Args:
        incident: row of `Incidents`.
        inputs: of the period.
    """
    articles, events = inputs.tables.articles, inputs.tables.events
    alone = DataFrame([incident])
    sentences = events.groupby(["article_id", "start_char"], sort=False)
    for place in events.loc[events["status"] == NEGATED, ["article_id", "start_char"]].itertuples(
        index=False
    ):
        sentence = sentences.get_group(tuple(place))
        if is_denied(alone, denials(articles, sentence)).any():
            return next(rows_of(sentence[sentence["status"] == NEGATED]))
    return None
