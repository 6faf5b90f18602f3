"""The store: stored texts are not read again, and whatever happens to it, the tables are the same."""

import errno
import os
import socket
import time
import warnings
from multiprocessing import get_context
from pathlib import Path

import pandas as pd
import pytest
from fsspec import register_implementation
from fsspec.implementations.memory import MemoryFileSystem

from analysis.ingest.corpus import Draft, article_rows, article_table
from analysis.pipeline import reading, store
from analysis.pipeline.analyse import analyse, extract_tables
from analysis.pipeline.reading import read_rows
from analysis.pipeline.store import (
    DAMAGED,
    StoreWarning,
    clear,
    join_small_files,
    load_stored,
    reading_version,
    usable_store,
    usage,
    version_folder,
    write_articles,
)

TEXTS = (
    "France condemned Iran over its nuclear programme, French President Emmanuel Macron said.",
    'Iran met China in Rome. "We will trade," the Iranian foreign minister told reporters.',
    "Japan imposed sanctions on Russia on Monday, officials said.",
)
pytestmark = pytest.mark.model


def corpus_of(*texts):
    rows, _ = article_rows(Draft(f"{n}.txt", text) for n, text in enumerate(texts))
    return article_table(rows)


@pytest.fixture(scope="module")
def whole():
    return extract_tables(corpus_of(*TEXTS))


@pytest.fixture
def counts(monkeypatch):
    """The number of articles in each chunk that is read."""
    found = []

    def noted(chunk, read_chunk=reading.read_chunk):
        found.append(len(chunk))
        return read_chunk(chunk)

    monkeypatch.setattr(reading, "read_chunk", noted)
    return found


def same(one, other):
    for name, table in one.items():
        pd.testing.assert_frame_equal(table, other[name])
    return True


def test_only_a_new_article_is_read_and_the_tables_are_the_same(tmp_path, whole, counts):
    extract_tables(corpus_of(*TEXTS[:2]), store=tmp_path)
    for _ in range(2):
        assert same(whole, extract_tables(corpus_of(*TEXTS), store=tmp_path))
    assert counts == [2, 1]


def test_after_a_change_of_code_or_word_lists_all_is_read_again_and_the_old_rows_can_be_cleared(
    tmp_path, monkeypatch, counts
):
    extract_tables(corpus_of(*TEXTS), store=tmp_path)
    monkeypatch.setattr(store, "READING_VERSION", 0)
    extract_tables(corpus_of(*TEXTS), store=tmp_path)
    for module in (store, reading):
        monkeypatch.setattr(module, "lists_at_start", lambda: "other")
    monkeypatch.setattr(reading, "lists_digest", lambda: "other")
    extract_tables(corpus_of(*TEXTS), store=tmp_path)
    assert counts == [3, 3, 3]
    assert [one.article_count for one in usage(tmp_path)] == [3, 3, 3]
    clear(tmp_path, [reading_version()])
    assert [one.version for one in usage(tmp_path)] == [reading_version()]
    clear(tmp_path)
    assert usage(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "is_new"), [("events/verbs", True), ("indicators/gravity", False), ("charts/bloc_places", False)]
)
def test_a_version_is_another_after_an_edit_of_a_list_that_reads_texts(monkeypatch, name, is_new):
    before, edited = store.lists_digest(), store.lexicon_path("events/modes")
    path_of = store.lexicon_path
    monkeypatch.setattr(store, "lexicon_path", lambda one: edited if one == name else path_of(one))
    assert (store.lists_digest() != before) == is_new


def test_nothing_is_stored_after_an_edit_of_a_word_list_with_one_warning(tmp_path, monkeypatch, whole):
    monkeypatch.setattr(reading, "lists_digest", lambda: "another")
    with pytest.warns(StoreWarning, match="edited since this session began") as warned:
        assert same(whole, extract_tables(corpus_of(*TEXTS), store=tmp_path))
    assert len(warned) == 1
    assert usage(tmp_path) == []


@pytest.mark.parametrize("damage", [lambda content: content[:-100], lambda content: content[::-1]])
def test_a_damaged_file_is_set_aside_and_its_articles_are_read_again(tmp_path, whole, counts, damage):
    extract_tables(corpus_of(*TEXTS), store=tmp_path)
    (path,) = (tmp_path / "readings" / reading_version()).glob("*.parquet")
    path.write_bytes(damage(path.read_bytes()))
    with pytest.warns(StoreWarning, match=r"is damaged: it was moved to damaged/") as warned:
        assert same(whole, extract_tables(corpus_of(*TEXTS), store=tmp_path))
    assert len(warned) == 1
    assert counts == [3, 3]
    assert len(list((tmp_path / "readings" / DAMAGED).iterdir())) == 1


def test_clearing_a_store_leaves_what_somebody_else_put_there(tmp_path):
    extract_tables(corpus_of(*TEXTS), store=tmp_path)
    (tmp_path / "search").mkdir()
    names = ("readings/notes.txt", f"readings/{reading_version()}/notes.txt", "search/notes.txt", "a.parquet")
    notes = [tmp_path / name for name in names]
    for note in notes:
        note.write_text("mine")
    assert clear(tmp_path) > 0
    assert usage(tmp_path) == []
    assert [note.read_text() for note in notes] == ["mine"] * len(notes)


class FullDisk(MemoryFileSystem):
    """A file system that takes no more files once it is full."""

    protocol = "fulldisk"
    is_full = False

    def pipe_file(self, path, value, **options):
        if self.is_full:
            raise OSError(28, "No space left on device", "topics")
        super().pipe_file(path, value, **options)


def test_a_full_disk_gives_one_warning_and_the_run_goes_on(whole):
    register_implementation("fulldisk", FullDisk, clobber=True)
    address = "fulldisk://store"
    extract_tables(corpus_of(TEXTS[0]), store=address)
    FullDisk.is_full = True
    expected = r"cannot be written \(No space left on device\): make room on the disk. What is read from now"
    with pytest.warns(StoreWarning, match=expected) as warned:
        assert same(whole, extract_tables(corpus_of(*TEXTS), store=address))
    assert len(warned) == 1
    assert [one.article_count for one in usage(address)] == [1]


def test_many_small_files_are_joined_without_loss(tmp_path):
    folder = version_folder(tmp_path, "v")
    rows = read_rows([("a" * 16, TEXTS[0]), ("b" * 16, TEXTS[1])])
    for n in range(store.MANY_SMALL):
        ids = ["a" * 16, f"{n:016}"]
        write_articles(folder, rows.set_column(0, "article_id", [ids]))
    join_small_files(folder)
    assert len(store.file_sizes(folder)) == 1
    found = load_stored(folder)
    assert sorted(found["article_id"].to_pylist()) == [
        *(f"{n:016}" for n in range(store.MANY_SMALL)),
        "a" * 16,
    ]
    assert (
        load_stored(folder, {"a" * 16})
        .drop_columns("article_id")
        .equals(rows.slice(0, 1).drop_columns("article_id"))
    )


def read_with_two_others(folder, articles):
    """Read articles into a store in two other processes, one at a time."""
    reading.CHUNK_ARTICLES = 1
    read_rows(articles, store=folder, parallel_chars=1)


def test_what_a_killed_run_left_and_others_read_at_once_is_what_one_process_reads(tmp_path, monkeypatch):
    """The processes that are killed order their sets in another way than this one, which goes on."""
    monkeypatch.setattr(reading, "CHUNK_ARTICLES", 1)
    places = ("Paris", "Rome", "Tokyo", "Cairo", "Lima", "Oslo", "Delhi", "Quito", "Seoul", "Berlin")
    many = [f"Envoys of France and Iran met in {place} on day {day}." for place in places for day in range(2)]
    articles, done = corpus_of(*TEXTS, *many), []
    expected = extract_tables(articles)
    monkeypatch.setenv("PYTHONHASHSEED", "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1")
    texts = list(zip(articles["article_id"], articles["text"], strict=True))
    run = get_context("spawn").Process(target=read_with_two_others, args=(tmp_path, texts))
    run.start()
    while len(list(tmp_path.rglob("*.parquet"))) < 5 and run.is_alive():
        time.sleep(0.005)

    def killing(count):
        done.append(count)
        if len(done) == 3:
            run.kill()

    assert same(expected, extract_tables(articles, store=tmp_path, progress=killing))
    run.join()
    assert done[0] >= 5  # of the others
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert same(expected, extract_tables(articles, store=tmp_path))
    assert list(tmp_path.rglob("*.part")) == []
    assert [one.article_count for one in usage(tmp_path)] == [len(articles)]


def test_a_store_may_be_on_any_file_system(whole, counts):
    address = "memory://faultline-test"
    for _ in range(2):
        assert same(whole, extract_tables(corpus_of(*TEXTS), store=address))
    clear(address)
    assert counts == [3]


def test_analysis_does_not_use_the_network(tmp_path, monkeypatch):
    def refuse(*_):
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    for _ in range(2):
        assert len(analyse(corpus_of(*TEXTS), store=tmp_path).sentences) == 4


def test_a_store_that_can_be_written_is_used_as_it_is(tmp_path):
    with warnings.catch_warnings(), usable_store(tmp_path / "store") as folder:
        warnings.simplefilter("error")
        assert folder == tmp_path / "store"
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("number", [errno.EACCES, errno.ENOSPC])
def test_of_a_store_that_cannot_be_written_the_run_has_all_and_leaves_it_alone(tmp_path, monkeypatch, number):
    def refused(**options):  # as root may write anywhere
        raise OSError(number, os.strerror(number), f"{options['dir']}/tmpx1y2")

    kept = tmp_path / "store" / "readings"
    kept.mkdir(parents=True)
    (kept / "a.parquet").write_bytes(b"rows")
    (tmp_path / "store" / "index.sqlite").write_bytes(b"index")
    monkeypatch.setattr(store.tempfile, "TemporaryFile", refused)
    said = rf"store cannot be written \({os.strerror(number)}\): what is read now is not stored, and .*"
    with pytest.warns(StoreWarning, match=said), usable_store(tmp_path / "store") as folder:
        assert (folder / "readings" / "a.parquet").read_bytes() == b"rows"
        (folder / "readings" / "a.parquet").unlink()
        (folder / "index.sqlite").write_bytes(b"changed")
    assert (kept / "a.parquet").read_bytes() == b"rows"
    assert (tmp_path / "store" / "index.sqlite").read_bytes() == b"index"
    assert not Path(folder).exists()


def test_a_file_in_the_place_of_the_store_is_left_alone(tmp_path):
    (tmp_path / "store").write_text("a file")
    said = r"store cannot be written \(File exists\)"
    with pytest.warns(StoreWarning, match=said), usable_store(tmp_path / "store") as folder:
        assert folder.is_dir()
    assert (tmp_path / "store").read_text() == "a file"
