"""A figure as a PNG: drawn once, each line of its text in one step.

Matplotlib draws text letter by letter. Charts are mostly text: a line at a time takes half as long.
"""

from typing import Any, Final

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

from analysis.charts.letters import POINTS, Look, font_metrics, line_picture
from analysis.charts.palette_png import palette_png

FOOT: Final = 0.22  # inches below a picture for a line that is written under it


class LineRenderer(RendererAgg):
    """Draws a level line of text in one step, and measures it once; formulas and slanted text as usual."""

    def draw_text(
        self, gc: Any, x: float, y: float, s: str, prop: FontProperties, angle: float, *rest: Any, **more: Any
    ) -> None:
        """Overrides `RendererAgg.draw_text`, which takes the arguments."""
        is_formula = bool(rest and rest[0]) or more.get("ismath")
        if is_formula or angle:
            super().draw_text(gc, x, y, s, prop, angle, *rest, **more)
            return
        line = line_picture(s, look_of(prop), self.dpi)
        self._renderer.draw_text_image(line.image, round(x + line.right), round(y + line.down) + 1, 0, gc)

    def get_text_width_height_descent(
        self, s: str, prop: FontProperties, ismath: Any
    ) -> tuple[float, float, float]:
        """Overrides `RendererAgg.get_text_width_height_descent`."""
        if ismath:
            return super().get_text_width_height_descent(s, prop, ismath)
        line = line_picture(s, look_of(prop), self.dpi)
        return line.width, line.height, line.descent

    def _get_font_height_metrics(self, prop: FontProperties) -> tuple[float, float, float]:
        """Matplotlib asks for this before it looks the font up anew for each text, which takes longer."""
        pixels = prop.get_size_in_points() * self.dpi / POINTS
        found = font_metrics(prop.get_weight(), prop.get_style())
        return found.ascent * pixels, found.descent * pixels, found.gap * pixels


def look_of(prop: FontProperties) -> Look:
    return Look(prop.get_weight(), prop.get_style(), prop.get_size_in_points())


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
