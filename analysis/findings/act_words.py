"""What an incident is, in a noun: "air strike", "tariffs", "expulsions of diplomats".

The row of the word list that fits an incident best has the words (`findings/act_words.csv`).
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import Any, Final, NamedTuple

import pandas as pd

from analysis.findings.side_names import adjectives_of
from analysis.lexicons import check_cells, load_lexicon
from analysis.schemas import ROOTS

ANY_ROOT: Final = "any"
NEVER: Final = "(?!)"  # matches nothing
SCORES: Final = {"lemma": 16, "target": 8, "word": 4, "mode": 2}
"""How much a filled cell narrows a row down: the act's own word most, then whether somebody is named."""
MUTUAL_ROOTS: Final = ("AGREE", "CONSULT", "COOPERATE")
OF_COUNTRIES: Final = ("AGREE", "COOPERATE", "PROTEST", "MOBILIZE")
"""Acts on a country even if a person is named: sanctions on a minister are no sanctions on the state."""
MOST_NOUNS: Final = 3  # in the label of a picture


class ActWords(NamedTuple):
    """One row of the list: what it fits, and the words for it; an empty cell fits everything."""

    root: str
    lemma: tuple[str, ...]
    mode: tuple[str, ...]
    word: tuple[tuple[str, ...], ...]  # any of these groups, all words of the group
    target: str  # "named": a person, a company or an organisation, not a country or group
    label: str  # short plural for a picture: "strikes"
    singular: str
    mutual: str  # "yes" if it can be said of what two do to each other


class Known(NamedTuple):
    """What the words for an incident are chosen by."""

    root: str
    lemma: str  # of the word that carries the act
    mode: str = ""  # "" if unknown
    is_target_named: bool = False  # the target is a person, a company or an organisation
    is_word_enough: bool = True  # the lemma by itself is known to carry the act
    sentence: str = ""  # that reports it, in lower case, for other words of it, such as "tariffs"
    place: str = ""  # in lower case
    adjectives: tuple[str, ...] = ()  # of the target, in lower case: "american", "us"


def kind_noun(incident: Any, *, sentence: str = "") -> str:
    """Only what it is: "air strike", "tariffs", "expulsion of diplomats"."""
    return words_for(incident, sentence).singular


def about(incidents: list, sentences: Mapping[str, str]) -> str:
    """Three kinds of act at most, for the label of a picture: "strikes, talks".

    Args:
        incidents: rows of `Incidents`.
        sentences: by `incident_id`, the sentence that reports it, whose other words may say more.

    Returns:
        The kinds, first what most stories report and what weighs most; "" without incidents.
    """
    weights: dict[str, float] = defaultdict(float)
    for incident in incidents:
        label = words_for(incident, sentences.get(incident.incident_id, "")).label
        weights[label] += incident.story_count * max(abs(incident.intensity), 1)
    leading = sorted(weights, key=lambda label: (-weights[label], label))
    return ", ".join(leading[:MOST_NOUNS])


def words_for(incident: Any, sentence: str) -> ActWords:
    """The words of an incident; where both sides act, words that are said of two.

    Where only the model reads the act, no word of the sentence need carry it. A deed then has the words of
    its type, or those on which two words of the sentence agree, such as "impose" and "tariffs".
    """
    is_named = incident.target_kind in ("person", "organisation") and incident.root not in OF_COUNTRIES
    mode, place = ("" if pd.isna(cell) else str(cell) for cell in (incident.mode, incident.place_name))
    known = Known(
        root=incident.root,
        lemma=incident.trigger_lemma,
        mode=mode,
        is_target_named=is_named and not incident.is_joint,
        is_word_enough=bool(incident.is_by_word) or incident.root in MUTUAL_ROOTS,
        sentence=sentence.lower(),
        place=place.lower(),
        adjectives=adjectives_of(incident.target_code),
    )
    act = find_act_words(known)
    return act if act.mutual or not incident.is_joint else root_words(incident.root)


def root_words(root: str) -> ActWords:
    """The general words of a root, for an act of which its word says no more."""
    return find_act_words(Known(root, ""))


def find_act_words(known: Known) -> ActWords:
    """The most specific row that fits, at least that of the root alone; of two alike, the first listed."""
    fitting = [row for row in words_of_root(known.root) if fits(row, known)]
    return max(fitting, key=specificity)


@cache
def act_words() -> tuple[ActWords, ...]:
    """Every row of the list, in its order.

    Raises:
        ValueError: a cell holds what no code knows.
    """
    allowed = {"target": ("", "named"), "mutual": ("", "yes"), "root": (*ROOTS, ANY_ROOT)}
    rows = load_lexicon("findings/act_words", allowed=allowed)
    modes = load_lexicon("events/modes")["mode"]
    check_cells("findings/act_words", rows["mode"].str.split(";").explode(), {"", *modes})
    return tuple(
        ActWords(
            **{**row._asdict(), "lemma": parts(row.lemma), "mode": parts(row.mode), "word": groups(row.word)}
        )
        for row in rows[list(ActWords._fields)].itertuples(index=False)
    )


def parts(cell: str) -> tuple[str, ...]:
    """What a cell lists: "ship;vessel" -> ("ship", "vessel")."""
    return tuple(cell.split(";")) if cell else ()


def groups(cell: str) -> tuple[tuple[str, ...], ...]:
    """Groups of words: "impose+tariff;duty" -> (("impose", "tariff"), ("duty",))."""
    return tuple(tuple(group.split("+")) for group in parts(cell))


@cache
def words_of_root(root: str) -> tuple[ActWords, ...]:
    """The rows that an act of one root may fit."""
    return tuple(row for row in act_words() if row.root in (root, ANY_ROOT))


def fits(row: ActWords, known: Known) -> bool:
    """Whether every filled cell of a row of the act's root agrees with the incident."""
    return (
        (not row.lemma or known.lemma in row.lemma)
        and (not row.mode or known.mode in row.mode)
        and (not row.target or known.is_target_named)
        and (known.is_word_enough or not row.lemma or bool(row.word))
        and (not row.word or any(all(holds(known, word) for word in group) for group in row.word))
    )


def holds(known: Known, word: str) -> bool:
    """Whether the sentence holds a word or one that begins with it: "tariff" in "tariffs".

    "{place}" in it is the place, "{adjective}" any adjective of the target, after which the word
    must be whole, since "kyrgyzs" begins "Kyrgyzstan".
    """
    spelled = re.escape(word)
    if "{place}" in word:
        spelled = spelled.replace(r"\{place\}", re.escape(known.place) or NEVER)
    if "{adjective}" in word:
        any_adjective = "|".join(map(re.escape, known.adjectives)) or NEVER
        spelled = spelled.replace(r"\{adjective\}", f"(?:{any_adjective})") + r"\b"
    return re.search(rf"\b{spelled}", known.sentence) is not None


def specificity(row: ActWords) -> int:
    """How narrow a row is."""
    filled = sum(score for field, score in SCORES.items() if getattr(row, field))
    return filled + (row.root != ANY_ROOT)
