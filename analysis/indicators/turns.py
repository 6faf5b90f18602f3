"""What makes an incident more than one act among others: a truce, a leader killed, the largest of its kind.

| turn | the sentence says |
|---|---|
| truce | two sides agree on a truce or a peace, or it begins |
| broken truce | a truce, or talks on one, are refused, suspended or said to be broken |
| leader killed | an attack kills somebody who leads |
| town taken | one side takes a town of the other, or enters it |
| ground war | troops move into the land of another, or it is announced that they will take it |
| ultimatum | a demand has a day and a threat |
| pact | two states promise to fight for each other |
| extreme | it is the largest, the first or the worst of its kind, or hits a nuclear plant |
| foiled | an attack hurts nobody, and is intercepted or does not take place |
| bystander | an attack hits private people of another country than the one attacked: "a French journalist" |
| taken back | the next sentence takes it back: he had faked his death |

The words are in `indicators/weighing_words.csv`. Nothing here is coded as an event: a turn only makes an
incident weigh more or less.
"""

import re
from functools import cache
from typing import Any, Final

import pandas as pd

from analysis.indicators.named_sides import countries_named, states_named
from analysis.lexicons import load_lexicon
from analysis.schemas import TURNS

KINDS: Final = ("foiled", "leader", "extreme", "ground war", "ultimatum", "pact", "habit")
DEMANDING: Final = ("THREATEN", "REQUEST", "COERCE")
COMMON: Final = ("AGREE", "CONSULT")  # of which somebody calls many the largest or the first
PLEDGING: Final = ("AGREE", "SUPPORT", "COOPERATE", "AID")
FORCE: Final = "ASSAULT"
MAKING: Final = ("AGREE", "SUPPORT", "RETREAT")
BREAKING: Final = ("REJECT", "ACCUSE", "SANCTION", "THREATEN")
TRUCE: Final = re.compile(
    r"\b(?:cease-?fire|truce|armistice|peace (?:agreement|deal|treaty|accord|plan)|end (?:to )?the war)\b",
    re.IGNORECASE,
)
TALKS: Final = re.compile(
    r"\b(?:cease-?fire|truce|armistice|peace (?:talks|negotiations|agreement|deal|treaty|accord))\b",
    re.IGNORECASE,
)
CITED: Final = re.compile(
    r"\b(?:violat|breach|broke|break|monitor|accus|collaps|expir|despite|under|terms|since)\w*\b"
    r"|\b(?:negotiate|discuss|propos)\w*\b",
    re.IGNORECASE,
)
"""Words of a sentence that speaks of a truce as made before, or as not made yet."""
COMPARED: Final = re.compile(r"\b(?:first|last|\w{3,}est|most)\b[^,.;]*\bsince\b[^,.;]*", re.IGNORECASE)
"""What says how rare a truce is, and not that it was made before: "the first since 2023"."""
TAKEN_BACK: Final = re.compile(
    r"\b(?:fak(?:ed|es|ing)|retract\w*|turn(?:s|ed) out (?:to be )?(?:false|wrong|untrue))\b", re.IGNORECASE
)
UNSURE: Final = re.compile(r"\b(?:reported(?:ly)?|alleged(?:ly)?|claims?|claimed)\b", re.IGNORECASE)
TOLL: Final = re.compile(
    r"\b(?:kill|injur|wound|dead\b|deaths?\b|dies?\b|casualt|assassinat|fatalit)", re.IGNORECASE
)
OCCASION: Final = re.compile(r"\b(?:following|after|in (?:response|retaliation|revenge))\b", re.IGNORECASE)
SPEAKER: Final = re.compile(
    r"^.*?\b(?:says?|said|accus\w+|claim\w*|report\w*|announce\w*|alleg\w+)\b", re.IGNORECASE
)
"""The beginning of a sentence, up to the word with which somebody says the rest."""
NEAR: Final = 3  # words before a title that say of which country somebody is
BYSTANDER: Final = re.compile(
    r"\b[A-Z][a-z]+ (?:[a-z-]+ ){0,2}"
    r"(?:journalist|reporter|photographer|photojournalist|tourist|aid worker|volunteer"
    r"|citizen|national|civilian)s?\b"
)
INVADING: Final = "invade"
TAKING: Final = ("capture", "recapture", "seize", "overrun", "occupy", "retake")
CAPTURES: Final = frozenset(
    (("MOBILIZE", "enter"), (FORCE, "control"), ("COERCE", "capture"), *((FORCE, word) for word in TAKING))
)
"""Type and word of the acts by which a town changes hands."""
LAND: Final = re.compile(r"\b(?:city|town|oblast|province|region|territory|island)\b", re.IGNORECASE)
VILLAGES: Final = re.compile(r"\b(?:villages?|hamlets?|settlements?|outposts?|posts?)\b", re.IGNORECASE)
"""What changes hands every week of a war."""


def turn_of(report: Any, text: str) -> str | None:
    """The turn of one report in the article that has this text."""
    sentence = " ".join(text[report.start_char : report.end_char].split())
    rest = text[report.end_char :].partition("\n")[0].strip().partition(". ")[0]  # who was killed
    is_made = report.root in MAKING and not report.is_future and report.is_joint
    words = COMPARED.sub("", sentence)
    has_toll = not pd.isna(report.killed_count) or TOLL.search(sentence) is not None
    is_taken = (report.root, report.trigger_lemma) in CAPTURES and not report.is_future
    is_of_land = report.root != "COERCE" or LAND.search(sentence) is not None  # people are captured too
    signs = {
        "truce": is_made and TRUCE.search(words) is not None and CITED.search(words) is None,
        "taken back": TAKEN_BACK.search(rest) is not None,
        "broken truce": report.root in BREAKING and TALKS.search(sentence) is not None,
        "leader killed": is_of_leader(report, sentence, rest),
        "town taken": is_taken
        and is_of_land
        and VILLAGES.search(sentence) is None,  # a village is one of many
        "ground war": report.root == FORCE and is_of_ground_war(report, sentence),
        "ultimatum": report.root in DEMANDING and says("ultimatum", sentence),
        "pact": report.root in PLEDGING and not report.is_future and says("pact", sentence),
        "extreme": report.root not in COMMON and says("extreme", sentence),
        "foiled": report.root == FORCE and not has_toll and says("foiled", sentence),
        "bystander": report.root == FORCE and is_on_bystander(report, sentence),
    }
    return next((turn for turn in TURNS if signs[turn]), None)


def says(kind: str, sentence: str) -> bool:
    """Whether a sentence has a word of one kind."""
    return listed_words(kind).search(sentence) is not None


def is_of_leader(report: Any, sentence: str, rest: str) -> bool:
    """Whether an attack kills or hurts somebody who leads, for certain, by its sentence or the next.

    Who leads and only says so is not hurt: "The prime minister of Peru accuses Chile of killing a farmer".
    """
    if isinstance(report.reported_by, str):
        sentence = SPEAKER.sub("", sentence, count=1)
    occasion = OCCASION.search(sentence)
    if occasion and report.trigger_start_char - report.start_char < occasion.start():
        sentence = sentence[: occasion.start()]  # what is killed after it led to the act, and is another
    code = report.target_country_code
    is_hurt = any(TOLL.search(words) and names_leader(words, code) for words in (sentence, rest))
    return report.root == FORCE and is_hurt and UNSURE.search(f"{sentence} {rest}") is None


def names_leader(words: str, code: str) -> bool:
    """Whether some words have somebody who leads, and of no other country: "as the US president proposed"."""
    before = (words[: match.start()].split()[-NEAR:] for match in listed_words("leader").finditer(words))
    return any(states_named(" ".join(near)) <= {code} for near in before)


def is_of_ground_war(report: Any, sentence: str) -> bool:
    """Whether troops invade, or it is announced that a town or country is to be taken."""
    is_said = isinstance(report.reported_by, str)  # and may not be so
    is_invasion = report.trigger_lemma == INVADING and not report.is_future and not is_said
    is_to_be_taken = report.trigger_lemma in TAKING and report.is_future
    return is_invasion or is_to_be_taken or says("ground war", sentence)


def is_on_bystander(report: Any, sentence: str) -> bool:
    """Whether the target is named only as the country of private people who are hit elsewhere."""
    code, hit = report.target_country_code, BYSTANDER.search(sentence)
    if hit is None or countries_named(hit[0]) != {code}:
        return False
    elsewhere = countries_named(BYSTANDER.sub("", sentence)) - {report.source_country_code}
    return bool(elsewhere) and code not in elsewhere


@cache
def listed_words(kind: str) -> re.Pattern:
    """The words of one kind: see `KINDS` and the notes of the list."""
    rows = load_lexicon("indicators/weighing_words", allowed={"kind": KINDS})
    words = map(re.escape, rows.loc[rows["kind"] == kind, "words"])
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)
