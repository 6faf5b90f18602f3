"""What commands say of their progress, and the tables that they print."""

import pytest

from analysis import console
from analysis.console import print_table, progress


@pytest.fixture
def clock(monkeypatch):
    """A clock that the test sets, in seconds."""
    now = [100.0]
    monkeypatch.setattr(console.time, "monotonic", lambda: now[0])
    return now


def test_without_a_terminal_a_long_run_says_every_ten_seconds_how_far_it_is(clock, capsys):
    with progress("Articles", total=1_200) as advance:
        for seconds in (4, 4, 4, 4, 8):
            clock[0] += seconds
            advance(200)
    said = capsys.readouterr().err.splitlines()
    assert said == ["faultline: Articles: 600 of 1,200 done", "faultline: Articles: 1,000 of 1,200 done"]


def test_a_step_is_named_and_a_stream_has_no_total(clock, capsys):
    with progress("Records") as advance:
        clock[0] += 11
        advance(5)
        clock[0] += 11
        advance(0, "03-tension-indicators")
    said = capsys.readouterr().err.splitlines()
    assert said == ["faultline: Records: 5 done", "faultline: 03-tension-indicators: 5 done"]


def test_a_program_that_reads_a_table_gets_each_row_on_one_line(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    row = ("000_5a213ee456dd8f63.txt", "Blinken to return to China with message on Russia support", "626")
    print_table(("file", "title", "words"), [row])
    print_table(("file", "title", "words"), [row], is_error=True)
    for said in capsys.readouterr():
        lines = said.splitlines()
        assert "   ".join(row) in lines[3]
        assert len(lines) == 5


def test_a_short_run_says_nothing(clock, capsys):
    with progress("Articles", total=2) as advance:
        advance(2)
    assert capsys.readouterr().err == ""
