"""Models give the same answers whether or not the processor overflows with signed bytes."""

import re
from pathlib import Path

import numpy as np
import pytest

from analysis.nlp.events.triggers import FEATURES
from analysis.nlp.parse import reader
from analysis.nlp.parse.reader import (
    BYTE_PRODUCT,
    EXACT_BYTES,
    MODELS,
    checked_file,
    inference_session,
    one_thread,
    overflows,
)

PROCESSOR = Path("/proc/cpuinfo")
DESCRIBED = PROCESSOR.read_text(encoding="utf-8") if PROCESSOR.is_file() else ""
RANDOM = np.random.default_rng(1)


def test_products_of_bytes_that_fit_into_16_bits_are_right_everywhere():
    x = RANDOM.integers(0, 256, (5, 70), dtype=np.uint8)
    y = RANDOM.integers(-64, 65, (70, 9), dtype=np.int8)  # the sum of two products of these fits
    (found,) = one_thread((MODELS / BYTE_PRODUCT).read_bytes(), {}).run(["product"], {"x": x, "y": y})
    np.testing.assert_array_equal(found, x.astype(np.int32) @ y.astype(np.int32))


@pytest.mark.skipif("avx2" not in DESCRIBED, reason="only Linux on x86 lists these abilities")
def test_only_processors_without_vnni_overflow():
    assert overflows() == (not re.search("avx512_vnni|avx_vnni", DESCRIBED))


def test_unsigned_weights_are_asked_for_only_where_signed_ones_overflow(monkeypatch):
    settings = []
    monkeypatch.setattr(reader, "one_thread", lambda _, given: settings.append(given))
    for answer in (True, False):
        monkeypatch.setattr(reader, "overflows", lambda answer=answer: answer)
        inference_session(b"")
    assert settings == [{EXACT_BYTES: "1"}, {}]


def test_the_shipped_model_answers_the_same_with_unsigned_weights():
    model = checked_file("reader.onnx")
    ids = np.array([[101, *range(2000, 2040), 102]])
    half = np.full((1, ids.shape[1]), 1 / ids.shape[1], np.float32)
    features = np.zeros((1, len(FEATURES)), np.float32)
    asked = {"ids": ids, "sources": half, "targets": half, "features": features}
    asked["graded"] = np.ones(1, np.float32)
    shipped = inference_session(model).run(None, asked)
    unsigned = one_thread(model, {EXACT_BYTES: "1"}).run(None, asked)
    for one, other in zip(shipped, unsigned, strict=True):
        np.testing.assert_array_equal(one, other)


def test_a_passage_is_graded_only_where_an_act_is_asked_and_likely():
    passage = "{0} Russia {1} launched missiles at {0} Ukraine {1} and killed nine people.".format(
        *reader.MARKS
    )
    told = reader.read(passage, [((0,), (1,))])
    alone, graded = (reader.read(passage, [], is_graded=graded) for graded in (False, True))
    quiet = reader.read("{0} Chad {1} lies west of {0} Sudan {1} .".format(*reader.MARKS), [((0,), (1,))])
    assert told.importance > 2
    assert (alone.importance, quiet.importance) == (0, 0)
    assert graded.importance == pytest.approx(told.importance, abs=0.01)
    assert quiet.quads.max() < 0.1 < told.quads.max()
    np.testing.assert_allclose(alone.sections, told.sections, atol=1e-6)
