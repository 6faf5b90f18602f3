"""Tone of words, and stance towards one target by its role in the sentence."""

import pytest

from analysis.nlp.stance.rules import (
    ROLES,
    Stance,
    decide,
    entity_relations,
    find_stance,
    is_negated,
    other_mentions,
    role_weights,
    target_relations,
)
from analysis.nlp.stance.tone import tone

PRAISE = """
    Rivals   |rival  |NOUN |NNS|nsubj|1
    praised  |praise |VERB |VBD|ROOT |1
    Ames     |Ames   |PROPN|NNP|dobj |1
    and      |and    |CCONJ|CC |cc   |1
    condemned|condemn|VERB |VBD|conj |1
    Boyle    |Boyle  |PROPN|NNP|dobj |4
    .        |.      |PUNCT|.  |punct|1
"""
OTHER_CLAUSE = """
    Ames |Ames |PROPN|NNP|nsubj|1
    met  |meet |VERB |VBD|ROOT |1
    Boyle|Boyle|PROPN|NNP|dobj |1
    while|while|SCONJ|IN |mark |5
    Cole |Cole |PROPN|NNP|nsubj|5
    lied |lie  |VERB |VBD|advcl|1
    .    |.    |PUNCT|.  |punct|1
"""


def stance_of(doc, name):
    start = doc.text.index(name)
    return find_stance(doc, (start, start + len(name)))


def roles(doc, i):
    return {relation.token.text: relation.role for relation in target_relations(doc[i])}


def test_every_role_has_a_weight_except_that_of_words_about_others():
    assert set(ROLES) - role_weights().keys() == {"other"}


def test_tone_is_textblobs_polarity_and_subjectivity():
    assert tone("a terrible mistake") == (-1.0, 1.0)
    assert tone("The train left at nine.") == (0.0, 0.0)


def test_one_sentence_praises_one_and_condemns_the_other(hand_doc):
    doc = hand_doc(PRAISE)
    assert stance_of(doc, "Ames").label == 1
    assert stance_of(doc, "Boyle").label == -1


def test_a_target_is_agent_as_subject_and_patient_as_object(hand_doc):
    doc = hand_doc(PRAISE)
    assert roles(doc, 2)["praised"] == "patient"
    assert roles(doc, 0)["praised"] == "agent"


def test_a_word_counts_for_the_subject_of_its_own_clause(hand_doc):
    doc = hand_doc(OTHER_CLAUSE)
    assert roles(doc, 2)["lied"] == "patient_clause"
    assert roles(doc, 4)["lied"] == "agent"


PRONOUN = """
    Ames |Ames |PROPN|NNP|nsubj|1
    spoke|speak|VERB |VBD|ROOT |1
    while|while|SCONJ|IN |mark |4
    she  |she  |PRON |PRP|nsubj|4
    lied |lie  |VERB |VBD|advcl|1
    .    |.    |PUNCT|.  |punct|1
"""


def test_a_name_takes_over_the_roles_of_its_pronouns(hand_doc):
    doc = hand_doc("""
        Rivals|rival|NOUN |NNS|nsubj|1
        met   |meet |VERB |VBD|ROOT |1
        Ames  |Ames |PROPN|NNP|dobj |1
        and   |and  |CCONJ|CC |cc   |1
        she   |she  |PRON |PRP|nsubj|5
        lied  |lie  |VERB |VBD|conj |1
        .     |.    |PUNCT|.  |punct|1
    """)
    assert {r.token.text: r.role for r in entity_relations(doc[2])}["lied"] == "agent"


def test_pronouns_after_a_later_subject_go_to_that_name(hand_doc):
    doc = hand_doc(OTHER_CLAUSE.replace("lied |lie", "hurt |hurt") + "him|he|PRON|PRP|dobj|5")
    assert other_mentions(doc[0]) == []
    assert [token.text for token in other_mentions(doc[4])] == ["him"]


def test_a_pronoun_means_the_last_named_subject_before_it(hand_doc):
    assert [token.text for token in other_mentions(hand_doc(PRONOUN)[3])] == ["Ames"]


def test_a_negated_word_is_reversed(hand_doc):
    doc = hand_doc("""
        Ames  |Ames  |PROPN|NNP|nsubj|1
        is    |be    |AUX  |VBZ|ROOT |1
        not   |not   |PART |RB |neg  |1
        honest|honest|ADJ  |JJ |acomp|1
        .     |.     |PUNCT|.  |punct|1
    """)
    assert is_negated(doc[3])
    assert stance_of(doc, "Ames").label == -1


@pytest.mark.parametrize("target", [(0, 0), (-1, 4), (3, 2), (0, 500), (500, 510)])
def test_a_target_outside_the_text_has_no_stance(hand_doc, target):
    assert find_stance(hand_doc(PRAISE), target) is None


def test_the_label_is_the_likeliest_and_the_score_its_balance():
    assert decide(0.0, 5.0, 0.0).label == 0
    assert decide(0.0, 5.0, 0.0).score == pytest.approx(0.0)
    assert decide(0.0, 0.0, 3.0).score > 0.8


def test_an_unsure_label_is_kept_and_marked_as_abstained():
    unsure = decide(0.0, 0.1, 0.0)
    assert isinstance(unsure, Stance)
    assert (unsure.label, unsure.is_abstained) == (0, True)


@pytest.mark.model
def test_a_very_long_sentence_is_read_around_the_target_only(parsed):
    doc = parsed("Ames met " + ", ".join(["envoys"] * 2500) + " and Boyle lied .")
    assert len(target_relations(doc[0])) <= 61
