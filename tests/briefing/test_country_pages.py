"""Each country that is much in the news has a page like the front page, which leads there and back."""

import re
from functools import cache
from itertools import pairwise

import pytest
from markupsafe import Markup

from analysis.briefing.build import Request, country_pages, write_pages
from analysis.briefing.front_page import front_page
from analysis.indicators.ranking import MAX_COUNTRY_PAGES, MIN_COUNTRY_INCIDENTS
from analysis.pipeline.filters import Scope
from tests.briefing.test_front_page import data, text_of
from tests.news import Story, act, met, news

CODES = ["CHN", "DEU", "FRA", "GBR", "IND", "IRN", "ISR", "JPN", "PAK", "RUS", "UKR", "USA"]


def strikes(source, target, count):
    """So many attacks of one country on as many towns of another."""
    return [
        Story(
            "2024-04-20",
            f"Aircraft of {source} bombed the town of Town{number} in {target} at night, officials said.",
            (act(source, target, "ASSAULT", "bombed", trigger_lemma="bomb", place_name=f"Town{number}"),),
        )
        for number in range(count)
    ]


@cache
def war():
    return news(*strikes("RUS", "UKR", MIN_COUNTRY_INCIDENTS), met("2024-04-20"))


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The pages of a briefing with notes, by name."""
    out = tmp_path_factory.mktemp("pages") / "out"
    request = Request([], out, out, Scope(), store="")
    names = write_pages(out, data(war(), notes=Markup("<p>Mind the gap.</p>")), request)
    return {name: (out / name).read_text(encoding="utf-8") for name in names}


def test_countries_with_enough_incidents_have_a_page():
    assert sorted(country_pages(data(war()))) == ["country-RUS.html", "country-UKR.html"]
    assert country_pages(data(news(*strikes("RUS", "UKR", MIN_COUNTRY_INCIDENTS - 1)))) == {}


def test_there_are_no_more_pages_than_a_reader_opens():
    everyone = [one for pair in pairwise(CODES) for one in strikes(*pair, MIN_COUNTRY_INCIDENTS)]
    assert len(CODES) > MAX_COUNTRY_PAGES
    assert len(country_pages(data(news(*everyone)))) == MAX_COUNTRY_PAGES


@pytest.mark.parametrize("scope", [Scope(pair="RUS-UKR"), Scope(country="RUS")])
def test_a_narrow_briefing_has_no_pages_of_countries(scope):
    assert country_pages(data(war(), scope=scope)) == {}


def test_the_front_page_leads_to_each_country_and_back_and_every_citation_to_its_place(pages):
    assert list(pages) == ["briefing.html", "country-RUS.html", "country-UKR.html", "articles.html"]
    places = set(re.findall(r'id="([^"]+)"', pages["articles.html"]))
    for name in list(pages)[:-1]:
        cited = set(re.findall(r'articles\.html#([^"]+)"', pages[name]))
        assert cited and cited <= places, name
    for name, title in (("country-RUS.html", "Russia"), ("country-UKR.html", "Ukraine")):
        assert f'<a href="{name}">{title}</a>' in pages["briefing.html"]
        assert '<a href="briefing.html">Back to the briefing</a>' in pages[name]
        assert f"<h1>{title}: briefing, 20 April 2024</h1>" in pages[name]


def test_the_page_of_a_country_is_about_it_alone_and_without_the_notes(pages):
    assert "Mind the gap." in pages["briefing.html"]
    assert "Mind the gap." not in pages["country-RUS.html"]
    told = text_of(pages["country-RUS.html"])
    assert "Town0" in told and "talks on trade" not in told


def test_the_page_of_a_state_has_what_is_done_to_its_territory():
    told = "The United States threatened {} with tariffs of ten per cent on cars on Monday."
    threats = [
        Story(
            "2024-04-20", told.format(name), (act("USA", code, "THREATEN", "threatened", when="2024-04-15"),)
        )
        for code, name in (("GRL", "Greenland"), ("DNK", "Denmark"))
    ]
    pages = country_pages(data(news(*threats, *strikes("DNK", "RUS", MIN_COUNTRY_INCIDENTS))))
    assert "threatened Denmark" in front_page(pages["country-DNK.html"])
