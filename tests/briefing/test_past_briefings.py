"""Which folder a run gets, and which earlier briefing it is compared with."""

import json
from datetime import date

import pytest

from analysis.briefing.past_briefings import newest_snapshot, place_of
from analysis.briefing.records import CORRECTION_KEY
from analysis.briefing.snapshots import snapshot_of
from analysis.pipeline.filters import Scope
from tests.tables import articles, corpus

DAY = date(2024, 4, 22)
ORIGIN = {"inputs": {"a.txt": "1"}}
INCIDENT = {
    **dict.fromkeys(("incident_id", "date", "pair", "what", "place"), ""),
    **{"is_quoted": False, "is_denied": False, "killed_count": None, "story_count": 1},
    **{"article_ids": [], "event_ids": []},
}
NOTEBOOKS = ("00.ipynb", "01.ipynb")


def kept(out, name, inputs="1", numbers=None):
    """A briefing that was made from one article."""
    (out / name).mkdir()
    numbers = json.dumps(snapshot_of(corpus()).record()) if numbers is None else numbers
    (out / name / "briefing.json").write_text(numbers, encoding="utf-8")
    manifest = {"inputs": {"a.txt": inputs}, "notebooks": dict.fromkeys(NOTEBOOKS, "f"), "made_at": "now"}
    (out / name / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def place(out, scope=Scope(), notebooks=NOTEBOOKS):  # noqa: B008
    found = place_of(out, DAY, scope, ORIGIN, notebooks)
    return found.target.name, found.earlier and found.earlier.folder


def test_the_first_run_of_a_day_is_compared_with_the_newest_earlier_day(tmp_path):
    assert place(tmp_path) == ("2024-04-22", None)
    for name in ("2024-04-19", "2024-04-21", "2024-04-23", "notes"):
        kept(tmp_path, name)
    assert place(tmp_path) == ("2024-04-22", "2024-04-21")


def test_the_same_articles_on_the_same_day_replace_the_run_before(tmp_path):
    kept(tmp_path, "2024-04-21", inputs="0")
    kept(tmp_path, "2024-04-22")
    assert place(tmp_path) == ("2024-04-22", "2024-04-21")


def test_other_articles_on_the_same_day_get_a_folder_and_are_compared_with_the_run_before(tmp_path):
    kept(tmp_path, "2024-04-22", inputs="0")
    assert place(tmp_path) == ("2024-04-22-2", "2024-04-22")
    kept(tmp_path, "2024-04-22-2")
    assert place(tmp_path) == ("2024-04-22-2", "2024-04-22")


def test_a_run_of_fewer_notebooks_leaves_the_full_briefing_of_the_day(tmp_path):
    kept(tmp_path, "2024-04-22")
    assert place(tmp_path, notebooks=("00.ipynb",)) == ("2024-04-22-2", "2024-04-22")


def test_a_briefing_on_a_country_has_a_series_of_its_own(tmp_path):
    for name in ("2024-04-21-CHN", "2024-04-21-CHN-USA", "2024-04-21"):
        kept(tmp_path, name, inputs="0")
    assert place(tmp_path, Scope(country="CHN")) == ("2024-04-22-CHN", "2024-04-21-CHN")


def test_the_tenth_run_of_a_day_comes_after_the_ninth(tmp_path):
    kept(tmp_path, "2024-04-22-9", inputs="0")
    kept(tmp_path, "2024-04-22-10", inputs="0")
    assert place(tmp_path) == ("2024-04-22-11", "2024-04-22-10")


def test_the_newest_briefing_of_the_same_days_and_countries_is_found(tmp_path):
    for name in ("2024-04-20", "2024-04-22", "2024-04-22-2", "2024-04-23", "2024-04-21-CHN"):
        kept(tmp_path, name, numbers=numbered(name))
    assert found_id(tmp_path, Scope()) == "2024-04-22-2"
    assert found_id(tmp_path, Scope(country="CHN")) == "2024-04-21-CHN"
    assert newest_snapshot(tmp_path, DAY, Scope(pair="CHN-USA")) == (None, ())
    assert newest_snapshot(tmp_path / "none", DAY, Scope()) == (None, ())


def test_a_newer_briefing_that_cannot_be_read_is_passed_over_with_the_reason(tmp_path):
    kept(tmp_path, "2024-04-20", numbers=numbered("2024-04-20"))
    kept(tmp_path, "2024-04-21", numbers="broken")
    found, unreadable = newest_snapshot(tmp_path, DAY, Scope())
    assert found.articles["title"].tolist() == ["2024-04-20"]
    assert [why.partition(",")[0] for why in unreadable] == ["2024-04-21/briefing.json is not JSON"]


def numbered(title):
    """The numbers of a briefing on one article with a title."""
    return json.dumps(snapshot_of(corpus(articles=articles({"title": title}))).record())


def found_id(out, scope):
    """The title of the article in the briefing that is found."""
    found, unreadable = newest_snapshot(out, DAY, scope)
    assert unreadable == ()
    return found.articles["title"].iloc[0]


def test_a_narrow_briefing_has_a_series_of_its_own(tmp_path):
    pair, since = Scope("", "CHN-USA"), Scope("2024-04-01", "")
    kept(tmp_path, "2024-04-22", inputs="0")
    kept(tmp_path, "2024-04-22-CHN-USA", inputs="0")
    assert place(tmp_path, pair) == ("2024-04-22-CHN-USA-2", "2024-04-22-CHN-USA")
    assert place(tmp_path, since) == ("2024-04-22-since-2024-04-01", None)
    kept(tmp_path, "2024-04-22-CHN-USA-2", inputs="0")
    assert place(tmp_path) == ("2024-04-22-2", "2024-04-22")


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ("{", "2024-04-21/briefing.json is not JSON, expected the briefing.json of an earlier briefing"),
        (
            '{"schema": []}',
            "2024-04-21/briefing.json has schema [], expected 5: move it away to start again, or use the "
            "version of Faultline that wrote it",
        ),
        (
            '{"schema": {}}',
            "2024-04-21/briefing.json has schema {}, expected 5: move it away to start again, or use the "
            "version of Faultline that wrote it",
        ),
        ('{"schema": 4}', "2024-04-21/briefing.json: articles is NoneType, expected a list of rows"),
        (
            '{"schema": 4, "articles": [{"article_id": "0123456789abcdef"}]}',
            "2024-04-21/briefing.json: articles[0] lacks story_id, expected it in each row",
        ),
    ],
)
def test_a_broken_briefing_is_skipped_with_one_sentence(tmp_path, numbers, said):
    kept(tmp_path, "2024-04-21", numbers=numbers)
    kept(tmp_path, "2024-04-20")
    found = place_of(tmp_path, DAY, Scope(), ORIGIN, NOTEBOOKS)
    assert found.earlier.folder == "2024-04-20"
    assert found.unreadable == (said,)


def test_a_value_that_no_briefing_writes_is_reported(tmp_path):
    record = snapshot_of(corpus()).record()
    record["articles"][0]["published_date"] = "soon"
    kept(tmp_path, "2024-04-21", numbers=json.dumps(record))
    (sentence,) = place_of(tmp_path, DAY, Scope(), ORIGIN, NOTEBOOKS).unreadable
    assert sentence.startswith(
        "2024-04-21/briefing.json: articles has a wrong value, published_date[0] is 'soon'"
    )


@pytest.mark.parametrize(
    ("key", "row", "said"),
    [
        ("judgments", {"rule": "a", "subject": "b", "statement": []}, "a list as statement"),
        ("judgments", {"rule": "a", "subject": None, "statement": ""}, "null as subject"),
        ("incidents", {**INCIDENT, "event_ids": 7}, "a number as event_ids"),
        ("incidents", {**INCIDENT, "pair": {}}, "an object as pair"),
        ("corrections", {**dict.fromkeys([*CORRECTION_KEY, "problem"], ""), "id": 7}, "a number as id"),
    ],
)
def test_a_value_of_another_kind_is_reported_and_the_briefing_skipped(tmp_path, key, row, said):
    kept(tmp_path, "2024-04-21", numbers=json.dumps({**snapshot_of(corpus()).record(), key: [row]}))
    found = place_of(tmp_path, DAY, Scope(), ORIGIN, NOTEBOOKS)
    assert found.earlier is None
    assert found.unreadable == (
        f"2024-04-21/briefing.json: {key}[0] has {said}, expected it as Faultline wrote it: make the "
        "briefing again",
    )


def test_a_briefing_of_today_whose_manifest_is_broken_is_kept(tmp_path):
    kept(tmp_path, "2024-04-22")
    (tmp_path / "2024-04-22" / "manifest.json").write_text("[]", encoding="utf-8")
    assert place(tmp_path) == ("2024-04-22-2", "2024-04-22")
