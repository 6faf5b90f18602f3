"""The day that a quotation means by "yesterday" or "on Monday", in brackets, as editors give it.

Who reads a page a week later does not know the day of each article by heart. A weekday is given its day only
where the incident has one of that name: the text may look ahead or back.
"""

import re
from datetime import date, timedelta
from typing import Any, Final

from analysis.phrasing import SMALL_NUMBERS, day_in_words, short_day

AGO: Final = re.compile(
    rf"\b(?:yesterday(?:['’]s)?|(?P<count>{'|'.join(SMALL_NUMBERS[2:])}) days ago)(?![\w’'])", re.IGNORECASE
)
WEEKDAY: Final = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b(?![’'])")


def with_days(quote: str, incident: Any, published: date | None, *, is_year_needed: bool) -> str:
    """A quotation with the day of its first "yesterday", "two days ago" or weekday.

    Args:
        quote: the words of an article.
        incident: row of `Incidents` that they report.
        published: day of the article.
        is_year_needed: whether the year of a day is given.
    """
    word = day_in_words if is_year_needed else short_day
    if published and (found := AGO.search(quote)):
        days = SMALL_NUMBERS.index(found["count"].lower()) if found["count"] else 1
        return bracketed(quote, found, word(published - timedelta(days=days)))
    found = WEEKDAY.search(quote)
    days_of_act = [day.date() for day in (incident.first_day, incident.last_day) if incident.is_day_known]
    meant = [day for day in days_of_act if found and f"{day:%A}" == found[0]]
    return bracketed(quote, found, word(meant[0])) if found and meant else quote


def bracketed(quote: str, after: re.Match, day: str) -> str:
    """A quotation with a day in brackets after some of its words."""
    return f"{quote[: after.end()]} [{day}]{quote[after.end() :]}"
