"""Days that a text names for what is to come."""

from datetime import date

import pytest

from analysis.indicators.coming_days import coming_days, dates
from analysis.indicators.incident_reports import has_word


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("The tariffs are postponed until July 9.", (2025, 7, 9), (2025, 7, 9)),
        ("Envoys will meet on 27 November in Rome.", (2025, 11, 27), (2025, 11, 27)),
        ("Peru will recognise the state in September.", (2025, 9, 1), (2025, 9, 30)),
        ("The base is to close by 1st March 2026.", (2026, 3, 1), (2026, 3, 1)),
        ("Peru invites Chile to talks on 3 July.", (2025, 7, 3), (2025, 7, 3)),
        ("Envoys will meet in Rome on Sept. 9.", (2025, 9, 9), (2025, 9, 9)),
        ("A new president of Peru takes office next July 20.", (2025, 7, 20), (2025, 7, 20)),
        ("Envoys will meet from 3 to 5 July.", (2025, 7, 3), (2025, 7, 5)),
        ("The base will close by the end of July.", (2025, 7, 21), (2025, 7, 31)),
        ("The tariffs will rise unless by July 9 Peru pays.", (2025, 7, 9), (2025, 7, 9)),
        ("Which firms will sign has been open since September.", None, None),
        ("Peru will honour the dead of the September 11 attacks.", None, None),
        ("Peru called off talks that were planned for 3 July.", None, None),
        ("Chile will not lift its ban on 3 July.", None, None),
        ("Peru pulled out of talks with Chile, which were due on 3 July.", None, None),
        ("Talks that were due on 3 July have been postponed.", None, None),
        ("Peru has put off talks that were due on 3 July to 9 July.", (2025, 7, 9), (2025, 7, 9)),
        ("The talks that were postponed will now be held on 9 July.", (2025, 7, 9), (2025, 7, 9)),
        ("Troops pulled out of the border town before talks due on 3 July.", (2025, 7, 3), (2025, 7, 3)),
        ("The embassy will reopen in February.", None, None),  # which is more than half a year away
        ("Troops left on 3 May, and will not be back.", None, None),
        ("Talks with the March 23 Movement and on June 31 are due.", None, None),
        ("The march will begin, and the deal may follow.", None, None),
        ("William Doe of the duelling club left on 3 July.", None, None),
        ("Since 9 July of last year the border has been closed.", None, None),
    ],
)
def test_a_day_or_month_to_come_is_read_and_no_other(text, first, last):
    found = first and (date(*first), date(*last))
    assert coming_days(text, date(2025, 6, 2)) == found


def test_a_day_that_has_just_been_is_named_too():
    ((before, after, days),) = dates("Talks that were due on 1 June were cancelled.", date(2025, 6, 2))
    assert (before[-7:], after[:5], days) == ("due on ", " were", (date(2025, 6, 1),) * 2)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Talks from 3 to 5 July were cancelled.", [(3, 5)]),
        ("Peru put off talks from 3 July to 5 July.", [(3, 3), (5, 5)]),
    ],
)
def test_only_what_is_put_off_has_two_days_around_to(text, days):
    assert [(first.day, last.day) for _, _, (first, last) in dates(text, date(2025, 6, 2))] == days


@pytest.mark.parametrize(
    ("text", "lemma", "is_there"),
    [
        ("It banned cars", "ban", True),
        ("The Bank", "ban", False),
        ("he said", "aid", False),
        ("Striking", "strike", True),
    ],
)
def test_a_word_is_found_in_its_forms_and_in_no_other_word(text, lemma, is_there):
    assert has_word(text, lemma) == is_there
