"""A line that only names a topic is no report of an act."""

import pytest

from analysis.nlp.actors.mentions import find_actors
from analysis.nlp.judged_events import judged_events
from tests.nlp.events.coding import coded

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    "label",
    [
        "Chile–Peru relations",
        "2024 Chilean trade war with Peru, Chile–Peru relations",
        "Visit by the president of Chile to Peru",
        "Killing of Chilean soldiers in Peru",
        "Chilean attacks in Peru during the Chilean invasion of Peru",
        "Economic impact of the Chilean war on Peru",
        "M23 campaign, Congo–Rwanda conflict",
        "Economic impact of the 2026 Peru war",
        "Tacna strikes, Attacks on civilians in the Chilean invasion of Peru",
        "Attacks on civilians in the Chilean invasion of Peru, Lima strikes",
        "A Chilean tank destroyed by Peruvian forces near Tacna, March 2024",
        "Chilean soldiers attacked by Peruvian forces, May 2024",
    ],
)
def test_a_topic_label_has_no_event(parsed, label):
    doc = parsed(label)
    assert coded(doc) == []
    assert judged_events(doc, find_actors(doc), []) == []


@pytest.mark.parametrize(
    "headline",
    [
        "Two days of Chilean attacks on Peru",
        "Fresh Chilean strikes on Peru",
        "Chile has attacked Peru",
        "Chilean strikes kill nine in Peru",
        "Chile strikes Peru, kills nine",
        "The Chilean army attacked Peru",
        "The Chilean invasion of Peru.",
    ],
)
def test_a_headline_with_a_verb_a_count_or_news_has_one(parsed, headline):
    assert ("CHL", "PER", "ASSAULT", "past") in coded(parsed(headline))


def test_a_section_header_is_no_act_but_its_section_is_read(parsed):
    rows = coded(parsed("Chilean sanctions on Bolivia\nChile attacked Peru."))
    assert rows == [("CHL", "PER", "ASSAULT", "past")]
