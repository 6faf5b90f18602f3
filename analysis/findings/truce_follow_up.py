"""What became of a truce within the period, told by a short report that names neither side.

"Violations of the ceasefire are reported shortly after" is news of the two sides of the one truce of these
days, and without it a reader would think that the truce held; so is "the ceasefire goes into effect".
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from pandas import Timestamp

from analysis.findings.cut_quotes import LONGEST_WHOLE, shortened
from analysis.findings.period_inputs import PeriodInputs
from analysis.findings.reported import Reported, origin_of
from analysis.indicators.named_sides import countries_named, without_bystanders
from analysis.indicators.news_reports import headline_of
from analysis.indicators.turns import TRUCE
from analysis.tables.rows import rows_of

NAMED: Final = r"(?:cease-?fire|truce|armistice)"
BROKEN: Final = r"(?:violat|breach|broke|break)\w*"
BEGUN: Final = r"(?:takes? effect|took effect|(?:goes|went|comes?|came) in ?to (?:effect|force))"
OUTCOME: Final = re.compile(
    rf"\b{BROKEN} (?:of )?(?:the |a |their )?(?:\w+ ){{0,2}}{NAMED}\b"
    rf"|\b{NAMED}\b[^.;]{{0,60}}\b(?<!to )(?<!will )(?:{BEGUN}|collaps\w+|{BROKEN})\b",
    re.IGNORECASE,
)
"""What became of a truce: it went into effect, was broken or collapsed."""


@dataclass(frozen=True)
class FollowUp:
    """A short report on a truce, as `reported.txt.j2` quotes it."""

    quote: str
    origin: str
    published: date | None
    is_year_needed: bool


def follow_up(pair: str, parts: tuple[Reported, ...], inputs: PeriodInputs) -> FollowUp | None:
    """The last short report on what became of the truce that a judgment tells; None without one.

    Args:
        pair: the two sides, as "IND-PAK".
        parts: the incidents that the judgment shows.
        inputs: of the period.
    """
    told = [one for one in parts if not one.is_hostile and one.published and TRUCE.search(one.quote)]
    if not told or any(OUTCOME.search(one.quote) for one in told) or inputs.is_pile:
        return None
    first = Timestamp(max(one.published for one in told if one.published))
    others = inputs.current[inputs.current["dyad"] != pair]
    shown = {one for row in others["article_ids"] for one in row.split()} | {one.article_id for one in parts}
    truces = set(others.loc[others["turn"] == "truce", "first_reported"])
    later = inputs.articles[inputs.articles["published_date"] >= first]
    found = []
    for row in rows_of(later[~later["article_id"].isin(shown)]):
        is_only = not truces or (row.published_date == first and first not in truces)
        if is_on_truce(text_of(row), pair, is_only=is_only):
            found.append(row)
    if not found:
        return None
    last = max(found, key=lambda row: row.published_date)
    return FollowUp(
        quote=shortened(text_of(last)),
        origin=origin_of(last, text_of(last)),
        published=last.published_date.date(),
        is_year_needed=told[0].is_year_needed,
    )


def text_of(article: Any) -> str:
    """What an article says under its headline, on one line."""
    return " ".join(article.text.removeprefix(headline_of(article)).split())


def is_on_truce(text: str, pair: str, *, is_only: bool) -> bool:
    """Whether a brief item says what became of a truce, and names no country but the two.

    One that names neither may be about any truce.

    Args:
        text: of a report.
        pair: the two sides.
        is_only: whether it can be about no other truce.
    """
    if len(text) > LONGEST_WHOLE or not OUTCOME.search(text):
        return False
    named = countries_named(without_bystanders(text))
    return named <= set(pair.split("-")) and (bool(named) or is_only)
