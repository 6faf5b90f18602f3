"""A day is read from a dateline, a byline or a line of its own at the opening, and from no sentence."""

import pytest

from analysis.ingest.datelines import dateline

STORY = "Pakistani troops fired mortars at Indian posts on Monday, killing three soldiers, the army said."


def opened(*lines):
    return dateline("\n\n".join(["Troops fire on posts", *lines, STORY]))


@pytest.mark.parametrize(
    ("line", "words", "day"),
    [
        (f"NEW DELHI, October 5, 2026 - {STORY}", "NEW DELHI, October 5, 2026", "2026-10-05"),
        (f"NEW DELHI, Oct. 5, 2026 (Reuters) — {STORY}", "NEW DELHI, Oct. 5, 2026 (Reuters)", "2026-10-05"),
        (
            f"BEIRUT, Lebanon, June 2, 2026 (UPI) – {STORY}",
            "BEIRUT, Lebanon, June 2, 2026 (UPI)",
            "2026-06-02",
        ),
        (f"WASHINGTON (AP), Sept. 5, 2026 -- {STORY}", "WASHINGTON (AP), Sept. 5, 2026", "2026-09-05"),
        (f"Geneva, 1st May 2026—{STORY}", "Geneva, 1st May 2026", "2026-05-01"),
        (f"October 5, 2026 (Xinhua) - {STORY}", "October 5, 2026 (Xinhua)", "2026-10-05"),
        ("MANILA, 13 October 2026", "MANILA, 13 October 2026", "2026-10-13"),
        (
            "Rio de Janeiro, Tuesday, 13 October 2026",
            "Rio de Janeiro, Tuesday, 13 October 2026",
            "2026-10-13",
        ),
        ("By Ana Reyes, Manila Ledger, 16 October 2026", None, "2026-10-16"),
        ("BY J. P. SMITH | OCTOBER 16, 2026", None, "2026-10-16"),
        ("October 10, 2026", "October 10, 2026", "2026-10-10"),
        ("Published: Saturday, October 10, 2026", None, "2026-10-10"),
        (f"MANILA, Nov 3rd '26 - {STORY}", "MANILA, Nov 3rd '26", "2026-11-03"),
        (f"MANILA, 13/10/2026 - {STORY}", "MANILA, 13/10/2026", "2026-10-13"),
        ("By Ana Reyes, Manila Ledger, 13.10.2026", None, "2026-10-13"),
        ("2026-10-13", None, "2026-10-13"),
    ],
)
def test_a_full_date_is_read_from_the_opening(line, words, day):
    assert opened(line) == (words or line, day)


@pytest.mark.parametrize(
    "line",
    [
        f"NEW DELHI, October 5 - {STORY}",  # no year
        f"NEW DELHI, 5/10/2026 - {STORY}",  # day or month?
        "5/10/2026",
        f"NEW DELHI, 13/10/26 - {STORY}",
        f"NEW DELHI, February 30, 2026 - {STORY}",  # no day
        f"NEW DELHI - {STORY}",
        f"LONDON, July 3, 1750 - {STORY}",  # no file may give such a year
        "On October 5, 2026 - a Monday - the talks began.",
        "On October 5, 2026 - Monday - the talks began.",
        "October 5, 2026 - the day of the talks - was a Monday.",
        "October 5, 2026 - October 9, 2026",
        "5 October 2026 – 9 October 2026",
        "The talks ended on 5 October 2026.",
        "The talks ended in Manila, 5 October 2026.",
        "Talks, sanctions and a truce: how India and Pakistan came to October 5, 2026",
        "October 5, 2026 was a Monday.",
        "Mayor 5, 2026",
        "Modi signed the pact of October 5, 2026 - Delhi's first.",
    ],
)
def test_no_date_is_read_from_a_sentence_or_without_a_year(line):
    assert opened(line) is None


def test_a_date_at_the_end_of_a_headline_is_not_read():
    assert dateline(f"What Happened in Kashmir, October 5, 2026\n\n{STORY}") is None
    assert dateline(f"NEW DELHI, October 5, 2026 - {STORY}")[1] == "2026-10-05"
    assert dateline(f"October 5, 2026\n\n{STORY}")[1] == "2026-10-05"


def test_several_datelines_with_different_dates_give_none():
    assert opened("5 October 2026", "Troops cross.", "6 October 2026") is None
    assert opened(f"DELHI, October 5, 2026 - {STORY}", f"MANILA, October 6, 2026 - {STORY}") is None
    assert opened("By Ana Reyes, 5 October 2026", f"DELHI, October 5, 2026 - {STORY}")[1] == "2026-10-05"


def test_a_date_below_the_opening_is_not_read():
    assert opened(STORY * 2, "October 5, 2026") is None
    assert opened("One.", "Two.", "Three.", "October 5, 2026") is None
