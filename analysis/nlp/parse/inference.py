"""Models run on one thread, by onnxruntime without its telemetry: the only import of onnxruntime."""

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

MODELS: Final = Path(__file__).parents[2] / "models"
BYTE_PRODUCT: Final = "byte_product.onnx"  # `product` of `x` and `y`, by the operator MatMulInteger
NO_TELEMETRY: Final = "ORT_DISABLE_TELEMETRY"
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
    return InferenceSession(model, options, providers=["CPUExecutionProvider"])
