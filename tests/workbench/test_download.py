"""The button of an explorer makes an Excel file of what is shown, and of nothing else."""

import io
from base64 import b64decode

import pytest
from bs4 import BeautifulSoup
from openpyxl import load_workbook

from analysis.workbench import exploration
from tests.tables import articles, corpus, events, quotes
from tests.workbench.forms import SpeakerExplorer, TensionExplorer, TopicExplorer
from tests.workbench.test_explorers import two_articles


def saved(explorer):
    """Name and content of the file that an explorer offers after its button was pressed."""
    explorer.download.click()
    link = BeautifulSoup(explorer.link.value, "html.parser").a
    _, _, data = link["href"].partition(";base64,")
    return link["download"], load_workbook(io.BytesIO(b64decode(data)))


def rows_of(sheet):
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


@pytest.mark.parametrize(
    ("explorer", "name", "said"),
    [
        (TopicExplorer, "topics", ["diplomacy", "diplomacy", "science"]),
        (SpeakerExplorer, "statements", ["the envoy", "the envoy"]),
        (TensionExplorer, "events", ["China", "China"]),
    ],
)
def test_the_file_has_every_row_that_is_shown_and_the_bars(explorer, name, said):
    file, book = saved(explorer(two_articles()))
    assert file == f"faultline-{name}.xlsx"
    assert book.sheetnames == ["about", name, "bars", "columns"]
    column = {"topics": "topic", "statements": "speaker", "events": "who"}[name]
    assert sorted(row[column] for row in rows_of(book[name])) == said
    assert "Nothing is filtered." in [row[0] for row in book["about"].iter_rows(values_only=True)]


def test_the_file_has_only_what_was_chosen_and_says_so():
    explorer = TopicExplorer(two_articles())
    explorer.controls["outlet"].value = "B"
    explorer.bars.chosen = ["diplomacy"]
    _, book = saved(explorer)
    assert [(row["outlet"], row["topic"]) for row in rows_of(book["topics"])] == [("B", "diplomacy")]
    assert rows_of(book["bars"]) == [{"theme": "diplomacy", "sentences": 1}]
    about = [row[0] for row in book["about"].iter_rows(values_only=True)]
    explorer.controls["outlet"].value = "A"
    assert explorer.link.value == ""  # the file is no longer what is shown
    assert "Outlet B." in about and "Bars: diplomacy." in about


def test_bars_of_weeks_are_called_weeks_in_the_file():
    explorer = TopicExplorer(two_articles("2024-06-01"))
    explorer.by.value = "day"
    _, book = saved(explorer)
    assert [row["week"] for row in rows_of(book["bars"])] == ["week from 2024-02-26", "week from 2024-05-27"]


def test_hostile_text_is_text_in_the_file():
    hostile = {"speaker_id": "x", "speaker_name": "=1+1"}
    tables = corpus(articles=articles({"outlet": "@SUM(A1)"}), quotes=quotes(hostile), events=events())
    _, book = saved(SpeakerExplorer(tables))
    cells = [cell for row in book["statements"].iter_rows(min_row=2) for cell in row]
    assert "=1+1" in [cell.value for cell in cells] and "@SUM(A1)" in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}


def test_a_full_disk_is_said_in_one_sentence(monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device", "/tmp")

    monkeypatch.setattr(exploration, "write_workbook", full)
    explorer = SpeakerExplorer(two_articles())
    explorer.download.click()
    assert explorer.link.value == ""
    (shown,) = explorer.pane.outputs
    assert "No space left on device" in shown["data"]["text/plain"]
