"""What an analyst overruled, to be seen: as a table, as a sentence, and on each row that it touches."""

from pandas import DataFrame

from analysis.corrections import article_of
from analysis.pipeline import Tables
from analysis.views import View, source_of, view

KINDS = {"articles": "article", "quotes": "statement", "events": "event", "topics": "sentence"}
MOST_CHARS = 80


def corrections_view(tables: Tables) -> View:
    """Each correction with what it is about and whether it still holds."""
    return decisions_view(tables.corrections, tables.articles)


def decisions_view(corrections: DataFrame, articles: DataFrame) -> View:
    """Corrections in a table: `Corrections` and `Articles`."""
    known = {row.article_id: row for row in articles.itertuples()}
    rows = [
        {
            **row._asdict(),
            "subject": subject(row, known.get(article_of(row.id))),
            "nothing": nothing(row.field),
            "told": ", ".join(filter(None, (row.note, row.made_by, row.made_on))),
        }
        for row in corrections.itertuples()
    ]
    held = sum(not row["problem"] for row in rows)
    return view("corrections", corrections=rows, held=held)


def subject(row: object, article: object | None) -> str:
    """ "statement “Taiwan is …” in Envoys meet in Rome"."""
    kind = KINDS[row.table]
    if article is None:
        return f"{kind} of an article that is not here"
    title = source_of(article, 0, 0).title
    start = int(row.id.split(":")[1]) if row.table != "articles" else None
    if start is None:
        return title
    text = " ".join(article.text[start : start + MOST_CHARS].split())
    return f"{kind} at “{text} …” in {title}"


def nothing(field: str) -> str:
    """What an empty cell means."""
    return {"drop": "no such event", "theme": "none", "theatre": "none"}.get(field, "unknown")
