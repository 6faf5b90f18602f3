"""What is still to come: the days that a text names for it, and whether it was reported as done since."""

import re
from calendar import month_name, monthrange
from datetime import date
from typing import Final

import pandas as pd
from pandas import DataFrame

from analysis.indicators.incident_reports import KINDS
from analysis.indicators.named_sides import names_pair
from analysis.tables.rows import rows_of

FAR: Final = 183  # days, beyond which a date without a year may be of the year before
MONTHS: Final = list(month_name)
DATE: Final = re.compile(
    r"(?:\b(?P<before>\d\d?)(?:st|nd|rd|th)? "
    r"|\b(?P<bare>(?:in|until|by|from|of|before|early|late|mid)[ -]))?"
    rf"\b(?P<month>{'|'.join(MONTHS[1:])})\b(?: (?P<after>\d\d?)(?:st|nd|rd|th)?\b)?(?:,? (?P<year>20\d\d))?"
    r"(?! [A-Z]| attacks?\b)"
)
"""A day, or after "in" and the like a month; no name such as "March 23 Movement"."""
COMING: Final = re.compile(
    r"\b(?:will|would|wo?n['’]t|expect(?:s|ed)|scheduled|planned|plans|ahead of|before|until|if|set to|due"
    r"|next|starting|beginning|effective|take effect|deadline|by (?=$)|from (?=$))",
    re.IGNORECASE,
)
"""Before a day or month that may be to come: "will meet on Friday", "postponed until July 9"."""


OFF: Final = re.compile(
    r"\b(?:call(?:s|ed)? off|cancel\w*|postpone[ds]?|puts? off|pull(?:s|ed)? out"
    r"|will not (?:take place|go ahead))\b",
    re.IGNORECASE,
)
"""That something will not be, or not then."""


def coming_days(text: str, reported: date) -> tuple[date, date] | None:
    """The first and last day of the first time to come that a text names, without a year of the next months.

    Args:
        text: "The tariffs are postponed until July 9", "will be recognised in September".
        reported: the day of the report.
    """
    for found in DATE.finditer(text):
        number, month = found["before"] or found["after"], MONTHS.index(found["month"])
        year = int(found["year"] or reported.year + (month < reported.month))
        length = monthrange(year, month)[1]
        if not (number or found["bare"]) or not 1 <= int(number or 1) <= length:
            continue
        days = date(year, month, int(number or 1)), date(year, month, int(number or length))
        is_near = found["year"] or (days[0] - reported).days <= FAR
        if is_near and reported < days[0] and COMING.search(text[: found.start()] + (found["bare"] or "")):
            return days
    return None


def is_called_off(announced: DataFrame, sentences: DataFrame, articles: DataFrame) -> pd.Series:
    """Whether a sentence of the day of its report or later calls off what both sides have announced.

    Args:
        announced: some rows of `Incidents`.
        sentences: `Sentences` table.
        articles: `Articles` table.
    """
    days = dict(zip(articles["article_id"], articles["published_date"], strict=True))
    off = (one for one in rows_of(sentences) if OFF.search(one.text))
    told = [(one.text, one.article_id, days[one.article_id]) for one in off]
    found = [
        any(
            day >= one.first_reported and article != one.article_id and names_pair(text, one.dyad)
            for text, article, day in told
        )
        for one in rows_of(announced)
    ]
    return pd.Series(found, announced.index, dtype=bool)


def is_done_since(announced: DataFrame, incidents: DataFrame) -> pd.Series:
    """Whether what was announced was reported as done on the same day or later.

    Args:
        announced: some rows of `Incidents`.
        incidents: `Incidents`.
    """
    done = incidents[incidents["status"] == "done"]
    done = done.assign(kind=done["root"].map(KINDS).fillna(done["root"]))
    last = done.groupby(["dyad", "kind"])["last_reported"].max()
    keys = pd.MultiIndex.from_arrays(
        [announced["dyad"], announced["root"].map(KINDS).fillna(announced["root"])]
    )
    return pd.Series(last.reindex(keys).to_numpy(), index=announced.index) > announced["first_reported"]
