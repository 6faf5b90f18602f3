"""A world map of the period: how much conflict is reported of each country, and which pairs lead."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Patch
from matplotlib.path import Path
from matplotlib.patheffects import withStroke
from pandas import DataFrame

from analysis.charts.base import (
    DARK,
    NOTE_SIZE,
    WIDTH,
    Chart,
    drawable_text,
    empty_chart,
    label,
    new_figure,
    shortened,
)
from analysis.charts.map_shapes import (
    CENTRE,
    DATE_LINE,
    Points,
    bloc_places,
    country_shapes,
    disputed_borders,
    name_on_map,
    on_map,
    place_of,
    place_on_map,
    projected,
    within_half_turn,
)
from analysis.charts.network import TIES, tie_kind, tie_words
from analysis.phrasing import counted, listed
from analysis.tables.rows import rows_of

NO_INCIDENTS: Final = "No map: no incident between two countries is sure enough to be drawn."
COLOUR_NOTE: Final = (
    "Colour: the hostile incidents of a country, on either side, added up: 1 for a bombing, less for weaker "
    "acts and for words. The map shows what has happened and was read with a probability of 80% or more; not "
    "what is announced or denied, nor what befell companies, private people and bystanders."
)
BORDERS_NOTE: Final = (
    "Dashed: disputed borders. All borders are as Natural Earth draws them in its edition for Germany, "
    "without an opinion on them; front lines and most claims at sea are not drawn."
)
MAX_PAIRS: Final = 8
MAX_COUNTRIES: Final = 15  # in the text alternative, as in the table beside the map
LOWEST, HIGHEST = -56.0, 84.0  # degrees north: Cape Horn, and the north of Greenland
LAND, EDGE = "#E9E9E9", "white"
REDS: Final = ("#F5B199", "#DD5A3F", "#8C1016")  # each clearly darker than the one before, in grey too
STEP: Final = 3.0  # a grade of conflict begins at a third of where the next begins
USUAL_TOP: Final = 9.0  # below it the grades begin at 1 and 3, or one rebuke would make a country dark red
SMALL_AREA: Final = 2e-3  # squared radii of the earth, 80,000 km2: less than five by five pixels
DASHES: Final = (2.2, 1.3)
LINE_WIDTHS: Final = (1.0, 2.8)  # of the pairs with the least and the most, in points
BULGE: Final = 0.12  # degrees north for each degree east: lines from one country fan out
NORTHERNMOST: Final = 80.0  # degrees, where a line would leave the map
SAMPLES: Final = 181  # points of a line
SHORT: Final = 0.2  # radii of the earth: a shorter line is hardly seen, so a ring is drawn round its ends
ALONG: Final = (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8)  # of a line: places for its number
BESIDE: Final = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))
ASIDE: Final = (0.0, 0.13, 0.22)  # radii of the earth: how far beside its line a number may be
MAP_HEIGHT: Final = 1.9  # inches
POINTS_PER_RADIUS: Final = 72 * WIDTH / 5.33  # typographic points to a radius of the earth
LETTER_WIDTH, LETTER_HEIGHT = 0.58, 1.15  # of DejaVu Sans, in sizes of the font
NAME_SIZE: Final = 7.0  # of letters on the map, in points
NAME_CHARS, PAIR_CHARS = 20, 34
KEY_HEIGHT, LEGEND_HEIGHT = 0.17, 0.62  # inches: of a line of the key, and of the legend


class Join(NamedTuple):
    """A pair on the map."""

    number: int
    ends: tuple[str, str]
    kind: str  # of `TIES`
    incident_count: int
    pieces: tuple[Points, ...]  # two where the line leaves the map on one side and comes in on the other

    @property
    def name(self) -> str:
        """ "China – United States"."""
        return " – ".join(map(name_on_map, self.ends))

    @property
    def words(self) -> str:
        """ "3 incidents, mostly hostile"."""
        return tie_words(self.incident_count, self.kind)


Box = tuple[float, float, float, float]  # left, bottom, right, top


def free_spot(taken: list[Box], spots: Iterable[Points], width: float, height: float) -> Points | None:
    """The first spot where nothing is yet, which is taken from then on; None if there is none.

    Args:
        taken: places of marks, numbers and names.
        spots: middles of the places to try, the best first.
        width: of what is placed, in typographic points.
        height: the same.
    """
    aside, above = width / 2 / POINTS_PER_RADIUS, height / 2 / POINTS_PER_RADIUS
    for x, y in spots:
        box = (x - aside, y - above, x + aside, y + above)
        if not any(
            box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
            for other in taken
        ):
            taken.append(box)
            return np.array((x, y))
    return None


def world_map(levels: DataFrame, pairs: DataFrame) -> Chart:
    """Countries coloured by the conflict that is reported of them, the leading pairs joined and numbered.

    Args:
        levels: `CountryLevels` table.
        pairs: `PairLevels` table, the leading pairs first.
    """
    if levels.empty:
        return empty_chart(NO_INCIDENTS)
    joins = pair_joins(pairs)
    leading = levels[levels["conflict_weight"] > 0].head(3)
    most = ", ".join(
        f"{name_on_map(row.country_code)} ({row.conflict_weight:.1f})" for row in rows_of(leading)
    )
    title = f"Most conflict reported: {most}" if most else "No conflict between countries is reported"
    missing = [name_on_map(code) for code in levels["country_code"] if place_of(code) is None]
    note = f"{COLOUR_NOTE} {BORDERS_NOTE}{f' Not on the map: {listed(missing)}.' if missing else ''}"
    heights = MAP_HEIGHT, KEY_HEIGHT * max(len(joins), 1), LEGEND_HEIGHT
    figure = new_figure(title, sum(heights) + 0.35, note=note)
    axes, key, legend = figure.subplots(3, 1, height_ratios=heights)
    draw_countries(axes, levels)
    draw_joins(axes, joins, [code for code in levels["country_code"] if code in bloc_places()])
    corners = projected(np.array((DATE_LINE, 0, 0)), np.array((0, LOWEST, HIGHEST)))
    axes.set(xlim=(-corners[0, 0], corners[0, 0]), ylim=(corners[1, 1], corners[2, 1]), aspect="equal")
    key.set(xlim=(0, 1), ylim=(max(len(joins), 1), 0))
    for join in joins:
        text = f"{join.number}  {shortened(join.name, PAIR_CHARS)}: {join.words}"
        key.text(0, join.number - 0.5, drawable_text(text), fontsize=NOTE_SIZE, va="center")
    draw_legend(legend, levels, {join.kind for join in joins})
    for drawn in (axes, key, legend):
        drawn.set_axis_off()
    return Chart(figure, f"World map. {title}", map_words(levels, joins), note)


def map_words(levels: DataFrame, joins: Sequence[Join]) -> str:
    """The numbers behind the map."""
    countries = [
        f"{name_on_map(row.country_code)} {row.conflict_weight:.1f} in "
        f"{counted(row.incident_count, 'incident')}"
        for row in rows_of(levels.head(MAX_COUNTRIES))
    ]
    countries += [f"{len(levels) - MAX_COUNTRIES} more"] if len(levels) > MAX_COUNTRIES else []
    pairs = "; ".join(f"{join.number} {join.name}: {join.words}" for join in joins)
    return f"Weight of conflict: {'; '.join(countries)}{pairs and f'. Joined: {pairs}'}"


def grade_bounds(levels: DataFrame) -> tuple[float, float]:
    """The weights above which conflict is "some" and "much"."""
    top = max(levels["conflict_weight"].max(), USUAL_TOP)
    return float(f"{top / STEP**2:.2g}"), float(f"{top / STEP:.2g}")


def fill_colours(levels: DataFrame) -> dict[str, str]:
    """The colour of each country; that of the land where no conflict is reported."""
    bounds = grade_bounds(levels)
    return {
        row.country_code: REDS[np.searchsorted(bounds, row.conflict_weight)] if row.conflict_weight else LAND
        for row in rows_of(levels)
    }


def draw_countries(axes: Axes, levels: DataFrame) -> None:
    """All countries, their borders, the disputed ones dashed, and a dot on those too small to see."""
    colours, areas = fill_colours(levels), country_areas()
    paths = [
        Path.make_compound_path(*(Path(ring, closed=True) for ring in rings)) for rings in areas.values()
    ]
    fills = [colours.get(code, LAND) for code in areas]
    axes.add_collection(PathCollection(paths, facecolors=fills, edgecolors=EDGE, linewidths=0.35, zorder=1))
    disputed = [on_map(line) for line in disputed_borders()]
    axes.add_collection(LineCollection(disputed, colors=EDGE, linewidths=1.2, zorder=1.8))
    axes.add_collection(
        LineCollection(disputed, colors=DARK, linewidths=0.5, linestyles=(0, DASHES), zorder=2)
    )
    for code, colour in colours.items():
        if place_of(code) and area_size(areas.get(code, [])) < SMALL_AREA:
            mark = "s" if code in bloc_places() else "o"
            axes.plot(*place_on_map(code), mark, ms=4.5, mfc=colour, mec=DARK, mew=0.7, zorder=3)


@cache
def country_areas() -> dict[str, list[Points]]:
    """The rings of each country on the map."""
    return {
        code: [on_map(ring) for ring in shape.rings]
        for code, shape in country_shapes().items()
        if shape.rings
    }


def area_size(rings: Sequence[Points]) -> float:
    """The area of a country on the map, without its holes, in squared radii of the earth."""
    sizes = [(ring[:-1, 0] * ring[1:, 1] - ring[1:, 0] * ring[:-1, 1]).sum() / 2 for ring in rings]
    return abs(float(sum(sizes)))


def pair_joins(pairs: DataFrame) -> list[Join]:
    """The first pairs that have both ends on the map, numbered from 1: `PairLevels` table."""
    rows = [row for row in rows_of(pairs) if all(map(place_of, row.dyad.split("-")))]
    return [
        Join(
            number,
            ends=tuple(row.dyad.split("-")),
            kind=tie_kind(row.conflict_weight, row.cooperation_weight),
            incident_count=int(row.incident_count),
            pieces=join_pieces(*map(place_of, row.dyad.split("-"))),
        )
        for number, row in enumerate(rows[:MAX_PAIRS], start=1)
    ]


def join_pieces(start: tuple[float, float], end: tuple[float, float]) -> tuple[Points, ...]:
    """The line between two places, the short way round, cut where it crosses the edge of the map.

    Args:
        start: longitude and latitude.
        end: the same.
    """
    (first, low), (last, high) = start, end
    east, steps = within_half_turn(last - first), np.linspace(0, 1, SAMPLES)
    relative = within_half_turn(first - CENTRE) + east * steps
    latitudes = low + (high - low) * steps + BULGE * abs(east) * 4 * steps * (1 - steps)
    turns = np.floor((relative + DATE_LINE) / (2 * DATE_LINE))
    points = projected(relative - 2 * DATE_LINE * turns, np.minimum(latitudes, NORTHERNMOST))
    return tuple(np.split(points, np.flatnonzero(np.diff(turns)) + 1))


def draw_joins(axes: Axes, joins: list[Join], blocs: list[str]) -> None:
    """The lines between pairs, their numbers, and names where there is room.

    Args:
        axes: where they are drawn.
        joins: the pairs, the leading ones first.
        blocs: codes that are named as the ends of pairs are, though they may be in none.
    """
    taken: list[Box] = []
    written = {"ha": "center", "va": "center", "zorder": 7}
    edged = {"path_effects": [withStroke(linewidth=2, foreground="white")], **written}
    codes = list(dict.fromkeys([*(code for join in joins for code in join.ends), *blocs]))
    for code in codes:
        mark = "s" if code in bloc_places() else "o"
        axes.plot(*place_on_map(code), mark, markersize=3, color="black", zorder=6)
        free_spot(taken, [place_on_map(code)], 3, 3)
    most = max((join.incident_count for join in joins), default=1)
    for join in joins:
        colour, style = TIES[join.kind]
        width, order = np.interp(join.incident_count, (1, most), LINE_WIDTHS), 4 - join.number / 100
        halo = [withStroke(linewidth=width + 1.4, foreground="white")]
        look = {"color": colour, "linestyle": style, "linewidth": width, "zorder": order}
        line = max(join.pieces, key=len)
        length = np.hypot(*np.diff(line, axis=0).T).sum()
        if length < SHORT and len(join.pieces) == 1:
            middle, radius = (line[0] + line[-1]) / 2, length / 2 + 0.035
            axes.add_patch(Circle(middle, radius, fill=False, path_effects=halo, **look))
            spots = [middle + (radius + 0.07) * far * np.array(way) for far in (1, 1.6) for way in BESIDE]
        else:
            for piece in join.pieces:
                axes.plot(*piece.T, color="white", linewidth=width + 1.4, zorder=3.5)
                axes.plot(*piece.T, **look)
            points = [line[int(share * (len(line) - 1))] for share in ALONG]
            spots = [point + far * np.array(way) for far in ASIDE for point in points for way in BESIDE]
        spot = free_spot(taken, spots, 11, 11)
        frame = {"boxstyle": "circle,pad=0.2", "facecolor": "white", "edgecolor": "black", "linewidth": 0.7}
        axes.text(
            *(spots[0] if spot is None else spot), join.number, fontsize=NAME_SIZE, bbox=frame, **written
        )
    for code in codes:
        text = label(name_on_map(code), NAME_CHARS)
        wide, high = LETTER_WIDTH * NAME_SIZE * len(text), LETTER_HEIGHT * NAME_SIZE
        step = np.array((wide + 10, high + 8)) / 2 / POINTS_PER_RADIUS
        spot = free_spot(taken, [place_on_map(code) + step * way for way in BESIDE], wide, high)
        if spot is not None:
            axes.text(*spot, text, fontsize=NAME_SIZE, **edged)


def draw_legend(axes: Axes, levels: DataFrame, kinds: set[str]) -> None:
    """Explain colours, dashes and lines."""
    some, much = grade_bounds(levels)
    words = (
        "no conflict",
        f"little (up to {some:g})",
        f"some (up to {much:g})",
        f"much (more than {much:g})",
    )
    handles = [
        Patch(facecolor=fill, edgecolor=DARK, lw=0.4, label=word)
        for word, fill in zip(words, (LAND, *REDS), strict=True)
    ]
    handles += [
        Line2D([], [], color=colour, ls=style, lw=2.4, label=kind)
        for kind, (colour, style) in TIES.items()
        if kind in kinds
    ]
    handles.append(Line2D([], [], color=DARK, lw=0.5, ls=(0, DASHES), label="disputed border"))
    look = {"loc": "upper left", "bbox_to_anchor": (-0.02, 1.1), "frameon": False, "ncols": 2}
    axes.legend(handles=handles, fontsize=NOTE_SIZE, handlelength=2.4, labelspacing=0.25, **look)
