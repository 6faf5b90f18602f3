"""Fit the column `weight` of `analysis/data/topics/theme_terms.csv`.

usage: python benchmarks/fit_topics.py SHARED_FOLDER [--out FOLDER]

Fitted on `corpora/current_events_2025.jsonl`, January to October. Analysts choose the terms, their topics
and parts of speech, and the fit changes only the weights. Each starts at its hand-set value
(`topic_starts.csv`, or the list itself for a term that has not been fitted yet). Weights of an earlier
fit are ignored, so that runs do not drift.

The loss is the log-loss of a softmax over the sections' shares, summed over the sentences of an item;
rare sections weigh more. A quadratic pull holds the logarithm of each weight near its start. Scikit-learn
has no model in which weights share the mass of a sentence, hence `descend`. A supporting term (below
`MIN_WEIGHT`) stays one. Takes half a minute.
"""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from reader_examples import SECTIONS, Target, section_items

from analysis.lexicons import DATA, load_lexicon
from analysis.nlp.parse.parser import parse, sentences
from analysis.nlp.topics.taxonomy import (
    MIN_WEIGHT,
    NO_TOPIC,
    load_terms,
    match_terms,
    split_term,
    word_forms,
)

HERE = Path(__file__).parent
SHARPNESS = 6.0
PULL = 3.0
STEPS = 200  # of the descent
MOVED = 0.1  # a weight whose logarithm moved less keeps its start
LOWEST, HIGHEST_SUPPORT = 0.2, 1.4
NOTE = "weight fitted on Wikipedia current events, January to October 2025"
UNLIKE_SECTIONS = (
    "migration",
    "religion",
    "energy and resources",
    "human rights and humanitarian",
    "cyber and information",
)
"""Not fitted: the sections treat these themes differently from an analyst."""


class Matches(NamedTuple):
    """Terms found in sentences, one entry per sentence, term and topic."""

    sentence: np.ndarray
    term: np.ndarray  # row of the word list
    item: np.ndarray  # of each sentence


def find_matches(examples: Sequence[Target], terms: pd.DataFrame) -> Matches:
    """What `find_topics` would weigh, before any weight is known."""
    keys = zip(map(split_term, terms["term"]), terms["pos"], terms["topic"], strict=True)
    place = {key: row for row, key in enumerate(keys)}
    pairs, item_of = [], []
    for item, doc in enumerate(parse(example.text for example in examples)):
        forms = word_forms(doc)
        for sentence in sentences(doc):
            found = {term for term, _ in match_terms(sentence, forms, load_terms("theme"))}
            rows = sorted(place[t.words, t.pos, topic] for t in found for topic, _ in t.topics)
            pairs.extend((len(item_of), row) for row in rows)
            item_of.append(item)
    sentence, term = np.array(pairs).T
    return Matches(sentence, term, np.array(item_of))


def starting_weights(terms: pd.DataFrame) -> np.ndarray:
    """The hand-set weight of each row."""
    starts = pd.read_csv(HERE / "topic_starts.csv", keep_default_na=False)
    both = terms.merge(starts, on=["term", "topic", "pos"], how="left", validate="one_to_one")
    return both["weight_y"].fillna(both["weight_x"].astype(float)).to_numpy()


def fit_weights(terms: pd.DataFrame, examples: Sequence[Target]) -> np.ndarray:
    """Weights that predict the sections of the items, near their starts."""
    found, start = find_matches(examples, terms), starting_weights(terms)
    mapped = pd.read_csv(HERE / "topic_sections.csv").set_index("topic")["section"]
    section = terms["topic"].map(lambda topic: SECTIONS.index(mapped[topic]) if topic in mapped else -1)
    is_topic = (terms["topic"] != NO_TOPIC).to_numpy()
    is_free = ~terms["topic"].isin(UNLIKE_SECTIONS).to_numpy()
    labels = np.array([example.label for example in examples])

    def gradient(moves: np.ndarray) -> np.ndarray:
        weights = start * np.exp(moves)
        slope = loss_slope(weights, found, section.to_numpy(), is_topic, labels)
        return (slope * weights + 2 * PULL * moves) * is_free

    return start * np.exp(descend(np.zeros_like(start), gradient, rate=0.05))


def loss_slope(
    weights: np.ndarray, found: Matches, section: np.ndarray, is_topic: np.ndarray, labels: np.ndarray
) -> np.ndarray:
    """Slope of the softmax loss at given weights, one value a term."""
    own, is_mapped = section[found.term], section[found.term] >= 0
    mass = weights[found.term]
    total = np.bincount(found.sentence, mass * is_topic[found.term], len(found.item)) + 1e-9
    shares = np.zeros((len(found.item), len(SECTIONS)))
    np.add.at(shares, (found.sentence[is_mapped], own[is_mapped]), mass[is_mapped])
    shares /= total[:, None]
    sums = np.zeros((len(labels), len(SECTIONS)))
    np.add.at(sums, found.item, shares)
    errors = (SHARPNESS * weighted_errors(SHARPNESS * sums, labels))[found.item]
    slope = -(errors * shares).sum(1)[found.sentence] * is_topic[found.term]
    slope += np.where(is_mapped, errors[found.sentence, np.maximum(own, 0)], 0)
    return np.bincount(found.term, slope / total[found.sentence], len(weights))


def weighted_errors(sums: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Probability minus truth, each section weighted by the root of its rarity."""
    powers = np.exp(sums - sums.max(1, keepdims=True))
    errors = powers / powers.sum(1, keepdims=True)
    errors[np.arange(len(labels)), labels] -= 1
    counts = np.maximum(1, np.bincount(labels, minlength=len(SECTIONS)))
    return errors * np.sqrt(len(labels) / len(SECTIONS) / counts)[labels, None]


def rounded(weights: np.ndarray, start: np.ndarray) -> np.ndarray:
    """Weights in tenths below 1 and in fifths above; no term crosses `MIN_WEIGHT`."""
    steps = np.where(weights < 1, np.round(np.maximum(weights, LOWEST), 1), np.round(weights * 5) / 5)
    return np.where(start < MIN_WEIGHT, np.minimum(steps, HIGHEST_SUPPORT), np.maximum(steps, MIN_WEIGHT))


def fitted_terms(shared: Path) -> pd.DataFrame:
    """The word list with new weights, and notes on those that moved."""
    terms = load_lexicon("topics/theme_terms")
    start = starting_weights(terms)
    weights = rounded(fit_weights(terms, section_items(shared, is_dev=False)), start)
    has_moved = (np.abs(np.log(weights / start)) > MOVED) & (terms["topic"] != NO_TOPIC).to_numpy()
    return terms.assign(
        weight=[f"{weight:g}" for weight in np.where(has_moved, weights, start)],
        note=np.where(has_moved, terms["note"].replace("", NOTE), terms["note"].replace(NOTE, "")),
    )


def descend(start: np.ndarray, gradient: Callable[[np.ndarray], np.ndarray], *, rate: float) -> np.ndarray:
    """Adam from hand-set values in a fixed number of steps, so that nothing is random.

    Source: Kingma and Ba 2015, algorithm 1, with its decay rates.

    Args:
        start: values set by hand.
        gradient: of the loss, at given values.
        rate: size of a step.
    """
    values, mean, square = start.copy(), np.zeros_like(start), np.zeros_like(start)
    for step in range(1, STEPS + 1):
        slope = gradient(values)
        mean = 0.9 * mean + 0.1 * slope
        square = 0.999 * square + 0.001 * slope**2
        values -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return values


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shared", type=Path)
    parser.add_argument("--out", type=Path, default=DATA)
    options = parser.parse_args()
    path = options.out / "topics/theme_terms.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    fitted_terms(options.shared).to_csv(path, index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
