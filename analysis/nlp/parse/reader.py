"""The learned reader: a passage with marked mentions goes in, and what it says of them comes out.

One small encoder (all-MiniLM-L6-v2, fine-tuned by `benchmarks/train_reader.py`) reads a passage once. For
every ordered pair of sides it answers which quads of PLOVER the first does to the second, which root, and
whether that is done, to come, imagined, negated or long past; for a marked target which stance the passage
takes towards it; and for the passage which section of a newspaper it belongs to, and how much those who
follow the world need to hear of it. What grammar and lists know of a pair (`analysis.nlp.events.triggers`)
goes in as features.
"""

import hashlib
import json
import os
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

MODELS: Final = Path(__file__).parents[2] / "models"
BYTE_PRODUCT: Final = "byte_product.onnx"  # `product` of `x` and `y`, by the operator MatMulInteger
NO_TELEMETRY: Final = "ORT_DISABLE_TELEMETRY"
SLOW_FUSIONS: Final = ["SkipLayerNormFusion"]  # five times as long as the two steps that it joins
EXACT_BYTES: Final = "session.x64quantprecision"
"""Setting by which onnxruntime turns signed 8-bit weights into unsigned ones, with the same products."""


def inference_session(model: bytes) -> "InferenceSession":
    """A session that runs a model, with the same answers on processors that overflow.

    Args:
        model: content of an ONNX file.
    """
    return one_thread(model, {EXACT_BYTES: "1"} if overflows() else {})


@cache
def overflows() -> bool:
    """Whether this processor gets sums of unsigned times signed bytes wrong.

    x86 without VNNI adds two such products in 16 bits, which are too few for the largest. There unsigned
    weights are right; where nothing overflows, they would take twice as long.
    """
    x, y = np.full((8, 64), 255, np.uint8), np.full((64, 32), 127, np.int8)
    (found,) = one_thread((MODELS / BYTE_PRODUCT).read_bytes(), {}).run(["product"], {"x": x, "y": y})
    return bool((found != 255 * 127 * 64).any())


def one_thread(model: bytes, settings: dict[str, str]) -> "InferenceSession":
    """A session on one thread.

    Official builds of onnxruntime report each session to Microsoft, from 1.29 on also on Linux and macOS.
    This variable is their only switch that works in time: `disable_telemetry_events` can be called only after
    the import, which has written an identifier of the machine by then. It is taken back after the import.
    Source: pull request 27379 of microsoft/onnxruntime.
    """
    before = os.environ.get(NO_TELEMETRY)
    os.environ[NO_TELEMETRY] = "1"
    try:
        from onnxruntime import InferenceSession, SessionOptions
    finally:
        if before is None:
            del os.environ[NO_TELEMETRY]
        else:
            os.environ[NO_TELEMETRY] = before

    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # processes run in parallel, not threads
    for name, value in settings.items():
        options.add_session_config_entry(name, value)
    return InferenceSession(
        model, options, providers=["CPUExecutionProvider"], disabled_optimizers=SLOW_FUSIONS
    )


# ---------------------------------------------------------------- models on one thread


CARD: Final = "reader.json"  # labels, fitted numbers, and the sha256 of each file
RESTORE: Final = "git checkout -- analysis/models"
ENCODED: Final = "reader"  # value of `matched` and `rule` where the reader decided and no word
MARKS: Final = ("[unused7]", "[unused8]")
"""Before and after a mention: words of the base model's vocabulary that no text uses."""

IMPORTANCE: Final = (0.0, 5.0)  # from no foreign news to what an office must hear of first
MAX_TOKENS: Final = 160
WORDS_OF_ITEM: Final = 120  # of an article that is an item of a digest, at most: it is read whole
NEAR_CHARS: Final = 260  # kept on each side of a mention, about 40 words; the decisive words are nearer
REMEMBERED: Final = 10_000  # texts whose answers are cached: a wire sentence recurs in every reprint

Span = tuple[int, int]
Ordinals = tuple[int, ...]
"""Places of a side's mentions among the marked mentions of a passage."""


class Reading(NamedTuple):
    """Answers for the pairs of one passage, a row per pair in the order asked, and for the passage."""

    quads: NDArray[np.float32]  # pairs x 4: probability of each quad, which do not exclude each other
    roots: NDArray[np.float32]  # pairs x roots: logits
    statuses: NDArray[np.float32]  # pairs x 4 x statuses: probabilities, each row sums to 1
    stances: NDArray[np.float32]  # pairs x 3: stance towards the target, probabilities
    sections: NDArray[np.float32]  # probability of each section
    importance: float  # 0 to 5, see `IMPORTANCE`; 0 where that is not asked and no pair is likely to act
    is_read: NDArray[np.bool_]  # pairs: whether both sides are in the part of the passage that was read


def without_marks(text: str) -> str:
    """A text whose own marks, which an attacker may put there, are in other brackets, as long as before."""
    for token in MARKS:
        text = text.replace(token, f"({token[1:-1]})")
    return text


def mark(text: str, mentions: Sequence[Span]) -> str:
    """Put each mention between its marks; words far from every mention are replaced by dots.

    In a sentence of 5,000 words the mentions could otherwise lie beyond what the reader reads.
    """
    text, spans = without_marks(text), [(start, min(end, start + NEAR_CHARS)) for start, end in mentions]
    inserts = sorted([(start, 1, MARKS[0]) for start, _ in spans] + [(end, 0, MARKS[1]) for _, end in spans])
    pieces = []
    for start, end in windows(text, spans):
        piece, position = "", start
        for offset, _, token in inserts:
            if start <= offset <= end:
                piece += f"{text[position:offset]} {token} "
                position = offset
        pieces.append(piece + text[position:end])
    return " ... ".join(pieces)


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


def read(
    passage: str,
    pairs: Sequence[tuple[Ordinals, Ordinals]],
    features: NDArray[np.float32] | None = None,
    *,
    is_graded: bool = False,
) -> Reading:
    """Read one passage.

    Each passage is a batch of its own: the int8 model scales its numbers by the largest one in a batch, so
    that passages in one batch would change each other's figures.

    Args:
        passage: a text with each mention between `MARKS`; for its section alone `without_marks`.
        pairs: the mentions of source and target of each question; either may be empty.
        features: a row per pair, see `analysis.nlp.events.triggers.FEATURES`; None for no features.
        is_graded: whether its importance is asked for even where no pair is likely to act.

    Returns:
        One row per pair; a pair beyond the first 160 word pieces is not read.
    """
    bits = b"" if features is None else features.astype(bool).tobytes()
    return read_once(passage, tuple(pairs), bits, is_graded)


@lru_cache(maxsize=REMEMBERED)
def read_once(
    passage: str, pairs: tuple[tuple[Ordinals, Ordinals], ...], bits: bytes, is_graded: bool
) -> Reading:
    session, tokenizer = load_reader()
    ids = tokenizer.encode(passage).ids
    spans = marked_spans(ids, *(tokenizer.token_to_id(token) for token in MARKS))
    asked = pairs or (((), ()),)
    sources, targets = (np.stack([weights(pair[side], spans, len(ids)) for pair in asked]) for side in (0, 1))
    features = np.zeros((len(asked), len(card()["features"])), dtype=np.float32)
    if bits:
        features[:] = np.frombuffer(bits, dtype=bool).reshape(features.shape)
    given = {"ids": np.array([ids], dtype=np.int64), "sources": sources, "targets": targets}
    given |= {"features": features, "graded": np.array([is_graded], dtype=np.float32)}
    names = ["quads", "roots", "statuses", "stances", "sections", "importance"]
    *by_pair, sections, importance = session.run(names, given)
    is_read = (sources.sum(1) > 0) & (targets.sum(1) > 0)
    graded = round(float(np.clip(importance[0, 0], *IMPORTANCE)), 2)
    return Reading(*(part[: len(pairs)] for part in by_pair), sections[0], graded, is_read[: len(pairs)])


def marked_spans(ids: Sequence[int], opening: int, closing: int) -> list[Span]:
    """First token and the one past the last of each marked mention, marks included."""
    starts = [i for i, token in enumerate(ids) if token == opening]
    ends = [i + 1 for i, token in enumerate(ids) if token == closing]
    return list(zip(starts, [*ends, *[len(ids)] * (len(starts) - len(ends))], strict=True))


def weights(ordinals: Ordinals, spans: Sequence[Span], length: int) -> NDArray[np.float32]:
    """A row that takes the mean over the tokens of some mentions; zeros if none of them was read."""
    row = np.zeros(length, dtype=np.float32)
    for ordinal in ordinals:
        if ordinal < len(spans):
            row[slice(*spans[ordinal])] = 1
    return row / max(row.sum(), 1)


@cache
def load_reader() -> tuple["InferenceSession", Tokenizer]:
    """Model and tokenizer, checked and loaded once per process.

    Raises:
        FileNotFoundError: one of the files is missing.
        ValueError: one of them is not the file recorded in `reader.json`.
    """
    session = inference_session(checked_file("reader.onnx"))
    tokenizer = Tokenizer.from_buffer(checked_file("tokenizer.json"))
    tokenizer.add_special_tokens(list(MARKS))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    return session, tokenizer


def checked_file(name: str) -> bytes:
    """Content of a model file, if it is the one recorded in the card beside it.

    Raises:
        FileNotFoundError: the file is missing.
        ValueError: it is not the file that the card records.
    """
    path, expected = MODELS / name, card()["sha256"][name]
    if not path.is_file():
        raise FileNotFoundError(f"{path} is missing, expected sha256 {expected}: run `{RESTORE}`")
    content = path.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != expected:
        raise ValueError(f"{path} has sha256 {found}, expected {expected}: run `{RESTORE}`")
    return content


@cache
def card() -> dict:
    """What `reader.json` records: labels of each answer, fitted numbers, `sha256` of the files."""
    return json.loads((MODELS / CARD).read_text(encoding="utf-8"))
