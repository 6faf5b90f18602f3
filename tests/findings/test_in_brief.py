"""The bottom line has less of an incident than its judgment: our words for a toll, or fewer of its own."""

import pytest

from analysis.findings.key_judgments import bottom_line, key_judgments
from analysis.findings.pair_news import pair_news
from analysis.findings.wording import words
from tests.findings.test_reported import reported, strike
from tests.reports import inputs_of, report

TOLL = "Russian missiles hit the Ukrainian city of Kharkiv, killing at least four people."
DEAD = {"killed_count": 4, "probability": 0.98}


def brief(*reports):
    inputs = inputs_of(*reports)
    return bottom_line(key_judgments(inputs), inputs)[0]


def attack(text=TOLL, **more):
    (one,) = reported(strike(text=text, **{**DEAD, **more}))
    return one.attack


def test_an_attack_with_a_toll_is_in_our_own_words_and_its_judgment_quotes_it():
    inputs = inputs_of(strike(text=TOLL, **DEAD), report("USA", "CHN", "CONSULT", article=2))
    (judgment, *_) = key_judgments(inputs)
    assert judgment.short == "Russian forces killed at least four people in Ukraine (reported 5 May)"
    assert TOLL[:-1] in judgment.statement


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "A Russian drone strike on Kharkiv in Ukraine kills four people.",
            "a Russian attack killed four people",
        ),
        ("A Russian drone strike on Kharkiv in Ukraine kills at least four.", "killed at least four people"),
        (
            "A series of Russian air strikes on Kharkiv in Ukraine kills four.",
            "Russian attacks killed at least four",
        ),
        (
            "A Russian raid on Kharkiv in Ukraine reportedly kills four.",
            "a Russian attack is said to have killed",
        ),
    ],
)
def test_one_strike_has_the_number_of_its_sentence_and_several_a_least_one(text, said):
    (one,) = reported(strike(text=text, **DEAD))
    assert said in words("findings/reported", "in_brief", one)


def test_each_pair_has_a_paragraph_and_a_heading_only_where_it_begins_with_a_quotation():
    truce = "Ukraine frees forty prisoners of Russia on Friday, as the two had agreed."
    inputs = inputs_of(
        strike(text=TOLL, **DEAD),
        report("UKR", "RUS", "RETREAT", text=truce, day="2025-05-06", probability=1.0),
        report(
            "USA", "CHN", "COERCE", text="China is hit by new tariffs of the United States.", probability=1.0
        ),
    )
    first, second, _ = bottom_line(key_judgments(inputs), inputs)
    assert first.startswith(
        "Russian forces killed at least four people in Ukraine (reported 5 May). “Ukraine frees"
    )
    assert second.startswith("China and the United States: “China is hit")


def test_blows_of_both_sides_are_one_sentence():
    answer = "Ukrainian drones hit the city of Tula in Russia, killing two people."
    line = brief(
        strike(text=TOLL, **DEAD, when="on Sunday"),
        report("UKR", "RUS", "ASSAULT", text=answer, killed_count=2, probability=0.98),
        *[report("IND", "PAK", "CONSULT", article=n) for n in range(3)],
    )
    assert line == (
        "Russian forces killed at least four people in Ukraine (4 May), and Ukrainian forces killed at "
        "least two people in Russia (reported 5 May)."
    )


def test_what_a_sentence_has_as_the_word_of_somebody_is_said_to_be_so():
    one = attack("Russian missiles hit the Ukrainian city of Kharkiv and reportedly killed four people.")
    assert one.is_reported
    assert attack() and not attack().is_reported


def test_what_another_sentence_has_as_the_word_of_somebody_makes_no_doubt_of_the_dead():
    text = "A Russian raid on Kharkiv in Ukraine kills four people. A school was hit, according to its mayor."
    assert not attack(text).is_reported


def test_the_dead_of_a_fight_are_left_to_its_sentence():
    clash = "Indian and Pakistani soldiers clashed at the border, and three people were killed."
    more = {"text": clash, "article": 1, "trigger_lemma": "clash", "killed_count": 3, "probability": 0.98}
    fight, *_ = reported(*[report(*pair, "ASSAULT", **more) for pair in (("IND", "PAK"), ("PAK", "IND"))])
    assert fight.attack is None


def news_of(first, text):
    """The news of a week with an attack, and with one on Sumy that killed nine."""
    deadlier = strike(text=text, day="2025-05-08", place_name="Sumy", killed_count=9, probability=0.98)
    return pair_news("RUS-UKR", inputs_of(first, deadlier, period="2025-05-05..2025-05-11"))


def test_of_several_attacks_of_one_side_the_bottom_line_has_the_deadliest():
    record = "Russia made its largest attack on the Ukrainian city of Kharkiv, killing five people."
    largest = strike(text=record, killed_count=5, probability=1.0, turn="extreme")
    news = news_of(largest, "Russian missiles hit the Ukrainian city of Sumy, killing nine people.")
    assert news.parts[0].quote == record
    assert words("findings/judgments/pair", "short", news) == (
        "Russian forces killed at least nine people in Ukraine (reported 8 May)"
    )


def test_an_attack_that_killed_several_is_given_before_a_larger_one_that_killed_nobody():
    largest = "Russia fired 700 drones at Ukraine in the largest attack of the war."
    deadly = strike(text=TOLL.replace("four", "five"), killed_count=5, probability=0.98, day="2025-05-06")
    (judgment,) = key_judgments(inputs_of(strike(text=largest), deadly, period="all"))
    assert [part.killed for part in judgment.fact.in_short] == [5]


def test_an_attack_that_killed_far_more_is_given_before_the_first_of_the_same_side():
    led = "Russia killed a Ukrainian general and three people in Kharkiv, Ukraine says."
    first = strike(text=led, killed_count=4, probability=1.0, turn="leader killed")
    news = news_of(first, "The toll of the Russian strikes on Sumy in Ukraine has risen to nine killed.")
    assert [part.killed for part in news.parts] == [4, 9]
    assert [part.killed for part in news.in_short] == [9]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Russian missiles hit the Ukrainian city of Kharkiv at night.", "no toll in the sentence"),
        ("Russian missiles killed four people in a city near the front.", "the other side is not named"),
        ("Ukraine was not told that Russian missiles killed four people in Kharkiv.", "a denial"),
        ("Russia killed four people in Ukraine's Russian-occupied Kharkiv region.", "ground that was taken"),
        (
            "Russian missiles killed four soldiers in the Ukrainian city of Kharkiv.",
            "soldiers are not people",
        ),
        ("Russia killed four rebels in the Ukrainian city of Kharkiv.", "fighters are not the country"),
        ("Russian settlers killed four people in the Ukrainian city of Kharkiv.", "people of no state"),
        ("Russian missiles killed four in Ukraine; 31 people were killed in all.", "a larger toll"),
        ("A Russian raid killed between four and 70 people in Kharkiv, Ukraine.", "a rough number"),
        (
            "The death toll of Russian strikes on Kharkiv, Ukraine, rises: they killed four people.",
            "a whole war",
        ),
        ("A Russian raid on Kharkiv in Ukraine killed nearly 4 people.", "a rough number"),
        ("Russia killed four in Ukraine's Kharkiv, and its drones killed nine more in Sumy.", "a sum"),
    ],
)
def test_what_few_words_would_get_wrong_is_left_to_the_sentence(text, why):
    assert attack(text) is None, why


def test_an_article_with_a_larger_number_of_dead_is_left_to_its_sentence():
    rest = report("RUS", "UKR", "ACCUSE", text="Raids of this week have killed nearly 800 people.", article=1)
    one, *_ = reported(strike(text=TOLL, article=1, **DEAD), rest)
    assert one.quote == TOLL and one.attack is None


@pytest.mark.parametrize(
    "more",
    [
        {"probability": 0.85},
        {"status": "future"},
        {"place_name": "Belgorod", "text": "Russian missiles killed four near Belgorod, Ukraine says."},
    ],
)
def test_an_attack_that_is_unsure_planned_or_on_other_ground_is_left_to_the_sentence(more):
    assert attack(**more) is None


def test_a_toll_that_has_risen_is_the_later_one():
    later = "The toll of the Russian strike on Kharkiv in Ukraine has risen to nine killed."
    one, *_ = reported(
        strike(text=TOLL, **DEAD, place_name="Kharkiv", when="on Sunday"),
        strike(text=later, day="2025-05-06", killed_count=9, probability=0.98, when="on Sunday"),
    )
    assert one.attack.killed == "at least nine people"


FIRST = "Canada announces a tariff of a quarter on all steel from the United States."


def quoted(text):
    (one,) = reported(report("CAN", "USA", "COERCE", text=text, probability=0.98))
    return one.brief_quote


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{FIRST} The tariff is the first of the year.", FIRST),
        (f"{FIRST} It is to end if Washington lowers its own.", None),
        (f"{FIRST} Two people were killed at a protest.", None),
        ("The steel tariff of Canada is announced in May. It is on the United States.", None),
    ],
    ids=("nothing new", "a condition", "the dead", "a side after it"),
)
def test_of_several_sentences_the_first_is_enough_where_no_other_changes_it(text, said):
    assert quoted(text) == (said or text)
