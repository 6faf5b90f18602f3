"""Briefings and notebooks can be narrowed to some days and one pair."""

import pandas as pd
import pytest

from analysis.pipeline.filters import Scope, articles_in_scope, only_pair, scope_of
from tests.briefing.test_snapshots import tables_of
from tests.coverage import coded, coverage
from tests.tables import TEXT, articles, corpus, events, quotes, sentences, topics


@pytest.mark.parametrize("typed", ["USA-CHN", "chn-usa", "CHN-USA", " usa - chn ", "USA–CHN"])
def test_a_pair_has_one_spelling_however_it_is_typed(typed):
    assert scope_of(pair=typed).pair == "CHN-USA"


def test_a_scope_names_the_folder_of_its_briefing():
    assert scope_of("2024-04-01", "USA-CHN").name == "-CHN-USA-since-2024-04-01"
    assert scope_of("2024-04-01", until="2024-05-01").name == "-since-2024-04-01-until-2024-05-01"
    assert scope_of().name == ""


@pytest.mark.parametrize(
    ("pair", "reason"),
    [
        ("USA", "expected two country codes such as USA-CHN"),
        ("USA-USA", "expected two country codes such as USA-CHN"),
        ("USA-XXQ", "XXQ is not a country code, expected two country codes"),
        ("China-USA", "did you mean CHN-USA (China – United States)?"),
        ("Chinna-Rusia", "did you mean CHN-RUS (China – Russia)?"),
        ("SRB-KOS", "did you mean SRB-XKX (Serbia – Kosovo)?"),
        ("US-UK", "did you mean GBR-USA (United Kingdom – United States)?"),
        ("Korea-USA", "Korea is not a country code (KOR is South Korea; PRK is North Korea)"),
    ],
)
def test_a_wrong_pair_is_an_error_that_suggests_the_right_one(pair, reason):
    with pytest.raises(ValueError, match=r"^pair is '") as raised:
        scope_of(pair=pair)
    assert reason in str(raised.value)


@pytest.mark.parametrize(
    ("since", "until", "reason"),
    [
        ("yesterday", "", "since is 'yesterday', expected a day such as 2024-04-01"),
        ("", "2024-13-01", "until is '2024-13-01', expected a day such as 2024-04-01"),
        ("2024-05-01", "2024-04-01", "since is 2024-05-01, which is after until, 2024-04-01"),
    ],
)
def test_a_wrong_day_is_an_error(since, until, reason):
    with pytest.raises(ValueError, match=reason):
        scope_of(since, until=until)


def ids_in(scope):
    return articles_in_scope(coverage("2024-03-01", "2024-04-01", None), scope)["article_id"].tolist()


def test_articles_of_other_days_and_undated_ones_are_left_out():
    assert ids_in(Scope(since="2024-04-01")) == [f"{1:016x}"]
    assert ids_in(Scope(until="2024-03-01")) == [f"{0:016x}"]
    assert ids_in(Scope()) == [f"{n:016x}" for n in range(3)]


def test_days_without_an_article_are_an_error_that_says_which_days_have_one():
    with pytest.raises(ValueError, match=r"\(since 2025-01-01\): they are from 2024-03-01 to 2024-04-01"):
        ids_in(Scope(since="2025-01-01"))
    with pytest.raises(ValueError, match="none has a date"):
        articles_in_scope(coverage(None), Scope(until="2025-01-01"))


def test_only_events_between_the_pair_are_kept():
    events = coded((0, "USA", "CHN", "CONSULT", "past"), (0, "RUS", "UKR", "ASSAULT", "past"))
    tables = only_pair(tables_of(coverage("2024-04-01"), events), "CHN-USA")
    assert tables.events["root"].tolist() == ["CONSULT"]
    assert set(tables.indicators["dyad"]) == {"CHN-USA"}
    assert only_pair(tables, "") is tables


def test_speakers_and_topics_are_kept_where_the_article_reports_an_event_of_the_pair():
    other = "fedcba9876543210"
    here, there = sentences((0, 11), (13, len(TEXT))), sentences((0, 11)).assign(article_id=other)
    tables = corpus(
        articles=articles({}, {"article_id": other, "story_id": other}),
        sentences=pd.concat([here, there], ignore_index=True),
        quotes=quotes({}, {"quote_id": "r", "article_id": other}),
        topics=topics({}, {"article_id": other, "topic": "science"}),
        events=events({}, {"event_id": "f", "article_id": other, "target_country_code": "KOR"}),
    )
    found = only_pair(tables, "CHN-JPN")
    assert found.quotes["quote_id"].tolist() == ["q"]
    assert found.topics["topic"].tolist() == ["diplomacy"]
    assert len(found.sentences) == 2
    assert len(found.articles) == 2  # what was read is the base of every value per story
