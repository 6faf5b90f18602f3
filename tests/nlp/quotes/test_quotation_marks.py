"""Quotation marks are paired, whatever the typography, and an odd one costs nothing else."""

import pytest

from analysis.nlp.quotes.page import quoted_spans


def quoted(text):
    return [text[q.inner_start : q.inner_end] for q in quoted_spans(text)]


@pytest.mark.parametrize(
    "text",
    [
        'He said "no" twice.',
        "He said “no” twice.",
        "He said ''no'' twice.",
        "He said «no» twice.",
        "He said „no“ twice.",
    ],
)
def test_every_kind_of_double_quotation_marks_is_read(text):
    assert quoted(text) == ["no"]


@pytest.mark.parametrize(
    ("marks", "inner"),
    [("“”", "She told me ‘go home’ and I went."), ('""', "He said, 'She wrote, \"No,\" to us.'")],
)
def test_a_quote_inside_a_quote_is_part_of_it(marks, inner):
    assert quoted(f"{marks[0]}{inner}{marks[1]} It rained.") == [inner]


def test_an_apostrophe_opens_no_quote_and_a_mark_that_never_closes_is_dropped():
    assert quoted("The dogs' owner isn't in, it's the '90s.") == []
    assert quoted('The 6" pipe broke.\n\nNobody came.') == []


def test_a_speech_over_two_paragraphs_stays_open_in_the_first():
    spans = quoted_spans("“We go on.\n\n“We win.” They left.")
    assert [span.is_open for span in spans] == [True, False]


def test_a_quote_goes_on_over_a_line_break_to_the_mark_that_closes_it():
    text = "He said: “We go.\n\nWe win.” They left.\n\n“No.” It was 6” long."
    assert quoted(text) == ["We go.\n\nWe win.", "No."]
