"""Products of matrices for spaCy's networks, by onnxruntime: the parse spends most of its time on them.

The library that spaCy calls, BLIS, knows few processors and computes with its slowest code on the rest: there
onnxruntime is four to five times as fast. Like BLIS, and unlike the library of NumPy, it gives a row of a
product the same bits whatever its other rows are, so a text gives the same parse whatever is read with it.
"""

from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray
from thinc.api import NumpyOps

from analysis.nlp.parse.inference import inference_session

Matrix = NDArray[np.float32]


def use_fast_products(pipes: Iterable[object]) -> None:
    """Let the networks of a pipeline's components multiply their matrices with `product_function`."""
    ops = NumpyOps()
    ops.gemm = product_function(ops.gemm)
    for pipe in pipes:
        for network in pipe.model.walk() if getattr(pipe, "model", None) else ():
            network.ops = ops


def product_function(slow: Callable[..., Matrix]) -> Callable[..., Matrix]:
    """A function with the arguments of `NumpyOps.gemm`; forms that only training needs go to the slow one."""
    session = inference_session(product_model())

    def product(x: Matrix, y: Matrix, *, out=None, trans1: bool = False, trans2: bool = False) -> Matrix:
        if trans1 or not trans2 or not len(x):
            return slow(x, y, out=out, trans1=trans1, trans2=trans2)
        if len(x) == 1:  # onnxruntime adds up a single row in another order
            found = product(np.concatenate([x, x]), y, trans2=True)[:1]
        else:
            is_written = out is not None and out.flags.c_contiguous
            found = out if is_written else np.empty((len(x), len(y)), np.float32)
            binding = session.io_binding()  # writes there; without it, onnxruntime would return a copy
            binding.bind_cpu_input("x", np.ascontiguousarray(x))
            binding.bind_cpu_input("y", np.ascontiguousarray(y))
            binding.bind_output("product", "cpu", 0, np.float32, found.shape, found.ctypes.data)
            session.run_with_iobinding(binding)
        if out is None or out is found:
            return found
        out[:] = found
        return out

    return product


# ---------------------------------------------------------------- the model of one product


def product_model() -> bytes:
    """An ONNX file that multiplies `x` with the transpose of `y`.

    Source: onnx.proto of the ONNX project, which gives the numbers of the fields.
    """
    transposed = message(1, b"transB") + number(3, 1) + number(20, 2)
    names = message(1, b"x") + message(1, b"y") + message(2, b"product")
    node = names + message(4, b"Gemm") + message(5, transposed)
    inputs = matrix_field(11, b"x", b"nk") + matrix_field(11, b"y", b"mk")
    graph = message(1, node) + message(2, b"product") + inputs + matrix_field(12, b"product", b"nm")
    version_8_with_operators_of_13 = number(1, 8) + message(8, message(1, b"") + number(2, 13))
    return version_8_with_operators_of_13 + message(7, graph)


def matrix_field(place: int, name: bytes, sides: bytes) -> bytes:
    """An input or output: a matrix of floats, each side named by a letter."""
    shape = b"".join(message(1, message(2, bytes([side]))) for side in sides)
    return message(place, message(1, name) + message(2, message(1, number(1, 1) + message(2, shape))))


def message(place: int, content: bytes) -> bytes:
    """A field of protobuf with less than 128 bytes of content."""
    return bytes([place << 3 | 2, len(content)]) + content


def number(place: int, value: int) -> bytes:
    """A field of protobuf with a number below 128."""
    tag = place << 3
    return (bytes([tag]) if tag < 128 else bytes([tag & 127 | 128, tag >> 7])) + bytes([value])
