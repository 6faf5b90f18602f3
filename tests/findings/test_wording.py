"""What an incident is called: names, nouns, verbs, tense and number."""

from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.country_names import country_names
from analysis.findings.wording import act_words, words_for
from analysis.schemas import QUADS, ROOTS

FORBIDDEN = ("assault", "coerc", "material co", "in deeds", "in words")


def side(end: str, words: str) -> dict:
    """Columns of one side from "ISR" or "armed group/PSE/Hamas"."""
    kind, code, name = (
        words.split("/") if "/" in words else ("country", words, country_names().get(words, words))
    )
    return {f"{end}_kind": kind, f"{end}_code": code, f"{end}_name": name}


def incident(root: str, lemma: str, source: str, target: str, **more: object) -> SimpleNamespace:
    """A row of `Incidents` with the columns that its words depend on."""
    row = {
        **side("source", source),
        **side("target", target),
        "root": root,
        "trigger_lemma": lemma,
        "mode": None,
        "quad": QUADS[root],
        "intensity": -5.0,
        "status": "done",
        "is_joint": False,
        "place_name": None,
        "killed_count": pd.NA,
        "injured_count": pd.NA,
        "story_count": 1,
        "incident_id": "x",
    }
    return SimpleNamespace(**(row | more))


HAMAS = "armed group/PSE/Hamas"


def noun(row, sentence=""):
    return words_for(row, sentence).singular


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Peru imposed new tariffs on Mexican steel.", "tariffs"),
        ("Peru imposed visa requirements on Mexicans.", "visa restrictions"),
        ("Peru imposed export controls on copper for Mexico.", "export controls"),
        ("Peru imposed sanctions on Mexican officials.", "sanctions"),
        ("", "restrictions"),
    ],
)
def test_other_words_of_the_sentence_say_what_was_imposed(sentence, said):
    row = incident("COERCE", "impose", "PER", "MEX", mode="restrict")
    assert noun(row, sentence) == said


def test_what_no_word_of_the_list_tells_has_the_general_words():
    assert noun(incident("COERCE", "nothing-listed", "RUS", "MEX")) == "pressure"


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Russian troops captured two posts in the hills.", "seizure of territory"),
        ("Russian soldiers have captured the passes above the valley.", "seizure of territory"),
        ("Russian troops captured Moe and Roe.", "capture"),
        ("Russian troops captured nine Ukrainian soldiers.", "capture of soldiers"),
        ("Russia captured two prisoners.", "capture of soldiers"),
    ],
)
def test_what_is_captured_says_whether_it_is_ground_or_men(sentence, said):
    row = incident("ASSAULT", "capture", "RUS", "UKR")
    assert noun(row, sentence) == said


@pytest.mark.parametrize("root", ROOTS)
@pytest.mark.parametrize("is_joint", [True, False])
def test_every_type_has_words_and_none_is_called_by_its_code(root, is_joint):
    told = noun(incident(root, "nothing-listed", "CHN", "USA", is_joint=is_joint))
    assert told and "{" not in told
    assert not any(word in told.lower() for word in FORBIDDEN)


def test_every_row_of_the_list_can_be_told():
    for act in act_words():
        assert not any(word in act.singular.lower() for word in FORBIDDEN)
        assert act.singular and "{" not in act.singular, act
