"""The numbers of a briefing are kept, and the next one says what moved."""

import json
from functools import cache

import pandas as pd
import pytest

from analysis.briefing.snapshots import MEDIA_TYPE, changes_since, fingerprint, load_snapshot, snapshot_of
from analysis.pipeline.analyse import Tables
from tests.coverage import coverage, read
from tests.tables import corpus, quotes


def tables_of(articles, events):

    empty = corpus()
    return Tables(
        articles=articles,
        events=events,
        **{name: getattr(empty, name).iloc[:0] for name in ("sentences", "quotes", "stances", "topics")},
    )


@cache
def calm_and_war():
    articles = coverage(*["2024-04-20"] * 24)
    talks = [(n, "RUS", "UKR", "CONSULT", "past") for n in range(12)]
    war = [(n, "RUS", "UKR", "ASSAULT", "past") for n in range(12, 24)]
    return tables_of(*read(articles.head(12), *talks)), tables_of(*read(articles, *talks, *war))


def kept(tables, path):
    path.write_text(json.dumps(snapshot_of(tables).record()), encoding="utf-8")
    return load_snapshot(str(path))


def test_what_is_kept_gives_the_same_numbers_when_read_again(tmp_path):
    before, _ = calm_and_war()
    again = kept(before, tmp_path / "briefing.json")
    pd.testing.assert_frame_equal(again.events, snapshot_of(before).events, check_dtype=False)
    assert changes_since(before, again)["change"].dropna().eq(0).all()


def test_the_next_briefing_names_the_acts_and_articles_that_moved_it(tmp_path):
    before, now = calm_and_war()
    changes = changes_since(now, kept(before, tmp_path / "briefing.json")).set_index("indicator")
    row = changes.loc["conflict_share"]
    assert (row["direction"], row["before_value"]) == ("up", 0)
    assert row["reason"] == "mainly assault by Russia towards Ukraine: 0 before, 12 now"
    assert row["article_ids"].split(" ")[0] == f"{12:016x}"


def test_the_same_articles_show_no_change(tmp_path):
    _, now = calm_and_war()
    assert not set(changes_since(now, kept(now, tmp_path / "b.json"))["direction"]) & {"up", "down"}


def test_without_an_earlier_briefing_there_are_no_changes():
    assert load_snapshot("") is None
    assert changes_since(calm_and_war()[1], None).empty


def test_no_text_of_an_article_is_kept():
    tables = corpus()
    record = json.dumps(snapshot_of(tables).record())
    assert tables.articles["title"].iloc[0] in record
    assert tables.articles["text"].iloc[0][12:] not in record


def test_a_notebook_records_the_rows_and_the_hash_of_each_table_it_shows():
    tables = corpus(quotes=quotes({}))
    shown = fingerprint(tables, "quotes", "topics")._repr_mimebundle_()
    assert shown["text/plain"] == "Shown here: 1 quotes, 0 topics."
    assert shown[MEDIA_TYPE]["rows"] == {"quotes": 1, "topics": 0}
    other = fingerprint(corpus(quotes=quotes({"speaker_name": "Ann"})), "quotes", "topics").record()
    assert other["hashes"]["topics"] == shown[MEDIA_TYPE]["hashes"]["topics"]
    assert other["hashes"]["quotes"] != shown[MEDIA_TYPE]["hashes"]["quotes"]


def test_speakers_are_kept_the_most_quoted_first():
    ann, bob = ({"speaker_id": name.lower(), "speaker_name": name} for name in ("Ann", "Bob"))
    rows = [{"quote_id": str(n), **one} for n, one in enumerate((ann, bob, bob, {}))]
    kept = snapshot_of(corpus(quotes=quotes(*rows))).speakers
    assert kept["speaker_name"].tolist() == ["Bob", "Ann"]
    assert kept["statement_count"].tolist() == [2, 1]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "is not JSON, expected the briefing.json of an earlier briefing"),
        ("[]", "has schema None, expected 5"),
        ("[" * 100_000, "is not JSON"),
        ('{"schema": 99}', "has schema 99, expected 5: move it away"),
    ],
)
def test_a_wrong_file_is_reported_in_one_sentence(tmp_path, text, said):
    path = tmp_path / "briefing.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=said):
        load_snapshot(str(path))


def test_a_briefing_that_calls_the_sponsor_a_backer_can_still_be_read(tmp_path):
    record = snapshot_of(calm_and_war()[1]).record()
    old = [
        {name.replace("_sponsor_code", "_backer_code"): value for name, value in row.items()}
        for row in record["events"]
    ]
    path = tmp_path / "briefing.json"
    path.write_text(json.dumps({**record, "schema": 3, "events": old}), encoding="utf-8")
    assert load_snapshot(str(path)).record() == record


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"briefing.json"):
        load_snapshot(str(tmp_path / "briefing.json"))
