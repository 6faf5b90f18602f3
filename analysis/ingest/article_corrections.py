"""Corrections of an article's date, outlet and title, applied to the rows of `articles`."""

import pandas as pd

from analysis.ingest.corrections_file import (
    CORRECTION_MARK,
    CORRECTIONS_FILE,
    article_id_of,
    iso_day,
    outdated_reason,
)
from analysis.ingest.draft import Refusal
from analysis.schemas import REPLACED
from analysis.tables.rows import rows_of


def corrected_rows(rows: list[dict], corrections: pd.DataFrame) -> tuple[list[dict], list[Refusal]]:
    """Rows of `articles` as corrected, and a refusal for each correction that no longer applies.

    Args:
        rows: of every article that was read.
        corrections: `Corrections` table.
    """
    places = {row["article_id"]: place for place, row in enumerate(rows)}
    changed, refusals = list(rows), []
    for one in rows_of(corrections[corrections["standing"] != REPLACED]):
        where, place = f"{CORRECTIONS_FILE}:{one.line}", places.get(article_id_of(one.id))
        if place is None:
            refusals.append(Refusal(where, missing_article(one.id)))
        elif one.table == "articles":
            found = article_value(rows[place], one.field)
            if found == one.old:
                changed[place] = with_correction(changed[place], one)
            elif found != one.new:
                refusals.append(Refusal(where, outdated_reason(one.field, found, one)))
    return changed, refusals


def missing_article(identity: str) -> str:
    """That the article of a correction is not there."""
    return (
        f"names the article {article_id_of(identity)}, which is not in the corpus: if its text has changed, "
        "correct it again, else remove the line"
    )


def article_value(row: dict, field: str) -> str:
    """The date, outlet or title of an article as a correction has it; "" if it is unknown."""
    value = row[field]
    return iso_day(value) if field == "published_date" else value or ""


def with_correction(row: dict, correction: object) -> dict:
    """A row of `articles` with the analyst's value, and a note that says so.

    The note begins with `CORRECTION_MARK` only if the date is the analyst's.
    """
    field, old = correction.field, correction.old or "unknown"
    if field == "published_date":
        before = f"{CORRECTION_MARK}: the date was {old}"
        note = ". ".join(filter(None, (before, correction.note, row["note"])))
        return {**row, field: pd.Timestamp(correction.new) if correction.new else None, "note": note}
    before = f"{field} corrected by an analyst: it was {old}"
    note = ". ".join(filter(None, (row["note"], before)))
    return {**row, field: correction.new or None, "note": note}
