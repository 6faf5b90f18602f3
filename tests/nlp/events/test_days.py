"""Which days a time means for an article of Saturday, 20 April 2024, unless another day is given."""

from datetime import date

import pytest

from analysis.nlp.events.days import days_of

SATURDAY = "2024-04-20"


def span(when, published, is_future):
    found = days_of(when, date.fromisoformat(published) if published else None, is_future=is_future)
    return found and tuple(day.isoformat() for day in found)


@pytest.mark.parametrize(
    ("when", "first", "last"),
    [
        ("on Friday", "2024-04-19", "2024-04-19"),
        ("Saturday", "2024-04-20", "2024-04-20"),
        ("late on Sunday night", "2024-04-14", "2024-04-14"),
        ("Wednesday through Friday", "2024-04-17", "2024-04-19"),
        ("on Monday and Tuesday", "2024-04-15", "2024-04-16"),
        ("last Friday", "2024-04-19", "2024-04-19"),
        ("last Saturday", "2024-04-13", "2024-04-13"),
        ("since Tuesday", "2024-04-16", "2024-04-20"),
        ("today", "2024-04-20", "2024-04-20"),
        ("yesterday", "2024-04-19", "2024-04-19"),
        ("overnight", "2024-04-19", "2024-04-20"),
        ("last night", "2024-04-19", "2024-04-20"),
        ("this week", "2024-04-15", "2024-04-20"),
        ("earlier this week", "2024-04-15", "2024-04-20"),
        ("last week", "2024-04-08", "2024-04-14"),
        ("last month", "2024-03-01", "2024-03-31"),
        ("late last month", "2024-03-21", "2024-03-31"),
        ("last year", "2023-01-01", "2023-12-31"),
        ("over the past week", "2024-04-13", "2024-04-20"),
        ("on 7 October last year", "2023-10-07", "2023-10-07"),
        ("in March this year", "2024-03-01", "2024-03-31"),
        ("in the past three days", "2024-04-17", "2024-04-20"),
        ("over the weekend", "2024-04-20", "2024-04-20"),
        ("in November", "2023-11-01", "2023-11-30"),
        ("in April", "2024-04-01", "2024-04-20"),
        ("in November 2022", "2022-11-01", "2022-11-30"),
        ("on April 13", "2024-04-13", "2024-04-13"),
        ("on Dec. 7", "2023-12-07", "2023-12-07"),
        ("on 13 April 2023", "2023-04-13", "2023-04-13"),
        ("7 October", "2023-10-07", "2023-10-07"),
        ("April 13-14", "2024-04-13", "2024-04-14"),
        ("from 30 December to 2 January", "2023-12-30", "2024-01-02"),
        ("three days ago", "2024-04-17", "2024-04-17"),
        ("two weeks ago", "2024-04-01", "2024-04-07"),
        ("early March", "2024-03-01", "2024-03-11"),
        ("at the end of March", "2024-03-21", "2024-03-31"),
        ("last summer", "2023-06-01", "2023-08-31"),
        ("in 2023", "2023-01-01", "2023-12-31"),
    ],
)
def test_a_time_of_a_past_act_lies_before_its_article(when, first, last):
    assert span(when, SATURDAY, False) == (first, last)


@pytest.mark.parametrize(
    ("when", "first", "last"),
    [
        ("Wednesday through Friday", "2024-04-24", "2024-04-26"),
        ("on Friday", "2024-04-26", "2024-04-26"),
        ("Saturday", "2024-04-20", "2024-04-20"),
        ("next Tuesday", "2024-04-23", "2024-04-23"),
        ("this weekend", "2024-04-20", "2024-04-21"),
        ("tomorrow", "2024-04-21", "2024-04-21"),
        ("this week", "2024-04-20", "2024-04-21"),
        ("next week", "2024-04-22", "2024-04-28"),
        ("early next week", "2024-04-22", "2024-04-24"),
        ("next month", "2024-05-01", "2024-05-31"),
        ("in the coming days", "2024-04-20", "2024-04-27"),
        ("in the next two weeks", "2024-04-20", "2024-05-04"),
        ("within 24 hours", "2024-04-20", "2024-04-21"),
        ("within 24 to 36 hours", "2024-04-20", "2024-04-22"),
        ("by Friday", "2024-04-20", "2024-04-26"),
        ("by the end of the year", "2024-04-20", "2024-12-31"),
        ("in November", "2024-11-01", "2024-11-30"),
        ("in April", "2024-04-20", "2024-04-30"),
        ("in January", "2025-01-01", "2025-01-31"),
        ("on May 20", "2024-05-20", "2024-05-20"),
        ("20 May 2025", "2025-05-20", "2025-05-20"),
        ("from 5 to 8 May", "2024-05-05", "2024-05-08"),
        ("two weeks from now", "2024-04-29", "2024-05-05"),
        ("mid-May", "2024-05-11", "2024-05-21"),
        ("in 2026", "2026-01-01", "2026-12-31"),
    ],
)
def test_a_time_of_a_future_act_lies_after_its_article(when, first, last):
    assert span(when, SATURDAY, True) == (first, last)


def test_the_weekend_of_an_article_on_a_monday_is_the_one_before():
    assert span("over the weekend", "2024-04-22", False) == ("2024-04-20", "2024-04-21")
    assert span("at the weekend", "2024-04-22", True) == ("2024-04-27", "2024-04-28")


def test_a_full_date_needs_no_date_of_the_article():
    assert span("on 20 May 2025", None, True) == ("2025-05-20", "2025-05-20")
    for when in ("on Friday", "May 20", "last week", "in November", "overnight", "within 24 hours"):
        assert span(when, None, False) is None


@pytest.mark.parametrize(
    ("when", "is_future"),
    [
        (None, False),
        ("", False),
        ("soon", True),
        ("on the first day of the truce", False),
        ("after Friday", True),
        ("tomorrow", False),  # a past act after its article
        ("next week", False),
        ("last month", True),
        ("in May 2025", False),
        ("in 1998", False),  # more than five years away
        ("on 30 February 2024", False),
        ("on April 30", False),  # ten days ahead rather than 355 days ago: the tense was misread
        ("on April 11", True),
    ],
)
def test_a_time_without_certain_or_possible_days_means_none(when, is_future):
    assert span(when, SATURDAY, is_future) is None
