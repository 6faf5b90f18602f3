"""Who is subject of a verb, in clauses of their own and borrowed from above, on Docs built by hand."""

import pytest

from analysis.nlp.parse.clause_subject import subject

CASES = {
    "a verb has its own subject": (
        """
        Vega|vega|PROPN|NNP|nsubj|1
        said|say|VERB|VBD|ROOT|1
        """,
        "said",
        "Vega",
    ),
    "in the passive the agent is the subject": (
        """
        It|it|PRON|PRP|nsubjpass|2
        was|be|AUX|VBD|auxpass|2
        denied|deny|VERB|VBN|ROOT|2
        by|by|ADP|IN|agent|2
        Vega|vega|PROPN|NNP|pobj|3
        """,
        "denied",
        "Vega",
    ),
    "a participle borrows the subject of the clause above": (
        """
        Vega|vega|PROPN|NNP|nsubj|1
        rose|rise|VERB|VBD|ROOT|1
        ,|,|PUNCT|,|punct|1
        saying|say|VERB|VBG|advcl|1
        """,
        "saying",
        "Vega",
    ),
    "an infinitive has the object of the verb above": (
        """
        Vega|vega|PROPN|NNP|nsubj|1
        urged|urge|VERB|VBD|ROOT|1
        Diaz|diaz|PROPN|NNP|dobj|1
        to|to|PART|TO|aux|4
        say|say|VERB|VB|xcomp|1
        """,
        "say",
        "Diaz",
    ),
    "a statement has the subject who put it out": (
        """
        Vega|vega|PROPN|NNP|nsubj|1
        issued|issue|VERB|VBD|ROOT|1
        a|a|DET|DT|det|3
        statement|statement|NOUN|NN|dobj|1
        saying|say|VERB|VBG|acl|3
        """,
        "saying",
        "Vega",
    ),
}


@pytest.mark.parametrize(("lines", "verb", "expected"), CASES.values(), ids=CASES)
def test_the_subject_of_a_verb(lines, verb, expected, hand_doc):
    doc = hand_doc(lines)
    found = subject(next(token for token in doc if token.text == verb))
    assert found is not None
    assert found.text == expected


def test_a_verb_in_no_clause_with_a_subject_has_none(hand_doc):
    doc = hand_doc("""
        Saying|say|VERB|VBG|ROOT|0
        so|so|ADV|RB|advmod|0
    """)
    assert subject(doc[0]) is None
