"""Which incidents a page lists: the leading ones of the period, and what is announced for later."""

from typing import Final

import pandas as pd
from pandas import DataFrame, Timestamp

from analysis.country_names import country_names
from analysis.findings.period_inputs import PeriodInputs
from analysis.indicators.incident_ranking import ranked_incidents
from analysis.indicators.incident_reports import KINDS

MOST_LEADS: Final = 12
FIRST_OF_PAIRS: Final = 9  # pairs whose heaviest incident is listed before the second one of any
MOST_KEPT: Final = 200  # in `briefing.json`
MOST_WATCHED: Final = 8
MOST_COUNTRIES: Final = 8
LEAST_INCIDENTS: Final = 5  # of a country with a page of its own: fewer are on the front page already


def leading_incidents(inputs: PeriodInputs) -> DataFrame:
    """The incidents of the period that have happened, in the order in which a reader should hear of them.

    First the heaviest of each of the leading pairs, then the second of each, and so on, so that one war does
    not fill the list.
    """
    done = inputs.current[inputs.current["status"] == "done"]
    ranks = {pair: place for place, pair in enumerate(inputs.sides["dyad"])}
    place, number = done["dyad"].map(ranks), done.groupby("dyad").cumcount()
    number = number.where(place < FIRST_OF_PAIRS, number + 1)  # others wait for second ones
    ordered = done.assign(number=number, place=place).sort_values(["number", "place"], kind="stable")
    return ordered[done.columns].reset_index(drop=True)


def countries_in_the_news(inputs: PeriodInputs) -> list[str]:
    """The codes of the countries with the most incidents in the period, if they have enough for a page."""
    sides = pd.concat([inputs.current["source_code"], inputs.current["target_code"]])
    counts = sides[sides.isin(country_names())].value_counts()
    ordered = counts[counts >= LEAST_INCIDENTS].sort_index().sort_values(ascending=False, kind="stable")
    return ordered.index[:MOST_COUNTRIES].tolist()


def watched_incidents(inputs: PeriodInputs) -> DataFrame:
    """What is announced and not reported as done since, by its day; what names no day comes last.

    That is what was announced in the period, and what was announced before it for a day after it.
    """
    announced = inputs.current[inputs.current["status"] == "announced"]
    if inputs.period.last is not None and len(inputs.background):
        end = Timestamp(inputs.period.last)
        earlier = inputs.background
        later = earlier[(earlier["status"] == "announced") & (earlier["first_day"] > end)]
        announced = pd.concat([announced, ranked_incidents(later)], ignore_index=True)
    is_past = announced["last_day"] < announced["first_reported"]
    if inputs.period.last is not None:
        is_past |= announced["last_day"] < Timestamp(inputs.period.last)
    open_ones = announced[~is_past & ~is_done_since(announced, inputs.incidents)]
    heaviest = open_ones.sort_values("weight", ascending=False, kind="stable").head(MOST_WATCHED)
    return heaviest.sort_values("first_day", kind="stable", na_position="last").reset_index(drop=True)


def is_done_since(announced: DataFrame, incidents: DataFrame) -> pd.Series:
    """Whether what was announced was reported as done on the same day or later."""
    done = incidents[incidents["status"] == "done"]
    kinds = done["root"].map(KINDS).fillna(done["root"])
    last = done.assign(kind=kinds).groupby(["dyad", "kind"])["last_reported"].max()
    keys = pd.MultiIndex.from_arrays(
        [announced["dyad"], announced["root"].map(KINDS).fillna(announced["root"])]
    )
    reported = pd.Series(last.reindex(keys).to_numpy(), index=announced.index)
    return reported > announced["first_reported"]
