"""What rises and eases: changes, spikes, change points, alerts."""

import pandas as pd
import pytest

from analysis.changes import pair_spikes
from tests.coverage import coded, coverage


def test_a_spike_stands_out_of_its_own_pairs_usual_weeks():
    weeks = pd.date_range("2024-01-01", periods=20, freq="7D").strftime("%Y-%m-%d").tolist()
    articles = coverage(*weeks, *[weeks[9]] * 3, *[weeks[10]] * 2)
    war = [(n, "RUS", "UKR", "ASSAULT", "past") for n in range(20)]
    clash = [(n, "IND", "PAK", "ASSAULT", "past") for n in (9, 20, 21, 10, 23, 24)]
    spikes = pair_spikes(articles, coded(*war, *clash), minimum_stories=3)
    assert spikes["dyad"].tolist() == ["IND-PAK"]
    assert spikes.loc[0, ["start_period", "end_period"]].tolist() == [weeks[9], weeks[10]]
    assert spikes.loc[0, "hostile_weight"] == pytest.approx(2.7)
    assert spikes.loc[0, "event_ids"].count(" ") == 2


def test_without_hostile_acts_there_is_no_spike():
    assert pair_spikes(coverage("2024-04-20"), coded((0, "USA", "CHN", "CONSULT", "past"))).empty
