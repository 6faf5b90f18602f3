"""Stories by day: how many were read, by which outlets, and the worst hostile act of each between a pair."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd
from pandas import DataFrame, Series, Timestamp

from analysis.indicators.country_events import worst_acts
from analysis.indicators.reading_gaps import open_days

LARGE_OUTLET: Final = 0.1  # share of all stories from which an outlet is counted by itself
OTHERS: Final = "other outlets"
DOMINANT: Final = 0.9  # share of the stories of one outlet beside which the others can check nothing


@dataclass(frozen=True)
class StoryDays:
    """Every dated story that was read, and those with a hostile act between two countries.

    `stories`: one row per story: `story_id`, `day` (0 is the first), `outlet`, `stratum` (a number).
    `acts`: one row per pair and story, the worst act, with `row` (the number of the pair) and `story` (that
    of the story).
    """

    first_date: Timestamp
    stories: DataFrame
    acts: DataFrame
    pairs: list[str]

    @property
    def day_count(self) -> int:
        """Days from the first article to the last."""
        return int(self.stories["day"].max()) + 1

    @cached_property
    def read(self) -> np.ndarray:
        """Stories read on each day."""
        return np.bincount(self.stories["day"], minlength=self.day_count).astype(float)

    @cached_property
    def is_open(self) -> np.ndarray:
        """Whether each day is outside the gaps."""
        return open_days(self.read)

    @cached_property
    def year_count(self) -> float:
        """How many years were read, gaps left out."""
        return self.is_open.sum() / 365.25

    @cached_property
    def dispersions(self) -> np.ndarray:
        """Weight of each pair's sum that counts as one independent story.

        Source: Fay and Feuer 1997: variance over mean of a sum of weights whose number is Poisson.
        """
        weight = self.acts["hostile_weight"].to_numpy()
        return self.by_pair(weight**2) / self.by_pair(weight)

    @cached_property
    def expected(self) -> np.ndarray:
        """Weight of each pair (rows) and day (columns), had its acts come evenly with what was read.

        Evenly within each large outlet, so that an outlet that writes more or begins to write is no rise of
        tension. Source: indirect standardisation, Breslow and Day 1987, 2.3.
        """
        strata = self.stories["stratum"].to_numpy()
        total = np.zeros((len(self.pairs), self.day_count))
        for stratum in np.unique(strata):
            read = np.bincount(self.stories.loc[strata == stratum, "day"], minlength=self.day_count)
            inside = strata[self.acts["story"]] == stratum
            weight = np.bincount(
                self.acts["row"][inside], self.acts["hostile_weight"][inside], len(self.pairs)
            )
            total += np.outer(weight, read / read.sum())
        return total

    def by_pair(self, values: np.ndarray) -> np.ndarray:
        """Sums of a value over the acts of each pair."""
        return np.bincount(self.acts["row"], values, len(self.pairs))

    def grids(self, days: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Weight and number of stories of each pair (rows) and day (columns), the stories on these days."""
        shape = (len(self.pairs), self.day_count)
        cells = self.acts["row"].to_numpy() * self.day_count + days[self.acts["story"].to_numpy()]
        size = shape[0] * shape[1]
        weights = np.bincount(cells, self.acts["hostile_weight"], size).reshape(shape)
        return weights, np.bincount(cells, minlength=size).reshape(shape)

    def shuffled_days(self, draw: np.random.Generator) -> np.ndarray:
        """The days of the stories, dealt out anew among those of the same large outlet."""
        days, strata = self.stories["day"].to_numpy(), self.stories["stratum"].to_numpy()
        dealt = days.copy()
        for stratum in np.unique(strata):
            inside = np.flatnonzero(strata == stratum)
            dealt[inside] = days[draw.permutation(inside)]
        return dealt


def story_days(articles: DataFrame, coded: DataFrame, *, minimum_stories: int) -> StoryDays | None:
    """Stories by day, with the pairs that have enough stories; None where there are none.

    Args:
        articles: `Articles` table; undated articles are left out.
        coded: acts, as `country_events.pair_acts` gives them by day.
        minimum_stories: pairs with fewer stories with a hostile act are left out.
    """
    stories = dated_stories(articles)
    acts = worst_acts(coded).sort_values("hostile_weight", ascending=False, kind="stable")
    acts = acts[acts["hostile_weight"] > 0].drop_duplicates(["dyad", "story_id"])  # demands weigh nothing
    acts = acts[acts.groupby("dyad")["story_id"].transform("size") >= minimum_stories]
    if acts.empty:
        return None
    numbers = Series(stories.index, stories["story_id"])
    row, pairs = pd.factorize(acts["dyad"], sort=True)
    acts = acts.assign(row=row, story=acts["story_id"].map(numbers).to_numpy())
    first = stories["published_date"].min()
    days = (stories["published_date"] - first).dt.days
    return StoryDays(first, stories.assign(day=days), acts.reset_index(drop=True), list(pairs))


def dated_stories(articles: DataFrame) -> DataFrame:
    """One row per story, by its first dated article: `story_id`, `published_date`, `outlet`, `stratum`."""
    dated = articles.dropna(subset="published_date").sort_values(["published_date", "article_id"])
    stories = dated.drop_duplicates("story_id")[["story_id", "published_date", "outlet"]]
    outlets = stories["outlet"].fillna(OTHERS)
    shares = outlets.map(outlets.value_counts(normalize=True))
    strata, _ = pd.factorize(outlets.where(shares >= LARGE_OUTLET, OTHERS))
    return stories.assign(stratum=strata).reset_index(drop=True)


def dominant_outlet(articles: DataFrame) -> str:
    """The outlet that wrote nine tenths or more of the dated stories, the rest being by others; "" for none.

    Whether its reports or the world changed cannot be told then. Where all is by one outlet, a reader knows.
    """
    outlets = dated_stories(articles)["outlet"].value_counts(normalize=True, dropna=False)
    is_dominant = len(outlets) > 1 and outlets.iloc[0] >= DOMINANT and isinstance(outlets.index[0], str)
    return outlets.index[0] if is_dominant else ""
