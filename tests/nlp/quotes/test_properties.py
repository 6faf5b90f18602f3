"""Whatever the text, quotes are inside it and in order, and twice the text is about twice the work."""

import sys
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, example, given, settings, strategies as st

from analysis.nlp.actors.mentions import find_actors
from analysis.nlp.quotes.attribution import find_quotes
from analysis.nlp.quotes.page import quoted_spans
from analysis.schemas import CUE_STANCES, QUOTE_KINDS

pytestmark = pytest.mark.model

PIECES = (
    '"', "“", "”", "''", "``", "‘", "’", "«", "»", "„", "\n", "\n\n", "\r\n", "\t", " ", "  ", ", ", ". ",
    ": ", " - ", " — ", "(", ")", "?", "!", "…", " she said", " said Vega", "Vega said ", "He told reporters",
    "Maria Lopez, a lawyer at the Vega Institute, ", "the official ", "on condition of anonymity", "it ",
    "they ", "the bridge is closed", " according to police", "VEGA: ", "Vega: ", "GENEVA (AP) - ", "😀",
    "قال الرئيس",
    "promised to", " who ", "that ", "It is over", "\x00", "\u202e", "'s ", "US officials ", "China doubts ",
    'a "cheating" China', "his warning that ", "Mr. Vega (R-Ohio) ", "<p>", "=", "vowed to be “ruthless",
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=80),
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join),
)
NEWS = 'Vega said the bridge is closed. "It is over," she added. The official promised to "act".\n\n'
HOSTILE: dict[str, Callable[[int], str]] = {
    "marks that never close": lambda n: ' "a' * (50 * n),
    "marks that only open": lambda n: "“She said so. " * (25 * n),
    "a mark a paragraph": lambda n: '"She said\n' * (50 * n),
    "a long article": lambda n: NEWS * (10 * n),
    "one paragraph": lambda n: NEWS.strip() * (10 * n),
    "a quote that spans the article": lambda n: "“" + "The bridge is closed. We said so. " * (25 * n) + "”",
    "a transcript": lambda n: "".join(
        f"{'LOPEZ' if k % 2 else 'DIAZ'}: The bridge is closed for day {k}.\n" for k in range(25 * n)
    ),
    "names and pronouns": lambda n: (
        "Maria Lopez met Juan Diaz. He said she told him it was over. " * (20 * n)
    ),
    "a sentence without end": lambda n: "Lopez said that Diaz, " + "and Vega, who knows it, " * (100 * n),
    "no full stop": lambda n: "vega said bridge closed she told him that " * (50 * n),
    "right to left": lambda n: 'قال الرئيس "لا" للصحافة. ' * (25 * n),
    "only emoji": lambda n: "😀🎉" * (200 * n),
    "only apostrophes": lambda n: "'" * (300 * n),
    "only blanks": lambda n: " " * (300 * n),
    "a cue after each mark": lambda n: "\"'\"' said " * (50 * n),
    "conditions": lambda n: "on condition of of of " * (50 * n),
}


def check(text, quotes):
    for quote in quotes:
        spans = [*quote.content_spans, *filter(None, (quote.cue_span, quote.speaker_span))]
        assert quote.content_spans
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(text[start:end].strip() for start, end in spans)
        assert all(a[1] <= b[0] for a, b in pairwise(quote.content_spans))
        assert 0 <= quote.probability <= 1
        assert quote.kind in QUOTE_KINDS
        assert quote.cue_stance is None or quote.cue_stance in CUE_STANCES
        assert (quote.speaker_id is None) == (quote.speaker_name is None)
        assert (quote.cue is None) == (quote.cue_span is None)
    firsts = [quote.content_spans for quote in quotes]
    assert firsts == sorted(firsts)
    cues = [quote.cue_span for quote in quotes if quote.cue_span]
    assert len(cues) == len(set(cues))


def work(task: Callable[[], object]) -> int:
    """How many functions are called, Python's and C's: what a clock would show, without the noise."""
    calls = 0

    def count(frame, event, argument):
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        task()
    finally:
        sys.setprofile(None)
    return calls


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS)
@example(text="\r(B0 promised 0t")
@example(text='BinQ bsos »100\'\'"0( k+1c""')
@example(text='@3 doubt 0 said "A,J000 I0"')
def test_whatever_the_text_spans_are_inside_it_and_in_order(text, parsed):
    doc = parsed(text)
    assert doc.text == text
    mentions = find_actors(doc)
    found = list(find_quotes(doc, mentions))
    check(text, found)
    assert found == list(find_quotes(doc, mentions))


@settings(deadline=None)
@given(text=TEXTS)
def test_quoted_stretches_never_overlap(text):
    spans = quoted_spans(text)
    assert all(s.start <= s.inner_start <= s.inner_end <= s.end <= len(text) for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))


@pytest.mark.parametrize("build", HOSTILE.values(), ids=HOSTILE)
def test_twice_as_much_hostile_text_is_about_twice_the_work(build, parsed):
    calls = []
    for size in (2, 4):
        text = build(size)
        doc = parsed(text)
        mentions = find_actors(doc)
        check(text, list(find_quotes(doc, mentions)))
        calls.append(work(lambda doc=doc, mentions=mentions: list(find_quotes(doc, mentions))))
    assert calls[1] < 2.5 * calls[0]


def test_a_preposition_at_the_end_of_a_text_leads_to_no_quote(parsed):
    assert list(find_quotes(parsed(" CHO I IS ovEr"), [])) == []


def test_every_turn_of_a_transcript_of_three_hundred_has_its_speaker(parsed):
    doc = parsed(HOSTILE["a transcript"](12))
    turns = [q for q in find_quotes(doc, []) if q.rule == "transcript"]
    assert len(turns) == 300


def test_ten_thousand_unclosed_quotation_marks_are_not_quotes():
    assert quoted_spans("“She said so. " * 10_000) == []


def test_a_quote_that_spans_the_article_is_one_passage():
    text = HOSTILE["a quote that spans the article"](1)
    (span,) = quoted_spans(text)
    assert (span.start, span.end) == (0, len(text))
