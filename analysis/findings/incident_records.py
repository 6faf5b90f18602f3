"""What `briefing.json` keeps of incidents, so that the next briefing can say which are new."""

from analysis.findings.leads import MOST_KEPT, leading_incidents
from analysis.findings.period_inputs import PeriodInputs
from analysis.findings.reported import reported_incidents
from analysis.tables.rows import rows_of


def incident_records(inputs: PeriodInputs) -> list[dict]:
    """The incidents of the period that have happened, the most important first, as `briefing.json` has them.

    `incident_id` (the event of its clearest report), `date` (ISO 8601 day, "" if unknown), `pair`, `what` (a
    clause, or the clearest sentence where `is_quoted`), `is_claim` (only one side or somebody unnamed reports
    it), `is_denied` (another text denies it), `killed_count` (null if no toll is reported), `place` ("" if
    none is named), `story_count`, `outlet_count`, `article_ids` and `event_ids`, the clearest report first.
    """
    leads = leading_incidents(inputs).head(MOST_KEPT)
    return [
        {
            "incident_id": one.incident_id,
            "date": f"{one.day:%Y-%m-%d}" if one.day else "",
            "pair": row.dyad,
            "what": one.clause or one.quote,
            "is_quoted": not one.clause,
            "is_claim": bool(one.is_claim),
            "is_denied": bool(one.is_denied),
            "killed_count": one.killed or None,
            "place": row.place_name if isinstance(row.place_name, str) else "",
            "story_count": int(one.story_count),
            "outlet_count": int(row.outlet_count),
            "article_ids": row.article_ids.split(),
            "event_ids": list(one.event_ids),
        }
        for one, row in zip(reported_incidents(leads, inputs), rows_of(leads), strict=True)
    ]
