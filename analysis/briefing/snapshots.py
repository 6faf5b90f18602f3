"""The numbers of one briefing, kept so that the next can say what moved since.

`briefing.json` has lists of records, `articles`, `events`, `indicators` and `speakers`, and `schema` (a
number that rises when their columns change); the columns of the first three are those of `schemas`, without
texts, and a speaker has those of `SPEAKERS`. Dates are ISO 8601, missing values null. A briefing made before
speakers were kept has none.
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import UnionType
from typing import Any, Final

import pandas as pd
from pandas import DataFrame
from pandera.errors import SchemaError, SchemaErrors

from analysis.computed_once import unchanging
from analysis.indicators.changes import value_changes
from analysis.indicators.country_events import between_countries
from analysis.indicators.definitions import MINIMUM_STORIES
from analysis.indicators.drivers import with_reasons
from analysis.indicators.dyads import dyad_indicators, event_contributions
from analysis.indicators.proxy_acts import involves_armed_group
from analysis.phrasing import json_kind
from analysis.pipeline.analyse import Tables
from analysis.pipeline.filters import deduplicate
from analysis.schemas import Articles, Changes, Events, Indicators, Table, wrong_value

SCHEMA = 5
OLD_NAMES: Final = {  # columns by the schema that last had them, and what they are called now
    3: {"source_backer_code": "source_sponsor_code", "target_backer_code": "target_sponsor_code"},
    4: {},
}
MEDIA_TYPE = "application/vnd.faultline.snapshot+json"
ARTICLES: Final = ["article_id", "story_id", "title", "published_date", "outlet", "path"]
EVENTS: Final = [
    "event_id",
    "article_id",
    "start_char",
    "end_char",
    "source_id",
    "source_name",
    "source_country_code",
    "source_kind",
    "source_sponsor_code",
    "target_id",
    "target_country_code",
    "target_kind",
    "target_sponsor_code",
    "root",
    "mode",
    "quad",
    "intensity",
    "status",
]
KindOfValue = type | UnionType
SPEAKERS: Final = ["speaker_id", "speaker_name", "country_code", "is_anonymous", "statement_count"]


@dataclass(frozen=True)
class Snapshot:
    """What one briefing was made from, without the texts, and its indicators."""

    articles: DataFrame
    events: DataFrame
    indicators: DataFrame
    speakers: DataFrame | None = None  # None: not kept

    def __post_init__(self) -> None:
        unchanging(self.articles, self.events)

    def record(self) -> dict[str, Any]:
        """The snapshot as JSON values."""
        tables = {"articles": self.articles, "events": self.events[EVENTS], "indicators": self.indicators}
        if self.speakers is not None:
            tables["speakers"] = self.speakers
        return {"schema": SCHEMA, **{name: records_of(table) for name, table in tables.items()}}


def records_of(table: DataFrame) -> list[dict]:
    """The rows of a table as JSON values."""
    return json.loads(table.to_json(orient="records", date_format="iso", double_precision=6))


@dataclass(frozen=True)
class Fingerprint:
    """Which rows a notebook shows, to be compared with those of the front page."""

    tables: dict[str, DataFrame]

    def record(self) -> dict[str, Any]:
        """Rows and hash of each table, and the values of the indicators if they are among them."""
        indicators = self.tables.get("indicators")
        return {
            "rows": {name: len(table) for name, table in self.tables.items()},
            "hashes": {name: table_hash(table) for name, table in self.tables.items()},
            "indicators": [] if indicators is None else records_of(indicators),
        }

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        rows = ", ".join(f"{len(table)} {name}" for name, table in self.tables.items())
        return {MEDIA_TYPE: self.record(), "text/plain": f"Shown here: {rows}."}


def fingerprint(tables: Tables, *names: str) -> Fingerprint:
    """Which rows of some tables a notebook shows, so that no briefing has two versions of a number.

    Args:
        tables: a corpus.
        names: of its tables, such as "quotes".
    """
    return Fingerprint({name: getattr(tables, name) for name in names})


def table_hash(table: DataFrame) -> str:
    """sha256 of the rows of a table."""
    return hashlib.sha256(table.to_csv(index=False).encode("utf-8")).hexdigest()


def snapshot_of(tables: Tables, *, also: Collection[str] = ()) -> Snapshot:
    """What the next briefing needs to know of this one.

    Args:
        tables: a corpus.
        also: ids of events to keep beside those of countries and armed groups: those of blocs in incidents.
    """
    events = tables.events
    is_kept = between_countries(events) | involves_armed_group(events) | events["event_id"].isin(list(also))
    events = events[is_kept]
    return Snapshot(
        articles=tables.articles[ARTICLES].reset_index(drop=True),
        events=events[[*EVENTS, "published_date"]].reset_index(drop=True),
        indicators=tables.indicators,
        speakers=speakers_of(deduplicate(tables).quotes),
    )


def speakers_of(quotes: DataFrame) -> DataFrame:
    """Who speaks, the most quoted first: the columns of `SPEAKERS`."""
    known = quotes.dropna(subset="speaker_id")
    found = known.groupby("speaker_id", sort=False, as_index=False).agg(
        speaker_name=("speaker_name", "first"),
        country_code=("country_code", "first"),
        is_anonymous=("is_anonymous", "any"),
        statement_count=("quote_id", "size"),
    )
    return found.sort_values("statement_count", ascending=False, kind="stable", ignore_index=True)


def load_snapshot(path: str, *, shown_as: str = "") -> Snapshot | None:
    """The numbers of an earlier briefing, or None where `path` is "".

    Args:
        path: its `briefing.json`.
        shown_as: what an error calls the file; "" for its path.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: it is not a `briefing.json`, or one of another version.
    """
    if not path:
        return None
    name = shown_as or path
    try:
        kept = json.loads(Path(path).read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:  # RecursionError: nested without end
        raise ValueError(f"{name} is not JSON, expected the briefing.json of an earlier briefing") from error
    found = kept.get("schema") if isinstance(kept, dict) else None
    is_number = isinstance(found, int)  # a list or an object could not even be looked up
    if is_number and found in OLD_NAMES:
        kept = {**kept, "events": current_columns(kept.get("events"), OLD_NAMES[found])}
    elif found != SCHEMA:
        raise ValueError(
            f"{name} has schema {found!r}, expected {SCHEMA}: move it away to start again, or use the "
            "version of Faultline that wrote it"
        )
    articles = table_of(kept, "articles", Articles, ARTICLES, name)
    events = table_of(kept, "events", Events, EVENTS, name)
    dates = articles.set_index("article_id")["published_date"]  # kept once, with the articles
    return Snapshot(
        articles=articles,
        events=events.assign(published_date=dates.reindex(events["article_id"]).to_numpy()),
        indicators=table_of(kept, "indicators", Indicators, list(Indicators.to_schema().columns), name),
        speakers=DataFrame(rows_of(kept, "speakers", SPEAKERS, name), columns=SPEAKERS)
        if "speakers" in kept
        else None,
    )


def current_columns(rows: object, names: dict[str, str]) -> object:
    """Rows of an earlier briefing with the current columns; anything but a list of rows as it is.

    Where a sentence ended was not kept: one that began in the title is taken to be in it, as it was then.
    """
    if not isinstance(rows, list):
        return rows
    return [
        {"end_char": row.get("start_char")} | {names.get(name, name): value for name, value in row.items()}
        if isinstance(row, dict)
        else row
        for row in rows
    ]


def rows_of(
    kept: dict, key: str, columns: list[str], file: str, *, kinds: Mapping[str, KindOfValue] | None = None
) -> list[dict]:
    """A list of an earlier briefing whose rows have some columns.

    Args:
        kept: what `briefing.json` contains.
        key: of the list.
        columns: that each row must have.
        file: what an error calls the file.
        kinds: what values some of the columns have: a list cannot stand where a text is looked up.

    Raises:
        ValueError: it is not a list, or one of its rows lacks a column or has a value of another kind.
    """
    found = kept.get(key)
    if not isinstance(found, list):
        raise ValueError(f"{file}: {key} is {type(found).__name__}, expected a list of rows")
    for number, row in enumerate(found):
        missing = [column for column in columns if not isinstance(row, dict) or column not in row]
        if missing:
            raise ValueError(f"{file}: {key}[{number}] lacks {missing[0]}, expected it in each row")
        wrong = [column for column, kind in (kinds or {}).items() if not isinstance(row[column], kind)]
        if wrong:
            raise ValueError(
                f"{file}: {key}[{number}] has {json_kind(row[wrong[0]])} as {wrong[0]}, expected it as "
                "Faultline wrote it: make the briefing again"
            )
    return found


def table_of(kept: dict, key: str, schema: type[Table], columns: list[str], file: str) -> DataFrame:
    """A table of an earlier briefing, checked like one that was just made."""
    table = DataFrame(rows_of(kept, key, columns, file), columns=columns)
    try:
        return schema.to_schema().select_columns(columns).validate(table)
    except (SchemaError, SchemaErrors) as error:
        raise ValueError(
            f"{file}: {key} has a wrong value, {wrong_value(error)}, expected it as Faultline wrote it: "
            "make the briefing again"
        ) from error


def changes_since(
    tables: Tables, before: Snapshot | None, *, minimum_stories: int = MINIMUM_STORIES
) -> DataFrame:
    """What moved between an earlier briefing and the current articles, as in `changes_between`.

    Returns:
        `Changes` table; empty without an earlier briefing.
    """
    if before is None:
        return Changes.validate(DataFrame(columns=list(Changes.to_schema().columns)))
    return changes_between(snapshot_of(tables), before, minimum_stories=minimum_stories)


def changes_between(now: Snapshot, before: Snapshot, *, minimum_stories: int = MINIMUM_STORIES) -> DataFrame:
    """What moved between two briefings.

    Where some articles are in both, the interval of a change is wider than it need be: it shows less change,
    not more.

    Returns:
        `Changes` table over the whole of each corpus, with reasons and articles.
    """
    both = (now, before)
    values = [dyad_indicators(one.articles, one.events) for one in both]
    parts = [event_contributions(one.articles, one.events) for one in both]
    return with_reasons(
        value_changes(*values, minimum_stories=minimum_stories),
        *parts,
        pd.concat([now.events, before.events]),
    )
