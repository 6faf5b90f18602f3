"""Where names and numbers find room on the map without covering each other."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from analysis.charts.map_shapes import Points

POINTS_PER_RADIUS: Final = 104.0  # typographic points to a radius of the earth, on a map as wide as a page
LETTER_WIDTH, LINE_HEIGHT = 0.58, 1.15  # of DejaVu Sans, in sizes of the font


class Box(NamedTuple):
    """A rectangle on the map, in radii of the earth."""

    left: float
    bottom: float
    right: float
    top: float

    def overlaps(self, other: "Box") -> bool:
        is_beside = self.right <= other.left or other.right <= self.left
        return not (is_beside or self.top <= other.bottom or other.top <= self.bottom)


@dataclass
class Room:
    """What is taken on the map."""

    boxes: list[Box] = field(default_factory=list)  # of marks, numbers and names
    lines: list[Points] = field(default_factory=list)  # may be covered, where there is no better place

    def is_free(self, box: Box) -> bool:
        return not any(box.overlaps(taken) for taken in self.boxes)


def box_at(middle: Points, width: float, height: float) -> Box:
    """The box of a text or a mark.

    Args:
        middle: x and y on the map.
        width: in typographic points.
        height: the same.
    """
    aside, above = width / 2 / POINTS_PER_RADIUS, height / 2 / POINTS_PER_RADIUS
    return Box(middle[0] - aside, middle[1] - above, middle[0] + aside, middle[1] + above)


def text_size(text: str, font_size: float) -> tuple[float, float]:
    """About how wide and high a line of text is, in typographic points."""
    return LETTER_WIDTH * font_size * len(text), LINE_HEIGHT * font_size


def best_spot(spots: Sequence[Points], width: float, height: float, room: Room) -> Points | None:
    """The free spot that covers the fewest points of lines, the first of equals; None if none is free.

    Args:
        spots: middles of the places to try, the best first.
        width: of what is to be placed, in typographic points.
        height: the same.
        room: what is taken.
    """
    boxes = [box_at(spot, width, height) for spot in spots]
    free = [(covered_points(box, room.lines), i) for i, box in enumerate(boxes) if room.is_free(box)]
    return spots[min(free)[1]] if free else None


def covered_points(box: Box, lines: Sequence[Points]) -> int:
    """How many points of lines a box covers."""
    inside = ((line > box[:2]) & (line < box[2:]) for line in lines)
    return sum(int(points.all(axis=1).sum()) for points in inside)
