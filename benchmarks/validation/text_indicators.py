"""Risk and tension as the press reports them: shares of stories, and the tone of their words.

Published definitions; "after" means that the authors' lists are not public or were made for other texts. They
measure what these outlets write, not what happens. Each indicator is described in `indicators/codebook.csv`.
"""

from collections.abc import Callable, Iterable
from typing import Final

import pandas as pd
from pandas import DataFrame, Series

from analysis.indicators.intervals import POLARITY, clustered_mean, wilson_interval
from analysis.indicators.periods import period_starts
from analysis.nlp.stance import tone
from analysis.schemas import Indicators
from benchmarks.validation.risk_words import country_pattern, gpr_matches, paragraphs_of, tension_in

WORLD = "world"
GPR_BASE_STORIES = 30  # with fewer in the base window, the index is mostly noise
Flag = Callable[[DataFrame], Series]  # which stories count
GPR_SHARES: Final[dict[str, Flag]] = {  # from a table of `risk_words.gpr_matches`
    "gpr_share": lambda found: (found["is_threat"] | found["is_act"]) & ~found["is_excluded"],
    "gpr_threat_share": lambda found: found["is_threat"] & ~found["is_excluded"],
    "gpr_act_share": lambda found: found["is_act"] & ~found["is_excluded"],
    "gpr_unfiltered_share": lambda found: found["is_threat"] | found["is_act"],
}
TENSION_SHARES: Final[dict[str, Flag]] = {  # from a table of `pair_mentions`
    "pair_attention_share": lambda story: story["names_both"],
    "pair_tension_share": lambda story: story["is_tense"],
    "pair_tension_action_share": lambda story: story["has_action"],
    "pair_tension_uncertainty_share": lambda story: story["is_tense"] & ~story["has_action"],
}
GPR_INDEX, MEAN_TONE = "gpr_index", "mean_tone"
TEXT_INDICATORS: Final = (*GPR_SHARES, GPR_INDEX, *TENSION_SHARES, MEAN_TONE)


def gpr_shares(articles: DataFrame, *, period: str = "month") -> DataFrame:
    """Share of stories about geopolitical risk, after Caldara and Iacoviello (2022).

    `gpr_share` counts stories that match any of the eight queries and have no exclusion word;
    `gpr_threat_share` and `gpr_act_share` do so for categories 1-5 and 6-8 (a story can be in both);
    `gpr_unfiltered_share` ignores the exclusion words, which suit newspapers and remove speeches (*history*,
    *story*, *memorial*). It measures how much these outlets write about risk.

    Args:
        articles: `Articles` table.
        period: "all", "day", "week" or "month".

    Returns:
        `Indicators` table, `dyad` "world": a share of 0..1, up is more risk, with a Wilson interval.
        `event_count` is the number of matching stories. Reprints of a story count once.
    """
    stories = first_copies(articles, period)
    matched = stories.merge(gpr_matches(stories), on="article_id", validate="one_to_one")
    return share_rows(matched, flags_of(GPR_SHARES, matched), WORLD)


def country_gpr_shares(
    articles: DataFrame, country_codes: Iterable[str], *, period: str = "month"
) -> DataFrame:
    """`gpr_shares` of the stories that also name a country or its capital, as a share of all stories.

    Args:
        articles: `Articles` table.
        country_codes: ISO 3166-1 alpha-3 codes.
        period: as in `gpr_shares`.

    Returns:
        `Indicators` table; `dyad` is the country's code.

    Raises:
        ValueError: a code is not in `actors/countries.csv`.

    Source: Caldara and Iacoviello 2022, section IV: the index query and the country's name or main city.
    """
    stories = first_copies(articles, period)
    matched = stories.merge(gpr_matches(stories), on="article_id", validate="one_to_one")
    texts = matched["title"].fillna("") + "\n" + matched["text"]
    flags, tables = flags_of(GPR_SHARES, matched), [no_rows()]
    for code in sorted(set(country_codes)):
        is_named = texts.str.contains(country_pattern(code))
        tables.append(share_rows(stories, {name: flag & is_named for name, flag in flags.items()}, code))
    return Indicators.validate(pd.concat(tables, ignore_index=True))


def gpr_index(shares: DataFrame, *, base_start: str, base_end: str) -> DataFrame:
    """`gpr_share` as an index: 100 is its mean in the base window.

    Args:
        shares: table of `gpr_shares` or `country_gpr_shares`.
        base_start: first day of the first base period, ISO 8601.
        base_end: first day of the last base period.

    Returns:
        The rows of `gpr_share` as "gpr_index", with `value`, `low` and `high` times 100 over the base.

    Raises:
        ValueError: the base window has fewer than 30 stories, or no match, for one of the subjects.
    """
    shares = shares[shares["indicator"] == "gpr_share"]
    base = shares[shares["period"].between(base_start, base_end)]
    stories = base.groupby("dyad")["story_count"].sum().reindex(shares["dyad"], fill_value=0)
    level = base.groupby("dyad")["value"].mean().reindex(shares["dyad"])
    if stories.min() < GPR_BASE_STORIES or not level.min() > 0:
        raise ValueError(
            f"the base window {base_start} to {base_end} has {stories.min()} stories and a share of "
            f"{level.min():.2f}, expected at least {GPR_BASE_STORIES} stories and a share above 0"
        )
    scaled = {name: 100 * shares[name] / level.to_numpy() for name in ("value", "low", "high")}
    return Indicators.validate(shares.assign(**scaled, indicator=GPR_INDEX))


def pair_tension_shares(articles: DataFrame, pairs: Iterable[str], *, period: str = "month") -> DataFrame:
    """Share of stories on the tension between two countries, after Rogers, Sun and Sun (2024).

    `pair_attention_share` counts the stories that name both countries: how much is written about them.
    `pair_tension_share` counts those in which one paragraph names both, a contentious issue and a word of
    tension. (For the authors the same article is enough, but in long transcripts everything occurs together.)
    It is the sum of `pair_tension_action_share`, where a measure is taken (*imposed*, *expelled*, *struck*),
    and `pair_tension_uncertainty_share`, where none is (*threatens*, *fears*, *strained*). All are shares of
    all stories.

    The authors' term lists are not public and were made for American newspapers writing about China:
    `indicators/tension_terms.csv` starts from the sources of tension that they name and is made for any pair.

    Args:
        articles: `Articles` table.
        pairs: pairs of ISO 3166-1 alpha-3 codes, "CHN-USA".
        period: as in `gpr_shares`.

    Returns:
        `Indicators` table: shares of 0..1, up is more, with Wilson intervals; `event_count` is the number of
        matching stories.

    Raises:
        ValueError: a code is not in `actors/countries.csv`.
    """
    wanted = sorted({"-".join(sorted(pair.split("-"))) for pair in pairs})
    stories = first_copies(articles, period)
    paragraphs = paragraphs_of(stories)
    codes = {code for pair in wanted for code in pair.split("-")}
    is_named = {code: paragraphs.str.contains(country_pattern(code)) for code in codes}
    tables = [no_rows()]
    for pair in wanted:
        mentions = pair_mentions(paragraphs, *(is_named[code] for code in pair.split("-")))
        tables.append(share_rows(stories, flags_of(TENSION_SHARES, mentions), pair))
    return Indicators.validate(pd.concat(tables, ignore_index=True))


def mean_tones(articles: DataFrame, *, period: str = "month") -> DataFrame:
    """Mean TextBlob polarity of the stories, for comparison with indicators: it hardly moves with them.

    Args:
        articles: `Articles` table.
        period: "all", "day", "week" or "month".

    Returns:
        `Indicators` table, `dyad` "world", indicator "mean_tone": -1..1; the t interval is by
        story and missing below two stories. Reprints of a story count once.
    """
    stories = first_copies(articles, period)
    scored = stories.assign(tone_score=[tone(text)[0] for text in stories["text"]])
    rows = [tone_row(start, part["tone_score"]) for start, part in scored.groupby("period")]
    return Indicators.validate(DataFrame(rows, columns=list(Indicators.columns)))


def tone_row(start: str, tones: Series) -> dict:
    """The `Indicators` row of the mean tone of one period."""
    scores = tones.to_numpy()
    low, high = clustered_mean(scores, scores * 0 + 1, POLARITY)
    return {
        "indicator": MEAN_TONE,
        "dyad": WORLD,
        "period": start,
        "value": scores.mean(),
        "low": low,
        "high": high,
        **dict.fromkeys(("event_count", "article_count", "story_count"), len(scores)),
    }


def pair_mentions(paragraphs: Series, first: Series, second: Series) -> DataFrame:
    """What each story says of two countries, in the order of the stories.

    Args:
        paragraphs: as `paragraphs_of` gives them.
        first: whether each names the first country.
        second: whether each names the second.
    """
    names_both = first.groupby(level=0).any() & second.groupby(level=0).any()
    found = tension_in(paragraphs[first & second])
    tense = found[found["is_tense"]]
    return DataFrame(
        {
            "names_both": names_both,
            "is_tense": names_both.index.isin(tense.index),
            "has_action": names_both.index.isin(tense.index[tense["is_action"]]),
        }
    )


def flags_of(shares: dict[str, Flag], stories: DataFrame) -> dict[str, Series]:
    """Which stories each share counts."""
    return {name: flag(stories) for name, flag in shares.items()}


def no_rows() -> DataFrame:
    """An `Indicators` table without rows, for no pair or no country."""
    return Indicators.validate(DataFrame(columns=list(Indicators.columns)))


def first_copies(articles: DataFrame, period: str) -> DataFrame:
    """The first article of each story, with its period; an undated one is in no day, week or month."""
    dated = articles.assign(period=period_starts(articles["published_date"], period)).dropna(subset="period")
    return dated.sort_values(["period", "article_id"]).drop_duplicates("story_id").reset_index(drop=True)


def share_rows(stories: DataFrame, flags: dict[str, Series], subject: str) -> DataFrame:
    """`Indicators` rows of the share of stories that each flag marks, by period."""
    counts = DataFrame({"period": stories["period"], **flags}).groupby("period")[list(flags)].sum()
    rows = counts.melt(ignore_index=False, var_name="indicator", value_name="event_count").reset_index()
    rows = rows.assign(dyad=subject, story_count=rows["period"].map(stories["period"].value_counts()))
    rows = rows.assign(value=rows["event_count"] / rows["story_count"], article_count=rows["story_count"])
    low, high = wilson_interval(rows["value"], rows["story_count"])
    return Indicators.validate(rows.assign(low=low, high=high)[list(Indicators.columns)])
