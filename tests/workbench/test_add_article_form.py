"""The form that adds an article: what is given is previewed first, and written on Save alone."""

import csv
from datetime import UTC, datetime

import pytest

from analysis.ingest.corpus import load_corpus
from analysis.workbench.add_article_form import AddArticleForm, safe_name
from tests.workbench.forms import HOSTILE, files, words_in

STORY = "The ministers of both countries met again on Friday and agreed on nothing at all. " * 3


def upload(form, name, content):
    """Choose a file and preview it."""
    given = {"name": name, "type": "", "size": len(content), "content": memoryview(content)}
    form.upload.value = ({**given, "last_modified": datetime.now(UTC)},)
    form.preview_button.click()


def paste(form, text):
    """Paste a text and preview it."""
    form.pasted.value = text
    form.preview_button.click()


@pytest.fixture
def form(tmp_path):
    (tmp_path / "seeds").mkdir()
    return AddArticleForm(tmp_path / "seeds")


def test_a_preview_shows_how_the_file_is_read_and_writes_nothing(form):
    upload(form, "rome.txt", f"Envoys meet in Rome\n\n{STORY}".encode())
    words = words_in(form.pane)
    assert "Envoys meet in Rome" in words
    assert "English" in words
    assert form.fields["title"].value == "Envoys meet in Rome"
    assert files(form.seeds) == []


def test_corrected_fields_are_saved_with_the_article(form):
    upload(form, "rome.txt", f"Envoys meet in Rome\n\n{STORY}".encode())
    form.fields["published_date"].value, form.fields["outlet"].value = "2024-04-22", "The Daily"
    form.save_button.click()
    assert "Run All Cells" in words_in(form.pane)
    rows, _ = load_corpus(form.seeds)
    assert (rows["path"][0], rows["outlet"][0]) == ("rome.txt", "The Daily")
    assert f"{rows['published_date'][0]:%Y-%m-%d}" == "2024-04-22"
    row = next(csv.DictReader((form.seeds / "metadata.csv").open()))
    assert row["title"] == ""  # the file says it, so the metadata need not


def test_what_is_typed_before_a_preview_stays_and_the_rest_is_of_the_text_that_is_there_now(form):
    form.fields["published_date"].value, form.fields["outlet"].value = "22 April 2099", "The Daily"
    for title in ("Envoys meet in Bonn", "Envoys meet in Rome"):
        paste(form, f"{title}\n\n{STORY}")
        assert "2099-04-22, later than today" in words_in(form.pane)
        shown = {name: one.value for name, one in form.fields.items() if one.value}
        assert shown == {"title": title, "published_date": "2099-04-22", "outlet": "The Daily"}
    form.save_button.click()
    assert "1 article dated later than today" in words_in(form.pane)
    (row,) = load_corpus(form.seeds)[0].itertuples()
    assert (row.title, row.outlet, f"{row.published_date:%Y-%m-%d}") == (title, "The Daily", "2099-04-22")


def test_a_pasted_text_is_saved_under_its_title_and_a_second_one_gets_a_number(form):
    for ending in ("one", "two"):
        paste(form, f"Envoys meet\n\n{STORY} And {ending} more time they met in the town of Capri.")
        form.save_button.click()
    assert files(form.seeds) == ["envoys-meet-2.txt", "envoys-meet.txt"]


def test_a_copy_is_rejected_and_a_longer_reprint_is_not(form):
    long = " ".join(f"On day {n} envoys of state {n} met those of town {n * 7} in Rome." for n in range(40))
    (form.seeds / "first.txt").write_text(long, encoding="utf-8")
    paste(form, long)
    assert "is a copy of" in words_in(form.pane)
    assert form.save_button.disabled
    form.pasted.value = f"{long} This was added by the second paper."
    assert form.save_button.disabled  # until it is previewed
    form.preview_button.click()
    assert not form.save_button.disabled
    form.pasted.value += "More."
    assert form.save_button.disabled


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "is empty"),
        ("a.exe", b"MZ", "expected one of"),
        ("a.txt", b"Die Minister trafen sich am Freitag und einigten sich auf nichts. " * 4, "German"),
        ("a.pdf", b"%PDF-1.4 broken", "a.pdf"),
    ],
)
def test_a_file_that_is_not_an_article_is_rejected_with_the_reason(form, name, content, reason):
    upload(form, name, content)
    assert reason in words_in(form.pane)
    assert form.save_button.disabled
    assert files(form.seeds) == []


def test_giving_nothing_or_both_is_a_mistake(tmp_path):
    form = AddArticleForm(tmp_path)
    form.preview_button.click()
    assert "neither a file nor a text" in words_in(form.pane)
    upload(form, "a.txt", b"a")
    paste(form, "b")
    assert "both a file and a text" in words_in(form.pane)


@pytest.mark.parametrize(
    "name", ["../../evil.txt", "..\\..\\evil.txt", ".evil.txt", "evil.txt\x00", f"{HOSTILE}.txt"]
)
def test_a_file_name_cannot_lead_out_of_the_folder(form, name):
    upload(form, name, f"{HOSTILE}\n\n{STORY}".encode())
    assert "<script" not in form.pane.outputs[0]["data"]["text/html"]
    form.save_button.click()
    assert files(form.seeds.parent) == [safe_name(name)]
    assert load_corpus(form.seeds)[0]["path"].tolist() == [safe_name(name)]


def test_the_analysts_own_files_cannot_be_overwritten(form):
    table = f"title,text\nEnvoys,{STORY}\n".encode()
    for name in ("metadata.csv", "corrections.csv"):
        upload(form, name, table)
        form.save_button.click()
        said = words_in(form.pane)  # without the folder in which an upload is read
        assert said.startswith(f"That did not work. {name}: is named like the analyst's own")
    assert files(form.seeds) == []


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        (
            "published_date",
            "03/11/2026",
            "Date is '03/11/2026', which may be 11 March 2026 or 3 November 2026",
        ),
        ("outlet", "x" * 201, "Outlet has 201 characters, expected at most 200"),
    ],
)
def test_a_mistake_names_the_field_and_nothing_is_written(form, field, value, problem):
    paste(form, STORY)
    form.fields[field].value = value
    for button in (form.save_button, form.preview_button):
        button.click()
        assert problem in words_in(form.pane)
        assert "--" not in words_in(form.pane)
    assert form.fields[field].value == value
    assert form.save_button.disabled
    assert files(form.seeds) == []


def test_an_article_without_a_date_is_said_to_have_none_before_and_after_saving(form):
    paste(form, f"Envoys meet\n\nThe envoys met on <b>Nov. 3 in Rome. {STORY}")
    assert "none found" in words_in(form.pane)
    form.save_button.click()
    assert "1 article without a date, shown in no chart over time: correct it." in words_in(form.pane)


TABLE = (
    f"No,When,Lehti,Juttu\n1,1/12/2025,The Coast,{STORY}\n2,2/12/2025,The Bay,{STORY} They left.\n".encode()
)


def test_a_table_that_is_not_sure_is_shown_and_read_as_chosen_also_in_place_of_the_first_time(form):
    for order, outlet, day in (("month", "", "2025-01-12"), ("day", "Lehti", "2025-12-01")):
        upload(form, "a.csv", TABLE)
        said = words_in(form.pane)
        assert "where" not in said and "The Coast" in said
        assert "day or month may come first: choose below, then preview again." in said
        assert form.save_button.disabled
        form.columns["outlet"].value, form.order.value, form.replace.value = outlet, order, True
        form.preview_button.click()
        form.save_button.click()
        rows, rejected = load_corpus(form.seeds)
        assert rejected.empty
        assert f"{rows['published_date'][0]:%Y-%m-%d}" == day
    assert rows["outlet"].tolist() == ["The Coast", "The Bay"]
    assert files(form.seeds) == ["a.csv.jsonl"]


def test_an_original_that_is_added_later_joins_its_translation(form):
    russian = "Послы встретились\n\nПослы обеих стран встретились в Риме и ни о чём не договорились."
    (form.seeds / "rome.txt").write_text(f"Envoys meet in Rome\n\n{STORY}")
    for reason in ("translated from Russian, with its original", "rome.ru.txt already exists"):
        upload(form, "rome.ru.txt", russian.encode())
        assert reason in words_in(form.pane)
        form.save_button.click()
    rows, rejected = load_corpus(form.seeds)
    assert rejected.empty
    assert rows[["path", "original_text"]].values.tolist() == [["rome.txt", russian]]
