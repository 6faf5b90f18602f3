"""How many an article says have died in all, beside the attack that it reports.

Of a strike that killed two, in a week of strikes that killed eight hundred, the two alone would mislead.
"""

import re
from datetime import timedelta
from functools import cache
from itertools import pairwise
from typing import Any, Final

import pandas as pd

from analysis.findings.cut_quotes import ELLIPSIS, ORDINARY_LENGTH, shortened
from analysis.findings.period_inputs import PeriodInputs
from analysis.findings.quoted_reports import sentences_in
from analysis.findings.standing_alone import stands_alone
from analysis.indicators.named_sides import is_named
from analysis.indicators.turns import FORCE
from analysis.nlp.events.days import PATTERN, days_of
from analysis.nlp.events.tolls import number_words
from analysis.phrasing import day_in_words

ABOUT: Final = r"(?:at least |more than |over |about |around |nearly |some |up to |another )?"
SINCE_THEN: Final = re.compile(r" since then\b")
LEAST_SINCE: Final = 31  # days between the day since which people have died and the article
LEAST_WIDER: Final = 50  # dead
LEAST_TIMES: Final = 3  # the dead of the attack


def largest_toll(text: str) -> int:
    """The largest number of dead in a text; 0 where it has none."""
    return max((number_of(match[1] or match[2]) for match in tolls().finditer(text)), default=0)


def number_of(words: str) -> int:
    """A number in figures or in listed words: "29", "twenty-nine"."""
    if words[0].isdigit():
        return int(words.replace(",", ""))
    return sum(number_words()[word] for word in words.lower().split("-"))


@cache
def tolls() -> re.Pattern:
    """How many somebody killed, or how many are dead, in a sentence."""
    word = "|".join(word for word, value in number_words().items() if value > 1)  # "one of them" is no toll
    number = rf"(\d[\d,]*|(?:{word})(?:-(?:{word}|one))?\b)"
    dead = r"(?:[\w-]+ ){0,3}(?:killed|dead|deaths)\b"
    return re.compile(rf"\bkill(?:s|ed|ing)? {ABOUT}{number}|\b{number} {dead}", re.IGNORECASE)


def wider_toll(incident: Any, article_id: str, quote: str, inputs: PeriodInputs) -> str:
    """The sentence of an article with the most dead on the side that is attacked; "" where none has far more.

    One that names the attacker too may be about the dead of both. "Since then" has the day that the sentence
    before it names; without one it is left out.

    Args:
        incident: row of `Incidents`.
        article_id: of the article that is quoted for it.
        quote: what is quoted.
        inputs: of the period.
    """
    if incident.root != FORCE or incident.is_joint:
        return ""
    least = max(LEAST_WIDER, LEAST_TIMES * largest_toll(quote))
    told = [one for one in sentences_in(article_id, inputs) if largest_toll(one) >= least]
    found = [one for one in told if is_on_target_alone(one, incident) and len(one) <= ORDINARY_LENGTH]
    if not found:
        return ""
    most = max(found, key=largest_toll)
    day = day_before(most, article_id, inputs)
    return shortened(SINCE_THEN.sub(f" since then [{day}]" if day else ELLIPSIS, most))


def day_before(sentence: str, article_id: str, inputs: PeriodInputs) -> str:
    """The last day that the sentence before one names, as "7 October 2023"; "" where it names none.

    A day of the last month is that of the attack itself.
    """
    published = inputs.tables.article_rows[article_id].published_date
    for before, one in pairwise(sentences_in(article_id, inputs)):
        if one == sentence and not pd.isna(published):
            spans = (
                days_of(match[0], published.date(), is_future=False) for match in PATTERN.finditer(before)
            )
            latest = published.date() - timedelta(days=LEAST_SINCE)
            days = [span[0] for span in spans if span and span[0] == span[1] <= latest]
            return day_in_words(days[-1]) if days else ""
    return ""


def is_on_target_alone(sentence: str, incident: Any) -> bool:
    """Whether a sentence that can be quoted alone names the side that is attacked, and not the attacker."""
    is_on_target = is_named(sentence, incident.target_code, incident.target_name)
    is_on_source = is_named(sentence, incident.source_code, incident.source_name)
    return is_on_target and not is_on_source and stands_alone(sentence)
