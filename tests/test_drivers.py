"""What drives an indicator."""

import pandas as pd
import pytest

from analysis.drivers import pair_theme_matrix
from analysis.schemas import Topics
from tests.coverage import coded


def test_themes_of_a_sentence_share_its_act():
    events = coded((0, "USA", "CHN", "ACCUSE", "past"), (0, "USA", "CHN", "CONSULT", "past"))
    topics = Topics.validate(
        pd.DataFrame(
            [
                (f"{0:016x}", 0, 9, "theme", "trade and tariffs", 0.75, "tariff"),
                (f"{0:016x}", 0, 9, "theme", "diplomacy", 0.25, "talks"),
                (f"{0:016x}", 10, 19, "theme", "diplomacy", 1.0, "talks"),
                (f"{0:016x}", 10, 19, "theatre", "China", 1.0, "China"),
            ],
            columns=list(Topics.to_schema().columns),
        )
    )
    cells = pair_theme_matrix(events, topics).set_index("topic")
    assert cells["event_weight"].to_dict() == {"diplomacy": 1.25, "trade and tariffs": 0.75}
    assert cells.loc["diplomacy", "conflict_weight"] == 0.25
    assert cells.loc["diplomacy", "mean_intensity"] == pytest.approx((0.25 * -3 + 2.5) / 1.25)
