"""Fit the weights of `indicators/link_weights.csv` on pairs of reports that readers called same or different.

usage: python -m benchmarks.fit_links SHARED_FOLDER WORK_FOLDER [--write]

It learns from the pairs of `incident_pairs.jsonl` that are marked `train`, one weight each: of daily items
(2025-06-18#16), and of sentences of whole articles (cnn24u-191@665, where the sentence begins below the
headline and a blank line). An item or a sentence may report several acts: two are the same if some act of one
is some act of the other, so their odds are those of their likest two reports. Ridge and thresholds are chosen
by cross-validation with whole weeks held out, and what shares an article with them. A threshold is the lowest
at which at most the share `MERGED` of the pairs that differ are joined: that of the sentences is contained in
the weight of `base`, and by how much that of the items, which are brief, is lower or higher in that of
`brief`. Printed are how the labels agree with these odds, and with the incidents that the weights make, where
neither has been learnt from. Incidents join fewer sentences, since all of their reports are to be alike.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import product
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from pandas import DataFrame
from scipy.optimize import minimize

from analysis.indicators.incident_reports import report_rows
from analysis.indicators.incidents import gathered_reports, group_of
from analysis.indicators.report_links import Links, may_be_one
from analysis.lexicons import lexicon_path, read_lexicon
from analysis.tables.rows import rows_of
from benchmarks.fit_ranking import OF_PILES, WEEKS, asked, corpus_of, lines_of, pile_article

FOLDS = 10
RIDGES = (0.01, 0.03, 0.1, 0.3)
KINDS = ("items", "articles")
MERGED = {"items": 0.01, "articles": 0.03}  # share of the pairs that differ; of incidents it is 2% at most


class Pair(NamedTuple):
    """Two items, or sentences of articles, with a label."""

    kind: str
    ids: tuple[str, str]
    is_same: bool
    week: int  # of the year; 0 where no reports may be of one incident
    features: np.ndarray  # a row for each two reports that may be of one incident


class Weights(NamedTuple):
    """Weights of the features."""

    names: list[str]
    values: np.ndarray

    @classmethod
    def fitted(
        cls, names: list[str], pairs: list[Pair], ridge: float, thresholds: Mapping[str, float] | None = None
    ) -> "Weights":
        """The weights that explain some labels best, and under which odds of 0 stand for the thresholds."""
        known = [pair for pair in pairs if len(pair.features)]
        signs = np.array([1 if pair.is_same else -1 for pair in known])
        is_base = np.array(names) == "base"

        def loss(values: np.ndarray) -> tuple[float, np.ndarray]:
            best = np.array([pair.features[np.argmax(pair.features @ values)] for pair in known])
            odds = signs * (best @ values)
            penalty = np.where(is_base, 0, ridge) * values
            slope = -(signs / (1 + np.exp(odds))) @ best + 2 * penalty
            return np.logaddexp(0, -odds).sum() + penalty @ values, slope

        values = minimize(loss, np.zeros(len(names)), jac=True).x
        if thresholds:
            values = values - thresholds["articles"] * is_base
            values -= (thresholds["items"] - thresholds["articles"]) * (np.array(names) == "brief")
        return cls(names, values)

    def odds(self, pairs: list[Pair]) -> np.ndarray:
        """Log odds of pairs; minus infinity where no two reports may be of one incident."""
        return np.array([max(pair.features @ self.values, default=-np.inf) for pair in pairs])


def main() -> None:
    """Print the figures for weeks held out, and the weights."""
    options = asked(__doc__)
    rows = read_lexicon("indicators/link_weights")
    names = rows["feature"].tolist()
    reports = {kind: reports_of(kind, options.shared, options.work) for kind in KINDS}
    pairs = [pair for kind in KINDS for pair in labelled_pairs(kind, reports[kind], names)]
    is_same = np.array([pair.is_same for pair in pairs])
    of_kind = {kind: np.array([pair.kind == kind for pair in pairs]) for kind in KINDS}
    held_out = {ridge: odds_held_out(pairs, names, ridge) for ridge in RIDGES}
    losses = {ridge: loss_of(odds, is_same) for ridge, odds in held_out.items()}
    ridge = min(losses, key=losses.__getitem__)
    odds = held_out[ridge]
    thresholds = {kind: threshold_of(odds[of_kind[kind] & ~is_same], share) for kind, share in MERGED.items()}
    print(f"losses {losses}; ridge {ridge}; thresholds {thresholds}")
    joined = np.zeros(len(pairs), dtype=bool)
    for held, others in folds(pairs):
        weights = Weights.fitted(names, others, ridge, thresholds)
        for kind in KINDS:
            found = incidents_by_id(reports[kind], weights)
            for n in np.flatnonzero(held & of_kind[kind]):
                joined[n] = not found[pairs[n].ids[0]].isdisjoint(found[pairs[n].ids[1]])
    for kind, chosen in of_kind.items():
        for what, is_joined in {"odds": odds > thresholds[kind], "incidents": joined}.items():
            print(f"{kind} held out, by {what}: {figures(is_joined[chosen], is_same[chosen])}")
    rows = rows.assign(weight=Weights.fitted(names, pairs, ridge, thresholds).values.round(2))
    print(rows[["feature", "weight", "note"]].to_string(index=False))
    if options.write:
        rows.to_csv(lexicon_path("indicators/link_weights"), index=False)


def reports_of(kind: str, shared: Path, work: Path) -> DataFrame:
    """The reports of all items, or of the articles of which no label is marked `check`, with `item`."""
    if kind == "items":
        rows = lines_of(shared / "corpora" / WEEKS)
    else:
        here = Path(__file__).parent
        judged = lines_of(here / "whole_article_labels.jsonl")
        judged += [
            {**one, "split": pile["split"]}
            for pile in lines_of(here / "judged_piles.jsonl")
            for one in pile["articles"]
        ]
        kept_out = {row["id"] for row in judged if row["split"] == "check"}
        given = {row["id"]: row for name in OF_PILES for row in lines_of(shared / name)}
        rows = [pile_article(row) for name, row in given.items() if name not in kept_out]
    corpus, items = corpus_of(rows, work / kind, work / "store")
    tables = corpus.tables
    reports = report_rows(tables.articles, tables.events, tables.quotes, tables.topics)
    return reports.assign(item=reports["article_id"].map(items))


def ids_of(row: Any) -> tuple[str, str]:
    """What a label may call a report: its item, or the sentence of its article."""
    return row.item, f"{row.item}@{row.start_char}"


def labelled_pairs(kind: str, reports: DataFrame, names: list[str]) -> list[Pair]:
    """The pairs of one kind to learn from that have a sure label."""
    links, by_id = Links(reports), defaultdict(list)
    for place, row in enumerate(rows_of(reports)):  # in the order of their days
        for name in ids_of(row):
            by_id[name].append((place, row))
    found = []
    for given in lines_of(Path(__file__).with_name("incident_pairs.jsonl")):
        a, b = sorted((given["a"], given["b"]))
        if given["split"] != "train" or given["label"] == "unsure" or ("@" in a) != (kind == "articles"):
            continue
        ordered = (sorted(two, key=itemgetter(0)) for two in product(by_id[a], by_id[b]))
        fitting = [
            (one, other)
            for (_, one), (_, other) in ordered
            if group_of(one) == group_of(other) and may_be_one(one, other)
        ]
        week = next((one.published.isocalendar().week for one, _ in fitting if one.published), 0)
        found_features = [links.features(*two) for two in fitting]
        features = np.array([[row[name] for name in names] for row in found_features])
        is_same = given["label"] == "same"
        found.append(Pair(kind, (a, b), is_same, week, features.reshape(-1, len(names))))
    return found


def folds(pairs: list[Pair]) -> Iterator[tuple[np.ndarray, list[Pair]]]:
    """Which pairs are held out together, whole weeks, and the others that share no article with them."""
    articles = [{name.partition("@")[0] for name in pair.ids} for pair in pairs]
    for fold in range(FOLDS):
        held = np.array([pair.week % FOLDS == fold for pair in pairs])
        known = set().union(*(articles[n] for n in np.flatnonzero(held)))
        learnt = np.flatnonzero(~held)
        yield held, [pairs[n] for n in learnt if known.isdisjoint(articles[n])]


def odds_held_out(pairs: list[Pair], names: list[str], ridge: float) -> np.ndarray:
    """The odds of each pair by weights that have not learnt from its week."""
    odds = np.zeros(len(pairs))
    for held, others in folds(pairs):
        own = [pairs[n] for n in np.flatnonzero(held)]
        odds[held] = Weights.fitted(names, others, ridge).odds(own)
    return odds


def loss_of(odds: np.ndarray, is_same: np.ndarray) -> float:
    """Mean negative log-likelihood of the labels of pairs that may be one."""
    signed = np.where(is_same, odds, -odds)[np.isfinite(odds)]
    return float(np.logaddexp(0, -signed).mean().round(4))


def threshold_of(odds: np.ndarray, share: float) -> float:
    """The odds above which at most a share of some pairs are."""
    return float(np.sort(odds)[::-1][int(share * len(odds))])


def incidents_by_id(reports: DataFrame, weights: Weights) -> Mapping[str, set[int]]:
    """The numbers of the incidents that each item, and each sentence of an article, reports."""
    found = defaultdict(set)
    chosen = dict(zip(weights.names, weights.values, strict=True))
    for number, one in enumerate(gathered_reports(reports, chosen)):
        for row in one:
            for name in ids_of(row):
                found[name].add(number)
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
