"""How far a judgment may go, and what its confidence rests on, in words."""

import pytest

from analysis.findings.support import Support, confidence_level
from analysis.findings.wording import words


@pytest.mark.parametrize(
    ("support", "level"),
    [
        (Support(1, 1, 0, 5, 0.0), "low"),
        (Support(12, 0, 12, 5, 0.0), "low"),
        (Support(40, 1, 0, 5, 0.0), "low"),
        (Support(3, 2, 0, 5, 0.5), "moderate"),
        (Support(10, 3, 0, 5, 0.5), "high"),
        (Support(10, 3, 0, 5, 0.9), "low"),
    ],
)
def test_confidence_needs_stories_outlets_and_named_sources(support, level):
    assert confidence_level(support) == level


@pytest.mark.parametrize(
    ("support", "said"),
    [
        (
            Support(1, 0, 1, 2, 0.5),
            "1 story, outlet unknown; 50% of its 2 statements come from unnamed sources",
        ),
        (
            Support(3, 2, 1, 2, 0.0),
            "3 stories, 2 outlets and others unknown; none of their 2 statements",
        ),
        (Support(3, 3, 0, 2, 0.0), "3 stories, 3 outlets; none"),
        (Support(3, 3, 0, 0, 0.0), "3 stories, 3 outlets; nobody is quoted"),
    ],
)
def test_the_basis_of_a_confidence_is_put_in_words(support, said):
    assert words("findings/judgments/support", "basis", support).startswith(said)


def test_a_share_that_would_round_to_nothing_is_not_called_nothing():
    assert "fewer than 1% of their 400 statements" in words(
        "findings/judgments/support", "basis", Support(3, 3, 0, 400, 0.0025)
    )
