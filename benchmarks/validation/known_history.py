"""What is known of two corpora before anything is computed, each figure with its source."""

from typing import Final, NamedTuple

STATE = "state_2021_2022.jsonl"
YEAR = "current_events_2025.jsonl"
WAR_PAIR = "RUS-UKR"
TONE = "mean_tone"
RISK_SHARES: Final = ("gpr_share", "gpr_unfiltered_share")
EXPECTED_RISK: Final = {  # month: share with the exclusion words, and without
    "2021-07-01": (0.049, 0.112),
    "2022-02-01": (0.145, 0.195),
    "2022-03-01": (0.133, 0.193),
    "2022-07-01": (0.035, 0.104),
}
"""Source: an earlier count over the same releases with the queries of Caldara and Iacoviello 2022."""
RISK_TOLERANCE = 0.015
EXPECTED_EXCLUDED = 0.41  # of all matches; source: the same count
EXCLUDED_TOLERANCE = 0.05
INVASION = "2022-02-24"
INVASION_WEEKS: Final = ("2022-02-21", "2022-02-28")  # Mondays of the first two weeks of the invasion
POINT_DAYS = 10
TONE_BAND: Final = (0.08, 0.15)
STRONGEST = 10  # spikes


class Crisis(NamedTuple):
    """A crisis between two countries, and the weeks (from Monday) in which it was at its worst."""

    dyad: str
    start_period: str
    end_period: str
    is_peak: bool  # whether the pair's series must peak there too, besides the crisis being a top spike


EXPECTED_CRISES: Final = (
    Crisis("IND-PAK", "2025-05-05", "2025-05-05", True),
    Crisis("IRN-ISR", "2025-06-09", "2025-06-23", True),
    Crisis("KHM-THA", "2025-07-21", "2025-07-21", True),
    Crisis("KHM-THA", "2025-12-08", "2025-12-08", True),
    Crisis("AFG-PAK", "2025-10-13", "2025-10-13", False),
    Crisis("COD-RWA", "2025-01-27", "2025-01-27", False),
)
"""Source: general knowledge of the year. They are used only to check: no computation knows the pairs."""
ALL_WORK = "from text to every indicator"
INDICATOR_WORK = "from coded events to every indicator"
LIMITS: Final = {ALL_WORK: 180.0, INDICATOR_WORK: 5.0}  # seconds
