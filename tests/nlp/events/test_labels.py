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


@pytest.mark.parametrize("label", ["Chile–Peru relations", "Economic impact of the Chilean war on Peru"])
def test_a_topic_label_reports_nothing(parsed, label):
    assert all(labels(parsed(label)))


@pytest.mark.parametrize("headline", ["Chile has attacked Peru", "The Chilean invasion of Peru."])
def test_a_headline_with_a_verb_or_a_full_stop_is_no_label(parsed, headline):
    assert not any(labels(parsed(headline)))
