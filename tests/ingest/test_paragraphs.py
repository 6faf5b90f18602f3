"""Lines that were broken at a margin."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.ingest.paragraphs import is_wrapped, unwrapped


def test_lines_broken_at_a_margin_become_paragraphs():
    text = "A heading\nThe ministers met on Monday in a hotel by the\nlake and spoke for an hour.\nThey left."
    assert unwrapped(text) == (
        "A heading\n\nThe ministers met on Monday in a hotel by the lake and spoke for an hour.\n\nThey left."
    )


@pytest.mark.parametrize(
    "text",
    [
        "One paragraph per line, which ends where a sentence ends.\nThe next one does so too, after a while.",
        "A headline\nBy Ann Bell\nROME\nThe envoys met on Monday in a hotel by the lake and spoke at length.",
        f"{'word ' * 40}without an end\n{'word ' * 40}without an end\n{'word ' * 40}.",
    ],
)
def test_a_text_with_one_paragraph_per_line_is_left_alone(text):
    assert not is_wrapped(text)


@given(st.text())
def test_any_text_can_be_unwrapped(text):
    unwrapped(text)
