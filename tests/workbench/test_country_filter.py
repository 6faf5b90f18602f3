"""One country in the explorers: its name, an alias or its code keeps what involves it."""

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from analysis.schemas import Stances
from analysis.workbench.selection import Choice
from tests.tables import ARTICLE, TEXT, articles, corpus, events, frame, quotes, sentences, topics
from tests.workbench.forms import TensionExplorer, explore

OLD = "fedcba9876543210"
SAID = {"speaker_id": "envoy", "speaker_name": "the envoy"}


def stance(quote, target, article=ARTICLE):
    place = TEXT.index("Japan")
    return {
        "stance_id": f"{quote}:{target}",
        "quote_id": quote,
        "article_id": article,
        "start_char": place,
        "end_char": place + 5,
        "target_id": target,
        "target_name": target,
        "target_country_code": target,
        "score": 0.0,
        "is_abstained": True,
    }


def two_articles():
    """A new article in which China warns Japan, and an old one in which Britain talks with France."""
    talks = {"source_country_code": "GBR", "target_country_code": "FRA", "root": "CONSULT", "quad": 1}
    here = sentences((0, 11), (13, len(TEXT)))
    there = here.assign(article_id=OLD, sentence_id=[f"{OLD}:0", f"{OLD}:13"])
    old = {"article_id": OLD}
    return corpus(
        articles=articles(
            {"published_date": "2024-04-02"}, {**old, "story_id": OLD, "published_date": "2024-04-01"}
        ),
        sentences=pd.concat([here, there], ignore_index=True),
        topics=topics(
            {"topic": "headline"},
            {"topic": "warning", "start_char": 13, "end_char": len(TEXT)},
            {"topic": "talks", "start_char": 13, "end_char": len(TEXT), **old},
        ),
        quotes=quotes({**SAID, "country_code": "DEU"}, {**SAID, "quote_id": "r", **old}),
        stances=frame(Stances, [stance("q", "JPN"), stance("r", "USA", OLD)], {}),
        events=events({}, {"event_id": "f", **old, **talks}),
    )


@pytest.mark.parametrize(
    ("subject", "key", "kept"),
    [
        # the envoy of Germany speaks, and it is no side of an act
        ("events", "event_id", {"CHN": ["e"], "JPN": ["e"], "GBR": ["f"], "DEU": []}),
        ("quotes", "quote_id", {"DEU": ["q"], "JPN": ["q"], "USA": ["r"], "CHN": []}),
    ],
)
def test_acts_of_or_on_the_country_and_statements_by_its_speakers_or_about_it_are_kept(subject, key, kept):
    for country, ids in kept.items():
        found = explore(two_articles(), subject, Choice(country=country))
        assert found.findings.table[key].iloc[found.numbers].tolist() == ids, country


@pytest.mark.parametrize(
    ("country", "kept"), [("CHN", ["warning"]), ("DEU", ["warning"]), ("FRA", ["talks"]), ("BRA", [])]
)
def test_topics_are_kept_of_sentences_with_such_an_act_or_statement(country, kept):
    found = explore(two_articles(), "topics", Choice(country=country))
    assert found.bars["key"].tolist() == kept


def test_a_statement_of_several_sentences_brings_the_topics_of_all_of_them():
    long = quotes({**SAID, "country_code": "DEU", "start_char": 0, "content_spans": f"0-{len(TEXT)}"})
    tables = corpus(
        quotes=long,
        topics=topics({"topic": "headline"}, {"topic": "warning", "start_char": 13, "end_char": len(TEXT)}),
    )
    found = explore(tables, "topics", Choice(country="DEU"))
    assert sorted(found.bars["key"]) == ["headline", "warning"]


def test_an_act_of_a_group_counts_for_the_state_that_is_said_to_sponsor_it():
    group = {"source_id": "group:houthis", "source_country_code": "YEM", "source_kind": "armed group"}
    tables = corpus(events=events({**group, "source_sponsor_code": "IRN"}))
    for country in ("YEM", "IRN", "JPN"):
        assert len(explore(tables, "events", Choice(country=country)).numbers) == 1, country


def bars_of(explorer):
    """The keys of the bars that can be chosen."""
    options = BeautifulSoup(explorer.bars.html, "html.parser").select("[role=option]")
    return [one["data-key"] for one in options]


@pytest.mark.parametrize("typed", ["Britain", "uk", "GBR"])
def test_every_name_of_a_country_is_understood_and_the_field_then_has_its_full_name(typed):
    explorer = TensionExplorer(two_articles())
    offered = explorer.controls["country"].options
    assert sorted(offered) == ["China", "France", "Japan", "United Kingdom"]
    explorer.controls["country"].value = typed
    assert explorer.exploration.choice.country == "GBR"
    assert explorer.controls["country"].value == "United Kingdom"
    assert bars_of(explorer) == ["FRA-GBR"]


def test_what_is_no_country_leaves_all_and_a_note_says_what_may_be_meant():
    explorer = TensionExplorer(two_articles())
    explorer.controls["country"].value = "Chinna"
    (shown,) = explorer.pane.outputs
    assert shown["data"]["text/plain"] == (
        "All countries are shown: country is 'Chinna': Chinna may mean China (CHN), expected a country such "
        "as China or CHN"
    )
    assert len(bars_of(explorer)) == 2
    explorer.clear.click()
    assert not explorer.pane.outputs
