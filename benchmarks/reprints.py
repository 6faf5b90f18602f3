"""How well reprints are found: artificial variants of real articles, and real pairs judged to be reprints.

usage: python benchmarks/reprints.py SHARED

SHARED has corpora/*.jsonl with title, date and text. Prints a Markdown table of the share of each kind of
variant that is found, then the pairs that are joined in the original corpora, to be read by hand.
"""

import json
import random
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.ingest.reprints import MIN_CONTAINED, story_ids
from analysis.ingest.texts import content_hash

CORPORA = ("state_2021_2022", "wikinews_2019_2020")
MIN_WORDS = 120
SAMPLE = 300
THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7)
Made = Callable[[list[str], random.Random], list[str]]


def articles(shared: Path) -> list[tuple[str, pd.Timestamp, str]]:
    found = {}
    for name in CORPORA:
        for line in (shared / "corpora" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            text = f"{record['title']}\n\n{record['text']}"
            found[content_hash(text)] = pd.Timestamp(record["date"]), text
    return [(article_id, day, text) for article_id, (day, text) in sorted(found.items())]


def shortened(sentences: list[str], draw: random.Random) -> list[str]:
    words = draw.uniform(0.3, 0.6) * sum(len(sentence.split()) for sentence in sentences)
    kept = []
    for sentence in sentences:
        if sum(len(one.split()) for one in kept) < words:
            kept.append(sentence)
    return kept


def other_headline(sentences: list[str], draw: random.Random) -> list[str]:
    return ["What we know so far about the latest turn", *sentences[1:]]


def other_lead(sentences: list[str], draw: random.Random) -> list[str]:
    lead = "A day of talks ended in the capital with both sides claiming that the other had moved first."
    return [sentences[0], lead, *sentences[3:]]


def other_tag(sentences: list[str], draw: random.Random) -> list[str]:
    return [sentences[0], "STRELSAU (AFP) -", *sentences[1:], "© Agence, all rights reserved. Follow us."]


def edited(sentences: list[str], draw: random.Random) -> list[str]:
    return [words_changed(sentence, draw, 0.08) for sentence in sentences]


def cut_and_edited(sentences: list[str], draw: random.Random) -> list[str]:
    kept = [sentence for sentence in sentences if draw.random() < 0.65]
    return [words_changed(sentence, draw, 0.08) for sentence in other_headline(["", *kept], draw)]


def words_changed(sentence: str, draw: random.Random, share: float) -> str:
    """A sentence after copy editing: some words removed or replaced."""
    words = sentence.split()
    return " ".join(
        word if draw.random() > share else draw.choice(["", "the", "said", "also", "new"]) for word in words
    )


VARIANTS: dict[str, Made] = {
    "shortened to 30-60%": shortened,
    "another headline": other_headline,
    "another lead": other_lead,
    "another agency's tag": other_tag,
    "8% of words changed": edited,
    "cut to 65%, another headline, 8% of words changed": cut_and_edited,
}


def jaccard(one: str, other: str, size: int = 3) -> float:
    runs = [
        set(zip(*(words[i:] for i in range(size)), strict=False)) for words in (one.split(), other.split())
    ]
    return len(runs[0] & runs[1]) / max(len(runs[0] | runs[1]), 1)


def recall(corpus: list, originals: list, make: Made, min_contained: float) -> tuple[float, float]:
    """Share of variants that join their original, and the similarity of the two by three-word runs."""
    draw = random.Random(1)
    made = {}
    for article_id, day, text in originals:
        sentences = re.split(r"(?<=[.!?])\s+|\n+", text)
        variant = " ".join(make(sentences, draw))
        made[content_hash(variant)] = article_id, day + pd.Timedelta(days=draw.randint(0, 3)), variant
    variants = [(key, day, text) for key, (_, day, text) in made.items()]
    stories = story_ids([*corpus, *variants], min_contained=min_contained)
    by_id = {article_id: text for article_id, _, text in originals}
    similarity = np.mean([jaccard(by_id[origin], text) for origin, _, text in made.values()])
    return np.mean([stories[key] == stories[origin] for key, (origin, _, _) in made.items()]), similarity


def joined_pairs(corpus: list, min_contained: float = MIN_CONTAINED) -> list[tuple[str, str]]:
    stories = story_ids(corpus, min_contained=min_contained)
    return [(article_id, story) for article_id, story in stories.items() if article_id != story]


def main() -> None:
    corpus = articles(Path(sys.argv[1]))
    long = [article for article in corpus if len(article[2].split()) >= MIN_WORDS]
    originals = random.Random(0).sample(long, SAMPLE)
    print("| variant | 3-word runs shared |", *(f"found at {limit} |" for limit in THRESHOLDS))
    print("|---|" + "---|" * (len(THRESHOLDS) + 1))
    for name, make in VARIANTS.items():
        found = []
        for threshold in THRESHOLDS:
            share, similarity = recall(corpus, originals, make, threshold)
            found.append(f"{share:.3f}")
        print(f"| {name} | {similarity:.2f} |", " | ".join(found), "|")
    for threshold in THRESHOLDS:
        print(f"joined without variants at {threshold}: {len(joined_pairs(corpus, threshold))} articles")
    titles = {article_id: f"{day:%Y-%m-%d} {text.splitlines()[0]}" for article_id, day, text in corpus}
    for pair in joined_pairs(corpus):
        print(*(titles[article_id] for article_id in pair), sep="\n    ")
    started = time.perf_counter()
    story_ids(corpus)
    words = sum(len(text.split()) for _, _, text in corpus)
    print(f"{len(corpus)} articles, {words:,} words: {time.perf_counter() - started:.1f} s")


if __name__ == "__main__":
    main()
