"""ONNX files that multiply two matrices, written by hand, as the package that writes such files is large.

Source: onnx.proto of the ONNX project, which gives the numbers of fields and types.
"""

from collections.abc import Sequence

FLOAT, UNSIGNED_BYTE, SIGNED_BYTE, INTEGER = 1, 2, 3, 6  # of 32 bits where it is not a byte


def transposed_product() -> bytes:
    """A file that multiplies `x` with the transpose of `y`."""
    transposed = message(1, b"transB") + number(3, 1) + number(20, 2)
    node = message(4, b"Gemm") + message(5, transposed)
    return product_model(node, (FLOAT, FLOAT, FLOAT), (b"nk", b"mk", b"nm"))


def product_of_bytes() -> bytes:
    """A file that multiplies the unsigned bytes of `x` with the signed bytes of `y`."""
    return product_model(
        message(4, b"MatMulInteger"), (UNSIGNED_BYTE, SIGNED_BYTE, INTEGER), (b"nk", b"km", b"nm")
    )


def product_model(operator: bytes, types: Sequence[int], sides: Sequence[bytes]) -> bytes:
    """A file with one operator, which makes `product` of `x` and `y`; types and sides are of these three."""
    node = message(1, b"x") + message(1, b"y") + message(2, b"product") + operator
    places = ((11, b"x"), (11, b"y"), (12, b"product"))  # two inputs, one output
    matrices = [
        matrix_field(place, name, kind, named)
        for (place, name), kind, named in zip(places, types, sides, strict=True)
    ]
    graph = message(1, node) + message(2, b"product") + b"".join(matrices)
    version_8_with_operators_of_13 = number(1, 8) + message(8, message(1, b"") + number(2, 13))
    return version_8_with_operators_of_13 + message(7, graph)


def matrix_field(place: int, name: bytes, kind: int, sides: bytes) -> bytes:
    """An input or output: a matrix of one type, each side named by a letter."""
    shape = b"".join(message(1, message(2, bytes([side]))) for side in sides)
    return message(place, message(1, name) + message(2, message(1, number(1, kind) + message(2, shape))))


def message(place: int, content: bytes) -> bytes:
    """A field of protobuf with less than 128 bytes of content."""
    return bytes([place << 3 | 2, len(content)]) + content


def number(place: int, value: int) -> bytes:
    """A field of protobuf with a number below 128."""
    tag = place << 3
    return (bytes([tag]) if tag < 128 else bytes([tag & 127 | 128, tag >> 7])) + bytes([value])
