"""What a short report adds to the news of a pair: what became of a truce or a quarrel, steps beside force."""

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


def strike(day="2025-05-08", **more):
    text = "India struck the town of Muridke in Pakistan with six missiles at night."
    return report(
        "IND", "PAK", "ASSAULT", text=text, day=day, trigger_lemma="strike", probability=1.0, **more
    )


def told(*reports, period=WEEK):
    found = pair_news("IND-PAK", inputs_of(*reports, period=period)).follow_ups
    return " ".join(one.quote for one in found)


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


@pytest.mark.parametrize(
    "text",
    [
        "India says that it has agreed to resume talks on a ceasefire with Pakistan.",
        "Pakistan releases four prisoners whom it took at the border of India last week.",
        "The prime ministers of India and Pakistan agree to resolve the crisis in a phone call.",
        "The United States outlines a peace plan for India and Pakistan with 20 points.",
    ],
)
def test_a_step_towards_a_truce_or_an_exchange_is_told_beside_force(text):
    inputs = inputs_of(strike(), item(text), period=WEEK)
    (judgment,) = key_judgments(inputs)
    for words in (judgment.statement, judgment.short):
        assert f"Away from the fighting: “{text[:-1]}” (reported 8 May)" in words
    assert told(item(text), *truce()) == ""  # where something friendly is reported already


@pytest.mark.parametrize(
    "text",
    [
        "India accuses Pakistan of using talks on a ceasefire to gain time.",
        "Thousands demonstrate in Delhi for an end to the war of India and Pakistan and free prisoners.",
        "China, Iran, India and Pakistan agree to hold peace talks in Oman.",
        "India and Pakistan agree to count their trains.",
        "Pakistan agrees to resume peace talks at any time and in any place.",  # at no war
    ],
)
def test_what_is_no_step_of_the_two_is_not_told_beside_force(text):
    assert told(strike(), item(text)) == ""


DAYS = [f"2025-{month:02}-{day:02}" for month in (3, 4) for day in range(10, 28)]
WAR = [strike(day, killed_count=300, place_name=f"Town {n}") for n, day in enumerate(DAYS)]


def test_of_a_pair_at_war_a_step_that_names_one_of_them_is_told():
    text = "Pakistan agrees to resume peace talks at any time and in any place."
    assert told(*WAR, strike(), item(text)) == text
    both = "India and Pakistan agree to exchange forty prisoners."
    assert told(*WAR, strike(), item(text, "2025-05-07"), item(both)) == both
    assert told(*WAR, strike(), item(text, "2025-05-09"), item(both)) == f"{both} {text}"
    others = f"China and Iran say in Geneva that {text}"
    assert told(*WAR, strike(), item(others, "2025-05-09"), item(both)) == both


def test_a_far_deadlier_raid_without_a_named_attacker_is_told_of_a_war():
    raid = "At least ninety people are killed in air strikes on the town of Quetta, Pakistan."
    assert told(*WAR, strike(), item(raid)) == raid
    inputs = inputs_of(*WAR, strike(), item(raid), period=WEEK)
    assert f"With no attacker named: “{raid[:-1]}” (reported 8 May)" in key_judgments(inputs)[0].statement
    assert told(strike(), item(raid)) == ""  # of no war
    assert told(*WAR, strike(killed_count=80), item(raid)) == ""


@pytest.mark.parametrize(
    "text",
    [
        "At least ninety people are killed in air strikes of Iran on the town of Quetta, Pakistan.",
        "At least ninety people are killed in a fire in the town of Quetta, Pakistan.",
        "Air strikes hit the town of Quetta in Pakistan.",
    ],
    ids=("somebody else is named", "no raid", "no dead"),
)
def test_no_other_report_of_the_dead_is_told_of_a_war(text):
    assert told(*WAR, strike(), item(text)) == ""


def test_a_quarrel_without_force_that_is_settled_says_so():
    tariff = report(
        "IND", "PAK", "COERCE", text="India raised its tariffs on cotton of Pakistan.", day="2025-05-07"
    )
    settled = "The dispute of India and Pakistan is settled with a deal on cotton."
    assert told(tariff, item(settled)) == settled
    assert told(tariff, item(settled, "2025-05-06")) == ""
    assert told(tariff, item("The dispute on cotton is settled with a deal.")) == ""


def test_articles_that_nothing_came_before_have_no_follow_up():
    step = "India says that it has agreed to resume talks on a ceasefire with Pakistan."
    assert told(strike(), item(step), period="all") == ""
