"""What is news between two sides in the reporting period: their leading incidents, and what is usual."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import pandas as pd
from pandas import DataFrame, Series, Timedelta, Timestamp

from analysis.country_names import bloc_codes, country_in_sentence
from analysis.findings.cut_quotes import shortened
from analysis.findings.follow_up import FAR_DEADLIER, FollowUp, follow_ups
from analysis.findings.further_attacks import LEAST_DEAD, further_attacks
from analysis.findings.leads import is_done_since
from analysis.findings.period_inputs import PeriodInputs, is_sure
from analysis.findings.pile_news import MOST_PARTS, for_untold, is_recalled_lately, with_other_articles
from analysis.findings.quoted_reports import (
    QuotedReport,
    is_long_ago,
    is_preview,
    is_statement,
    lead_below,
)
from analysis.findings.reported import Reported, reported_incidents
from analysis.findings.side_names import country_adjective
from analysis.findings.telling_incidents import ANSWER, by_telling, is_among_groups
from analysis.indicators.incident_ranking import BACKGROUND_WEEKS, PRIVATE_KINDS, stories_of
from analysis.indicators.incident_reports import sovereigns
from analysis.indicators.named_sides import (
    countries_named,
    is_about_sides,
    names_pair,
    names_state,
    without_bystanders,
)
from analysis.indicators.news_reports import headline_of
from analysis.tables.rows import rows_of

MOST_LOOKED_AT: Final = 60  # of the heaviest incidents of a pair, among which its news is looked for
LEAST_FOR_NEW: Final = 10  # articles: that fewer do not name a pair says nothing
CONTACTS: Final = ("CONSULT", "AGREE")  # of which what is held replaces what was announced
STALE_DAYS: Final = 7  # after the day for which something was announced, what is announced is no news
LEAST_QUOTED: Final = 0.7  # probability of what may be quoted beside what is sure
LEAST_QUOTED_OF_MODEL: Final = 0.82  # the same where the model alone reads it
LEAST_GRAVE: Final = 0.5  # weight of an incident from which it is remarked that the pair is new
LEAST_OF_NEXT: Final = 0.75  # of the weight of the first, for one that is like it
LEAST_SHARE: Final = 0.25  # of the weight of the first: a lighter incident is not worth a clause
LEAST_OF_LIKE: Final = 0.5  # of the weight of the first, for one of the same sign that is no turn
FAR: Final = 3.0  # times what is usual
MOST_NAMED: Final = 4  # countries in a sentence that is news of two of them; a longer list is of none
LEAST_OF_NEWS: Final = 0.1  # of the weight of the heaviest: what is lighter is not the news of the pair
LEAST_TOLD: Final = 0.15  # weight of what may be told beside something four times as heavy
LEAST_OF_SURE: Final = 0.5  # of the weight of the heaviest, which is quoted if all that is sure weighs less


@dataclass(frozen=True)
class Trend:
    """How hostile a pair is in the period, against what is usual."""

    direction: str  # as in `PeriodMoves`
    is_new: bool  # of many articles of the weeks before, none has an act of the two or names both
    weeks: int  # that were looked at: not before the first article
    low: float | None  # 95% interval of the ratio
    high: float | None

    @property
    def is_far(self) -> bool:
        """Whether it is at least three times what is usual, or a third of it, whatever chance added."""
        is_risen, is_eased = (self.low or 0) >= FAR, (self.high or FAR) <= 1 / FAR
        return is_risen if self.direction == "up" else is_eased


@dataclass(frozen=True)
class PairNews:
    """The leading incidents of a pair, the heaviest first."""

    pair: str
    parts: tuple[Reported, ...]
    further: tuple[Reported, ...]  # attacks that killed about as many as the one shown
    further_count: int  # incidents beyond these
    story_count: int
    trend: Trend | None  # None without a background
    follow_ups: tuple[FollowUp, ...]  # short reports that add to these

    @property
    def heading(self) -> str:
        """The two sides: an armed group, and not its country, where every incident shown is its own.

        A group that acts is named beside the state that is said to back it. Where fighters from elsewhere are
        struck, their host is no side: the United States in Somalia.
        """
        first = self.parts[0]
        if first.host and all(part.host == first.host for part in self.parts):
            return f"{country_in_sentence(first.source_code)} in {country_in_sentence(first.host)}"
        if not first.proxy:
            return " and ".join(map(self.name_of, self.pair.split("-")))
        other = next(code for code in self.pair.split("-") if code != first.source_code)
        sponsor = country_in_sentence(first.source_code)
        return f"{self.name_of(other)} and {first.proxy}, said to be backed by {sponsor}"

    def name_of(self, code: str) -> str:
        """A side of the pair: the one armed group of all parts, or else the country."""
        names = {dict(part.groups).get(code) for part in self.parts}
        return (names.pop() if len(names) == 1 else None) or country_in_sentence(code)

    def needs_heading(self, part: Reported) -> bool:
        """Whether the words for an incident leave open between which countries it is: "Lavrov met Fidan"."""
        is_named = all(self.is_named(code, part.clause) for code in self.pair.split("-"))
        return not part.clause or (part.is_contact and not is_named)

    def is_named(self, code: str, clause: str) -> bool:
        """Whether a clause has the name or the adjective of a side, and not only somebody who acts for it."""
        names = (self.name_of(code), country_in_sentence(code), country_adjective(code))
        return any(re.search(rf"\b{re.escape(one.removeprefix('the '))}\b", clause) for one in names if one)

    @property
    def in_order(self) -> tuple[Reported, ...]:
        """The incidents shown in the order of their days, so that an outcome comes after its threat."""
        return by_day(self.parts)

    @property
    def in_short(self) -> tuple[Reported, ...]:
        """The heaviest incident, and those without which it would be half the news.

        These are of the other sign, or what the other side does, one of each: the first that is not the word
        of one side alone, unless another killed far more. Of attacks that our own words tell alike, the
        deadliest.
        """
        by_doubt = sorted(self.parts, key=lambda one: one.is_claimed_deed)
        kinds = {(one.is_hostile, one.source_code): one for one in reversed(by_doubt)}
        for one in by_doubt:
            first = kinds[one.is_hostile, one.source_code]
            least = max(LEAST_DEAD, FAR_DEADLIER * first.killed)
            if one.is_force and one.killed >= least and not one.is_claimed_deed:
                kinds[one.is_hostile, one.source_code] = one
        return by_day(tuple(self.deadliest_like(one) for one in self.parts if one in kinds.values()))

    def deadliest_like(self, part: Reported) -> Reported:
        """The attack of one side in one country that killed most, of those shown and named; else the part."""
        attacks = [one for one in (part, *self.parts, *self.further) if one.attack and not one.clause]
        like = [one for one in attacks if part.attack and ground(one) == ground(part)]
        return part if part.clause or not like else max(like, key=lambda one: one.killed)

    @property
    def is_one_sided(self) -> bool:
        """Whether all of it is claimed by one side."""
        return all(part.is_claim for part in self.parts)


def ground(part: Reported) -> tuple[str, str]:
    """Who attacks, and where."""
    return part.source_code, part.attack.place if part.attack else ""


def by_day(parts: tuple[Reported, ...]) -> tuple[Reported, ...]:
    """Incidents in the order of their days, undated ones last; on one day, an answer comes after an act.

    What eases a quarrel ends it.
    """

    def place(one: Reported) -> tuple:
        is_answer = ANSWER.search(one.clause or one.quote) is not None
        return (one.day or one.published or date.max, not one.is_hostile, is_answer)

    return tuple(sorted(parts, key=place))


def pair_news(pair: str, inputs: PeriodInputs) -> PairNews | None:
    """What is news between two sides; None where no sentence tells any of it to a reader of nothing else."""
    own = inputs.of_pair(pair)
    told = tellable_incidents(own, inputs)
    is_talk = told["root"].isin(CONTACTS) & (told["status"] == "announced")
    held = own.loc[own["root"].isin(CONTACTS) & (own["status"] == "done"), "first_day"].max()
    told = told[~(is_talk & (is_done_since(told, inputs.incidents) | (told["last_day"] <= held)))]
    heaviest = told["weight"].max()
    if told.empty or is_slight(heaviest, own["weight"].iloc[0]):
        return headline_news(own, inputs)
    if heaviest < own.loc[is_stale(own, inputs), "weight"].max():
        return None  # a visit now past was the news, and the rest was said beside it
    ordered = sure_enough(by_telling(for_untold(told, own) if inputs.is_pile else told, inputs))
    if inputs.is_pile:
        parts = tuple(as_judged(with_other_articles(leading_parts(ordered), ordered), inputs))
    else:
        parts = one_of_an_article(as_judged(leading_parts(ordered), inputs))
    return news_from(pair, parts, inputs, further=further_attacks(parts, told, inputs))


def is_slight(told: float, heaviest: float) -> bool:
    """Whether the weight of what can be told shows that it is not the news, beside the heaviest incident."""
    return told < LEAST_OF_NEWS * heaviest or told < min(LEAST_TOLD, LEAST_SHARE * heaviest)


def news_from(
    pair: str, parts: tuple[Reported, ...], inputs: PeriodInputs, further: tuple[Reported, ...] = ()
) -> PairNews:
    """The incidents shown for a pair, no sentence twice, and how many more there are."""
    own = inputs.of_pair(pair)
    first = {part.clause or part.quote: part for part in reversed(parts)}
    parts = tuple(part for part in parts if first[part.clause or part.quote] is part)
    return PairNews(
        pair=pair,
        parts=parts,
        further=further,
        further_count=len(own) - len(parts),
        story_count=len(stories_of(own, inputs.tables.articles)),
        trend=trend_of(pair, inputs),
        follow_ups=follow_ups(pair, parts, further, inputs),
    )


def headline_news(own: DataFrame, inputs: PeriodInputs) -> PairNews | None:
    """The headline above the heaviest incident of a pair that has one; None where none names both sides.

    One of the two comes first: "Modi to visit Kyiv after a hug for Putin" is no news of Ukraine and Russia.
    """
    dated = own[is_dated(own, inputs) & ~is_stale(own, inputs)].head(MOST_LOOKED_AT)
    for row, one in zip(rows_of(dated), reported_incidents(dated, inputs), strict=True):
        headline = headline_of(inputs.tables.article_rows[one.article_id])
        is_of_pair = is_about_sides(headline, row, is_reported=False)
        is_of_pair = is_of_pair and not is_preview(headline, row, inputs)
        if is_of_pair and is_statement(headline) and names_pair(without_bystanders(headline), row.dyad):
            above = QuotedReport(headline, one.article_id, 0, is_clear=True, is_headline=True)
            told = lead_below(above, row, inputs) or above
            if not reports_act(told, row.dyad, inputs):
                continue  # a crime abroad names two countries, and neither of them does anything
            quote, start = shortened(told.sentence), told.start_char
            part = replace(one, clause="", attack=None, quote=quote, brief_quote=quote, start_char=start)
            return news_from(row.dyad, (replace(part, is_quote_clear=True, is_claimed_deed=False),), inputs)
    return None


def reports_act(told: QuotedReport, pair: str, inputs: PeriodInputs) -> bool:
    """Whether an act between two sides is read in a sentence, or in the headline above it."""
    places = {(told.article_id, start) for start in (0, told.start_char)}
    rows = (row for place in places for row in inputs.events_by_sentence.get(place, ()))
    return any({code_of(row, "source"), code_of(row, "target")} == set(pair.split("-")) for row in rows)


def code_of(event: Any, end: str) -> str | None:
    """The code of the country or bloc at one end of an event, of its state for a territory."""
    code = getattr(event, f"{end}_country_code")
    return (
        sovereigns().get(code, code)
        if isinstance(code, str)
        else bloc_codes().get(getattr(event, f"{end}_id"))
    )


def tellable_incidents(own: DataFrame, inputs: PeriodInputs) -> DataFrame:
    """The heaviest incidents of a pair that are news, and that a clause or a sentence alone can tell.

    Who asks for one pair wants to read of it, even if it is in the background of every article. What an
    undated article reports may be years old, and is no news beside dated ones.
    """
    is_news = own["is_news"] | is_recalled_lately(own, inputs)
    is_wanted = (is_news & is_dated(own, inputs) & ~is_stale(own, inputs)) | bool(inputs.pair)
    heavy = own[is_wanted].head(MOST_LOOKED_AT)
    is_crowd = (heavy["root"] == "PROTEST") & (not inputs.pair)  # which acts for no country
    is_aside = is_crowd | is_one_of_many(heavy, inputs) | are_among_groups(heavy, inputs)
    news = heavy[~is_aside & ~are_of_firms_alone(heavy, inputs)]
    is_tellable = [bool(one.clause) or one.is_quote_clear for one in as_judged(news, inputs)]
    return news[Series(is_tellable, news.index, dtype=bool)]


def is_one_of_many(incidents: DataFrame, inputs: PeriodInputs) -> Series:
    """Whether each sentence is about a long list of countries: "envoys of Belgium, Canada and China"."""
    sentences = map(inputs.sentence, rows_of(incidents))
    counts = [len(countries_named(without_bystanders(one))) for one in sentences]
    return Series(counts, incidents.index, dtype=int) > MOST_NAMED


def are_among_groups(incidents: DataFrame, inputs: PeriodInputs) -> Series:
    """Whether each incident is a fight of two groups, which no state of the pair has a part in."""
    found = [is_among_groups(row, inputs.sentence(row)) for row in rows_of(incidents)]
    return Series(found, incidents.index, dtype=bool)


def are_of_firms_alone(incidents: DataFrame, inputs: PeriodInputs) -> Series:
    """Whether each sentence names a side by nothing but a firm or a body: TikTok is not China to a reader."""
    found = [
        any(
            getattr(row, f"{side}_kind") in PRIVATE_KINDS
            and not names_state(inputs.sentence(row), getattr(row, f"{side}_code"))
            for side in ("source", "target")
        )
        for row in rows_of(incidents)
    ]
    return Series(found, incidents.index, dtype=bool)


def is_dated(incidents: DataFrame, inputs: PeriodInputs) -> Series:
    """Whether each incident has the date of an article, where any article of the period has one."""
    return incidents["first_reported"].notna() | inputs.articles["published_date"].isna().all()


def is_stale(incidents: DataFrame, inputs: PeriodInputs) -> Series:
    """Whether each is announced for a day long past at the end of the period, or was long before it."""
    if inputs.period.last is None:
        return Series(False, incidents.index)
    is_past = incidents["last_day"] < Timestamp(inputs.period.last) - Timedelta(days=STALE_DAYS)
    is_old = incidents["last_day"].isna() & is_long_ago(incidents, inputs)
    return (incidents["status"] == "announced") & (is_past | is_old)


def as_judged(incidents: DataFrame, inputs: PeriodInputs) -> list[Reported]:
    """Incidents in words: in a quotation, where that tells more than a clause of ours.

    The sentence on a strike or on a closed border says what was hit, or why; talks without a day may be older
    than their report.
    """
    return [
        replace(one, clause="") if is_undated_contact(one) or is_told_better(one) else one
        for one in reported_incidents(incidents, inputs)
    ]


def is_told_better(one: Reported) -> bool:
    """Whether a sentence says more than a clause could: who met whom, and what about."""
    return one.is_quote_clear


def is_undated_contact(one: Reported) -> bool:
    """Whether it is a contact that took place on a day that its text does not give."""
    return one.is_contact and not one.is_announced and not one.is_day_known


def sure_enough(own: DataFrame) -> DataFrame:
    """The incidents of a pair that are sure, or sure enough to be quoted; the heaviest even if it is not."""
    least = own["is_by_word"].map({True: LEAST_QUOTED, False: LEAST_QUOTED_OF_MODEL})
    is_fairly_sure = own["probability"] >= least
    sure = own[is_sure(own) | is_fairly_sure]
    is_heavy = not sure.empty and sure["weight"].iloc[0] >= LEAST_OF_SURE * own["weight"].iloc[0]
    return sure if is_heavy else pd.concat([own.head(1), sure])


def leading_parts(sure: DataFrame) -> DataFrame:
    """Up to three incidents that tell different things: friendly or hostile, by the one side or the other,
    the deadliest strike and the capture of a town or the largest attack.

    The heaviest comes first, then the heaviest of the other sign: a week of threats may end with a promise. A
    blow of the other side comes before a second one of the same side.

    Args:
        sure: incidents of a pair as `sure_enough` gives them.
    """
    is_plain = sure["turn"].isna() | (sure["turn"] == "foiled")
    is_like = is_plain & ((sure["quad"] >= 3) == (sure["quad"].iloc[0] >= 3))
    least = is_like.map({True: LEAST_OF_LIKE, False: LEAST_SHARE}) * sure["weight"].iloc[0]
    heavy = sure[sure["weight"] >= least]
    way = heavy["source_code"].where(~heavy["is_joint"], "")
    kinds = heavy.assign(way=way, is_hostile=heavy["quad"] >= 3)
    kinds["turn"] = heavy["turn"].fillna("").replace("foiled", "")
    different = kinds.drop_duplicates(["way", "is_hostile", "status", "turn"])
    is_more_of_same = different.duplicated(["way", "is_hostile"]) & (different["turn"] == "")
    different = different.loc[is_more_of_same.sort_values(kind="stable").index]
    turns = different.groupby("is_hostile").cumcount()
    found = sure.loc[turns.sort_values(kind="stable").index[:MOST_PARTS]]
    return found if len(found) > 1 else pd.concat([found, next_of_like(sure)])


def next_of_like(sure: DataFrame) -> DataFrame:
    """The next incident, if it is like the first and about as heavy, but another act, and without a toll.

    Attacks with a toll are counted beside the deadliest (`further_attacks`).
    """
    first = sure.iloc[0]
    is_other = (sure["trigger_lemma"] != first["trigger_lemma"]) & (sure["article_id"] != first["article_id"])
    is_heavy = sure["weight"] >= LEAST_OF_NEXT * first["weight"]
    return sure[is_other & is_heavy & sure["killed_count"].isna()].head(1)


def one_of_an_article(parts: list[Reported]) -> tuple[Reported, ...]:
    """The parts, one from each article.

    What else an article reports of a pair is mostly the same news, or what led to it; but where one side
    answers the other in kind, both acts are shown.
    """
    first = {news_key(part): part for part in reversed(parts)}
    return tuple(part for part in parts if first[news_key(part)] is part)


def news_key(part: Reported) -> tuple[str, str]:
    """The article of a part, and who acts where a clause of ours tells a hostile act."""
    return part.article_id, part.source_code if part.clause and part.is_hostile else ""


def trend_of(pair: str, inputs: PeriodInputs) -> Trend | None:
    """Whether the pair is more or less hostile than usual; None where there is no background to tell."""
    if inputs.background.empty or inputs.period.first is None:
        return None
    weeks = weeks_looked_at(inputs)
    earlier = articles_before(inputs, weeks)
    known = {
        "is_new": is_new_and_grave(pair, inputs, earlier),
        "weeks": weeks,
    }
    rows = inputs.moves[inputs.moves["dyad"] == pair]
    row: Any = next(rows_of(rows), None)
    if row is None:
        return Trend("not compared", **known, low=None, high=None)
    return Trend(
        direction=row.direction,
        **known,
        low=row.low,
        high=row.high,
    )


def is_new_and_grave(pair: str, inputs: PeriodInputs, earlier: DataFrame) -> bool:
    """Whether something grave happens between two of whom no earlier article says anything.

    Of a lesser act it would only say that few stories were read.
    """
    is_grave = inputs.of_pair(pair)["weight"].max() >= LEAST_GRAVE
    return is_grave and len(earlier) >= LEAST_FOR_NEW and not is_known(pair, inputs, earlier)


def is_known(pair: str, inputs: PeriodInputs, earlier: DataFrame) -> bool:
    """Whether one of some earlier articles reports an act of the two or names both."""
    acts = inputs.background[inputs.background["dyad"] == pair]
    reporting = {one for row in acts["article_ids"] for one in row.split()}
    return bool(reporting & set(earlier["article_id"])) or any(
        names_pair(text, pair) for text in earlier["text"]
    )


def articles_before(inputs: PeriodInputs, weeks: int) -> DataFrame:
    """The articles of so many weeks before the period."""
    first = Timestamp(inputs.period.first)
    days = inputs.tables.articles["published_date"]
    return inputs.tables.articles[days.between(first - Timedelta(weeks=weeks), first, inclusive="left")]


def weeks_looked_at(inputs: PeriodInputs) -> int:
    """Whole weeks between the first article and the period, up to those that decide what is usual."""
    first = inputs.tables.articles["published_date"].min()
    return min(BACKGROUND_WEEKS, (Timestamp(inputs.period.first) - first).days // 7)
