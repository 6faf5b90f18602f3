"""What the encoder is trained and measured on, read from the gold and corpora folders of the benchmark.

None of these texts is part of the project. Files named train, and the current events of January to October,
are for training; dev files and November to December only for reporting.
"""

import csv
import json
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from analysis.nlp.parse.encoder import mark_pair, mark_target
from analysis.schemas import QUADS

ROOTS = tuple(dict.fromkeys("YIELD" if root in ("CONCEDE", "RETREAT") else root for root in QUADS))
"""PLOVER roots; the training set was labelled before YIELD was split into CONCEDE and RETREAT."""

STANCES = (-1, 0, 1)
SECTIONS = (
    "Armed conflicts and attacks",
    "Disasters and accidents",
    "Law and crime",
    "Politics and elections",
    "International relations",
    "Business and economy",
    "Sports",
    "Health and environment",
    "Arts and culture",
    "Science and technology",
)
SPELLINGS = {  # the editors of the pages do not agree
    "attacks and armed conflicts": "Armed conflicts and attacks",
    "disaster and accidents": "Disasters and accidents",
    "disasters and incidents": "Disasters and accidents",
    "business and econony": "Business and economy",
}
DEV_FROM = "2025-11-01"
SHARES = {"root": 5, "stance": 10, "section": 10}  # one in so many is held out in the first round
SEED = 7

Span = tuple[int, int]


class Example(NamedTuple):
    """One question with its answer."""

    text: str  # without marks
    spans: tuple[Span | None, ...]  # source and target; target; nothing
    label: int  # place in ROOTS, STANCES or SECTIONS

    @property
    def marked(self) -> str:
        if not self.spans:
            return self.text
        return (
            mark_target(self.text, *self.spans) if len(self.spans) == 1 else mark_pair(self.text, *self.spans)
        )


def relations(shared: Path, split: str) -> list[Example]:
    """Pairs of PLV; a few rows name only one side."""
    with open(shared / f"gold/plv_{split}.tsv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        Example(*unmarked(row["marked_sentence"]), ROOTS.index(row["gold_root"]))
        for row in rows
        if row["gold_root"] in ROOTS
    ]


def unmarked(marked: str) -> tuple[str, tuple[Span | None, Span | None]]:
    """Text and the first span of source and target of a sentence marked `<s>A</s> met <t>B</t>`."""
    text, opened, spans = "", {}, {}
    for piece in re.split(r"(</?[st]>)", marked):
        tag = re.fullmatch(r"<(/?)([st])>", piece)
        if not tag:
            text += piece
        elif tag[1]:
            spans.setdefault(tag[2], (opened[tag[2]], len(text)))
        else:
            opened[tag[2]] = len(text)
    return text, (spans.get("s"), spans.get("t"))


def stances(shared: Path, name: str) -> list[Example]:
    """Targets of NewsMTSC."""
    rows = read_lines(shared / f"gold/newsmtsc_{name}.jsonl")
    return [
        Example(row["sentence_normalized"], ((t["from"], t["to"]),), int(t["polarity"]) // 2 - 1)
        for row in rows
        for t in row["targets"]
    ]


def sections(shared: Path, *, is_dev: bool) -> list[Example]:
    """Items of Wikipedia's Current Events, labelled with their section."""
    return [
        Example(row["text"], (), section_index(row["section"]))
        for row in read_lines(shared / "corpora/current_events_2025.jsonl")
        if (row["date"] >= DEV_FROM) == is_dev
    ]


def section_index(name: str) -> int:
    known = {section.lower(): place for place, section in enumerate(SECTIONS)}
    return known[SPELLINGS.get(name.lower(), name).lower()]


def unlabelled(shared: Path) -> Iterator[str]:
    """News texts for weak labels, none of them from the months reserved for reporting."""
    for row in read_lines(shared / "corpora/current_events_2025.jsonl"):
        if row["date"] < DEV_FROM:
            yield row["text"]
    for row in read_lines(shared / "corpora/wikinews_2019_2020.jsonl"):
        yield row["text"]


def read_lines(path: Path) -> list[dict]:
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def split_off(examples: Sequence[Example], share: int) -> tuple[list[Example], list[Example]]:
    """Training examples, and one in `share` held out, always the same ones."""
    order = list(range(len(examples)))
    random.Random(SEED).shuffle(order)
    held_out = set(order[: len(order) // share])
    learnt = [example for place, example in enumerate(examples) if place not in held_out]
    return learnt, [examples[place] for place in sorted(held_out)]
