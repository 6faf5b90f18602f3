"""Whatever the text, quotes come out in order, inside it, and in linear time."""

import time
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.actors import find_actors
from analysis.marks import quoted_spans
from analysis.quotes import find_quotes

pytestmark = pytest.mark.model

PIECES = (
    '"', "“", "”", "''", "‘", "’", "«", "»", "\n", "\n\n", " ", ", ", ". ", ": ", " - ", " she said",
    " said Vega", "Vega said ", "the bridge is closed", " according to police", "VEGA: ", "GENEVA (AP) - ",
    "😀", "قال الرئيس", "promised to", " who ", "It is over", "\x00", "'s ", "US officials ",
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
HOSTILE = {
    "ten thousand marks": ' "a' * 10_000,
    "marks that only open": "“She said so. " * 3_000,
    "only emoji": "😀🎉" * 300,
    "right to left": 'قال الرئيس "لا" للصحافة. ' * 100,
    "three hundred turns": "\n".join(
        f"{'LOPEZ' if n % 2 else 'DIAZ'}: The bridge is closed for day {n}." for n in range(300)
    ),
    "one quote that is everything": "“" + "The bridge is closed. We said so on Monday. " * 300 + "”",
    "nothing": "",
}


def check(text, quotes):
    for quote in quotes:
        spans = [*quote.content_spans, *filter(None, (quote.cue_span, quote.speaker_span))]
        assert quote.content_spans
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert list(quote.content_spans) == sorted(quote.content_spans)
        assert 0 <= quote.probability <= 1
    firsts = [quote.content_spans[0] for quote in quotes]
    assert firsts == sorted(firsts)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS)
def test_any_text_gives_spans_inside_it_and_in_order(text, parsed):
    doc = parsed(text)
    check(doc.text, list(find_quotes(doc, find_actors(doc))))


@settings(max_examples=300, deadline=None)
@given(text=TEXTS)
def test_quoted_stretches_never_overlap(text):
    spans = quoted_spans(text)
    assert all(s.start <= s.inner_start <= s.inner_end <= s.end <= len(text) for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_are_read_without_a_crash(text, parsed):
    doc = parsed(text)
    check(text, list(find_quotes(doc, find_actors(doc))))


def test_every_turn_of_a_transcript_has_its_speaker(parsed):
    doc = parsed(HOSTILE["three hundred turns"])
    turns = [q for q in find_quotes(doc, []) if q.rule == "transcript"]
    assert len(turns) == 300


def test_a_quote_that_spans_the_article_is_one_passage():
    (span,) = quoted_spans(HOSTILE["one quote that is everything"])
    assert (span.start, span.end) == (0, len(HOSTILE["one quote that is everything"]))


def test_twice_the_text_takes_about_twice_the_time(parsed):
    page = 'Vega said the bridge is closed. "It is over," she added. Diaz promised to "act".\n\n'
    seconds = []
    for copies in (100, 400):
        doc = parsed(page * copies)
        start = time.process_time()
        list(find_quotes(doc, []))
        seconds.append(time.process_time() - start)
    assert seconds[1] < 4 * seconds[0] * 2  # four times the text; a square would take sixteen times
