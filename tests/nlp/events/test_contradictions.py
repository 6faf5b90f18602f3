"""What the judge reads in a sentence although its words say something else."""

import pytest

from analysis.nlp.actors.mentions import find_actors
from analysis.nlp.events.bystanders import are_on_one_side, has_bystander, is_talked_about
from analysis.nlp.events.coder import acting_mentions
from analysis.nlp.events.contradictions import (
    is_denied_charge,
    is_hostile_verb,
    is_named_accord,
    is_standing,
    is_standstill,
    is_talk,
    is_topic,
    is_turned,
)
from analysis.nlp.events.outcomes import has_no
from analysis.nlp.judged_events import judged_events
from analysis.nlp.quotes.attribution import find_quotes

pytestmark = pytest.mark.model


def tree_of(doc):
    return acting_mentions(doc, find_actors(doc))[0]


def place(doc, word):
    return next(token.i for token in doc if token.text == word)


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Kenya, an ally of Uganda, warned that such weapons might be turned against it.", "warned", True),
        ("Kenya denounced Uganda.", "denounced", True),
        ("Kenya struck a house where Ugandans were meeting.", "struck", True),
        ("Kenya and Uganda fought side by side.", "fought", False),
        ("Kenya praised Uganda.", "praised", False),
    ],
)
def test_a_warning_is_no_backing(parsed, text, word, expected):
    doc = parsed(text)
    assert is_hostile_verb(tree_of(doc), place(doc, word)) == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Kenyan troops have halted south of Kampala.", "halted", True),
        ("Kenyan troops have stopped.", "stopped", True),
        ("Kenyan troops halted the convoy.", "halted", False),
        ("The convoy was halted by Kenyan troops.", "halted", False),
    ],
)
def test_troops_that_halt_coerce_nobody(parsed, text, word, expected):
    doc = parsed(text)
    assert is_standstill(tree_of(doc), place(doc, word)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kenya said the arms did not constitute a serious threat.", True),
        ("Kenya said the arms were not a threat.", True),
        ("Kenya said the arms were a threat.", False),
        ("Kenya said the arms did not arrive.", False),
    ],
)
def test_a_threat_that_is_denied_is_no_charge(parsed, text, expected):
    doc = parsed(text)
    clause = next(token.i for token in doc if token.dep_ == "ccomp")
    assert is_denied_charge(tree_of(doc), clause) == expected


def test_what_somebody_is_disturbed_over_is_not_accused(parsed):
    doc = parsed('"You are disturbed over Uganda," Kenya told Somalia.')
    tree = tree_of(doc)
    assert is_topic(tree, [place(doc, "Uganda")])
    assert not is_topic(tree, [place(doc, "Somalia")])


def test_where_there_is_no_breach_nothing_is_rejected(parsed):
    doc = parsed("There would be no breach between Kenya and Uganda, the minister told the nation.")
    mentions = find_actors(doc)
    assert has_no(tree_of(doc), place(doc, "breach"))
    rows = judged_events(doc, mentions, list(find_quotes(doc, mentions)))
    assert not [row for row in rows if row.quad > 2 and row.status != "negated"]


def test_a_country_in_the_topic_of_a_talk_takes_no_part_in_it(parsed):
    doc = parsed("Kenya and Uganda discussed the joint statement by Ghana and Mali.")
    topic = [place(doc, "Ghana")]
    assert is_talked_about(tree_of(doc), place(doc, "discussed"), topic)
    assert not is_talked_about(tree_of(doc), place(doc, "discussed"), [place(doc, "Uganda")])


def test_who_reports_an_attack_is_not_the_attacker(parsed):
    doc = parsed("Pakistani jets bombed a market in Kabul, the Ugandan government said.")
    tree, named = acting_mentions(doc, find_actors(doc))
    sentence = next(doc.sents)
    asked = (tree, named, sentence, 4)
    assert has_bystander(*asked, ("UGA", "AFG"), [], {"PAK"})
    assert not has_bystander(*asked, ("PAK", "AFG"), [], {"PAK"})
    assert not has_bystander(*asked, ("UGA", "AFG"), [], set())


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Kenya is an ally of Uganda.", "is", True),
        ("Kenya and Uganda have a historic friendship.", "have", True),
        ("Kenya is a member of a coalition to defeat the rebels of Uganda.", "is", True),
        ("Kenya is strengthening ties with Uganda.", "strengthening", True),
        ("Kenya is building a road for Uganda.", "building", False),
    ],
)
def test_how_two_sides_stand_is_no_deed(parsed, text, word, expected):
    doc = parsed(text)
    assert is_standing(tree_of(doc), place(doc, word)) == expected


def test_what_is_talked_about_is_not_done_by_talking(parsed):
    doc = parsed("Kenya and Uganda met to plan a joint road. Kenya built it.")
    assert is_talk(tree_of(doc), place(doc, "met"))
    assert not is_talk(tree_of(doc), place(doc, "built"))


@pytest.mark.parametrize(
    ("text", "word", "source", "target", "expected"),
    [
        ("Kenyan fighters were killed in Ugandan raids.", "killed", "Kenyan", "Ugandan", True),
        ("Kenya captured the town after Uganda withdrew.", "captured", "Uganda", "Kenya", True),
        ("Kenya captured the town after Uganda withdrew.", "captured", "Kenya", "Uganda", False),
        ("Kenya fought Uganda.", "fought", "Uganda", "Kenya", False),
    ],
)
def test_who_is_struck_does_not_strike(parsed, text, word, source, target, expected):
    doc = parsed(text)
    words = ([place(doc, side)] for side in (source, target))
    assert is_turned(tree_of(doc), place(doc, word), *words) == expected


def test_the_un_is_not_struck_by_what_it_reports(parsed):
    doc = parsed("The United Nations said that Kenyan troops had killed villagers.")
    tree, named = acting_mentions(doc, find_actors(doc))
    asked = (tree, named, next(doc.sents), 4, ("KEN", "org:united-nations"), [])
    assert has_bystander(*asked, set())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He was held under the Extradition Treaty between Kenya and Uganda.", True),
        ("Kenya and Uganda signed a treaty.", False),
    ],
)
def test_an_accord_that_is_cited_by_name_is_not_made_now(parsed, text, expected):
    doc = parsed(text)
    word = "Treaty" if expected else "treaty"
    assert is_named_accord(tree_of(doc), place(doc, word)) == expected


def test_two_who_met_a_third_are_not_said_to_meet_each_other():
    with_third = [{"KEN", "TUR"}, {"TUR", "KEN"}, {"UGA", "TUR"}]
    assert are_on_one_side(("KEN", "UGA"), with_third)
    assert not are_on_one_side(("KEN", "UGA"), [*with_third, {"KEN", "UGA"}])
    assert not are_on_one_side(("KEN", "GHA"), with_third)


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Kenyan troops and Ugandan forces entered the town.", "entered", True),
        ("Kenya and Uganda fought in the hills.", "fought", False),
        ("Kenyan and Ugandan soldiers clashed.", "clashed", False),
    ],
)
def test_who_acts_together_does_not_fight_each_other(parsed, text, word, expected):
    doc = parsed(text)
    words = ([place(doc, side)] for side in (doc[0].text, next(t.text for t in doc if t.text[:3] == "Uga")))
    assert is_turned(tree_of(doc), place(doc, word), *words) == expected


def test_where_others_meet_is_no_side(parsed):
    doc = parsed("Kenya and Uganda held talks in Ghana.")
    tree, named = acting_mentions(doc, find_actors(doc))
    asked = (tree, named, next(doc.sents), 1)
    met = [(place(doc, "talks"), {"KEN", "UGA"})]
    assert has_bystander(*asked, ("KEN", "GHA"), met, set())
    assert not has_bystander(*asked, ("KEN", "UGA"), met, set())
    assert not has_bystander(*asked, ("KEN", "GHA"), [], set())
