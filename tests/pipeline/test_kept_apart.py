"""What is kept for an example never mixes with the analyst's own."""

from pathlib import Path

import pytest

from analysis.pipeline.desk import kept_for


@pytest.mark.parametrize(
    ("seeds", "folder"),
    [
        ("seeds", "briefings"),
        ("../seeds", "briefings"),
        ("examples/thirteen-days", "briefings/thirteen-days"),
        ("examples/thirteen-days/", "briefings/thirteen-days"),
    ],
)
def test_articles_outside_seeds_have_a_folder_of_their_name(seeds, folder):
    assert kept_for(seeds, "briefings") == Path(folder)
