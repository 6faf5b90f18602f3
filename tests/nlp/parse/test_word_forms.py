"""Part of speech and lemma are those that the model's own components would give."""

import numpy as np
import pytest

from analysis.nlp.parse.doc_table import ATTRIBUTES
from analysis.nlp.parse.word_forms import OPERATORS

pytestmark = pytest.mark.model

TEXT = """Let's go: y'all ain't gonna say there is nothin' to it, I've got ta have 'em, c'm on.
\tThose who did were the ones that had been seen before; she'd have won't it? But once there, it's well.
  He can't; isn't that what was being done to you? The ministers accused those of lying, hoping for taxes.
There were talks, and all the U.S.-China bases have closed. Nothing gets better than what he got."""


@pytest.mark.parametrize("text", [TEXT, *TEXT.splitlines(), "", " ", "Let", "there", "Let's"])
def test_each_word_has_what_the_model_gives_it(nlp, text):
    quick = nlp(text)
    slow = nlp.make_doc(text)
    for name in ("tok2vec", "tagger", "paragraph_starts", "parser", "attribute_ruler", "lemmatizer"):
        slow = nlp.get_pipe(name)(slow)
    np.testing.assert_array_equal(quick.to_array(ATTRIBUTES), slow.to_array(ATTRIBUTES))


def test_the_patterns_of_the_model_ask_for_one_or_two_tokens_and_what_is_known_of_them(nlp):
    for described in nlp.get_pipe("attribute_ruler").patterns:
        for tests in described["patterns"]:
            assert len(tests) in (1, 2)
            for test in tests:
                assert test.keys() <= {"TAG", "LOWER", "DEP", "IS_SPACE"}
                assert {
                    o for wanted in test.values() if isinstance(wanted, dict) for o in wanted
                } <= OPERATORS.keys()
