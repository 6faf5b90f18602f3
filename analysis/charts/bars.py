"""Bars: themes and places, who deals with whom, spikes, and the words of an explorer's bars."""

from collections.abc import Mapping
from typing import Final

from matplotlib.axes import Axes
from pandas import DataFrame, MultiIndex, Series, Timestamp, crosstab

from analysis.charts.base import (
    BLUE,
    COOPERATIVE,
    DARK,
    HOSTILE,
    MAX_ROWS,
    NOTE_SIZE,
    TEXT_SIZE,
    Chart,
    empty_chart,
    name_rows,
    new_axes,
    new_rows,
    shortened,
)
from analysis.country_names import dyad_in_sentence, dyad_name
from analysis.indicators.country_events import side_of
from analysis.phrasing import counted, listed, plain_number, sentence_start, short_days
from analysis.schemas import INCIDENT_STATUSES
from analysis.tables.rows import rows_of

MAX_PAIRS: Final = 5
PAIR_HEIGHT = 0.46  # inches
MIDDLE, LONGEST = 2.2, 2.0  # where bars begin, and the space for the longest with its number, in inches
BAR_HEIGHT: Final = 0.2
LABEL_CHARS: Final = 32  # of a bar of an explorer
OVERLAPPING: Final = ("theme", "theatre")  # bars that share sentences
WHEN: Final = {"day": "on", "week": "in the", "month": "in"}  # the label of a week is "week from 2024-04-01"


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
        f"Number: sentences. One can have more than one {dimension}, so shares can add up to more than 100%."
    )
    if rest := len(found) - len(summary):
        note = f"{note} Not drawn: {counted(rest, f'rarer {dimension}')}."
    figure, axes = new_axes(title, len(summary), note=note)
    bars = axes.barh(range(len(summary)), summary["size"] / total * 100, color=BLUE)
    axes.bar_label(bars, [f"{size:,}" for size in summary["size"]], padding=3, fontsize=NOTE_SIZE)
    axes.margins(x=0.12)
    name_rows(axes, summary.index)
    axes.set_xlabel("percent of the sentences", fontsize=NOTE_SIZE)
    where = f" in {{:,}} of {counted(read, 'article')}" if read > 1 else ""
    listing = ", ".join(
        f"{topic} {size:,}{where.format(articles)}" for topic, size, articles in summary.itertuples()
    )
    return Chart(figure, f"Bar chart. {title}", f"Sentences by {dimension}: {listing}")


def leading_title(counts: Series, of: str) -> str:
    """ "Diplomacy leads: 9 of 18 sentences", or which of them lead together."""
    top = counts[counts == counts.max()].index.tolist()
    if len(top) == 1:
        return f"{sentence_start(top[0])} leads: {counts.max():,} {of}"
    leaders = listed(top[:3]) if len(top) <= 3 else f"{top[0]} and {len(top) - 1} others"
    return f"{sentence_start(leaders)} lead together: {counts.max():,} {of} each"


SIDES: Final = {"cooperative": (-1, COOPERATIVE, "right"), "hostile": (1, HOSTILE, "left")}
"""Of the bars: which way they go, their colour, and the end at which a text beside them is fixed."""


def one_article_chart(incidents: DataFrame, names: Mapping[str, str]) -> Chart:
    """Draw who acts on whom: cooperative incidents of each pair to the left, hostile ones to the right.

    Args:
        incidents: `Incidents` rows to count.
        names: of all their pairs, by code and in this order; the first five that have any are drawn.
    """
    incidents = incidents[side_of(incidents) != "neither"]
    columns = MultiIndex.from_product([SIDES, INCIDENT_STATUSES], names=["side", "status"])
    counts = crosstab(incidents["dyad"], [side_of(incidents), incidents["status"]])
    counts = counts.reindex(columns=columns, fill_value=0)
    if counts.empty:
        return empty_chart("No hostile or cooperative incident between two countries was recognised.")
    shown = counts.loc[[pair for pair in names if pair in counts.index][:MAX_PAIRS]]
    title, others, left_out = sides_title(counts, shown.index[0]), counts.drop(shown.index), ""
    if len(others):
        more = counted(int(others.to_numpy().sum()), "incident")
        left_out = f" Not drawn: {counted(len(others), 'other pair')} with {more}."
    note = (
        "Number: incidents that were surely read, each counted once however many sentences or stories report "
        f"it; requests are not counted. Filled: done. Hatched: announced.{left_out}"
    )
    rows, words = new_rows(title, [names[pair] for pair in shown.index], PAIR_HEIGHT, note=note), []
    widest = shown.T.groupby(level="side").sum().to_numpy().max()
    for row, (dyad, pair) in enumerate(shown.iterrows()):
        axes = rows.axes(row, MIDDLE - LONGEST, 2 * LONGEST, top=0.22, height=BAR_HEIGHT)
        draw_sides(axes, pair, widest)
        parts = {
            side: [f"{pair[side, status]} {status}" for status in INCIDENT_STATUSES if pair[side, status]]
            for side in SIDES
        }
        told = ", ".join(f"{side} {', '.join(counts)}" for side, counts in parts.items() if counts)
        words.append(f"{names[dyad]}: {told}")
    rows.write_head(MIDDLE - 0.1, "◀ cooperative", ha="right")
    rows.write_head(MIDDLE + 0.1, "hostile ▶")
    return Chart(rows.figure, f"Bars to two sides. {title}", "; ".join(words), note)


def draw_sides(axes: Axes, pair: Series, widest: int) -> None:
    """The bars of a pair, from the middle to both sides; announced incidents are hatched."""
    for side, (sign, colour, text_side) in SIDES.items():
        done, announced = (sign * pair[side, status] for status in INCIDENT_STATUSES)
        axes.barh(0, done, color=colour)
        axes.barh(0, announced, left=done, color="white", edgecolor=colour, hatch="////")
        if total := abs(done + announced):
            place = sign * (total + 0.03 * widest)
            text = {"va": "center", "ha": text_side, "fontsize": TEXT_SIZE, "fontweight": "bold"}
            axes.text(place, 0, total, **text)
    axes.axvline(0, color="black", linewidth=0.8)
    axes.set_xlim(-1.15 * widest, 1.15 * widest)
    axes.set_axis_off()


def sides_title(counts: DataFrame, first: str) -> str:
    """How many incidents there are, and how many of them between the first pair."""
    pair, own, total = dyad_in_sentence(first), int(counts.loc[first].sum()), int(counts.to_numpy().sum())
    start = f"Who deals with whom, and how: {counted(total, 'incident')}"
    if len(counts) == 1:
        return f"{start} between {pair}"
    return f"{start} between {len(counts)} pairs, {own} of them between {pair}"


def spikes_chart(spikes: DataFrame) -> Chart:
    """The heaviest week of each spike as a bar, and what is usual for its pair as a line across it.

    Args:
        spikes: `Spikes` rows, the strongest first.
    """
    if spikes.empty:
        return empty_chart("No spike is shown.")  # the list below it says why
    shown = spikes.head(MAX_PAIRS)
    top, more = shown.iloc[0], counted(len(spikes) - len(shown), "weaker spike")
    often = top["hostile_weight"] / max(top["usual_weight"], 0.1)
    title = f"{dyad_name(top['dyad'])} stands out most: {often:.0f} times its usual level in its worst week"
    note = (
        "Bar: hostile acts of the seven heaviest days added up, an air strike as 0.9. Black line: such days "
        f"at all other times.{f' Not drawn: {more}.' if len(spikes) > len(shown) else ''}"
    )
    names = list(map(dyad_name, shown["dyad"]))
    rows, words = new_rows(title, names, PAIR_HEIGHT, note=note, head_height=0), []
    highest = 1.25 * shown["hostile_weight"].max()
    for row, spike in enumerate(rows_of(shown)):
        days = short_days(Timestamp(spike.start_date).date(), Timestamp(spike.end_date).date())
        numbers = f"{plain_number(spike.hostile_weight)}, usually {plain_number(spike.usual_weight)}"
        axes = rows.axes(row, 0, 2 * MIDDLE, top=0.22, height=BAR_HEIGHT)
        axes.barh(0, spike.hostile_weight, color=HOSTILE)
        axes.plot([spike.usual_weight] * 2, [-0.6, 0.6], color="black", linewidth=2)
        axes.text(spike.hostile_weight + 0.01 * highest, 0, numbers, va="center", fontsize=NOTE_SIZE)
        axes.set(xlim=(0, highest * 1.2), ylim=(-0.7, 0.7))
        axes.set_axis_off()
        about = f"{days}, {counted(spike.story_count, 'story')}"
        rows.write(row, 2 * MIDDLE, about, down=0.05, ha="right", color=DARK)
        words.append(f"{dyad_name(spike.dyad)}, {about}: {numbers}")
    return Chart(rows.figure, f"Bars of spikes. {title}", "; ".join(words), note)


def sides_of(bars: DataFrame) -> dict[str, str]:
    """The columns of an explorer's bars, each with its colour: one, or cooperative and hostile."""
    return {"cooperative": COOPERATIVE, "hostile": HOSTILE} if "hostile" in bars else {"count": BLUE}


def bars_title(bars: DataFrame, *, by: str, unit: str, total: int) -> str:
    """The highest bar of an explorer and its count, or how many bars are highest.

    Of acts, what is drawn is counted; where that is nothing, the requests.
    """
    if bars.empty:
        return f"There is no {by} to show: no {unit} are left."
    if requests := undrawn(bars):
        drawn = bars.assign(count=bars["cooperative"] + bars["hostile"])
        bars, total = (drawn, total - requests) if total > requests else (bars, total)
    top = bars[bars["count"] == bars["count"].max()]
    first, others = shortened(top["label"].iloc[0], LABEL_CHARS), top["label"].iloc[1:]
    unit = unit if total != 1 else unit.removesuffix("s")
    count = f"{top['count'].iloc[0]:,} of {total:,} {unit}{f' with a {by}' if by in OVERLAPPING else ''}"
    if by in WHEN:
        return f"Most {WHEN[by]} {first}: {count}"
    if len(bars) == 1:
        return f"{sentence_start(first)}: {count}"
    if others.empty:
        return f"{sentence_start(first)} leads: {count}"
    rest = shortened(others.iloc[0], LABEL_CHARS) if len(others) == 1 else f"{len(others)} others"
    return f"{sentence_start(first)} and {rest} lead: {count} each"


def axis_label(by: str, unit: str, bars: DataFrame) -> str:
    """The meaning of the length of an explorer's bar."""
    base = f"{unit} by {by}"
    if "hostile" in bars:
        down, up = ("below", "above") if by in WHEN else ("left", "right")
        rest = f". {not_drawn(requests)}" if (requests := undrawn(bars)) else ""
        return f"{base} ({down}, blue: cooperative; {up}, orange: hostile){rest}"
    return f"{base}; one can be in several bars" if by in OVERLAPPING else base


def undrawn(bars: DataFrame) -> int:
    """How many requests the two sides of an explorer's bars lack."""
    is_two_sided = "hostile" in bars
    return int((bars["count"] - bars["cooperative"] - bars["hostile"]).sum()) if is_two_sided else 0


def not_drawn(requests: int) -> str:
    """ "Not drawn: 11 requests, neither hostile nor cooperative"."""
    return f"Not drawn: {counted(requests, 'request')}, neither hostile nor cooperative"


def bar_text(row: object, is_two_sided: bool) -> str:
    """One bar of an explorer in words."""
    rest = row.count - row.cooperative - row.hostile if is_two_sided else 0
    neither = f", {rest} neither" if rest else ""
    sides = f" ({row.cooperative} cooperative, {row.hostile} hostile{neither})" if is_two_sided else ""
    return f"{row.label} {row.count}{sides}"
