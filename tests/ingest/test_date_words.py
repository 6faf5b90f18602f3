"""An article without a date is reported, with the words that look like a date."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from analysis.cli import app
from analysis.ingest.date_words import date_like_words, undated_reason


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ROME, Tuesday, Nov. 3 - The envoys met.", ["“Tuesday, Nov. 3” (no year)"]),
        ("They met on 03/11/2026 in Rome.", ["“03/11/2026” (11 March 2026 or 3 November 2026)"]),
        ("They met on the 3rd of November.", ["“3rd of November” (no year)"]),
        ("They will meet on October 5, 2026 in Rome.", ["“October 5, 2026”"]),
        ("They met on 13.11.26 in Rome.", ["“13.11.26” (no year)"]),
        ("They met in November 2026.", ["“November 2026”"]),
        ("MAY 5: They met.", ["“MAY 5” (no year)"]),
        ("Nov. 3, Nov. 4, Nov. 3, Nov. 5 and Nov. 6", [f"“Nov. {n}” (no year)" for n in (3, 4, 5)]),
        ("They may 5 times meet on Monday, with 1.2.3 and 10/12 votes.", []),
        ("Marching 5 miles, Mayor 6 and Decembers.", []),
    ],
)
def test_words_that_look_like_a_date_are_found_with_what_is_unclear(text, words):
    assert date_like_words(text) == words


def test_a_text_without_such_words_says_so():
    assert undated_reason("The envoys met.") == (
        "no date, so it appears in no chart over time; no words in it look like a date"
    )


@given(st.text())
def test_words_are_looked_for_in_any_text(text):
    assert len(date_like_words(text)) <= 3


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


def test_add_and_check_say_that_an_article_has_no_date_and_how_to_give_it_one(tmp_path):
    (tmp_path / "story.txt").write_text(
        "Envoys meet\n\nThe envoys met in Rome on Tuesday, Nov. 3, in the rain."
    )
    said = (
        "story.txt: no date, so it appears in no chart over time; these words look like a date: "
        "“Tuesday, Nov. 3” "
        "(no year)\nTo date an article, add its file again with --date, or fill in its row in metadata.csv; "
        "to date a record, change its file.\n"
    )
    seeds = tmp_path / "seeds"
    assert said in run("add", tmp_path / "story.txt", "--seeds", seeds).stdout
    assert said in run("check", "--seeds", seeds).stdout
    assert run("add", tmp_path / "story.txt", "--date", "Nov 3 '26", "--seeds", seeds).exit_code == 0
    assert "no date" not in run("check", "--seeds", seeds).stdout
