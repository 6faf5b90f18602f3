"""Products of matrices: right, and the same bits beside any other rows."""

import numpy as np
import pytest
from thinc.api import NumpyOps

from analysis.nlp.parse.matrix_product import product_function

RANDOM = np.random.default_rng(1)
X = RANDOM.standard_normal((600, 288), dtype=np.float32)
Y = RANDOM.standard_normal((96, 288), dtype=np.float32)
product = product_function(NumpyOps().gemm)


def test_a_product_is_that_of_spacy_but_for_rounding():
    np.testing.assert_allclose(product(X, Y, trans2=True), NumpyOps().gemm(X, Y, trans2=True), atol=1e-4)


@pytest.mark.parametrize("first", [0, 1, 5, 599])
@pytest.mark.parametrize("count", [1, 2, 3, 7, 100, 600])
def test_a_row_has_the_same_bits_wherever_it_is_and_whatever_is_beside_it(first, count):
    alone = product(X[first : first + 1], Y, trans2=True)
    part = np.concatenate([X[first : first + 1], X[: count - 1]])
    assert (product(part, Y, trans2=True)[0] == alone[0]).all()
    assert (product(part[::-1].copy(), Y, trans2=True)[-1] == alone[0]).all()


def test_forms_of_training_are_left_to_spacy():
    np.testing.assert_array_equal(product(X.T.copy(), X), NumpyOps().gemm(X.T.copy(), X))


def test_no_rows_give_no_rows():
    assert product(X[:0], Y, trans2=True).shape == (0, 96)


@pytest.mark.parametrize("count", [1, 2, 600])
def test_a_product_may_be_written_to_a_place_beside_other_rows(count):
    place = np.zeros((count + 1, 96), np.float32)
    found = product(X[:count], Y, trans2=True, out=place[1:])
    assert np.shares_memory(found, place)
    assert (place[1:] == product(X[:count], Y, trans2=True)).all()
    assert not place[0].any()
    wide = np.zeros((count, 192), np.float32)
    product(X[:count], Y, trans2=True, out=wide[:, ::2])
    assert (wide[:, ::2] == place[1:]).all()
    assert not wide[:, 1::2].any()
