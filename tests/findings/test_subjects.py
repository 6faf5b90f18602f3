"""Which speaker or theme is meant by what a person types, and how a change of stance is said."""

import pandas as pd
import pytest

from analysis.findings.subjects import change_sentences, find_speaker, find_theme, target_names
from analysis.schemas import StanceChanges
from tests.tables import frame, quotes, topics


def spoken(*speakers):
    """Quotes from (id, name, number of statements)."""
    return quotes(
        *(
            {"quote_id": f"{one}:{n}", "speaker_id": one, "speaker_name": name}
            for one, name, count in speakers
            for n in range(count)
        )
    )


NAMES = spoken(
    ("person:sergey-lavrov", "Sergey Lavrov", 3),
    ("person:antony-blinken", "Antony Blinken", 5),
    ("person:blinken", "BLINKEN", 1),
    ("person:wang-yi", "Wang Yi", 2),
    ("person:wang-wenbin", "Wang Wenbin", 1),
    ("0123456789/wang", "WANG", 4),
    ("ISR", "Israel", 2),
    ("person:recep-tayyip-erdogan", "Recep Tayyip Erdoğan", 1),
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Lavrov", "person:sergey-lavrov"),
        ("sergey lavrov", "person:sergey-lavrov"),
        ("person:wang-yi", "person:wang-yi"),
        ("Wang Yi", "person:wang-yi"),
        ("israel", "ISR"),
        ("Blinken", "person:antony-blinken"),  # who says five times as much as "BLINKEN"
        ("Erdogan", "person:recep-tayyip-erdogan"),
        ("Recep Erdogan", "person:recep-tayyip-erdogan"),
    ],
)
def test_a_speaker_is_found_by_id_name_or_words_of_it(typed, found):
    assert find_speaker(typed, NAMES) == found


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("Wang", "may mean Wang Yi (2 statements) or Wang Wenbin (1 statement): choose one"),
        ("Lavrof", "who is not quoted: did you mean Sergey Lavrov (3 statements)?"),
        ("Xi", "expected one such as Antony Blinken (5 statements), WANG (4 statements) or "),
        ("a", "no word of a quoted speaker's name, expected one such as"),
    ],
)
def test_a_name_of_nobody_or_of_several_is_an_error_that_names_the_nearest(typed, reason):
    with pytest.raises(ValueError, match=r"^speaker is ") as raised:
        find_speaker(typed, NAMES)
    assert reason in str(raised.value)


def test_where_nobody_is_quoted_by_name_the_error_says_so():
    with pytest.raises(ValueError, match="nobody is quoted by name"):
        find_speaker("Lavrov", quotes())


def changes(*rows):
    defaults = {"split_date": pd.Timestamp("2024-02-01"), "direction": "not compared"}
    counts = {"before_mean": 0.5, "after_mean": -0.25, "before_story_count": 9, "after_story_count": 12}
    return frame(StanceChanges, rows, {**defaults, **counts})


CODES = {"RUS": "Russia", "USA": "United States", "group:hamas": "Hamas"}


def test_a_change_is_said_with_its_days_numbers_and_interval():
    row = {"target": "USA", "direction": "down", "low": -1.1, "high": -0.4, "before_story_count": 10}
    assert change_sentences(changes(row), CODES) == [
        "On the United States, what they say became more hostile: the mean stance was +0.50 before "
        "1 February 2024 (10 stories) and -0.25 from then on (12 stories); "
        "the 95% interval of the change is -1.10 to -0.40."
    ]


def test_targets_without_a_clear_change_share_a_sentence():
    rows = [{"target": one, "direction": "no clear change"} for one in ("RUS", "group:hamas")]
    assert change_sentences(changes(*rows), CODES) == [
        "On Russia and Hamas, no clear change: the interval of the difference includes zero."
    ]


def test_too_little_to_compare_is_said_with_the_numbers_of_the_leading_target():
    assert change_sentences(changes({"target": "RUS"}), CODES) == [
        "There is too little to say whether any stance changed: 10 stories with a decided stance are needed "
        "in both the earlier and the later half, and Russia, with the most, has 9 and 12."
    ]
    of_one_day = changes({"target": "RUS", "before_story_count": 0})
    assert "no other country is spoken about on two different days" in change_sentences(of_one_day, CODES)[0]
    assert "no dated statement is clearly for" in change_sentences(changes(), CODES)[0]


def test_a_target_has_the_name_of_its_country_or_the_longest_of_a_group():
    rows = pd.DataFrame(
        {"target": ["RUS", "group:hamas", "group:hamas"], "target_name": ["Putin", "Hamas", "Hamas fighters"]}
    )
    assert target_names(rows) == {"RUS": "Russia", "group:hamas": "Hamas fighters"}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("trade", "trade and tariffs"),
        ("Trade and Tariffs", "trade and tariffs"),
        (" diplomacy ", "diplomacy"),
    ],
)
def test_a_theme_is_found_by_its_name_or_words_that_only_one_has(typed, found):
    assert find_theme(typed, topics()) == found


def test_a_theme_that_an_analyst_brought_is_found_too():
    assert find_theme("fishing", topics({"topic": "fishing"})) == "fishing"


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("and", "which may mean military and defence, nuclear and arms control or sanctions and"),
        ("diplomcy", "which is not a theme: did you mean diplomacy?"),
        ("zzz", "which is not a theme: expected one of diplomacy, "),
    ],
)
def test_what_is_no_theme_is_an_error_that_names_the_nearest(typed, reason):
    with pytest.raises(ValueError, match=r"^theme is ") as raised:
        find_theme(typed, topics())
    assert reason in str(raised.value)
