"""Events as a reader wants them: who does what to whom, in plain words, and the sentence that says so."""

from pandas import DataFrame

from analysis.indicators.incident_reports import with_sides
from analysis.ingest.corrections_file import BY_ANALYST
from analysis.pipeline.analyse import Tables
from analysis.readable.acts import act_columns, nouns_of_events, pairs_of
from analysis.readable.columns import EVENTS
from analysis.readable.sources import known_numbers, passages, source_columns, table_of, texts


def readable_events(tables: Tables, events: DataFrame | None = None) -> DataFrame:
    """The readable table of events.

    Args:
        tables: of a corpus.
        events: `Events` rows of it; None: all.

    Returns:
        One row per event, in the order of `events`, with the columns of `columns.EVENTS`.
    """
    events = tables.events if events is None else events
    sides = with_sides(events)[["source_country_code", "target_country_code"]]
    sentences = passages(events, tables.articles)
    return table_of(
        EVENTS,
        {
            **source_columns(events["article_id"], tables.articles),
            **act_columns(events, sides.set_axis(["source", "target"], axis="columns")),
            "sentence": sentences,
            "pair": pairs_of(events),
            "what": nouns_of_events(events, sentences),
            "when": texts(events["when"]),
            "said by": texts(events["reported_by"].map(speaker_names(tables.quotes))),
            "how sure": known_numbers(events["probability"]),
            "corrected": events["rule"].isin(list(BY_ANALYST)),
        },
    )


def speaker_names(quotes: DataFrame) -> dict[str, str]:
    """The name of each speaker by id; of several the first."""
    named = quotes.dropna(subset=["speaker_id", "speaker_name"]).drop_duplicates("speaker_id")
    return dict(zip(named["speaker_id"], named["speaker_name"], strict=True))
