"""The front page as facts: a paragraph on each leading pair, what else happened, and what is due.

A paragraph has the gravest event of the pair, perhaps another kind of act, and a line of its other blows
(`further_acts`); the first have a headline: the two sides, and what happened between them. An event is a
clause in the words of its article (`clauses`) that has passed `checks`, and no sentence is told twice. Each
pair, in the order of the ranking, has its clauses while words are left (`chosen_clauses`).
"""

import math
import re
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from typing import Any, Final

import pandas as pd
from pandas import DataFrame, Timestamp

from analysis.country_names import countries_of, country_names, dyad_name
from analysis.findings.checks import LIKELY, SURE, is_sure, is_told_by_title, stands_alone
from analysis.findings.clauses import Clause, clause_of, first_words, sentences_of
from analysis.findings.further_acts import FurtherAct, further_acts, gravity_of, toll_of
from analysis.findings.headlines import headline_state, name_of_side
from analysis.findings.period_inputs import PeriodInputs
from analysis.findings.sources import Support, support_of
from analysis.findings.wording import words
from analysis.indicators.article_pairs import article_pairs
from analysis.indicators.incident_reports import KINDS, furniture, is_in_headline
from analysis.indicators.named_sides import names_pair, states_named
from analysis.phrasing import day_in_words, sentence_start
from analysis.tables.rows import rows_of

MOST_PARAGRAPHS: Final = 12
MOST_LOOKED_AT: Final = 16  # leading pairs
IN_BOTTOM_LINE: Final = 3
FEW_STORIES: Final = 3  # up to this many have a page of their own: each pair is told in full
MOST_EVENTS: Final = 3  # of a pair, if stories are few
WORDS_OF_PAGE: Final = 222  # of the clauses of all paragraphs
OTHER_WAY: Final = 1.0  # added to a score that is friendly after a hostile one, or so
SECOND: Final = 2.0  # taken from the score that a pair has by a clause which is not its first
MOST_TRIED: Final = 30  # incidents of a pair that are looked at for a clause
MOST_LISTED: Final = 12  # in the chronology
MOST_COUNTRIES: Final = 8
LEAST_INCIDENTS: Final = 5  # of a country with a page of its own: fewer are on the front page already
MOST_KEPT: Final = 200  # incidents in `briefing.json`
MOST_DUE: Final = 8
MOST_WORDS: Final = 40  # of a first sentence that is added to a title
ONE_EACH: Final = "one each"
QUESTION: Final = re.compile(r"\?$|^(?:Why|How|What) ")


@dataclass(frozen=True)
class Paragraph:
    """What is told of one pair."""

    pair: str  # "CHN-USA"
    sides: tuple[str, ...]  # ("Israel", "Hamas")
    state: str  # "a truce", "worse, air strikes"
    clauses: tuple[Clause, ...]  # by day; of few stories, the gravest first
    further: list[FurtherAct]  # its other blows, in a line
    support: Support
    event_ids: tuple[str, ...]

    @property
    def headline(self) -> str:
        """ "Israel and Hamas: a truce", without a full stop; where no word is sure, "Iran–Israel"."""
        if not self.state:
            return "–".join(one.removeprefix("the ") for one in self.sides)
        return f"{sentence_start(' and '.join(self.sides))}: {self.state}"

    @property
    def statement(self) -> str:
        """The paragraph as plain text."""
        line = "".join(f"{one.before}{one.label}" for one in self.further)
        return " ".join(f"{part}." for part in (self.headline, *map(told, self.clauses), line) if part)


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
    def headed(self) -> tuple[Paragraph, ...]:
        """The paragraphs below a headline: the first three, and those of the bottom line."""
        named = [one for one in self.paragraphs if one.state][:IN_BOTTOM_LINE]
        return (*self.paragraphs[:IN_BOTTOM_LINE], *named)

    @property
    def bottom_line(self) -> tuple[str, ...]:
        """The first three headlines that say what happened, as sentences; without any, the first clause.

        Of a pile, how many articles deal with which pair.
        """
        if self.groups:
            return (words("findings/piles", "in_short", self.groups),)
        headlines = [one.headline for one in self.paragraphs if one.state]
        lines = headlines[:IN_BOTTOM_LINE] or [row.clauses[0].text for row in self.paragraphs[:1]]
        return tuple(f"{one}." for one in lines)


def told(clause: Clause) -> str:
    """A clause after its day: "9 October: Israel approves the plan"."""
    return f"{sentence_start(clause.when)}: {clause.text}" if clause.when else clause.text


class PageWriter:
    """Values that the steps of one page share: its inputs, and the sentences told so far."""

    def __init__(self, inputs: PeriodInputs) -> None:
        self.inputs = inputs
        self.is_short = inputs.articles["story_id"].nunique() <= FEW_STORIES
        self.watched = watched(inputs)
        self.told: set[tuple[str, int] | str] = set()  # places of sentences, and their words

    def clause(self, incident: Any) -> Clause | None:
        """The clause of an incident, unless its sentence was told already."""
        found = clause_of(incident, self.inputs)
        return None if found is None or {*found.places, found.text.lower()} & self.told else found

    def tell(self, clause: Clause) -> None:
        """Mark what a clause says as told."""
        self.told |= {*clause.places, clause.text.lower()}

    def by_day(self, incidents: DataFrame, most: int) -> tuple[Clause, ...]:
        """Tell the first of some incidents that are not told yet; their clauses by day."""
        kept: list[Clause] = []
        for row in rows_of(incidents):
            one = self.clause(row) if len(kept) < most else None
            if one:
                self.tell(one)
                kept.append(one)
        return tuple(sorted(kept, key=lambda one: one.day or date.max))


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
    is_undated_plan = (inputs.current["status"] == "announced") & ~inputs.current["is_day_known"]
    leads = leading_incidents(inputs, inputs.current["status"].eq("done") | is_undated_plan)
    leads = leads[leads["is_news"] & (leads["probability"] > LIKELY)].head(MOST_LOOKED_AT * MOST_EVENTS)
    also = writer.by_day(leads, MOST_LISTED)
    due = writer.watched if writer.is_short else writer.watched[writer.watched["is_day_known"]]
    return Page(
        paragraphs, also, writer.by_day(due.head(MOST_TRIED), MOST_DUE), bool(is_unsure and paragraphs)
    )


def chosen_clauses(writer: PageWriter, *, sure: bool) -> dict[str, list[Clause]]:
    """The leading pairs that have something to tell, each with its clauses by day.

    A state and its own rebels are no pair: their war is in the chronology. First comes the gravest clause of
    the pair that leads. A second one, of another kind, comes when the pair would if it had that alone and a
    little less. So it goes on as long as there are words left.
    """
    found: dict[str, list[Clause]] = {}
    between = (pair for pair in writer.inputs.sides["dyad"] if len(set(countries_of(pair))) > 1)
    for pair in islice(between, MOST_LOOKED_AT):
        clauses = tellable(pair, writer, sure=sure)
        leading = [one.incident for one in clauses if one.incident.may_lead]
        if leading and (any(one.is_news for one in leading) or not found):  # a second paragraph has news
            found[pair] = clauses
    scores = dict(zip(writer.inputs.sides["dyad"], writer.inputs.sides["score"], strict=True))
    chosen: dict[str, list[Clause]] = {pair: [] for pair in found}
    taken: set[tuple[str, int]] = set()
    left, most = (math.inf, MOST_EVENTS) if writer.is_short else (WORDS_OF_PAGE, 2)
    while True:
        options = []
        for pair, clauses in found.items():
            own = chosen[pair]
            kinds = set() if writer.is_short else set(map(kind_of, own))
            fitting = [
                one
                for one in clauses
                if (one.incident.may_lead or own)
                and kind_of(one) not in kinds
                and taken.isdisjoint(one.places)
                and len(told(one).split()) <= left
            ]
            if fitting and len(own) < most and (own or sum(map(bool, chosen.values())) < MOST_PARAGRAPHS):
                one = gravest(fitting, own)
                behind = max(other.incident.score for other in clauses) - one.incident.score
                lower = SECOND + behind - OTHER_WAY * is_other_way(one, own) if own else 0.0
                options.append((scores[pair] - lower, pair, one))
        if not options:
            return {
                pair: sorted(own, key=lambda one: one.day or date.min) for pair, own in chosen.items() if own
            }
        _, pair, one = max(options, key=lambda option: option[0])
        chosen[pair].append(one)
        taken |= one.places
        left -= len(told(one).split())


def kind_of(clause: Clause) -> str:
    return KINDS.get(clause.incident.root, clause.incident.root)


def gravest(clauses: list[Clause], own: list[Clause]) -> Clause:
    """The gravest of some clauses, of several the last; if that tells of dead, the one with the most.

    After some of the pair's own, it is rather one of the other way: friendly after a hostile one, or so.
    """

    def weight(one: Clause) -> tuple[float, date]:
        return round(gravity_of(one) + OTHER_WAY * is_other_way(one, own), 1), one.day or date.min

    best = max(clauses, key=weight)
    return max(clauses, key=lambda one: (toll_of(one), weight(one))) if toll_of(best) else best


def is_other_way(clause: Clause, own: list[Clause]) -> bool:
    """Whether a clause is friendly after hostile ones, or hostile after friendly ones."""
    return {clause.incident.quad > 2} == {one.incident.quad < 3 for one in own}


def tellable(pair: str, writer: PageWriter, *, sure: bool) -> list[Clause]:
    """The clauses of a pair's incidents that may be told, the heaviest first, each sentence once."""
    own = read_of_pair(pair, writer.inputs)
    is_named = is_in_headline(own, writer.inputs.tables.articles) & writer.is_short
    own["is_news"] |= is_named  # of a few stories, what a title names is, wherever the article tells it
    is_headline = is_told_by_title(own, writer.inputs) & writer.is_short
    own["may_lead"] = is_headline | is_sure(own) | (not sure)
    if not writer.is_short:  # what is only recalled is no news
        own = own[own["is_news"]]
    else:
        is_done = own["status"].eq("done") | is_headline
        own = own[is_done] if is_done.any() else own
        own = own.loc[(~is_headline[own.index]).sort_values(kind="stable").index]  # titles first
    found: dict[frozenset[tuple[str, int]], Clause] = {}
    is_likely = own["may_lead"] | (own["probability"] > (SURE if writer.is_short else LIKELY))
    for row in rows_of(own[is_likely].head(MOST_TRIED)):
        if one := writer.clause(row):
            found[one.places] = max(found.get(one.places, one), one, key=gravity_of)
    return list(found.values())


def read_of_pair(pair: str, inputs: PeriodInputs) -> DataFrame:
    """The incidents of a pair, with the probability that their sentences tell of the pair at all."""
    own = inputs.of_pair(pair)
    is_wrong = (1 - own["probability"]).groupby([own["article_id"], own["start_char"]])
    return own.assign(probability=1 - is_wrong.transform("prod"))


def paragraph_of(pair: str, clauses: list[Clause], writer: PageWriter) -> Paragraph:
    """The paragraph on a pair that has these clauses, the gravest first."""
    inputs = writer.inputs
    own = read_of_pair(pair, inputs)
    ids = tuple(dict.fromkeys(one for row in own["event_ids"] for one in row.split()))
    events = inputs.tables.events[inputs.tables.events["event_id"].isin(ids)]
    gravest = max((one.incident for one in clauses), key=lambda row: row.score)
    is_listed = own["is_news"] & own["status"].eq("done") & (own["probability"] > LIKELY)
    further = [] if writer.is_short else further_acts(own[is_listed], clauses, writer.told, inputs)
    for act in further:
        writer.tell(act.clause)
    return Paragraph(
        pair=pair,
        sides=tuple(name_of_side(code, gravest, clauses) for code in pair.split("-")),
        state=headline_state(clauses, pair, inputs),
        clauses=tuple(clauses),
        further=further,
        support=support_of(events, inputs.tables),
        event_ids=ids,
    )


def watched(inputs: PeriodInputs) -> DataFrame:
    """What is announced and not reported as done since, the heaviest first.

    That is what was announced in the period, and what was announced before it for a day after it.
    """
    announced = inputs.current[inputs.current["status"] == "announced"]
    if inputs.period.last is not None and len(inputs.background):
        earlier = inputs.background[inputs.background["status"] == "announced"]
        later = earlier[earlier["first_day"] > Timestamp(inputs.period.last)]
        if len(later):
            announced = inputs.ranked(pd.concat([announced[later.columns], later], ignore_index=True))
    is_past = announced["last_day"] < announced["first_reported"]
    if inputs.period.last is not None:
        is_past |= announced["last_day"] <= Timestamp(inputs.period.last)
    return announced[~is_past & ~is_done_since(announced, inputs.incidents)].reset_index(drop=True)


def is_done_since(announced: DataFrame, incidents: DataFrame) -> pd.Series:
    """Whether what was announced was reported as done on the same day or later."""
    done = incidents[incidents["status"] == "done"]
    done = done.assign(kind=done["root"].map(KINDS).fillna(done["root"]))
    last = done.groupby(["dyad", "kind"])["last_reported"].max()
    keys = pd.MultiIndex.from_arrays(
        [announced["dyad"], announced["root"].map(KINDS).fillna(announced["root"])]
    )
    return pd.Series(last.reindex(keys).to_numpy(), index=announced.index) > announced["first_reported"]


def leading_incidents(inputs: PeriodInputs, which: pd.Series | None = None) -> DataFrame:
    """Some incidents of the period, in the order in which a reader should hear of them.

    Without a choice they are those that have happened. First comes the heaviest of each pair, then the second
    of each: one war does not fill the list. What shares its sentence with a graver one comes last.
    """
    done = inputs.current[inputs.current["status"] == "done" if which is None else which]
    ranks = {pair: place for place, pair in enumerate(inputs.sides["dyad"])}
    number, place = done.groupby("dyad").cumcount(), done["dyad"].map(ranks)
    placed = done.assign(is_left_out=done["reason"].notna(), number=number, place=place)
    ordered = placed.sort_values(["is_left_out", "number", "place"], kind="stable", ignore_index=True)
    return ordered[done.columns]


def article_groups(inputs: PeriodInputs) -> tuple[tuple[str, tuple[ArticleLine, ...]], ...]:
    """A line for each article of a pile by its pair, the pair of most articles first.

    What happened between two countries in one year has little to do with what happened in another, so nothing
    of two articles is put together. Pairs with one article are under `ONE_EACH`, articles on none under "".
    """
    by_day = inputs.articles.sort_values(["published_date", "title"], kind="stable", na_position="last")
    order = by_day.drop_duplicates("story_id")
    own = order["article_id"].map(article_pairs(order, inputs.tables.events)).fillna("")
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
    named = dyad_name(pair) if is_alone else ""
    return ArticleLine(article.article_id, when, text or "an article without a title", more, start, named)


def says_what(text: str, pair: str) -> bool:
    """Whether a title says who did what: it names the pair, or any two without one, and asks nothing."""
    return not QUESTION.search(text) and (names_pair(text, pair) if pair else len(states_named(text)) > 1)


def adds_to_title(text: str, pair: str) -> bool:
    """Whether a first sentence says in a few words what a title does not, and is no advertisement."""
    is_clean = stands_alone(text) and not furniture().search(text)
    return len(text.split()) <= MOST_WORDS and says_what(text, pair) and is_clean


def countries_in_the_news(inputs: PeriodInputs) -> list[str]:
    """The codes of the countries with the most incidents in the period, if they have enough for a page."""
    sides = pd.concat([inputs.current["source_code"], inputs.current["target_code"]])
    counts = sides[sides.isin(country_names())].value_counts()
    often = counts[counts >= LEAST_INCIDENTS].sort_index()
    return often.sort_values(ascending=False, kind="stable").index[:MOST_COUNTRIES].tolist()


def judgment_records(page: Page) -> list[dict]:
    """What `briefing.json` keeps of the paragraphs: `pairs`, `statement`, `confidence` and `event_ids`.

    Of an armed group there are two pairs, its own and that of the country in which it sits.
    """
    return [
        {
            "pairs": list(dict.fromkeys((one.pair, "-".join(countries_of(one.pair))))),
            "statement": one.statement,
            "confidence": one.support.confidence,
            "event_ids": list(one.event_ids),
        }
        for one in page.paragraphs
    ]


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
        for row in rows_of(leading_incidents(inputs).head(MOST_KEPT))
    ]
