"""A run that is killed leaves the next run nothing to trip over; benchmarks/kills.py kills 200."""

from benchmarks.kills import differences, killed_often

FIRST_SEED = 649  # of a kill at a third of the changes, whatever their number, and hardly later


def test_add_that_is_killed_and_run_again_leaves_what_an_undisturbed_run_leaves(tmp_path, capsys):
    """One kill at a random change of a file, and another where the first came too late."""
    for seed in range(FIRST_SEED, FIRST_SEED + 5):
        room = tmp_path / str(seed)
        room.mkdir()
        assert killed_often("add", 1, seed, room, runs=1), capsys.readouterr().out
        if "1 while it ran" in (said := capsys.readouterr().out):
            break
    assert "1 while it ran" in said


def test_what_is_left_behind_missing_or_different_is_named():
    wanted = {"seeds": "", "seeds/a.txt": "1", "seeds/metadata.csv": "2"}
    found = {"seeds": "", "seeds/a.txt": "3", "tmp/faultline-work-ab12cd34": ""}
    assert differences(wanted, found) == [
        "left behind: tmp/faultline-work-ab12cd34",
        "missing: seeds/metadata.csv",
        "other bytes: seeds/a.txt",
    ]
    assert differences(wanted, dict(wanted)) == []
