"""Fit the weights of `indicators/link_weights.csv` on pairs of items that readers called same or different.

usage: python -m benchmarks.fit_links SHARED_FOLDER WORK_FOLDER [--write]

It learns from the pairs of `incident_pairs.jsonl` that are marked `train`. An item may report several acts:
two items are the same if some act of one is some act of the other, so their odds are those of their likest
two reports. Ridge and threshold are chosen by cross-validation with whole weeks held out: the threshold is
the lowest at which at most 2% of the pairs that differ are joined, and the weight of `base` contains it.
Printed are how the labels agree with these odds, and with the incidents that the weights make, in the weeks
that they have not learnt from.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import product
from pathlib import Path
from typing import NamedTuple

import numpy as np
from pandas import DataFrame
from scipy.optimize import minimize

from analysis.indicators.incident_reports import report_rows
from analysis.indicators.incidents import gathered_reports, group_of
from analysis.indicators.report_links import Links, may_be_one
from analysis.lexicons import lexicon_path, read_lexicon
from analysis.tables.rows import rows_of
from benchmarks.fit_ranking import WEEKS, corpus_of, lines_of

FOLDS = 10
RIDGES = (0.01, 0.03, 0.1, 0.3)
MOST_MERGES = 0.02  # of the pairs that differ
BY_HAND = "set by hand"  # source of a weight that pairs of articles cannot teach


class Pair(NamedTuple):
    """Two items with a label."""

    items: tuple[str, str]
    is_same: bool
    features: np.ndarray  # a row for each two reports that may be of one incident


class Weights(NamedTuple):
    """Weights of the features; those set by hand are not fitted."""

    names: list[str]
    values: np.ndarray
    is_fitted: np.ndarray

    def fitted(self, pairs: list[Pair], ridge: float, threshold: float = 0.0) -> "Weights":
        """The weights that explain some labels best, and under which odds of 0 stand for the threshold."""
        known = [pair for pair in pairs if len(pair.features)]
        values = self.values.copy()
        is_base = np.array(self.names) == "base"

        def loss(free: np.ndarray) -> tuple[float, np.ndarray]:
            values[self.is_fitted] = free
            best = np.array([pair.features[np.argmax(pair.features @ values)] for pair in known])
            signs = np.array([1 if pair.is_same else -1 for pair in known])
            odds = signs * (best @ values)
            penalty = np.where(is_base, 0, ridge) * values
            slope = -(signs / (1 + np.exp(odds))) @ best + 2 * penalty
            return np.logaddexp(0, -odds).sum() + penalty @ values, slope[self.is_fitted]

        values[self.is_fitted] = minimize(loss, values[self.is_fitted] * 0, jac=True).x
        return self._replace(values=values - threshold * is_base)

    def odds(self, pairs: list[Pair]) -> np.ndarray:
        """Log odds of pairs; minus infinity where no two reports may be of one incident."""
        return np.array([max(pair.features @ self.values, default=-np.inf) for pair in pairs])


def main() -> None:
    """Print the figures for weeks held out, and the weights."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shared", type=Path)
    parser.add_argument("work", type=Path, help="keeps what was read")
    parser.add_argument("--write", action="store_true", help="write the weights to the word list")
    options = parser.parse_args()
    articles = lines_of(options.shared / "corpora" / WEEKS)
    corpus, items = corpus_of(articles, options.work / "weeks", options.work / "store")
    tables = corpus.tables
    reports = report_rows(tables.articles, tables.events, tables.quotes, tables.topics)
    reports = reports.assign(item=reports["article_id"].map(items))
    rows = read_lexicon("indicators/link_weights")
    names, is_fitted = rows["feature"].tolist(), (rows["source"] != BY_HAND).to_numpy()
    given = Weights(names, rows["weight"].astype(float).to_numpy(), is_fitted)
    pairs = labelled_pairs(reports, names)
    is_same = np.array([pair.is_same for pair in pairs])
    held_out = {ridge: odds_held_out(pairs, given, ridge) for ridge in RIDGES}
    losses = {ridge: loss_of(odds, is_same) for ridge, odds in held_out.items()}
    ridge = min(losses, key=losses.__getitem__)
    threshold = threshold_of(held_out[ridge], is_same)
    print(f"losses {losses}; ridge {ridge}; threshold {threshold:.2f}")
    print(f"odds of pairs held out: {figures(held_out[ridge] > threshold, is_same)}")
    joined = np.zeros(len(pairs), dtype=bool)
    for held in folds(pairs):
        others = [pair for pair, is_out in zip(pairs, held, strict=True) if not is_out]
        found = incidents_of_items(reports, given.fitted(others, ridge, threshold))
        joined[held] = [
            bool(found[a] & found[b]) for (a, b) in (pairs[n].items for n in np.flatnonzero(held))
        ]
    print(f"incidents, pairs held out: {figures(joined, is_same)}")
    rows = rows.assign(weight=given.fitted(pairs, ridge, threshold).values.round(2))
    print(rows[["feature", "weight", "note"]].to_string(index=False))
    if options.write:
        rows.to_csv(lexicon_path("indicators/link_weights"), index=False)


def labelled_pairs(reports: DataFrame, names: list[str]) -> list[Pair]:
    """The pairs to learn from that have a sure label."""
    links, by_item = Links(reports), defaultdict(list)
    for row in rows_of(reports):  # in the order of their days
        by_item[row.item].append(row)
    found = []
    for given in lines_of(Path(__file__).with_name("incident_pairs.jsonl")):
        if given["split"] != "train" or given["label"] == "unsure":
            continue
        a, b = sorted((given["a"], given["b"]))
        fitting = [
            links.features(one, other)
            for one, other in product(by_item[a], by_item[b])
            if group_of(one) == group_of(other) and may_be_one(one, other)
        ]
        features = np.array([[row[name] for name in names] for row in fitting]).reshape(-1, len(names))
        found.append(Pair((a, b), given["label"] == "same", features))
    return found


def folds(pairs: list[Pair]) -> Iterator[np.ndarray]:
    """Which pairs are held out together: whole weeks."""
    weeks = np.array(
        [date.fromisoformat(pair.items[0].partition("#")[0]).isocalendar().week for pair in pairs]
    )
    for fold in range(FOLDS):
        yield weeks % FOLDS == fold


def odds_held_out(pairs: list[Pair], given: Weights, ridge: float) -> np.ndarray:
    """The odds of each pair by weights that have not learnt from its week."""
    odds = np.zeros(len(pairs))
    for held in folds(pairs):
        parts = [
            [pair for pair, is_out in zip(pairs, held, strict=True) if is_out == side] for side in (0, 1)
        ]
        odds[held] = given.fitted(parts[0], ridge).odds(parts[1])
    return odds


def loss_of(odds: np.ndarray, is_same: np.ndarray) -> float:
    """Mean negative log-likelihood of the labels of pairs that may be one."""
    signed = np.where(is_same, odds, -odds)[np.isfinite(odds)]
    return float(np.logaddexp(0, -signed).mean().round(4))


def threshold_of(odds: np.ndarray, is_same: np.ndarray) -> float:
    """The odds above which at most `MOST_MERGES` of the pairs that differ are."""
    others = np.sort(odds[~is_same])[::-1]
    return float(others[int(MOST_MERGES * len(others))])


def incidents_of_items(reports: DataFrame, weights: Weights) -> Mapping[str, set[int]]:
    """The numbers of the incidents that each item reports."""
    found = defaultdict(set)
    for number, one in enumerate(
        gathered_reports(reports, dict(zip(weights.names, weights.values, strict=True)))
    ):
        for row in one:
            found[row.item].add(number)
    return found


def figures(is_joined: np.ndarray, is_same: np.ndarray) -> str:
    """Precision, recall, F1 and merges of different things, in words."""
    right, merged = int((is_joined & is_same).sum()), int((is_joined & ~is_same).sum())
    precision, recall = right / max(right + merged, 1), right / is_same.sum()
    f1 = 2 * right / (right + merged + is_same.sum())
    of = f"{merged} of {(~is_same).sum()}"
    return f"precision {precision:.2f}, recall {recall:.2f}, F1 {f1:.2f}; {of} that differ joined"


if __name__ == "__main__":
    main()
