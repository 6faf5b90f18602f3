"""Which words say what was done: the row of the word list that fits an incident best."""

import re
from functools import cache
from typing import NamedTuple

from analysis.lexicons import check_cells, load_lexicon
from analysis.schemas import ROOTS

ANY_ROOT = "any"
NEVER = "(?!)"  # matches nothing
TARGETS = ("", "named")
PLACES = ("", "in", "instead", "target")
SUBJECTS = ("", "person", "state")
SCORES = {"lemma": 16, "target": 8, "word": 4, "mode": 2, "root": 1}
"""How much a filled cell narrows a row down: the act's own word most, then whether somebody is named."""


class ActWords(NamedTuple):
    """One row of the list: what it fits, and the words for it; "" fits everything."""

    root: str
    lemma: tuple[str, ...]
    mode: tuple[str, ...]
    word: tuple[tuple[str, ...], ...]  # any of these groups, all words of the group
    target: str  # "named": a person, a company or an organisation, not a country or group
    label: str  # short plural for a picture: "strikes"
    singular: str
    plural: str  # the same as the singular where it cannot be counted: "talks", "aid"
    preposition: str
    past: str
    base: str
    object: str  # what follows the verb; {target} is the other side
    joint: str  # noun for what two do to each other: "mutual tariffs"; "" for the noun itself
    joint_past: str  # where both act; "" if these words are not said of two
    joint_base: str
    place: str  # "in" Geneva; "instead" of the country: struck Kharkiv; "" for a place that does not matter
    subject: str  # "person": not the country as such but people of it do this; "state": only between states


@cache
def act_words() -> tuple[ActWords, ...]:
    """Every row of the list, in its order.

    Raises:
        ValueError: a cell holds what no code knows.
    """
    allowed = {"target": TARGETS, "place": PLACES, "subject": SUBJECTS, "root": (*ROOTS, ANY_ROOT)}
    rows = load_lexicon("findings/act_words", allowed=allowed)
    modes = load_lexicon("events/modes")["mode"]
    check_cells("findings/act_words", rows["mode"].str.split(";").explode(), {"", *modes})
    return tuple(parsed(row) for row in rows[list(ActWords._fields)].itertuples(index=False))


def parsed(row: tuple) -> ActWords:
    """A row with its lists taken apart."""
    words = tuple(tuple(group.split("+")) for group in alternatives(row.word))
    split = {"lemma": alternatives(row.lemma), "mode": alternatives(row.mode), "word": words}
    return ActWords(**{**row._asdict(), **split})


def alternatives(cell: str) -> tuple[str, ...]:
    """What a cell lists: "ship;vessel" -> ("ship", "vessel")."""
    return tuple(cell.split(";")) if cell else ()


class Known(NamedTuple):
    """What the words for an incident are chosen by."""

    root: str
    lemma: str  # of the word that carries the act
    mode: str  # "" if unknown
    is_target_named: bool  # the target is a person, a company or an organisation
    is_word_enough: bool  # the lemma by itself is known to carry the act
    sentence: str = ""  # that reports it, in lower case, for other words of it, such as "tariffs"
    place: str = ""  # in lower case
    adjectives: tuple[str, ...] = ()  # of the target, in lower case: "american", "us"


def find_act_words(known: Known) -> ActWords:
    """The most specific row that fits, at least that of the root alone; of two alike, the first listed."""
    fitting = [row for row in words_of_root(known.root) if fits(row, known)]
    return max(fitting, key=specificity)


@cache
def words_of_root(root: str) -> tuple[ActWords, ...]:
    """The rows that an act of one root may fit."""
    return tuple(row for row in act_words() if row.root in (root, ANY_ROOT))


def root_words(root: str) -> ActWords:
    """The general words of a root, for an act of which its word says no more."""
    return find_act_words(Known(root, "", "", is_target_named=False, is_word_enough=True))


def fits(row: ActWords, known: Known) -> bool:
    """Whether every filled cell of a row of the act's root agrees with the incident."""
    return (
        (not row.lemma or known.lemma in row.lemma)
        and (not row.mode or known.mode in row.mode)
        and (not row.target or known.is_target_named)
        and (known.is_word_enough or not is_by_lemma_alone(row))
        and (not row.word or any(all(holds(known, word) for word in group) for group in row.word))
    )


def is_by_lemma_alone(row: ActWords) -> bool:
    """Whether one word decides that the row fits."""
    return bool(row.lemma) and not row.word


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
    filled = {field: bool(getattr(row, field)) for field in ("lemma", "word", "target", "mode")}
    filled["root"] = row.root != ANY_ROOT
    return sum(SCORES[field] for field, is_filled in filled.items() if is_filled)
