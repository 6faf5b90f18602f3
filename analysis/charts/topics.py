"""What the articles are about: themes and theatres, alone and together."""

import pandas as pd
from pandas import DataFrame, Series

from analysis.charts.base import (
    BLUE,
    MAX_COLUMNS,
    MAX_ROWS,
    ROW_HEIGHT,
    Chart,
    Shade,
    draw_heat,
    empty_chart,
    label,
    name_rows,
    new_axes,
    new_figure,
    order_by_total,
    sentence_start,
)
from analysis.phrasing import counted, listed


def topic_chart(topics: DataFrame, sentences: DataFrame, *, dimension: str = "theme") -> Chart:
    """Share of the sentences in which each topic of a dimension occurs.

    Args:
        topics: `Topics` table.
        sentences: `Sentences` table of the same articles.
        dimension: "theme" or "theatre".
    """
    found = topics[topics["dimension"] == dimension].groupby("topic")["article_id"].agg(["size", "nunique"])
    summary = found.sort_values("size", ascending=False, kind="stable").head(MAX_ROWS)
    total, read = len(sentences), sentences["article_id"].nunique()
    if summary.empty:
        return empty_chart(f"No {dimension} was recognised in {counted(total, 'sentence')}.")
    title = leading_title(summary["size"], f"of {counted(total, 'sentence')}")
    note = (
        f"A sentence can have more than one {dimension}, so the shares can add up to more than 100%. "
        "The number at each bar counts sentences."
    )
    figure, axes = new_axes(title, len(summary), note=note)
    bars = axes.barh(range(len(summary)), summary["size"] / total * 100, color=BLUE)
    counts = [
        f"{size:,} in {articles:,} of {counted(read, 'article')}" if read > 1 else f"{size}"
        for size, articles in summary.itertuples(index=False)
    ]
    axes.bar_label(bars, counts, padding=3, fontsize=8)
    axes.margins(x=0.2)
    name_rows(axes, [label(topic) for topic in summary.index])
    axes.set_xlabel(f"share of {counted(total, 'sentence')} (percent)", fontsize=9)
    listing = ", ".join(f"{topic} {words}" for topic, words in zip(summary.index, counts, strict=True))
    return Chart(figure, f"Bar chart. {title}", f"Sentences by {dimension}: {listing}")


def leading_title(counts: Series, of: str) -> str:
    """ "Diplomacy leads: 9 of 18 sentences", or which of them lead together."""
    top = counts[counts == counts.max()].index.tolist()
    if len(top) == 1:
        return f"{sentence_start(top[0])} leads: {counts.max():,} {of}"
    leaders = listed(top[:3]) if len(top) <= 3 else f"{top[0]} and {len(top) - 1} others"
    return f"{sentence_start(leaders)} lead together: {counts.max():,} {of} each"


def theme_by_theatre_chart(topics: DataFrame) -> Chart:
    """How many sentences have both a theme and a theatre: `Topics` table."""
    themes, theatres = (topics[topics["dimension"] == name] for name in ("theme", "theatre"))
    key = ["article_id", "start_char"]
    both = themes.merge(theatres, on=key, suffixes=("_theme", "_theatre"), validate="many_to_many")
    if both.empty:
        return empty_chart("No sentence has both a theme and a theatre.")
    grid = pd.crosstab(both["topic_theme"], both["topic_theatre"])
    grid = grid.loc[order_by_total(grid, 1, MAX_ROWS), order_by_total(grid, 0, MAX_COLUMNS)]
    top = both.groupby(["topic_theme", "topic_theatre"]).size().sort_values(ascending=False, kind="stable")
    theme, theatre = top.index[0]
    most = counted(top.iloc[0], "sentence")
    if grid.size == 1:
        return empty_chart(f"The only theme with a theatre is {theme}, with {theatre}: {most}.")
    title = f"{sentence_start(theme)} and {theatre} occur together most often: {most}"
    note = "Cell: sentences with both. Occurring together does not mean that one causes the other."
    figure = new_figure(title, 2.3 + ROW_HEIGHT * max(len(grid), 2), note=note)
    shade = Shade("Blues", 0, grid.to_numpy().max(), "sentences")
    draw_heat(figure, grid.astype(float), grid.astype(str).where(grid > 0), shade)
    cells = [f"{theme} with {theatre} {count}" for (theme, theatre), count in top.head(MAX_ROWS).items()]
    return Chart(figure, f"Heat map. {title}", "; ".join(cells))
