"""Which events count as acts or announcements between two countries, and what readers call them.

Only acts count (`schemas.ACT_STATUSES`): what is denied, imagined or long past says nothing about today, and
announcements are counted separately. Help for an armed group of another country is left out.

Acts of armed groups that a state is said to sponsor are counted next to the state's acts, never as its own.
If an article does not say who sponsors a group, three other stories within a year of it can, because the news
of the day rarely repeats what everybody knows.

Source: UCDP External Support Dataset (external support to a warring side, coded by year); the number of
stories is our own choice.
"""

from collections.abc import Mapping
from typing import Final

from pandas import DataFrame, Series, Timedelta, concat

from analysis.computed_once import once
from analysis.country_names import country_in_sentence
from analysis.indicators.deduplication import repeated_events
from analysis.indicators.periods import period_starts
from analysis.schemas import ACT_STATUSES, ROOT_NAMES

REACH_DAYS = 365  # before and after an act: so far a report of a sponsor applies
MIN_SPONSOR_STORIES = 3  # that must report a sponsor


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
    reports = concat(sides).dropna(subset=["sponsor_code", "published_date"])
    stories = articles.set_index("article_id")["story_id"]
    reports = reports.assign(story_id=reports["article_id"].map(stories)).sort_values("published_date")
    return reports.drop_duplicates(["group_id", "sponsor_code", "story_id"])


def reported_sponsors(groups: Series, dates: Series, reports: DataFrame) -> Series:
    """The state that most stories around each date call the sponsor of each group; missing if too few do."""
    reach = Timedelta(days=REACH_DAYS)
    found, most = Series(None, groups.index, dtype=object), Series(MIN_SPONSOR_STORIES - 1, groups.index)
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


RUNGS: Final = {
    "ACCUSE": 1,
    "REJECT": 1,
    "PROTEST": 1,
    "THREATEN": 2,
    "SANCTION": 3,
    "COERCE": 3,
    "MOBILIZE": 4,
    "ASSAULT": 5,
}
"""Ladder of hostile acts. Source: own, after the order of PLOVER's quads and scores; COERCE is on the rung of
sanctions, because both press without force."""
KEY = ["dyad", "period"]
ACT = "act"  # the statuses that an event has here
FUTURE = "future"
EVENT = "event"  # either of the two
FULL_INTENSITY = 10.0  # of a bombing; the scale ends there
MODE_NAMES: Final = {
    ("AGREE", "visit"): "visit",  # agreed on, and made
    ("CONSULT", "visit"): "visit",
    ("AGREE", "phone"): "phone call",
    ("CONSULT", "phone"): "phone call",
    ("SUPPORT", "accord"): "accord",
    ("ACCUSE", "disapprove"): "disapproval",
}
"""What readers call an act whose type says too much or too little."""
PROXY_ROOTS: Final = ("SUPPORT", "AID", "COOPERATE")  # talks with an armed group still ease a conflict


@once
def pair_acts(articles: DataFrame, events: DataFrame, *, period: str) -> DataFrame:
    """Acts between two countries, and acts of one country's proxies against the other (`is_proxy`)."""
    own = country_events(articles, events, period=period)
    proxies = proxy_acts(articles, events)
    by_proxy = country_events(articles, proxies, period=period) if len(proxies) else proxies
    both = own if by_proxy.empty else concat([own, by_proxy], ignore_index=True)
    return both[~both["is_copy"]]


@once
def country_events(articles: DataFrame, events: DataFrame, *, period: str) -> DataFrame:
    """Acts and announcements between two known, different countries, with their pair, period and story.

    An undated article is in no day, week or month; `findings.corpus_inventory` says how many there are.
    """
    rows = undivided_events(articles, events)
    rows = rows.assign(period=period_starts(rows["published_date"], period))
    return rows.dropna(subset="period").reset_index(drop=True)


@once
def undivided_events(articles: DataFrame, events: DataFrame) -> DataFrame:
    """`country_events` by pair, before they are divided into periods."""
    # Help for an armed group across a border is no cooperation with the state that it fights.
    with_group = (events["source_kind"] == "armed group") | (events["target_kind"] == "armed group")
    counts = events["status"].isin((*ACT_STATUSES, FUTURE)) & ~(with_group & events["root"].isin(PROXY_ROOTS))
    kept = events[between_countries(events) & counts]
    stories = articles.set_index("article_id")["story_id"]
    kept = kept.assign(dyad=dyads(kept), story_id=kept["article_id"].map(stories))
    kept = kept.sort_values(["article_id", "event_id"], ignore_index=True)
    return kept.assign(
        status=kept["status"].where(kept["status"] == FUTURE, ACT),
        is_proxy=kept.get("is_proxy", False),
        is_copy=repeated_events(kept, articles),
    )


def between_countries(events: DataFrame) -> Series:
    """Whether both sides are known countries, and not the same one."""
    source, target = events["source_country_code"], events["target_country_code"]
    return source.notna() & target.notna() & (source != target)


def dyads(events: DataFrame) -> Series:
    """The pair of each event, in alphabetical order: "CHN-USA"."""
    source, target = (events[f"{side}_country_code"].astype(str) for side in ("source", "target"))
    return source.where(source < target, target) + "-" + target.where(source < target, source)


def act_names(events: DataFrame) -> Series:
    """What readers call each act, see `act_name`; an agreement to come may be only a pledge."""
    names = [act_name(root, mode) for root, mode in zip(events["root"], events["mode"], strict=True)]
    is_open = (events["status"] == FUTURE) & (events["root"] == "AGREE")
    words = Series(names, index=events.index, dtype=object)
    return words.mask(is_open & (words == ROOT_NAMES["AGREE"]), "agreement or pledge")


def act_name(root: str, mode: str | None) -> str:
    """The type of an act, or more exactly "visit", "phone call", "accord" or "disapproval".

    Anger and condemnation accuse nobody of anything; signing a treaty is more than praise.
    """
    return MODE_NAMES.get((root, mode), ROOT_NAMES[root])


@once
def stories_read(articles: DataFrame, period: str) -> DataFrame:
    """How many articles and stories were read in each period, indexed by it."""
    dated = articles.assign(period=period_starts(articles["published_date"], period)).dropna(subset="period")
    return dated.groupby("period").agg(
        article_count=("article_id", "size"), story_count=("story_id", "nunique")
    )


def side_of(rows: DataFrame) -> Series:
    """ "hostile", "cooperative" or "neither" for each event or incident, by the sign of its intensity.

    A request has none: who invites ministers or asks for observers is not hostile, and PLOVER, which counts
    requests as verbal conflict, scores them 0.
    """
    return (
        Series("neither", rows.index, dtype=object, name="side")
        .mask(rows["intensity"] < 0, "hostile")
        .mask(rows["intensity"] > 0, "cooperative")
    )


def worst_acts(coded: DataFrame) -> DataFrame:
    """The worst hostile act of each pair, period and story, with its weight: a bombing weighs almost 1.

    Only the worst, because a long transcript mentions one war in twenty sentences.
    """
    hostile = coded[(coded["status"] == ACT) & (side_of(coded) == "hostile")]
    weighed = hostile.assign(hostile_weight=hostile["intensity"].abs() / FULL_INTENSITY)
    ranked = weighed.sort_values(["hostile_weight", "is_proxy", "event_id"], ascending=[False, True, True])
    return ranked.drop_duplicates([*KEY, "story_id"]).sort_values(["article_id", "event_id"])
