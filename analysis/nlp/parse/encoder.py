"""Marked sentences to vectors and task probabilities.

One small sentence encoder (all-MiniLM-L6-v2, fine-tuned by `benchmarks/train_encoder.py`) reads a passage
once and answers three questions in one run: which PLOVER root the marked source does to the marked target,
what stance the passage takes towards the marked target, and which section of a newspaper it belongs to.
"""

import hashlib
import json
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from analysis.nlp.parse.inference import MODELS, inference_session

if TYPE_CHECKING:
    from onnxruntime import InferenceSession


HEADS = "heads.json"
ENCODED = "encoder"  # value of `matched` and `rule` where a model decided and no word
CARD = "encoder.json"  # beside the model: the labels of each task, and name and sha256 of each file
RESTORE = "git checkout -- analysis/models"

SOURCE_MARKS = ("[unused1]", "[unused2]")
TARGET_MARKS = ("[unused3]", "[unused4]")
STANCE_MARKS = ("[unused5]", "[unused6]")
ACTOR_MARKS = ("[unused7]", "[unused8]")
"""Words of the base model's vocabulary that no text uses; one pair of marks per role of a mention."""

MAX_TOKENS = 128
NEAR_CHARS = 260  # kept on each side of a mention, about 40 words; the decisive words are nearer
GAP = " ... "
REMEMBERED = 10_000  # texts whose answers are cached: a wire sentence recurs in every reprint

Span = tuple[int, int]


class Probabilities(NamedTuple):
    """The encoder's answers for one text; each row sums to 1, in the order of `labels()`."""

    root: NDArray[np.float32]
    stance: NDArray[np.float32]
    section: NDArray[np.float32]


def mark_pair(text: str, source: Span | None, target: Span | None) -> str:
    """The passage with source and target marked, cut to the words near them.

    Args:
        text: the sentence with both; a longer passage is safe.
        source: offsets of who acts; None without a mention.
        target: offsets of who is acted upon; None without a mention.

    Returns:
        Text for `encode`.
    """
    sides = ((source, SOURCE_MARKS), (target, TARGET_MARKS))
    return mark(text, [(span, marks) for span, marks in sides if span])


def mark_target(text: str, target: Span) -> str:
    """The passage with the target of a stance marked, cut to the words near it.

    Args:
        text: the sentence around the target; a longer passage is safe.
        target: offsets of the mention.

    Returns:
        Text for `encode`.
    """
    return mark(text, [(target, STANCE_MARKS)])


def mark(text: str, mentions: Sequence[tuple[Span, tuple[str, str]]]) -> str:
    """Each mention between its marks; words far from every mention are replaced by dots.

    In a sentence of 5,000 words the mentions could otherwise lie beyond what the encoder reads.
    """
    spans = [(start, min(end, start + NEAR_CHARS)) for (start, end), _ in mentions]
    marks = [marks for _, marks in mentions]
    inserts = sorted(
        [(start, 1, opening) for (start, _), (opening, _) in zip(spans, marks, strict=True)]
        + [(end, 0, closing) for (_, end), (_, closing) in zip(spans, marks, strict=True)]
    )
    pieces = []
    for start, end in windows(text, spans):
        piece, position = "", start
        for offset, _, token in inserts:
            if start <= offset <= end:
                piece += f"{text[position:offset]} {token} "
                position = offset
        pieces.append(piece + text[position:end])
    return GAP.join(pieces)


def windows(text: str, spans: Sequence[Span]) -> list[Span]:
    """The parts of the text near a mention, cut at spaces; parts that touch are joined."""
    joined: list[list[int]] = []
    for start, end in sorted(spans):
        first = max(0, start - NEAR_CHARS)
        last = min(len(text), end + NEAR_CHARS)
        first = text.find(" ", first, start) + 1 if first else 0
        last = max(text.rfind(" ", end, last), end) if last < len(text) else last
        if joined and first <= joined[-1][1]:
            joined[-1][1] = max(joined[-1][1], last)
        else:
            joined.append([first, last])
    return [(first, last) for first, last in joined]


def encode(texts: Sequence[str]) -> list[Probabilities]:
    """The encoder's answers for each text, in order; equal texts are encoded once.

    Each text is a batch of its own. The int8 model scales its numbers by the largest one in a batch, so texts
    in one batch would change each other's figures, and a batch saves little on one core.

    Args:
        texts: passages as written by `mark_pair` or `mark_target`, or plain sentences.

    Returns:
        One row per text.
    """
    return [run(text) for text in texts]


@lru_cache(maxsize=REMEMBERED)
def run(text: str) -> Probabilities:
    session, tokenizer = load_encoder()
    ids = np.array([tokenizer.encode(text).ids], dtype=np.int64)
    return Probabilities(*(softmax(row[0]) for row in session.run(list(Probabilities._fields), {"ids": ids})))


def softmax(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    powers = np.exp(logits - logits.max())
    return powers / powers.sum()


@cache
def load_encoder() -> tuple["InferenceSession", Tokenizer]:
    """Model and tokenizer, checked and loaded once per process; the heads are checked with them.

    Raises:
        FileNotFoundError: one of the files is missing.
        ValueError: one of them is not the file recorded in `encoder.json`.
    """
    session = inference_session(checked_file("encoder.onnx", MODELS))
    tokenizer = Tokenizer.from_buffer(checked_file("tokenizer.json", MODELS))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    if HEADS in description(MODELS)["sha256"]:  # training records none: the heads are fitted later
        checked_file(HEADS, MODELS)
    return session, tokenizer


def checked_file(name: str, folder: Path = MODELS, *, card: str = CARD) -> bytes:
    """Content of a model file, if it is the one recorded in a card beside it."""
    path, expected = folder / name, description(folder, card)["sha256"][name]
    if not path.is_file():
        raise FileNotFoundError(f"{path} is missing, expected sha256 {expected}: run `{RESTORE}`")
    content = path.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != expected:
        raise ValueError(f"{path} has sha256 {found}, expected {expected}: run `{RESTORE}`")
    return content


def labels() -> dict[str, list[str]]:
    """The classes of each task, in the order of `Probabilities`."""
    return description()["labels"]


@cache
def description(folder: Path = MODELS, card: str = CARD) -> dict:
    """What a card, such as `encoder.json`, records of the files beside it."""
    return json.loads((folder / card).read_text(encoding="utf-8"))
