"""Invented sentences with what a reader finds in them: accuracy may not fall unseen.

`gold/sentences.csv` has, joined by "; ", events as `FRA>IRN 3` (quad class), statements as `speaker: content`
and attitudes of speakers to countries as `speaker>IRN -1`. The floors are a little below what was measured
when the labels were made; raise them when the figures rise.
"""

import csv
import re
from functools import cache
from pathlib import Path

import pytest

from analysis.pipeline.annotate import annotate

SENTENCES = Path(__file__).parent / "gold" / "sentences.csv"
FLOORS = {"events": (0.8, 0.92), "quotes": (0.88, 0.93), "attitudes": (0.75, 0.9)}  # precision, recall
pytestmark = pytest.mark.model


def statement(speaker: str, content: str) -> str:
    """The last name of a speaker, and the words of the content without marks and a first *that*."""
    words = re.sub(r"\W+", " ", content).strip().casefold().removeprefix("that ")
    return f"{speaker.split()[-1].casefold()}: {words}"


def found_in(row: dict) -> dict[str, set[str]]:
    """What was read from a sentence, as the labels have it."""
    return {
        "events": {
            f"{one['source_country_code']}>{one['target_country_code']} {one['quad']}"
            for one in row["events"]
        },
        "quotes": {
            statement(
                one["speaker_name"] or "nobody",
                " ".join(row["text"][start:end] for start, end in one["content_spans"]),
            )
            for one in row["quotes"]
        },
        "attitudes": {
            f"{one['speaker_name']}>{one['target_country_code']} {one['label']}" for one in row["attitudes"]
        },
    }


@cache
def compared() -> list[tuple[str, dict[str, set[str]], dict[str, set[str]]]]:
    """Each sentence with its labels and what was read."""
    with SENTENCES.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    read = annotate({"id": n, "text": row["text"]} for n, row in enumerate(rows))
    found = []
    for row, annotated in zip(rows, read, strict=True):
        labels = {kind: set(filter(None, row[kind].split("; "))) for kind in FLOORS}
        labels["quotes"] = {statement(*one.split(": ", 1)) for one in labels["quotes"]}
        found.append((row["text"], labels, found_in({**annotated, "text": row["text"]})))
    return found


@pytest.mark.parametrize("kind", FLOORS)
def test_precision_and_recall_stay_above_their_floors(kind):
    rows = [(text, labels[kind], read[kind]) for text, labels, read in compared()]
    right = sum(len(labels & read) for _, labels, read in rows)
    precision = right / sum(len(read) for *_, read in rows)
    recall = right / sum(len(labels) for _, labels, _ in rows)
    wrong = "\n".join(f"{text}\n  {labels} read as {read}" for text, labels, read in rows if labels != read)
    least = FLOORS[kind]
    assert precision >= least[0] and recall >= least[1], f"{precision:.3f}, {recall:.3f} of {kind}\n{wrong}"
