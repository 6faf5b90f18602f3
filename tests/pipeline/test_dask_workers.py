"""Several machines: workers on this one that work, die, stay silent or have another version."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import fsspec
import pytest
from dask import config
from distributed import LocalCluster
from typer.testing import CliRunner

from analysis.cli import app
from analysis.ingest.corpus import load_corpus
from analysis.pipeline.analyse import analyse
from analysis.pipeline.annotate import annotated_lines, json_value
from analysis.pipeline.dask_workers import (
    AHEAD,
    annotated_stream,
    answers_in_order,
    check_workers,
    read_lines,
    read_on_workers,
    version_key,
    workers_of,
)
from analysis.pipeline.incremental import Chunk, current_keys
from analysis.pipeline.store import reading_folder, segment_by_article

ROOT = Path(__file__).parents[2]
COUNTRIES = ("Japan", "France", "Iran", "Peru", "Kenya", "Norway", "Egypt", "Chile", "Cuba", "Nepal")
OF_A_NANNY = {  # what Dask sets for a worker that it watches, as it usually does
    name: str(value) for name, value in config.get("distributed.nanny.pre-spawn-environ").items()
}
pytestmark = pytest.mark.model


class Cluster:
    """A scheduler, and workers as a person starts them: one that is killed does not come back."""

    def __init__(self, scheduler):
        self.scheduler, self.address, self.workers = scheduler, scheduler.address, []

    def with_workers(self, count, modules=ROOT):
        """Start as many as are missing, and wait until they are there."""
        self.workers = [worker for worker in self.workers if worker.poll() is None]
        command = [sys.executable, "-P", "-m", "distributed.cli.dask_worker", self.address]
        while len(self.workers) < count:
            worker = subprocess.Popen(
                [*command, "--no-nanny", "--no-dashboard", "--nthreads", "1"],
                env={**os.environ, **OF_A_NANNY, "PYTHONPATH": str(modules)},
                stderr=subprocess.DEVNULL,
            )
            self.workers.append(worker)
        deadline = time.monotonic() + 180
        while len(self.scheduler.workers) != count:
            assert time.monotonic() < deadline, (
                f"{len(self.scheduler.workers)} workers came, expected {count}"
            )
            time.sleep(0.1)
        return self

    def kill_one(self):
        self.workers[0].kill()
        self.workers[0].wait()


@pytest.fixture(scope="module")
def cluster():
    with LocalCluster(n_workers=0, dashboard_address=None, host="127.0.0.1") as started:
        running = Cluster(started.scheduler)
        yield running.with_workers(2)
        for worker in running.workers:
            worker.kill()
            worker.wait()


@pytest.fixture
def client(cluster):
    with workers_of(cluster.with_workers(2).address) as connected:
        yield connected


def sentence(n):
    return (
        f'{COUNTRIES[n % 10]} condemned {COUNTRIES[(n + 1) % 10]} on day {n}. "It is wrong," the envoy said.'
    )


def lines_of(count):
    """Lines of JSON, of each fifty four that are bad in their own way."""
    bad = {3: b"{broken", 5: b'{"id": 5}', 7: b"[7]", 8: b'{"id": 8, "text": "half \\ud800"}'}
    good = ({"id": n, "text": sentence(n)} for n in range(count))
    return [bad.get(record["id"] % 50, json.dumps(record).encode()) + b"\n" for record in good]


def in_pairs(chunks):
    """Chunks of two articles, so that a small corpus makes several tasks."""
    for chunk in chunks:
        for start in range(0, len(chunk.articles), 2):
            yield Chunk(chunk.articles[start : start + 2], chunk.readings, None)


@pytest.fixture
def articles(tmp_path):
    folder = tmp_path / "seeds"
    folder.mkdir()
    for n in range(12):
        (folder / f"{n:02}.txt").write_text(f"Story {n}\n\n" + (sentence(n) + "\n\n") * 3)
    return load_corpus(folder)[0]


def same_tables(one, other):
    names = ("sentences", "quotes", "stances", "events", "topics", "indicators")
    for name in names:
        assert getattr(one, name).equals(getattr(other, name)), name


def test_workers_give_the_records_of_one_core_in_order_and_the_errors_of_bad_ones(client):
    alone = list(annotated_lines(map(json_value, lines_of(60)), use_encoder=False))
    found = list(annotated_stream(client, lines_of(60), use_encoder=False, chunk_lines=10))
    assert found == alone
    assert [n for n, line in enumerate(found) if line.is_error] == [3, 5, 7, 8, 53, 55, 57, 58]


def test_no_record_is_lost_with_a_killed_worker(client, cluster):
    def killing():
        for n, line in enumerate(lines_of(200)):
            if n == 100:
                cluster.kill_one()
            yield line

    alone = list(annotated_lines(map(json_value, lines_of(200)), use_encoder=False))
    assert list(annotated_stream(client, killing(), use_encoder=False, chunk_lines=10)) == alone


def test_the_store_loses_and_repeats_nothing_when_a_worker_is_killed(client, cluster, articles, tmp_path):
    def killing(chunks):
        for n, chunk in enumerate(in_pairs(chunks)):
            if n == 2:
                cluster.kill_one()
            yield chunk

    alone = analyse(articles, use_encoder=False)
    killed = analyse(
        articles,
        use_encoder=False,
        store=tmp_path / "store",
        reader=lambda chunks: read_on_workers(client, killing(chunks)),
    )
    same_tables(alone, killed)
    stored = segment_by_article(
        reading_folder(tmp_path / "store", "ruled_events", current_keys()["ruled_events"])
    )
    assert sorted(stored) == sorted(articles["article_id"])
    same_tables(alone, analyse(articles, use_encoder=False, store=tmp_path / "store", reader=nothing_new))


def nothing_new(chunks):
    """A reader that expects the store to be complete."""
    assert not list(chunks)
    return []


def test_the_store_may_be_on_another_file_system(client, articles):
    store = "memory://of-the-test/store"
    filled = analyse(articles[:4], use_encoder=False, store=store, reader=partial(read_on_workers, client))
    same_tables(filled, analyse(articles[:4], use_encoder=False, store=store, reader=nothing_new))
    assert fsspec.filesystem("memory").glob("/of-the-test/store/readings/quotes/*/*.parquet")


def test_few_lines_are_read_ahead_of_the_workers(client):
    taken = []

    def counting():
        for line in lines_of(1_000):
            taken.append(line)
            yield line

    stream = annotated_stream(client, counting(), use_encoder=False, chunk_lines=10)
    next(stream)
    assert len(taken) == 10 * AHEAD * 2
    stream.close()


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("tcp://127.0.0.1:1", "tcp://127.0.0.1:1: no Dask scheduler answers there"),
        ("8786", "--scheduler is '8786', expected an address such as tcp://127.0.0.1:8786"),
        ("http://127.0.0.1:80", "--scheduler is 'http://127.0.0.1:80', expected an address such as tcp://"),
        ("tls://127.0.0.1:1", "tls://127.0.0.1:1: no Dask scheduler answers there"),
    ],
)
def test_an_address_without_a_scheduler_is_reported_in_one_sentence(address, message):
    start = time.monotonic()
    result = CliRunner().invoke(app, ["annotate", "--no-encoder", "--scheduler", address], input="")
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stderr.count("\n") == 1
    assert time.monotonic() - start < 15


def test_a_server_that_never_answers_is_not_taken_for_a_scheduler():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(ConnectionError, match="no Dask scheduler answers there"), workers_of(address):
            pass


def test_a_worker_is_not_taken_for_a_scheduler(client):
    address = next(iter(client.scheduler_info()["workers"]))
    with pytest.raises(ConnectionError, match="a Dask worker answers there"), workers_of(address):
        pass


def test_the_error_for_a_scheduler_without_workers_names_the_command_that_starts_one():
    with (
        LocalCluster(n_workers=0, dashboard_address=None, host="127.0.0.1") as empty,
        pytest.raises(ConnectionError, match=r"has no worker, expected one: start it with `dask worker tcp:"),
        workers_of(empty.scheduler_address),
    ):
        pass


@pytest.mark.skipif(sys.platform != "linux", reason="memory of glibc")
def test_a_worker_uses_large_pieces_of_memory_again(client):
    def faults_after_reading(lines):
        import resource

        import numpy

        read_lines(version_key(), False, lines)
        before = resource.getrusage(resource.RUSAGE_THREAD).ru_minflt
        for _ in range(100):
            numpy.ones(1 << 20, dtype="uint8")  # 256 pages
        return resource.getrusage(resource.RUSAGE_THREAD).ru_minflt - before

    faults = client.submit(faults_after_reading, lines_of(2)).result()
    assert faults < 100 * 256 / 4


def test_a_worker_of_another_version_is_reported_and_never_reads(client, cluster, tmp_path):
    shutil.copytree(ROOT / "analysis", tmp_path / "analysis", ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / "analysis" / "data" / "topics/theme_terms.csv").open("a") as terms:
        terms.write("\n")
    cluster.with_workers(3, tmp_path)
    with pytest.raises(ValueError, match="has different versions from this machine") as raised:
        list(annotated_stream(client, lines_of(200), use_encoder=False, chunk_lines=10))  # it joined later
    assert "install the same Faultline, packages" in str(raised.value)
    with pytest.raises(ValueError, match=r"worker tcp://.* has different versions"):
        check_workers(client)
    cluster.workers[-1].kill()


def test_the_commands_use_the_workers(cluster, tmp_path):
    content = "".join(json.dumps({"id": n, "text": sentence(n)}) + "\n" for n in range(9))
    (tmp_path / "in.jsonl").write_text(content + "{broken\n")
    words = ["annotate", str(tmp_path / "in.jsonl"), "--no-encoder"]
    alone = CliRunner().invoke(app, words)
    there = CliRunner().invoke(app, [*words, "--scheduler", cluster.address])
    assert there.exit_code == alone.exit_code
    assert there.stdout == alone.stdout
    assert len(there.stdout.splitlines()) == 10


def test_only_the_scheduler_option_loads_dask():
    code = (
        "import sys, analysis, analysis.cli, analysis.briefing.build, analysis.pipeline.annotate\n"
        "import analysis.pipeline.incremental\n"
        "sys.exit(any(name in sys.modules for name in ('dask', 'distributed')))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0


def test_a_text_that_kills_its_workers_stops_no_other(client, cluster, monkeypatch):
    monkeypatch.setattr(cluster.scheduler, "allowed_failures", 0)
    cluster.with_workers(3)

    def task(numbers):
        if 4 in numbers:
            os.kill(os.getpid(), 9)
        return [10 * n for n in numbers]

    answers = list(answers_in_order(client, task, [[1, 2], [3, 4, 5], [6]]))
    assert [pair for part, found in answers for pair in zip(part, found or [None], strict=True)] == [
        (1, 10),
        (2, 20),
        (3, 30),
        (4, None),
        (5, 50),
        (6, 60),
    ]
