"""A picture of 256 colours shows what the pixels show."""

import io

import numpy as np
from matplotlib.image import imread

from analysis.charts.palette_png import palette_png


def picture(*colours, height=3):
    """Pixels of one row of colours, repeated."""
    row = np.array([(*colour, 255) for colour in colours], np.uint8)
    return np.repeat(row[None], height, axis=0)


def shown(pixels):
    """Red, green and blue of the PNG of some pixels, from 0 to 255."""
    return (imread(io.BytesIO(palette_png(pixels)), format="png")[:, :, :3] * 255).round().astype(int)


def test_a_picture_keeps_its_size_and_its_flat_colours():
    pixels = picture((255, 255, 255), (0, 114, 178), (247, 247, 247), (0, 0, 0))
    assert shown(pixels).tolist() == pixels[:, :, :3].tolist()


def test_a_white_picture_is_white():
    assert (shown(picture((255, 255, 255))) == 255).all()


def test_a_colour_too_rare_for_the_palette_is_shown_by_the_nearest():
    often = [(red, green, 0) for red in range(0, 256, 16) for green in range(0, 256, 16)][:255]
    shades = shown(picture(*often, *often, (160, 160, 8)))[0]
    assert shades[:255].tolist() == [list(colour) for colour in often]
    assert shades[-1].tolist() == [160, 160, 0]


def test_the_same_pixels_give_the_same_bytes():
    pixels = picture((255, 255, 255), (1, 2, 3), (200, 100, 0))
    assert palette_png(pixels) == palette_png(pixels.copy())
