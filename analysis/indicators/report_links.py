"""Whether two reports of one pair of sides, of words or of deeds, tell of one incident.

The odds are a sum: each feature times its weight in `indicators/link_weights.csv`. The weights are those of
a logistic model of what readers said of pairs of reports (`benchmarks/fit_links.py`); at 0 and above, two
reports are of one incident.
"""

from collections import Counter
from collections.abc import Mapping
from functools import cache
from math import log, sqrt
from typing import Any, Final

from pandas import DataFrame

from analysis.indicators.incident_reports import LONGEST_SPAN, REACH_DAYS, is_broad, stems
from analysis.lexicons import load_lexicon

UNREAD: Final = 1000  # reports without a word that are taken to be there beside those read, which may be few
FURTHEST: Final = 4.0  # days, from which on further ones tell no more


class Links:
    """How alike the reports of some articles are."""

    def __init__(self, reports: DataFrame, weights: Mapping[str, float] | None = None):
        """Count in how many reports each word is, which says how rare it is.

        Args:
            reports: `report_rows`.
            weights: of the features, others than those of the list.
        """
        counts = Counter(word for words in reports["words"] for word in words)
        self.rarity = {word: log((UNREAD + len(reports)) / count) ** 2 for word, count in counts.items()}
        self.weights = listed_weights() if weights is None else weights
        self.sums: dict[frozenset, float] = {}

    def odds(self, one: Any, other: Any) -> float:
        """Log odds that two reports are of one incident.

        What one article says of one kind of act and day is one incident, unless places or tolls differ; the
        labels are of pairs of articles. The other report is the later one, whose toll may be higher.
        """
        found = self.features(one, other)
        if one.article_id == other.article_id:
            is_other = one.kind != other.kind or found["other_days"] or found["other_toll"]
            return -1.0 if is_other else 1.0
        return sum(weight * found[name] for name, weight in self.weights.items())

    def features(self, one: Any, other: Any) -> dict[str, float]:
        """What the odds of two reports are made of; see the notes of the list of weights."""
        place = names_place(one, other.place_words) or names_place(other, one.place_words)
        counts = ((one.toll, other.toll), (one.injured, other.injured))
        both = [(before, now) for before, now in counts if None not in (before, now)]
        differ = bool(both) and all(before != now for before, now in both)
        is_lower = any(now < before for before, now in both)
        return {
            "base": 1.0,
            "words": self.shared(one.words, other.words),
            "near": max(self.shared(one.near, other.words), self.shared(one.words, other.near)),
            "days": days_apart(one, other) if one.is_news and other.is_news else 0.0,
            "place": float(place),
            "other_toll": float(differ and (is_lower or not place)),
            "other_days": float(gap_between(one, other) > 0),
            "recalled": float(not one.is_news and not other.is_news),
            "brief": float(one.is_brief and other.is_brief),
        }

    def shared(self, one: frozenset, other: frozenset) -> float:
        """How many words two reports have in common, from 0 to 1, rare ones counting more.

        That is the root of their share: one rare word in common says much, and one more says less.
        """
        first, second = self.sum_of(one), self.sum_of(other)
        both = sum(self.rarity.get(word, 0.0) for word in one & other)
        return sqrt(both / sqrt(first * second)) if first and second else 0.0

    def sum_of(self, words: frozenset) -> float:
        """The rarities of the words of a report, added up once."""
        if words not in self.sums:
            self.sums[words] = sum(self.rarity.get(word, 0.0) for word in words)
        return self.sums[words]


@cache
def listed_weights() -> dict[str, float]:
    """Feature -> its weight."""
    rows = load_lexicon("indicators/link_weights", numbers=("weight",))
    return dict(zip(rows["feature"], rows["weight"].astype(float), strict=True))


def names_place(row: Any, place: str) -> bool:
    """Whether the sentence of a report has all words of a place that is no country or region."""
    return bool(place) and not is_broad(place) and stems(place.split()) <= row.words


def may_be_one(one: Any, other: Any) -> bool:
    """Whether two reports have a day in common, or are of one article, where neither has any.

    Two towns that are struck are two incidents, however alike the words, and two different nights share a
    day and no hour.
    """
    if one.place_words not in other.place_words and other.place_words not in one.place_words:
        return False
    if one.span is None or other.span is None:
        return one.span == other.span and one.article_id == other.article_id
    are_nights = all(row.days and (row.days[1] - row.days[0]).days == 1 for row in (one, other))
    are_dated = all(row.days or row.is_news for row in (one, other))
    gap = gap_between(one, other)
    return gap <= (0 if are_dated else REACH_DAYS) and (one.span == other.span or not are_nights)


def gap_between(one: Any, other: Any) -> int:
    """Days from one of two reports to the other; 0 where they have a day in common, or one has none."""
    if one.span is None or other.span is None:
        return 0
    return max((other.span[0] - one.span[1]).days, (one.span[0] - other.span[1]).days, 0)


def days_apart(one: Any, other: Any) -> float:
    """Days between the acts of two reports, at most `FURTHEST`; 0 where nothing dates one."""
    first, second = day_of(one), day_of(other)
    return 0.0 if None in (first, second) else min(abs(first - second), FURTHEST)


def day_of(row: Any) -> float | None:
    """The day of a report as a number: the middle of the days that its text names, or that of its article.

    What an article recalls without a day has none.
    """
    if row.days and (row.days[1] - row.days[0]).days < LONGEST_SPAN:
        return (row.days[0].toordinal() + row.days[1].toordinal()) / 2
    return float(row.published.toordinal()) if row.published and row.is_news else None
