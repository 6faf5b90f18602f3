"""When, where and at what cost an act happens, as its sentence says."""

import pytest

from analysis.nlp.actors.mentions import find_actors
from analysis.nlp.events.circumstances import Deed
from analysis.nlp.events.circumstances import circumstances as circumstances_at
from analysis.nlp.events.passages import acting_mentions
from analysis.nlp.events.triggers import find_triggers
from analysis.nlp.parse.parser import sentences

REPORT_AND_ACT = """
Uganda|Uganda|PROPN|NNP|nsubj|1
said|say|VERB|VBD|ROOT|1
Friday|Friday|PROPN|NNP|npadvmod|1
Kenya|Kenya|PROPN|NNP|nsubj|4
attacked|attack|VERB|VBD|ccomp|1
Somalia|Somalia|PROPN|NNP|dobj|4
on|on|ADP|IN|prep|4
Monday|Monday|PROPN|NNP|pobj|6
"""

STRIKE = """
Kenya|Kenya|PROPN|NNP|nsubj|1
attacked|attack|VERB|VBD|ROOT|1
Somalia|Somalia|PROPN|NNP|dobj|1
in|in|ADP|IN|prep|1
the|the|DET|DT|det|5
town|town|NOUN|NN|pobj|3
of|of|ADP|IN|prep|5
Baidoa|Baidoa|PROPN|NNP|pobj|6
,|,|PUNCT|,|punct|1
killing|kill|VERB|VBG|advcl|1
33|33|NUM|CD|nummod|11
people|people|NOUN|NNS|dobj|9
,|,|PUNCT|,|punct|11
including|include|VERB|VBG|prep|11
four|four|NUM|CD|nummod|15
children|child|NOUN|NNS|pobj|13
,|,|PUNCT|,|punct|9
and|and|CCONJ|CC|cc|9
wounding|wound|VERB|VBG|conj|9
dozens|dozen|NOUN|NNS|dobj|18
"""


def circumstances(doc, root="ASSAULT"):
    """Words, time, place and toll of every trigger of a root."""
    mentions = find_actors(doc)
    tree, _ = acting_mentions(doc, mentions)
    countries = [mention for mention in mentions if mention.kind == "country"]
    found = set()
    for sentence in sentences(doc):
        for word, rule, status, *_ in find_triggers(tree, sentence.start, sentence.end):
            if rule.root == root:
                deed = Deed(word, root, rule.mode, status == "future")
                nearest = sorted(countries, key=lambda mention: abs(mention.start - word))[:2]
                codes = {mention.country_code for mention in nearest}
                found.add((tree.lemmas[word], *circumstances_at(tree, sentence, deed, codes)))
    return found


def test_the_day_of_a_report_is_not_the_day_of_the_act(hand_doc):
    assert circumstances(hand_doc(REPORT_AND_ACT)) == {("attack", "on Monday", None, None, None)}


def test_victims_are_counted_once_and_dozens_are_unknown(hand_doc):
    found = {row[2:] for row in circumstances(hand_doc(STRIKE))}
    assert found == {("Baidoa", 33, None)}


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("Kenya attacked Somalia on Tuesday.", "on Tuesday"),
        ("On 5 May Kenya attacked Somalia.", "On 5 May"),
        ("Kenya attacked Somalia overnight.", "overnight"),
        ("Kenya launched an attack on Somalia last week.", "last week"),
        ("Kenya's attack on Somalia took place on Tuesday.", "on Tuesday"),
        ("Tuesday's attack by Kenya on Somalia was the worst yet.", "Tuesday"),
        ("Kenya bombed Somalia's port on Tuesday, killing three people.", "on Tuesday"),
        ("Kenya attacked Somalia after its president left on Friday.", None),
        ("Kenya attacked Somalia before the talks on Friday.", None),
        ("Kenya launched its worst attack on Somalia since May.", None),
        ("Kenya may be poor, but it attacked Somalia.", None),
        ("Kenya attacked Somalia on the first day of the games.", None),
    ],
)
def test_only_the_time_of_the_act_itself_dates_it(parsed, text, when):
    assert when in {row[1] for row in circumstances(parsed(text))}


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "root", "when"),
    [
        (
            "Jo Doe's trip to Kenya Wednesday through Friday is her first.",
            "CONSULT",
            "Wednesday through Friday",
        ),
        ("Kenya and Somalia will hold talks from 5 to 8 May.", "CONSULT", "from 5 to 8 May"),
        ("Kenya and Somalia agreed on Friday to meet in November.", "AGREE", "on Friday"),
        (
            "Kenya will withdraw its troops from Somalia within 24 to 36 hours.",
            "RETREAT",
            "within 24 to 36 hours",
        ),
        ("Kenya and Somalia met during last week's summit.", "CONSULT", "last week"),
        ("Kenya and Somalia will hold talks in Lima on 1 December.", "CONSULT", "on 1 December"),
        ("Kenya said it would hold talks with Somalia on December 1.", "CONSULT", "on December 1"),
        ("Kenya and Somalia are to hold talks on 1 December.", "CONSULT", "on 1 December"),
        ("Kenya and Somalia have scheduled talks for 1 December.", "CONSULT", "1 December"),
        ("Talks between Kenya and Somalia are due to begin on 1 December.", "CONSULT", "on 1 December"),
    ],
)
def test_a_time_may_be_a_span_or_a_deadline(parsed, text, root, when):
    assert when in {row[1] for row in circumstances(parsed(text), root)}


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Kenya bombed Somalia near Baidoa on Tuesday.", "Baidoa"),
        ("Kenya's strikes on the Somali city of Mogadishu went on.", "Mogadishu"),
        ("Kenya attacked a Somali camp in Jubaland.", "Jubaland"),
        ("Kenya attacked Somali troops in Ethiopia.", "Ethiopia"),
        ("Five people died in Kenyan air strikes on Warsame, Somalia.", "Warsame"),
        ("Kenya attacked Somalia.", None),
        ("Kenya launched an attack in Somalia.", None),
        ("Kenya attacked Somalia in May.", None),
        ("Kenya attacked Somalia in support of the people of Ethiopia.", None),
    ],
)
def test_the_place_is_a_named_one_and_not_a_side(parsed, text, place):
    assert {row[2] for row in circumstances(parsed(text))} == {place}


@pytest.mark.model
def test_a_government_named_by_its_capital_is_no_place(parsed):
    text = "Kenya imposed sanctions against Mogadishu over Somalia's claims."
    assert {row[2] for row in circumstances(parsed(text), "COERCE")} == {None}
    text = "Kenya and Somalia held talks in Addis Ababa."
    assert {row[2] for row in circumstances(parsed(text), "CONSULT")} == {"Addis Ababa"}


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("Kenya attacked Somalia, killing at least 33 people and injuring 1,200 others.", 33, 1200),
        ("Thirteen people were killed in a Kenyan strike on Somalia.", 13, None),
        ("Nine people are killed and two dozen wounded in a Kenyan strike on Somalia.", 9, 24),
        ("A Kenyan strike on Somalia leaves two soldiers dead and 15 injured.", 2, 15),
        ("Kenyan troops kill 26 Somalis, including four children.", 26, None),
        ("A Kenyan strike on Somalia killed a man and his sons.", None, None),
        ("A Kenyan strike on Somalia killed a man and two boys.", 3, None),
        ("A Kenyan strike on Somalia killed dozens.", None, None),
        ("A Kenyan strike on Somalia killed a group of herders.", None, None),
        ("Four of their soldiers were killed in a Kenyan strike on Somalia.", 4, None),
        ("Two Somalis are killed when Kenyan troops attack Somalia.", 2, None),
        ("A series of Kenyan strikes targeting Somalia's coast kills five people.", 5, None),
        ("Twenty-four Somalis are killed in a Kenyan air strike.", 24, None),
        ("Between 20 and 30 people were killed in a Kenyan strike on Somalia.", 20, None),
        ("Two people are killed and two others injured by a Kenyan strike on Somalia.", 2, 2),
        ("Kenyan troops kill 51 Somalis and injure 104 others in Somalia.", 51, 104),
        ("Four people are killed and 40 others are trapped after a Kenyan attack on Somalia.", 4, None),
        ("One person is killed, and seven are injured, in Kenyan attacks on Somalia.", 1, 7),
        ("Eleven people are killed, including a chief, in a Kenyan strike on Somalia.", 11, None),
        ("Three Somali soldiers are killed during clashes with Kenyan troops.", 3, None),
        ("Fifteen Somalis, mostly women and children, are killed in Kenyan air strikes.", 15, None),
        ("A Kenyan strike on Somalia kills Jo Doe, a commander of the guard.", 1, None),
        ("A Kenyan strike on Somalia kills Jo Doe.", None, None),
        ("Jo Doe, a Somali commander, is assassinated in a Kenyan strike on Somalia.", 1, None),
        (
            "Ten Somalis are killed by Kenyan troops, bringing the number of people killed since May to 104.",
            10,
            None,
        ),
        (
            "At least 70 Somalis have been killed by Kenyan troops since May, including 38 killed in Baidoa.",
            None,
            None,
        ),
        (
            "Over 300 have been killed and 9 injured by a Kenyan offensive on Somalia since May.",
            None,
            None,
        ),
        ("Kenya has attacked Somalia often and killed 900 Somalis since March.", None, None),
        ("Kenya attacked Somalia after rebels had killed 12 Kenyans.", None, None),
        ("Five Somalis were shot and killed by Kenyan troops.", 5, None),
        ("Kenyan troops fatally shot two Somalis.", 2, None),
        ("Two Somalis are fatally shot by Kenyan troops.", 2, None),
        ("Kenya shoots down a Somali jet, killing the pilot.", 1, None),
        ("Kenya attacks a Somali convoy, killing two guards and the mayor of a village.", 3, None),
        ("A Kenyan strike on Somalia kills the crew.", None, None),
        ("Nine people are killed in a Kenyan attack that destroyed a school in Baidoa, Somalia.", 9, None),
        ("A Somali man is killed after being shot during a Kenyan attack in Baidoa.", 1, None),
        ("Two Somalis die after being hit in a Kenyan strike on Baidoa.", 2, None),
        ("One is killed and 13 others are injured, including two badly, in Kenyan raids on Somalia.", 1, 13),
        ("Two people are killed in Kenyan strikes on Somalia, bringing the toll since May to nine.", 2, None),
        ("A Kenyan missile and drone attack on Somalia kills three people and injures 49 others.", 3, 49),
        ("Kenyan forces kill 33 Somalis seeking food and six other Somalis die of hunger.", 33, None),
        ("Kenya attacks Somalia, leaving 31 people killed and more than 100 others injured.", 31, 100),
        ("Nine people died in Kenyan raids and airstrikes on Somalia.", 9, None),
        ("At least 14 people are also killed in Kenyan gunfire and airstrikes in Somalia.", 14, None),
        ("Kenya attacked Somalia, and 999999999999 people were killed.", None, None),
    ],
)
def test_an_attack_has_the_toll_that_its_sentence_gives_it(parsed, text, killed, injured):
    assert (killed, injured) in {row[3:] for row in circumstances(parsed(text))}


@pytest.mark.model
@pytest.mark.parametrize(
    ("next_sentence", "killed", "injured"),
    [
        ("Fourteen people were killed and 46 others injured.", 14, 46),
        ("At least 12 people were killed, medics said.", 12, None),
        ("Three people died.", 3, None),
        ("Elsewhere, three people were killed in a car crash.", None, None),
        ("Three people were killed by Ethiopian troops.", None, None),
        ("Three people were killed in an Ethiopian raid on the coast.", None, None),
        ("More than 4,000 people have been killed since October.", None, None),
        ("\n\nThree people were killed.", None, None),
    ],
)
def test_the_sentence_after_an_attack_may_give_its_toll(parsed, next_sentence, killed, injured):
    found = circumstances(parsed(f"Kenya bombed Somalia on Monday. {next_sentence}"))
    assert {row[3:] for row in found if row[1] == "on Monday"} == {(killed, injured)}


@pytest.mark.model
def test_the_next_sentence_may_give_the_toll_of_each_place(parsed):
    text = "Kenya launches drone attacks on Somalia. In Baidoa, drone attacks hit homes, killing two people."
    assert ("hit", 2) in {(row[0], row[3]) for row in circumstances(parsed(text))}


@pytest.mark.model
def test_acts_without_force_have_no_toll(parsed):
    text = "Kenya accused Somalia of killing five herders."
    assert {row[3:] for row in circumstances(parsed(text), "ACCUSE")} == {(None, None)}
