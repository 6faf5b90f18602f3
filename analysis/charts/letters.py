"""How wide text is in the font of the charts, and where its lines end, without drawing it."""

from functools import cache, lru_cache
from typing import Final

from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import FT2Font, LoadFlags

LINE_HEIGHT: Final = 1.164  # of DejaVu Sans, from the top of its highest letter to the foot of its lowest
POINTS: Final = 72  # in an inch
SIXTEENTHS: Final = 65536  # FreeType counts widths in 1/65536 of a pixel


@cache
def font_of(weight: str | int, style: str) -> FT2Font:
    """The font of the charts, "normal" or "bold"; one object for all sizes, so set the size before use."""
    return get_font(findfont(FontProperties(weight=weight, style=style)))


@cache
def font_characters() -> frozenset[int]:
    """The characters that the font of the charts has."""
    return frozenset(font_of("normal", "normal").get_charmap())


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
