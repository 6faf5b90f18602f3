"""The acts of a pair of countries, counted by kind and actor, as judgments and answers name them."""

from dataclasses import dataclass

from pandas import Series


@dataclass(frozen=True)
class NamedCount:
    """Something a reader knows by name, and how often it was found."""

    name: str
    count: int


@dataclass(frozen=True)
class ActCount:
    """How often one country, or both sides together, did one kind of act."""

    act: str  # as `act_names` calls it: "talks"
    actor: str  # country code; "" for both sides
    count: int


def most_frequent(names: Series, most: int | None = None) -> tuple[NamedCount, ...]:
    """Names with their counts, the most frequent first, ties in the order of their first rows."""
    counts = names.value_counts(sort=False).sort_values(ascending=False, kind="stable")
    return tuple(NamedCount(str(name), int(count)) for name, count in counts.head(most).items())
