"""A line that only names a topic is no report of an act."""

import pytest

from analysis.nlp.actors.mentions import find_actors
from analysis.nlp.events.passages import acting_mentions, is_label
from analysis.nlp.parse.parser import sentences

pytestmark = pytest.mark.model


def labels(doc):
    """Whether each line of a text is a label."""
    tree, _ = acting_mentions(doc, find_actors(doc))
    return [is_label(tree, sentence) for sentence in sentences(doc)]


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
def test_a_topic_label_reports_nothing(parsed, label):
    assert all(labels(parsed(label)))


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
def test_a_headline_with_a_verb_a_count_or_news_is_no_label(parsed, headline):
    assert not any(labels(parsed(headline)))
