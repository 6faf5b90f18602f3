"""Small tables of incidents: the columns that levels, moves and their pictures look at."""

from datetime import date, timedelta

import pandas as pd

from analysis.indicators.period_moves import period_levels
from analysis.schemas import QUADS
from tests.coverage import coverage
from tests.reports import INTENSITY

FIRST_MONDAY = date(2024, 1, 1)


def incident_rows(*incidents):
    """Incidents from (pair, type, day, article number), and "announced" where it is not yet done."""
    rows = [row(n, *incident) for n, incident in enumerate(incidents)]
    table = pd.DataFrame(rows, columns=[*row(0, "CHN-USA", "AID")])
    return table.assign(**{name: pd.to_datetime(table[name]) for name in ("first_day", "first_reported")})


def row(number, dyad, root, day=None, article=0, status="done"):
    return {
        "incident_id": f"{number:03}",
        "dyad": dyad,
        "quad": QUADS[root],
        "intensity": INTENSITY[root],
        "importance": 3.0,
        "killed_count": float("nan"),
        "status": status,
        "first_day": day,
        "first_reported": day,
        "article_id": f"{article:016x}",
    }


def weekly_levels(*counts_by_pair, stories, one_story=False):
    """`PeriodLevels` of weekly assaults, the last week being the period.

    Args:
        counts_by_pair: a pair and its assaults of each week from the first Monday of 2024.
        stories: how many are read in each week.
        one_story: all assaults of a week are reported by its first story.
    """
    mondays = [FIRST_MONDAY + timedelta(weeks=week) for week in range(len(stories))]
    days = [str(monday) for monday, count in zip(mondays, stories, strict=True) for _ in range(count)]
    firsts = [sum(stories[:week]) for week in range(len(stories))]
    acts = [
        (dyad, "ASSAULT", str(mondays[week]), firsts[week] + (0 if one_story else n % max(stories[week], 1)))
        for dyad, counts in counts_by_pair
        for week, count in enumerate(counts)
        for n in range(count)
    ]
    period = {"first": mondays[-1], "last": mondays[-1] + timedelta(days=6)}
    return period_levels(incident_rows(*acts), coverage(*days), **period)
