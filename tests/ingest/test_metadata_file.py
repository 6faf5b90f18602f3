"""metadata.csv: dates as people and spreadsheets write them, and the limits of its cells."""

import pytest

from analysis.ingest.own_tables import (
    METADATA_FILE,
    checked_metadata,
    load_metadata,
    write_metadata,
)

EXCEL = (
    "\ufefffile;title;published_date;outlet;author;url;note\r\n"
    "a.txt;;13.11.2026;The Daily;;;\r\n"
    "b.txt;Talks; 03.11.2026;;;;\r\n"
    "c.txt;;;;;;\r\n"
)


def saved(folder, content):
    (folder / METADATA_FILE).write_text(content, encoding="utf-8", newline="")
    return folder


def test_a_file_saved_by_a_german_excel_is_read_with_its_local_dates(tmp_path):
    rows = load_metadata(saved(tmp_path, EXCEL))
    assert [(row["file"], row["published_date"], row["line"]) for row in rows.values()] == [
        ("a.txt", "2026-11-13", "2"),
        ("b.txt", "2026-11-03", "3"),  # the 13th above shows that the day comes first
        ("c.txt", "", "4"),
    ]


def test_what_add_writes_can_be_opened_by_the_same_excel(tmp_path):
    rows = load_metadata(saved(tmp_path, EXCEL))
    write_metadata(tmp_path, rows)
    assert (tmp_path / METADATA_FILE).read_text(encoding="utf-8").splitlines()[:2] == [
        "\ufefffile;title;published_date;outlet;author;url;note",
        "a.txt;;2026-11-13;The Daily;;;",
    ]
    assert load_metadata(tmp_path) == rows


def test_a_cell_that_is_too_long_is_reported_with_its_line_and_length(tmp_path):
    saved(tmp_path, f"file,outlet\na.txt,{'x' * 201}\n")
    with pytest.raises(ValueError, match=r"metadata\.csv:2: outlet has 201 characters, expected at most 200"):
        load_metadata(tmp_path)


def test_a_mistake_names_the_field_as_the_person_knows_it():
    with pytest.raises(ValueError, match=r"^Date is 'May 5', which has no year"):
        checked_metadata({"published_date": "May 5"}, names={"published_date": "Date"})
    with pytest.raises(ValueError, match=r"^--outlet has 201 characters"):
        checked_metadata({"outlet": "x" * 201}, names={"outlet": "--outlet"})
