"""Where commands write: never among the articles, never where nobody named a place."""

import shutil
from pathlib import Path

import pytest

from tests.test_cli import invoke

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize(
    "words",
    [
        ["export", "seeds/metadata.csv"],
        ["export", "seeds"],
        ["brief", "--front-only", "--out", "seeds"],
        ["brief", "--front-only", "--out", "seeds/briefings"],
    ],
)
def test_nothing_is_written_among_the_articles(tmp_path, monkeypatch, words):
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "metadata.csv").write_text("mine")
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    monkeypatch.chdir(tmp_path)
    result = invoke(*words)
    assert result.exit_code == 2
    assert (
        result.stderr
        == f"faultline: {words[-1]} is in the folder of articles, seeds: expected another place\n"
    )
    assert [path.name for path in (tmp_path / "seeds").iterdir()] == ["metadata.csv"]
    assert (tmp_path / "seeds" / "metadata.csv").read_text() == "mine"


@pytest.mark.parametrize("words", [["check", "--seeds", ""], ["export", ""], ["brief", "--out", ""]])
def test_an_empty_name_is_not_the_folder_one_is_in(words):
    result = invoke(*words)
    assert result.exit_code == 2
    assert "is '', expected a path" in result.stderr


def test_add_says_that_it_made_a_folder_which_may_be_a_slip_of_the_pen(tmp_path):
    (tmp_path / "a.txt").write_text("Envoys meet\n\nThey met in Rome on Monday.")
    words = ["add", tmp_path / "a.txt", "--date", "2024-05-01", "--seeds", tmp_path / "sedes"]
    assert f"{tmp_path / 'sedes'} did not exist and was made" in invoke(*words).stderr.replace("\n", " ")
    (tmp_path / "a.txt").write_text("Envoys leave\n\nThey left Rome on Tuesday.")
    assert "did not exist" not in invoke(*words).stderr
