"""Incidents: what happened between two sides, once, however many sentences and stories report it.

Two reports are of one incident when all of this agrees:

1. the two sides, and which of them acts; of talks, agreements and cooperation only the two sides;
2. the kind of act (`incident_reports.KINDS`), and whether it is done or announced;
3. the place, where force is used or troops move: two named places are two incidents, unless one name contains
   the other. A report without a place joins one with a place unless it gives another toll or is about the
   largest attack, and so does one that names only the same country or region (the Gaza Strip, Sumy Oblast);
4. the people, where the two sides talk: two ministers who call each other are not two presidents who do;
5. the days: where both reports name a day, they share one; of two nights, both days. Otherwise they are
   published at most `REACH_DAYS` apart: talks, sanctions and a strike on a named place are reported for three
   days, while strikes without a place on two days are two incidents, because a war goes on. "This year" names
   no day, and what its text dates long before its article is not what another report gives without a day.

A report on a later day that brings up "an attack" with a toll of its own, or has a lower toll, and names no
day, is of another.

What one article says of one kind of act is one incident unless places, days or tolls differ. An updated
toll does not make a second incident: the newest is kept. What is announced, agreed and begun is one
announcement and two deeds.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import prod
from typing import Any, Final

import pandas as pd
from pandas import DataFrame, Series, Timedelta, Timestamp

from analysis.computed_once import once
from analysis.indicators.country_events import between_countries, dyads
from analysis.indicators.incident_reports import (
    KINDS,
    MODEL_RULE,
    MUTUAL,
    directions,
    is_at_top,
    is_broad,
    report_rows,
    with_sides,
)
from analysis.nlp.events.days import Span
from analysis.outlets import source_count
from analysis.schemas import ACT_STATUSES, Incidents
from analysis.tables.rows import rows_of

PLACED: Final = frozenset(("force", "capture", "military moves"))
CONTACT: Final = "contact"
EXTREME: Final = "extreme"
SLIGHT_TURNS: Final = (EXTREME, "foiled")  # whose words may be about something else in the sentence
REACH_DAYS: Final = 2  # between the first report of an incident and a later one
LONGEST_SPAN: Final = 7  # days named together that still tell acts apart: "last week", not "this year"
LONG_PAST: Final = 7  # days between an act and its article, after which it counts as history
OF_PLAN: Final = re.compile(
    r"\b(?:plans?|planning|intends?|intention|intentions|will|would)\b", re.IGNORECASE
)
OF_THE_CLEAREST: Final = ("root", "mode", "quad", "trigger_lemma", "article_id", "start_char", "end_char")


@dataclass
class Gathering:
    """The reports of one incident so far, in the order of their days."""

    first: Timestamp | None  # day of the first report
    days: Span | None  # of the act, as the first report that names them has them
    is_long_past: bool
    is_extreme: bool  # what its first report calls the largest of its kind
    number: int  # among the incidents of its pair and kind
    place: str = ""  # its words, as `place_words` gives them
    toll: int | None = None
    injured: int | None = None
    article_ids: set[str] = field(default_factory=set)
    modes: set[str] = field(default_factory=set)
    people: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # code -> who talks for it
    reports: list[Any] = field(default_factory=list)  # rows of `report_rows`

    def add(self, row: Any) -> None:
        """Add a report, from which it takes what it did not know and the newest toll."""
        self.reports.append(row)
        self.article_ids.add(row.article_id)
        self.modes.add(row.mode)
        for code, name in people_of(row):
            self.people[code].add(name)
        self.place = max(self.place, row.place_words, key=len)
        self.days = self.days or row.days
        self.toll = self.toll if row.toll is None else row.toll
        self.injured = self.injured if row.injured is None else row.injured


@dataclass
class OpenIncidents:
    """The incidents of one pair and kind so far, listed by where a report of them is looked for."""

    every: list[Gathering] = field(default_factory=list)
    listed: dict[Any, set[int]] = field(default_factory=lambda: defaultdict(set))
    """Numbers by ordinal of a day, by article, and under None what spans too many days."""

    def near(self, row: Any) -> list[Gathering]:
        """The incidents near a report, in the order of their first reports; it may still fit none of them."""
        if row.days and not is_close(row.days):
            return self.every
        keys = {None, row.article_id}
        if row.published is not None:
            day = row.published.toordinal()
            keys.update(range(day - REACH_DAYS - 1, day + REACH_DAYS + 1))
        if row.days:
            keys.update(range(row.days[0].toordinal(), row.days[1].toordinal() + REACH_DAYS + 2))
        return [self.every[number] for number in sorted(set().union(*(self.listed[key] for key in keys)))]

    def add_report(self, one: Gathering | None, row: Any) -> None:
        """Add a report to an incident; None: to a new one."""
        if one is None:
            one = Gathering(row.published, row.days, is_long_past(row), row.turn == EXTREME, len(self.every))
            self.every.append(one)
        one.add(row)
        keys = {row.article_id} if one.first is None else {row.article_id, one.first.toordinal()}
        if one.days:
            is_listed = is_close(one.days)
            keys |= {*range(one.days[0].toordinal(), one.days[1].toordinal() + 1)} if is_listed else {None}
        for key in keys:
            self.listed[key].add(one.number)


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
    table = DataFrame([incident_row(one.reports) for one in gathered_reports(reports)])
    table = table.assign(is_denied=is_denied(table, denials(articles, events)))
    order = ["first_reported", "dyad", "incident_id"]
    return Incidents.validate(table.sort_values(order, na_position="last", ignore_index=True))


def gathered_reports(reports: DataFrame) -> list[Gathering]:
    """The reports of each incident together, gathered in the order of their days."""
    known = {"published": "published_date", "toll": "killed_count", "injured": "injured_count"}
    reports = reports.assign(
        **{
            name: reports[column].astype(object).where(reports[column].notna(), None)
            for name, column in known.items()
        }
    )
    open_groups: dict[tuple, OpenIncidents] = defaultdict(OpenIncidents)
    for row in rows_of(reports):
        own = open_groups[row.dyad, row.direction, row.kind, row.is_future, row.is_proxy]
        fitting = [one for one in own.near(row) if is_of(one, row)]
        own.add_report(max(fitting, key=lambda one: likeness(one, row), default=None), row)
    return [one for own in open_groups.values() for one in own.every]


def likeness(one: Gathering, row: Any) -> tuple[bool, bool, bool]:
    """How much a report has in common with an incident that it fits: named place, named days, article."""
    return is_same_place(one, row), bool(one.days and row.days), row.article_id in one.article_ids


def is_of(one: Gathering, row: Any) -> bool:
    """Whether a report is of the incident that others report; see the rules at the head of this file."""
    is_strict = row.kind in PLACED and not is_same_place(one, row)
    is_other = is_elsewhere(one, row) or not is_same_toll(one, row) or one.is_extreme != (row.turn == EXTREME)
    if (is_strict and is_other) or is_another_attack(one, row):
        return False
    met = one.people if row.kind == CONTACT else {}
    if any(met.get(code) and name not in met[code] for code, name in people_of(row)):
        return False  # somebody else talks for a side
    return is_same_time(one, row, reach=0 if is_strict else REACH_DAYS)


def is_another_attack(one: Gathering, row: Any) -> bool:
    """Whether a report brings up an attack of its own day, and its toll is not that of an incident.

    "An air attack on Kharkiv kills four" two days after five were hurt there is no update, and neither is a
    toll that is lower than the one before.
    """
    is_later = one.first is not None and row.published is not None and row.published > one.first
    if row.kind != KINDS["ASSAULT"] or not is_later or one.days or row.days:
        return False
    before, now = (one.toll, one.injured), (row.toll, row.injured)
    is_lower = None not in (before[0], now[0]) and now[0] < before[0]
    is_known = (None, None) not in (before, now)
    return is_lower or (row.is_introduced and is_known and now != before)


def people_of(row: Any) -> list[tuple[str, str]]:
    """The code of each side that is a person, and who that is."""
    sides = (
        (row.source_kind, row.source_country_code, row.source_name),
        (row.target_kind, row.target_country_code, row.target_name),
    )
    return [(code, name) for kind, code, name in sides if kind == "person"]


def is_same_place(one: Gathering, row: Any) -> bool:
    """Whether both name a place, smaller than a region, and one name contains the other."""
    shorter = min(one.place, row.place_words, key=len)
    return bool(shorter) and not is_elsewhere(one, row) and not is_broad(shorter)


def is_elsewhere(one: Gathering, row: Any) -> bool:
    """Whether both name a place, and neither name contains the other."""
    return one.place not in row.place_words and row.place_words not in one.place


def is_same_time(one: Gathering, row: Any, *, reach: int) -> bool:
    """Whether the days of a report fit those of an incident; `reach` is how far reports may be apart.

    A report that names no day may be of what happened on named days, on these or soon after, but of what
    happened at some time in a year it may be any act. Two different nights share a day and no hour.
    """
    if one.days and row.days:
        is_shared = one.days[0] <= row.days[1] and row.days[0] <= one.days[1]
        are_nights = all((last - first).days == 1 for first, last in (one.days, row.days))
        is_shared = is_shared and not (are_nights and one.days != row.days)
        if not is_shared or (is_close(one.days) and is_close(row.days)):
            return is_shared
    if one.is_long_past != is_long_past(row):
        return False
    if bool(one.days) != bool(row.days):
        named, reported = (one.days, row.published) if one.days else (row.days, one.first)
        last = Timestamp(named[1]) + Timedelta(days=1 + reach)
        return reported is not None and is_close(named) and Timestamp(named[0]) <= reported <= last
    if row.article_id in one.article_ids:
        return row.kind != CONTACT or row.mode in one.modes  # one article may report a visit and a call
    are_dated = one.first is not None and row.published is not None
    return are_dated and abs((row.published - one.first).days) <= reach


def is_close(days: Span) -> bool:
    """Whether days are few enough to tell which act is meant."""
    return (days[1] - days[0]).days < LONGEST_SPAN


def is_long_past(row: Any) -> bool:
    """Whether a report dates what was done long before its article: "in 2022"."""
    is_dated = not row.is_future and row.days and row.published is not None
    return bool(is_dated) and (row.published.date() - row.days[1]).days > LONG_PAST


def is_same_toll(one: Gathering, row: Any) -> bool:
    """Whether the tolls of two reports may be of one act: equal, unknown, or risen for an act on a named day.

    "The toll of yesterday's strikes rises to 46" is later, higher, and of the day of the first report.
    """
    if row.toll is None or one.toll is None or row.toll == one.toll:
        return True
    is_later = one.first is not None and row.published is not None and row.published > one.first
    is_risen = bool(row.days) and is_later and row.toll > one.toll
    return is_risen and row.days[0] <= one.first.date() <= row.days[1]


def incident_row(reports: Sequence[Any]) -> dict:
    """One row of `Incidents` from its reports, which are in the order of their days."""
    ordered = sorted(reports, key=unclearness)
    clearest, is_joint = ordered[0], any(row.is_joint for row in reports)
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
        "is_by_proxy": clearest.is_proxy,
        **{name: getattr(clearest, name) for name in OF_THE_CLEAREST},
        "intensity": max((row.intensity for row in reports), key=abs),
        "status": "announced" if clearest.is_future else "done",
        "is_claim": is_claim,
        "claimant_code": claimants.pop() if is_claim and claimants else None,
        "is_own_report": any(not isinstance(row.reported_by, str) for row in reports),
        "is_news": any(row.is_news for row in reports),
        "is_in_headline": any(row.is_news and row.is_in_headline for row in reports),
        **days_of_incident(reports, clearest),
        "place_name": clearest.place or None,
        "killed_count": clearest.killed_count,
        "injured_count": clearest.injured_count,
        "theme": themes.most_common(1)[0][0] if themes else None,
        "turn": clearest.turn,
        "story_count": len({row.story_id for row in reports}),
        "outlet_count": source_count(row.outlet for row in reports),
        "is_by_word": any(row.rule != MODEL_RULE for row in reports),
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

    That is one of news and not of background, at the top of its article, by the article itself, that has a
    turn other than words such as "the largest", and a town taken rather than entered, in a whole sentence
    that is neither a scrap nor a paragraph, with a toll where others have one, the newest of these, with a
    place, and sure. Place, toll and day of an incident are those of this report, so that they agree.
    """
    age = 0 if pd.isna(row.killed_count) or pd.isna(row.published_date) else -row.published_date.toordinal()
    return (
        not row.is_news,
        not is_at_top(row),
        row.is_partisan,
        isinstance(row.reported_by, str),
        row.turn in (None, *SLIGHT_TURNS),
        row.trigger_lemma == "enter",  # a town that is taken was entered before
        not row.is_whole,
        pd.isna(row.killed_count),
        age,
        not row.place,
        -row.probability,
    )


def days_of_incident(reports: Sequence[Any], clearest: Any) -> dict:
    """When it happened, by the clearest report, and when it was reported.

    Where that names no day, what is done has the day of that report; what is announced has the narrowest time
    that another names, or none.
    """
    published = [row.published_date for row in reports if not pd.isna(row.published_date)]
    first_reported, last_reported = (min(published), max(published)) if published else (pd.NaT, pd.NaT)
    named = clearest.days
    if clearest.is_future and not named:
        named = min(
            (row.days for row in reports if row.days), key=lambda days: days[1] - days[0], default=None
        )
    day = pd.NaT if clearest.is_future else clearest.published_date
    first, last = map(Timestamp, named) if named else (day, day)
    return {
        "first_day": first,
        "last_day": last,
        "is_day_known": named is not None,
        "first_reported": first_reported,
        "last_reported": last_reported,
    }


def denials(articles: DataFrame, events: DataFrame) -> DataFrame:
    """Acts that the texts deny: the pair, who does not do it, its kind, the day, and whether it is a plan.

    A sentence that reports an act of the pair too denies none: "lifts its suspension of aid".
    """
    coded = with_sides(events)
    coded = coded[between_countries(coded)]
    coded = coded.assign(dyad=dyads(coded), is_joint=False)
    sentences = pd.MultiIndex.from_frame(coded[["article_id", "start_char", "dyad"]])
    is_negated = coded["status"] == "negated"
    denied = coded[is_negated & ~sentences.isin(sentences[coded["status"].isin(ACT_STATUSES)])]
    texts = articles.set_index("article_id")["text"].to_dict()
    spans = zip(denied["article_id"], denied["start_char"], denied["end_char"], strict=True)
    is_of_plan = [bool(OF_PLAN.search(texts[one][start:end])) for one, start, end in spans]
    return DataFrame(
        {
            "is_of_plan": Series(is_of_plan, denied.index, dtype=bool),
            "dyad": denied["dyad"],
            "direction": directions(denied),
            "kind": denied["root"].map(KINDS).fillna(denied["root"]),
            "day": denied["published_date"],
        }
    )


def is_denied(incidents: DataFrame, denied: DataFrame) -> Series:
    """Whether a text denies each incident within `REACH_DAYS` of its reports.

    Talks are denied by either side; of a blow, the text must say who did not strike whom.
    """
    reach = Timedelta(days=REACH_DAYS)
    # Who has no plans to attack says nothing of the attack that was reported.
    plans = {key: part["day"].dropna() for key, part in denied.groupby(["dyad", "direction", "kind"])}
    deeds = denied[~denied["is_of_plan"]]
    by_act = {key: part["day"].dropna() for key, part in deeds.groupby(["dyad", "direction", "kind"])}
    found = []
    for one in rows_of(incidents):
        is_mutual = one.root in MUTUAL
        direction = "" if is_mutual else f"{one.source_code}>{one.target_code}"
        fitting = plans if one.status == "announced" else by_act
        days = fitting.get((one.dyad, direction, KINDS.get(one.root, one.root)))
        is_told = days is not None and (is_mutual or not one.is_joint)
        near = is_told and days.between(one.first_reported - reach, one.last_reported + reach)
        found.append(bool(is_told and near.any()))
    return Series(found, index=incidents.index, dtype=bool)
