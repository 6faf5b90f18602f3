import pytest

from analysis.nlp.actors.mentions import find_actors
from analysis.nlp.events.coder import find_events

IT_ATTACKED = """
Kenya|Kenya|PROPN|NNP|nsubj|1
objected|object|VERB|VBD|ROOT|1
{0}It|it|PRON|PRP|nsubj|{1}
attacked|attack|VERB|VBD|ROOT|{1}
Somalia|Somalia|PROPN|NNP|dobj|{1}
"""


def pairs(doc):
    """Source and target of every event."""
    events = find_events(doc, find_actors(doc))
    return {(event.source_country_code, event.target_country_code) for event in events}


def test_it_means_the_subject_of_the_sentence_before(hand_doc):
    assert pairs(hand_doc(IT_ATTACKED.format("", 3), starts=(0, 2))) == {("KEN", "SOM")}


def test_it_stays_unresolved_if_another_actor_could_be_meant(hand_doc):
    to_uganda = "to|to|ADP|IN|prep|1\nUganda|Uganda|PROPN|NNP|pobj|2\n"
    assert ("KEN", "SOM") not in pairs(hand_doc(IT_ATTACKED.format(to_uganda, 5), starts=(0, 4)))


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "Kenya condemned Uganda. It also attacked Somalia.",
        "The Kenyan government objected. It also said it would attack Somalia.",
        "Kenya said it had left. It then returned. It also attacked Somalia.",
        "Kenya lost a ship to Somalia. It attacked Somalia.",
        "Kenyan President Jo Doe spoke on Monday. He threatened Somalia with war.",
    ],
)
def test_an_opening_pronoun_means_the_subject_before(parsed, text):
    assert ("KEN", "SOM") in pairs(parsed(text))


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "Kenyan officials spoke. It also attacked Somalia.",
        "Kenyan President Jo Doe met Ugandan President Al Roe. He threatened Somalia with war.",
        "Kenya objected. By then, Uganda said, it had attacked Somalia.",
        "Kenya objected. Rain fell. It also attacked Somalia.",
    ],
)
def test_a_pronoun_that_may_mean_another_actor_stays_unresolved(parsed, text):
    assert ("KEN", "SOM") not in pairs(parsed(text))


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kenya and Uganda quarrel. The two countries held talks.", {("KEN", "UGA"), ("UGA", "KEN")}),
        ("Kenya quarrels with Uganda. Both sides held talks.", {("KEN", "UGA"), ("UGA", "KEN")}),
        ("Kenya, Uganda and Somalia quarrel. The two countries held talks.", set()),
        ("Kenya and Uganda quarrel. Two countries held talks.", set()),
    ],
)
def test_the_two_countries_are_the_last_two_named(parsed, text, expected):
    assert pairs(parsed(text)) == expected


@pytest.mark.model
def test_the_two_countries_may_be_those_of_a_visitor_whose_country_is_not_known(parsed):
    text = "Premier Moe Doe flew from Kenya and met the president of Uganda. The two countries held talks."
    assert ("KEN", "UGA") not in pairs(parsed(text))
