"""`faultline export` on real text: what is asked for is written, and a mistake is one sentence."""

import csv

import pytest
from openpyxl import load_workbook

from analysis.readable.columns import TABLES
from tests.test_cli import invoke, one_sentence

TALKS = "China condemned the United States over tariffs.\n\nIts envoys met those of Japan in Rome."
WAR = '"We want peace," Ukrainian President Volodymyr Zelensky said on Monday. Russia attacked Ukraine.'


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder of two articles, read into a store."""
    place = tmp_path_factory.mktemp("export")
    (place / "seeds").mkdir()
    for name, text in {"talks.txt": TALKS, "war.txt": WAR}.items():
        (place / "seeds" / name).write_text(
            f"{text} {'The ministers of both countries talked at length. ' * 4}"
        )
    (place / "seeds" / "metadata.csv").write_text(
        "file,title,published_date,outlet,author,url,note\ntalks.txt,=Talks,2024-04-01,Daily,,https://a.example,\n"
        "war.txt,War,2024-04-20,,,,\n"
    )
    return place


def export(place, out, *words):
    return invoke("export", place / out, "--seeds", place / "seeds", "--store", place / "store", *words)


@pytest.mark.model
def test_every_table_is_written_and_counted(place):
    result = export(place, "a.xlsx")
    assert result.exit_code == 0, result.stderr
    book = load_workbook(place / "a.xlsx")
    assert book.sheetnames == ["about", *TABLES, "columns"]
    assert f"articles: 2 rows\nstatements: {book['statements'].max_row - 1} row" in result.stdout
    assert result.stdout.endswith(f"{place / 'a.xlsx'}\n")
    titles = [cell.value for cell in book["articles"]["C"]]
    assert titles == ["title", "War", "=Talks"]  # the newest first
    speakers = [cell.value for cell in book["statements"]["D"]]
    assert "Volodymyr Zelensky" in speakers


@pytest.mark.model
def test_a_pair_some_days_and_some_tables_narrow_what_is_written(place):
    result = export(place, "b", "--pair", "USA-CHN", "--until", "2024-04-10", "--table", "events")
    assert result.exit_code == 0, result.stderr
    assert sorted(path.name for path in (place / "b").iterdir()) == ["columns.csv", "events.csv"]
    with (place / "b" / "events.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {row["pair"] for row in rows} == {"China – United States"}
    assert {row["title"] for row in rows} == {"'=Talks"}
    assert "China condemned the United States over tariffs." in rows[0]["sentence"]
    other = export(place, "t", "--country", "USA", "--table", "topics")
    assert "nothing was found" not in other.stderr


@pytest.mark.model
def test_a_country_of_which_nothing_is_written_gives_empty_tables_and_says_so(place):
    result = export(place, "c.xlsx", "--country", "PER")
    assert result.exit_code == 0
    assert "nothing was found on PER\n" in result.stderr
    assert load_workbook(place / "c.xlsx")["events"].max_row == 1


@pytest.mark.parametrize(
    ("out", "words", "reason"),
    [
        ("a.docx", (), "ends in .docx, expected a name that ends in .xlsx, .csv, .parquet or .jsonl"),
        ("a.xlsx", ("--table", "quotes"), "table is 'quotes', expected one of articles, statements, events"),
        ("a.xlsx", ("--since", "soon"), "--since is 'soon', expected a date such as 2024-04-20"),
        ("a.xlsx", ("--since", "2030-01-01"), "they are from 2024-04-01 to 2024-04-20"),
        ("a.xlsx", ("--pair", "USA"), "--pair is 'USA', which is one country"),
    ],
)
def test_a_mistake_is_one_sentence_and_nothing_is_written(place, tmp_path, out, words, reason):
    result = invoke("export", tmp_path / out, "--seeds", place / "seeds", *words)
    assert result.exit_code == 2
    assert reason in result.stderr and one_sentence(result.stderr)
    assert not (tmp_path / out).exists()
