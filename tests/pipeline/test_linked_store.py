"""A linked store has what another has, and keeps that one as it is."""

from analysis.pipeline.linked_store import linked_store


def test_segments_are_linked_and_all_else_is_copied(tmp_path):
    store = tmp_path / "store"
    (store / "readings" / "events" / "key").mkdir(parents=True)
    segment = store / "readings" / "events" / "key" / "0a.parquet"
    segment.write_bytes(b"rows")
    (store / "index.sqlite").write_bytes(b"index")
    found = linked_store(store, tmp_path / "linked")
    linked = found / "readings" / "events" / "key" / "0a.parquet"
    assert (linked.read_bytes(), (found / "index.sqlite").read_bytes()) == (b"rows", b"index")
    linked.unlink()
    (found / "index.sqlite").write_bytes(b"changed")
    (found / "readings" / "events" / "key" / "0b.parquet").write_bytes(b"new")
    assert segment.read_bytes() == b"rows"
    assert (store / "index.sqlite").read_bytes() == b"index"
    assert sorted(path.name for path in store.rglob("*.parquet")) == ["0a.parquet"]


def test_a_store_that_does_not_exist_gives_an_empty_one(tmp_path):
    (tmp_path / "linked").mkdir()
    assert list(linked_store(tmp_path / "missing", tmp_path / "linked").iterdir()) == []
    assert not (tmp_path / "missing").exists()
