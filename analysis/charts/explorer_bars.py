"""The words of the bars of an explorer: what is highest, and what the length of a bar means."""

from typing import Final

from pandas import DataFrame

from analysis.charts.base import BLUE, COOPERATIVE, HOSTILE, sentence_start, shortened

LABEL_CHARS: Final = 32
WHEN: Final = {"day": "on", "week": "in the", "month": "in"}  # the label of a week is "week from 2024-04-01"


def sides_of(bars: DataFrame) -> dict[str, str]:
    """The columns that are drawn, each with its colour: one, or cooperative and hostile."""
    return {"cooperative": COOPERATIVE, "hostile": HOSTILE} if "hostile" in bars else {"count": BLUE}


def bars_title(bars: DataFrame, *, by: str, unit: str, total: int) -> str:
    """The highest bar and its count, or how many bars are highest."""
    if bars.empty:
        return f"There is no {by} to show: no {unit} are left."
    top = bars[bars["count"] == bars["count"].max()]
    first, others = shortened(top["label"].iloc[0], LABEL_CHARS), top["label"].iloc[1:]
    unit = unit if total != 1 else unit.removesuffix("s")
    count = f"{top['count'].iloc[0]:,} of {total:,} {unit}"
    if by in WHEN:
        return f"Most {WHEN[by]} {first}: {count}"
    if len(bars) == 1:
        return f"{sentence_start(first)}: {count}"
    if others.empty:
        return f"{sentence_start(first)} leads: {count}"
    rest = shortened(others.iloc[0], LABEL_CHARS) if len(others) == 1 else f"{len(others)} others"
    return f"{sentence_start(first)} and {rest} lead: {count} each"


def axis_label(by: str, unit: str, is_two_sided: bool) -> str:
    """The meaning of the length of a bar."""
    base = f"{unit} by {by}"
    if is_two_sided:
        where = "below" if by in WHEN else "left"
        other = "above" if by in WHEN else "right"
        return f"{base} ({where}, blue: cooperative; {other}, red: hostile)"
    overlap = (
        "; one can be in several bars" if by in ("theme", "theatre") or unit in ("articles", "days") else ""
    )
    return f"{base}{overlap}"


def bar_text(row: object, is_two_sided: bool) -> str:
    """One bar in words."""
    sides = f" ({row.cooperative} cooperative, {row.hostile} hostile)" if is_two_sided else ""
    return f"{row.label} {row.count}{sides}"
