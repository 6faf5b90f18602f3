"""What is still to come: the days that a text names for it, and whether it was called off or done since."""

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Final, NamedTuple

import pandas as pd
from pandas import DataFrame, MultiIndex, Series, Timestamp

from analysis.indicators.incident_reports import KINDS, has_word
from analysis.indicators.named_sides import countries_named
from analysis.nlp.events.days import ITS_YEAR, MONTH, PATTERN, days_of
from analysis.tables.rows import rows_of

FAR: Final = 183  # days, beyond which a date without a year may be of the year before
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
POSTPONED: Final = re.compile(r"\b(?:postpon\w*|put(?:s|ting)? off)\b", re.IGNORECASE)
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
    return next(
        (
            days
            for before, after, days in dates(text, reported)
            if reported < days[0] and COMING.search(before) and not is_off(before, after)
        ),
        None,
    )


def is_off(before: str, after: str) -> bool:
    """Whether the words before or after a day say that nothing will be on it."""
    return bool(NOT.search(CLAUSE.split(before)[-1]) or GONE.match(after))


def dates(text: str, reported: date) -> Iterator[tuple[str, str, tuple[date, date]]]:
    """The words before and after each day or month that a text names, and its first and last day.

    Without a year it is of the next months, or just over. A month says so only after a preposition: "in May".
    """
    put_off = POSTPONED.search(text)  # "put off from 3 July to 9 July" is no range
    whole = text[: put_off.end()] + text[put_off.end() :].replace(" to ", " to/") if put_off else text
    for found in PATTERN.finditer(whole):
        kind, preposition = found.lastgroup or "", (found["preposition"] or "").lower()
        when, after = found[kind], text[found.end() :]
        if (
            (preposition != "since" if preposition else kind != "month")
            and re.search(MONTH, when)
            and not after.startswith(" attack")
        ):
            days = days_of(when, reported, is_future=True) or days_of(when, reported, is_future=False)
            if days and (re.search(ITS_YEAR, when) or (days[0] - reported).days <= FAR):
                yield text[: found.start(kind)], after, days


class Cancellation(NamedTuple):
    """A sentence that calls something off or puts it off."""

    text: str  # in small letters
    countries: frozenset[str]  # that it names
    article_id: str
    day: Timestamp  # of its article
    off: list[Timestamp]  # days on which, it says, nothing will be
    new_days: tuple[date, date] | None  # to which something is put off


def find_cancellations(sentences: DataFrame, articles: DataFrame) -> Iterator[Cancellation]:
    """The sentences of dated articles that call something off or put it off."""
    found = sentences[sentences["text"].str.contains(OFF)].merge(
        articles[["article_id", "published_date"]].dropna(), on="article_id", validate="m:1"
    )
    for one in rows_of(found):
        yield Cancellation(
            text=one.text.lower(),
            countries=countries_named(one.text),
            article_id=one.article_id,
            day=one.published_date,
            off=[
                Timestamp(days[0])
                for before, after, days in dates(one.text, one.published_date.date())
                if is_off(before, after)
            ],
            new_days=coming_days(one.text, one.published_date.date()),
        )


class Plan(NamedTuple):
    """What is announced."""

    words: Collection[str]  # that say what it is: "visit"
    sides: frozenset[str]  # codes of its countries and blocs
    article_id: str
    day: Timestamp  # on which it was reported
    due: tuple[Timestamp, Timestamp]  # first and last day, missing if unknown
    place: str = ""  # "Lyon"; "" if unknown

    def is_cancelled(self, cancellations: Iterable[Cancellation]) -> bool:
        """Whether a sentence of that day or later calls it off."""
        return any(told.day >= self.day and self.is_cancelled_by(told) for told in cancellations)

    def is_cancelled_by(self, told: Cancellation) -> bool:
        """Whether a sentence calls it off.

        One that names all sides has a word of the plan or its kind, or its day; one that names some has its
        kind, and its day or place or nobody else. One with another day calls off another plan, and the
        article of the plan itself calls off only its day.
        """
        is_day = any(self.due[0] <= one <= self.due[1] for one in told.off)
        is_kept = (told.off and not is_day and pd.notna(self.due[0])) or (
            told.new_days and self.due[0] == Timestamp(told.new_days[0])
        )
        if is_kept or self.sides.isdisjoint(told.countries):
            return False
        if told.article_id == self.article_id:
            return is_day
        is_kind = any(MET.match(word) for word in self.words) and bool(MET.search(told.text))
        if len(self.sides) > 1 and self.sides <= told.countries:
            return is_day or is_kind or any(has_word(told.text, word) for word in self.words)
        return is_kind and (
            is_day or told.countries <= self.sides or (self.place != "" and self.place.lower() in told.text)
        )


def is_done_since(announced: DataFrame, incidents: DataFrame) -> Series:
    """Whether what was announced was reported as done on a later day.

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
