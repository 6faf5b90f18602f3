"""The model of languages is the same packed and unpacked."""

import os

import pytest

from analysis.ingest import language_model
from analysis.ingest.language_model import language_identifier

TEXTS = (
    "The foreign ministers of both countries met on Monday to discuss the border.",
    "Die Außenminister beider Länder trafen sich am Montag, um über die Grenze zu sprechen.",
    "外交部长们星期一讨论了边境问题。",
    "",
)


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """Where the model is unpacked to."""
    monkeypatch.setattr(language_model, "KEPT", tmp_path / "kept")
    language_identifier.cache_clear()
    yield tmp_path / "kept"
    language_identifier.cache_clear()


def test_the_unpacked_model_answers_as_the_packed_one(kept):
    packed = [language_identifier().classify(text) for text in TEXTS]
    assert not kept.exists()
    language_model.main()
    language_identifier.cache_clear()
    assert [language_identifier().classify(text) for text in TEXTS] == packed
    assert [code for code, _ in packed[:3]] == ["en", "de", "zh"]
    assert isinstance(language_identifier().tk_nextmove, memoryview)  # of the file, not a copy


def test_the_model_of_another_version_is_removed(kept, monkeypatch):
    language_model.main()
    (old,) = kept.iterdir()
    os.rename(old, kept / "py3langid-1-1")
    language_model.main()
    assert list(kept.iterdir()) == [old]


def test_it_is_unpacked_once(kept):
    language_model.main()
    (folder,) = kept.iterdir()
    before = os.stat(folder).st_mtime_ns
    language_model.main()
    assert os.stat(folder).st_mtime_ns == before
