"""The relation between two given spans."""

from analysis.nlp.events.relations import find_relation


def related(doc, source, target):
    """Root of what the first text does to the second."""
    text = doc.text
    spans = [(text.index(words), text.index(words) + len(words)) for words in (source, target)]
    return find_relation(doc, *spans).root


def test_a_relation_needs_no_named_actor(hand_doc):
    doc = hand_doc("""
Judges|judge|NOUN|NNS|nsubj|1
freed|free|VERB|VBD|ROOT|1
reporters|reporter|NOUN|NNS|dobj|1
""")
    assert related(doc, "Judges", "reporters") == "RETREAT"


ATTACK = """
Kenya|Kenya|PROPN|NNP|nsubj|1
attacked|attack|VERB|VBD|ROOT|1
Somalia|Somalia|PROPN|NNP|dobj|1
.|.|PUNCT|.|punct|1
"""


def test_spans_outside_the_text_have_no_relation(hand_doc):
    doc = hand_doc(ATTACK)
    assert find_relation(doc, (0, 5), (500, 510)) is None
    assert find_relation(doc, (-3, 5), (0, 5)) is None
    assert find_relation(doc, (5, 5), (0, 5)) is None


def test_a_relation_needs_no_target(hand_doc):
    assert find_relation(hand_doc(ATTACK), (0, 5), None).root == "ASSAULT"
