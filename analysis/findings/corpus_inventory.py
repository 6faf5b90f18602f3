"""What the corpus contains: what was read, from whom, how it is dated, and what is a reprint of what."""

import re
from pathlib import Path
from typing import Any

from pandas import DataFrame, Series, isna

from analysis.findings.answers import Answer, answer
from analysis.indicators.deduplication import reprinted_stories
from analysis.indicators.dyads import MIN_STORIES
from analysis.ingest.corrections_file import CORRECTION_MARK, cell_text
from analysis.ingest.dates import OPENING_DATE_MARK
from analysis.ingest.own_tables import load_metadata
from analysis.tables.rows import rows_of
from analysis.views.evidence import source_of
from analysis.views.render import View, view

FILE = "the file"
DATELINE = "the text's opening"
METADATA = "metadata.csv"
INFERENCE = "an analyst's inference"
CORRECTED = "an analyst's correction"
UNDATED = "none"
BASES = (FILE, DATELINE, METADATA, INFERENCE, CORRECTED, UNDATED)
INFERRED = re.compile(r"\b(?:infer|estimat|guess|assum|deduc|approximat)", re.IGNORECASE)
MAX_ROWS = 200  # of a table; a reader scrolls no further


def date_basis(articles: DataFrame, seeds: Path | str) -> Series:
    """Where the date of each article comes from: one of `BASES`, in the order of the rows.

    A date in metadata.csv whose note says that it was inferred, estimated or guessed is an inference.

    Args:
        articles: `Articles` table.
        seeds: the folder they were read from.
    """
    dated = {name for name, row in load_metadata(Path(seeds)).items() if row["published_date"]}

    def basis(article: Any) -> str:
        note = article.note if isinstance(article.note, str) else ""
        if note.startswith(CORRECTION_MARK):
            return CORRECTED
        if isna(article.published_date):
            return UNDATED
        if note.startswith(OPENING_DATE_MARK):
            return DATELINE
        if any(article.path == name or article.path.startswith((f"{name}:", f"{name}/")) for name in dated):
            return INFERENCE if INFERRED.search(note) else METADATA
        return FILE

    return Series(map(basis, rows_of(articles)), articles.index, dtype="str", name="date_basis")


def corpus_answer(articles: DataFrame, rejected: DataFrame, bases: Series) -> Answer:
    """What there is to go by: how much, from whom, of which days, and what weakens it.

    Args:
        articles: `Articles` table.
        rejected: `Rejected` table.
        bases: as `date_basis` gives them.
    """
    dates, story_count = articles["published_date"].dropna(), articles["story_id"].nunique()
    facts = {
        "article_count": len(articles),
        "story_count": story_count,
        "reprint_count": len(articles) - story_count,  # articles that repeat a story
        "outlet_count": articles["outlet"].nunique(),
        "rejected_count": len(rejected),
        "first_day": dates.min() if len(dates) else None,
        "last_day": dates.max() if len(dates) else None,
        "no_outlet_count": int(articles["outlet"].isna().sum()),
        "undated_count": int((bases == UNDATED).sum()),
        "inferred_count": int((bases == INFERENCE).sum()),
        "corrected_count": int((bases == CORRECTED).sum()),
        "minimum_stories": MIN_STORIES,
    }
    return answer("corpus", facts)


def inventory_view(articles: DataFrame, bases: Series) -> View:
    """Each article with its source, date and where the date comes from, and totals by outlet.

    Args:
        articles: `Articles` table.
        bases: as `date_basis` gives them.
    """
    rows = [
        {
            **row._asdict(),
            "source": source_of(row, 0, len(row.text)),
            "author": row.author if isinstance(row.author, str) else "",
            "note": row.note if isinstance(row.note, str) else "",
            "basis": basis,
        }
        for row, basis in zip(rows_of(articles.head(MAX_ROWS)), bases, strict=False)
    ]
    labelled = articles.assign(outlet=articles["outlet"].fillna("unknown"), basis=bases)
    by_outlet = labelled.groupby("outlet").agg(
        article_count=("article_id", "size"),
        story_count=("story_id", "nunique"),
        word_count=("word_count", "sum"),
        first=("published_date", "min"),
        last=("published_date", "max"),
    )
    most = by_outlet.sort_values("article_count", ascending=False, kind="stable").head(MAX_ROWS)
    outlets = [
        {**row, "dates": " to ".join(sorted({cell_text(row["first"]), cell_text(row["last"])} - {""}))}
        for row in most.reset_index().to_dict("records")
    ]
    return view(
        "findings/corpus_inventory",
        articles=rows,
        outlets=outlets,
        more=len(articles) - len(rows),
        dated=bases.value_counts(sort=False).reindex(BASES, fill_value=0).to_dict(),
    )


def reprints_view(articles: DataFrame) -> View:
    """The stories that several articles report, each with its articles."""
    stories = [
        [source_of(row, 0, len(row.text))._replace(place=row.path) for row in rows_of(part)]
        for part in reprinted_stories(articles)[:MAX_ROWS]
    ]
    return view(
        "findings/reprints",
        stories=stories,
        article_count=len(articles),
        story_count=articles["story_id"].nunique(),
    )


def rejected_view(rejected: DataFrame) -> View:
    """What could not be read, and why."""
    shown = rejected.head(MAX_ROWS).to_dict("records")
    return view("findings/rejected", rejected=shown, more=len(rejected) - len(shown))
