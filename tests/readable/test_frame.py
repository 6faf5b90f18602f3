"""What a notebook shows of a readable table, while code can use every column."""

import pandas as pd
from bs4 import BeautifulSoup
from pandas import DataFrame

from analysis.pipeline.analyse import with_origins
from analysis.readable.frame import MAX_SHOWN, ReadableFrame, frame_view, readable_frame
from analysis.readable.tables import readable_events
from tests.tables import articles, corpus, events


def frame_of(*rows, **article):
    published = articles({"published_date": pd.Timestamp("2024-04-20"), **article})
    tables = corpus(articles=published, events=with_origins(events(*rows), published))
    return readable_frame(readable_events(tables), tables.events)


def heads(frame):
    page = BeautifulSoup(frame._repr_mimebundle_()["text/html"], "html.parser")
    return [head.get_text() for head in page.find_all("th")]


def test_a_notebook_shows_plain_words_and_code_has_codes_too():
    frame = frame_of({})
    assert "China warned Japan" in frame._repr_mimebundle_()["text/plain"]
    assert not {"event_id", "root", "start_char", "source_country_code"} & set(heads(frame))
    assert frame["root"].tolist() == ["THREATEN"]
    assert frame["what"].tolist() == ["warning"]


def test_rows_that_were_filtered_or_sorted_are_shown_in_the_same_way():
    frame = frame_of({}, {"event_id": "f", "status": "future"})
    for part in (
        frame[frame["status"] == "future"],
        frame.sort_values("status"),
        frame.query("who == 'China'"),
    ):
        assert isinstance(part, ReadableFrame)
        assert "event_id" not in heads(part)


def test_of_a_whole_table_the_columns_to_judge_by_are_shown_and_the_others_named():
    frame = frame_of({}, outlet="Daily")
    assert heads(frame) == ["date", "outlet", "sentence", "who", "whom", "what", "status", "how sure"]
    assert "More columns: title, who (country), whom (country), pair, kind, when," in frame_view(frame).text
    assert heads(frame.assign(mine="so"))[-1] == "mine"


def test_a_long_table_says_how_many_rows_there_are():
    frame = frame_of(*({"event_id": f"{n:03}"} for n in range(MAX_SHOWN + 5)))
    page = BeautifulSoup(frame._repr_mimebundle_()["text/html"], "html.parser")
    assert page.caption.get_text() == f"The first {MAX_SHOWN} of {MAX_SHOWN + 5} rows"
    assert len(page.select("tbody tr")) == MAX_SHOWN
    assert frame_view(frame.head(0)).text == "There are no rows."


def test_text_of_an_article_is_shown_as_text_and_only_addresses_of_the_web_can_be_clicked():
    linked = frame_of({}, url="https://example.org/a?b=<c>")[["sentence", "link"]]
    page = BeautifulSoup(frame_view(linked).html, "html.parser")
    assert "The envoy <b>said</b> China" in page.get_text()
    assert page.find("b") is None
    assert [link["href"] for link in page.find_all("a")] == ["https://example.org/a?b=<c>"]
    hostile = DataFrame({"link": ["javascript:alert(1)"], "<script>": ["<img src=x>"]})
    page = BeautifulSoup(frame_view(ReadableFrame(hostile)).html, "html.parser")
    assert page.find(["a", "script", "img"]) is None
    assert "javascript:alert(1)" in page.get_text()


def test_values_are_shown_as_a_reader_writes_them():
    frame = ReadableFrame({"how sure": [0.8], "corrected": [True], "killed": [pd.NA], "note": ["x" * 999]})
    cells = [cell.get_text() for cell in BeautifulSoup(frame_view(frame).html, "html.parser").find_all("td")]
    assert cells == ["80%", "yes", f"{'x' * 240} …"]
