"""How wide text is in the font of the charts, how a line of it looks, and where its lines end."""

from functools import cache, lru_cache
from typing import Final, NamedTuple

import numpy as np
from matplotlib.backends.backend_agg import get_hinting_flag
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import FT2Font, LoadFlags
from numpy.typing import NDArray

POINTS: Final = 72  # in an inch
SIXTEENTHS: Final = 65536  # FreeType counts widths of letters in 1/65536 of a pixel
SIXTY_FOURTHS: Final = 64  # and places in 1/64
MOST_LINES: Final = 1000  # kept as pictures; those of a briefing's charts are fewer


class Look(NamedTuple):
    """How text is written."""

    weight: str | int  # "normal" or "bold"
    style: str  # "normal" or "italic"
    size: float  # points


class Metrics(NamedTuple):
    """How far a font reaches above and below its line, and the gap between lines, in sizes of the font."""

    ascent: float
    descent: float
    gap: float


class LinePicture(NamedTuple):
    """A line of text as it is drawn, in pixels."""

    width: float
    height: float
    descent: float
    image: NDArray[np.uint8]
    right: float  # from where the line begins to the left of its image
    down: float  # from the line to the foot of its image


def font_of(weight: str | int, style: str) -> FT2Font:
    """The font of the charts; one object for all sizes, so set the size before use.

    Matplotlib keeps it, one for each thread, and opens it anew in a forked process: two processes that read
    one open file would move each other's place in it.
    """
    return get_font(font_path(weight, style))


@cache
def font_path(weight: str | int, style: str) -> str:
    """The file of the font."""
    return findfont(FontProperties(weight=weight, style=style))


@cache
def font_characters() -> frozenset[int]:
    """The characters that the font of the charts has."""
    return frozenset(font_of("normal", "normal").get_charmap())


@cache
def font_metrics(weight: str | int, style: str) -> Metrics:
    """The heights of the font, as Matplotlib takes them."""
    font = font_of(weight, style)
    heights, em = font.get_sfnt_table("OS/2"), font.get_sfnt_table("head")["unitsPerEm"]
    return Metrics(
        heights["sTypoAscender"] / em, -heights["sTypoDescender"] / em, heights["sTypoLineGap"] / em
    )


@lru_cache(maxsize=MOST_LINES)
def line_picture(text: str, look: Look, dpi: float) -> LinePicture:
    """A line of text, laid out and drawn once; it is measured before it is drawn, and often drawn again."""
    font = font_of(look.weight, look.style)
    font.set_size(look.size, dpi)
    font.set_text(text, 0, flags=get_hinting_flag())
    width, height = (length / SIXTY_FOURTHS for length in font.get_width_height())
    font.draw_glyphs_to_bitmap(antialiased=True)
    right, down = (offset / SIXTY_FOURTHS for offset in font.get_bitmap_offset())
    descent = font.get_descent() / SIXTY_FOURTHS
    return LinePicture(width, height, descent, np.array(font.get_image()), right, down + descent)


@lru_cache(maxsize=4000)
def letter_width(letter: str, weight: str) -> float:
    """The width of a letter in sizes of the font."""
    font = font_of(weight, "normal")
    font.set_size(POINTS, POINTS)
    glyph = font.load_char(ord(letter), flags=LoadFlags.NO_HINTING)
    return glyph.linearHoriAdvance / SIXTEENTHS / POINTS


def text_width(text: str, size: float, *, weight: str = "normal") -> float:
    """The width of one line in inches; `size` is in points."""
    return sum(letter_width(letter, weight) for letter in text) * size / POINTS


def lines_of(text: str, inches: float, size: float, *, weight: str = "normal") -> list[str]:
    """The text in lines that are no wider than some inches, cut at spaces where there are any."""
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(joined, size, weight=weight) <= inches:
            lines[-1] = joined
        else:
            lines += pieces(word, inches, size, weight)
    return lines


def pieces(word: str, inches: float, size: float, weight: str) -> list[str]:
    """A word in parts that each fit on a line; nearly always one."""
    if text_width(word, size, weight=weight) <= inches:
        return [word]
    most = max(1, int(len(word) * inches / text_width(word, size, weight=weight)) - 1)
    return [word[start : start + most] for start in range(0, len(word), most)]
