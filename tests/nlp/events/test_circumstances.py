"""When, where and at what cost an act happens, as its sentence says."""

import csv
from pathlib import Path

import pytest

from analysis.nlp.actors.mentions import find_actors
from analysis.nlp.events.circumstances import Deed, circumstances as circumstances_at
from analysis.nlp.events.passages import acting_mentions
from analysis.nlp.events.triggers import find_triggers
from analysis.nlp.parse.parser import sentences

MIN_SHARE = 0.9  # of the rows of a field; a rule may be given up where it costs one or two
with (Path(__file__).parent / "circumstances.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))

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
        for word, rule, *_ in find_triggers(tree, sentence.start, sentence.end):
            if rule.root == root:
                deed = Deed(word, root, rule.mode)
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
@pytest.mark.parametrize("field", ["when", "place", "toll"])
def test_most_acts_have_the_time_the_place_and_the_toll_that_their_sentence_gives(parsed, field):
    rows = [row for row in ROWS if row["field"] == field]
    wrong = [row["text"] for row in rows if row["expected"] not in answers(parsed(row["text"]), row)]
    assert len(wrong) <= (1 - MIN_SHARE) * len(rows), "\n".join(wrong)


def test_the_year_before_a_dash_is_no_part_of_a_toll(parsed):
    text = "NAIROBI, 9 November 2026 - Six civilians were killed when Kenya shelled two villages in Somalia."
    assert answers(parsed(text), {"root": "ASSAULT", "field": "toll"}) == {"6 None"}


def answers(doc, row):
    """A field of every act of the root, as the rows write it."""
    found = circumstances(doc, row["root"])
    columns = {"when": lambda act: act[1] or "", "place": lambda act: act[2] or ""}
    return {columns.get(row["field"], lambda act: f"{act[3]} {act[4]}")(act) for act in found}
