"""Corrections as a reader wants them: what was corrected, to what, by whom, when and why."""

import pandas as pd
from pandas import DataFrame, Series

from analysis.country_names import country_names
from analysis.ingest.corrections_file import article_id_of
from analysis.pipeline.analyse import Tables
from analysis.readable.columns import CORRECTIONS
from analysis.readable.sources import one_line, source_columns, table_of
from analysis.schemas import ROOT_NAMES
from analysis.views.corrections import FIELDS, KINDS, beginning


def readable_corrections(tables: Tables) -> DataFrame:
    """The readable table of corrections.

    Args:
        tables: of a corpus.

    Returns:
        One row per correction, in the order of the file, with the columns of `columns.CORRECTIONS`.
    """
    rows = tables.corrections
    return table_of(
        CORRECTIONS,
        {
            **source_columns(rows["id"].map(article_id_of), tables.articles),
            "made on": pd.to_datetime(rows["made_on"].replace("", None)),
            "made by": rows["made_by"],
            "about": rows["table"].map(lambda name: KINDS.get(name, name)),
            "field": rows["field"].map(lambda name: FIELDS.get(name, name)),
            "before": rows["old"].map(in_plain_words),
            "after": rows["new"].map(in_plain_words),
            "why": rows["note"].map(one_line),
            "applied": rows["problem"] == "",
            "problem": rows["problem"],
            "beginning": beginnings(rows, tables),
        },
    )


def in_plain_words(value: str) -> str:
    """A value as a reader knows it: the type of an act or a country by its name."""
    return ROOT_NAMES.get(value) or country_names().get(value, value)


def beginnings(rows: DataFrame, tables: Tables) -> Series:
    """The first words of each corrected passage; "" where a whole article was corrected."""
    known = tables.article_rows
    found = [
        beginning(row, known[article_id_of(row.id)])
        if ":" in row.id and article_id_of(row.id) in known
        else ""
        for row in rows.itertuples()
    ]
    return Series(found, index=rows.index, dtype=object)
