"""`tables.xlsx` has what the briefing reports on."""

import pandas as pd
from markupsafe import Markup
from openpyxl import load_workbook

from analysis.briefing.build import TABLES_FILE, write_tables
from analysis.briefing.front_page import FrontPageData
from analysis.pipeline.filters import Scope
from analysis.pipeline.reporting_period import reporting_period
from analysis.readable.columns import TABLES
from analysis.schemas import Rejected
from tests.tables import articles, corpus, events, frame

OLD, NEW = "a" * 16, "b" * 16


def data_of(period):
    days = {OLD: "2024-03-04", NEW: "2024-04-20"}
    rows = [
        {"article_id": one, "story_id": one, "path": f"{one}.txt", "published_date": pd.Timestamp(day)}
        for one, day in days.items()
    ]
    acts = [{"event_id": f"{one}:e", "article_id": one} for one in days]
    tables = corpus(articles=articles(*rows), events=events(*acts))
    return FrontPageData(
        tables=tables,
        rejected=frame(Rejected, (), {}),
        scope=Scope(),
        notes=Markup(""),
        links=[],
        made_on=pd.Timestamp("2024-04-21").date(),
        period=reporting_period(period, tables.articles["published_date"]),
    )


def column(book, sheet, name):
    head, *rows = book[sheet].iter_rows(values_only=True)
    return [row[head.index(name)] for row in rows]


def test_the_tables_are_of_the_reporting_period_and_the_weeks_go_back_further(tmp_path):
    write_tables(tmp_path / TABLES_FILE, data_of("2024-04-20"))
    book = load_workbook(tmp_path / TABLES_FILE)
    assert book.sheetnames == ["about", *TABLES, "columns"]
    assert column(book, "articles", "file") == [f"{NEW}.txt"]
    assert column(book, "events", "file") == [f"{NEW}.txt"]
    assert [f"{day:%Y-%m-%d}" for day in column(book, "incidents", "date")] == ["2024-04-20"]
    assert [f"{day:%Y-%m-%d}" for day in column(book, "weeks", "week")] == ["2024-04-15", "2024-03-04"]
    assert max(column(book, "indicators", "stories")) == 1


def test_without_a_period_every_article_is_there(tmp_path):
    write_tables(tmp_path / TABLES_FILE, data_of("all"))
    book = load_workbook(tmp_path / TABLES_FILE)
    assert column(book, "articles", "file") == [f"{NEW}.txt", f"{OLD}.txt"]
