"""What the bottom line says of an incident: less than the judgment below it, which has the whole sentence.

An attack with a toll is put in our own words, "Russian attacks killed at least four people in Ukraine", where
its sentence leaves no doubt who did it, on whose ground. Everything else is quoted: of several sentences the
first, if no other changes what it says.
"""

import re
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from analysis.country_names import country_in_sentence
from analysis.findings.cut_quotes import LESSENING, UNFINISHED, is_attributed, qualifying
from analysis.findings.incident_wording import PALESTINIANS, known_side, people, text_or_empty
from analysis.findings.places_struck import is_place_of, part_of_country
from analysis.findings.quoted_reports import DEAD, WORDS_OF_SPEAKER, telling_next
from analysis.findings.side_names import side_adjective
from analysis.findings.telling_incidents import names_foreign_group
from analysis.findings.wider_tolls import ABOUT, largest_toll
from analysis.indicators.named_sides import is_about_sides, names_both_sides
from analysis.indicators.turns import FORCE, TOLL, says

LEAST_SURE: Final = 0.9  # probability of an attack that is put in our own words
PLAIN_TURNS: Final = ("extreme",)  # of an attack: any other is news that "attacks" would leave out
NOT_THE_SIDE: Final = ("fighters", "private", "soldiers")  # words for people who are not all of a side
TAKEN_GROUND: Final = re.compile(r"-(?:administered|annexed|controlled|held|occupied)\b")
ATTACK: Final = r"(?:attack|(?:air ?)?strike|raid|bombing|bombardment|shelling)"
ONE_ATTACK: Final = re.compile(rf"\b(?:an?|overnight) (?:[\w-]+ ){{0,5}}{ATTACK}\b", re.IGNORECASE)
SEVERAL_ATTACKS: Final = re.compile(rf"\b(?:(?:series|wave|barrage) of|{ATTACK}s)\b", re.IGNORECASE)
AT_LEAST: Final = re.compile(r"\b(?:at least|more than|over)\b", re.IGNORECASE)
ROUGHLY: Final = r"(?:up to|nearly|about|around|as many as|fewer than|between \w+ and)"
UNSURE_TOLL: Final = re.compile(
    rf"\b{ROUGHLY} \d+ (?:\w+ )*?(?:kill|dead)|\b(?:kill|death)\w* (?:of )?{ROUGHLY} \d"
)
FURTHER_DEAD: Final = re.compile(rf"\bkill(?:s|ed|ing)? {ABOUT}(?!and\b)[\w,]+ (?:more|further|others)\b")
ADDED_UP: Final = re.compile(r"\b(?:death toll|to date|so far|total number)\b", re.IGNORECASE)
"""What says that the dead are those of a whole war."""
END_OF_SENTENCE: Final = re.compile(r"(?<=[a-z\d’”)][.!?])\s(?=[A-Z“‘])")


@dataclass(frozen=True)
class DeadlyAttack:
    """An attack of one side that killed people on the ground of the other."""

    adjective: str  # of the side that attacks: "Russian"
    count: str  # "one" or "several" strikes, as its sentence has them; "" where it has no word for them
    killed: str  # "four people", "at least four people"
    place: str  # "Ukraine", "Gaza"
    is_reported: bool  # its sentence says whose word it is


def deadly_attack(incident: Any, quote: str, text: str, later_toll: int) -> DeadlyAttack | None:
    """An attack in the few words of a bottom line; None where only its sentence tells it well enough.

    The number is that of the sentence for one strike, and a least one for several: there may be others. An
    article that has a larger number of dead is about more than this attack.

    Args:
        incident: row of `Incidents`.
        quote: the sentence that is quoted for it.
        text: of the article that has this sentence.
        later_toll: to which a later report says its toll has risen; 0 if none does.
    """
    killed = later_toll or (0 if pd.isna(incident.killed_count) else int(incident.killed_count))
    if not (killed and is_plain(incident) and TOLL.search(quote) and names_both_sides(quote, incident)):
        return None
    if qualifying(("condition", "denial", UNFINISHED)).search(quote) or TAKEN_GROUND.search(quote):
        return None
    if any(says(kind, quote) for kind in NOT_THE_SIDE) or names_foreign_group(quote, incident.target_code):
        return None
    if (
        FURTHER_DEAD.search(quote)
        or ADDED_UP.search(quote)
        or UNSURE_TOLL.search(quote)
        or largest_toll(text) > killed
    ):
        return None
    adjective = side_adjective(known_side(incident.source_name, incident.source_code, incident.source_kind))
    place = ground_of(incident, quote)
    if not (place and adjective):
        return None
    count = "several" if SEVERAL_ATTACKS.search(quote) else "one" if ONE_ATTACK.search(quote) else ""
    is_least = later_toll or (count != "one" and killed > 1) or AT_LEAST.search(quote)
    return DeadlyAttack(
        adjective=adjective,
        count=count,
        killed=f"at least {people(killed)}" if is_least else people(killed),
        place=place,
        is_reported=is_attributed(sentence_of_toll(quote)),
    )


def sentence_of_toll(quote: str) -> str:
    """The first sentence with a toll: that another one is somebody's word does not make it doubtful."""
    return next((one for one in END_OF_SENTENCE.split(quote) if TOLL.search(one)), quote)


def is_plain(incident: Any) -> bool:
    """Whether a word of the text reports, as done and undisputed, force of one side on the other."""
    is_done = incident.root == FORCE and incident.status == "done"
    is_sure = incident.is_by_word and incident.probability >= LEAST_SURE
    is_disputed = incident.is_denied or incident.is_claim or incident.is_joint
    is_usual = pd.isna(incident.turn) or incident.turn in PLAIN_TURNS
    return is_done and is_sure and is_usual and not is_disputed and not incident.is_by_proxy


def ground_of(incident: Any, quote: str) -> str:
    """The country, or Gaza or the West Bank, in which a sentence says that people died; "" if it does not."""
    code, town = incident.target_code, text_or_empty(incident.place_name)
    if code == PALESTINIANS.code:
        return part_of_country(code, quote)
    if is_place_of(town, incident.source_code):
        return ""
    country = country_in_sentence(code)
    name = rf"(?<![\w-]){re.escape(country.removeprefix('the '))}(?![\w-])"
    return country if is_place_of(town, code) or re.search(name, quote) else ""


def quote_in_brief(quote: str, incident: Any) -> str:
    """The first of several sentences, if it says who did what to whom and no other changes it; else all.

    A sentence is not cut: what follows its comma is often what it means.

    Args:
        quote: as `cut_quotes.shortened` gives it.
        incident: row of `Incidents`.
    """
    sentence = first_sentence(quote)
    is_reported = is_attributed(" ".join(sentence.split()[:WORDS_OF_SPEAKER]))
    is_about = is_about_sides(sentence, incident, is_reported=is_reported)
    return sentence if is_about and names_both_sides(sentence, incident) else quote


def first_sentence(quote: str) -> str:
    """The first sentence of a quotation, or all of it where the rest changes what it says."""
    sentence = END_OF_SENTENCE.split(quote)[0]
    return quote if changes(quote[len(sentence) :]) else sentence


def changes(rest: str) -> bool:
    """Whether the end of a quotation has a toll, a condition, a contrast, a denial, a doubt or a speaker."""
    patterns = (DEAD, qualifying((*LESSENING, UNFINISHED)), telling_next(("doubt", "answer")))
    return any(pattern.search(rest) for pattern in patterns)
