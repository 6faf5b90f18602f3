"""The index is kept, built again when anything changes or is damaged, and never in the way."""

import warnings
from multiprocessing import get_context

import pytest

from analysis.search import corpus_index
from analysis.search.corpus_index import CorpusIndex, SearchWarning
from analysis.search.index_file import index_path, source_state, stored_files
from analysis.search.query import Filters, question_of
from tests.search.stories import OLD, TALKS, TANKERS, Story, corrected, stories


@pytest.fixture
def path(tmp_path):
    return tmp_path / "search" / "index.sqlite"


def titles(index, typed, **asked):
    answer = index.answer(question_of(typed, **asked), limit=20)
    return sorted(hit.title for hit in answer.hits)


def asked_once(tables, path, typed="tanker"):
    return titles(CorpusIndex(lambda: tables, path), typed)


def test_the_index_is_built_again_only_when_the_articles_change(path):
    asked_once(stories(TANKERS, TALKS), path)
    before = stored_files(path)
    asked_once(stories(TANKERS, TALKS), path)
    assert stored_files(path) == before
    assert asked_once(stories(TANKERS, TALKS, OLD), path) == ["Calm seas", "Talks in Rome", "Tankers leave"]
    assert asked_once(stories(TANKERS), path) == ["Tankers leave"]
    (only,) = stored_files(path)
    assert [only] != before


def test_a_corrected_speaker_is_found_under_the_corrected_name(path):
    before = stories(TALKS)
    asked_once(before, path)
    index = CorpusIndex(lambda: corrected(before, "Qin Gang"), path)
    assert titles(index, "tanker", filters=Filters(speaker="wang")) == []
    assert titles(index, "tanker", filters=Filters(speaker="qin")) == ["Talks in Rome"]
    assert (titles(index, "Qin"), titles(index, "Wang")) == (["Talks in Rome"], [])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"A tanker left Hormuz", b"A tanker left Horm\xa0z"),  # no UTF-8
        (b"A tanker left Hormuz", b"A banker left Hormuz"),
        (b"SQLite format 3", b"SQLite format 4"),
    ],
)
def test_a_damaged_index_is_built_again(path, old, new):
    asked_once(stories(TANKERS, TALKS), path)
    (file,) = stored_files(path)
    assert old in file.read_bytes()
    file.write_bytes(file.read_bytes().replace(old, new))
    (hit,) = CorpusIndex(lambda: stories(TANKERS, TALKS), path).answer(question_of("Hormuz"), limit=2).hits
    assert hit.text == "A tanker left Hormuz."
    assert old in stored_files(path)[0].read_bytes()


def test_what_is_no_file_is_no_index(path):
    asked_once(stories(TANKERS), path)
    (file,) = stored_files(path)
    file.unlink()
    file.with_name("index-0123456789abcdef.sqlite").mkdir()
    assert asked_once(stories(TANKERS), path) == ["Tankers leave"]


def test_an_index_that_cannot_be_kept_is_in_memory_with_one_line(path, monkeypatch):
    def refuse(connection, where):
        raise OSError(28, "No space left on device", str(where))

    asked_once(stories(TANKERS), path)
    before = stored_files(path)
    monkeypatch.setattr(corpus_index, "keep", refuse)
    with pytest.warns(SearchWarning, match="No space left.* The index of 2 articles was built in memory"):
        assert asked_once(stories(TANKERS, TALKS), path) == ["Talks in Rome", "Tankers leave"]
    assert stored_files(path) == before


def test_pages_for_readers_write_nothing_and_answer_all_the_same(path, monkeypatch):
    monkeypatch.setenv("SERVER_SOFTWARE", "voila/0.5")
    assert asked_once(stories(TANKERS), path) == ["Tankers leave"]
    assert not path.parent.exists()


def ask_in_turn(path, own):
    """Ask for the articles of one process, which are others in each turn."""
    warnings.simplefilter("error", UserWarning)
    given = [Story(f"A tanker left port {n}.", f"Story {n}") for n in range(10)]
    for turn in range(6):
        tables = stories(*given[: 4 + (turn + own) % 5])
        answer = CorpusIndex(lambda tables=tables: tables, path).answer(question_of("tanker"), limit=20)
        assert answer.match_count == len(tables.articles), (turn, answer.match_count)


def test_processes_that_change_one_index_at_once_are_each_answered_from_their_own_articles(path):
    running = [get_context("fork").Process(target=ask_in_turn, args=(path, n)) for n in range(3)]
    for one in running:
        one.start()
    for one in running:
        one.join(300)
    assert [one.exitcode for one in running] == [0, 0, 0]
    assert not [file for file in path.parent.iterdir() if file not in stored_files(path)]


def test_text_with_control_characters_can_be_indexed_and_marked(path):
    odd = Story("\x00Half a tanker \x02Hormuz\x03.", "A \x00 title", said=(("\x03 Xi", "Hormuz"),))
    index = CorpusIndex(lambda: stories(odd), path)
    (hit,) = index.answer(question_of("Hormuz"), limit=5).hits
    assert [hit.text[mark.start : mark.end] for mark in hit.text_marks] == ["Hormuz"]


def test_the_index_is_in_the_store_one_for_each_folder_of_articles(tmp_path, monkeypatch):
    own, other = index_path(tmp_path, "seeds"), index_path(tmp_path, "archive")
    assert own != other
    assert own.parent == other.parent == tmp_path / "search"
    assert index_path("", "seeds") is index_path(None, "seeds") is None
    monkeypatch.chdir(tmp_path)
    assert index_path(".faultline", "seeds") == index_path(".faultline", "../" + tmp_path.name + "/seeds")


def test_the_index_of_a_store_elsewhere_is_in_the_cache_of_the_user(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert index_path("memory://store", "seeds").parent == tmp_path / "faultline" / "search"
    assert index_path("memory://store", "seeds") != index_path("memory://other", "seeds")


def test_the_state_of_a_folder_changes_with_each_of_its_files(tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.txt").write_text("one")
    before = source_state(tmp_path)
    assert source_state(tmp_path) == before
    (tmp_path / "deep" / "a.txt").write_text("two")
    changed = source_state(tmp_path)
    (tmp_path / "corrections.csv").write_text("")
    assert len({before, changed, source_state(tmp_path)}) == 3
