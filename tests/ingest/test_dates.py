"""Dates as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.ingest.dates import iso_numeric_date, numeric_date_order, unambiguous_date, written_date

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
    "3.11.2026": "which may be 11 March 2026 or 3 November 2026: write 2026-03-11 or 2026-11-03",
    "Tuesday, Nov. 3": "which has no year: expected a date such as 2024-04-20",
    "13/11/26": "whose year has two digits: expected a date such as 2024-04-20",
    "24-04-22": "whose year has two digits: expected a date such as 2024-04-20",
    "03/04": "which has no year: expected a date such as 2024-04-20",
    "=1+1": "expected a date such as 2024-04-20",
    "Monday, 3 November 2026": "but 3 November 2026 is a Tuesday: correct one of the two",
    "31 February 2026": "expected a date such as 2024-04-20",
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
        ("19 hrs ago | 2024-10-15 10:31:11.413047", "2024-10-14"),
        ("45 minutes ago, 2024-10-15T00:31", "2024-10-14"),
        ("3 days ago (2024-03-01 12:00)", "2024-02-27"),
        ("2 hours ago | 2024-02-31 12:00", None),
        ("2 hours ago", None),
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
        (["03-04-2024 00:00", "13-04-2024 00:00"], ["2024-04-03", "2024-04-13"]),
        (["03/04/2024", "12/04/2024"], ["03/04/2024", "12/04/2024"]),  # both could be either
        (["13/04/2024", "03/14/2024"], ["13/04/2024", "03/14/2024"]),  # they contradict each other
        (["5 March 2024", "31.01.2024"], ["5 March 2024", "2024-01-31"]),
    ],
)
def test_dates_in_figures_are_read_if_one_in_the_column_shows_their_order(values, dates):
    order = numeric_date_order(values)
    assert [iso_numeric_date(value, order) for value in values] == dates
