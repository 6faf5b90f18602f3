"""Pairs of countries over all articles: what they do, how hostile that is, and what it is about."""

from itertools import combinations
from math import cos, pi, sin

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from pandas import DataFrame, Series

from analysis.charts.base import (
    BLUE,
    DARK,
    GREY,
    LABEL_CHARS,
    LIGHT_QUAD,
    MAX_ROWS,
    QUAD_COLOURS,
    RED,
    ROW_HEIGHT,
    Chart,
    Shade,
    count_axis,
    draw_heat,
    empty_chart,
    label,
    name_rows,
    new_axes,
    new_figure,
    sentence_start,
)
from analysis.country_names import country_name, dyad_name, subject_name
from analysis.indicators.codebook import indicator_name
from analysis.indicators.country_events import between_countries, dyads
from analysis.indicators.definitions import MINIMUM_STORIES, QUAD_COUNTS
from analysis.phrasing import counted
from analysis.schemas import ACT_STATUSES, QUAD_NAMES
from analysis.tables.rows import rows_of

NO_ACTS = "No act between two countries was recognised."
MAX_NODES, MAX_NUMBERS = 15, 20  # of the network: numbers on all lines would cover each other
MAX_PAIR_THEMES = 12  # pairs and themes
HOSTILE_SHARE, FRIENDLY_SHARE = 2 / 3, 1 / 3  # conflict shares: at least, and at most
DOTS, DASHES = (0, (0.4, 0.4)), (0, (1.5, 0.6))  # in line widths: even a short thick line shows several
TIES = {"mostly hostile": (RED, "-"), "mixed": (GREY, DOTS), "mostly cooperative": (BLUE, DASHES)}


def event_chart(events: DataFrame) -> Chart:
    """Draw what each pair of countries did, by quad class; what is not an act is hatched. `Events` table."""
    known = events[between_countries(events)]
    if known.empty:
        return empty_chart(NO_ACTS)
    known = known.assign(dyad=dyads(known), is_act=known["status"].isin(ACT_STATUSES))
    sizes = known["dyad"].value_counts(sort=False).sort_values(ascending=False, kind="stable").head(MAX_ROWS)
    title = f"{dyad_name(sizes.index[0])} has the most events: {sizes.iloc[0]:,} of {len(known):,}"
    note = "Hatched: not an act (announced, hypothetical, denied or long past)."
    figure, axes = new_axes(title, len(sizes) + 2, note=note)
    counts = known.groupby(["quad", "is_act", "dyad"]).size()
    left = Series(0, index=sizes.index)
    for quad, name in QUAD_NAMES.items():
        for is_act in (True, False):
            if (quad, is_act) in counts.index.droplevel("dyad"):
                widths = counts[quad, is_act].reindex(sizes.index, fill_value=0)
                words, hatch = (name, None) if is_act else (f"{name},\nnot an act", "///")
                axes.barh(range(len(sizes)), widths, left=left, label=words, **quad_look(quad, hatch))
                left = left + widths
    name_rows(axes, [label(dyad_name(dyad)) for dyad in sizes.index])
    count_axis(axes.xaxis)
    axes.set_xlabel("coded events", fontsize=9)
    axes.legend(fontsize=8, frameon=False, loc="upper left", bbox_to_anchor=(1, 1))
    listing = "; ".join(f"{dyad_name(dyad)} {size}" for dyad, size in sizes.items())
    return Chart(figure, f"Stacked bars. {title}", f"Events by pair: {listing}")


def quad_look(quad: int, hatch: str | None) -> dict[str, object]:
    """How the bars of a quad class are drawn."""
    hatch_colour = DARK if quad == LIGHT_QUAD else "white"
    return {"color": QUAD_COLOURS[quad], "edgecolor": "white", "hatch": hatch, "hatchcolor": hatch_colour}


def indicator_chart(
    indicators: DataFrame, indicator: str, *, minimum_stories: int = MINIMUM_STORIES
) -> Chart:
    """One indicator of each pair with its interval, grey if it comes from too few stories.

    A sentence where all do, because then nothing can be compared.

    Args:
        indicators: `Indicators` table; the rows over all periods are drawn.
        indicator: which one.
        minimum_stories: with fewer, a value is drawn in grey and not compared.
    """
    rows = indicators[(indicators["indicator"] == indicator) & (indicators["period"] == "all")]
    rows = rows.dropna(subset="value").sort_values(["event_count", "dyad"], ascending=[False, True])
    rows, name = rows.head(MAX_ROWS), indicator_name(indicator)
    if rows.empty:
        return empty_chart(f"No pair of countries has a {name}.")
    is_thin = rows["story_count"] < minimum_stories
    title = indicator_title(rows, rows[~is_thin], minimum_stories)
    if is_thin.all():
        return empty_chart(f"{title}.")
    note = (
        f"Line: 95% interval. Grey: fewer than {minimum_stories} stories, not compared. In brackets: events."
    )
    figure, axes = new_axes(title, len(rows), note=note)
    places = np.arange(len(rows))
    for chosen, colour in ((is_thin.to_numpy(), GREY), (~is_thin.to_numpy(), BLUE)):
        part = rows[chosen]
        axes.hlines(places[chosen], part["low"], part["high"], color=colour, linewidth=2)
        axes.plot(part["value"], places[chosen], "o", color=colour)
    name_rows(axes, [f"{label(dyad_name(row.dyad))} ({row.event_count})" for row in rows_of(rows)])
    axes.set_xlabel(name, fontsize=9)
    listing = "; ".join(
        f"{dyad_name(row.dyad)} {row.value:.2f} (n={row.event_count})" for row in rows_of(rows)
    )
    return Chart(figure, f"Dot chart with intervals. {title}", listing)


def indicator_title(rows: DataFrame, firm: DataFrame, minimum: int) -> str:
    """The pair with the highest value that can be compared, or that none can."""
    name = indicator_name(rows["indicator"].iloc[0])
    if firm.empty:
        none = "the only pair lacks" if len(rows) == 1 else f"none of {counted(len(rows), 'pair')} has"
        return f"{sentence_start(name)}: {none} the {minimum} stories needed for a comparison"
    top = firm.sort_values(["value", "dyad"], ascending=[False, True]).iloc[0]
    if len(firm) == 1 and len(rows) > 1:
        only = f"only {dyad_name(top['dyad'])} has the {minimum} stories needed for a comparison"
        return f"{sentence_start(name)}: {only}, with {top['value']:.2f}"
    if len(rows) == 1:
        return f"{sentence_start(name)} of {dyad_name(top['dyad'])}: {top['value']:.2f}"
    of = f"of the {len(firm)} with {minimum} stories or more"
    return f"{dyad_name(top['dyad'])} has the highest {name}, {top['value']:.2f}, {of}"


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
    acts = acts_by_quad(indicators).head(MAX_ROWS)
    if acts.empty:
        return empty_chart(NO_ACTS)
    title = words_deeds_title(acts)
    note = (
        "Number of acts; reprints of a story count once. "
        f"Name in grey: fewer than {minimum_stories} stories, too few to compare."
    )
    figure = new_figure(title, 1.9 + ROW_HEIGHT * max(len(acts), 2), note=note)
    panels = figure.subplots(1, 2, sharey=True, sharex=True)
    for axes, name, hostile, kind in zip(panels, ("words", "deeds"), (3, 4), (1, 2), strict=True):
        for widths, look in (
            (-acts[kind], quad_look(kind, None)),
            (acts[hostile], quad_look(hostile, "//")),
        ):
            bars = axes.barh(range(len(acts)), widths, **look)
            axes.bar_label(bars, [f"{abs(width) or ''}" for width in widths], padding=2, fontsize=8)
        axes.axvline(0, color="black", linewidth=0.8)
        axes.set_title(f"{name}: cooperative ← 0 → hostile", fontsize=9)
        axes.spines[["top", "right", "left"]].set_visible(False)
        count_axis(axes.xaxis)
        axes.tick_params(axis="y", length=0)
        axes.set_xlabel("acts", fontsize=8)
    widest = acts[list(QUAD_NAMES)].to_numpy().max() * 1.25
    panels[0].set_xlim(-widest, widest)
    colours = ["black" if stories >= minimum_stories else GREY for stories in acts["stories"]]
    name_rows(panels[0], [label(dyad_name(dyad)) for dyad in acts.index], colours=colours)
    words = "; ".join(
        f"{dyad_name(dyad)}: hostile words {row[3]}, cooperative words {row[1]}, hostile deeds {row[4]}, "
        f"cooperative deeds {row[2]} in {counted(row['stories'], 'story')}"
        for dyad, row in acts.iterrows()
    )
    return Chart(figure, f"Two bar charts side by side. {title}", words)


def words_deeds_title(acts: DataFrame) -> str:
    """The pair whose words and deeds point opposite ways most clearly, each by two acts or more."""
    words, deeds = acts[1] - acts[3], acts[2] - acts[4]
    apart = np.minimum(words.abs(), deeds.abs()).where(words * deeds < 0, 0)
    if apart.max() < 2 and len(acts) == 1:
        return f"Words and deeds of {dyad_name(acts.index[0])} do not clearly point in opposite directions"
    if apart.max() < 2:
        return f"Words and deeds clearly point in opposite directions in none of {len(acts)} pairs"
    pair = apart.idxmax()
    row, kind = acts.loc[pair], words[pair] > 0
    said = f"{row[1 if kind else 3]} of {row[1] + row[3]} words {'cooperative' if kind else 'hostile'}"
    done = f"{row[4 if kind else 2]} of {row[2] + row[4]} deeds {'hostile' if kind else 'cooperative'}"
    return f"Words and deeds differ most for {dyad_name(pair)}: {said}, {done}"


def network_chart(indicators: DataFrame) -> Chart:
    """Draw who deals with whom: a line for each pair, wide if it has many acts, its style by their hostility.

    Args:
        indicators: `Indicators` table of `dyad_indicators` over all articles.
    """
    acts = acts_by_quad(indicators)
    if acts.empty:
        return empty_chart(NO_ACTS)
    shares = indicators[(indicators["indicator"] == "conflict_share") & (indicators["period"] == "all")]
    hostile = shares.set_index("dyad")["value"].reindex(acts.index)  # missing where all acts are demands
    ties = acts.assign(hostile=hostile, kind=hostile.map(tie_kind))
    if len(ties) == 1:
        only = f"{counted(ties['acts'].iloc[0], 'act')}, {ties['kind'].iloc[0]}"
        return empty_chart(f"No network: {dyad_name(ties.index[0])} is the only pair with acts ({only}).")
    shown = among_leading(ties)
    kinds = ties["kind"].value_counts().reindex(list(TIES), fill_value=0)
    pairs = ", ".join(f"{count} {kind}" for kind, count in kinds.items() if count)
    most = counted(ties["acts"].iloc[0], "act")
    title = f"{dyad_name(ties.index[0])} has the thickest line: {most}. Pairs: {pairs}"
    left_out = len(ties) - len(shown)
    rest = f" {counted(left_out, 'smaller pair')} left out." if left_out else ""
    few = len(shown) <= MAX_NUMBERS
    width = "Width and number: acts" if few else f"Width: acts, with numbers on the {MAX_NUMBERS} widest"
    note = (
        f"{width}. Mostly hostile: a conflict share of two thirds or more; mostly cooperative: a third or "
        f"less.{rest} This describes what was read: a pair that nobody writes about has no line."
    )
    figure = new_figure(title, 6.2, note=note)
    draw_network(figure.add_subplot(), shown)
    words = "; ".join(
        f"{dyad_name(dyad)} {counted(row['acts'], 'act')}, conflict share "
        f"{'unknown' if np.isnan(row['hostile']) else format(row['hostile'], '.2f')}, {row['kind']}"
        for dyad, row in shown.iterrows()
    )
    return Chart(figure, f"Network of pairs. {title}", words)


def tie_kind(hostile: float) -> str:
    """Which of `TIES` a conflict share makes of a pair."""
    names = list(TIES)
    return names[0] if hostile >= HOSTILE_SHARE else names[2] if hostile <= FRIENDLY_SHARE else names[1]


def among_leading(ties: DataFrame) -> DataFrame:
    """The lines between the countries with the most acts."""
    codes = ties["acts"].repeat(2).set_axis([code for dyad in ties.index for code in dyad.split("-")])
    sums = codes.groupby(level=0).sum().sort_values(ascending=False, kind="stable")
    kept = set(sums.index[:MAX_NODES])
    return ties[[set(dyad.split("-")) <= kept for dyad in ties.index]]


def draw_network(axes: Axes, ties: DataFrame) -> None:
    """Countries on a circle, and the lines between them, the widest on top."""
    places = circle(ties["acts"])
    for number, (dyad, tie) in reversed(list(enumerate(ties.iterrows()))):
        (x, y), (x2, y2) = (places[code] for code in dyad.split("-"))
        colour, style = TIES[tie["kind"]]
        width = 1 + 7 * tie["acts"] / ties["acts"].max()
        axes.plot([x, x2], [y, y2], color=colour, linestyle=style, linewidth=width, zorder=2)
        if number < MAX_NUMBERS:
            at, box = 0.42, {"boxstyle": "round,pad=0.25", "facecolor": "white", "edgecolor": "none"}
            place = (x + at * (x2 - x), y + at * (y2 - y))  # not in the middle, where lines cross
            axes.text(*place, tie["acts"], ha="center", va="center", fontsize=7, bbox=box, zorder=3)
    for code, (x, y) in places.items():
        axes.plot(x, y, "o", color="black", markersize=7, zorder=4)
        side = "center" if abs(x) < 0.2 else "left" if x > 0 else "right"
        up = "center" if abs(x) >= 0.2 else "bottom" if y > 0 else "top"
        axes.text(1.07 * x, 1.07 * y, label(country_name(code), 26), ha=side, va=up, fontsize=9, zorder=5)
    axes.set_xlim(-2, 2)  # radii of the circle: room for names
    axes.set_ylim(-1.2, 1.2)
    axes.set_axis_off()
    lines = [Line2D([], [], color=colour, linestyle=style, lw=3) for colour, style in TIES.values()]
    axes.legend(lines, list(TIES), fontsize=8, frameon=False, loc="lower left", handlelength=4)


def circle(acts: Series) -> dict[str, tuple[float, float]]:
    """A place on the circle for each country, close together where there are many acts between them.

    Two places are exchanged as long as that shortens the lines, always in the same order.
    """
    order = sorted({code for dyad in acts.index for code in dyad.split("-")})

    def length(codes: list[str]) -> int:
        places = {code: place for place, code in enumerate(codes)}
        ends = ((places[code] for code in dyad.split("-")) for dyad in acts.index)
        steps = [abs(first - second) for first, second in ends]
        return sum(min(step, len(codes) - step) * count for step, count in zip(steps, acts, strict=True))

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


def pair_theme_chart(matrix: DataFrame) -> Chart:
    """Draw what each pair's acts are about, and whether that is hostile: `PairThemes` table."""
    if matrix.empty:
        return empty_chart("No act between two countries is in a sentence with a theme.")
    pairs, themes = (
        matrix.groupby(column)["event_weight"].sum().sort_values(ascending=False, kind="stable").index
        for column in ("dyad", "topic")
    )
    pairs, themes = pairs[:MAX_PAIR_THEMES], themes[:MAX_PAIR_THEMES]
    shown = matrix[matrix["dyad"].isin(pairs) & matrix["topic"].isin(themes)]
    themes = [theme for theme in themes if theme in set(shown["topic"])]  # no row is empty
    cells = shown.assign(words=[f"{row.event_count} ({row.mean_intensity:+.0f})" for row in rows_of(shown)])
    means, words = (
        cells.pivot(index="topic", columns="dyad", values=name).reindex(index=themes, columns=pairs)
        for name in ("mean_intensity", "words")
    )
    if means.size == 1:
        only = matrix.iloc[0]
        return empty_chart(
            f"The only acts with a theme: {subject_name(only['dyad'])} on {only['topic']}, "
            f"{counted(only['event_count'], 'act')}, mean intensity {only['mean_intensity']:+.1f}."
        )
    order = ["hostile_intensity", "dyad", "topic"]
    top = matrix.sort_values(order, ascending=[False, True, True]).iloc[0]
    title = f"Most hostility: {subject_name(top['dyad'])} on {top['topic']}"
    title = title if top["hostile_intensity"] else "No act with a theme is hostile"
    note = "Cell: acts, counted under each theme of their sentence; in brackets: their mean intensity."
    figure = new_figure(title, 2.4 + ROW_HEIGHT * max(len(means), 2), note=note)
    shade = Shade("PuOr", -10, 10, "mean intensity: −10 hostile, +10 cooperative")
    draw_heat(figure, means.rename(columns=subject_name), words, shade, column_chars=LABEL_CHARS)
    leading = shown.sort_values(["event_count", "dyad", "topic"], ascending=[False, True, True])
    listed = "; ".join(
        f"{subject_name(row.dyad)} on {row.topic} {row.event_count} (mean {row.mean_intensity:+.1f})"
        for row in rows_of(leading.head(MAX_ROWS))
    )
    return Chart(figure, f"Heat map. {title}", f"Acts by pair and theme: {listed}")


def stance_chart(rows: DataFrame) -> Chart:
    """Draw what speakers think of another country, next to what theirs does: `StancesBesideActs` table."""
    both = rows.dropna(subset=["mean_stance", "mean_intensity"])
    if both.empty:
        return empty_chart("No country both acts towards another and has speakers with a stance on it.")
    both = both.assign(total=both["stance_count"] + both["event_count"])
    shown = both.sort_values(["total", "dyad"], ascending=[False, True]).head(MAX_ROWS)
    counts, pairs = shown["agreement"].value_counts(), counted(len(shown), "directed pair")
    if counts.get("not compared", 0) == len(shown):
        return empty_chart(f"Too few stances and acts to compare the words and acts of {pairs}.")
    title = (
        f"Words and acts agree in {counts.get('agree', 0)} and disagree in {counts.get('disagree', 0)} of "
        f"{pairs}; {counts.get('not compared', 0)} cannot be compared"
    )
    note = "Line: 95% interval. In brackets: number of stances, number of acts."
    figure = new_figure(title, 1.6 + ROW_HEIGHT * max(len(shown), 2), note=note)
    panels = figure.subplots(1, 2, sharey=True)
    for axes, measure, limit, words in (
        (panels[0], "stance", 1, "mean stance of speakers: for ← 0 → against"),
        (panels[1], "intensity", 10, "mean intensity of acts: cooperative ← 0 → hostile"),
    ):
        axes.axvline(0, color=GREY, linewidth=0.8)
        axes.hlines(range(len(shown)), shown[f"{measure}_low"], shown[f"{measure}_high"], color=DARK)
        axes.plot(shown[f"mean_{measure}"], range(len(shown)), "o", color=DARK)
        axes.set_xlim(1.05 * limit, -1.05 * limit)  # below zero is hostile, and goes right
        axes.xaxis.set_major_formatter("{x:+g}")
        axes.spines[["top", "right"]].set_visible(False)
        axes.set_xlabel(words, fontsize=8)
    names = [
        f"{label(subject_name(row.dyad))} ({row.stance_count}, {row.event_count})" for row in rows_of(shown)
    ]
    name_rows(panels[0], [label(name) for name in names], size=8)
    listed = "; ".join(
        f"{subject_name(row.dyad)}: stance {row.mean_stance:+.2f} (n={row.stance_count}), intensity "
        f"{row.mean_intensity:+.1f} (n={row.event_count}), {row.agreement}"
        for row in rows_of(shown)
    )
    return Chart(figure, f"Two dot charts side by side. {title}", listed)
