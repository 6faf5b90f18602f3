"""Weigh the judge against the rules, on articles that it has not seen.

Per ordered pair of sides and quad, a logistic regression on the judge's log odds and what the rules found;
per status, two weights, chosen from a grid. `benchmarks/train_judge.py` calls it and writes `judge.json`.
"""

from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

import numpy as np
from judge_examples import Label, PairExample, PassageExample
from sklearn.linear_model import LogisticRegression

from analysis.nlp.events.event import Event
from analysis.nlp.judged_events import ACTED, FLOOR, log_odds
from analysis.nlp.parse.judge import Judgment
from analysis.schemas import ACT_STATUSES, QUADS

GRID = ((0.4, 0.6, 0.8, 1.0, 1.2), (0.0, 0.5, 1.0, 1.5, 2.0, 2.5))  # weights of judge and rule for the status
ASKED = 0.3  # least probability of a quad whose status is compared
LEAST = {"act": 0.5, "act without a word": 0.82, "other": 0.7, "group": 0.54}
"""From which probability a row of each kind is given: for precision and recall on articles_dev."""
COMPARED = 0.15  # least probability of rows that are calibrated
SEED, DRAWS = 1, 200  # of the bootstrap over articles
SWITCHED = {"CONCEDE": "RETREAT", "RETREAT": "CONCEDE"}  # as in the scorer


class Case(NamedTuple):
    """One pair and quad."""

    article_id: str
    features: list[float]
    is_here: bool  # the sentence tells something of the quad
    ruled: Event | None
    judged: float
    statuses: np.ndarray
    accepted: set[str]  # statuses of the events of this quad in the article


def fitted_weights(
    examples: Sequence[PassageExample], judgments: Sequence[Judgment], statuses: Sequence[str]
) -> dict:
    """The section `weights` of `judge.json`."""
    cases = [
        case
        for example, judgment in zip(examples, judgments, strict=True)
        for pair, quads, found in zip(example.pairs, judgment.quads, judgment.statuses, strict=True)
        for case in cases_of(example.article_id, pair, quads, found)
    ]
    model = LogisticRegression(C=10, max_iter=2000)
    model.fit([case.features for case in cases], [case.is_here for case in cases])
    judge, rule, rule_odds, other, *shifts = (round(float(x), 3) for x in model.coef_[0])
    bias = float(model.intercept_[0])
    judged, ruled = best_status_weights(cases, statuses)
    likely = model.predict_proba([case.features for case in cases])[:, 1]
    rows = []
    for p, case in zip(likely, cases, strict=True):
        sure, is_right = sure_and_right(case, statuses, judged, ruled)
        if p * sure >= COMPARED:
            rows.append((case.article_id, log_odds(p * sure), is_right))
    slope, shift = cautious_calibration(rows)
    return {
        "least": LEAST,
        "quad": {
            "bias": [round(bias + shift, 3) for shift in (0.0, *shifts)],
            "judge": judge,
            "rule": rule,
            "rule_odds": rule_odds,
            "other_quad": other,
        },
        "status": {"judge": judged, "rule": ruled},
        "sure": {"slope": slope, "shift": shift},
    }


def cases_of(article_id: str, pair: PairExample, quads: np.ndarray, statuses: np.ndarray) -> list[Case]:
    found = []
    for quad in (1, 2, 3, 4):
        own = [event for event in pair.ruled if event.quad == quad]
        surest = max(own, key=lambda event: event.probability, default=None)
        judged = float(quads[quad - 1])
        features = [
            log_odds(judged),
            float(bool(own)),
            log_odds(surest.probability) if surest else 0.0,
            float(bool(pair.ruled) and not own),
            *(float(quad == other) for other in (2, 3, 4)),
        ]
        accepted = {
            status for label in pair.elsewhere if quad in quads_of(label) for status in label.statuses
        }
        is_here = any(quad in quads_of(label) for label in pair.labels)
        found.append(Case(article_id, features, is_here, surest, judged, statuses[quad - 1], accepted))
    return found


def quads_of(label: Label) -> set[int]:
    return {QUADS[name] for root in label.roots for name in (root, SWITCHED.get(root, root))}


def best_status_weights(cases: Sequence[Case], names: Sequence[str]) -> tuple[float, float]:
    """The weights of judge and rule that give most right statuses."""
    asked = [case for case in cases if case.accepted and (case.ruled or case.judged > ASKED)]

    def right(weights: tuple[float, float]) -> int:
        return sum(likeliest(case, names, *weights) in case.accepted for case in asked)

    return max(product(*GRID), key=right)


def cautious_calibration(rows: Sequence[tuple[str, float, bool]]) -> tuple[float, float]:
    """Slope and shift of the log odds of a row, the shift at the low end of its 90% interval over articles.

    Two dozen articles leave a margin, and what is called sure should be on the safe side of it.
    """
    by_article: dict[str, list[tuple[float, bool]]] = {}
    for article_id, odds, is_right in rows:
        by_article.setdefault(article_id, []).append((odds, is_right))
    slope, _ = calibration([row for found in by_article.values() for row in found])
    rng, names = np.random.default_rng(SEED), sorted(by_article)
    drawn = (rng.choice(names, len(names)) for _ in range(DRAWS))
    shifts = [calibration([row for name in sample for row in by_article[name]])[1] for sample in drawn]
    return round(slope, 3), round(float(np.quantile(shifts, 0.05)), 3)


def calibration(rows: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    model = LogisticRegression(C=10).fit([[odds] for odds, _ in rows], [is_right for _, is_right in rows])
    return float(model.coef_[0][0]), float(model.intercept_[0])


def sure_and_right(case: Case, names: Sequence[str], judge: float, rule: float) -> tuple[float, bool]:
    """Probability of the likeliest status, and whether the article has an event of the quad with it."""
    powers = np.exp(status_scores(case, names, judge, rule))
    is_right = likeliest(case, names, judge, rule) in case.accepted
    return float(powers.max() / powers.sum()), is_right


def likeliest(case: Case, names: Sequence[str], judge: float, rule: float) -> str:
    best = names[int(status_scores(case, names, judge, rule).argmax())]
    acted = sorted(case.accepted & {*ACT_STATUSES})
    return acted[0] if best == ACTED and acted else best


def status_scores(case: Case, names: Sequence[str], judge: float, rule: float) -> np.ndarray:
    own = case.ruled.status if case.ruled else None
    ruled = np.array([name == (ACTED if own in ACT_STATUSES else own) for name in names])
    return judge * np.log(np.clip(case.statuses, FLOOR, 1)) + rule * ruled
