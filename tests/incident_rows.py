"""Small tables of incidents: the columns that levels, moves and their pictures look at."""

import pandas as pd

from analysis.schemas import QUADS
from tests.coverage import INTENSITY


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
        "status": status,
        "first_day": day,
        "first_reported": day,
        "article_id": f"{article:016x}",
    }
