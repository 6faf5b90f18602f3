"""Tables of a notebook go into a file, and a wrong table into a chart is one sentence."""

import pandas as pd
import pytest
from openpyxl import load_workbook

from analysis import CorpusError, export_tables
from analysis.notebook.corpus import Corpus
from analysis.pipeline.filters import Scope, deduplicate
from analysis.pipeline.reporting_period import reporting_period
from analysis.readable.columns import TABLES
from analysis.schemas import Rejected
from tests.tables import articles, corpus, events, frame, quotes

SAID = {"speaker_id": "person:paz", "speaker_name": "Ana Paz", "country_code": "PER"}


@pytest.fixture
def opened(tmp_path):
    """A corpus of one article, as a notebook has it, without reading a text."""
    read = articles({"published_date": pd.Timestamp("2024-04-20"), "outlet": "Daily"})
    period = reporting_period("all", read["published_date"])
    one = Corpus(tmp_path / "seeds", Scope(), period, "", read, frame(Rejected, (), {}))
    tables = corpus(articles=read, quotes=quotes(SAID), events=events({}))
    vars(one)["as_read"] = tables
    vars(one)["tables"] = deduplicate(tables)
    return one


def test_a_corpus_is_exported_with_every_table(opened, tmp_path):
    shown = opened.export(tmp_path / "new" / "a.xlsx")
    book = load_workbook(tmp_path / "new" / "a.xlsx")
    assert book.sheetnames == ["about", *TABLES, "columns"]
    assert "statements: 1 row, events: 1 row" in shown.text
    about = [row[0] for row in book["about"].iter_rows(values_only=True)]
    assert "1 article, 20 April 2024, all pairs of countries." in about
    opened.export(tmp_path / "b.xlsx", "events", "statements")
    assert load_workbook(tmp_path / "b.xlsx").sheetnames == ["about", "statements", "events", "columns"]
    with pytest.raises(CorpusError, match=r"table is 'quotes', expected one of articles, statements"):
        opened.export(tmp_path / "c.xlsx", "quotes")


def test_chosen_rows_are_exported_under_the_name_of_their_table_without_codes(opened, tmp_path):
    rows = opened.statements
    export_tables(rows[rows["country"] == "Peru"], tmp_path / "a.xlsx")
    book = load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["about", "statements", "columns"]
    assert [cell.value for cell in book["statements"][1]] == TABLES["statements"].column_names
    assert book["statements"]["D2"].value == "Ana Paz"


def test_counts_and_tables_of_ones_own_keep_their_labels(opened, tmp_path):
    mine = {"pairs": opened.incidents["pair"].value_counts(), "other": pd.DataFrame({"=x": ["=1+1"]})}
    export_tables(mine, tmp_path / "a.xlsx")
    book = load_workbook(tmp_path / "a.xlsx")
    assert [[cell.value for cell in row] for row in book["pairs"]] == [
        ["pair", "count"],
        ["China – Japan", 1],
    ]
    assert book["other"]["A2"].data_type == "s"


@pytest.mark.parametrize(
    ("rows", "path", "reason"),
    [
        ([1, 2], "a.xlsx", "a list cannot be exported, expected a corpus, a table such as corpus.statements"),
        (pd.DataFrame(), "a.docx", "ends in .docx, expected a name that ends in"),
    ],
)
def test_a_mistake_in_exporting_is_one_sentence(tmp_path, rows, path, reason):
    with pytest.raises(CorpusError) as raised:
        export_tables(rows, tmp_path / path)
    assert reason in str(raised.value) and "\n" not in str(raised.value)
    assert list(tmp_path.iterdir()) == []


CHARTS = ("world_map", "network", "incidents_by_week")


@pytest.mark.parametrize("chart", CHARTS)
def test_a_chart_draws_rows_that_were_chosen_and_a_wrong_table_is_one_sentence(opened, chart):
    draw, rows = getattr(opened.charts, chart), opened.incidents
    assert draw(rows[rows["pair"] == "China – Japan"]).alt
    for given, found in ((rows[["date", "pair"]], "['date', 'pair']"), ("China", "'China'")):
        with pytest.raises(CorpusError) as raised:
            draw(given)
        assert str(raised.value).endswith(f"with all their columns, but was given {found}")
