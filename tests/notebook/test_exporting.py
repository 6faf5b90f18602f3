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


def test_only_the_tables_that_are_wanted_are_exported(opened, tmp_path):
    opened.export(tmp_path / "a.xlsx", "events", "statements")
    assert load_workbook(tmp_path / "a.xlsx").sheetnames == ["about", "statements", "events", "columns"]
    export_tables(opened, tmp_path / "b.xlsx")
    assert load_workbook(tmp_path / "b.xlsx").sheetnames == ["about", *TABLES, "columns"]


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


def test_the_link_leads_to_the_file(opened, tmp_path, monkeypatch):
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path / "notebooks")
    assert (
        '<a href="../scratch/a.xlsx" download>../scratch/a.xlsx</a>'
        in opened.export("../scratch/a.xlsx").html
    )


@pytest.mark.parametrize(
    ("rows", "path", "reason"),
    [
        ([1, 2], "a.xlsx", "a list cannot be exported, expected a corpus, a table such as corpus.statements"),
        ({}, "a.xlsx", "there is no table to write"),
        (pd.DataFrame(), "a.docx", "ends in .docx, expected a name that ends in"),
    ],
)
def test_a_mistake_in_exporting_is_one_sentence(tmp_path, rows, path, reason):
    with pytest.raises(CorpusError) as raised:
        export_tables(rows, tmp_path / path)
    assert reason in str(raised.value) and "\n" not in str(raised.value)
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_table_is_one_sentence(opened, tmp_path):
    with pytest.raises(CorpusError, match=r"table is 'quotes', expected one of articles, statements"):
        opened.export(tmp_path / "a.xlsx", "quotes")


CHARTS = ("world_map", "leading_pairs_now", "who_deals_with_whom", "incidents_by_week")


@pytest.mark.parametrize("chart", CHARTS)
def test_a_chart_draws_rows_that_were_chosen(opened, chart):
    rows = opened.incidents[opened.incidents["pair"] == "China – Japan"]
    assert getattr(opened.charts, chart)(rows).alt


@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize(
    ("given", "found"),
    [
        (lambda one: one.events, "rows of corpus.events"),
        (lambda one: one.statements, "rows of corpus.statements"),
        (lambda one: one.articles, "rows of corpus.articles"),
        (lambda one: one.incidents[["date", "pair"]], "a table with the columns date, pair"),
        (lambda one: pd.DataFrame(), "a table with the columns none"),
        (lambda one: "China", "a str"),
    ],
)
def test_a_table_in_the_wrong_chart_is_one_sentence(opened, chart, given, found):
    with pytest.raises(CorpusError) as raised:
        getattr(opened.charts, chart)(given(opened))
    assert str(raised.value).startswith(f"{chart} draws rows of corpus.incidents, but was given {found}")
    assert "\n" not in str(raised.value)


def test_a_chart_that_takes_no_table_says_how_to_narrow_the_corpus(opened):
    with pytest.raises(
        CorpusError, match="stances takes no arguments: it draws the whole corpus; to narrow it"
    ):
        opened.charts.stances(opened.statements)
    with pytest.raises(CorpusError, match="world_map takes incidents, but was called differently"):
        opened.charts.world_map(rows=opened.incidents)
