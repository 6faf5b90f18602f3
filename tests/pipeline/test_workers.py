"""Two processes answer as one does, in order, and a request that kills its process costs no other."""

import os
import signal
import subprocess
import sys
import time

import pytest

from analysis.pipeline.workers import THIS_MACHINE, answers_in_order

SCRIPT = """
from analysis.pipeline.workers import THIS_MACHINE, answers_in_order
print(list(answers_in_order(THIS_MACHINE, sum, [[-1], [-2], [-3]])))
"""


def tenfold(numbers):
    """Ten times each number; 13 kills the process, 14 is a bug."""
    if 13 in numbers:
        os.kill(os.getpid(), signal.SIGKILL)
    if 14 in numbers:
        raise KeyError("fourteen")
    return [10 * number for number in numbers]


def answered(*requests):
    return list(answers_in_order(THIS_MACHINE, tenfold, requests))


def test_answers_come_in_the_order_of_the_requests_and_one_that_kills_costs_no_other():
    assert answered([1, 2], [3, 13, 4], [5], [6, 7], [8], [9]) == [
        ([1, 2], [10, 20]),
        ([3], [30]),
        ([13], None),
        ([4], [40]),
        *(([n], [10 * n]) if n != 6 else ([6, 7], [60, 70]) for n in (5, 6, 8, 9)),
    ]


def test_a_bug_in_a_process_is_raised_here():
    with pytest.raises(KeyError, match="fourteen"):
        answered([1], [14])


def test_a_script_that_does_not_guard_its_own_lines_is_answered_all_the_same(tmp_path):
    (tmp_path / "script.py").write_text(SCRIPT)
    done = subprocess.run([sys.executable, tmp_path / "script.py"], capture_output=True, text=True)
    assert done.stdout == "[([-1], -1), ([-2], -2), ([-3], -3)]\n"
    assert "if __name__ == '__main__':" in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_the_processes_end_with_the_one_that_asks(tmp_path):
    code = f"from {__name__} import pids, THIS_MACHINE\npids({str(tmp_path)!r})"
    run = subprocess.Popen([sys.executable, "-c", code])
    while len(list(tmp_path.iterdir())) < 2:
        time.sleep(0.05)
    run.kill()
    run.wait()
    deadline = time.monotonic() + 120
    while any(os.path.exists(f"/proc/{path.name}") for path in tmp_path.iterdir()):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def pids(folder):
    """Let each process write down its number, and wait."""
    list(answers_in_order(THIS_MACHINE, note_and_wait, [folder] * 4))


def note_and_wait(folder):
    open(f"{folder}/{os.getpid()}", "w").close()
    time.sleep(60)
