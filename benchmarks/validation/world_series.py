"""Our series beside what others count: deaths by week (UCDP), and the official index of risk by month.

Counting the stories that name both countries, and the tone of their words, are held against the same figures:
an indicator that does no better than these has earned nothing.

Sources: UCDP Candidate Events 2025 (Hegre et al. 2020, CC BY 4.0); Caldara and Iacoviello 2022, as published
on the authors' site.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from pandas import DataFrame, Series

from analysis.indicators.intervals import SEED, TAIL
from analysis.lexicons import load_lexicon
from analysis.nlp.stance import tone
from analysis.schemas import Indicators
from benchmarks.validation.risk_words import country_pattern
from benchmarks.validation.state_hostility import state_hostility
from benchmarks.validation.tables import WorldAgreements
from benchmarks.validation.tension import FORCE_TENSION, WEEK, weekly_tension
from benchmarks.validation.text_indicators import first_copies, gpr_shares, mean_tones

DEATHS_FILE: Final = "ucdp_pairs_2025_weekly.csv"
RISK_FILE: Final = "gpr_monthly.csv"
FILES: Final = {DEATHS_FILE: ("week", "pair", "death_count"), RISK_FILE: ("month", "gpr")}
OFFICIAL_RISK: Final = "official_index_of_risk"
OURS, MENTIONS, TONE, QUERIES = "ours", "mentions", "tone", "published queries"
POOLED, WITHIN, PRECISION, MONTHLY = (
    "rank correlation with deaths, pairs and weeks together",
    "rank correlation with deaths, mean of the pairs",
    "average precision of weeks with deaths",
    "correlation with the official index of risk, by month",
)
GROUP_NAMES: Final = {
    "PSE": ("Hamas", "Gaza"),
    "LBN": ("Hezbollah",),
    "YEM": ("Houthi", "Houthis"),
    "AFG": ("Taliban",),
}
"""Groups whose fighting with the other state of a pair UCDP counts as the pair's."""
BLOCK_WEEKS: Final = 4  # resampled together, because a war's weeks are alike
WEEK_DRAWS: Final = 200
MONTH_DRAWS: Final = 1000
Measure = Callable[[DataFrame, DataFrame], float]  # of two tables: a row a week, a column a pair


class OutsideSeries(NamedTuple):
    """What others published."""

    deaths: DataFrame  # by week, a column for each pair
    risk: Series  # the official index by month


def load_outside_series(folder: Path) -> OutsideSeries:
    """The two published series of a folder.

    Raises:
        FileNotFoundError: the folder or one of the files does not exist.
        ValueError: a file lacks a column, or a cell is no number.
    """
    deaths, risk = (read_numbers(folder / name, columns) for name, columns in FILES.items())
    by_week = deaths.pivot(index="week", columns="pair", values="death_count")
    return OutsideSeries(by_week, risk.set_index("month")["gpr"])


def read_numbers(path: Path, columns: tuple[str, ...]) -> DataFrame:
    """A CSV file of which the last of `columns` holds numbers."""
    if not path.is_file():
        raise FileNotFoundError(f"{path} does not exist, expected a CSV file with {', '.join(columns)}")
    rows = pd.read_csv(path, dtype=str)
    missing = [name for name in columns if name not in rows]
    if missing:
        raise ValueError(f"{path} has no column {missing[0]!r}, expected {', '.join(columns)}")
    numbers = pd.to_numeric(rows[columns[-1]], errors="coerce")
    if numbers.isna().any():
        line = int(numbers.isna().idxmax()) + 2
        raise ValueError(
            f"{path}:{line}: {columns[-1]} is {rows[columns[-1]][line - 2]!r}, expected a number"
        )
    return rows.assign(**{columns[-1]: numbers})


def world_agreements(articles: DataFrame, events: DataFrame, outside: OutsideSeries) -> DataFrame:
    """How far our series, mentions and tone agree with what others count: `WorldAgreements` table.

    Args:
        articles: `Articles` table of the year.
        events: `Events` table coded from these articles.
        outside: the published series.
    """
    weekly = {OURS: force_weeks(articles, events), **word_weeks(articles, list(outside.deaths))}
    rows = [
        row
        for series, table in weekly.items()
        for row in death_rows(series, table.reindex_like(outside.deaths).fillna(0.0), outside.deaths)
    ]
    months = risk_months(articles, events)
    rows += [risk_row(series, values, outside.risk) for series, values in months.items()]
    return WorldAgreements.validate(DataFrame(rows, columns=list(WorldAgreements.columns)))


def force_weeks(articles: DataFrame, events: DataFrame) -> DataFrame:
    """Our tension of force: a row for each week, a column for each pair."""
    rows = weekly_tension(articles, events)
    rows = rows[rows["indicator"] == FORCE_TENSION]
    return rows.pivot(index="period", columns="dyad", values="value")


def word_weeks(articles: DataFrame, pairs: list[str]) -> dict[str, DataFrame]:
    """By week and pair, the stories that name both, and how negative the tone of these is (0 for none)."""
    stories = first_copies(articles, WEEK)
    texts = stories["title"].fillna("") + "\n" + stories["text"]
    codes = sorted({code for pair in pairs for code in pair.split("-")})
    named = {code: texts.str.contains(side_pattern(code)) for code in codes}
    negative = Series([-tone(text)[0] for text in stories["text"]], stories.index)
    mentions, tones = {}, {}
    for pair in pairs:
        first, second = (named[code] for code in pair.split("-"))
        both = stories.loc[first & second, "period"]
        mentions[pair] = both.value_counts()
        tones[pair] = negative[both.index].groupby(both).mean()
    return {MENTIONS: DataFrame(mentions).fillna(0.0), TONE: DataFrame(tones).fillna(0.0)}


@cache
def side_pattern(code: str) -> re.Pattern[str]:
    """The names of a country, and of the group that fights in its place."""
    groups = "|".join(map(re.escape, GROUP_NAMES.get(code, ())))
    pattern = country_pattern(code).pattern
    return re.compile(rf"{pattern}|(?<!\w)(?:{groups})(?!\w)") if groups else country_pattern(code)


def death_rows(series: str, ours: DataFrame, deaths: DataFrame) -> list[dict]:
    """The three rows of one series against deaths, each with a bootstrap interval over blocks of weeks."""
    blocks = [range(at, min(at + BLOCK_WEEKS, len(deaths))) for at in range(0, len(deaths), BLOCK_WEEKS)]
    draw = np.random.default_rng(SEED)
    samples = [
        [week for at in draw.integers(0, len(blocks), len(blocks)) for week in blocks[at]]
        for _ in range(WEEK_DRAWS)
    ]
    return [
        {
            "measure": name,
            "series": series,
            "value": measure(ours, deaths),
            **bounds([measure(ours.iloc[weeks], deaths.iloc[weeks]) for weeks in samples]),
            "value_count": deaths.size,
        }
        for name, measure in DEATH_MEASURES.items()
    ]


def pooled_correlation(ours: DataFrame, deaths: DataFrame) -> float:
    """Spearman's correlation over all pairs and weeks."""
    return correlation(ranked(ours.to_numpy().ravel()), ranked(deaths.to_numpy().ravel()))


def mean_correlation(ours: DataFrame, deaths: DataFrame) -> float:
    """The mean over the pairs of Spearman's correlation over the weeks; 0 for a pair that never changes."""
    return float(np.mean([correlation(ranked(ours[pair]), ranked(deaths[pair])) for pair in deaths]))


def deadly_precision(ours: DataFrame, deaths: DataFrame) -> float:
    """The mean precision with which a ranking by our value puts weeks with deaths first."""
    order = np.argsort(-ours.to_numpy().ravel(order="F"), kind="stable")
    is_deadly = (deaths.to_numpy().ravel(order="F") > 0)[order]
    precision = np.cumsum(is_deadly) / np.arange(1, len(is_deadly) + 1)
    return float(precision[is_deadly].mean()) if is_deadly.any() else 0.0


DEATH_MEASURES: Final[Mapping[str, Measure]] = {
    POOLED: pooled_correlation,
    WITHIN: mean_correlation,
    PRECISION: deadly_precision,
}


def ranked(values: Series | np.ndarray) -> np.ndarray:
    """Ranks, equal values sharing theirs."""
    return Series(np.asarray(values)).rank().to_numpy()


def correlation(first: np.ndarray, second: np.ndarray) -> float:
    """Pearson's correlation; 0 where one of the two never changes."""
    if np.ptp(first) == 0 or np.ptp(second) == 0:
        return 0.0
    return float(np.corrcoef(first, second)[0, 1])


def risk_months(articles: DataFrame, events: DataFrame) -> dict[str, Series]:
    """By month: our index, the share of stories that name two countries, the published queries, the tone."""
    ours = state_hostility(articles, events)
    published = gpr_shares(articles)
    published = published[published["indicator"] == "gpr_share"]
    negative = mean_tones(articles)
    by_month = {OURS: ours, QUERIES: published, TONE: negative.assign(value=-negative["value"])}
    months = {name: rows.set_index("period")["value"] for name, rows in by_month.items()}
    return {OURS: months.pop(OURS), MENTIONS: two_country_share(articles, events), **months}


def two_country_share(articles: DataFrame, events: DataFrame) -> Series:
    """The share of stories that name two countries which the year's events name, by month."""
    stories = first_copies(articles, "month")
    texts = stories["title"].fillna("") + "\n" + stories["text"]
    codes = sorted({*events["source_country_code"].dropna(), *events["target_country_code"].dropna()})
    count = sum(texts.str.contains(country_pattern(code)).astype(int) for code in known_codes(codes))
    return (count >= 2).groupby(stories["period"]).mean()


def known_codes(codes: list[str]) -> list[str]:
    """Those of which the names are known."""
    known = set(load_lexicon("actors/countries")["country_code"])
    return [code for code in codes if code in known]


def risk_row(series: str, values: Series, risk: Series) -> dict:
    """One series against the official index, over the months that both have, with a bootstrap over months."""
    both = DataFrame({"ours": values, "theirs": risk}).dropna()
    ours, theirs = both["ours"].to_numpy(), both["theirs"].to_numpy()
    drawn = np.random.default_rng(SEED).integers(0, len(both), (MONTH_DRAWS, len(both)))
    return {
        "measure": MONTHLY,
        "series": series,
        "value": correlation(ours, theirs),
        **bounds([correlation(ours[months], theirs[months]) for months in drawn]),
        "value_count": len(both),
    }


def bounds(values: list[float]) -> dict[str, float]:
    """The 95% percentile interval of resampled values."""
    low, high = np.quantile(values, (TAIL, 1 - TAIL))
    return {"low": float(low), "high": float(high)}


def monthly_risk(articles: DataFrame, events: DataFrame, outside: OutsideSeries) -> DataFrame:
    """Our index and the official one by month: `Indicators` table of two indicators."""
    ours = state_hostility(articles, events)
    official = outside.risk.reindex(ours["period"]).to_numpy()
    theirs = ours.assign(indicator=OFFICIAL_RISK, value=official, low=np.nan, high=np.nan)
    return Indicators.validate(pd.concat([ours, theirs], ignore_index=True))
