"""Tables and texts as analysts have them: a German press review, a sheet with a title, an export, a book."""

import csv
import io

import pytest
from openpyxl import Workbook

from analysis.ingest.corpus import load_corpus
from tests.reading import found_in
from tests.test_cli import invoke

PLACES = ("Strelsau", "Zenda", "Hentzau")
STORY = (
    "The foreign minister of Ruritania accused Sylvania of moving troops to {}. He demanded that they leave "
    "within a week, and said that the army was ready. Sylvania denied the charge and called for talks."
)


def table(header, *, days, delimiter=",", above=(), encoding="utf-8"):
    """A CSV: a number, a day, an outlet, a headline, a text and a link in each row."""
    text = io.StringIO()
    rows = [
        [number, day, "The Ledger", f"Troops in {place}", STORY.format(place), f"https://l.example/{number}"]
        for number, (day, place) in enumerate(zip(days, PLACES, strict=True), start=1)
    ]
    csv.writer(text, delimiter=delimiter).writerows([*above, header, *rows])
    return text.getvalue().encode(encoding)


def add(tmp_path, name, content, *options):
    (tmp_path / name).write_bytes(content)
    return invoke("add", tmp_path / name, "--seeds", tmp_path / "seeds", *options)


def rows(tmp_path):
    articles, _ = load_corpus(tmp_path / "seeds")
    days = articles["published_date"].dt.strftime("%Y-%m-%d")
    return list(zip(days, articles["outlet"], articles["title"], articles["url"], strict=True))


READ = [
    (f"2025-12-1{day}", "The Ledger", f"Troops in {place}", f"https://l.example/{day + 1}")
    for day, place in enumerate(PLACES)
]
DOTTED = ("10.12.2025", "11.12.2025", "12.12.2025")


@pytest.mark.parametrize(
    ("header", "above", "encoding"),
    [
        ("Nr;Datum;Quelle;Überschrift;Artikeltext;Link", [], "cp1252"),
        (
            "N°;Date de parution;Journal;Titre;Texte intégral;Lien",
            [["Revue de presse, décembre"], []],
            "utf-8",
        ),
        ("Nº;Fecha;Periódico;Título;Texto completo;Enlace", [["Prensa"]], "utf-8-sig"),
    ],
)
def test_a_press_review_in_another_language_is_read_without_help(tmp_path, header, above, encoding):
    content = table(header.split(";"), days=DOTTED, delimiter=";", above=above, encoding=encoding)
    assert add(tmp_path, "review.csv", content).exit_code == 0
    assert rows(tmp_path) == READ


def test_the_header_of_a_sheet_is_found_below_its_title(tmp_path):
    book, content = Workbook(), io.BytesIO()
    header = ["ID", "When", "Paper", "Head line", "Full Text (EN)", "Web"]
    lines = table(header, days=DOTTED, above=[["Press review, December 2025"], []]).decode()
    for line in csv.reader(lines.splitlines()):
        book.active.append(line)
    book.save(content)
    assert add(tmp_path, "review.xlsx", content.getvalue()).exit_code == 0
    assert rows(tmp_path) == READ


HEADER = ["No", "Headline", "When", "Body"]
UNSURE = table(
    ["No", "When", "Paper", "Headline", "Body", "Web"], days=("1/12/2025", "2/12/2025", "3/12/2025")
)


def test_dates_that_are_not_sure_are_asked_with_the_first_rows_and_can_be_read_again(tmp_path):
    asked = add(tmp_path, "a.csv", UNSURE)
    assert asked.exit_code == 2
    assert "a.csv has dates such as 1/12/2025 in the column 'When', in which day or month" in asked.stderr
    assert "add it again with --day-first or --month-first" in asked.stderr
    assert "Troops in Hentzau" in asked.stderr
    assert not (tmp_path / "seeds").exists()
    for option, day in (("--month-first", "2025-01-12"), ("--day-first", "2025-12-01")):
        assert add(tmp_path, "a.csv", UNSURE, option, "--replace").exit_code == 0
        assert rows(tmp_path)[0][0] == day
    assert "or --replace to read its file again" in add(tmp_path, "a.csv", UNSURE, "--day-first").stderr


def test_a_column_of_dates_with_an_unknown_name_is_asked_for(tmp_path):
    header = ["No", "Päivä", "Lehti", "Otsikko", "Teksti", "Web"]
    asked = add(tmp_path, "a.csv", table(header, days=DOTTED))
    assert "has dates in the column 'Päivä', whose name is not known: add it again with --map" in asked.stderr
    named = "text=Teksti,title=Otsikko,outlet=Lehti,published_date=Päivä"
    assert add(tmp_path, "a.csv", table(header, days=DOTTED), "--map", named).exit_code == 0
    assert rows(tmp_path) == READ


def files(tmp_path):
    return sorted(path.name for path in (tmp_path / "seeds").iterdir())


def test_what_was_badly_read_is_replaced_with_its_metadata_and_nothing_else_is_touched(tmp_path):
    add(tmp_path, "b.txt", STORY.format("Marlow").encode())
    add(tmp_path, "a.jsonl", b'{"text": "Another file that happens to have this name."}')
    bad = table(["No", "X", "Y", "Z", "Body", "W"], days=("one", "two", "three"))
    assert add(tmp_path, "a.csv", bad, "--outlet", "The Post").exit_code == 0
    assert add(tmp_path, "a.csv", bad, "--map", "text=Body,title=Z", "--replace").exit_code == 0
    assert files(tmp_path) == ["a.csv.jsonl", "a.jsonl", "b.txt", "metadata.csv"]
    articles, rejected = load_corpus(tmp_path / "seeds")
    assert rejected.empty
    assert articles["title"].tolist()[:3] == [f"Troops in {place}" for place in PLACES]
    assert articles["outlet"].tolist()[:3] == ["The Post"] * 3
    assert "--replace" in add(tmp_path, "a.csv", bad).stderr  # in the other form it is no new file
    assert add(tmp_path, "a.csv", bad, "--replace").exit_code == 0
    assert files(tmp_path) == ["a.csv", "a.jsonl", "b.txt", "metadata.csv"]
    assert load_corpus(tmp_path / "seeds")[0]["outlet"].tolist()[:3] == ["The Post"] * 3


@pytest.mark.parametrize(
    ("days", "option", "reason"),
    [
        (("13/12/2025", "12/14/2025", "3/12/2025"), "--day-first", "When is '12/14/2025', which is no date"),
        (
            ("13/12/2025", "12/14/2025", "3/12/2025"),
            "--month-first",
            "When is '13/12/2025', which is no date",
        ),
        (("No", "When", "x"), "--day-first", "expected a date such as 2024-04-20"),
    ],
)
def test_a_date_in_the_other_order_is_rejected_with_its_column(tmp_path, days, option, reason):
    header = ["No", "When", "Paper", "Headline", "Body", "Web"]
    assert reason in add(tmp_path, "a.csv", table(header, days=days), option).stderr


def test_a_second_row_of_column_names_is_no_article():
    text = f"Date,Headline,Body\nDatum,Überschrift,Text\n1.2.2025,Talks,{STORY}\n"
    _, refused, draft = found_in(text, ".csv")
    assert refused.reason == "is a second row of column names, expected an article"
    assert (draft.path, draft.published_date, draft.title) == ("a.csv:3", "2025-02-01", "Talks")


def test_merged_cells_count_for_each_row_of_an_excel_sheet(tmp_path):
    book = Workbook()
    below = [[f"Troops in {place}", STORY.format(place)] for place in PLACES]
    first, *others = [["11.12.2025", "The Ledger", *below[0]], *([None, None, *row] for row in below[1:])]
    for row in (["Clips of the week"], ["Datum", "Quelle", "Titel", "Text"], first, *others, [None] * 4):
        book.active.append(row)
    for area in ("A1:D1", "A3:A4", "B3:B1048576"):
        book.active.merge_cells(area) if area != "B3:B1048576" else book.active.merged_cells.add(area)
    book.save(tmp_path / "b.xlsx")
    result = add(tmp_path, "a.xlsx", (tmp_path / "b.xlsx").read_bytes())
    assert "a.xlsx:5: no date" in result.stdout and "rejected" not in result.stderr
    read, _ = load_corpus(tmp_path / "seeds")
    assert list(read["outlet"]) == ["The Ledger"] * 3
    assert read["published_date"].notna().tolist() == [True, True, False]


def test_a_book_is_refused_with_the_way_to_split_it(tmp_path):
    book = "\n\n".join(STORY.format(day) for day in range(1_000)).encode()
    assert "split it into smaller files" in add(tmp_path, "book.txt", book).stderr
