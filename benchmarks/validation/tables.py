"""What the validation computes."""

import pandas as pd

from analysis.tables.codes import ROOTS
from analysis.tables.table import WHOLE_OR_MISSING, Table, column

Crises = Table(
    "Crises",
    "One row per known crisis of a pair of countries, and how strongly a corpus shows it.",
    {
        "dyad": column(str),
        "start_period": column(str, "first week of its known worst phase"),
        "end_period": column(str, "last week of that phase"),
        "week_rank": column(
            WHOLE_OR_MISSING, "of its worst week among all weeks of the pair", ge=1, nullable=True
        ),
        "spike_rank": column(
            WHOLE_OR_MISSING, "among all spikes; missing where it is not a spike", ge=1, nullable=True
        ),
        "story_count": column(int, "stories with a hostile act in the worst of these weeks", ge=0),
    },
    key=("dyad", "start_period"),
)

KnownCrises = Table(
    "KnownCrises",
    "One row per crisis of a year known from its news, and whether the series of its kind shows it.",
    {
        "kind": column(str, "which series should show it", isin=("force", "political")),
        "dyad": column(str),
        "start_date": column(pd.Timestamp, "its first day"),
        "end_date": column(pd.Timestamp, "its last day"),
        "note": column(str, "what happened"),
        "item_count": column(int, "news items that report it, by the list", gt=0),
        "weight": column(float, "of its gravest seven days", ge=0),
        "usual_weight": column(float, "the mean of seven days of the pair outside its crises", ge=0),
        "story_count": column(int, "with an act of its kind, in its days", ge=0),
        "is_found": column(bool, "whether the series shows it"),
        "reason": column(str, 'why it is not found; "" where it is'),
    },
    key=("kind", "dyad", "start_date"),
)

CrisisRates = Table(
    "CrisisRates",
    "One row per kind of crisis: how many are found, and how many other weeks pass the same test.",
    {
        "kind": column(str, "which series", isin=("force", "political"), unique=True),
        "found_count": column(int, "known crises that it shows", ge=0),
        "crisis_count": column(int, "known crises", gt=0),
        "other_week_count": column(int, "of all pairs, outside the crises that are known", ge=0),
        "pair_count": column(int, "pairs with an act of the kind", ge=0),
    },
)

WorldAgreements = Table(
    "WorldAgreements",
    "One row per series and published figure: how far the two agree.",
    {
        "measure": column(str, "what is compared with what, in words"),
        "series": column(str, "ours, mentions, tone, or the published queries"),
        "value": column(float, "of the measure", ge=-1, le=1),
        "low": column(float, "95% interval, by bootstrap", ge=-1, le=1),
        "high": column(float, "its upper end", ge=-1, le=1),
        "value_count": column(int, "pairs and weeks, or months", gt=0),
    },
    key=("measure", "series"),
)

FalseAlarms = Table(
    "FalseAlarms",
    "One row per corpus and kind of finding: how often it is made when the dates are shuffled.",
    {
        "corpus": column(str, 'what it is made of: "press releases"'),
        "finding": column(str, "what is found", isin=("spike", "change point")),
        "found_count": column(int, "spikes, or series with a change point", ge=0),
        "searched": column(float, "years for spikes, series long enough for change points", ge=0),
    },
    key=("corpus", "finding"),
)

IntervalsHeld = Table(
    "IntervalsHeld",
    "One row per indicator: how often its 95% interval holds what it should.",
    {
        "indicator": column(str, unique=True),
        "halves_inside_count": column(int, "differences of two random halves inside theirs", ge=0),
        "halves_count": column(int, "such differences", ge=0),
        "draws_inside_count": column(int, "intervals of drawn stories with the corpus's value", ge=0),
        "draws_count": column(int, "such intervals", ge=0),
    },
)

SpikeItems = Table(
    "SpikeItems",
    "One row per hostile act behind a spike.",
    {
        "dyad": column(str),
        "peak_date": column(str, "the first of the seven heaviest days of the spike"),
        "event_id": column(str),
        "published_date": column(str, "ISO 8601"),
        "path": column(str, "file:line in the folder of corpora"),
        "source_name": column(str),
        "source_country_code": column(str, "missing for a group without a country", nullable=True),
        "target_country_code": column(str),
        "sponsor_code": column(str, "the country of the pair whose proxy acts", nullable=True),
        "is_sponsor_in_article": column(bool, "whether this article names the sponsor; else others do"),
        "root": column(str, isin=ROOTS),
        "text": column(str, "the sentence; missing where the corpus is not available", nullable=True),
    },
    key=("dyad", "peak_date", "event_id"),
)

Durations = Table(
    "Durations",
    "One row per timed task.",
    {
        "work": column(str, unique=True),
        "item_count": column(int, ge=0),
        "duration_seconds": column(float, "of one core", ge=0),
        "limit_seconds": column(float, gt=0),
    },
)

Checks = Table(
    "Checks",
    "One row per figure that was known in advance, and what was found.",
    {
        "exhibit": column(str),
        "dyad": column(str, 'the pair that the figure is about; "" for none'),
        "subject": column(str),
        "expected": column(str),
        "found": column(str),
        "is_within": column(bool),
        "reason": column(str, 'for a difference; "" where there is none'),
    },
    key=("exhibit", "dyad", "subject"),
)
