"""A run that is killed leaves the next run nothing to trip over; benchmarks/kills.py kills 200."""

from random import Random

from benchmarks.kills import CASES, differences, fresh, kill_moment, make_template, one_kill, undisturbed

FIRST_SEED = 66  # of a kill between a quarter and half of the changes, whatever their number


def test_add_that_is_killed_and_run_again_leaves_what_an_undisturbed_run_leaves(tmp_path):
    """One kill at a random change of a file, and another where the first came too late."""
    case, template = CASES["add"], tmp_path / "template"
    make_template(template)
    usual = undisturbed(case, template, tmp_path / "add", 1)
    for seed in range(FIRST_SEED, FIRST_SEED + 5):
        moment = kill_moment(0, usual, Random(seed))
        outcome = one_kill(case, fresh(template, tmp_path / str(seed)), usual, moment)
        assert outcome.faults == []
        if outcome.was_running:
            break
    assert outcome.was_running


def test_what_is_left_behind_missing_or_different_is_named():
    wanted = {"seeds": "", "seeds/a.txt": "1", "seeds/metadata.csv": "2"}
    found = {"seeds": "", "seeds/a.txt": "3", "tmp/faultline-work-ab12cd34": ""}
    assert differences(wanted, found) == [
        "left behind: tmp/faultline-work-ab12cd34",
        "missing: seeds/metadata.csv",
        "other bytes: seeds/a.txt",
    ]
    assert differences(wanted, dict(wanted)) == []
