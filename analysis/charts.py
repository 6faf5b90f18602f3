"""Tables to pictures. The only place that pivots to wide.

A chart is drawn on a bare matplotlib Figure: pyplot keeps its state in the main thread, and JupyterLab runs
the callbacks of widgets in another. Every chart carries a text alternative written from the same data.
"""

import io
from dataclasses import dataclass
from textwrap import shorten

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.indicators import between_countries, dyads
from analysis.lexicons import dyad_name, indicator_name
from analysis.schemas import ACT_STATUSES, QUAD_NAMES

# Okabe and Ito's palette: apart for colour-blind readers, and in greyscale by lightness.
BLUE, SKY, GREEN, ORANGE, RED, GREY = "#0072B2", "#56B4E9", "#009E73", "#E69F00", "#D55E00", "#767676"
QUAD_COLOURS = {1: SKY, 2: BLUE, 3: ORANGE, 4: RED}
WIDTH = 8.0  # inches
ROW_HEIGHT = 0.34
DPI = 120
MOST_ROWS = 20
LABEL_CHARS = 40


@dataclass(frozen=True)
class Chart:
    """A picture and the words that say the same."""

    figure: Figure
    alt: str

    def png(self) -> bytes:
        buffer = io.BytesIO()
        self.figure.savefig(buffer, format="png", dpi=DPI, bbox_inches="tight", metadata={"Software": None})
        return buffer.getvalue()

    def _repr_mimebundle_(self, **_: object) -> tuple[dict, dict]:
        return {"image/png": self.png(), "text/plain": self.alt}, {"image/png": {"alt": self.alt}}


def new_axes(title: str, rows: int) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(WIDTH, 1.4 + ROW_HEIGHT * max(rows, 2)), layout="constrained")
    axes = figure.add_subplot()
    axes.set_title(plain(title), loc="left", fontsize=11, fontweight="bold", wrap=True)
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


def plain(text: str) -> str:
    """Text that matplotlib draws as it stands: a dollar sign would begin a formula."""
    return text.replace("$", r"\$")


def label(text: str) -> str:
    return plain(shorten(text, LABEL_CHARS, placeholder="…"))


def empty_chart(reason: str) -> Chart:
    """A note in place of an axis with nothing on it."""
    figure = Figure(figsize=(WIDTH, 1.0), layout="constrained")
    figure.text(0.5, 0.5, plain(reason), ha="center", va="center", color=GREY)
    return Chart(figure, reason)


def topic_chart(topics: pd.DataFrame, sentences: pd.DataFrame, *, dimension: str = "theme") -> Chart:
    """Share of the sentences in which each topic of a dimension occurs.

    Args:
        topics: `Topics` table.
        sentences: `Sentences` table of the same articles.
        dimension: "theme" or "theatre".
    """
    counts = topics.loc[topics["dimension"] == dimension, "topic"].value_counts(sort=False)
    counts = counts.sort_values(ascending=False, kind="stable").head(MOST_ROWS)
    if counts.empty:
        return empty_chart(f"No {dimension} was recognised in {len(sentences)} sentences.")
    total = len(sentences)
    title = f"{counts.index[0].capitalize()} leads: {counts.iloc[0]} of {total} sentences"
    figure, axes = new_axes(title, len(counts))
    bars = axes.barh([label(topic) for topic in counts.index], counts / total * 100, color=BLUE)
    axes.bar_label(bars, [str(count) for count in counts], padding=3, fontsize=9)
    axes.invert_yaxis()
    axes.set_xlabel(
        f"share of all {total} sentences, in percent (a sentence may have several; label: sentences)"
    )
    listed = ", ".join(f"{topic} {count}" for topic, count in counts.items())
    return Chart(figure, f"Bar chart. {title}. Sentences by {dimension}: {listed}.")


def theme_by_theatre_chart(topics: pd.DataFrame) -> Chart:
    """How many sentences name a theme and a theatre together: `Topics` table."""
    themes, theatres = (topics[topics["dimension"] == name] for name in ("theme", "theatre"))
    key = ["article_id", "start_char"]
    both = themes.merge(theatres, on=key, suffixes=("_theme", "_theatre"), validate="many_to_many")
    if both.empty:
        return empty_chart("No sentence names a theme and a theatre together.")
    grid = pd.crosstab(both["topic_theme"], both["topic_theatre"])
    grid = grid.loc[order_by_total(grid, 1), order_by_total(grid, 0)]
    top = both.groupby(["topic_theme", "topic_theatre"]).size().sort_values(ascending=False, kind="stable")
    title = f"{top.index[0][0].capitalize()} meets {top.index[0][1]} most often: {top.iloc[0]} sentences"
    figure, axes = new_axes(title, len(grid) + 2)
    axes.imshow(grid.to_numpy(), cmap="Blues", aspect="auto", vmin=0)
    axes.set_xticks(range(grid.shape[1]), [label(name) for name in grid.columns], rotation=35, ha="right")
    axes.set_yticks(range(grid.shape[0]), [label(name) for name in grid.index])
    for i, j in zip(*grid.to_numpy().nonzero(), strict=True):
        count = grid.iat[i, j]
        axes.text(
            j,
            i,
            count,
            ha="center",
            va="center",
            color="white" if count > grid.to_numpy().max() / 2 else "black",
        )
    axes.set_xlabel("theatre (cell: number of sentences that name both)")
    listed = "; ".join(
        f"{theme} with {theatre} {count}" for (theme, theatre), count in top.head(MOST_ROWS).items()
    )
    return Chart(figure, f"Heat map. {title}. {listed}.")


def order_by_total(grid: pd.DataFrame, axis: int) -> list[str]:
    return grid.sum(axis=axis).sort_values(ascending=False, kind="stable").index[:MOST_ROWS].tolist()


def speaker_chart(quotes: pd.DataFrame) -> Chart:
    """The tone of each speaker's words: a dot per statement, a bar at the mean. `Quotes` table."""
    named = quotes.dropna(subset="speaker_id")
    if named.empty:
        return empty_chart("Nobody is quoted by name or description.")
    groups = named.groupby("speaker_id", sort=False)
    summary = groups.agg(
        name=("speaker_name", longest), mean=("tone_score", "mean"), count=("quote_id", "size")
    )
    summary = summary.sort_values("count", ascending=False, kind="stable").head(MOST_ROWS)
    low, high = summary["mean"].min(), summary["mean"].max()
    most = shorten(summary["name"].iloc[0], LABEL_CHARS)
    title = f"{most}: most statements; mean tones {low:+.2f} to {high:+.2f}"
    figure, axes = new_axes(title, len(summary))
    for place, (speaker_id, row) in enumerate(summary.iterrows()):
        tones = named.loc[named["speaker_id"] == speaker_id, "tone_score"]
        axes.plot(tones, [place] * len(tones), "o", color=SKY, markeredgecolor=BLUE, alpha=0.7)
        axes.plot([row["mean"]] * 2, [place - 0.3, place + 0.3], color="black", linewidth=2)
    axes.set_yticks(range(len(summary)), [f"{label(row.name_)} ({row.count_})" for row in renamed(summary)])
    axes.invert_yaxis()
    axes.set_xlim(-1.05, 1.05)
    axes.axvline(0, color=GREY, linewidth=0.8)
    axes.set_xlabel(
        "tone of the words, TextBlob polarity (-1 to +1; dot: a statement, bar: mean; in brackets: n)"
    )
    listed = "; ".join(f"{row.name_} {row.mean_:+.2f} (n={row.count_})" for row in renamed(summary))
    return Chart(figure, f"Dot chart. {title}. Mean tone: {listed}.")


def longest(names: pd.Series) -> str:
    known = names.dropna()
    return max(known, key=len) if len(known) else "unnamed"


def renamed(summary: pd.DataFrame) -> list:
    return list(summary.add_suffix("_").itertuples(index=False))


def event_chart(events: pd.DataFrame) -> Chart:
    """What each pair of countries did, by quad class; what was not an act is hatched. `Events` table."""
    known = events[between_countries(events)]
    if known.empty:
        return empty_chart("No act between two countries was recognised.")
    known = known.assign(dyad=dyads(known), is_act=known["status"].isin(ACT_STATUSES))
    sizes = known["dyad"].value_counts(sort=False).sort_values(ascending=False, kind="stable").head(MOST_ROWS)
    title = f"{dyad_name(sizes.index[0])}: the most events, {sizes.iloc[0]} of {len(known)}"
    figure, axes = new_axes(title, len(sizes) + 2)
    draw_quads(axes, known, sizes.index)
    axes.set_yticks(range(len(sizes)), [label(dyad_name(dyad)) for dyad in sizes.index])
    axes.invert_yaxis()
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.set_xlabel("coded events (hatched: announced, hypothetical, denied or long past)")
    figure.legend(fontsize=8, frameon=False, loc="outside lower center", ncols=2)
    listed = "; ".join(f"{dyad_name(dyad)} {size}" for dyad, size in sizes.items())
    return Chart(figure, f"Stacked bars. {title}. Events by pair: {listed}.")


def draw_quads(axes: Axes, events: pd.DataFrame, order: pd.Index) -> None:
    """Bars of acts and of what is none, quad by quad, one row per pair."""
    counts = events.groupby(["quad", "is_act", "dyad"]).size()
    left = pd.Series(0, index=order)
    for quad, name in QUAD_NAMES.items():
        for is_act in (True, False):
            if (quad, is_act) not in counts.index.droplevel("dyad"):
                continue
            widths = counts[quad, is_act].reindex(order, fill_value=0)
            axes.barh(
                range(len(order)),
                widths,
                left=left,
                color=QUAD_COLOURS[quad],
                edgecolor="white",
                hatch=None if is_act else "///",
                label=name if is_act else f"{name}, not (yet) an act",
            )
            left = left + widths


def indicator_chart(indicators: pd.DataFrame, indicator: str, *, minimum_stories: int = 10) -> Chart:
    """One indicator per pair with its interval; greyed below a minimum number of stories.

    Args:
        indicators: `Indicators` table; the rows of the whole corpus are drawn.
        indicator: which one.
        minimum_stories: with fewer a value is drawn in grey, and is not to be compared.
    """
    rows = indicators[(indicators["indicator"] == indicator) & (indicators["period"] == "all")]
    rows = (
        rows.dropna(subset="value")
        .sort_values(["event_count", "dyad"], ascending=[False, True])
        .head(MOST_ROWS)
    )
    name = indicator_name(indicator)
    if rows.empty:
        return empty_chart(f"No pair of countries has a {name}.")
    is_thin = rows["story_count"] < minimum_stories
    firm = int((~is_thin).sum())
    title = f"{name.capitalize()}: {firm} of {len(rows)} pairs have {minimum_stories} stories or more"
    figure, axes = new_axes(title, len(rows))
    for place, (row, thin) in enumerate(zip(rows.itertuples(), is_thin, strict=True)):
        colour = GREY if thin else BLUE
        if pd.notna(row.low) and pd.notna(row.high):
            axes.plot([row.low, row.high], [place, place], color=colour, linewidth=2)
        axes.plot(row.value, place, "o", color=colour)
    axes.set_yticks(
        range(len(rows)), [f"{label(dyad_name(row.dyad))} ({row.event_count})" for row in rows.itertuples()]
    )
    axes.invert_yaxis()
    axes.set_xlabel(
        f"{name} (line: 95% interval; grey: fewer than {minimum_stories} stories; in brackets: events)"
    )
    listed = "; ".join(
        f"{dyad_name(row.dyad)} {row.value:.2f} (n={row.event_count})" for row in rows.itertuples()
    )
    return Chart(figure, f"Dot chart with intervals. {title}. {listed}.")
