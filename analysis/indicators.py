"""Tension between two countries: what was done and said, with an interval and the events behind each value.

Only acts count (`schemas.ACT_STATUSES`): what is denied, imagined or long past says nothing of today, and
what is announced is counted apart. Copies of one story count once. A value without events is missing, not 0.

| indicator | formula over the acts of a pair | range, direction | interval |
|---|---|---|---|
| conflict_share | hostile part of the sum of absolute intensity | 0..1, up is worse | Wilson, by story |
| mean_intensity | mean intensity of the acts | -10..10, down is worse | bootstrap, by story |
| deed_share | material acts (quads 2 and 4) of all acts | 0 words only .. 1 deeds only | Wilson, by story |
| highest_rung | top of the ladder `RUNGS` that a hostile act reached | 0 none .. 5 force | none |
| verbal_cooperation_count and so on | acts of one quad | 0.. | Byar |
| announced_cooperation_count, announced_conflict_count | future events of quads 1-2, 3-4 | 0.. | Byar |
"""

import re
import warnings
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from pandas import DataFrame, Series

from analysis.lexicons import load_lexicon
from analysis.schemas import ACT_STATUSES, QUAD_NAMES, Indicators

RUNGS: Final = {
    "REQUEST": 1,
    "ACCUSE": 1,
    "REJECT": 1,
    "PROTEST": 1,
    "THREATEN": 2,
    "SANCTION": 3,
    "COERCE": 3,
    "MOBILIZE": 4,
    "ASSAULT": 5,
}
"""Ladder of hostile acts. Source: own, after the order of PLOVER's quads and scores; COERCE stands with
sanctions, because both press without force."""
RUNG_NAMES: Final = {0: "none", 1: "statement", 2: "threat", 3: "sanction", 4: "mobilisation", 5: "force"}

ALL = "all"
FREQUENCIES: Final = {"day": "D", "week": "W-SUN", "month": "M"}  # weeks begin on Monday
KEY = ["dyad", "period"]
COPY_KEY = ["story_id", "source_country_code", "target_country_code", "root", "status"]
QUAD_COUNTS: Final = {f"{name.replace(' ', '_')}_count": quad for quad, name in QUAD_NAMES.items()}
WORLD = "world"
GPR_BASE_STORIES = 30  # fewer stories in the base window make an index of noise
PLAIN_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
PARAGRAPH_BREAK = re.compile(r"\s*\n\s*")
SHARES = ("conflict_share", "deed_share")
ACTS = ("conflict_share", "mean_intensity", "deed_share", "highest_rung", *QUAD_COUNTS)
ANNOUNCED = ("announced_cooperation_count", "announced_conflict_count")
Z = 1.96  # 95%
RESAMPLES = 1000
SEED = 20220224  # any number does; it never changes, so that two runs print the same interval


def dyad_indicators(articles: DataFrame, events: DataFrame, *, period: str = ALL) -> DataFrame:
    """Every indicator of every pair of countries, whoever acts.

    Args:
        articles: `Articles` table.
        events: `Events` table coded from these articles.
        period: "all", "day", "week" (from Monday) or "month".

    Returns:
        `Indicators` table: each pair in each period in which something is done or announced between the two.
        There a count may be 0; the other values are missing where no act is behind them. `event_count`,
        `article_count` and `story_count` say what was read for the acts, or for the announcements, of the
        pair; copies of a story add to `article_count` only.

    Raises:
        ValueError: `period` is another word.
    """
    coded = country_events(articles, events, period=period)
    first = coded[~coded["is_copy"]]
    values = contributions(first).groupby(["indicator", *KEY])["contribution"].sum(min_count=1)
    rows = grid(coded).join(values.rename("value"), on=["indicator", *KEY])
    rows = rows.assign(value=rows["value"].mask(is_count(rows) & rows["value"].isna(), 0.0))
    rows = rows.join(coverage(coded), on=["status", *KEY]).drop(columns="status")
    counts = ["event_count", "article_count", "story_count"]
    rows = with_intervals(rows.assign(**rows[counts].fillna(0)), first)
    return Indicators.validate(rows.sort_values([*KEY, "indicator"], ignore_index=True))


def event_contributions(articles: DataFrame, events: DataFrame, *, period: str = ALL) -> DataFrame:
    """What each event gives to each value of `dyad_indicators`: the parts add up to it.

    Args:
        articles: `Articles` table.
        events: `Events` table coded from these articles.
        period: as in `dyad_indicators`.

    Returns:
        One row per event and indicator: `event_id`, `indicator`, `dyad`, `period`, `contribution`; within a
        value the largest first, for or against. A copy of a story gives nothing and has no row. Events on
        the highest rung share it equally.
    """
    coded = country_events(articles, events, period=period)
    rows = contributions(coded[~coded["is_copy"]]).dropna(subset="contribution")
    rows = rows.assign(size=-rows["contribution"].abs())
    ordered = rows.sort_values(["indicator", *KEY, "size", "event_id"], kind="stable", ignore_index=True)
    return ordered[["event_id", "indicator", *KEY, "contribution"]]


def pair_theme_matrix(events: DataFrame, topics: DataFrame) -> DataFrame:
    """What each pair's acts are about: themes of the sentences they stand in.

    A sentence's themes share its acts by their weights, so a pair's cells add up to its acts with a theme.

    Args:
        events: `Events` table.
        topics: `Topics` table of the same articles.

    Returns:
        One row per pair and theme: `dyad`, `topic`, `event_weight` (acts), `conflict_weight` (hostile acts
        among them), `mean_intensity` (weighted). Acts in a sentence without a theme are left out.
    """
    acts = events[between_countries(events) & events["status"].isin(ACT_STATUSES)]
    themes = topics.loc[
        topics["dimension"] == "theme", ["article_id", "start_char", "end_char", "topic", "weight"]
    ]
    cells = acts.assign(dyad=dyads(acts)).merge(
        themes, on=["article_id", "start_char", "end_char"], validate="many_to_many"
    )
    cells = cells.assign(
        conflict_weight=cells["weight"].where(cells["quad"] >= 3, 0.0),
        intensity_sum=cells["weight"] * cells["intensity"],
    )
    sums = cells.groupby(["dyad", "topic"], as_index=False)[
        ["weight", "conflict_weight", "intensity_sum"]
    ].sum()
    sums = sums.assign(mean_intensity=sums["intensity_sum"] / sums["weight"]).rename(
        columns={"weight": "event_weight"}
    )
    return sums.drop(columns="intensity_sum")


def pair_spikes(
    articles: DataFrame, events: DataFrame, *, period: str = "week", minimum_stories: int = 3
) -> DataFrame:
    """Stretches in which a pair was far more hostile than it usually is, the strongest first.

    A period's weight is the sum of absolute intensity of its hostile acts, over 10: a bombing weighs near 1,
    an accusation 0.3. It is set against the pair's other periods, so that a war of every week is no spike and
    seven clashes between two quiet neighbours are. Periods next to each other are one stretch.

    Args:
        articles: `Articles` table, with dates.
        events: `Events` table coded from these articles.
        period: "day", "week" or "month".
        minimum_stories: with fewer stories a period is not considered.

    Returns:
        One row per stretch: `dyad`, `start_period`, `end_period`, `peak_period` and, for the peak,
        `hostile_weight`, `usual_weight`, `surprise_score` (0 upwards; about a number of standard deviations),
        `story_count`, `event_ids` (joined by a space).

    Source: signed root of the Poisson deviance (McCullagh and Nelder 1989, 2.4); one act is added to the
    usual weight, lest a pair never written of before should always win.
    """
    coded = country_events(articles, events, period=period)
    acts = coded[~coded["is_copy"] & (coded["status"] == "act") & (coded["quad"] >= 3)]
    weighted = acts.assign(hostile_weight=acts["intensity"].abs() / 10)
    rows = weighted.groupby(KEY, as_index=False).agg(
        hostile_weight=("hostile_weight", "sum"),
        story_count=("story_id", "nunique"),
        event_ids=("event_id", " ".join),
    )
    others = period_starts(articles["published_date"], period).nunique() - 1
    rows = rows.assign(usual_weight=(pair_totals(rows) - rows["hostile_weight"] + 1) / max(others, 1))
    rows = rows.assign(surprise_score=surprise(rows["hostile_weight"], rows["usual_weight"]))
    return stretches(rows[(rows["story_count"] >= minimum_stories) & (rows["surprise_score"] > 0)], period)


def pair_totals(rows: DataFrame) -> Series:
    """The hostile weight of each row's pair over all periods."""
    return rows.groupby("dyad")["hostile_weight"].transform("sum")


def surprise(weight: Series, usual: Series) -> Series:
    """How far a weight lies above the usual one, about in standard deviations; 0 where it does not."""
    above = weight > usual
    ratio = (weight / usual).where(above, 1.0)
    return np.sqrt(2 * (weight * np.log(ratio) - (weight - usual)).where(above, 0.0))


def stretches(rows: DataFrame, period: str) -> DataFrame:
    """Rows of neighbouring periods of a pair as one, described by its peak."""
    rows = rows.sort_values(KEY, ignore_index=True)
    number = pd.to_datetime(rows["period"]).dt.to_period(FREQUENCIES[period]).map(lambda day: day.ordinal)
    is_new = (number.diff() != 1) | (rows["dyad"] != rows["dyad"].shift())
    groups = rows.assign(stretch=is_new.cumsum()).groupby("stretch")["period"]
    rows = rows.assign(
        start_period=groups.transform("min"), end_period=groups.transform("max"), stretch=is_new.cumsum()
    )
    peaks = rows.sort_values(["surprise_score", *KEY], ascending=[False, True, True]).drop_duplicates(
        "stretch"
    )
    named = peaks.rename(columns={"period": "peak_period"})
    first = ["dyad", "start_period", "end_period", "peak_period", "hostile_weight", "usual_weight"]
    return named[[*first, "surprise_score", "story_count", "event_ids"]].reset_index(drop=True)


def country_events(articles: DataFrame, events: DataFrame, *, period: str) -> DataFrame:
    """Acts and announcements between two known, different countries, with their pair, period and story."""
    kept = events[between_countries(events) & events["status"].isin((*ACT_STATUSES, "future"))]
    origin = articles[["article_id", "story_id", "published_date"]]
    kept = kept.assign(dyad=dyads(kept)).merge(origin, on="article_id", validate="many_to_one")
    kept = kept.assign(period=period_starts(kept["published_date"], period))
    undated = int(kept["period"].isna().sum())
    if undated:
        warnings.warn(f"{undated} events of articles without a date are in no {period}", stacklevel=3)
    kept = kept.dropna(subset="period").sort_values(["article_id", "event_id"], ignore_index=True)
    return kept.assign(status=kept["status"].where(kept["status"] == "future", "act"), is_copy=copies(kept))


def between_countries(events: DataFrame) -> Series:
    """Whether both sides are known countries, and not the same."""
    source, target = events["source_country_code"], events["target_country_code"]
    return source.notna() & target.notna() & (source != target)


def dyads(events: DataFrame) -> Series:
    """The pair of each event, in alphabetical order: "CHN-USA"."""
    source, target = (events[f"{side}_country_code"].astype(str) for side in ("source", "target"))
    return source.where(source < target, target) + "-" + target.where(source < target, source)


def period_starts(dates: Series, period: str) -> Series:
    """The first day of each date's period as ISO 8601, or "all"; missing where the date is."""
    if period == ALL:
        return Series(ALL, index=dates.index, dtype=object)
    if period not in FREQUENCIES:
        raise ValueError(f"period is {period!r}, expected one of: {', '.join((ALL, *FREQUENCIES))}")
    starts = pd.to_datetime(dates).dt.to_period(FREQUENCIES[period]).dt.start_time
    return starts.dt.strftime("%Y-%m-%d").astype(object)


def copies(events: DataFrame) -> Series:
    """Whether an event repeats one of another article of the same story.

    The second air raid of an article is an event of its own; the same two raids in a reprint are copies.
    """
    number = events.groupby(["article_id", *COPY_KEY]).cumcount()
    return events.assign(number=number).duplicated([*COPY_KEY, "number"])


def contributions(coded: DataFrame) -> DataFrame:
    """One row per event and indicator: the event's part of the value."""
    acts, future = coded[coded["status"] == "act"], coded[coded["status"] == "future"]
    wide = (act_parts(acts), announced_parts(future))
    return pd.concat(
        part.melt(["event_id", *KEY], var_name="indicator", value_name="contribution") for part in wide
    )


def act_parts(acts: DataFrame) -> DataFrame:
    """The part of each act in each indicator of acts, one column an indicator."""
    pair = [acts[name] for name in KEY]
    size, hostile = acts["intensity"].abs(), acts["quad"] >= 3
    total = size.groupby(pair).transform("sum")
    number = size.groupby(pair).transform("size")
    rung = acts["root"].map(RUNGS).fillna(0)
    top = rung.groupby(pair).transform("max")
    at_top = (rung == top).groupby(pair).transform("sum")
    return acts[["event_id", *KEY]].assign(
        conflict_share=size.where(hostile, 0.0) / total.mask(total == 0),
        mean_intensity=acts["intensity"] / number,
        deed_share=acts["quad"].isin((2, 4)) / number,
        highest_rung=top.where(rung == top, 0.0) / at_top,
        **{name: (acts["quad"] == quad).astype(float) for name, quad in QUAD_COUNTS.items()},
    )


def announced_parts(future: DataFrame) -> DataFrame:
    """The part of each announced event in the two counts of announcements."""
    hostile = (future["quad"] >= 3).astype(float)
    return future[["event_id", *KEY]].assign(
        announced_cooperation_count=1.0 - hostile, announced_conflict_count=hostile
    )


def grid(coded: DataFrame) -> DataFrame:
    """Every indicator for every pair and period that has events, with the status of events it is made of."""
    pairs = coded[KEY].drop_duplicates()
    names = DataFrame(
        {"indicator": (*ACTS, *ANNOUNCED), "status": ["act"] * len(ACTS) + ["future"] * len(ANNOUNCED)}
    )
    return pairs.merge(names, how="cross")


def is_count(rows: DataFrame) -> Series:
    """Whether a row's indicator counts events, so that none is 0 and not missing."""
    return rows["indicator"].str.endswith("_count")


def coverage(coded: DataFrame) -> DataFrame:
    """What was read for each pair, period and status: events without copies, articles, stories."""
    groups = coded.groupby(["status", *KEY])
    return groups.agg(
        event_count=("is_copy", lambda is_copy: int((~is_copy).sum())),
        article_count=("article_id", "nunique"),
        story_count=("story_id", "nunique"),
    )


def with_intervals(rows: DataFrame, coded: DataFrame) -> DataFrame:
    """`low` and `high` of each row, missing where no interval is known."""
    stories = story_sums(coded[coded["status"] == "act"])
    low, high = byar_interval(rows["value"].where(is_count(rows)).astype(float))
    rows = rows.assign(low=low, high=high)
    for indicator in SHARES:
        part, whole = {"conflict_share": ("hostile", "size"), "deed_share": ("deeds", "acts")}[indicator]
        bounds = share_intervals(stories[part], stories[whole])
        rows = fill_bounds(rows, indicator, bounds)
    return fill_bounds(rows, "mean_intensity", mean_intervals(stories))


def fill_bounds(rows: DataFrame, indicator: str, bounds: DataFrame) -> DataFrame:
    """`rows` with the bounds of one indicator, found by pair and period."""
    found = bounds.reindex(pd.MultiIndex.from_frame(rows[KEY]))
    chosen = rows["indicator"] == indicator
    return rows.assign(
        **{
            side: rows[side].mask(chosen, pd.Series(found[side].to_numpy(), rows.index))
            for side in ("low", "high")
        }
    )


def story_sums(acts: DataFrame) -> DataFrame:
    """Sums over each story's acts for a pair and period: stories, not sentences, are independent reports."""
    size = acts["intensity"].abs()
    sums = acts[[*KEY, "story_id"]].assign(
        size=size,
        hostile=size.where(acts["quad"] >= 3, 0.0),
        acts=1.0,
        deeds=acts["quad"].isin((2, 4)).astype(float),
        intensity=acts["intensity"],
    )
    return sums.groupby([*KEY, "story_id"]).sum()


def share_intervals(part: Series, whole: Series) -> DataFrame:
    """Wilson interval of a share by pair and period, from its part and whole in each story.

    The number of trials is the effective number of stories, (sum w)^2 / sum w^2 with a story's whole as its
    weight w: one long story is one report, however many acts it tells of.

    Source: Wilson 1927; Kish 1965 for the effective number.
    """
    totals = DataFrame({"part": part, "whole": whole, "square": whole**2}).groupby(level=KEY).sum()
    totals = totals[totals["whole"] > 0]
    low, high = wilson_interval(totals["part"] / totals["whole"], totals["whole"] ** 2 / totals["square"])
    return DataFrame({"low": low, "high": high})


def wilson_interval(share: Series, trials: Series) -> tuple[Series, Series]:
    """95% interval of a share of so many independent trials.

    Source: Wilson 1927, without continuity correction.
    """
    centre = (share + Z**2 / (2 * trials)) / (1 + Z**2 / trials)
    half = Z * np.sqrt(share * (1 - share) / trials + Z**2 / (4 * trials**2)) / (1 + Z**2 / trials)
    low, high = (
        (centre - half).mask(share == 0, 0.0),
        (centre + half).mask(share == 1, 1.0),
    )  # exact at both ends
    return low, high


def byar_interval(count: Series) -> tuple[Series, Series]:
    """95% interval of a count taken as Poisson.

    Source: Byar's approximation, Breslow and Day 1987, p. 69.
    """
    above, some = count + 1, count.mask(count == 0)
    low = some * (1 - 1 / (9 * some) - Z / (3 * np.sqrt(some))) ** 3
    high = above * (1 - 1 / (9 * above) + Z / (3 * np.sqrt(above))) ** 3
    return low.clip(lower=0.0).mask(count == 0, 0.0), high


def mean_intervals(stories: DataFrame) -> DataFrame:
    """Bootstrap interval of the mean intensity by pair and period; missing below two stories.

    Whole stories are drawn, because the acts of one story stand or fall together. Each pair starts from the
    same seed, so that its interval does not depend on which other pairs there are.
    """
    rows = {
        key: bootstrap_mean(group["intensity"].to_numpy(), group["acts"].to_numpy())
        for key, group in stories.groupby(level=KEY)
        if len(group) > 1
    }
    index = (
        pd.MultiIndex.from_tuples(list(rows), names=KEY)
        if rows
        else pd.MultiIndex.from_arrays([[], []], names=KEY)
    )
    return DataFrame(list(rows.values()), index=index, columns=["low", "high"], dtype=float)


def bootstrap_mean(sums: np.ndarray, counts: np.ndarray) -> tuple[float, float]:
    """95% percentile interval of sum over count, drawing whole stories with replacement.

    Source: Efron and Tibshirani 1993, ch. 13.
    """
    drawn = np.random.default_rng(SEED).integers(0, len(sums), (RESAMPLES, len(sums)))
    means = sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    return float(low), float(high)


class Query(NamedTuple):
    """One of the eight queries of the geopolitical risk index."""

    category: int
    name: str
    kind: str  # "threat" or "act"
    first: str  # a group of terms
    second: str
    within: int | None  # words apart at most, in either order; None: anywhere in the article


GPR_QUERIES: Final = (
    Query(1, "war threats", "threat", "war", "threat", 2),
    Query(2, "peace threats", "threat", "peace", "peace disruption", 2),
    Query(3, "military buildup", "threat", "military", "buildup", None),
    Query(4, "nuclear threats", "threat", "nuclear", "threat", None),
    Query(5, "terrorist threats", "threat", "terror", "threat", 2),
    Query(6, "beginning of war", "act", "war", "war begin", 2),
    Query(7, "escalation of war", "act", "actor", "actor fight", 2),
    Query(8, "terrorist acts", "act", "terror", "terror act", 2),
)
"""Source: Caldara and Iacoviello, Measuring Geopolitical Risk, AER 112(4), 2022, Table 1."""
TENSION_SHARES: Final = (
    "pair_attention_share",
    "pair_tension_share",
    "pair_tension_action_share",
    "pair_tension_uncertainty_share",
)
GPR_SHARES: Final = ("gpr_share", "gpr_threat_share", "gpr_act_share", "gpr_unfiltered_share")


def gpr_matches(articles: DataFrame) -> DataFrame:
    """Which articles speak of geopolitical risk, and through which words.

    Args:
        articles: `Articles` table; title and text are searched.

    Returns:
        One row per article: `article_id`, `is_threat` (a query of categories 1 to 5), `is_act` (6 to 8),
        `is_excluded` (a word such as *anniversary* or *film* stands in it), `matched`: the pairs of words,
        by query, that decided.
    """
    texts = articles["title"].fillna("") + "\n" + articles["text"]
    rows = [gpr_match(text) for text in texts]
    return DataFrame(rows, columns=["is_threat", "is_act", "is_excluded", "matched"]).assign(
        article_id=articles["article_id"].to_numpy()
    )[["article_id", "is_threat", "is_act", "is_excluded", "matched"]]


def gpr_shares(articles: DataFrame, *, period: str = "month") -> DataFrame:
    """Share of stories that speak of geopolitical risk, after Caldara and Iacoviello (2022).

    `gpr_share` counts a story that any of the eight queries matches and no exclusion word stands in;
    `gpr_threat_share` and `gpr_act_share` the same for categories 1-5 and 6-8 (a story may be in both);
    `gpr_unfiltered_share` leaves the exclusion words aside, which fit newspapers and strike out speeches
    (*history*, *story*, *memorial*). It measures how much is written of risk, as seen by these outlets.

    Args:
        articles: `Articles` table.
        period: "all", "day", "week" or "month".

    Returns:
        `Indicators` table, `dyad` "world": a share of 0..1, up is more risk, with a Wilson interval.
        `event_count` is the number of matching stories. Copies of a story count once.
    """
    stories = first_copies(articles, period)
    matched = stories.merge(gpr_matches(stories), on="article_id", validate="one_to_one")
    return share_rows(matched, gpr_flags(matched), WORLD)


def country_gpr_shares(
    articles: DataFrame, country_codes: Iterable[str], *, period: str = "month"
) -> DataFrame:
    """`gpr_shares` of stories that also name a country or its capital, of all stories.

    Args:
        articles: `Articles` table.
        country_codes: ISO 3166-1 alpha-3 codes.
        period: as in `gpr_shares`.

    Returns:
        `Indicators` table; `dyad` is the country's code.

    Raises:
        ValueError: a code is not in `actor_countries.csv`.

    Source: Caldara and Iacoviello 2022, section IV: the index query and the country's name or main city.
    """
    stories = first_copies(articles, period)
    matched = stories.merge(gpr_matches(stories), on="article_id", validate="one_to_one")
    texts = matched["title"].fillna("") + "\n" + matched["text"]
    flags, tables = gpr_flags(matched), []
    for code in sorted(set(country_codes)):
        is_named = texts.str.contains(country_pattern(code))
        tables.append(share_rows(stories, {name: flag & is_named for name, flag in flags.items()}, code))
    return Indicators.validate(pd.concat(tables, ignore_index=True))


def pair_tension_shares(articles: DataFrame, pairs: Iterable[str], *, period: str = "month") -> DataFrame:
    """Share of stories on the tension between two countries, after Rogers, Sun and Sun (2024).

    `pair_attention_share` counts the stories that name both countries: how much is written.
    `pair_tension_share` counts those in which one paragraph names both with a contentious issue and a word of
    tension (the authors ask for the same article: in long transcripts everything meets everything).
    They divide into `pair_tension_action_share` (a measure is taken: *imposed*, *expelled*, *struck*) and
    `pair_tension_uncertainty_share` (none is: *threatens*, *fears*, *strained*). All are of all stories.

    The authors' term lists are not public and were made for the United States and China in newspapers of the
    former: `tension_terms.csv` starts from the sources of tension they name and is made for any pair.

    Args:
        articles: `Articles` table.
        pairs: pairs of ISO 3166-1 alpha-3 codes, "CHN-USA".
        period: as in `gpr_shares`.

    Returns:
        `Indicators` table: shares of 0..1, up is more, with Wilson intervals; `event_count` is the number of
        matching stories.

    Raises:
        ValueError: a code is not in `actor_countries.csv`.
    """
    wanted = sorted({"-".join(sorted(pair.split("-"))) for pair in pairs})
    stories = first_copies(articles, period)
    paragraphs = tension_paragraphs(stories)
    named = {
        code: paragraphs["text"].str.contains(country_pattern(code))
        for pair in wanted
        for code in pair.split("-")
    }
    tables = []
    for pair in wanted:
        first, second = (named[code] for code in pair.split("-"))
        flags = pair_flags(paragraphs, first, second)
        tables.append(
            share_rows(stories, {name: flag.loc[stories.index] for name, flag in flags.items()}, pair)
        )
    return Indicators.validate(pd.concat(tables, ignore_index=True))


def tension_paragraphs(stories: DataFrame) -> DataFrame:
    """Title and paragraphs of each story, indexed by story, with `is_tense` and `is_action`."""
    texts = stories["title"].fillna("") + "\n" + stories["text"]
    paragraphs = texts.str.split(PARAGRAPH_BREAK).explode().rename("text")
    groups = [group_places(plain_words(text), "tension_terms").keys() for text in paragraphs]
    return DataFrame(
        {
            "text": paragraphs,
            "is_tense": ["issue" in names and bool(names & {"action", "uncertainty"}) for names in groups],
            "is_action": ["action" in names for names in groups],
        }
    )


def pair_flags(paragraphs: DataFrame, first: Series, second: Series) -> dict[str, Series]:
    """Which stories each share of a pair counts, from the paragraphs that name its countries."""
    tense = first & second & paragraphs["is_tense"]
    in_story = {
        "attention": first.groupby(level=0).any() & second.groupby(level=0).any(),
        "tension": tense.groupby(level=0).any(),
        "action": (tense & paragraphs["is_action"]).groupby(level=0).any(),
    }
    columns = (*in_story.values(), in_story["tension"] & ~in_story["action"])
    return dict(zip(TENSION_SHARES, columns, strict=True))


def gpr_index(shares: DataFrame, *, base_start: str, base_end: str) -> DataFrame:
    """Shares as an index: 100 is the mean share of the base window.

    Args:
        shares: table of `gpr_shares` or `country_gpr_shares`.
        base_start: first day of the first base period, ISO 8601.
        base_end: first day of the last base period.

    Returns:
        The rows with `value`, `low` and `high` times 100 over the base; `_share` in names becomes `_index`.

    Raises:
        ValueError: the base window has fewer than 30 stories, or no match, for one of the indicators.
    """
    base = shares[shares["period"].between(base_start, base_end)]
    keys = ["indicator", "dyad"]
    stories = base.groupby(keys)["story_count"].sum().reindex(shares.set_index(keys).index, fill_value=0)
    level = base.groupby(keys)["value"].mean().reindex(stories.index)
    if stories.min() < GPR_BASE_STORIES or not level.min() > 0:
        raise ValueError(
            f"the base window {base_start} to {base_end} has {stories.min()} stories and a share of "
            f"{level.min()}, expected at least {GPR_BASE_STORIES} stories and a share above 0"
        )
    scaled = {name: 100 * shares[name] / level.to_numpy() for name in ("value", "low", "high")}
    renamed = shares["indicator"].str.replace("_share", "_index")
    return Indicators.validate(shares.assign(**scaled, indicator=renamed))


def first_copies(articles: DataFrame, period: str) -> DataFrame:
    """The first article of each story, with its period; without a date it is in no day, week or month."""
    dated = articles.assign(period=period_starts(articles["published_date"], period)).dropna(subset="period")
    return dated.sort_values(["period", "article_id"]).drop_duplicates("story_id").reset_index(drop=True)


def gpr_flags(matched: DataFrame) -> dict[str, Series]:
    """Which stories each share of geopolitical risk counts."""
    risk, kept = matched["is_threat"] | matched["is_act"], ~matched["is_excluded"]
    columns = (risk & kept, matched["is_threat"] & kept, matched["is_act"] & kept, risk)
    return dict(zip(GPR_SHARES, columns, strict=True))


def share_rows(stories: DataFrame, flags: dict[str, Series], subject: str) -> DataFrame:
    """`Indicators` rows of the share of stories that each flag marks, by period."""
    counts = DataFrame({"period": stories["period"], **flags}).groupby("period")[list(flags)].sum()
    rows = counts.melt(ignore_index=False, var_name="indicator", value_name="event_count").reset_index()
    rows = rows.assign(dyad=subject, story_count=rows["period"].map(stories["period"].value_counts()))
    rows = rows.assign(value=rows["event_count"] / rows["story_count"], article_count=rows["story_count"])
    low, high = wilson_interval(rows["value"], rows["story_count"])
    return Indicators.validate(rows.assign(low=low, high=high)[list(Indicators.to_schema().columns)])


def gpr_match(text: str) -> tuple[bool, bool, bool, str]:
    """Whether a text threatens, acts and is excluded, and the words that decided."""
    words = plain_words(text)
    places = group_places(words, "gpr_terms")
    found = [(query, pair) for query in GPR_QUERIES if (pair := query_pair(query, places))]
    kinds = {query.kind for query, _ in found}
    matched = "; ".join(f"{query.name}: {words[first]} + {words[second]}" for query, (first, second) in found)
    return "threat" in kinds, "act" in kinds, bool(places["excluded"]), matched


def plain_words(text: str) -> list[str]:
    """The words of a text in lower case, *build-up* and *h-bomb* as one."""
    return [word.replace("’", "'") for word in PLAIN_WORD.findall(text.lower())]


def group_places(words: list[str], lexicon: str) -> dict[str, list[int]]:
    """Where the terms of each group of a word list begin, by word number."""
    places = defaultdict(list)
    for i, word in enumerate(words):
        for group, rest in term_groups(word, lexicon):
            following = words[i + 1 : i + 1 + len(rest)]
            if len(following) == len(rest) and all(map(fits_term, following, rest)):
                places[group].append(i)
    return places


def query_pair(query: Query, places: dict[str, list[int]]) -> tuple[int, int] | None:
    """The first two words that satisfy a query, by number, or None."""
    first, second = places[query.first], places[query.second]
    if query.within is None:
        return (first[0], second[0]) if first and second else None
    for i in first:
        for j in second[bisect_left(second, i - query.within) :]:
            if j > i + query.within:
                break
            if i != j:
                return i, j
    return None


@cache
def term_groups(word: str, lexicon: str) -> tuple[tuple[str, list[str]], ...]:
    """The groups that a word may begin a term of, each with the term's other words."""
    return tuple((group, rest) for group, (first, *rest) in grouped_terms(lexicon) if fits_term(word, first))


@cache
def grouped_terms(lexicon: str) -> tuple[tuple[str, list[str]], ...]:
    """Every term of a word list as its group and its words."""
    return tuple((row.group, row.term.split()) for row in load_lexicon(lexicon).itertuples())


def fits_term(word: str, term: str) -> bool:
    """Whether a word is a term, or begins like one that ends in a star."""
    return word.startswith(term[:-1]) if term.endswith("*") else word == term


@cache
def country_pattern(country_code: str) -> re.Pattern[str]:
    """The names and capitals of a country as whole words."""
    countries = load_lexicon("actor_countries")
    rows = countries[countries["country_code"] == country_code]
    if rows.empty:
        raise ValueError(
            f"country code is {country_code!r}, expected an ISO 3166-1 alpha-3 code such as 'UKR'"
        )
    cells = ";".join(rows[["country", "adjectives", "capitals", "aliases"]].to_numpy().ravel())
    names = sorted({re.escape(name) for name in cells.split(";") if name}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(names)})(?!\w)")
