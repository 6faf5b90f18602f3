"""seeds/ to articles: what is read, what is rejected and why, and what a wrong input is told."""

import json
import os

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.ingest.add_sources import add_source
from analysis.ingest.corpus import METADATA_COLUMNS, load_corpus
from analysis.ingest.encoding import normalise_text
from analysis.ingest.readers import markdown_text

STORY = "Envoys meet in Geneva\n\nThe envoys met on Monday. They agreed on little.\n"
HEADER = ",".join(METADATA_COLUMNS) + "\n"
PAGE = """<html><head><title>Envoys meet</title>
<meta property="og:site_name" content="The Daily">
<meta property="article:published_time" content="2024-03-05T10:00:00Z"></head>
<body><article><h1>Envoys meet</h1>
<p>The envoys of both countries met on Monday in a hotel by the lake and spoke for three hours.</p>
<p>They agreed on little, officials of both delegations said after the talks had come to an end.</p>
</article><script>alert(1)</script></body></html>"""


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


def test_a_text_without_headline_has_no_title(tmp_path):
    articles, _ = read(tmp_path, {"a.txt": "The envoys met on Monday.\n\nThey agreed on little."})
    assert articles["title"].isna().all()


def test_a_page_gives_its_text_and_what_it_says_of_itself(tmp_path):
    articles, _ = read(tmp_path, {"page.html": PAGE})
    row = articles.iloc[0]
    assert (row["title"], row["outlet"], f"{row['published_date']:%Y-%m-%d}") == (
        "Envoys meet",
        "The Daily",
        "2024-03-05",
    )
    assert "by the lake" in row["text"]
    assert "alert" not in row["text"]


def test_a_page_without_an_article_is_rejected(tmp_path):
    _, rejected = read(tmp_path, {"page.html": "<html><body></body></html>"})
    assert "no article text" in reasons(rejected)["page.html"]


def test_markdown_loses_its_marks_and_keeps_its_front_matter(tmp_path):
    text = "---\ntitle: Envoys meet\ndate: 2024-03-05\nsource: The Daily\n---\n# Envoys meet\n\nThey *met* [here](http://x.example).\n"
    articles, _ = read(tmp_path, {"a.md": text})
    row = articles.iloc[0]
    assert (row["title"], row["outlet"], f"{row['published_date']:%Y-%m-%d}") == (
        "Envoys meet",
        "The Daily",
        "2024-03-05",
    )
    assert row["text"] == "Envoys meet\n\nThey met here."


def test_markdown_never_brings_html_along():
    assert markdown_text("One <b onclick=x>two</b>\n\n<script>three</script>\n\nfour") == "One two\n\nfour"


def test_each_line_of_jsonl_is_an_article_and_a_bad_one_is_rejected_by_its_number(tmp_path):
    lines = [
        json.dumps(
            {
                "text": "The envoys met.",
                "title": "Talks",
                "date": "2024-03-05T10:00:00Z",
                "source": "The Daily",
            }
        ),
        "{broken",
        json.dumps({"title": "no text"}),
        json.dumps({"text": "The envoys left.", "published_date": "yesterday"}),
        "[1]",
    ]
    articles, rejected = read(tmp_path, {"wire.jsonl": "\n".join(lines)})
    row = articles.iloc[0]
    assert (len(articles), row["path"], row["text"]) == (1, "wire.jsonl:1", "Talks\n\nThe envoys met.")
    assert list(reasons(rejected)) == ["wire.jsonl:2", "wire.jsonl:3", "wire.jsonl:4", "wire.jsonl:5"]
    assert "expected an ISO 8601 date" in reasons(rejected)["wire.jsonl:4"]


def test_metadata_overrides_the_file_and_carries_a_note(tmp_path):
    metadata = HEADER + 'page.html,,2024-03-04,The Weekly,,,"read off the print, page 2"\n'
    articles, _ = read(tmp_path, {"page.html": PAGE, "metadata.csv": metadata})
    row = articles.iloc[0]
    assert (row["title"], row["outlet"], row["note"]) == (
        "Envoys meet",
        "The Weekly",
        "read off the print, page 2",
    )
    assert row["published_date"] == pd.Timestamp("2024-03-04")


@pytest.mark.parametrize(
    ("metadata", "said"),
    [
        (
            HEADER + "a.txt,,yesterday,,,,\n",
            "metadata.csv:2: published_date is 'yesterday', expected an ISO 8601 date",
        ),
        (HEADER + "a.txt,,0001-01-01,,,,\n", "in the years 1800 to 2100"),
        (HEADER + "a.txt,,,,,,\na.txt,,,,,,\n", "metadata.csv:3: 'a.txt' stands twice"),
        (HEADER + "a.txt,Talks, again,,,,,,\n", "metadata.csv:2: has not 7 cells"),
        ("file,title\n", "metadata.csv:1: the columns are file,title, expected file,title,published_date"),
        ("", "metadata.csv:1: the columns are nothing"),
    ],
)
def test_wrong_metadata_is_said_with_its_line(tmp_path, metadata, said):
    with pytest.raises(ValueError, match=r"metadata\.csv") as raised:
        read(tmp_path, {"a.txt": STORY, "metadata.csv": metadata})
    assert said in str(raised.value)


def test_metadata_of_a_file_that_is_gone_is_reported(tmp_path):
    _, rejected = read(tmp_path, {"a.txt": STORY, "metadata.csv": HEADER + "b.txt,,,,,,\n"})
    assert "names 'b.txt', which is not under" in reasons(rejected)["metadata.csv:2"]


def test_what_cannot_be_read_is_rejected_and_the_rest_goes_on(tmp_path):
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
    said = reasons(rejected)
    assert "is not UTF-8 text (byte 0x89 at position 0)" in said["binary.txt"]
    assert said["copy.txt"] == "is a copy of a.txt, expected each article once"
    assert said["empty.txt"].startswith("is empty")
    assert said["nul.txt"].startswith("holds NUL bytes")
    assert said["numbers.txt"].startswith("holds no letter")
    assert said["photo.png"].startswith("has .png, expected one of .txt")


def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    outside = tmp_path / "secret.txt"
    outside.write_text(STORY)
    folder = tmp_path / "seeds"
    folder.mkdir()
    os.symlink(outside, folder / "a.txt")
    os.symlink(tmp_path / "nowhere.txt", folder / "b.txt")
    articles, rejected = load_corpus(folder)
    assert articles.empty
    assert "leads out of the folder" in reasons(rejected)["a.txt"]
    assert "b.txt" in reasons(rejected)


def test_a_folder_that_does_not_exist_is_said_so(tmp_path):
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


def test_half_a_character_is_refused_in_one_sentence(tmp_path):
    _, rejected = read(tmp_path, {"a.jsonl": '{"text": "half \\ud800 a character"}'})
    assert "lone surrogate at position 5" in reasons(rejected)["a.jsonl:1"]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_normalised_text_is_a_fixed_point(text):
    once = normalise_text(text)
    assert normalise_text(once) == once


def test_adding_a_file_copies_it_and_writes_what_is_known(tmp_path):
    source, seeds = tmp_path / "talks.txt", tmp_path / "seeds"
    source.write_text(STORY)
    added = add_file(
        source, seeds, {"published_date": "2024-03-05", "outlet": "The Daily", "note": "by hand"}
    )
    articles, rejected = load_corpus(seeds)
    assert rejected.empty
    assert added["outlet"].tolist() == articles["outlet"].tolist() == ["The Daily"]
    assert articles["published_date"].tolist() == [pd.Timestamp("2024-03-05")]


def test_adding_keeps_the_metadata_that_is_there(tmp_path):
    seeds = tmp_path / "seeds"
    for name, day in (("b.txt", "2024-03-05"), ("a.txt", "2024-03-06")):
        (tmp_path / name).write_text(STORY + name)
        add_file(tmp_path / name, seeds, {"published_date": day})
    articles, _ = load_corpus(seeds)
    assert articles["published_date"].dt.day.tolist() == [6, 5]


@pytest.mark.parametrize(
    ("content", "given_cells", "error", "said"),
    [
        (b"\xff\xff", {}, ValueError, "is not UTF-8 text"),
        (b"", {}, ValueError, "is empty"),
        (STORY.encode(), {"published_date": "5 March"}, ValueError, "--date: published_date is '5 March'"),
    ],
)
def test_a_file_that_is_no_article_is_not_added(tmp_path, content, given_cells, error, said):
    source, seeds = tmp_path / "talks.txt", tmp_path / "seeds"
    source.write_bytes(content)
    with pytest.raises(error, match=said):
        add_file(source, seeds, given_cells)
    assert not seeds.exists()


DATED = "Talks in Rome\n\nROME, October 5, 2026 - The envoys met for talks on Monday."


@pytest.mark.parametrize(
    ("cells", "day", "note"),
    [
        ({}, "2026-10-05", "date read from the opening: “ROME, October 5, 2026”"),
        ({"note": "Mind it."}, "2026-10-05", "date read from the opening: “ROME, October 5, 2026”. Mind it."),
        ({"published_date": "2026-10-06"}, "2026-10-06", None),
    ],
)
def test_a_file_without_a_date_takes_that_of_its_dateline_unless_the_analyst_knows_it(
    tmp_path, cells, day, note
):
    (tmp_path / "talks.txt").write_text(DATED)
    added = add_file(tmp_path / "talks.txt", tmp_path / "seeds", cells)
    articles, _ = load_corpus(tmp_path / "seeds")
    for rows in (articles, added):
        assert [f"{one:%Y-%m-%d}" for one in rows["published_date"]] == [day]
        assert rows["note"].dropna().tolist() == ([note] if note else [])
        assert rows["text"].tolist() == [DATED]


def test_the_date_of_a_file_wins_over_its_dateline(tmp_path):
    (tmp_path / "a.md").write_text(f"---\ndate: 2026-10-07\n---\n{DATED}")
    row = load_corpus(tmp_path)[0].iloc[0]
    assert (f"{row['published_date']:%Y-%m-%d}", isinstance(row["note"], str)) == ("2026-10-07", False)


def test_adding_never_overwrites(tmp_path):
    source, seeds = tmp_path / "talks.txt", tmp_path / "seeds"
    source.write_text(STORY)
    add_file(source, seeds, {})
    source.write_text("Another story about envoys.")
    with pytest.raises(FileExistsError, match="exists already"):
        add_file(source, seeds, {})
    (tmp_path / "same.txt").write_text(STORY)
    with pytest.raises(ValueError, match="is a copy of"):
        add_file(tmp_path / "same.txt", seeds, {})
    with pytest.raises(FileNotFoundError, match="does not exist"):
        add_file(tmp_path / "nope.txt", seeds, {})
