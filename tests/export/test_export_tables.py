"""Tables go into the file that was asked for, and what was there stays if that fails."""

import csv
import errno
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings, strategies as st
from pandas import DataFrame

from analysis.export.export_tables import export_tables
from analysis.export.workbook import FORMULA_STARTS

ROOT = Path(__file__).parents[2]
TALKS = DataFrame(
    {
        "date": pd.to_datetime(["2024-04-20", None]),
        "title": ["=1+1", "Talks"],
        "words": [12, 7],
        "corrected": [True, False],
        "link": ["https://example.org", ""],
    }
)
TABLES = {"articles": TALKS, "rejected": DataFrame({"file": ["a.exe"], "reason": ["is no text"]})}


def csv_rows(path):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def test_a_folder_has_a_csv_file_for_each_table_and_one_on_their_columns(tmp_path):
    exported = export_tables(TABLES, tmp_path / "new" / "tables")
    assert [path.name for path in exported.paths] == ["articles.csv", "columns.csv", "rejected.csv"]
    assert csv_rows(tmp_path / "new/tables/articles.csv") == [
        ["date", "title", "words", "corrected", "link"],
        ["2024-04-20", "'=1+1", "12", "yes", "https://example.org"],
        ["", "Talks", "7", "no", ""],
    ]
    assert csv_rows(tmp_path / "new/tables/columns.csv")[1][:2] == ["articles", "date"]
    assert exported.row_counts == {"articles": 2, "rejected": 1}


def test_other_files_of_the_folder_stay(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    export_tables(TABLES, tmp_path)
    assert (tmp_path / "mine.txt").read_text() == "mine"
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["articles.csv", "columns.csv", "mine.txt", "rejected.csv"]


def test_one_table_is_a_file_and_several_are_a_folder(tmp_path):
    assert export_tables({"articles": TALKS}, tmp_path / "one.parquet").paths == (tmp_path / "one.parquet",)
    export_tables(TABLES, tmp_path / "all.parquet")
    names = {path.name for path in (tmp_path / "all.parquet").iterdir()}
    assert names == {"articles.parquet", "rejected.parquet", "columns.csv"}


def test_parquet_has_days_numbers_and_truth_values(tmp_path):
    export_tables({"articles": TALKS}, tmp_path / "a.parquet")
    assert pq.read_table(tmp_path / "a.parquet").to_pylist() == [
        {
            "date": date(2024, 4, 20),
            "title": "=1+1",
            "words": 12,
            "corrected": True,
            "link": "https://example.org",
        },
        {"date": None, "title": "Talks", "words": 7, "corrected": False, "link": ""},
    ]


def test_json_lines_name_the_table_of_each_row(tmp_path):
    export_tables(TABLES, tmp_path / "a.jsonl")
    rows = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()]
    assert rows[0] == {
        **{"table": "articles", "date": "2024-04-20", "title": "=1+1", "words": 12},
        **{"corrected": True, "link": "https://example.org"},
    }
    assert rows[1]["date"] is None
    assert rows[2] == {"table": "rejected", "file": "a.exe", "reason": "is no text"}


any_text = st.text(st.characters(codec=None, exclude_categories=()), max_size=40)


@settings(max_examples=40, deadline=None)
@given(st.lists(any_text, min_size=1, max_size=6))
def test_whatever_an_article_says_csv_keeps_its_rows_and_no_cell_begins_like_a_formula(
    tmp_path_factory, texts
):
    folder = tmp_path_factory.mktemp("hostile")
    frame = DataFrame({"title": texts, "outlet": texts}, dtype=object)
    for name in ("a.csv", "a.parquet", "a.jsonl"):
        export_tables({"articles": frame}, folder / name)
    rows = csv_rows(folder / "a.csv")
    assert len(rows) == len(texts) + 1
    assert not [cell for row in rows for cell in row if cell.lstrip().startswith(FORMULA_STARTS)]
    assert pq.read_table(folder / "a.parquet").num_rows == len(texts)
    lines = (folder / "a.jsonl").read_text(encoding="utf-8").split("\n")
    assert len([json.loads(line) for line in lines if line]) == len(texts)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        (
            "a.docx",
            r"a\.docx ends in \.docx, expected a name that ends in \.xlsx, \.csv, \.parquet or \.jsonl",
        ),
        ("", "the file to write is '', expected a name that ends in"),
        ("a\0.xlsx", "expected a name that ends in"),
    ],
)
def test_a_name_that_says_no_kind_of_file_is_one_sentence(path, reason):
    with pytest.raises(ValueError, match=reason):
        export_tables(TABLES, path)


def test_a_folder_in_place_of_a_file_and_a_file_in_place_of_a_folder_are_named(tmp_path):
    (tmp_path / "a.xlsx").mkdir()
    with pytest.raises(OSError, match=r"a\.xlsx is a folder, expected the name of a file"):
        export_tables(TABLES, tmp_path / "a.xlsx")
    (tmp_path / "b").write_text("text")
    with pytest.raises(OSError, match="b is a file, expected a folder for the tables"):
        export_tables(TABLES, tmp_path / "b")
    with pytest.raises(OSError, match=r"b/c\.xlsx cannot be written \("):
        export_tables(TABLES, tmp_path / "b" / "c.xlsx")


def test_a_write_protected_file_stays_as_it_is(tmp_path):
    (tmp_path / "a.xlsx").write_text("old")
    (tmp_path / "a.xlsx").chmod(0o444)
    with pytest.raises(PermissionError, match="is write-protected"):
        export_tables(TABLES, tmp_path / "a.xlsx")
    assert (tmp_path / "a.xlsx").read_text() == "old"


def test_a_file_that_the_system_holds_open_stays_as_it_is(tmp_path, monkeypatch):
    def held(*_):
        raise PermissionError(errno.EACCES, "The process cannot access the file")

    (tmp_path / "a.xlsx").write_text("old")
    monkeypatch.setattr(os, "replace", held)
    with pytest.raises(
        PermissionError, match=r"a\.xlsx cannot be replaced, perhaps because it is open in Excel"
    ):
        export_tables(TABLES, tmp_path / "a.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]
    assert (tmp_path / "a.xlsx").read_text() == "old"


def test_a_full_disk_leaves_the_old_file(tmp_path):
    """The limit on the size of a file ends writing as a full disk does."""
    paths = [tmp_path / f"a.{ending}" for ending in ("csv", "jsonl", "parquet", "xlsx")]
    code = f"""
import resource, signal, os
import numpy, pandas
from analysis.export.export_tables import export_tables
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
table = pandas.DataFrame({{"title": [os.urandom(40).hex() for _ in range(5_000)]}})
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
for path in {list(map(str, paths))}:
    try:
        export_tables({{"articles": table}}, path)
    except OSError as error:
        print(error)
"""
    for path in paths:
        path.write_text("old")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    said = done.stdout.splitlines()
    assert [line.partition(" cannot be written")[0] for line in said] == list(map(str, paths)), done.stderr
    assert done.stderr == ""
    assert sorted(tmp_path.iterdir()) == paths
    assert {path.read_text() for path in paths} == {"old"}


def test_two_columns_of_one_name_are_one_sentence(tmp_path):
    with pytest.raises(ValueError, match="mine has two columns called 'x', expected different names"):
        export_tables({"mine": DataFrame([[1, 2]], columns=["x", "x"])}, tmp_path / "a.csv")


def test_without_a_table_nothing_is_written(tmp_path):
    with pytest.raises(ValueError, match="there is no table to write"):
        export_tables({}, tmp_path / "a.xlsx")
