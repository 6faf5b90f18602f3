"""Workers forked from this process answer, end with their caller's stream, and need it to have no threads."""

import os
import signal
import threading

import pytest

from analysis.pipeline import worker_processes
from analysis.pipeline.forked_workers import ForkedWorker, can_fork, fork_worker, is_alone

pytestmark = pytest.mark.skipif(not can_fork(), reason="this system cannot fork")


def echo(asked, answers):
    for line in asked:
        print("not a row")
        answers.write(line.upper())
        answers.flush()


def ask(worker, line):
    worker.stdin.write(line)
    worker.stdin.flush()
    return worker.stdout.readline()


def test_workers_answer_and_each_ends_when_its_stream_is_closed_though_another_was_forked_later():
    first = fork_worker(echo)
    second = fork_worker(echo, [first])
    assert ask(first, b"one\n") == b"ONE\n"
    assert ask(second, b"two\n") == b"TWO\n"
    first.communicate()
    assert first.wait() == 0
    assert second.process.is_alive()
    second.communicate()


def test_what_a_worker_prints_is_not_in_the_output_of_the_command(capfd):
    worker = fork_worker(echo)
    ask(worker, b"one\n")
    worker.communicate()
    assert capfd.readouterr().out == ""


def test_ctrl_c_is_for_the_process_that_asks():
    worker = fork_worker(echo)
    ask(worker, b"one\n")
    os.kill(worker.process.pid, signal.SIGINT)
    assert ask(worker, b"two\n") == b"TWO\n"
    worker.kill()
    assert worker.wait() == -signal.SIGKILL
    worker.communicate()


def test_a_process_is_forked_only_while_it_has_no_other_thread(monkeypatch):
    monkeypatch.setattr(worker_processes, "start_program", lambda: "a new program")
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    assert not is_alone()
    assert worker_processes.start([]) == "a new program"
    done.set()
    other.join()
    monkeypatch.setattr(threading, "active_count", lambda: 1)  # the tests may run beside threads
    worker = worker_processes.start([])
    assert isinstance(worker, ForkedWorker)
    worker.communicate()
