"""What a short report says became of the one truce of its days, though it names neither side."""

import pytest

from analysis.findings.key_judgments import key_judgments
from analysis.findings.pair_news import pair_news
from tests.reports import inputs_of, report

AGREED = "India and Pakistan agree on a full ceasefire after talks of their generals."
BROKEN = "Violations of the ceasefire and new clashes are reported shortly after its announcement."
BEGUN = "The ceasefire formally goes into effect, with the first prisoners freed at noon."
WEEK = "2025-05-05..2025-05-11"


def truce(day="2025-05-08", pair=("IND", "PAK"), text=AGREED):
    return [
        report(*way, "AGREE", text=text, day=day, article=f"{day}{pair}", probability=1.0)
        for way in (pair, pair[::-1])
    ]


def item(text, day="2025-05-08"):
    """A report in which nothing between two countries is read."""
    return report("USA", "USA", "CONSULT", text=text, day=day, probability=0.1)


def told(*reports, period=WEEK):
    found = pair_news("IND-PAK", inputs_of(*reports, period=period)).follow_up
    return found.quote if found else ""


@pytest.mark.parametrize("text", [BROKEN, BEGUN, "The truce collapses within hours of its first morning."])
def test_what_became_of_a_truce_is_told(text):
    assert told(*truce(), item(text)) == text


def test_the_last_of_several_reports_is_told_and_the_judgment_and_the_bottom_line_have_it():
    inputs = inputs_of(*truce(), item(BEGUN), item(BROKEN, "2025-05-10"), period=WEEK)
    (judgment,) = key_judgments(inputs)
    for words in (judgment.statement, judgment.short):
        assert f"Later: “{BROKEN[:-1]}” (reported 10 May)" in words


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (BROKEN, "2025-05-07"),
        ("The ceasefire is to go into effect on Sunday morning, officials say.", "2025-05-08"),
        ("Violations of the ceasefire in Sudan are reported shortly after its announcement.", "2025-05-08"),
        ("Trains were late, and so were the first guests of the summit on the climate.", "2025-05-08"),
        (f"{BROKEN} {'Nobody says by whom. ' * 20}", "2025-05-08"),
    ],
    ids=("before the truce", "still to come", "another country", "something else", "a long report"),
)
def test_any_other_report_is_not_told(text, day):
    assert told(*truce(), item(text, day)) == ""


def test_a_report_that_names_nobody_may_be_on_the_truce_of_another_pair():
    other = "Armenia and Azerbaijan agree on a ceasefire along the whole border."
    rest = truce("2025-05-06", ("ARM", "AZE"), other)
    assert told(*truce(), *rest, item(BROKEN, "2025-05-09")) == ""
    assert told(*truce(), *rest, item(BROKEN)) == BROKEN  # of the day of this truce
    assert told(*truce(), *rest, item(f"India reports that {BROKEN.lower()}", "2025-05-09"))
