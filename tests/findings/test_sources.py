"""How far a judgment may go, and what its confidence rests on, in words."""

import pandas as pd
import pytest

from analysis.findings.sources import Support, rests_on, support_of
from tests.reports import corpus_of, report
from tests.tables import corpus, quotes


@pytest.mark.parametrize(
    ("support", "level"),
    [
        (Support(1, 1, 0.0), "low"),
        (Support(12, 0, 0.0), "low"),
        (Support(40, 1, 0.0), "low"),
        (Support(3, 2, 0.5), "moderate"),
        (Support(10, 3, 0.5), "high"),
        (Support(10, 3, 0.9), "low"),
    ],
)
def test_confidence_needs_stories_outlets_and_named_sources(support, level):
    assert support.confidence == level


@pytest.mark.parametrize(
    ("outlets", "credit"),
    [
        (["Reuters"], "Reuters"),
        ([None], "One report"),
        (["Reuters", "Reuters"], "Two reports (Reuters)"),
        (["Reuters", None], "Two reports, one outlet known"),
        ([None, None], "Two reports, outlets unknown"),
        (["Reuters", "AFP"], "Two outlets"),
        (["RT", "Sputnik"], "Two reports, one owner"),  # both run by Rossiya Segodnya
        (["Reuters", "AFP", "Kyodo News"], "Three outlets; sources: moderate confidence"),
        (["Reuters", "AFP", None], "Three reports, two outlets known; sources: moderate confidence"),
    ],
)
def test_an_outlet_is_named_only_if_all_reports_are_from_it(outlets, credit):
    tables = corpus_of(*[report("CHN", "USA", "ACCUSE", outlet=outlet) for outlet in outlets])
    assert support_of(tables.articles["article_id"], tables).basis == credit


def test_that_nobody_is_quoted_is_said_only_of_all_statements():
    tables = corpus_of(report("CHN", "USA", "ACCUSE", outlet="Reuters"))
    assert "nobody is quoted" in rests_on(tables, [], tables.articles)
    assert "quoted" not in rests_on(tables, [], tables.articles, is_narrowed=True)


@pytest.mark.parametrize(
    ("speaker", "is_said"),
    [
        ({"country_code": "CHN"}, True),
        ({"country_code": None, "speaker_name": "Jo Doe"}, False),  # who may speak for the EU
        ({"country_code": None, "speaker_name": "Jo Doe", "affiliation": "European Union"}, False),
    ],
)
def test_nobody_is_quoted_for_a_side_only_where_all_speakers_are_placed(speaker, is_said):
    tables = corpus(quotes=quotes({"affiliation": None, **speaker}))
    assert ("for the European Union" in rests_on(tables, ["EUU-RUS"], tables.articles)) == is_said


def test_what_any_copy_of_a_story_quotes_is_quoted():
    tables = corpus(quotes=quotes({}))
    copy = tables.articles.assign(article_id="0" * 16)  # of the same story, and the first of its articles
    assert "1 statement" in rests_on(tables, [], pd.concat([copy, tables.articles]))
