"""The front page says what the sentences support, opens each number, and says less where there is less."""

import re
from dataclasses import replace
from datetime import date
from functools import cache

import pandas as pd
import pytest
from markupsafe import Markup

from analysis.briefing.front_page import FrontPageData, front_page
from analysis.briefing.numbers import numbers_of
from analysis.findings.page import incident_records
from analysis.pipeline.filters import Scope, narrowed
from analysis.pipeline.reporting_period import reporting_period
from analysis.schemas import Rejected
from analysis.views.pages import page_html
from tests.news import Story, act, met, news, struck
from tests.tables import corpus

HOSTILE = "<b>ten</b>"
SUMMIT = Story(
    "2024-04-20",
    "Presidents of China and the United States will meet in Lima in November, both governments said.",
    (act("CHN", "USA", "CONSULT", "meet", status="future"),),
)
ACCUSED = Story(
    "2024-04-20",
    "“The United States must stop its reckless provocations against China in our waters,” Li Wei said.",
    (act("CHN", "USA", "ACCUSE", "stop", trigger_lemma="accuse"),),
    speaker="Li Wei",
    speaker_country="CHN",
    about="USA",
)
WEEK = (struck("2024-04-20"), struck("2024-04-21", "Odesa"), met("2024-04-19"), SUMMIT, ACCUSED)


def data(tables, scope=Scope(), asked="auto", **more):  # noqa: B008
    rejected = Rejected.validate(pd.DataFrame({"path": [], "reason": []}))
    given = {"notes": Markup(""), "links": [("articles.html", "Articles")], "made_on": date(2100, 1, 1)}
    given["period"] = reporting_period(asked, tables.articles["published_date"])
    return FrontPageData(tables=tables, rejected=rejected, scope=scope, **{**given, **more})


def text_of(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def page_text(tables, **more):
    return text_of(front_page(data(tables, **more)))


def sections_of(html):
    """The HTML under each heading, by heading."""
    parts = re.split(r"<h2[^>]*>(.*?)</h2>", html)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@cache
def week_page():
    return front_page(data(news(*WEEK), notes=Markup("<p>Mind the gap.</p>")))


def section(tables, heading, **more):
    return text_of(sections_of(front_page(data(tables, **more)))[heading])


def test_the_title_names_the_period_and_the_pair_or_country():
    one_day = news(met("2024-04-20"))
    assert data(one_day).title == "Briefing, 20 April 2024"
    assert data(news(*WEEK)).title == "Briefing, 19 to 21 April 2024"
    assert data(one_day, scope=Scope(pair="CHN-JPN")).title == "China and Japan: briefing, 20 April 2024"
    assert data(one_day, scope=Scope(country="CHN")).title == "China: briefing, 20 April 2024"
    assert data(corpus()).title == "Briefing on undated articles"


def test_the_outlets_are_counted_alike_at_the_top_and_in_what_the_page_rests_on():
    tables = news(struck("2024-04-20"), struck("2024-04-20", "Odesa"), met("2024-04-20"))
    given = tables.articles.assign(outlet=["Daily News", "The Post", "The Wire"])
    reprint = given["story_id"].mask(given.index == 2, given["story_id"][0])
    text = page_text(replace(tables, articles=given.assign(story_id=reprint)))
    assert "2 stories, 3 outlets." in text
    assert "2 stories from 3 outlets, 20 April 2024; " in text
    narrow = page_text(narrowed(news(*WEEK), Scope(country="UKR")), scope=Scope(country="UKR"))
    assert "2 stories of 5, 1 outlet; only what involves Ukraine." in narrow
    assert "2 stories from 1 outlet, 20 to 21 April 2024" in narrow


def hostile_week():
    """News whose every text has a tag in it."""
    title, outlet = f"Talks {HOSTILE}", f"News {HOSTILE}"
    return news(
        Story(
            "2024-04-20",
            f"“China must stop its {HOSTILE} threats against the United States now,” Ann {HOSTILE} said.",
            (),  # it is told as somebody's words alone
            title,
            outlet,
            speaker=f"Ann {HOSTILE}",
            speaker_country="USA",
            about="CHN",
        ),
        Story(
            "2024-04-20",
            f"Envoys of China and the {HOSTILE} United States will meet in Lima in November, they said.",
            (act("CHN", "USA", "CONSULT", "meet", status="future", place_name=HOSTILE),),
            title,
            outlet,
        ),
        Story(
            "2024-04-20",
            f"Aircraft of China bombed {HOSTILE} ships of the United States at sea this morning, they said.",
            (act("CHN", "USA", "ASSAULT", "bombed", trigger_lemma="bomb", place_name=HOSTILE),),
            title,
            outlet,
        ),
    )


def test_the_page_runs_nothing_and_loads_nothing():
    html = page_html("T", [front_page(data(hostile_week()))], name="briefing.html", made="by us")
    assert not re.search(r"<(script|iframe|object|embed|svg)\b", html)
    assert set(re.findall(r'<img[^>]* src="([^,]*),', html)) == {"data:image/png;base64"}


def test_the_address_of_an_article_is_linked_where_it_is_one():
    tables = news(struck("2024-04-20"), met("2024-04-20"))
    given = tables.articles.assign(url=["https://x.org/a", "javascript:alert(1)"])
    html = front_page(data(replace(tables, articles=given)))
    assert 'href="https://x.org/a"' in html and "talks on trade" in html
    assert "javascript" not in html


def test_every_incident_that_is_kept_rests_on_events_and_articles_of_the_corpus():
    tables = news(*WEEK, struck("2024-04-20"))
    page = data(tables)
    coded = tables.events.set_index("event_id")["article_id"]
    records = incident_records(page.inputs)
    assert len(records) == 4
    for record in records:
        assert set(coded[record["event_ids"]]) == set(record["article_ids"])
        assert record["story_count"] == len(record["article_ids"])
        assert max(record["story_count"] for record in records) == 2


def test_the_events_of_a_bloc_are_kept_with_its_incidents():
    summit = Story(
        "2024-04-20",
        "The European Union imposed sanctions on Russia over the war on Monday, diplomats in Brussels said.",
        (act(None, "RUS", "SANCTION", "imposed", source_id="bloc:european-union", source_kind="bloc"),),
    )
    tables = news(summit)
    (incident,) = incident_records(data(tables).inputs)
    assert incident["pair"] == "EUU-RUS"
    kept = numbers_of(tables, [incident])
    assert incident["event_ids"] == [event["event_id"] for event in kept["events"]]
    assert summit.sentence not in str(kept)


def test_the_pages_of_countries_are_linked_where_there_are_any():
    html = front_page(data(news(*WEEK)), [("country-CHN.html", "China")])
    assert '<a href="country-CHN.html">China</a>' in html
    assert "A page each" not in text_of(week_page())


def test_a_story_dated_a_year_ahead_is_pointed_out_and_does_not_set_the_period():
    days = [met("2024-03-01"), met("2024-04-20"), met("2025-04-20", "FRA", "DEU")]
    made_on = date(2024, 4, 21)
    tables = news(*days)
    period = reporting_period("auto", tables.articles["published_date"], today=made_on)
    text = page_text(tables, made_on=made_on, period=period)
    assert text.startswith("Briefing, 1 March to 20 April 2024")
    said = (
        "1 article dated after the day of this briefing, 2024-04-21, is set aside: is 2025-04-20 right for "
        "items.jsonl:3?"
    )
    assert said in text
    assert "Germany" not in text.split("What this rests on")[0].replace(said, "")


def test_a_story_dated_a_year_ahead_is_on_no_part_of_a_page_on_everything():
    made_on = date(2024, 4, 21)
    tables = news(met("2024-04-19"), met("2024-04-20"), struck("2025-04-20"))
    period = reporting_period("auto", tables.articles["published_date"], today=made_on)
    text = page_text(tables, made_on=made_on, period=period)
    assert text.startswith("Briefing, 19 to 20 April 2024")
    assert "2 stories, 1 outlet." in text
    assert "Dnipro" not in text


def test_an_article_of_tomorrow_is_not_pointed_out():
    text = page_text(news(met("2024-04-22")), made_on=date(2024, 4, 21))
    assert "dated after the day of this briefing" not in text


def test_an_empty_section_is_not_there():
    assert list(sections_of(front_page(data(corpus())))) == [
        "What this rests on",
        "The pages behind this one",
    ]
    found = sections_of(week_page())
    assert "The analyst's notes" in found and "Against the period before" not in found


def test_each_clause_leads_to_its_sentence_and_to_the_original_and_two_countries_have_no_map():
    tables = news(struck("2024-04-20"))
    tables = replace(tables, articles=tables.articles.assign(url="https://x.org/a"))
    html = front_page(data(tables))
    assert '<a class="plain" href="#e1">Russian aircraft bombed the Ukrainian town of Dnipro' in html
    above, below = html.split('<li id="e1">')
    assert 'href="https://x.org/a"' in above and 'href="https://x.org/a"' in below and "↗" not in week_page()
    assert "Where" in sections_of(week_page()) and "Where" not in sections_of(html)
    assert f'href="articles.html#s-{0:016x}-13"' in below and '<mark class="trigger">bombed</mark>' in below


def test_the_paragraphs_are_one_list_of_which_three_are_in_the_box_and_the_picture_follows_them():
    pairs = [("CHN", "JPN"), ("IRN", "USA"), ("BRA", "ARG"), ("PER", "CHL"), ("FRA", "DEU")]
    above, *_ = front_page(data(news(*(met("2024-04-20", *sides) for sides in pairs)))).split("<figure")
    assert re.findall(r'<ol class="judgments" start="(\d)"', above) == ["1", "4"]
    assert "".join(re.findall(r'<li id="judgment-(\d)"', above)) == "12345"
    box, others = above.split('start="4"')
    assert box.count('class="plain"') == 3 and others.count('class="plain"') == 2


def test_what_a_clause_quotes_is_not_quoted_again():
    for acts in (ACCUSED.acts, ()):
        html = front_page(data(news(SUMMIT, ACCUSED._replace(acts=acts))))
        assert html.split("<h2")[0].count("must stop its reckless provocations") == len(acts)
        assert ("Who said it" in sections_of(html)) == (not acts)


def test_what_cannot_be_told_alone_is_not_called_nothing():
    told = Story("2024-04-20", "It bombed them again after that.", (act("RUS", "UKR", "ASSAULT", "bombed"),))
    assert data(news(told)).bottom_line[0].startswith("1 incident between countries was read but is not told")
    assert data(corpus()).bottom_line == ("Nothing new between two countries was read.",)


def test_a_week_of_which_too_little_is_known_has_no_picture():
    assert "<figure" not in front_page(data(news(struck("2024-04-20")), asked="2024-04-15..2024-04-21"))


def test_each_line_of_a_pile_leads_to_its_article_and_no_sentence_is_told_again_below():
    days = ("2024-01-20", "2024-04-20", "2024-07-20", "2025-01-20")
    html = front_page(data(news(*(met(day)._replace(title=f"{HOSTILE} of five words here") for day in days))))
    lines = sections_of(html)["China and the United States"]
    assert [lines.count(one) for one in (HOSTILE, 'href="articles.html#s-', "&lt;b&gt;")] == [0, 4, 4]
    assert "Of 4 articles, 4 were found to be on China and the United States." in text_of(html)
    assert not {"The sentences behind this page", "Where"} & sections_of(html).keys()


def test_a_single_article_is_named_by_its_title():
    one = struck("2024-04-20")._replace(title=f"Raid on {HOSTILE}")
    assert "1 story, 1 outlet: “Raid on &lt;b&gt;ten&lt;/b&gt;”. Written" in front_page(data(news(one)))
    assert "“Raid on" not in front_page(data(news(one, met("2024-04-20"))))


def test_a_pile_of_a_country_has_its_own_articles_alone():
    days = ("2024-01-20", "2024-04-20", "2024-07-20", "2025-01-20")
    raids = struck("2024-05-20"), struck("2024-09-20", "Odesa")
    everything = news(*map(met, days), *raids, met("2024-08-20", "ARG", "BRA"))
    for country, count, said in (
        ("UKR", "2 stories of 7", "Of 2 articles, 2 were found to be on Russia and Ukraine."),
        ("BRA", "1 story of 7", "The only article was put under Argentina – Brazil."),
    ):
        text = text_of(
            front_page(data(narrowed(everything, Scope(country=country)), scope=Scope(country=country)))
        )
        assert count in text and said in text and "China" not in text


def test_every_sentence_of_the_page_is_there_once_and_every_link_has_its_sentence():
    html = week_page()
    targets, links = re.findall(r'<li id="(e\d+)"', html), re.findall(r'href="#(e\d+)"', html)
    assert len(set(targets)) == len(targets) and set(links) <= set(targets)


def test_a_page_that_goes_upstairs_has_no_path_code_or_codebook_word():
    text = text_of(week_page())
    for word in ("items.jsonl", "quad", "corpus.", "characters", "ASSAULT", "notes.md", "<code>"):
        assert word not in text, word


def test_text_of_an_article_is_escaped_in_every_section():
    page = data(hostile_week(), links=[("articles.html", HOSTILE)])
    html = front_page(page, [("country-CHN.html", HOSTILE)])
    assert HOSTILE not in html
    for heading in ("Who said it", "The sentences behind this page", "The pages behind this one"):
        assert "&lt;b&gt;ten" in sections_of(html)[heading], heading


@pytest.mark.parametrize("scope", [Scope(pair="BRA-FRA"), Scope(country="BRA")])
def test_a_page_on_a_pair_or_country_that_nobody_mentions_is_short_and_says_so(scope):
    text = page_text(narrowed(news(*WEEK), Scope(country="BRA")), scope=scope)
    what = "No event between Brazil and France" if scope.pair else "Nothing about Brazil"
    assert f"{what} was found in 5 articles: the briefing is empty." in text
    assert "No story of 5; only what" in text and "What this rests on No story. How" in text
    assert "Dnipro" not in text
    assert "leads to" not in text and "quoted" not in text.split("What this rests on")[1].split("How it")[0]
    pile = narrowed(news(*WEEK, met("2024-01-06")), Scope(country="BRA"))
    html = front_page(data(pile, scope=scope, asked="all"))
    assert f"{what} was found in 6 articles: the briefing is empty." in text_of(html)
    assert "All other articles" not in html
