"""What a few articles report about their main pair: contact, quarrel and demands."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from pandas import DataFrame, Series

from analysis.findings.acts import acts_reported_by_the_other_side
from analysis.findings.incident_wording import kind_noun, noun_phrase
from analysis.findings.period_inputs import PeriodInputs
from analysis.findings.reported import Reported, are_tellable, is_said_enough, reported_incidents
from analysis.findings.side_names import with_article
from analysis.indicators.incident_reports import CONTACT_MODES
from analysis.tables.rows import rows_of

MOST_CONTACTS: Final = 4
MOST_OBJECTS: Final = 3  # of a quarrel
CONTACTS: Final = ("CONSULT", "AGREE")
WORDS_AGAINST: Final = ("ACCUSE", "REJECT", "PROTEST", "THREATEN")
DEMANDS: Final = ("REQUEST",)
FORCE: Final = ("ASSAULT",)


@dataclass(frozen=True)
class Contact:
    """How two sides deal with each other."""

    pair: str
    done: tuple[str, ...]  # nouns: "a meeting", "talks"
    announced: tuple[Reported, ...]
    event_ids: tuple[str, ...]


@dataclass(frozen=True)
class Quarrel:
    """What two sides quarrel about."""

    pair: str
    objects: tuple[str, ...]  # nouns: "US tariffs on China", "Chinese aid to Russia"
    claims: tuple[str, ...]  # of the objects, those that only one side reports
    claimant: str  # code of that side; "" where nothing is claimed
    event_ids: tuple[str, ...]


@dataclass(frozen=True)
class Demand:
    """What one side asks of the other."""

    pair: str
    source: str  # codes
    target: str
    asked: tuple[Reported, ...]
    event_ids: tuple[str, ...]


def contact_of(pair: str, inputs: PeriodInputs) -> Contact | None:
    """Talks, visits and agreements of a pair; None where there is none."""
    own = inputs.of_pair(pair)
    contacts = own[own["root"].isin(CONTACTS)]
    announced = contacts[contacts["status"] == "announced"].head(1)
    announced = announced[are_tellable(announced, inputs)]
    is_meeting = (contacts["root"] == "CONSULT") | contacts["mode"].isin(CONTACT_MODES)
    done = contacts[(contacts["status"] == "done") & contacts["is_by_word"] & is_meeting].head(MOST_CONTACTS)
    if announced.empty and done.empty:
        return None
    nouns = [noun_of_one(row, inputs.sentence(row)) for row in rows_of(done)]
    return Contact(
        pair=pair,
        done=tuple(dict.fromkeys(nouns)),
        announced=tuple(reported_incidents(announced, inputs)),
        event_ids=events_of([done, announced]),
    )


def noun_of_one(incident: Any, sentence: str) -> str:
    """What an incident is, with an article where it can be counted: "a meeting", "talks"."""
    one, several = (kind_noun(incident, count, sentence=sentence) for count in (1, 2))
    return one if one == several else with_article(one)


def quarrel_of(pair: str, inputs: PeriodInputs) -> Quarrel | None:
    """What a pair quarrels about; None where nothing hostile is reported of it.

    That is what one side does to the other, what it does with a third country by reports of the other, and
    what it does with a third in a sentence in which the other criticises it: angered by US arms sales to X.
    """
    own = inputs.of_pair(pair)
    hostile = own[(own["quad"] >= 3) & ~own["root"].isin(DEMANDS)]
    if hostile.empty:
        return None
    claimed = claimed_dealings(pair, inputs)
    behind = dealings_behind_words(hostile, inputs)
    deeds = hostile[~hostile["root"].isin(WORDS_AGAINST)]
    said = [row for row in rows_of(deeds) if is_said_enough(row, inputs.sentence(row))]
    parts = [*rows_of(claimed), *said, *rows_of(behind)]
    objects = nouns_of(parts, inputs)[:MOST_OBJECTS]
    if not objects:
        return None  # "at odds, in words only" would say more than nothing: the words are quoted instead
    claimant = next(iter(claimed["claimant_code"]), "")
    claims = nouns_of(rows_of(claimed[claimed["claimant_code"] == claimant]), inputs)
    return Quarrel(
        pair=pair,
        objects=objects,
        claims=tuple(noun for noun in claims if noun in objects),
        claimant=claimant,
        event_ids=events_of([claimed, hostile, behind]),
    )


def nouns_of(incidents: Iterable[Any], inputs: PeriodInputs) -> tuple[str, ...]:
    """What some incidents are in general, each once: "US tariffs on China"."""
    return tuple(dict.fromkeys(noun_phrase(row, 2, sentence=inputs.sentence(row)) for row in incidents))


def claimed_dealings(pair: str, inputs: PeriodInputs) -> DataFrame:
    """What one side does with a third country, by reports of the other alone.

    Returns:
        `Incidents` rows with the other side as `claimant_code`.
    """
    reported = acts_reported_by_the_other_side(inputs.tables, pair)
    reporters = dict(zip(reported["event_id"], reported["reporter"], strict=True))
    ids = inputs.current["event_ids"].str.split()
    found = [reporters[row[0]] if all(one in reporters for one in row) else None for row in ids]
    chosen = inputs.current.assign(claimant_code=found)
    return chosen[chosen["claimant_code"].notna()]


def dealings_behind_words(hostile: DataFrame, inputs: PeriodInputs) -> DataFrame:
    """What the criticised side does with a third in the same sentence."""
    words = hostile[hostile["root"].isin(WORDS_AGAINST)]
    keys = set(zip(words["article_id"], words["start_char"], words["target_code"], strict=True))
    current = inputs.current
    places = zip(current["article_id"], current["start_char"], current["source_code"], strict=True)
    chosen = Series([place in keys for place in places], index=current.index, dtype=bool)
    is_other = ~current["dyad"].isin(hostile["dyad"]) & (current["status"] == "done") & ~current["is_joint"]
    return current[chosen & is_other]


def demands_of(pair: str, inputs: PeriodInputs) -> list[Demand]:
    """What each side asks of the other, or is to ask."""
    own = inputs.of_pair(pair)
    asked = own[own["root"].isin(DEMANDS)]
    asked = asked[are_tellable(asked, inputs)]
    return [
        Demand(pair, source, target, tuple(reported_incidents(part, inputs)), events_of([part]))
        for (source, target), part in asked.groupby(["source_code", "target_code"], sort=False)
    ]


def events_of(tables: list[DataFrame]) -> tuple[str, ...]:
    """The events behind some incidents, each once."""
    return tuple(dict.fromkeys(one for table in tables for ids in table["event_ids"] for one in ids.split()))


def uses_force(pair: str, inputs: PeriodInputs) -> bool:
    """Whether force is used between a pair, which matters more than what they quarrel over."""
    own = inputs.of_pair(pair)
    return bool((own["root"].isin(FORCE) & (own["status"] == "done")).any())
