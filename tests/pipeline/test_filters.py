"""Briefings and notebooks can be narrowed to some days, one pair and one country."""

import pandas as pd
import pytest

from analysis.pipeline.analyse import Tables, with_origins
from analysis.pipeline.filters import Scope, articles_in_scope, narrowed, scope_of
from analysis.pipeline.typed_names import listed_words, plain
from analysis.schemas import Stances
from tests.coverage import coded, coverage
from tests.tables import ARTICLE, TEXT, articles, corpus, events, frame, quotes, sentences, topics


def tables_of(articles, events):
    empty = corpus()
    none = {name: getattr(empty, name).iloc[:0] for name in ("sentences", "quotes", "stances", "topics")}
    return Tables(articles=articles, events=with_origins(events, articles), **none)


@pytest.mark.parametrize(
    "typed",
    [
        *("USA-CHN", "chn-usa", "CHN-USA", " usa - chn ", "USA–CHN", "US-China", "CN/us"),
        *("the U.S. and China", "American->Chinese", "Washington – Beijing"),
    ],
)
def test_a_pair_has_one_spelling_however_it_is_typed(typed):
    assert scope_of(pair=typed).pair == "CHN-USA"


def test_a_scope_names_the_folder_of_its_briefing():
    assert scope_of("2024-04-01", "USA-CHN").name == "-china-united-states-since-2024-04-01"
    assert scope_of("2024-04-01", until="2024-05-01").name == "-since-2024-04-01-until-2024-05-01"
    assert scope_of("2024-04-01", country="chn").name == "-china-since-2024-04-01"
    assert scope_of(country="Cuba, Côte d'Ivoire").name == "-ivory-coast-cuba"
    assert scope_of().name == ""


@pytest.mark.parametrize(
    ("pair", "reason"),
    [
        ("USA", "which is one country, United States: expected two countries such as USA-CHN, or give it as"),
        ("Guinea-Bissau", "which is one country, Guinea-Bissau: expected two countries"),
        ("Korea", "expected two countries such as USA-CHN"),
        ("USA-US", "which is the same country twice, expected two countries such as USA-CHN"),
        ("USA-XXQ", "XXQ is not a country, expected two countries"),
        ("Chinna-Rusia", "Chinna may mean China (CHN) and Rusia may mean Russia (RUS), expected two"),
        ("EU-RUS", "EU is not a country but a bloc, European Union, expected two countries"),
        ("Hamas-Israel", ": the acts of Hamas count for Palestine (PSE), expected two countries"),
        ("ISIS-Iraq", "ISIS is not a country, expected two countries"),
        ("Korea-USA", "Korea may mean South Korea (KOR) or North Korea (PRK), expected two countries"),
    ],
)
def test_a_wrong_pair_is_an_error_that_suggests_the_right_one(pair, reason):
    with pytest.raises(ValueError, match=r"^pair is '") as raised:
        scope_of(pair=pair)
    assert reason in str(raised.value)


@pytest.mark.parametrize(
    ("country", "reason"),
    [
        ("chinna", "chinna may mean China (CHN), expected a country"),
        ("Korea", "Korea may mean South Korea (KOR) or North Korea (PRK), expected a country"),
        ("XXQ", "XXQ is not a country, expected a country such as China or CHN"),
        ("1", "1 is not a country, expected a country"),
        ("CHN-USA", "which is a pair: give it as pair"),
        ("EU", "EU is not a country but a bloc, European Union, expected a country such as China or CHN"),
        ("EUU", "EUU is not a country but a bloc, European Union"),
        ("the Houthis", "the acts of the Houthis count for Yemen (YEM), expected a country"),
        ("ISIS", "ISIS is not a country, expected a country such as China or CHN"),
        ("Nato", "Nato is not a country but a bloc, expected"),
        (5, "country is 5, expected a country such as China or CHN"),
    ],
)
def test_a_wrong_country_is_an_error_that_suggests_the_right_one(country, reason):
    with pytest.raises(ValueError, match=r"^country is ") as raised:
        scope_of(country=country)
    assert reason in str(raised.value)


@pytest.mark.parametrize(
    "typed", ["GBR", "gb", "Britain", "UK", "U.K.", "the United Kingdom", "British", "London", "Whitehall"]
)
def test_a_country_has_one_code_however_it_is_typed(typed):
    assert scope_of(country=typed) == Scope(country="GBR")


def test_a_hyphen_in_the_name_of_a_country_parts_no_pair():
    assert scope_of(pair="Guinea-Bissau-Senegal").pair == "GNB-SEN"
    assert scope_of(pair="Bosnia and Herzegovina and Serbia").pair == "BIH-SRB"


def test_no_word_means_two_countries():
    meant = {(plain(word), code) for word, code in listed_words()}
    assert len(meant) == len({word for word, _ in meant})


def test_several_countries_and_pairs_are_wanted_at_once():
    scope = scope_of(pair="US-China; Iran-Israel", country="Japan")
    assert scope == Scope(pair="CHN-USA,IRN-ISR", country="JPN")
    assert scope_of(country="Japan; Washington, D.C.").subject == "JPN,USA"
    assert scope.pairs == "only the pair China – United States, Iran – Israel and only pairs with Japan"


def test_a_scope_says_which_pairs_it_has():
    assert Scope().pairs == "all pairs of countries"
    assert Scope(pair="CHN-USA").pairs == "only the pair China – United States"
    assert Scope(country="USA").pairs == "only pairs with the United States"


@pytest.mark.parametrize(
    ("since", "until", "reason"),
    [
        ("yesterday", "", "since is 'yesterday', expected a date such as 2024-04-20"),
        ("03/04/2024", "", "may be 4 March 2024 or 3 April 2024: write 2024-03-04 or 2024-04-03"),
        ("", "2024-13-01", "until is '2024-13-01', but there is no 2024-13-01, expected a date"),
        ("2024-05-01", "2024-04-01", "since is 2024-05-01, which is after until, 2024-04-01"),
    ],
)
def test_a_wrong_day_is_an_error(since, until, reason):
    with pytest.raises(ValueError, match=reason):
        scope_of(since, until=until)


def test_a_day_may_be_written_with_dots():
    assert scope_of("10.12.2025", until="11 December 2025") == Scope("2025-12-10", until="2025-12-11")


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
    tables = narrowed(tables_of(coverage("2024-04-01"), events), Scope(pair="CHN-USA"))
    assert tables.events["root"].tolist() == ["CONSULT"]
    assert set(tables.indicators["dyad"]) == {"CHN-USA"}


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
    found = narrowed(tables, Scope(pair="CHN-JPN"))
    assert found.quotes["quote_id"].tolist() == ["q"]
    assert found.topics["topic"].tolist() == ["diplomacy"]
    assert len(found.sentences) == 2
    assert len(found.articles) == 2  # what was read is the base of every value per story


def test_only_events_with_the_country_as_a_side_are_kept():
    acts = coded(
        (0, "USA", "CHN", "CONSULT", "past"),
        (0, "CHN", "JPN", "ACCUSE", "past"),
        (0, "RUS", "UKR", "ASSAULT", "past"),
    )
    tables = tables_of(coverage("2024-04-01"), acts)
    found = narrowed(tables, Scope(country="CHN"))
    assert found.events["root"].tolist() == ["CONSULT", "ACCUSE"]
    assert {"CHN-USA", "CHN-JPN"} <= set(found.indicators["dyad"])
    assert not any("RUS" in dyad for dyad in found.indicators["dyad"])
    assert narrowed(tables, Scope()) is tables


def test_acts_of_a_group_count_for_its_country_and_for_its_sponsor():
    group = {"source_kind": "armed group", "target_id": "ISR", "target_country_code": "ISR"}
    tables = corpus(
        events=events(
            {**group, "event_id": "a", "source_id": "group:hamas", "source_country_code": "PSE"},
            {**group, "event_id": "b", "source_id": "group:houthis", "source_country_code": "YEM"}
            | {"source_sponsor_code": "IRN"},
        )
    )
    kept = {
        code: narrowed(tables, Scope(country=code)).events["event_id"].tolist()
        for code in ("PSE", "IRN", "ISR")
    }
    assert kept == {"PSE": ["a"], "IRN": ["b"], "ISR": ["a", "b"]}


def test_a_sponsor_that_three_other_stories_name_counts_too():
    group = {"source_kind": "armed group", "source_id": "group:houthis", "source_country_code": "YEM"}
    group |= {"target_id": "ISR", "target_country_code": "ISR"}
    ids = [f"{number:016x}" for number in range(4)]
    sponsors = [None, "IRN", "IRN", "IRN"]
    rows = [
        {**group, "event_id": key, "article_id": key, "source_sponsor_code": sponsor}
        for key, sponsor in zip(ids, sponsors, strict=True)
    ]
    articles = coverage(*["2024-04-01"] * 4)
    tables = tables_of(articles, events(*rows))
    assert narrowed(tables, Scope(country="IRN")).events["article_id"].tolist() == ids


def test_statements_by_its_speakers_or_about_the_country_are_kept():
    said = quotes(
        {"quote_id": "by", "country_code": "CHN"},
        {"quote_id": "about", "country_code": "USA"},
        {"quote_id": "other", "country_code": "USA"},
    )
    on = [("by", "JPN"), ("about", "CHN"), ("about", "JPN"), ("other", "JPN")]
    target_columns = ("target_id", "target_name", "target_country_code")
    stances = [
        {"stance_id": f"{quote}:{target}", "quote_id": quote, **dict.fromkeys(target_columns, target)}
        for quote, target in on
    ]
    span = {"article_id": ARTICLE, "start_char": 0, "end_char": 5, "score": 0.0, "is_abstained": False}
    tables = corpus(
        quotes=said, stances=frame(Stances, stances, span), events=events({"source_country_code": "KOR"})
    )
    found = narrowed(tables, Scope(country="CHN"))
    assert found.quotes["quote_id"].tolist() == ["by", "about"]
    assert found.stances["stance_id"].tolist() == ["by:JPN", "about:CHN"]
    assert found.events.empty
    assert len(found.sentences) == 2


def test_of_a_country_that_nobody_mentions_only_the_articles_are_left():
    found = narrowed(corpus(topics=topics({})), Scope(country="BRA"))
    assert [len(table) for table in (found.events, found.quotes, found.topics, found.indicators)] == [0] * 4
    assert len(found.articles) == 1
