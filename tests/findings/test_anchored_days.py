"""A quotation gives the day of "yesterday" or "on Monday" in brackets, where it is known."""

from datetime import date

import pytest

from analysis.findings.anchored_days import with_days
from analysis.findings.wording import words
from tests.findings.test_reported import reported, strike
from tests.reports import inputs_of, report

PUBLISHED = date(2025, 5, 7)  # a Wednesday


def anchored(quote, *, when=None, is_year_needed=False):
    struck = report("RUS", "UKR", "ASSAULT", text=quote, day="2025-05-07", when=when)
    (incident,) = inputs_of(struck).current.itertuples()
    return with_days(quote, incident, PUBLISHED, is_year_needed=is_year_needed)


@pytest.mark.parametrize(
    ("quote", "said"),
    [
        ("Russia struck Ukraine yesterday, and again at dawn.", "Ukraine yesterday [6 May], and"),
        ("The toll of yesterday's strike of Russia on Ukraine rises.", "yesterday's [6 May] strike"),
        ("The toll of Russia's raid on Ukraine two days ago rises.", "two days ago [5 May] rises"),
        ("Two Days Ago, Russia struck Ukraine.", "Two Days Ago [5 May], Russia"),
    ],
)
def test_days_counted_from_the_article_are_in_brackets(quote, said):
    assert said in anchored(quote)


def test_a_weekday_has_its_day_only_where_the_incident_has_one_of_that_name():
    quote = "Russia struck Ukraine on Monday, officials said on Tuesday."
    assert "on Monday [5 May], officials said on Tuesday." in anchored(quote, when="on Monday")
    assert anchored(quote) == quote
    assert anchored(quote.replace("Monday", "Friday"), when="on Monday") == quote.replace("Monday", "Friday")


def test_the_year_is_given_where_a_page_has_several():
    quote = "Russia struck Ukraine yesterday."
    assert anchored(quote, is_year_needed=True) == "Russia struck Ukraine yesterday [6 May 2025]."


def test_other_words_have_no_day():
    quote = "Russia struck the Ukrainian port while a film, The Yesterdays, was shown there."
    assert anchored(quote) == quote


def test_a_judgment_quotes_with_the_day():
    text = "Drones of Russia hit the Ukrainian port of Odesa yesterday, killing three people."
    (one,) = reported(strike(text=text, place_name="Odesa", killed_count=3))
    assert one.published == date(2025, 5, 5)
    assert "Odesa yesterday [4 May], killing three people” (reported 5 May)" in words(
        "findings/reported", "told", one
    )
