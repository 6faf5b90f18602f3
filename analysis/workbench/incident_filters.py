"""What the filters of the timeline leave, in words, and which of them to clear if they leave nothing."""

from dataclasses import fields, replace

from pandas import DataFrame

from analysis.country_names import country_name, dyad_name
from analysis.indicators.incident_timeline import TimelineChoice, chosen_incidents
from analysis.phrasing import counted

LABELS = {
    "country": "Country",
    "pair": "Pair",
    "kind": "Kind",
    "since": "From",
    "until": "To",
    "least_stories": "Least stories",
}
"""The label of each filter."""
OPEN = TimelineChoice()


def filter_notes(timeline: DataFrame, choice: TimelineChoice, left: DataFrame) -> list[str]:
    """What a choice leaves out, in sentences.

    Args:
        timeline: table of `incident_timeline`.
        choice: what is chosen.
        left: the rows that pass.
    """
    if timeline.empty:
        return ["No incident between two countries was recognised, so there is nothing to explore."]
    notes = [nothing_left(timeline, choice)] if left.empty else []
    undated = int(timeline["day"].isna().sum())
    if undated and (choice.since or choice.until):
        notes.append(f"Left out: {counted(undated, 'incident')} without a date.")
    return notes


def nothing_left(timeline: DataFrame, choice: TimelineChoice) -> str:
    """Which filters leave nothing, and which of them to clear."""
    if choice.since and choice.until and choice.since > choice.until:
        return f"Nothing is left: From ({choice.since}) is after To ({choice.until}); swap the two dates."
    names = set_filters(choice)
    chosen = ", ".join(f"{LABELS[name]} {words_of(name, getattr(choice, name))}" for name in names)
    without = {
        name: len(chosen_incidents(timeline, replace(choice, **{name: getattr(OPEN, name)})))
        for name in names
    }
    best = max(without, key=without.__getitem__)
    if not without[best]:
        return f"Nothing is left with {chosen}; no single filter is the cause, so clear several."
    would = f"Without the filter {LABELS[best]} there would be {counted(without[best], 'incident')}."
    return f"Nothing is left with {chosen}. {would}"


def set_filters(choice: TimelineChoice) -> list[str]:
    """The names of the filters that are not open."""
    names = [field.name for field in fields(choice)]
    return [name for name in names if getattr(choice, name) != getattr(OPEN, name)]


def words_of(name: str, value: object) -> str:
    """A value of a filter as a reader knows it."""
    readers = {"country": country_name, "pair": dyad_name}
    return readers[name](value) if name in readers else str(value)
