"""The front page as facts: a paragraph on each leading pair or country, what else happened, and what is due.

A paragraph names its sides, and has the most important event of the pair and what else weighs as much,
by day; the first three are the bottom line. An event is a clause in the words of its article (`clauses`) that
has passed `checks`, and no sentence is told twice. Each pair, in the order of the ranking, has its clauses
while words are left (`chosen_clauses`).
"""

import math
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import chain, islice
from typing import Any, Final, NamedTuple

import pandas as pd
from pandas import DataFrame, Timedelta, Timestamp

from analysis.country_names import countries_of, dyad_name
from analysis.findings.checks import LIKELY, SURE, is_sure, stands_alone
from analysis.findings.clauses import (
    OPENING_WORDS,
    WORDS_OF_ITEM,
    Clause,
    LaterReports,
    clause_of,
    first_words,
    opening_of,
    sentences_of,
)
from analysis.findings.period_inputs import PeriodInputs
from analysis.findings.sources import Support, support_of
from analysis.findings.wording import name_of_side, words
from analysis.indicators.article_pairs import article_pairs
from analysis.indicators.coming_days import MET, Plan, coming_days, is_done_since
from analysis.indicators.incident_reports import furniture, is_in_headline, theme_of
from analysis.indicators.named_sides import countries_named, names_pair, states_named
from analysis.indicators.ranking import pairs_in_turn, ranked_incidents, wars, weights
from analysis.nlp.events.days import MONTH
from analysis.phrasing import day_in_words, sentence_start, short_days
from analysis.tables.rows import rows_of

MAX_PAIRS: Final = 16
IN_BOTTOM_LINE: Final = 3
FEW_STORIES: Final = 3  # up to this many have a page of their own: each pair is told in full
MAX_EVENTS: Final = 4  # of a pair
WORDS_OF_PAGE: Final = 278  # of the clauses of all paragraphs
WORD: Final = 0.02  # taken from the score of a pair for each word of its first clause
WORD_OF_MORE: Final = 0.085  # and of a further one
AFTER: Final = 0.9  # added to a further clause that is later than all that is told of its pair
MIN_COUNTRY_IMPORTANCE: Final = 4.0  # of what a country has a paragraph of its own for
MIN_SCORE: Final = 1.3  # of a subject, beside the weight of its most important event
GRADE: Final = 2.0  # of a point of importance
LATER: Final = 1.0  # added on the last day of the period, and half as much at its middle; not to force
DOUBLED_DEAD: Final = 0.5  # added each time the dead are doubled
RAID: Final = 1.9  # added to the importance of one whose dead are counted: eight weigh as no toll would
MAX_TRIED: Final = 30  # incidents of a pair that are looked at for a clause
MAX_OPENINGS: Final = 60  # first sentences of articles that are looked at
MIN_OPENING_IMPORTANCE: Final = 1.0  # of such a sentence: worth a line if there is room
MAX_LISTED_INCIDENTS: Final = 12  # in the chronology
MAX_KEPT: Final = 200  # incidents in `briefing.json`
MAX_DUE: Final = 8
MIN_DUE_IMPORTANCE: Final = 2.0  # of a first sentence that is told for the day it names
LONGEST_DUE: Final = Timedelta(days=61)  # of the days for one of which something is due: "in 2026" is no day
MAX_ADDED_WORDS: Final = 40  # of a first sentence that is added to a title
ONE_EACH: Final = "one each"
FIRST_NAME: Final = r"(?<![\w-])[\w.]+(?![\w-])"  # a word of a first sentence that is not part of another
RETURNED: Final = re.compile(r"\b(?:bodies|remains) of\b")  # of those who were killed before
QUESTION: Final = re.compile(r"\?$|^(?:Why|How|What) ")


@dataclass(frozen=True)
class Paragraph:
    """What is told of one pair, or of one country."""

    pair: str  # "CHN-USA"; of one country its code, "SDN"
    sides: tuple[str, ...]  # ("Israel", "Hamas"), ("Sudan",)
    is_worse: bool  # more hostile than usual, by more than chance explains, and than in the period before
    clauses: tuple[Clause, ...]  # by day
    support: Support
    event_ids: tuple[str, ...]

    @property
    def name(self) -> str:
        """ "Israel and Hamas"."""
        return sentence_start(" and ".join(self.sides))

    @property
    def label(self) -> str:
        """ "Israel and Hamas", "Israel and Hamas, more hostile than usual"."""
        return self.name + ", more hostile than usual" * self.is_worse

    @property
    def statement(self) -> str:
        """The paragraph as plain text."""
        return " ".join(f"{part}." for part in (self.label, *map(told, self.clauses)))


@dataclass(frozen=True)
class ArticleLine:
    """One article of a pile, and what it says first."""

    article_id: str
    when: str
    text: str  # its title or, without one, its first sentence
    more: str  # its first sentence, where that says who did what and the title does not; else ""
    start_char: int  # of that sentence; 0 without
    pair: str  # "Cuba – United States", where the heading above it does not say so


@dataclass(frozen=True)
class Page:
    """What the front page tells."""

    paragraphs: tuple[Paragraph, ...]
    also: tuple[Clause, ...]  # the chronology: what is not in the paragraphs, by day
    due: tuple[Clause, ...]  # what is announced and is in no paragraph, by day
    is_unsure: bool  # nothing was read with enough certainty to lead; the paragraphs have what there is
    groups: tuple[tuple[str, tuple[ArticleLine, ...]], ...] = ()  # all that a pile has: lines by pair

    @property
    def bottom_line(self) -> tuple[str, ...]:
        """The first paragraphs; of a pile, how many articles deal with which pair."""
        if self.groups:
            return (words("findings/piles", "in_short", self.groups),)
        return tuple(one.statement for one in self.paragraphs[:IN_BOTTOM_LINE])


def told(clause: Clause) -> str:
    """A clause after its day: "9 October: Israel approves the plan"."""
    return f"{sentence_start(clause.when)}: {clause.text}" if clause.when else clause.text


class PageWriter:
    """Values that the steps of one page share: its inputs, and the sentences told so far."""

    def __init__(self, inputs: PeriodInputs) -> None:
        self.inputs = inputs
        self.is_short = inputs.articles["story_id"].nunique() <= FEW_STORIES
        self.told: set[tuple[str, int] | str] = set()  # places of sentences, and their words
        self.places = {one: place for place, one in enumerate(inputs.tables.articles["article_id"])}
        self.told_pairs: defaultdict[str, list[list[str]]] = defaultdict(list)  # that are told of an article
        self.later = LaterReports(inputs)
        self.wars = wars(pd.concat([inputs.background, inputs.current]))
        is_of_war = theme_of(inputs.beginnings, inputs.tables.topics) == "armed conflict"
        self.war_reports = {*inputs.beginnings.loc[is_of_war, "article_id"]}

    @cached_property
    def openings(self) -> list[Clause]:
        """What the most important articles begin with, the most important first."""
        found = self.inputs.beginnings
        found = found[found["importance"] >= MIN_OPENING_IMPORTANCE]
        found = found.sort_values("importance", ascending=False, kind="stable").head(MAX_OPENINGS)
        return [one for row in rows_of(found) if (one := opening_of(row, self.inputs))]

    @cached_property
    def dated(self) -> list[Clause]:
        """What articles say further down and with a month, as important as what they begin with."""
        found, begun = self.inputs.tables.sentences, self.inputs.beginnings.set_index("article_id")
        found = found[found["article_id"].isin(begun.index) & found["text"].str.contains(MONTH)]
        found = found.assign(
            importance=found["importance"].fillna(found["article_id"].map(begun["importance"]))
        )
        told = (
            opening_of(row, self.inputs)
            for row in rows_of(found.sort_values("importance", ascending=False, kind="stable"))
        )
        return [one for one in told if one]

    def clause(self, incident: Any) -> Clause | None:
        """The clause of an incident, unless its sentence was told already."""
        found = clause_of(incident, self.inputs)
        return None if found is None or {*found.places, found.text.lower()} & self.told else found

    def tell(self, clause: Clause) -> bool:
        """Mark what a clause says as told, and say whether it was not."""
        own = {*clause.places, (clause.text if clause.places else told(clause)).lower()}  # with its day
        is_new = own.isdisjoint(self.told)
        self.told |= own
        if clause.incident is not None:
            for one in clause.incident.article_ids.split():
                self.told_pairs[one].append(countries_of(clause.incident.dyad))
        return is_new

    def is_told(self, opening: Clause) -> bool:
        """Whether an article begins with a told incident: one of a short item, or of sides that it names."""
        is_item = len(self.inputs.texts[opening.article_id].split()) <= WORDS_OF_ITEM
        named = countries_named(opening.text)
        return any(is_item or named.issuperset(pair) for pair in self.told_pairs[opening.article_id])

    def moment(self, clause: Clause) -> tuple[date, int, int]:
        """Its day, the undated last, and where it stands in the articles: what orders clauses by time."""
        return clause.day or date.max, self.places[clause.article_id], clause.start_char

    def weight(self, clause: Clause) -> float:
        """How much it matters that a clause is told, the dead counting more each time they are doubled.

        Where they are counted, importance counts half, since it says little of which raid was the graver.
        What came late in the period may be where things stand now, but the last raid of a war is no more than
        the one before. Of a few stories, the score decides, since it knows what their titles name.
        """
        period, day, row = self.inputs.period, clause.day, clause.incident
        is_force = clause.article_id in self.war_reports if row is None else row.root == "ASSAULT"
        is_toll = is_force and row is not None and not pd.isna(row.killed_count)
        dead = row.killed_count if is_toll and not RETURNED.search(clause.text) else 0
        grade = GRADE * clause.importance
        if self.is_short:
            grade = float(row.score)
        elif dead:
            grade = clause.importance + RAID
        elif not is_force and day and period.first and period.last and period.first < day <= period.last:
            grade += LATER * ((day - period.first) / (period.last - period.first))
        return round(grade + DOUBLED_DEAD * math.log2(1 + dead), 1)

    def worth(self, clause: Clause, own: list[Clause]) -> float:
        """How much it matters that a clause is told beside those of its pair that are."""
        if self.is_short or not own:
            return self.weight(clause)
        is_after = (clause.day or date.min) > max(one.day or date.min for one in own)
        return self.weight(clause) + AFTER * is_after - WORD_OF_MORE * length(clause)


def front_page_of(inputs: PeriodInputs) -> Page:
    """What the front page tells of a period."""
    writer = PageWriter(inputs)
    if inputs.is_pile and not writer.is_short:
        return Page((), (), (), is_unsure=False, groups=article_groups(inputs))
    chosen = chosen_clauses(writer, sure=True)
    is_unsure = not chosen and not inputs.current.empty
    if is_unsure:
        chosen = chosen_clauses(writer, sure=False)
    for one in chain.from_iterable(chosen.values()):
        writer.tell(one)
    paragraphs = tuple(paragraph_of(pair, clauses, writer) for pair, clauses in chosen.items())
    due = still_to_come(writer, paragraphs)
    return Page(paragraphs, also_happened(writer), due, bool(is_unsure and paragraphs))


def still_to_come(writer: PageWriter, paragraphs: tuple[Paragraph, ...]) -> tuple[Clause, ...]:
    """What is due after the period, by day: what is announced, and sentences that name a day.

    A paragraph that names a day to come is not told again but pointed to.
    """
    due, last = watched(writer.inputs), writer.inputs.period.last
    sentences = writer.inputs.events_by_sentence
    above = (
        (
            one,
            replace(one, text=f"told above, under {' and '.join(about.sides)}", when="", places=frozenset()),
        )
        for about in paragraphs
        for one in about.clauses
    )
    below = ((one, one) for one in (*writer.openings, *writer.dated) if one.importance >= MIN_DUE_IMPORTANCE)
    dated = (
        replace(
            shown,
            day=days[0],
            when=f"due {days_after(last, *days)}" + f", reported {shown.when}" * bool(shown.when),
        )
        for one, shown in chain(above, below)
        for reported in [writer.inputs.tables.article_rows[one.article_id].published_date]
        if last and not pd.isna(reported) and (days := coming_days(one.text, reported.date()))
        if days[0] > last
        and not Plan(
            words=[
                *MET.findall(one.text),
                *(act.trigger_lemma for place in one.places for act in sentences.get(place, ())),
            ],
            sides=countries_named(one.text),
            article_id=one.article_id,
            day=reported,
            due=(Timestamp(days[0]), Timestamp(days[1])),
        ).is_cancelled(writer.inputs.cancellations)
    )
    planned = map(writer.clause, rows_of(due[due["is_day_known"] | writer.is_short].head(MAX_TRIED)))
    return tuple(
        sorted(islice(filter(writer.tell, chain(filter(None, planned), dated)), MAX_DUE), key=writer.moment)
    )


def days_after(last: date, begin: date, end: date) -> str:
    """ "9 July", "September"; of another year than the last of the period "March 2026"."""
    return short_days(begin, end) + f" {begin.year}" * (begin.year > last.year)


def also_happened(writer: PageWriter) -> tuple[Clause, ...]:
    """The most important of what no paragraph tells, by day: incidents, and what articles begin with.

    The first sentence of an article may be of one country alone: an election, a famine, a civil war. The last
    toll is told in place of an earlier, and what takes back a report in place of that.
    """
    inputs, current = writer.inputs, writer.inputs.current
    is_vague = ~current["is_day_known"] | (current["last_day"] - current["first_day"] > LONGEST_DUE)
    leads = pairs_in_turn(current[(current["status"] == "done") | is_vague], inputs.sides)
    leads = leads[leads["is_news"] & (leads["probability"] > LIKELY)].head(MAX_PAIRS * MAX_EVENTS)
    options = [one for one in map(writer.clause, rows_of(leads)) if one]
    options += [one for one in writer.openings if not writer.is_told(one)]
    last = (writer.later.after(one) or one for one in options)
    untold = filter(writer.tell, sorted(last, key=lambda one: -one.importance))
    return tuple(sorted(islice(untold, MAX_LISTED_INCIDENTS), key=writer.moment))


def chosen_clauses(writer: PageWriter, *, sure: bool) -> dict[str, list[Clause]]:
    """The subjects of the paragraphs, the first on top, each with its clauses, the most important first.

    A subject has a further clause when it would be told with that alone and a little less, the shorter and
    later the sooner, and so on as long as there are words left.
    """
    found = subjects(writer, sure=sure)
    chosen: dict[str, list[Clause]] = {one.codes: [] for one in found}
    left = math.inf if writer.is_short else WORDS_OF_PAGE
    while True:
        taken = set().union(*(one.places for one in chain.from_iterable(chosen.values())))
        options = []
        for subject in found:
            own = chosen[subject.codes]
            fitting = [
                one
                for one in subject.clauses
                if (own or one in subject.leading) and taken.isdisjoint(one.places)
            ]
            if fitting and len(own) < MAX_EVENTS:
                # of those that are worth as much, the last
                one = max(fitting, key=lambda one: (writer.worth(one, own), one.day or date.min))
                lower = writer.weight(own[0]) - writer.worth(one, own) if own else WORD * length(one)
                if length(one) <= left:  # what has no place is not told by something lesser
                    options.append((subject.score - lower, subject.codes, one))
        if not options:
            break
        _, codes, one = max(options, key=lambda option: option[0])
        chosen[codes].append(one)
        left -= length(one)
    return {codes: own for codes, own in chosen.items() if own}


class Subject(NamedTuple):
    """What a paragraph may be on: a pair "CHN-USA", or a country "SDN" with what happens in it or it does."""

    codes: str
    score: float
    clauses: list[Clause]
    leading: list[Clause]  # those that may be its first


def subjects(writer: PageWriter, *, sure: bool) -> list[Subject]:
    """The leading pairs, and the countries with an important event of their own, the best score first.

    A sentence leads only with the pair of which it most likely tells: talks in Turkey are none of Turkey's.
    What is no pair's act joins each pair that its sentence names and no third country. Else it is told of its
    only country, as is the war of a state with its own rebels, or of the one with which it begins; or with
    the war of that country, if it has one and that is what is told: "71 are killed in Gaza".
    """
    scores = writer.inputs.sides.set_index("dyad")["score"]
    between = [pair for pair in scores.index if len(set(countries_of(pair))) > 1]
    found: dict[str, Subject] = {}
    for pair in between[:MAX_PAIRS]:
        clauses = tellable(pair, writer, sure=sure)
        leading = [one for one in clauses if one.incident.may_lead]
        if leading and (any(one.incident.is_news for one in leading) or not found):  # a second has news
            found[pair] = Subject(pair, max(scores[pair], *map(least_score, leading)), clauses, leading)
    tellers = defaultdict(list)
    for pair, subject in found.items():
        for one in subject.leading:
            tellers[one.places].append((one.incident.probability, subject.score, pair))
    for pair, subject in found.items():
        found[pair] = subject._replace(
            leading=[one for one in subject.leading if max(tellers[one.places])[-1] == pair]
        )
    acts = set().union(*(one.places for subject in found.values() for one in subject.clauses))
    at_home = [one for pair in scores.index.difference(between) for one in tellable(pair, writer, sure=sure)]
    alone: dict[str, list[Clause]] = {}
    for one in [*at_home, *(() if writer.is_short else writer.openings)]:
        countries = countries_named(one.text)
        homes = [pair for pair in found if names_pair(one.text, pair) and len(countries) == 2]
        if one.article_id in writer.war_reports and len(countries) == 1:
            homes = [pair for pair in found if countries_of(pair) == writer.wars.get(min(countries))][:1]
        if len(countries) > 1:  # the doer stands first, and is no "Liberian-flagged" ship
            countries = countries_named(" ".join(re.findall(FIRST_NAME, one.text)[:OPENING_WORDS]))
        if acts.isdisjoint(one.places):
            for pair in homes:
                found[pair].clauses.append(one)
            if not homes and len(countries) == 1:
                alone.setdefault(min(countries), []).append(one)
    for country, clauses in alone.items():
        if leading := [one for one in clauses if one.importance >= MIN_COUNTRY_IMPORTANCE]:
            found[country] = Subject(country, max(map(least_score, leading)), clauses, leading)
    return sorted(found.values(), key=lambda one: -one.score)


def least_score(clause: Clause) -> float:
    """The score of a subject with an event as important as this, whatever else is known of it."""
    return MIN_SCORE + weights()["importance"] * clause.importance


def length(clause: Clause) -> int:
    """The number of its words."""
    return len(told(clause).split())


def tellable(pair: str, writer: PageWriter, *, sure: bool) -> list[Clause]:
    """The clauses of a pair's incidents that may be told, the heaviest first, each sentence once."""
    own, least = read_of_pair(pair, writer.inputs), SURE if writer.is_short else LIKELY
    may_lead = is_sure(own) | (not sure)
    if writer.is_short:  # what a title names is news, wherever the article tells it, and comes first
        is_named = is_in_headline(own, writer.inputs.tables.articles)
        is_plan = is_named & own["status"].eq("announced")
        is_done = own["status"].eq("done") | is_plan
        own = own.assign(is_news=own["is_news"] | is_named, may_lead=may_lead | is_plan, is_other=~is_plan)
        own = (own[is_done] if is_done.any() else own).sort_values("is_other", kind="stable")
    else:  # what is only recalled is no news, nor is what was due and has passed
        last = Timestamp(writer.inputs.period.last)
        is_past = own["last_day"].between(own["first_reported"], last, inclusive="neither")
        is_left = own["is_news"] & ~(is_past & own["status"].eq("announced") & sure)
        own = own.assign(may_lead=may_lead)[is_left]
    found: dict[frozenset[tuple[str, int]], Clause] = {}
    for row in rows_of(own[own["may_lead"] | (own["probability"] > least)].head(MAX_TRIED)):
        if one := writer.clause(row):
            found[one.places] = max(found.get(one.places, one), one, key=writer.weight)
    return list(found.values())


def read_of_pair(pair: str, inputs: PeriodInputs) -> DataFrame:
    """The incidents of a pair, with the probability that their sentences tell of the pair at all."""
    own = inputs.of_pair(pair)
    is_wrong = (1 - own["probability"]).groupby([own["article_id"], own["start_char"]])
    return own.assign(probability=1 - is_wrong.transform("prod"))


def paragraph_of(codes: str, clauses: list[Clause], writer: PageWriter) -> Paragraph:
    """The paragraph on some clauses of a pair or country, the most important first, put right if need be."""
    inputs, level = writer.inputs, writer.inputs.level(codes)
    acts = [one.incident for one in clauses if one.incident is not None]
    told = *read_of_pair(codes, inputs)["event_ids"], *(one.event_ids for one in acts)
    ids = tuple(dict.fromkeys(" ".join(told).split()))
    events = inputs.tables.events[inputs.tables.events["event_id"].isin(ids)]
    gravest = max(acts, key=lambda row: row.score) if "-" in codes else None
    later = {
        one.places: one for one in map(writer.later.after, clauses) if one and not one.places & writer.told
    }
    writer.told |= set().union(*later)
    return Paragraph(
        pair=codes,
        sides=tuple(name_of_side(code, gravest, clauses) for code in codes.split("-")),
        is_worse=level.is_higher and level.now > level.last,
        clauses=tuple(sorted((*clauses, *later.values()), key=writer.moment)),
        support=support_of({*events["article_id"], *(one.article_id for one in clauses)}, inputs.tables),
        event_ids=ids,
    )


def watched(inputs: PeriodInputs) -> DataFrame:
    """What is announced and not reported as done since, the heaviest first.

    That is what was announced in the period, and what was announced before it for a day after it.
    """
    announced = inputs.current[inputs.current["status"] == "announced"]
    if inputs.period.last is not None and len(inputs.background):
        earlier = inputs.background[inputs.background["status"] == "announced"]
        later = inputs.going_on(earlier[earlier["first_day"] > Timestamp(inputs.period.last)])
        if len(later):
            announced = ranked_incidents(pd.concat([announced[later.columns], later], ignore_index=True))
    last = announced["last_day"]
    is_out = (last < announced["first_reported"]) | (last - announced["first_day"] > LONGEST_DUE)
    is_out |= last <= Timestamp(inputs.period.last)
    return announced[~is_out & ~is_done_since(announced, inputs.incidents)].reset_index(drop=True)


def article_groups(inputs: PeriodInputs) -> tuple[tuple[str, tuple[ArticleLine, ...]], ...]:
    """A line for each article of a pile, or that is on its country, by its pair, that of most articles first.

    What happened between two countries in one year has little to do with what happened in another, so nothing
    of two articles is put together. Pairs with one article are under `ONE_EACH`, articles on none under "".
    """
    told_of = inputs.articles[inputs.articles.index.isin(inputs.articles_told_of.index)]
    order = told_of.sort_values(
        ["published_date", "title"], kind="stable", na_position="last"
    ).drop_duplicates("story_id")
    own = order["article_id"].map(article_pairs(order, inputs.tables.events)).astype(object).fillna("")
    groups = own.mask(own.ne("") & ~own.duplicated(keep=False), ONE_EACH)
    by_size = sorted(set(groups), key=lambda one: (not one, one == ONE_EACH, -sum(groups == one), one))
    return tuple(
        (
            group,
            tuple(
                article_line(article, pair, inputs, is_alone=group == ONE_EACH)
                for article, pair in zip(rows_of(order[groups == group]), own[groups == group], strict=True)
            ),
        )
        for group in by_size
    )


def article_line(article: Any, pair: str, inputs: PeriodInputs, *, is_alone: bool) -> ArticleLine:
    """The line of an article on a pair or, where that is "", on none."""
    text, day = first_words(article, inputs), article.published_date
    start, more = next(((at, one) for at, one in sentences_of(article, inputs) if at), (0, ""))
    if text != article.title or says_what(text, pair) or not adds_to_title(more, pair):
        start, more = 0, ""
    when = "undated" if pd.isna(day) else day_in_words(day)
    return ArticleLine(
        article_id=article.article_id,
        when=when,
        text=text or "an article without a title",
        more=more,
        start_char=start,
        pair=dyad_name(pair) if is_alone else "",
    )


def says_what(text: str, pair: str) -> bool:
    """Whether a title says who did what: it names the pair, or any two without one, and asks nothing."""
    return not QUESTION.search(text) and (names_pair(text, pair) if pair else len(states_named(text)) > 1)


def adds_to_title(text: str, pair: str) -> bool:
    """Whether a first sentence says in a few words what a title does not, and is no advertisement."""
    is_clean = stands_alone(text) and not furniture().search(text)
    return len(text.split()) <= MAX_ADDED_WORDS and says_what(text, pair) and is_clean


def judgment_records(page: Page) -> dict[str, list[dict]]:
    """What `briefing.json` keeps of the paragraphs: `judgments` on pairs, and what is told of `countries`.

    Each has `statement`, `confidence` and `event_ids`, and `pairs` or `country`. Of an armed group there are
    two pairs, its own and that of the country in which it sits.
    """
    found: dict[str, list[dict]] = {"judgments": [], "countries": []}
    for one in page.paragraphs:
        is_pair = "-" in one.pair
        of = {"pairs": list(dict.fromkeys((one.pair, "-".join(countries_of(one.pair)))))}
        found["judgments" if is_pair else "countries"].append(
            {
                **(of if is_pair else {"country": one.pair}),
                "statement": one.statement,
                "confidence": one.support.confidence,
                "event_ids": list(one.event_ids),
            }
        )
    return found


def incident_records(inputs: PeriodInputs) -> list[dict]:
    """The incidents of the period that have happened, the most important first, as `briefing.json` has them.

    `incident_id` (the event of its clearest report), `date` (ISO 8601 day, "" if unknown), `pair`, `what`
    (its clearest sentence), `is_claim` (only one side or somebody unnamed reports it), `is_denied`
    (another text denies it), `killed_count` (null if no toll is reported), `place` ("" if none is named),
    `story_count`, `outlet_count`, `article_ids` and `event_ids`, the clearest report first.
    """
    return [
        {
            "incident_id": row.incident_id,
            "date": "" if pd.isna(row.first_day) else f"{row.first_day:%Y-%m-%d}",
            "pair": row.dyad,
            "what": inputs.sentence(row),
            "is_claim": bool(row.is_claim),
            "is_denied": bool(row.is_denied),
            "killed_count": None if pd.isna(row.killed_count) else int(row.killed_count),
            "place": row.place_name if isinstance(row.place_name, str) else "",
            "story_count": int(row.story_count),
            "outlet_count": int(row.outlet_count),
            "article_ids": row.article_ids.split(),
            "event_ids": row.event_ids.split(),
        }
        for row in rows_of(
            pairs_in_turn(inputs.current[inputs.current["status"] == "done"], inputs.sides).head(MAX_KEPT)
        )
    ]
