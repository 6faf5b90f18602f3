"""What an incident is, in a noun: "air strike", "tariffs", "expulsions of diplomats"."""

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from analysis.country_names import bloc_names
from analysis.findings.act_words import ActWords, Known, find_act_words, root_words
from analysis.findings.side_names import Side, adjectives_of, with_article

MUTUAL_ROOTS: Final = ("AGREE", "CONSULT", "COOPERATE")
OF_COUNTRIES: Final = (*MUTUAL_ROOTS[::2], "PROTEST", "MOBILIZE")
"""Acts on a country even if a person is named: sanctions on a minister are no sanctions on the state."""
MOST_NOUNS: Final = 3  # in the label of a picture


def kind_noun(incident: Any, count: int = 1, *, sentence: str = "") -> str:
    """Only what it is: "air strike", "tariffs", "expulsions of diplomats"."""
    act = words_for(incident, sentence)
    noun = act.singular if count == 1 else act.plural
    noun = re.sub(r"\{a_target\} (\w+)", lambda found: with_article(found.group(1)), noun)
    return noun.replace("{side} ", "").replace("{target_side} ", "")


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


def known_side(name: str, code: str, kind: str) -> Side:
    """A side; an organisation with a code of its own, such as the United Nations, is a bloc."""
    return Side(name, code, "bloc" if bloc_names().get(code) == name else kind)


def words_for(incident: Any, sentence: str) -> ActWords:
    """The words of an incident; where both sides act, words that are said of two.

    Where only the model reads the act, no word of the sentence need carry it. A deed then has the words of
    its type, or those on which two words of the sentence agree, such as "impose" and "tariffs".
    """
    target = known_side(incident.target_name, incident.target_code, incident.target_kind)
    is_named = target.kind in ("person", "organisation") and incident.root not in OF_COUNTRIES
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


def text_or_empty(value: object) -> str:
    """A text cell, "" where it is missing."""
    return "" if pd.isna(value) else str(value)
