#!/usr/bin/env python3
"""Fit the weights of `analysis/data/stance/attitudes.csv` on articles whose stances readers annotated.

    python benchmarks/fit_attitudes.py SHARED_FOLDER

Learns from the annotated articles (`reader_examples.gold_files`) and from the stances of further texts in
`article_labels.jsonl`, which names their speakers by country alone. A sentence in which a reader found a
stance of its speaker towards a side teaches the label, another sentence of the two teaches little, every
other one that nothing is held. The weights of a label are those by which it exceeds "nothing". Prints
precision, recall and F1 by the least probability, out of ten folds: too good by six points, since the reader
knows what the events of these articles are (`articles.md`). Run it again when the reader changes.
"""

import argparse
import json
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from reader_examples import corpus_texts, gold_files
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from analysis.lexicons import DATA
from analysis.nlp import attitudes
from analysis.nlp.actors.mentions import find_actors
from analysis.nlp.attitudes import LABELS, SIGNS, Remark, find_remarks, remark_signs, summed
from analysis.nlp.events.coder import find_events, read_text
from analysis.nlp.parse.parser import parse
from analysis.nlp.quotes.attribution import find_quotes

MORE_LABELS = Path(__file__).parent / "article_labels.jsonl"
ITEMS = "current_events_2025"  # whose stances nobody labelled
PULL = 0.1  # inverse strength of the quadratic pull towards 0
ELSEWHERE = 0.3  # weight of a sentence without the stance that its speaker shows elsewhere
FOLDS = 10
LEASTS = (0.22, 0.24, 0.26, 0.28, 0.3, 0.34)
STOP = frozenset(("the", "a", "an", "of", "for", "and", "in", "on", "to", "at", "by", "from", "us", "former"))
NOTHING = 0


class Reading(NamedTuple):
    """One article as it is read."""

    remarks: list[Remark]
    signs: list[dict[str, float]]
    stances: list[dict]


def words(text: str) -> set[str]:
    return {word for word in re.findall(r"[\w']+", text.lower()) if word not in STOP}


def gold_articles(path: Path) -> Iterator[tuple[str, list[dict]]]:
    """Text, its title first, and stances, their offsets moved along."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        shift = len(row["title"]) + 2 if row["title"] else 0
        text = f"{row['title']}\n\n{row['text']}" if shift else row["text"]
        stances = [
            {**s, "sentences": [(a + shift, b + shift) if b else (0, shift) for a, b in s["sentences"]]}
            for s in row["stances"]
        ]
        yield text, stances


def more_articles(shared: Path) -> Iterator[tuple[str, list[dict]]]:
    """The same of the further texts, each as far as it was annotated; their speakers have no names."""
    texts = corpus_texts(shared)
    for line in MORE_LABELS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["corpus"] != ITEMS and "checked" not in row:
            yield texts[row["id"]][: row["read_to"]], [{"speaker": "", **one} for one in row["stances"]]


def readings(articles: Iterable[tuple[str, list[dict]]]) -> list[Reading]:
    """What is read in the articles."""
    found = []
    rows = list(articles)
    for (_, stances), doc in zip(rows, parse(text for text, _ in rows), strict=True):
        mentions = find_actors(doc)
        quotes = list(find_quotes(doc, mentions))
        text = read_text(doc, mentions, quotes)
        events = find_events(text)
        remarks = list(find_remarks(doc, mentions, quotes, events))
        found.append(Reading(remarks, list(remark_signs(text, remarks, events)), stances))
    return found


def is_held(stance: dict, name: str, code: str | None, target: str) -> bool:
    """Whether a stance is that of a speaker, by name or country, towards a target."""
    is_speaker = bool(words(stance["speaker"]) & words(name)) or code == (stance["speaker_country"] or "")
    return is_speaker and stance["target"] == target


def lessons(reading: Reading) -> Iterator[tuple[dict[str, float], int, float]]:
    """Signs, label and weight of each remark."""
    for remark, signs in zip(reading.remarks, reading.signs, strict=True):
        own = (remark.speaker_name, remark.speaker_code, remark.target_code)
        held = [stance for stance in reading.stances if is_held(stance, *own)]
        here = {
            stance["label"]
            for stance in held
            if any(a < remark.end_char - 1 and b > remark.start_char + 1 for a, b in stance["sentences"])
        }
        for label in here or {NOTHING}:
            yield signs, label, 1 / len(here) if here else ELSEWHERE if held else 1.0


def fit(read: Sequence[Reading]) -> dict[str, tuple[float, float]]:
    """Sign -> its weights for "against" and "for"."""
    signs, labels, shares = zip(*(lesson for reading in read for lesson in lessons(reading)), strict=True)
    shaper = DictVectorizer()
    table = shaper.fit_transform([{k: v for k, v in row.items() if k != "always"} for row in signs])
    model = LogisticRegression(C=PULL, max_iter=2000).fit(table, labels, sample_weight=shares)
    row_of = {label: i for i, label in enumerate(model.classes_)}
    above = [model.coef_[row_of[label]] - model.coef_[row_of[NOTHING]] for label in LABELS]
    always = [model.intercept_[row_of[label]] - model.intercept_[row_of[NOTHING]] for label in LABELS]
    fitted = dict(zip(shaper.feature_names_, zip(*above, strict=True), strict=True))
    return {"always": tuple(always), **fitted}


def reported(reading: Reading, known: dict[str, tuple[float, float]]) -> dict[tuple, float]:
    """Speaker, target and label -> probability, the surer label of each speaker and target."""
    found: dict[tuple, list[float]] = {}
    for remark, signs in zip(reading.remarks, reading.signs, strict=True):
        for label, p in zip(LABELS, attitudes.softmax(signs, known), strict=True):
            key = remark.speaker_name, remark.speaker_code, remark.target_code, label
            found.setdefault(key, []).append(p)
    sure = {key: summed(rows) for key, rows in found.items()}
    return {key: p for key, p in sure.items() if p >= sure[*key[:3], -key[3]]}


def rates(read: Sequence[Reading], told: Sequence[dict[tuple, float]], least: float) -> str:
    """Precision, recall and F1 of what is as sure as that."""
    hit = right = count = wanted = 0
    for reading, rows in zip(read, told, strict=True):
        keys = [key for key, p in rows.items() if p >= least]
        fits = [[s["label"] == k[3] and is_held(s, *k[:3]) for k in keys] for s in reading.stances]
        hit += sum(map(any, fits))
        right += sum(map(any, zip(*fits, strict=True)))
        count, wanted = count + len(keys), wanted + len(reading.stances)
    precision, recall = right / max(count, 1), hit / max(wanted, 1)
    return (
        f"{least}: {precision:.3f} {recall:.3f} {2 * precision * recall / max(precision + recall, 1e-9):.3f}"
    )


def in_folds(read: Sequence[Reading]) -> list[dict[tuple, float]]:
    """What is reported of each article by weights fitted on the others."""
    told: list[dict[tuple, float]] = [{} for _ in read]
    for fold in range(FOLDS):
        known = fit([reading for i, reading in enumerate(read) if i % FOLDS != fold])
        for i in range(fold, len(read), FOLDS):
            told[i] = reported(read[i], known)
    return told


def weight_table(fitted: dict[str, tuple[float, float]], counts: dict[str, int]) -> pd.DataFrame:
    """The list of weights, a row per sign that an article has."""
    rows = []
    for sign in (sign for sign in SIGNS if sign in fitted):
        against, favour = np.round(fitted[sign], 2) + 0.0
        note = f"seen {counts[sign]} times"
        rows.append({"sign": sign, "against": against, "for": favour, "source": "articles", "note": note})
    return pd.DataFrame(rows)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shared", type=Path)
    parser.add_argument("--scratch", type=Path, default=Path(tempfile.gettempdir()))
    parser.add_argument("--out", type=Path, default=DATA / "stance/attitudes.csv")
    options = parser.parse_args()
    gold = [row for path in gold_files(options.shared, options.scratch) for row in gold_articles(path)]
    annotated = readings(gold)
    every = [*annotated, *readings(more_articles(options.shared))]
    told = in_folds(every)[: len(annotated)]
    print("folds", [rates(annotated, told, least) for least in LEASTS])
    counts = dict.fromkeys(SIGNS, 0)
    for sign in (sign for reading in every for signs in reading.signs for sign in signs):
        counts[sign] += 1
    weight_table(fit(every), counts).to_csv(options.out, index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
