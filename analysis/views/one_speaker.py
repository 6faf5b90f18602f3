"""One speaker over time: whether stances changed, whom they spoke about, and each statement by date."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from pandas import DataFrame

from analysis.indicators.definitions import MINIMUM_STORIES
from analysis.indicators.periods import period_starts
from analysis.pipeline.analyse import Tables
from analysis.tables.rows import rows_of
from analysis.views.evidence import newest, quote_rows
from analysis.views.render import View, view

MOST_STATEMENTS = 100
MOST_TARGETS = 12
MOST_COLUMNS = 6  # of a table that fits on a page
COUNTS = ("favourable_count", "unfavourable_count", "neutral_count", "undecided_count")


def one_speaker_view(
    facts: Any,
    changes: Sequence[str],
    periods: DataFrame,
    names: Mapping[str, str],
    statements: Sequence[tuple[str, Sequence[dict]]],
) -> View:
    """What one person said over time, about whom, and how that changed.

    Args:
        facts: `findings.one_speaker.SpeakerFacts`.
        changes: sentences on how the stances changed.
        periods: `StancePeriods` table.
        names: of the targets in it.
        statements: from `statements_by_period`.
    """
    shown = sum(len(rows) for _, rows in statements)
    return view(
        "views/one_speaker",
        facts=facts,
        changes=changes,
        table=stance_table(periods, names),
        statements=statements,
        more=facts.statement_count - shown,
        minimum=MINIMUM_STORIES,
    )


def stance_table(periods: DataFrame, names: Mapping[str, str]) -> dict:
    """The stances by target and latest periods: `heads`, `rows`, and how many are left out."""
    starts = sorted(periods["period"].unique())
    heads = starts[-MOST_COLUMNS:] if len(starts) > 1 else []
    totals = periods.groupby("target", as_index=False)[[*COUNTS, "story_count"]].sum()
    totals = totals.assign(size=totals[list(COUNTS)].sum(axis=1))
    order = totals.sort_values(["size", "target"], ascending=[False, True])
    cells = {(row.target, row.period): row for row in rows_of(periods)}
    rows = [
        {"target": names[row.target], "cells": [row, *(cells.get((row.target, start)) for start in heads)]}
        for row in rows_of(order.head(MOST_TARGETS))
    ]
    earlier, more = len(starts) - max(len(heads), 1), max(len(order) - MOST_TARGETS, 0)
    return {"heads": heads, "rows": rows, "earlier": max(earlier, 0), "more": more}


def statements_by_period(
    quotes: DataFrame, tables: Tables, targets: Mapping[str, Sequence[str]], *, period: str
) -> list[tuple[str, list[dict]]]:
    """The newest statements by period, the newest period first, the undated last.

    Args:
        quotes: `Quotes` rows of one speaker.
        tables: a corpus.
        targets: by `quote_id`, whom the statement is for or against.
        period: "day", "week", "month" or "all".

    Returns:
        First day of each period ("" for the undated) with its statements: rows of `quote_rows` with `on`.
    """
    shown = newest(quotes, tables, MOST_STATEMENTS)
    days = shown["article_id"].map(tables.articles.set_index("article_id")["published_date"])
    shown = shown.assign(day=days, start=period_starts(days, period).where(days.notna(), ""))
    shown = shown.sort_values("day", ascending=False, kind="stable", na_position="last")
    rows = [
        {**row, "on": targets.get(quote, [])}
        for row, quote in zip(quote_rows(shown, tables), shown["quote_id"], strict=True)
    ]
    groups: dict[str, list[dict]] = {}
    for start, row in zip(shown["start"], rows, strict=True):
        groups.setdefault("" if pd.isna(start) else start, []).append(row)
    return list(groups.items())
