"""Incidents as the front page words them: in a clause of our own where one says enough, else in a quotation.

A clause is ours only where the incident is sure (`period_inputs.is_sure`) and its word has words of its own
in `findings/act_words.csv`. Everything else is quoted from the clearest sentence that reports it.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd
from pandas import DataFrame, Series

from analysis.country_names import country_in_sentence
from analysis.findings.anchored_days import with_days
from analysis.findings.cut_quotes import (
    LESSENING,
    UNFINISHED,
    is_attributed,
    qualifying,
    shortened,
    without_emphasis,
)
from analysis.findings.in_brief import DeadlyAttack, deadly_attack, quote_in_brief
from analysis.findings.incident_wording import (
    ROOTS_OF_WORDS,
    clause,
    known_side,
    noun_phrase,
    words_for,
)
from analysis.findings.period_inputs import PeriodInputs, is_sure
from analysis.findings.quoted_reports import is_taken_back, quoted_report
from analysis.findings.side_names import Side, is_leader, side_in_sentence
from analysis.findings.telling_incidents import is_on_guests, names_fighters
from analysis.findings.wider_tolls import wider_toll
from analysis.indicators.incident_reports import CONTACT_MODES
from analysis.indicators.incidents import LONGEST_SPAN
from analysis.indicators.news_reports import headline_of
from analysis.pipeline.reporting_period import ReportingPeriod
from analysis.tables.rows import rows_of

SIDE: Final = ("name", "code", "kind")
GENERAL_ENOUGH: Final = ("CONSULT",)  # whose most general words still say what happened
SAYING_ENOUGH: Final = frozenset(
    """
    strikes; shelling; incursions; expulsions; recalled ambassador;
    recalled diplomats; summoned envoys; broken relations; downgraded relations; restored relations;
    diplomatic relations; reopened embassy; border closures; reopened border; closed airspace; visits;
    meetings; phone calls; talks; summits; withdrawal; deployments; exercises;
    joint exercises; embargo; export controls; seized ships
    """.replace("\n", " ")
    .strip()
    .split("; ")
)
"""Labels of words whose clause says what happened. The others name a sort of act, a threat or sanctions, of
which the sentence must say which and on whom, or an accord, which may only be sought, approved or begun: a
strict reader found most clauses with them misleading."""
LESSENING_A_CONTACT: Final = ("condition", "denial")
OF_SEVERAL: Final = ("with missiles", "with drones")
"""What says that there were several: one missile at a power station is no city "struck with missiles"."""
RISEN: Final = re.compile(
    r"\b(?:toll|dead)\b.*\b(?:ris|rose|climb|increas|reach|now|up to)\w*", re.IGNORECASE
)
VAGUE: Final = (
    "affecting",
    "involving",
    "linked to",
    "towards",
    "concerning",
    "of concern to",
    "facing",
    "in a dispute with",
)  # prepositions of words that say too little


@dataclass(frozen=True)
class Reported:
    """An incident in words."""

    incident_id: str
    source_code: str  # who acts, or is said to sponsor who acts
    proxy: str  # the group that acts, whose sponsor that is; "" where the source itself acts
    groups: tuple[tuple[str, str], ...]  # code of each side that is an armed group, and its name
    host: str  # code of the country in which fighters of no side of the pair are struck; "" for none
    is_contact: bool  # talks, a call, a visit
    is_force: bool
    clause: str  # without full stop; "" where only the sentence can tell it
    plural: str  # the same kind of act in general: "Russian strikes on Ukraine"
    quote: str  # the sentence, perhaps cut, with the day of "yesterday" in brackets
    is_quote_clear: bool  # it names both sides and can be understood alone
    attack: DeadlyAttack | None  # what a bottom line says instead of the sentence; None where that says more
    brief_quote: str  # the beginning of the sentence, where that is enough for a bottom line
    origin: str  # of the sentence, as `origin_of` gives it
    published: date | None  # when it did so
    day: date | None  # of the act, or of the first report of what is done
    last_day: date | None
    is_day_known: bool  # the text names the days; they are few, or a month to come
    is_year_needed: bool  # the period spans several years, or the day is in another one
    is_announced: bool
    is_news: bool
    is_hostile: bool
    is_claim: bool
    is_claimed_deed: bool  # a claim that something was done; words are the claimant's own
    claimant: str  # the side that alone says so; "" where nobody named does, or it is no claim
    is_denied: bool
    killed: int
    later_toll: int  # how many a later report says have died by then; 0 where none says more
    wider_toll: str  # a sentence of the same article with many more dead on that side; "" without one
    story_count: int
    article_id: str
    start_char: int
    event_ids: tuple[str, ...]

    @property
    def is_worded(self) -> bool:
        """Whether a bottom line has it in words of our own."""
        return bool(self.clause or self.attack)


def reported_incident(incident: Any, inputs: PeriodInputs, *, sure: bool) -> Reported:
    """One incident in words.

    Args:
        incident: row of `Incidents`.
        inputs: of the period.
        sure: whether it may be put in our own words.
    """
    quoted = quoted_report(incident, inputs)
    article: Any = inputs.tables.article_rows[quoted.article_id]
    claimant = country_in_sentence(incident.claimant_code) if isinstance(incident.claimant_code, str) else ""
    later = later_toll(incident, quoted.article_id, inputs)
    is_taken = is_taken_back(incident, inputs)
    brief = quoted.sentence if is_taken else quote_in_brief(quoted.sentence, incident)
    published = None if pd.isna(article.published_date) else article.published_date.date()
    days = days_of_act(incident, inputs.period)
    quote, brief = (
        with_days(words, incident, published, is_year_needed=days["is_year_needed"])
        for words in (quoted.sentence, brief)
    )
    return Reported(
        incident_id=incident.incident_id,
        source_code=incident.source_code,
        proxy=incident.source_name if incident.is_by_proxy else "",
        groups=groups_of(incident),
        host=host_of(incident, quoted.sentence),
        is_force=incident.root == "ASSAULT",
        is_contact=is_contact(incident),
        clause=own_words(incident, inputs, sure=sure),
        plural=noun_phrase(incident, 2, sentence=inputs.sentence(incident)),
        quote=quote,
        is_quote_clear=quoted.is_clear,
        attack=None if is_taken else deadly_attack(incident, quoted.sentence, article.text, later),
        brief_quote=brief,
        origin=origin_of(article, quoted.sentence),
        published=published,
        **days,
        is_announced=incident.status == "announced",
        is_news=incident.is_news,
        is_hostile=incident.quad >= 3,
        is_claim=incident.is_claim,
        is_claimed_deed=is_claimed_deed(incident) and not is_attributed(quoted.sentence),
        claimant=claimant,
        is_denied=incident.is_denied,
        killed=0 if pd.isna(incident.killed_count) else int(incident.killed_count),
        later_toll=later,
        wider_toll=wider_toll(incident, quoted.article_id, quoted.sentence, inputs),
        story_count=incident.story_count,
        article_id=quoted.article_id,
        start_char=quoted.start_char,
        event_ids=tuple(incident.event_ids.split()),
    )


def origin_of(article: Any, sentence: str) -> str:
    """The outlet of an article; the headline in quotation marks, where that is unknown; "" without either."""
    if isinstance(article.outlet, str):
        return without_emphasis(article.outlet)
    headline = shortened(headline_of(article))
    return f"“{headline}”" if headline and not sentence.startswith(headline.removesuffix(".")) else ""


def is_contact(incident: Any) -> bool:
    """Talks, a call, a visit, held or announced."""
    return incident.root == "CONSULT" or incident.mode in CONTACT_MODES


def groups_of(incident: Any) -> tuple[tuple[str, str], ...]:
    """Code and name, as a sentence has it, of each side that is an armed group: ("YEM", "the Houthis")."""
    named = ([getattr(incident, f"{end}_{part}") for part in SIDE] for end in ("source", "target"))
    sides = [Side(*one) for one in named]
    return tuple((one.code, side_in_sentence(one)) for one in sides if one.kind == "armed group")


def later_toll(incident: Any, shown: str, inputs: PeriodInputs) -> int:
    """The toll to which a later report says that of an incident has risen; 0 where none does.

    Args:
        incident: row of `Incidents`.
        shown: the article whose sentence is shown.
        inputs: of the period.
    """
    if pd.isna(incident.killed_count):
        return 0
    reports = [inputs.event_places[event_id] for event_id in incident.event_ids.split()]
    first: Any = inputs.tables.article_rows[shown]
    tolls = [
        int(one.killed_count)
        for one in reports
        if one.published_date > first.published_date
        and not pd.isna(one.killed_count)
        and one.killed_count > incident.killed_count
        and RISEN.search(inputs.sentence(one))
    ]
    return max(tolls, default=0)


def host_of(incident: Any, sentence: str) -> str:
    """The country struck, where a sentence names fighters from elsewhere: the Islamic State in Somalia."""
    return incident.target_code if is_on_guests(incident, sentence) else ""


def own_words(incident: Any, inputs: PeriodInputs, *, sure: bool) -> str:
    """A clause that says what happened, without full stop; "" where only a sentence of an article can.

    What the next sentence denies or calls off is left to the two sentences.

    Args:
        incident: row of `Incidents`.
        inputs: of the period.
        sure: whether it may be put in our own words.
    """
    is_worded = sure and is_own_words_safe(incident) and not inputs.is_one_of_several_blows(incident)
    is_worded = is_worded and not is_taken_back(incident, inputs)
    sentence = inputs.sentence(incident) if is_worded else ""
    return clause(incident, sentence=sentence) if is_worded and is_said_by_clause(incident, sentence) else ""


def is_own_words_safe(incident: Any) -> bool:
    """Whether a word of the article itself reports, as news, an act of states, groups or their leaders."""
    is_report = incident.is_news and incident.is_by_word and incident.is_own_report
    return is_report and not is_fight(incident) and not is_by_private_person(incident)


def is_by_private_person(incident: Any) -> bool:
    """Whether a side is a person who does not act for a country: a hostage, an analyst, an activist."""
    names = ([getattr(incident, f"{end}_{part}") for part in SIDE] for end in ("source", "target"))
    return any(side.kind == "person" and not is_leader(side) for side in (known_side(*one) for one in names))


def is_claimed_deed(incident: Any) -> bool:
    """Whether it is a claim that another did something.

    Words are the claimant's own, plans are not done, and of one's own deed a quotation says who claims it.
    """
    is_own = incident.claimant_code == incident.source_code
    is_done = incident.status == "done" and incident.root not in ROOTS_OF_WORDS
    return incident.is_claim and is_done and not is_own


def is_fight(incident: Any) -> bool:
    """Whether both sides use force: who did what is in the sentence, and lost in "attacked each other"."""
    return incident.is_joint and incident.root == "ASSAULT"


def days_of_act(incident: Any, period: ReportingPeriod) -> dict:
    """The days of an incident; of what was done at some time in a long span, the day of its first report."""
    first, last = incident.first_day, incident.last_day
    is_vague = incident.status == "done" and (last - first).days >= LONGEST_SPAN
    if is_vague:
        first = last = incident.first_reported
    years = {day.year for day in (period.first, period.last, last) if not pd.isna(day)}
    return {
        "day": None if pd.isna(first) else first.date(),
        "last_day": None if pd.isna(last) else last.date(),
        "is_day_known": bool(incident.is_day_known) and not is_vague,
        "is_year_needed": len(years) > 1,
    }


def is_said_by_clause(incident: Any, sentence: str) -> bool:
    """Whether a clause of our own can stand for the sentence.

    A toll is left to the sentence: it may be of several towns, or of shots as well as bombs. So is what a
    sentence says of a condition, a denial, or who claims it, and an act that only begins or is in part. Of a
    visit or a meeting it does not matter who says so.
    """
    has_toll = not (pd.isna(incident.killed_count) and pd.isna(incident.injured_count))
    lessening = LESSENING_A_CONTACT if is_contact(incident) else LESSENING
    if (
        has_toll
        or is_on_fighters(incident, sentence)
        or qualifying((*lessening, UNFINISHED)).search(sentence)
    ):
        return False
    words = words_for(incident, sentence)
    is_counted = words.object.endswith(OF_SEVERAL)
    return words.label in SAYING_ENOUGH and not is_counted and is_said_enough(incident, sentence)


def is_on_fighters(incident: Any, sentence: str) -> bool:
    """Whether force is used on fighters whom no side is: a strike on militants in Nigeria is none on it."""
    is_of_group = "armed group" in (incident.source_kind, incident.target_kind)
    return incident.root == "ASSAULT" and not is_of_group and names_fighters(sentence)


def is_said_enough(incident: Any, sentence: str) -> bool:
    """Whether the words for an incident say what happened, and not only of what sort it was."""
    words = words_for(incident, sentence)
    is_own = bool(words.lemma or words.word or words.mode) or incident.root in GENERAL_ENOUGH
    return is_own and not any(vague in f"{words.preposition} {words.object}" for vague in VAGUE)


def reported_incidents(incidents: DataFrame, inputs: PeriodInputs) -> list[Reported]:
    """Incidents of the period in words, in their order."""
    rows = zip(rows_of(incidents), is_sure(incidents), strict=True)
    return [reported_incident(row, inputs, sure=is_one_sure) for row, is_one_sure in rows]


def clauses(incidents: DataFrame, inputs: PeriodInputs) -> list[str]:
    """Incidents of the period in our own words, in their order; "" for what only a sentence can tell."""
    rows = zip(rows_of(incidents), is_sure(incidents), strict=True)
    return [own_words(row, inputs, sure=is_one_sure) for row, is_one_sure in rows]


def are_tellable(incidents: DataFrame, inputs: PeriodInputs) -> Series:
    """Whether each incident can be told by a clause of ours, or by a sentence alone."""
    told = [bool(one.clause) or one.is_quote_clear for one in reported_incidents(incidents, inputs)]
    return Series(told, index=incidents.index, dtype=bool)
