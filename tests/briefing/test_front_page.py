"""The front page says what the sentences support, opens each number, and says less where there is less."""

import re
from dataclasses import replace
from datetime import date
from functools import cache

import pandas as pd
import pytest
from markupsafe import Markup

from analysis.briefing.front_page import front_page, title_of
from analysis.briefing.front_page_data import FrontPageData, mentions_pair
from analysis.briefing.numbers import numbers_of
from analysis.findings.incident_records import incident_records
from analysis.findings.key_judgments import judgment_records
from analysis.pipeline.filters import Scope, only_country
from analysis.pipeline.reporting_period import reporting_period
from analysis.schemas import Rejected
from analysis.views.citations import cited_articles
from analysis.views.pages import page_html
from tests.news import Story, act, met, news, struck
from tests.tables import articles, corpus, events, topics

SECTIONS = [
    "Bottom line",
    "Key judgments",
    "What happened",
    "Who said it",
    "What changed",
    "What to watch",
    "How each side tells it",
    "The analyst's notes",
    "What this rests on",
]
ANNEX = [
    "Where",
    "How tense is it, in numbers?",
    "Who says what",
    "What it is about",
    "The pages behind this one",
]
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
    return front_page(data(news(*WEEK)))


def section(tables, heading, **more):
    return text_of(sections_of(front_page(data(tables, **more)))[heading])


def test_the_sections_are_in_the_order_of_a_reader_in_haste():
    html = front_page(data(news(*WEEK), notes=Markup("<p>Mind the gap.</p>")))
    assert list(sections_of(html)) == [*SECTIONS, *ANNEX]
    assert html.index("<h1>") < html.index("Bottom line") < html.index("<figure")
    assert html.index("<figure") < html.index("Key judgments")


def test_method_and_rates_are_folded_under_what_the_page_rests_on():
    html = sections_of(week_page())["What this rests on"]
    folded = html[html.index('<details class="method">') :]
    assert "open" not in folded.split(">")[0]
    assert "How often each question is answered correctly" in folded
    assert "Confidence in what a judgment rests on" in folded


def test_the_title_names_the_period_and_the_pair_or_country():
    one_day = news(met("2024-04-20"))
    assert title_of(data(one_day)) == "Briefing, 20 April 2024"
    assert title_of(data(news(*WEEK))) == "Briefing, 19 to 21 April 2024"
    assert title_of(data(one_day, scope=Scope(pair="CHN-JPN"))) == "China and Japan: briefing, 20 April 2024"
    assert title_of(data(one_day, scope=Scope(country="CHN"))) == "China: briefing, 20 April 2024"
    assert title_of(data(corpus())) == "Briefing on undated articles"


def test_every_section_says_when_nothing_was_found():
    found = {heading: text_of(html) for heading, html in sections_of(front_page(data(corpus()))).items()}
    assert found["Bottom line"]
    for heading, said in {
        "Key judgments": "None: nothing between two countries is reported surely enough",
        "What happened": "No act between two countries was recognised.",
        "Who said it": "No direct quotation on the leading pairs can be understood alone.",
        "What changed": "There is nothing earlier to compare with.",
        "What to watch": "No announcement between two countries was recognised.",
        "How each side tells it": "No official of the leading pairs is quoted on the other side.",
        "What this rests on": "No judgment rests on any event.",
        "How tense is it, in numbers?": "No act between two countries was recognised.",
        "Who says what": "No statement with a known speaker was found.",
        "What it is about": "No theme or theatre on the lists was recognised.",
    }.items():
        assert said in found[heading], heading
    assert "Where" not in found


def test_what_happened_what_is_said_and_what_is_announced_each_have_their_section():
    found = {one: text_of(html) for one, html in sections_of(week_page()).items()}
    assert "bombed the Ukrainian town of Dnipro" in found["What happened"]
    assert "Presidents of China" not in found["What happened"]
    assert "Presidents of China" in found["What to watch"]
    assert "Li Wei" in found["Who said it"]
    assert "reckless provocations" in found["Who said it"]


def test_what_happened_is_told_by_day():
    html = sections_of(week_page())["What happened"]
    rows = re.findall(r'<th scope="row">([^<]+)</th>', html)
    assert rows == ["19 April 2024", "20 April 2024", "20 April 2024", "21 April 2024"]


@pytest.mark.parametrize(
    ("rule", "mark"),
    [("added by an analyst", "Added by an analyst."), ("analyst's correction", "Corrected by an analyst.")],
)
def test_what_an_analyst_added_or_corrected_is_marked_where_it_is_told(rule, mark):
    touched = (struck("2024-04-20", rule=rule), *WEEK[1:])
    html = sections_of(front_page(data(news(*touched))))["What happened"]
    (row,) = [row for row in html.split("<tr>") if mark in row]
    assert "bombed the Ukrainian town of Dnipro" in row


def test_one_of_a_kind_is_counted_in_the_singular():
    text = page_text(news(struck("2024-04-20")))
    assert "The only incident reported, by day" in text
    assert "The event behind judgment 1, with its sentence" in text
    assert "The only event behind the judgments is reported by the article itself." in text
    assert not re.findall(r"\b(?:[Aa]ll|[Tt]he|[Oo]f) 1\b", text)
    assert not re.findall(r"\b1 \w*(?:articles|stories|events|incidents|sentences|statements)\b", text)


def test_the_outlets_are_counted_alike_at_the_top_and_in_what_the_page_rests_on():
    tables = news(struck("2024-04-20"), struck("2024-04-20", "Odesa"), met("2024-04-20"))
    given = tables.articles.assign(outlet=["Daily News", "The Post", "The Wire"])
    reprint = given["story_id"].mask(given.index == 2, given["story_id"][0])
    text = page_text(replace(tables, articles=given.assign(story_id=reprint)))
    assert "2 stories, 3 outlets." in text
    assert "2 stories from 3 outlets, 20 April 2024; " in text


def test_events_that_all_have_the_same_kind_of_reporter_are_not_counted_twice():
    two = news(struck("2024-04-20"), struck("2024-04-20", "Odesa"))
    assert "The articles themselves report all 2 events behind the judgments." in page_text(two)


def hostile_week():
    """News whose every text has a tag in it."""
    title, outlet = f"Talks {HOSTILE}", f"News {HOSTILE}"
    return news(
        Story(
            "2024-04-20",
            f"“China must stop its {HOSTILE} threats against the United States now,” Ann {HOSTILE} said.",
            (act("USA", "CHN", "ACCUSE", "stop"),),
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


def test_text_of_an_article_is_escaped_in_every_section():
    matched = topics({"article_id": f"{0:016x}", "end_char": 5, "matched": HOSTILE})
    tables = hostile_week()
    page = data(
        replace(tables, topics=matched),
        links=[("articles.html", HOSTILE)],
    )
    html = front_page(page, [("country-CHN.html", HOSTILE)])
    assert HOSTILE not in html
    found = sections_of(html)
    for heading in (
        "Key judgments",
        "What happened",
        "Who said it",
        "What to watch",
        "How each side tells it",
        "How tense is it, in numbers?",
        "Who says what",
        "What it is about",
        "The pages behind this one",
    ):
        assert "&lt;b&gt;ten" in found[heading], heading


def test_the_page_runs_nothing_and_loads_nothing():
    html = page_html("T", [front_page(data(hostile_week()))], name="briefing.html", made="by us")
    assert not re.search(r"<(script|iframe|object|embed|svg)\b", html)
    assert set(re.findall(r'<img[^>]* src="([^,]*),', html)) == {"data:image/png;base64"}


def test_the_address_of_an_article_is_linked_where_it_is_one():
    def with_url(url):
        return front_page(data(corpus(articles=articles({"url": url}), events=events({}))))

    assert 'href="https://x.org/a"' in with_url("https://x.org/a")
    assert "javascript" not in with_url("javascript:alert(1)")


def test_every_judgment_rests_on_events_whose_articles_the_page_cites():
    tables = news(*WEEK)
    page = data(tables)
    coded = tables.events.set_index("event_id")["article_id"]
    records = judgment_records(page.judgments)
    cited = set(cited_articles(front_page(page)))
    assert records
    for record in records:
        assert record["event_ids"]
        assert set(coded[record["event_ids"]]) <= cited
        assert record["pairs"] == [record["subject"]]


def test_every_incident_that_is_kept_rests_on_events_and_articles_of_the_corpus():
    tables = news(*WEEK, struck("2024-04-20"))
    page = data(tables)
    coded = tables.events.set_index("event_id")["article_id"]
    records = incident_records(page.inputs)
    cited = set(cited_articles(front_page(page)))
    assert len(records) == 4
    for record in records:
        assert set(coded[record["event_ids"]]) == set(record["article_ids"])
        assert record["story_count"] == len(record["article_ids"])
        assert cited & set(record["article_ids"])
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


def test_a_judgment_opens_to_its_sentences_with_outlet_date_and_link():
    html = sections_of(front_page(data(news(struck("2024-04-20")))))["Key judgments"]
    opened = html[html.index("behind judgment 1") :]
    assert f'<a href="articles.html#s-{0:016x}-13"><cite>Envoys meet</cite></a>' in opened
    assert "(Daily News, 2024-04-20)" in opened
    assert '<mark class="trigger">bombed</mark>' in opened
    assert "low confidence" in html


def test_the_page_names_no_page_or_notebook_that_was_not_made():
    many = news(*(struck("2024-04-20", f"Town{n}") for n in range(40)))
    text = page_text(many)
    assert ".html" not in text
    assert "tension page" not in text
    assert "And 10 more events." in text
    linked = [("03-tension-indicators.html", "How tense is it?"), ("articles.html", "Articles")]
    assert "04, how far these numbers can be trusted" in text
    html = front_page(data(many, links=linked))
    assert 'And 10 more events on <a href="03-tension-indicators.html">How tense is it?</a>' in html


def test_with_too_few_acts_no_value_is_shown():
    text = section(news(met("2024-04-20")), "How tense is it, in numbers?")
    assert "Too few acts for values to say more than the sentences do." in text
    assert "conflict share" not in text


@pytest.mark.parametrize(("sides", "is_drawn"), [(("CHN", "USA"), False), (("CHN", "FRA"), True)])
def test_a_map_is_drawn_from_three_countries_on(sides, is_drawn):
    tables = news(met("2024-04-20"), met("2024-04-20", *sides))
    assert ("Where" in sections_of(front_page(data(tables)))) == is_drawn


def test_the_pages_of_countries_are_linked_where_there_are_any():
    html = front_page(data(news(*WEEK)), [("country-CHN.html", "China")])
    assert '<a href="country-CHN.html">China</a>' in html
    assert "A page each" not in text_of(week_page())


def test_articles_without_dates_are_one_period_and_the_page_says_so():
    text = page_text(news(struck(None), met(None)))
    assert text.startswith("Briefing on undated articles")
    assert "No article has a date, so all of them are treated as one period." in text
    assert "undated" in section(news(struck(None)), "What happened")


def test_one_article_is_a_page_with_every_section():
    found = sections_of(front_page(data(news(struck("2024-04-20")))))
    assert set(found) == {*SECTIONS, *ANNEX} - {"The analyst's notes", "Where"}
    assert "There is nothing earlier to compare with." in text_of(found["What changed"])


@pytest.mark.parametrize("scope", [Scope(pair="BRA-FRA"), Scope(country="BRA")])
def test_a_page_on_a_pair_or_country_that_nobody_mentions_is_short_and_says_so(scope):
    nothing = only_country(news(*WEEK), "BRA")
    text = page_text(nothing, scope=scope)
    assert "Brazil" in text.split("Bottom line")[0]
    line = text.split("Bottom line")[1].split("Key judgments")[0].strip()
    what = "No event between Brazil and France" if scope.pair else "Nothing about Brazil"
    assert line == f"{what} was found in 5 articles: the briefing is empty."
    assert " 0 " not in text.split("What this rests on")[0]
    assert "None: nothing between two countries is reported surely enough to support a judgment." in text
    assert "Dnipro" not in text


DENIED = Story(
    "2024-04-21",
    "Russia did not bomb the Ukrainian town of Dnipro, the Russian defence ministry said in Moscow.",
    (act("RUS", "UKR", "ASSAULT", "bomb", status="negated", place_name="Dnipro"),),
)


def test_two_reports_that_contradict_each_other_are_both_shown_and_marked():
    text = section(news(struck("2024-04-20"), DENIED), "What happened")
    assert "Russian aircraft bombed the Ukrainian town of Dnipro" in text
    assert "This is denied" in text
    assert "Russia did not bomb the Ukrainian town of Dnipro" in text


def test_a_report_that_only_a_quotation_tells_is_marked_as_denied_too():
    unsure = struck("2024-04-20", probability=0.78)
    html = sections_of(front_page(data(news(unsure, DENIED))))["What happened"]
    assert "<strong>" not in html
    assert "This is denied" in html


def test_a_story_dated_a_year_ahead_is_pointed_out_and_does_not_set_the_period():
    days = [met("2024-03-01"), met("2024-04-20"), met("2025-04-20", "FRA", "DEU")]
    made_on = date(2024, 4, 21)
    tables = news(*days)
    period = reporting_period("auto", tables.articles["published_date"], today=made_on)
    text = page_text(tables, made_on=made_on, period=period)
    assert text.startswith("Briefing, 14 to 20 April 2024")
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


def test_pairs_that_moved_are_in_a_table_and_the_rest_in_a_sentence():
    war = [struck(f"2024-04-{20 + n % 2}", f"Town{n}") for n in range(30)]
    calm = [met(f"2024-0{month}-{day:02}") for month in (2, 3) for day in range(1, 29)]
    quiet = [struck("2024-02-10", f"Hill{n}") for n in range(3)]
    text = section(news(*calm, *quiet, *war), "What changed")
    assert "Russia – Ukraine ▲ up" in text


def test_the_reprint_of_an_article_that_mentions_a_pair_mentions_it_too():
    rows = [{}, {"article_id": "b" * 16}, {"article_id": "c" * 16, "story_id": "c" * 16}]
    assert mentions_pair(corpus(articles=articles(*rows), events=events({}))).tolist() == [True, True, False]
