"""Labels for the benchmarks from an analyst's corrections, on a small article worked out by hand."""

from analysis.ingest.corrections_file import ADDITION_MARK, COLUMNS, CORRECTION_MARK, correction_table
from benchmarks.own_labels import labelled_articles
from tests.tables import ARTICLE, TEXT, articles, corpus, events, quotes

SENTENCE = [13, len(TEXT)]
GROUP = {"source_name": "Hamas", "source_country_code": None, "source_kind": "armed group"}
DROPPED = {
    "table": "events",
    "id": f"{ARTICLE}:{TEXT.index('warned')}:CHN>JPN",
    "field": "drop",
    "old": "AID",
}
DATED = {"table": "articles", "id": ARTICLE, "field": "published_date", "new": "2024-05-01"}


def decided(*rows):
    blank = {**dict.fromkeys(COLUMNS, ""), "problem": ""}
    return correction_table({**blank, **row, "line": line} for line, row in enumerate(rows, start=2))


def test_what_an_analyst_decided_is_a_label_and_what_only_the_program_reads_may_be_right():
    read = events(
        {"event_id": "a", "rule": CORRECTION_MARK},
        {"event_id": "b", "root": "ACCUSE"},
        {"event_id": "c", "root": "ASSAULT", "rule": ADDITION_MARK, "quad": 4, **GROUP},
    )
    said = quotes({"speaker_name": "Xi", "role": "president", "rule": CORRECTION_MARK})
    tables = corpus(
        corrections=decided(DROPPED, DATED),
        articles=articles({"published_date": "2024-05-01"}),
        events=read,
        quotes=said,
    )
    (record,) = labelled_articles(tables, with_text=False)
    assert record["events"][0] == {
        "source": "CHN",
        "target": "JPN",
        "roots": ["THREATEN"],
        "statuses": ["past"],
        "sentences": [SENTENCE],
        "weight": "core",
    }
    assert [(one["source"], one["weight"]) for one in record["events"][1:]] == [
        ("CHN", "opt"),
        ("Hamas", "ext"),
    ]
    (statement,) = record["attributions"]
    assert statement["speakers"] == ["Xi", "president"]
    assert TEXT[slice(*statement["anchor"])] == "China warned Japan at $5."
    assert (record["id"], record["date"], record["checked"]) == (ARTICLE, "2024-05-01", [SENTENCE])
    assert "text" not in record
    assert labelled_articles(tables, with_text=True)[0]["text"] == TEXT


def test_corrections_of_dates_and_those_that_no_longer_fit_give_no_label():
    lapsed = {**DROPPED, "problem": "gone"}
    assert labelled_articles(corpus(corrections=decided(DATED, lapsed)), with_text=False) == []
