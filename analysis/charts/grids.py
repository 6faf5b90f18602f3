"""Grids of coloured cells with numbers: themes and places, what speakers talk about, shares over time."""

from typing import Any, Final

import numpy as np
from matplotlib.figure import Figure
from pandas import DataFrame, Series, Timestamp, crosstab, isna

from analysis.charts.base import (
    MAX_ROWS,
    MIN_BARS_OVER_TIME,
    NOTE_SIZE,
    Chart,
    drawable_text,
    empty_chart,
    few_lines,
    name_rows,
    new_figure,
    shortened,
)
from analysis.indicators.dyads import MIN_STORIES
from analysis.indicators.periods import period_range
from analysis.indicators.theme_shares import EVERY_OUTLET, span_of
from analysis.phrasing import counted, sentence_start
from analysis.tables.rows import rows_of

MAX_COLUMNS: Final = 6  # of a phone
HEAD_CHARS, HEAD_LINES = 18, 2  # of a column
HEADS: Final = {"day": "{:%d %b}", "week": "{:%d %b}", "month": "{:%b %Y}"}
ROW_HEIGHT, HEAD_HEIGHT = 0.3, 0.9  # inches
MAX_TARGETS, MAX_OUTLETS = 8, 12
EVERY_NAME: Final = "all outlets"


def draw_grid(
    title: str,
    shades: DataFrame,
    words: DataFrame,
    *,
    note: str,
    scale: tuple[float, float] = (0, 1),
    colours: str = "Blues",
) -> Figure:
    """Coloured cells with words in each; cells without a value stay white.

    Args:
        title: the finding.
        shades: the value that colours each cell; its index and columns name the rows and columns.
        words: what is written in each cell, of the same shape; missing or "" for nothing.
        note: how to read them.
        scale: lowest and highest value.
        colours: for them, a colour map of matplotlib.
    """
    figure = new_figure(title, HEAD_HEIGHT + ROW_HEIGHT * len(shades), note=note)
    axes, values = figure.add_subplot(), shades.to_numpy(dtype=float)
    image = axes.imshow(values, cmap=colours, vmin=scale[0], vmax=scale[1], aspect="auto")
    is_dark = image.to_rgba(image.get_array()) @ (0.3, 0.59, 0.11, 0) < 0.5
    for i, row in enumerate(words.fillna("").to_numpy()):
        for j, text in enumerate(row):
            colour = "white" if is_dark[i, j] and not isna(values[i, j]) else "black"
            look = {"color": colour, "ha": "center", "va": "center", "fontsize": NOTE_SIZE}
            axes.text(j, i, drawable_text(text), **look)
    heads = [few_lines(name, HEAD_CHARS, most=HEAD_LINES) for name in shades.columns]
    look = {"rotation": 40, "ha": "left", "rotation_mode": "anchor"} if max(map(len, heads)) > 8 else {}
    axes.set_xticks(range(len(heads)), heads, fontsize=NOTE_SIZE, **look)
    axes.tick_params(axis="x", length=0, top=True, labeltop=True, bottom=False, labelbottom=False)
    axes.spines[:].set_visible(False)
    name_rows(axes, shades.index)
    return figure


def order_by_total(grid: DataFrame, axis: int, most: int) -> list[str]:
    """The names of the rows or columns with the largest sums, the largest first."""
    return grid.sum(axis=axis).sort_values(ascending=False, kind="stable").index[:most].tolist()


def theme_by_theatre_chart(topics: DataFrame) -> Chart:
    """How many sentences have both a theme and a theatre: `Topics` table."""
    themes, theatres = (topics[topics["dimension"] == name] for name in ("theme", "theatre"))
    key = ["article_id", "start_char"]
    both = themes.merge(theatres, on=key, suffixes=("_theme", "_theatre"), validate="many_to_many")
    if both.empty:
        return empty_chart("No sentence has both a theme and a theatre.")
    grid = crosstab(both["topic_theme"], both["topic_theatre"])
    grid = grid.loc[order_by_total(grid, 1, MAX_ROWS), order_by_total(grid, 0, MAX_COLUMNS)]
    grid = grid[grid.sum(axis=1) > 0]
    top = both.groupby(["topic_theme", "topic_theatre"]).size().sort_values(ascending=False, kind="stable")
    theme, theatre = top.index[0]
    most = counted(top.iloc[0], "sentence")
    if grid.size == 1:
        return empty_chart(f"The only theme with a theatre is {theme}, with {theatre}: {most}.")
    title = f"{sentence_start(theme)} and {theatre} occur together most often: {most}"
    note = "Cell: sentences with both. Occurring together does not mean that one causes the other."
    scale = 0, grid.to_numpy().max()
    figure = draw_grid(title, grid, grid.astype(str).where(grid > 0), note=note, scale=scale)
    cells = [f"{theme} with {theatre} {count}" for (theme, theatre), count in top.head(MAX_ROWS).items()]
    return Chart(figure, f"Heat map. {title}", "; ".join(cells))


def topic_by_speaker_chart(quotes: DataFrame, topics: DataFrame) -> Chart:
    """Which themes the most quoted speakers talk about: their statements in sentences with a theme.

    The share of a speaker with few statements says too little: it has no colour, and is in no title.

    Args:
        quotes: `Quotes` table.
        topics: `Topics` table of the same articles.
    """
    attributed = quotes.dropna(subset="speaker_id")
    pairs = statement_themes(attributed, topics)
    if pairs.empty:
        return empty_chart("No statement with a known speaker is in a sentence with a theme.")
    counts = attributed.groupby("speaker_id", sort=False).size()
    grid = crosstab(pairs["speaker_id"], pairs["topic"])
    order = counts[counts.index.isin(grid.index)].sort_values(ascending=False, kind="stable")
    grid = grid.reindex(order.index[:MAX_ROWS])
    grid = grid[order_by_total(grid.loc[:, grid.sum() > 0], 0, MAX_COLUMNS)]
    grid = grid[grid.sum(axis=1) > 0]
    counts = counts[grid.index]
    names = longest_names(attributed, "speaker_id", "speaker_name")[grid.index]
    shares, least = grid.div(counts, axis=0), min(MIN_STORIES, counts.max())
    firm = shares.where(counts >= least)
    speaker, theme = firm.stack().idxmax()
    most = f"{grid.at[speaker, theme]} of {counted(counts[speaker], 'statement')}"
    name = sentence_start(shortened(names[speaker]))
    if grid.size == 1:
        return empty_chart(f"Only {name} talks about a theme, which is {theme}: {most}.")
    title = f"{name} talks about {theme} most: {most}"
    pale = f" No colour: fewer than {least}, too few to compare." * bool((counts < least).any())
    note = (
        "Cell: statements in sentences with the theme; one can have several. Colour: their share of all "
        f"statements, which are in brackets.{pale}"
    )
    labels = [f"{shortened(one, 20)} ({count})" for one, count in zip(names, counts, strict=True)]
    figure = draw_grid(title, firm.set_axis(labels), grid.astype(str).where(grid > 0), note=note)
    words = []
    for one, row in grid.iterrows():
        top = row[row > 0].sort_values(ascending=False, kind="stable").head(3)
        themes = ", ".join(f"{theme} {count}" for theme, count in top.items())
        words.append(f"{names[one]} (n={counts[one]}): {themes}")
    return Chart(figure, f"Heat map. {title}", "; ".join(words), note)


def statement_themes(quotes: DataFrame, topics: DataFrame) -> DataFrame:
    """One row per statement and theme of a sentence that it overlaps."""
    themes = topics.loc[topics["dimension"] == "theme", ["article_id", "start_char", "end_char", "topic"]]
    places = quotes[["article_id", "speaker_id", "quote_id", "start_char", "end_char"]]
    both = places.merge(themes, on="article_id", suffixes=("", "_theme"), validate="many_to_many")
    overlap = (both["start_char_theme"] < both["end_char"]) & (both["start_char"] < both["end_char_theme"])
    return both.loc[overlap, ["speaker_id", "quote_id", "topic"]].drop_duplicates()


def longest_names(rows: DataFrame, key: str, column: str) -> Series:
    """The longest name in a column for each value of another, the first of equals; "unnamed" without any."""
    known = rows[[key, column]].dropna(subset=column)
    ordered = known.sort_values(column, key=lambda names: -names.str.len(), kind="stable")
    names = ordered.drop_duplicates(key).set_index(key)[column]
    return names.reindex(rows[key].unique(), fill_value="unnamed")


def draw_periods(
    title: str,
    cells: DataFrame,
    names: dict[str, str],
    starts: list[str],
    *,
    period: str,
    **look: Any,
) -> Figure:
    """A grid of rows and periods.

    Args:
        title: the finding.
        cells: `row`, `period`, `shade` (missing: no colour) and `words` of each cell.
        names: of the rows, in their order.
        starts: first day of each column, ISO 8601.
        period: "day", "week" or "month".
        look: the note and the colours, as `draw_grid` takes them.
    """
    heads = [HEADS[period].format(Timestamp(start)) for start in starts]
    shades, words = (
        cells.pivot(index="row", columns="period", values=value)
        .reindex(index=list(names), columns=starts)
        .set_axis(list(names.values()))
        .set_axis(heads, axis=1)
        for value in ("shade", "words")
    )
    return draw_grid(title, shades, words, **look)


def left_out(periods: Series, first: str, period: str) -> str:
    """ "Left out: 3 earlier weeks."; "" where nothing is."""
    earlier = periods[periods < first].nunique()
    return f" Left out: {counted(earlier, f'earlier {period}')}." if earlier else ""


def speaker_over_time_chart(periods: DataFrame, names: dict[str, str], *, speaker: str, period: str) -> Chart:
    """For and against whom a speaker speaks, by day, week or month.

    Args:
        periods: `StancePeriods` table of one speaker.
        names: of the targets.
        speaker: the name.
        period: "day", "week" or "month".
    """
    if periods["period"].nunique() < MIN_BARS_OVER_TIME:
        return empty_chart(
            f"No chart over time: {speaker} speaks of other countries in fewer than two periods."
        )
    every = period_range(periods["period"].min(), periods["period"].max(), period)[-MAX_COLUMNS:]
    shown = periods[periods["period"].isin(every)]
    targets, top = leading_targets(shown), leading_targets(periods)[0]
    own = periods[periods["target"] == top]
    sums = own[["favourable_count", "unfavourable_count"]].sum().astype(int)
    of = counted(int(decided(own).sum()), "decided stance")
    title = (
        f"{shortened(speaker)} speaks most of {names[top]}: {sums['favourable_count']} for and "
        f"{sums['unfavourable_count']} against in {of}"
    )
    note = (
        f"Cell: + for, − against, 0 neither, ? undecided; empty: not spoken of. Fewer than {MIN_STORIES} "
        f"stories describe only these.{left_out(periods['period'], every[0], period)}"
    )
    total = decided(shown)
    balance = (shown["favourable_count"] - shown["unfavourable_count"]) / total.where(total > 0, np.nan)
    cells = shown.assign(row=shown["target"], shade=balance, words=list(map(cell_words, rows_of(shown))))
    cells = cells[cells["target"].isin(targets)]
    words = [
        f"{names[target]}: {', '.join(f'{row.period} {row.words}' for row in rows_of(part))}"
        for target, part in cells.groupby("target")
    ]
    rows, look = {target: names[target] for target in targets}, {"scale": (-1, 1), "colours": "PuOr"}
    figure = draw_periods(title, cells, rows, every, period=period, note=note, **look)
    return Chart(figure, f"Heat map. {title}", "; ".join(words))


def leading_targets(periods: DataFrame) -> list[str]:
    """The targets with the most stances."""
    sizes = decided(periods).add(periods["undecided_count"]).groupby(periods["target"]).sum()
    return sizes.sort_index().sort_values(ascending=False, kind="stable").index[:MAX_TARGETS].tolist()


def decided(periods: DataFrame) -> Series:
    """How many stances each row has without the undecided ones."""
    return periods[["favourable_count", "unfavourable_count", "neutral_count"]].sum(axis=1)


def cell_words(row: object) -> str:
    """ "+3 −1", "0" where all are neither, "?2" where none is decided."""
    sides = (("+", row.favourable_count), ("−", row.unfavourable_count))
    taken = " ".join(f"{sign}{count}" for sign, count in sides if count)
    return taken or ("0" if row.neutral_count else f"?{row.undecided_count}")


def theme_over_time_chart(shares: DataFrame, *, theme: str, period: str) -> Chart:
    """The share of the articles of each outlet that have a theme, by day, week or month.

    Cells of fewer than ten articles have no colour: their share says too little.

    Args:
        shares: `ThemeShares` table by day, week or month.
        theme: its name.
        period: "day", "week" or "month".
    """
    starts = span_of(shares)
    if len(starts) < MIN_BARS_OVER_TIME:
        return empty_chart(
            f"No chart of {theme} over time: the dated articles fall into fewer than two periods."
        )
    every = period_range(starts[0], starts[-1], period)[-MAX_COLUMNS:]
    outlets = list(dict.fromkeys(shares["outlet"]))
    outlets = [EVERY_OUTLET] if len(outlets) == 2 else outlets  # a single one is all of them
    sizes = shares.groupby("outlet")["article_count"].sum()
    shown = sorted(outlets, key=lambda one: (one != EVERY_OUTLET, -sizes[one], one))[: MAX_OUTLETS + 1]
    cells = shares[shares["outlet"].isin(shown) & shares["period"].isin(every)]
    firm = cells["share"].where(cells["article_count"] >= MIN_STORIES, np.nan)
    counts = [f"{row.theme_count}/{row.article_count}" for row in rows_of(cells)]
    cells = cells.assign(row=cells["outlet"], shade=firm, words=counts)
    more = counted(len(outlets) - len(shown), "more outlet")
    note = (
        "Cell: articles with the theme / articles read. No colour: fewer than "
        f"{MIN_STORIES} articles, too few to compare.{left_out(shares['period'], every[0], period)}"
        f"{f' Not shown: {more}.' if len(outlets) > len(shown) else ''}"
    )
    words = [
        f"{outlet or EVERY_NAME}: "
        + ", ".join(f"{row.period} {row.theme_count} of {row.article_count}" for row in rows_of(part))
        for outlet, part in cells.groupby("outlet")
    ]
    title = theme_title(shares, theme)
    names = {one: f"{shortened(one or EVERY_NAME, 19)} ({sizes[one]:,})" for one in shown}
    scale = 0, max(float(firm.fillna(0).max()), 0.01)
    figure = draw_periods(title, cells, names, every, period=period, note=note, scale=scale)
    return Chart(figure, f"Heat map. {title}", "; ".join(words))


def theme_title(shares: DataFrame, theme: str) -> str:
    """How much of what was read has the theme, and when most, among periods with enough articles."""
    own = shares[shares["outlet"] == EVERY_OUTLET]
    total = f"{own['theme_count'].sum():,} of {counted(own['article_count'].sum(), 'dated article')}"
    firm = own[own["article_count"] >= MIN_STORIES].sort_values(["share", "period"], ascending=[False, True])
    if len(firm) < MIN_BARS_OVER_TIME:
        return f"{sentence_start(theme)} is in {total}; too few a period to compare"
    top = firm.iloc[0]
    return f"{sentence_start(theme)} is in {total}, most from {top['period']}: {top['share']:.0%}"
