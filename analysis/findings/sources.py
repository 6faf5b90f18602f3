"""What the articles of a period rest on, in one line: stories, outlets, statements, and who is not heard."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from pandas import DataFrame, Series, Timestamp, isna

from analysis.findings.wording import words
from analysis.pipeline.analyse import Tables

MAJORITY = 0.5  # of the stories, from which one outlet is named as carrying the news
HARDLY_ANY = 0.1  # quotes in the speaker's own words per story, below which hardly anybody is quoted
LEAST_STORIES_FOR_SHARES = 5  # of two or three stories no share is worth a sentence


@dataclass(frozen=True)
class NamedCount:
    """Something a reader knows by name, and how often it was found."""

    name: str
    count: int


def most_frequent(names: Series, most: int | None = None) -> tuple[NamedCount, ...]:
    """Names with their counts, the most frequent first, ties in the order of their first rows."""
    counts = names.value_counts(sort=False).sort_values(ascending=False, kind="stable")
    return tuple(NamedCount(str(name), int(count)) for name, count in counts.head(most).items())


@dataclass(frozen=True)
class PeriodSources:
    """Counts of what a period rests on; a story counts once, however many outlets reprint it."""

    story_count: int
    reprint_count: int  # articles left out of the other counts, but for the outlets
    first_day: date | None
    last_day: date | None
    undated_count: int  # stories
    outlets: tuple[str, ...]  # named ones, those of reprints too, the most articles first
    unknown_outlet_count: int  # stories
    main_outlet: NamedCount | None  # that carries more than half of the stories
    statement_count: int  # quoted or reported
    own_words_count: int  # of these, in the speaker's own words, wholly or in part
    anonymous_count: int  # of these, from unnamed sources
    unquoted: tuple[str, ...]  # countries and blocs of the leading pairs for which nobody is quoted

    @property
    def is_hardly_quoting(self) -> bool:
        """Whether so few are quoted that single voices need not be counted."""
        is_many = self.story_count >= LEAST_STORIES_FOR_SHARES
        return is_many and self.own_words_count < HARDLY_ANY * self.story_count


def period_sources(tables: Tables, pairs: Sequence[str], article_ids: Collection[str]) -> PeriodSources:
    """What the articles of a period rest on.

    Args:
        tables: of the corpus.
        pairs: the leading pairs as "CHN-USA", the most important first.
        article_ids: the articles of the period.

    Raises:
        ValueError: there are no such articles.
    """
    articles = tables.articles[tables.articles["article_id"].isin(list(article_ids))]
    if articles.empty:
        raise ValueError("the period has no articles, expected at least one")
    stories = articles.drop_duplicates("story_id")
    quotes = tables.quotes[tables.quotes["article_id"].isin(stories["article_id"])]
    sides = dict.fromkeys(code for pair in pairs for code in pair.split("-"))
    return PeriodSources(
        story_count=len(stories),
        reprint_count=len(articles) - len(stories),
        first_day=day_of(stories["published_date"].min()),
        last_day=day_of(stories["published_date"].max()),
        undated_count=int(stories["published_date"].isna().sum()),
        outlets=tuple(one.name for one in most_frequent(articles["outlet"].dropna())),
        unknown_outlet_count=int(stories["outlet"].isna().sum()),
        main_outlet=main_outlet(stories),
        statement_count=len(quotes),
        own_words_count=int(quotes["kind"].isin(("direct", "partial")).sum()),
        anonymous_count=int(quotes["is_anonymous"].sum()),
        unquoted=tuple(code for code in sides if code not in set(quotes["country_code"].dropna())),
    )


def day_of(moment: Timestamp) -> date | None:
    """The day, or None where it is not known."""
    return None if isna(moment) else moment.date()


def main_outlet(stories: DataFrame) -> NamedCount | None:
    """The outlet that carries more than half of the stories, if there are enough of them and others too."""
    largest = most_frequent(stories["outlet"].dropna(), 1)
    is_enough = len(stories) >= LEAST_STORIES_FOR_SHARES
    return largest[0] if is_enough and largest and largest[0].count > MAJORITY * len(stories) else None


def rests_on_sentence(sources: PeriodSources) -> str:
    """ "One story, outlet unknown; 21 statements, 8 of them from unnamed sources."."""
    return words("findings/sources", "rests_on", sources)
