"""A folder of articles: what is read, what is rejected and why, and the message for a wrong input."""

import json

import pandas as pd
import pytest

from analysis.ingest.additions import add_source
from analysis.ingest.corpus import METADATA_COLUMNS, load_corpus

STORY = "Envoys meet in Geneva\n\nThe envoys met on Monday. They agreed on little.\n"
HEADER = ",".join(METADATA_COLUMNS) + "\n"
DATED_STORY = f"---\ntitle: Envoys meet\ndate: 2024-03-05\noutlet: The Daily\n---\n{STORY}"


def read(folder, files):
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return load_corpus(folder)


def add_file(source, seeds, known):
    return add_source(str(source), seeds, known).articles


def reasons(rejected):
    return dict(zip(rejected["path"], rejected["reason"], strict=True))


def test_a_text_file_is_an_article_titled_by_its_first_line(tmp_path):
    articles, rejected = read(tmp_path, {"a.txt": STORY})
    row = articles.iloc[0]
    assert (row["title"], row["path"], row["word_count"]) == ("Envoys meet in Geneva", "a.txt", 13)
    assert row["text"] == STORY.strip()
    assert rejected.empty


def test_metadata_overrides_the_file_and_carries_a_note(tmp_path):
    note = "read off the print, page 2"
    metadata = f'{HEADER}a.md,,2024-03-04,The Weekly,,,"{note}"\n'
    articles, _ = read(tmp_path, {"a.md": DATED_STORY, "metadata.csv": metadata})
    row = articles.iloc[0]
    assert (row["title"], row["outlet"], row["note"]) == ("Envoys meet", "The Weekly", note)
    assert row["published_date"] == pd.Timestamp("2024-03-04")


@pytest.mark.parametrize(
    ("metadata", "message"),
    [
        (HEADER + "a.txt,,yesterday,,,,\n", "metadata.csv:2: published_date is 'yesterday', expected a date"),
        (HEADER + "a.txt,,0001-01-01,,,,\n", "in the years 1800 to 2100"),
        (HEADER + "a.txt,,,,,,\na.txt,,,,,,\n", "metadata.csv:3: 'a.txt' already has a row"),
        (HEADER + "a.txt,Talks, again,,,,,,\n", "metadata.csv:2: does not have 7 cells"),
        ("file,headline\n", "metadata.csv:1: the columns are file,headline, expected file,title,published"),
    ],
)
def test_wrong_metadata_is_reported_with_its_line(tmp_path, metadata, message):
    with pytest.raises(ValueError, match=r"metadata\.csv") as raised:
        read(tmp_path, {"a.txt": STORY, "metadata.csv": metadata})
    assert message in str(raised.value)


def test_fields_of_a_file_that_are_too_long_are_cut_and_the_note_says_so(tmp_path):
    long = {"title": "t" * 501, "outlet": "o" * 3_000_000, "url": f"https://{'u' * 2000}.org"}
    record = {"text": STORY, **long, "author": "Ana"}
    articles, rejected = read(tmp_path, {"a.jsonl": json.dumps(record)})
    row = articles.iloc[0]
    assert rejected.empty
    assert (row["title"], row["outlet"]) == ("t" * 499 + "…", "o" * 199 + "…")
    assert pd.isna(row["url"])
    assert row["note"] == (
        "title of 501 characters cut. outlet of 3,000,000 characters cut. url of 2,012 characters left out"
    )


def test_an_ambiguous_date_in_a_record_is_rejected_with_both_meanings(tmp_path):
    _, rejected = read(tmp_path, {"a.jsonl": json.dumps({"text": STORY, "date": "03/11/2026"})})
    meanings = "which may be 11 March 2026 or 3 November 2026: write 2026-03-11 or 2026-11-03"
    assert reasons(rejected)["a.jsonl:1"] == f"published_date is '03/11/2026', {meanings}"


@pytest.mark.parametrize("number", [1795132800, 2026, 20261131])
def test_a_number_that_is_no_date_is_rejected(tmp_path, number):
    _, rejected = read(tmp_path, {"a.jsonl": json.dumps({"text": STORY, "Pub-Date": number})})
    assert reasons(rejected)["a.jsonl:1"].startswith(f"published_date is '{number}', ")


def test_metadata_of_a_missing_file_is_reported(tmp_path):
    _, rejected = read(tmp_path, {"a.txt": STORY, "metadata.csv": HEADER + "b.txt,,,,,,\n"})
    assert "names 'b.txt', which is not in" in reasons(rejected)["metadata.csv:2"]


def test_unreadable_files_are_rejected_and_the_rest_is_read(tmp_path):
    files = {
        "a.txt": STORY,
        "binary.txt": b"\x89PNG\r\n\x1a\n\xff\xfe",
        "copy.txt": STORY.replace("\n", "\r\n"),
        "empty.txt": " \n",
        "nul.txt": b"Envoys\0meet",
        "numbers.txt": "1 2 3",
        "photo.png": b"\x89PNG",
        ".hidden.txt": STORY,
        "sub/deep.txt": "Another story about envoys.",
    }
    articles, rejected = read(tmp_path, files)
    assert articles["path"].tolist() == ["a.txt", "sub/deep.txt"]
    found = reasons(rejected)
    assert "is not UTF-8 text: save it as UTF-8" in found["binary.txt"]
    assert found["copy.txt"] == "is a copy of a.txt, expected each article once"
    assert found["empty.txt"].startswith("is empty")
    assert found["nul.txt"].startswith("contains NUL bytes")
    assert found["numbers.txt"].startswith("contains no letters")
    assert found["photo.png"].startswith("has the ending .png, expected one of .atom")


def test_a_missing_folder_is_reported(tmp_path):
    with pytest.raises(FileNotFoundError, match="does not exist, expected a folder of articles"):
        load_corpus(tmp_path / "nope")
    (tmp_path / "file").write_text("x")
    with pytest.raises(NotADirectoryError, match="is a file, expected a folder"):
        load_corpus(tmp_path / "file")


def test_an_empty_folder_gives_empty_tables(tmp_path):
    articles, rejected = load_corpus(tmp_path)
    assert (len(articles), len(rejected)) == (0, 0)


def test_line_ends_and_invisible_characters_do_not_change_an_article_id(tmp_path):
    articles, rejected = read(
        tmp_path, {"a.txt": "One\u00a0two\u200b.\r\nThree.", "b.txt": "One \x1b[31mtwo.\nThree.  \n"}
    )
    assert (len(articles), len(rejected)) == (1, 1)


DATED = "Talks in Rome\n\nROME, October 5, 2026 - The envoys met for talks on Monday."


@pytest.mark.parametrize(
    ("cells", "day", "note"),
    [
        ({}, "2026-10-05", "date read from the opening: “ROME, October 5, 2026”"),
        ({"note": "Mind it."}, "2026-10-05", "date read from the opening: “ROME, October 5, 2026”. Mind it."),
        ({"published_date": "2026-10-06"}, "2026-10-06", None),
    ],
)
def test_a_file_without_a_date_gets_that_of_its_dateline_unless_the_analyst_gives_one(
    tmp_path, cells, day, note
):
    (tmp_path / "talks.txt").write_text(DATED)
    added = add_file(tmp_path / "talks.txt", tmp_path / "seeds", cells)
    articles, _ = load_corpus(tmp_path / "seeds")
    for rows in (articles, added):
        assert [f"{one:%Y-%m-%d}" for one in rows["published_date"]] == [day]
        assert rows["note"].dropna().tolist() == ([note] if note else [])
        assert rows["text"].tolist() == [DATED]


def test_adding_never_overwrites(tmp_path):
    source, seeds = tmp_path / "talks.txt", tmp_path / "seeds"
    source.write_text(STORY)
    add_file(source, seeds, {})
    source.write_text("Another story about envoys.")
    with pytest.raises(FileExistsError, match="already exists"):
        add_file(source, seeds, {})
    (tmp_path / "same.txt").write_text(STORY)
    with pytest.raises(ValueError, match="is a copy of"):
        add_file(tmp_path / "same.txt", seeds, {})
    with pytest.raises(FileNotFoundError, match="does not exist"):
        add_file(tmp_path / "nope.txt", seeds, {})
