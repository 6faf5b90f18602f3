"""Models run on one thread, by onnxruntime without its telemetry: the only import of onnxruntime."""

import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

NO_TELEMETRY: Final = "ORT_DISABLE_TELEMETRY"


def inference_session(model: bytes) -> "InferenceSession":
    """A session that runs a model.

    Official builds of onnxruntime report each session to Microsoft, from 1.29 on also on Linux and macOS.
    If this variable is set when they are imported, they make no identifier and open no connection.
    Source: pull request 27379 of microsoft/onnxruntime.

    Args:
        model: content of an ONNX file.
    """
    os.environ[NO_TELEMETRY] = "1"
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # processes run in parallel, not threads
    return InferenceSession(model, options, providers=["CPUExecutionProvider"])
