"""The analyst's own tables: any text survives, whatever spreadsheet saved them; dates and limits of cells."""

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from analysis.ingest.own_tables import (
    METADATA_FILE,
    checked_metadata,
    load_metadata,
    read_rows,
    write_metadata,
    write_rows,
)

COLUMNS = ("file", "title", "note")


def cells(path):
    return [{name: row[name] for name in COLUMNS} for row in read_rows(path, COLUMNS, COLUMNS[1:], dict)]


def written(tmp_path, content, name="a.csv"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


ANY_TEXT = st.tuples(*[st.text(st.characters(exclude_categories=["Cs"]))] * 3)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(ANY_TEXT.filter(lambda row: any(cell.strip() for cell in row)), max_size=4),
    st.sampled_from([b"", b"\xef\xbb\xbffile;title;note\r\n", b"file\ttitle\tnote\n"]),
)
def test_any_text_is_read_as_it_was_written_in_any_form_of_the_file(tmp_path, rows, before):
    (tmp_path / "a.csv").unlink(missing_ok=True)
    if before:
        written(tmp_path, before)
    named = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
    write_rows(tmp_path / "a.csv", COLUMNS, named)
    assert cells(tmp_path / "a.csv") == named


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "'=1", "\t=1", "\r=1", "x" * 300_000], ids=range(8)
)
def test_what_a_spreadsheet_would_run_is_written_as_text_and_a_long_cell_is_kept(tmp_path, cell):
    write_rows(tmp_path / "a.csv", COLUMNS, [{"title": cell}])
    assert cells(tmp_path / "a.csv")[0]["title"] == cell
    assert ("\n,'" in (tmp_path / "a.csv").read_text().replace('"', "")) == (cell[0] != "x")


EXCEL = '\ufefffile;title;note;;\r\na.txt;"Talks; in Rome";checked;;\r\nb.txt\r\n;;\r\nc.txt;Grüße;;;\r\n'


def test_a_file_that_a_spreadsheet_saved_is_read_and_keeps_its_separator_and_its_mark(tmp_path):
    path = written(tmp_path, EXCEL)
    assert [tuple(row.values()) for row in cells(path)] == [
        ("a.txt", "Talks; in Rome", "checked"),
        ("b.txt", "", ""),
        ("c.txt", "Grüße", ""),
    ]
    write_rows(path, COLUMNS, [{"file": "a.txt", "title": "Talks, in Rome"}])
    assert path.read_bytes() == b"\xef\xbb\xbffile;title;note\na.txt;Talks, in Rome;\n"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("title,note\n", "a.csv:1: the columns are title,note, expected file,title,note"),
        ("file;title;place\n", "a.csv:1: the columns are file,title,place, expected"),
        ("file,title,title\n", "a.csv:1: the columns are file,title,title, expected"),
        ("file,title,note\na.txt,Talks,in Rome,checked\n", "a.csv:2: does not have 3 cells"),
        ("file,title,note\na.txt,Talks,in Rome,\n", "a.csv:2: does not have 3 cells"),
        ("file,title,note,\na.txt,Talks,in Rome,checked\n", "a.csv:2: does not have 4 cells"),
        ('file,title,note\na.txt,"Talks,\nb.txt,,\n', "a.csv: is broken at line 3 (unexpected end of data)"),
        ('file,title,note\na.txt,"Talks"x,\n', "a.csv: is broken at line 2"),
        (b"file,title,note\na.txt,Gr\xfc\xdfe,\n", "a.csv: is not UTF-8 text: save it as CSV UTF-8"),
    ],
)
def test_a_broken_file_is_reported_with_its_line(tmp_path, content, problem):
    with pytest.raises(ValueError) as raised:
        cells(written(tmp_path, content))
    assert problem in str(raised.value)


def test_a_row_needs_the_cells_that_are_not_optional(tmp_path):
    path = written(tmp_path, "file,title,note\na.txt\n")
    with pytest.raises(ValueError, match=r"a\.csv:2: does not have 3 cells: put text with commas in quotes"):
        read_rows(path, COLUMNS, ["note"], dict)


def test_half_a_character_is_refused_and_the_file_stays_as_it_was(tmp_path):
    path = written(tmp_path, "file,title,note\na.txt,Talks,\n")
    with pytest.raises(ValueError, match="a cell has half a character"):
        write_rows(path, COLUMNS, [{"file": "a.txt", "title": "half \ud800"}])
    assert [one.read_text() for one in tmp_path.iterdir()] == ["file,title,note\na.txt,Talks,\n"]


def test_a_file_saved_by_a_german_excel_is_read_with_its_local_dates_and_written_for_it(tmp_path):
    header = "\ufefffile;title;published_date;outlet;author;url;note"
    lines = (header, "a.txt;;13.11.2026;The Daily;;;", "b.txt;Talks; 03.11.2026;;;;", "c.txt;;;;;;")
    path = written(tmp_path, "\r\n".join(lines), METADATA_FILE)
    rows = load_metadata(tmp_path)
    assert [(row["file"], row["published_date"], row["line"]) for row in rows.values()] == [
        ("a.txt", "2026-11-13", 2),
        ("b.txt", "2026-11-03", 3),  # the 13th above shows that the day comes first
        ("c.txt", "", 4),
    ]
    write_metadata(tmp_path, rows)
    assert path.read_text(encoding="utf-8").splitlines()[:2] == [header, "a.txt;;2026-11-13;The Daily;;;"]
    assert load_metadata(tmp_path) == rows


def test_a_mistake_names_the_line_or_the_field_as_the_person_knows_it(tmp_path):
    written(tmp_path, f"file,outlet\na.txt,{'x' * 201}\nb.txt,b,c\nd.txt,d\nd.txt,e\n", METADATA_FILE)
    every = r"metadata\.csv:2: outlet has 201 .*; line 3: does not have 2 cells.*; line 5: 'd\.txt' already"
    with pytest.raises(ValueError, match=every):
        load_metadata(tmp_path)
    with pytest.raises(ValueError, match=r"^Date is 'May 5', expected a date"):
        checked_metadata({"published_date": "May 5"}, names={"published_date": "Date"})
    with pytest.raises(ValueError, match=r"^--url is 'a', expected an address"):
        checked_metadata({"url": "a"}, names={"url": "--url"})
