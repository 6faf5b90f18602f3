"""An analyst's corrections where readers see them: in a table, in a sentence, below a chart."""

from typing import Any

from pandas import DataFrame

from analysis.country_names import country_names
from analysis.ingest.corrections_file import ADD, DROP, article_id_of, missing_article, place_of
from analysis.phrasing import counted
from analysis.pipeline.analyse import Tables
from analysis.schemas import APPLIES, CONFIRMED, LAPSED, MOVED, REPLACED, ROOT_NAMES
from analysis.tables.rows import rows_of
from analysis.views.evidence import source_of
from analysis.views.render import View, view

KINDS = {"articles": "article", "quotes": "statement", "events": "event", "topics": "sentence"}
DONE = {
    ADD: "added",
    DROP: "removed",
    "published_date": "date",
    "root": "type",
    "role": "speaker's role",
    "country": "speaker's country",
}
"""The deed: added, removed, or the name of the corrected field."""
FITS = {
    APPLIES: "yes",
    MOVED: "yes, though the current rules read the passage slightly differently",
    CONFIRMED: "not needed: the program now says the same",
    REPLACED: "no: ",
    LAPSED: "no: ",
}
BEGINNING_CHARS = 80


def corrections_view(tables: Tables) -> View:
    """List each correction: what it is about, who made it, when and why, and whether it still applies."""
    rows = [
        shown_correction(row, tables.article_rows.get(article_id_of(row.id)))
        for row in rows_of(tables.corrections)
    ]
    return view("views/corrections", corrections=rows, active=sum(row["problem"] == "" for row in rows))


def shown_correction(row: Any, article: Any | None) -> dict:
    """A row of the list of corrections; `article` is None if it is not there."""
    if article is None and row.standing == APPLIES:
        row = row._replace(standing=LAPSED, problem=missing_article(row.id))
    kind = KINDS[row.table]
    if article is None:
        subject = f"{kind} in an article that is not in this corpus"
    else:
        title = source_of(article, 0, 0).title
        is_article = row.table == "articles"
        subject = title if is_article else f"{kind} at “{beginning(row, article)}” in {title}"
    old, new = values_in_words(row._asdict())
    what, fits = DONE.get(row.field, row.field), f"{FITS[row.standing]}{row.problem}"
    return {**row._asdict(), "subject": subject, "what": what, "old": old, "new": new, "fits": fits}


def values_in_words(row: dict) -> tuple[str, str]:
    """Put into words what the program said and what the analyst says, for readers."""
    nothing = {DROP: f"no such {KINDS[row['table']]}", "theme": "none", "theatre": "none"}
    if row["field"] == ADD:
        return "nothing", row["new"] or "unknown"
    old, new = (
        ROOT_NAMES.get(row[name]) or country_names().get(row[name], row[name]) for name in ("old", "new")
    )
    unknown = nothing.get(row["field"], "unknown")
    return old or ("unknown" if row["field"] == DROP else unknown), new or unknown


def beginning(row: Any, article: Any) -> str:
    """The first words of the corrected passage."""
    start = start_in(row, article)
    if start is None:
        return row.words[:BEGINNING_CHARS]
    more = " …" if len(article.text) > start + BEGINNING_CHARS else ""
    return " ".join(article.text[start : start + BEGINNING_CHARS].split()) + more


def start_in(row: Any, article: Any) -> int | None:
    """Where in its article a correction is; None if it is about the whole article or its words are gone."""
    if row.field == ADD:
        try:
            return place_of(row, article.text)[0]
        except ValueError:
            return None
    return None if row.table == "articles" else int(row.id.split(":")[1])


def corrections_in_words(article: Any, corrections: DataFrame) -> list[str]:
    """The active corrections of an article, in words."""
    return [
        correction_words(
            row._asdict(), "the file" if row.table == "articles" else f"“{beginning(row, article)}”"
        )
        for row in active_corrections(article, corrections)
    ]


def corrected_places(article: Any, corrections: DataFrame) -> list[int]:
    """Where in an article something was corrected or added."""
    starts = (start_in(row, article) for row in active_corrections(article, corrections))
    return [start for start in starts if start is not None]


def active_corrections(article: Any, corrections: DataFrame) -> list[Any]:
    """The corrections of an article that still apply."""
    is_here = corrections["id"].map(article_id_of) == article.article_id
    return list(rows_of(corrections[is_here & (corrections["problem"] == "")]))


def correction_words(row: dict, where: str) -> str:
    """ "type of the event in Envoys meet: talks, corrected to accusation (so the text, AB)".

    Args:
        row: of `Corrections`.
        where: the article, or the corrected words.
    """
    kind = KINDS[row["table"]]
    reason = ", ".join(filter(None, (row["note"], row["made_by"], row["made_on"])))
    end = f" ({reason})" if reason else ""
    old, new = values_in_words(row)
    if row["field"] == ADD:
        return f"{kind} added in {where}: {'' if row['table'] == 'events' else 'by '}{new}{end}"
    what = DONE.get(row["field"], row["field"])
    about = kind if row["field"] == DROP else what if row["table"] == "articles" else f"{what} of the {kind}"
    return f"{about} in {where}: {old}, corrected to {new}{end}"


def corrections_sentence(tables: Tables, *names: str) -> str:
    """How many corrections its tables have: "With 2 corrections by an analyst (all articles)."; "" for none.

    Args:
        tables: the corpus.
        names: the tables among `KINDS` that the chart was made from.
    """
    rows = tables.corrections
    count = int((rows["table"].isin(names) & (rows["problem"] == "")).sum())
    return f"With {counted(count, 'correction')} by an analyst (all articles)." if count else ""
