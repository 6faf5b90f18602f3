"""The period against the one before it and against what is usual, from the corpus itself.

The picture has the pairs of paragraphs that are at least as hostile as usual. A fall is not told: that less
was read does not mean that less happened (`docs/briefing.md` has the count). Lines below it name the pairs
that are new, and those that were hostile and that no article of the period names. What was due is what the
page of the period before would have said to watch, from what was reported by then.
"""

from typing import Any, Final

from pandas import DataFrame, Series, Timedelta, Timestamp

from analysis.country_names import countries_of, dyad_in_sentence
from analysis.findings.checks import is_sure
from analysis.findings.clauses import Clause, clause_of, sentences_of
from analysis.findings.page import Page, watched
from analysis.findings.period_inputs import PeriodInputs
from analysis.indicators.coming_days import is_done_since
from analysis.indicators.incident_reports import has_word
from analysis.indicators.named_sides import names_pair
from analysis.indicators.ranking import SENTENCE
from analysis.phrasing import in_words
from analysis.pipeline.reporting_period import BACKGROUND_WEEKS, in_period
from analysis.tables.rows import rows_of

LED_BEFORE: Final = 6  # pairs of the period before
MAX_LATE: Final = 4
MIN_HOSTILE_STORIES: Final = 2
MUCH: Final = 2.0  # times as much as usual is higher, though it may be chance
MUCH_MORE: Final = 3.0  # times as much is far higher
MIN_LEVEL: Final = 1.0  # one bombing: less is not called higher
MIN_LATE_IMPORTANCE: Final = 3.0  # worth a line, in the words of those who graded it


def compared_pairs(page: Page, inputs: PeriodInputs) -> dict[str, tuple[str, str]]:
    """The pairs of paragraphs that are at least as hostile as usual, on two stories or more.

    Args:
        page: what the front page tells.
        inputs: of the same period.

    Returns:
        Name and judgment by pair, "far higher, on three stories"; "usual or above" for what is less than
        twice the usual or no more than in the period before.
    """
    found = {}
    for one in page.paragraphs:
        level, count = inputs.level(one.pair), hostile_stories(one.pair, inputs)
        if level.usual is None or level.now < level.usual or count < MIN_HOSTILE_STORIES:
            continue
        is_up = level.now > level.last and level.now >= max(MIN_LEVEL, MUCH * level.usual)
        judgment = f"{'far ' * (level.now >= MUCH_MORE * level.usual)}higher, on {in_words(count)} stories"
        found[one.pair] = one.name, judgment if is_up or level.is_higher else "usual or above"
    return found


def new_pairs(page: Page, inputs: PeriodInputs) -> list[str]:
    """The names of the pairs that have a paragraph, no level, and no earlier article that names both."""
    articles, first = inputs.tables.articles, Timestamp(inputs.period.first)
    past = articles[articles["published_date"] < first]
    is_known = past["published_date"].min() <= first - Timedelta(weeks=BACKGROUND_WEEKS)  # not without a date
    shown = compared_pairs(page, inputs)
    pairs = [
        one
        for one in page.paragraphs
        if is_known and inputs.period_before and "-" in one.pair and one.pair not in shown
    ]
    return [" and ".join(one.sides) for one in pairs if not is_in_news(one.pair, inputs.background, past)]


def pairs_out_of_news(inputs: PeriodInputs) -> list[str]:
    """The pairs that led and were hostile in the period before, and that no article of this one names.

    Returns:
        "India and Pakistan (eight stories before)".
    """
    before, found = inputs.period_before, []
    for pair in before.sides["dyad"].head(LED_BEFORE) if before else ():
        count = hostile_stories(pair, before)
        was_hostile = inputs.level(pair).last >= MIN_LEVEL and count >= MIN_HOSTILE_STORIES
        if was_hostile and not is_in_news(pair, inputs.current, inputs.articles):
            found.append(f"{dyad_in_sentence(pair)} ({in_words(count)} stories before)")
    return found


def hostile_stories(pair: str, inputs: PeriodInputs) -> int:
    """How many stories report what the level of a pair adds up."""
    own, articles = inputs.hostile[inputs.hostile["dyad"] == pair], inputs.tables.articles
    own = own[in_period(own["first_day"].fillna(own["first_reported"]), inputs.period)]
    return articles.loc[
        articles["article_id"].isin(" ".join(own["article_ids"]).split()), "story_id"
    ].nunique()


def is_in_news(pair: str, incidents: DataFrame, articles: DataFrame) -> bool:
    """Whether a pair has an incident or an article names both; a group stands for the country it sits in."""
    is_own = any(countries_of(one) == countries_of(pair) for one in incidents["dyad"].unique())
    return is_own or any(names_countries(text, pair) for text in articles["text"])


def names_countries(text: str, pair: str) -> bool:
    """Whether a text names both countries of a pair, or somebody of each."""
    return names_pair(text, "-".join(countries_of(pair)))


def not_done(inputs: PeriodInputs) -> list[Clause]:
    """What the page of the period before said was due by now, and of which nothing was reported since.

    A report of its kind may say that it is done, put off, called off or denied; so may a sentence that names
    both sides and has the word of the act.
    """
    if not (before := inputs.period_before):
        return []
    due = inputs.going_on(watched(before))
    is_past = due["last_day"] <= Timestamp(inputs.period.last)
    due = due[due["is_day_known"] & is_past & is_sure(due) & (due["importance"] >= MIN_LATE_IMPORTANCE)]
    due = due.assign(first_reported=due["last_reported"])  # what is announced again has not happened
    due = due[~is_done_since(due, inputs.incidents.assign(status="done"))]
    is_told = Series([is_told_since(row, inputs) for row in rows_of(due)], due.index, dtype=bool)
    is_told = is_told.groupby([due["article_id"], due["start_char"]]).transform("any")
    late = due[~is_told].drop_duplicates(SENTENCE)
    return list(filter(None, (clause_of(row, before) for row in rows_of(late.head(MAX_LATE)))))


def is_told_since(due: Any, inputs: PeriodInputs) -> bool:
    """Whether a sentence of a later article names both countries and has the word of what was announced."""
    articles = inputs.tables.articles
    return any(
        has_word(text, due.trigger_lemma) and names_countries(text, due.dyad)
        for article in rows_of(articles[articles["published_date"] > due.first_reported])
        if names_countries(article.text, due.dyad)
        for _, text in sentences_of(article, inputs)
    )
