"""Readable tables say in plain words what the coded tables hold, with the sentence and its source."""

from datetime import date

import pandas as pd
import pytest

from analysis.findings.period_inputs import PeriodInputs
from analysis.ingest.corrections_file import ADDITION_MARK, CORRECTION_MARK, correction_table
from analysis.pipeline.filters import Scope, narrowed
from analysis.pipeline.reporting_period import reporting_period
from analysis.readable.columns import TABLES
from analysis.readable.tables import (
    NARROWED,
    Readable,
    about_tables,
    readable_articles,
    readable_corrections,
    readable_events,
    readable_incidents,
    readable_indicators,
    readable_statements,
    readable_tables,
    readable_weeks,
)
from analysis.schemas import Rejected, Stances
from tests.news import met, news
from tests.tables import ARTICLE, TEXT, articles, corpus, events, frame, indicators, quotes, topics

SENTENCE = "The envoy <b>said</b> China warned Japan at $5."
DAY = pd.Timestamp("2024-04-20")
DATED = {"published_date": DAY, "outlet": "Daily", "url": "https://example.org/a"}


def inputs_of(tables):
    return PeriodInputs(tables, reporting_period("all", tables.articles["published_date"]))


def stances(*rows):
    defaults = {"quote_id": "q", "article_id": ARTICLE, "end_char": 40, "score": 0.0, "is_abstained": False}
    return frame(Stances, rows, defaults)


def test_an_event_is_told_in_plain_words_with_its_sentence_and_source():
    tables = corpus(articles=articles(DATED), events=events({"when": "on Monday"}))
    (row,) = readable_events(tables).to_dict("records")
    assert row["date"] == DAY
    assert (row["outlet"], row["title"], row["file"]) == ("Daily", "Envoys meet", "a.txt")
    assert row["sentence"] == SENTENCE
    assert (row["who"], row["whom"], row["pair"]) == ("China", "Japan", "China – Japan")
    assert (row["what"], row["kind"], row["status"]) == ("warning", "hostile words", "past")
    assert (row["when"], row["how sure"], row["corrected"]) == ("on Monday", 0.8, False)
    assert row["link"] == "https://example.org/a"


def test_a_bloc_has_its_name_and_an_act_of_one_country_on_itself_is_no_pair():
    union = {"source_id": "bloc:european-union", "source_name": "Brussels", "source_country_code": None}
    own = {"event_id": "f", "target_country_code": "CHN", "target_name": "Beijing"}
    found = readable_events(corpus(events=events({**union, "source_kind": "bloc"}, own)))
    assert found["who (country)"].tolist() == ["European Union", "China"]
    assert found["pair"].tolist() == ["European Union – Japan", ""]


def test_a_statement_says_whom_the_speaker_is_for_and_against():
    said = {"speaker_name": "Ana Paz", "role": "foreign minister", "country_code": "PER"}
    said |= {"kind": "direct", "cue": "deny"}
    names = [("China", -1), ("Japan", 1), ("China", -1), ("Iran", None), ("Chile", 0)]
    targets = [
        {"stance_id": f"q:{n}", "start_char": n, "target_id": name, "target_name": name, "label": label}
        for n, (name, label) in enumerate(names)
    ]
    (row,) = readable_statements(corpus(quotes=quotes(said), stances=stances(*targets))).to_dict("records")
    assert (row["speaker"], row["role"], row["country"]) == ("Ana Paz", "foreign minister", "Peru")
    assert (row["for"], row["against"], row["also names"]) == ("Japan", "China", "Iran; Chile")
    assert (row["verb"], row["statement"], row["kind"]) == ("deny", "China warned Japan at $5.", "direct")
    assert row["sentence"] == SENTENCE
    assert row["how sure"] == 0.9


def test_a_statement_across_sentences_has_all_of_them_and_an_unknown_speaker_is_empty():
    across = {"start_char": 7, "end_char": 20, "content_spans": "7-20"}
    (row,) = readable_statements(corpus(quotes=quotes(across))).to_dict("records")
    assert row["sentence"] == f"Envoys meet {SENTENCE}"
    assert (row["speaker"], row["country"], row["for"]) == ("", "", "")


def test_an_incident_is_told_once_with_its_day_and_its_clearest_sentence():
    tables = corpus(articles=articles(DATED), events=events({}))
    (row,) = readable_incidents(inputs_of(tables)).to_dict("records")
    assert (row["date"], row["first reported"], row["day named"]) == (DAY, DAY, False)
    assert (row["who"], row["whom"], row["pair"]) == ("China", "Japan", "China – Japan")
    assert (row["what"], row["status"], row["stories"], row["outlets"]) == ("warning", "done", 1, 1)
    assert row["sentence"] == SENTENCE


def test_an_article_says_how_much_was_found_in_it_and_how_often_it_is_reprinted():
    other = {"article_id": "f" * 16, "path": "b.txt"}
    tables = corpus(articles=articles(DATED, other), events=events({}, {"event_id": "f"}))
    found = readable_articles(tables)
    assert found["events"].tolist() == [2, 0]
    assert found["reprints"].tolist() == [1, 1]
    assert found["date"].isna().tolist() == [False, True]


def test_an_address_that_is_no_page_of_the_web_is_no_link():
    addresses = [
        "javascript:alert(1)",
        "https://example.org/b",
        "file:///etc/passwd",
        "http://[",
        "a b",
        None,
    ]
    rows = [{"article_id": f"{n:016x}", "url": address} for n, address in enumerate(addresses)]
    found = readable_articles(corpus(articles=articles(*rows, {"translated_by": "DeepL"})))
    assert found["original"].tolist() == [*[""] * len(rows), "not at hand"]
    assert found["link"].head(len(rows)).tolist() == ["", "https://example.org/b", "", "", "", ""]


def test_an_indicator_has_its_name_and_says_which_way_is_worse():
    (row,) = readable_indicators(indicators({"value": 0.25})).to_dict("records")
    assert (row["pair"], row["indicator"], row["value"]) == ("China – Japan", "conflict share", 0.25)
    assert (row["range"], row["direction"]) == ("0 to 1", "up is worse")


def test_a_week_counts_what_passes_between_a_pair():
    tables = corpus(articles=articles(DATED), events=events({}, {"event_id": "f", "status": "future"}))
    (row,) = readable_weeks(tables).to_dict("records")
    assert row["week"] == pd.Timestamp("2024-04-15")  # the Monday before Saturday 20 April 2024
    assert (row["pair"], row["hostile words"], row["hostile, announced"]) == ("China – Japan", 1, 1)
    assert (row["hostile deeds"], row["stories read"]) == (0, 1)
    assert row["conflict per story"] == 0.4  # one act of intensity -4 in one story


def correction(**given):
    start = TEXT.index("warned")
    place = {"line": 2, "table": "events", "id": f"{ARTICLE}:{start}:CHN>JPN"}
    row = {**place, "field": "root", "old": "THREATEN"}
    said = {"new": "CONSULT", "note": "so the text", "made_by": "AB", "made_on": "2024-05-01", "words": ""}
    return correction_table([{**row, **said, "standing": "applies", "problem": "", **given}])


def test_a_correction_is_told_in_plain_words_and_says_whether_it_applies():
    gone = correction(standing="lapsed", problem="the event is gone")
    (row,) = readable_corrections(corpus(corrections=gone)).to_dict("records")
    assert row["made on"].date() == date(2024, 5, 1)
    assert (row["made by"], row["about"], row["what"]) == ("AB", "event", "type")
    assert (row["before"], row["after"], row["why"]) == ("threat", "talks", "so the text")
    assert (row["applied"], row["still applies"]) == (False, "no: the event is gone")
    assert row["beginning"] == "warned Japan at $5."


def test_an_article_whose_date_an_analyst_corrected_is_marked_and_so_are_rows():
    date_of = {"table": "articles", "id": ARTICLE, "field": "published_date", "old": "", "new": "2024-04-20"}
    tables = corpus(
        articles=articles({}, {"article_id": "f" * 16, "path": "b.txt"}),
        corrections=correction(**date_of),
        events=events({"rule": CORRECTION_MARK}, {"event_id": "f", "rule": ADDITION_MARK}, {"event_id": "g"}),
    )
    assert readable_articles(tables)["corrected"].tolist() == [True, False]
    assert readable_events(tables)["corrected"].tolist() == [True, True, False]
    assert readable_corrections(tables)["beginning"].tolist() == [""]


def test_every_table_has_its_declared_columns_even_where_nothing_was_read():
    empty = corpus(articles=articles().iloc[:0], topics=topics().iloc[:0])
    found = readable_tables(Readable(inputs_of(empty), frame(Rejected, (), {})))
    assert list(found) == list(TABLES)
    assert {name: list(table.columns) for name, table in found.items()} == {
        name: table.column_names for name, table in TABLES.items()
    }
    assert {len(table) for table in found.values()} == {0}


def test_narrowed_to_a_country_the_articles_are_those_with_a_row_of_it():
    tables = news(met("2024-04-20", "CHN", "USA"), met("2024-04-21", "RUS", "PRK"), met("2024-04-22"))
    scope = Scope(country="RUS")
    narrow = Readable(inputs_of(narrowed(tables, scope)), frame(Rejected, (), {}), scope)
    found = readable_tables(narrow, ["articles", "events"])
    assert found["articles"][["file", "events"]].values.tolist() == [["items.jsonl:2", 1]]
    assert len(found["events"]) == 1
    about = ["3 articles, 20 to 22 April 2024, only pairs with Russia.", NARROWED]
    assert about_tables(narrow, tables.articles)[:2] == about


def test_the_error_for_an_unknown_table_names_the_one_that_is_meant():
    found = Readable(inputs_of(corpus()), frame(Rejected, (), {}))
    with pytest.raises(ValueError, match=r"table is 'event', expected one of articles, statements, events"):
        readable_tables(found, ["event"])


def test_every_column_is_explained():
    for table in TABLES.values():
        assert len(set(table.column_names)) == len(table.columns)
        for column in table.columns:
            assert len(column.about.split()) > 1, column.name
