"""The start page's list of briefings, and which of their files can be reached."""

import json
import os

import pytest

from analysis.dashboard.briefing_files import file_of
from analysis.dashboard.briefing_list import MOST_OPENED, listed_briefings


def briefing(out, name, record, *, second=0):
    """A briefing's folder, its front page made at a second of the same day."""
    folder = out / name
    folder.mkdir(parents=True)
    (folder / "briefing.html").write_text("<p>page</p>")
    os.utime(folder / "briefing.html", (second, second))
    (folder / "briefing.json").write_text(record if isinstance(record, str) else json.dumps(record))
    return folder


def test_the_latest_briefing_comes_first_with_its_title_and_bottom_line(tmp_path):
    briefing(tmp_path, "2026-11-23", {"title": "Briefing, 17 to 23 November 2026", "bottom_line": ["Quiet."]})
    briefing(
        tmp_path, "2026-11-24-CHN-USA", {"title": "China and the US", "bottom_line": ["Talks.", "More."]}
    )
    first, second = listed_briefings(tmp_path)
    assert (first.folder, first.title, first.bottom_line) == (
        "2026-11-24-CHN-USA",
        "China and the US",
        ("Talks.", "More."),
    )
    assert (second.made_on, second.bottom_line) == ("23 November 2026", ("Quiet.",))


def test_of_two_briefings_of_a_day_the_later_comes_first(tmp_path):
    briefing(tmp_path, "2026-11-24-2", {"title": "noon"}, second=200)
    briefing(tmp_path, "2026-11-24", {"title": "morning"}, second=100)
    assert [one.title for one in listed_briefings(tmp_path)] == ["noon", "morning"]


@pytest.mark.parametrize(
    "record", ["{", "[]", '{"title": 3}', '{"bottom_line": "text"}', '{"bottom_line": [1]}']
)
def test_a_broken_record_is_said_to_be_so_and_its_pages_stay_linked(tmp_path, record):
    briefing(tmp_path, "2026-11-24-IRN", record)
    (entry,) = listed_briefings(tmp_path)
    assert entry.title == "Briefing of 24 November 2026 (IRN)"
    assert entry.problem.startswith("Its numbers cannot be read (briefing.json: ")


def test_a_briefing_of_an_earlier_version_has_no_bottom_line_and_no_problem(tmp_path):
    briefing(tmp_path, "2026-11-24", {"schema": 1})
    (entry,) = listed_briefings(tmp_path)
    assert (entry.title, entry.bottom_line, entry.problem) == ("Briefing of 24 November 2026", (), "")


def test_folders_that_are_no_briefings_are_left_out(tmp_path):
    (tmp_path / "notes").mkdir()
    (tmp_path / "2026-11-24").mkdir()  # without a front page
    briefing(tmp_path, "2026-13-45", {})
    real = briefing(tmp_path, "elsewhere", {})
    (tmp_path / "2026-11-25").symlink_to(real)
    assert listed_briefings(tmp_path) == []
    assert listed_briefings(tmp_path / "missing") == []


def test_only_the_newest_records_are_opened(tmp_path):
    for day in range(1, MOST_OPENED + 2):
        briefing(tmp_path, f"2026-11-{day:02}", {"title": f"of the {day}th"})
    *opened, oldest = listed_briefings(tmp_path)
    assert [one.title for one in opened] == [f"of the {day}th" for day in range(MOST_OPENED + 1, 1, -1)]
    assert oldest.title == "Briefing of 1 November 2026"


def test_pages_and_tables_of_a_briefing_can_be_reached(tmp_path):
    folder = briefing(tmp_path, "2026-11-24", {})
    (folder / "tables.xlsx").write_bytes(b"")
    assert file_of(tmp_path, "2026-11-24", "briefing.html") == folder / "briefing.html"
    assert file_of(tmp_path, "2026-11-24", "tables.xlsx") == folder / "tables.xlsx"


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("..", "secret.html"),
        (".", "secret.html"),
        ("2026-11-24", "../../secret.html"),
        ("2026-11-24", "..\\secret.html"),
        ("2026-11-24", "linked.html"),
        ("2026-11-24", "inside.html"),
        ("linked", "briefing.html"),
        ("2026-11-24", ".hidden.html"),
        ("2026-11-24", "briefing.json"),
        ("2026-11-24", "missing.html"),
        ("2026-11-24", "nul\0.html"),
        ("2026-11-24", "folder.html"),
    ],
)
def test_nothing_else_can_be_reached(tmp_path, folder, name):
    out = tmp_path / "briefings"
    made = briefing(out, "2026-11-24", {})
    for secret in (tmp_path / "secret.html", made / ".hidden.html"):
        secret.write_text("secret")
    (made / "linked.html").symlink_to(tmp_path / "secret.html")
    (made / "inside.html").symlink_to(made / "briefing.html")
    (out / "linked").symlink_to(made)
    (made / "folder.html").mkdir()
    assert file_of(out, folder, name) is None
