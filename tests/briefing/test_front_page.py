"""The front page says what the sentences support, opens each number, and says less where there is less."""

import re
from datetime import date

import pandas as pd
from markupsafe import Markup

from analysis.briefing.front_page import front_page, title_of
from analysis.briefing.front_page_data import FrontPageData, mentions_pair
from analysis.briefing.judgment_section import missing_stories_sentence
from analysis.briefing.records import BriefingRecord
from analysis.briefing.snapshots import snapshot_of
from analysis.indicators.dyads import dyad_indicators
from analysis.pipeline.filters import Scope
from analysis.pipeline.reporting_period import reporting_period
from analysis.schemas import Rejected
from tests.briefing.test_snapshots import calm_and_war, tables_of
from tests.coverage import coded, coverage
from tests.tables import TEXT, articles, corpus, events, quotes, topics

HEADINGS = [
    "Bottom line",
    "Key judgments",
    "What changed since the last briefing",
    "How tense is it, in numbers?",
    "Who says what",
    "What it is about",
    "What else could be true",
    "What to watch",
    "What this rests on",
    "How it was made, and how often it is right",
    "What the words mean",
    "The pages behind this one",
]


def data(tables, earlier=None, scope=Scope(), **more):  # noqa: B008
    rejected = Rejected.validate(pd.DataFrame({"path": [], "reason": []}))
    given = {"notes": Markup(""), "results": None, "links": [("articles.html", "Articles")]}
    given["made_on"] = date(2100, 1, 1)
    given["period"] = reporting_period("auto", tables.articles["published_date"])
    return FrontPageData(tables=tables, rejected=rejected, scope=scope, earlier=earlier, **{**given, **more})


def text_of(tables, **more):
    return " ".join(re.sub(r"<[^>]+>", " ", front_page(data(tables, **more))).split())


def acts(count):
    rows = events(*({"event_id": str(n)} for n in range(count)))
    given = articles({"published_date": pd.Timestamp("2024-04-20")})
    return corpus(articles=given, events=rows, indicators=dyad_indicators(given, rows))


def test_the_sections_are_in_the_order_of_a_reader_in_haste():
    html = front_page(data(acts(3)))
    assert re.findall(r"<h2[^>]*>([^<]+)</h2>", html) == HEADINGS


def test_the_title_names_the_day_and_the_pair():
    assert title_of(data(acts(1))) == "Briefing as of 20 April 2024"
    assert title_of(data(acts(1), scope=Scope("", "CHN-JPN"))) == (
        "Briefing as of 20 April 2024: China – Japan"
    )
    assert title_of(data(corpus())) == "Briefing on undated articles"


def test_an_article_dated_ahead_is_pointed_out_and_one_of_tomorrow_is_not():
    late = articles({"path": "typo.txt", "published_date": "2042-04-20"}, {"article_id": "b" * 16})
    said = text_of(corpus(articles=late), made_on=date(2024, 4, 21))
    assert (
        "1 article dated after the day of this briefing, 2024-04-21: is 2042-04-20 right for typo.txt?"
    ) in said
    assert "Check" not in text_of(corpus(articles=late), made_on=date(2042, 4, 19))


def test_with_too_few_acts_nothing_is_judged_and_no_value_is_shown():
    text = text_of(acts(2))
    assert "None. The articles report too few acts between any two countries to support a judgment." in text
    assert "Too few acts for values to say more than the sentences do." in text
    assert "conflict share" not in text.split("How it was made")[0].replace("to the conflict share", "")


def test_a_judgment_opens_to_its_sentences_with_outlet_date_and_link():
    html = front_page(data(acts(3)))
    opened = html[html.index("behind judgment 1") :]
    assert '<a href="articles.html#s-0123456789abcdef-13"><cite>Envoys meet</cite></a>' in opened
    assert "(outlet unknown, 2024-04-20)" in opened
    assert '<mark class="trigger">warned</mark>' in opened
    assert "low confidence" in html


def test_the_basis_of_judgments_on_the_same_sources_is_given_once():
    talks = {"root": "CONSULT", "quad": 1, "intensity": 2.5, "status": "future", "event_id": "f"}
    rows = events(*({"event_id": str(n)} for n in range(3)), talks)
    given = articles({"published_date": pd.Timestamp("2024-04-20")})
    text = text_of(corpus(articles=given, events=rows, indicators=dyad_indicators(given, rows)))
    assert text.count("1 story, outlet unknown") == 1
    assert "low confidence same sources as judgment 1." in text
    assert "Confidence in what a judgment rests on" in text
    assert "roughly even chance" in text
    assert "none here carries a likelihood." in text
    calm, war = calm_and_war()
    moved = text_of(war, earlier=BriefingRecord("2024-04-19", snapshot_of(calm)))
    assert "none here carries" not in moved
    assert "none here carries a likelihood or a confidence." in text_of(acts(2))


def test_the_address_of_an_article_is_linked_where_it_is_one():
    def with_url(url):
        return front_page(data(corpus(articles=articles({"url": url}), events=events({}))))

    assert 'href="https://x.org/a"' in with_url("https://x.org/a")
    assert "javascript" not in with_url("javascript:alert(1)")


def test_text_of_an_article_is_escaped_wherever_it_is_shown():
    start = TEXT.index("<b>")
    html = front_page(
        data(
            corpus(
                articles=articles({"title": "<i>x</i>"}),
                quotes=quotes({"speaker_id": "<u>", "speaker_name": "<u>Ann</u>", "role": "<s>"}),
                topics=topics({"start_char": 13, "end_char": len(TEXT), "matched": TEXT[start : start + 7]}),
            )
        )
    )
    for bad in ("<b>", "<i>", "<u>", "<s>"):
        assert bad not in html
    assert "&lt;u&gt;Ann" in html


def test_every_section_says_when_nothing_was_found():
    text = text_of(corpus())
    for said in (
        "No act between two countries was recognised.",
        "No statement with a known speaker was found.",
        "No theme or theatre on the lists was recognised.",
        "With no judgment, there is no other reading to weigh",
        "Nothing is announced, and nothing stands out",
        "Nobody is quoted.",
        "No judgment rests on any event.",
    ):
        assert said in text


def test_the_front_page_says_what_moved_and_judges_it():
    calm, war = calm_and_war()
    text = text_of(war, earlier=BriefingRecord("2024-04-19", snapshot_of(calm)))
    assert "Reported hostility between Russia and Ukraine has very likely risen" in text
    assert "Compared with the briefing 2024-04-19: 12 articles were added." in text
    assert "New in this briefing." in text


def test_the_page_says_how_many_stories_a_comparison_lacks():
    assert missing_stories_sentence(acts(3)) == (
        "With acts in 9 more stories, the values of China and Japan can be compared: over time, and with "
        "pairs that have as many stories."
    )
    assert missing_stories_sentence(calm_and_war()[1]) == ""
    assert missing_stories_sentence(corpus()) == ""


def test_without_an_earlier_briefing_the_latest_week_is_compared_with_the_one_before():
    days = [*pd.date_range("2024-04-08", periods=6), *pd.date_range("2024-04-15", periods=6)] * 2
    given = coverage(*sorted(days))
    rows = coded(*((n, "RUS", "UKR", "ASSAULT", "past") for n in range(12, 24)))
    said = text_of(tables_of(given, rows))
    assert (
        "Reported hostility between Russia and Ukraine has very likely risen compared with the week before"
        in said
    )


def test_a_sentence_that_begins_with_a_quotation_mark_gets_no_second_one():
    matched = topics({"end_char": 8})
    assert 'class="bare"' not in front_page(data(corpus(topics=matched)))
    quoted = corpus(articles=articles({"text": "“Envoys” meet"}), topics=matched)
    assert 'class="bare"' in front_page(data(quoted))


def test_the_reprint_of_an_article_that_mentions_a_pair_mentions_it_too():
    rows = [{}, {"article_id": "b" * 16}, {"article_id": "c" * 16, "story_id": "c" * 16}]
    assert mentions_pair(corpus(articles=articles(*rows), events=events({}))).tolist() == [True, True, False]
