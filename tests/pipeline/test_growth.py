"""The work of a pass grows with the text, not with its square; `benchmarks/growth.py` measures the time."""

import sys
from functools import cache

import pandas as pd
import pytest
from spacy.tokens import Doc

from analysis.nlp.parse.parser import parse
from analysis.pipeline.extractors import article_rows
from benchmarks.growth_patterns import PATTERNS, repeated
from benchmarks.validation.risk_words import paragraphs_of

FEW, MANY = 20, 80
PIECES = (
    *("said after a straight quote", "a quote and a country", "turns of a transcript"),
    *("pronouns and nobody", "a title and a name", "two acts", "a toll", "a paragraph"),
)


class CountingDoc(Doc):
    """A Doc that counts how often its text is put together."""

    count = 0

    @property
    def text(self):
        CountingDoc.count += 1
        return "".join(token.text_with_ws for token in self)


@cache
def parsed_bytes(text):
    """The vocabulary and the bytes of a parse, of which each test makes a Doc that nothing has looked at."""
    (doc,) = parse([text])
    return doc.vocab, doc.to_bytes()


def fresh(text, kind=Doc):
    vocab, content = parsed_bytes(text)
    return kind(vocab).from_bytes(content)


def times_put_together(run, text):
    doc = fresh(text, CountingDoc)
    CountingDoc.count = 0
    run(doc)
    return CountingDoc.count


@pytest.mark.model
@pytest.mark.parametrize("piece", [PATTERNS["a quote and a country"], '"China lied to Peru," he told Iran. '])
def test_the_text_of_an_article_is_not_put_together_for_every_quote_or_mention(piece):
    counts = [times_put_together(lambda doc: article_rows("a", doc), piece * n) for n in (FEW, MANY)]
    assert counts[0] == counts[1]


def calls(run):
    """The number of functions that are called."""
    count = 0

    def note(frame, event, argument):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        run()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.model
@pytest.mark.parametrize("piece", PIECES)
def test_four_times_the_text_takes_about_four_times_the_calls(piece):
    found = []
    for size in (1_500, 6_000):
        doc = fresh(repeated(PATTERNS[piece], size))
        found.append(calls(lambda doc=doc: article_rows("a", doc)))
    assert found[1] < 5.5 * found[0] + 1_000


def test_a_million_spaces_are_no_paragraphs():
    """A pattern that begins with any white space would take an hour."""
    text = "Envoys met." + " " * 1_000_000 + "x\n \n" + " " * 1_000_000 + "They left."
    stories = pd.DataFrame({"title": ["Talks"], "text": [text]}, index=["a"])
    found = paragraphs_of(stories).tolist()
    assert found == ["Talks", "Envoys met." + " " * 1_000_000 + "x", "They left."]
