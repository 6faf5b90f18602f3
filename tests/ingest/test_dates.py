"""Dates as people write them, as datelines give them."""

from datetime import date

import pytest
from hypothesis import given, strategies as st

from analysis.ingest.dates import dateline, figure_order, ordered_date, unambiguous_date, written_date
from tests.test_cli import invoke

READ = {
    "Nov 3rd '26": date(2026, 11, 3),
    "Nov 3rd ’26": date(2026, 11, 3),
    "3 Nov '99": date(1999, 11, 3),
    "3 Nov 2026": date(2026, 11, 3),
    "3rd of November 2026": date(2026, 11, 3),
    "Tuesday, Nov. 3, 2026": date(2026, 11, 3),
    "13/11/2026": date(2026, 11, 13),
    "11/13/2026": date(2026, 11, 13),
    "11/11/2026": date(2026, 11, 11),
    "13.11.2026 00:00": date(2026, 11, 13),
    "3.11.2026": date(2026, 11, 3),  # in figures with dots the day comes first
    "3. November 2026, 17:30 Uhr": date(2026, 11, 3),
    "mardi 3 novembre 2026": date(2026, 11, 3),
    "3 de noviembre de 2026": date(2026, 11, 3),
    "2026-11-3": date(2026, 11, 3),
    "2026/11/03": date(2026, 11, 3),
    "2026-11-03T23:30:00-05:00": date(2026, 11, 3),
    "2026-11-03T00:30:00+13:00": date(2026, 11, 3),
    "2026-11-03 00:30:00Z": date(2026, 11, 3),
    "Tue, 03 Nov 2026 10:00:00 +0000": date(2026, 11, 3),
    "3 Nov 2026, 5pm": date(2026, 11, 3),
}
NOT_READ = {
    "03/11/2026": "which may be 11 March 2026 or 3 November 2026: write 2026-03-11 or 2026-11-03",
    "Tuesday, Nov. 3": "expected a date such as 2024-04-20",
    "13/11/26": "expected a date such as 2024-04-20",
    "24-04-22": "expected a date such as 2024-04-20",
    "03/04": "expected a date such as 2024-04-20",
    "=1+1": "expected a date such as 2024-04-20",
    "31 February 2026": "but there is no 31 February 2026, expected a date such as 2024-04-20",
    "November 2026": "expected a date such as 2024-04-20",
    "3-4 Nov 2026": "expected a date such as 2024-04-20",
    "3 Nov 2026 or 4 Nov 2026": "expected a date such as 2024-04-20",
    "yesterday": "expected a date such as 2024-04-20",
    "": "expected a date such as 2024-04-20",
    "3 July 1750": "expected a date such as 2024-04-20, in the years 1800 to 2100",
}


@pytest.mark.parametrize("value", READ)
def test_a_full_date_with_one_meaning_is_read(value):
    assert unambiguous_date(value, "Date") == READ[value]


@pytest.mark.parametrize("value", NOT_READ)
def test_any_other_date_is_refused_with_the_reason(value):
    with pytest.raises(ValueError) as raised:
        unambiguous_date(value, "Date")
    assert str(raised.value) == f"Date is {value!r}, {NOT_READ[value]}"


def test_a_very_long_value_is_refused_and_cut_in_the_message():
    with pytest.raises(ValueError, match=r"^Date is '9{60}…', expected a date"):
        unambiguous_date("9" * 3_000_000, "Date")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("March 5, 2024 Tuesday", "2024-03-05"),
        ("5 March 2024", "2024-03-05"),
        ("Tue, 05 Mar 2024 10:00:00 +0000", "2024-03-05"),
        ("2024-03-05T23:30:00-05:00", "2024-03-05"),
        ("Sept. 5, 2024", "2024-09-05"),
        ("Posted Nov 3rd '26 by Ana", "2026-11-03"),
        ("Posted 13/11/2026 by Ana", "2026-11-13"),
        ("11.13.2026", "2026-11-13"),
        ("2026-11-3", "2026-11-03"),
        ("The Marchers, 2024", None),
        ("03/04/2024", None),  # April to one reader, March to another
        ("1/13/11/2026", None),
        ("31 February 2024", None),
        ("yesterday", None),
    ],
)
def test_a_date_in_a_text_is_read_only_if_it_has_one_possible_meaning(text, day):
    assert written_date(text) == day


@given(st.text())
def test_a_date_is_looked_for_in_any_text(text):
    written_date(text)


@given(st.text(alphabet="0123456789/.-', :NovMarmy", max_size=30))
def test_any_value_is_a_date_or_refused(value):
    try:
        assert unambiguous_date(value, "Date").year >= 1800
    except ValueError as error:
        assert str(error).startswith("Date is ")


@pytest.mark.parametrize(
    ("values", "dates"),
    [
        (["03/04/2024", "13/04/2024"], ["2024-04-03", "2024-04-13"]),
        (["3/4/2024", "3/14/2024"], ["2024-03-04", "2024-03-14"]),
        (["03-04-2024 00:00", "13-04-2024 00:00"], ["2024-04-03 00:00", "2024-04-13 00:00"]),
        (["03/04/2024", "12/04/2024"], ["03/04/2024", "12/04/2024"]),  # both could be either
        (["13/04/2024", "03/14/2024"], ["13/04/2024", "03/14/2024"]),  # they contradict each other
        (["5 March 2024", "31.01.2024"], ["5 March 2024", "2024-01-31"]),
    ],
)
def test_dates_in_figures_are_read_if_one_in_the_column_shows_their_order(values, dates):
    order = figure_order(values)
    assert [ordered_date(value, order) for value in values] == dates


STORY = "Pakistani troops fired mortars at Indian posts on Monday, killing three soldiers, the army said."


def opened(*lines):
    return dateline("\n\n".join(["Troops fire on posts", *lines, STORY]))


@pytest.mark.parametrize(
    ("line", "day"),
    [
        (f"NEW DELHI, October 5, 2026 - {STORY}", "2026-10-05"),
        (f"NEW DELHI, Oct. 5, 2026 (Reuters) — {STORY}", "2026-10-05"),
        (f"New Delhi, Oct. 5, 2026 (eastern telegraph) - {STORY}", "2026-10-05"),  # was in capitals
        (f"BEIRUT, Lebanon, June 2, 2026 (UPI) – {STORY}", "2026-06-02"),
        (f"WASHINGTON (AP), Sept. 5, 2026 -- {STORY}", "2026-09-05"),
        (f"Geneva, 1st May 2026—{STORY}", "2026-05-01"),
        (f"October 5, 2026 (Xinhua) - {STORY}", "2026-10-05"),
        ("MANILA, 13 October 2026", "2026-10-13"),
        ("Rio de Janeiro, Tuesday, 13 October 2026", "2026-10-13"),
        ("By Ana Reyes, Manila Ledger, 16 October 2026", "2026-10-16"),
        ("BY J. P. SMITH | OCTOBER 16, 2026", "2026-10-16"),
        ("October 10, 2026", "2026-10-10"),
        ("Published: Saturday, October 10, 2026", "2026-10-10"),
        (f"MANILA, Nov 3rd '26 - {STORY}", "2026-11-03"),
        (f"MANILA, 13/10/2026 - {STORY}", "2026-10-13"),
        ("By Ana Reyes, Manila Ledger, 13.10.2026", "2026-10-13"),
        ("2026-10-13", "2026-10-13"),
    ],
)
def test_a_full_date_is_read_from_the_opening(line, day):
    words, found = opened(line)
    assert found == day and line.removesuffix(STORY).rstrip(" —–-") == words


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


def test_add_and_check_say_that_an_article_has_no_date_and_how_to_give_it_one(tmp_path):
    (tmp_path / "story.txt").write_text(
        "Envoys meet\n\nThe envoys met in Rome on Tuesday, Nov. 3, in the rain."
    )
    said = (
        "story.txt: no date, so it appears in no chart over time\nTo date an article, add its file again "
        "with --replace and --date, or fill in its row in metadata.csv; to date a record, change its file.\n"
    )
    seeds = tmp_path / "seeds"
    assert said in invoke("add", tmp_path / "story.txt", "--seeds", seeds).stdout
    assert said in invoke("check", "--seeds", seeds).stdout
    dated = invoke("add", tmp_path / "story.txt", "--replace", "--date", "Nov 3 '26", "--seeds", seeds)
    assert dated.exit_code == 0
    assert "no date" not in invoke("check", "--seeds", seeds).stdout
