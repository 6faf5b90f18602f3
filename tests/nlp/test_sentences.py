"""Sentences and what must come out of them, one a row of `sentences.csv`; most of each task must be right.

A rule may be given up where it costs a row or two; one that breaks shows, with the sentences it breaks.
"""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from spacy.tokens import Doc

from analysis.nlp.actors.mentions import find_actors
from analysis.nlp.quotes.attribution import find_quotes, speaks_for
from analysis.nlp.stance import stance_of

pytestmark = pytest.mark.model

MIN_SHARE = 0.95  # of the rows of a task
with (Path(__file__).parent / "sentences.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))


def actors(doc: Doc, _: str) -> str:
    """Id of each actor, with a mark on those of a dateline."""
    return "; ".join(m.actor_id + " (filed)" * m.is_dateline for m in find_actors(doc))


def people(doc: Doc, _: str) -> str:
    """Name, role, affiliation and country of the last person."""
    last = [m for m in find_actors(doc) if m.kind == "person"][-1:]
    return "; ".join(" | ".join(filter(None, (m.name, m.role, m.affiliation, m.country_code))) for m in last)


def statements(doc: Doc, _: str) -> str:
    """Speaker, in the words of the text, and content of each statement."""
    text = doc.text
    return "; ".join(
        f"{text[slice(*q.speaker_span)]}: {' ... '.join(text[a:b] for a, b in q.content_spans)}"
        for q in find_quotes(doc, find_actors(doc))
    )


def speakers(doc: Doc, _: str) -> str:
    """Name and country of the speaker of each statement."""
    quotes = find_quotes(doc, find_actors(doc))
    return "; ".join(f"{q.speaker_name} | {q.country_code}" for q in quotes)


def own_country(doc: Doc, name: str) -> str:
    """Whether the first speaker speaks for the country of this name."""
    mentions = find_actors(doc)
    named = [mention for mention in mentions if mention.name == name]
    return str(speaks_for(next(find_quotes(doc, mentions)), named[-1]))


def place(doc: Doc, words: str) -> tuple[int, int]:
    start = doc.text.rindex(words)
    return start, start + len(words)


ANSWERS: dict[str, Callable[[Doc, str], str]] = {
    "actors": actors,
    "people": people,
    "statements": statements,
    "speakers": speakers,
    "own country": own_country,
    "stance": lambda doc, words: str(stance_of(doc, place(doc, words)).label),
}


@pytest.mark.parametrize("task", ANSWERS)
def test_most_sentences_are_read_as_they_must_be(task, parsed):
    rows = [row for row in ROWS if row["task"] == task]
    found = [ANSWERS[task](parsed(row["text"]), row["target"]) for row in rows]
    wrong = [
        f"{row['text']} gives {answer}, expected {row['expected']}"
        for row, answer in zip(rows, found, strict=True)
        if answer != row["expected"]
    ]
    assert len(wrong) <= (1 - MIN_SHARE) * len(rows), "\n".join(wrong)
