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
from analysis.nlp.parse.product_model import transposed_product

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
    session = inference_session(transposed_product())

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
