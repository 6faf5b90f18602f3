"""The other attacks of a week that killed about as many as the one that its judgment quotes."""

from analysis.findings.key_judgments import key_judgments
from analysis.findings.pair_news import pair_news
from tests.reports import inputs_of, report


def attack(killed, day, source="RUS", target="UKR", text=None, **more):
    text = text or f"Strikes on towns of Russia or Ukraine kill at least {killed} people in one night."
    more = {"trigger_lemma": "strike", "probability": 1.0, "killed_count": killed, **more}
    return report(source, target, "ASSAULT", day=f"2025-05-{day:02}", text=text, **more)


def further(*reports):
    news = pair_news("RUS-UKR", inputs_of(*reports, period="2025-05-05..2025-05-11"))
    return [(one.killed, one.published.day) for one in news.further]


def test_attacks_with_about_as_many_dead_are_named_in_the_order_of_their_days():
    assert further(attack(90, 7), attack(80, 9), attack(60, 5)) == [(60, 5), (80, 9)]
    assert further(attack(90, 7), attack(40, 9)) == []
    assert further(attack(4, 7), attack(3, 9)) == []


def test_at_most_three_are_named_and_these_are_the_deadliest():
    days = {5: 60, 6: 70, 8: 75, 9: 80, 10: 65}
    found = further(attack(90, 7), *(attack(killed, day) for day, killed in days.items()))
    assert found == [(70, 6), (75, 8), (80, 9)]


def test_what_the_other_side_did_and_a_toll_of_several_attacks_are_left_out():
    text = "The death toll of the strikes of Russia on Ukraine rises to 85 people, officials say."
    assert further(attack(90, 7), attack(80, 9, "UKR", "RUS"), attack(85, 8, text=text)) == []


def test_a_second_toll_of_the_town_that_is_shown_is_no_other_attack():
    assert further(attack(90, 5, place_name="Sumy"), attack(80, 9, place_name="Sumy")) == []
    assert further(attack(90, 5, place_name="Sumy"), attack(80, 9, place_name="Tula")) == [(80, 9)]


def test_a_toll_of_the_same_day_without_a_town_may_hold_the_attack_that_is_shown():
    assert further(attack(90, 5, place_name="Sumy"), attack(95, 5)) == []
    assert further(attack(90, 5, place_name="Sumy"), attack(80, 5, place_name="Tula")) == [(80, 5)]


def test_the_dead_of_a_fight_on_the_same_day_are_others():
    clash = "Russian and Ukrainian soldiers clashed at the border, and three soldiers were killed."
    fight = [attack(3, 6, *pair, text=clash, article=1) for pair in (("RUS", "UKR"), ("UKR", "RUS"))]
    text = "Nine people are killed as Russia strikes Ukraine a second time."
    assert further(attack(12, 5, place_name="Sumy"), *fight, attack(9, 6, text=text)) == [(9, 6)]


def test_the_judgment_says_who_is_reported_to_have_killed_how_many_and_when():
    reports = (attack(90, 7), attack(80, 9), attack(60, 5, outlet="La Voz"))
    inputs = inputs_of(*reports, period="2025-05-05..2025-05-11")
    (judgment,) = key_judgments(inputs)
    said = "reported to have killed at least"
    both = f"Some other attacks by Russia are {said} 60 people (La Voz, 5 May) and 80 (9 May)."
    one = f"Another attack by Russia is {said} 80 people (9 May)."
    assert both in judgment.statement
    assert both not in judgment.short
    (alone,) = key_judgments(inputs_of(*reports[:2], period="2025-05-05..2025-05-11"))
    assert one in alone.statement
