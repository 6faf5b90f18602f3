"""The picture that the README opens with: pressure between two countries in the examples, and marked stories.

`docs.generator.tutorial_pictures` makes it anew (`make pictures`); the same articles give the same bytes.
"""

from datetime import date
from pathlib import Path
from typing import Final

import pandas as pd
from matplotlib import dates, rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from pandas import DataFrame

from analysis.charts.base import DARK, GREY, ORANGE, SKY
from analysis.country_names import dyad_in_sentence
from analysis.notebook.corpus import Corpus
from benchmarks.validation.tension import POLITICAL_TENSION, weekly_tension

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "thirteen-days"
PICTURE = ROOT / "docs" / "crisis.png"
PAIR: Final = "RUS-USA"
STORIES: Final = (  # that are marked, by file
    "1962-09-11-tass-statement.txt",
    "1962-10-22-quarantine.txt",
    "1962-10-23-soviet-reply.txt",
    "1962-10-27-turkey-offer.txt",
    "1962-10-28-withdrawal.txt",
    "1962-11-20-quarantine-lifted.txt",
)
HEIGHTS: Final = (0, 0, 1, 2, 3, 0)  # of the marks, in rows
NOTES: Final = (
    "A bar adds up the gravest threat, accusation or other pressure of each story: more stories, higher bar.",
    "Grey: stories read that week. So few were read before 22 October that the program calls no week a rise.",
)
WEEK = pd.Timedelta(days=7)
READ_AT: Final = -0.16  # below the days, as a share of the height
INCHES, DPI = (9.2, 5.5), 110


def pressure(corpus: Corpus) -> DataFrame:
    """Pressure between the pair by week: rows of `Indicators` with the first day of each week."""
    weekly = weekly_tension(corpus.articles, corpus.tables.events)
    own = weekly[(weekly["dyad"] == PAIR) & (weekly["indicator"] == POLITICAL_TENSION)]
    return own.assign(day=pd.to_datetime(own["period"]))


def marked(corpus: Corpus) -> DataFrame:
    """The stories that are marked.

    Raises:
        KeyError: a story is not in the corpus.
    """
    return corpus.articles.set_index("path").loc[list(STORIES)]


def highest_week(weeks: DataFrame) -> tuple[date, date]:
    """The first and the last day of the week in which most is reported."""
    first = weeks.loc[weeks["value"].idxmax(), "day"]
    return first.date(), (first + WEEK - pd.Timedelta(days=1)).date()


def title(weeks: DataFrame) -> str:
    """What the bars add up, and when it is most."""
    first, last = highest_week(weeks)
    sides = f"Tension between {dyad_in_sentence(PAIR)}, as reported by week:"
    return (
        f"{sides}\nthreats, accusations and other pressure peak from {first.day} to {last.day} {last:%B %Y}"
    )


def draw_weeks(axes: Axes, weeks: DataFrame) -> None:
    """A bar for each week, the highest one orange, and under it how many stories were read."""
    is_peak = weeks["value"] == weeks["value"].max()
    colours = is_peak.map({True: ORANGE, False: SKY})
    axes.bar(weeks["day"], weeks["value"], width=6.4, align="edge", color=colours)
    below = {"transform": axes.get_xaxis_transform(), "color": GREY, "fontsize": 8, "va": "center"}
    for week in weeks.itertuples():
        axes.text(week.day + WEEK / 2, READ_AT, str(week.story_count), ha="center", **below)
    axes.text(-0.01, READ_AT, "stories\nread", ha="right", **{**below, "transform": axes.transAxes})
    axes.set_ylabel("threats and blame by week", fontsize=9)
    axes.xaxis.set_major_locator(dates.WeekdayLocator(dates.MO, interval=2))
    axes.xaxis.set_major_formatter(dates.DateFormatter("%-d %b"))
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(labelsize=8)


def draw_words(axes: Axes, weeks: DataFrame) -> None:
    """The highest week by its name, and what follows it, if less is reported in each later week."""
    peak = weeks.loc[weeks["value"].idxmax()]
    style = {"fontsize": 9, "fontweight": "bold", "color": DARK}
    axes.text(peak["day"] - 0.08 * WEEK, peak["value"], "peak", ha="right", va="top", **style)
    later = weeks[weeks["day"] > peak["day"]]
    if (later["value"] < peak["value"] / 2).all():
        start, end = peak["day"] + 1.1 * WEEK, peak["day"] + 1.5 * WEEK
        places = {"xy": (end, later["value"].iloc[0] + 0.1), "xytext": (start, 0.55 * peak["value"])}
        axes.annotate("easing", **places, arrowprops={"arrowstyle": "->", "color": DARK}, **style)


def draw_marks(axes: Axes, stories: DataFrame, top: float) -> list[str]:
    """A number on the day of each story; returns the lines that explain the numbers."""
    rows = zip(stories.itertuples(), HEIGHTS, strict=True)
    for number, (story, row) in enumerate(rows, start=1):
        height = top * (1.12 + 0.13 * row)
        axes.vlines(story.published_date, 0, height, color=GREY, linewidth=0.8, linestyle=":")
        box = {"boxstyle": "circle,pad=0.25", "fc": "white", "ec": DARK, "lw": 0.8}
        axes.text(story.published_date, height, str(number), fontsize=8, ha="center", va="center", bbox=box)
    axes.set_ylim(0, top * 1.65)
    listed = enumerate(stories.itertuples(), start=1)
    return [f"{n}  {story.published_date:%-d %B}: {story.title} ({story.outlet})" for n, story in listed]


def crisis_figure(corpus: Corpus) -> Figure:
    """The weeks as bars, the stories as numbers on their days, and the headlines below."""
    weeks = pressure(corpus)
    figure = Figure(figsize=INCHES, dpi=DPI)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0.06, 0.45, 0.92, 0.43))
    draw_weeks(axes, weeks)
    draw_words(axes, weeks)
    lines = draw_marks(axes, marked(corpus), weeks["value"].max())
    figure.text(0.01, 0.92, title(weeks), fontsize=10.5, fontweight="bold", color=DARK, linespacing=1.4)
    figure.text(0.01, 0.12, "\n".join(lines), fontsize=8.5, color=DARK, linespacing=1.6)
    source = f"From the {len(corpus.articles)} stories in examples/thirteen-days; reprints count once."
    figure.text(0.01, 0.01, "\n".join([*NOTES, source]), fontsize=8, color=GREY, linespacing=1.6)
    return figure


def write_picture(corpus: Corpus, path: Path) -> None:
    """Save the picture without the time at which it was made."""
    with rc_context({"font.family": "DejaVu Sans"}):
        crisis_figure(corpus).savefig(path, metadata={"Software": None})
