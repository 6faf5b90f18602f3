"""How far a judgment may go, and what its confidence rests on, in words."""

import pytest

from analysis.findings.sources import Support


@pytest.mark.parametrize(
    ("support", "level"),
    [
        (Support(1, 1, 0.0), "low"),
        (Support(12, 0, 0.0), "low"),
        (Support(40, 1, 0.0), "low"),
        (Support(3, 2, 0.5), "moderate"),
        (Support(10, 3, 0.5), "high"),
        (Support(10, 3, 0.9), "low"),
    ],
)
def test_confidence_needs_stories_outlets_and_named_sources(support, level):
    assert support.confidence == level
