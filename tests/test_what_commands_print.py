"""What commands say of their progress, and the tables that they print."""

from analysis.commands.shared import print_table, progress


def test_without_a_terminal_a_run_says_nothing_of_its_progress(capsys):
    with progress("Articles", total=2) as advance:
        advance(1)
        advance(0, "03-tension-indicators")
    assert capsys.readouterr().err == ""


def test_a_program_that_reads_a_table_gets_each_row_on_one_line(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    row = ("000_5a213ee456dd8f63.txt", "Blinken to return to China with message on Russia support", "626")
    print_table(("file", "title", "words"), [row])
    print_table(("file", "title", "words"), [row], is_error=True)
    for said in capsys.readouterr():
        lines = said.splitlines()
        assert "   ".join(row) in lines[3]
        assert len(lines) == 5
