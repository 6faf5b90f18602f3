"""Who speaks, about what, in which tone, and for or against whom: charts of quotes and stances."""

import pandas as pd
from matplotlib.axes import Axes
from pandas import DataFrame, Series

from analysis.charts.base import (
    BLUE,
    GREY,
    MAX_COLUMNS,
    MAX_ROWS,
    RED,
    ROW_HEIGHT,
    SKY,
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
    shortened,
    wrapped,
)
from analysis.indicators.definitions import MINIMUM_STORIES
from analysis.indicators.intervals import POLARITY, clustered_mean
from analysis.indicators.measure_agreement import MeasureAgreement, measure_agreements
from analysis.phrasing import counted
from analysis.tables.rows import rows_of

MAX_SPEAKERS = 15
MAX_TARGETS = 7  # columns wide enough for four numbers of three digits
NOBODY = "Nobody is quoted by name or description."
NAMES = {"mean_tone": "tone", "mean_stance": "stance", "mean_intensity": "acts"}
SCALES = {
    "mean_tone": ("mean tone (TextBlob, -1 to +1)", 1),
    "mean_stance": ("mean stance (-1 to +1)", 1),
    "mean_intensity": ("mean intensity of acts (-10 to +10)", 10),
}


def speaker_chart(quotes: DataFrame, articles: DataFrame, *, minimum_stories: int = MINIMUM_STORIES) -> Chart:
    """The tone of what the most quoted speakers say: a dot for each statement, the mean with its interval.

    The interval is by story, because one reporter chose the statements of a story; it is missing
    below two stories. Reprints of a story count once.

    Args:
        quotes: `Quotes` table.
        articles: `Articles` table of the same articles.
        minimum_stories: a speaker with fewer is grey and not compared.
    """
    stories = articles[["article_id", "story_id"]]
    spoken = quotes.dropna(subset="speaker_id").merge(stories, on="article_id", validate="many_to_one")
    again = spoken.groupby(["article_id", "speaker_id", "text"]).cumcount()
    spoken = spoken[~spoken.assign(again=again).duplicated(["story_id", "speaker_id", "text", "again"])]
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
    rows = [row._asdict() for row in rows_of(summary)]
    name_rows(axes, [f"{label(row['name'])} ({row['statements']} in {row['stories']})" for row in rows])
    axes.set_xlim(-1.05, 1.05)
    axes.axvline(0, color=GREY, linewidth=0.8)
    axes.set_xlabel(
        "tone of the words (TextBlob polarity, -1 to +1; in brackets: statements in stories)", fontsize=9
    )
    return Chart(figure, f"Dot chart. {title}", f"Mean tone: {'; '.join(map(tone_words, rows_of(summary)))}")


def tone_summary(spoken: DataFrame) -> DataFrame:
    """One row per speaker, of the most quoted: counts, mean, interval and range, the warmest first."""
    summary = spoken.groupby("speaker_id", sort=False).agg(
        statements=("quote_id", "size"),
        stories=("story_id", "nunique"),
        mean=("tone_score", "mean"),
        least=("tone_score", "min"),
        most=("tone_score", "max"),
    )
    summary.insert(0, "name", longest_names(spoken, "speaker_id", "speaker_name"))
    shown = summary.sort_values("statements", ascending=False, kind="stable").head(MAX_ROWS)
    sums = spoken.groupby(["speaker_id", "story_id"])["tone_score"].agg(["sum", "size"])
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
    """Each speaker's statements, mean and interval; grey where they are too few to compare."""
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
    """Say whether two speakers' tones clearly differ, among those with enough stories."""
    firm = summary[summary["stories"] >= minimum_stories]
    span = f"mean tones from {summary['mean'].max():+.2f} to {summary['mean'].min():+.2f}"
    if len(firm) < 2:
        all_shown, some_shown = (
            counted(total, "speaker"),
            f"the {len(summary)} most quoted of {total:,} speakers",
        )
        among = all_shown if len(summary) == total else some_shown
        return f"Too few stories to tell speakers apart: {span} among {among}"
    high, low = firm.iloc[0], firm.iloc[-1]
    if high["low"] > low["high"]:
        return (
            f"{shortened(high['name'])} sounds warmer ({high['mean']:+.2f}) than {shortened(low['name'])} "
            f"({low['mean']:+.2f}); their intervals do not overlap"
        )
    enough = f"{len(firm)} speakers with {minimum_stories} or more stories"
    return f"No clear difference in tone among {enough}; {span}"


def tone_words(row: object) -> str:
    """A row of `tone_summary` in words."""
    interval = f", 95% interval {row.low:+.2f} to {row.high:+.2f}" if pd.notna(row.low) else ""
    return (
        f"{row.name} {row.mean:+.2f} (n={row.statements} in {counted(row.stories, 'story')}{interval}; "
        f"statements from {row.least:+.2f} to {row.most:+.2f})"
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
    counts = attributed.groupby("speaker_id", sort=False).size()
    grid = pd.crosstab(pairs["speaker_id"], pairs["topic"])
    order = counts[counts.index.isin(grid.index)].sort_values(ascending=False, kind="stable")
    grid = grid.reindex(order.index[:MAX_SPEAKERS])
    grid = grid[order_by_total(grid.loc[:, grid.sum() > 0], 0, MAX_COLUMNS)]
    counts = counts[grid.index]
    names = longest_names(attributed, "speaker_id", "speaker_name")[grid.index]
    speaker, theme = grid.stack().idxmax()
    most = f"{grid.at[speaker, theme]} of {counted(counts[speaker], 'statement')}"
    name = sentence_start(shortened(names[speaker]))
    if grid.size == 1:
        return empty_chart(f"Only {name} talks about a theme, which is {theme}: {most}.")
    title = f"{name} talks about {theme} most: {most}"
    note = "Cell: statements in sentences with the theme; one can have several. In brackets: all statements."
    figure = new_figure(title, 2.4 + ROW_HEIGHT * max(len(grid), 2), note=note)
    shade = Shade("Blues", 0, 1, "share of the speaker's statements")
    labels = [f"{shortened(one, 32)} ({count})" for one, count in zip(names, counts, strict=True)]
    shares = grid.div(counts, axis=0).set_axis(labels)
    draw_heat(figure, shares, grid.astype(str).where(grid > 0), shade)
    words = []
    for one, row in grid.iterrows():
        top = row[row > 0].sort_values(ascending=False, kind="stable").head(3)
        themes = ", ".join(f"{theme} {count}" for theme, count in top.items())
        words.append(f"{names[one]} (n={counts[one]}): {themes}")
    return Chart(figure, f"Heat map. {title}", "; ".join(words))


def statement_themes(quotes: DataFrame, topics: DataFrame) -> DataFrame:
    """One row per statement and theme of a sentence that it overlaps."""
    themes = topics.loc[topics["dimension"] == "theme", ["article_id", "start_char", "end_char", "topic"]]
    places = quotes[["article_id", "speaker_id", "quote_id", "start_char", "end_char"]]
    both = places.merge(themes, on="article_id", suffixes=("", "_theme"), validate="many_to_many")
    overlap = (both["start_char_theme"] < both["end_char"]) & (both["start_char"] < both["end_char_theme"])
    return both.loc[overlap, ["speaker_id", "quote_id", "topic"]].drop_duplicates()


def stance_matrix_chart(quotes: DataFrame, stances: DataFrame) -> Chart:
    """Draw who is for and against whom: the stances of the most outspoken speakers, undecided ones separate.

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
    rows, columns = (
        cells["size"].groupby(level=side).sum().sort_values(ascending=False, kind="stable").index[:most]
        for side, most in ((0, MAX_SPEAKERS), (1, MAX_TARGETS))
    )
    grids = [cells[column].unstack().reindex(index=rows, columns=columns) for column in ("balance", "words")]
    is_filled = grids[1].notna().any(axis=1)  # of a speaker on none of the targets all cells would be empty
    shades, words = (
        grid[is_filled].rename(index=names.to_dict(), columns=targets.to_dict()) for grid in grids
    )
    title = stance_title(cells, names, targets)
    note = (
        "Cell: + for, − against, of all decided statements (the rest: neither); ?: undecided. "
        f"A cell with fewer than {MINIMUM_STORIES} statements describes only these statements."
    )
    figure = new_figure(title, 2.4 + ROW_HEIGHT * 1.25 * max(len(shades), 2), note=note)
    draw_heat(figure, shades, words, Shade("PuOr", -1, 1, "balance: −1 all against, +1 all for"))
    leading = cells.sort_values("size", ascending=False, kind="stable").head(MAX_ROWS)
    listing = "; ".join(stance_words(row, names, targets) for row in rows_of(leading))
    return Chart(figure, f"Heat map. {title}", listing)


def stance_words(cell: object, names: Series, targets: Series) -> str:
    """ "Wang Yi on Japan: for 0, against 2, neither 1, undecided 0" """
    speaker, target = cell.Index
    return (
        f"{names[speaker]} on {targets[target]}: for {cell.favour}, against {cell.against}, "
        f"neither {cell.neither}, undecided {cell.undecided}"
    )


def stance_cells(taken: DataFrame) -> DataFrame:
    """Counts of stances of each speaker on each target, their balance, and the words of their cell."""
    labels = {"favour": 1, "against": -1, "neither": 0}
    flags = {name: (taken["label"] == value).fillna(False).astype(int) for name, value in labels.items()}
    flags = taken.assign(**flags, undecided=taken["is_abstained"].astype(int))
    cells = flags.groupby(["speaker_id", "target_id"])[[*labels, "undecided"]].sum()
    decided = cells[list(labels)].sum(axis=1)
    cells = cells.assign(decided=decided, size=decided + cells["undecided"])
    balance = (cells["favour"] - cells["against"]) / decided.where(decided > 0)
    words = []
    for cell in rows_of(cells):
        taken_sides = stance_sides(cell.favour, cell.against) or "0"
        undecided = f" ?{cell.undecided}" if cell.undecided else ""
        words.append(f"{taken_sides}\nof {cell.decided}{undecided}" if cell.decided else f"?{cell.undecided}")
    return cells.assign(balance=balance, words=words)


def stance_sides(favour: int, against: int) -> str:
    """ "+3 −1"; "" where nobody is for or against."""
    return " ".join([f"+{favour}"] * bool(favour) + [f"−{against}"] * bool(against))


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


def agreement_chart(measures: DataFrame) -> Chart:
    """Draw whether a warm tone goes with favourable stances and kind acts: `StoryMeasures` table."""
    found = measure_agreements(measures)
    if all(one.story_count < MINIMUM_STORIES for one in found):
        counts = ", ".join(f"{NAMES[one.first]} and {NAMES[one.second]} {one.story_count}" for one in found)
        return empty_chart(
            "Too few stories to say whether TextBlob's tone agrees with stance and acts: "
            f"{MINIMUM_STORIES} with both are needed; there are: {counts}."
        )
    title = f"TextBlob's tone: {'; '.join(map(tone_agreement, found[:2]))}"
    note = (
        "Dot: a story with both. Red cross: opposite signs. Intervals: 95%, of Spearman's "
        f"rank correlation (Bonett and Wright 2000), none below {MINIMUM_STORIES} stories."
    )
    figure = new_figure(title, 3.6, note=note)
    for axes, one in zip(figure.subplots(1, len(found)), found, strict=True):
        both = measures.dropna(subset=[one.first, one.second])
        is_apart = both[one.first] * both[one.second] < 0
        for part, mark, colour in ((both[~is_apart], "o", BLUE), (both[is_apart], "x", RED)):
            axes.plot(part[one.first], part[one.second], mark, color=colour, markersize=4, alpha=0.5)
        axes.axhline(0, color=GREY, linewidth=0.8)
        axes.axvline(0, color=GREY, linewidth=0.8)
        (across, widest), (up, highest) = SCALES[one.first], SCALES[one.second]
        axes.set(xlim=(-1.1 * widest, 1.1 * widest), ylim=(-1.1 * highest, 1.1 * highest))
        axes.set_xlabel(across, fontsize=8)
        axes.set_ylabel(up, fontsize=8)
        axes.set_title(wrapped("\n".join(correlation_words(one)), 36), fontsize=8, loc="left")
        axes.tick_params(labelsize=7)
        axes.spines[["top", "right"]].set_visible(False)
    words = "; ".join(
        f"{NAMES[one.first]} and {NAMES[one.second]}: {' '.join(correlation_words(one))}" for one in found
    )
    return Chart(figure, f"Three scatter charts. {title}", f"Rank correlations: {words}")


def correlation_words(found: MeasureAgreement) -> tuple[str, str]:
    """ "+0.31" and "(95% interval +0.10 to +0.49, 80 stories)", or that there are too few."""
    stories = counted(found.story_count, "story")
    if found.story_count < MINIMUM_STORIES:
        return "too few to say", f"({stories})"
    if pd.isna(found.correlation):
        return "no correlation, because one does not vary", f"({stories})"
    return f"{found.correlation:+.2f}", f"(95% interval {found.low:+.2f} to {found.high:+.2f}, {stories})"


def tone_agreement(found: MeasureAgreement) -> str:
    """Say whether tone goes with another measure."""
    name = NAMES[found.second]
    if found.story_count < MINIMUM_STORIES or pd.isna(found.correlation):
        return f"nothing can be said about {name}"
    if found.low > 0:
        return f"goes with {name} ({found.correlation:+.2f})"
    if found.high < 0:
        return f"runs against {name} ({found.correlation:+.2f})"
    return f"shows no clear link with {name} ({found.correlation:+.2f})"
