"""The title over the bars of an explorer says which bar is highest, and no more."""

import pandas as pd
import pytest

from analysis.charts.explorer_bars import bars_title


@pytest.mark.parametrize(
    "counts, said",
    [
        ({"China": 1616, "Iran": 3}, "China leads: 1,616 of 1,620 events"),
        (
            {"US officials": 4, "Yun Sun": 4, "China": 1},
            "US officials and Yun Sun lead: 4 of 1,620 events each",
        ),
        ({"China": 2, "Iran": 2, "Peru": 2}, "China and 2 others lead: 2 of 1,620 events each"),
        ({"China": 2}, "China: 2 of 1,620 events"),
    ],
)
def test_a_bar_leads_only_if_no_other_is_as_long(counts, said):
    bars = pd.DataFrame({"label": list(counts), "count": list(counts.values())})
    assert bars_title(bars, by="country", unit="events", total=1620) == said
