"""Apply an analyst's corrections to the tables; corrected rows are marked, outdated corrections reported."""

from collections import defaultdict
from typing import NamedTuple

import pandas as pd
from pandas import DataFrame

from analysis.ingest.correction_rules import ADD
from analysis.ingest.corrections_file import article_id_of, iso_day, outdated_reason
from analysis.pipeline.correctable import FITS, Outcome, Outcomes, lapsed
from analysis.pipeline.corrected_events import corrected_events
from analysis.pipeline.corrected_quotes import (
    CorrectedQuotes,
    corrected_quotes,
    corrected_stances,
    with_reporters,
)
from analysis.pipeline.corrected_topics import corrected_topics
from analysis.pipeline.event_origins import with_origins
from analysis.pipeline.places import start_of, with_places
from analysis.schemas import REPLACED, Corrections, Stances
from analysis.tables.rows import rows_of


class CorrectedTables(NamedTuple):
    """The tables after the corrections, and the corrections with how each fits."""

    tables: dict[str, DataFrame]
    corrections: DataFrame


def apply_corrections(
    articles: DataFrame, tables: dict[str, DataFrame], corrections: DataFrame, *, use_encoder: bool = True
) -> CorrectedTables:
    """The tables as an analyst corrected them.

    A corrected row names `CORRECTION_MARK` as its rule, or as the words that decided, an added one
    `ADDITION_MARK`; both have the probability 1. Corrections of articles outside this table are ignored:
    `load_corpus` reports those whose article is missing.

    Args:
        articles: `Articles` table, already corrected.
        tables: `sentences`, `quotes`, `stances`, `events` and `topics` of these articles.
        corrections: `Corrections` table.
        use_encoder: as in `analyse`, for the stances in added statements.

    Returns:
        The same tables, and the corrections of these articles; `standing` and `problem` say how each fits.
    """
    here = corrections["id"].map(article_id_of).isin(articles["article_id"])
    corrections = corrections[here].reset_index(drop=True)
    if corrections.empty:
        return CorrectedTables(tables, corrections)
    placed, outcomes = with_places(corrections[corrections["standing"] != REPLACED], articles)
    outcomes |= article_outcomes(articles, placed)
    placed = pd.concat([placed, repeated_in_reprints(placed, articles, tables["sentences"])])
    placed = placed.reset_index(drop=True)
    is_touched = tables["sentences"]["article_id"].isin(placed["id"].map(article_id_of))
    sentences = tables["sentences"][is_touched]
    quotes = corrected_quotes(tables["quotes"], articles, placed)
    events, added, found = corrected_events(tables["events"], sentences, placed)
    topics, of_topics = corrected_topics(tables["topics"], sentences, placed)
    stances = with_added_stances(corrected_stances(tables["stances"], quotes), quotes, articles, use_encoder)
    touched = {*articles_with_other_statements(tables["quotes"], quotes), *added["article_id"]}
    events = with_origins(with_reporters(events, quotes.quotes, touched), articles)
    outcomes |= quotes.outcomes | found | of_topics
    return CorrectedTables(
        {**tables, "quotes": quotes.quotes, "stances": stances, "events": events, "topics": topics},
        with_outcomes(corrections, outcomes),
    )


def with_outcomes(corrections: DataFrame, outcomes: Outcomes) -> DataFrame:
    """The corrections with how each fits; those that were replaced stay so."""
    own = [outcomes.get(row.line, Outcome(row.standing, row.problem)) for row in rows_of(corrections)]
    standings, problems = [one.standing for one in own], [one.problem for one in own]
    return Corrections.validate(corrections.assign(standing=standings, problem=problems))


def article_outcomes(articles: DataFrame, corrections: DataFrame) -> Outcomes:
    """How the corrections of dates, outlets and titles fit, which `load_corpus` applied."""
    rows = articles.set_index("article_id")
    outcomes = {}
    for one in rows_of(corrections[corrections["table"] == "articles"]):
        value = rows.at[one.id, one.field]
        found = iso_day(value) if one.field == "published_date" else "" if pd.isna(value) else value
        is_applied = found == one.new
        outcomes[one.line] = FITS if is_applied else lapsed(outdated_reason(one.field, found, one))
    return outcomes


def articles_with_other_statements(quotes: DataFrame, corrected: CorrectedQuotes) -> set[str]:
    """The articles in which statements were added or dropped, or have another speaker."""
    gone = quotes.loc[~quotes["quote_id"].isin(corrected.quotes["quote_id"]), "article_id"]
    return {*gone, *corrected.added["article_id"], *map(article_id_of, corrected.speakers)}


def with_added_stances(
    stances: DataFrame, corrected: CorrectedQuotes, articles: DataFrame, use_encoder: bool
) -> DataFrame:
    """The stances, with those in the statements that were added."""
    if corrected.added.empty:
        return stances
    from analysis.pipeline.added_stances import added_stances  # loads the parser, which few runs need

    rows = added_stances(corrected.added, articles, use_encoder=use_encoder)
    added = DataFrame(rows, columns=stances.columns).astype(stances.dtypes.to_dict())
    table = pd.concat([stances, added]) if len(added) else stances
    return Stances.validate(
        table.sort_values(["article_id", "start_char", "end_char"], kind="stable", ignore_index=True)
    )


def repeated_in_reprints(corrections: DataFrame, articles: DataFrame, sentences: DataFrame) -> DataFrame:
    """The same corrections for the same sentences in other articles of the story, unless made there already.

    Without them a reprint would bring back what was removed. Their line numbers are negative: if one does not
    apply there, the analyst made no mistake.
    """
    stories = articles.set_index("article_id")["story_id"]
    touched = articles[articles["story_id"].isin(corrections["id"].map(article_id_of).map(stories))]
    texts = touched.set_index("article_id")["text"].to_dict()
    known = sentences[sentences["article_id"].isin(texts)]
    places = defaultdict(list)
    for row in rows_of(known):
        sentence = texts[row.article_id][row.start_char : row.end_char]
        places[stories[row.article_id], sentence].append(row)
    made = set(zip(corrections["id"], corrections["field"], strict=True))
    rows = []
    for one in corrections[corrections["table"] != "articles"].itertuples(index=False):
        start = start_of(one.id)
        own = known[known["article_id"] == article_id_of(one.id)]
        for here in rows_of(own[(own["start_char"] <= start) & (start < own["end_char"])]):
            sentence = texts[here.article_id][here.start_char : here.end_char]
            for there in places[stories[here.article_id], sentence]:
                identity = shifted_id(one.id, there.article_id, there.start_char - here.start_char)
                is_other = there.article_id != here.article_id and (identity, one.field) not in made
                if is_other and (one.field != ADD or passage(identity, texts) == passage(one.id, texts)):
                    rows.append({**one._asdict(), "id": identity, "line": -one.line})
    return DataFrame(rows, columns=corrections.columns).astype(corrections.dtypes)


def passage(place: str, texts: dict[str, str]) -> str:
    """The words at the place of an addition."""
    article_id, start, end = place.split(":")
    return texts[article_id][int(start) : int(end)]


def shifted_id(identity: str, article_id: str, step: int) -> str:
    """The id of the same row in another article, its offsets shifted by so many characters."""
    _, *parts = identity.split(":", 2)
    shifted = [str(int(part) + step) if part.isdigit() else part for part in parts]
    return ":".join([article_id, *shifted])
