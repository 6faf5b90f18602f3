"""Fit the numbers of `stance/terms.csv`, `stance/roles.csv` and `stance/positions.csv` in `analysis/data/`.

usage: python benchmarks/fit_stance.py SHARED_FOLDER [--out FOLDER]

Fitted on `gold/newsmtsc_train.jsonl`. Analysts choose the words, roles and positions, and the fit changes
only their numbers; the weight of a role whose source is "own" is not fitted. Every word starts at its
hand-set value (`stance_starts.csv`), every role at its start below, every position at 0. Numbers of an
earlier fit are ignored, so that runs do not drift.

The loss is the log-loss of a softmax over the three labels, from the sums that
`analysis.nlp.stance.rules` makes, plus a quadratic pull towards the starts. Scikit-learn has no model in
which a word's value is multiplied by the weight of its role, hence `descent.py`. Takes half a minute.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from descent import descend
from reader_examples import STANCES, Target, stance_targets
from spacy.tokens import Doc

from analysis.lexicons import DATA, load_lexicon
from analysis.nlp.parse.parser import parse
from analysis.nlp.stance.rules import (
    FAR,
    NEAR,
    SATURATION,
    VERB_VALUES,
    entity_relations,
    is_negated,
    stance_terms,
    target_positions,
)

HERE = Path(__file__).parent
GROUPS = ("agent", "patient", "other")
ROLE_STARTS = {
    "agent": 1.0,
    "patient": 1.0,
    "self": 1.0,
    "mod": 1.0,
    "agent_object": 0.7,
    "owner": 0.7,
    "near": 0.6,
    "far": 0.25,
    "matrix": 0.3,
    "prep": 0.3,
    "place": 0.3,
    "said": 0.2,
    "opponent": 0.2,
    "negated": -0.3,
}
OTHER_ROLES = 0.5
HALF = 0.5  # a hand-set 2 starts as 1
PULLS = {"words": 2.0, "roles": 4.0, "positions": 5.0}
NEUTRAL_RAISED = 0.3  # the training file prefers clear cases; running news does not
SEEN = 5  # targets that a word needs for its note to say that its size was fitted
SET, FITTED = "set by hand", "signs set by hand, size fitted on NewsMTSC train"


class Evidence(NamedTuple):
    """Judging words around targets, one entry per word and target; positions and labels of the targets."""

    target: np.ndarray
    word: np.ndarray  # three times the row of the word, plus the place in GROUPS
    role: np.ndarray
    is_negated: np.ndarray
    positions: np.ndarray  # targets x positions, 0 or 1
    label: np.ndarray  # place in STANCES


class Lists(NamedTuple):
    """The three word lists, each a table of strings."""

    words: pd.DataFrame
    roles: pd.DataFrame
    positions: pd.DataFrame


class Values(NamedTuple):
    """The fitted numbers; also the starts, pulls and slopes that belong to them."""

    words: np.ndarray  # three a word
    roles: np.ndarray
    positions: np.ndarray  # positions x labels

    def flat(self) -> np.ndarray:
        return np.concatenate([part.ravel() for part in self])


def judging_words(doc: Doc, spans: tuple) -> tuple[list[tuple[str, int, str, bool]], set[str]]:
    """What `word_scores` would sum, before any number is known, and the target's positions."""
    span = doc.char_span(*spans[0], alignment_mode="expand")
    relations, found = entity_relations(span.root), []
    for token, role in relations:
        distance = abs(token.i - span.root.i)
        is_name = token.pos_ == "PROPN" and span.start <= token.i < span.end
        word = token.lemma_.lower()
        if word in stance_terms() and role != "other" and not is_name and (role != "far" or distance <= FAR):
            weighed = "near" if role == "far" and distance <= NEAR else role
            found.append((word, VERB_VALUES.get(role, 2), weighed, role != "far" and is_negated(token)))
    return found, target_positions(span, relations)


def find_evidence(examples: Sequence[Target], lists: Lists) -> Evidence:
    """The judging words and positions of all targets, numbered as in the lists."""
    words, roles, positions = ({name: row for row, name in enumerate(rows.iloc[:, 0])} for rows in lists)
    entries, is_placed = [], np.zeros((len(examples), len(positions)))
    docs = parse(example.text for example in examples)
    for target, (example, doc) in enumerate(zip(examples, docs, strict=True)):
        found, names = judging_words(doc, example.spans)
        entries.extend((target, 3 * words[w] + group, roles[role], neg) for w, group, role, neg in found)
        is_placed[target, [positions[name] for name in names]] = 1
    target, word, role, negated = np.array(entries).T
    return Evidence(target, word, role, negated == 1, is_placed, np.array([e.label for e in examples]))


def starting_values(lists: Lists) -> Values:
    """The hand-set numbers."""
    starts = pd.read_csv(HERE / "stance_starts.csv", keep_default_na=False).set_index("term")
    new = [term for term in lists.words["term"] if term not in starts.index]
    if new:
        raise ValueError(f"stance_starts.csv has no row for {new[0]!r}, expected one for every judging word")
    words = starts.loc[lists.words["term"]]
    # an empty role takes the value of the word near a target: "reckless" says the same of an agent
    words = words.where(words != 0, words[["other"] * 3].to_numpy())
    roles = [ROLE_STARTS.get(role, OTHER_ROLES) for role in lists.roles["role"]]
    return Values(
        HALF * words.to_numpy().ravel(), np.array(roles), np.zeros((len(lists.positions), len(STANCES)))
    )


def fit_values(lists: Lists, seen: Evidence) -> Values:
    """Numbers that predict the labels of the targets, near their starts."""
    start = starting_values(lists)
    negated = list(lists.roles["role"]).index("negated")
    pulls = Values(*(np.full(part.shape, PULLS[name]) for name, part in start._asdict().items()))
    pulls.roles[negated] = 0  # how far a negation reverses a word is left to the data
    moves = Values(*map(np.ones_like, start))._replace(roles=(lists.roles["source"] != "own").to_numpy())

    def gradient(values: np.ndarray) -> np.ndarray:
        slope = loss_slope(shaped(values, start), seen, negated).flat()
        return (slope + 2 * pulls.flat() * (values - start.flat())) * moves.flat()

    return shaped(descend(start.flat(), gradient, rate=0.03), start)


def shaped(values: np.ndarray, like: Values) -> Values:
    """A flat array as values again."""
    words, roles, positions = np.split(values, np.cumsum([part.size for part in like])[:-1])
    return Values(words, roles, positions.reshape(like.positions.shape))


def loss_slope(values: Values, seen: Evidence, negated: int) -> Values:
    """Slope of the softmax loss at given values."""
    word, role = values.words[seen.word], values.roles[seen.role]
    turn = np.where(seen.is_negated, values.roles[negated], 1.0)
    evidence = np.tanh(np.bincount(seen.target, word * role * turn, len(seen.label)) / SATURATION)
    sums = seen.positions @ values.positions + SATURATION * np.outer(evidence, STANCES)
    powers = np.exp(sums - sums.max(1, keepdims=True))
    errors = powers / powers.sum(1, keepdims=True)
    errors[np.arange(len(seen.label)), seen.label] -= 1
    slope = (errors @ np.array(STANCES) * (1 - evidence**2))[seen.target]
    roles = np.bincount(seen.role, slope * word * turn, len(values.roles))
    roles[negated] = (slope * word * role)[seen.is_negated].sum()
    words = np.bincount(seen.word, slope * role * turn, len(values.words))
    return Values(words, roles, seen.positions.T @ errors)


def fitted_lists(shared: Path) -> Lists:
    """The three lists with new numbers, scaled so that the role "agent" weighs 1."""
    lists = Lists(*map(load_lexicon, ("stance/terms", "stance/roles", "stance/positions")))
    seen = find_evidence(stance_targets(shared, "train"), lists)
    values = fit_values(lists, seen)
    roles = lists.roles["role"]
    scale = values.roles[roles == "agent"][0]
    weights = values.roles / np.where(roles == "negated", 1.0, scale)
    raised = values.positions + np.outer(lists.positions["position"] == "any", (0.0, NEUTRAL_RAISED, 0.0))
    return Lists(
        lists.words.assign(**word_columns(values.words * scale), note=word_notes(seen, len(lists.words))),
        lists.roles.assign(weight=[f"{weight:.2f}" for weight in weights]),
        lists.positions.assign(
            **{
                name: [f"{number:.2f}" for number in column]
                for name, column in zip(("negative", "neutral", "positive"), raised.T, strict=True)
            }
        ),
    )


def word_columns(values: np.ndarray) -> dict[str, list[str]]:
    """Three columns of numbers with one decimal; adding 0 turns -0 into 0."""
    rounded = values.reshape(-1, len(GROUPS)).round(1) + 0.0
    return {
        group: [f"{number:g}" for number in column] for group, column in zip(GROUPS, rounded.T, strict=True)
    }


def word_notes(seen: Evidence, count: int) -> list[str]:
    """Notes that say which words occur often enough to fit their size."""
    pairs = np.unique(np.stack([seen.target, seen.word // len(GROUPS)]), axis=1)
    targets = np.bincount(pairs[1], minlength=count)
    return [FITTED if number >= SEEN else SET for number in targets]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shared", type=Path)
    parser.add_argument("--out", type=Path, default=DATA)
    options = parser.parse_args()
    for name, rows in fitted_lists(options.shared)._asdict().items():
        file = {"words": "terms"}.get(name, name)
        path = options.out / f"stance/{file}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        rows.to_csv(path, index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
