"""Incidents: what happened between two sides, once, however many sentences and stories report it.

Reports of one incident agree on the two sides and on which of them acts (of talks, agreements and
cooperation only on the two sides), on whether words or deeds are for or against, on whether it is done or
announced, and on a day, unless one recalls the act without its day. Which of these are of one incident is
learned: see `report_links`. The likest become one first, as long as all of its reports are alike on average.
What kind of act it is, the clearest report says.

An updated toll does not make a second incident: the newest is kept. What is announced, agreed and begun is
one announcement and two deeds.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from heapq import heapify, heappop, heappush
from math import prod
from typing import Any, Final

from pandas import DataFrame, MultiIndex, NaT, Series, Timedelta, Timestamp, isna

from analysis.computed_once import once
from analysis.indicators.country_events import between_countries, dyads
from analysis.indicators.incident_reports import (
    APART,
    KINDS,
    MUTUAL,
    REACH_DAYS,
    directions,
    has_word,
    is_at_top,
    report_rows,
    with_sides,
)
from analysis.indicators.report_links import Links, may_be_one
from analysis.outlets import source_count
from analysis.schemas import ACT_STATUSES, QUADS, Incidents
from analysis.tables.rows import rows_of

MIN_ODDS: Final = -3.0  # log odds from which on two reports are never of one incident, whatever joins them
MAX_LISTED_DAYS: Final = 31  # under which a report is listed one by one
BLOW: Final = re.compile(r"\b(?:attack|strik|struck|responsib|involve|behind)")
"""Words by which any blow is denied: "denied having attacked Kuwait"."""
DENYING: Final = re.compile(r"\b(?:den(?:y|ies|ied|ying|ials?)|never|untrue|reject(?:s|ed)?)\b")
OF_PLAN: Final = re.compile(
    r"\b(?:plans?|planning|intends?|intention|intentions|will|would)\b", re.IGNORECASE
)
OF_THE_CLEAREST: Final = ("root", "mode", "quad", "trigger_lemma", "article_id", "start_char", "end_char")


def keys_of(row: Any) -> list[Any]:
    """Where a report is listed: its days and the next ones, or its article; None for too many days."""
    if row.span is None:
        return [row.article_id]
    days = range(row.span[0].toordinal(), row.span[1].toordinal() + REACH_DAYS + 1)
    return [*days] if len(days) <= MAX_LISTED_DAYS else [None]


@once
def incident_table(articles: DataFrame, events: DataFrame, quotes: DataFrame, topics: DataFrame) -> DataFrame:
    """What happened between two countries or blocs, or is announced, each thing once.

    Args:
        articles: `Articles` table.
        events: `Events` table coded from these articles.
        quotes: `Quotes` table of these articles, which says who reports an event.
        topics: `Topics` table of these articles.

    Returns:
        `Incidents` table in the order of first reports, undated ones last. Copies in headlines and reprints
        count as reports of nothing new; acts long past, denied or imagined are no incidents.
    """
    reports = report_rows(articles, events, quotes, topics)
    if reports.empty:
        return Incidents.validate(DataFrame(columns=list(Incidents.columns)))
    table = DataFrame([incident_row(one) for one in gathered_reports(reports)])
    table = table.assign(is_denied=is_denied(table, denials(articles, events)))
    order = ["first_reported", "dyad", "incident_id"]
    return Incidents.validate(table.sort_values(order, na_position="last", ignore_index=True))


def gathered_reports(reports: DataFrame, weights: Mapping[str, float] | None = None) -> list[list[Any]]:
    """The reports of each incident together, in the order of their days; `weights` as in `Links`."""
    links, groups = Links(reports, weights), defaultdict(list)
    for row in rows_of(reports):
        groups[group_of(row)].append(row)
    return [one for own in groups.values() for one in linked(own, links)]


def linked(reports: Sequence[Any], links: Links) -> list[list[Any]]:
    """Some reports, those of one incident together.

    Time and again the two incidents become one whose reports are likest on average (average linkage, Sokal
    and Michener 1958), as long as the mean of their odds is 0 or more, and no two of them are too unlike.
    """
    likeness: list[dict[int, float]] = [{} for _ in reports]  # by incident and other incident, sums of odds
    incidents, queue = {number: [number] for number in range(len(reports))}, []
    for first, second in near_pairs(reports):
        odds = links.odds(reports[first], reports[second])
        if odds > MIN_ODDS:
            likeness[first][second] = likeness[second][first] = odds
            queue.append((-odds, first, second))
    heapify(queue)
    while queue and queue[0][0] <= 0:
        _, first, second = heappop(queue)
        if first in incidents and second in incidents:
            new, joined = len(likeness), incidents.pop(first) + incidents.pop(second)
            others = likeness[first].keys() & likeness[second].keys() & incidents.keys()
            likeness.append({other: likeness[first][other] + likeness[second][other] for other in others})
            for other, odds in likeness[new].items():
                likeness[other][new] = odds
                heappush(queue, (-odds / len(joined) / len(incidents[other]), other, new))
            incidents[new] = joined
    return [[reports[number] for number in sorted(one)] for one in incidents.values()]


def near_pairs(reports: Sequence[Any]) -> Iterator[tuple[int, int]]:
    """The numbers of each two reports that may be of one incident, the earlier first."""
    listed = defaultdict(set)
    for number, row in enumerate(reports):
        keys = keys_of(row)
        found = range(number) if None in keys else set().union(*(listed[key] for key in (None, *keys)))
        yield from ((other, number) for other in found if may_be_one(reports[other], row))
        for key in keys:
            listed[key].add(number)


def group_of(row: Any) -> tuple:
    """What all reports of one incident agree on: sides, and words or deeds for or against; see `APART`."""
    act = row.kind if row.kind in APART else row.quad
    return row.dyad, row.direction, act, row.is_future, row.is_proxy


def incident_row(reports: Sequence[Any]) -> dict:
    """One row of `Incidents` from its reports, which are in the order of their days."""
    ordered = sorted(reports, key=unclearness)
    clearest = ordered[0]
    of_its_kind = [row for row in reports if row.kind == clearest.kind]
    is_joint = any(row.is_joint for row in of_its_kind)
    claimants = {row.claimant_code for row in reports if isinstance(row.claimant_code, str)}
    is_claim = all(row.is_partisan for row in reports) and len(claimants) < 2  # what both report is none
    themes = Counter(row.theme for row in reports if isinstance(row.theme, str))
    surest: dict[str, float] = {}  # by story
    for row in reports:
        surest[row.story_id] = max(surest.get(row.story_id, 0.0), row.probability)
    return {
        "incident_id": clearest.event_id,
        "dyad": clearest.dyad,
        **sides_of(clearest, is_joint=is_joint),
        "is_joint": is_joint,
        **{name: getattr(clearest, name) for name in OF_THE_CLEAREST},
        "intensity": max((row.intensity for row in of_its_kind), key=abs),
        "status": "announced" if clearest.is_future else "done",
        "is_claim": is_claim,
        "claimant_code": claimants.pop() if is_claim and claimants else None,
        "is_news": any(row.is_news for row in reports),
        "is_in_headline": any(row.is_news and row.is_in_headline for row in reports),
        **days_of_incident(reports, clearest),
        "place_name": clearest.place or None,
        "killed_count": clearest.killed_count,
        "injured_count": clearest.injured_count,
        "importance": max(row.importance for row in reports),
        "theme": themes.most_common(1)[0][0] if themes else None,
        "turn": clearest.turn,
        "story_count": len({row.story_id for row in reports}),
        "outlet_count": source_count(row.outlet for row in reports),
        "probability": 1 - prod(1 - sure for sure in surest.values()),
        "article_ids": " ".join(dict.fromkeys(row.article_id for row in ordered)),
        "event_ids": " ".join(dict.fromkeys(row.event_id for row in ordered)),
    }


def sides_of(clearest: Any, *, is_joint: bool) -> dict:
    """Who acts on whom; of a joint act the sides are in the order of the pair."""
    sides = [
        [getattr(clearest, f"{side}_{column}") for column in ("country_code", "name", "kind")]
        for side in ("source", "target")
    ]
    ordered = sorted(sides, key=lambda side: side[0]) if is_joint else sides
    keys = [f"{end}_{key}" for end in ("source", "target") for key in ("code", "name", "kind")]
    return dict(zip(keys, (*ordered[0], *ordered[1]), strict=True))


def unclearness(row: Any) -> tuple:
    """A key that puts the clearest report first.

    That is one of news and not of background, at the top of its article, by the article itself, of a town
    taken rather than entered, in a whole sentence that is neither a scrap nor a paragraph, with a toll where
    others have one, the newest of these, with a place, and sure. Place, toll and day of an incident are those
    of this report, so that they agree.
    """
    age = 0 if isna(row.killed_count) or isna(row.published_date) else -row.published_date.toordinal()
    return (
        not row.is_news,
        not is_at_top(row),
        row.is_partisan,
        isinstance(row.reported_by, str),
        row.trigger_lemma == "enter",  # a town that is taken was entered before
        not row.is_whole,
        isna(row.killed_count),
        age,
        not row.place,
        -row.probability,
    )


def days_of_incident(reports: Sequence[Any], clearest: Any) -> dict:
    """When it happened, by the clearest report, and when it was reported.

    Where that names no day, what is done has the day of that report; what is announced has the narrowest time
    that another names, or none.
    """
    published = [row.published_date for row in reports if not isna(row.published_date)]
    first_reported, last_reported = (min(published), max(published)) if published else (NaT, NaT)
    named = clearest.days
    if clearest.is_future and not named:
        named = min(
            (row.days for row in reports if row.days), key=lambda days: days[1] - days[0], default=None
        )
    day = NaT if clearest.is_future else clearest.published_date
    first, last = map(Timestamp, named) if named else (day, day)
    return {
        "first_day": first,
        "last_day": last,
        "is_day_known": named is not None,
        "first_reported": first_reported,
        "last_reported": last_reported,
    }


def denials(articles: DataFrame, events: DataFrame) -> DataFrame:
    """Acts that the texts deny: the pair, who does not do it, its kind, day and words, and if it is a plan.

    A sentence that reports an act of the pair too denies none, unless that is words against the other, as a
    denial is: "lifts its suspension of aid".
    """
    coded = with_sides(events)
    coded = coded[between_countries(coded)]
    coded = coded.assign(dyad=dyads(coded), is_joint=False)
    sentences = MultiIndex.from_frame(coded[["article_id", "start_char", "dyad"]])
    is_negated = coded["status"] == "negated"
    is_act = coded["status"].isin(ACT_STATUSES) & (coded["quad"] != QUADS["REJECT"])
    denied = coded[is_negated & ~sentences.isin(sentences[is_act])]
    texts = articles.set_index("article_id")["text"].to_dict()
    spans = zip(denied["article_id"], denied["start_char"], denied["end_char"], strict=True)
    words = [texts[one][start:end] for one, start, end in spans]
    return DataFrame(
        {
            "is_of_plan": Series([bool(OF_PLAN.search(one)) for one in words], denied.index, dtype=bool),
            "words": words,
            "dyad": denied["dyad"],
            "direction": directions(denied),
            "kind": denied["root"].map(KINDS).fillna(denied["root"]),
            "day": denied["published_date"],
        }
    )


def is_denied(incidents: DataFrame, denied: DataFrame) -> Series:
    """Whether a text denies each incident within `REACH_DAYS` of its reports.

    Talks are denied by either side; of a blow, the text must say who did not strike whom and where or, if no
    place is known, how: who shot down no aircraft says nothing of a bombing. Of another deed it must say
    that it is denied: who has not sanctioned carmakers says nothing of shipbuilders.
    """
    reach = Timedelta(days=REACH_DAYS)
    all_denials = dict(list(denied.groupby(["dyad", "direction", "kind"])))
    # Who has no plans to attack says nothing of the attack that was reported.
    denials_of_acts = dict(list(denied[~denied["is_of_plan"]].groupby(["dyad", "direction", "kind"])))
    found = []
    for one in rows_of(incidents):
        is_mutual = one.root in MUTUAL
        direction = "" if is_mutual else f"{one.source_code}>{one.target_code}"
        fitting = all_denials if one.status == "announced" else denials_of_acts
        told = fitting.get((one.dyad, direction, KINDS.get(one.root, one.root)), denied.iloc[:0])
        near = told["day"].between(one.first_reported - reach, one.last_reported + reach)
        place = one.place_name if isinstance(one.place_name, str) else ""
        is_open = is_mutual or one.status == "announced"  # any sentence that it is not so will do
        is_there = [
            (place in text if place else has_word(text, one.trigger_lemma) or bool(BLOW.search(text)))
            if one.root == "ASSAULT"
            else is_open or bool(DENYING.search(text))
            for text in told["words"]
        ]
        found.append(any(near.loc[is_there]) and (is_mutual or not one.is_joint))
    return Series(found, index=incidents.index, dtype=bool)
