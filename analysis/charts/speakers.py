"""Who speaks, about what, in which tone, and for or against whom: charts of quotes and stances."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from pandas import DataFrame, Series

from analysis.charts.base import (
    BLUE,
    GREY,
    MOST_COLUMNS,
    MOST_ROWS,
    ROW_HEIGHT,
    SKY,
    Chart,
    Shade,
    draw_heat,
    empty_chart,
    label,
    new_axes,
    new_figure,
    order_by_total,
    row_tuples,
    sentence_start,
    shortened,
)
from analysis.charts.layout import name_rows
from analysis.indicators.definitions import MINIMUM_STORIES
from analysis.indicators.intervals import POLARITY, clustered_mean
from analysis.phrasing import counted
from analysis.tables.rows import rows_of

MOST_SPEAKERS = 15
MOST_TARGETS = 7  # columns wide enough for four numbers of three digits
NOBODY = "Nobody is quoted by name or description."


def speaker_chart(quotes: DataFrame, articles: DataFrame, *, minimum_stories: int = MINIMUM_STORIES) -> Chart:
    """The tone of what the most quoted speakers say: a dot for each statement, the mean with its interval.

    The interval is by story, because one reporter chose the statements of a story; it is missing
    below two stories. Reprints of a story count once.

    Args:
        quotes: `Quotes` table.
        articles: `Articles` table of the same articles.
        minimum_stories: a speaker with fewer is grey and not compared.
    """
    spoken = first_statements(quotes, articles)
    if spoken.empty:
        return empty_chart(NOBODY)
    summary = tone_summary(spoken)
    title = tone_title(summary, spoken["speaker_id"].nunique(), minimum_stories)
    note = (
        "Dot: a statement. Bar: the mean. Line: its 95% interval by story, none for a single story. "
        f"Grey: fewer than {minimum_stories} stories, not compared."
    )
    figure, axes = new_axes(title, len(summary), note=note)
    draw_tones(axes, summary, spoken, minimum_stories)
    names = [f"{label(row.name_)} ({row.count_} in {row.stories_})" for row in row_tuples(summary)]
    name_rows(axes, names, size=9)
    axes.set_xlim(-1.05, 1.05)
    axes.axvline(0, color=GREY, linewidth=0.8)
    axes.set_xlabel(
        "tone of the words (TextBlob polarity, -1 to +1; in brackets: statements in stories)", fontsize=9
    )
    return Chart(
        figure, f"Dot chart. {title}", f"Mean tone: {'; '.join(map(tone_words, row_tuples(summary)))}"
    )


def first_statements(quotes: DataFrame, articles: DataFrame) -> DataFrame:
    """Statements with a known speaker and their story, without those that a reprint repeats."""
    stories = articles[["article_id", "story_id"]]
    spoken = quotes.dropna(subset="speaker_id").merge(stories, on="article_id", validate="many_to_one")
    again = spoken.groupby(["article_id", "speaker_id", "text"]).cumcount()
    return spoken[~spoken.assign(again=again).duplicated(["story_id", "speaker_id", "text", "again"])]


def tone_summary(spoken: DataFrame) -> DataFrame:
    """One row per speaker, of the most quoted: counts, mean, interval and range, the warmest first."""
    summary = spoken.groupby("speaker_id", sort=False).agg(
        count=("quote_id", "size"),
        stories=("story_id", "nunique"),
        mean=("tone_score", "mean"),
        least=("tone_score", "min"),
        most=("tone_score", "max"),
    )
    summary.insert(0, "name", longest_names(spoken, "speaker_id", "speaker_name"))
    shown = summary.sort_values("count", ascending=False, kind="stable").head(MOST_ROWS)
    by_story = spoken[spoken["speaker_id"].isin(shown.index)].groupby(["speaker_id", "story_id"])[
        "tone_score"
    ]
    sums = by_story.agg(["sum", "size"])
    bounds = [
        clustered_mean(part["sum"].to_numpy(), part["size"].to_numpy(), POLARITY)
        for part in (sums.loc[speaker] for speaker in shown.index)
    ]
    shown = shown.assign(low=[low for low, _ in bounds], high=[high for _, high in bounds])
    return shown.sort_values("mean", ascending=False, kind="stable").reset_index()


def longest_names(rows: DataFrame, key: str, column: str) -> Series:
    """The longest name in a column for each value of another, the first of equals; "unnamed" without any."""
    known = rows[[key, column]].dropna(subset=column)
    ordered = known.sort_values(column, key=lambda names: -names.str.len(), kind="stable")
    names = ordered.drop_duplicates(key).set_index(key)[column]
    return names.reindex(rows[key].unique(), fill_value="unnamed")


def draw_tones(axes: Axes, summary: DataFrame, spoken: DataFrame, minimum_stories: int) -> None:
    """Each speaker's statements, mean and interval; grey where they are too few to compare.

    Args:
        axes: where they are drawn.
        summary: table of `tone_summary`.
        spoken: the statements.
        minimum_stories: a speaker with fewer is grey.
    """
    row_of = Series(summary.index, index=summary["speaker_id"])
    shown = spoken[spoken["speaker_id"].isin(row_of.index)]
    rows = shown["speaker_id"].map(row_of)
    is_firm = summary["stories"] >= minimum_stories
    for chosen, fill, edge, line in ((is_firm, SKY, BLUE, "black"), (~is_firm, "#CCCCCC", GREY, GREY)):
        inside, part = rows.map(chosen), summary[chosen]
        dots = {"color": fill, "markeredgecolor": edge, "markersize": 5, "alpha": 0.6}
        axes.plot(shown.loc[inside, "tone_score"], rows[inside], "o", **dots)
        axes.hlines(part.index, part["low"], part["high"], color=line, linewidth=2.5)
    axes.vlines(summary["mean"], summary.index - 0.32, summary.index + 0.32, color="black", linewidth=2)


def tone_title(summary: DataFrame, total: int, minimum_stories: int) -> str:
    """Whether two speakers' tones clearly differ, among those with enough stories."""
    firm = summary[summary["stories"] >= minimum_stories]
    span = f"mean tones from {summary['mean'].max():+.2f} to {summary['mean'].min():+.2f}"
    if len(firm) < 2:
        return f"Too few stories to tell speakers apart: {span} among {of_all(len(summary), total)}"
    high, low = firm.iloc[0], firm.iloc[-1]
    if high["low"] > low["high"]:
        return (
            f"{shortened(high['name'])} sounds warmer ({high['mean']:+.2f}) than {shortened(low['name'])} "
            f"({low['mean']:+.2f}); their intervals do not overlap"
        )
    enough = f"{len(firm)} speakers with {minimum_stories} or more stories"
    return f"No clear difference in tone among {enough}; {span}"


def of_all(shown: int, total: int) -> str:
    """ "8 speakers", "the 20 most quoted of 30 speakers"."""
    return counted(total, "speaker") if shown == total else f"the {shown} most quoted of {total:,} speakers"


def tone_words(row: object) -> str:
    interval = f", 95% interval {row.low_:+.2f} to {row.high_:+.2f}" if pd.notna(row.low_) else ""
    return (
        f"{row.name_} {row.mean_:+.2f} (n={row.count_} in {counted(row.stories_, 'story')}{interval}; "
        f"statements from {row.least_:+.2f} to {row.most_:+.2f})"
    )


def topic_by_speaker_chart(quotes: DataFrame, topics: DataFrame) -> Chart:
    """Which themes the most quoted speakers talk about: their statements in sentences with a theme.

    Args:
        quotes: `Quotes` table.
        topics: `Topics` table of the same articles.
    """
    attributed = quotes.dropna(subset="speaker_id")
    pairs = statement_themes(attributed, topics)
    if pairs.empty:
        return empty_chart("No statement with a known speaker is in a sentence with a theme.")
    spoken = attributed.groupby("speaker_id", sort=False).agg(count=("quote_id", "size"))
    spoken = spoken.assign(name=longest_names(attributed, "speaker_id", "speaker_name"))
    grid = pd.crosstab(pairs["speaker_id"], pairs["topic"])
    order = spoken.loc[spoken.index.isin(grid.index), "count"].sort_values(ascending=False, kind="stable")
    grid = grid.reindex(order.index[:MOST_SPEAKERS])
    grid = grid[order_by_total(grid.loc[:, grid.sum() > 0], 0, MOST_COLUMNS)]
    shown = spoken.loc[grid.index]
    shares = grid.div(shown["count"], axis=0).set_axis(
        [
            f"{shortened(name, 32)} ({count})"
            for name, count in zip(shown["name"], shown["count"], strict=True)
        ]
    )
    speaker, theme = grid.stack().idxmax()
    most = f"{grid.at[speaker, theme]} of {counted(shown.at[speaker, 'count'], 'statement')}"
    name = sentence_start(shortened(shown.at[speaker, "name"]))
    if grid.size == 1:
        return empty_chart(f"Only {name} talks about a theme, which is {theme}: {most}.")
    title = f"{name} talks about {theme} most: {most}"
    note = "Cell: statements in sentences with the theme; one can have several. In brackets: all statements."
    figure = new_figure(title, 2.4 + ROW_HEIGHT * max(len(grid), 2), note=note)
    shade = Shade("Blues", 0, 1, "share of the speaker's statements")
    draw_heat(figure, shares, grid.astype(str).where(grid > 0, "").set_axis(shares.index), shade)
    return Chart(figure, f"Heat map. {title}", "; ".join(theme_words(grid, shown)))


def theme_words(grid: DataFrame, speakers: DataFrame) -> list[str]:
    """Each speaker with up to three themes and their counts."""
    words = []
    for speaker, row in grid.iterrows():
        top = row[row > 0].sort_values(ascending=False, kind="stable").head(3)
        counts = ", ".join(f"{theme} {count}" for theme, count in top.items())
        words.append(f"{speakers.at[speaker, 'name']} (n={speakers.at[speaker, 'count']}): {counts}")
    return words


def statement_themes(quotes: DataFrame, topics: DataFrame) -> DataFrame:
    """One row per statement and theme of a sentence that it overlaps.

    The offsets of all articles are laid end to end on one line, so that one search finds all overlaps.
    """
    themes = topics[topics["dimension"] == "theme"]
    codes = Series(range(quotes["article_id"].nunique()), index=quotes["article_id"].unique())
    length = max(quotes["end_char"].max(), themes["end_char"].max(), 0) + 1 if len(quotes) else 1
    themes = themes[themes["article_id"].isin(codes.index)]
    themes = themes.assign(at=themes["article_id"].map(codes).astype(int) * length)
    themes = themes.assign(start=themes["at"] + themes["start_char"], end=themes["at"] + themes["end_char"])
    themes = themes.sort_values(["start", "topic"])
    offset = quotes["article_id"].map(codes).astype(int) * length
    first = np.searchsorted(themes["end"], offset + quotes["start_char"], side="right")
    last = np.searchsorted(themes["start"], offset + quotes["end_char"], side="left")
    counts = np.maximum(last - first, 0)
    rows = np.repeat(first - np.r_[0, counts.cumsum()[:-1]], counts) + np.arange(counts.sum())
    pairs = quotes[["speaker_id", "quote_id"]].loc[quotes.index.repeat(counts)]
    return pairs.assign(topic=themes["topic"].to_numpy()[rows]).drop_duplicates()


def stance_matrix_chart(quotes: DataFrame, stances: DataFrame) -> Chart:
    """Who is for and against whom: the stances of the most outspoken speakers, undecided ones separate.

    Args:
        quotes: `Quotes` table.
        stances: `Stances` table of the quotes.
    """
    speakers = quotes[["quote_id", "speaker_id", "speaker_name"]].dropna(subset="speaker_id")
    taken = stances.merge(speakers, on="quote_id", validate="many_to_one")
    if taken.empty:
        return empty_chart("No speaker names an actor, so there is no stance to show.")
    names = longest_names(taken, "speaker_id", "speaker_name")
    targets = longest_names(taken, "target_id", "target_name")
    cells = stance_cells(taken)
    if len(cells) == 1:
        return empty_chart(f"The only stance: {stance_words(next(rows_of(cells)), names, targets)}.")
    rows, columns = (top_of(cells, side, most) for side, most in ((0, MOST_SPEAKERS), (1, MOST_TARGETS)))
    shown = cells.loc[
        cells.index.get_level_values(0).isin(rows) & cells.index.get_level_values(1).isin(columns)
    ]
    rows = [
        row for row in rows if row in shown.index.get_level_values(0)
    ]  # otherwise its cells would all be empty
    shades, words = (
        shown[column].unstack().reindex(index=rows, columns=columns).set_axis(names[rows], axis=0)
        for column in ("balance", "words")
    )
    title = stance_title(cells, names, targets)
    note = (
        "Cell: + for, − against, of all decided statements (the rest: neither); ?: undecided. "
        f"A cell with fewer than {MINIMUM_STORIES} statements describes only these statements."
    )
    figure = new_figure(title, 2.4 + ROW_HEIGHT * 1.25 * max(len(rows), 2), note=note)
    shade = Shade("PuOr", -1, 1, "balance: −1 all against, +1 all for")
    draw_heat(figure, shades.set_axis(targets[columns], axis=1), words.fillna(""), shade)
    listing = [
        stance_words(row, names, targets)
        for row in rows_of(cells.sort_values("size", ascending=False, kind="stable").head(MOST_ROWS))
    ]
    return Chart(figure, f"Heat map. {title}", "; ".join(listing))


def stance_words(cell: Any, names: Series, targets: Series) -> str:
    """ "Wang Yi on Japan: for 0, against 2, neither 1, undecided 0" """
    speaker, target = cell.Index
    return (
        f"{names[speaker]} on {targets[target]}: for {cell.favour}, against {cell.against}, "
        f"neither {cell.neither}, undecided {cell.undecided}"
    )


def stance_cells(taken: DataFrame) -> DataFrame:
    """Counts of stances of each speaker on each target, their balance, and the words of their cell."""
    flags = taken.assign(
        favour=(taken["label"] == 1).fillna(False).astype(int),
        against=(taken["label"] == -1).fillna(False).astype(int),
        neither=(taken["label"] == 0).fillna(False).astype(int),
        undecided=taken["is_abstained"].astype(int),
    )
    cells = flags.groupby(["speaker_id", "target_id"])[["favour", "against", "neither", "undecided"]].sum()
    decided = cells["favour"] + cells["against"] + cells["neither"]
    cells = cells.assign(decided=decided, size=decided + cells["undecided"])
    balance = (cells["favour"] - cells["against"]) / decided.where(decided > 0)
    return cells.assign(balance=balance, words=[cell_words(row) for row in rows_of(cells)])


def cell_words(cell: object) -> str:
    """ "+3 −1 of 6 ?2"; "?2" where no stance was decided."""
    if not cell.decided:
        return f"?{cell.undecided}"
    sides = [f"+{cell.favour}" if cell.favour else "", f"−{cell.against}" if cell.against else ""]
    taken = " ".join(side for side in sides if side) or "0"
    return f"{taken}\nof {cell.decided}" + (f" ?{cell.undecided}" if cell.undecided else "")


def top_of(cells: DataFrame, side: int, most: int) -> list[str]:
    """The speakers (side 0) or targets (side 1) with the most stances."""
    sizes = cells["size"].groupby(level=side).sum()
    return sizes.sort_values(ascending=False, kind="stable").index[:most].tolist()


def stance_title(cells: DataFrame, names: Series, targets: Series) -> str:
    """The speaker who takes the most one-sided stance on a target."""
    sided = (cells["favour"] - cells["against"]).abs().sort_values(ascending=False, kind="stable")
    if sided.iloc[0] < 2:
        return "No speaker is for or against anyone by a margin of two statements"
    speaker, target = sided.index[0]
    cell = cells.loc[(speaker, target)]
    way, count = ("for", cell["favour"]) if cell["favour"] > cell["against"] else ("against", cell["against"])
    of = f"{count} of {counted(cell['decided'], 'decided stance')}"
    return f"Most one-sided: {shortened(names[speaker])} {way} {shortened(targets[target])}, {of}"
