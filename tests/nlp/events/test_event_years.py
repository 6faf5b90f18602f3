import pytest

from analysis.nlp.actors.mentions import find_actors
from analysis.nlp.events.event_years import act_year, is_long_ago
from analysis.nlp.events.passages import acting_mentions
from analysis.nlp.events.recency import dated_events, status_on
from analysis.nlp.events.triggers import find_triggers
from analysis.pipeline.analyse import extract_tables
from analysis.pipeline.annotate import annotate
from tests.coverage import coded, coverage, written


def years(doc):
    """Root, whether it is long ago, and year of every trigger."""
    tree, _ = acting_mentions(doc, find_actors(doc))
    found = find_triggers(tree, 0, len(doc))
    return {(one.rule.root, is_long_ago(tree, one.word), act_year(tree, one.word)) for one in found}


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "In 1978 Kenya invaded Somalia.",
        "Kenya invaded Somalia in May 1978 and burned its crops.",
        "Kenya, which invaded Somalia in 1978, has no army in the port today.",
        "Kenya's 1978 invasion of Somalia is a sore memory.",
        "Kenya invaded Somalia during the 1978 war.",
        "In 1978 Kenya launched an invasion of Somalia.",
        "Kenya bombed Somalia for 78 days in 1978.",
        "Uganda left Kenya in 1978 after Kenya attacked Somalia.",
        "Uganda bombed Kenya in 1978, and Kenya attacked Somalia the next day.",
    ],
)
def test_an_act_has_the_year_of_its_clause(parsed, text):
    assert 1978 in {year for root, _, year in years(parsed(text)) if root == "ASSAULT"}


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "Kenya rejected the 1978 treaty with Somalia.",
        "Kenya bombed Somalia's oldest school, built in 1978.",
        "Kenya fired missiles at Somalia for the first time since 1978.",
        "Kenya has launched its worst attack on Somalia since 1978.",
        "Kenya has attacked Somalia daily since 1978.",
        "Kenya launched 1978 attacks on Somalia.",
        "Kenya attacked Somalia after a truce that had held since 1978.",
    ],
)
def test_the_year_of_something_else_is_not_the_year_of_the_act(parsed, text):
    found = years(parsed(text))
    assert None in {year for root, _, year in found if root in ("ASSAULT", "REJECT")}


@pytest.mark.model
@pytest.mark.parametrize(
    ("day", "status", "year", "expected"),
    [
        ("2026-02-10", "past", 1979, "historical"),
        ("2026-02-10", "past", 2025, "past"),  # what happened in December is news
        ("2026-11-10", "past", 2025, "historical"),
        ("2026-11-10", "historical", 2026, "past"),  # the text named a later year: of a plan
        ("2026-11-10", "future", 2025, "future"),
        ("2026-11-10", "past", None, "past"),
        (None, "historical", 2025, "historical"),
    ],
)
def test_the_date_of_the_article_decides_what_is_historical(day, status, year, expected):
    articles = coverage(day)
    events = coded((0, "CHN", "VNM", "ASSAULT", status)).assign(year=year)
    assert dated_events(events, articles)["status"].tolist() == [expected]
    assert status_on(articles["published_date"][0], status, year) == expected


@pytest.mark.model
def test_an_old_war_is_historical_in_tables_and_in_annotations():
    text = "In 1978 Kenya invaded Somalia."
    assert extract_tables(written(text))["events"]["status"].tolist() == ["historical"]
    record = {"id": 1, "text": text}
    days = ("2026-11-10", "10 November 2026", "1978-06-01", "soon", 1978, None)
    rows = annotate([{**record, "published_date": day} for day in days])
    assert [row["events"][0]["status"] for row in rows] == [*["historical"] * 2, "past", *["historical"] * 3]
