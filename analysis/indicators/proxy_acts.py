"""Acts of armed groups beside those of the states that are said to back them; never as these states' own.

Where the article itself does not say who backs a group, what at least three other stories say within a year
of it holds, since a report of the day rarely tells again what everybody knows.

Source: UCDP External Support Dataset (external support to a warring side, coded by year); the number of
stories is own.
"""

from collections.abc import Mapping

import pandas as pd
from pandas import DataFrame, Series, Timedelta

from analysis.country_names import country_in_sentence
from analysis.schemas import ACT_STATUSES

HELD_DAYS = 365
LEAST_STORIES = 3


def proxy_acts(articles: DataFrame, events: DataFrame) -> DataFrame:
    """What armed groups do to other countries than their sponsor, the sponsor in the place of the source.

    Args:
        articles: `Articles` table.
        events: `Events` table coded from these articles.

    Returns:
        Rows of `events` whose `source_country_code` is the sponsor's code, and `is_proxy` True; a group that
        acts for its own country already (Wagner for Russia) is left out.
    """
    acts = events[(events["source_kind"] == "armed group") & events["status"].isin(ACT_STATUSES)]
    dated = articles.set_index("article_id")["published_date"]
    dates = dated.reindex(acts["article_id"]).set_axis(acts.index)  # `map` fails where there is no article
    reported = reported_sponsors(acts["source_id"], dates, sponsor_reports(articles, events))
    sponsor = acts["source_sponsor_code"].astype(object).where(acts["source_sponsor_code"].notna(), reported)
    is_other = sponsor.notna() & (sponsor != acts["source_country_code"])
    return acts.assign(source_country_code=sponsor, is_proxy=True)[is_other]


def involves_armed_group(events: DataFrame) -> Series:
    """Whether an event is an armed group's act, or says who backs one: all that `proxy_acts` reads."""
    is_told = events["source_sponsor_code"].notna() | events["target_sponsor_code"].notna()
    return is_told | (events["source_kind"] == "armed group")


def sponsor_reports(articles: DataFrame, events: DataFrame) -> DataFrame:
    """Each dated story that says who backs a group, once: `group_id`, `sponsor_code`, `published_date`."""
    sides = [
        events[["article_id", f"{side}_id", f"{side}_sponsor_code"]].set_axis(
            ["article_id", "group_id", "sponsor_code"], axis=1
        )
        for side in ("source", "target")
    ]
    told = pd.concat(sides).dropna(subset="sponsor_code")
    origin = articles[["article_id", "story_id", "published_date"]].dropna(subset="published_date")
    told = told.merge(origin, on="article_id", validate="many_to_one").sort_values("published_date")
    return told.drop_duplicates(["group_id", "sponsor_code", "story_id"])


def reported_sponsors(groups: Series, dates: Series, told: DataFrame) -> Series:
    """The state that most stories around each date say backs each group; missing where too few do."""
    reach = Timedelta(days=HELD_DAYS)
    found, most = Series(None, groups.index, dtype=object), Series(LEAST_STORIES - 1, groups.index)
    for (group, sponsor), part in told.groupby(["group_id", "sponsor_code"]):
        own = groups.index[(groups == group) & dates.notna()]
        days = Series(part["published_date"].to_numpy())
        ends = days.searchsorted(dates[own] + reach, "right")
        count = Series(ends - days.searchsorted(dates[own] - reach, "left"), own)
        better = own[count > most[own]]
        found[better], most[better] = sponsor, count[better]
    return found


def sponsor_words(event: Mapping[str, object], dyad: str = "") -> str:
    """What to add to a group's name: "said to be backed by Rwanda", by its article, or for a pair by others.

    Args:
        event: row of `Events`.
        dyad: the pair under which the event is shown, if it is shown under one.
    """
    told = event["source_sponsor_code"]
    if isinstance(told, str):
        return f"said to be backed by {country_in_sentence(told)}"
    pair, target = set(dyad.split("-")) - {""}, event["target_country_code"]
    if event["source_kind"] != "armed group" or not pair or event["source_country_code"] in pair - {target}:
        return ""
    (other,) = pair - {target}
    return f"said in other articles to be backed by {country_in_sentence(other)}"
