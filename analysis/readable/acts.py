"""What is done, in plain words: the noun of `findings/act_words.csv` that fits an event or an incident."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any, Final

import pandas as pd
from pandas import DataFrame, Series

from analysis.country_names import dyad_name
from analysis.findings.incident_wording import kind_noun
from analysis.indicators.country_events import between_countries, dyads
from analysis.indicators.incident_reports import MODEL_RULE, with_sides
from analysis.readable.sources import names_of, texts
from analysis.tables.rows import rows_of

QUAD_WORDS: Final = {
    1: "cooperative words",
    2: "cooperative deeds",
    3: "hostile words",
    4: "hostile deeds",
}
"""What a reader calls each quad class; the indicators use the same words."""


def nouns_of_incidents(incidents: DataFrame, sentences: Mapping[int, str]) -> list[str]:
    """What each incident is, as a noun.

    Args:
        incidents: `Incidents` rows.
        sentences: that report them, by the index of the rows.
    """
    return [kind_noun(row, sentence=sentences[row.Index]) for row in rows_of(incidents)]


def nouns_of_events(events: DataFrame, sentences: Series) -> list[str]:
    """What each event is, as a noun.

    Args:
        events: `Events` rows.
        sentences: that report them, in the same order.
    """
    rows = zip(rows_of(with_sides(events)), sentences, strict=True)
    return [kind_noun(as_incident(row), sentence=sentence) for row, sentence in rows]


def as_incident(event: Any) -> SimpleNamespace:
    """What decides the words for a single event, as if it were an incident: an act of one side."""
    return SimpleNamespace(
        root=event.root,
        mode=event.mode,
        trigger_lemma=event.trigger_lemma,
        place_name=event.place_name,
        is_joint=False,
        is_by_word=event.rule != MODEL_RULE,
        source_name=event.source_name,
        source_code=code_or_empty(event.source_country_code),
        source_kind=event.source_kind,
        target_name=event.target_name,
        target_code=code_or_empty(event.target_country_code),
        target_kind=event.target_kind,
    )


def code_or_empty(code: object) -> str:
    """The code of a country or bloc, "" where there is none."""
    return "" if pd.isna(code) else str(code)


def pairs_of(events: DataFrame) -> Series:
    """The pair of countries or blocs of each event in words; "" if a side has none or both are one."""
    sided = with_sides(events)
    codes = dyads(sided).where(between_countries(sided))
    names = {code: dyad_name(code) for code in codes.dropna().unique()}
    return codes.map(names).astype(object).where(codes.notna(), "")


def act_columns(rows: DataFrame, sides: DataFrame) -> dict[str, Series]:
    """Who acts and on whom, words or deeds, where, and the toll.

    Args:
        rows: `Events` or `Incidents` rows.
        sides: their codes, as `source` and `target`.
    """
    return {
        "who": texts(rows["source_name"]),
        "who (country)": names_of(sides["source"]),
        "whom": texts(rows["target_name"]),
        "whom (country)": names_of(sides["target"]),
        "kind": rows["quad"].map(QUAD_WORDS),
        "status": rows["status"],
        "where": texts(rows["place_name"]),
        "killed": rows["killed_count"],
        "injured": rows["injured_count"],
        "intensity": rows["intensity"].astype(float),
    }
