"""The store: stored texts are not read again, and whatever happens to it, the tables are the same."""

import ast
import json
import shutil
import socket
import subprocess
import sys
import time
import warnings
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import pandas as pd
import pytest
from fsspec import register_implementation
from fsspec.implementations.memory import MemoryFileSystem

from analysis.ingest.corpus import Draft, article_rows, article_table
from analysis.nlp.parse.parser import load_language
from analysis.pipeline import cache_keys, incremental, store
from analysis.pipeline.analyse import analyse, extract_tables
from analysis.pipeline.annotate_jsonl import annotated_stream
from analysis.pipeline.cache_keys import (
    PARSES,
    edited_files,
    module_path,
    needed_files,
    needed_modules,
    reading_key,
)
from analysis.pipeline.incremental import (
    READINGS,
    Chunk,
    current_keys,
    on_one_core_or_two,
    stored_readings,
)
from analysis.pipeline.store import (
    DAMAGED,
    StoreWarning,
    clear,
    compact,
    reading_folder,
    segment_by_article,
    usage,
    write_segment,
)
from analysis.search.index_file import remove_indexes
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


class RecordingReader:
    """Reads as usual, and notes the number of articles, the readings, and whether there are parses."""

    def __init__(self):
        self.chunks = []

    def __call__(self, chunks):
        return on_one_core_or_two(map(self.noted, chunks))

    def noted(self, chunk):
        self.chunks.append((len(chunk.articles), sorted(set(chunk.readings)), chunk.parses is not None))
        return chunk


@pytest.fixture
def reader():
    return RecordingReader()


def in_single_articles(chunks):
    """Chunks of one article each."""
    for chunk in chunks:
        yield from (Chunk([article], chunk.readings, None) for article in chunk.articles)


def same(one, other):
    for name, table in one.items():
        pd.testing.assert_frame_equal(table, other[name])
    return True


def some_segment(folder, reading):
    return next((folder / "readings" / reading).glob("*/*.parquet"))


def test_stored_articles_are_not_read_again_and_give_the_same_tables(tmp_path, whole, reader):
    for _ in range(2):
        assert same(whole, extract_tables(corpus_of(*TEXTS), store=tmp_path, reader=reader))
        assert len(reader.chunks) == 1


def test_only_a_new_article_is_read(tmp_path, whole, reader):
    extract_tables(corpus_of(*TEXTS[:2]), store=tmp_path, reader=reader)
    assert same(whole, extract_tables(corpus_of(*TEXTS), store=tmp_path, reader=reader))
    assert [count for count, _, _ in reader.chunks] == [2, 1]


def test_without_the_encoder_only_stances_and_events_are_read_again(tmp_path, reader):
    extract_tables(corpus_of(*TEXTS), store=tmp_path)
    extract_tables(corpus_of(*TEXTS), store=tmp_path, use_encoder=False, reader=reader)
    assert reader.chunks == [(3, ["ruled_events", "ruled_stances"], True)]


def test_only_readings_that_use_a_changed_list_are_read_again_without_parsing(tmp_path, monkeypatch, reader):
    extract_tables(corpus_of(*TEXTS), store=tmp_path / "store")
    data = tmp_path / "data"
    shutil.copytree(cache_keys.DATA, data)
    with (data / "topics/theme_terms.csv").open("a") as stream:
        stream.write("\n")
    monkeypatch.setattr(cache_keys, "DATA", data)
    reading_key.cache_clear()
    extract_tables(corpus_of(*TEXTS), store=tmp_path / "store", reader=reader)
    reading_key.cache_clear()
    assert reader.chunks == [(3, ["topics"], True)]


def test_nothing_is_stored_after_an_edit_in_the_same_process_with_one_warning(tmp_path, monkeypatch, whole):
    monkeypatch.setitem(AT_START, str(cache_keys.DATA / "topics/theme_terms.csv"), (0, 0, 0))
    with pytest.warns(
        StoreWarning, match=r"data/topics/theme_terms.csv: edited since this session began"
    ) as warned:
        assert same(whole, extract_tables(corpus_of(*TEXTS), store=tmp_path))
    assert len(warned) == 1
    assert usage(tmp_path) == []


def test_an_edit_of_a_file_that_no_reading_uses_is_ignored():
    files = ("charts/base.py", "data/topics/theme_terms.csv")
    before = AT_START | {str(cache_keys.PACKAGE / file): (0, 0, 0) for file in files}
    assert edited_files(["quotes", PARSES], before=before) == []
    assert edited_files(["quotes", "topics"], before=before) == ["data/topics/theme_terms.csv"]
    before |= {str(cache_keys.PACKAGE / "nlp/quotes/attribution.py"): (0, 0, 0)}
    assert edited_files(["quotes"], before=before) == ["nlp/quotes/attribution.py"]


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
from analysis.pipeline.extractors import EXTRACTORS
load_language()
docs = list(parse(json.loads(sys.argv[1])))
found = {}
for name, rows in EXTRACTORS.items():
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
            if name.partition(".")[0] == "analysis"  # `from analysis import` would not be followed
        }
        assert imported <= set(needed_modules("stances"))


def test_a_damaged_segment_is_set_aside_and_its_articles_are_read_again(tmp_path, whole, reader):
    extract_tables(corpus_of(*TEXTS), store=tmp_path)
    quotes, topics = some_segment(tmp_path, "quotes"), some_segment(tmp_path, "topics")
    quotes.write_bytes(quotes.read_bytes()[:-100])
    content = bytearray(topics.read_bytes())
    content[60] ^= 1
    topics.write_bytes(content)
    store.segment_table.cache_clear()
    with pytest.warns(StoreWarning, match=r"is damaged: it was moved to damaged/") as warned:
        assert same(whole, extract_tables(corpus_of(*TEXTS), store=tmp_path, reader=reader))
    assert len(warned) == 2
    assert reader.chunks == [(3, ["quotes", "topics"], True)]
    assert len(list((tmp_path / "readings" / DAMAGED).iterdir())) == 2


def test_readings_of_another_version_are_not_used_and_can_be_cleared(tmp_path, monkeypatch, reader):
    extract_tables(corpus_of(*TEXTS), store=tmp_path)
    monkeypatch.setattr(cache_keys, "package_version", lambda name: "0" if name == "spacy" else "")
    reading_key.cache_clear()
    extract_tables(corpus_of(*TEXTS), store=tmp_path, reader=reader)
    keys = current_keys()
    reading_key.cache_clear()
    assert [is_parsed for _, _, is_parsed in reader.chunks] == [False]
    assert len(usage(tmp_path)) == 12
    clear(tmp_path, keys.items())
    assert {(each.reading, each.key) for each in usage(tmp_path)} <= set(keys.items())
    clear(tmp_path)
    assert usage(tmp_path) == []


def test_clearing_a_store_leaves_what_somebody_else_put_there(tmp_path):
    extract_tables(corpus_of(*TEXTS), store=tmp_path)
    names = "readings/notes.txt", "readings/events/notes.txt", "search/notes.txt", "mine.parquet"
    notes = [tmp_path / name for name in names]
    notes += [folder / "notes.txt" for folder in (tmp_path / "readings").glob("*/*")]
    (tmp_path / "search").mkdir()
    for note in notes:
        note.write_text("mine")
    assert clear(tmp_path) > 0
    remove_indexes(tmp_path)
    assert all(one.bytes == 0 for one in usage(tmp_path))
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
    with pytest.warns(
        StoreWarning, match=r"fulldisk://store cannot be written \(No space left on device\): make room"
    ) as warned:
        assert same(whole, extract_tables(corpus_of(*TEXTS), store=address))
    assert len(warned) == 1
    assert len(segment_by_article(reading_folder(address, "topics", current_keys()["topics"]))) == 1


def test_what_a_killed_run_was_writing_is_removed_by_the_next_run(tmp_path):
    stored = stored_readings(tmp_path, ["topics"])["topics"].folder.path
    Path(stored).mkdir(parents=True)
    (Path(stored) / ".writing-ab12cd34").write_text("half")
    stored_readings(tmp_path, ["topics"])
    assert list(Path(stored).iterdir()) == []


def test_many_small_segments_are_joined_without_loss(tmp_path, whole):
    folder = reading_folder(tmp_path, "topics", "k")
    table = incremental.read_tables([("a" * 16, TEXTS[0])], ["topics"], None)["topics"]
    for n in range(store.MANY_SMALL):
        write_segment(folder, table, [f"{n:016}", "a" * 16])
    compact(folder)
    assert len(store.segments(folder)) == 1
    assert set(segment_by_article(folder)) == {f"{n:016}" for n in range(store.MANY_SMALL)} | {"a" * 16}
    (rows,), _ = store.load_rows(folder, ["a" * 16], segment_by_article(folder))
    assert rows.equals(table)


def many():
    places = ("Paris", "Rome", "Tokyo", "Cairo", "Lima", "Oslo", "Delhi", "Quito", "Seoul", "Berlin")
    return [f"Envoys of France and Iran met in {place} on day {day}." for place in places for day in range(4)]


def run_into(folder):
    """Read many articles, one at a time, into a store."""

    def reader(chunks):
        return on_one_core_or_two(in_single_articles(chunks))

    extract_tables(corpus_of(*many()), store=folder, use_encoder=False, reader=reader)


def start_run(folder):
    """A run in a process of its own: a fork of this one, which has everything loaded."""
    load_language()
    run = get_context("fork").Process(target=run_into, args=(folder,))
    run.start()
    return run


def test_a_run_killed_at_any_moment_and_run_again_gives_the_same(tmp_path):
    expected = extract_tables(corpus_of(*many()), use_encoder=False)
    for files in (1, 20, 60):  # kill it when that many files are there
        run = start_run(tmp_path)
        while len(list(tmp_path.rglob("*.parquet"))) < files and run.is_alive():
            time.sleep(0.005)
        run.kill()
        run.join()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert same(expected, extract_tables(corpus_of(*many()), store=tmp_path, use_encoder=False))


def test_two_runs_at_once_leave_a_whole_store(tmp_path):
    runs = [start_run(tmp_path) for _ in range(2)]
    for run in runs:
        run.join()
    assert [run.exitcode for run in runs] == [0, 0]
    expected = extract_tables(corpus_of(*many()), use_encoder=False)
    assert same(expected, extract_tables(corpus_of(*many()), store=tmp_path, use_encoder=False))


def test_two_processes_read_what_one_reads(tmp_path, whole):
    def in_two_processes(chunks):
        return on_one_core_or_two(in_single_articles(chunks), parallel_chars=1)

    assert same(whole, extract_tables(corpus_of(*TEXTS), store=tmp_path, reader=in_two_processes))
    parallel = partial(on_one_core_or_two, parallel_chars=0)  # from the stored parses
    ruled = extract_tables(corpus_of(*TEXTS), store=tmp_path, use_encoder=False, reader=parallel)
    assert same(ruled, extract_tables(corpus_of(*TEXTS), use_encoder=False))


def test_two_processes_annotate_as_one_does_in_order_even_with_bad_lines():
    records = [json.dumps({"id": n, "text": text}).encode() for n, text in enumerate(many()[:12])]
    records[5:5] = [b'{"id": 99', b"  ", b'{"id": 98}', b'{"id": "\xff", "text": "x"}']
    alone = list(annotated_stream(records))  # too few for two
    taken = []

    def lines():
        for record in records:
            taken.append(record)
            yield record

    stream = annotated_stream(lines(), chunk_lines=2, parallel_bytes=0)
    first = next(stream)
    assert len(taken) > 6  # two processes work ahead, one would have taken two chunks
    assert [first, *stream] == alone
    assert [json.loads(line.text)["id"] for line in alone] == [*range(5), None, 98, None, *range(5, 12)]
    assert [n for n, line in enumerate(alone) if line.is_error] == [5, 6, 7]


def test_a_store_may_be_on_any_file_system(whole):
    address = "memory://faultline-test"
    for _ in range(2):
        assert same(whole, extract_tables(corpus_of(*TEXTS), store=address))
    clear(address)


def test_analysis_does_not_use_the_network(tmp_path, monkeypatch):
    def refuse(*_):
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    for _ in range(2):
        assert len(analyse(corpus_of(*TEXTS), store=tmp_path).sentences) == 4


def test_the_parse_of_each_article_is_stored(tmp_path):
    extract_tables(corpus_of(*TEXTS), store=tmp_path)
    assert len(segment_by_article(reading_folder(tmp_path, PARSES, current_keys()[PARSES]))) == 3
