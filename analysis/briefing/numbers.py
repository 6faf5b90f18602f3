"""The numbers of a briefing: what `briefing.json` keeps of the tables, what a notebook records."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from pandas import DataFrame

from analysis.indicators.country_events import between_countries, involves_armed_group
from analysis.pipeline.analyse import Tables
from analysis.pipeline.filters import deduplicate

SCHEMA: Final = 6  # rises when the columns change
MEDIA_TYPE: Final = "application/vnd.faultline.snapshot+json"
ARTICLES: Final = ["article_id", "story_id", "title", "published_date", "outlet", "path"]
EVENTS: Final = [
    *("event_id", "article_id", "start_char", "end_char", "source_id", "source_name"),
    *("source_country_code", "source_kind", "source_sponsor_code"),
    *("target_id", "target_country_code", "target_kind", "target_sponsor_code"),
    *("root", "mode", "quad", "intensity", "status"),
]


def numbers_of(tables: Tables, incidents: Sequence[dict]) -> dict[str, Any]:
    """The tables of a briefing as JSON values, without the texts: ISO 8601 dates, null for a missing value.

    Args:
        tables: a corpus.
        incidents: records whose events are kept beside those of countries and armed groups.
    """
    events = tables.events
    reported = [one for incident in incidents for one in incident["event_ids"]]
    is_kept = between_countries(events) | involves_armed_group(events) | events["event_id"].isin(reported)
    known = deduplicate(tables).quotes.dropna(subset="speaker_id")
    speakers = known.groupby("speaker_id", sort=False, as_index=False).agg(
        speaker_name=("speaker_name", "first"),
        country_code=("country_code", "first"),
        is_anonymous=("is_anonymous", "any"),
        statement_count=("quote_id", "size"),
    )
    kept = {
        "articles": tables.articles[ARTICLES],
        "events": events.loc[is_kept, EVENTS],
        "indicators": tables.indicators,
        "speakers": speakers.sort_values("statement_count", ascending=False, kind="stable"),
    }
    as_written = {"orient": "records", "date_format": "iso", "double_precision": 6}
    return {"schema": SCHEMA} | {
        name: json.loads(table.to_json(**as_written)) for name, table in kept.items()
    }


@dataclass(frozen=True)
class Fingerprint:
    """Which rows of some tables a notebook shows, to be compared with those of the front page."""

    tables: dict[str, DataFrame]

    def record(self) -> dict[str, dict]:
        """Rows and sha256 of each table."""
        return {
            name: {"rows": len(table), "sha256": sha256(table.to_csv(index=False).encode()).hexdigest()}
            for name, table in self.tables.items()
        }

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        rows = ", ".join(f"{name} {len(table):,}" for name, table in self.tables.items())
        return {MEDIA_TYPE: self.record(), "text/plain": f"Rows when this cell ran: {rows}."}


def fingerprint(tables: Tables, *names: str) -> Fingerprint:
    """Which rows of some tables of a corpus a notebook shows, such as "quotes"."""
    return Fingerprint({name: getattr(tables, name) for name in names})
