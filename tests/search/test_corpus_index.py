"""The index is kept, brought up to date by what changed, shared by processes, and never in the way."""

import shutil
import sqlite3
import warnings
from contextlib import closing
from dataclasses import replace
from multiprocessing import get_context

import pytest

from analysis.ingest.scratch import Kind, scratch_file
from analysis.search import corpus_index, index_rows
from analysis.search.corpus_index import CorpusIndex
from analysis.search.index_file import SearchWarning, UnusableIndex, open_index, write_fact
from analysis.search.index_place import index_path, source_state
from analysis.search.question import Filters, question_of
from tests.search.stories import OLD, TALKS, TANKERS, Story, corrected, stories


@pytest.fixture
def path(tmp_path):
    return tmp_path / "search" / "index.sqlite"


@pytest.fixture
def indexed(monkeypatch):
    """The titles of the articles that are indexed, as they are."""
    titles = []
    add = index_rows.add_document
    monkeypatch.setattr(
        index_rows, "add_document", lambda index, one: (titles.append(one.title), add(index, one))
    )
    return titles


def titles(index, typed, **asked):
    answer = index.answer(question_of(typed, **asked), limit=20)
    return sorted(hit.title for hit in answer.hits)


def asked_once(tables, path, typed="tanker", **days):
    return titles(CorpusIndex(lambda: tables, path, **days), typed)


def test_only_new_and_changed_articles_are_indexed(path, indexed):
    asked_once(stories(TANKERS, TALKS), path)
    assert indexed == ["Tankers leave", "Talks in Rome"]
    asked_once(stories(TANKERS, TALKS), path)
    assert len(indexed) == 2
    assert asked_once(stories(TANKERS, TALKS, OLD), path) == ["Calm seas", "Talks in Rome", "Tankers leave"]
    assert indexed[2:] == ["Calm seas"]
    assert asked_once(stories(TANKERS, TALKS._replace(outlet="Other"), OLD), path)
    assert indexed[3:] == ["Talks in Rome"]


def test_an_article_that_has_left_the_folder_is_found_no_longer(path):
    asked_once(stories(TANKERS, TALKS), path)
    assert asked_once(stories(TANKERS), path) == ["Tankers leave"]
    with open_index(path) as connection:  # nor is any word of it left
        for table in ("article_words", "sentence_words", "statement_words"):
            sql = f"SELECT count(*) FROM {table} WHERE {table} MATCH 'Rome OR envoy OR safe OR Wang'"
            assert connection.execute(sql).fetchone() == (0,)


def test_a_corrected_speaker_is_found_under_the_corrected_name(path):
    before = stories(TALKS)
    index = CorpusIndex(lambda: before, path)
    assert titles(index, "tanker", filters=Filters(speaker="wang")) == ["Talks in Rome"]
    index = CorpusIndex(lambda: corrected(before, "Qin Gang"), path)
    assert titles(index, "tanker", filters=Filters(speaker="wang")) == []
    assert titles(index, "tanker", filters=Filters(speaker="qin")) == ["Talks in Rome"]
    assert titles(index, "Qin") == ["Talks in Rome"]
    assert titles(index, "Wang") == []


def test_a_corpus_of_some_days_leaves_other_days_in_the_index(path):
    asked_once(stories(TANKERS, TALKS, OLD), path)
    tables = stories(TANKERS, TALKS, OLD)
    recent = replace(tables, articles=tables.articles.head(1))
    recent = type(tables)(
        **{**vars(recent), "sentences": tables.sentences.head(2), "quotes": tables.quotes.head(1)}
    )
    recent = type(tables)(**{**vars(recent), "events": tables.events.head(0)})
    asked_once(recent, path, first="2024-01-01")
    with open_index(path) as connection:
        left = {row[0] for row in connection.execute("SELECT title FROM articles")}
    assert left == {"Tankers leave", "Calm seas"}  # the talks, of these days too, have left the folder


def test_an_index_that_another_process_has_changed_is_brought_up_to_date_again(path):
    index = CorpusIndex(lambda: stories(TANKERS, TALKS), path)
    assert titles(index, "tanker") == ["Talks in Rome", "Tankers leave"]
    asked_once(stories(OLD), path)
    assert titles(index, "tanker") == ["Talks in Rome", "Tankers leave"]


@pytest.mark.parametrize(
    "content", [b"", b"no database at all" * 100, b"SQLite format 3\x00" + b"\x07" * 5_000]
)
def test_a_file_that_is_no_index_is_replaced(path, content):
    path.parent.mkdir()
    path.write_bytes(content)
    assert asked_once(stories(TANKERS), path) == ["Tankers leave"]
    assert open_index(path)


def test_an_index_of_another_version_is_built_again(path, indexed):
    asked_once(stories(TANKERS), path)
    with sqlite3.connect(path) as connection:
        write_fact(connection, "version", "of last year")
    assert asked_once(stories(TANKERS), path) == ["Tankers leave"]
    assert len(indexed) == 2


def test_damage_that_shows_only_in_an_answer_is_repaired_with_one_line(path):
    asked_once(stories(TANKERS, TALKS), path)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE article_words_data SET block = x'00ff00ff00' WHERE id > 10")
    index = CorpusIndex(lambda: stories(TANKERS, TALKS), path)
    with pytest.warns(SearchWarning, match=r"index\.sqlite is damaged \(.*\), so it was built again"):
        assert titles(index, "tanker") == ["Talks in Rome", "Tankers leave"]
    with warnings.catch_warnings(action="error"):
        assert titles(index, "tanker") == ["Talks in Rome", "Tankers leave"]


def test_in_a_read_only_folder_the_index_is_in_memory_with_one_line(path, monkeypatch):
    def refuse(where, fill):
        raise PermissionError(13, "Permission denied", str(where))

    monkeypatch.setattr(corpus_index, "build_file", refuse)
    with pytest.warns(SearchWarning, match="Permission denied. The index of 1 article was built in memory"):
        assert asked_once(stories(TANKERS), path) == ["Tankers leave"]


def test_an_index_that_may_only_be_read_is_enough_while_nothing_has_changed(path, monkeypatch):
    asked_once(stories(TANKERS), path)

    def refuse(where, wanted):
        raise sqlite3.OperationalError("attempt to write a readonly database")

    monkeypatch.setattr(corpus_index, "change", refuse)
    assert asked_once(stories(TANKERS), path) == ["Tankers leave"]
    with pytest.warns(SearchWarning, match="attempt to write a readonly database. The index of 2 articles"):
        assert asked_once(stories(TANKERS, TALKS), path) == ["Talks in Rome", "Tankers leave"]


def test_where_a_file_is_in_the_way_of_the_folder_the_index_is_in_memory_with_one_line(tmp_path):
    (tmp_path / "store").write_text("a file")
    with pytest.warns(SearchWarning, match="The index of 1 article was built in memory") as caught:
        assert asked_once(stories(TANKERS), tmp_path / "store" / "index.sqlite") == ["Tankers leave"]
    assert len(caught) == 1


def full_disk(connection, documents):
    """What SQLite says when there is no more room."""
    connection.execute("PRAGMA max_page_count = 1")
    for number in range(10_000):
        write_fact(connection, str(number), "x" * 1_000)


def test_on_a_full_disk_the_old_index_stays_and_the_search_is_answered_from_memory(path, monkeypatch):
    asked_once(stories(TANKERS), path)
    before = path.read_bytes()
    monkeypatch.setattr(corpus_index, "add_documents", only_on_disk(full_disk))
    with pytest.warns(
        SearchWarning, match="database or disk is full. The index of 2 articles was built in memory"
    ):
        assert asked_once(stories(TANKERS, TALKS), path) == ["Talks in Rome", "Tankers leave"]
    assert path.read_bytes() == before
    path.unlink()
    with pytest.warns(SearchWarning, match="database or disk is full"):
        asked_once(stories(TANKERS, TALKS), path)
    assert list(path.parent.iterdir()) == []


def only_on_disk(act):
    """Adding documents fails on disk; in memory it works."""
    add = index_rows.add_documents

    def maybe(connection, documents):
        (_, _, file), *_ = connection.execute("PRAGMA database_list")
        return act(connection, documents) if file else add(connection, documents)

    return maybe


def test_pages_for_readers_write_nothing_and_answer_all_the_same(path, monkeypatch):
    monkeypatch.setenv("SERVER_SOFTWARE", "voila/0.5")
    assert asked_once(stories(TANKERS), path) == ["Tankers leave"]
    assert not path.exists()
    monkeypatch.delenv("SERVER_SOFTWARE")
    asked_once(stories(TANKERS), path)
    before = path.read_bytes()
    monkeypatch.setenv("SERVER_SOFTWARE", "voila/0.5")
    assert asked_once(stories(TANKERS, TALKS), path) == ["Talks in Rome", "Tankers leave"]
    assert path.read_bytes() == before


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
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_what_a_killed_process_has_half_written_is_undone(path, tmp_path):
    many = [Story(f"A tanker left port {n}. {'It was late. ' * 400}", f"Story {n}") for n in range(50)]
    asked_once(stories(*many[:2]), path)
    left = tmp_path / "left" / path.name
    left.parent.mkdir()
    with closing(open_index(path, mode="rw")) as writing:
        writing.executescript("PRAGMA cache_size = 1; BEGIN IMMEDIATE; DELETE FROM articles;")
        writing.executemany("INSERT INTO texts VALUES (?, ?)", ((n, "late " * 999) for n in range(900, 999)))
        for ending in ("", "-journal"):  # as if the process ended here
            shutil.copy(f"{path}{ending}", f"{left}{ending}")
        writing.execute("ROLLBACK")
    index = CorpusIndex(lambda: stories(*many[:2]), left)
    assert index.answer(question_of("tanker"), limit=5).match_count == 2
    assert [file.name for file in left.parent.iterdir()] == [left.name]


def test_text_with_control_characters_can_be_indexed_marked_and_removed(path):
    odd = Story("\x00Half a tanker \x02Hormuz\x03.", "A \x00 title", said=(("\x03 Xi", "Hormuz"),))
    index = CorpusIndex(lambda: stories(odd), path)
    (hit,) = index.answer(question_of("Hormuz"), limit=5).hits
    assert [hit.text[mark.start : mark.end] for mark in hit.marks] == ["Hormuz"]
    assert asked_once(stories(TALKS), path, "Hormuz") == []


def test_what_a_killed_process_left_is_removed_and_what_is_being_written_is_not(path):
    path.parent.mkdir()
    (path.parent / ".writing-ab12cd34").write_text("")
    with scratch_file(Kind(path.parent, ".writing-")) as written:
        (path.parent / ".writing-wx98yz76").write_text("")
        asked_once(stories(TANKERS), path)
        assert sorted(file.name for file in path.parent.iterdir()) == [written.name, path.name]


def test_without_an_index_there_is_nothing_to_open(path):
    with pytest.raises(UnusableIndex):
        open_index(path)


def test_the_index_is_in_the_store_one_for_each_folder_of_articles(tmp_path, monkeypatch):
    own, other = index_path(tmp_path, "seeds"), index_path(tmp_path, "archive")
    assert own != other
    assert own.parent == other.parent == tmp_path / "search"
    assert index_path(tmp_path.as_uri(), "seeds").parent == tmp_path / "search"
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
    (tmp_path / ".hidden").write_text("")
    assert len({before, changed, source_state(tmp_path)}) == 3
