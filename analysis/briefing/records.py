"""What `briefing.json` keeps of one briefing, read again, and which of two was made first."""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from analysis.briefing.snapshots import Snapshot, load_snapshot, rows_of
from analysis.ingest.dates import exists
from analysis.phrasing import listed
from analysis.pipeline.filters import Scope

NUMBERS = "briefing.json"
SCOPE_PARTS = ["since", "until", "pair", "country"]
REQUIRED_OF_SCOPE = ("since", "pair")
CORRECTION_KEY = ["table", "id", "field", "old", "new", "note", "made_by", "made_on"]
JUDGMENT_KINDS = dict.fromkeys(["rule", "subject", "statement"], str)
CORRECTION_KINDS = dict.fromkeys([*CORRECTION_KEY, "problem"], str)
INCIDENT_KINDS = {
    **dict.fromkeys(["incident_id", "date", "pair", "what", "place"], str),
    **dict.fromkeys(["is_quoted", "is_denied"], bool),
    "killed_count": int | None,
    "story_count": int,
    **dict.fromkeys(["article_ids", "event_ids"], list),
}
ROWS = {"judgments": JUDGMENT_KINDS, "corrections": CORRECTION_KINDS, "incidents": INCIDENT_KINDS}


@dataclass(frozen=True)
class BriefingRecord:
    """What is kept of one briefing."""

    folder: str  # its name: the day of the run and the scope
    snapshot: Snapshot
    judgments: list[dict] = field(default_factory=list)
    corrections: list[dict] = field(default_factory=list)  # rows of `Corrections`
    scope: Scope = field(default_factory=Scope)
    incidents: list[dict] = field(default_factory=list)  # none in a briefing of an earlier version
    last_day: str = ""  # of its reporting period, as ISO 8601; "" where nothing is dated, or it is not kept


def load_record(path: Path, *, shown_as: str = "") -> BriefingRecord:
    """What is kept of a briefing.

    Args:
        path: its folder, or its `briefing.json`.
        shown_as: what an error calls the file; "" for its path.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: the file is not a `briefing.json`, or one of another version.
    """
    file = path / NUMBERS if path.is_dir() else path
    name = shown_as or str(file)
    if not file.is_file():
        raise FileNotFoundError(f"{name} does not exist, expected the folder of a briefing")
    snapshot = load_snapshot(str(file), shown_as=name)
    kept = json.loads(file.read_text(encoding="utf-8"))
    judgments, corrections, incidents = (  # an earlier version did not keep all of them
        rows_of(kept, key, list(kinds), name, kinds=kinds) if key in kept else []
        for key, kinds in ROWS.items()
    )
    folder, scope = file.resolve().parent.name, scope_in(kept, name)
    return BriefingRecord(folder, snapshot, judgments, corrections, scope, incidents, last_day_in(kept, name))


def last_day_in(kept: dict, name: str) -> str:
    """The last day of the reporting period of a briefing that is kept; "" where it has none.

    Raises:
        ValueError: it is not a day.
    """
    period = kept.get("period", {})
    day = period.get("to", "") if isinstance(period, dict) else None
    if not isinstance(day, str) or (day and not exists(day)):
        raise ValueError(
            f"{name}: period is {period!r}, expected its last day as to: make the briefing again"
        )
    return day


def scope_in(kept: dict, name: str) -> Scope:
    """The scope of a briefing that is kept; an earlier version kept neither `until` nor `country`.

    Raises:
        ValueError: it is not a scope.
    """
    scope = kept.get("scope", dict.fromkeys(REQUIRED_OF_SCOPE, ""))
    is_object = isinstance(scope, dict) and all(part in scope for part in REQUIRED_OF_SCOPE)
    if not is_object or not all(isinstance(scope.get(part, ""), str) for part in SCOPE_PARTS):
        raise ValueError(
            f"{name}: scope is {scope!r}, expected an object with the texts {listed(SCOPE_PARTS)}: make the "
            "briefing again"
        )
    return Scope(**{part: scope.get(part, "") for part in SCOPE_PARTS})


def run_of(folder: str, scope: Scope) -> tuple[str, int] | None:
    """The day of a run and its number on that day, by the name of its folder; None for other folders."""
    match = re.fullmatch(rf"(\d{{4}}-\d\d-\d\d){re.escape(scope.name)}(?:-(\d+))?", folder)
    return (match[1], int(match[2] or 1)) if match else None


def is_made_before(one: BriefingRecord, other: BriefingRecord) -> bool:
    """Whether the folders of two runs of the same scope say that the first was made before the second."""
    if one.scope != other.scope:
        return False
    first, second = (run_of(record.folder, record.scope) for record in (one, other))
    return first is not None and second is not None and first < second
