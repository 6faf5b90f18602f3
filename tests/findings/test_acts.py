"""Acts of a pair, counted by kind and actor."""

from analysis.findings.acts import ActCount, act_counts
from tests.coverage import coded


def test_what_both_sides_do_in_one_sentence_counts_once():
    meeting = coded((0, "USA", "CHN", "CONSULT", "past"), (0, "CHN", "USA", "CONSULT", "past"))
    assert act_counts(meeting.assign(start_char=0)) == (ActCount("talks", "", 1),)
    assert act_counts(meeting) == (ActCount("talks", "USA", 1), ActCount("talks", "CHN", 1))
    visit = meeting.assign(start_char=0, mode=["visit", None])
    assert act_counts(visit) == (ActCount("visit", "USA", 1), ActCount("talks", "CHN", 1))


def test_an_announced_agreement_may_be_a_pledge():
    pledge = coded((0, "USA", "CHN", "AGREE", "future"))
    assert act_counts(pledge) == (ActCount("agreement or pledge", "USA", 1),)
    assert act_counts(pledge.assign(status="past")) == (ActCount("agreement", "USA", 1),)
