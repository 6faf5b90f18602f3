"""A briefing can be narrowed to a time and a pair."""

import pandas as pd
import pytest

from analysis.pipeline.filters import Scope, articles_since, only_pair, scope_of
from tests.briefing.test_snapshots import tables_of
from tests.coverage import coded, coverage
from tests.tables import TEXT, articles, corpus, events, quotes, sentences, topics


def test_a_pair_is_spelt_one_way_and_names_the_run():
    assert scope_of("2024-04-01", "usa-chn") == Scope("2024-04-01", "CHN-USA")
    assert scope_of("2024-04-01", "USA-CHN").name == "-CHN-USA-since-2024-04-01"
    assert scope_of().name == ""


@pytest.mark.parametrize(
    ("since", "pair", "said"),
    [
        ("yesterday", "", "--since is 'yesterday', expected a day such as 2024-04-01"),
        ("", "USA", "--pair is 'USA', expected two codes of countries such as USA-CHN"),
        ("", "USA-USA", "--pair is 'USA-USA', expected two codes"),
        ("", "USA-XXQ", "XXQ is the code of no country, expected two codes"),
        ("", "SRB-KOS", r"KOS is the code of no country \(XKX is Kosovo\), expected two codes"),
        ("", "india-pakistan", r"india is the code of no country \(IND is India\), expected two codes"),
    ],
)
def test_a_wrong_value_is_said_in_one_sentence(since, pair, said):
    with pytest.raises(ValueError, match=said):
        scope_of(since, pair)


def test_older_and_undated_articles_are_left_out():
    articles = coverage("2024-03-01", "2024-04-01", None)
    assert articles_since(articles, "2024-04-01")["article_id"].tolist() == [f"{1:016x}"]
    assert articles_since(articles, "") is articles
    with pytest.raises(ValueError, match="no article is of 2025-01-01 or later, the newest is of 2024-04-01"):
        articles_since(articles, "2025-01-01")


def test_of_the_events_only_those_of_the_pair_stay():
    events = coded((0, "USA", "CHN", "CONSULT", "past"), (0, "RUS", "UKR", "ASSAULT", "past"))
    tables = only_pair(tables_of(coverage("2024-04-01"), events), "CHN-USA")
    assert tables.events["root"].tolist() == ["CONSULT"]
    assert set(tables.indicators["dyad"]) == {"CHN-USA"}
    assert only_pair(tables, "") is tables


def test_of_speakers_and_topics_those_stay_whose_article_tells_of_the_pair():
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
