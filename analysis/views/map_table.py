"""The numbers of the world map as tables: countries with their conflict, and the pairs that it joins."""

from pandas import DataFrame

from analysis.charts.map_shapes import name_on_map
from analysis.charts.world_map import MAX_COUNTRIES, MAX_PAIRS, pair_joins
from analysis.tables.rows import rows_of
from analysis.views.render import View, view


def map_table(levels: DataFrame, pairs: DataFrame, *, most: int = MAX_COUNTRIES) -> View:
    """What `world_map` shows of the same tables, the heaviest first, and how many countries more there are.

    Args:
        levels: `CountryLevels` table.
        pairs: `PairLevels` table, the leading pairs first.
        most: how many countries are listed.
    """
    rows = [{"name": name_on_map(row.country_code), **row._asdict()} for row in rows_of(levels.head(most))]
    return view(
        "views/map_table", countries=rows, more=len(levels) - len(rows), pairs=pair_joins(pairs, MAX_PAIRS)
    )
