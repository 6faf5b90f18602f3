"""Acts of armed groups that a state is said to sponsor: counted next to the state's acts, never as its own.

If an article does not say who sponsors a group, three other stories within a year of it can, because the news
of the day rarely repeats what everybody knows.

Source: UCDP External Support Dataset (external support to a warring side, coded by year); the number of
stories is our own choice.
"""

from collections.abc import Mapping

import pandas as pd
from pandas import DataFrame, Series, Timedelta

from analysis.computed_once import once
from analysis.country_names import country_in_sentence
from analysis.schemas import ACT_STATUSES

REACH_DAYS = 365  # before and after an act: so far a report of a sponsor applies
LEAST_STORIES = 3  # that must report it


@once
def proxy_acts(articles: DataFrame, events: DataFrame) -> DataFrame:
    """What armed groups do to countries other than their sponsor, with the sponsor in place of the source.

    Args:
        articles: `Articles` table.
        events: `Events` table coded from these articles.

    Returns:
        Rows of `events` with the sponsor's code as `source_country_code` and `is_proxy` True. A group that
        already acts for its own country (Wagner for Russia) is left out.
    """
    acts = events[(events["source_kind"] == "armed group") & events["status"].isin(ACT_STATUSES)]
    if acts.empty:
        return acts.assign(is_proxy=True)
    reports = sponsor_reports(articles, events)
    reported = reported_sponsors(acts["source_id"], acts["published_date"], reports)
    sponsor = acts["source_sponsor_code"].astype(object).where(acts["source_sponsor_code"].notna(), reported)
    is_other = sponsor.notna() & (sponsor != acts["source_country_code"])
    return acts.assign(source_country_code=sponsor, is_proxy=True)[is_other]


def involves_armed_group(events: DataFrame) -> Series:
    """Whether an event is an act of an armed group, or says who sponsors one: all that `proxy_acts` needs."""
    has_sponsor = events["source_sponsor_code"].notna() | events["target_sponsor_code"].notna()
    return has_sponsor | (events["source_kind"] == "armed group")


def sponsor_reports(articles: DataFrame, events: DataFrame) -> DataFrame:
    """Each dated story that says who sponsors a group, once: `group_id`, `sponsor_code`, `published_date`."""
    sides = [
        events[["article_id", "published_date", f"{side}_id", f"{side}_sponsor_code"]].set_axis(
            ["article_id", "published_date", "group_id", "sponsor_code"], axis=1
        )
        for side in ("source", "target")
    ]
    reports = pd.concat(sides).dropna(subset=["sponsor_code", "published_date"])
    stories = articles.set_index("article_id")["story_id"]
    reports = reports.assign(story_id=reports["article_id"].map(stories)).sort_values("published_date")
    return reports.drop_duplicates(["group_id", "sponsor_code", "story_id"])


def reported_sponsors(groups: Series, dates: Series, reports: DataFrame) -> Series:
    """The state that most stories around each date call the sponsor of each group; missing if too few do."""
    reach = Timedelta(days=REACH_DAYS)
    found, most = Series(None, groups.index, dtype=object), Series(LEAST_STORIES - 1, groups.index)
    for (group, sponsor), part in reports.groupby(["group_id", "sponsor_code"]):
        own = groups.index[(groups == group) & dates.notna()]
        days = Series(part["published_date"].to_numpy())
        ends = days.searchsorted(dates[own] + reach, "right")
        count = Series(ends - days.searchsorted(dates[own] - reach, "left"), own)
        better = own[count > most[own]]
        found[better], most[better] = sponsor, count[better]
    return found


def sponsor_words(event: Mapping[str, object], dyad: str = "") -> str:
    """What to add to a group's name: "said to be backed by Rwanda", by its article or by others.

    Args:
        event: row of `Events`.
        dyad: the pair under which the event is shown; "" for none.
    """
    sponsor = event["source_sponsor_code"]
    if isinstance(sponsor, str):
        return f"said to be backed by {country_in_sentence(sponsor)}"
    pair, target = set(dyad.split("-")) - {""}, event["target_country_code"]
    if event["source_kind"] != "armed group" or not pair or event["source_country_code"] in pair - {target}:
        return ""
    (other,) = pair - {target}
    return f"said in other articles to be backed by {country_in_sentence(other)}"
