"""The tutorial, step by step: commands and cells are read from the page and run, and outputs compared."""

import ast
import re
import shlex
import shutil
import subprocess
from typing import NamedTuple

import pandas as pd
import pytest

from analysis import open_corpus
from docs.generator.tutorial_pictures import EXAMPLE, ROOT
from tests.test_cli import invoke

PAGE = ROOT / "docs" / "tutorial.md"
BLOCK = re.compile(
    r"(?:Save this as `(?P<path>[^`]+)`:\n\n)?^```(?P<kind>\w*)\n(?P<text>.*?)^```$", re.M | re.S
)
FAULTLINE = ".venv/bin/faultline "
OPENS_A_BROWSER = ["make lab"]  # what it starts is tested in tests/workbench


class Block(NamedTuple):
    """A block of the page."""

    kind: str  # sh, python, text or "" for a file to save
    text: str
    path: str


def blocks():
    found = BLOCK.finditer(PAGE.read_text(encoding="utf-8"))
    return [Block(one["kind"], one["text"], one["path"] or "") for one in found]


def recipe(target):
    """What `make` runs for a target, without the environment that it builds first."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return re.search(rf"^{target}:.*\n((?:\t.*\n)+)", makefile, re.M)[1].strip()


def run_command(line, place, options):
    """Run a line of a shell block in the copied folders; the pages of notebooks have tests of their own."""
    if line in OPENS_A_BROWSER:
        assert recipe(line.removeprefix("make ")) == f"{FAULTLINE}lab"
        return
    line = recipe(line.removeprefix("make ")) if line.startswith("make ") else line
    if not line.startswith(FAULTLINE):
        subprocess.run(shlex.split(line), cwd=place, check=True)
        return
    words = shlex.split(line.removeprefix(FAULTLINE))
    more = options if words[0] == "brief" and "--front-only" not in words else []
    result = invoke(*words, *more)
    assert result.exit_code == 0, result.output


def run_cell(text, names):
    """The value of the last line of a cell, as Jupyter shows it."""
    *before, last = ast.parse(text).body
    exec(compile(ast.Module(before, []), str(PAGE), "exec"), names)
    if not isinstance(last, ast.Expr):
        exec(compile(ast.Module([last], []), str(PAGE), "exec"), names)
        return None
    return eval(compile(ast.Expression(last.value), str(PAGE), "eval"), names)


def incident_weeks(details):
    """The hostile and cooperative incidents of each week, from the words below the chart."""
    found = re.findall(r"week from (.+?): (\d+) hostile, (\d+) cooperative", details)
    return {day: (int(hostile), int(cooperative)) for day, hostile, cooperative in found}


def shown(value):
    return value if isinstance(value, str) else repr(value)


@pytest.fixture(scope="module")
def walk(tmp_path_factory, crisis_store):
    """Every step in a copy of the folders, and what each cell returned."""
    place = tmp_path_factory.mktemp("faultline")
    shutil.copytree(crisis_store, place / ".faultline")
    for name in ("examples", "notebooks", "seeds"):
        shutil.copytree(ROOT / name, place / name)
    names, values, expected = {}, [], []
    with pytest.MonkeyPatch.context() as patch:
        for block in blocks():
            patch.chdir(place)
            if block.path:
                (place / block.path).write_text(block.text, encoding="utf-8")
            elif block.kind == "sh":
                for line in block.text.splitlines():
                    run_command(line, place, ["--front-only"])
            elif block.kind == "python":
                patch.chdir(place / "scratch")
                values.append((block.text, run_cell(block.text, names)))
            else:
                expected.append((values[-1], block.text))
    return place, values, expected


@pytest.mark.model
def test_each_cell_gives_what_the_page_shows(walk):
    _, _, expected = walk
    assert len(expected) >= 6
    for (_, value), text in expected:
        assert shown(value) == text.rstrip("\n")


@pytest.mark.model
def test_no_table_of_the_tutorial_is_empty(walk):
    _, values, _ = walk
    tables = [value for _, value in values if isinstance(value, pd.DataFrame | pd.Series)]
    assert len(tables) >= 4
    assert all(len(table) for table in tables)


@pytest.mark.model
def test_the_denials_are_those_that_the_page_names(walk):
    _, values, _ = walk
    denied = next(value for text, value in values if 'statements["cue"] == "deny"' in text)
    rows = denied.assign(day=denied["date"].dt.strftime("%Y-%m-%d"))[["day", "speaker"]]
    assert list(rows.itertuples(index=False, name=None)) == [
        ("1962-09-11", "Soviet Union"),
        ("1962-10-10", "Officials"),
        ("1962-10-23", "Valerian Zorin"),
        ("1962-10-25", "United States"),
    ]


@pytest.mark.model
def test_after_the_correction_the_week_of_29_october_has_one_hostile_incident_less(walk):
    _, values, _ = walk
    before, after = [value for text, value in values if '"1962-11-04"' in text]
    assert (before.count("hostile words"), after.count("hostile words")) == (2, 1)
    assert len(after) == len(before) - 1


@pytest.mark.model
def test_the_weeks_of_the_picture_are_as_the_page_says(crisis_store):
    pair = open_corpus(EXAMPLE, pair="US-Soviet Union", store=crisis_store)
    weeks = incident_weeks(pair.charts.incidents_by_week(pair.incidents).details)
    hostile = {day: one for day, (one, _) in weeks.items()}
    assert max(hostile, key=hostile.get) == "22 October 1962"
    after = list(weeks)[list(weeks).index("22 October 1962") + 1 :]
    assert after and all(weeks[day][0] <= weeks[day][1] for day in after)


@pytest.mark.model
def test_the_tutorial_writes_its_briefings_and_tables_and_touches_neither_seeds_nor_example(walk):
    place, _, _ = walk
    fronts = list((place / "briefings" / "thirteen-days").glob("*/briefing.html"))
    assert len(fronts) == 2 and not list(place.rglob("country-*.html"))  # each is a front page alone
    assert "country-" not in "".join(one.read_text(encoding="utf-8") for one in fronts)
    assert [path.name for path in (place / "briefings").iterdir()] == ["thirteen-days"]
    assert (place / "scratch" / "thirteen-days.xlsx").stat().st_size > 20_000
    assert (place / "scratch" / "my-question.xlsx").exists()
    for name in ("seeds", "examples"):
        same = subprocess.run(["diff", "-r", ROOT / name, place / name], capture_output=True, text=True)
        assert same.stdout == ""


def test_every_picture_of_the_tutorial_exists_and_is_small():
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", PAGE.read_text(encoding="utf-8"))
    assert len(pictures) == 3
    assert all((PAGE.parent / name).stat().st_size < 300_000 for name in pictures)
