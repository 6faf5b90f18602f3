"""A workbook is what an analyst opens in Excel: typed, filtered, explained, and never a formula."""

import zipfile
from datetime import datetime

import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape
from pandas import DataFrame

from analysis.export import workbook
from analysis.export.workbook import CUT_MARK, MAX_UNITS, write_workbook
from analysis.readable.columns import TABLES

HOSTILE = [
    *("=cmd|'/C calc'!A0", '=HYPERLINK("http://evil.example","open")', "<b>bold</b> & ]]>", "#N/A"),
    *("+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1", "  =1+1", "＝1+1", "_x003D_1", "=_x003D_1"),
]


def written(tmp_path, tables, **settings):
    path = tmp_path / "tables.xlsx"
    notes = write_workbook(tables, path, **settings)
    return load_workbook(path), notes


def statement(**given):
    row = {column.name: "" for column in TABLES["statements"].columns}
    row |= {"date": pd.Timestamp("2024-04-20"), "tone": -0.5, "how sure": 0.9, "corrected": True}
    return {**row, **given}


def statements(*rows):
    return {"statements": DataFrame(list(rows), columns=TABLES["statements"].column_names, dtype=object)}


def cells(book, sheet, column):
    """The cells of a column below its header."""
    found = book[sheet]
    place = [cell.value for cell in found[1]].index(column) + 1
    return [found.cell(row, place) for row in range(2, found.max_row + 1)]


def test_a_workbook_has_a_sheet_for_each_table_one_on_it_and_one_on_its_columns(tmp_path):
    book, notes = written(tmp_path, statements(statement()), about=["1 article, all pairs of countries."])
    assert book.sheetnames == ["about", "statements", "columns"]
    assert [cell.value for cell in book["about"][2]] == ["statements", 1, TABLES["statements"].about]
    assert "1 article, all pairs of countries." in [row[0].value for row in book["about"].iter_rows()]
    explained = [tuple(cell.value for cell in row) for row in book["columns"].iter_rows(min_row=2)]
    assert explained == [("statements", column.name, column.about) for column in TABLES["statements"].columns]
    assert notes == []


def test_the_header_stays_in_view_and_has_filters(tmp_path):
    book, _ = written(tmp_path, statements(statement(), statement()))
    sheet = book["statements"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:T3"
    assert sheet["A1"].font.bold
    assert 60 <= sheet.column_dimensions["I"].width < 61  # the statement


@pytest.mark.parametrize("text", HOSTILE)
def test_what_begins_like_a_formula_is_text_and_stays_text_when_edited(tmp_path, text):
    book, _ = written(tmp_path, statements(statement(statement=text, title=text)))
    for name in ("statement", "title"):
        (cell,) = cells(book, "statements", name)
        assert cell.data_type == "s"
        assert unescape(cell.value).strip() == text.strip()
        assert cell.hyperlink is None
        assert cell.quotePrefix == text.strip().startswith(("=", "+", "-", "@", "＝", "#"))


def test_a_hostile_column_and_table_are_text_too(tmp_path):
    book, _ = written(tmp_path, {"=1+1": DataFrame({"=2+2": ["a"]}), "a/b[c]:*?" * 9: DataFrame({"x": [1]})})
    assert book["=1+1"]["A1"].data_type == "s"
    assert book["=1+1"]["A1"].value == "=2+2"
    assert all(len(name) <= 31 for name in book.sheetnames)


any_text = st.text(st.characters(codec=None, exclude_categories=()), max_size=60)


@settings(max_examples=30, deadline=None)
@given(st.lists(any_text, min_size=1, max_size=8))
def test_whatever_an_article_says_the_file_opens_and_no_cell_is_a_formula(tmp_path_factory, texts):
    path = tmp_path_factory.mktemp("hostile") / "a.xlsx"
    rows = [statement(statement=text, title=text, link=text, speaker=text) for text in texts]
    write_workbook(statements(*rows), path)
    book = load_workbook(path)
    kept = [cell for name in ("statement", "speaker", "link") for cell in cells(book, "statements", name)]
    assert {cell.data_type for cell in kept if cell.value is not None} <= {"s"}
    assert book["statements"].max_row == len(texts) + 1
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet2.xml").decode()
    assert "<f>" not in sheet


def test_only_addresses_of_the_web_can_be_clicked(tmp_path):
    addresses = [
        "https://example.org/a?b=1&c=<d>",
        "javascript:alert(1)",
        f"https://example.org/{'a' * 3000}",
    ]
    book, notes = written(tmp_path, statements(*(statement(link=one) for one in addresses)))
    found = cells(book, "statements", "link")
    assert [cell.value for cell in found] == addresses
    assert [bool(cell.hyperlink) for cell in found] == [True, False, False]
    assert found[0].hyperlink.target == "https://example.org/a?b=1&c=%3cd%3e"
    assert notes == [
        "statements: some addresses cannot be clicked, because Excel takes 65,530 links in a sheet, of 2,079 "
        "characters each."
    ]


def test_a_cell_is_cut_at_the_limit_of_excel_and_a_note_says_so(tmp_path):
    book, notes = written(tmp_path, statements(statement(statement="a" * 40_000), statement()))
    (long, _) = cells(book, "statements", "statement")
    assert len(long.value) == MAX_UNITS
    assert long.value.endswith(CUT_MARK)
    assert notes == ["statements: 1 cell cut to the 32,767 characters that a cell of Excel holds."]
    assert notes[0] in [row[0].value for row in book["about"].iter_rows()]


def test_of_a_table_that_is_too_long_for_a_sheet_a_note_says_what_is_left_out(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "MAX_ROWS", 2)
    book, notes = written(tmp_path, {"articles": DataFrame({"words": range(5)})})
    assert [cell.value for cell in cells(book, "articles", "words")] == [0, 1]
    assert notes == ["articles: only the first 2 rows fit into a sheet; write .csv instead"]


def test_the_same_tables_make_the_same_bytes(tmp_path, monkeypatch):
    rows = [statement(statement=text, link="https://example.org") for text in HOSTILE]
    write_workbook(statements(*rows), tmp_path / "a.xlsx")
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)  # another hour, in the year 2033
    write_workbook(statements(*rows), tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 31, 0, 0, 0)}


def test_values_that_excel_has_no_type_for_become_text(tmp_path):
    odd = [float("inf"), 1.5, None, float("nan"), -2.0]
    days = pd.to_datetime(["1850-01-01", "2024-04-20", None, "1900-01-01", "2024-04-20"])
    book, _ = written(
        tmp_path, {"mine": DataFrame({"number": odd, "day": days, "list": [[1], {}, None, (), ""]})}
    )
    assert [cell.value for cell in cells(book, "mine", "number")] == ["inf", 1.5, None, None, -2]
    assert [cell.value for cell in cells(book, "mine", "day")][:2] == ["1850-01-01", datetime(2024, 4, 20)]
    assert [cell.value for cell in cells(book, "mine", "list")] == ["[1]", "{}", None, "()", None]


def test_days_are_days_numbers_are_numbers_and_shares_are_percentages(tmp_path):
    book, _ = written(tmp_path, statements(statement()))
    (day,) = cells(book, "statements", "date")
    assert (day.value, day.number_format) == (datetime(2024, 4, 20), "yyyy-mm-dd")
    (share,) = cells(book, "statements", "how sure")
    assert (share.value, share.number_format) == (0.9, "0%")
    assert [cell.value for cell in cells(book, "statements", "tone")] == [-0.5]
    assert [cell.value for cell in cells(book, "statements", "corrected")] == ["yes"]


def test_control_characters_and_orders_to_turn_the_writing_are_removed(tmp_path):
    text = "a\x00b\x0bc\ud800d\u202ee\x9bf\nline\ttab"
    book, _ = written(tmp_path, statements(statement(statement=text)))
    assert cells(book, "statements", "statement")[0].value == "abcdef line tab"
