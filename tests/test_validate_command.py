"""`faultline validate`: small corpora beside small published series, and what it says of a missing one."""

import json

import pandas as pd
import pytest
from typer.testing import CliRunner

from analysis.cli import app
from analysis.evaluation.exhibits import load_exhibits
from benchmarks.series_rows import rows_of

MONDAYS = pd.date_range("2025-01-06", periods=10, freq="7D").strftime("%Y-%m-%d").tolist()
DEATHS = [9, 0, 9, 0, 9, 0, 9, 0, 9, 0]
TEXTS = [
    "Russia shelled Ukraine and killed nine people.",
    "The harvest of apples was good.",
    "Nine died when Russia bombed Ukraine overnight.",
    "A choir sang in the rain.",
    "Russian troops attacked Ukraine, killing nine.",
    "Swimmers met at the lake.",
    "Russian missiles struck Ukraine and nine men were killed.",
    "The museum opened a new wing.",
    "Ukraine was hit by Russian artillery, and nine farmers died.",
    "Snow fell on the hills.",
]


@pytest.fixture
def corpora(tmp_path):
    """A release, and ten news items of which every second reports a Russian strike on Ukraine."""
    folder = tmp_path / "corpora"
    folder.mkdir()
    items = [
        {"text": text, "title": text[:20], "date": day, "source": "Daily"}
        for text, day in zip(TEXTS, MONDAYS, strict=True)
    ]
    release = {"text": "The Secretary met the minister of Peru.", "title": "Talks", "date": "2022-02-25"}
    for name, rows in (("current_events_2025", items), ("state_2021_2022", [release])):
        lines = "".join(json.dumps({**row, "url": f"https://a.b/{n}"}) + "\n" for n, row in enumerate(rows))
        (folder / f"{name}.jsonl").write_text(lines)
    return folder


def with_series(corpora):
    folder = corpora.parent / "series"
    folder.mkdir()
    weeks = "".join(f"{day},RUS-UKR,{count}\n" for day, count in zip(MONDAYS, DEATHS, strict=True))
    (folder / "ucdp_pairs_2025_weekly.csv").write_text(f"week,pair,death_count\n{weeks}")
    (folder / "gpr_monthly.csv").write_text("month,gpr\n2025-01-01,150\n2025-02-01,120\n2025-03-01,90\n")
    return folder


@pytest.mark.model
def test_the_series_are_held_against_the_published_ones_and_stored(corpora, tmp_path):
    with_series(corpora)
    done = CliRunner().invoke(app, ["validate", str(corpora), "--out", str(tmp_path / "e.json")])
    assert done.exit_code == 0, done.output
    assert "rank correlation with deaths, pairs and weeks together: our series" in done.output
    assert "crises of force are found" in done.output
    assert "news items, dates shuffled: spike " in done.output
    stored = load_exhibits(tmp_path / "e.json")
    ours = stored.agreements[stored.agreements["series"] == "ours"].set_index("measure")["value"]
    assert ours["average precision of weeks with deaths"] == pytest.approx(1)


def test_published_series_that_are_missing_are_named(corpora):
    done = CliRunner().invoke(app, ["validate", str(corpora)])
    assert done.exit_code == 2
    assert "ucdp_pairs_2025_weekly.csv does not exist, expected a CSV file" in done.output.replace("\n", " ")


def test_the_first_item_of_a_week_carries_what_the_week_is_worth():
    items = pd.DataFrame({"id": ["a", "b", "c"], "date": ["2025-01-06", "2025-01-08", "2025-01-14"]})
    tension = pd.DataFrame({"dyad": ["RUS-UKR"], "period": ["2025-01-06"], "value": [0.7]})
    first, second, third = rows_of(items, tension)
    (act,) = first["events"]
    assert (act["source_country_code"], act["target_country_code"], act["intensity"]) == ("RUS", "UKR", -0.7)
    assert second["events"] == third["events"] == []
