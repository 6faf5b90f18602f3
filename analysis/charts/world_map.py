"""A world map of the period: how much conflict is reported of each country, and which pairs lead."""

from collections.abc import Sequence
from functools import cache
from itertools import islice
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.path import Path
from pandas import DataFrame

from analysis.charts.base import DARK, Chart, drawable_text, empty_chart, new_figure
from analysis.charts.map_joins import Join, draw_joins, pair_joins
from analysis.charts.map_shapes import (
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
    rings_on_map,
)
from analysis.charts.pairs import TIES
from analysis.phrasing import counted, listed
from analysis.tables.rows import rows_of

NO_INCIDENTS: Final = "No map: no incident between two countries was recognised."
COLOUR_NOTE: Final = (
    "Colour counts what the articles report, not what happened. Weight: each hostile incident adds 1 for a "
    "bombing, less for weaker acts and for words."
)
BORDERS_NOTE: Final = (
    "Dashed: disputed borders. All borders are as Natural Earth draws them in its edition for Germany, "
    "without an opinion on them; front lines and most claims at sea are not drawn."
)
MOST_PAIRS: Final = 8
MOST_COUNTRIES: Final = 15  # in the text alternative, as in the table beside the map
LOWEST, HIGHEST = -56.0, 84.0  # degrees north: Cape Horn, and the north of Greenland
LAND, EDGE = "#E9E9E9", "white"
REDS: Final = ("#F5B199", "#DD5A3F", "#8C1016")  # each clearly darker than the one before, in grey too
STEP: Final = 3.0  # a grade of conflict begins at a third of where the next begins
USUAL_TOP: Final = 9.0  # below it the grades begin at 1 and 3, or one rebuke would make a country dark red
SMALL_AREA: Final = 1e-3  # squared radii of the earth, 40,000 km2: less than five by five pixels
DASHES: Final = (2.2, 1.3)
KEY_COLUMNS, KEY_SIZE = 2, 8.0
MAP_HEIGHT, KEY_ROW_HEIGHT, TEXT_HEIGHT = 3.3, 0.17, 0.95  # inches; text: title and note


def world_map(levels: DataFrame, pairs: DataFrame, *, most_pairs: int = MOST_PAIRS) -> Chart:
    """Countries coloured by the conflict that is reported of them, the leading pairs joined and numbered.

    Args:
        levels: `CountryLevels` table.
        pairs: `PairLevels` table, the leading pairs first.
        most_pairs: how many pairs are joined.
    """
    if levels.empty:
        return empty_chart(NO_INCIDENTS)
    joins = pair_joins(pairs, most_pairs)
    title, note = map_title(levels), map_note(levels)
    key_height = KEY_ROW_HEIGHT * max(key_rows(joins), 1)
    figure = new_figure(title, MAP_HEIGHT + key_height + TEXT_HEIGHT, note=note)
    axes, key = figure.subplots(2, 1, height_ratios=(MAP_HEIGHT, key_height))
    draw_countries(axes, levels)
    draw_joins(axes, joins, [code for code in levels["country_code"] if code in bloc_places()])
    draw_legends(axes, levels, joins)
    set_frame(axes)
    draw_key(key, joins)
    return Chart(figure, f"World map. {title}", map_words(levels, joins), note)


def map_title(levels: DataFrame) -> str:
    """The countries of which most conflict is reported."""
    leading = levels[levels["conflict_weight"] > 0].head(3)
    if leading.empty:
        return "No conflict between countries is reported"
    words = [f"{name_on_map(row.country_code)} ({row.conflict_weight:.1f})" for row in rows_of(leading)]
    return f"Most conflict, by weight: {', '.join(words)}"


def map_note(levels: DataFrame) -> str:
    """How to read the map, and what is not on it."""
    missing = [name_on_map(code) for code in levels["country_code"] if place_of(code) is None]
    rest = f" Not on the map: {listed(missing)}." if missing else ""
    return f"{COLOUR_NOTE} {BORDERS_NOTE}{rest}"


def map_words(levels: DataFrame, joins: Sequence[Join]) -> str:
    """The numbers behind the map."""
    countries = [
        f"{name_on_map(row.country_code)} {row.conflict_weight:.1f} in "
        f"{counted(row.incident_count, 'incident')}"
        for row in rows_of(levels.head(MOST_COUNTRIES))
    ]
    left_out = len(levels) - len(countries)
    more = [f"{left_out} more"] if left_out else []
    words = f"Weight of conflict: {'; '.join(countries + more)}"
    return f"{words}. Joined: {'; '.join(join.words for join in joins)}" if joins else words


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
    colours = fill_colours(levels)
    areas = country_areas()
    draw_land(axes, areas, colours)
    axes.add_collection(LineCollection(country_borders(), colors=EDGE, linewidths=0.35, zorder=1.5))
    disputed = [on_map(line) for border in disputed_borders() for line in border.lines]
    axes.add_collection(LineCollection(disputed, colors=EDGE, linewidths=1.6, zorder=1.8))
    axes.add_collection(
        LineCollection(disputed, colors="black", linewidths=0.8, linestyles=(0, DASHES), zorder=2)
    )
    for code, colour in colours.items():
        if place_of(code) and area_size(areas.get(code, [])) < SMALL_AREA:
            mark = "s" if code in bloc_places() else "o"
            axes.plot(*place_on_map(code), mark, ms=4.5, mfc=colour, mec=DARK, mew=0.7, zorder=3)


@cache
def country_areas() -> dict[str, list[Points]]:
    """The rings of each country on the map."""
    placed = iter(rings_on_map([ring for shape in country_shapes().values() for ring in shape.rings]))
    return {code: list(islice(placed, len(shape.rings))) for code, shape in country_shapes().items()}


@cache
def country_borders() -> list[Points]:
    """The borders of all countries on the map."""
    rings = [ring for shape in country_shapes().values() for ring in shape.rings]
    placed = [ring for areas in country_areas().values() for ring in areas]
    return [piece for ring, area in zip(rings, placed, strict=True) for piece in borders(ring, area)]


def draw_land(axes: Axes, areas: dict[str, list[Points]], colours: dict[str, str]) -> None:
    """The areas of all countries, without borders."""
    drawn = {code: rings for code, rings in areas.items() if rings}
    paths = [
        Path.make_compound_path(*(Path(ring, closed=True) for ring in rings)) for rings in drawn.values()
    ]
    fills = [colours.get(code, LAND) for code in drawn]
    axes.add_collection(PathCollection(paths, facecolors=fills, zorder=1, linewidths=0))


def borders(ring: Points, area: Points) -> list[Points]:
    """The ring on the map without its edges along the date line, where the data cut a country in two.

    Args:
        ring: longitude and latitude.
        area: the same points on the map.
    """
    is_cut = np.abs(ring[:, 0]) > DATE_LINE - 1e-6
    if not is_cut.any():
        return [area]
    cuts = np.flatnonzero(is_cut[1:] & is_cut[:-1]) + 1
    return [piece for piece in np.split(area, cuts) if len(piece) > 1]


def area_size(rings: Sequence[Points]) -> float:
    """The area of a country on the map, without its holes, in squared radii of the earth."""
    sizes = [(ring[:-1, 0] * ring[1:, 1] - ring[1:, 0] * ring[:-1, 1]).sum() / 2 for ring in rings]
    return abs(float(sum(sizes)))


def draw_legends(axes: Axes, levels: DataFrame, joins: Sequence[Join]) -> None:
    """What colours, dashes and lines mean, in the empty south of the Pacific and the Indian Ocean."""
    some, much = grade_bounds(levels)
    words = (f"little (up to {some:g})", f"some (up to {much:g})", f"much (more than {much:g})")
    grades = {"no conflict reported": LAND, **dict(zip(words, REDS, strict=True))}
    patches = [Patch(facecolor=fill, edgecolor=DARK, lw=0.4, label=word) for word, fill in grades.items()]
    dashed = Line2D([], [], color="black", lw=0.8, ls=(0, DASHES), label="disputed border")
    kinds = {join.kind for join in joins}
    ties = [
        Line2D([], [], color=colour, ls=style, lw=2.4, label=kind)
        for kind, (colour, style) in TIES.items()
        if kind in kinds
    ]
    add_legend(axes, [*patches, dashed], 0, title="Conflict, by weight")
    if ties:
        add_legend(axes, ties, 0.57, title="Numbered pairs", handlelength=3.4)


def add_legend(axes: Axes, handles: list, across: float, **look: object) -> None:
    """A legend at the foot of the map, over what is drawn there.

    Args:
        axes: the map.
        handles: its entries.
        across: where it begins, as a share of the width of the map.
        look: how it differs from the others.
    """
    legend = axes.legend(
        handles=handles,
        loc="lower left",
        bbox_to_anchor=(across, 0),
        fontsize=7,
        title_fontsize=7,
        alignment="left",
        edgecolor="none",
        framealpha=1,
        **look,
    )
    legend.set_zorder(8)
    axes.add_artist(legend)


def set_frame(axes: Axes) -> None:
    """The whole width of the world, without the far south."""
    corners = projected(np.array((DATE_LINE, 0, 0)), np.array((0, LOWEST, HIGHEST)))
    axes.set_xlim(-corners[0, 0], corners[0, 0])
    axes.set_ylim(corners[1, 1], corners[2, 1])
    axes.set_aspect("equal")
    axes.set_axis_off()


def key_rows(joins: Sequence[Join]) -> int:
    """How many rows the key has."""
    return -(-len(joins) // KEY_COLUMNS)


def draw_key(axes: Axes, joins: Sequence[Join]) -> None:
    """The numbered pairs with their weights."""
    axes.set_axis_off()
    axes.set_xlim(0, KEY_COLUMNS)
    axes.set_ylim(-max(key_rows(joins), 1), 0)
    for place, join in enumerate(joins):
        column, row = divmod(place, key_rows(joins))
        text = f"{join.number}  {join.short_name}: {join.weights}"
        axes.text(column + 0.02, -row - 0.5, drawable_text(text), fontsize=KEY_SIZE, va="center")
