"""The numbers of one briefing, kept so that the next can say what moved since.

`briefing.json` holds four lists of records, `articles`, `events`, `indicators` and `schema` (a number that
rises when their columns change); the columns of the first three are those of `schemas`, without texts. Dates
are ISO 8601, missing values null.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pandas as pd
from pandas import DataFrame

from analysis.changes import compared
from analysis.drivers import explained
from analysis.indicators import between_countries, dyad_indicators, event_contributions
from analysis.pipeline import Tables
from analysis.schemas import Changes

SCHEMA = 1
MEDIA_TYPE = "application/vnd.faultline.snapshot+json"
ARTICLES: Final = ["article_id", "story_id", "title", "published_date", "outlet", "path"]
EVENTS: Final = [
    "event_id",
    "article_id",
    "source_country_code",
    "source_kind",
    "target_country_code",
    "target_kind",
    "root",
    "mode",
    "quad",
    "intensity",
    "status",
]


@dataclass(frozen=True)
class Snapshot:
    """What one briefing was made from, without the texts, and its indicators."""

    articles: DataFrame
    events: DataFrame
    indicators: DataFrame

    def record(self) -> dict[str, Any]:
        """The snapshot as JSON values."""
        tables = {"articles": self.articles, "events": self.events, "indicators": self.indicators}
        records = {
            name: json.loads(table.to_json(orient="records", date_format="iso", double_precision=6))
            for name, table in tables.items()
        }
        return {"schema": SCHEMA, **records}

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        text = f"The numbers of this briefing: {len(self.articles)} articles, {len(self.events)} events."
        return {MEDIA_TYPE: self.record(), "text/plain": text}


def snapshot_of(tables: Tables) -> Snapshot:
    """What the next briefing needs to know of this one."""
    events = tables.events[between_countries(tables.events)]
    return Snapshot(
        articles=tables.articles[ARTICLES].reset_index(drop=True),
        events=events[EVENTS].reset_index(drop=True),
        indicators=tables.indicators,
    )


def load_snapshot(path: str) -> Snapshot | None:
    """The numbers of an earlier briefing, or None where `path` is "".

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: it is no `briefing.json`, or one of another version.
    """
    if not path:
        return None
    try:
        kept = json.loads(Path(path).read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError(f"{path} is not JSON, expected the briefing.json of an earlier briefing") from error
    found = kept.get("schema") if isinstance(kept, dict) else None
    if found != SCHEMA:
        raise ValueError(
            f"{path} has schema {found!r}, expected {SCHEMA}: move it away to begin anew, or use the version "
            "of Faultline that wrote it"
        )
    articles = DataFrame(kept["articles"], columns=ARTICLES)
    return Snapshot(
        articles=articles.assign(published_date=pd.to_datetime(articles["published_date"])),
        events=DataFrame(kept["events"], columns=EVENTS).astype({"mode": "str"}),
        indicators=DataFrame(kept["indicators"]),
    )


def changes_since(tables: Tables, before: Snapshot | None) -> DataFrame:
    """What moved between an earlier briefing and the articles of today, as in `changes_between`.

    Returns:
        `Changes` table; empty without an earlier briefing.
    """
    if before is None:
        return Changes.validate(DataFrame(columns=list(Changes.to_schema().columns)))
    return changes_between(snapshot_of(tables), before)


def changes_between(now: Snapshot, before: Snapshot) -> DataFrame:
    """What moved between two briefings.

    Where both were made from the same articles in part, the interval of a change is wider than it need be,
    which shows less change and not more.

    Returns:
        `Changes` table over the whole of each corpus, with reasons and articles.
    """
    both = (now, before)
    values = [dyad_indicators(one.articles, one.events) for one in both]
    parts = [event_contributions(one.articles, one.events) for one in both]
    return explained(compared(*values), *parts, pd.concat([now.events, before.events]))
