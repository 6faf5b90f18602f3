"""How much of whole articles is read rightly, each figure of the shared scorer with its interval.

`python benchmarks/measure.py ../shared --only articles` writes it into `benchmarks/results.json`. The 95%
intervals are bootstrapped over articles, for precision and recall each.
"""

import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

from reader_examples import gold_files, score_articles

from analysis.pipeline.annotate import annotate

SEED, DRAWS = 1, 1000
PREFIX = "articles."  # of every figure here
PARTS = ("p", "r", "f1")  # of each figure of the scorer: precision, recall, F1


def article_rates(shared: Path) -> dict:
    """Every figure on the set-aside articles, and under `articles.ci` the interval of each."""
    scorer = score_articles(shared)
    with TemporaryDirectory() as scratch:
        (path,) = gold_files(shared, Path(scratch), "check")
        gold = scorer.load_gold(str(path))
    records = list(annotate(scorer.inputs(gold)))
    counts = [scorer.article(one, record)[0] for one, record in zip(gold, records, strict=True)]
    found = summed_rates(scorer, counts)
    rng = random.Random(SEED)
    drawn = [summed_rates(scorer, rng.choices(counts, k=len(counts))) for _ in range(DRAWS)]
    total = sum(counts, Counter())
    return {
        **{PREFIX + name: score for name, score in found.items()},
        PREFIX + "ci": {name: interval([one[name] for one in drawn]) for name in found},
        PREFIX + "recall_by_quad": [total["found quad", q] / total["gold quad", q] for q in (1, 2, 3, 4)],
        PREFIX + "groups_r": total["ext", "hit"] / total["ext"],
        PREFIX + "lead_pairs": total["pictures", "lead"],
    }


def summed_rates(scorer: ModuleType, counts: Sequence[Counter]) -> dict[str, float]:
    """Figures of the scorer over some articles: "full_p", "full_r", "full_f1" and so on."""
    summary = scorer.summary(sum(counts, Counter()))
    return {
        f"{name}_{part}": score
        for name, scores in summary.items()
        for part, score in zip(PARTS, scores, strict=True)
    }


def interval(drawn: Sequence[float]) -> list[float]:
    """The middle 95% of some draws."""
    ordered = sorted(drawn)
    return [ordered[int(0.025 * len(ordered))], ordered[int(0.975 * len(ordered)) - 1]]
