"""Trigger words and the features of two sides, on real parses."""

import pytest

from analysis.nlp.actors.mentions import find_actors
from analysis.nlp.events.passages import acting_mentions, article_passages, marked_pair
from analysis.nlp.events.triggers import FEATURES, find_triggers
from analysis.nlp.quotes.attribution import find_quotes

pytestmark = pytest.mark.model


def features(doc, source, target):
    """Names of the features of a pair of sides in the first passage."""
    mentions = find_actors(doc)
    passages = article_passages(*acting_mentions(doc, mentions), mentions, list(find_quotes(doc, mentions)))
    passage, questions = next(passages)
    row = next(n for n, q in enumerate(questions) if (q.source.key, q.target.key) == (source, target))
    return {name for name, value in zip(FEATURES, passage.features[row], strict=True) if value}


@pytest.mark.parametrize(
    ("text", "word", "root", "status"),
    [
        ("Kenya bombed Somalia.", "bombed", "ASSAULT", "past"),
        ("Kenya lifted its sanctions on Somalia.", "lifted", "RETREAT", "past"),
        ("Kenya will not help Somalia.", "help", "AID", "negated"),
        ("Kenya would help Somalia if it rained.", "help", "AID", "hypothetical"),
        ("A visit by Kenya's president to Somalia is planned.", "visit", "CONSULT", "past"),
    ],
)
def test_a_trigger_has_the_root_of_its_list_and_the_mood_of_its_clause(parsed, text, word, root, status):
    doc = parsed(text)
    tree, _ = acting_mentions(doc, find_actors(doc))
    found = {tree.words[t.word]: (t.rule.root, t.status) for t in find_triggers(tree, 0, len(doc))}
    assert found[word] == (root, status)
    assert "sanctions" not in found  # what is lifted is no sanction


@pytest.mark.parametrize(
    ("text", "expected", "missing"),
    [
        ("Kenya bombed Somalia.", "agent to patient: ASSAULT", "reversed"),
        ("Kenya was bombed by Somalia.", "patient to agent: ASSAULT", "agent and patient"),
        ("Kenya held talks with Somalia.", "with", "listed together"),
        ("Kenya and Somalia agreed on a truce.", "listed together", "with"),
    ],
)
def test_features_say_how_two_sides_stand_to_a_trigger(parsed, text, expected, missing):
    found = features(parsed(text), "KEN", "SOM")
    assert expected in found
    assert missing not in found


def test_a_marked_pair_has_its_two_mentions_marked_once(parsed):
    text = "Kenya bombed Somalia."
    pair = marked_pair(parsed(text), (0, 5), (13, 20))
    assert pair.ordinals == ((0,), (1,))
    assert pair.text.count("[unused7]") == 2
    assert marked_pair(parsed(text), (0, 5), None).ordinals == ((0,), ())
