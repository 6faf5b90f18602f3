"""Which reports are the news of their article, and which are its background or the furniture of its page.

News is in the headline and the first paragraphs. Further down an article recalls what led to it, often
without a date, so there only an act that the text dates to the days before the article is news, or one that
is announced for a day to come. At the top a sentence recalls the past where it names an old day and no new
one, goes on from such a sentence, says what is done again and again ("has repeatedly called for a truce"), or
adds up what happened since some event: "70 have been killed since the start of the year". What comes after
the names of editors is a teaser of another page.
"""

import re
from datetime import date, timedelta
from functools import cache
from typing import Any, Final

import pandas as pd
from pandas import DataFrame, Series

from analysis.indicators.named_sides import names_pair
from analysis.indicators.turns import says
from analysis.lexicons import load_lexicon
from analysis.nlp.events.days import PATTERN, days_of
from analysis.tables.rows import rows_of

LEAD_CHARS: Final = 600  # from the top of a text: the headline and two or three short paragraphs
FRESH_DAYS: Final = 7  # before the article, on which an act is news wherever the article reports it
NEEDS_PREPOSITION: Final = ("month", "year")  # a "May" or a "2014" by itself is often no time
FORCE: Final = "ASSAULT"
TOTAL: Final = re.compile(
    r"\b(?:(?:have|has)\b[^.]*\b(?:killed|wounded|injured|died|struck|attacked|abducted)"
    r"|(?:accus|report|say|said|count|record)\w*\b[^.]*\d[\d,]* (?:\w+ )?"
    r"(?:attack|strike|raid|violation|breach)\w*)\b",
    re.IGNORECASE,
)
"""What is added up before `since`: who has been killed, or how many attacks somebody counts."""
SINCE: Final = re.compile(r"\bsince (?!midnight|dawn|(?:yester|to|Sun|Mon|Tues|Wednes|Thurs|Fri|Satur)day)")
OF_COMPARISON: Final = re.compile(
    r"\b(?:first|last|\w{3,}est|most|worst)\b[^,.;]*\bsince\b[^,.;]*$", re.IGNORECASE
)
OTHER_CLAUSE: Final = re.compile(
    r"\b(?:that|which|who|whose)\b(?![^,.;]*\b(?:will|would|intend|plan|hope|expect)\w*\b)[^,.;]*$",
    re.IGNORECASE,
)
"""After the word of an act, what leads to an earlier one: "breaks the truce that ended the war in July"."""
SINGLE: Final = re.compile(r"\b(?:first|second|third|most|worst|bringing|\w{3,}est)\b", re.IGNORECASE)
"""Before `since`: one attack among others, or a total beside the news."""
CREDITS: Final = re.compile(
    r"\b(?:Edit(?:ing|ed)|Graphics|Verification|Produced|(?:Additional|Further) reporting)(?: by\b|:? by:)"
)
"""Who worked on an article, at its end."""
LEAST_ABOVE_CREDITS: Final = 200  # characters of an article; what is named above is its author
UNDATED_IF_FAR: Final = ("ago", "year")  # kinds of times that mean no certain days where they are long past


def is_news(reports: DataFrame, articles: DataFrame) -> Series:
    """Whether each report is news of its article.

    Args:
        reports: events with `article_id`, `start_char`, `end_char`, `days`, `published_date`, `is_future`.
        articles: `Articles` table with all of their articles.
    """
    texts = articles.set_index("article_id")["text"].to_dict()
    found = [is_news_report(row, texts[row.article_id]) for row in rows_of(reports)]
    return Series(found, index=reports.index, dtype=bool)


def is_news_report(row: Any, text: str) -> bool:
    """Whether one report is news of the article that has this text."""
    is_top = is_at_top(row)
    if is_after_credits(text, row.start_char):
        return False
    sentence = " ".join(text[row.start_char : row.end_char].split())
    if says("habit", sentence) or (row.root == FORCE and is_running_total(sentence)):
        return False
    published = None if pd.isna(row.published_date) else row.published_date.date()
    if published and row.days and row.is_future:
        return row.days[1] >= published
    if published and row.days:
        return is_dated_lately(row.days, published, is_top=is_top)
    return is_top and not recalls_the_past(text, row, published)


def is_after_credits(text: str, place: int) -> bool:
    """Whether a place in a text is below the names of who edited it: what follows belongs to other pages."""
    credits = CREDITS.search(text, LEAST_ABOVE_CREDITS)
    return credits is not None and credits.start() < place


def is_running_total(sentence: str) -> bool:
    """Whether a sentence on one line adds up what happened since some event, and reports nothing new."""
    since = SINCE.search(sentence)
    before = sentence[: since.start()] if since else ""
    return TOTAL.search(before) is not None and SINGLE.search(before) is None


def is_at_top(row: Any) -> bool:
    """Whether a sentence begins in the lead of its article."""
    return row.start_char < LEAD_CHARS


def is_dated_lately(days: tuple[date, date], published: date, *, is_top: bool) -> bool:
    """Whether the days of an act are few and end shortly before the article; at its top they may be more."""
    oldest = published - timedelta(days=FRESH_DAYS)
    return days[1] >= oldest and (days[0] >= oldest or is_top)


def is_in_headline(reports: DataFrame, articles: DataFrame) -> Series:
    """Whether the headline above each report names both of its sides.

    Args:
        reports: with `article_id` and `dyad`.
        articles: `Articles` table with all of their articles.
    """
    headlines = {row.article_id: headline_of(row) for row in rows_of(articles)}
    keys = zip(reports["article_id"], reports["dyad"], strict=True)
    found = [names_pair(headlines[article_id], dyad) for article_id, dyad in keys]
    return Series(found, index=reports.index, dtype=bool)


def headline_of(article: Any) -> str:
    """The title of an article if it is the first line of its text, as a headline is; else ""."""
    title = article.title if isinstance(article.title, str) else ""
    is_line = article.text.startswith(title) and re.match(r"\s*\n", article.text[len(title) :])
    return title if is_line else ""


def recalls_the_past(text: str, row: Any, published: date | None) -> bool:
    """Whether a sentence names only old days, or none and the sentences before it in its paragraph do."""
    start, act = row.start_char, row.trigger_start_char - row.start_char
    own = ages(text[start : row.end_char], published, act=act)
    if own:
        return all(own)
    before = ages(text[text.rfind("\n", 0, start) + 1 : start], published)
    return bool(before) and before[-1]


def ages(words: str, published: date | None, *, act: int | None = None) -> list[bool]:
    """Whether each time in some words, in their order, was over long before the article.

    "The largest since May 2022" does not say when the act was, nor does "the truce that was made in July".

    Args:
        words: of an article.
        published: its day.
        act: where the word of the act is, if the words are its sentence.
    """
    found = []
    for match in PATTERN.finditer(words) if published else ():
        kind = match.lastgroup or ""
        is_of_act = OF_COMPARISON.search(words[: match.end()]) is None
        is_of_act &= act is None or OTHER_CLAUSE.search(words[act : match.start()]) is None
        if is_of_act and (match["preposition"] or kind not in NEEDS_PREPOSITION):
            days = days_of(match[0], published, is_future=False)
            if days or kind in UNDATED_IF_FAR:
                found.append(days is None or days[1] < published - timedelta(days=FRESH_DAYS))
    return found


def is_furniture(coded: DataFrame, articles: DataFrame) -> Series:
    """Whether the words of each event hold a caption, a link to another page or a notice of the site."""
    texts = articles.set_index("article_id")["text"].to_dict()
    spans = zip(coded["article_id"], coded["start_char"], coded["end_char"], strict=True)
    found = [bool(furniture().search(" ".join(texts[one][a:b].split()))) for one, a, b in spans]
    return Series(found, index=coded.index, dtype=bool)


@cache
def furniture() -> re.Pattern:
    """The words of captions, links and notices."""
    words = map(re.escape, load_lexicon("indicators/page_furniture")["words"])
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)
