"""One country over time: its partners, its periods, and what is said by it and of it."""

import pytest

from analysis.charts.timeline import country_over_time_chart
from analysis.findings.subjects import OneCountry, nothing_about
from analysis.notebook.views import country_counts, country_view
from analysis.pipeline.filters import Scope, narrowed
from tests.news import Story, act, met, news, struck


def said(day, speaker, country, about, words):
    """A story in which somebody is against a country, named in the sentence by its code."""
    sentence = f"{speaker} said of {about} on that day: “{words}”"
    return Story(day, sentence, speaker=speaker, speaker_country=country, about=about)


NEWS = (
    struck("2025-05-05", "Dnipro"),
    struck("2025-05-06", "Odesa"),
    struck("2025-05-20", "Lviv"),
    met("2025-05-13", "RUS", "USA"),
    said("2025-05-06", "Sergey Lavrov", "RUS", "UKR", "They do not want peace at all."),
    said("2025-05-20", "Andrii Sybiha", "UKR", "RUS", "Russia must stop this war at once."),
    met("2025-05-13"),
)


@pytest.fixture(scope="module")
def russia():
    return OneCountry("RUS", narrowed(news(*NEWS), Scope(country="RUS")))


def test_the_partners_are_listed_by_incidents_with_the_last_day(russia):
    columns = ["partner_code", "hostile_count", "cooperative_count", "announced_count"]
    assert russia.partners[columns].values.tolist() == [["UKR", 3, 0, 0], ["USA", 0, 1, 0]]
    assert russia.partners["last_day"].dt.day.tolist() == [20, 13]


def test_its_statements_and_those_of_others_on_it_are_kept_apart(russia):
    assert russia.own_quotes["speaker_name"].tolist() == ["Sergey Lavrov"]
    assert russia.quotes_on_it["speaker_name"].tolist() == ["Andrii Sybiha"]


def test_incidents_and_stances_are_counted_by_period(russia):
    columns = ["period", "hostile", "cooperative", "own_against", "other_against"]
    assert russia.period == "week"
    assert country_counts(russia)[columns].values.tolist() == [
        ["2025-05-05", 2, 0, 1, 0],
        ["2025-05-12", 0, 1, 0, 0],
        ["2025-05-19", 1, 0, 0, 1],
    ]


def test_the_view_has_partners_periods_incidents_and_statements(russia):
    text = country_view(russia).text
    assert "Russia : 4 incidents with 2 countries and blocs, 1 statement by its speakers and 1 by" in text
    assert "Ukraine 3 0 0 2025-05-20 −1 of 1* −1 of 1*" in text
    assert "4 incidents, by day" in text
    assert "What its speakers say : 1 statement" in text
    assert "Sergey Lavrov, on Ukraine (against)" in text
    assert "Andrii Sybiha, on Russia (against)" in text
    assert "CHN" not in text


def test_the_chart_says_every_period_in_words(russia):
    chart = country_over_time_chart(
        country_counts(russia), country="Russia", period="week", left_out="Left out."
    )
    assert chart.note.endswith("Left out.")
    assert chart.alt.startswith(
        "Bars over time in three panels. "
        "Russia: 4 incidents, most of the 3 hostile ones in the week from 5 May 2025: 2. "
        "2025-05-05: incidents 2 hostile, 0 cooperative, its speakers 1 against and 0 for others"
    )
    assert chart.png()


def test_the_chart_of_one_day_is_a_sentence():
    one = OneCountry("RUS", narrowed(news(struck("2025-05-05")), Scope(country="RUS")))
    chart = country_over_time_chart(country_counts(one), country="Russia", period=one.period)
    assert chart.is_empty
    assert len(country_view(one).text) > 100


def test_hostile_text_is_escaped():
    hostile = said(
        "2025-05-06", "<i>Lavrov</i>", "RUS", "UKR", "<script>alert(1)</script> they want no peace."
    )
    one = OneCountry(
        "RUS", narrowed(news(hostile, struck("2025-05-05", "<b>Dnipro</b>")), Scope(country="RUS"))
    )
    html = country_view(one).html
    assert "<script" not in html and "<i>" not in html and "<b>" not in html


def test_a_country_of_which_nothing_is_said_is_empty():
    one = OneCountry("BRA", narrowed(news(*NEWS), Scope(country="BRA")))
    assert one.is_empty
    assert nothing_about(one) == "Nothing about Brazil was found in the articles read."


EUROPE = "bloc:european-union"


def with_the_union():
    """The news, and a day on which the Union acts, speaks and is spoken of; a country of it is no part."""
    tables = news(
        *NEWS,
        Story("2025-05-21", "The EU imposed sanctions on Russia.", (act("", "RUS", "SANCTION", "imposed"),)),
        Story("2025-05-21", "Germany imposed sanctions.", (act("DEU", "RUS", "SANCTION", "imposed"),)),
        said("2025-05-22", "Ursula von der Leyen", None, "RUS", "Russia has to leave now."),
        said("2025-05-23", "Sergey Lavrov", "RUS", "EUU", "They are no partner of ours."),
    )
    events, quotes, stances = tables.events, tables.quotes, tables.stances
    is_union = events["source_country_code"] == ""
    events.loc[is_union, ["source_id", "source_country_code"]] = [EUROPE, None]
    quotes.loc[quotes["speaker_name"] == "Ursula von der Leyen", "affiliation"] = "European Commission"
    is_on_union = stances["target_country_code"] == "EUU"
    stances.loc[is_on_union, ["target_id", "target_country_code"]] = [EUROPE, None]
    return tables


def test_a_bloc_is_followed_by_its_own_acts_and_words_and_what_is_said_of_it():
    union = OneCountry("EUU", narrowed(with_the_union(), Scope(country="EUU")))
    assert union.partners["partner_code"].tolist() == ["RUS"]
    assert union.own_quotes["speaker_name"].tolist() == ["Ursula von der Leyen"]
    assert union.quotes_on_it["speaker_name"].tolist() == ["Sergey Lavrov"]
    text = country_view(union).text
    assert "European Union : 1 incident with 1 country or bloc, 1 statement by its speakers and 1 by" in text
    assert "Russia 1 0 0 2025-05-21 −1 of 1* −1 of 1*" in text
