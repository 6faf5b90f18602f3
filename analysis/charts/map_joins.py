"""Pairs on the map: a line or a ring for each, its number, and the names of its ends."""

from typing import Final, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Circle
from matplotlib.patheffects import withStroke
from pandas import DataFrame, Series

from analysis.charts.base import DARK, label, shortened
from analysis.charts.map_room import POINTS_PER_RADIUS, Room, best_spot, box_at, text_size
from analysis.charts.map_shapes import (
    DATE_LINE,
    Points,
    bloc_places,
    degrees_from_centre,
    name_on_map,
    place_of,
    place_on_map,
    projected,
    within_half_turn,
)
from analysis.charts.pairs import TIES, tie_kind
from analysis.phrasing import counted
from analysis.tables.rows import rows_of

WIDEST, NARROWEST, HALO = 3.4, 1.2, 0.7  # of lines, in points; a halo is on either side
BULGE: Final = 0.12  # degrees north for each degree east: lines from one country fan out
NORTHERNMOST: Final = 80.0  # degrees, where a line would leave the map
SAMPLES: Final = 181  # points of a line
SHORT: Final = 0.16  # radii of the earth: a shorter line is hardly seen, so a ring is drawn round its ends
RING_MARGIN, NUMBER_MARGIN = 0.035, 0.105  # radii of the earth, from the ends of a short line
ALONG: Final = (
    0.5,
    0.4,
    0.6,
    0.35,
    0.65,
    0.3,
    0.7,
    0.25,
    0.75,
    0.2,
    0.8,
)  # of a line: places for its number
FARTHER: Final = 1.6  # times as far, where nothing nearer is free
AROUND: Final = (90, 45, 135, 0, 180, -45, -135, -90)  # degrees, where around a ring
BESIDE: Final = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))
NAME_SIZE, NUMBER_SIZE, WAY_SIZE = 7.5, 7.0, 6.5  # of letters, in points
WAY_RAISE, WAY_STEP = 0.04, 0.085  # radii of the earth: above the line, and from one name to the next
MARK_BOX, NUMBER_BOX = 3.0, 11.0  # points
NAME_CHARS, PAIR_CHARS = 24, 36
WHITE_EDGE: Final = (withStroke(linewidth=2, foreground="white"),)


class Join(NamedTuple):
    """A pair on the map."""

    number: int
    ends: tuple[str, str]
    kind: str  # of `TIES`
    conflict_weight: float
    cooperation_weight: float
    incident_count: int
    pieces: tuple[Points, ...]  # two where the line leaves the map on one side and comes in on the other

    @property
    def name(self) -> str:
        """ "China – United States"."""
        return " – ".join(map(name_on_map, self.ends))

    @property
    def short_name(self) -> str:
        """The name with both ends shortened where it is long."""
        if len(self.name) <= PAIR_CHARS:
            return self.name
        return " – ".join(shortened(name_on_map(code), PAIR_CHARS // 2) for code in self.ends)

    @property
    def weights(self) -> str:
        """ "conflict 1.2, cooperation 0.9"."""
        return f"conflict {self.conflict_weight:.1f}, cooperation {self.cooperation_weight:.1f}"

    @property
    def words(self) -> str:
        """ "1 China – United States, mixed: conflict 1.2, cooperation 0.9, 5 incidents"."""
        count = counted(self.incident_count, "incident")
        return f"{self.number} {self.name}, {self.kind}: {self.weights}, {count}"

    @property
    def weight(self) -> float:
        return self.conflict_weight + self.cooperation_weight

    @property
    def longest(self) -> Points:
        return max(self.pieces, key=len)

    @property
    def is_short(self) -> bool:
        return len(self.pieces) == 1 and length(self.longest) < SHORT


class Way(NamedTuple):
    """Where a line leaves the map, and what is at its other end."""

    is_east: bool
    height: float
    edge: float
    place: str


def pair_joins(pairs: DataFrame, most: int) -> list[Join]:
    """The first pairs that have both ends on the map, numbered from 1: `PairLevels` table."""
    rows = [row for row in rows_of(pairs) if all(map(place_of, row.dyad.split("-")))]
    return [pair_join(number, row) for number, row in enumerate(rows[:most], start=1)]


def pair_join(number: int, row: Series) -> Join:
    """A row of `PairLevels` as it is drawn."""
    ends = tuple(row.dyad.split("-"))
    total = row.conflict_weight + row.cooperation_weight
    kind = tie_kind(row.conflict_weight / total if total else np.nan)  # demands alone weigh nothing
    weights = (row.conflict_weight, row.cooperation_weight, int(row.incident_count))
    return Join(number, ends, kind, *weights, join_pieces(*map(place_of, ends)))


def join_pieces(start: tuple[float, float], end: tuple[float, float]) -> tuple[Points, ...]:
    """The line between two places, the short way round, cut where it crosses the edge of the map.

    Args:
        start: longitude and latitude.
        end: the same.
    """
    (first, low), (last, high) = start, end
    east, steps = within_half_turn(last - first), np.linspace(0, 1, SAMPLES)
    relative = degrees_from_centre(first) + east * steps
    latitudes = low + (high - low) * steps + BULGE * abs(east) * 4 * steps * (1 - steps)
    turns = np.floor((relative + DATE_LINE) / (2 * DATE_LINE))
    points = projected(relative - 2 * DATE_LINE * turns, np.minimum(latitudes, NORTHERNMOST))
    return tuple(np.split(points, np.flatnonzero(np.diff(turns)) + 1))


def length(line: Points) -> float:
    return float(np.hypot(*np.diff(line, axis=0).T).sum())


def draw_joins(axes: Axes, joins: list[Join], blocs: list[str]) -> None:
    """The lines between pairs, their numbers, and names where there is room.

    Args:
        axes: where they are drawn.
        joins: the pairs, the leading ones first.
        blocs: codes that are named as the ends of pairs are, though they may be in none.
    """
    room = Room(lines=[piece for join in joins for piece in join.pieces])
    codes = list(dict.fromkeys([*(code for join in joins for code in join.ends), *blocs]))
    for code in codes:
        mark = "s" if code in bloc_places() else "o"
        axes.plot(*place_on_map(code), mark, markersize=3, color="black", zorder=6)
        room.boxes.append(box_at(place_on_map(code), MARK_BOX, MARK_BOX))
    heaviest = max((join.weight for join in joins), default=0) or 1
    for join in reversed(joins):
        draw_line(axes, join, NARROWEST + (WIDEST - NARROWEST) * join.weight / heaviest)
    draw_ways(axes, joins, room)
    for join in joins:
        draw_number(axes, join, room)
    for code in codes:
        draw_name(axes, code, room)


def draw_line(axes: Axes, join: Join, width: float) -> None:
    """A line between the ends of a pair, or a ring round them where they are close together."""
    colour, style = TIES[join.kind]
    look = {"color": colour, "linestyle": style, "linewidth": width, "zorder": 4}
    if join.is_short:
        middle, radius = middle_of(join), length(join.longest) / 2 + RING_MARGIN
        axes.add_patch(
            Circle(middle, radius, fill=False, color="white", linewidth=width + 2 * HALO, zorder=3.5)
        )
        axes.add_patch(Circle(middle, radius, fill=False, **look))
        return
    for piece in join.pieces:
        axes.plot(*piece.T, color="white", linewidth=width + 2 * HALO, zorder=3.5)
        axes.plot(*piece.T, **look)


def middle_of(join: Join) -> Points:
    """The middle between the ends of a line in one piece."""
    return (join.longest[0] + join.longest[-1]) / 2


def draw_ways(axes: Axes, joins: list[Join], room: Room) -> None:
    """At the edges of the map, where the lines that leave it go to: each place once, one above the other."""
    ways = [way for join in joins if len(join.pieces) > 1 for way in ways_of(join)]
    highest = {(way.is_east, way.place): way for way in sorted(ways)}
    levels = {True: -np.inf, False: -np.inf}  # of the name below, on either side
    for way in sorted(highest.values()):
        level = levels[way.is_east] = max(way.height + WAY_RAISE, levels[way.is_east] + WAY_STEP)
        text, side, inwards = (
            (f"{way.place} →", "right", -1) if way.is_east else (f"← {way.place}", "left", 1)
        )
        look = {"fontsize": WAY_SIZE, "style": "italic", "color": DARK, "path_effects": WHITE_EDGE}
        axes.text(way.edge, level, label(text), ha=side, zorder=6, **look)
        wide, high = text_size(text, WAY_SIZE)
        middle = (way.edge + inwards * wide / 2 / POINTS_PER_RADIUS, level + WAY_STEP / 2)
        room.boxes.append(box_at(np.array(middle), wide, high))


def ways_of(join: Join) -> list[Way]:
    """Where a line leaves the map, on both sides."""
    edges = (join.pieces[0][-1], join.pieces[-1][0])
    ends = map(name_on_map, reversed(join.ends))
    return [Way(bool(x > 0), float(y), float(x), place) for (x, y), place in zip(edges, ends, strict=True)]


def draw_number(axes: Axes, join: Join, room: Room) -> None:
    """The number of a pair in a circle on its line, or beside its ring."""
    spots = number_spots(join)
    free = best_spot(spots, NUMBER_BOX, NUMBER_BOX, Room(room.boxes))
    spot = spots[0] if free is None else free
    room.boxes.append(box_at(spot, NUMBER_BOX, NUMBER_BOX))
    frame = {"boxstyle": "circle,pad=0.2", "facecolor": "white", "edgecolor": "black", "linewidth": 0.7}
    axes.text(*spot, join.number, ha="center", va="center", fontsize=NUMBER_SIZE, bbox=frame, zorder=7)


def number_spots(join: Join) -> list[Points]:
    """Where the number of a pair may be, the best place first."""
    line = join.longest
    if not join.is_short:
        return [line[int(share * (len(line) - 1))] for share in ALONG]
    away, turns = length(line) / 2 + NUMBER_MARGIN, np.radians(AROUND)
    around = away * np.column_stack([np.cos(turns), np.sin(turns)])
    return list(middle_of(join) + np.vstack([around, FARTHER * around]))


def draw_name(axes: Axes, code: str, room: Room) -> None:
    """The name of a country beside its mark, if there it covers no other name, number or mark."""
    text = label(name_on_map(code), NAME_CHARS)
    width, height = text_size(text, NAME_SIZE)
    steps = np.array((width + 10, height + 8)) / 2 / POINTS_PER_RADIUS
    spot = best_spot([place_on_map(code) + steps * move for move in BESIDE], width, height, room)
    if spot is not None:
        room.boxes.append(box_at(spot, width, height))
        axes.text(
            *spot, text, ha="center", va="center", fontsize=NAME_SIZE, path_effects=WHITE_EDGE, zorder=6
        )
