"""What an incident is, as a wire editor would say it: "China and the United States held talks in Geneva".

Nothing is said that its row does not hold.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from analysis.country_names import bloc_names, country_name
from analysis.findings.act_words import ActWords, Known, find_act_words, root_words
from analysis.findings.places_struck import is_place_of, part_of_country, place_in_sentence, where
from analysis.findings.side_names import (
    STATE_KINDS,
    Side,
    adjectives_of,
    country_adjective,
    country_of,
    is_leader,
    is_plural,
    side_adjective,
    side_in_sentence,
    with_article,
)
from analysis.findings.wording import words
from analysis.phrasing import in_words

ROOTS_OF_SPEECH = ("CONSULT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT")
"""Acts of people who speak or travel: there a leader is named; in the other roots the country acts."""
ROOTS_OF_WORDS = frozenset(("REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT"))
"""Acts done by saying something: it is no caveat that only the speaker's side reports them."""
ROOTS_OF_FORCE = ("ASSAULT", "PROTEST")  # private people do this too, and not for their country
ROOTS_AT_PEOPLE = (*ROOTS_OF_SPEECH, "AID", "ASSAULT", "COERCE", "SANCTION", "RETREAT", "CONCEDE")
"""Acts on a person, not on the country: sanctions on a minister are no sanctions on the state."""
MUTUAL_ROOTS = ("AGREE", "CONSULT", "COOPERATE")
COOPERATIVE_QUADS, HOSTILE_QUADS = (1, 2), (3, 4)
MOST_NOUNS = 3  # in the label of a picture
PALESTINIANS = Side("Palestinians", "PSE", "country")


@dataclass(frozen=True)
class IncidentFacts:
    """What the sentences about an incident need to know."""

    act: ActWords
    source: str  # as subject: "the United States"
    adjective: str  # before the noun: "US"; "" where "by" must do
    target: str
    target_adjective: str  # "Palestinian" soldiers
    is_joint: bool
    is_visit: bool
    is_noun: bool  # a country does not do it as such: "a US visit to China is planned"
    is_announced: bool
    is_hostile: bool
    is_source_plural: bool
    is_target_struck: bool  # the place may replace it: "Israel struck Gaza City"
    place: str
    where: str  # the place with its preposition
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
    return without_sides(act.singular if count == 1 else act.plural)


def about(incidents: list, sentences: Mapping[str, str] | None = None) -> str:
    """Three kinds of act at most, for the label of a picture: "strikes, talks".

    Args:
        incidents: rows of `Incidents`.
        sentences: by `incident_id`, the sentence that reports it, where its other words may say more.

    Returns:
        The kinds, first what most stories report and what weighs most; "" without incidents.
    """
    weights: dict[str, float] = defaultdict(float)
    for incident in incidents:
        sentence = sentences.get(incident.incident_id, "") if sentences else ""
        weights[words_for(incident, sentence).label] += incident.story_count * max(abs(incident.intensity), 1)
    leading = sorted(weights, key=lambda label: (-weights[label], label))
    return ", ".join(leading[:MOST_NOUNS])


def incident_facts(incident: tuple, sentence: str) -> IncidentFacts:
    """What its sentences need to know of a row of `Incidents`."""
    act = words_for(incident, sentence)
    is_visit = "visit" in act.mode
    source, target = visitor_first(incident) if is_visit else sides(incident)
    if incident.is_joint and not is_visit:
        source, target = of_one_rank(source, target)
    is_traveller = is_visit and source.kind == "person"
    subject = subject_of(source, incident, act)
    target_words, place = target_and_place(incident, act, target, sentence)
    killed, injured = tolls(incident, act)
    return IncidentFacts(
        act=act,
        source=side_in_sentence(subject),
        adjective="" if is_traveller else side_adjective(subject),
        target=target_words,
        target_adjective=attribute_of(target),
        is_joint=incident.is_joint and not is_traveller,
        is_visit=is_visit,
        is_noun=act.subject == "person" and not is_traveller,
        is_announced=incident.status == "announced",
        is_hostile=incident.quad in HOSTILE_QUADS,
        is_source_plural=is_plural(side_in_sentence(subject)),
        is_target_struck=is_struck(incident, act, target),
        place=place_in_sentence(place),
        where=where(place),
        is_place_of_target=is_place_of(place, target.code),
        killed=people(killed),
        injured=people(injured),
        injured_count=in_words(injured),
    )


def sides(incident: tuple) -> tuple[Side, Side]:
    """Who acts, and on whom."""
    source = known_side(incident.source_name, incident.source_code, incident.source_kind)
    target = known_side(incident.target_name, incident.target_code, incident.target_kind)
    is_recognition = incident.trigger_lemma.startswith("recogni")
    return people_of(source), target if is_recognition else people_of(target)


def of_one_rank(source: Side, target: Side) -> tuple[Side, Side]:
    """Two sides that act together; beside a country a person is the country whose office it is."""
    one_is_person = (source.kind == "person") != (target.kind == "person")
    return (country_of(source), country_of(target)) if one_is_person else (source, target)


def known_side(name: str, code: str, kind: str) -> Side:
    """A side; an organisation with a code of its own, such as the United Nations, is a bloc."""
    return Side(name, code, "bloc" if bloc_names().get(code) == name else kind)


def people_of(side: Side) -> Side:
    """The Palestinians for Palestine: unless it is recognised, news seldom means the state."""
    return PALESTINIANS if side.code == PALESTINIANS.code and side.kind == "country" else side


def visitor_first(incident: tuple) -> tuple[Side, Side]:
    """The sides of a visit. Its reports have the host now first and now second, but only people travel."""
    source, target = sides(incident)
    return (target, source) if target.kind == "person" != source.kind else (source, target)


def attribute_of(side: Side) -> str:
    """What stands before something that is of a side: "Russian" diplomats, "Hamas" fighters."""
    return side_adjective(side) or country_adjective(side.code) or country_name(side.code)


def subject_of(side: Side, incident: tuple, act: ActWords) -> Side:
    """Who is said to act: a person who speaks, travels or attacks; else the country whose office it is."""
    is_own = incident.root in ROOTS_OF_FORCE and not is_leader(side)
    is_personal = is_own or incident.root in ROOTS_OF_SPEECH or "visit" in act.mode
    is_of_states = is_accord(incident, act) or is_by_states(incident)
    is_country = side.kind == "person" and (not is_personal or is_of_states)
    return country_of(side) if is_country else side


def object_of(side: Side, incident: tuple, act: ActWords) -> Side:
    """Whom it is done to: a person where it is not done to the country, such as sanctions on a minister."""
    is_personal = incident.root in ROOTS_AT_PEOPLE or (
        incident.root not in MUTUAL_ROOTS and not is_leader(side)
    )
    is_of_states = act.subject == "state" or is_accord(incident, act) or is_by_states(incident)
    return country_of(side) if side.kind == "person" and (not is_personal or is_of_states) else side


def is_accord(incident: tuple, act: ActWords) -> bool:
    """Whether two states agree or work together, whoever signs for them."""
    return (incident.root in ("AGREE", "COOPERATE") and "visit" not in act.mode) or (
        incident.root != "CONSULT" and incident.quad in COOPERATIVE_QUADS and act.preposition == "with"
    )


def is_by_states(incident: tuple) -> bool:
    """Whether both sides are hostile: it is countries that impose tariffs on each other."""
    return incident.is_joint and incident.quad in HOSTILE_QUADS


def target_and_place(incident: tuple, act: ActWords, target: Side, sentence: str) -> tuple[str, str]:
    """The target in words, and the place if the words of the act leave room for one.

    News says *strikes on Gaza* and *on Rafah*, never *on the Palestinians (Rafah)*.
    """
    place = text_or_empty(incident.place_name) if act.place else ""
    if act.place == "target":
        return place_in_sentence(place), ""
    named = side_in_sentence(object_of(target, incident, act))
    is_on_ground = incident.root in ("ASSAULT", "MOBILIZE") or "withdraw" in act.mode
    if named != side_in_sentence(PALESTINIANS) or not is_on_ground or incident.is_joint:
        return named, place
    if act.place == "instead" and is_place_of(place, target.code):
        return place_in_sentence(place), ""
    part = part_of_country(target.code, sentence)
    return (named, place or part) if act.place == "in" else (part or named, place)


def is_struck(incident: tuple, act: ActWords, target: Side) -> bool:
    """Whether the place may replace the target, which is a country and not its people."""
    is_country = target.kind in STATE_KINDS and target != PALESTINIANS
    return act.place == "instead" and is_country and not incident.is_joint


def words_for(incident: tuple, sentence: str) -> ActWords:
    """The words of an incident; where both sides act, words that are said of two.

    Where only the model reads the act, no word of the sentence need carry it. A deed then has the words of
    its type, or those on which two words of the sentence agree, such as "impose" and "tariffs".
    """
    target = sides(incident)[1]
    is_named = target.kind in ("person", "organisation") and incident.root in ROOTS_AT_PEOPLE
    known = Known(
        root=incident.root,
        lemma=incident.trigger_lemma,
        mode=text_or_empty(incident.mode),
        is_target_named=is_named and not incident.is_joint,
        is_word_enough=bool(incident.is_by_word) or incident.root in MUTUAL_ROOTS,
        sentence=sentence.lower(),
        place=text_or_empty(incident.place_name).lower(),
        adjectives=adjectives_of(target.code),
    )
    act = find_act_words(known)
    return act if act.joint_past or not incident.is_joint else root_words(incident.root)


def with_pronouns(facts: IncidentFacts, claimant: str) -> IncidentFacts:
    """The facts with a side that is the claimant as "it" or "they": Ukraine says it struck Belgorod."""
    if facts.is_joint:
        return facts
    is_many = is_plural(claimant)
    source = ("they" if is_many else "it") if facts.source == claimant else facts.source
    target = ("them" if is_many else "it") if facts.target == claimant else facts.target
    return replace(facts, source=source, target=target)


def tolls(incident: tuple, act: ActWords) -> tuple[int, int]:
    """How many were killed and injured by force; 0 where it is unknown or the words say it already."""
    if incident.root != "ASSAULT" or not act.place:
        return 0, 0
    return number_or_zero(incident.killed_count), number_or_zero(incident.injured_count)


def without_sides(noun: str) -> str:
    """A noun of the list without the sides: "expulsion of a diplomat"."""
    noun = re.sub(r"\{a_target\} (\w+)", lambda found: with_article(found.group(1)), noun)
    return noun.replace("{side} ", "").replace("{target_side} ", "")


def people(count: int) -> str:
    """ "one person", "33 people"; "" for nobody."""
    return f"{in_words(count)} {'person' if count == 1 else 'people'}" if count else ""


def number_or_zero(value: object) -> int:
    """A count, 0 where it is missing."""
    return 0 if pd.isna(value) else int(value)


def text_or_empty(value: object) -> str:
    """A text cell, "" where it is missing."""
    return "" if pd.isna(value) else str(value)
