"""Marking mentions, and the encoder that reads them."""

import hashlib
import json

import numpy as np
import pytest

from analysis.nlp.parse.encoder import (
    MODELS,
    Probabilities,
    checked_file,
    encode,
    labels,
    mark_pair,
    mark_target,
    run,
)

MET = "Aland met Bland."
MISSED = pytest.mark.xfail(
    strict=True, reason="the encoder alone misses it between invented names; the rules do not"
)


def test_source_and_target_are_put_between_their_marks():
    assert mark_pair(MET, (0, 5), (10, 15)) == " [unused1] Aland [unused2]  met  [unused3] Bland [unused4] ."


def test_source_and_target_may_come_in_either_order():
    assert mark_pair(MET, (10, 15), (0, 5)) == " [unused3] Aland [unused4]  met  [unused1] Bland [unused2] ."


def test_a_side_without_a_mention_has_no_mark():
    assert mark_pair(MET, (0, 5), None) == " [unused1] Aland [unused2]  met Bland."


def test_a_target_inside_its_source_is_marked_within_it():
    marked = mark_pair("Aland's army", (0, 12), (0, 5))
    assert marked.replace("  ", " ") == " [unused1] [unused3] Aland [unused4] 's army [unused2] "


def test_a_sentence_of_5000_words_is_cut_to_the_words_near_the_mentions():
    text = "Aland " + "and so on " * 2000 + "Bland"
    marked = mark_pair(text, (0, 5), (len(text) - 5, len(text)))
    assert len(marked) < 700
    assert " [unused1] Aland [unused2] " in marked
    assert marked.endswith(" [unused3] Bland [unused4] ")


def test_a_target_of_5000_words_keeps_both_marks():
    text = "word " * 5000
    marked = mark_target(text, (0, len(text)))
    assert len(marked) < 700
    assert "[unused5]" in marked and "[unused6]" in marked


def test_the_error_about_a_missing_model_file_has_its_hash_and_how_to_restore_it(tmp_path):
    write_card(tmp_path, "0" * 64)
    with pytest.raises(FileNotFoundError, match=r"encoder\.onnx is missing, expected sha256 0{64}: run `git"):
        checked_file("encoder.onnx", tmp_path)


def test_an_altered_model_file_is_an_error_and_not_used(tmp_path):
    write_card(tmp_path, "0" * 64)
    (tmp_path / "encoder.onnx").write_bytes(b"altered")
    with pytest.raises(ValueError, match=r"encoder\.onnx has sha256 [0-9a-f]{64}, expected 0{64}"):
        checked_file("encoder.onnx", tmp_path)


def test_altered_heads_are_an_error_that_names_their_hash(tmp_path):
    card = (MODELS / "encoder.json").read_text(encoding="utf-8")
    recorded = json.loads(card)["sha256"]["heads.json"]
    (tmp_path / "encoder.json").write_text(card, encoding="utf-8")
    with pytest.raises(FileNotFoundError, match=f"heads.json is missing, expected sha256 {recorded}"):
        checked_file("heads.json", tmp_path)
    (tmp_path / "heads.json").write_text("{}")
    with pytest.raises(ValueError, match=rf"heads\.json has sha256 [0-9a-f]{{64}}, expected {recorded}"):
        checked_file("heads.json", tmp_path)


def test_the_recorded_file_is_read(tmp_path):
    write_card(tmp_path, hashlib.sha256(b"model").hexdigest())
    (tmp_path / "encoder.onnx").write_bytes(b"model")
    assert checked_file("encoder.onnx", tmp_path) == b"model"


def write_card(folder, sha256):
    (folder / "encoder.json").write_text(json.dumps({"sha256": {"encoder.onnx": sha256}}))


@pytest.mark.model
def test_equal_texts_are_encoded_once_and_the_order_is_kept():
    run.cache_clear()
    first, other, again = encode(["Rain fell.", "Rain is expected.", "Rain fell."])
    assert first is again
    assert not np.array_equal(first.section, other.section)
    assert (run.cache_info().misses, run.cache_info().hits) == (2, 1)


@pytest.mark.model
def test_a_text_has_the_same_probabilities_in_any_batch():
    alone = encode(["Rain is expected."])[0]
    among = encode(["A much longer sentence stands beside it, about shares and sugar.", "Rain is expected."])[
        1
    ]
    assert all(np.array_equal(a, b) for a, b in zip(alone, among, strict=True))


@pytest.mark.model
def test_every_task_gives_one_probability_per_label():
    found = encode([""])[0]
    assert [len(row) for row in found] == [len(labels()[task]) for task in Probabilities._fields]
    assert [float(row.sum()) for row in found] == pytest.approx([1, 1, 1])


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "source", "target", "root"),
    [
        pytest.param(
            "Norland shelled villages in Sutland overnight.", "Norland", "Sutland", "ASSAULT", marks=MISSED
        ),
        ("Norland accused Sutland of spying.", "Norland", "Sutland", "ACCUSE"),
        ("Norland sent food and tents to Sutland after the flood.", "Norland", "Sutland", "AID"),
        ("Russia shelled villages in Ukraine overnight.", "Russia", "Ukraine", "ASSAULT"),
        ("Norland imposed sanctions on Sutland over the arrests.", "Norland", "Sutland", "COERCE"),
    ],
)
def test_the_root_of_a_plain_event_is_recognised(text, source, target, root):
    spans = [(text.index(name), text.index(name) + len(name)) for name in (source, target)]
    row = encode([mark_pair(text, *spans)])[0].root
    assert labels()["root"][int(row.argmax())] == root


@pytest.mark.model
def test_the_stance_depends_on_which_target_is_marked():
    text = "The senator praised Ames for her courage and called Boyle a liar and a cheat."
    praised, blamed = (
        encode([mark_target(text, (text.index(name), text.index(name) + len(name)))])[0].stance
        for name in ("Ames", "Boyle")
    )
    assert praised[2] - praised[0] > 0 > blamed[2] - blamed[0]
