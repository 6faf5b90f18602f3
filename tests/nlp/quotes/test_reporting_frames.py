"""What a reporting word has for its subject and its content, on Docs built by hand."""

from analysis.nlp.quotes.reporting_frames import find_readings

SAID_IT_RAINED = """
Vega|vega|PROPN|NNP|nsubj|1
said|say|VERB|VBD|ROOT|1
it|it|PRON|PRP|nsubj|3
rained|rain|VERB|VBD|ccomp|1
.|.|PUNCT|.|punct|1
"""

CALLED_AFTER_WAS = """
Vega|vega|PROPN|NNP|nsubj|1
said|say|VERB|VBD|ROOT|1
it|it|PRON|PRP|nsubj|3
was|be|AUX|VBD|ccomp|1
over|over|ADV|RB|advmod|3
and|and|CCONJ|CC|cc|3
argued|argue|VERB|VBD|conj|3
for|for|ADP|IN|prep|6
calm|calm|NOUN|NN|pobj|7
.|.|PUNCT|.|punct|1
"""

CHARGE_DENIED = """
Cruz|cruz|PROPN|NNP|nsubj|1
slipped|slip|VERB|VBD|ccomp|6
,|,|PUNCT|,|punct|6
a|a|DET|DT|det|4
charge|charge|NOUN|NN|dobj|6
Vega|vega|PROPN|NNP|nsubj|6
denies|deny|VERB|VBZ|ROOT|6
.|.|PUNCT|.|punct|6
"""

TAG_BELOW_A_NOUN = """
Kenya|kenya|PROPN|NNP|nsubj|1
expelled|expel|VERB|VBD|ROOT|1
two|two|NUM|CD|nummod|3
envoys|envoy|NOUN|NNS|dobj|1
,|,|PUNCT|,|punct|3
{word}|{word}|DET|DT|{dep}|6
officials|official|NOUN|NNS|nsubj|7
said|say|VERB|VBD|relcl|3
.|.|PUNCT|.|punct|1
"""


def test_a_reporting_verb_has_its_subject_as_speaker_and_its_clause_as_content(hand_doc):
    (reading,) = [r for r in find_readings(hand_doc(SAID_IT_RAINED)) if r.frame == "clause"]
    assert (reading.speaker, reading.content) == (0, ((2, 4),))


def test_a_second_reporting_verb_is_not_part_of_what_the_first_reports(hand_doc):
    readings = {r.lemma: r for r in find_readings(hand_doc(CALLED_AFTER_WAS))}
    assert readings["say"].content == ((2, 5),)
    assert readings["argue"].speaker == 0


def test_denying_a_charge_does_not_report_the_clause_before_it(hand_doc):
    assert "deny" not in {reading.lemma for reading in find_readings(hand_doc(CHARGE_DENIED))}


def test_a_tag_after_a_comma_reports_the_sentence_but_a_relative_clause_does_not(hand_doc):
    tag, relative = (
        [
            (r.lemma, r.frame, r.content)
            for r in find_readings(hand_doc(TAG_BELOW_A_NOUN.format(word=w, dep=d)))
        ]
        for w, d in (("two", "nummod"), ("whose", "poss"))
    )
    assert ("say", "clause", ((0, 4),)) in tag
    assert ("say", "clause", ((0, 4),)) not in relative
