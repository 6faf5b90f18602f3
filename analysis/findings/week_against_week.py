"""The period against the one before it and against what is usual, from the corpus itself.

A row is printed only where a reader would see the same without us:

| kind | pairs that |
|---|---|
| up | are more hostile than before, and than usual where that is known, on two stories or more; told above |
| down | were hostile on two stories, and of which only other news is read now |
| new | have a paragraph, and that no earlier story names together |
| quiet | led and were hostile on two stories, and that no story of the period names together |

What was due is what the page of the period before would have said to watch, from what was reported by then.
"""

from dataclasses import dataclass
from typing import Final

from pandas import DataFrame, Timedelta, Timestamp

from analysis.country_names import country_name
from analysis.findings.checks import is_sure
from analysis.findings.clauses import Clause, clause_of
from analysis.findings.page import Page, is_done_since, watched
from analysis.findings.period_inputs import PairLevel, PeriodInputs
from analysis.findings.wording import name_of_side
from analysis.indicators.named_sides import names_pair
from analysis.phrasing import in_words
from analysis.pipeline.reporting_period import BACKGROUND_WEEKS, in_period
from analysis.tables.rows import rows_of

LOOKED_AT: Final = 12  # leading pairs
LED_BEFORE: Final = 6  # of the period before
MOST_LATE: Final = 4
KINDS: Final = ("up", "down", "new", "quiet")
LEAST_STORIES: Final = 2
MORE: Final = 1.5  # times as much as before is higher
MUCH: Final = 2.0  # times as much as usual is more than usual, though it may be chance
MUCH_MORE: Final = 3.0  # times as much as before and as usual is far higher
LEAST_LEVEL: Final = 1.0  # one bombing: of less, no level is called higher or lower


@dataclass(frozen=True)
class PairChange:
    """How a pair differs from the period before."""

    kind: str  # one of `KINDS`
    name: str
    level: PairLevel
    judgment: str  # "far higher than before, on three stories; so few may be chance"


def pair_changes(page: Page, inputs: PeriodInputs) -> list[PairChange]:
    """The pairs that are up, down, new or quiet, in this order.

    Args:
        page: what the front page tells.
        inputs: of the same period.
    """
    before = inputs.period_before
    if before is None:
        return []
    also = [one for one in page.also if one.incident is not None]
    clauses = [*(one for row in page.paragraphs for one in row.clauses), *also]
    told = {one.incident.dyad for one in clauses if one.incident is not None and one.incident.quad > 2}
    names = {
        **{
            one.incident.dyad: [
                name_of_side(code, one.incident, [one]) for code in one.incident.dyad.split("-")
            ]
            for one in also
        },
        **{one.pair: one.sides for one in page.paragraphs},
    }
    leads = {one.pair for one in page.paragraphs}
    friendly = set(inputs.current["dyad"]).difference(inputs.current.loc[inputs.current["quad"] > 2, "dyad"])
    articles, first = inputs.tables.articles, Timestamp(inputs.period.first)
    past = articles[articles["published_date"] < first]
    is_known = past["published_date"].min() <= first - Timedelta(weeks=BACKGROUND_WEEKS)
    found = []
    for pair in dict.fromkeys(
        [*inputs.sides["dyad"].head(LOOKED_AT), *before.sides["dyad"].head(LED_BEFORE)]
    ):
        level, count, earlier = (
            inputs.level(pair),
            hostile_stories(pair, inputs),
            hostile_stories(pair, before),
        )
        was_hostile = level.last >= LEAST_LEVEL and earlier >= LEAST_STORIES
        is_unusual = level.usual is None or level.is_higher or level.now >= MUCH * level.usual
        is_up = level.now >= max(LEAST_LEVEL, MORE * level.last) and count >= LEAST_STORIES and is_unusual
        if is_up and pair in told:
            kind, judgment = "up", rise(level, count)
        elif was_hostile and not is_in_news(pair, inputs.current, inputs.articles):
            kind, judgment = "quiet", f"no story names both; before, {in_words(earlier)} were hostile"
        elif was_hostile and pair in friendly and (level.usual is None or level.usual >= LEAST_LEVEL):
            kind, judgment = "down", "only news that is not hostile"
        elif pair in leads and is_known and not is_in_news(pair, inputs.background, past):
            kind, judgment = "new", "no earlier story names both"
        else:
            continue
        sides = [one.removeprefix("the ") for one in names.get(pair) or map(country_name, pair.split("-"))]
        found.append(PairChange(kind, " – ".join(sides), level, judgment))
    return sorted(found, key=lambda one: KINDS.index(one.kind))


def rise(level: PairLevel, story_count: int) -> str:
    """ "far higher than before and than usual, on three stories; more than chance explains"."""
    is_far = level.now >= MUCH_MORE * max(level.last, level.usual or 0.0)
    chance = "more than chance explains" if level.is_higher else "so few may be chance"
    than = "before and than usual" if level.usual is not None else "before"
    why = chance if level.usual is not None else "too few earlier reports to say what is usual"
    return f"{'far ' * is_far}higher than {than}, on {in_words(story_count)} stories; {why}"


def hostile_stories(pair: str, inputs: PeriodInputs) -> int:
    """How many stories report what the level of a pair adds up."""
    own, articles = inputs.hostile[inputs.hostile["dyad"] == pair], inputs.tables.articles
    own = own[in_period(own["first_day"].fillna(own["first_reported"]), inputs.period)]
    return articles.loc[
        articles["article_id"].isin(" ".join(own["article_ids"]).split()), "story_id"
    ].nunique()


def is_in_news(pair: str, incidents: DataFrame, articles: DataFrame) -> bool:
    """Whether a pair has an incident, such as one of a group in one of the two, or an article names both."""
    return incidents["dyad"].eq(pair).any() or any(names_pair(text, pair) for text in articles["text"])


def not_done(inputs: PeriodInputs) -> list[Clause]:
    """What the page of the period before said was due by now, and what is not reported as done."""
    before = inputs.period_before
    if before is None:
        return []
    due = watched(before)
    due = due[due["is_day_known"] & (due["last_day"] <= Timestamp(inputs.period.last)) & is_sure(due)]
    late = due[~is_done_since(due, inputs.incidents)]
    return list(filter(None, (clause_of(row, before) for row in rows_of(late.head(MOST_LATE)))))
