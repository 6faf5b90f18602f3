"""Pixels as a PNG of 256 colours: a third of the bytes of one with all of them, and no eye sees a difference.

Charts are flat colours and text on white. Colours that agree in the first five bits of red, green and blue
share one entry of the palette, which is their mean, so a colour that fills an area stays as it is.
"""

import struct
import zlib
from typing import Final

import numpy as np
from numpy.typing import NDArray

WHITE: Final = 0xFFFFFFFF
MOST: Final = 255  # colours besides white
SHADES: Final = 32  # of red, of green and of blue
SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
INDEXED: Final = (8, 3, 0, 0, 0)  # eight bits, by palette, and no choice of compression, filter and interlace


def palette_png(pixels: NDArray[np.uint8]) -> bytes:
    """A PNG of opaque pixels; the same pixels give the same bytes.

    Args:
        pixels: rows, columns, and red, green, blue and opacity.
    """
    height, width, _ = pixels.shape
    packed = np.ascontiguousarray(pixels).view(np.uint32).reshape(height, width)
    is_ink = packed != WHITE
    ink = pixels[is_ink][:, :3]
    palette, places = palette_of(ink)
    rows = np.zeros((height, width + 1), np.uint8)  # each row begins with its filter, which is none
    rows[:, 1:][is_ink] = places
    header = struct.pack(">II5B", width, height, *INDEXED)
    parts = {
        b"IHDR": header,
        b"PLTE": palette.tobytes(),
        b"IDAT": zlib.compress(rows.tobytes(), 6),
        b"IEND": b"",
    }
    return SIGNATURE + b"".join(chunk(kind, data) for kind, data in parts.items())


def palette_of(ink: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """White and up to 255 other colours, and which of them each coloured pixel has.

    Args:
        ink: red, green and blue of each pixel that is not white.
    """
    red, green, blue = (ink[:, part].astype(np.intp) for part in range(3))
    groups = (red // 8 * SHADES + green // 8) * SHADES + blue // 8
    counts = np.bincount(groups, minlength=SHADES**3)
    used = np.flatnonzero(counts)
    sums = [np.bincount(groups, part, minlength=SHADES**3)[used] for part in (red, green, blue)]
    colours = np.column_stack(sums) / counts[used, None]
    kept = np.argsort(-counts[used], kind="stable")[:MOST]
    nearest = nearest_of(colours, colours[kept])
    nearest[kept] = np.arange(len(kept))
    table = np.zeros(SHADES**3, np.uint8)
    table[used] = nearest + 1
    return np.vstack([np.full((1, 3), 255), colours[kept]]).round().astype(np.uint8), table[groups]


def nearest_of(colours: NDArray[np.float64], kept: NDArray[np.float64]) -> NDArray[np.intp]:
    """The place of the nearest kept colour for each colour."""
    apart = ((colours[:, None, :] - kept[None, :, :]) ** 2).sum(axis=2)
    return apart.argmin(axis=1) if len(kept) else np.zeros(len(colours), np.intp)


def chunk(kind: bytes, data: bytes) -> bytes:
    """A part of a PNG: its length, its kind, its data and their checksum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
