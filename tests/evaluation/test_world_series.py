"""Our series against deaths and the official index, by hand."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from benchmarks.validation.world_series import (
    OutsideSeries,
    deadly_precision,
    load_outside_series,
    mean_correlation,
    pooled_correlation,
    risk_row,
    side_pattern,
    world_agreements,
)
from tests.coverage import coded, coverage

MONDAYS = pd.date_range("2024-01-01", periods=8, freq="7D").strftime("%Y-%m-%d").tolist()


def weeks(**pairs):
    return pd.DataFrame({name.replace("_", "-"): values for name, values in pairs.items()}, dtype=float)


def written(folder: Path, *, deaths="2024-01-01,CHN-USA,3", risk="2024-01-01,100"):
    (folder / "ucdp_pairs_2025_weekly.csv").write_text(f"week,pair,death_count\n{deaths}\n")
    (folder / "gpr_monthly.csv").write_text(f"month,gpr\n{risk}\n")
    return folder


def test_a_series_in_the_order_of_the_deaths_correlates_fully_whatever_its_scale():
    deaths = weeks(CHN_USA=[0, 5, 50], IND_PAK=[1, 2, 900])
    ours = np.log1p(deaths)
    assert pooled_correlation(ours, deaths) == pytest.approx(1)
    assert mean_correlation(ours, deaths) == pytest.approx(1)
    assert deadly_precision(ours, deaths) == pytest.approx(1)


def test_a_pair_that_never_changes_counts_as_no_correlation():
    deaths = weeks(CHN_USA=[0, 5, 50], IND_PAK=[0, 0, 1])
    assert mean_correlation(weeks(CHN_USA=[1, 2, 3], IND_PAK=[0, 0, 0]), deaths) == pytest.approx(0.5)


def test_precision_is_the_mean_over_the_deadly_weeks_of_what_stands_above_them():
    deaths = weeks(CHN_USA=[4, 0, 1])
    assert deadly_precision(weeks(CHN_USA=[3, 2, 1]), deaths) == pytest.approx((1 / 1 + 2 / 3) / 2)


def test_only_months_that_both_have_are_compared():
    ours = pd.Series([1.0, 2.0, 4.0], ["2024-01-01", "2024-02-01", "2024-03-01"])
    official = pd.Series([10.0, 20.0, 40.0, 7.0], ["2024-01-01", "2024-02-01", "2024-03-01", "2024-04-01"])
    row = risk_row("ours", ours, official)
    assert (row["value"], row["value_count"]) == (pytest.approx(1), 3)
    assert row["low"] <= row["value"] <= row["high"] + 1e-9


def test_a_group_is_named_for_its_country():
    assert side_pattern("YEM").search("the Houthis said")
    assert side_pattern("YEM").search("in Yemen")
    assert not side_pattern("PSE").search("in Yemen")


def test_force_in_the_deadly_weeks_beats_mentions_in_all_of_them():
    articles = coverage(*MONDAYS).assign(text="China and the United States met.")
    acts = coded(*[(n, "CHN", "USA", "ASSAULT", "past") for n in (1, 5)], of=articles)
    deaths = pd.DataFrame({"CHN-USA": [0, 9, 0, 0, 0, 9, 0, 0]}, index=MONDAYS, dtype=float)
    risk = pd.Series([100.0, 90.0], ["2024-01-01", "2024-02-01"])
    found = world_agreements(articles, acts, OutsideSeries(deaths, risk))
    pooled = found[found["measure"].str.contains("together")].set_index("series")["value"]
    assert pooled["ours"] == pytest.approx(1)
    assert pooled["mentions"] == 0  # every week alike
    rows = found[found["measure"].str.contains("by month")]
    assert rows["series"].tolist() == ["ours", "mentions", "published queries", "tone"]


def test_both_published_series_are_read(tmp_path):
    outside = load_outside_series(written(tmp_path))
    assert outside.deaths.loc["2024-01-01", "CHN-USA"] == 3
    assert outside.risk["2024-01-01"] == 100


def test_a_missing_series_is_named_with_what_it_should_hold(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"weekly\.csv does not exist, expected a CSV file with week"):
        load_outside_series(tmp_path)


def test_a_cell_that_is_no_number_is_named_with_its_line(tmp_path):
    with pytest.raises(ValueError, match=r"monthly\.csv:2: gpr is 'high', expected a number"):
        load_outside_series(written(tmp_path, risk="2024-01-01,high"))


def test_a_series_without_its_column_is_named(tmp_path):
    folder = written(tmp_path)
    (folder / "gpr_monthly.csv").write_text("month,index\n2024-01-01,3\n")
    with pytest.raises(ValueError, match=r"monthly\.csv has no column 'gpr', expected month, gpr"):
        load_outside_series(folder)
