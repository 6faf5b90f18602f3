"""What is still to come: the days that a text names for it, and whether it was called off or done since."""

import re
from calendar import month_name, monthrange
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any, Final

import pandas as pd
from pandas import DataFrame, MultiIndex, Series, Timestamp

from analysis.indicators.incident_reports import KINDS
from analysis.indicators.named_sides import countries_named
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
    r"\b(?:will|would|invit\w+|expect(?:s|ed)|scheduled|planned|plans|ahead of|before|until|if|set to|due"
    r"|next|starting|beginning|effective|take effect|deadline|by(?= $)|for(?= $)|from(?= $))\b",
    re.IGNORECASE,
)
"""Before a day or month that may be to come: "will meet on Friday", "postponed until July 9"."""
MEETING: Final = r"(?:meet|summit|talk|visit|trip|negotiat)\w*|met"
"""Words of one kind of plan: who will meet has a summit, talks or a visit before them."""
MET: Final = re.compile(rf"\b(?:{MEETING})\b", re.IGNORECASE)
CALLED_OFF: Final = (
    r"call(?:s|ed)? off|cancel\w*|postpon\w*|puts? off|scrap(?:s|ped)?"
    r"|(?:pull(?:s|ed)? out of|with(?:draws?|drew|drawn) from|abandon(?:s|ed)?)"
    rf" (?:[\w'’-]+ ){{0,2}}?(?:{MEETING}|plans?)"
)
OFF: Final = re.compile(rf"\b(?:{CALLED_OFF}|will not (?:take place|go ahead))\b", re.IGNORECASE)
"""That something will not be, or not then."""
NOT: Final = re.compile(
    rf"\b(?:{CALLED_OFF}|drop(?:s|ped)? \w+ plans?|(?:will|would|wo)(?: not|n['’]t))\b"
    r"(?!.*\b(?:until|before|will(?! not))\b|.* to $)",
    re.IGNORECASE,
)
"""Before a day on which nothing will be: "called off a visit planned for 2 December"."""
GONE: Final = re.compile(rf"[^,;.]*\b(?:is|are|was|were|been) (?:{CALLED_OFF})\b", re.IGNORECASE)
"""After such a day: "talks due on 3 December have been postponed"."""
CLAUSE: Final = re.compile(r"[,;.] (?!(?:which|that|due|planned|scheduled|originally|to)\b)")
"""Where a clause begins that does not go on about the one before it."""


def coming_days(text: str, reported: date) -> tuple[date, date] | None:
    """The first and last day of the first time to come that a text names, without a year of the next months.

    Args:
        text: "The tariffs are postponed until July 9", "will be recognised in September".
        reported: the day of the report.
    """
    for found, days in dates(text, reported):
        before = text[: found.start()] + (found["bare"] or "")
        if reported < days[0] and COMING.search(before) and not is_off(text, found):
            return days
    return None


def is_off(text: str, found: re.Match) -> bool:
    """Whether a text says of a day, found in it, that nothing will be on it."""
    clause = CLAUSE.split(text[: found.start()] + (found["bare"] or ""))[-1]
    return bool(NOT.search(clause) or GONE.match(text[found.end() :]))


def dates(text: str, reported: date) -> Iterator[tuple[re.Match, tuple[date, date]]]:
    """Where a text names a day or month, and its first and last day; without a year of the next months."""
    for found in DATE.finditer(text):
        number, month = found["before"] or found["after"], MONTHS.index(found["month"])
        year = int(found["year"] or reported.year + (month < reported.month))
        length = monthrange(year, month)[1]
        if not (number or found["bare"]) or not 1 <= int(number or 1) <= length:
            continue
        days = date(year, month, int(number or 1)), date(year, month, int(number or length))
        if found["year"] or (days[0] - reported).days <= FAR:
            yield found, days


class CallsOff:
    """The sentences of a corpus that call something off or put it off."""

    def __init__(self, sentences: DataFrame, articles: DataFrame) -> None:
        days = dict(zip(articles["article_id"], articles["published_date"], strict=True))
        self.told = []
        for one in rows_of(sentences[sentences["text"].str.contains(OFF)]):
            day = days[one.article_id]
            named = [] if pd.isna(day) else [*dates(one.text, day.date())]
            off = [Timestamp(due[0]) for found, due in named if is_off(one.text, found)]
            on = None if pd.isna(day) else coming_days(one.text, day.date())
            self.told.append((one.text.lower(), countries_named(one.text), one.article_id, day, off, on))

    def hit(
        self,
        words: Collection[str],
        countries: Collection[str],
        article_id: str,
        day: Any,
        due: tuple[Any, Any],
        place: Any = None,
    ) -> bool:
        """Whether a sentence of that day or later calls a plan off.

        One that names all sides has a word of the plan or its kind, or its day; one that names some has its
        kind, and its day or place or nobody else. One with another day calls off another plan, and the
        article of the plan itself calls off only its day.
        """
        sides, is_meeting = set(countries), any(MET.match(word) for word in words)
        for text, named, other, later, off, on in self.told:
            is_day = any(due[0] <= one <= due[1] for one in off)
            is_other = (off and not is_day and pd.notna(due[0])) or (on and due[0] == Timestamp(on[0]))
            is_kind = is_meeting and MET.search(text)
            if other == article_id:
                is_told = is_day and sides & named
            elif len(sides) > 1 and named >= sides:
                is_told = is_day or is_kind or any(word in text for word in words)
            else:
                is_near = is_day or named <= sides or (isinstance(place, str) and place.lower() in text)
                is_told = is_kind and is_near and sides & named
            if is_told and not is_other and later >= day:
                return True
        return False


def is_done_since(announced: DataFrame, incidents: DataFrame) -> Series:
    """Whether what was announced was reported as done on the same day or later.

    Args:
        announced: some rows of `Incidents`.
        incidents: `Incidents`.
    """
    kinds = incidents["root"].map(KINDS).fillna(incidents["root"])
    last = (
        incidents.assign(kind=kinds)[incidents["status"] == "done"]
        .groupby(["dyad", "kind"])["last_reported"]
        .max()
    )
    keys = MultiIndex.from_arrays([announced["dyad"], announced["root"].map(KINDS).fillna(announced["root"])])
    return Series(last.reindex(keys).to_numpy(), index=announced.index) > announced["first_reported"]
