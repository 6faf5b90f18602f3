"""What the corpus holds: what was read, from whom, dated how, what is a reprint of what."""

import re
from pathlib import Path

import pandas as pd
from pandas import DataFrame, Series

from analysis.findings.answers import Answer
from analysis.indicators.deduplication import reprinted_stories
from analysis.indicators.definitions import MINIMUM_STORIES
from analysis.ingest.corrections_file import CORRECTION_MARK, iso_day
from analysis.ingest.datelines import OPENING_DATE_MARK
from analysis.ingest.metadata_file import load_metadata
from analysis.phrasing import counted, listed
from analysis.views.evidence import source_of
from analysis.views.render import View, view

BASES = (
    "the file",
    "the text's opening",
    "metadata.csv",
    "an analyst's inference",
    "an analyst's correction",
    "none",
)
INFERENCE, CORRECTED, UNDATED = BASES[3:]
INFERRED = re.compile(r"\b(?:infer|estimat|guess|assum|deduc|approximat)", re.IGNORECASE)
MOST_ROWS = 200  # of a table that a reader scrolls


def date_basis(articles: DataFrame, seeds: Path | str) -> Series:
    """Where the date of each article comes from: one of `BASES`, in the order of the rows.

    A date in metadata.csv whose note says that it was inferred, estimated or guessed is an inference.

    Args:
        articles: `Articles` table.
        seeds: the folder they were read from.
    """
    dated = {name for name, row in load_metadata(Path(seeds)).items() if row["published_date"]}
    bases = [basis(row, dated) for row in articles.itertuples()]
    return pd.Series(bases, index=articles.index, dtype="str", name="date_basis")


def basis(article: object, dated: set[str]) -> str:
    note = article.note if isinstance(article.note, str) else ""
    if note.startswith(CORRECTION_MARK):
        return CORRECTED
    if pd.isna(article.published_date):
        return UNDATED
    if note.startswith(OPENING_DATE_MARK):
        return BASES[1]
    if any(article.path == name or article.path.startswith((f"{name}:", f"{name}/")) for name in dated):
        return INFERENCE if INFERRED.search(note) else BASES[2]
    return BASES[0]


def corpus_answer(articles: DataFrame, rejected: DataFrame, bases: Series) -> Answer:
    """What there is to go by: how much, from whom, of which days, and what of it is weak."""
    stories, outlets = articles["story_id"].nunique(), articles["outlet"].nunique()
    told = f"of {counted(outlets, 'named outlet')}" if outlets else "without a named outlet"
    dates = articles["published_date"].dropna().dt.strftime("%Y-%m-%d")
    span = sorted({dates.min(), dates.max()}) if len(dates) else []
    when = f", dated {' to '.join(span)}" if span else ", none of them dated"
    one, bad = len(articles) == 1, len(rejected)
    dropped = (
        f"{counted(bad, 'file')} {'was' if bad == 1 else 'were'} rejected" if bad else "no file was rejected"
    )
    first = (
        f"{counted(len(articles), 'article')} {told} {'was' if one else 'were'} read{when}; "
        f"{'it tells' if one else 'they tell'} {counted(stories, 'story')}, and {dropped}."
    )
    weak = weak_points(articles, bases, stories)
    second = f"What weakens it: {listed(weak)}." if weak else "No gap shows: all is named and dated."
    caveat = (
        "What newsrooms did not write, or you did not add, is missing, and no number here can tell: the "
        "articles are no sample of the news."
    )
    return Answer((first, second), caveat)


def weak_points(articles: DataFrame, bases: Series, stories: int) -> list[str]:
    """What an analyst should mind before trusting a number, each with its count."""
    counts = (
        (int(articles["outlet"].isna().sum()), "of no known outlet"),
        (int((bases == UNDATED).sum()), "without a date"),
        (int((bases == INFERENCE).sum()), "dated by an analyst's inference"),
        (int((bases == CORRECTED).sum()), "dated by an analyst's correction"),
        (len(articles) - stories, "repeating a story told already"),
    )
    weak = [f"{counted(count, 'article')} {what}" for count, what in counts if count]
    few = f"fewer than {MINIMUM_STORIES} stories, too few to compare"
    return weak + ([few] if stories < MINIMUM_STORIES else [])


def inventory_view(articles: DataFrame, bases: Series) -> View:
    """Each article with its source, date and where the date comes from; of each outlet how much."""
    rows = [
        {
            **row._asdict(),
            "source": source_of(row, 0, len(row.text)),
            "author": row.author if isinstance(row.author, str) else "",
            "note": row.note if isinstance(row.note, str) else "",
            "basis": basis,
        }
        for row, basis in zip(articles.head(MOST_ROWS).itertuples(), bases, strict=False)
    ]
    named = articles.assign(outlet=articles["outlet"].fillna("unknown"), basis=bases)
    by_outlet = named.groupby("outlet").agg(
        article_count=("article_id", "size"),
        story_count=("story_id", "nunique"),
        word_count=("word_count", "sum"),
        first=("published_date", "min"),
        last=("published_date", "max"),
    )
    by_outlet = by_outlet.sort_values("article_count", ascending=False, kind="stable").reset_index()
    outlets = [
        {**row, "dates": " to ".join(sorted({iso_day(row["first"]), iso_day(row["last"])} - {""}))}
        for row in by_outlet.head(MOST_ROWS).to_dict("records")
    ]
    more = max(len(articles) - MOST_ROWS, 0)
    dated = bases.value_counts(sort=False).reindex(BASES, fill_value=0).to_dict()
    return view("findings/corpus_inventory", articles=rows, more=more, outlets=outlets, dated=dated)


def reprints_view(articles: DataFrame) -> View:
    """The stories that several articles tell, each with its articles."""
    stories = [
        [source_of(row, 0, len(row.text))._replace(place=row.path) for row in part.itertuples()]
        for part in reprinted_stories(articles)[:MOST_ROWS]
    ]
    count = articles["story_id"].nunique()
    return view("findings/reprints", stories=stories, article_count=len(articles), story_count=count)


def rejected_view(rejected: DataFrame) -> View:
    """What could not be read, and why."""
    more = max(len(rejected) - MOST_ROWS, 0)
    return view("findings/rejected", rejected=rejected.head(MOST_ROWS).to_dict("records"), more=more)
