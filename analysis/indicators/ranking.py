"""Which incidents and which pairs of countries a reader should hear of first, and why.

The score of an incident is a sum: each feature (the columns of `incident_features`) times its weight in
`indicators/ranking_weights.csv`. The score of a pair is that of its best incident, a share of what its other
incidents add, and the features of the pair (`pair_features`) times theirs. The weights are those of a
conditional logistic model of what readers chose as the leads of weeks (`benchmarks/fit_ranking.py`): a score
one higher means odds of 2.7 to 1 to lead. The only other rule is that one sentence counts once.
"""

from functools import cache
from typing import Final

import numpy as np
from pandas import DataFrame, Index, Series, concat

from analysis.country_names import countries_of, country_names
from analysis.indicators.incident_reports import gravity_values
from analysis.lexicons import load_lexicon
from analysis.tables.rows import rows_of

SENTENCE: Final = ["article_id", "start_char"]
GREAT_POWERS: Final = frozenset(("CHN", "FRA", "GBR", "RUS", "USA"))
"""Permanent members of the Security Council. Source: Charter of the United Nations, Article 23."""
MIN_ACTS_OF_WAR, SHARE_OF_WAR = 5, 0.8  # acts of force of a country, and how many of them are of one pair
MAX_COUNTRY_PAGES: Final = 8
MIN_COUNTRY_INCIDENTS: Final = 5  # of a country with a page of its own: fewer are on the front page already
REST: Final = "rest"  # row of the weights: the share of what the other incidents of a pair add


def ranked_incidents(incidents: DataFrame) -> DataFrame:
    """The incidents of a period with their `score`, the best first; what is left out comes last.

    Args:
        incidents: `Incidents` of the period.

    Returns:
        The rows with `score` and `reason`: why one is left out, missing where it is not.
    """
    score = linear(incident_features(incidents))
    ranked = incidents.assign(score=score).sort_values(
        ["score", "first_reported", "incident_id"], ascending=[False, True, True], ignore_index=True
    )
    is_second = ranked.duplicated(SENTENCE)
    reason = is_second.map({True: "its sentence reports a graver incident", False: None}).astype(object)
    ranked = ranked.assign(reason=reason)
    return concat([ranked[~is_second], ranked[is_second]], ignore_index=True)


def ranked_pairs(incidents: DataFrame, background: DataFrame, articles: DataFrame) -> DataFrame:
    """The pairs of a period, the one to report first on top.

    Args:
        incidents: `Incidents` of the period.
        background: `Incidents` reported before it.
        articles: `Articles` table, for their stories.

    Returns:
        `dyad` and `score`.
    """
    scored = incidents.assign(score=linear(incident_features(incidents)))
    features = pair_features(incidents, background, articles)
    found = (linear(features) + pair_scores(scored, weights()[REST])).rename("score")
    found = found.rename_axis("dyad").reset_index()
    return found.sort_values(["score", "dyad"], ascending=[False, True], ignore_index=True)


def pairs_in_turn(ranked: DataFrame, pairs: DataFrame) -> DataFrame:
    """Incidents in the order in which a reader should hear of them, so that one war does not fill the list.

    First comes the heaviest of each pair, then the second of each; what is left out comes last.

    Args:
        ranked: some rows of `ranked_incidents`.
        pairs: `ranked_pairs`.
    """
    ranks = {pair: place for place, pair in enumerate(pairs["dyad"])}
    number, place = ranked.groupby("dyad").cumcount(), ranked["dyad"].map(ranks)
    placed = ranked.assign(is_left_out=ranked["reason"].notna(), number=number, place=place)
    ordered = placed.sort_values(["is_left_out", "number", "place"], kind="stable", ignore_index=True)
    return ordered[ranked.columns]


def leading_countries(incidents: DataFrame) -> list[str]:
    """The codes of the countries with the most incidents, if they have enough for a page: `Incidents`."""
    sides = concat([incidents["source_code"], incidents["target_code"]])
    counts = sides[sides.isin(country_names())].value_counts()
    often = counts[counts >= MIN_COUNTRY_INCIDENTS].sort_index()
    return often.sort_values(ascending=False, kind="stable").index[:MAX_COUNTRY_PAGES].tolist()


def incident_features(incidents: DataFrame) -> DataFrame:
    """What the score of each incident is made of.

    Args:
        incidents: `Incidents` of the period.

    Returns:
        One row per incident, with its index.
    """
    kinds, codes = incidents[["source_kind", "target_kind"]], incidents[["source_code", "target_code"]]
    rebels = (kinds == "armed group").to_numpy() & ~codes.isin(list(country_names())).to_numpy()
    listed, own = (
        incidents.groupby(keys)["dyad"].transform("size") for keys in (SENTENCE, [*SENTENCE, "dyad"])
    )
    same = incidents.groupby([*SENTENCE, "root", "target_code"])["source_code"].transform("nunique")
    return DataFrame(
        {
            "importance": incidents["importance"],
            "gravity": gravity(incidents),
            "superlative": incidents["turn"] == "extreme",
            "foiled": incidents["turn"] == "foiled",
            "headline": incidents["is_in_headline"],
            "recalled": ~incidents["is_news"],
            "announced": incidents["status"] == "announced",
            "armed_group": rebels.sum(axis=1),
            "great_powers": codes.isin(GREAT_POWERS).sum(axis="columns"),
            "list": np.log2(listed / own),
            "together": np.log2(same),
        },
        index=incidents.index,
    ).astype(float)


def pair_features(incidents: DataFrame, background: DataFrame, articles: DataFrame) -> DataFrame:
    """What the score of a pair is made of, beside that of its incidents.

    Args:
        incidents: `Incidents` of the period.
        background: `Incidents` reported before it.
        articles: `Articles` table, for the stories.

    Returns:
        One row per `dyad`, its index.
    """
    stories = articles.set_index("article_id")["story_id"]
    reports = incidents.set_index("dyad")["article_ids"].str.split().explode().map(stories)
    story_count = reports.groupby(level=0).nunique().sort_index()
    known = prominence(story_count.index, background)
    return DataFrame({"pair_stories": np.log2(story_count), "prominence": known}, index=story_count.index)


def wars(incidents: DataFrame) -> dict[str, list[str]]:
    """Country -> the pair of countries to which nearly all acts of force of or against it belong.

    Args:
        incidents: `Incidents` of the period and of before.
    """
    pairs = incidents.loc[incidents["root"] == "ASSAULT", "dyad"].map(countries_of)
    acts = DataFrame({"country": pairs, "pair": pairs.str.join("-")}).explode("country")
    counts = acts.groupby("country")["pair"].value_counts()
    shares = counts / counts.groupby("country").transform("sum")
    found = counts.index[(counts >= MIN_ACTS_OF_WAR) & (shares >= SHARE_OF_WAR)]
    return {country: pair.split("-") for country, pair in found}


def linear(features: DataFrame) -> Series:
    """The sum of the features times their weights; a column without a weight is none."""
    own = {name: value for name, value in weights().items() if name in features}
    return features[list(own)] @ Series(own)


@cache
def weights() -> dict[str, float]:
    """The weight of each feature."""
    rows = load_lexicon("indicators/ranking_weights", numbers=("weight",))
    return {row.feature: float(row.weight) for row in rows_of(rows)}


def pair_scores(scored: DataFrame, rest: float) -> Series:
    """The best score of each pair, and a share of what its other incidents add to it as odds add up.

    Args:
        scored: incidents with `dyad`, `score` and their sentence; of one sentence and pair the best counts.
        rest: the share.
    """
    own = scored.sort_values("score", ascending=False, kind="stable").drop_duplicates(["dyad", *SENTENCE])
    by_pair = own["score"].groupby(own["dyad"])
    more = np.exp(own["score"] - by_pair.transform("max")).groupby(own["dyad"]).sum()
    return by_pair.max() + rest * np.log(more)


def gravity(incidents: DataFrame) -> Series:
    """How grave each act is by its type and word: an attack is 1. See `indicators/gravity.csv`."""
    acts = zip(incidents["root"], incidents["trigger_lemma"], strict=True)
    return Series([gravity_of(*act) for act in acts], incidents.index, dtype=float)


def gravity_of(root: str, lemma: str) -> float:
    """How grave an act is by its type and word."""
    return gravity_values().get((root, lemma), gravity_values()[root, ""])


def prominence(pairs: Index, background: DataFrame) -> Series:
    """Doublings of how often the less frequent side of each pair was in the news; 0 without background."""
    if background.empty:
        return Series(0.0, pairs)
    counts = concat([background["source_code"], background["target_code"]]).value_counts()
    shares = 1_000 * counts / len(background)
    known = [min(shares.get(code, 0.0) for code in pair.split("-")) for pair in pairs]
    return Series(np.log2(1 + np.array(known)), pairs)
