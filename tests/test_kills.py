"""A run that is killed leaves the next run nothing to trip over; benchmarks/kills.py kills 200."""

from benchmarks.kills import differences, killed_often


def test_add_that_is_killed_and_run_again_leaves_what_an_undisturbed_run_leaves(tmp_path, capsys):
    """One kill at a random change of a file."""
    assert killed_often("add", 1, 20, tmp_path, runs=1), capsys.readouterr().out
    assert "add: 1 kills, 1 while it ran" in capsys.readouterr().out


def test_what_is_left_behind_missing_or_different_is_named():
    wanted = {"seeds": "", "seeds/a.txt": "1", "seeds/metadata.csv": "2"}
    found = {"seeds": "", "seeds/a.txt": "3", "tmp/faultline-work-ab12cd34": ""}
    assert differences(wanted, found) == [
        "left behind: tmp/faultline-work-ab12cd34",
        "missing: seeds/metadata.csv",
        "other bytes: seeds/a.txt",
    ]
    assert differences(wanted, dict(wanted)) == []
