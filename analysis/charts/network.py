"""Who deals with whom: countries on a circle, a line for each pair."""

from itertools import combinations
from math import cos, pi, sin
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from pandas import DataFrame, Series

from analysis.charts.base import BLUE, GREY, NOTE_SIZE, RED, Chart, empty_chart, label, new_figure
from analysis.country_names import country_name, dyad_name
from analysis.phrasing import counted
from analysis.tables.rows import rows_of

NO_INCIDENTS: Final = "No network: no incident between two countries was recognised."
MAX_COUNTRIES: Final = 12  # more names would not be read on a phone
NAME_CHARS: Final = 16
HOSTILE_SHARE, FRIENDLY_SHARE = 2 / 3, 1 / 3  # of the weight that is hostile: at least, and at most
DOTS, DASHES = (0, (0.4, 0.4)), (0, (1.5, 0.6))  # in line widths: even a short thick line shows several
DASH_DOTS = (0, (2.5, 0.6, 0.4, 0.6))
TIES: Final = {
    "mostly hostile": (RED, "-"),
    "mixed": (GREY, DOTS),
    "mostly cooperative": (BLUE, DASHES),
    "neither": (GREY, DASH_DOTS),
}


def tie_kind(conflict_weight: float, cooperation_weight: float) -> str:
    """Which of `TIES` the weights of a pair make: demands alone weigh nothing, and are neither."""
    total = conflict_weight + cooperation_weight
    if not total:
        return "neither"
    if conflict_weight >= HOSTILE_SHARE * total:
        return "mostly hostile"
    return "mostly cooperative" if conflict_weight <= FRIENDLY_SHARE * total else "mixed"


def tie_words(count: int, kind: str) -> str:
    """ "3 incidents, mostly hostile"; "1 incident, hostile"."""
    return f"{counted(count, 'incident')}, {kind.removeprefix('mostly ') if count == 1 else kind}"


def network_chart(pairs: DataFrame) -> Chart:
    """Draw who deals with whom: a line for each pair, wide if it has many incidents.

    Args:
        pairs: `PairLevels` table, the pair to look at first on top.
    """
    if pairs.empty:
        return empty_chart(NO_INCIDENTS)
    kinds = [tie_kind(row.conflict_weight, row.cooperation_weight) for row in rows_of(pairs)]
    ties = pairs.assign(kind=kinds).set_index("dyad")
    if len(ties) == 1:
        only = tie_words(ties["incident_count"].iloc[0], ties["kind"].iloc[0])
        return empty_chart(f"No network: {dyad_name(ties.index[0])} is the only pair ({only}).")
    shown, total = among_leading(ties), counted(len(ties), "pair")
    counts = ties["kind"].value_counts().reindex(list(TIES), fill_value=0)
    title = f"{total}: {', '.join(f'{count} {kind}' for kind, count in counts.items() if count)}"
    left_out = len(ties) - len(shown)
    rest = f" Left out: {counted(left_out, 'pair')} of other countries." if left_out else ""
    note = f"Line: a pair, wider the more incidents it has; the number counts two or more.{rest}"
    figure = new_figure(title, 3.3, note=note)
    draw_network(figure.add_subplot(), shown)
    words = "; ".join(
        f"{dyad_name(dyad)} {tie_words(row['incident_count'], row['kind'])}" for dyad, row in shown.iterrows()
    )
    return Chart(figure, f"Network of pairs. {title}", words, note)


def among_leading(ties: DataFrame) -> DataFrame:
    """The lines between the countries of the first pairs, as many as there is room for."""
    kept: list[str] = []
    for dyad in ties.index:
        new = [code for code in dyad.split("-") if code not in kept]
        kept += new if len(kept) + len(new) <= MAX_COUNTRIES else []
    return ties[[set(dyad.split("-")) <= set(kept) for dyad in ties.index]]


def draw_network(axes: Axes, ties: DataFrame) -> None:
    """Countries on a circle, and the lines between them, the first pairs on top."""
    places, most = circle(ties["incident_count"]), ties["incident_count"].max()
    for dyad, tie in ties[::-1].iterrows():
        start, end = (np.array(places[code]) for code in dyad.split("-"))
        colour, style = TIES[tie["kind"]]
        width = 1 + 5 * tie["incident_count"] / most
        axes.plot(*zip(start, end, strict=True), color=colour, linestyle=style, linewidth=width, zorder=2)
        if tie["incident_count"] > 1:
            box = {"boxstyle": "round,pad=0.2", "facecolor": "white", "edgecolor": "none"}
            place = start + 0.42 * (end - start)  # not in the middle, where lines cross
            look = {"ha": "center", "va": "center", "fontsize": NOTE_SIZE, "bbox": box, "zorder": 3}
            axes.text(*place, tie["incident_count"], **look)
    for code, (x, y) in places.items():
        axes.plot(x, y, "o", color="black", markersize=5, zorder=4)
        side = "center" if abs(x) < 0.2 else "left" if x > 0 else "right"
        up = "center" if abs(x) >= 0.2 else "bottom" if y > 0 else "top"
        name = label(country_name(code), NAME_CHARS)
        axes.text(1.08 * x, 1.1 * y, name, ha=side, va=up, fontsize=NOTE_SIZE, zorder=5)
    axes.set(xlim=(-2.05, 2.05), ylim=(-1.3, 1.3))  # radii of the circle: room for names
    axes.set_axis_off()
    kinds = [kind for kind in TIES if kind in set(ties["kind"])]
    lines = [Line2D([], [], color=TIES[kind][0], linestyle=TIES[kind][1], lw=3) for kind in kinds]
    look = {"fontsize": NOTE_SIZE, "frameon": False, "handlelength": 2.4, "columnspacing": 0.8}
    axes.legend(lines, kinds, loc="upper center", bbox_to_anchor=(0.5, 0), ncols=4, **look)


def circle(counts: Series) -> dict[str, tuple[float, float]]:
    """A place on the circle for each country, close together where there are many incidents between them.

    Two places are exchanged as long as that shortens the lines, always in the same order.
    """
    order = sorted({code for dyad in counts.index for code in dyad.split("-")})

    def length(codes: list[str]) -> int:
        places = {code: place for place, code in enumerate(codes)}
        ends = ((places[code] for code in dyad.split("-")) for dyad in counts.index)
        steps = [abs(first - second) for first, second in ends]
        return sum(min(step, len(codes) - step) * count for step, count in zip(steps, counts, strict=True))

    is_better = True
    while is_better:
        is_better = False
        for i, j in combinations(range(len(order)), 2):
            tried = order.copy()
            tried[i], tried[j] = tried[j], tried[i]
            if length(tried) < length(order):
                order, is_better = tried, True
    angles = {code: pi / 2 - 2 * pi * place / len(order) for place, code in enumerate(order)}
    return {code: (cos(angle), sin(angle)) for code, angle in angles.items()}
