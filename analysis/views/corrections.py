"""An analyst's corrections where readers see them: in a table, in a sentence, below a chart."""

from dataclasses import replace

from pandas import DataFrame

from analysis.charts.base import DARK, Chart
from analysis.country_names import country_names
from analysis.ingest.corrections_file import article_id_of
from analysis.phrasing import counted
from analysis.pipeline.analyse import Tables
from analysis.schemas import ROOT_NAMES
from analysis.views.evidence import source_of
from analysis.views.render import View, view

KINDS = {"articles": "article", "quotes": "statement", "events": "event", "topics": "sentence"}
FIELDS = {"published_date": "date", "root": "type", "drop": "event"}
MOST_CHARS = 80
BELOW = -0.01  # of the height of a picture, under everything drawn in it


def corrections_view(tables: Tables) -> View:
    """Each correction, with what it is about and whether it still applies."""
    return correction_table_view(tables.corrections, tables.articles)


def correction_table_view(corrections: DataFrame, articles: DataFrame) -> View:
    """`corrections_view` of `Corrections` and `Articles` tables."""
    known = {row.article_id: row for row in articles.itertuples()}
    rows = [
        {
            **row._asdict(),
            "field": FIELDS.get(row.field, row.field),
            "old": ROOT_NAMES.get(row.old, row.old),
            "new": ROOT_NAMES.get(row.new, row.new),
            "subject": subject(row, known.get(article_id_of(row.id))),
            "nothing": nothing(row.field),
            "reason": ", ".join(filter(None, (row.note, row.made_by, row.made_on))),
        }
        for row in corrections.itertuples()
    ]
    active = sum(not row["problem"] for row in rows)
    return view("views/corrections", corrections=rows, active=active)


def subject(row: object, article: object | None) -> str:
    """ "statement at “Taiwan is …” in Envoys meet in Rome"."""
    kind = KINDS[row.table]
    if article is None:
        return f"{kind} in an article that is not in this corpus"
    title = source_of(article, 0, 0).title
    return title if row.table == "articles" else f"{kind} at “{beginning(row, article)}” in {title}"


def beginning(row: object, article: object) -> str:
    """The first words of the corrected passage."""
    start = start_of(row.id)
    more = " …" if len(article.text) > start + MOST_CHARS else ""
    return " ".join(article.text[start : start + MOST_CHARS].split()) + more


def start_of(identity: str) -> int:
    """The offset of a corrected row in its article; a corrected date has none."""
    return int(identity.split(":")[1])


def corrections_in_words(article: object, corrections: DataFrame) -> list[str]:
    """The active corrections of an article, in words."""
    rows = active_corrections(article.article_id, corrections)
    return [
        correction_words(
            row._asdict(), "the file" if row.table == "articles" else f"“{beginning(row, article)}”"
        )
        for row in rows.itertuples()
    ]


def active_corrections(article_id: str, corrections: DataFrame) -> DataFrame:
    """The corrections of an article that still apply."""
    is_here = corrections["id"].map(article_id_of) == article_id
    return corrections[is_here & (corrections["problem"] == "")]


def correction_words(row: dict, where: str) -> str:
    """ "type of the event in Envoys meet: talks, corrected to accusation (so the text, AB)".

    Args:
        row: of `Corrections`.
        where: the article, or the corrected words.
    """
    what = FIELDS.get(row["field"], row["field"])
    subject = "" if row["table"] == "articles" or row["field"] == "drop" else f" of the {KINDS[row['table']]}"
    old, new = (
        ROOT_NAMES.get(row[name]) or country_names().get(row[name], row[name]) or nothing(row["field"])
        for name in ("old", "new")
    )
    reason = ", ".join(filter(None, (row["note"], row["made_by"], row["made_on"])))
    return f"{what}{subject} in {where}: {old}, corrected to {new}{f' ({reason})' if reason else ''}"


def nothing(field: str) -> str:
    """What an empty cell means."""
    return {"drop": "no such event", "theme": "none", "theatre": "none"}.get(field, "unknown")


def with_corrections(chart: Chart, tables: Tables, *names: str) -> Chart:
    """A chart that says, below it and in its words, how many corrections its numbers include, if any.

    A sentence in place of a chart has no numbers to correct.

    Args:
        chart: made from tables of the corpus.
        tables: the corpus.
        names: the tables among `KINDS` that the chart was made from.
    """
    sentence = corrections_sentence(tables, *names)
    if not sentence or chart.is_empty:
        return chart
    chart.figure.text(0.01, BELOW, sentence, ha="left", va="top", fontsize=8, color=DARK)
    return replace(chart, note=f"{chart.note} {sentence}".lstrip())


def corrections_sentence(tables: Tables, *names: str) -> str:
    """ "With 2 corrections by an analyst." if some tables have two active ones; "" for none."""
    rows = tables.corrections
    count = int((rows["table"].isin(names) & (rows["problem"] == "")).sum())
    return f"With {counted(count, 'correction')} by an analyst." if count else ""
