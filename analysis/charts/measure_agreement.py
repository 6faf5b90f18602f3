"""TextBlob's tone next to stance and acts: a dot for each story."""

import pandas as pd
from matplotlib.axes import Axes
from pandas import DataFrame

from analysis.charts.base import BLUE, GREY, RED, Chart, empty_chart, new_figure
from analysis.indicators.definitions import MINIMUM_STORIES
from analysis.indicators.measure_agreement import measure_agreements
from analysis.phrasing import counted

NAMES = {"mean_tone": "tone", "mean_stance": "stance", "mean_intensity": "acts"}
SCALES = {
    "mean_tone": ("mean tone (TextBlob, -1 to +1)", 1),
    "mean_stance": ("mean stance (-1 to +1)", 1),
    "mean_intensity": ("mean intensity of acts (-10 to +10)", 10),
}
Found = tuple[str, str, int, float, float, float]


def agreement_chart(measures: DataFrame) -> Chart:
    """Whether stories with a warm tone also have favourable stances and kind acts: `StoryMeasures` table."""
    found = measure_agreements(measures)
    counts = ", ".join(f"{NAMES[one]} and {NAMES[two]} {count}" for one, two, count, *_ in found)
    if all(count < MINIMUM_STORIES for _, _, count, *_ in found):
        return empty_chart(
            "Too few stories to say whether TextBlob's tone agrees with stance and acts: "
            f"{MINIMUM_STORIES} with both are needed, and there are: {counts}."
        )
    title = agreement_title(found)
    note = (
        "Dot: a story with both. Red cross: opposite signs. Intervals: 95%, of Spearman's "
        f"rank correlation (Bonett and Wright 2000), none below {MINIMUM_STORIES} stories."
    )
    figure = new_figure(title, 3.6, note=note)
    for axes, row in zip(figure.subplots(1, len(found)), found, strict=True):
        draw_agreement(axes, measures, row)
    told = "; ".join(f"{NAMES[row[0]]} and {NAMES[row[1]]}: {correlation_words(row)}" for row in found)
    return Chart(figure, f"Three scatter charts. {title}", f"Rank correlations: {told}")


def draw_agreement(axes: Axes, measures: DataFrame, row: Found) -> None:
    """One panel: two measures of each story with both."""
    first, second = row[:2]
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
    axes.set_title(correlation_words(row).replace(" (", "\n("), fontsize=8, loc="left")
    axes.tick_params(labelsize=7)
    axes.spines[["top", "right"]].set_visible(False)


def correlation_words(row: Found) -> str:
    """ "+0.31 (95% interval +0.10 to +0.49, 80 stories)", or that there are too few."""
    *_, count, found, low, high = row
    if count < MINIMUM_STORIES:
        return f"too few to say ({counted(count, 'story')})"
    if pd.isna(found):
        return f"no correlation, since one does not vary ({counted(count, 'story')})"
    return f"{found:+.2f} (95% interval {low:+.2f} to {high:+.2f}, {counted(count, 'story')})"


def agreement_title(found: list[Found]) -> str:
    """What TextBlob's tone agrees with."""
    parts = []
    for _, second, count, correlation, low, high in found[:2]:
        if count < MINIMUM_STORIES or pd.isna(correlation):
            parts.append(f"nothing can be said about {NAMES[second]}")
        elif low > 0:
            parts.append(f"goes with {NAMES[second]} ({correlation:+.2f})")
        elif high < 0:
            parts.append(f"runs against {NAMES[second]} ({correlation:+.2f})")
        else:
            parts.append(f"shows no clear link with {NAMES[second]} ({correlation:+.2f})")
    return f"TextBlob's tone: {'; '.join(parts)}"
