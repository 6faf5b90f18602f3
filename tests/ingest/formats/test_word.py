"""Word files, and exports of Nexis Uni."""

import pytest

from tests.reading import is_article

READ = {
    "story.docx": ("Two ships collide", None, None, "off the cape on Monday."),
    "nexis_uni.docx:1": ("Troops leave the valley", "2024-03-23", "The Example Post", "on Saturday."),
    "nexis_uni.docx:2": ("Vote put off", "2024-03-24", "The Example Post", "the speaker said."),
}


@pytest.mark.parametrize("path", READ)
def test_a_sample_gives_its_title_date_outlet_and_text(samples, path):
    assert is_article(samples[0].loc[path], *READ[path])
