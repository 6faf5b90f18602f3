"""The store: what is kept is read once, and whatever happens to it, the tables are the same."""

import ast
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import warnings
from pathlib import Path

import pandas as pd
import pytest

from analysis.ingest.corpus import Draft, article_rows, article_table
from analysis.pipeline import annotate_jsonl, cache_keys, extractors, incremental, store, worker_processes
from analysis.pipeline.analyse import analyse, extract_tables
from analysis.pipeline.cache_keys import (
    PARSES,
    edited_files,
    module_path,
    needed_files,
    needed_modules,
    reading_key,
)
from analysis.pipeline.incremental import READINGS, current_keys, fill_store
from analysis.pipeline.store import (
    DAMAGED,
    StoreWarning,
    clear,
    compact,
    held,
    put,
    shelf_of,
    usable_store,
    usage,
)
from analysis.source_files import AT_START, file_states

ROOT = Path(__file__).parents[2]
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
def read(monkeypatch):
    """Ids of the articles that were parsed, and what was read of which."""
    asked = []
    real = extractors.extract

    def extract(task):
        asked.append((len(task.articles), sorted(task.readings), task.parses is not None))
        return real(task)

    monkeypatch.setattr(extractors, "extract", extract)
    return asked


def same(one, other):
    for name, table in one.items():
        pd.testing.assert_frame_equal(table, other[name])
    return True


def some_segment(folder, reading):
    return next((folder / "readings" / reading).glob("*/*.parquet"))


def test_what_is_kept_gives_the_tables_of_an_empty_store_and_reads_nothing(tmp_path, whole, read):
    assert same(whole, extract_tables(corpus_of(*TEXTS), store=tmp_path))
    assert len(read) == 1
    assert same(whole, extract_tables(corpus_of(*TEXTS), store=tmp_path))
    assert len(read) == 1


def test_of_one_new_article_only_that_one_is_read(tmp_path, whole, read):
    extract_tables(corpus_of(*TEXTS[:2]), store=tmp_path)
    assert same(whole, extract_tables(corpus_of(*TEXTS), store=tmp_path))
    assert [articles for articles, _, _ in read] == [2, 1]


def test_without_the_encoder_the_other_readings_serve_both(tmp_path, read):
    extract_tables(corpus_of(*TEXTS), store=tmp_path)
    extract_tables(corpus_of(*TEXTS), store=tmp_path, use_encoder=False)
    assert read[1] == (3, ["ruled_stances"], True)


def test_a_changed_list_redoes_only_the_readings_that_use_it_and_parses_nothing(tmp_path, monkeypatch, read):
    extract_tables(corpus_of(*TEXTS), store=tmp_path / "store")
    data = tmp_path / "data"
    shutil.copytree(cache_keys.DATA, data)
    with (data / "topics/theme_terms.csv").open("a") as stream:
        stream.write("\n")
    monkeypatch.setattr(cache_keys, "DATA", data)
    reading_key.cache_clear()
    extract_tables(corpus_of(*TEXTS), store=tmp_path / "store")
    reading_key.cache_clear()
    assert read[1:] == [(3, ["topics"], True)]


def test_what_is_read_after_an_edit_in_the_same_process_is_told_and_not_kept(tmp_path, monkeypatch, whole):
    monkeypatch.setitem(AT_START, str(cache_keys.DATA / "topics/theme_terms.csv"), (0, 0, 0))
    with pytest.warns(
        StoreWarning, match=r"data/topics/theme_terms.csv: edited since this session began"
    ) as told:
        assert same(whole, extract_tables(corpus_of(*TEXTS), store=tmp_path))
    assert len(told) == 1
    assert usage(tmp_path) == []


def test_an_edit_of_what_no_reading_uses_hinders_nothing(monkeypatch):
    monkeypatch.setitem(AT_START, str(cache_keys.PACKAGE / "charts/base.py"), (0, 0, 0))
    monkeypatch.setitem(AT_START, str(cache_keys.DATA / "topics/theme_terms.csv"), (0, 0, 0))
    assert edited_files(["quotes", PARSES]) == []
    assert edited_files(["quotes", "topics"]) == ["data/topics/theme_terms.csv"]
    monkeypatch.setitem(AT_START, str(cache_keys.PACKAGE / "nlp/quotes/attribution.py"), (0, 0, 0))
    assert edited_files(["quotes"]) == ["nlp/quotes/attribution.py"]


def test_an_edited_file_has_another_state(tmp_path):
    (tmp_path / "data" / "events").mkdir(parents=True)
    path = tmp_path / "data" / "events" / "list.csv"
    path.write_text("one")
    before = file_states(str(tmp_path))
    path.write_text("two")
    assert [name for name, state in file_states(str(tmp_path)).items() if before[name] != state] == [
        str(path)
    ]


def test_each_list_that_a_reading_opens_is_in_its_key():
    code = """
import json, sys
from functools import _lru_cache_wrapper
from pathlib import Path
opened = set()
def note(event, args):
    if event == "open":
        opened.add(str(args[0]))
sys.addaudithook(note)
from analysis.nlp.parse.parser import load_language, parse
from analysis.pipeline.extractors import READERS
load_language()
docs = list(parse(json.loads(sys.argv[1])))
found = {}
for name, rows in READERS.items():
    for module in [module for named, module in sys.modules.items() if named.startswith("analysis.")]:
        for value in list(vars(module).values()):
            if isinstance(value, _lru_cache_wrapper) and value is not load_language:
                value.cache_clear()
    opened.clear()
    for n, doc in enumerate(docs):
        rows(f"{n:016}", doc)
    folders = ("/analysis/data/", "/analysis/models/")
    found[name] = sorted(
        {path.partition("/analysis/")[2] for path in opened if any(folder in path for folder in folders)}
    )
print(json.dumps(found))
"""
    text = (ROOT / "seeds" / "000_5a213ee456dd8f63.txt").read_text()
    done = subprocess.run(
        [sys.executable, "-c", code, json.dumps([text, *TEXTS])], cwd=ROOT, capture_output=True, text=True
    )
    opened = json.loads(done.stdout)
    assert "data/topics/theme_terms.csv" in opened["topics"]
    assert "data/stance/terms.csv" in opened["ruled_stances"]
    assert "models/encoder.onnx" in opened["stances"]
    for reading, names in opened.items():
        needed = needed_files(needed_modules(reading))
        assert set(names) <= {path.relative_to(cache_keys.PACKAGE).as_posix() for path in needed}, reading


def test_a_list_of_topics_is_in_the_key_of_topics_alone():
    using = [
        reading
        for reading in READINGS
        if cache_keys.DATA / "topics" / "theme_terms.csv" in needed_files(needed_modules(reading))
    ]
    assert using == ["topics"]


def test_the_modules_of_a_key_are_those_that_its_modules_import():
    for module in needed_modules("stances"):
        tree = ast.parse(module_path(module).read_text())
        imported = {
            name.removeprefix("analysis.")
            for node in ast.walk(tree)
            for name in (
                [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else []
            )
            if name.startswith("analysis.")
        }
        assert imported <= set(needed_modules("stances"))


def test_a_damaged_file_is_told_and_set_aside_and_its_articles_are_read_again(tmp_path, whole, read):
    extract_tables(corpus_of(*TEXTS), store=tmp_path)
    quotes, topics = some_segment(tmp_path, "quotes"), some_segment(tmp_path, "topics")
    quotes.write_bytes(quotes.read_bytes()[:-100])
    content = bytearray(topics.read_bytes())
    content[60] ^= 1
    topics.write_bytes(content)
    store.segment_table.cache_clear()
    with pytest.warns(StoreWarning, match=r"is damaged, expected a whole file") as told:
        assert same(whole, extract_tables(corpus_of(*TEXTS), store=tmp_path))
    assert len(told) == 2
    assert read[1:] == [(3, ["quotes", "topics"], True)]
    assert len(list((tmp_path / "readings" / DAMAGED).iterdir())) == 2


def test_readings_of_another_version_are_not_used_and_can_be_cleared(tmp_path, monkeypatch, read):
    extract_tables(corpus_of(*TEXTS), store=tmp_path)
    monkeypatch.setattr(cache_keys, "package_version", lambda name: "0" if name == "spacy" else "")
    reading_key.cache_clear()
    extract_tables(corpus_of(*TEXTS), store=tmp_path)
    keys = current_keys()
    reading_key.cache_clear()
    assert [parsed for _, _, parsed in read] == [False, False]
    assert len(usage(tmp_path)) == 12
    clear(tmp_path, keys.items())
    assert {(each.reading, each.key) for each in usage(tmp_path)} <= set(keys.items())
    clear(tmp_path)
    assert usage(tmp_path) == []


def test_a_full_disk_is_told_once_and_the_run_goes_on(tmp_path, monkeypatch, whole):
    extract_tables(corpus_of(TEXTS[0]), store=tmp_path)

    def full(*_):
        raise OSError(28, "No space left on device", "topics")

    monkeypatch.setattr(store, "write_local", full)
    with pytest.warns(StoreWarning, match=r"topics: No space left on device: what is read from") as told:
        assert same(whole, extract_tables(corpus_of(*TEXTS), store=tmp_path))
    assert len(told) == 1
    assert len(held(shelf_of(tmp_path, "topics", current_keys()["topics"]))) == 1


def test_a_store_that_cannot_be_written_gives_way_to_a_passing_one(tmp_path):
    (tmp_path / "store").write_text("a file")
    with (
        pytest.warns(StoreWarning, match="store: .*what is read now is not kept"),
        usable_store(tmp_path / "store") as folder,
    ):
        assert folder.is_dir()
    assert not folder.exists()


def test_many_small_files_become_one_and_nothing_is_lost(tmp_path, whole):
    shelf = shelf_of(tmp_path, "topics", "k")
    table = incremental.read_tables([("a" * 16, TEXTS[0])], ["topics"], None)["topics"]
    for n in range(store.MANY):
        put(shelf, table, [f"{n:016}", "a" * 16])
    compact(shelf)
    assert len(store.segments(shelf)) == 1
    assert set(held(shelf)) == {f"{n:016}" for n in range(store.MANY)} | {"a" * 16}
    (rows,), _ = store.load(shelf, ["a" * 16], held(shelf))
    assert rows.equals(table)


RUN = """
import sys
from analysis.source_files import AT_START, file_states
from tests.pipeline.test_store import corpus_of, many
from analysis.pipeline import incremental
from analysis.pipeline.analyse import extract_tables
incremental.CHUNK_ARTICLES = 2
print("start", flush=True)
extract_tables(corpus_of(*many()), store=sys.argv[1], use_encoder=False)
"""


def many():
    places = ("Paris", "Rome", "Tokyo", "Cairo", "Lima", "Oslo", "Delhi", "Quito", "Seoul", "Berlin")
    return [f"Envoys of France and Iran met in {place} on day {day}." for place in places for day in range(4)]


def start_run(folder):
    command = [sys.executable, "-c", RUN, str(folder)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)


def test_a_run_killed_at_any_moment_and_run_again_gives_the_same(tmp_path):
    expected = extract_tables(corpus_of(*many()), use_encoder=False)
    for files in (1, 20, 60):  # kill it when that many files are there
        run = start_run(tmp_path)
        run.stdout.readline()
        while len(list(tmp_path.rglob("*.parquet"))) < files and run.poll() is None:
            time.sleep(0.005)
        os.kill(run.pid, signal.SIGKILL)
        run.communicate()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert same(expected, extract_tables(corpus_of(*many()), store=tmp_path, use_encoder=False))


def test_two_runs_at_once_leave_a_whole_store(tmp_path):
    runs = [start_run(tmp_path) for _ in range(2)]
    for run in runs:
        run.communicate()
    assert [run.returncode for run in runs] == [0, 0]
    expected = extract_tables(corpus_of(*many()), use_encoder=False)
    assert same(expected, extract_tables(corpus_of(*many()), store=tmp_path, use_encoder=False))


def test_two_processes_read_what_one_reads(tmp_path, monkeypatch, whole):
    monkeypatch.setattr(incremental, "ENOUGH", 1)
    monkeypatch.setattr(incremental, "CHUNK_ARTICLES", 1)
    assert same(whole, extract_tables(corpus_of(*TEXTS), store=tmp_path))


def test_two_processes_annotate_as_one_does_in_order_and_a_bad_line_between(monkeypatch):
    records = [json.dumps({"id": n, "text": text}).encode() for n, text in enumerate(many()[:12])]
    records[5:5] = [b'{"id": 99', b"  ", b'{"id": 98}', b'{"id": "\xff", "text": "x"}']
    alone = list(annotate_jsonl.annotated_stream(records))  # too few for two
    monkeypatch.setattr(annotate_jsonl, "ENOUGH", 1)
    monkeypatch.setattr(annotate_jsonl, "CHUNK_LINES", 2)
    asked = []
    monkeypatch.setattr(
        annotate_jsonl, "in_turn", lambda *given: asked.append(1) or worker_processes.in_turn(*given)
    )
    assert list(annotate_jsonl.annotated_stream(records)) == alone
    assert asked == [1]
    assert [json.loads(line.text)["id"] for line in alone] == [*range(5), None, 98, None, *range(5, 12)]
    assert [n for n, line in enumerate(alone) if line.is_error] == [5, 6, 7]


def test_a_store_may_lie_on_any_file_system(whole):
    address = "memory://faultline-test"
    articles = corpus_of(*TEXTS)
    pairs = list(zip(articles["article_id"], articles["text"], strict=True))
    fill_store(iter(pairs), [name for name in READINGS if name != "ruled_stances"], address)
    assert same(whole, extract_tables(articles, store=address))
    clear(address)


def test_nothing_asks_the_network(tmp_path, monkeypatch):
    def refuse(*_):
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    for _ in range(2):
        assert len(analyse(corpus_of(*TEXTS), store=tmp_path).sentences) == 4


def test_the_parse_is_kept_for_each_article(tmp_path):
    extract_tables(corpus_of(*TEXTS), store=tmp_path)
    assert len(held(shelf_of(tmp_path, PARSES, current_keys()[PARSES]))) == 3
