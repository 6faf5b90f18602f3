"""Corrections as a reader wants them: what was corrected, to what, by whom, when and why."""

import pandas as pd
from pandas import DataFrame, Series

from analysis.ingest.corrections_file import article_id_of
from analysis.pipeline.analyse import Tables
from analysis.readable.columns import CORRECTIONS
from analysis.readable.sources import one_line, source_columns, table_of
from analysis.tables.rows import rows_of
from analysis.views.corrections import DONE, FITS, KINDS, beginning, values_in_words


def readable_corrections(tables: Tables) -> DataFrame:
    """The readable table of corrections.

    Args:
        tables: of a corpus.

    Returns:
        One row per correction, in the order of the file, with the columns of `columns.CORRECTIONS`.
    """
    rows = tables.corrections
    values = [values_in_words(row) for row in rows.to_dict("records")]
    return table_of(
        CORRECTIONS,
        {
            **source_columns(rows["id"].map(article_id_of), tables.articles),
            "made on": pd.to_datetime(rows["made_on"].replace("", None)),
            "made by": rows["made_by"],
            "about": rows["table"].map(KINDS),
            "what": rows["field"].replace(DONE),
            "before": [before for before, _ in values],
            "after": [after for _, after in values],
            "why": rows["note"].map(one_line),
            "applied": rows["problem"] == "",
            "still applies": rows["standing"].map(FITS) + rows["problem"],
            "beginning": beginnings(rows, tables),
        },
    )


def beginnings(rows: DataFrame, tables: Tables) -> Series:
    """The first words of each corrected passage; "" where a whole article was corrected."""
    known = tables.article_rows
    found = [
        beginning(row, known[article_id_of(row.id)])
        if row.table != "articles" and article_id_of(row.id) in known
        else ""
        for row in rows_of(rows)
    ]
    return Series(found, index=rows.index, dtype=object)
