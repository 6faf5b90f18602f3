"""Pairs of countries at a glance: words and deeds, who deals with whom, and which series moved."""

from itertools import combinations
from math import cos, pi, sin

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.lines import Line2D
from pandas import DataFrame, Series

from analysis.charts.base import (
    BLUE,
    DARK,
    GREY,
    LEAST_PERIODS,
    LIGHT_QUAD,
    MOST_ROWS,
    NOT_DATED,
    QUAD_COLOURS,
    RED,
    ROW_HEIGHT,
    SKY,
    Chart,
    empty_chart,
    label,
    new_figure,
    sentence_start,
    shade_gaps,
    shortened,
)
from analysis.charts.layout import name_rows
from analysis.charts.thin_values import is_thin, thin_words
from analysis.country_names import country_name, dyad_name
from analysis.indicators.codebook import indicator_name
from analysis.indicators.definitions import MINIMUM_STORIES, QUAD_COUNTS
from analysis.indicators.periods import period_range
from analysis.phrasing import counted, listed
from analysis.schemas import QUAD_NAMES
from analysis.tables.rows import rows_of

NO_ACTS = "No act between two countries was recognised."
MOST_NODES = 15
NODE_CHARS, HALF_WIDTH = 26, 2.0  # of a name, and of the picture in radii of the circle: it has room for one
MOST_NUMBERS = 20  # on the widest lines; on all of them they would cover each other
MOST_SERIES = 12
SERIES_COLUMNS = 3
HOSTILE, FRIENDLY = 2 / 3, 1 / 3  # conflict shares: at least, and at most
DOTS, DASHES = (
    (0, (0.4, 0.4)),
    (0, (1.5, 0.6)),
)  # in line widths, so that even a short thick line shows several
TIES = {"mostly hostile": (RED, "-"), "mixed": (GREY, DOTS), "mostly cooperative": (BLUE, DASHES)}


def acts_by_quad(indicators: DataFrame) -> DataFrame:
    """Acts of each pair over all articles, a column for each quad, with stories; the most acts first."""
    rows = indicators[(indicators["period"] == "all") & indicators["indicator"].isin(QUAD_COUNTS)]
    counts = rows.assign(quad=rows["indicator"].map(QUAD_COUNTS)).pivot(
        index="dyad", columns="quad", values="value"
    )
    counts = counts.reindex(columns=list(QUAD_NAMES)).fillna(0).astype(int)
    counts = counts.assign(acts=counts.sum(axis=1), stories=rows.groupby("dyad")["story_count"].max())
    return counts[counts["acts"] > 0].sort_values("acts", ascending=False, kind="stable")


def words_deeds_chart(indicators: DataFrame, *, minimum_stories: int = MINIMUM_STORIES) -> Chart:
    """Words on the left, deeds on the right: for each pair, cooperative acts left of zero, hostile right.

    Args:
        indicators: `Indicators` table of `dyad_indicators` over all articles.
        minimum_stories: the name of a pair with fewer is grey.
    """
    acts = acts_by_quad(indicators).head(MOST_ROWS)
    if acts.empty:
        return empty_chart(NO_ACTS)
    title = words_deeds_title(acts)
    note = (
        "Number of acts; reprints of a story count once. "
        f"Name in grey: fewer than {minimum_stories} stories, too few to compare."
    )
    figure = new_figure(title, 1.9 + ROW_HEIGHT * max(len(acts), 2), note=note)
    left, right = figure.subplots(1, 2, sharey=True, sharex=True)
    for axes, name, hostile, kind in ((left, "words", 3, 1), (right, "deeds", 4, 2)):
        draw_sides(axes, -acts[kind], kind, None)
        draw_sides(axes, acts[hostile], hostile, "//")
        axes.axvline(0, color="black", linewidth=0.8)
        axes.set_title(f"{name}: cooperative ← 0 → hostile", fontsize=9, y=1)
        axes.spines[["top", "right", "left"]].set_visible(False)
        axes.xaxis.set_major_formatter(lambda value, _: f"{abs(value):.0f}")
        axes.xaxis.get_major_locator().set_params(integer=True)
        axes.set_xlabel("acts", fontsize=8)
    widest = acts[[1, 2, 3, 4]].to_numpy().max() * 1.25
    left.set_xlim(-widest, widest)
    colours = ["black" if stories >= minimum_stories else GREY for stories in acts["stories"]]
    name_rows(left, [label(dyad_name(dyad)) for dyad in acts.index], size=9, colours=colours)
    words = "; ".join(f"{dyad_name(dyad)}: {quad_words(row)}" for dyad, row in acts.iterrows())
    return Chart(figure, f"Two bar charts side by side. {title}", words)


def draw_sides(axes: Axes, widths: Series, quad: int, hatch: str | None) -> None:
    """The bars of one quad, each with its number."""
    look = {"color": QUAD_COLOURS[quad], "hatchcolor": DARK if quad == LIGHT_QUAD else "white"}
    bars = axes.barh(range(len(widths)), widths, hatch=hatch, edgecolor="white", **look)
    axes.bar_label(bars, [f"{abs(width)}" if width else "" for width in widths], padding=2, fontsize=8)


def quad_words(row: Series) -> str:
    """ "hostile words 2, cooperative words 7, ... in 3 stories"."""
    return (
        f"hostile words {row[3]}, cooperative words {row[1]}, hostile deeds {row[4]}, "
        f"cooperative deeds {row[2]} in {counted(row['stories'], 'story')}"
    )


def words_deeds_title(acts: DataFrame) -> str:
    """The pair whose words and deeds point opposite ways most clearly, each by two acts or more."""
    words, deeds = acts[1] - acts[3], acts[2] - acts[4]
    apart = np.minimum(words.abs(), deeds.abs()).where(words * deeds < 0, 0)
    if apart.max() < 2:
        if len(acts) == 1:
            return (
                f"Words and deeds of {dyad_name(acts.index[0])} do not clearly point in opposite directions"
            )
        return f"Words and deeds clearly point in opposite directions in none of {len(acts)} pairs"
    pair = apart.idxmax()
    row, kind = acts.loc[pair], words[pair] > 0
    said = f"{row[1 if kind else 3]} of {row[1] + row[3]} words {'cooperative' if kind else 'hostile'}"
    done = f"{row[4 if kind else 2]} of {row[2] + row[4]} deeds {'hostile' if kind else 'cooperative'}"
    return f"Words and deeds differ most for {dyad_name(pair)}: {said}, {done}"


def network_chart(indicators: DataFrame) -> Chart:
    """Who deals with whom: a line for each pair, wide if it has many acts, its style by their hostility.

    Args:
        indicators: `Indicators` table of `dyad_indicators` over all articles.
    """
    acts = acts_by_quad(indicators)
    if acts.empty:
        return empty_chart(NO_ACTS)
    ties = acts.assign(hostile=hostile_shares(indicators, acts))
    ties = ties.assign(kind=ties["hostile"].map(tie_kind))
    if len(ties) == 1:
        return empty_chart(only_tie(ties.index[0], ties.iloc[0]))
    shown, left_out = among_leading(ties)
    title = network_title(ties)
    rest = f" {counted(left_out, 'smaller pair')} left out." if left_out else ""
    few = len(shown) <= MOST_NUMBERS
    width = "Width and number: acts" if few else f"Width: acts, with numbers on the {MOST_NUMBERS} widest"
    note = (
        f"{width}. Mostly hostile: a conflict share of two thirds or more; mostly cooperative: a third or "
        f"less.{rest} This describes what was read: a pair that nobody writes about has no line."
    )
    figure = new_figure(title, 6.2, note=note)
    axes = figure.add_subplot()
    places = circle(shown["acts"])
    for place, (dyad, row) in reversed(list(enumerate(shown.iterrows()))):
        ends = [places[code] for code in dyad.split("-")]
        draw_tie(axes, ends, row, shown["acts"].max(), has_number=place < MOST_NUMBERS)
    for code, (x, y) in places.items():
        axes.plot(x, y, "o", color="black", markersize=7, zorder=4)
        side = "center" if abs(x) < 0.2 else "left" if x > 0 else "right"
        up = "center" if abs(x) >= 0.2 else "bottom" if y > 0 else "top"
        name = label(country_name(code), NODE_CHARS)
        axes.text(1.07 * x, 1.07 * y, name, ha=side, va=up, fontsize=9, zorder=5)
    axes.set_xlim(-HALF_WIDTH, HALF_WIDTH)
    axes.set_ylim(-1.2, 1.2)
    axes.set_axis_off()
    lines = [Line2D([], [], color=colour, linestyle=style, lw=3) for colour, style in TIES.values()]
    axes.legend(lines, list(TIES), fontsize=8, frameon=False, loc="lower left", handlelength=4)
    words = "; ".join(
        f"{dyad_name(dyad)} {counted(row['acts'], 'act')}, conflict share {share_words(row['hostile'])}, "
        f"{row['kind']}"
        for dyad, row in shown.iterrows()
    )
    return Chart(figure, f"Network of pairs. {title}", words)


def hostile_shares(indicators: DataFrame, acts: DataFrame) -> Series:
    """The conflict share of each pair; missing where all its acts are demands, which have no intensity."""
    shares = indicators[(indicators["indicator"] == "conflict_share") & (indicators["period"] == "all")]
    return shares.set_index("dyad")["value"].reindex(acts.index)


def share_words(share: float) -> str:
    """ "0.42", or "unknown"."""
    return "unknown" if np.isnan(share) else f"{share:.2f}"


def tie_kind(hostile: float) -> str:
    """Which of `TIES` a conflict share makes of a pair."""
    names = list(TIES)
    return names[0] if hostile >= HOSTILE else names[2] if hostile <= FRIENDLY else names[1]


def only_tie(dyad: str, tie: Series) -> str:
    """What a network with a single line would say."""
    acts = counted(tie["acts"], "act")
    return f"No network: {dyad_name(dyad)} is the only pair with acts ({acts}, {tie['kind']})."


def network_title(ties: DataFrame) -> str:
    """The pair with the most acts, and how many pairs are of each kind."""
    counts = ties["kind"].value_counts().reindex(list(TIES), fill_value=0)
    pairs = ", ".join(f"{count} {kind}" for kind, count in counts.items() if count)
    most = counted(ties["acts"].iloc[0], "act")
    return f"{dyad_name(ties.index[0])} has the thickest line: {most}. Pairs: {pairs}"


def among_leading(ties: DataFrame) -> tuple[DataFrame, int]:
    """The lines between the countries with the most acts, and how many others there are."""
    sums = Series(0, index=sorted({code for dyad in ties.index for code in dyad.split("-")}))
    for dyad, acts in ties["acts"].items():
        for code in dyad.split("-"):
            sums[code] += acts
    kept = set(sums.sort_values(ascending=False, kind="stable").index[:MOST_NODES])
    inside = [set(dyad.split("-")) <= kept for dyad in ties.index]
    return ties[inside], len(ties) - sum(inside)


def circle(acts: Series) -> dict[str, tuple[float, float]]:
    """A place on the circle for each country, close together where there are many acts between them.

    Two places are exchanged as long as that shortens the lines, always in the same order.
    """
    codes = sorted({code for dyad in acts.index for code in dyad.split("-")})
    pairs = [tuple(codes.index(code) for code in dyad.split("-")) for dyad in acts.index]
    weights, order = np.zeros((len(codes), len(codes))), np.arange(len(codes))
    for (i, j), count in zip(pairs, acts, strict=True):
        weights[i, j] = weights[j, i] = count
    apart = np.abs(order[:, None] - order[None, :])
    apart = np.minimum(apart, len(codes) - apart)
    best, is_better = (weights * apart).sum(), True
    while is_better:
        is_better = False
        for i, j in combinations(range(len(codes)), 2):
            tried = order.copy()
            tried[[i, j]] = tried[[j, i]]
            length = (weights * apart[np.ix_(tried, tried)]).sum()
            if length < best:
                order, best, is_better = tried, length, True
    angles = {code: pi / 2 - 2 * pi * order[place] / len(codes) for place, code in enumerate(codes)}
    return {code: (cos(angle), sin(angle)) for code, angle in angles.items()}


def draw_tie(
    axes: Axes, ends: list[tuple[float, float]], tie: Series, most: int, *, has_number: bool
) -> None:
    """A line between two countries, with its number of acts if that is shown."""
    (x, y), (x2, y2) = ends
    colour, style = TIES[tie["kind"]]
    axes.plot([x, x2], [y, y2], color=colour, linestyle=style, linewidth=1 + 7 * tie["acts"] / most, zorder=2)
    if not has_number:
        return
    at = 0.42  # not the middle, where lines cross
    box = {"boxstyle": "round,pad=0.25", "facecolor": "white", "edgecolor": "none"}
    axes.text(
        x + at * (x2 - x),
        y + at * (y2 - y),
        tie["acts"],
        ha="center",
        va="center",
        fontsize=7,
        bbox=box,
        zorder=3,
    )


def multiples_chart(
    series: DataFrame, changes: DataFrame, *, period: str, minimum_stories: int = MINIMUM_STORIES
) -> Chart:
    """A small chart over time for each leading pair, all on one scale, with the latest clear moves marked.

    Args:
        series: `Indicators` rows of one indicator, by day, week or month.
        changes: `Changes` table of the same, against the period before.
        period: "day", "week" or "month".
        minimum_stories: the dot of a period with fewer is grey.
    """
    known = series.dropna(subset="value")
    if known["period"].nunique() < LEAST_PERIODS:
        return empty_chart(NOT_DATED)
    sums = known.groupby("dyad")["value"].sum().sort_values(ascending=False, kind="stable")
    pairs = sums[sums > 0].index[:MOST_SERIES].tolist()
    if not pairs:
        return empty_chart("No chart over time: no hostile act between two countries was recognised.")
    every = period_range(known["period"].min(), known["period"].max(), period)
    now = changes[(changes["indicator"] == known["indicator"].iloc[0]) & (changes["period"] == every[-1])]
    moved = moves(now)
    when = f"the {period} from {every[-1]}"
    is_compared = (now["direction"] != "not compared").any()
    title = moved_title(pairs, moved, when) if is_compared else f"No pair can be compared in {when}"
    grey = thin_words([known[known["dyad"] == pair] for pair in pairs], minimum_stories)
    note = (
        f"{sentence_start(indicator_name(known['indicator'].iloc[0]))} by {period}, all on one scale. "
        f"▲ ▼: clear change from the {period} before. Grey dots: {grey}. Gap: no articles."
    )
    rows = -(-len(pairs) // SERIES_COLUMNS)
    figure = new_figure(title, 1.2 + 1.25 * rows, note=note)
    panels = figure.subplots(rows, SERIES_COLUMNS, sharex=True, sharey=True, squeeze=False).ravel()
    grids = {pair: known[known["dyad"] == pair].set_index("period").reindex(every) for pair in pairs}
    for axes in panels[len(pairs) :]:
        axes.set_axis_off()
    for place, axes in enumerate(panels[: len(pairs)]):
        axes.xaxis.set_visible(place + SERIES_COLUMNS >= len(pairs))  # where no panel is below
        axes.xaxis.set_tick_params(labelbottom=True)
        axes.yaxis.set_visible(place % SERIES_COLUMNS == 0)
    for axes, pair in zip(panels, pairs, strict=False):
        draw_small(axes, grids[pair], minimum_stories)
        name = f"{moved.get(pair, '')} {label(dyad_name(pair), 34)}".strip()
        axes.set_title(name, loc="left", fontsize=8, y=1)
    locator = AutoDateLocator(minticks=2, maxticks=4)
    panels[0].xaxis.set_major_locator(locator)
    panels[0].xaxis.set_major_formatter(ConciseDateFormatter(locator))
    panels[0].set_ylim(0, known.loc[known["dyad"].isin(pairs), "value"].max() * 1.15)
    words = "; ".join(small_words(pair, grid, moved.get(pair, "")) for pair, grid in grids.items())
    return Chart(figure, f"Small line charts on one scale. {title}", words)


def draw_small(axes: Axes, rows: DataFrame, minimum_stories: int) -> None:
    """One pair over time, with its interval."""
    dates, values = pd.to_datetime(rows.index), rows["value"].astype(float)
    thin = is_thin(rows, minimum_stories)
    axes.fill_between(
        dates, rows["low"].astype(float), rows["high"].astype(float), color=SKY, alpha=0.3, lw=0
    )
    shade_gaps(axes, dates, values)
    axes.plot(dates, values, color=BLUE, linewidth=1)
    axes.plot(dates[thin], values[thin], "o", markersize=2, color=GREY)
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(labelsize=7)
    axes.xaxis.get_offset_text().set_fontsize(7)


def moves(changes: DataFrame) -> dict[str, str]:
    """The arrow of each pair that clearly rose or eased."""
    arrows = {"up": "▲", "down": "▼"}
    return {row.dyad: arrows[row.direction] for row in rows_of(changes) if row.direction in arrows}


def moved_title(pairs: list[str], moved: dict[str, str], when: str) -> str:
    """Which of the leading pairs clearly moved, and which way."""
    words = [
        f"{listed([shortened(dyad_name(pair)) for pair in pairs if moved.get(pair) == arrow])} {word}"
        for arrow, word in (("▲", "up"), ("▼", "down"))
        if arrow in [moved.get(pair) for pair in pairs]
    ]
    if not words:
        return f"None of the {counted(len(pairs), 'leading pair')} clearly moved in {when}"
    return f"Clear changes in {when}, of {counted(len(pairs), 'leading pair')}: {', '.join(words)}"


def small_words(pair: str, rows: DataFrame, arrow: str) -> str:
    """The highest and the last value of one pair."""
    values = rows["value"].dropna()
    way = {"▲": ", up", "▼": ", down", "": ""}[arrow]
    return (
        f"{dyad_name(pair)} highest {values.max():.2f} in {values.idxmax()}, "
        f"last {values.iloc[-1]:.2f} in {values.index[-1]}{way}"
    )
