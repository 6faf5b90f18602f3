"""What an incident is, as a wire editor would say it: "an Israeli strike on Hamas", "China and the United
States held talks in Geneva". Nothing is said that its row does not hold."""

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import NamedTuple

import pandas as pd

from analysis.country_names import country_name
from analysis.findings.act_words import ActWords, find_act_words, root_words
from analysis.findings.places_struck import is_place_of, place_in_sentence, stated_place
from analysis.findings.side_names import is_plural, kind_of, side_adjective, side_in_sentence
from analysis.findings.wording import words

SMALL_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
ROOTS_OF_SPEECH = ("CONSULT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT")
"""Acts of people who speak or travel: there a leader is named; in the other roots the country acts."""
ROOTS_AT_PEOPLE = (*ROOTS_OF_SPEECH, "ASSAULT", "COERCE", "SANCTION", "RETREAT", "CONCEDE")
"""Acts on a person, not on the country: sanctions on a minister are no sanctions on the state."""
HOSTILE_QUADS = (3, 4)
MOST_NOUNS = 3  # in the label of a picture


@dataclass(frozen=True)
class IncidentFacts:
    """What the sentences about an incident need to know."""

    act: ActWords
    source: str  # as subject: "the United States"
    adjective: str  # before the noun: "US"; "" where "by" must do
    target: str
    is_joint: bool
    between: str  # joins a noun to its two sides
    is_noun: bool  # a country does not do it as such: "a US visit to China is planned"
    is_announced: bool
    is_hostile: bool
    is_source_plural: bool
    is_target_group: bool
    place: str
    is_place_of_target: bool
    killed: str  # "33 people"; "" if unknown, or if nobody was killed
    injured: str
    injured_count: str  # without the noun: "12"


def noun_phrase(incident: tuple, count: int = 1, *, sentence: str = "") -> str:
    """The incident as a noun with both sides: "an Israeli strike on Hamas", "US tariffs on China".

    Args:
        incident: row of `Incidents`.
        count: how many such incidents are meant; of more than one the plural, without a place.
        sentence: that reports it, where its other words may say more, such as "tariffs".

    Returns:
        Plain text that begins in lower case, unless with a name.
    """
    return words("findings/incident", "noun", incident_facts(incident, sentence), count)


def clause(incident: tuple, *, claimant: str = "", sentence: str = "") -> str:
    """The incident as a clause without full stop: "Israel struck Gaza City, killing at least 33 people".

    Args:
        incident: row of `Incidents`.
        claimant: who says so, as the subject of "says"; "" where the reports themselves do.
        sentence: that reports it, where its other words may say more, such as "tariffs".

    Returns:
        Plain text; what is announced is in the future. A claimant who is a side is not named twice.
    """
    facts = incident_facts(incident, sentence)
    if not claimant:
        return words("findings/incident", "clause", facts)
    told = words("findings/incident", "clause", with_pronouns(facts, claimant))
    return f"{claimant} {'say' if is_plural(claimant) else 'says'} {told}"


def kind_noun(incident: tuple, count: int = 1, *, sentence: str = "") -> str:
    """Only what it is: "air strike", "tariffs", "expulsions of diplomats"."""
    act = words_for(incident, sentence)
    return act.singular if count == 1 else act.plural


def about(incidents: list) -> str:
    """Three kinds of act at most, for the label of a picture: "strikes, talks".

    Args:
        incidents: rows of `Incidents`.

    Returns:
        The kinds, first what most stories report and what weighs most; "" without incidents.
    """
    weights: dict[str, float] = defaultdict(float)
    for incident in incidents:
        weights[words_for(incident, "").label] += incident.story_count * max(abs(incident.intensity), 1)
    leading = sorted(weights, key=lambda label: (-weights[label], label))
    return ", ".join(leading[:MOST_NOUNS])


def incident_facts(incident: tuple, sentence: str) -> IncidentFacts:
    """What its sentences need to know of a row of `Incidents`."""
    act = words_for(incident, sentence)
    is_visit = act.subject == "person"
    source, target = visitor_first(incident) if is_visit else sides(incident)
    is_joint = incident.is_joint and not (is_visit and is_person(source))
    place = stated_place(text_or_empty(incident.place_name), target.code, sentence) if act.place else ""
    killed, injured = tolls(incident, act)
    return IncidentFacts(
        act=act,
        source=subject_words(source, incident.root),
        adjective="" if is_visit and is_person(source) else side_adjective(*source),
        target=object_words(target, incident.root),
        is_joint=is_joint,
        between="involving" if is_visit else "between",
        is_noun=is_visit and not is_person(source),
        is_announced=incident.status == "announced",
        is_hostile=incident.quad in HOSTILE_QUADS,
        is_source_plural=is_plural(subject_words(source, incident.root)),
        is_target_group=kind_of(*target) != "country",
        place=place_in_sentence(place),
        is_place_of_target=is_place_of(place, target.code),
        killed=people(killed),
        injured=people(injured),
        injured_count=in_words(injured),
    )


class Side(NamedTuple):
    """One side of an incident."""

    name: str  # as the report has it
    code: str


def sides(incident: tuple) -> tuple[Side, Side]:
    """Who acts, and on whom."""
    return Side(incident.source_name, incident.source_code), Side(incident.target_name, incident.target_code)


def visitor_first(incident: tuple) -> tuple[Side, Side]:
    """The sides of a visit, whose reports have the host now first and now second: a person visits a country."""
    source, target = sides(incident)
    return (target, source) if is_person(target) and not is_person(source) else (source, target)


def is_person(side: Side) -> bool:
    """Whether a side is named as somebody, and not as a country or group."""
    return kind_of(*side) in ("leader", "named")


def subject_words(side: Side, root: str) -> str:
    """A side as subject: a leader by name where people speak or travel, elsewhere the country."""
    return side_in_sentence(*acting_side(side, root, ROOTS_OF_SPEECH))


def object_words(side: Side, root: str) -> str:
    """A side as object: a leader by name where the act is on the person, elsewhere the country."""
    return side_in_sentence(*acting_side(side, root, ROOTS_AT_PEOPLE))


def acting_side(side: Side, root: str, personal_roots: tuple[str, ...]) -> Side:
    """The side itself, or the country or people that it stands for."""
    if kind_of(*side) == "leader" and root not in personal_roots:
        return Side(country_name(side.code), side.code)
    if side.code == "PSE" and kind_of(*side) == "country" and root != "SUPPORT":
        return Side("Palestinians", "PSE")  # who is meant is seldom the state, unless it is recognised
    return side


def words_for(incident: tuple, sentence: str) -> ActWords:
    """The words of an incident; where both sides act, words that are said of two."""
    is_named = is_person(sides(incident)[1]) and incident.root in ROOTS_AT_PEOPLE and not incident.is_joint
    known = {"is_target_named": is_named, "sentence": sentence}
    act = find_act_words(incident.root, incident.trigger_lemma, text_or_empty(incident.mode), **known)
    return act if act.joint_past or not incident.is_joint else root_words(incident.root)


def with_pronouns(facts: IncidentFacts, claimant: str) -> IncidentFacts:
    """The facts with a side that is the claimant as "it" or "they": Ukraine says it struck Belgorod."""
    is_many = is_plural(claimant)
    source = ("they" if is_many else "it") if facts.source == claimant else facts.source
    target = ("them" if is_many else "it") if facts.target == claimant else facts.target
    return replace(facts, source=source, target=target) if not facts.is_joint else facts


def tolls(incident: tuple, act: ActWords) -> tuple[int, int]:
    """How many were killed and injured by force; 0 where it is unknown or the words say it already."""
    if incident.root != "ASSAULT" or not act.place:
        return 0, 0
    return number_or_zero(incident.killed_count), number_or_zero(incident.injured_count)


def people(count: int) -> str:
    """ "one person", "33 people"; "" for nobody."""
    return f"{in_words(count)} {'person' if count == 1 else 'people'}" if count else ""


def in_words(count: int) -> str:
    """ "nine", "10", "1,200": small numbers as words, as newspapers have them."""
    return SMALL_NUMBERS[count] if count < len(SMALL_NUMBERS) else f"{count:,}"


def number_or_zero(value: object) -> int:
    """A count, 0 where it is missing."""
    return 0 if pd.isna(value) else int(value)


def text_or_empty(value: object) -> str:
    """A text cell, "" where it is missing."""
    return "" if pd.isna(value) else str(value)
