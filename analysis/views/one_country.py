"""One country over time: partners, periods, what happened, and what it says and others say of it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd
from markupsafe import Markup
from pandas import DataFrame

from analysis.country_names import country_name
from analysis.indicators.dyads import MINIMUM_STORIES
from analysis.pipeline.analyse import Tables
from analysis.tables.rows import rows_of
from analysis.views.evidence import newest, quote_rows, source_of
from analysis.views.incidents import IncidentLine, incidents_view
from analysis.views.render import View, view

MAX_PARTNERS = 12
MAX_STATEMENTS = 30  # of each side


def one_country_view(
    facts: Mapping[str, Any], counts: DataFrame, leading: Sequence[IncidentLine], told: Mapping[str, Any]
) -> View:
    """List what the articles say of one country.

    Args:
        facts: `name`, `incident_count`, `article_count`, `first`, `last`, `partners` (rows of
            `partner_rows`), and `partner_count`.
        counts: table of `sides_over_time`.
        leading: its leading incidents.
        told: `quotes` (rows of `telling_rows`), `own` and `other` (rows of
            `statement_rows`), `own_count` and `other_count`.
    """
    return view(
        "views/one_country",
        facts=facts,
        periods=counts.to_dict("records"),
        incidents=Markup(incidents_view(leading, total=facts["incident_count"]).html),
        told=told,
        minimum=MINIMUM_STORIES,
    )


def partner_rows(partners: DataFrame, by_own: DataFrame, on_it: DataFrame) -> list[dict]:
    """The leading partners, with the stances that each side takes on the other.

    Args:
        partners: `Partners` table.
        by_own: table of `dated_stances`: speakers of the country on others.
        on_it: the same: speakers of others on the country, with their `speaker_code`.
    """
    own, other = dict(list(by_own.groupby("target"))), dict(list(on_it.groupby("country_code")))
    return [
        {
            **row._asdict(),
            "name": country_name(row.partner_code),
            "last": "" if pd.isna(row.last_day) else f"{row.last_day:%Y-%m-%d}",
            "own": balance(own.get(row.partner_code, by_own.iloc[:0])),
            "other": balance(other.get(row.partner_code, on_it.iloc[:0])),
        }
        for row in rows_of(partners.head(MAX_PARTNERS))
    ]


def balance(stances: DataFrame) -> dict[str, int]:
    """How many stances are for, against, neither and undecided, and in how many stories."""
    labels = stances["label"]
    return {
        "favourable": int((labels == 1).sum()),
        "unfavourable": int((labels == -1).sum()),
        "decided": int(labels.notna().sum()),
        "undecided": int(labels.isna().sum()),
        "stories": stances["story_id"].nunique(),
    }


def statement_rows(quotes: DataFrame, tables: Tables, on: Mapping[str, Sequence[str]]) -> list[dict]:
    """The newest of some statements, each with its speaker and whom it is about.

    Args:
        quotes: `Quotes` rows.
        tables: a corpus.
        on: by `quote_id`, whom the statement is for or against.
    """
    shown = newest(quotes, tables, MAX_STATEMENTS)
    days = shown["article_id"].map(tables.articles.set_index("article_id")["published_date"])
    shown = shown.assign(day=days).sort_values("day", ascending=False, kind="stable", na_position="last")
    names = shown["speaker_name"].where(shown["speaker_name"].notna(), "speaker unknown")
    rows = zip(quote_rows(shown, tables), shown["quote_id"], names, strict=True)
    return [{**row, "on": on.get(quote, []), "speaker": name} for row, quote, name in rows]


def telling_rows(quotes: Iterable[Any], tables: Tables) -> list[dict]:
    """Direct quotes with their sources: `findings.quotes.ShownQuote`."""
    return [
        {
            "quote": one,
            "source": source_of(tables.article_rows[one.article_id], one.start_char, one.start_char),
        }
        for one in quotes
    ]
