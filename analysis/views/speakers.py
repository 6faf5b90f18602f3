"""Who is quoted: each speaker with statements, tone and stances, and one speaker over time."""

from collections.abc import Mapping, Sequence
from typing import Any

from pandas import DataFrame, Series

from analysis.charts.speakers import voices
from analysis.country_names import country_name, country_names
from analysis.indicators.dyads import MIN_STORIES
from analysis.indicators.periods import period_starts
from analysis.pipeline.analyse import Tables
from analysis.tables.rows import rows_of
from analysis.views.evidence import by_size, newest, quote_rows, statement_rows
from analysis.views.render import View, view

MAX_SPEAKERS = 100
OF_ONE_ARTICLE = "[0-9a-f]{10}/"  # begins the id of a speaker without a name
MAX_STATEMENTS = 50
KNOWN_OF_A_SPEAKER = ("speaker_id", "role", "affiliation", "country_code", "anonymity_note")


def speaker_view(tables: Tables) -> View:
    """Each speaker once, the most quoted first: who they are, and every quote in its paragraph.

    People without a name who are described alike, such as officials, are together. What is no person and has
    no name, such as a story or a station, is no speaker.
    """
    known = tables.quotes["speaker_id"]
    is_nameless = known.str.match(OF_ONE_ARTICLE, na=False)
    described_as = known.str.replace(OF_ONE_ARTICLE, "", regex=True)
    for name in ("country_code", "anonymity_note"):
        described_as += tables.quotes[name].astype(object).fillna("")
    unattributed = tables.quotes[known.isna() | (is_nameless & tables.quotes["role"].isna())]
    attributed = tables.quotes.assign(key=known.mask(is_nameless, described_as)).drop(
        index=unattributed.index
    )
    groups = [part for _, part in by_size(attributed, "key")]
    rest = groups[MAX_SPEAKERS:]
    return view(
        "views/speakers",
        speakers=[speaker_row(part, tables) for part in groups[:MAX_SPEAKERS]],
        more=(len(rest), sum(map(len, rest))),
        unnamed=quote_rows(newest(unattributed, tables, MAX_STATEMENTS), tables),
        unnamed_count=len(unattributed),
    )


def voices_view(tables: Tables, trust: str) -> View:
    """Tone and stance side by side, speaker by speaker; each mark leads to its statement in `speaker_view`.

    Args:
        tables: a corpus.
        trust: how far the marks can be trusted, in a sentence.
    """
    shown = voices(tables.quotes, tables.stances, tables.articles)
    return view(
        "views/voices",
        voices=shown,
        more=tables.quotes["speaker_id"].nunique() - len(shown),
        trust=trust,
    )


def speaker_row(quotes: DataFrame, tables: Tables) -> dict:
    """One speaker: who they are, their newest quotes, their stances."""
    known = {column: next(iter(quotes[column].dropna()), "") for column in KNOWN_OF_A_SPEAKER}
    name = max(quotes["speaker_name"].dropna(), key=len, default=known["speaker_id"])
    code, affiliation = known["country_code"], known["affiliation"]
    home = country_name(code) if affiliation == country_names().get(code) else affiliation
    stances = tables.stances[tables.stances["quote_id"].isin(quotes["quote_id"])]
    return {
        "name": name,
        "described": described(name, [known["role"], home, country_name(code)]),
        "is_anonymous": bool(quotes["is_anonymous"].any()),
        "anonymity_note": known["anonymity_note"],
        "count": len(quotes),
        "quotes": quote_rows(newest(quotes, tables, MAX_STATEMENTS), tables),
        "stances": [
            {
                "target": part["target_name"].iloc[0],
                "favourable": int((part["label"] == 1).sum()),
                "unfavourable": int((part["label"] == -1).sum()),
                "neutral": int((part["label"] == 0).sum()),
                "abstained": int(part["is_abstained"].sum()),
            }
            for _, part in by_size(stances, "target_id")
        ],
    }


def described(name: str, parts: Sequence[str]) -> str:
    """All that is known about a speaker, without what the name or an earlier part already says."""
    known = [name]
    for part in parts:
        if part and not any(part.casefold() in earlier.casefold() for earlier in known):
            known.append(part)
    return ", ".join(known[1:])


MAX_OWN_STATEMENTS = 100
MAX_TARGETS = 12
MAX_COLUMNS = 6  # of a table that fits on a page
COUNTS = ("favourable_count", "unfavourable_count", "neutral_count", "undecided_count")


def one_speaker_view(
    facts: Mapping[str, Any],
    changes: Sequence[str],
    periods: DataFrame,
    names: Mapping[str, str],
    statements: Sequence[tuple[str, Sequence[dict]]],
) -> View:
    """List what one person said over time, about whom, and how that changed.

    Args:
        facts: as `findings.subjects.speaker_facts` gives them.
        changes: sentences on how the stances changed.
        periods: `StancePeriods` table.
        names: of the targets in it.
        statements: from `statements_by_period`.
    """
    return view(
        "views/one_speaker",
        facts=facts,
        changes=changes,
        table=stance_table(periods, names),
        statements=statements,
        more=facts["statement_count"] - sum(len(rows) for _, rows in statements),
        minimum=MIN_STORIES,
    )


def stance_table(periods: DataFrame, names: Mapping[str, str]) -> dict:
    """The stances by target and latest periods: `heads`, `rows`, and how many are left out."""
    starts = sorted(periods["period"].unique())
    heads = starts[-MAX_COLUMNS:] if len(starts) > 1 else []
    totals = periods.groupby("target", as_index=False)[[*COUNTS, "story_count"]].sum()
    totals = totals.assign(size=totals[list(COUNTS)].sum(axis=1))
    order = totals.sort_values(["size", "target"], ascending=[False, True])
    cells = {(row.target, row.period): row for row in rows_of(periods)}
    rows = [
        {"target": names[row.target], "cells": [row, *(cells.get((row.target, start)) for start in heads)]}
        for row in rows_of(order.head(MAX_TARGETS))
    ]
    earlier, more = len(starts) - max(len(heads), 1), max(len(order) - MAX_TARGETS, 0)
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
        First day of each period ("" for the undated) with its statements: rows of `statement_rows`.
    """
    groups: dict[str, list[dict]] = {}
    rows = statement_rows(quotes, tables, targets, most=MAX_OWN_STATEMENTS)
    days = Series([row["day"] for row in rows], dtype="datetime64[ns]")
    for start, row in zip(period_starts(days, period).where(days.notna(), ""), rows, strict=True):
        groups.setdefault(start, []).append(row)
    return list(groups.items())
