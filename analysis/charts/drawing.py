"""A figure as a PNG: drawn once, each line of its text in one step.

Matplotlib draws text letter by letter. Charts are mostly text: a line at a time takes half as long.
"""

from typing import Any, Final

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg, get_hinting_flag
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

from analysis.charts.letters import font_of
from analysis.charts.palette_png import palette_png

SIXTY_FOURTHS: Final = 64  # FreeType counts places in 1/64 of a pixel
FOOT: Final = 0.22  # inches below a picture for a line that is written under it


class LineRenderer(RendererAgg):
    """Draws a level line of text in one step."""

    def draw_text(
        self, gc: Any, x: float, y: float, s: str, prop: FontProperties, angle: float, *rest: Any, **more: Any
    ) -> None:
        """Overrides `RendererAgg.draw_text`, which takes the arguments."""
        is_formula = bool(rest and rest[0]) or more.get("ismath")
        if is_formula or angle:
            super().draw_text(gc, x, y, s, prop, angle, *rest, **more)
            return
        font = font_of(prop.get_weight(), prop.get_style())
        font.set_size(prop.get_size_in_points(), self.dpi)
        font.set_text(s, 0, flags=get_hinting_flag())
        font.draw_glyphs_to_bitmap(antialiased=gc.get_antialiased())
        right, down = (offset / SIXTY_FOURTHS for offset in font.get_bitmap_offset())
        below = font.get_descent() / SIXTY_FOURTHS
        place = round(x + right), round(y + down + below) + 1
        self._renderer.draw_text_image(font.get_image(), *place, 0, gc)


class LineCanvas(FigureCanvasAgg):
    """A canvas that is drawn by `LineRenderer`."""

    def get_renderer(self) -> LineRenderer:
        size = self.get_width_height(physical=True)
        if self._lastKey != size:
            self.renderer, self._lastKey = LineRenderer(*size, self.figure.dpi), size
        return self.renderer


def png_of(figure: Figure) -> bytes:
    """The figure as a PNG at its own resolution; the same figure gives the same bytes."""
    canvas = LineCanvas(figure)
    place_all(figure)
    canvas.draw()
    return palette_png(np.asarray(canvas.buffer_rgba()))


def place_all(figure: Figure) -> None:
    """Give everything its final place; a figure with a line under it becomes higher by a line."""
    layout = figure.get_layout_engine()
    if layout is not None:
        layout.execute(figure)
        figure.set_layout_engine("none")
    if any(text.get_position()[1] < 0 for text in figure.texts):
        make_room_below(figure)


def make_room_below(figure: Figure) -> None:
    """Make the figure higher at its foot, all that is in it staying as it is."""
    width, height = figure.get_size_inches()
    whole = height + FOOT
    for axes in figure.axes:
        box = axes.get_position(original=True)
        axes.set_position((box.x0, (box.y0 * height + FOOT) / whole, box.width, box.height * height / whole))
    for text in figure.texts:  # the title and the note are among them
        text.set_y((text.get_position()[1] * height + FOOT) / whole)
    figure.set_size_inches(width, whole)
