"""TextBlob's tone next to stance and acts: a dot for each story."""

import pandas as pd
from matplotlib.axes import Axes
from pandas import DataFrame

from analysis.charts.base import BLUE, GREY, RED, Chart, empty_chart, new_figure
from analysis.charts.letters import lines_of
from analysis.indicators.definitions import MINIMUM_STORIES
from analysis.indicators.measure_agreement import MeasureAgreement, measure_agreements
from analysis.phrasing import counted

PANEL_WIDTH = 2.1  # inches
NAMES = {"mean_tone": "tone", "mean_stance": "stance", "mean_intensity": "acts"}
SCALES = {
    "mean_tone": ("mean tone (TextBlob, -1 to +1)", 1),
    "mean_stance": ("mean stance (-1 to +1)", 1),
    "mean_intensity": ("mean intensity of acts (-10 to +10)", 10),
}


def agreement_chart(measures: DataFrame) -> Chart:
    """Whether stories with a warm tone also have favourable stances and kind acts: `StoryMeasures` table."""
    found = measure_agreements(measures)
    counts = ", ".join(f"{NAMES[one.first]} and {NAMES[one.second]} {one.story_count}" for one in found)
    if all(one.story_count < MINIMUM_STORIES for one in found):
        return empty_chart(
            "Too few stories to say whether TextBlob's tone agrees with stance and acts: "
            f"{MINIMUM_STORIES} with both are needed; there are: {counts}."
        )
    title = agreement_title(found)
    note = (
        "Dot: a story with both. Red cross: opposite signs. Intervals: 95%, of Spearman's "
        f"rank correlation (Bonett and Wright 2000), none below {MINIMUM_STORIES} stories."
    )
    figure = new_figure(title, 3.6, note=note)
    for axes, row in zip(figure.subplots(1, len(found)), found, strict=True):
        draw_agreement(axes, measures, row)
    words = "; ".join(
        f"{NAMES[one.first]} and {NAMES[one.second]}: {' '.join(correlation_words(one))}" for one in found
    )
    return Chart(figure, f"Three scatter charts. {title}", f"Rank correlations: {words}")


def draw_agreement(axes: Axes, measures: DataFrame, found: MeasureAgreement) -> None:
    """One panel: two measures of each story with both."""
    first, second = found.first, found.second
    both = measures.dropna(subset=[first, second])
    is_apart = both[first] * both[second] < 0
    for part, mark, colour in ((both[~is_apart], "o", BLUE), (both[is_apart], "x", RED)):
        axes.plot(part[first], part[second], mark, color=colour, markersize=4, alpha=0.5)
    axes.axhline(0, color=GREY, linewidth=0.8)
    axes.axvline(0, color=GREY, linewidth=0.8)
    for limits, name, measure in (
        (axes.set_xlim, axes.set_xlabel, first),
        (axes.set_ylim, axes.set_ylabel, second),
    ):
        words, most = SCALES[measure]
        limits(-1.1 * most, 1.1 * most)
        name(words, fontsize=8)
    heading = [line for part in correlation_words(found) for line in lines_of(part, PANEL_WIDTH, 8)]
    axes.set_title("\n".join(heading), fontsize=8, loc="left", y=1)
    axes.tick_params(labelsize=7)
    axes.spines[["top", "right"]].set_visible(False)


def correlation_words(found: MeasureAgreement) -> tuple[str, str]:
    """ "+0.31" and "(95% interval +0.10 to +0.49, 80 stories)", or that there are too few."""
    stories = counted(found.story_count, "story")
    if found.story_count < MINIMUM_STORIES:
        return "too few to say", f"({stories})"
    if pd.isna(found.correlation):
        return "no correlation, because one does not vary", f"({stories})"
    return f"{found.correlation:+.2f}", f"(95% interval {found.low:+.2f} to {found.high:+.2f}, {stories})"


def agreement_title(found: list[MeasureAgreement]) -> str:
    """What TextBlob's tone agrees with."""
    return f"TextBlob's tone: {'; '.join(map(tone_agreement, found[:2]))}"


def tone_agreement(found: MeasureAgreement) -> str:
    """Whether tone goes with another measure."""
    name = NAMES[found.second]
    if found.story_count < MINIMUM_STORIES or pd.isna(found.correlation):
        return f"nothing can be said about {name}"
    if found.low > 0:
        return f"goes with {name} ({found.correlation:+.2f})"
    if found.high < 0:
        return f"runs against {name} ({found.correlation:+.2f})"
    return f"shows no clear link with {name} ({found.correlation:+.2f})"
