"""Fit the weights of `indicators/ranking_weights.csv` on judged weeks and piles.

usage: python -m benchmarks.fit_ranking SHARED_FOLDER WORK_FOLDER [--write]

It learns from what readers would lead with, in order, and from the items that report each lead: the weeks
and piles of `judged_weeks.jsonl` and `judged_piles.jsonl` that are marked `learn`, and
`gold/weeks_2025.jsonl`. The probability that a pair leads is the softmax of its score among the pairs that do
not lead before it; that some incidents of a pair tell its lead is their share of the softmax among those of
the pair. Both are fitted together, with a ridge that is chosen by cross-validation with whole weeks held out.
Printed are, for weeks held out, the figures of `score_weeks.py`: the first pair among the first two, the
first three pairs among the first six, how many of the first six are strays, and the leads of which an item is
in the first twelve incidents.

Last come the front pages of the weeks, as `analysis.findings.page` makes them: how many leads have a
paragraph, and which share of the words of each lead, a rare word counting more, is told of its pair. The
numbers by which a page chooses its clauses were set by hand on these weeks.

Each week is read as a briefing of it would be: with the articles up to its Sunday and no later ones. What was
read is kept in the work folder; the first run takes ten minutes.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from pandas import DataFrame, Timestamp
from scipy.optimize import minimize

from analysis.findings.page import front_page_of
from analysis.findings.period_inputs import PeriodInputs
from analysis.indicators import ranking
from analysis.indicators.incidents import incident_table
from analysis.lexicons import lexicon_path, read_lexicon
from analysis.notebook.corpus import Corpus, open_corpus
from analysis.pipeline.filters import deduplicate, only_articles
from analysis.pipeline.reporting_period import ReportingPeriod

WEEKS = "current_events_2025.jsonl"
OF_PILES = (
    "gold/articles_unlabelled.jsonl",
    "gold/articles_dev.jsonl",
    "gold/articles_train.jsonl",
    "corpora/wikinews_2019_2020.jsonl",
)
TABLES = ("articles", "sentences", "quotes", "stances", "events", "topics")
FOLDS = 10
LATE_DAYS = 3  # before a week: what happened earlier is old, though it is reported now
JUDGMENTS, INCIDENTS = 6, 12  # on a page
RIDGES = (3.0, 8.0, 16.0)
ALSO = 0.5  # of a mistake: a pair that may be told as well before a lead
TELLS = 0.5  # weight of which incident tells a lead, where that it leads counts 1
MIN_SCALE = 0.05  # of a feature that is nearly always the same
PAIR_NAMES = ("pair_stories", "prominence")


class Week(NamedTuple):
    """One judged week or pile."""

    name: str
    incidents: DataFrame  # with `items`, the ids of the items that report each
    features: DataFrame  # of the incidents, and of their pairs repeated for each incident
    leads: list[tuple[str, set[str]]]  # pair and items, in order
    allowed: set[str]


def asked(description: str) -> argparse.Namespace:
    """The folders that are named on the command line, and whether to `write`."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shared", type=Path)
    parser.add_argument("work", type=Path, help="keeps what was read")
    parser.add_argument("--write", action="store_true", help="write the weights to the word list")
    return parser.parse_args()


def main() -> None:
    """Print the figures of each ridge for weeks held out, and the weights of the best."""
    options = asked(__doc__)
    weeks = list(judged_weeks(options.shared, options.work))
    piles = list(judged_piles(options.shared, options.work))
    figures = {ridge: held_out(weeks, piles, ridge) for ridge in RIDGES}
    for ridge, found in figures.items():
        print(f"ridge {ridge}: loss {found['loss'] / len(weeks):.3f}; {shown(found, weeks)}")
    best = min(figures, key=lambda ridge: figures[ridge]["loss"])
    weights = fit(weeks + piles, best)
    print(f"ridge {best}, on the weeks that it learnt from: {shown(scores_of(weeks, weights), weeks)}")
    print("pages: leads with a paragraph {} of {}; words of leads told {:.3f}".format(*told_words(options)))
    rows = read_lexicon("indicators/ranking_weights")
    rows = rows.assign(weight=[round(weights[name], 2) for name in rows["feature"]])
    print(rows[["feature", "weight", "note"]].to_string(index=False))
    if options.write:
        rows.to_csv(lexicon_path("indicators/ranking_weights"), index=False)


def lines_of(path: Path) -> list[dict]:
    """The records of a JSONL file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def learnt(name: str) -> list[dict]:
    """The rows of a file of labels that are there to learn from."""
    return [row for row in lines_of(Path(__file__).with_name(name)) if row["split"] == "learn"]


@cache
def unseen_grades() -> dict[str, float]:
    """The importance of each graded item, by a reader that learnt from other weeks."""
    rows = lines_of(Path(__file__).with_name("importance_labels.jsonl"))
    return {row["id"]: row["held_out"] for row in rows if "held_out" in row}


def corpus_of(rows: list[dict], folder: Path, store: Path) -> tuple[Corpus, dict[str, str]]:
    """Some articles as a corpus, and the `id` of each by its `article_id`."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = [{name: value for name, value in row.items() if name != "id"} for row in rows]
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in kept)
    (folder / "items.jsonl").write_text(text, encoding="utf-8")
    corpus = open_corpus(folder, store=store)
    numbers = corpus.articles["path"].str.extract(r":(\d+)$")[0].astype(int) - 1
    ids = (rows[number]["id"] for number in numbers)
    return corpus, dict(zip(corpus.articles["article_id"], ids, strict=True))


def judged_weeks(shared: Path, work: Path) -> Iterator[Week]:
    """The judged weeks, each with what a briefing of it would have."""
    corpus, items = corpus_of(lines_of(shared / "corpora" / WEEKS), work / "weeks", work / "store")
    rows = learnt("judged_weeks.jsonl") + lines_of(shared / "gold" / "weeks_2025.jsonl")
    for row in sorted(rows, key=lambda row: row["week"]):
        monday = date.fromisoformat(row["week"])
        first, end = Timestamp(monday), Timestamp(monday + timedelta(days=7))
        articles = corpus.articles[corpus.articles["published_date"] < end]
        found = incidents_of(corpus, articles)
        is_old = (found["status"] == "done") & (found["last_day"] < first - timedelta(days=LATE_DAYS))
        current = found[(found["first_reported"] >= first) & ~is_old].reset_index(drop=True)
        background = found[found["first_reported"] < first]
        yield week_of(row["week"], row, current, background, articles, items)


def told_words(options: argparse.Namespace) -> tuple[int, int, float]:
    """How many leads of the judged weeks have a paragraph, of how many, and the share of their words told."""
    items = lines_of(options.shared / "corpora" / WEEKS)
    corpus, _ = corpus_of(items, options.work / "weeks", options.work / "store")
    counts = Counter(word for item in items for word in words_of(item["text"]))
    unique, found = deduplicate(corpus.tables), []
    for row in learnt("judged_weeks.jsonl") + lines_of(options.shared / "gold" / "weeks_2025.jsonl"):
        monday = date.fromisoformat(row["week"])
        known = corpus.articles["published_date"] < Timestamp(monday + timedelta(days=7))
        ids = set(corpus.articles.loc[known, "article_id"])
        tables = replace(unique, **{name: only_articles(getattr(unique, name), ids) for name in TABLES})
        period = ReportingPeriod(monday, monday + timedelta(days=6), is_everything=False)
        told = {one.pair: one.statement for one in front_page_of(PeriodInputs(tables, period)).paragraphs}
        for lead in row["lead"]:
            weights = {word: np.log(len(items) / (1 + counts[word])) for word in words_of(lead["what"])}
            own = words_of(told.get(lead["pair"], ""))
            share = sum(weights[word] for word in own & weights.keys()) / sum(weights.values())
            found.append((lead["pair"] in told, share))
    is_told, shares = zip(*found, strict=True)
    return sum(is_told), len(found), float(np.mean(shares))


def words_of(text: str) -> set[str]:
    """The first six letters of each word and number of a text."""
    return {word[:6] for word in re.findall(r"[a-z]{3,}|\d+", text.lower())}


def judged_piles(shared: Path, work: Path) -> Iterator[Week]:
    """The judged piles, which have no background."""
    given = {row["id"]: row for name in OF_PILES for row in reversed(lines_of(shared / name))}
    for row in learnt("judged_piles.jsonl"):
        articles = [pile_article(given[one["id"]]) for one in row["articles"]]
        corpus, items = corpus_of(articles, work / f"pile {row['pile']}", work / "store")
        found = incidents_of(corpus, corpus.articles)
        yield week_of(f"pile {row['pile']}", row, found, found.iloc[:0], corpus.articles, items)


def pile_article(row: dict) -> dict:
    """An article of a pile as a seed, its headline above its text."""
    return {
        "id": row["id"],
        "title": row["title"],
        "text": f"{row['title']}\n\n{row['text']}",
        "date": row["date"].partition("|")[0].strip(),
        "outlet": row.get("outlet") or row.get("source"),
    }


def incidents_of(corpus: Corpus, articles: DataFrame) -> DataFrame:
    """The incidents that some articles of a corpus report."""
    tables = (corpus.tables.events, corpus.tables.quotes, corpus.tables.topics)
    own = (table[table["article_id"].isin(articles["article_id"])] for table in tables)
    return incident_table(articles, *own)


def week_of(
    name: str,
    row: dict,
    current: DataFrame,
    background: DataFrame,
    articles: DataFrame,
    items: dict[str, str],
) -> Week:
    """A judged week or pile with its features; the importance is by a reader that saw no grade of it."""
    told = [{items[one] for one in ids.split()} for ids in current["article_ids"]]
    grades = unseen_grades()
    unseen = ([grades[one] for one in own & grades.keys()] for own in told)
    as_read = zip(unseen, current["importance"], strict=True)
    current = current.assign(importance=[max(found or [read]) for found, read in as_read])
    features = ranking.incident_features(current)
    of_pairs = ranking.pair_features(current, background, articles)
    of_rows = of_pairs.reindex(current["dyad"]).set_axis(features.index)
    leads = [(lead["pair"], set(lead["items"])) for lead in row["lead"]]
    return Week(
        name,
        current.assign(items=told),
        pd.concat([features, of_rows], axis="columns"),
        leads,
        {*(pair for pair, _ in leads), *row["also"]},
    )


class Problem:
    """The incidents of some weeks as arrays, and how badly weights explain their leads."""

    def __init__(self, weeks: list[Week], names: list[str], pair_names: list[str], scale: np.ndarray):
        rows = pd.concat([week.incidents[["dyad", "items"]] for week in weeks], ignore_index=True)
        rows["week"] = np.repeat(range(len(weeks)), [len(week.incidents) for week in weeks])
        features = pd.concat([week.features[names + pair_names] for week in weeks], ignore_index=True)
        rows = rows.sort_values(["week", "dyad"], kind="stable")
        features = features.loc[rows.index].to_numpy() / scale
        rows = rows.reset_index(drop=True)
        firsts = ~rows.duplicated(["week", "dyad"])
        self.count, self.week_count = len(names), len(weeks)
        self.own = features[:, : len(names)]
        self.starts = np.flatnonzero(firsts)
        self.numbers = firsts.cumsum().to_numpy() - 1
        pairs = rows[firsts].reset_index(drop=True)
        self.of_pairs = features[firsts.to_numpy(), len(names) :]
        self.week_of = pairs["week"].to_numpy()
        keys = list(zip(pairs["week"], pairs["dyad"], strict=True))
        allowed = [pair in weeks[week].allowed for week, pair in keys]
        places = {key: at for at, key in enumerate(keys)}
        self.turns = []  # for each place of a lead: the pairs that lead there, and the weights of all pairs
        left = np.where(allowed, ALSO, 1.0)
        for place in range(max(len(week.leads) for week in weeks)):
            asked = [(n, week.leads[place][0]) for n, week in enumerate(weeks) if place < len(week.leads)]
            chosen = np.array([places[key] for key in asked if key in places], dtype=int)
            here = left.copy()
            here[chosen] = 1.0
            here[~np.isin(self.week_of, self.week_of[chosen])] = 0.0
            self.turns.append((chosen, here))
            left[chosen] = 0.0
        wanted = {(number, pair): ids for number, week in enumerate(weeks) for pair, ids in week.leads}
        keys = zip(rows["week"], rows["dyad"], rows["items"], strict=True)
        tells = np.array([bool(ids & wanted.get((week, pair), set())) for week, pair, ids in keys])
        some, others = (np.logical_or.reduceat(which, self.starts)[self.numbers] for which in (tells, ~tells))
        self.is_asked, self.tells = some & others, tells & some & others

    def loss(self, values: np.ndarray) -> tuple[float, np.ndarray]:
        """Negative log-likelihood per week, without the ridge, and its gradient."""
        rest = values[-1]
        scores = self.own @ values[: self.count]
        best = np.maximum.reduceat(scores, self.starts)
        odds = np.exp(scores - best[self.numbers])
        sums = np.add.reduceat(odds, self.starts)
        pair = best + rest * np.log(sums) + self.of_pairs @ values[self.count : -1]
        top = np.full(self.week_count, -np.inf)
        np.maximum.at(top, self.week_of, pair)
        pair_odds = np.exp(pair - top[self.week_of])
        total, by_pair = 0.0, np.zeros(len(pair))  # of the loss by each score
        for chosen, weight in self.turns:
            share = weight * pair_odds
            share /= np.bincount(self.week_of, share, self.week_count).clip(min=1e-300)[self.week_of]
            total -= np.log(share[chosen]).sum()
            by_pair += share
            by_pair[chosen] -= 1
        share = odds / sums[self.numbers] * self.is_asked
        right = odds * self.tells
        sums_right = np.add.reduceat(right, self.starts)
        is_asked = self.is_asked[self.starts]
        total -= TELLS * np.log(sums_right[is_asked] / sums[is_asked]).sum()
        by_row = TELLS * (share - right / np.where(is_asked, sums_right, 1.0)[self.numbers])
        is_best = odds == 1.0
        by_row += by_pair[self.numbers] * ((1 - rest) * is_best + rest * odds / sums[self.numbers])
        parts = (by_row @ self.own, by_pair @ self.of_pairs, [by_pair @ np.log(sums)])
        return total / self.week_count, np.concatenate(parts) / self.week_count


def fit(weeks: list[Week], ridge: float) -> dict[str, float]:
    """The weight of each feature that explains the leads of some weeks best."""
    pair_names = [name for name in weeks[0].features if name in PAIR_NAMES]
    names = [name for name in weeks[0].features if name not in pair_names]
    features = pd.concat([week.features for week in weeks])[names + pair_names]
    scale = features.std().clip(lower=MIN_SCALE).to_numpy()
    problem = Problem(weeks, names, pair_names, scale)

    def objective(values: np.ndarray) -> tuple[float, np.ndarray]:
        loss, gradient = problem.loss(values)
        return loss + ridge * (values**2).sum() / len(weeks), gradient + 2 * ridge * values / len(weeks)

    bounds = [(None, None)] * len(scale) + [(0, 1)]
    found = minimize(objective, np.zeros(len(bounds)), jac=True, method="L-BFGS-B", bounds=bounds)
    return dict(zip(names + pair_names, found.x[:-1] / scale, strict=True)) | {ranking.REST: found.x[-1]}


def held_out(weeks: list[Week], piles: list[Week], ridge: float) -> dict[str, float]:
    """The figures for weeks that were held out when the weights were fitted, with all piles."""
    found: list[dict[str, float]] = []
    for fold in range(FOLDS):
        others = [week for number, week in enumerate(weeks) if number % FOLDS != fold]
        found.append(scores_of(weeks[fold::FOLDS], fit(others + piles, ridge)))
    return {name: sum(one[name] for one in found) for name in found[0]}


def scores_of(weeks: list[Week], weights: dict[str, float]) -> dict[str, float]:
    """Sums of the figures over some weeks."""
    found = dict.fromkeys(("first", "three", "of_three", "stray", "told", "leads", "loss"), 0.0)
    pair_names = [name for name in weeks[0].features if name in PAIR_NAMES]
    names = [name for name in weeks[0].features if name not in pair_names]
    own = np.array([weights[name] for name in names])
    every = np.array([weights[name] for name in names + pair_names] + [weights[ranking.REST]])
    found["loss"] = Problem(weeks, names, pair_names, np.ones(len(every) - 1)).loss(every)[0] * len(weeks)
    for week in weeks:
        rows = week.incidents.assign(score=week.features[names].to_numpy() @ own)
        score = ranking.pair_scores(rows, weights[ranking.REST])
        of_pairs = week.features[pair_names].groupby(rows["dyad"]).first() @ [weights[n] for n in pair_names]
        pairs = (score + of_pairs).sort_values(ascending=False).index.tolist()
        leads = [pair for pair, _ in week.leads]
        found["first"] += leads[0] in pairs[:2]
        found["three"] += len({*leads[:3]} & {*pairs[:JUDGMENTS]})
        found["of_three"] += len(leads[:3])
        found["stray"] += len({*pairs[:JUDGMENTS]} - week.allowed)
        found["told"] += len(told_of(week, rows, pairs))
        found["leads"] += len(leads)
    return found


def told_of(week: Week, rows: DataFrame, pairs: list[str]) -> set[str]:
    """The leads of which an item is among the first twelve incidents."""
    done = rows[rows["status"] == "done"].sort_values("score", ascending=False, kind="stable")
    done = done.drop_duplicates(["article_id", "start_char"])
    place = done["dyad"].map({pair: number for number, pair in enumerate(pairs)})
    number = done.groupby("dyad").cumcount()
    number = number.where(place < 9, number + 1)
    shown = done.assign(number=number, place=place).sort_values(["number", "place"]).head(INCIDENTS)
    ids = set().union(*shown["items"])
    return {pair for pair, items in week.leads if items & ids}


def shown(found: dict[str, float], weeks: list[Week]) -> str:
    return (
        f"first {found['first']:.0f}/{len(weeks)}, three {found['three']:.0f}/{found['of_three']:.0f}, "
        f"stray {found['stray']:.0f}/{JUDGMENTS * len(weeks)}, told {found['told']:.0f}/{found['leads']:.0f}"
    )


if __name__ == "__main__":
    main()
