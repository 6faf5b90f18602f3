"""Which incidents are new since an earlier briefing, which were updated, and which are gone.

Two records are of one incident if they share an event. Where no article is in both briefings they are, too,
if pair, day and place are the same, or, where no place is named, pair, day and words.

An incident is new only if the earlier briefing had none of its events up to the end of its period, and gone
only if the later one has none of them: one that merely falls out of the period, or ranks too low to be kept,
is neither.
"""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

from pandas import DataFrame, Timedelta, Timestamp

from analysis.briefing.records import BriefingRecord


@dataclass(frozen=True)
class UpdatedIncident:
    """An incident of which the later briefing reports another toll, other stories, or a denial."""

    now: dict
    before: dict

    @property
    def has_other_toll(self) -> bool:
        return self.now["killed_count"] != self.before["killed_count"]

    @property
    def has_other_stories(self) -> bool:
        return self.now["story_count"] != self.before["story_count"]

    @property
    def is_newly_denied(self) -> bool:
        return self.now["is_denied"] and not self.before["is_denied"]

    @property
    def is_changed(self) -> bool:
        return self.has_other_toll or self.has_other_stories or self.is_newly_denied


@dataclass(frozen=True)
class IncidentChanges:
    """What became of incidents between two briefings: records as `briefing.json` has them."""

    new: tuple[dict, ...]
    updated: tuple[UpdatedIncident, ...]
    gone: tuple[dict, ...]
    passed_count: int  # of the earlier briefing, in no list of the later though their reports are still read

    @property
    def is_empty(self) -> bool:
        return not (self.new or self.updated or self.gone)


def incident_changes(now: BriefingRecord, before: BriefingRecord) -> IncidentChanges:
    """What became of incidents between two briefings; a record without incidents has none."""
    pairs = list(matched(now.incidents, before.incidents))
    met = {one["incident_id"] for _, one in pairs if one}
    left = [one for one in before.incidents if one["incident_id"] not in met]
    gone = [one for one in left if not is_read(one, now.snapshot.events)]
    updates = (UpdatedIncident(later, earlier) for later, earlier in pairs if earlier)
    known = events_to_last_day(before)
    return IncidentChanges(
        new=tuple(later for later, earlier in pairs if not earlier and not is_read(later, known)),
        updated=tuple(one for one in updates if one.is_changed),
        gone=tuple(gone),
        passed_count=len(left) - len(gone),
    )


def events_to_last_day(record: BriefingRecord) -> DataFrame:
    """The events of a briefing without those from articles after its period, which it did not report."""
    events, articles = record.snapshot.events, record.snapshot.articles
    if not record.last_day:
        return events
    end = Timestamp(record.last_day) + Timedelta(days=1)
    return events[~events["article_id"].isin(articles.loc[articles["published_date"] >= end, "article_id"])]


def is_read(incident: dict, events: DataFrame) -> bool:
    """Whether a briefing has an event of an incident, perhaps without listing the incident."""
    return bool(events["event_id"].isin(incident["event_ids"]).any())


def matched(now: Sequence[dict], before: Sequence[dict]) -> Iterator[tuple[dict, dict | None]]:
    """Each incident of the later briefing with that of the earlier, which is matched once; or None."""
    by_key: dict[Hashable, list[dict]] = {}
    for one in before:
        for key in keys_of(one):
            by_key.setdefault(key, []).append(one)
    used: set[str] = set()
    for one in now:
        found = (other for key in keys_of(one) for other in by_key.get(key, []))
        first = next((other for other in found if other["incident_id"] not in used), None)
        if first:
            used.add(first["incident_id"])
        yield one, first


def keys_of(incident: dict) -> list[Hashable]:
    """What an incident may be recognised by, its events first."""
    events = [("event", one) for one in incident["event_ids"]]
    day = incident["pair"], incident["date"]
    if not incident["date"]:
        return list(events)
    words = ("place", *day, incident["place"]) if incident["place"] else ("words", *day, incident["what"])
    return [*events, words]
