"""Store the 8-bit weights of a model as signed numbers: processors with VNNI read half as fast again.

    /tmp/train/bin/python benchmarks/signed_weights.py

`quantize_dynamic` writes unsigned weights with a zero point each, or signed ones that are symmetric around
zero and so less exact. Here weights and zero points are both shifted by 128. Every product stays the same, to
the last bit; where the processor would overflow, `analysis.nlp.parse.reader` has them shifted back. The
training scripts call this on what they export. Run by itself, it shifts the shipped models and records their
sha256; models that are signed already stay as they are.
"""

import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper

MODELS = Path(__file__).resolve().parent.parent / "analysis" / "models"
SHIPPED = {"reader.onnx": "reader.json"}  # model: card that records its sha256
WEIGHTS = {"MatMulInteger": (1, 3), "QAttention": (1, 7)}  # operator: inputs for weights and zero points


def sign_weights(path: Path) -> None:
    """Shift the unsigned weights of all products in an ONNX file, in place."""
    model = onnx.load(path)
    stored = {tensor.name: tensor for tensor in model.graph.initializer}
    shifted = {node.input[i] for node in model.graph.node for i in WEIGHTS.get(node.op_type, ())}
    for name in sorted(shifted):
        values = numpy_helper.to_array(stored[name])
        if values.dtype == np.uint8:
            signed = (values.astype(np.int16) - 128).astype(np.int8)
            stored[name].CopyFrom(numpy_helper.from_array(signed, name))
    onnx.save(model, path)


def main() -> None:
    for name, card in SHIPPED.items():
        sign_weights(MODELS / name)
        described = json.loads((MODELS / card).read_text(encoding="utf-8"))
        described["sha256"][name] = hashlib.sha256((MODELS / name).read_bytes()).hexdigest()
        (MODELS / card).write_text(json.dumps(described, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
