"""Whether and when an act is done: denied, promised, threatened, asked for, taken back."""

import pytest

from analysis.nlp.actors.mentions import find_actors
from analysis.nlp.events.coder import find_events
from tests.nlp.events.coding import coded


def test_aid_and_force_to_come_stay_what_they_are(hand_doc):
    will = """
Kenya|Kenya|PROPN|NNP|nsubj|2
will|will|AUX|MD|aux|2
{0}|{0}|VERB|VB|ROOT|2
Somalia|Somalia|PROPN|NNP|dobj|2
"""
    assert coded(hand_doc(will.format("help"))) == [("KEN", "SOM", "AID", "future")]
    assert coded(hand_doc(will.format("attack"))) == [("KEN", "SOM", "ASSAULT", "future")]


def test_a_denied_act_keeps_its_root_and_is_negated(hand_doc):
    doc = hand_doc("""
Kenya|Kenya|PROPN|NNP|nsubj|3
did|do|AUX|VBD|aux|3
not|not|PART|RB|neg|3
attack|attack|VERB|VB|ROOT|3
Somalia|Somalia|PROPN|NNP|dobj|3
""")
    assert coded(doc) == [("KEN", "SOM", "ASSAULT", "negated")]


def test_an_infinitive_in_a_headline_is_a_future_visit(hand_doc):
    doc = hand_doc("""
Kenya|Kenya|PROPN|NNP|ROOT|0
to|to|PART|TO|aux|2
visit|visit|VERB|VB|advcl|0
Somalia|Somalia|PROPN|NNP|dobj|2
""")
    events = list(find_events(doc, find_actors(doc)))
    assert {(event.root, event.mode, event.status) for event in events} == {("AGREE", "visit", "future")}
    assert {event.source_country_code for event in events} == {"KEN", "SOM"}


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "root", "status"),
    [
        ("Kenya said on Monday it would send food to Somalia.", "AID", "future"),
        ("Kenya's ministry issued a statement saying it would send food to Somalia.", "AID", "future"),
        ("Kenya's announcement that it would send food to Somalia was welcomed.", "AID", "future"),
        ("Kenya would send food to Somalia, according to the ministry.", "AID", "future"),
        ("Kenya would send food to Somalia next week.", "AID", "future"),
        ("Kenya would send food to Somalia.", "AID", "hypothetical"),
        ("Kenya would send food to Somalia next week if it rained.", "AID", "hypothetical"),
        ("Kenya said it would send food to Somalia if it rained.", "AID", "hypothetical"),
        ("The minister hoped Kenya would help Somalia.", "AID", "hypothetical"),
    ],
)
def test_would_is_future_if_reported_or_dated_and_otherwise_hypothetical(parsed, text, root, status):
    assert coded(parsed(text)) == [("KEN", "SOM", root, status)]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "root", "status"),
    [
        ("Kenya promised to withdraw its troops from Somalia.", "AGREE", "future"),
        ("Kenya pledged to send food to Somalia.", "AGREE", "future"),
        ("Kenya plans to send food to Somalia.", "AID", "future"),
        ("Kenya promised not to attack Somalia.", "AGREE", "future"),
        ("Kenya agreed not to attack Somalia.", "AGREE", "past"),
        ("Kenya vowed to attack Somalia.", "THREATEN", "past"),
        ("Kenya reneged on its commitment to help Somalia.", "AGREE", "hypothetical"),
        ("Kenya agreed on Monday to send food to Somalia.", "AGREE", "past"),
        ("Kenya decided not to attack Somalia.", "ASSAULT", "negated"),
        ("Kenya vowed not to help Somalia.", "REJECT", "past"),
    ],
)
def test_a_promise_is_about_the_future_but_an_agreement_or_a_threat_has_been_made(parsed, text, root, status):
    assert coded(parsed(text)) == [("KEN", "SOM", root, status)]


CLAIM = """
Somali|somali|ADJ|JJ|amod|1
claim|claim|NOUN|NN|ROOT|1
to|to|PART|TO|aux|4
have|have|AUX|VB|aux|4
launched|launch|VERB|VBN|acl|1
attacks|attack|NOUN|NNS|dobj|4
on|on|ADP|IN|prep|5
Kenya|Kenya|PROPN|NNP|pobj|6
.|.|PUNCT|.|punct|1
"""


def test_a_noun_that_is_also_the_object_of_the_verb_below_it_ends_the_search(hand_doc):
    assert coded(hand_doc(CLAIM)) == [("SOM", "KEN", "ASSAULT", "hypothetical")]


ATTACKED = ("NER", "MLI", "ASSAULT", "past")
ALLEGED = ("NER", "MLI", "ASSAULT", "hypothetical")
HELPED = ("NER", "MLI", "AID", "past")
POOR = ("TCD", "MLI", "ACCUSE", "past")


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kenya criticised the delay in Swedish aid to Somalia.", [("SWE", "SOM", "AID", "negated")]),
        ("The suspension of Swedish aid to Somalia went on.", [("SWE", "SOM", "SANCTION", "past")]),
        ("Swedish aid to Somalia has stopped.", [("SWE", "SOM", "SANCTION", "past")]),
        ("Swedish aid to Somalia was withheld for months.", [("SWE", "SOM", "SANCTION", "past")]),
        ("The lifting of Swedish sanctions on Somalia was welcomed.", [("SWE", "SOM", "RETREAT", "past")]),
        ("Chad's sanctions against Mali expired.", [("TCD", "MLI", "RETREAT", "past")]),
        ("No sanctions were imposed on Chad by Mali.", [("MLI", "TCD", "COERCE", "negated")]),
        ("Peru stopped short of sanctioning Chile.", [("PER", "CHL", "COERCE", "negated")]),
        ("Chad denied that it attacked Mali.", [("TCD", "MLI", "ASSAULT", "negated")]),
        ("Chad foiled an attack by Mali.", []),
        (
            "Chad called for talks with Mali.",
            [
                ("TCD", "MLI", "REQUEST", "past"),
                ("MLI", "TCD", "CONSULT", "hypothetical"),
                ("TCD", "MLI", "CONSULT", "hypothetical"),
            ],
        ),
        ("Chad condemned attacks on Mali.", []),
        ("Chad condemned Niger's attacks on Mali.", [("TCD", "NER", "ACCUSE", "past"), ATTACKED]),
        ("Chad accused Niger of attacking Mali.", [("TCD", "NER", "ACCUSE", "past"), ALLEGED]),
        ("Chad thanked Niger for sending tanks to Mali.", [("TCD", "NER", "SUPPORT", "past"), HELPED]),
        ("Chad says its forces attacked Mali.", [("TCD", "MLI", "ASSAULT", "past")]),
        (
            "The Mali-Niger talks ended.",
            [("MLI", "NER", "CONSULT", "past"), ("NER", "MLI", "CONSULT", "past")],
        ),
        ("Niger-backed forces attacked Mali.", []),
        ("Chad's foreign minister told the BBC about Mali.", []),
        ("Chad told Mali to leave.", [("TCD", "MLI", "REQUEST", "past")]),
        ("Chad and Mali have poor relations.", [("MLI", "TCD", "ACCUSE", "past"), POOR]),
        ("Chad extradited two Nigerien suspects to Mali.", [("TCD", "MLI", "COOPERATE", "past")]),
    ],
)
def test_acts_undone_denied_or_done_by_others_are_kept_apart(parsed, text, expected):
    assert sorted(coded(parsed(text))) == sorted(expected)


def test_cancelling_participation_in_talks_rejects_the_other_side(hand_doc):
    doc = hand_doc("""
Kenya|Kenya|PROPN|NNP|nsubj|1
cancels|cancel|VERB|VBZ|ROOT|1
its|its|PRON|PRP$|poss|3
participation|participation|NOUN|NN|dobj|1
in|in|ADP|IN|prep|3
a|a|DET|DT|det|6
summit|summit|NOUN|NN|pobj|4
with|with|ADP|IN|prep|6
Somalia|Somalia|PROPN|NNP|pobj|7
.|.|PUNCT|.|punct|1
""")
    assert coded(doc) == [("KEN", "SOM", "REJECT", "past")]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("Kenya dropped its threat to invade Somalia.", {("KEN", "SOM", "CONCEDE", "past")}),
        ("Kenya backed down from its threat to attack Somalia.", {("KEN", "SOM", "CONCEDE", "past")}),
        ("Kenya lifted threats of tariffs on Somalia.", {("KEN", "SOM", "CONCEDE", "past")}),
        ("Threats of tariffs on Somalia were lifted by Kenya.", {("KEN", "SOM", "CONCEDE", "past")}),
        ("Kenya may drop its threat to invade Somalia.", {("KEN", "SOM", "CONCEDE", "hypothetical")}),
        ("Kenya repeated its threat to invade Somalia.", {("KEN", "SOM", "THREATEN", "hypothetical")}),
        ("Kenya shelved plans to attack Somalia.", {("KEN", "SOM", "ASSAULT", "negated")}),
        ("Kenya called off strikes on Somalia.", {("KEN", "SOM", "RETREAT", "past")}),
    ],
)
def test_a_threat_that_is_taken_back_is_a_concession(parsed, text, events):
    assert set(coded(parsed(text))) == events


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kenya said it had signed nothing that recognised Somalia.", {("KEN", "SOM", "SUPPORT", "negated")}),
        (
            "Neither the Kenyan army nor the Somali police attacked Uganda.",
            {("KEN", "UGA", "ASSAULT", "negated"), ("SOM", "UGA", "ASSAULT", "negated")},
        ),
        ("None of the Kenyan soldiers attacked Somalia.", {("KEN", "SOM", "ASSAULT", "negated")}),
    ],
)
def test_nothing_neither_and_none_negate_an_act(parsed, text, expected):
    assert set(coded(parsed(text))) == expected


@pytest.mark.model
@pytest.mark.parametrize("verb", ["failed", "collapsed", "broke down on Monday"])
def test_failed_talks_are_a_rejection(parsed, verb):
    rows = coded(parsed(f"Talks between Kenya and Uganda {verb}."))
    assert rows == [("KEN", "UGA", "REJECT", "past"), ("UGA", "KEN", "REJECT", "past")]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kenya asked whether Uganda would stop the shelling of Somalia.", "hypothetical"),
        ("Kenya asked if Uganda will attack Somalia.", "hypothetical"),
        ("Kenya asked why Uganda had attacked Somalia.", "past"),
    ],
)
def test_a_reported_question_is_no_demand_and_leaves_the_act_open(parsed, text, expected):
    assert {(row[0], row[1], row[3]) for row in coded(parsed(text))} == {("UGA", "SOM", expected)}


@pytest.mark.model
def test_a_future_act_joined_to_an_ongoing_one_stays_future(parsed):
    rows = coded(parsed("Kenya said Uganda was arming and would attack Somalia."))
    assert ("UGA", "SOM", "ASSAULT", "future") in rows


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "Uganda expects an invasion of Somalia by Kenya.",
        "Uganda predicted an attack by Kenya on Somalia.",
        "Uganda anticipates a Kenyan blockade of Somalia.",
        "Uganda warned of a Kenyan attack on Somalia.",
        "The minister predicted that Kenya would attack Somalia.",
    ],
)
def test_a_forecast_act_is_hypothetical_and_not_done_by_the_forecaster(parsed, text):
    assert coded(parsed(text)) == [("KEN", "SOM", "ASSAULT", "hypothetical")]


@pytest.mark.model
@pytest.mark.parametrize("claimant", ["by an exile radio station", "in the newspapers"])
def test_a_denied_report_of_an_act_denies_the_act_whoever_reported_it(parsed, claimant):
    text = f"Kenya denied a report {claimant} that Kenyan troops had attacked Somalia."
    assert coded(parsed(text)) == [("KEN", "SOM", "ASSAULT", "negated")]


@pytest.mark.model
def test_to_deny_soldiers_a_pension_denies_no_attack(parsed):
    text = "The ministry denied the Kenyan soldiers who attacked Somalia a pension."
    assert ("KEN", "SOM", "ASSAULT", "negated") not in coded(parsed(text))


@pytest.mark.model
def test_without_leaves_all_that_it_joins_undone(parsed):
    text = "Kenya spoke on Friday without condemning Somalia or threatening Somalia."
    assert {status for *_, status in coded(parsed(text))} == {"negated"}
