"""Several machines: workers on this one that work, die, stay silent or have another version."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from distributed import Client, LocalCluster

from analysis.ingest.corpus import load_corpus
from analysis.pipeline import annotate, dask_workers, reading
from analysis.pipeline.analyse import analyse
from analysis.pipeline.annotate import annotated_stream
from analysis.pipeline.dask_workers import AHEAD, check_workers, pool_on
from analysis.pipeline.store import usage
from analysis.pipeline.workers import answers_in_order
from tests.pipeline.test_workers import tenfold
from tests.test_cli import invoke

ROOT = Path(__file__).parents[2]
COUNTRIES = ("Japan", "France", "Iran", "Peru", "Kenya", "Norway", "Egypt", "Chile", "Cuba", "Nepal")
pytestmark = pytest.mark.model


class Cluster:
    """A scheduler, and workers as a person starts them: one that is killed does not come back."""

    def __init__(self, scheduler):
        self.scheduler, self.address, self.workers = scheduler, scheduler.address, []

    def with_workers(self, least, modules=ROOT):
        """Start as many as are missing, and wait until they are there."""
        self.workers = [worker for worker in self.workers if worker.poll() is None]
        count = max(least, len(self.workers))
        command = [sys.executable, "-P", "-m", "distributed.cli.dask_worker", self.address]
        while len(self.workers) < count:
            worker = subprocess.Popen(
                [*command, "--no-nanny", "--no-dashboard", "--nthreads", "1"],
                env={**os.environ, "PYTHONPATH": f"{modules}{os.pathsep}{ROOT}"},
                stderr=subprocess.DEVNULL,
            )
            self.workers.append(worker)
        deadline = time.monotonic() + 180
        while len(self.scheduler.workers) != count:
            assert time.monotonic() < deadline, f"expected {count} workers"
            time.sleep(0.1)
        return self

    def kill_one(self, place=0):
        self.workers[place].kill()
        self.workers[place].wait()


@pytest.fixture(scope="module")
def cluster():
    """One without workers: each test starts those it needs, and one test leaves them to the next."""
    with LocalCluster(n_workers=0, dashboard_address=":0", host="127.0.0.1") as started:
        running = Cluster(started.scheduler)
        yield running
        for worker in running.workers:
            worker.kill()
            worker.wait()


@pytest.fixture
def pool(cluster):
    with pool_on(cluster.with_workers(2).address) as connected:
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


@pytest.fixture
def articles(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "CHUNK_ARTICLES", 2)
    folder = tmp_path / "seeds"
    folder.mkdir()
    for n in range(12):
        (folder / f"{n:02}.txt").write_text(f"Story {n}\n\n" + (sentence(n) + "\n\n") * 3)
    return load_corpus(folder)[0]


@pytest.fixture
def impatient(monkeypatch):
    """Where an answer never comes, a second is as long to wait as five."""
    monkeypatch.setattr(dask_workers, "ANSWER_SECONDS", 1)


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("tcp://127.0.0.1:1", "tcp://127.0.0.1:1: no Dask scheduler answers there"),
        ("8786", "--scheduler is '8786', expected an address such as tcp://127.0.0.1:8786"),
        ("http://127.0.0.1:80", "--scheduler is 'http://127.0.0.1:80', expected an address such as tcp://"),
        ("tls://127.0.0.1:1", "tls://127.0.0.1:1: no Dask scheduler answers there"),
    ],
)
def test_an_address_without_a_scheduler_is_reported_in_one_sentence(impatient, address, message):
    result = invoke("annotate", "--scheduler", address, given="")
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_server_that_never_answers_is_not_taken_for_a_scheduler(impatient):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(ConnectionError, match="no Dask scheduler answers there"), pool_on(address):
            pass


def test_the_error_for_a_scheduler_without_workers_names_the_command_that_starts_one(cluster):
    with (
        pytest.raises(ConnectionError, match=r"has no worker, expected one: start it with `dask worker tcp:"),
        pool_on(cluster.address),
    ):
        pass


def test_all_records_come_in_order_and_few_are_read_ahead_of_the_workers(pool, monkeypatch):
    monkeypatch.setattr(annotate, "CHUNK", 5)
    taken = []

    def counting():
        for line in lines_of(60):
            taken.append(line)
            yield line

    stream = annotated_stream(counting(), pool=pool)
    first = next(stream)
    assert len(taken) == 5 * AHEAD * 2
    found = [first, *stream]
    assert found == list(annotated_stream(lines_of(60)))
    assert [n for n, line in enumerate(found[:50]) if line.problem] == [3, 5, 7, 8]


def test_the_commands_use_the_workers(cluster, tmp_path):
    content = "".join(json.dumps({"id": n, "text": sentence(n)}) + "\n" for n in range(9))
    (tmp_path / "in.jsonl").write_text(content + "{broken\n")
    words = ["annotate", tmp_path / "in.jsonl"]
    alone = invoke(*words)
    there = invoke(*words, "--scheduler", cluster.with_workers(2).address)
    assert there.exit_code == alone.exit_code
    assert there.stdout == alone.stdout
    assert len(there.stdout.splitlines()) == 10


def test_a_worker_of_another_version_is_reported_and_never_reads(pool, cluster, tmp_path, monkeypatch):
    monkeypatch.setattr(annotate, "CHUNK", 10)
    shutil.copytree(ROOT / "analysis", tmp_path / "analysis")
    with (tmp_path / "analysis" / "data" / "topics/theme_terms.csv").open("a") as terms:
        terms.write("\n")
    cluster.with_workers(3, tmp_path)
    with pytest.raises(ValueError, match="has different versions from this machine") as raised:
        list(annotated_stream(lines_of(200), pool=pool))  # it joined later
    assert "install the same Faultline, packages" in str(raised.value)
    with (
        Client(cluster.address, set_as_default=False) as client,
        pytest.raises(ValueError, match=r"worker tcp://.* has different versions"),
    ):
        check_workers(client)
    cluster.kill_one(-1)


def test_the_store_loses_and_repeats_nothing_when_a_worker_is_killed(pool, cluster, articles, tmp_path):
    done = []

    def killing(count):
        done.append(count)
        if len(done) == 3:
            cluster.kill_one()

    alone = analyse(articles)
    killed = analyse(articles, store=tmp_path / "store", pool=pool, progress=killing)
    for name in ("sentences", "quotes", "stances", "events", "topics", "indicators"):
        assert getattr(alone, name).equals(getattr(killed, name)), name
    assert [one.article_count for one in usage(tmp_path / "store")] == [12]


def test_a_text_that_kills_its_workers_stops_no_other(pool, cluster, monkeypatch):
    monkeypatch.setattr(cluster.scheduler, "allowed_failures", 0)
    cluster.with_workers(3)  # it kills one among the others, and one alone
    answers = list(answers_in_order(pool, tenfold, [[1, 2], [13], [6]]))
    assert answers == [([1, 2], [10, 20]), ([13], None), ([6], [60])]
