"""A strike of one day is shown with the far larger number of dead that its article gives."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis.findings.reported import reported_incidents
from analysis.findings.wider_tolls import largest_toll
from analysis.findings.wording import words
from tests.reports import inputs_of, report

STRIKE = "Russia struck the Ukrainian city of Kharkiv on Friday, killing two people."
WIDER = "Strikes on the cities of Ukraine have killed nearly 800 people in a week, doctors say."


def told(*following, form="told"):
    """What is said of a strike whose article goes on with other sentences."""
    struck = report("RUS", "UKR", "ASSAULT", text=STRIKE, killed_count=2, article=1)
    others = [report("USA", "CHN", "CONSULT", text=text, article=1) for text in following]
    inputs = inputs_of(struck, *others)
    (article,), (text,) = inputs.tables.articles["article_id"], inputs.tables.articles["text"]
    starts = pd.DataFrame({"article_id": article, "start_char": [0, *map(text.index, following)]})
    inputs = replace(inputs, tables=replace(inputs.tables, sentences=starts))
    incidents = inputs.current[inputs.current["dyad"] == "RUS-UKR"]
    (one,) = reported_incidents(incidents, inputs)
    return words("findings/reported", form, one)


def test_the_larger_number_of_dead_of_an_article_is_given_beside_a_strike():
    for form in ("told", "in_brief"):
        assert told(WIDER, form=form).endswith(f"(reported 5 May); the article adds: “{WIDER[:-1]}”")


def test_since_then_has_the_day_that_the_sentence_before_names():
    dated = "The war began on 24 February 2022."
    below = "More than 40,000 people have been killed in Ukraine since then, according to doctors."
    said = told(dated, below)
    assert said.endswith(f"the article adds: “{below[:-1].replace('then', 'then [24 February 2022]')}”")


def test_since_then_is_left_out_where_no_sentence_says_since_when():
    said = told("More than 40,000 people have been killed in Ukraine since then, according to doctors.")
    assert said.endswith(
        "the article adds: “More than 40,000 people have been killed in Ukraine …, according to doctors”"
    )


@pytest.mark.parametrize(
    "following",
    [
        WIDER.replace("nearly 800", "five"),
        WIDER.replace("Strikes", "Russia says that strikes"),
        WIDER.replace("Ukraine", "the region"),
        WIDER.replace("have killed nearly 800", "have displaced nearly 800"),
    ],
    ids=("few more", "the attacker is named", "the side is not named", "no dead"),
)
def test_another_sentence_is_not_given(following):
    assert "the article adds" not in told(following)


@pytest.mark.parametrize(
    ("text", "dead"),
    [
        ("At least 1,200 people were killed, and the raid killed nine more.", 1200),
        ("Twenty-nine people are killed in strikes.", 29),
        ("Drones killed forty-one; one of them killed seven.", 41),
        ("Nobody was hurt.", 0),
    ],
)
def test_the_dead_are_counted_in_figures_and_in_words(text, dead):
    assert largest_toll(text) == dead
