"""Whether two reports of one pair of sides and one kind of act tell of one incident.

The odds are a sum: each feature times its weight in `indicators/link_weights.csv`. The weights are those of
a logistic model of what readers said of pairs of reports (`benchmarks/fit_links.py`); at 0 and above, two
reports are of one incident.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cache
from math import inf, log, sqrt
from typing import Any, Final

from pandas import DataFrame

from analysis.indicators.incident_reports import FORCE, is_broad, stems
from analysis.lexicons import load_lexicon
from analysis.nlp.events.days import Span

REACH_DAYS: Final = 2  # between an act and a report that names no day
LONGEST_SPAN: Final = 7  # days named together that still tell acts apart: "last week", not "this year"
LATEST: Final = 8  # reports of an incident with which another is compared, beside its first
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

    def odds_of_all(self, reports: Sequence[Any], other: Any) -> float:
        """Log odds that a report is of the incident of others; minus infinity where their days differ.

        That is the least over their articles, each by its likest report. Of many reports the first and the
        latest are compared.
        """
        best: dict[str, float] = {}
        for one in [*reports[:1], *reports[1:][-LATEST:]]:
            if not may_be_one(one, other):
                return -inf
            best[one.article_id] = max(self.odds(one, other), best.get(one.article_id, -inf))
        return min(best.values())

    def odds(self, one: Any, other: Any) -> float:
        """Log odds that two reports are of one incident.

        What one article says of one kind of act is one incident, unless places, tolls or those who talk
        differ; the labels are of pairs of articles. The other report is not the earlier one.
        """
        found = self.features(one, other)
        if one.article_id == other.article_id:
            return -1.0 if differ_in_toll(one, other) or found["other_people"] else 1.0
        return sum(weight * found[name] for name, weight in self.weights.items())

    def features(self, one: Any, other: Any) -> dict[str, float]:
        """What the odds of two reports are made of; see the notes of the list of weights."""
        first, second = dict(people_of(one)), dict(people_of(other))
        place = names_place(one, other.place_words) or names_place(other, one.place_words)
        is_lower = any(now < before for before, now in common_counts(one, other))
        return {
            "base": 1.0,
            "words": self.shared(one.words, other.words),
            "near": max(self.shared(one.near, other.words), self.shared(one.words, other.near)),
            "days": days_apart(one, other) if one.is_news and other.is_news else 0.0,
            "place": float(place),
            "other_toll": float(differ_in_toll(one, other) and (is_lower or not place)),
            "other_people": float(any(first[code] != second[code] for code in first.keys() & second.keys())),
            "force": float(one.kind == FORCE),
            "brief": float(one.is_brief and other.is_brief),
        }

    def shared(self, one: frozenset, other: frozenset) -> float:
        """How many words two reports have in common, from 0 to 1, rare ones counting more.

        That is the root of their share: one rare word in common says much, and one more says less.
        """
        both, first, second = (
            sum(self.rarity.get(word, 0.0) for word in words) for words in (one & other, one, other)
        )
        return sqrt(both / sqrt(first * second)) if first and second else 0.0


@cache
def listed_weights() -> dict[str, float]:
    """Feature -> its weight."""
    rows = load_lexicon("indicators/link_weights", numbers=("weight",))
    return dict(zip(rows["feature"], rows["weight"].astype(float), strict=True))


def common_counts(one: Any, other: Any) -> list[tuple[int, int]]:
    """The dead and the wounded that both of two reports count."""
    counts = ((one.toll, other.toll), (one.injured, other.injured))
    return [(before, now) for before, now in counts if None not in (before, now)]


def differ_in_toll(one: Any, other: Any) -> bool:
    """Whether no count that two reports have is the same in both."""
    counts = common_counts(one, other)
    return bool(counts) and all(before != now for before, now in counts)


def names_place(row: Any, place: str) -> bool:
    """Whether the sentence of a report has all words of a place that is no country or region."""
    return bool(place) and not is_broad(place) and stems(place.split()) <= row.words


def people_of(row: Any) -> list[tuple[str, str]]:
    """The code of each side that is a person, and who that is."""
    return [
        (code, name)
        for kind, code, name in (
            (row.source_kind, row.source_country_code, row.source_name),
            (row.target_kind, row.target_country_code, row.target_name),
        )
        if kind == "person"
    ]


def span_of(row: Any) -> Span | None:
    """First and last day on which what a report tells may have been; None if it has no day at all.

    That is what its text names, or the day of the article and those before it. What spans many days, such as
    "this year", tells no more than these where it reaches to them.
    """
    if row.published is None:
        return row.days
    last = row.published.date()
    first = last - timedelta(days=REACH_DAYS)
    if row.days is None:
        return first, last
    is_long = (row.days[1] - row.days[0]).days >= LONGEST_SPAN
    return (first, last) if is_long and row.days[0] <= last and first <= row.days[1] else row.days


def may_be_one(one: Any, other: Any) -> bool:
    """Whether two reports have a day in common, or are of one article, where neither has any.

    Two towns that are struck are two incidents, however alike the words, and two different nights share a
    day and no hour.
    """
    if one.place_words not in other.place_words and other.place_words not in one.place_words:
        return False
    first, second = span_of(one), span_of(other)
    if first is None or second is None:
        return first == second and one.article_id == other.article_id
    are_nights = all(row.days and (row.days[1] - row.days[0]).days == 1 for row in (one, other))
    return first[0] <= second[1] and second[0] <= first[1] and (first == second or not are_nights)


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
