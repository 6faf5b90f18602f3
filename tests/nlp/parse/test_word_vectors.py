"""A remembered word has the numbers that spaCy's network would give it now."""

import numpy as np
import pytest

from analysis.nlp.parse import word_vectors
from analysis.nlp.parse.matrix_product import use_fast_products
from analysis.nlp.parse.model import installed_model
from analysis.nlp.parse.parser import load_language
from analysis.nlp.parse.word_vectors import remember_words

TEXTS = (
    "Vega met Rigel in Oslo.\nVega had met Rigel before.",
    "“Vega” met  nobody; it's Rigel who'd go",
    "",
    "Oslo",
)


class Sums:
    """A layer that adds up each row and notes which rows it was given."""

    def __init__(self):
        self.seen = []

    def predict(self, rows):
        self.seen += rows.tolist()
        return rows.sum(1, keepdims=True).astype(np.float32)


@pytest.mark.model
@pytest.mark.parametrize("most", [0, word_vectors.MOST_WORDS])
def test_vectors_of_texts_have_the_same_bits_as_without_memory(monkeypatch, most):
    monkeypatch.setattr(word_vectors, "MOST_WORDS", most)
    plain, quick = (__import__(installed_model()).load().get_pipe("tok2vec") for _ in range(2))
    use_fast_products([plain, quick])
    remember_words(quick.model)
    docs = [load_language().make_doc(text) for text in TEXTS]
    for batch in (docs, docs[:1], docs[1:], docs[::-1], docs[3:]):
        for found, expected in zip(quick.predict(batch), plain.predict(batch), strict=True):
            np.testing.assert_array_equal(found, expected)


def test_a_word_is_computed_once_until_too_many_are_known(monkeypatch):
    monkeypatch.setattr(word_vectors, "MOST_WORDS", 2)
    layer = Sums()
    vectors = word_vectors.word_vectors([layer])
    rows = np.array([[1, 2], [3, 4], [1, 2]], np.uint64)
    assert vectors(rows).tolist() == [[3], [7], [3]]
    assert vectors(rows[::-1].copy()).tolist() == [[3], [7], [3]]
    assert vectors(np.array([[5, 6]], np.uint64)).tolist() == [[11]]
    assert layer.seen == [[1, 2], [3, 4], [5, 6]]
    assert vectors(rows).tolist() == [[3], [7], [3]]
    assert layer.seen[3:] == [[1, 2], [3, 4]]


def test_a_pipeline_that_remembers_words_refuses_to_be_trained():
    with pytest.raises(NotImplementedError, match="cannot be trained"):
        word_vectors.no_training(None)
