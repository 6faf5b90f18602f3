"""Passages with marked actors to what passes between each pair of them: the second model, beside the encoder.

The judge (all-MiniLM-L6-v2, fine-tuned by `benchmarks/train_judge.py` on whole articles) reads a sentence
once and answers for every ordered pair of its sides: which quads of PLOVER the first does to the second,
which root in each quad, and whether that has happened, will, might, did not, or is long past.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from analysis.nlp.parse.encoder import ACTOR_MARKS, REMEMBERED, checked_file, description
from analysis.nlp.parse.inference import inference_session

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

CARD = "judge.json"  # beside the model: its labels, the fitted weights, and the sha256 of each file
MAX_TOKENS = 160
ACTED = ("past", "ongoing")  # one class for the judge: the rules tell them apart

Ordinals = tuple[int, ...]
"""Places of a side's mentions among the marked mentions of a passage."""


class Judgment(NamedTuple):
    """The judge's answers for the pairs of one passage, a row per pair in the order asked."""

    quads: NDArray[np.float32]  # pairs x 4: probability of each quad, which do not exclude each other
    roots: NDArray[np.float32]  # pairs x roots: scores, to be compared within a quad
    statuses: NDArray[np.float32]  # pairs x 4 x statuses: probabilities, each row sums to 1
    is_read: NDArray[np.bool_]  # pairs: whether both sides are in the part of the passage that was read


@lru_cache(maxsize=REMEMBERED)
def judge(passage: str, pairs: tuple[tuple[Ordinals, Ordinals], ...]) -> Judgment:
    """What passes between the sides of a passage.

    Args:
        passage: a sentence with each actor between `ACTOR_MARKS`.
        pairs: the mentions of source and target of each question.

    Returns:
        One row per pair; a pair beyond the first 160 word pieces is not read.
    """
    session, tokenizer = load_judge()
    ids = tokenizer.encode(passage).ids
    spans = marked_spans(ids, *(tokenizer.token_to_id(mark) for mark in ACTOR_MARKS))
    sources, targets = (np.stack([weights(pair[side], spans, len(ids)) for pair in pairs]) for side in (0, 1))
    asked = {"ids": np.array([ids], dtype=np.int64), "sources": sources, "targets": targets}
    quads, roots, statuses = session.run(["quads", "roots", "statuses"], asked)
    return Judgment(quads, roots, statuses, (sources.sum(1) > 0) & (targets.sum(1) > 0))


def marked_spans(ids: Sequence[int], opening: int, closing: int) -> list[tuple[int, int]]:
    """First token and the one past the last of each marked mention, marks included."""
    starts = [i for i, token in enumerate(ids) if token == opening]
    ends = [i + 1 for i, token in enumerate(ids) if token == closing]
    return list(zip(starts, [*ends, *[len(ids)] * (len(starts) - len(ends))], strict=True))


def weights(ordinals: Ordinals, spans: Sequence[tuple[int, int]], length: int) -> NDArray[np.float32]:
    """A row that takes the mean over the tokens of some mentions; zeros if none of them was read."""
    row = np.zeros(length, dtype=np.float32)
    for ordinal in ordinals:
        if ordinal < len(spans):
            row[slice(*spans[ordinal])] = 1
    return row / max(row.sum(), 1)


@cache
def load_judge() -> tuple["InferenceSession", Tokenizer]:
    """Model and tokenizer, checked and loaded once per process.

    Raises:
        FileNotFoundError: one of the files is missing.
        ValueError: one of them is not the file recorded in `judge.json`.
    """
    session = inference_session(checked_file("judge.onnx", card=CARD))
    tokenizer = Tokenizer.from_buffer(checked_file("tokenizer.json", card=CARD))
    tokenizer.add_special_tokens(list(ACTOR_MARKS))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    return session, tokenizer


def judge_card() -> dict:
    """What `judge.json` records: `roots`, `statuses`, the fitted `weights`, and `sha256` of the model."""
    return description(card=CARD)
