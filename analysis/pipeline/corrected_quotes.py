"""An analyst's statements: speakers, roles and countries corrected, statements added and dropped."""

from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from typing import Any, NamedTuple

import pandas as pd
from pandas import DataFrame, Series

from analysis.ingest.correction_rules import ADD, DROP
from analysis.ingest.corrections_file import ADDITION_MARK, CORRECTION_MARK, article_id_of
from analysis.nlp.quotes.passage_rules import PassageRule
from analysis.nlp.quotes.quotation_marks import quoted_spans
from analysis.nlp.stance.tone import tone
from analysis.pipeline.correctable import (
    FITS,
    IS_READ,
    Correctable,
    Outcomes,
    corrected_values,
    lapsed,
    of_field,
    with_values,
)
from analysis.pipeline.named_actors import Values, country_code_named, speaker_named
from analysis.schemas import CONFIRMED, LAPSED, Quotes
from analysis.tables.rows import rows_of

SAME_SHARE = 0.5  # of two statements, what they have in common, from which they are one
QUOTED_WHOLE = 0.9  # share of a statement in quotation marks from which it is direct, as in the rules
FIELD_COLUMNS = {"speaker": "speaker_name", DROP: "speaker_name", "role": "role", "country": "country_code"}
OF_SPEAKER = ("role", "country")
ORDER = ["article_id", "start_char", "end_char"]


class CorrectedQuotes(NamedTuple):
    """The statements after the corrections."""

    quotes: DataFrame
    outcomes: Outcomes
    added: DataFrame  # the statements among them that the program did not read
    speakers: dict[str, str | None]  # `speaker_id` of each statement whose speaker was corrected


def corrected_quotes(quotes: DataFrame, articles: DataFrame, corrections: DataFrame) -> CorrectedQuotes:
    """Statements with what an analyst added, then corrected, then dropped.

    Args:
        quotes: `Quotes` table.
        articles: `Articles` table.
        corrections: `Corrections` rows, those that add something with the offsets of their words.
    """
    added, outcomes = added_quotes(quotes, articles, of_field(corrections, "quotes", ADD))
    table = pd.concat([quotes, added], ignore_index=True) if len(added) else quotes
    speakers, found = speaker_values(table, of_field(corrections, "quotes", "speaker"))
    outcomes |= found
    table = with_values(table, "quote_id", speakers)
    described, found = description_values(table, of_field(corrections, "quotes", *OF_SPEAKER))
    outcomes |= found
    table = with_values(table, "quote_id", described)
    dropped, found = dropped_quotes(table, of_field(corrections, "quotes", DROP))
    outcomes |= found
    table = table[~table["quote_id"].isin(dropped)].sort_values(ORDER, kind="stable", ignore_index=True)
    return CorrectedQuotes(
        Quotes.validate(table),
        outcomes,
        table[table["quote_id"].isin(added["quote_id"])],
        {identity: row["speaker_id"] for identity, row in speakers.items()},
    )


def correctable(quotes: DataFrame, changes: Any) -> Correctable:
    return Correctable(quotes, "quote_id", quote_value, changes, partial(overlapping, quotes))


def quote_value(row: Any, field: str) -> str:
    """The speaker of a statement, or their role or country, as a correction has it; "" if unknown."""
    value = getattr(row, FIELD_COLUMNS[field])
    return value if isinstance(value, str) else ""


def overlapping(quotes: DataFrame, correction: Any) -> Iterator[Any]:
    """The statements that have more in common with the place of a correction than not."""
    start, end = map(int, correction.id.split(":")[1:])
    own = quotes[quotes["article_id"] == article_id_of(correction.id)]
    for row in rows_of(own):
        common = min(end, row.end_char) - max(start, row.start_char)
        if common > SAME_SHARE * (max(end, row.end_char) - min(start, row.start_char)):
            yield row


def added_quotes(
    quotes: DataFrame, articles: DataFrame, corrections: list[Any]
) -> tuple[DataFrame, Outcomes]:
    """Rows of the statements that an analyst adds and the program does not read."""
    texts = articles.set_index("article_id")["text"]
    rows: dict[str, Values] = {}
    outcomes: Outcomes = {}
    for one in corrections:
        there = next(overlapping(quotes, one), None)
        if there is None:
            rows[one.id] = added_quote(one, texts[article_id_of(one.id)], quotes)
            outcomes[one.line] = FITS
        elif quote_value(there, "speaker").casefold() == one.new.casefold():
            outcomes[one.line] = IS_READ
        else:
            name = quote_value(there, "speaker") or "somebody unknown"
            outcomes[one.line] = lapsed(
                f"the program now reads a statement by {name} here: correct its speaker instead"
            )
    frame = DataFrame(list(rows.values()), columns=quotes.columns)
    return frame.astype(quotes.dtypes.to_dict()), outcomes


def added_quote(correction: Any, text: str, quotes: DataFrame) -> Values:
    """The row of a statement; its reporting word and the place of its speaker stay unknown."""
    article_id = article_id_of(correction.id)
    start, end = map(int, correction.id.split(":")[1:])
    polarity, subjectivity = tone(text[start:end])
    return {
        **dict.fromkeys(quotes.columns),
        **speaker_named(correction.new, article_id, quotes),
        "quote_id": correction.id,
        "article_id": article_id,
        "start_char": start,
        "end_char": end,
        "content_spans": f"{start}-{end}",
        "text": text[start:end],
        "kind": kind_of(text, start, end),
        "probability": 1.0,
        "rule": ADDITION_MARK,
        "tone_score": polarity,
        "subjectivity_score": subjectivity,
    }


def kind_of(text: str, start: int, end: int) -> str:
    """Whether a passage is quoted word for word, in part, or not at all."""
    inside = [
        min(end, one.inner_end) - max(start, one.inner_start)
        for one in quoted_spans(text)
        if one.inner_start < end and one.inner_end > start
    ]
    marks = sum(text[start:end].count(mark) for mark in '"“”')
    if not inside:
        return "indirect"
    return "direct" if sum(inside) + marks >= QUOTED_WHOLE * (end - start) else "partial"


def speaker_values(quotes: DataFrame, corrections: list[Any]) -> tuple[dict[str, Values], Outcomes]:
    """The corrected speaker of each statement."""

    def changes(row: Any, one: Any) -> Values:
        unknown = {"speaker_start_char": pd.NA, "speaker_end_char": pd.NA, "anonymity_note": None}
        return {**speaker_named(one.new, row.article_id, quotes), **unknown, **decided(row)}

    return corrected_values(correctable(quotes, changes), corrections)


def decided(row: Any) -> Values:
    """That an analyst decided a row."""
    return {"probability": 1.0, "rule": CORRECTION_MARK}


def description_values(quotes: DataFrame, corrections: list[Any]) -> tuple[dict[str, Values], Outcomes]:
    """The corrected role or country of a speaker, in every statement of theirs in the article.

    Only the row that was corrected is marked: nobody looked at the others.
    """

    def changes(row: Any, one: Any) -> Values:
        value = country_code_named(one.new) if one.field == "country" else one.new
        return {FIELD_COLUMNS[one.field]: value or None, **decided(row)}

    own, outcomes = corrected_values(correctable(quotes, changes), map(with_codes, corrections))
    values = {identity: dict(row) for identity, row in own.items()}
    for row in rows_of(quotes[quotes["quote_id"].isin(own)]):
        same = (quotes["article_id"] == row.article_id) & (quotes["speaker_id"] == row.speaker_id)
        described = {
            name: value for name, value in own[row.quote_id].items() if name in FIELD_COLUMNS.values()
        }
        for identity in quotes.loc[same.fillna(False), "quote_id"]:
            values[identity] = {**described, **values.get(identity, {})}
    return values, outcomes


def with_codes(correction: Any) -> Any:
    """A correction of a country with codes in place of names; an unknown name stays, to be reported."""
    if correction.field != "country":
        return correction
    codes = {}
    for name in ("old", "new"):
        with suppress(ValueError):
            codes[name] = country_code_named(getattr(correction, name))
    return correction._replace(**codes)


def dropped_quotes(quotes: DataFrame, corrections: list[Any]) -> tuple[set[str], Outcomes]:
    """The statements that are none; one that the program no longer reads needs no correction."""
    found, outcomes = corrected_values(correctable(quotes, lambda row, one: {DROP: True}), corrections)
    for one in corrections:
        if outcomes[one.line].standing == LAPSED and next(overlapping(quotes, one), None) is None:
            outcomes[one.line] = outcomes[one.line]._replace(standing=CONFIRMED, problem="")
    return set(found), outcomes


def with_reporters(events: DataFrame, quotes: DataFrame, article_ids: set[str]) -> DataFrame:
    """Events of some articles with the speaker of the shortest quote around each, as in the pipeline."""
    is_report = (quotes["cue_stance"] != "intending") & (quotes["rule"] != PassageRule.SCARE_QUOTE)
    reports = quotes[quotes["article_id"].isin(article_ids) & is_report]
    spans = {
        article_id: [
            (*map(int, span.split("-")), row.speaker_id)
            for row in rows_of(part)
            for span in row.content_spans.split(" ")
        ]
        for article_id, part in reports.groupby("article_id")
    }

    def reporter(row: Any) -> str | None:
        if row.article_id not in article_ids:
            return row.reported_by
        around = [
            (end - start, speaker_id)
            for start, end, speaker_id in spans.get(row.article_id, ())
            if start <= row.trigger_start_char and row.trigger_end_char <= end
        ]
        speaker_id = min(around, key=lambda one: one[0])[1] if around else None
        return speaker_id if isinstance(speaker_id, str) else None

    return events.assign(reported_by=[reporter(row) for row in rows_of(events)])


def corrected_stances(stances: DataFrame, corrected: CorrectedQuotes) -> DataFrame:
    """Stances without those of dropped statements, and those of a corrected speaker towards themselves."""
    kept = stances["quote_id"].isin(corrected.quotes["quote_id"])
    own: Series = stances["target_id"] == stances["quote_id"].map(corrected.speakers)
    return stances[kept & ~own].reset_index(drop=True)
